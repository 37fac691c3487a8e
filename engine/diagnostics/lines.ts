/** Byte offsets of the source to line numbers. */
import { IntVector } from '../support/vectors';

const starts = new IntVector(64);

/** Reads the line starts of the source that offsets are about from now on. */
export function startLines(source: usize, length: i32): void {
  starts.length = 0;
  starts.push(0);
  for (let i = 0; i < length; i++) if (load<u8>(source + <usize>i) == 10) starts.push(i + 1);
}

/** Line of a byte offset, from 1. */
export function lineOf(offset: i32): i32 {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (starts.get(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** Byte offset at which line `line` (from 1) begins. */
export function lineStart(line: i32): i32 {
  return starts.get(line - 1);
}
