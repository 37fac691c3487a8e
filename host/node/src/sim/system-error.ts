import { ERRNO, type ErrnoName } from '../errno.js';

/** A system call's error, on its way to the process that called. */
export class SystemError extends Error {
  constructor(readonly errno: number) {
    super(`errno ${errno}`);
    this.name = 'SystemError';
  }
}

/** `throw fail('ENODEV')`. */
export function fail(name: ErrnoName): SystemError {
  return new SystemError(ERRNO[name]);
}
