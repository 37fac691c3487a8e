/** Operators whose operands are looked at when they run: DOP. Numbers and truth values are Int and Boolean objects. */
import {
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_CLASS_CAST_EXCEPTION,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_NULL_EXCEPTION,
  CLASS_STRING,
} from '../bytecode/builtins.generated';
import { IMG_CLASS_FLAGS, IMG_CLASS_FLAG_VALUE } from '../bytecode/image';
import { classImage } from './classes';
import { throwNew, throwOutOfMemory, throwText } from './exceptions';
import { FAULT_PENDING, FAULT_ZERO, SCRATCH_BYTES, scratch } from './faults';
import { floatIn } from './floats';
import { charge } from './fuel';
import { floatLength, writeFloatAt } from './float-text';
import { falseText, trueText } from './link';
import { decimalLength, writeDecimalAt, writeLiteral } from './literal';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  BOX_VALUE,
  MAX_PAYLOAD,
  STR_BYTES,
  STR_DATA,
  arrayReserve,
  classOf,
  newBoolean,
  newBoxOf,
  newInt,
  newString,
  retain,
} from './object';
import { equalValues, fieldC, slotA, slotB } from './operations';
import { NO_TARGET } from './interfaces';
import { findMethod, searchCost } from './member-search';
import { need } from './reclaim';
import { compareStrings, joinSlots, joinedBytes } from './text';
import { checkElement, convertSlot, writeWhat } from './type-codes';

// Numbers of operators: those of the syntax tree, and some behind them.
const ADD: u32 = 1;
const SUB: u32 = 2;
const MUL: u32 = 3;
const DIV: u32 = 4;
const MOD: u32 = 5;
const AND: u32 = 6;
const OR: u32 = 7;
const XOR: u32 = 8;
const SHL: u32 = 9;
const SHR: u32 = 10;
const USHR: u32 = 11;
const EQ: u32 = 12;
const NE: u32 = 13;
const LT: u32 = 14;
const LE: u32 = 15;
const GT: u32 = 16;
const NEGATIVE: u32 = 18;
const COMPLEMENT: u32 = 19;
const TRUTH: u32 = 21;
const ASKS: u32 = 22;
const EQUALS: u32 = 23;
const EACH: u32 = 24;

/** How an operator is spelt: its characters, the first one lowest. */
function spelling(op: u32): u32 {
  if (op == ADD || op > COMPLEMENT) return 0x2b;
  if (op == SUB || op == NEGATIVE) return 0x2d;
  if (op == MUL) return 0x2a;
  if (op == DIV) return 0x2f;
  if (op == MOD) return 0x25;
  if (op == AND) return 0x26;
  if (op == OR) return 0x7c;
  if (op == XOR) return 0x5e;
  if (op == SHL) return 0x3c3c;
  if (op == SHR) return 0x3e3e;
  if (op == LT) return 0x3c;
  if (op == LE) return 0x3d3c;
  if (op == GT) return 0x3e;
  if (op == COMPLEMENT) return 0x7e;
  return op == USHR ? 0x3e3e3e : 0x3d3e;
}

function putOperator(to: usize, op: u32): usize {
  let at = to;
  for (let rest = spelling(op); rest != 0; rest >>= 8) store<u8>(at++, <u8>rest);
  return at;
}

/** Throws: the operator does not take these; `right` counts only where `two`. */
function refuse(act: usize, op: u32, left: usize, right: usize, two: bool): i32 {
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  let to = putOperator(writeLiteral(scratch, end, 'operator '), op);
  to = writeWhat(writeLiteral(to, end, ' does not take '), end, left);
  if (two) to = writeWhat(writeLiteral(to, end, ' and '), end, right);
  const cls = !left || (two && !right) ? CLASS_NULL_EXCEPTION : CLASS_CLASS_CAST_EXCEPTION;
  return throwNew(act, cls, scratch, <i32>(to - scratch));
}

