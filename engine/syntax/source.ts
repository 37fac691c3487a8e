/** The source text being compiled. */

/** What to add to an offset for the byte's address. */
export let sourceAddress: usize = 0;
/** Offset behind the last byte. */
export let sourceLength: i32 = 0;

/** Sets the text that lexer and parser work on; `base` is the offset of its first byte. */
export function setSource(at: usize, length: i32, base: i32): void {
  sourceAddress = at - <usize>base;
  sourceLength = base + length;
}

/** The byte at `offset`, or -1 behind the end. */
export function byteAt(offset: i32): i32 {
  return offset < sourceLength ? <i32>load<u8>(sourceAddress + <usize>offset) : -1;
}

export function isDigit(c: i32): bool {
  return c >= 48 && c <= 57;
}

export function isUpper(c: i32): bool {
  return c >= 65 && c <= 90;
}

/** Can `c` begin a name? Every byte of a character beyond ASCII can; the lexer sorts out which do not. */
export function isNameStart(c: i32): bool {
  return isUpper(c) || (c >= 97 && c <= 122) || c == 95 || c >= 128;
}

export function isNamePart(c: i32): bool {
  return isNameStart(c) || isDigit(c);
}
