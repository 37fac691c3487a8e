/** `foreach` over arrays, texts, ranges, and what an Any holds. */
import { CLASS_ARRAY, CLASS_STRING, N_STRING_EACH } from '../bytecode/builtins.generated';
import {
  OP_ALDR,
  OP_ALEN,
  OP_CALLN,
  OP_IADDI,
  OP_ISA,
  OP_JEQ,
  OP_JF,
  OP_JLE,
  OP_JLT,
  OP_JT,
  OP_LDI,
  OP_MOV,
  OP_NNULL,
} from '../bytecode/opcodes.generated';
import { LocalInfo, locals, symbolIndex } from '../check/model';
import { isRange, isRangeType } from '../check/range';
import { ANY as ANY_TYPE, BOOLEAN, INT, Type, isArray } from '../check/types';
import { B_TO, Node, aOf, bOf, cOf, dOf, gOf, opOf, startOf, symbolOf, typeOf } from '../syntax/ast';
import { convert, isConverted } from './boxes';
import { askIterator, callOn, convert as convertAny } from './dynamic';
import { loadOp } from './elements';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jump,
  jumpCompare,
  jumpWide,
  newLabel,
  place,
  setTop,
  topRegister,
} from './emitter';
import { leaveLoop } from './exits';
import { AS_IT_IS, EFFECT, VALUE, endStatement, generate, own, setOwn, setPhase } from './frames';
import { openRange, stepIterate } from './iterate';
import { enter } from './statements';
import { makeShared, storeShared } from './variables';

// Own: as in loops; 4 register of the array, the index is behind it.
/** Resumes a FOREACH. */
export function stepForeach(n: Node, phase: i32): void {
  const over = <Node>cOf(n);
  if (isRange(over) || isRangeType(typeOf(over))) return stepCount(n, over, phase);
  if (gOf(n) != 0) return stepIterate(n, over, phase);
  if (typeOf(over) == ANY_TYPE) return stepAny(n, over, phase);
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(over, VALUE, own(4), AS_IT_IS);
  }
  const array = own(4);
  const local = locals[symbolIndex(symbolOf(n))];
  if (phase == 1) {
    setTop(array + 2);
    if (!isArray(typeOf(over))) {
      setTop(array + 5);
      emit(OP_MOV, array + 4, array, 0);
      emitWide(OP_CALLN, array + 2, N_STRING_EACH);
      emit(OP_MOV, array, array + 2, 0);
      setTop(array + 2);
    }
    local.register = allocateRegister();
    enter(n);
    emitWide(OP_LDI, array + 1, 0);
    jump(own(3));
    place(own(0));
    const to = valueRegister(local);
    loadElement(to, array, typeOf(<Node>aOf(n)), local.type);
    finishRound(local, to);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  emit(OP_IADDI, array + 1, array + 1, 1);
  place(own(3));
  atSource(startOf(n));
  const length = allocateRegister();
  emit(OP_ALEN, length, array, 0);
  jumpCompare(OP_JLT, array + 1, length, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}

// Through an Any, which is an array, a text, an iterator, or has one. Own 4: its register; behind it the index, and whether it is an array.
function stepAny(n: Node, over: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(over, VALUE, own(4), AS_IT_IS);
  }
  const object = own(4);
  const isArray = object + 2;
  if (phase == 1) {
    const local = locals[symbolIndex(symbolOf(n))];
    setTop(object + 3);
    atSource(startOf(over));
    beginAny(object, isArray);
    local.register = allocateRegister();
    enter(n);
    emitWide(OP_LDI, object + 1, 0);
    jump(own(3));
    place(own(0));
    const to = valueRegister(local);
    const asks = newLabel();
    const done = newLabel();
    atSource(startOf(n));
    jumpWide(OP_JF, isArray, asks);
    emit(OP_ALDR, to, object, object + 1);
    jump(done);
    place(asks);
    const window = topRegister();
    callOn(window, object, 'next');
    emit(OP_MOV, to, window, 0);
    setTop(window);
    place(done);
    convertAny(to, local.type);
    finishRound(local, to);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  emit(OP_IADDI, object + 1, object + 1, 1);
  place(own(3));
  atSource(startOf(n));
  const asks = newLabel();
  const more = topRegister();
  setTop(more + 3);
  jumpWide(OP_JF, isArray, asks);
  emit(OP_ALEN, more, object, 0);
  jumpCompare(OP_JLT, object + 1, more, own(0));
  jump(own(2));
  place(asks);
  callOn(more, object, 'hasNext');
  convertAny(more, BOOLEAN);
  jumpWide(OP_JT, more, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}

// R[object] := what is gone through, the characters of a text or an iterator; R[isArray] := is it an array?
function beginAny(object: i32, isArray: i32): void {
  const noText = newLabel();
  const done = newLabel();
  setTop(object + 6);
  emit(OP_NNULL, object, 0, 0);
  emit(OP_ISA, isArray, object, CLASS_STRING);
  jumpWide(OP_JF, isArray, noText);
  emit(OP_MOV, object + 5, object, 0);
  emitWide(OP_CALLN, object + 3, N_STRING_EACH);
  emit(OP_MOV, object, object + 3, 0);
  place(noText);
  emit(OP_ISA, isArray, object, CLASS_ARRAY);
  jumpWide(OP_JT, isArray, done);
  setTop(object + 3);
  askIterator(object);
  place(done);
  setTop(object + 3);
}

// Through a range: own 4 holds the number, the register behind it the end. The variable is a copy: it may be assigned.
function stepCount(n: Node, range: Node, phase: i32): void {
  const isValue = !isRange(range);
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(isValue ? range : <Node>aOf(range), VALUE, own(4), AS_IT_IS);
  }
  const at = own(4);
  if (phase == 1 && !isValue) return generate(<Node>bOf(range), VALUE, allocateRegister(), AS_IT_IS);
  const isWhole = isValue || opOf(range) == B_TO;
  if (phase <= 2) {
    if (isValue) openRange(at, typeOf(range));
    setPhase(3);
    setTop(at + 2);
    const local = locals[symbolIndex(symbolOf(n))];
    local.register = allocateRegister();
    enter(n);
    jump(own(3));
    place(own(0));
    const to = valueRegister(local);
    if (isConverted(INT, local.type)) convert(to, at, INT, local.type);
    else emit(OP_MOV, to, at, 0);
    finishRound(local, to);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  // The end may be the greatest int: nothing is counted beyond it.
  if (isWhole) jumpCompare(OP_JEQ, at, at + 1, own(2));
  emit(OP_IADDI, at, at, 1);
  place(own(3));
  atSource(startOf(n));
  jumpCompare(isWhole ? OP_JLE : OP_JLT, at, at + 1, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}

// Where a round's value goes first; a shared variable is another one in each round.
function valueRegister(local: LocalInfo): i32 {
  return local.isShared() ? allocateRegister() : local.register;
}

function finishRound(local: LocalInfo, value: i32): void {
  if (!local.isShared()) return;
  makeShared(local);
  storeShared(local, value);
  setTop(local.register + 1);
}

function loadElement(to: i32, array: i32, element: Type, type: Type): void {
  emit(loadOp(element), to, array, array + 1);
  if (isConverted(element, type)) convert(to, to, element, type);
  if (element == ANY_TYPE) convertAny(to, type);
}
