import { constants } from 'node:os';

/** Errno numbers of Linux by name, as the kernel host returns them. */
export const ERRNO = {
  EPERM: 1,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  ENOMEM: 12,
  EBUSY: 16,
  EEXIST: 17,
  ENODEV: 19,
  EINVAL: 22,
  ESPIPE: 29,
  EDEADLK: 35,
  EILSEQ: 84,
  ETIMEDOUT: 110,
} as const;

const names = new Map<number, string>(
  [...Object.entries(constants.errno), ...Object.entries(ERRNO)].map(([name, number]) => [number, name]),
);

/** `EIO` for 5; `errno 4000` for a number that has no name. */
export function errnoName(errno: number): string {
  return names.get(errno) ?? `errno ${errno}`;
}
