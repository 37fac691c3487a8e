/**
 * Elements of arrays that are not held as the code at hand sees them: generic code sees references where other code sees
 * numbers and truth values, and both may see one array. What it holds decides: elements are boxed or unboxed on the way.
 */
import { CLASS_CLASS_CAST_EXCEPTION } from '../bytecode/builtins.generated';
import { clearException, throwText } from './exceptions';
import { FAULT_NULL, FAULT_PENDING } from './faults';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  BOX_VALUE,
  boxClass,
  classOf,
  isBoxClass,
  newBoxOf,
  setReference,
} from './object';
import { reclaim, reclaimDue } from './reclaim';

/** What `unboxFor` and `boxFor` answered. */
export let converted: u64 = 0;

/** A box for a value as an array of this kind (0, ARR_FLAG_BOOLEANS, ARR_FLAG_FLOATS) holds it, into `converted`; 0 or a fault. */
export function boxFor(act: usize, kind: u32, value: i64): i32 {
  if (reclaimDue()) reclaim();
  let ref = newBoxOf(act, kind, value);
  if (!ref) {
    clearException(act);
    reclaim();
    ref = newBoxOf(act, kind, value);
  }
  converted = <u64>ref;
  return ref ? 0 : FAULT_PENDING;
}

/** The value in a box, as an array of this kind holds it, into `converted`; 0 or a fault. */
export function unboxFor(act: usize, kind: u32, ref: usize): i32 {
  if (!ref) return FAULT_NULL;
  if (classOf(ref) != boxClass(kind)) {
    throwText(act, CLASS_CLASS_CAST_EXCEPTION, 'this array cannot hold such an element');
    return FAULT_PENDING;
  }
  converted = load<u64>(ref, BOX_VALUE);
  return 0;
}

function slot(array: usize, index: u64): usize {
  return <usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3);
}

/** An element of an array of references, as a number or truth value, to `to`. */
export function loadUnboxed(act: usize, array: usize, index: u64, to: usize): i32 {
  const ref = <usize>load<u32>(slot(array, index));
  if (!ref) return FAULT_NULL;
  if (!isBoxClass(classOf(ref))) {
    throwText(act, CLASS_CLASS_CAST_EXCEPTION, 'this element of the array is no number');
    return FAULT_PENDING;
  }
  store<u64>(to, load<u64>(ref, BOX_VALUE));
  return 0;
}

/** An element of an array of numbers or truth values, as a reference, to `to`. */
export function loadBoxed(act: usize, array: usize, index: u64, to: usize): i32 {
  const fault = boxFor(act, <u32>load<u16>(array, ARR_FLAGS), load<i64>(slot(array, index)));
  if (fault == 0) store<u64>(to, converted);
  return fault;
}

/** Element := `value`, a number or truth value (`kind`), in an array of references. */
export function storeBoxed(act: usize, array: usize, index: u64, kind: u32, value: i64): i32 {
  const fault = boxFor(act, kind, value);
  if (fault == 0) setReference(slot(array, index), <usize>converted);
  return fault;
}

/** Element := the value in the box `ref`, in an array of numbers or truth values. */
export function storeUnboxed(act: usize, array: usize, index: u64, ref: usize): i32 {
  const fault = unboxFor(act, <u32>load<u16>(array, ARR_FLAGS), ref);
  if (fault == 0) store<u64>(slot(array, index), converted);
  return fault;
}

/** Is an array's element held otherwise than code sees it that takes it for one of `kind`? */
export function isForeign(array: usize, kind: u32): bool {
  return (<u32>load<u16>(array, ARR_FLAGS) == ARR_FLAG_REFS) != (kind == ARR_FLAG_REFS);
}
