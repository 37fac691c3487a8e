/** Comparing and joining texts. */
import { CLASS_STRING } from '../bytecode/builtins.generated';
import { STR_BYTES, STR_CHARS, STR_DATA, classOf, newString } from './object';
import { classNameAddress, classNameLength } from './render';

/** -1, 0 or 1: order of byte strings, which for UTF-8 is the order of code points. */
export function compareBytes(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const common = aLength < bLength ? aLength : bLength;
  let i: usize = 0;
  while (i + 8 <= <usize>common && load<u64>(a + i) == load<u64>(b + i)) i += 8;
  if (i + 4 <= <usize>common && load<u32>(a + i) == load<u32>(b + i)) i += 4;
  while (i < <usize>common) {
    const x = load<u8>(a + i);
    const y = load<u8>(b + i);
    if (x != y) return x < y ? -1 : 1;
    i++;
  }
  return aLength == bLength ? 0 : aLength < bLength ? -1 : 1;
}

/** Order of two string objects. */
export function compareStrings(a: usize, b: usize): i32 {
  return compareBytes(a + STR_DATA, load<u32>(a, STR_BYTES), b + STR_DATA, load<u32>(b, STR_BYTES));
}

/** Have two string objects the same text? */
export function equalStrings(a: usize, b: usize): bool {
  return a == b || (load<u32>(a, STR_BYTES) == load<u32>(b, STR_BYTES) && compareStrings(a, b) == 0);
}

function partBytes(ref: usize): u32 {
  if (!ref) return 4;
  return classOf(ref) == CLASS_STRING ? load<u32>(ref, STR_BYTES) : <u32>classNameLength(classOf(ref));
}

function partChars(ref: usize): u32 {
  return ref && classOf(ref) == CLASS_STRING ? load<u32>(ref, STR_CHARS) : partBytes(ref);
}

/** Bytes that the texts of `count` slots take together. */
export function joinedBytes(slots: usize, count: u32): i64 {
  let sum: i64 = 0;
  for (let i: u32 = 0; i < count; i++) sum += <i64>partBytes(<usize>load<u32>(slots + ((<usize>i) << 3)));
  return sum;
}

/** The texts of `count` slots as one string of `bytes` bytes; null reads "null". 0: exception pending. */
export function joinSlots(act: usize, slots: usize, count: u32, bytes: i32): usize {
  let chars: u32 = 0;
  for (let i: u32 = 0; i < count; i++) chars += partChars(<usize>load<u32>(slots + ((<usize>i) << 3)));
  const ref = newString(act, bytes, <i32>chars);
  if (!ref) return 0;
  let to = ref + STR_DATA;
  for (let i: u32 = 0; i < count; i++) {
    const part = <usize>load<u32>(slots + ((<usize>i) << 3));
    const length = <usize>partBytes(part);
    if (!part) store<u32>(to, 0x6c6c756e);
    else if (classOf(part) == CLASS_STRING) memory.copy(to, part + STR_DATA, length);
    else memory.copy(to, classNameAddress(classOf(part)), length);
    to += length;
  }
  return ref;
}
