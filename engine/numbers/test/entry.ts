/** What the tests of this room call. */
import { floatOf, readFloat } from '../read-float';
import { writeFixed, writeFloat } from '../write-float';

const text: usize = memory.data(8192);

/** Where texts lie. */
export function textAt(): usize {
  return text;
}

export function read(length: i32): u64 {
  return readFloat(text, text + <usize>length);
}

export function fromInt(value: i64): u64 {
  return floatOf(value);
}

export function write(bits: u64): i32 {
  return <i32>(writeFloat(text, bits) - text);
}

export function fixed(bits: u64, decimals: i32): i32 {
  return <i32>(writeFixed(text, bits, decimals) - text);
}
