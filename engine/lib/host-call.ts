/**
 * Functions of the host that an image names (HOSTCALLS): linking, and the call with its arguments and result. A record
 * of 16 bytes stands for each value that crosses: u32 kind, u32 length, u64 value (docs/abi.md).
 */
import {
  CLASS_BOOLEAN,
  CLASS_CLASS_CAST_EXCEPTION,
  CLASS_ERRNO_EXCEPTION,
  CLASS_INT,
  CLASS_INTERRUPTED_EXCEPTION,
  CLASS_IO_EXCEPTION,
  CLASS_NULL_EXCEPTION,
  CLASS_OUT_OF_MEMORY_EXCEPTION,
  CLASS_SECURITY_EXCEPTION,
  CLASS_STRING,
  CLASS_TIMEOUT_EXCEPTION,
  CLASS_TYPE_EXCEPTION,
  SLOT_ERRNO_EXCEPTION_ERRNO,
} from '../bytecode/builtins.generated';
import {
  IMG_HOSTCALL_ARGUMENTS,
  IMG_HOSTCALL_BYTES,
  IMG_HOSTCALL_CLASS,
  IMG_HOSTCALL_FLAGS,
  IMG_HOSTCALL_FLAG_STATIC,
  IMG_HOSTCALL_NAME,
  IMG_HOSTCALL_SIGNATURE,
  IMG_MAX_HOST_ARGUMENTS,
  IMG_SEC_COUNT,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_STRINGS,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
} from '../bytecode/image';
import { baseOf, recordIn, recordOf } from '../bytecode/images';
import { classSlots, holdsHandle } from '../vm/classes';
import { handle_drop, host_bind, host_call } from '../vm/env';
import { clearException, pendingException, throwNew } from '../vm/exceptions';
import { heapGive, heapTake } from '../vm/heap';
import { constantAddress, constantLength } from '../vm/link';
import { BOX_VALUE, STR_BYTES, STR_DATA, classOf, getField, newInstance, setField } from '../vm/object';
import { makeRoom, need, reclaim, reclaimDue } from '../vm/reclaim';
import { throwMessage } from './message';
import { DONE, THROWN, chargeBytes } from './native';
import { sanitizedString } from './system';

const ENOMEM: i32 = 12;

const KIND_NULL: u32 = 0;
const KIND_INT: u32 = 1;
const KIND_BOOLEAN: u32 = 2;
const KIND_STRING: u32 = 3;
const KIND_HANDLE: u32 = 4;

const RECORD_BYTES: usize = 16;
const R_KIND: usize = 0;
const R_LENGTH: usize = 4;
const R_VALUE: usize = 8;

/** Bytes of a text that a function gives, or of the message that it throws. */
const TEXT_BYTES: u32 = 4096;
/** Handles that are made before unused ones are looked for: what they hold is not the script's memory. */
const HANDLES_DUE: u32 = 64;
/** The slot of an object that holds its handle. */
const HANDLE_SLOT: i32 = 0;

const V: u32 = 86;
const I: u32 = 73;
const B: u32 = 66;
const S: u32 = 83;
const H: u32 = 72;
const O: u32 = 79;
const N: u32 = 78;
/** In a letter: may be null. */
const NULLABLE: u32 = 32;

/** Per HOSTCALL the host's number for it. */
let numbers: usize = 0;
/** Records of arguments, then room for texts. */
let records: usize = 0;
let texts: usize = 0;
let handlesMade: u32 = 0;

function hostCallRecord(index: u32): usize {
  return recordOf(IMG_SEC_HOSTCALLS, index, IMG_HOSTCALL_BYTES);
}

/** Asks the host for the number of what the record of image `at` names. Not less than 0, or a negative errno. */
function bind(at: usize, call: usize): i32 {
  const name = recordIn(at, IMG_SEC_STRINGS, load<u32>(call, IMG_HOSTCALL_NAME), IMG_STRING_BYTES);
  const signature = recordIn(at, IMG_SEC_STRINGS, load<u32>(call, IMG_HOSTCALL_SIGNATURE), IMG_STRING_BYTES);
  return host_bind(
    at + <usize>load<u32>(name, IMG_STRING_OFFSET),
    load<i32>(name, IMG_STRING_LENGTH),
    at + <usize>load<u32>(signature, IMG_STRING_OFFSET),
    load<i32>(signature, IMG_STRING_LENGTH),
  );
}

/** Forgets all functions; the heap was laid out anew. */
export function hostCallsInit(): void {
  numbers = 0;
  records = 0;
  handlesMade = 0;
}