function is(ref: usize, cls: i32): bool {
  return ref != 0 && classOf(ref) == cls;
}

function valueOf(ref: usize): i64 {
  return load<i64>(ref, BOX_VALUE);
}

/** Two numbers, at least one of them a float? */
function mixes(a: usize, b: usize): bool {
  return (is(a, CLASS_FLOAT) && isNumber(b)) || (is(b, CLASS_FLOAT) && isNumber(a));
}

function answerFloat(act: usize, to: usize, bits: u64): i32 {
  need(act, 64);
  const ref = newBoxOf(act, ARR_FLAG_FLOATS, <i64>bits);
  if (!ref) return FAULT_PENDING;
  store<u64>(to, <u64>ref);
  return 0;
}

function answerInt(act: usize, to: usize, value: i64): i32 {
  need(act, 64);
  const ref = newInt(act, value);
  if (!ref) return FAULT_PENDING;
  store<u64>(to, <u64>ref);
  return 0;
}

/** `op` of two ints, which is none of division and remainder by 0. */
function compute(op: u32, a: i64, b: i64): i64 {
  if (op == ADD) return a + b;
  if (op == SUB) return a - b;
  if (op == MUL) return a * b;
  // The machine's division traps on the smallest int divided by -1.
  if (op == DIV) return b == -1 ? 0 - a : a / b;
  if (op == MOD) return b == -1 ? 0 : a % b;
  if (op == AND) return a & b;
  if (op == OR) return a | b;
  if (op == XOR) return a ^ b;
  if (op == SHL) return a << (b & 63);
  return op == SHR ? a >> (b & 63) : <i64>((<u64>a) >> ((<u64>b) & 63));
}

function isNumber(ref: usize): bool {
  return is(ref, CLASS_INT) || is(ref, CLASS_FLOAT);
}

/** R[to] := `op` (+ - * / %) of two numbers, one of which is a float. */
function answerFloats(act: usize, op: u32, to: usize, left: usize, right: usize): i32 {
  if (isDefined(FLOATS)) {
    const a = floatIn(left);
    const b = floatIn(right);
    const value = op == ADD ? a + b : op == SUB ? a - b : op == MUL ? a * b : op == DIV ? a / b : a % b;
    return answerFloat(act, to, reinterpret<u64>(value));
  }
  return refuse(act, op, left, right, true);
}

/** The text of a number or truth value in `slot` takes its place. False: exception pending. */
function makeText(act: usize, slot: usize): bool {
  const ref = <usize>load<u32>(slot);
  if (is(ref, CLASS_BOOLEAN)) store<u64>(slot, <u64>(valueOf(ref) != 0 ? trueText : falseText));
  if (!isNumber(ref)) return true;
  const isInt = is(ref, CLASS_INT);
  const length = isInt ? decimalLength(valueOf(ref)) : floatLength(<u64>valueOf(ref));
  const text = newString(act, length, length);
  if (text && isInt) writeDecimalAt(text + STR_DATA, valueOf(ref), length);
  else if (text) writeFloatAt(text + STR_DATA, <u64>valueOf(ref));
  store<u64>(slot, <u64>text);
  return text != 0;
}

/** May it be joined to a text without asking it? Objects of other classes have a toString of their own. */
function isPlain(ref: usize): bool {
  return !ref || is(ref, CLASS_STRING) || is(ref, CLASS_BOOLEAN) || isNumber(ref);
}

