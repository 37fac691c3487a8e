/** Values in the representation that a type code names (`docs/image-format.md`), and back to objects. */
import {
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_CLASS_CAST_EXCEPTION,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_NULL_EXCEPTION,
  CLASS_OBJECT,
} from '../bytecode/builtins.generated';
import {
  IMG_TYPE_ARRAY,
  IMG_TYPE_BOOLEAN,
  IMG_TYPE_CLASS_SHIFT,
  IMG_TYPE_ELEMENT_SHIFT,
  IMG_TYPE_ELSE_NULL,
  IMG_TYPE_FLOAT,
  IMG_TYPE_INT,
  IMG_TYPE_KIND,
  IMG_TYPE_NULLABLE,
  IMG_TYPE_REF,
  IMG_TYPE_UNSEEN,
} from '../bytecode/image';
import { throwNew, throwText } from './exceptions';
import { SCRATCH_BYTES, scratch } from './faults';
import { writeLiteral } from './literal';
import {
  ARR_FLAGS,
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  BOX_VALUE,
  classOf,
  elementClass,
  isInstance,
  newBoxOf,
  setElementClass,
  takesNull,
} from './object';
import { need } from './reclaim';
import { writeClassName } from './render';

// What an array of this kind of elements is called.
function writeArray(to: usize, end: usize, flags: u32, cls: i32, nulls: bool): usize {
  let at = to;
  if (flags == 0) at = writeLiteral(at, end, 'int');
  else if (flags == ARR_FLAG_BOOLEANS) at = writeLiteral(at, end, 'boolean');
  else if (flags == ARR_FLAG_FLOATS) at = writeLiteral(at, end, 'float');
  else if (flags != ARR_FLAG_REFS || cls < 0) return writeLiteral(at, end, 'array of unknown elements');
  else if (cls == CLASS_OBJECT && nulls) at = writeLiteral(at, end, 'Any');
  else {
    at = writeClassName(at, end, cls);
    if (nulls) at = writeLiteral(at, end, '?');
  }
  return writeLiteral(at, end, '[]');
}

/** Appends what an object is: its class, of an array also that of its elements. */
export function writeWhat(to: usize, end: usize, ref: usize): usize {
  if (!ref) return writeLiteral(to, end, 'null');
  if (classOf(ref) != CLASS_ARRAY) return writeClassName(to, end, classOf(ref));
  return writeArray(to, end, <u32>load<u16>(ref, ARR_FLAGS), elementClass(ref), takesNull(ref));
}

// The kinds of arrays have the numbers of those of values.
function elementFlags(code: u32): u32 {
  return (code >> IMG_TYPE_ELEMENT_SHIFT) & (<u32>IMG_TYPE_KIND);
}

// Class of the box that an int, truth value or float of this kind lies in.
function boxOf(kind: u32): i32 {
  return kind == <u32>IMG_TYPE_BOOLEAN ? CLASS_BOOLEAN : kind == <u32>IMG_TYPE_FLOAT ? CLASS_FLOAT : CLASS_INT;
}

function elementNulls(code: u32): bool {
  return ((code >> IMG_TYPE_ELEMENT_SHIFT) & (<u32>IMG_TYPE_NULLABLE)) != 0;
}

function writeCode(to: usize, end: usize, code: u32): usize {
  const kind = code & (<u32>IMG_TYPE_KIND);
  if (kind == <u32>IMG_TYPE_INT) return writeLiteral(to, end, 'int');
  if (kind == <u32>IMG_TYPE_BOOLEAN) return writeLiteral(to, end, 'boolean');
  if (kind == <u32>IMG_TYPE_FLOAT) return writeLiteral(to, end, 'float');
  const cls = <i32>(code >> IMG_TYPE_CLASS_SHIFT);
  if ((code & (<u32>IMG_TYPE_ARRAY)) != 0) return writeArray(to, end, elementFlags(code), cls, elementNulls(code));
  return writeClassName(to, end, cls);
}

// Throws: "String is not an int".
function throwNotOf(act: usize, ref: usize, code: u32): i32 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  let to = writeWhat(scratch, end, ref);
  const cls = !ref ? CLASS_NULL_EXCEPTION : CLASS_CLASS_CAST_EXCEPTION;
  to = writeLiteral(to, end, ' is not a value of type ');
  to = writeCode(to, end, code);
  return throwNew(act, cls, scratch, <i32>(to - scratch));
}

// Are the elements of the array what the code says? Which they are is told only by an array that knows.
function hasElements(array: usize, code: u32): bool {
  const flags = elementFlags(code);
  if (<u32>load<u16>(array, ARR_FLAGS) != flags) return false;
  if (flags != ARR_FLAG_REFS) return true;
  return elementClass(array) == <i32>(code >> IMG_TYPE_CLASS_SHIFT) && takesNull(array) == elementNulls(code);
}

function fits(ref: usize, code: u32): bool {
  if ((code & (<u32>IMG_TYPE_UNSEEN)) != 0) return false;
  if ((code & (<u32>IMG_TYPE_ARRAY)) != 0) return classOf(ref) == CLASS_ARRAY && hasElements(ref, code);
  const cls = <i32>(code >> IMG_TYPE_CLASS_SHIFT);
  return cls == CLASS_OBJECT || isInstance(ref, cls);
}

