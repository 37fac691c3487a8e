/**
 * A loaded script and its states, as in host/linux's isolate.c and activation.c. A call of a script runs to its end, or
 * until it waits, before anything else happens in the machine: the isolate's lock is never contended.
 */
import { ERRNO } from '../../errno.js';
import { EngineTrap } from '../../errors.js';
import type { Clock } from '../clock.js';
import type { Process } from '../process.js';
import { fail } from '../system-error.js';
import type { KonohaDevice } from './device.js';
import { IO, trapName, type Activation, type Engine } from './engine.js';
import { RateLimit, type Log } from './log.js';

export type State = 'loading' | 'live' | 'dying' | 'dead';

/** Where a script came from. */
export interface Origin {
  readonly uid: number;
  readonly pid: number;
  readonly comm: string;
  /** Milliseconds since 1970. */
  readonly loaded: number;
  /** Of the source text, in hex. */
  readonly sha256: string;
}

interface Waiter {
  readonly object: number;
  readonly wake: () => void;
}

export class Isolate {
  name = '';
  state: State = 'loading';
  faulted = false;
  quarantined = false;
  /** Calls in a row that ended in a fault of the script. */
  failures = 0;
  /** Null once dead. */
  engine: Engine | null = null;
  readonly stats = { calls: 0, errors: 0, fuel: 0n, heapUsed: 0 };
  /** What it has registered, in that order. */
  devices: KonohaDevice[] = [];
  /** While loading: the script whose names this one may take. */
  replaces: Isolate | null = null;
  /** Calls that wait and have yet to come back. */
  suspended = 0;
  readonly pollers = new Set<() => void>();
  readonly logLimit: RateLimit;
  readonly errorLimit: RateLimit;
  private readonly waiters = new Set<Waiter>();
  private readonly drained = new Set<() => void>();

  constructor(
    private readonly clock: Clock,
    private readonly log: Log,
    readonly memorySize: number,
    readonly operationFuel: bigint,
    readonly origin: Origin,
  ) {
    this.logLimit = new RateLimit(clock, 50);
    this.errorLimit = new RateLimit(clock, 10);
  }

  get live(): boolean {
    return this.state === 'live';
  }

  /** Whether its devices can be used. @throws SystemError ENODEV it goes or is gone, EIO it has faulted or is quarantined */
  checkUsable(): void {
    if (!this.live) throw fail('ENODEV');
    if (this.faulted || this.quarantined) throw fail('EIO');
  }

  /** As /proc/konoha/list has it. */
  get stateName(): string {
    return this.faulted ? 'faulted' : this.quarantined ? 'quarantined' : this.state;
  }

  /** The engine trapped: the isolate answers EIO from now on. */
  fault(where: string, trap: EngineTrap): void {
    this.faulted = true;
    this.wakeAll();
    const text = `engine fault in ${where}: ${trapName(trap)}`;
    this.log.line(this.name, `${text}; unload the script`);
    this.log.kernel(this.name, text);
  }

  /** Counts a call's outcome; too many failures in a row and the script is not called any more. */
  judge(failed: boolean, limit: number): void {
    if (!failed) {
      this.failures = 0;
      return;
    }
    this.failures++;
    if (limit === 0 || this.failures < limit || this.quarantined) return;
    this.quarantined = true;
    this.wakeAll();
    const text =
      `quarantined: ${this.failures} calls in a row have failed; ` +
      'its devices answer EIO until it is replaced or unloaded';
    this.log.line(this.name, text);
    this.log.kernel(this.name, text);
  }

  /**
   * Sleeps until a waiting call is to go on.
   * @returns the reason for op_resume (docs/abi.md); −EINTR: the process is being killed
   */
  async suspend(engine: Engine, activation: Activation, process: Process): Promise<number> {
    if (!this.live) return ERRNO.EINTR;
    const { memory } = engine.instance;
    const object = memory.u32(activation.io + IO.waitObject);
    this.suspended++;
    let reason = await this.sleep(object, memory.i64(activation.io + IO.waitUntil), process);
    this.suspended--;
    if (this.suspended === 0) for (const wake of [...this.drained]) wake();
    if (reason >= 0 && !this.live) reason = ERRNO.EINTR;
    return reason;
  }

  /** Sleeps until notified (0), until a time in ns since boot has come (1; −1: never), or killed (−EINTR). */
  async sleep(object: number, until: bigint, process: Process): Promise<number> {
    if (process.killedBy !== null) return -ERRNO.EINTR;
    return await new Promise<number>((resolve) => {
      const finish = (reason: number): void => {
        this.waiters.delete(waiter);
        cancel?.();
        forget();
        resolve(reason);
      };
      const waiter: Waiter = { object, wake: () => finish(0) };
      this.waiters.add(waiter);
      const left = Number(until - this.clock.nanoseconds()) / 1e6;
      const cancel = until >= 0n ? this.clock.after(left, () => finish(1)) : undefined;
      const forget = process.onKill(() => finish(-ERRNO.EINTR));
    });
  }

  /** Wakes the calls that wait on an object, and those who poll. */
  notify(object: number): void {
    for (const waiter of [...this.waiters]) if (waiter.object === object) waiter.wake();
    this.wakePollers();
  }

  /** Wakes every waiting call and all who poll: the script goes, or is not called any more. */
  wakeAll(): void {
    for (const waiter of [...this.waiters]) waiter.wake();
    this.wakePollers();
  }

  wakePollers(): void {
    for (const wake of [...this.pollers]) wake();
  }

  /**
   * Waits until no call is inside; the isolate is dying, so that no new one gets in.
   * @returns false: the process was killed meanwhile
   */
  async stop(process: Process): Promise<boolean> {
    while (this.suspended > 0) {
      this.wakeAll();
      if (process.killedBy !== null) return false;
      await new Promise<void>((resolve) => {
        const finish = (): void => {
          this.drained.delete(finish);
          forget();
          resolve();
        };
        this.drained.add(finish);
        const forget = process.onKill(finish);
      });
    }
    this.wakePollers();
    return true;
  }

  /** Brings the statistics up to date. */
  sample(): void {
    if (!this.live || !this.engine || this.faulted) return;
    try {
      this.stats.heapUsed = this.engine.heapUsed;
    } catch (error) {
      if (!(error instanceof EngineTrap)) throw error;
      this.fault('statistics', error);
    }
  }
}
