/** Longest sleep in ms before `stop` is asked again. */
const SLICE = 50;
const NS_PER_MS = 1_000_000n;

const cell = new Int32Array(new SharedArrayBuffer(4));

/**
 * Blocks the thread until clock 0 says `until` (ns). A clock that does not go on, as tests use, counts as passed once
 * the time from now to `until` was slept.
 * @returns false: `stop` wants the call to end
 */
export function sleepUntil(until: bigint, clock: (which: number) => bigint, stop: () => boolean): boolean {
  let left = Number((until - clock(0) + NS_PER_MS - 1n) / NS_PER_MS);
  while (left > 0) {
    if (stop()) return false;
    const part = Math.min(left, SLICE);
    Atomics.wait(cell, 0, 0, part);
    left -= part;
  }
  return true;
}
