import type { Device } from './device.js';

/** How a call into the script ended. `errno` is positive; `text` has class, message and stack trace. */
export type Outcome = { readonly status: 'ok' } | Failure;
export type Failure =
  { readonly status: 'exception'; readonly errno: number; readonly text: string } | { readonly status: 'killed' };

/** Did a call or a transfer fail? */
export function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && 'status' in value && value.status !== 'ok';
}

/** What the host tells a handler of the open file. */
export interface FileState {
  readonly id: number;
  /** 1 readable, 2 writable, 3 both. */
  readonly mode: number;
  /** The raw `O_*` flags. */
  readonly flags: number;
  readonly nonblock: boolean;
  /** Bytes that a read asks for. */
  readonly count?: number;
  /** Bytes. */
  readonly offset: number;
  /** What `open` returned, an address inside of the isolate; 0 or missing: nothing. */
  readonly session?: number;
}

/** What came of an operation. */
export interface OperationResult {
  readonly outcome: Outcome;
  /** What the handler wrote; nothing after an exception. */
  readonly output: Uint8Array;
  /** Write: bytes taken. */
  readonly result: number;
  /** Open: the state of the file, 0 if there is none. */
  readonly session: number;
}

/** Runs one handler of a device; `Isolate` does. */
export interface HandlerCaller {
  operate(device: Device, method: number, file: FileState, input?: Uint8Array, closing?: boolean): OperationResult;
  /** An open file is gone: its state may go. */
  dropSession(session: number): void;
}
