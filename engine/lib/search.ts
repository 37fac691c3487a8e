/**
 * Finding bytes in bytes, forwards and backwards, in linear time and without memory: the Two-Way algorithm
 * (Crochemore and Perrin, 1991), with a plain scan for a single byte.
 */

/** Byte `i` of a text that is read with stride `step`, 1 or -1. */
function at(base: usize, i: i32, step: i32): i32 {
  return <i32>load<u8>(base + <usize>(i * step));
}

/** Start - 1 of the maximal suffix of the needle; `greater`: by the usual order, else by its reverse. */
function maximalSuffix(needle: usize, length: i32, step: i32, greater: bool): i64 {
  let before = -1;
  let candidate = 0;
  let k = 1;
  let period = 1;
  while (candidate + k < length) {
    const x = at(needle, before + k, step);
    const y = at(needle, candidate + k, step);
    if (x == y) {
      if (k == period) {
        candidate += period;
        k = 1;
      } else k++;
    } else if (greater ? x > y : x < y) {
      candidate += k;
      k = 1;
      period = candidate - before;
    } else {
      before = candidate;
      candidate++;
      k = 1;
      period = 1;
    }
  }
  return ((<i64>before) << 32) | (<i64>period);
}

/** Index of the first match in reading order, or -1. `hay` and `needle` are the addresses of the first bytes read. */
function twoWay(hay: usize, hayLength: i32, needle: usize, length: i32, step: i32): i32 {
  const one = maximalSuffix(needle, length, step, true);
  const two = maximalSuffix(needle, length, step, false);
  const cut = <i32>(two >> 32) > <i32>(one >> 32) ? two : one;
  const split = <i32>(cut >> 32);
  let period = <i32>cut;
  let i = 0;
  while (i <= split && at(needle, i, step) == at(needle, i + period, step)) i++;
  let memorize = 0;
  if (i > split) {
    memorize = length - period;
  } else {
    const right = length - split - 1;
    period = (split > right ? split : right) + 1;
  }
  let known = 0;
  let from = 0;
  while (from <= hayLength - length) {
    let k = split + 1 > known ? split + 1 : known;
    while (k < length && at(needle, k, step) == at(hay, from + k, step)) k++;
    if (k < length) {
      from += k - split;
      known = 0;
      continue;
    }
    k = split + 1;
    while (k > known && at(needle, k - 1, step) == at(hay, from + k - 1, step)) k--;
    if (k <= known) return from;
    from += period;
    known = memorize;
  }
  return -1;
}

/** Offset of the first occurrence of the needle, or -1. An empty needle is found at 0. */
export function find(hay: usize, hayLength: i32, needle: usize, length: i32): i32 {
  if (length > hayLength) return -1;
  if (length == 0) return 0;
  if (length > 1) return twoWay(hay, hayLength, needle, length, 1);
  const byte = load<u8>(needle);
  for (let i = 0; i < hayLength; i++) if (load<u8>(hay + <usize>i) == byte) return i;
  return -1;
}

/** Offset of the last occurrence of the needle, or -1. An empty needle is found at the end. */
export function findLast(hay: usize, hayLength: i32, needle: usize, length: i32): i32 {
  if (length > hayLength) return -1;
  if (length == 0) return hayLength;
  const found = twoWay(hay + <usize>hayLength - 1, hayLength, needle + <usize>length - 1, length, -1);
  return found < 0 ? -1 : hayLength - length - found;
}
