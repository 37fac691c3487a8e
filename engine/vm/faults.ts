/** Faults of single instructions, as exceptions whose messages show the values that caused them. */
import { ACT_FP, ACT_PC } from './activation';
import {
  CLASS_ARITHMETIC_EXCEPTION,
  CLASS_CLASS_CAST_EXCEPTION,
  CLASS_NO_SUCH_METHOD_EXCEPTION,
  CLASS_NULL_EXCEPTION,
  CLASS_OUT_OF_INDEX_EXCEPTION,
} from '../bytecode/builtins.generated';
import {
  OP_ALDI,
  OP_ALDR,
  OP_ALEN,
  OP_APUSHB,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTB,
  OP_ASTI,
  OP_ASTR,
  OP_CALLF,
  OP_CALLI,
  OP_CALLV,
  OP_GETI,
  OP_GETR,
  OP_IMOD,
  OP_NNULL,
  OP_PUTI,
  OP_PUTR,
  OP_SCMP,
  OP_THROW,
  OP_UNBOX,
} from '../bytecode/opcodes.generated';
import { throwNew, throwStackOverflow, throwText } from './exceptions';
import { writeDecimal, writeLiteral } from './literal';
import { ARR_SIZE, classOf } from './object';
import { writeClassName } from './render';
import { need } from './reclaim';

/** An exception is pending already. */
export const FAULT_PENDING: i32 = 1;
export const FAULT_NULL: i32 = 2;
export const FAULT_INDEX: i32 = 3;
export const FAULT_ZERO: i32 = 4;
export const FAULT_CAST: i32 = 5;
export const FAULT_DEPTH: i32 = 6;
/** A virtual call of a method that the object's class does not have. */
export const FAULT_METHOD: i32 = 9;
/** Not a fault: the slice of fuel is used up; the instruction runs again after `refuel`. */
export const FAULT_FUEL: i32 = 7;
/** Not a fault: the host stops the activation. */
export const FAULT_KILLED: i32 = 8;
/** Not a fault: the activation waits, its stack is parked already. */
export const FAULT_WAITING: i32 = 10;
/** The same, for the host to compile a text. */
export const FAULT_EVALUATES: i32 = 11;
/** Not a fault: the method has native code. */
export const FAULT_NATIVE: i32 = 12;

export const SCRATCH_BYTES: usize = 256;
/** Room for a message that is thrown, or a name. */
export const scratch: usize = memory.data(256);

function throwNull(act: usize, op: i32): i32 {
  const cls = CLASS_NULL_EXCEPTION;
  switch (op) {
    case OP_GETI:
    case OP_GETR:
      return throwText(act, cls, 'a field was read, but the object is null');
    case OP_PUTI:
    case OP_PUTR:
      return throwText(act, cls, 'a field was set, but the object is null');
    case OP_ALEN:
    case OP_ALDI:
    case OP_ALDR:
    case OP_ASTB:
    case OP_ASTI:
    case OP_ASTR:
    case OP_APUSHB:
    case OP_APUSHI:
    case OP_APUSHR:
      return throwText(act, cls, 'an element was used, but the array is null');
    case OP_CALLV:
    case OP_CALLI:
      return throwText(act, cls, 'a method was called, but the object is null');
    case OP_CALLF:
      return throwText(act, cls, 'a function was called, but it is null');
    case OP_SCMP:
      return throwText(act, cls, 'strings were compared, but one is null');
    case OP_UNBOX:
      return throwText(act, cls, 'a value was needed, but it is null');
    case OP_THROW:
      return throwText(act, cls, 'an exception was thrown, but it is null');
    case OP_NNULL:
      return throwText(act, cls, 'null is not allowed here');
    default:
      return throwText(act, cls, 'the object is null');
  }
}

function slot(fp: usize, instruction: u64, shift: u64): i64 {
  return load<i64>(fp + <usize>((instruction >> shift) & 0xffff) * 8);
}

function throwIndex(act: usize, fp: usize, op: i32, instruction: u64): i32 {
  const end = scratch + SCRATCH_BYTES;
  let to: usize;
  const stored = op == OP_ASTI || op == OP_ASTB || op == OP_ASTR;
  if (op == OP_ALDI || op == OP_ALDR || stored) {
    const array = <usize>slot(fp, instruction, stored ? 16 : 32);
    const index = slot(fp, instruction, stored ? 32 : 48);
    to = writeDecimal(writeLiteral(scratch, end, 'index '), end, index);
    to = writeDecimal(writeLiteral(to, end, ' is outside of an array of size '), end, <i64>load<u32>(array, ARR_SIZE));
  } else {
    to = writeDecimal(writeLiteral(scratch, end, 'an array cannot have size '), end, slot(fp, instruction, 32));
  }
  return throwNew(act, CLASS_OUT_OF_INDEX_EXCEPTION, scratch, <i32>(to - scratch));
}

function throwCast(act: usize, fp: usize, instruction: u64): i32 {
  const end = scratch + SCRATCH_BYTES;
  let to = writeClassName(scratch, end, classOf(<usize>slot(fp, instruction, 16)));
  to = writeLiteral(to, end, ' is not a ');
  to = writeClassName(to, end, <i32>(instruction >> 32));
  return throwNew(act, CLASS_CLASS_CAST_EXCEPTION, scratch, <i32>(to - scratch));
}

/** Throws what fault `fault` of the instruction that runs (ACT_PC, ACT_FP) means. Returns 1. */
export function throwFault(act: usize, fault: i32): i32 {
  if (fault == FAULT_PENDING) return 1;
  const instruction = load<u64>(<usize>load<u32>(act, ACT_PC) - 8);
  const op = <i32>(instruction & 0xffff);
  const fp = <usize>load<u32>(act, ACT_FP);
  if (fault == FAULT_DEPTH) return throwStackOverflow(act);
  need(act, SCRATCH_BYTES);
  if (fault == FAULT_NULL) return throwNull(act, op);
  if (fault == FAULT_INDEX) return throwIndex(act, fp, op, instruction);
  if (fault == FAULT_CAST) return throwCast(act, fp, instruction);
  if (fault == FAULT_METHOD) return throwText(act, CLASS_NO_SUCH_METHOD_EXCEPTION, 'the object has no such method');
  if (op == OP_IMOD) return throwText(act, CLASS_ARITHMETIC_EXCEPTION, 'remainder of a division by zero');
  return throwText(act, CLASS_ARITHMETIC_EXCEPTION, 'division by zero');
}
