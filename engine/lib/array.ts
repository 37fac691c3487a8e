/**
 * Natives of Array, sort and texts excepted. Elements are 8-byte slots; references among them are counted. Those that take
 * or give an element find in the first slot of their window what the caller takes it for: 0 an int, 1 a reference,
 * 2 a truth value. The array may hold it otherwise (`vm/elements.ts`).
 */
import { CLASS_NULL_EXCEPTION, CLASS_OUT_OF_INDEX_EXCEPTION } from '../bytecode/builtins.generated';
import {
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  arrayReserve,
  elementClass,
  newArray,
  release,
  retain,
  setElementClass,
  takesNull,
} from '../vm/object';
import { boxFor, converted, isForeign, unboxFor } from '../vm/elements';
import { throwText } from '../vm/exceptions';
import { FAULT_NULL } from '../vm/faults';
import { need } from '../vm/reclaim';
import { comparedBytes, equalReferences } from './equality';
import { throwNumbers } from './message';
import {
  DONE,
  THROWN,
  answer,
  answerBoolean,
  answerNew,
  answerNothing,
  argumentSlot,
  charge,
  chargeBytes,
  integer,
  reference,
} from './native';

/** Number of elements. */
export function sizeOf(array: usize): i32 {
  return load<i32>(array, ARR_SIZE);
}

/** What the elements are: 0 integers, or ARR_FLAG_*. */
export function kindOf(array: usize): u32 {
  return <u32>load<u16>(array, ARR_FLAGS);
}

/** Address of element `index`. */
export function slotOf(array: usize, index: i32): usize {
  return <usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3);
}

function holdsReferences(array: usize): bool {
  return kindOf(array) == ARR_FLAG_REFS;
}

function setSize(array: usize, size: i32): void {
  store<i32>(array, size, ARR_SIZE);
}

/** Makes argument `argument`, an element as the caller sees it, one as the array holds it. A status. */
function fit(act: usize, window: usize, argument: i32): i32 {
  const view = <u32>load<i32>(window);
  const array = reference(window, 0);
  if (!isForeign(array, view)) return DONE;
  const fault = holdsReferences(array)
    ? boxFor(act, view, integer(window, argument))
    : unboxFor(act, kindOf(array), reference(window, argument));
  if (fault != 0) return misfit(act, fault);
  store<u64>(argumentSlot(window, argument), converted);
  return DONE;
}

/** Answers an element of the array as the caller sees it. A status. */
function give(act: usize, window: usize, value: i64): i32 {
  const view = <u32>load<i32>(window);
  const array = reference(window, 0);
  if (!isForeign(array, view)) return answer(window, value);
  const fault = holdsReferences(array) ? unboxFor(act, view, <usize>(<u32>value)) : boxFor(act, kindOf(array), value);
  return fault != 0 ? misfit(act, fault) : answer(window, <i64>converted);
}

function misfit(act: usize, fault: i32): i32 {
  if (fault == FAULT_NULL) throwText(act, CLASS_NULL_EXCEPTION, 'a value was needed, but it is null');
  return THROWN;
}

/** Counts (`more`) or uncounts a value that enters or leaves an array of references. */
function account(array: usize, value: i64, more: bool): void {
  if (!holdsReferences(array)) return;
  if (more) retain(<usize>(<u32>value));
  else release(<usize>(<u32>value));
}

/** Throws unless argument 1 is the position of an element. */
function checkIndex(act: usize, window: usize): i32 {
  const size = <i64>sizeOf(reference(window, 0));
  const index = integer(window, 1);
  if (index >= 0 && index < size) return DONE;
  return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'index {a} is outside of an array of size {b}', index, size);
}

export function arraySize(window: usize): i32 {
  return answer(window, <i64>sizeOf(reference(window, 0)));
}

export function arrayIsEmpty(window: usize): i32 {
  return answerBoolean(window, sizeOf(reference(window, 0)) == 0);
}

export function arrayGet(act: usize, window: usize): i32 {
  const status = checkIndex(act, window);
  if (status != DONE) return status;
  return give(act, window, load<i64>(slotOf(reference(window, 0), <i32>integer(window, 1))));
}

export function arraySet(act: usize, window: usize): i32 {
  let status = checkIndex(act, window);
  if (status == DONE) status = fit(act, window, 2);
  if (status != DONE) return status;
  const array = reference(window, 0);
  const slot = slotOf(array, <i32>integer(window, 1));
  const old = load<i64>(slot);
  account(array, integer(window, 2), true);
  store<i64>(slot, integer(window, 2));
  account(array, old, false);
  return answerNothing(window);
}

/** Puts the value of argument `argument` at `index`, 0 … size; what stands there moves up. */
function put(act: usize, window: usize, index: i32, argument: i32): i32 {
  const size = sizeOf(reference(window, 0));
  let status = chargeBytes(act, (<i64>(size - index)) << 3);
  if (status == DONE) status = fit(act, window, argument);
  if (status != DONE) return status;
  if (size == load<i32>(reference(window, 0), ARR_CAPACITY)) {
    need(act, (<usize>size) << 4);
    const grown = arrayReserve(act, reference(window, 0), size + 1);
    if (grown != DONE) return grown;
  }
  const array = reference(window, 0);
  const value = integer(window, argument);
  const slot = slotOf(array, index);
  memory.copy(slot + 8, slot, (<usize>(size - index)) << 3);
  store<i64>(slot, value);
  account(array, value, true);
  setSize(array, size + 1);
  return answerNothing(window);
}