/**
 * Binds what the verified image calls, which is the last step of linking it. 0, -12 (no memory), or the errno with which
 * the host refuses a function; then nothing has changed.
 */
export function linkHostCalls(at: usize): i32 {
  const count = load<u32>(at, IMG_SEC_HOSTCALLS + IMG_SEC_COUNT);
  if (count == 0) return 0;
  const before = baseOf(at, IMG_SEC_HOSTCALLS);
  const more = heapTake((<usize>(before + count)) << 2, false);
  if (!more) return -ENOMEM;
  if (before != 0) memory.copy(more, numbers, (<usize>before) << 2);
  for (let i: u32 = before; i < before + count; i++) {
    const number = bind(at, recordIn(at, IMG_SEC_HOSTCALLS, i, IMG_HOSTCALL_BYTES));
    if (number < 0) {
      heapGive(more);
      return number;
    }
    store<i32>(more + ((<usize>i) << 2), number);
  }
  if (!records) records = heapTake((<usize>IMG_MAX_HOST_ARGUMENTS + 1) * RECORD_BYTES + TEXT_BYTES, false);
  if (!records) {
    heapGive(more);
    return -ENOMEM;
  }
  texts = records + (<usize>IMG_MAX_HOST_ARGUMENTS + 1) * RECORD_BYTES;
  if (numbers) heapGive(numbers);
  numbers = more;
  return 0;
}

function putRecord(at: usize, kind: u32, length: u32, value: u64): void {
  store<u32>(at, kind, R_KIND);
  store<u32>(at, length, R_LENGTH);
  store<u64>(at, value, R_VALUE);
}

/** Throws with the function's name as `{s}`. */
function throwNamed(act: usize, cls: i32, call: usize, message: string, a: i64): i32 {
  const name = load<u32>(call, IMG_HOSTCALL_NAME);
  return throwMessage(act, cls, message, a, 0, constantAddress(name), constantLength(name));
}

/** Fills the record of a reference. */
function putReference(act: usize, call: usize, at: usize, letter: u32, ref: usize, index: i64): i32 {
  if (!ref) {
    putRecord(at, KIND_NULL, 0, 0);
    if ((letter & NULLABLE) != 0) return DONE;
    return throwNamed(act, CLASS_NULL_EXCEPTION, call, 'argument {a} of {s} is null', index);
  }
  const wanted = letter & ~NULLABLE;
  const cls = classOf(ref);
  if (cls == CLASS_STRING && wanted != H) {
    const bytes = load<u32>(ref, STR_BYTES);
    putRecord(at, KIND_STRING, bytes, <u64>(ref + STR_DATA));
    return chargeBytes(act, <i64>bytes);
  }
  if (wanted != S && holdsHandle(cls)) {
    putRecord(at, KIND_HANDLE, 0, <u64>(<u32>getField(ref, HANDLE_SLOT)));
    return DONE;
  }
  if (wanted == O && (cls == CLASS_INT || cls == CLASS_BOOLEAN)) {
    putRecord(at, cls == CLASS_INT ? KIND_INT : KIND_BOOLEAN, 0, load<u64>(ref, BOX_VALUE));
    return DONE;
  }
  return throwNamed(act, CLASS_CLASS_CAST_EXCEPTION, call, 'argument {a} of {s} cannot leave the script', index);
}

/** Fills the records of all arguments, 8 bytes each from `slots` on. */
function putArguments(act: usize, call: usize, slots: usize): i32 {
  const letters = constantAddress(load<u32>(call, IMG_HOSTCALL_SIGNATURE)) + 2;
  const count = load<u32>(call, IMG_HOSTCALL_ARGUMENTS);
  // Parameters count from 1 in messages; 0 is the object.
  const first: usize = (load<i32>(call, IMG_HOSTCALL_FLAGS) & IMG_HOSTCALL_FLAG_STATIC) != 0 ? 1 : 0;
  putRecord(records, KIND_NULL, 0, 0);
  let at = records;
  for (let i: usize = 0; i < <usize>count; i++) {
    const letter = <u32>load<u8>(letters + i);
    const value = load<u64>(slots + (i << 3));
    if (letter == I) putRecord(at, KIND_INT, 0, value);
    else if (letter == B) putRecord(at, KIND_BOOLEAN, 0, value != 0 ? 1 : 0);
    else {
      const status = putReference(act, call, at, letter, <usize>(<u32>value), <i64>(i + first));
      if (status != DONE) return status;
    }
    at += RECORD_BYTES;
  }
  putRecord(count == 0 ? records + RECORD_BYTES : at, KIND_NULL, TEXT_BYTES, <u64>texts);
  return DONE;
}

