/** Casts: tests when the script runs, conversions between int and text. */
import { N_STRING_TO_FLOAT, N_STRING_TO_INT } from '../bytecode/builtins.generated';
import {
  OP_CALLN,
  OP_CAST,
  OP_F2I,
  OP_I2F,
  OP_ISA,
  OP_JT,
  OP_LDNULL,
  OP_MOV,
  OP_NNULL,
  OP_UNBOX,
} from '../bytecode/opcodes.generated';
import { assignable, stringType } from '../check/conversions';
import {
  ANY as ANY_TYPE,
  INT,
  NULL,
  Type,
  classIdOf,
  isArray,
  isNullable,
  isNumber,
  isPrimitive,
  isReference,
  nonNull,
} from '../check/types';
import { Node, aOf, bOf, startOf, typeOf } from '../syntax/ast';
import { boxClass, convert } from './boxes';
import { toText } from './convert';
import { castAny } from './dynamic';
import { allocateRegister, atSource, emit, emitWide, jumpWide, newLabel, place, setTop, topRegister } from './emitter';
import { ANY, AS_IT_IS, VALUE, base, end, generate, result } from './frames';

/** Resumes a CAST. */
export function stepCast(n: Node, phase: i32): void {
  const value = <Node>bOf(n);
  const from = typeOf(value);
  const to = typeOf(<Node>aOf(n));
  if (phase == 0) return generate(value, VALUE, ANY, AS_IT_IS);
  atSource(startOf(n));
  const register = result();
  if (from == to || from == NULL) return end(register);
  if (from == ANY_TYPE) return castedAny(register, to);
  if (nonNull(to) == stringType() && isPrimitive(nonNull(from))) return textOf(register, from);
  if (isNumber(to) && nonNull(from) == stringType()) return numberOf(register, to);
  if (isNumber(from) && isNumber(to)) return otherNumber(register, to);
  if (!isReference(from)) return boxedAs(register, from, to);
  if (!isReference(to)) return openBox(register, to);
  narrowTo(register, from, to);
}

function castedAny(register: i32, to: Type): void {
  const copy = copied(register);
  castAny(copy, to);
  end(copy);
}

// A value in a register that may be changed.
function copied(register: i32): i32 {
  setTop(base() > register ? base() : register + 1);
  const copy = allocateRegister();
  emit(OP_MOV, copy, register, 0);
  return copy;
}

function textOf(register: i32, from: Type): void {
  const copy = copied(register);
  toText(copy, from);
  end(copy);
}

// An int as a float, or the other way round.
function otherNumber(register: i32, to: Type): void {
  const copy = copied(register);
  emit(to == INT ? OP_F2I : OP_I2F, copy, copy, 0);
  end(copy);
}

function numberOf(register: i32, to: Type): void {
  const window = topRegister();
  setTop(window + 3);
  emit(OP_MOV, window + 2, register, 0);
  emitWide(OP_CALLN, window, to == INT ? N_STRING_TO_INT : N_STRING_TO_FLOAT);
  end(window);
}

// A number seen as Object or int?: whoever wants it boxes it by the type it has here.
function boxedAs(register: i32, from: Type, to: Type): void {
  if (!isReference(to)) return end(register);
  const copy = copied(register);
  convert(copy, copy, from, to);
  end(copy);
}

function openBox(register: i32, to: Type): void {
  const copy = copied(register);
  emitWide(OP_CAST, copy, boxClass(to));
  emit(OP_UNBOX, copy, copy, 0);
  end(copy);
}

// (T)x throws, (T?)x gives null, where x is no T.
function narrowTo(register: i32, from: Type, to: Type): void {
  const target = nonNull(to);
  const fits = assignable(nonNull(from), target);
  if (fits && (isNullable(to) || !isNullable(from))) return end(register);
  const copy = copied(register);
  if (!fits && isNullable(to)) {
    const ok = newLabel();
    const test = allocateRegister();
    emit(OP_ISA, test, copy, classIdOf(target));
    jumpWide(OP_JT, test, ok);
    emit(OP_LDNULL, copy, 0, 0);
    place(ok);
  } else {
    if (!isNullable(to)) emit(OP_NNULL, copy, 0, 0);
    if (!fits && !isArray(target)) emitWide(OP_CAST, copy, classIdOf(target));
  }
  end(copy);
}
