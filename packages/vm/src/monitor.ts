/** QEMU's control channel: its own protocol (QMP), one answer for each command, in turn. */
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';

interface Message {
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Monitor {
  private readonly pending: Pending[] = [];
  private readonly ready: Promise<unknown>;
  private gone: Error | undefined;

  /** @param stream the channel, to a QEMU that has just been started */
  constructor(private readonly stream: Duplex) {
    stream.on('error', () => undefined);
    createInterface({ input: stream }).on('line', (line) => this.take(JSON.parse(line) as Message));
    // Nothing else is taken before this.
    this.ready = this.send('qmp_capabilities');
    this.ready.catch(() => undefined);
  }

  /**
   * Performs a command of those for people: `stop`, `cont`, `log exec`.
   * @returns what it prints
   * @throws if QEMU does not know it, or has ended
   */
  async command(line: string): Promise<string> {
    await this.ready;
    return String(await this.send('human-monitor-command', { 'command-line': line }));
  }

  /** Nobody answers any more. */
  close(error: Error): void {
    this.gone = error;
    for (const { reject } of this.pending.splice(0)) reject(error);
  }

  private async send(execute: string, args?: object): Promise<unknown> {
    if (this.gone) throw this.gone;
    return await new Promise((resolve, reject) => {
      this.pending.push({ resolve, reject });
      this.stream.write(`${JSON.stringify({ execute, ...(args && { arguments: args }) })}\n`);
    });
  }

  // The greeting and events are no answers.
  private take(message: Message): void {
    if (message.error) this.pending.shift()?.reject(new Error(`QEMU: ${message.error.desc}`));
    else if ('return' in message) this.pending.shift()?.resolve(message.return);
  }
}
