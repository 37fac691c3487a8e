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

/** Decimal digits that `value` takes, sign included: 1 … 20. */
export function decimalLength(value: i64): i32 {
  let rest: u64 = value < 0 ? 0 - <u64>value : <u64>value;
  let length = value < 0 ? 2 : 1;
  while (rest >= 10) {
    rest /= 10;
    length++;
  }
  return length;
}

/** Writes the decimal text of `value` to `at`, `length` bytes as `decimalLength` says. */
export function writeDecimalAt(at: usize, value: i64, length: i32): void {
  let rest: u64 = value < 0 ? 0 - <u64>value : <u64>value;
  let p = at + <usize>length;
  do {
    const next = rest / 10;
    p--;
    store<u8>(p, <u8>(48 + <u32>(rest - next * 10)));
    rest = next;
  } while (rest != 0);
  if (value < 0) store<u8>(at, 45);
}

/** Writes the decimal text of `value` to [at, end) if it fits whole; returns the address behind it. */
export function writeDecimal(at: usize, end: usize, value: i64): usize {
  const length = decimalLength(value);
  if (at + <usize>length > end) return at;
  writeDecimalAt(at, value, length);
  return at + <usize>length;
}
