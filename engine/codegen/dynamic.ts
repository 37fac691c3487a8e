/** What is done with an Any: every operand is an object, and the virtual machine looks at it when it runs. */
import {
  OP_BNOT,
  OP_CALLV,
  OP_CONV,
  OP_DCALL,
  OP_DGET,
  OP_DOP,
  OP_DPUT,
  OP_DRES,
  OP_IADDI,
  OP_ISA,
  OP_JF,
  OP_JT,
  OP_LDI,
  OP_MOV,
} from '../bytecode/opcodes.generated';
import { CLASS_OBJECT, CLASS_STRING } from '../bytecode/builtins.generated';
import { isRange } from '../check/range';
import { hasValueClasses } from '../check/value-types';
import {
  IMG_DYNAMIC_ASKS,
  IMG_DYNAMIC_EACH,
  IMG_DYNAMIC_EQUALS,
  IMG_TYPE_ELSE_NULL,
  IMG_TYPE_NULLABLE,
  IMG_TYPE_REF,
} from '../bytecode/image';
import { isDynamic } from '../check/operators';
import { ANY as ANY_TYPE, BOOLEAN, INT, Type, isNullable, isPrimitive } from '../check/types';
import {
  BINARY,
  B_ADD,
  B_DIV,
  B_EQ,
  B_MUL,
  B_TO,
  B_NE,
  C_VALUE,
  Node,
  U_COMPLEMENT,
  U_MINUS,
  aOf,
  bOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  typeOf,
} from '../syntax/ast';
import { Text, intern, internLiteral } from '../support/texts';
import { box as boxed } from './boxes';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jump,
  jumpWide,
  newDynamicSite,
  setTop,
  topRegister,
  newLabel,
  place,
} from './emitter';
import {
  ANY,
  AS_IT_IS,
  VALUE,
  base,
  dest,
  end,
  endStatement,
  endTyped,
  generate,
  own,
  result,
  setOwn,
  target,
} from './frames';
import { toText } from './convert';
import { typeCode } from './type-codes';

/** Virtual-table slot of `Object.equals`. */
const EQUALS: i32 = 1;

/** Operators of DOP behind those of the syntax tree. */
const NEGATIVE: i32 = 18;
const COMPLEMENT: i32 = 19;
const PLUS: i32 = 20;
const TRUTH: i32 = 21;

/** Resumes a CONVERT. */
export function stepConvert(n: Node, phase: i32): void {
  const inner = <Node>aOf(n);
  if (phase == 0) return generate(inner, VALUE, ANY, AS_IT_IS);
  if (typeOf(inner) != ANY_TYPE) return endTyped(result(), typeOf(inner));
  const from = result();
  const to = target();
  if (to != from) emit(OP_MOV, to, from, 0);
  atSource(startOf(n));
  convert(to, typeOf(n));
  end(to);
}

/** The type code of what any value is. */
const ANY_CODE: i32 = IMG_TYPE_REF | IMG_TYPE_NULLABLE;

/** R[register] := the Any in it, as a value of `type`. */
export function convert(register: i32, type: Type): void {
  const code = typeCode(type);
  if (code != ANY_CODE) emitWide(OP_CONV, register, code);
}

/** R[register] := the Any in it as a value of `type`; null where it is no such value, if `type` may be null. */
export function castAny(register: i32, type: Type): void {
  if (type != ANY_TYPE) emitWide(OP_CONV, register, typeCode(type) | (isNullable(type) ? IMG_TYPE_ELSE_NULL : 0));
}

/** R[register] := the value of this type in it, as an object. */
export function box(register: i32, type: Type): void {
  if (isPrimitive(type)) boxed(register, register, type);
}

/** Is it a BINARY whose operator is looked at when it runs? */
export function isDynamicBinary(n: Node): bool {
  return kindOf(n) == BINARY && isDynamic(opOf(n), typeOf(<Node>aOf(n)), typeOf(<Node>bOf(n)));
}