export function arrayAdd(act: usize, window: usize): i32 {
  return put(act, window, sizeOf(reference(window, 0)), 1);
}

export function arrayInsert(act: usize, window: usize): i32 {
  const size = <i64>sizeOf(reference(window, 0));
  const index = integer(window, 1);
  if (index < 0 || index > size) {
    return throwNumbers(
      act,
      CLASS_OUT_OF_INDEX_EXCEPTION,
      'index {a} is outside of an array of size {b}, and not its end',
      index,
      size,
    );
  }
  return put(act, window, <i32>index, 2);
}

/** Takes element `index` out and answers it. */
function take(act: usize, window: usize, index: i32): i32 {
  const array = reference(window, 0);
  const last = sizeOf(array) - 1;
  const status = chargeBytes(act, (<i64>(last - index)) << 3);
  if (status != DONE) return status;
  const slot = slotOf(array, index);
  const value = load<i64>(slot);
  // First: a box may not be had, and then all stays as it is.
  const given = give(act, window, value);
  if (given != DONE) return given;
  memory.copy(slot, slot + 8, (<usize>(last - index)) << 3);
  setSize(array, last);
  account(array, value, false);
  return DONE;
}

export function arrayRemove(act: usize, window: usize): i32 {
  const status = checkIndex(act, window);
  return status != DONE ? status : take(act, window, <i32>integer(window, 1));
}

export function arrayPop(act: usize, window: usize): i32 {
  const size = sizeOf(reference(window, 0));
  if (size == 0) return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'pop of an empty array', 0, 0);
  return take(act, window, size - 1);
}

export function arrayClear(act: usize, window: usize): i32 {
  const array = reference(window, 0);
  const size = sizeOf(array);
  const references = holdsReferences(array);
  const status = references ? chargeBytes(act, (<i64>size) << 3) : DONE;
  if (status != DONE) return status;
  setSize(array, 0);
  if (references) for (let i = 0; i < size; i++) release(<usize>load<u32>(slotOf(array, i)));
  return answerNothing(window);
}

/**
 * Position of the first element equal to argument 1, into the result; -1: none. Comparing long texts costs fuel of
 * its own, taken every time that as many bytes were looked at as `CHUNK`.
 */
function search(act: usize, window: usize): i32 {
  const CHUNK: i64 = 65536;
  const array = reference(window, 0);
  const size = sizeOf(array);
  let status = chargeBytes(act, (<i64>size) << 3);
  if (status == DONE) status = fit(act, window, 1);
  if (status != DONE) return status;
  const wanted = integer(window, 1);
  if (!holdsReferences(array)) {
    for (let i = 0; i < size; i++) if (load<i64>(slotOf(array, i)) == wanted) return answer(window, <i64>i);
    return answer(window, -1);
  }
  const cost = <i64>comparedBytes(<usize>(<u32>wanted));
  let seen: i64 = 0;
  for (let i = 0; i < size; i++) {
    seen += cost;
    if (seen >= CHUNK) {
      status = chargeBytes(act, seen);
      if (status != DONE) return status;
      seen = 0;
    }
    if (equalReferences(<usize>load<u32>(slotOf(array, i)), <usize>(<u32>wanted))) return answer(window, <i64>i);
  }
  return answer(window, -1);
}

export function arrayIndexOf(act: usize, window: usize): i32 {
  return search(act, window);
}

export function arrayContains(act: usize, window: usize): i32 {
  const status = search(act, window);
  return status != DONE ? status : answerBoolean(window, load<i64>(window) >= 0);
}

export function arrayReverse(act: usize, window: usize): i32 {
  const array = reference(window, 0);
  const size = sizeOf(array);
  const status = chargeBytes(act, (<i64>size) << 3);
  if (status != DONE || size == 0) return status;
  let low = slotOf(array, 0);
  let high = slotOf(array, size - 1);
  while (low < high) {
    const value = load<i64>(low);
    store<i64>(low, load<i64>(high));
    store<i64>(high, value);
    low += 8;
    high -= 8;
  }
  return answerNothing(window);
}

export function arraySlice(act: usize, window: usize): i32 {
  const size = <i64>sizeOf(reference(window, 0));
  const from = integer(window, 1);
  const to = integer(window, 2);
  if (from < 0 || from > size)
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'from {a} is outside of an array of size {b}', from, size);
  if (to < 0 || to > size)
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'to {a} is outside of an array of size {b}', to, size);
  if (from > to) return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'from {a} lies behind to {b}', from, to);
  const count = <i32>(to - from);
  const status = charge(act, (<i64>count) >> 1);
  if (status != DONE) return status;
  need(act, ((<usize>count) << 3) + 64);
  const array = reference(window, 0);
  const part = newArray(act, kindOf(array), count);
  if (!part) return answerNew(window, 0);
  memory.copy(slotOf(part, 0), slotOf(array, <i32>from), (<usize>count) << 3);
  setSize(part, count);
  if (holdsReferences(array)) setElementClass(part, elementClass(array), takesNull(array));
  if (holdsReferences(part)) for (let i = 0; i < count; i++) retain(<usize>load<u32>(slotOf(part, i)));
  return answerNew(window, part);
}
