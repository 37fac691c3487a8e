/**
 * Natural numbers of up to WORDS times 32 bits, in memory that the caller has: a word with how many words are in use,
 * then these, the lowest first. No float instruction, no allocation: also the compiler in a kernel reads float literals.
 */

/** Most words: enough for 10^1150, and for the largest float in 10^-999. */
export const WORDS: i32 = 160;
/** Bytes that a number takes. */
export const NATURAL_BYTES: i32 = 4 + WORDS * 4;

function wordAt(n: usize, i: i32): u32 {
  return load<u32>(n + 4 + ((<usize>i) << 2));
}

function setWord(n: usize, i: i32, value: u32): void {
  store<u32>(n + 4 + ((<usize>i) << 2), value);
}

function lengthOf(n: usize): i32 {
  return load<i32>(n);
}

function setLength(n: usize, length: i32): void {
  let used = length;
  while (used > 0 && wordAt(n, used - 1) == 0) used--;
  store<i32>(n, used);
}

/** n := value */
export function setNatural(n: usize, value: u64): void {
  setWord(n, 0, <u32>value);
  setWord(n, 1, <u32>(value >> 32));
  setLength(n, 2);
}

/** n := from */
export function copyNatural(n: usize, from: usize): void {
  memory.copy(n, from, 4 + ((<usize>lengthOf(from)) << 2));
}

export function isZero(n: usize): bool {
  return lengthOf(n) == 0;
}

/** Position of the highest bit, from 1; 0 of 0. */
export function bitLength(n: usize): i32 {
  const length = lengthOf(n);
  return length == 0 ? 0 : length * 32 - <i32>clz<u32>(wordAt(n, length - 1));
}

/** The bit at this position, from 0. */
export function bitAt(n: usize, position: i32): bool {
  return position >> 5 < lengthOf(n) && ((wordAt(n, position >> 5) >> (position & 31)) & 1) != 0;
}

/** n := n * factor + more */
export function multiplyAdd(n: usize, factor: u32, more: u32): void {
  const length = lengthOf(n);
  let carry = <u64>more;
  for (let i = 0; i < length; i++) {
    const product = <u64>wordAt(n, i) * <u64>factor + carry;
    setWord(n, i, <u32>product);
    carry = product >> 32;
  }
  if (carry != 0 && length < WORDS) {
    setWord(n, length, <u32>carry);
    store<i32>(n, length + 1);
  }
}

/** n := n * 10^exponent */
export function multiplyPower(n: usize, exponent: i32): void {
  let left = exponent;
  for (; left >= 9; left -= 9) multiplyAdd(n, 1000000000, 0);
  for (; left > 0; left--) multiplyAdd(n, 10, 0);
}

/** n := n / divisor; gives what is left over. */
export function divide(n: usize, divisor: u32): u32 {
  let rest: u64 = 0;
  for (let i = lengthOf(n) - 1; i >= 0; i--) {
    const value = (rest << 32) | (<u64>wordAt(n, i));
    setWord(n, i, <u32>(value / <u64>divisor));
    rest = value % <u64>divisor;
  }
  setLength(n, lengthOf(n));
  return <u32>rest;
}

/** n := n << bits */
export function shiftLeft(n: usize, bits: i32): void {
  const length = lengthOf(n);
  if (length == 0 || bits == 0) return;
  const words = bits >> 5;
  const low = bits & 31;
  if (length + words + 1 > WORDS) return;
  setWord(n, length + words, 0);
  for (let i = length - 1; i >= 0; i--) {
    const value = (<u64>wordAt(n, i)) << low;
    setWord(n, i + words + 1, wordAt(n, i + words + 1) | (<u32>(value >> 32)));
    setWord(n, i + words, <u32>value);
  }
  for (let i = 0; i < words; i++) setWord(n, i, 0);
  setLength(n, length + words + 1);
}

/** n := n >> bits */
export function shiftRight(n: usize, bits: i32): void {
  const length = lengthOf(n);
  const words = bits >> 5;
  const low = bits & 31;
  if (words >= length) return setLength(n, 0);
  for (let i = words; i < length; i++) {
    const high = i + 1 < length ? <u64>wordAt(n, i + 1) : 0;
    setWord(n, i - words, <u32>(((high << 32) | (<u64>wordAt(n, i))) >> low));
  }
  setLength(n, length - words);
}

/** -1, 0 or 1: the order of two numbers. */
export function compareNaturals(a: usize, b: usize): i32 {
  if (lengthOf(a) != lengthOf(b)) return lengthOf(a) < lengthOf(b) ? -1 : 1;
  for (let i = lengthOf(a) - 1; i >= 0; i--)
    if (wordAt(a, i) != wordAt(b, i)) return wordAt(a, i) < wordAt(b, i) ? -1 : 1;
  return 0;
}

/** a := a + b */
export function addNatural(a: usize, b: usize): void {
  const length = lengthOf(a) > lengthOf(b) ? lengthOf(a) : lengthOf(b);
  let carry: u64 = 0;
  for (let i = 0; i < length; i++) {
    const sum = carry + (i < lengthOf(a) ? <u64>wordAt(a, i) : 0) + (i < lengthOf(b) ? <u64>wordAt(b, i) : 0);
    setWord(a, i, <u32>sum);
    carry = sum >> 32;
  }
  if (carry != 0 && length < WORDS) setWord(a, length, <u32>carry);
  setLength(a, carry != 0 && length < WORDS ? length + 1 : length);
}

/** a := a - b, which is not larger. */
export function subtractNatural(a: usize, b: usize): void {
  let borrow: u64 = 0;
  for (let i = 0; i < lengthOf(a); i++) {
    const difference = <u64>wordAt(a, i) - (i < lengthOf(b) ? <u64>wordAt(b, i) : 0) - borrow;
    setWord(a, i, <u32>difference);
    borrow = (difference >> 32) & 1;
  }
  setLength(a, lengthOf(a));
}
