/** Number literals: decimal, 0x, 0b, and octal with a leading 0, as in Java; `_` between digits. */
import { K0104_INT_TOO_LARGE, K0105_BAD_NUMBER } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { INFINITE, readFloat } from '../numbers/read-float';
import { intern, internLiteral } from '../support/texts';
import { byteAt, isDigit, isNamePart, sourceAddress } from './source';
import { Token } from './tokens';

/** Value of the number read last; the bits of a float. */
export let numberValue: u64 = 0;
/** Byte behind it. */
export let numberEnd: i32 = 0;
/** Is it 9223372036854775808, which only a minus before it makes an int? */
export let numberIsMinimum: bool = false;

function digitOf(c: i32): i32 {
  if (isDigit(c)) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : 99;
}

function bad(start: i32, why: string): i32 {
  while (isNamePart(byteAt(numberEnd))) numberEnd++;
  report(K0105_BAD_NUMBER, start, numberEnd, internLiteral(why));
  numberValue = 0;
  return Token.Int;
}

function skipDigits(at: i32): i32 {
  while (isDigit(byteAt(at)) || byteAt(at) == 95) at++;
  return at;
}

/** Byte behind a fraction or exponent that begins at `at`; `at` if there is none. */
function behindFloat(at: i32): i32 {
  let end = at;
  if (byteAt(end) == 46 && isDigit(byteAt(end + 1))) end = skipDigits(end + 1);
  if ((byteAt(end) | 32) == 101) {
    const digits = byteAt(end + 1) == 43 || byteAt(end + 1) == 45 ? end + 2 : end + 1;
    if (isDigit(byteAt(digits))) end = skipDigits(digits);
  }
  return end;
}

// A float literal: these bytes.
function scanFloat(start: i32, end: i32): i32 {
  numberEnd = end;
  if (isNamePart(byteAt(end))) return bad(start, 'a float has 64 bits and no letter behind it');
  if (byteAt(end - 1) == 95) return bad(start, '_ stands between digits');
  numberValue = readFloat(sourceAddress + <usize>start, sourceAddress + <usize>end);
  if (numberValue == INFINITE) return bad(start, 'no float is that large');
  return Token.Float;
}

/** Reads the number at `start`, which is a digit, or a point in front of one. Returns its token. */
export function scanNumber(start: i32): i32 {
  let radix = 10;
  let at = start;
  numberIsMinimum = false;
  if (byteAt(at) == 48) {
    const mark = byteAt(at + 1) | 32;
    if (mark == 120) radix = 16;
    else if (mark == 98) radix = 2;
    else if (isDigit(byteAt(at + 1)) || byteAt(at + 1) == 95) radix = 8;
    if (radix == 16 || radix == 2) at += 2;
  }
  const most: u64 = ~(<u64>0);
  let value: u64 = 0;
  let fits = true;
  let digits = 0;
  let wrongDigit = false;
  for (; ; at++) {
    const c = byteAt(at);
    if (c == 95) continue;
    const digit = digitOf(c);
    if (radix != 16 ? !isDigit(c) : digit > 15) break;
    if (digit >= radix) wrongDigit = true;
    digits++;
    if (value > (most - <u64>digit) / <u64>radix) fits = false;
    value = value * <u64>radix + <u64>digit;
  }
  numberEnd = at;
  if (radix == 10 || radix == 8) {
    const floatEnd = behindFloat(at);
    if (floatEnd > at) {
      return scanFloat(start, floatEnd);
    }
  }
  if (digits == 0) return bad(start, 'digits are missing');
  if (wrongDigit)
    return bad(start, radix == 8 ? 'a number that begins with 0 is octal: digits 0 to 7' : 'binary digits are 0 and 1');
  if (byteAt(at - 1) == 95) return bad(start, '_ stands between digits');
  if ((byteAt(at) | 32) == 108 && !isNamePart(byteAt(at + 1))) return bad(start, 'leave L out: an int has 64 bits');
  if (isNamePart(byteAt(at))) return bad(start, 'a name cannot begin with a digit');
  if (radix == 10) {
    const limit: u64 = 1;
    if (fits && value == limit << 63) numberIsMinimum = true;
    else if (value >= limit << 63) fits = false;
  }
  if (!fits) {
    reportTooLarge(start, at);
    value = 0;
  }
  numberValue = value;
  return Token.Int;
}

/** K0104 for the number at these bytes. */
export function reportTooLarge(start: i32, end: i32): void {
  report(K0104_INT_TOO_LARGE, start, end, intern(sourceAddress + <usize>start, end - start > 60 ? 60 : end - start));
}
