/**
 * Directives of a format: `%-8s`, `%04d`, `%.3s`. The compiler reads those of literals, the VM those of texts that it only
 * meets when the script runs. A directive is packed into an int:
 *
 *   bits 0–3 F_*, bit 4 to the left, bit 5 filled with zeros, bits 6–15 width, bits 16–25 precision + 1, 0: none.
 */

export const F_DECIMAL: i32 = 0; // %d
export const F_HEX: i32 = 1; // %x
export const F_HEX_UPPER: i32 = 2; // %X
export const F_OCTAL: i32 = 3; // %o
export const F_BINARY: i32 = 4; // %b
export const F_CHARACTER: i32 = 5; // %c
export const F_TEXT: i32 = 6; // %s
export const F_PERCENT: i32 = 7; // %%
export const F_FLOAT: i32 = 8; // %f, where there are floats

/** What `readDirective` gives where there is none. */
export const F_UNKNOWN: i32 = -1;
export const F_TOO_WIDE: i32 = -2;
export const F_BAD_FLAGS: i32 = -3;

const LEFT: i32 = 16;
const ZERO: i32 = 32;
/** Greatest width and precision. */
export const FORMAT_WIDEST: i32 = 999;

/** Address behind the directive that was read last. */
export let directiveEnd: usize = 0;

export function formatKind(directive: i32): i32 {
  return directive & 15;
}
export function formatIsLeft(directive: i32): bool {
  return (directive & LEFT) != 0;
}
export function formatHasZeros(directive: i32): bool {
  return (directive & ZERO) != 0;
}
export function formatWidth(directive: i32): i32 {
  return (directive >> 6) & 0x3ff;
}
/** Digits at least, or characters at most; -1: the directive says nothing. */
export function formatPrecision(directive: i32): i32 {
  return ((directive >> 16) & 0x3ff) - 1;
}

function conversion(c: u32): i32 {
  switch (c) {
    case 100:
      return F_DECIMAL;
    case 120:
      return F_HEX;
    case 88:
      return F_HEX_UPPER;
    case 111:
      return F_OCTAL;
    case 98:
      return F_BINARY;
    case 99:
      return F_CHARACTER;
    case 115:
      return F_TEXT;
    case 37:
      return F_PERCENT;
    case 102:
      return F_FLOAT;
    default:
      return F_UNKNOWN;
  }
}

// Reads a number from directiveEnd on; 1000 stands for all that is too large.
function readNumber(end: usize): i32 {
  let value = 0;
  while (directiveEnd < end) {
    const digit = <i32>load<u8>(directiveEnd) - 48;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
    if (value > FORMAT_WIDEST) value = FORMAT_WIDEST + 1;
    directiveEnd++;
  }
  return value;
}

/** The directive whose `%` is at `at`, packed, or F_UNKNOWN and the like; `directiveEnd` is behind it then. */
export function readDirective(at: usize, end: usize): i32 {
  directiveEnd = at + 1;
  let packed = 0;
  while (directiveEnd < end) {
    const c = load<u8>(directiveEnd);
    if (c == 45) packed |= LEFT;
    else if (c == 48) packed |= ZERO;
    else break;
    directiveEnd++;
  }
  const width = readNumber(end);
  let precision = -1;
  if (directiveEnd < end && load<u8>(directiveEnd) == 46) {
    directiveEnd++;
    precision = readNumber(end);
  }
  if (directiveEnd >= end) return F_UNKNOWN;
  const kind = conversion(<u32>load<u8>(directiveEnd));
  if (kind == F_UNKNOWN) return F_UNKNOWN;
  directiveEnd++;
  if (width > FORMAT_WIDEST || precision > FORMAT_WIDEST) return F_TOO_WIDE;
  const plain = packed == 0 && width == 0 && precision < 0;
  if (kind == F_PERCENT && !plain) return F_UNKNOWN;
  // Zeros belong in front of a number; with a width that counts from the left they would change it.
  if (packed & ZERO && (packed & LEFT || kind == F_CHARACTER || kind == F_TEXT)) return F_BAD_FLAGS;
  if (kind == F_CHARACTER && precision >= 0) return F_BAD_FLAGS;
  return packed | kind | (width << 6) | ((precision + 1) << 16);
}
