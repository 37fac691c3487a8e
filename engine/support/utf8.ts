/** UTF-8, read from memory. */

/** What `decode` found: its length in bytes, at least 1. */
export let decodedLength: i32 = 0;

function continuation(at: usize, index: i32, length: i32): i32 {
  if (index >= length) return -1;
  const byte = <i32>load<u8>(at + <usize>index);
  return (byte & 0xc0) == 0x80 ? byte & 63 : -1;
}

/**
 * The code point at `at`, of which `length` >= 1 bytes may be read; -1 when the bytes are not UTF-8 (overlong forms
 * and surrogates are not). `decodedLength` is the number of bytes it takes, 1 for a bad one.
 */
export function decode(at: usize, length: i32): i32 {
  const first = <i32>load<u8>(at);
  decodedLength = 1;
  if (first < 0x80) return first;
  if (first < 0xc2 || first > 0xf4) return -1;
  const second = continuation(at, 1, length);
  if (second < 0) return -1;
  if (first < 0xe0) {
    decodedLength = 2;
    return ((first & 31) << 6) | second;
  }
  const third = continuation(at, 2, length);
  if (third < 0) return -1;
  if (first < 0xf0) {
    const point = ((first & 15) << 12) | (second << 6) | third;
    if (point < 0x800 || (point >= 0xd800 && point < 0xe000)) return -1;
    decodedLength = 3;
    return point;
  }
  const fourth = continuation(at, 3, length);
  if (fourth < 0) return -1;
  const point = ((first & 7) << 18) | (second << 12) | (third << 6) | fourth;
  if (point < 0x10000 || point > 0x10ffff) return -1;
  decodedLength = 4;
  return point;
}

/** Offset of the first byte that is not UTF-8, or -1. */
export function firstBadByte(at: usize, length: i32): i32 {
  let i = 0;
  while (i < length) {
    if (load<u8>(at + <usize>i) < 0x80) {
      i++;
      continue;
    }
    if (decode(at + <usize>i, length - i) < 0) return i;
    i += decodedLength;
  }
  return -1;
}

/** Must this code point never reach a terminal as it is: controls, and marks that reorder the text around them? */
export function isUnprintable(point: i32): bool {
  if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true;
  return (
    point == 0x061c ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x206f) ||
    point == 0xfeff
  );
}

/** Does a terminal show this code point in two cells (East Asian wide and full-width forms, emoji)? */
export function isWide(point: i32): bool {
  if (point < 0x1100) return false;
  return (
    point <= 0x115f ||
    (point >= 0x2e80 && point <= 0xa4cf && point != 0x303f) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff01 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x1f300 && point <= 0x1faff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  );
}
