/**
 * Members of an Any: DGET, DPUT, DCALL and DRES. The class of the object says what a name means; a site remembers what it
 * found last. Arguments are objects, and become what the method takes before it is entered.
 */
import {
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_CLASS_CAST_EXCEPTION,
  CLASS_FLOAT,
  CLASS_FUNC,
  CLASS_INT,
  CLASS_NO_SUCH_METHOD_EXCEPTION,
  CLASS_NULL_EXCEPTION,
  N_ARRAY_ADD,
  N_ARRAY_INSERT,
  N_ARRAY_SET,
  TC_ANY,
  TC_ARRAY,
  TC_NULLABLE,
  TC_TYPE_VAR,
  TC_VOID,
  builtinFieldOwner,
  builtinFieldSlot,
  builtinFieldType,
  builtinMethodFirstParam,
  builtinMethodOwner,
  builtinMethodParamCount,
  builtinMethodResult,
  builtinParamDefault,
  builtinParamDefaultKind,
  builtinParamType,
} from '../bytecode/builtins.generated';
import {
  IMG_CALL_SLOT,
  IMG_DEFAULT_BOOLEAN,
  IMG_DEFAULT_FLOAT,
  IMG_DEFAULT_INT,
  IMG_DEFAULT_KIND,
  IMG_DEFAULT_NONE,
  IMG_DEFAULT_NULL,
  IMG_DEFAULT_SHIFT,
  IMG_DEFAULT_STRING,
  IMG_FIELD_FLAGS,
  IMG_FIELD_FLAG_FINAL,
  IMG_FIELD_SLOT,
  IMG_METHOD_BYTES,
  IMG_METHOD_OWNER,
  IMG_METHOD_PARAMS,
  IMG_SEC_METHODS,
  IMG_SITE_ARGUMENTS,
  IMG_SITE_CLASS,
  IMG_SITE_DYNAMIC,
  IMG_SITE_TARGET,
  IMG_SITE_WHAT,
  IMG_TYPE_BOOLEAN,
  IMG_TYPE_ARRAY,
  IMG_TYPE_ELEMENT,
  IMG_TYPE_ELEMENT_SHIFT,
  IMG_TYPE_CLASS_SHIFT,
  IMG_TYPE_FLOAT,
  IMG_TYPE_INT,
  IMG_TYPE_KIND,
  IMG_TYPE_NULLABLE,
  IMG_TYPE_REF,
  IMG_TYPE_UNSEEN,
  IMG_TYPE_VOID,
  IMG_VTABLE_NATIVE,
} from '../bytecode/image';
import { recordOf, total } from '../bytecode/images';
import { callNative } from '../lib/dispatch';
import { stackEnd } from './activation';
import { throwNew, throwStackOverflow } from './exceptions';
import { SCRATCH_BYTES, scratch } from './faults';
import { METHOD_FRAME_BYTES, METHOD_SHIFT, WINDOW_BYTES, WINDOW_METHOD } from './frame';
import { charge } from './fuel';
import { NO_TARGET } from './interfaces';
import { constantAddress, constantLength, ints, literalString } from './link';
import { writeBytes, writeDecimal, writeLiteral } from './literal';
import {
  ARR_FLAG_REFS,
  BOX_VALUE,
  OBJ_FIELDS,
  classOf,
  newString,
  setReference,
  getReference,
  isSubclass,
} from './object';
import { need } from './reclaim';
import { classVirtual, classVirtualCount } from './classes';
import { writeClassName } from './render';
import {
  TARGET_BUILTIN_FIELD,
  TARGET_FIELD,
  description,
  findField,
  findMethod,
  isSettable,
  searchCost,
} from './member-search';
import { boxSlot, checkElement, convertSlot, widenElement, writeWhat } from './type-codes';

/** What became of a call: an exception is pending; it is done; the host stops it. A method's index: it is to be entered. */
export const MEMBER_THROWN: i64 = -1;
export const MEMBER_DONE: i64 = -2;
export const MEMBER_KILLED: i64 = -3;

/** What is done with a member. */
const CALLED: i32 = 0;
const READ: i32 = 1;

/** In front of the arguments' first, which is the object. */
const OBJECT: usize = WINDOW_BYTES;
const ARGUMENTS: usize = WINDOW_BYTES + 8;

/** Names of accessors that are longer are not looked for. */
const MAX_NAME: i32 = 200;

function siteName(site: usize): u32 {
  return load<u32>(site, IMG_SITE_WHAT);
}

