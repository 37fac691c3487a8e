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

/** Copies bytes that do not overlap. Most texts are short: no call for those. */
export function copyBytes(to: usize, from: usize, length: usize): void {
  if (length > 32) return memory.copy(to, from, length);
  for (; length >= 8; length -= 8) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  }
  if ((length & 4) != 0) {
    store<u32>(to, load<u32>(from));
    to += 4;
    from += 4;
  }
  if ((length & 2) != 0) {
    store<u16>(to, load<u16>(from));
    to += 2;
    from += 2;
  }
  if ((length & 1) != 0) store<u8>(to, load<u8>(from));
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
    else copyBytes(to, classOf(part) == CLASS_STRING ? part + STR_DATA : classNameAddress(classOf(part)), length);
    to += length;
  }
  return ref;
}

/** Bytes that the strings in `count` slots take together; -1: not all of them are strings. */
export function textBytes(slots: usize, count: u32): i64 {
  let bytes: u64 = 0;
  let chars: u64 = 0;
  for (const end = slots + ((<usize>count) << 3); slots < end; slots += 8) {
    const part = <usize>load<u32>(slots);
    if (!part || classOf(part) != CLASS_STRING) return -1;
    const size = load<u64>(part, STR_BYTES);
    bytes += size & 0xffffffff;
    chars += size >> 32;
  }
  joinedChars = <u32>chars;
  return <i64>bytes;
}

/** The strings of `count` slots, of which `textBytes` has said that they have `bytes` bytes, with another string between them. 0: exception pending. */
export function joinTexts(act: usize, slots: usize, count: u32, bytes: i32, between: usize): usize {
  const gap = <usize>load<u32>(between, STR_BYTES);
  const gaps: u32 = count > 1 ? count - 1 : 0;
  const ref = newString(act, bytes + <i32>(gaps * <u32>gap), <i32>(joinedChars + gaps * load<u32>(between, STR_CHARS)));
  if (!ref) return 0;
  let to = ref + STR_DATA;
  for (let i: u32 = 0; i < count; i++) {
    const part = <usize>load<u32>(slots + ((<usize>i) << 3));
    const length = <usize>load<u32>(part, STR_BYTES);
    if (i != 0 && gap != 0) {
      copyBytes(to, between + STR_DATA, gap);
      to += gap;
    }
    copyBytes(to, part + STR_DATA, length);
    to += length;
  }
  return ref;
}