// Both operands side by side, as objects; true when they are there. Own 0: the first register.
function beside(phase: i32, first: Node, second: Node): bool {
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 2);
    generate(first, VALUE, own(0), ANY_TYPE);
    return false;
  }
  if (phase == 1) {
    setTop(own(0) + 2);
    generate(second, VALUE, own(0) + 1, ANY_TYPE);
    return false;
  }
  return true;
}

// Joins what has a toString of its own to a text: the texts take the operands' places.
function askText(operands: i32): void {
  const done = newLabel();
  setTop(operands + 2);
  const asks = allocateRegister();
  emit(OP_DOP, asks, operands, IMG_DYNAMIC_ASKS);
  jumpWide(OP_JF, asks, done);
  toText(operands, ANY_TYPE);
  toText(operands + 1, ANY_TYPE);
  place(done);
  setTop(operands + 2);
}

// Objects of a class that `==` compares by its equals are asked: R[to] := what it says.
function askEquals(op: i32, to: i32, operands: i32, done: i32): void {
  const plain = newLabel();
  setTop(operands + 2);
  const window = topRegister();
  setTop(window + 4);
  emit(OP_DOP, window, operands, IMG_DYNAMIC_EQUALS);
  jumpWide(OP_JF, window, plain);
  emit(OP_MOV, window + 2, operands, 0);
  emit(OP_MOV, window + 3, operands + 1, 0);
  emit(OP_CALLV, window, EQUALS, CLASS_OBJECT);
  emit(op == B_NE ? OP_BNOT : OP_MOV, to, window, 0);
  jump(done);
  place(plain);
  setTop(operands + 2);
}

// `s * n` and `s / t` of a text are calls: R[to] := what they give.
function askString(op: i32, to: i32, operands: i32, done: i32): void {
  const other = newLabel();
  setTop(operands + 2);
  const window = topRegister();
  setTop(window + 4);
  emit(OP_ISA, window, operands, CLASS_STRING);
  jumpWide(OP_JF, window, other);
  emit(OP_MOV, window + 2, operands, 0);
  emit(OP_MOV, window + 3, operands + 1, 0);
  callNamed(window, internLiteral(op == B_MUL ? 'repeat' : 'split'), 2);
  emit(OP_MOV, to, window, 0);
  jump(done);
  place(other);
  setTop(operands + 2);
}

// R[to] := R[operands] op R[operands + 1]
function combined(op: i32, to: i32, operands: i32): void {
  if (op == B_ADD) askText(operands);
  const isText = op == B_MUL || op == B_DIV;
  const asks = isText || ((op == B_EQ || op == B_NE) && hasValueClasses());
  const done = asks ? newLabel() : 0;
  if (isText) askString(op, to, operands, done);
  else if (asks) askEquals(op, to, operands, done);
  emit(OP_DOP, to, operands, op);
  if (asks) place(done);
}

/** What foreach goes through, no array, is in R[object]: its iterator takes its place, unless it is one itself. */
export function askIterator(object: i32): void {
  const isOne = newLabel();
  const window = topRegister();
  setTop(window + 3);
  emit(OP_DOP, window, object, IMG_DYNAMIC_EACH);
  jumpWide(OP_JF, window, isOne);
  callOn(window, object, 'iterator');
  emit(OP_MOV, object, window, 0);
  place(isOne);
  setTop(window);
}

/** R[window] := what the method of that name, without arguments, of the object in R[object] gives. */
export function callOn(window: i32, object: i32, name: string): void {
  setTop(window + 3);
  emit(OP_MOV, window + 2, object, 0);
  callNamed(window, internLiteral(name), 1);
}

/** Resumes a dynamic BINARY in VALUE mode. */
export function stepDynamicBinary(n: Node, phase: i32): void {
  if (!beside(phase, <Node>aOf(n), <Node>bOf(n))) return;
  const operands = own(0);
  const to = target();
  atSource(startOf(n));
  combined(opOf(n), to, operands);
  end(to);
}

/** The same for a comparison in CONDITION mode. */
export function stepDynamicComparison(n: Node, truth: bool, phase: i32): void {
  if (!beside(phase, <Node>aOf(n), <Node>bOf(n))) return;
  atSource(startOf(n));
  combined(opOf(n), own(0), own(0));
  jumpWide(truth ? OP_JT : OP_JF, own(0), dest());
  endStatement();
}

