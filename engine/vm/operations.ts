/**
 * Instructions that allocate or take long, out of the interpreter's loop. `fp` is the frame, `i` the instruction;
 * ACT_FP, ACT_PC and ACT_SLICE are up to date. Each returns 0, or a fault of faults.ts.
 */
import { CLASS_CLASS_CAST_EXCEPTION, CLASS_EXCEPTION, CLASS_FLOAT, CLASS_STRING } from '../bytecode/builtins.generated';
import { classSlots } from './classes';
import { clearException, throwObject, throwOutOfMemory, throwText } from './exceptions';
import { boxFor, converted, isForeign, unboxFor } from './elements';
import { FAULT_INDEX, FAULT_NULL, FAULT_PENDING } from './faults';
import { charge } from './fuel';
import { constantLength, literalString } from './link';
import { floatLength, writeFloatAt } from './float-text';
import { decimalLength, writeDecimalAt } from './literal';
import {
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  BOX_VALUE,
  MAX_PAYLOAD,
  STR_BYTES,
  STR_DATA,
  arrayReserve,
  classOf,
  isSubclass,
  newArray,
  isValueBox,
  newBoxOf,
  newInstance,
  newString,
  readyInstance,
  retain,
} from './object';
import { makeRoom, reclaim, reclaimDue } from './reclaim';
import { compareStrings, equalStrings, joinSlots, joinedBytes } from './text';

/** Address of the slot in field A, B or C of instruction `i`. */
export function slotA(fp: usize, i: u64): usize {
  return fp + <usize>((i >> 13) & 0x7fff8);
}
export function slotB(fp: usize, i: u64): usize {
  return fp + <usize>((i >> 29) & 0x7fff8);
}
export function slotC(fp: usize, i: u64): usize {
  return fp + <usize>((i >> 45) & 0x7fff8);
}

function fieldB(i: u64): u32 {
  return (<u32>(i >> 32)) & 0xffff;
}

export function fieldC(i: u64): u32 {
  return <u32>(i >> 48);
}

/** After a failed allocation of about `bytes` bytes: makes room and says that it is worth another try. */
export function again(act: usize, bytes: usize = 64): bool {
  clearException(act);
  makeRoom(act, bytes);
  return true;
}

