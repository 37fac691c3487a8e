import type { Process } from './process.js';
import { fail } from './system-error.js';

export const O_ACCMODE = 3;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_LARGEFILE = 0o100000;

export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;

export const POLLIN = 0x001;
export const POLLPRI = 0x002;
export const POLLOUT = 0x004;
export const POLLERR = 0x008;
export const POLLHUP = 0x010;
export const POLLNVAL = 0x020;
export const POLLRDNORM = 0x040;
export const POLLWRNORM = 0x100;
/** What a file is whose driver has no poll. */
export const ALWAYS_READY = POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;

/** Where a transfer takes place: the file's own position, or that of a pread. */
export interface Position {
  offset: number;
}

/** Has `wake` called on the next change of what poll answers; what is returned takes that back. */
export type Subscribe = (wake: () => void) => () => void;

/** What a driver or file system does: the shape of the kernel's struct file_operations. Errors are `SystemError`s. */
export interface FileOperations {
  read?(file: OpenFile, process: Process, count: number, position: Position): Promise<Uint8Array>;
  write?(file: OpenFile, process: Process, data: Uint8Array, position: Position): Promise<number>;
  /** Sets the file's position; absent: ESPIPE. */
  seek?(file: OpenFile, process: Process, offset: number, whence: number): Promise<number>;
  /** What is ready now; `subscribe` is given once a call of poll, before its first question. */
  poll?(file: OpenFile, process: Process): Promise<number>;
  readonly pollers?: Subscribe;
  /** fsync has nothing to do; absent: EINVAL. */
  readonly syncs?: boolean;
  ioctl?(file: OpenFile, process: Process, request: number, argument: IoctlArgument): Promise<number>;
  /** A descriptor of the file is closed; `last`: there is no other reference. */
  flush?(file: OpenFile, process: Process, last: boolean): Promise<void>;
  /** The last reference is gone. */
  release?(file: OpenFile, process: Process): Promise<void>;
}

/** What an ioctl's argument points at; a buffer that is too short for the command is memory that is not there. */
export interface IoctlArgument {
  readonly data: Uint8Array | null;
}

/** An open file description. */
export class OpenFile implements Position {
  offset = 0;
  references = 1;

  constructor(
    readonly operations: FileOperations,
    /** O_* without those that only open looks at. */
    readonly flags: number,
    /** Has a position: pread and lseek work. */
    readonly seekable: boolean,
  ) {}

  get readable(): boolean {
    return (this.flags & O_ACCMODE) !== O_WRONLY;
  }

  get writable(): boolean {
    return (this.flags & O_ACCMODE) !== 0;
  }

  get nonblock(): boolean {
    return (this.flags & O_NONBLOCK) !== 0;
  }
}

/** A position moved by `whence`, for files of a known size. @throws EINVAL */
export function moved(file: OpenFile, offset: number, whence: number, size: number): number {
  const base = { [SEEK_SET]: 0, [SEEK_CUR]: file.offset, [SEEK_END]: size }[whence];
  if (base === undefined || base + offset < 0) throw fail('EINVAL');
  return base + offset;
}