function writeName(to: usize, end: usize, site: usize): usize {
  return writeBytes(to, end, constantAddress(siteName(site)), constantLength(siteName(site)));
}

/** Throws `NoSuchMethod!!`: "Stone has no method roll". */
function throwMissing(act: usize, site: usize, cls: i32, what: string): i64 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  let to = writeLiteral(writeClassName(scratch, end, cls), end, what);
  to = writeName(to, end, site);
  throwNew(act, CLASS_NO_SUCH_METHOD_EXCEPTION, scratch, <i32>(to - scratch));
  return MEMBER_THROWN;
}

/** Throws `NoSuchMethod!!`: "Stone.roll takes 1 to 2 arguments, found 3". */
function throwCount(act: usize, site: usize, cls: i32, least: i32, most: i32, given: i32): i64 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  let to = scratch;
  if (constantLength(siteName(site)) == 0) to = writeLiteral(to, end, 'the function');
  else to = writeName(writeLiteral(writeClassName(to, end, cls), end, '.'), end, site);
  to = writeDecimal(writeLiteral(to, end, ' takes '), end, <i64>least);
  if (most != least) to = writeDecimal(writeLiteral(to, end, ' to '), end, <i64>most);
  to = writeLiteral(to, end, most == 1 ? ' argument, found ' : ' arguments, found ');
  to = writeDecimal(to, end, <i64>given);
  throwNew(act, CLASS_NO_SUCH_METHOD_EXCEPTION, scratch, <i32>(to - scratch));
  return MEMBER_THROWN;
}

/** Throws `Null!!`: "name was called, but the object is null". */
function throwNull(act: usize, site: usize, kind: i32): i64 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  const length = constantLength(siteName(site));
  let to = length == 0 ? writeLiteral(scratch, end, 'a function') : writeName(scratch, end, site);
  to = writeLiteral(to, end, kind == CALLED ? ' was called' : kind == READ ? ' was read' : ' was set');
  to = writeLiteral(to, end, length == 0 ? ', but it is null' : ', but the object is null');
  throwNew(act, CLASS_NULL_EXCEPTION, scratch, <i32>(to - scratch));
  return MEMBER_THROWN;
}

/** The name of an accessor, `getAge` of `age`, in `scratch`; its length, 0: too long. */
function accessorName(prefix: string, name: u32): i32 {
  const length = constantLength(name);
  if (length > MAX_NAME || length == 0) return 0;
  const to = writeLiteral(scratch, scratch + SCRATCH_BYTES, prefix);
  memory.copy(to, constantAddress(name), <usize>length);
  const first = load<u8>(to);
  if (first >= 97 && first <= 122) store<u8>(to, first - 32);
  return <i32>(to - scratch) + length;
}

function accessor(cls: i32, prefix: string, name: u32): u32 {
  const length = accessorName(prefix, name);
  return length == 0 ? NO_TARGET : findMethod(cls, scratch, length);
}

// The method of a function value; NO_TARGET: objects of class `cls` are no functions.
function functionTarget(cls: i32): u32 {
  if (!isSubclass(cls, CLASS_FUNC) || IMG_CALL_SLOT >= classVirtualCount(cls)) return NO_TARGET;
  const entry = classVirtual(cls, IMG_CALL_SLOT);
  return (entry & IMG_VTABLE_NATIVE) == 0 && description(entry) ? entry : NO_TARGET;
}

/** Throws `ClassCast!!`: "Stone is no function". */
function throwNoFunction(act: usize, ref: usize): i64 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  const to = writeLiteral(writeWhat(scratch, end, ref), end, ' is no function that can be called from an Any');
  throwNew(act, CLASS_CLASS_CAST_EXCEPTION, scratch, <i32>(to - scratch));
  return MEMBER_THROWN;
}

/** What the site's name means for class `cls`; `kind` 0: called, 1: read, 2: set. The site remembers it. NO_TARGET: nothing. */
function search(site: usize, cls: i32, kind: i32): u32 {
  const name = siteName(site);
  const at = constantAddress(name);
  const length = constantLength(name);
  let target = NO_TARGET;
  if (kind == CALLED) {
    target = length == 0 ? functionTarget(cls) : findMethod(cls, at, length);
    if (target == NO_TARGET) target = findField(cls, at, length);
  } else {
    target = findField(cls, at, length);
    if (target == NO_TARGET) target = accessor(cls, kind == READ ? 'get' : 'set', name);
    if (target == NO_TARGET && kind == READ) target = accessor(cls, 'is', name);
  }
  if (target == NO_TARGET) return NO_TARGET;
  store<u32>(site, <u32>cls + 1, IMG_SITE_CLASS);
  store<u32>(site, target, IMG_SITE_TARGET);
  return target;
}

