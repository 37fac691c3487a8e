/**
 * Floats as text: the shortest decimal number that reads back as the same float (R. G. Burger, R. K. Dybvig, "Printing
 * Floating-Point Numbers Quickly and Accurately", 1996), spelt as JavaScript spells numbers, but never like an int:
 * `1.0`, `0.1`, `1e+21`, `-0.0`, `NaN`, `Infinity`. And with a number of decimals, as `%.2f`. Integers only.
 */
import {
  addNatural,
  bitAt,
  compareNaturals,
  copyNatural,
  divide,
  isZero,
  multiplyAdd,
  multiplyPower,
  setNatural,
  shiftLeft,
  shiftRight,
  subtractNatural,
} from './natural';
import { HIDDEN, INFINITE, SIGN } from './read-float';

/** Bytes that `writeFloat` writes at most. */
export const FLOAT_BYTES: i32 = 32;
/** Decimals that `writeFixed` gives at most, and bytes that it writes. */
export const MOST_DECIMALS: i32 = 999;
export const FIXED_BYTES: i32 = 1344;

/** log10(2) in 2^-32. */
const LOG: i64 = 1292913986;
/** Powers of ten from which on, and up to which, an exponent is written. */
const LARGE: i32 = 21;
const SMALL: i32 = -6;

// Static memory, in functions: a build that calls none of this holds none of it.
function value(): usize {
  return memory.data(644);
}
function scale(): usize {
  return memory.data(644);
}
function up(): usize {
  return memory.data(644);
}
function down(): usize {
  return memory.data(644);
}
function sum(): usize {
  return memory.data(644);
}
function digitBytes(): usize {
  return memory.data(32);
}

let point: i32 = 0;

function mantissa(bits: u64): u64 {
  const fraction = bits & (HIDDEN - 1);
  return (bits & INFINITE) == 0 ? fraction : fraction | HIDDEN;
}

/** A float is mantissa * 2^exponent. */
function exponent(bits: u64): i32 {
  const biased = <i32>((bits >> 52) & 0x7ff);
  return biased == 0 ? -1074 : biased - 1075;
}

/** Digits of a positive float into `digitBytes`; its value is 0.DIGITS * 10^point. Gives how many. */
function shortest(bits: u64): i32 {
  const m = mantissa(bits);
  const e = exponent(bits);
  const even = (m & 1) == 0;
  // Below a power of two the next float is only half as far away.
  const near = m == HIDDEN && e > -1074 ? 1 : 0;
  setNatural(value(), m);
  setNatural(scale(), 1);
  setNatural(down(), 1);
  shiftLeft(value(), 1 + near + (e > 0 ? e : 0));
  shiftLeft(scale(), 1 + near + (e < 0 ? -e : 0));
  if (e > 0) shiftLeft(down(), e);
  copyNatural(up(), down());
  shiftLeft(up(), near);
  const highest = e + 63 - <i32>clz<u64>(m);
  point = <i32>((<i64>highest * LOG) >> 32) + 1;
  if (point >= 0) multiplyPower(scale(), point);
  else {
    multiplyPower(value(), -point);
    multiplyPower(up(), -point);
    multiplyPower(down(), -point);
  }
  if (reaches(even)) point++;
  else grow();
  let count = 0;
  let last: bool = false;
  while (!last) {
    let digit = 0;
    while (compareNaturals(value(), scale()) >= 0) {
      subtractNatural(value(), scale());
      digit++;
    }
    const order = compareNaturals(value(), down());
    const low = order < 0 || (even && order == 0);
    const high = reaches(even);
    if (high && (!low || isUpperHalf())) digit++;
    store<u8>(digitBytes() + <usize>count, <u8>(48 + digit));
    count++;
    last = low || high;
    if (!last) grow();
  }
  return count;
}

/** Is value + up at, or beyond, the scale? */
function reaches(even: bool): bool {
  copyNatural(sum(), value());
  addNatural(sum(), up());
  const order = compareNaturals(sum(), scale());
  return even ? order >= 0 : order > 0;
}

function isUpperHalf(): bool {
  copyNatural(sum(), value());
  addNatural(sum(), value());
  return compareNaturals(sum(), scale()) >= 0;
}

