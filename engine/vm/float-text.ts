/** Texts of floats, measured before they are written. The text found last is kept: it is usually written next. */
import { writeFloat } from '../numbers/write-float';

function text(): usize {
  return memory.data(32);
}
let textOf: u64 = 0;
let length: usize = 0;

function find(bits: u64): void {
  if (length != 0 && textOf == bits) return;
  length = writeFloat(text(), bits) - text();
  textOf = bits;
}

/** Bytes of the text of a float; the kernel's build, which has no floats, gives 0. */
export function floatLength(bits: u64): i32 {
  if (!isDefined(FLOATS)) return 0;
  find(bits);
  return <i32>length;
}

/** Writes the text of a float; returns the address behind. */
export function writeFloatAt(to: usize, bits: u64): usize {
  if (!isDefined(FLOATS)) return to;
  find(bits);
  memory.copy(to, text(), length);
  return to + length;
}