/** An object for the handle that the function is about to give; 0: exception pending. */
function handleObject(act: usize, cls: i32): usize {
  if (reclaimDue() || ++handlesMade >= HANDLES_DUE) {
    handlesMade = 0;
    reclaim();
  }
  let ref = newInstance(act, cls);
  if (!ref) {
    clearException(act);
    makeRoom(act, ((<usize>classSlots(cls)) << 3) + 64);
    ref = newInstance(act, cls);
  }
  return ref;
}

/** Class of the exception for an errno: the one that stands for it, else `Errno!!`, which carries it. */
function exceptionFor(errno: i32): i32 {
  switch (errno) {
    case 1:
      return CLASS_SECURITY_EXCEPTION;
    case 4:
      return CLASS_INTERRUPTED_EXCEPTION;
    case 5:
      return CLASS_IO_EXCEPTION;
    case 12:
      return CLASS_OUT_OF_MEMORY_EXCEPTION;
    case 110:
      return CLASS_TIMEOUT_EXCEPTION;
    default:
      return CLASS_ERRNO_EXCEPTION;
  }
}

/** Throws what the function threw: its message, if it gave one, is in the first record. */
function throwErrno(act: usize, call: usize, errno: i32): i32 {
  const cls = exceptionFor(errno);
  const length = load<u32>(records, R_LENGTH);
  if (load<u32>(records, R_KIND) == KIND_STRING && length != 0 && length <= TEXT_BYTES) {
    need(act, <usize>TEXT_BYTES * 4);
    const text = sanitizedString(act, texts, <i32>length);
    if (!text) return THROWN;
    throwNew(act, cls, text + STR_DATA, load<i32>(text, STR_BYTES));
  } else throwNamed(act, cls, call, '{s} failed, errno {a}', <i64>errno);
  const ref = pendingException(act);
  if (classOf(ref) == CLASS_ERRNO_EXCEPTION) setField(ref, SLOT_ERRNO_EXCEPTION_ERRNO, <i64>errno);
  return THROWN;
}

/** Takes the result over. `made` is the object for a handle. */
function takeResult(act: usize, call: usize, slots: usize, letter: u32, made: usize): i32 {
  const kind = load<u32>(records, R_KIND);
  const value = load<u64>(records, R_VALUE);
  if (letter == V) return DONE;
  if ((letter == I && kind == KIND_INT) || (letter == B && kind == KIND_BOOLEAN)) {
    store<u64>(slots, value);
    return DONE;
  }
  if ((letter & NULLABLE) != 0 && kind == KIND_NULL) {
    store<u64>(slots, 0);
    return DONE;
  }
  const wanted = letter & ~NULLABLE;
  if (wanted == S && kind == KIND_STRING) {
    let length = load<u32>(records, R_LENGTH);
    if (length > TEXT_BYTES) length = TEXT_BYTES;
    const status = chargeBytes(act, <i64>length);
    if (status != DONE) return status;
    need(act, <usize>TEXT_BYTES * 4);
    const text = sanitizedString(act, texts, <i32>length);
    store<u64>(slots, <u64>text);
    return text ? DONE : THROWN;
  }
  if (kind == KIND_HANDLE && value != 0) {
    const ref = letter == N ? <usize>load<u32>(slots) : made;
    if (ref && getField(ref, HANDLE_SLOT) == 0) {
      setField(ref, HANDLE_SLOT, <i64>value);
      store<u64>(slots, <u64>ref);
      return DONE;
    }
    handle_drop(<i32>value);
  }
  return throwNamed(act, CLASS_TYPE_EXCEPTION, call, '{s} did not give what its declaration says', 0);
}

/** Calls function `index` with its arguments at `slots`, where the result goes. DONE, THROWN, or 2: the host ends the call. */
export function hostCall(act: usize, slots: usize, index: u32): i32 {
  const call = hostCallRecord(index);
  const letter = <u32>load<u8>(constantAddress(load<u32>(call, IMG_HOSTCALL_SIGNATURE)));
  let made: usize = 0;
  if ((letter & ~NULLABLE) == H) {
    made = handleObject(act, load<i32>(call, IMG_HOSTCALL_CLASS));
    if (!made) return THROWN;
  }
  const status = putArguments(act, call, slots);
  if (status != DONE) return status;
  const error = host_call(
    act,
    load<i32>(numbers + ((<usize>index) << 2)),
    records,
    load<i32>(call, IMG_HOSTCALL_ARGUMENTS),
  );
  return error == 0 ? takeResult(act, call, slots, letter, made) : throwErrno(act, call, -error);
}