function grow(): void {
  multiplyAdd(value(), 10, 0);
  multiplyAdd(up(), 10, 0);
  multiplyAdd(down(), 10, 0);
}

function put(to: usize, c: i32): usize {
  store<u8>(to, <u8>c);
  return to + 1;
}

function putDigits(to: usize, from: i32, count: i32): usize {
  memory.copy(to, digitBytes() + <usize>from, <usize>count);
  return to + <usize>count;
}

function putZeros(to: usize, count: i32): usize {
  for (let i = 0; i < count; i++) store<u8>(to + <usize>i, 48);
  return count > 0 ? to + <usize>count : to;
}

function special(): usize {
  return memory.data<u8>([78, 97, 78, 73, 110, 102, 105, 110, 105, 116, 121]);
}

/** Writes NaN or Infinity; the address behind it, or 0 if it is neither. */
function putSpecial(to: usize, bits: u64): usize {
  if ((bits & INFINITE) != INFINITE) return 0;
  const infinite = bits << 12 == 0;
  let at = to;
  if (infinite && (bits & SIGN) != 0) at = put(at, 45);
  const length: usize = infinite ? 8 : 3;
  memory.copy(at, special() + (infinite ? 3 : 0), length);
  return at + length;
}

/** Writes the shortest text of the float with these bits; returns the address behind it. */
export function writeFloat(to: usize, bits: u64): usize {
  let at = putSpecial(to, bits);
  if (at != 0) return at;
  at = (bits & SIGN) != 0 ? put(to, 45) : to;
  if (bits << 1 == 0) return put(put(put(at, 48), 46), 48);
  const count = shortest(bits & ~SIGN);
  if (point > LARGE || point <= SMALL) return putScientific(at, count);
  if (point <= 0) return putDigits(putZeros(put(put(at, 48), 46), -point), 0, count);
  if (count > point) return putDigits(put(putDigits(at, 0, point), 46), point, count - point);
  return put(put(putZeros(putDigits(at, 0, count), point - count), 46), 48);
}

function putScientific(to: usize, count: i32): usize {
  let at = putDigits(to, 0, 1);
  if (count > 1) at = putDigits(put(at, 46), 1, count - 1);
  let power = point - 1;
  at = put(put(at, 101), power < 0 ? 45 : 43);
  if (power < 0) power = -power;
  if (power >= 100) at = put(at, 48 + power / 100);
  if (power >= 10) at = put(at, 48 + ((power / 10) % 10));
  return put(at, 48 + (power % 10));
}

function fixed(): usize {
  return memory.data(1344);
}

/** Writes the float with so many decimals, 0 … MOST_DECIMALS, halves away from 0; returns the address behind it. */
export function writeFixed(to: usize, bits: u64, decimals: i32): usize {
  let at = putSpecial(to, bits);
  if (at != 0) return at;
  setNatural(value(), mantissa(bits));
  multiplyPower(value(), decimals);
  const e = exponent(bits);
  if (e >= 0) shiftLeft(value(), e);
  else {
    const half = bitAt(value(), -e - 1);
    shiftRight(value(), -e);
    setNatural(sum(), 1);
    if (half) addNatural(value(), sum());
  }
  // Digits from the right.
  let start = fixed() + <usize>FIXED_BYTES;
  const least = start - <usize>(decimals + 1);
  while (!isZero(value())) {
    let nine = divide(value(), 1000000000);
    for (let i = 0; i < 9 && (nine != 0 || !isZero(value())); i++) {
      start = start - 1;
      store<u8>(start, <u8>(48 + (nine % 10)));
      nine /= 10;
    }
  }
  while (start > least) {
    start = start - 1;
    store<u8>(start, 48);
  }
  const whole = fixed() + <usize>FIXED_BYTES - start - <usize>decimals;
  at = (bits & SIGN) != 0 ? put(to, 45) : to;
  memory.copy(at, start, whole);
  at += whole;
  if (decimals == 0) return at;
  at = put(at, 46);
  memory.copy(at, start + whole, <usize>decimals);
  return at + <usize>decimals;
}