// An array of such elements, as a type code.
function arrayCode(element: i32): u32 {
  const code = <u32>(IMG_TYPE_REF | IMG_TYPE_NULLABLE);
  if (element == TC_TYPE_VAR) return code | (<u32>IMG_TYPE_UNSEEN);
  if (element == CLASS_INT) return code | (<u32>IMG_TYPE_ARRAY);
  if (element == CLASS_BOOLEAN) return code | (<u32>(IMG_TYPE_ARRAY | (IMG_TYPE_BOOLEAN << IMG_TYPE_ELEMENT_SHIFT)));
  if (element == CLASS_FLOAT) return code | (<u32>(IMG_TYPE_ARRAY | (IMG_TYPE_FLOAT << IMG_TYPE_ELEMENT_SHIFT)));
  const cls = (<u32>element) << IMG_TYPE_CLASS_SHIFT;
  return code | cls | (<u32>(IMG_TYPE_ARRAY | (IMG_TYPE_REF << IMG_TYPE_ELEMENT_SHIFT)));
}

/** A type of the built-in tables as a type code; a native says itself what must not be null. */
function builtinCode(type: i32): u32 {
  const low = type & 0xffff;
  if ((type & TC_ARRAY) != 0) return arrayCode(low);
  // Natives of arrays are told that elements are objects here.
  if (low == TC_TYPE_VAR || low == TC_ANY) return <u32>(IMG_TYPE_REF | IMG_TYPE_NULLABLE);
  if (low == TC_VOID) return <u32>IMG_TYPE_VOID;
  if ((type & TC_NULLABLE) == 0 && low == CLASS_INT) return <u32>IMG_TYPE_INT;
  if ((type & TC_NULLABLE) == 0 && low == CLASS_BOOLEAN) return <u32>IMG_TYPE_BOOLEAN;
  if ((type & TC_NULLABLE) == 0 && low == CLASS_FLOAT) return <u32>IMG_TYPE_FLOAT;
  return (<u32>(IMG_TYPE_REF | IMG_TYPE_NULLABLE)) | ((<u32>low) << IMG_TYPE_CLASS_SHIFT);
}

/** What a class' own method takes as `this`: Int, Boolean and Float have theirs for the bare value. */
function openReceiver(window: usize, owner: i32): void {
  if (owner != CLASS_INT && owner != CLASS_BOOLEAN && owner != CLASS_FLOAT) return;
  store<i64>(window, load<i64>(<usize>load<u32>(window, OBJECT), BOX_VALUE), OBJECT);
}

function storesElement(id: i32): bool {
  return id == N_ARRAY_ADD || id == N_ARRAY_INSERT || id == N_ARRAY_SET;
}

function callBuiltin(act: usize, site: usize, window: usize, id: i32, given: i32): i64 {
  const object = <usize>load<u32>(window, OBJECT);
  const count = builtinMethodParamCount(id);
  const first = builtinMethodFirstParam(id);
  let least = 0;
  while (least < count && builtinParamDefaultKind(first + least) == 0) least++;
  if (given > count || given < least) return throwCount(act, site, classOf(object), least, count, given);
  if (window + ARGUMENTS + ((<usize>count) << 3) > stackEnd) {
    throwStackOverflow(act);
    return MEMBER_THROWN;
  }
  need(act, 128);
  for (let p = 0; p < given; p++) {
    const slot = window + ARGUMENTS + ((<usize>p) << 3);
    const type = builtinParamType(first + p);
    if (convertSlot(act, slot, builtinCode(type)) != 0) return MEMBER_THROWN;
    if (storesElement(id) && (type & 0xffff) == TC_TYPE_VAR && !isElement(act, window, slot)) return MEMBER_THROWN;
  }
  for (let p = given; p < count; p++) {
    const kind = builtinParamDefaultKind(first + p);
    const value = builtinParamDefault(first + p);
    let bits: i64 = kind == 1 ? (value == -1 ? i64.MAX_VALUE : <i64>value) : 0;
    if (kind == 2) {
      bits = <i64>newString(act, 0, 0);
      if (bits == 0) return MEMBER_THROWN;
    }
    store<i64>(window + ARGUMENTS + ((<usize>p) << 3), bits);
  }
  openReceiver(window, builtinMethodOwner(id));
  if (builtinMethodOwner(id) == CLASS_ARRAY) store<u64>(window, ARR_FLAG_REFS);
  const status = callNative(act, id, window);
  if (status != 0) return status == 1 ? MEMBER_THROWN : MEMBER_KILLED;
  const type = builtinMethodResult(id);
  if (boxSlot(act, window, builtinCode(type)) != 0) return MEMBER_THROWN;
  store<u32>(window, NO_TARGET, WINDOW_METHOD);
  return MEMBER_DONE;
}

