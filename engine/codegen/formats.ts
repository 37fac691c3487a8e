/** Formats: a value as a directive says, and formats whose text is only known when the script runs. */
import {
  CLASS_INT,
  CLASS_OBJECT,
  N_FORMAT_FLOAT,
  N_FORMAT_INT,
  N_FORMAT_TEXT,
  N_FORMAT_VALUES,
} from '../bytecode/builtins.generated';
import { F_FLOAT, F_TEXT, formatKind } from '../bytecode/format-directives';
import { OP_APUSHR, OP_CALLN, OP_ISA, OP_JT, OP_NEWA, OP_SCAT } from '../bytecode/opcodes.generated';
import { stringType } from '../check/conversions';
import { FLOAT, INT, Type, classIdOf, isPrimitive, isReference, isVariable, mayBeNull, nonNull } from '../check/types';
import { F_VALUE_FIRST, Node, aOf, bOf, nextOf, opOf, startOf, typeOf } from '../syntax/ast';
import { box } from './boxes';
import { toText } from './convert';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jumpWide,
  loadInt,
  newLabel,
  place,
  setTop,
  topRegister,
} from './emitter';
import { AS_IT_IS, VALUE, end, generate, own, setOwn } from './frames';

/** Resumes a FORMAT: one value. Own 0: the window of the call. */
export function stepDirective(n: Node, phase: i32): void {
  const value = <Node>aOf(n);
  const isText = formatKind(bOf(n)) == F_TEXT;
  const isFloat = formatKind(bOf(n)) == F_FLOAT;
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 4);
    return generate(value, VALUE, own(0) + 2, isText ? AS_IT_IS : isFloat ? FLOAT : INT);
  }
  setTop(own(0) + 4);
  atSource(startOf(n));
  if (isText) {
    toText(own(0) + 2, typeOf(value));
    // A single text joined: null reads "null".
    if (mayBeNull(typeOf(value))) emit(OP_SCAT, own(0) + 2, own(0) + 2, 1);
  }
  loadInt(own(0) + 3, <i64>bOf(n));
  emitWide(OP_CALLN, own(0), isText ? N_FORMAT_TEXT : isFloat ? N_FORMAT_FLOAT : N_FORMAT_INT);
  end(own(0));
}

/** Resumes a FORMAT_TEXT. Own: 0 window, 1 the value being generated, 2 whether the pattern is there. */
export function stepFormatText(n: Node, phase: i32): void {
  const first = opOf(n) == F_VALUE_FIRST;
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 4);
    if (!first) {
      setOwn(2, 1);
      return generate(<Node>aOf(n), VALUE, own(0) + 2, AS_IT_IS);
    }
  }
  if (own(2) == 2) return call(n);
  setTop(own(0) + 4);
  if (phase == (first ? 0 : 1)) emit(OP_NEWA, own(0) + 3, 1, 0);
  else {
    addValue(own(0) + 4, typeOf(<Node>own(1)));
    emit(OP_APUSHR, own(0) + 3, own(0) + 4, 0);
  }
  const next = own(1) == 0 ? <Node>bOf(n) : nextOf(<Node>own(1));
  if (next != 0) {
    setOwn(1, <i32>next);
    setTop(own(0) + 5);
    return generate(next, VALUE, own(0) + 4, AS_IT_IS);
  }
  if (!first) return call(n);
  setOwn(2, 2);
  setTop(own(0) + 4);
  generate(<Node>aOf(n), VALUE, own(0) + 2, AS_IT_IS);
}

function call(n: Node): void {
  setTop(own(0) + 4);
  atSource(startOf(n));
  emitWide(OP_CALLN, own(0), N_FORMAT_VALUES);
  end(own(0));
}

// The value becomes what the native takes: a box, a text, or null. What may be a box stays one if it is.
function addValue(register: i32, type: Type): void {
  setTop(register + 1);
  if (isPrimitive(type)) return box(register, register, type);
  const plain = nonNull(type);
  if (plain == stringType() || isPrimitive(plain)) return;
  const done = newLabel();
  if (isVariable(plain) || !isReference(plain) || classIdOf(plain) <= CLASS_OBJECT) {
    const test = allocateRegister();
    emit(OP_ISA, test, register, CLASS_INT);
    jumpWide(OP_JT, test, done);
    setTop(register + 1);
  }
  toText(register, type);
  place(done);
}
