import { constants } from 'node:fs';
import type { Device } from './device.js';
import { ERRNO } from './errno.js';
import type { Failure, FileState, HandlerCaller, OperationResult, Outcome } from './outcome.js';

export interface OpenOptions {
  /** Default: both. */
  readonly access?: 'r' | 'w' | 'rw';
  readonly nonblock?: boolean;
}

/** Bytes read or a number of bytes written, or how the handler failed. */
export type Transfer<T> = T | Failure;

const WRITE_LIMIT = 64 << 10;
const READABLE = 1;
const WRITABLE = 2;
const OK: Outcome = { status: 'ok' };
const BAD_DESCRIPTOR: Failure = { status: 'exception', errno: ERRNO.EBADF, text: 'the file is not open for this' };

/** One open file of a device: the rules of the kernel's open, read, write, lseek and close. */
export class DeviceFile {
  private readonly state: FileState & { offset: number; session: number };
  /** What `read` wrote and nobody has taken yet; `null`: it has not been called. */
  private snapshot: Uint8Array | null = null;
  private isOpen = false;

  /** Use `Isolate.open`. */
  constructor(
    private readonly isolate: HandlerCaller,
    readonly device: Device,
    id: number,
    options: OpenOptions,
  ) {
    const access = options.access ?? 'rw';
    const mode = (access.includes('r') ? READABLE : 0) | (access.includes('w') ? WRITABLE : 0);
    const flags = [constants.O_RDONLY, constants.O_WRONLY, constants.O_RDWR][mode - 1] ?? constants.O_RDWR;
    const nonblock = options.nonblock ?? false;
    this.state = { id, mode, flags: flags | (nonblock ? constants.O_NONBLOCK : 0), nonblock, offset: 0, session: 0 };
  }

  /** Runs the `open` handler. */
  start(): Outcome {
    const { outcome, session } = this.call(this.device.operations.open);
    this.isOpen = outcome.status === 'ok';
    this.state.session = session;
    return outcome;
  }

  /** At most `count` bytes; none at the end of the file. */
  read(count: number): Transfer<Uint8Array> {
    if (!this.isOpen || !(this.state.mode & READABLE)) return BAD_DESCRIPTOR;
    return this.device.operations.streaming ? this.readStream(count) : this.readSnapshot(count);
  }

  /** Hands bytes to the `write` handler, at most 64 KiB of them; the number taken. */
  write(bytes: Uint8Array | string): Transfer<number> {
    if (!this.isOpen || !(this.state.mode & WRITABLE)) return BAD_DESCRIPTOR;
    const all = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
    const input = all.subarray(0, WRITE_LIMIT);
    const { write } = this.device.operations;
    if (write === 0)
      return { status: 'exception', errno: ERRNO.EINVAL, text: `${this.device.name} has no write handler` };
    const { outcome, result } = this.call(write, { input });
    if (outcome.status !== 'ok') return outcome;
    if (result === 0 && input.length > 0)
      return { status: 'exception', errno: ERRNO.EAGAIN, text: `${this.device.name} took nothing` };
    this.state.offset += result;
    return result;
  }

  /** Moves to byte `offset`; back to 0 reruns the short form of `read`. A stream cannot seek. */
  seek(offset: number): Transfer<number> {
    if (!this.isOpen) return BAD_DESCRIPTOR;
    if (this.device.operations.streaming)
      return { status: 'exception', errno: ERRNO.ESPIPE, text: `${this.device.name} is a stream` };
    this.state.offset = offset;
    return offset;
  }

  /** Runs the `close` handler, once. */
  close(): Outcome {
    if (!this.isOpen) return OK;
    this.isOpen = false;
    const { outcome } = this.call(this.device.operations.close, { closing: true });
    this.isolate.dropSession(this.state.session);
    return outcome;
  }

  private readSnapshot(count: number): Transfer<Uint8Array> {
    if (this.snapshot === null || this.state.offset === 0) {
      const { outcome, output } = this.call(this.device.operations.read, { count });
      if (outcome.status !== 'ok') return outcome;
      this.snapshot = output;
    }
    const part = this.snapshot.slice(this.state.offset, this.state.offset + count);
    this.state.offset += part.length;
    return part;
  }

  private readStream(count: number): Transfer<Uint8Array> {
    if (this.snapshot === null || this.snapshot.length === 0) {
      const { outcome, output } = this.call(this.device.operations.read, { count });
      if (outcome.status !== 'ok') return outcome;
      this.snapshot = output;
    }
    const part = this.snapshot.slice(0, count);
    this.snapshot = this.snapshot.slice(part.length);
    this.state.offset += part.length;
    return part;
  }

  private call(
    method: number,
    { input, count = 0, closing = false }: { input?: Uint8Array; count?: number; closing?: boolean } = {},
  ): OperationResult {
    if (method === 0) return { outcome: OK, output: new Uint8Array(0), result: 0, session: 0 };
    return this.isolate.operate(this.device, method, { ...this.state, count }, input, closing);
  }
}