/** The default that a description names, into a slot. False: exception pending. */
function putDefault(act: usize, slot: usize, code: u32, type: u32): bool {
  const kind = (<i32>code) & IMG_DEFAULT_KIND;
  if (kind == IMG_DEFAULT_STRING) {
    const text = literalString(act, code >> IMG_DEFAULT_SHIFT);
    store<u64>(slot, <u64>text);
    return text != 0;
  }
  if (kind == IMG_DEFAULT_NULL) {
    store<u64>(slot, 0);
    return true;
  }
  const value =
    kind == IMG_DEFAULT_INT || kind == IMG_DEFAULT_FLOAT
      ? load<i64>(ints + ((<usize>(code >> IMG_DEFAULT_SHIFT)) << 3))
      : <i64>((<i32>code) >> IMG_DEFAULT_SHIFT);
  store<i64>(slot, value);
  if ((type & (<u32>IMG_TYPE_KIND)) != <u32>IMG_TYPE_REF) return true;
  if (kind == IMG_DEFAULT_FLOAT) return boxSlot(act, slot, <u32>IMG_TYPE_FLOAT) == 0;
  return boxSlot(act, slot, <u32>(kind == IMG_DEFAULT_BOOLEAN ? IMG_TYPE_BOOLEAN : IMG_TYPE_INT)) == 0;
}

// Makes the object in `slot` an element of the array that is called. False: it is none, an exception is pending.
function isElement(act: usize, window: usize, slot: usize): bool {
  const array = <usize>load<u32>(window, OBJECT);
  if (classOf(array) != CLASS_ARRAY) return true;
  return checkElement(act, array, <usize>load<u32>(slot)) == 0 && widenElement(act, array, slot) == 0;
}

