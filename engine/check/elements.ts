/** `x[i]` of a Map, and of every object that has `get(i)`: elements are what methods say. */
import { K0211_BAD_ASSIGNMENT_TARGET } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import {
  CALL,
  MEMBER,
  Node,
  aOf,
  bOf,
  endOf,
  newNode,
  setA,
  setB,
  setKind,
  setSymbol,
  startOf,
  typeOf,
} from '../syntax/ast';
import { useMethod } from './access';
import { continueCall } from './calls';
import { expectType, stringType } from './conversions';
import { WANT_UPDATE, frameWant, leaveWith, visit } from './frames';
import { parameterOf } from './generics';
import { classOfType, findMethod } from './lookup';
import { isMap } from './map';
import { MethodInfo, S_METHOD, symbol } from './model';
import { isAssigned } from './names';
import { problem } from './problem';
import { isTupleType } from './tuple';
import { ANY, ERROR, Type, VOID, isArray, isClass, isInstance } from './types';

function instanceMethod(type: Type, name: string, params: i32): MethodInfo | null {
  const c = classOfType(type);
  const m = c ? findMethod(c, internLiteral(name)) : null;
  return m && m.params.length == params && !m.isStatic() && m.variables.length == 0 ? m : null;
}

/** The method that gives an element of an object of this type: `at` of a Map, else `get`; null: it has no elements. */
export function elementGetter(type: Type): MethodInfo | null {
  const m = instanceMethod(type, isMap(type) ? 'at' : 'get', 1);
  return m && m.result != VOID ? m : null;
}

/** The one that sets it. */
export function elementSetter(type: Type): MethodInfo | null {
  return instanceMethod(type, 'set', 2);
}

/** Are there methods for elements of objects of this type (never null)? Arrays, texts and tuples need none. */
export function hasElements(type: Type): bool {
  if (type <= ERROR || type == ANY || isArray(type) || type == stringType() || isTupleType(type)) return false;
  return (isClass(type) || isInstance(type)) && elementGetter(type) !== null;
}

/** Goes on with the INDEX `n` in a phase behind its object: a read becomes a call of its getter, what is stored to keeps its form. */
export function stepElement(n: Node, type: Type, phase: i32): void {
  const index = <Node>bOf(n);
  const getter = elementGetter(type)!;
  if (isAssigned(frameWant())) {
    const setter = elementSetter(type);
    if (phase == 1) return visit(index, parameterOf(setter ? setter : getter, 0, type));
    if (!setter) {
      problem(K0211_BAD_ASSIGNMENT_TARGET, n);
      return leaveWith(ERROR);
    }
    expectType(index, typeOf(index), parameterOf(setter, 0, type));
    useMethod(n, setter);
    if (frameWant() == WANT_UPDATE) useMethod(n, getter);
    setSymbol(n, symbol(S_METHOD, setter.id));
    return leaveWith(parameterOf(setter, 1, type));
  }
  const callee = newNode(MEMBER, startOf(<Node>aOf(n)), endOf(n));
  setA(callee, aOf(n));
  setB(callee, getter.name);
  setKind(n, CALL);
  setA(n, <i32>callee);
  continueCall(n);
}