/** Jumps to the label if the truth of the Any in a register is `truth`. */
export function jumpOnTruth(register: i32, truth: bool, label: i32, n: Node): void {
  const to = allocateRegister();
  atSource(startOf(n));
  emit(OP_DOP, to, register, TRUTH);
  jumpWide(truth ? OP_JT : OP_JF, to, label);
}

/** `- + ~` of the Any in a register; ends the frame. */
export function endUnary(n: Node, register: i32): void {
  const to = target();
  atSource(startOf(n));
  const op = opOf(n) == U_MINUS ? NEGATIVE : opOf(n) == U_COMPLEMENT ? COMPLEMENT : PLUS;
  emit(OP_DOP, to, register, op);
  end(to);
}

/** Resumes an INDEX of an Any: x[i] is x.get(i). */
export function stepDynamicIndex(n: Node, phase: i32): void {
  if (isRange(<Node>bOf(n))) return stepDynamicPart(n, <Node>bOf(n), phase);
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 3);
    return generate(<Node>aOf(n), VALUE, own(0) + 2, ANY_TYPE);
  }
  if (phase == 1) {
    setTop(own(0) + 4);
    return generate(<Node>bOf(n), VALUE, own(0) + 3, ANY_TYPE);
  }
  atSource(startOf(n));
  callNamed(own(0), internLiteral('get'), 2);
  setTop(base());
  end(own(0));
}

// `x[a to b]` is x.substring(a, b + 1) of a text, x.slice(a, b + 1) of all else; without b it ends where x does. Own 0: the window.
function stepDynamicPart(n: Node, range: Node, phase: i32): void {
  const window = own(0);
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 3);
    return generate(<Node>aOf(n), VALUE, own(0) + 2, ANY_TYPE);
  }
  if (phase == 1) {
    setTop(window + 4);
    return generate(<Node>aOf(range), VALUE, window + 3, AS_IT_IS);
  }
  if (phase == 2 && bOf(range) != 0) {
    setTop(window + 5);
    return generate(<Node>bOf(range), VALUE, window + 4, AS_IT_IS);
  }
  setTop(window + 5);
  atSource(startOf(n));
  if (bOf(range) == 0) {
    callOn(window + 5, window + 2, 'size');
    emit(OP_MOV, window + 4, window + 5, 0);
    setTop(window + 5);
  } else {
    if (opOf(range) == B_TO) emit(OP_IADDI, window + 4, window + 4, 1);
    box(window + 4, INT);
  }
  box(window + 3, INT);
  const other = newLabel();
  const done = newLabel();
  emit(OP_ISA, window, window + 2, CLASS_STRING);
  jumpWide(OP_JF, window, other);
  callNamed(window, internLiteral('substring'), 3);
  jump(done);
  place(other);
  callNamed(window, internLiteral('slice'), 3);
  place(done);
  setTop(base());
  end(window);
}

// R[window] := result of the method of that name, its arguments in place.
function callNamed(window: i32, name: Text, count: i32): void {
  emitWide(OP_DCALL, window, newDynamicSite(name, count));
  emit(OP_DRES, window, 0, 0);
}

/** Resumes `x in? any`: asks it whether it contains that. */
export function stepDynamicContains(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 4);
    return generate(<Node>aOf(n), VALUE, own(0) + 3, ANY_TYPE);
  }
  setTop(own(0) + 4);
  if (phase == 1) return generate(<Node>bOf(n), VALUE, own(0) + 2, ANY_TYPE);
  atSource(startOf(n));
  callNamed(own(0), internLiteral('contains'), 2);
  convert(own(0), BOOLEAN);
  end(own(0));
}

/** Resumes a MEMBER of an Any. */
export function stepDynamicMember(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 3);
    return generate(<Node>aOf(n), VALUE, own(0) + 2, AS_IT_IS);
  }
  atSource(startOf(n));
  emitWide(OP_DGET, own(0), newDynamicSite(bOf(n), 1));
  emit(OP_DRES, own(0), 0, 0);
  setTop(base());
  end(own(0));
}

