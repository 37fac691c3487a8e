/** One of an open file's locks: held while a read or write of it waits, so that others of the same kind come after it. */
import type { Process } from '../process.js';
import { fail } from '../system-error.js';

export class FileLock {
  /** The holder is suspended, which may take any time. */
  holderWaits = false;
  private held = false;
  private readonly queue: (() => void)[] = [];

  /** @throws EAGAIN: the holder waits and the file is not to block; EINTR: the process is killed */
  async take(process: Process, nonblock: boolean): Promise<void> {
    if (!this.held) {
      this.held = true;
      return;
    }
    if (nonblock && this.holderWaits) throw fail('EAGAIN');
    const got = await new Promise<boolean>((resolve) => {
      const turn = (): void => {
        forget();
        resolve(true);
      };
      this.queue.push(turn);
      const forget = process.onKill(() => {
        this.queue.splice(this.queue.indexOf(turn), 1);
        forget();
        resolve(false);
      });
    });
    if (!got) throw fail('EINTR');
  }

  /** The next in the queue has it at once. */
  give(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.held = false;
  }
}
