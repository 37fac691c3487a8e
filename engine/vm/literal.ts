/**
 * Texts that the engine itself speaks. A literal argument is constant UTF-16 data in the module; only its address is
 * passed on, so no string object and no code of the AssemblyScript library is involved. ASCII only.
 */

/** Writes `text` to [at, end), clipped; returns the address behind it. */
export function writeLiteral(at: usize, end: usize, text: string): usize {
  let from = changetype<usize>(text);
  // The data's length in bytes stands in the word in front of it.
  const stop = from + <usize>load<u32>(from - 4);
  let to = at;
  while (from < stop && to < end) {
    store<u8>(to, load<u8>(from));
    from += 2;
    to++;
  }
  return to;
}

/** Copies bytes to [at, end), clipped; returns the address behind them. */
export function writeBytes(at: usize, end: usize, from: usize, length: i32): usize {
  const room = <i32>(end - at);
  const count = length < room ? length : room;
  if (count > 0) memory.copy(at, from, <usize>count);
  return count > 0 ? at + <usize>count : at;
}

/** Powers of ten, from 1 on; the first is 0, so that the number 0 has a digit too. */
const powers: usize = memory.data<u32>([0, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000]);
const BILLION: u64 = 1000000000;
const MOST_SMALL: u64 = 0xffffffff;

/** Decimal digits that `value` takes, sign included: 1 … 20. */
export function decimalLength(value: i64): i32 {
  let rest: u64 = value < 0 ? 0 - <u64>value : <u64>value;
  let length = value < 0 ? 1 : 0;
  for (; rest > MOST_SMALL; rest /= BILLION) length += 9;
  // The logarithm to base 2, by 1233/4096, is the one to base 10 or one more.
  const small = <u32>rest;
  const digits = ((32 - <i32>clz<u32>(small)) * 1233) >> 12;
  return length + digits + (small >= load<u32>(powers + ((<usize>digits) << 2)) ? 1 : 0);
}

/** Writes the decimal text of `value` to `at`, `length` bytes as `decimalLength` says. */
export function writeDecimalAt(at: usize, value: i64, length: i32): void {
  let rest: u64 = value < 0 ? 0 - <u64>value : <u64>value;
  let p = at + <usize>length;
  while (rest > MOST_SMALL) {
    const next = rest / 10;
    store<u8>(--p, <u8>(48 + <u32>(rest - next * 10)));
    rest = next;
  }
  // Divisions of 32 bits are multiplications.
  let small = <u32>rest;
  while (small >= 100) {
    const next = small / 100;
    const pair = small - next * 100;
    const tens = pair / 10;
    p -= 2;
    store<u16>(p, <u16>(0x3030 + tens + ((pair - tens * 10) << 8)));
    small = next;
  }
  if (small >= 10) {
    const tens = small / 10;
    p -= 2;
    store<u16>(p, <u16>(0x3030 + tens + ((small - tens * 10) << 8)));
  } else store<u8>(--p, <u8>(48 + small));
  if (value < 0) store<u8>(at, 45);
}

/** Writes the decimal text of `value` to [at, end) if it fits whole; returns the address behind it. */
export function writeDecimal(at: usize, end: usize, value: i64): usize {
  const length = decimalLength(value);
  if (at + <usize>length > end) return at;
  writeDecimalAt(at, value, length);
  return at + <usize>length;
}
