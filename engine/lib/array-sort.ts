/** Sorting: stable, bottom-up merges of runs that double, without recursion. */
import { CLASS_CLASS_CAST_EXCEPTION, CLASS_FLOAT, CLASS_INT, CLASS_STRING } from '../bytecode/builtins.generated';
import { throwOutOfMemory } from '../vm/exceptions';
import { INFINITE } from '../numbers/read-float';
import {
  ARR_DATA,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  BOX_VALUE,
  STR_BYTES,
  allocRaw,
  classOf,
  freeRaw,
} from '../vm/object';
import { need } from '../vm/reclaim';
import { classNameAddress, classNameLength } from '../vm/render';
import { compareStrings } from '../vm/text';
import { kindOf, sizeOf, slotOf } from './array';
import { throwMessage } from './message';
import { DONE, answerNothing, charge, reference } from './native';

/** Bytes of text that are compared between two charges of fuel. */
const CHUNK: i64 = 65536;

// How elements are compared.
const NUMBERS: i32 = 0;
const STRINGS: i32 = 1;
const BOXES: i32 = 2;
const FLOAT_BITS: i32 = 3;
const FLOAT_BOXES: i32 = 4;

// How the elements of an array of references are compared.
let order: i32 = 0;

/** Throws unless every element of an array of references is a string, or every one an Int, or a Float; sets `order`. */
function checkOrder(act: usize, array: usize): i32 {
  for (let i = 0; i < sizeOf(array); i++) {
    const ref = <usize>load<u32>(slotOf(array, i));
    if (!ref) return throwMessage(act, CLASS_CLASS_CAST_EXCEPTION, 'null has no order', 0, 0, 0, 0);
    const cls = classOf(ref);
    if (i == 0) order = cls == CLASS_INT ? BOXES : cls == CLASS_FLOAT ? FLOAT_BOXES : STRINGS;
    if (cls != (order == BOXES ? CLASS_INT : order == FLOAT_BOXES ? CLASS_FLOAT : CLASS_STRING)) {
      return throwMessage(
        act,
        CLASS_CLASS_CAST_EXCEPTION,
        'objects of class {s} have no order',
        0,
        0,
        classNameAddress(cls),
        classNameLength(cls),
      );
    }
  }
  return DONE;
}

/** Bytes that comparing two strings may look at. */
function compareCost(a: usize, b: usize): i64 {
  const x = load<i32>(a, STR_BYTES);
  const y = load<i32>(b, STR_BYTES);
  return <i64>(x < y ? x : y);
}

/** The number in the box that the element at `slot` is. */
function boxed(slot: usize): i64 {
  return load<i64>(<usize>load<u32>(slot), BOX_VALUE);
}

/** A number that orders floats by their bits as they are ordered: -0.0 before 0.0, NaN last. */
function floatKey(bits: i64): i64 {
  if (<u64>(bits << 1) > INFINITE << 1) return i64.MAX_VALUE;
  return bits ^ ((bits >> 63) & i64.MAX_VALUE);
}

/**
 * Merges the sorted runs [left, right) and [right, end) to `to`. A status: when the fuel ends, what is at `to` is
 * worthless and the runs are as they were.
 */
function merge(act: usize, to: usize, left: usize, right: usize, end: usize, by: i32): i32 {
  let a = left;
  let b = right;
  let out = to;
  let compared: i64 = 0;
  while (a < right && b < end) {
    let second: bool;
    if (by == STRINGS) {
      const x = <usize>load<u32>(a);
      const y = <usize>load<u32>(b);
      compared += compareCost(x, y);
      if (compared >= CHUNK) {
        const status = charge(act, compared >> 4);
        if (status != DONE) return status;
        compared = 0;
      }
      second = compareStrings(x, y) > 0;
    } else if (by == BOXES) second = boxed(a) > boxed(b);
    else if (by == FLOAT_BOXES) second = floatKey(boxed(a)) > floatKey(boxed(b));
    else if (by == FLOAT_BITS) second = floatKey(load<i64>(a)) > floatKey(load<i64>(b));
    else second = load<i64>(a) > load<i64>(b);
    if (second) {
      store<i64>(out, load<i64>(b));
      b += 8;
    } else {
      store<i64>(out, load<i64>(a));
      a += 8;
    }
    out += 8;
  }
  memory.copy(out, a, right - a);
  memory.copy(out + (right - a), b, end - b);
  return DONE;
}

/** One round: merges all pairs of neighbouring runs of `run` bytes from `from` to `to`. A status, as of `merge`. */
function round(act: usize, from: usize, to: usize, bytes: usize, run: usize, by: i32): i32 {
  // An element costs a unit: it is compared and moved.
  const status = charge(act, <i64>(bytes >> 3));
  if (status != DONE) return status;
  for (let at: usize = 0; at < bytes; at += run << 1) {
    const right = at + run < bytes ? at + run : bytes;
    const end = right + run < bytes ? right + run : bytes;
    const merged = merge(act, to + at, from + at, from + right, from + end, by);
    if (merged != DONE) return merged;
  }
  return DONE;
}

export function arraySort(act: usize, window: usize): i32 {
  const bytes = (<usize>sizeOf(reference(window, 0))) << 3;
  if (bytes <= 8) return answerNothing(window);
  let by = kindOf(reference(window, 0)) == ARR_FLAG_FLOATS ? FLOAT_BITS : NUMBERS;
  if (kindOf(reference(window, 0)) == ARR_FLAG_REFS) {
    let status = charge(act, <i64>(bytes >> 4));
    if (status == DONE) status = checkOrder(act, reference(window, 0));
    if (status != DONE) return status;
    by = order;
  }
  need(act, bytes);
  const spare = allocRaw(bytes);
  if (!spare) return throwOutOfMemory(act);
  const data = <usize>load<u32>(reference(window, 0), ARR_DATA);
  let from = data;
  let to = spare;
  let status = DONE;
  for (let run: usize = 8; run < bytes && status == DONE; run <<= 1) {
    status = round(act, from, to, bytes, run, by);
    if (status == DONE) {
      const done = from;
      from = to;
      to = done;
    }
  }
  // Also when the fuel ended: the elements are all there, in the order of the last whole round.
  if (from != data) memory.copy(data, from, bytes);
  freeRaw(spare);
  return status != DONE ? status : answerNothing(window);
}
