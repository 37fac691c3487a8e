/** What an operation script runs on: a real kernel's agent, or anything else that can perform the same requests. */

import type { Place } from './ast.js';

/** One system call, as the machine gets it: descriptors are numbers by now. */
export type Request =
  | { verb: 'open'; path: string; flags: number; mode: number }
  | { verb: 'read'; fd: number; length: number }
  | { verb: 'pread'; fd: number; length: number; offset: number }
  | { verb: 'write'; fd: number; data: Buffer }
  | { verb: 'pwrite'; fd: number; data: Buffer; offset: number }
  | { verb: 'lseek'; fd: number; offset: number; whence: number }
  | { verb: 'poll'; fd: number; events: number; timeoutMs: number }
  | { verb: 'ioctl'; fd: number; request: number; data: Buffer }
  | { verb: 'ioctl-value'; fd: number; request: number; value: number }
  | { verb: 'close' | 'dup' | 'fsync'; fd: number }
  | { verb: 'sleep'; milliseconds: number }
  | { verb: 'setuid'; uid: number }
  | { verb: 'shell'; command: string }
  | { verb: 'read-at' | 'write-at'; fd: number; length: number; where: Place }
  | { verb: 'ioctl-at'; fd: number; request: number; where: Place }
  /** The first touch of the buffer's page by the kernel takes so long. */
  | { verb: 'read-slow'; fd: number; length: number; milliseconds: number }
  | { verb: 'write-slow'; fd: number; data: Buffer; milliseconds: number }
  /** Open for writing, write all, close: the first error. */
  | { verb: 'write-file'; path: string; data: Buffer }
  /**
   * So many processes, each for so long: open, write a byte and read as far as the flags allow, close. The value is
   * the number of rounds of all, at least one each; the data one word a line: "ok", errnos that came, "died".
   */
  | { verb: 'stress'; path: string; flags: number; processes: number; milliseconds: number }
  /** The nth point at which the kernel can be made to fail in this request fails. */
  | { verb: 'fail-nth'; nth: number; request: Request };

/** What came of it. */
export interface Outcome {
  /** The system call's result; a shell command's exit status (128 + N for signal N); the events of a poll. */
  readonly value: number;
  /** An errno's name, "died" (the process ended meanwhile), or null. */
  readonly error: string | null;
  /** What was read, or written by a shell command to its outputs. */
  readonly data: Buffer;
  /** For `fail-nth`: whether there was an nth point. */
  readonly injected?: boolean;
  /** As the machine's clock says. Not comparable between runs. */
  readonly milliseconds: number;
}

export interface MemoryUse {
  readonly freeKiB: number;
  readonly slabKiB: number;
}

/** The machine cannot go on: no further script can run on it. */
export class TargetGoneError extends Error {}

/** An operation is overdue. `details` say where its process is stuck, as far as that can be known. */
export class OverdueError extends Error {
  constructor(
    readonly seconds: number,
    readonly details: string,
  ) {
    super(`it did not come back within ${seconds} s`);
  }
}

export interface Target {
  /** So much of its memory is not free though nobody uses it (the debug kernel keeps what was freed to catch its users). */
  readonly memoryNoiseKiB?: number;
  /**
   * Performs a request in a process, which is made when it is first named. Requests of one process are given one at
   * a time; those of different processes run at once.
   * @throws OverdueError, TargetGoneError
   */
  perform(process: string, request: Request, timeoutMs: number): Promise<Outcome>;
  /** Sends a signal and waits until the process is gone with all that it had started; the value is the signal that ended it. */
  kill(process: string, signal: number, timeoutMs: number): Promise<Outcome>;
  /** Has an idle process exit without closing anything; the value is its exit status. */
  exit(process: string, status: number, timeoutMs: number): Promise<Outcome>;
  putFile(path: string, contents: string): Promise<void>;
  /** Kernel log lines since the last call, each with its newline. */
  kernelLog(): Promise<string>;
  memory(): Promise<MemoryUse>;
  /** Lets time pass on the machine; absent: real time. */
  pause?(milliseconds: number): Promise<void>;
}
