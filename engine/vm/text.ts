/** Comparing and joining texts. */
import { CLASS_STRING } from '../bytecode/builtins.generated';
import { STR_BYTES, STR_DATA, classOf, newString } from './object';
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

/** Bytes, and in the upper half characters, of a slot's text; null reads "null". */
function partSize(ref: usize): u64 {
  if (!ref) return 0x400000004;
  if (classOf(ref) == CLASS_STRING) return load<u64>(ref, STR_BYTES);
  const bytes = <u64>classNameLength(classOf(ref));
  return bytes | (bytes << 32);
}

/** What the last `joinedBytes` found besides. */
let joinedChars: u32 = 0;

/** Bytes that the texts of `count` slots take together. */
export function joinedBytes(slots: usize, count: u32): i64 {
  let bytes: u64 = 0;
  let chars: u64 = 0;
  for (const end = slots + ((<usize>count) << 3); slots < end; slots += 8) {
    const size = partSize(<usize>load<u32>(slots));
    bytes += size & 0xffffffff;
    chars += size >> 32;
  }
  joinedChars = <u32>chars;
  return <i64>bytes;
}

/** The texts of `count` slots, of which `joinedBytes` has said that they have `bytes` bytes, as one string. 0: exception pending. */
export function joinSlots(act: usize, slots: usize, count: u32, bytes: i32): usize {
  const ref = newString(act, bytes, <i32>joinedChars);
  if (!ref) return 0;
  let to = ref + STR_DATA;
  for (const end = slots + ((<usize>count) << 3); slots < end; slots += 8) {
    const part = <usize>load<u32>(slots);
    const length = <usize>(<u32>partSize(part));
    if (!part) store<u32>(to, 0x6c6c756e);
    else if (classOf(part) == CLASS_STRING) memory.copy(to, part + STR_DATA, length);
    else memory.copy(to, classNameAddress(classOf(part)), length);
    to += length;
  }
  return ref;
}
