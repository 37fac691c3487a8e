/**
 * The simulated machine's clock. It runs with the real one, and jumps to the next timer when nothing can run: a script
 * that sleeps for a second takes no second. What cannot run is known because nothing in the machine waits for
 * anything but promises: once the event loop comes round, all of it has run.
 */
interface Timer {
  readonly due: number;
  readonly fire: () => void;
}

const BOOT_MS = 1000;

export class Clock {
  private readonly timers: Timer[] = [];
  private readonly start = performance.now();
  private skipped = BOOT_MS;
  private scheduled = false;

  /** Milliseconds since boot, with fractions. */
  now(): number {
    return performance.now() - this.start + this.skipped;
  }

  /** Nanoseconds since boot. */
  nanoseconds(): bigint {
    return BigInt(Math.round(this.now() * 1000)) * 1000n;
  }

  /** Milliseconds since 1970; time that was skipped has passed here too. */
  wall(): number {
    return Date.now() + Math.round(this.skipped - BOOT_MS);
  }

  /** Has `fire` called in so many milliseconds, unless what is returned is called before. */
  after(milliseconds: number, fire: () => void): () => void {
    const timer: Timer = { due: this.now() + Math.max(milliseconds, 0), fire };
    // Equal times: first come, first served.
    const at = this.timers.findIndex(({ due }) => due > timer.due);
    this.timers.splice(at < 0 ? this.timers.length : at, 0, timer);
    this.schedule();
    return () => {
      const index = this.timers.indexOf(timer);
      if (index >= 0) this.timers.splice(index, 1);
    };
  }

  async sleep(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => this.after(milliseconds, resolve));
  }

  private schedule(): void {
    if (this.scheduled || this.timers.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      const timer = this.timers.shift();
      if (timer) {
        this.skipped += Math.max(timer.due - this.now(), 0);
        timer.fire();
      }
      this.schedule();
    });
  }
}
