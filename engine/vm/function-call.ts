/**
 * Calls of function values whose code wants its arguments in another form than the caller has them: a number where the
 * other has an object, because one of them is generic code. Boxes are made or opened here, in the call's window.
 */
import { CLASS_CLASS_CAST_EXCEPTION, CLASS_NO_SUCH_METHOD_EXCEPTION } from '../bytecode/builtins.generated';
import {
  IMG_CALL_COUNT,
  IMG_CALL_COUNT_MASK,
  IMG_KINDS_HAS_RESULT,
  IMG_KINDS_RESULT,
  IMG_KIND_OF_REFERENCE,
} from '../bytecode/image';
import { throwText } from './exceptions';
import { FAULT_NULL, FAULT_PENDING } from './faults';
import { FIRST_STUB, NO_SHAPE, STUB_BOX, STUB_OPEN, WINDOW_BYTES } from './frame';
import { BOX_VALUE, boxClass, classOf, newBoxOf } from './object';
import { again } from './operations';
import { reclaim, reclaimDue } from './reclaim';

function refuse(act: usize): i32 {
  throwText(
    act,
    CLASS_CLASS_CAST_EXCEPTION,
    'a function was called with values of another kind than it takes or gives',
  );
  return FAULT_PENDING;
}

function box(act: usize, slot: usize, kind: u32): i32 {
  if (reclaimDue()) reclaim();
  const value = load<i64>(slot);
  let ref = newBoxOf(act, kind, value);
  if (!ref && again(act)) ref = newBoxOf(act, kind, value);
  if (!ref) return FAULT_PENDING;
  store<u64>(slot, <u64>ref);
  return 0;
}

function open(act: usize, slot: usize, kind: u32): i32 {
  const ref = <usize>load<u32>(slot);
  if (!ref) return FAULT_NULL;
  if (classOf(ref) != boxClass(kind)) return refuse(act);
  store<u64>(slot, load<u64>(ref, BOX_VALUE));
  return 0;
}

function isBoxed(kind: u32): bool {
  return kind != IMG_KIND_OF_REFERENCE;
}

/** Makes the arguments in the window what a function of `shape` takes, for a call with `kinds`. 0 or a fault. */
export function adaptArguments(act: usize, window: usize, kinds: u32, shape: u32): i32 {
  if (shape == NO_SHAPE || ((kinds ^ shape) & IMG_CALL_COUNT_MASK) != 0) {
    throwText(
      act,
      CLASS_NO_SUCH_METHOD_EXCEPTION,
      'a function was called with another number of arguments than it takes',
    );
    return FAULT_PENDING;
  }
  const count = (kinds & IMG_CALL_COUNT_MASK) >> IMG_CALL_COUNT;
  for (let i: u32 = 0; i < count; i++) {
    const has = (kinds >> (i * 2)) & 3;
    const wants = (shape >> (i * 2)) & 3;
    if (has == wants) continue;
    const slot = window + WINDOW_BYTES + ((<usize>(i + 1)) << 3);
    let fault: i32;
    if (wants == IMG_KIND_OF_REFERENCE && isBoxed(has)) fault = box(act, slot, has);
    else if (has == IMG_KIND_OF_REFERENCE && isBoxed(wants)) fault = open(act, slot, wants);
    else fault = refuse(act);
    if (fault != 0) return fault;
  }
  return 0;
}

/** Index of the stub that turns the result of a function of `shape` into what `kinds` wants; 0: none is needed; 1: there is none, an exception is pending. */
export function stubFor(act: usize, kinds: u32, shape: u32): i32 {
  if ((kinds & IMG_KINDS_HAS_RESULT) == 0) return 0;
  const has = (shape >> IMG_KINDS_RESULT) & 3;
  const wants = (kinds >> IMG_KINDS_RESULT) & 3;
  if ((shape & IMG_KINDS_HAS_RESULT) != 0) {
    if (has == wants) return 0;
    if (wants == IMG_KIND_OF_REFERENCE && isBoxed(has)) return FIRST_STUB + STUB_BOX + <i32>has;
    if (has == IMG_KIND_OF_REFERENCE && isBoxed(wants)) return FIRST_STUB + STUB_OPEN + <i32>wants;
  }
  refuse(act);
  return 1;
}
