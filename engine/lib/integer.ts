/** Natives of Int (whose `this` is the plain integer, not a box) and of Math. */
import { CLASS_ARITHMETIC_EXCEPTION, CLASS_OUT_OF_INDEX_EXCEPTION } from '../bytecode/builtins.generated';
import { STR_DATA, newString } from '../vm/object';
import { need } from '../vm/reclaim';
import { throwNumbers } from './message';
import { answer, answerNew, integer } from './native';
import { encode, encodedLength, isCodePoint } from './utf8';

export function integerToHex(act: usize, window: usize): i32 {
  need(act, 64);
  const value = <u64>integer(window, 0);
  let digits = 1;
  while (digits < 16 && value >> ((<u64>digits) << 2) != 0) digits++;
  const text = newString(act, digits, digits);
  if (!text) return answerNew(window, 0);
  for (let i = 0; i < digits; i++) {
    const digit = (<u32>(value >> ((<u64>(digits - 1 - i)) << 2))) & 15;
    store<u8>(text + STR_DATA + <usize>i, <u8>(digit < 10 ? 48 + digit : 87 + digit));
  }
  return answerNew(window, text);
}

export function integerToChar(act: usize, window: usize): i32 {
  const c = integer(window, 0);
  if (!isCodePoint(c)) return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'no character has code point {a}', c, 0);
  need(act, 64);
  const text = newString(act, encodedLength(<i32>c), 1);
  if (text) encode(text + STR_DATA, <i32>c);
  return answerNew(window, text);
}

/** Also `Math.abs`. */
export function integerAbs(window: usize): i32 {
  const value = integer(window, 0);
  return answer(window, value < 0 ? -value : value);
}

/** Also `Math.min`. */
export function integerMin(window: usize): i32 {
  return answer(window, min<i64>(integer(window, 0), integer(window, 1)));
}

/** Also `Math.max`. */
export function integerMax(window: usize): i32 {
  return answer(window, max<i64>(integer(window, 0), integer(window, 1)));
}

export function mathPow(act: usize, window: usize): i32 {
  let base = integer(window, 0);
  let exponent = integer(window, 1);
  if (exponent < 0) return throwNumbers(act, CLASS_ARITHMETIC_EXCEPTION, 'exponent {a} is negative', exponent, 0);
  let result: i64 = 1;
  for (; exponent != 0; exponent >>= 1) {
    if ((exponent & 1) != 0) result *= base;
    base *= base;
  }
  return answer(window, result);
}

/** Square root by digits of base 4, from the highest. */
export function mathSqrt(act: usize, window: usize): i32 {
  const x = integer(window, 0);
  if (x < 0) return throwNumbers(act, CLASS_ARITHMETIC_EXCEPTION, '{a} has no square root: it is negative', x, 0);
  let rest = <u64>x;
  let root: u64 = 0;
  let bit: u64 = 0x4000000000000000;
  while (bit > rest) bit >>= 2;
  for (; bit != 0; bit >>= 2) {
    if (rest >= root + bit) {
      rest -= root + bit;
      root = (root >> 1) + bit;
    } else {
      root >>= 1;
    }
  }
  return answer(window, <i64>root);
}

/** a * b / c, with a product of 128 bits. */
export function mathMuldiv(act: usize, window: usize): i32 {
  const a = integer(window, 0);
  const b = integer(window, 1);
  const c = integer(window, 2);
  if (c == 0) return throwNumbers(act, CLASS_ARITHMETIC_EXCEPTION, '{a} times something is divided by 0', a, 0);
  const x = a < 0 ? <u64>-a : <u64>a;
  const y = b < 0 ? <u64>-b : <u64>b;
  const divisor = c < 0 ? <u64>-c : <u64>c;
  const mask: u64 = 0xffffffff;
  const low = (x & mask) * (y & mask);
  const middle = (x >> 32) * (y & mask) + (low >> 32);
  const other = (x & mask) * (y >> 32) + (middle & mask);
  let high = (x >> 32) * (y >> 32) + (middle >> 32) + (other >> 32);
  let rest = (other << 32) | (low & mask);
  // A quotient of at most 64 bits, one at a time.
  let quotient: u64 = 0;
  if (high < divisor) {
    for (let i = 0; i < 64; i++) {
      const carry = high >> 63;
      high = (high << 1) | (rest >> 63);
      rest <<= 1;
      quotient <<= 1;
      if (carry != 0 || high >= divisor) {
        high -= divisor;
        quotient |= 1;
      }
    }
  } else quotient = u64.MAX_VALUE;
  const negative = (a < 0 != b < 0) != c < 0;
  const most: u64 = negative ? 0x8000000000000000 : 0x7fffffffffffffff;
  if (quotient > most)
    return throwNumbers(act, CLASS_ARITHMETIC_EXCEPTION, '{a} * {b} divided by the third is no int', a, b);
  return answer(window, negative ? <i64>(0 - quotient) : <i64>quotient);
}