/** Makes the arguments what a method of an image takes; its index: it is to be entered. */
function prepare(act: usize, site: usize, window: usize, index: u32, given: i32, frameBytes: usize): i64 {
  const record = recordOf(IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  const count = load<i32>(record, IMG_METHOD_PARAMS) - 1;
  let code = description(index);
  const cls = classOf(<usize>load<u32>(window, OBJECT));
  let least = 0;
  while (least < count && load<u32>(code + ((<usize>least) << 3), 8) == <u32>IMG_DEFAULT_NONE) least++;
  if (given > count || given < least) return throwCount(act, site, cls, least, count, given);
  if (window + WINDOW_BYTES + frameBytes > stackEnd) {
    throwStackOverflow(act);
    return MEMBER_THROWN;
  }
  need(act, 256);
  let slot = window + ARGUMENTS;
  for (let p = 0; p < count; p++, slot += 8, code += 8) {
    const type = load<u32>(code, 4);
    if (p < given && (type & (<u32>IMG_TYPE_ELEMENT)) != 0 && !isElement(act, window, slot)) return MEMBER_THROWN;
    const done =
      p < given ? convertSlot(act, slot, type) == 0 : putDefault(act, slot, load<u32>(code, 8), load<u32>(code, 4));
    if (!done) return MEMBER_THROWN;
  }
  openReceiver(window, load<i32>(record, IMG_METHOD_OWNER));
  return <i64>index;
}

function frameBytesOf(table: usize, index: u32): usize {
  return <usize>load<u32>(table + ((<usize>index) << METHOD_SHIFT), METHOD_FRAME_BYTES);
}

/** The field in an object as an object in R[window]. */
function readField(act: usize, window: usize, slot: i32, code: u32): i64 {
  const ref = <usize>load<u32>(window, OBJECT);
  store<u64>(window, load<u64>(ref + ((<usize>slot) << 3), OBJ_FIELDS));
  if (boxSlot(act, window, code) != 0) return MEMBER_THROWN;
  store<u32>(window, NO_TARGET, WINDOW_METHOD);
  return MEMBER_DONE;
}

function writeField(act: usize, window: usize, slot: i32, code: u32): i64 {
  if (convertSlot(act, window + ARGUMENTS, code) != 0) return MEMBER_THROWN;
  const at = <usize>load<u32>(window, OBJECT) + OBJ_FIELDS + ((<usize>slot) << 3);
  if ((code & (<u32>IMG_TYPE_KIND)) == <u32>IMG_TYPE_REF) setReference(at, <usize>load<u32>(window, ARGUMENTS));
  else store<u64>(at, load<u64>(window, ARGUMENTS));
  return MEMBER_DONE;
}

// A function that a field holds, called as if it were a method.
function callField(act: usize, site: usize, window: usize, value: usize, given: i32, table: usize): i64 {
  if (!value) return throwNull(act, site, 0);
  const target = functionTarget(classOf(value));
  if (target == NO_TARGET) return throwNoFunction(act, value);
  store<u64>(window, <u64>value, OBJECT);
  return prepare(act, site, window, target, given, frameBytesOf(table, target));
}

// What a field means: read, set, or called as a function. `code`: its type code.
function useField(act: usize, site: usize, window: usize, slot: i32, code: u32, kind: i32, table: usize): i64 {
  if (kind == READ) return readField(act, window, slot, code);
  const object = <usize>load<u32>(window, OBJECT);
  if (kind == CALLED) {
    const isReference = (code & (<u32>IMG_TYPE_KIND)) == <u32>IMG_TYPE_REF;
    if (!isReference) return throwMissing(act, site, classOf(object), ' has no method ');
    return callField(act, site, window, getReference(object, slot), argumentsOf(site), table);
  }
  if ((code & (<u32>IMG_FIELD_FLAG_FINAL)) != 0)
    return throwMissing(act, site, classOf(object), ' does not let others set ');
  return writeField(act, window, slot, code);
}

// Arguments of a call, the object left out.
function argumentsOf(site: usize): i32 {
  return <i32>(load<u32>(site, IMG_SITE_ARGUMENTS) & ~IMG_SITE_DYNAMIC) - 1;
}

/** DCALL (`kind` 0), DGET (1) or DPUT (2) at `site`. `table`: the method records. A MEMBER_ status, or the method to enter. */
export function useMember(act: usize, window: usize, site: usize, kind: i32, table: usize): i64 {
  const object = <usize>load<u32>(window, OBJECT);
  if (!object) return throwNull(act, site, kind);
  const cls = classOf(object);
  let target = load<u32>(site, IMG_SITE_TARGET);
  if (load<u32>(site, IMG_SITE_CLASS) != <u32>cls + 1) {
    if (charge(act, searchCost()) != 0) return MEMBER_THROWN;
    target = search(site, cls, kind);
    if (target == NO_TARGET) {
      if (constantLength(siteName(site)) == 0) return throwNoFunction(act, object);
      return throwMissing(act, site, cls, kind == CALLED ? ' has no method ' : ' has no field ');
    }
  }
  if ((target & IMG_VTABLE_NATIVE) != 0)
    return callBuiltin(act, site, window, <i32>(target & ~IMG_VTABLE_NATIVE), argumentsOf(site));
  if ((target & TARGET_FIELD) != 0) {
    const field = <usize>(target & ~TARGET_FIELD);
    const slot = load<i32>(field, IMG_FIELD_SLOT);
    return useField(act, site, window, slot, load<u32>(field, IMG_FIELD_FLAGS), kind, table);
  }
  if ((target & TARGET_BUILTIN_FIELD) != 0) {
    const row = <i32>(target & ~TARGET_BUILTIN_FIELD);
    const type = builtinFieldType(row);
    let code = builtinCode(type);
    if ((type & TC_NULLABLE) == 0) code &= ~(<u32>IMG_TYPE_NULLABLE);
    if (!isSettable(builtinFieldOwner(row))) code |= <u32>IMG_FIELD_FLAG_FINAL;
    return useField(act, site, window, builtinFieldSlot(row), code, kind, table);
  }
  return prepare(act, site, window, target, argumentsOf(site), frameBytesOf(table, target));
}

/** DRES: the result of a call of `useMember` in R[window], as an object. 0; 1: an exception is pending. */
export function boxResult(act: usize, window: usize): i32 {
  const index = load<u32>(window, WINDOW_METHOD);
  if (index >= total(IMG_SEC_METHODS)) return 0;
  const result = description(index);
  return result ? boxSlot(act, window, load<u32>(result)) : 0;
}