/** Is the object, or null, a value as `code` says? */
export function isOf(ref: usize, code: u32): bool {
  const kind = code & (<u32>IMG_TYPE_KIND);
  if (!ref) return kind == <u32>IMG_TYPE_REF && (code & (<u32>IMG_TYPE_NULLABLE)) != 0;
  if (kind == <u32>IMG_TYPE_REF) return fits(ref, code);
  return classOf(ref) == boxOf(kind);
}

// Does a place of this type code take floats, and so ints too?
function takesFloat(code: u32): bool {
  const kind = code & (<u32>IMG_TYPE_KIND);
  if (kind != <u32>IMG_TYPE_REF) return kind == <u32>IMG_TYPE_FLOAT;
  return (code & (<u32>(IMG_TYPE_ARRAY | IMG_TYPE_UNSEEN))) == 0 && code >> IMG_TYPE_CLASS_SHIFT == <u32>CLASS_FLOAT;
}

/** The Int object in `slot` becomes a Float object. 0; 1: `OutOfMemory!!` is pending. */
function widen(act: usize, slot: usize): i32 {
  if (isDefined(FLOATS)) {
    const value = <f64>load<i64>(<usize>load<u32>(slot), BOX_VALUE);
    need(act, 64);
    const ref = newBoxOf(act, ARR_FLAG_FLOATS, reinterpret<i64>(value));
    store<u64>(slot, <u64>ref);
    return ref ? 0 : 1;
  }
  return 0;
}

/** An int that goes into an array of floats becomes one; `slot` holds the element. 0; 1: `OutOfMemory!!` is pending. */
export function widenElement(act: usize, array: usize, slot: usize): i32 {
  const ref = <usize>load<u32>(slot);
  if (!isDefined(FLOATS) || !ref || classOf(ref) != CLASS_INT) return 0;
  return <u32>load<u16>(array, ARR_FLAGS) == ARR_FLAG_FLOATS ? widen(act, slot) : 0;
}

/** Makes the reference in `slot` a value as `code` says. 0; 1: `ClassCast!!` or `Null!!` is pending. */
export function convertSlot(act: usize, slot: usize, code: u32): i32 {
  let ref = <usize>load<u32>(slot);
  if (isDefined(FLOATS) && ref && classOf(ref) == CLASS_INT && takesFloat(code)) {
    if (widen(act, slot) != 0) return 1;
    ref = <usize>load<u32>(slot);
  }
  if (!isOf(ref, code)) {
    if ((code & (<u32>IMG_TYPE_ELSE_NULL)) != 0) {
      store<u64>(slot, 0);
      return 0;
    }
    if (ref && (code & (<u32>IMG_TYPE_UNSEEN)) != 0)
      return throwText(act, CLASS_CLASS_CAST_EXCEPTION, 'what it consists of cannot be told');
    return throwNotOf(act, ref, code);
  }
  if ((code & (<u32>IMG_TYPE_KIND)) != <u32>IMG_TYPE_REF) store<i64>(slot, load<i64>(ref, BOX_VALUE));
  return 0;
}

/** Throws unless the object, or null, may be an element of an array of references; other arrays look themselves. 0 or 1. */
export function checkElement(act: usize, array: usize, ref: usize): i32 {
  if (<u32>load<u16>(array, ARR_FLAGS) != ARR_FLAG_REFS) return 0;
  const cls = elementClass(array);
  if (cls >= 0 && (ref ? cls == CLASS_OBJECT || isInstance(ref, cls) : takesNull(array))) return 0;
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  let to = writeWhat(scratch, end, ref);
  to = writeLiteral(to, end, ' cannot be an element of ');
  to = writeWhat(writeLiteral(to, end, cls < 0 ? 'an ' : ''), end, array);
  return throwNew(act, CLASS_CLASS_CAST_EXCEPTION, scratch, <i32>(to - scratch));
}

/** ATYPE: notes what the elements of the array in `slot` are. */
export function noteElements(slot: usize, code: u32): void {
  const array = <usize>load<u32>(slot);
  if (!array || classOf(array) != CLASS_ARRAY) return;
  setElementClass(array, <i32>(code >> IMG_TYPE_CLASS_SHIFT), (code & (<u32>IMG_TYPE_NULLABLE)) != 0);
}

/** Makes the value of this type code in `slot` an object; void becomes null. 0; 1: `OutOfMemory!!` is pending. */
export function boxSlot(act: usize, slot: usize, code: u32): i32 {
  const kind = <i32>(code & (<u32>IMG_TYPE_KIND));
  if (kind == IMG_TYPE_REF) return 0;
  if (kind > IMG_TYPE_FLOAT) {
    store<u64>(slot, 0);
    return 0;
  }
  need(act, 64);
  const ref = newBoxOf(act, <u32>kind, load<i64>(slot));
  store<u64>(slot, <u64>ref);
  return ref ? 0 : 1;
}
