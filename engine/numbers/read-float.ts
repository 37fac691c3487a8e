/** Decimal text to floats: the nearest one, ties to even, as IEEE 754 wants it. Integers only. */
import {
  bitLength,
  compareNaturals,
  isZero,
  multiplyAdd,
  multiplyPower,
  setNatural,
  shiftLeft,
  subtractNatural,
} from './natural';

/** Bits of an infinite float, and of NaN. */
export const INFINITE: u64 = 0x7ff0000000000000;
export const NOT_A_NUMBER: u64 = 0x7ff8000000000000;
export const SIGN: u64 = 0x8000000000000000;
/** The bit in front of a float's fraction. */
export const HIDDEN: u64 = 0x0010000000000000;

/** Digits that tell where a decimal number lies between floats; of others only whether they are all 0 counts. */
const MOST_DIGITS: i32 = 800;
/** Powers of ten beyond which every number is infinite, or 0. */
const LARGEST: i32 = 310;
const SMALLEST: i32 = -330;

// Static memory, in functions: a build that calls none of this holds none of it.
function above(): usize {
  return memory.data(644);
}
function below(): usize {
  return memory.data(644);
}

/** `above` / `below` as a float's bits: no sign, no NaN. */
function quotient(): u64 {
  const shift = bitLength(above()) - bitLength(below());
  if (shift >= 0) shiftLeft(below(), shift);
  else shiftLeft(above(), -shift);
  let q: u64 = 0;
  for (let i = 0; i < 64; i++) {
    q <<= 1;
    if (compareNaturals(above(), below()) >= 0) {
      subtractNatural(above(), below());
      q |= 1;
    }
    shiftLeft(above(), 1);
  }
  return rounded(q, shift, !isZero(above()));
}

/** The float nearest to `q` * 2^(exponent - 63), and a little more if `more`; q is at least 2^62. */
function rounded(q: u64, exponent: i32, more: bool): u64 {
  let bits = q;
  let power = exponent;
  if (bits >> 63 == 0) {
    bits <<= 1;
    power--;
  }
  if (power > 1023) return INFINITE;
  // Below the smallest normal float there are fewer bits.
  const kept = power >= -1022 ? 53 : power + 1075;
  if (kept < 0) return 0;
  const dropped = <u64>(64 - kept);
  const one: u64 = 1;
  let value = kept == 0 ? 0 : bits >> dropped;
  const rest = kept == 0 ? bits : bits & ((one << dropped) - 1);
  const half = one << (dropped - 1);
  if (rest > half || (rest == half && (more || (value & 1) != 0))) value++;
  // A carry out of the fraction goes on into the exponent.
  return power >= -1022 ? ((<u64>(power + 1023)) << 52) + (value - HIDDEN) : value;
}

/** The bits of the float nearest to an integer. */
export function floatOf(value: i64): u64 {
  if (value == 0) return 0;
  const size = value < 0 ? <u64>-value : <u64>value;
  const shift = <i32>clz<u64>(size);
  return rounded(size << (<u64>shift), 63 - shift, false) | (value < 0 ? SIGN : 0);
}

/** Byte behind what `readFloat` read, or where it stopped. */
export let floatEnd: usize = 0;

function isDigit(c: u32): bool {
  return c >= 48 && c <= 57;
}

// The digits at `at`, `_` between them left out, into `above`.
let digits: i32 = 0;
let power: i32 = 0;

function takeDigits(from: usize, end: usize, fraction: bool): usize {
  let at = from;
  for (; at < end; at++) {
    const c = <u32>load<u8>(at);
    if (c == 95) continue;
    if (!isDigit(c)) break;
    if (fraction) power--;
    if (digits == 0 && c == 48) continue;
    if (digits < MOST_DIGITS) {
      multiplyAdd(above(), 10, c - 48);
      digits++;
    } else {
      power++;
      // What is left out makes the number a little larger, if it is not 0.
      if (c != 48) store<u32>(above(), load<u32>(above(), 4) | 1, 4);
    }
  }
  return at;
}

/**
 * The bits of the float that the decimal text from `from` on spells: digits with `_` between them, a point, an exponent;
 * no sign. `floatEnd` is then the byte behind it.
 */
export function readFloat(from: usize, end: usize): u64 {
  setNatural(above(), 0);
  digits = 0;
  power = 0;
  let at = takeDigits(from, end, false);
  if (at < end && load<u8>(at) == 46) at = takeDigits(at + 1, end, true);
  if (at + 1 < end && ((<i32>load<u8>(at)) | 32) == 101) at = takeExponent(at, end);
  floatEnd = at;
  if (isZero(above())) return 0;
  if (digits + power > LARGEST) return INFINITE;
  if (digits + power < SMALLEST) return 0;
  setNatural(below(), 1);
  if (power >= 0) multiplyPower(above(), power);
  else multiplyPower(below(), -power);
  return quotient();
}

function takeExponent(from: usize, end: usize): usize {
  let at = from + 1;
  const sign = load<u8>(at);
  if (sign == 43 || sign == 45) at++;
  if (at >= end || !isDigit(load<u8>(at))) return from;
  let exponent = 0;
  for (; at < end; at++) {
    const c = <i32>load<u8>(at);
    if (c == 95) continue;
    if (!isDigit(c)) break;
    if (exponent < 100000) exponent = exponent * 10 + c - 48;
  }
  power += sign == 45 ? -exponent : exponent;
  return at;
}