/** R[to] := the texts of two slots joined, one of which is a string. */
function join(act: usize, to: usize, at: usize): i32 {
  need(act, 256);
  if (!makeText(act, at) || !makeText(act, at + 8)) return FAULT_PENDING;
  const bytes = joinedBytes(at, 2);
  if (charge(act, bytes >> 4) != 0) return FAULT_PENDING;
  if (bytes > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
  need(act, <usize>bytes + 64);
  const ref = joinSlots(act, at, 2, <i32>bytes);
  if (!ref) return FAULT_PENDING;
  store<u64>(to, <u64>ref);
  return 0;
}

/** array << value: appends; R[to] := the array. */
function append(act: usize, to: usize, at: usize): i32 {
  const array = <usize>load<u32>(at);
  const flags = <u32>load<u16>(array, ARR_FLAGS);
  if (checkElement(act, array, <usize>load<u32>(at + 8)) != 0) return FAULT_PENDING;
  const size = load<i32>(array, ARR_SIZE);
  need(act, ((<usize>size) << 4) + 64);
  if (arrayReserve(act, array, size + 1) != 0) return FAULT_PENDING;
  const slot = <usize>load<u32>(array, ARR_DATA) + ((<usize>size) << 3);
  if (flags == ARR_FLAG_REFS) retain(<usize>load<u32>(at + 8));
  // The kinds of arrays have the numbers of those of values.
  else if (convertSlot(act, at + 8, flags) != 0) return FAULT_PENDING;
  store<u64>(slot, load<u64>(at + 8));
  store<i32>(array, size + 1, ARR_SIZE);
  store<u64>(to, <u64>array);
  return 0;
}

/** -1, 0 or 1 in `to`: the order of two ints or two strings. */
function order(act: usize, op: u32, left: usize, right: usize, to: usize): i32 {
  if (is(left, CLASS_INT) && is(right, CLASS_INT)) {
    const a = valueOf(left);
    const b = valueOf(right);
    store<i64>(to, a < b ? -1 : a > b ? 1 : 0);
    return 0;
  }
  if (!is(left, CLASS_STRING) || !is(right, CLASS_STRING)) return refuse(act, op, left, right, true);
  if (charge(act, <i64>(load<u32>(left, STR_BYTES) >> 4)) != 0) return FAULT_PENDING;
  store<i64>(to, <i64>compareStrings(left, right));
  return 0;
}

function holds(op: u32, sign: i64): bool {
  if (op == LT) return sign < 0;
  if (op == LE) return sign <= 0;
  return op == GT ? sign > 0 : sign >= 0;
}

function compare(act: usize, op: u32, to: usize, left: usize, right: usize): i32 {
  if (isDefined(FLOATS) && mixes(left, right)) {
    store<u64>(to, compareNumbers(op, left, right) ? 1 : 0);
    return 0;
  }
  const status = order(act, op, left, right, to);
  if (status != 0) return status;
  store<u64>(to, holds(op, load<i64>(to)) ? 1 : 0);
  return 0;
}

function compareNumbers(op: u32, left: usize, right: usize): bool {
  if (isDefined(FLOATS)) {
    const a = floatIn(left);
    const b = floatIn(right);
    // Nothing but != holds of what is not a number.
    if (op == EQ) return a == b;
    if (op == LT) return a < b;
    if (op == LE) return a <= b;
    return op == GT ? a > b : a >= b;
  }
  return false;
}

/** == and !=: texts and numbers by value, other objects by identity. */
function equality(act: usize, op: u32, to: usize, left: usize, right: usize): i32 {
  if (isDefined(FLOATS) && mixes(left, right)) store<u64>(to, compareNumbers(EQ, left, right) ? 1 : 0);
  else if (equalValues(act, left, right, to) != 0) return FAULT_PENDING;
  if (op == NE) store<u64>(to, load<u64>(to) ^ 1);
  return 0;
}

/** As a condition: false and null are not true, other objects are; a number is no truth value. */
function truth(act: usize, to: usize, ref: usize): i32 {
  if (isNumber(ref))
    return throwText(act, CLASS_CLASS_CAST_EXCEPTION, 'a number is not a condition: compare it with 0');
  store<u64>(to, ref != 0 && (classOf(ref) != CLASS_BOOLEAN || valueOf(ref) != 0) ? 1 : 0);
  return 0;
}

function unary(act: usize, op: u32, to: usize, ref: usize): i32 {
  if (op == TRUTH) return truth(act, to, ref);
  if (isDefined(FLOATS) && is(ref, CLASS_FLOAT) && op != COMPLEMENT)
    return answerFloat(act, to, reinterpret<u64>(op == NEGATIVE ? -floatIn(ref) : floatIn(ref)));
  if (!is(ref, CLASS_INT)) return refuse(act, op, ref, 0, false);
  const value = valueOf(ref);
  return answerInt(act, to, op == NEGATIVE ? 0 - value : op == COMPLEMENT ? ~value : value);
}

/** Are both of one class whose objects are compared by their equals? */
function areValues(left: usize, right: usize): bool {
  if (!left || !right || left == right || classOf(left) != classOf(right)) return false;
  const record = classImage(classOf(left));
  return record != 0 && (load<u32>(record, IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_VALUE)) != 0;
}

function hasMethod(cls: i32, name: string): bool {
  const length = <i32>(writeLiteral(scratch, scratch + SCRATCH_BYTES, name) - scratch);
  return findMethod(cls, scratch, length) != NO_TARGET;
}

/** What foreach goes through: 1 to `to` if it has an iterator, 0 if it is one. */
function each(act: usize, to: usize, ref: usize): i32 {
  if (charge(act, searchCost() << 1) != 0) return FAULT_PENDING;
  const cls = classOf(ref);
  const isOne = hasMethod(cls, 'hasNext') && hasMethod(cls, 'next');
  store<u64>(to, isOne ? 0 : 1);
  if (isOne || hasMethod(cls, 'iterator')) return 0;
  need(act, SCRATCH_BYTES + 64);
  const end = scratch + SCRATCH_BYTES;
  const at = writeWhat(writeLiteral(scratch, end, 'cannot iterate over '), end, ref);
  return throwNew(act, CLASS_CLASS_CAST_EXCEPTION, scratch, <i32>(at - scratch));
}

/** DOP: R[A] := R[B] and R[B+1] combined by operator C. 0, or a fault. */
export function opDynamic(act: usize, fp: usize, i: u64): i32 {
  const op = fieldC(i);
  const at = slotB(fp, i);
  const to = slotA(fp, i);
  const left = <usize>load<u32>(at);
  if (op == EACH) return left ? each(act, to, left) : refuse(act, op, left, 0, false);
  if (op >= NEGATIVE && op < ASKS) return unary(act, op, to, left);
  const right = <usize>load<u32>(at + 8);
  if (op == ASKS) {
    const asks = (is(left, CLASS_STRING) && !isPlain(right)) || (is(right, CLASS_STRING) && !isPlain(left));
    store<u64>(to, asks ? 1 : 0);
    return 0;
  }
  if (op == EQUALS) {
    store<u64>(to, areValues(left, right) ? 1 : 0);
    return 0;
  }
  if (op >= LT) return compare(act, op, to, left, right);
  if (op >= EQ) return equality(act, op, to, left, right);
  if (is(left, CLASS_INT) && is(right, CLASS_INT)) {
    if ((op == DIV || op == MOD) && valueOf(right) == 0) return FAULT_ZERO;
    return answerInt(act, to, compute(op, valueOf(left), valueOf(right)));
  }
  if (op <= MOD && mixes(left, right)) return answerFloats(act, op, to, left, right);
  if (op >= AND && op <= XOR && is(left, CLASS_BOOLEAN) && is(right, CLASS_BOOLEAN)) {
    need(act, 64);
    const ref = newBoolean(act, compute(op, valueOf(left), valueOf(right)));
    store<u64>(to, <u64>ref);
    return ref ? 0 : FAULT_PENDING;
  }
  if (op == ADD && (is(left, CLASS_STRING) || is(right, CLASS_STRING)) && isPlain(left) && isPlain(right))
    return join(act, to, at);
  if (op == SHL && is(left, CLASS_ARRAY)) return append(act, to, at);
  return refuse(act, op, left, right, true);
}