export function opNew(act: usize, fp: usize, i: u64): i32 {
  const cls = <i32>(i >> 32);
  // What is on a chain was accounted for when that was filled, so it is then that a reclaim may be due.
  const ready = readyInstance(cls);
  if (ready) {
    store<u64>(slotA(fp, i), <u64>ready);
    return 0;
  }
  if (reclaimDue()) reclaim();
  const slots = classSlots(cls);
  if (slots > 64 && charge(act, <i64>(slots >> 4)) != 0) return FAULT_PENDING;
  let ref = newInstance(act, cls);
  if (!ref && again(act, ((<usize>slots) << 3) + 64)) ref = newInstance(act, cls);
  if (!ref) return FAULT_PENDING;
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opLiteral(act: usize, fp: usize, i: u64): i32 {
  const index = <u32>(i >> 32);
  let ref = literalString(act, index);
  if (!ref && again(act, <usize>constantLength(index) + 64)) ref = literalString(act, index);
  if (!ref) return FAULT_PENDING;
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opIntText(act: usize, fp: usize, i: u64): i32 {
  if (reclaimDue()) reclaim();
  const value = load<i64>(slotB(fp, i));
  const length = decimalLength(value);
  let ref = newString(act, length, length);
  if (!ref && again(act, 64)) ref = newString(act, length, length);
  if (!ref) return FAULT_PENDING;
  writeDecimalAt(ref + STR_DATA, value, length);
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opJoin(act: usize, fp: usize, i: u64): i32 {
  if (reclaimDue()) reclaim();
  const slots = slotB(fp, i);
  const count = fieldC(i);
  const bytes = joinedBytes(slots, count);
  if (bytes >= 16 && charge(act, bytes >> 4) != 0) return FAULT_PENDING;
  if (bytes > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
  let ref = joinSlots(act, slots, count, <i32>bytes);
  if (!ref && again(act, <usize>bytes + 64)) ref = joinSlots(act, slots, count, <i32>bytes);
  if (!ref) return FAULT_PENDING;
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opEqualText(act: usize, fp: usize, i: u64): i32 {
  return equalTexts(act, <usize>load<u32>(slotB(fp, i)), <usize>load<u32>(slotC(fp, i)), slotA(fp, i));
}

function equalTexts(act: usize, a: usize, b: usize, to: usize): i32 {
  let equal: bool = a == b;
  if (!equal && a && b && load<u32>(a, STR_BYTES) == load<u32>(b, STR_BYTES)) {
    if (charge(act, <i64>(load<u32>(a, STR_BYTES) >> 4)) != 0) return FAULT_PENDING;
    equal = equalStrings(a, b);
  }
  store<u64>(to, equal ? 1 : 0);
  return 0;
}

export function opCompareText(act: usize, fp: usize, i: u64): i32 {
  const a = <usize>load<u32>(slotB(fp, i));
  const b = <usize>load<u32>(slotC(fp, i));
  if (!a || !b) return FAULT_NULL;
  const length = load<u32>(a, STR_BYTES) < load<u32>(b, STR_BYTES) ? load<u32>(a, STR_BYTES) : load<u32>(b, STR_BYTES);
  if (charge(act, <i64>(length >> 4)) != 0) return FAULT_PENDING;
  store<i64>(slotA(fp, i), <i64>compareStrings(a, b));
  return 0;
}

export function opNewArray(act: usize, fp: usize, i: u64): i32 {
  if (reclaimDue()) reclaim();
  const kind = fieldB(i);
  const capacity = <i32>fieldC(i);
  let ref = newArray(act, kind, capacity);
  if (!ref && again(act, ((<usize>capacity) << 3) + 64)) ref = newArray(act, kind, capacity);
  if (!ref) return FAULT_PENDING;
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opNewArraySized(act: usize, fp: usize, i: u64): i32 {
  if (reclaimDue()) reclaim();
  const size = load<i64>(slotB(fp, i));
  if (size < 0) return FAULT_INDEX;
  if (size > <i64>(MAX_PAYLOAD >> 3)) return throwOutOfMemory(act);
  if (charge(act, size >> 4) != 0) return FAULT_PENDING;
  let ref = newArray(act, fieldC(i), <i32>size);
  if (!ref && again(act, ((<usize>size) << 3) + 64)) ref = newArray(act, fieldC(i), <i32>size);
  if (!ref) return FAULT_PENDING;
  store<u32>(ref, <u32>size, ARR_SIZE);
  memory.fill(<usize>load<u32>(ref, ARR_DATA), 0, (<usize>size) << 3);
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

/** Appends a value that the code takes for an element of `kind`: 0 or ARR_FLAG_*. */
export function opAppend(act: usize, fp: usize, i: u64, kind: u32): i32 {
  const array = <usize>load<u32>(slotA(fp, i));
  if (!array) return FAULT_NULL;
  const size = load<u32>(array, ARR_SIZE);
  if (size == load<u32>(array, ARR_CAPACITY)) {
    if (reclaimDue()) reclaim();
    if (arrayReserve(act, array, <i32>size + 1) != 0) {
      again(act, ((<usize>size + 1) << 3) + 64);
      if (arrayReserve(act, array, <i32>size + 1) != 0) return FAULT_PENDING;
    }
  }
  let value = load<u64>(slotB(fp, i));
  const held = <u32>load<u16>(array, ARR_FLAGS);
  if (isForeign(array, kind)) {
    const fault = held == ARR_FLAG_REFS ? boxFor(act, kind, <i64>value) : unboxFor(act, held, <usize>(<u32>value));
    if (fault != 0) return fault;
    value = converted;
  }
  store<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>size) << 3), value);
  if (held == ARR_FLAG_REFS) retain(<usize>value);
  store<u32>(array, size + 1, ARR_SIZE);
  return 0;
}

/** VEQ */
export function opEqualValues(act: usize, fp: usize, i: u64): i32 {
  return equalValues(act, <usize>load<u32>(slotB(fp, i)), <usize>load<u32>(slotC(fp, i)), slotA(fp, i));
}

/** 1 to `to` if texts and values in boxes are equal, other references the same; else 0. 0, or a fault. */
export function equalValues(act: usize, a: usize, b: usize, to: usize): i32 {
  if (a && b && classOf(a) == classOf(b)) {
    const cls = classOf(a);
    if (cls == CLASS_STRING) return equalTexts(act, a, b, to);
    if (isDefined(FLOATS) && cls == CLASS_FLOAT) {
      store<u64>(to, load<f64>(a, BOX_VALUE) == load<f64>(b, BOX_VALUE) ? 1 : 0);
      return 0;
    }
    if (isValueBox(cls)) {
      store<u64>(to, load<u64>(a, BOX_VALUE) == load<u64>(b, BOX_VALUE) ? 1 : 0);
      return 0;
    }
  }
  store<u64>(to, a == b ? 1 : 0);
  return 0;
}

/** BOXI, BOXB, BOXF: `kind` is that of arrays. */
export function opBox(act: usize, fp: usize, i: u64, kind: u32): i32 {
  if (reclaimDue()) reclaim();
  const value = load<i64>(slotB(fp, i));
  let ref = newBoxOf(act, kind, value);
  if (!ref && again(act, 64)) ref = newBoxOf(act, kind, value);
  if (!ref) return FAULT_PENDING;
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

/** F2S */
export function opFloatText(act: usize, fp: usize, i: u64): i32 {
  if (reclaimDue()) reclaim();
  const value = load<u64>(slotB(fp, i));
  const length = floatLength(value);
  let ref = newString(act, length, length);
  if (!ref && again(act, 64)) ref = newString(act, length, length);
  if (!ref) return FAULT_PENDING;
  writeFloatAt(ref + STR_DATA, value);
  store<u64>(slotA(fp, i), <u64>ref);
  return 0;
}

export function opThrow(act: usize, fp: usize, i: u64): i32 {
  const ref = <usize>load<u32>(slotA(fp, i));
  if (!ref) return FAULT_NULL;
  if (!isSubclass(classOf(ref), CLASS_EXCEPTION))
    return throwText(act, CLASS_CLASS_CAST_EXCEPTION, 'what was thrown is not an exception');
  return throwObject(act, ref);
}