/** Resumes a CALL of a member of an Any. Own: 0 window, 1 index of the next argument, 2 the next argument. */
export function stepDynamicCall(n: Node, phase: i32): void {
  const callee = <Node>aOf(n);
  if (phase == 0) {
    setOwn(0, topRegister());
    setOwn(2, bOf(n));
    setTop(own(0) + 3);
    return generate(opOf(n) == C_VALUE ? callee : <Node>aOf(callee), VALUE, own(0) + 2, ANY_TYPE);
  }
  const argument = <Node>own(2);
  if (argument != 0) {
    const register = own(0) + 3 + own(1);
    setOwn(1, own(1) + 1);
    setOwn(2, <i32>nextOf(argument));
    setTop(register + 1);
    return generate(argument, VALUE, register, ANY_TYPE);
  }
  atSource(startOf(callee));
  // A function has no name.
  callNamed(own(0), opOf(n) == C_VALUE ? intern(0, 0) : bOf(callee), own(1) + 1);
  setTop(base());
  end(own(0));
}

/** R[to] := R[object][R[index]] */
export function loadElement(to: i32, object: i32, index: i32): void {
  const window = topRegister();
  setTop(window + 4);
  emit(OP_MOV, window + 2, object, 0);
  emit(OP_MOV, window + 3, index, 0);
  callNamed(window, internLiteral('get'), 2);
  emit(OP_MOV, to, window, 0);
  setTop(window);
}

/** R[object][R[index]] := R[value] */
export function storeElement(object: i32, index: i32, value: i32): void {
  const window = topRegister();
  setTop(window + 5);
  emit(OP_MOV, window + 2, object, 0);
  emit(OP_MOV, window + 3, index, 0);
  emit(OP_MOV, window + 4, value, 0);
  callNamed(window, internLiteral('set'), 3);
  setTop(window);
}

/** R[to] := member of R[object] that the node names. */
export function loadMember(to: i32, object: i32, member: Node): void {
  const window = topRegister();
  setTop(window + 3);
  emit(OP_MOV, window + 2, object, 0);
  emitWide(OP_DGET, window, newDynamicSite(bOf(member), 1));
  emit(OP_DRES, window, 0, 0);
  emit(OP_MOV, to, window, 0);
  setTop(window);
}

/** That member := R[value] */
export function storeMember(object: i32, member: Node, value: i32): void {
  const window = topRegister();
  setTop(window + 4);
  emit(OP_MOV, window + 2, object, 0);
  emit(OP_MOV, window + 3, value, 0);
  emitWide(OP_DPUT, window, newDynamicSite(bOf(member), 2));
  setTop(window);
}

/** R[to] := R[current] op R[operand], values of these types, as one of type `type`. */
export function combineDynamic(op: i32, to: i32, current: i32, operand: i32, type: Type, operandType: Type): void {
  const operands = topRegister();
  setTop(operands + 2);
  emit(OP_MOV, operands, current, 0);
  emit(OP_MOV, operands + 1, operand, 0);
  box(operands, type);
  box(operands + 1, operandType);
  combined(op, operands, operands);
  convert(operands, type);
  emit(OP_MOV, to, operands, 0);
  setTop(operands);
}

/** Jumps to the label if the constant of this type in R[constant] equals the Any in R[value]; R[constant + 1] is free. */
export function jumpOnSame(constant: i32, type: Type, value: i32, label: i32): void {
  box(constant, type);
  emit(OP_MOV, constant + 1, value, 0);
  emit(OP_DOP, constant, constant, B_EQ);
  jumpWide(OP_JT, constant, label);
}

/** R[to] := R[current] + delta */
export function incrementDynamic(to: i32, current: i32, delta: i32): void {
  const operands = topRegister();
  setTop(operands + 2);
  emit(OP_MOV, operands, current, 0);
  emitWide(OP_LDI, operands + 1, delta);
  box(operands + 1, INT);
  emit(OP_DOP, to, operands, 1);
  setTop(operands);
}
