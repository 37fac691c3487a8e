/** `switch`. */
import { OP_JEQ, OP_JEQI, OP_JT, OP_LDI, OP_SEQ } from '../bytecode/opcodes.generated';
import { literalValue } from '../check/annotations';
import { ANY as ANY_TYPE, BOOLEAN, INT } from '../check/types';
import { BOOLEAN_LITERAL, Node, STRING_LITERAL, aOf, bOf, kindOf, nextOf, typeOf } from '../syntax/ast';
import { immediate } from './conditions';
import { jumpOnSame } from './dynamic';
import {
  allocateRegister,
  emit,
  emitWide,
  jump,
  jumpCompare,
  jumpWide,
  loadInt,
  loadString,
  newLabel,
  place,
  setTop,
} from './emitter';
import { enterLoop, leaveLoop } from './exits';
import { AS_IT_IS, EFFECT, VALUE, endStatement, generate, own, setOwn } from './frames';

// Own: 0 register of the value, 1 break label, 2 first case label, 3 the case being generated, 4 its statement, 5 its number.
/** Resumes a SWITCH. */
export function stepSwitch(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, allocateRegister());
    return generate(<Node>aOf(n), VALUE, own(0), AS_IT_IS);
  }
  if (phase == 1) {
    setTop(own(0) + 1);
    dispatch(n);
    setOwn(3, bOf(n));
    return beginCase(n, 0);
  }
  nextOfCase(n, nextOf(<Node>own(4)));
}

function dispatch(n: Node): void {
  setOwn(1, newLabel());
  let fallback = own(1);
  let first = -1;
  const test = allocateRegister();
  if (typeOf(<Node>aOf(n)) == ANY_TYPE) allocateRegister();
  for (let c = <Node>bOf(n); c != 0; c = nextOf(c)) {
    const label = newLabel();
    if (first < 0) first = label;
    if (aOf(c) == 0) fallback = label;
    else if (typeOf(<Node>aOf(n)) == ANY_TYPE) jumpIfSame(<Node>aOf(c), own(0), test, label);
    else jumpIfEqual(<Node>aOf(c), own(0), test, label);
  }
  jump(fallback);
  setOwn(2, first);
  enterLoop(n, own(1), own(1));
}

function jumpIfEqual(constant: Node, value: i32, test: i32, label: i32): void {
  if (kindOf(constant) == STRING_LITERAL) {
    loadString(test, aOf(constant));
    emit(OP_SEQ, test, test, value);
    return jumpWide(OP_JT, test, label);
  }
  if (kindOf(constant) == BOOLEAN_LITERAL) return jumpCompare(OP_JEQI, value, aOf(constant), label);
  if (immediate(constant) != 65536) return jumpCompare(OP_JEQI, value, immediate(constant), label);
  loadInt(test, literalValue(constant));
  jumpCompare(OP_JEQ, value, test, label);
}

// The same for an Any: the constant is an object too.
function jumpIfSame(constant: Node, value: i32, test: i32, label: i32): void {
  const kind = kindOf(constant);
  if (kind == STRING_LITERAL) loadString(test, aOf(constant));
  else if (kind == BOOLEAN_LITERAL) emitWide(OP_LDI, test, aOf(constant));
  else loadInt(test, literalValue(constant));
  jumpOnSame(test, kind == STRING_LITERAL ? ANY_TYPE : kind == BOOLEAN_LITERAL ? BOOLEAN : INT, value, label);
}

// Labels of the cases were made in a row.
function beginCase(n: Node, number: i32): void {
  if (own(3) == 0) {
    place(own(1));
    leaveLoop();
    return endStatement();
  }
  setOwn(5, number);
  place(own(2) + number);
  nextOfCase(n, <Node>bOf(<Node>own(3)));
}

function nextOfCase(n: Node, statement: Node): void {
  if (statement == 0) {
    setOwn(3, <i32>nextOf(<Node>own(3)));
    return beginCase(n, own(5) + 1);
  }
  setOwn(4, <i32>statement);
  generate(statement, EFFECT, 0, 0);
}
