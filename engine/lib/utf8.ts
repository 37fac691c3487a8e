/** Characters in UTF-8 text. Text in a String is valid UTF-8; `sanitize` makes it so. */

/** Does the byte at `at` continue a character? */
function continues(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80;
}

/** Bytes of the character whose first byte is `lead`. */
export function charBytes(lead: u32): i32 {
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/** Byte offset of character `index` of valid text; `bytes` if there are only `index` characters. */
export function byteOffset(at: usize, bytes: i32, index: i32): i32 {
  let p = at;
  const end = at + <usize>bytes;
  let left = index;
  while (p + 8 <= end) {
    const word = load<u64>(p);
    const chars = 8 - <i32>popcnt<u64>((word >> 7) & (~word >> 6) & 0x0101010101010101);
    if (chars > left) break;
    left -= chars;
    p += 8;
  }
  // `left` characters begin at or behind p before the one wanted; the first bytes at p may end an earlier one.
  while (p < end) {
    if (!continues(p)) {
      if (left == 0) break;
      left--;
    }
    p++;
  }
  return <i32>(p - at);
}

/** Code point of the valid character at `at`. */
export function decode(at: usize): i32 {
  const lead = <i32>load<u8>(at);
  if (lead < 0x80) return lead;
  if (lead < 0xe0) return ((lead & 31) << 6) | ((<i32>load<u8>(at, 1)) & 63);
  if (lead < 0xf0) return ((lead & 15) << 12) | (((<i32>load<u8>(at, 1)) & 63) << 6) | ((<i32>load<u8>(at, 2)) & 63);
  return (
    ((lead & 7) << 18) |
    (((<i32>load<u8>(at, 1)) & 63) << 12) |
    (((<i32>load<u8>(at, 2)) & 63) << 6) |
    ((<i32>load<u8>(at, 3)) & 63)
  );
}

/** Bytes of code point `c`, which is one. */
export function encodedLength(c: i32): i32 {
  return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
}

/** Writes code point `c` at `to`. */
export function encode(to: usize, c: i32): void {
  if (c < 0x80) {
    store<u8>(to, <u8>c);
  } else if (c < 0x800) {
    store<u8>(to, <u8>(0xc0 | (c >> 6)));
    store<u8>(to, <u8>(0x80 | (c & 63)), 1);
  } else if (c < 0x10000) {
    store<u8>(to, <u8>(0xe0 | (c >> 12)));
    store<u8>(to, <u8>(0x80 | ((c >> 6) & 63)), 1);
    store<u8>(to, <u8>(0x80 | (c & 63)), 2);
  } else {
    store<u8>(to, <u8>(0xf0 | (c >> 18)));
    store<u8>(to, <u8>(0x80 | ((c >> 12) & 63)), 1);
    store<u8>(to, <u8>(0x80 | ((c >> 6) & 63)), 2);
    store<u8>(to, <u8>(0x80 | (c & 63)), 3);
  }
}

/** Is it a Unicode scalar value? */
export function isCodePoint(c: i64): bool {
  return c >= 0 && c < 0x110000 && (c < 0xd800 || c > 0xdfff);
}

/** Unicode's property White_Space, and the control characters that Java's `trim` takes. */
export function isSpace(c: i32): bool {
  if (c <= 32) return true;
  if (c < 0x80) return false;
  return (
    c == 0x85 ||
    c == 0xa0 ||
    c == 0x1680 ||
    (c >= 0x2000 && c <= 0x200a) ||
    c == 0x2028 ||
    c == 0x2029 ||
    c == 0x202f ||
    c == 0x205f ||
    c == 0x3000
  );
}

/** Bytes of the valid character at `at`, of which `left` bytes are there; 0 if none begins there. */
function validLength(at: usize, left: usize): i32 {
  const lead = <u32>load<u8>(at);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = charBytes(lead);
  if (<usize>length > left) return 0;
  for (let i = 1; i < length; i++) if (!continues(at + <usize>i)) return 0;
  if (length == 2) return 2;
  const c = decode(at);
  if (length == 3) return c >= 0x800 && (c < 0xd800 || c > 0xdfff) ? 3 : 0;
  return c >= 0x10000 && c < 0x110000 ? 4 : 0;
}

/** How many of the `bytes` bytes at `at`, from the first one on, are characters of one byte. */
export function plainBytes(at: usize, bytes: i32): i32 {
  let p = at;
  const end = at + <usize>bytes;
  while (
    p + 32 <= end &&
    ((load<u64>(p) | load<u64>(p, 8) | load<u64>(p, 16) | load<u64>(p, 24)) & 0x8080808080808080) == 0
  )
    p += 32;
  while (p + 8 <= end && (load<u64>(p) & 0x8080808080808080) == 0) p += 8;
  while (p < end && load<u8>(p) < 0x80) p++;
  return <i32>(p - at);
}

/** Bytes that `sanitize` writes for `bytes` arbitrary bytes at `at`. */
export function sanitizedLength(at: usize, bytes: i32): i64 {
  let length: i64 = 0;
  let p = at;
  const end = at + <usize>bytes;
  while (p < end) {
    const plain = plainBytes(p, <i32>(end - p));
    length += <i64>plain;
    p += <usize>plain;
    if (p == end) break;
    const valid = validLength(p, end - p);
    length += valid == 0 ? 3 : <i64>valid;
    p += valid == 0 ? 1 : <usize>valid;
  }
  return length;
}

/** Copies arbitrary bytes as valid text: each byte that belongs to no character becomes U+FFFD. */
export function sanitize(to: usize, at: usize, bytes: i32): void {
  let p = at;
  const end = at + <usize>bytes;
  let q = to;
  while (p < end) {
    const plain = plainBytes(p, <i32>(end - p));
    memory.copy(q, p, <usize>plain);
    q += <usize>plain;
    p += <usize>plain;
    if (p == end) break;
    const valid = validLength(p, end - p);
    if (valid == 0) {
      encode(q, 0xfffd);
      q += 3;
      p++;
    } else {
      memory.copy(q, p, <usize>valid);
      q += <usize>valid;
      p += <usize>valid;
    }
  }
}
