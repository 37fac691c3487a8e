/** `foreach` over iterators, and over objects that give one. */
import { OP_GETI, OP_JT, OP_MOV } from '../bytecode/opcodes.generated';
import { iteratorType } from '../check/iterate';
import { classOfType, findField } from '../check/lookup';
import { MethodInfo, locals, methods, symbolIndex } from '../check/model';
import { Type, nonNull } from '../check/types';
import { internLiteral } from '../support/texts';
import { Node, aOf, dOf, eOf, fOf, gOf, startOf, symbolOf, typeOf } from '../syntax/ast';
import { convert, isConverted } from './boxes';
import { emitCall, isVirtual } from './calls';
import { allocateRegister, atSource, emit, jump, jumpWide, place, setTop, topRegister } from './emitter';
import { open } from './erased';
import { leaveLoop } from './exits';
import { AS_IT_IS, EFFECT, VALUE, endStatement, generate, own, setOwn } from './frames';
import { enter } from './statements';
import { makeShared, storeShared } from './variables';

/** R[at] and the register behind it := first and last int of the Range in R[at]. */
export function openRange(at: i32, type: Type): void {
  const c = classOfType(type)!;
  emit(OP_GETI, at + 1, at, findField(c, internLiteral('end'))!.slot);
  emit(OP_GETI, at, at, findField(c, internLiteral('begin'))!.slot);
}

// A call without arguments on the object in R[object], of this type; its result, in the representation of `result`, is in the register returned.
function callOn(m: MethodInfo, object: i32, type: Type, result: Type): i32 {
  const window = topRegister();
  setTop(window + 3);
  emit(OP_MOV, window + 2, object, 0);
  emitCall(m, window, isVirtual(m, classOfType(nonNull(type))));
  open(window, m.result, result);
  return window;
}

// Own: as in loops; 4 register of the iterator.
/** Resumes a FOREACH that the checker has given methods to call. */
export function stepIterate(n: Node, over: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(over, VALUE, own(4), AS_IT_IS);
  }
  const iterator = own(4);
  const type = typeOf(over);
  const gives: MethodInfo | null = eOf(n) == 0 ? null : methods[eOf(n) - 1];
  const made = gives ? iteratorType(gives, type) : type;
  if (phase == 1) {
    setTop(iterator + 1);
    atSource(startOf(n));
    if (gives) {
      emit(OP_MOV, iterator, callOn(gives, iterator, type, made), 0);
      setTop(iterator + 1);
    }
    const local = locals[symbolIndex(symbolOf(n))];
    local.register = allocateRegister();
    enter(n);
    jump(own(1));
    place(own(0));
    const element = typeOf(<Node>aOf(n));
    const value = callOn(methods[gOf(n) - 1], iterator, made, element);
    if (isConverted(element, local.type)) convert(value, value, element, local.type);
    if (local.isShared()) {
      makeShared(local);
      storeShared(local, value);
    } else emit(OP_MOV, local.register, value, 0);
    setTop(local.register + 1);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  atSource(startOf(n));
  const more = callOn(methods[fOf(n) - 1], iterator, made, typeOf(n));
  jumpWide(OP_JT, more, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}
