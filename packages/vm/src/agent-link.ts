/**
 * The host's end of the agent's port: requests out, replies and events in. guest/agent/main.c describes the lines.
 */
import type { Duplex } from 'node:stream';

/** What one operation did. */
export interface Reply {
  /** What the system call returned; for a shell command, its exit status. */
  readonly value: number;
  /** Its errno's name, or null. */
  readonly error: string | null;
  /** What was read or written by the guest. */
  readonly data: Buffer;
  /** How long it took in the guest. Never part of a transcript. */
  readonly microseconds: number;
}

/** How a process ended, after the last of its process group has gone. */
export interface Ending {
  readonly status: number | null;
  readonly signal: number | null;
}

/** The machine is gone: it was ended, has crashed, or does not answer any more. */
export class MachineGoneError extends Error {}

/** No reply within the time that was given. The request is still running in the guest. */
export class NoReplyError extends Error {}

interface Pending {
  readonly process: string;
  resolve(reply: Reply): void;
  reject(error: Error): void;
}

export class AgentLink {
  private readonly pending = new Map<number, Pending>();
  private readonly endings = new Map<string, (ending: Ending) => void>();
  private nextId = 1;
  private received = '';
  private gone: Error | null = null;
  private announceReady: () => void = () => undefined;
  private refuseReady: (error: Error) => void = () => undefined;
  /** Fulfilled when the agent has started. */
  readonly ready: Promise<void>;

  constructor(private readonly port: Duplex) {
    this.ready = new Promise((resolve, reject) => {
      this.announceReady = resolve;
      this.refuseReady = reject;
    });
    this.ready.catch(() => undefined);
    port.on('data', (chunk: Buffer) => this.receive(chunk));
    port.on('error', () => undefined);
  }

  /**
   * Has a process ("-" is the agent itself) perform one operation.
   * @param words the verb and its arguments, encoded; see {@link text} and {@link hex}
   * @throws NoReplyError after `timeoutMs`, MachineGoneError
   */
  async request(process: string, words: readonly (string | number)[], timeoutMs: number): Promise<Reply> {
    if (this.gone) throw this.gone;
    const id = this.nextId++;
    return await new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.pending.delete(id);
        reject(new NoReplyError(`no answer within ${timeoutMs / 1000} s`));
      }, timeoutMs);
      this.pending.set(id, {
        process,
        resolve: (reply) => {
          clearTimeout(timer);
          resolve(reply);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.port.write(`${id} ${process} ${words.join(' ')}\n`);
    });
  }

  /** Calls back once, when that process and its whole process group have ended. */
  onEnding(process: string, callback: (ending: Ending) => void): void {
    this.endings.set(process, callback);
  }

  /** From now on every request, and all that are under way, fail with this. */
  close(error: Error): void {
    if (this.gone) return;
    this.gone = error;
    this.refuseReady(error);
    for (const pending of this.pending.values()) pending.reject(error);
    this.pending.clear();
  }

  private receive(chunk: Buffer): void {
    const lines = (this.received + chunk.toString('latin1')).split('\n');
    this.received = lines.pop()!;
    for (const line of lines) this.take(line);
  }

  private take(line: string): void {
    const [id, ...words] = line.split(' ');
    if (id === '!') {
      this.takeEvent(words);
      return;
    }
    const pending = this.pending.get(Number(id));
    this.pending.delete(Number(id));
    const [value, error, microseconds, data] = words;
    pending?.resolve({
      value: Number(value),
      error: error === '-' ? null : error!,
      microseconds: Number(microseconds),
      data: data === '-' ? Buffer.alloc(0) : Buffer.from(data!, 'hex'),
    });
  }

  private takeEvent([event, process, status]: string[]): void {
    if (event === 'ready') this.announceReady();
    if (event !== 'exit') return;
    const word = Number(status);
    const signal = word & 0x7f;
    for (const [id, pending] of this.pending) {
      if (pending.process !== process) continue;
      this.pending.delete(id);
      pending.resolve({ value: -1, error: 'died', data: Buffer.alloc(0), microseconds: 0 });
    }
    this.endings.get(process!)?.({ status: signal ? null : word >> 8, signal: signal || null });
    this.endings.delete(process!);
  }
}

/** Text or bytes as one word of a request. */
export function hex(data: string | Uint8Array): string {
  return data.length === 0 ? '-' : Buffer.from(data as string).toString('hex');
}
