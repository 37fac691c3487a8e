/**
 * Throwing: the pending exception of an activation, and what the interpreter's own faults say. A status is 0, or 1
 * for "exception pending"; every throwing function here returns 1.
 */
import { ACT_EXCEPTION } from './activation';
import {
  CLASS_ERRNO_EXCEPTION,
  CLASS_INTERRUPTED_EXCEPTION,
  CLASS_IO_EXCEPTION,
  CLASS_OUT_OF_MEMORY_EXCEPTION,
  CLASS_SECURITY_EXCEPTION,
  CLASS_STRING,
  CLASS_TIMEOUT_EXCEPTION,
  SLOT_ERRNO_EXCEPTION_ERRNO,
  SLOT_EXCEPTION_MESSAGE,
} from '../bytecode/builtins.generated';
import { classSlots } from './classes';
import { shade } from './cycles';
import { writeLiteral } from './literal';
import {
  OBJ_FIELDS,
  STR_BYTES,
  STR_CHARS,
  STR_DATA,
  STR_HASH,
  classOf,
  getField,
  isSubclass,
  setReferenceField,
  tryAllocate,
  countChars,
} from './object';
import { need } from './reclaim';
import { captureTrace } from './trace';

const EPERM: i32 = 1;
const EINTR: i32 = 4;
const EIO: i32 = 5;
const ENOMEM: i32 = 12;
const ETIMEDOUT: i32 = 110;
const MAX_ERRNO: i64 = 4095;

let reserveMemory: usize = 0;
let reserveDepth: usize = 0;
let reserveTimeout: usize = 0;

/** The immortal exceptions for when there is no memory to make one. */
export function setReserves(memoryOut: usize, depth: usize, timeout: usize): void {
  reserveMemory = memoryOut;
  reserveDepth = depth;
  reserveTimeout = timeout;
}

/** Roots of the cycle collector. */
export function shadeReserves(): void {
  shade(reserveMemory);
  shade(reserveDepth);
  shade(reserveTimeout);
}

/** Makes `ref`, an object of class Exception or below, the pending exception; its first throw captures the stack. */
export function throwObject(act: usize, ref: usize): i32 {
  store<u32>(act, <u32>ref, ACT_EXCEPTION);
  captureTrace(act, ref);
  return 1;
}

/** Throws the reserved `OutOfMemory!!`; allocates nothing. */
export function throwOutOfMemory(act: usize): i32 {
  return throwObject(act, reserveMemory);
}

/** Throws `StackOverflow!!`. */
export function throwStackOverflow(act: usize): i32 {
  return throwObject(act, reserveDepth);
}

/** Throws `Timeout!!`. */
export function throwTimeout(act: usize): i32 {
  return throwObject(act, reserveTimeout);
}

/** A string with room for `bytes` bytes; 0: no memory, nothing thrown. */
function messageString(bytes: usize): usize {
  return tryAllocate(CLASS_STRING, bytes + (STR_DATA - OBJ_FIELDS));
}

function throwMessage(act: usize, cls: i32, message: usize, end: usize): i32 {
  const bytes = <i32>(end - message - STR_DATA);
  store<u32>(message, <u32>bytes, STR_BYTES);
  store<u32>(message, <u32>countChars(message + STR_DATA, bytes), STR_CHARS);
  store<u32>(message, 0, STR_HASH);
  const slots = (<usize>classSlots(cls)) << 3;
  const ref = tryAllocate(cls, slots);
  if (!ref) return throwOutOfMemory(act);
  memory.fill(ref + OBJ_FIELDS, 0, slots);
  setReferenceField(ref, SLOT_EXCEPTION_MESSAGE, message);
  return throwObject(act, ref);
}

/** Throws a new exception of class `cls` with a copy of a UTF-8 message; `OutOfMemory!!` if there is no room. Never reclaims. */
export function throwNew(act: usize, cls: i32, message: usize, length: i32): i32 {
  const text = messageString(<usize>length);
  if (!text) return throwOutOfMemory(act);
  memory.copy(text + STR_DATA, message, <usize>length);
  return throwMessage(act, cls, text, text + STR_DATA + <usize>length);
}

/**
 * Throws a new exception of class `cls` with an ASCII literal as its message. May reclaim: the caller returns at once
 * and no longer uses what it holds outside of its frame.
 */
export function throwText(act: usize, cls: i32, text: string): i32 {
  const bytes = (<usize>load<u32>(changetype<usize>(text) - 4)) >> 1;
  need(act, bytes + 256);
  const message = messageString(bytes);
  if (!message) return throwOutOfMemory(act);
  return throwMessage(act, cls, message, writeLiteral(message + STR_DATA, message + STR_DATA + bytes, text));
}

/** Drops the pending exception. */
export function clearException(act: usize): void {
  store<u32>(act, 0, ACT_EXCEPTION);
}

/** The pending exception, or 0. */
export function pendingException(act: usize): usize {
  return <usize>load<u32>(act, ACT_EXCEPTION);
}

/** Positive errno of an exception, by its class or the nearest one above that has one. */
export function exceptionErrno(ref: usize): i32 {
  if (!ref) return EIO;
  const cls = classOf(ref);
  if (isSubclass(cls, CLASS_ERRNO_EXCEPTION)) {
    const own = getField(ref, SLOT_ERRNO_EXCEPTION_ERRNO);
    return own > 0 && own <= MAX_ERRNO ? <i32>own : EIO;
  }
  if (isSubclass(cls, CLASS_OUT_OF_MEMORY_EXCEPTION)) return ENOMEM;
  if (isSubclass(cls, CLASS_SECURITY_EXCEPTION)) return EPERM;
  if (isSubclass(cls, CLASS_TIMEOUT_EXCEPTION)) return ETIMEDOUT;
  if (isSubclass(cls, CLASS_INTERRUPTED_EXCEPTION)) return EINTR;
  return EIO;
}

/** Whether an exception is an answer to the caller, as its class says, rather than a fault of the script. */
export function exceptionIsAnswer(ref: usize): bool {
  if (!ref) return false;
  const cls = classOf(ref);
  return (
    isSubclass(cls, CLASS_ERRNO_EXCEPTION) ||
    isSubclass(cls, CLASS_IO_EXCEPTION) ||
    isSubclass(cls, CLASS_SECURITY_EXCEPTION) ||
    isSubclass(cls, CLASS_INTERRUPTED_EXCEPTION)
  );
}
