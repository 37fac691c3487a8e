/** Ranges: where they are gone through at once, and as values of the library's class Range. */
import { K0211_BAD_ASSIGNMENT_TARGET, K0401_TYPE_MISMATCH, K0402_BAD_OPERANDS } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import {
  BINARY,
  B_IN,
  B_TO,
  B_UNTIL,
  CALL,
  MEMBER,
  NAME,
  NEW,
  Node,
  T_NAME,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  opOf,
  setA,
  setB,
  setKind,
  setNext,
  setOp,
  setSymbol,
  setType,
  startOf,
  typeOf,
} from '../syntax/ast';
import { expectType, stringType } from './conversions';
import { operatorText } from './operators';
import { receiverType } from './members';
import { rejectVoid } from './expressions';
import { WANT_RANGE, frameWant, leaveWith } from './frames';
import { parameterOf } from './generics';
import { libraryClass } from './iterate';
import { classOfType, findMethod, ownMethod } from './lookup';
import { isAssigned } from './names';
import { MethodInfo, S_CLASS, S_METHOD, symbol } from './model';
import { problem } from './problem';
import { ANY, BOOLEAN, ERROR, INT, Type, classType, elementOf, isArray, nonNull, typeName } from './types';

/** Is it `a to b` or `a until b`? */
export function isRange(n: Node): bool {
  return kindOf(n) == BINARY && (opOf(n) == B_TO || opOf(n) == B_UNTIL);
}

/** Is it the library's class Range? */
export function isRangeType(type: Type): bool {
  const c = libraryClass('Range');
  return c !== null && type == classType(c.id);
}

/** Ends the frame of `a to b`, both of which are checked: two ints. Where it is gone through at once its type is int. */
export function finishRange(n: Node): void {
  const left = <Node>aOf(n);
  const right = <Node>bOf(n);
  let fits = expectType(left, typeOf(left), INT);
  if (right != 0) fits = expectType(right, typeOf(right), INT) && fits;
  if (frameWant() == WANT_RANGE) return leaveWith(INT);
  const c = libraryClass('Range');
  if (!c && fits) problem(K0401_TYPE_MISMATCH, n, internLiteral('one value'), internLiteral('a range'));
  if (!c || !fits) return leaveWith(ERROR);
  // As a value it is `new Range(a, b)` or `Range.until(a, b)`.
  const named = newNode(opOf(n) == B_TO ? T_NAME : NAME, startOf(n), endOf(n));
  setA(named, c.name);
  setNext(left, right);
  setB(n, <i32>left);
  if (opOf(n) == B_TO) {
    setType(named, classType(c.id));
    setKind(n, NEW);
    setA(n, <i32>named);
  } else {
    const m = ownMethod(c, internLiteral('until'));
    if (!m) return leaveWith(ERROR);
    const callee = newNode(MEMBER, startOf(n), endOf(n));
    setSymbol(named, symbol(S_CLASS, c.id));
    setA(callee, <i32>named);
    setB(callee, m.name);
    setKind(n, CALL);
    setA(n, <i32>callee);
    setSymbol(n, symbol(S_METHOD, m.id));
  }
  setOp(n, 0);
  leaveWith(classType(c.id));
}

/** Ends the frame of `xs[r]` and `s[r]` with a Range `r`: a part, as `xs[a to b]` is one. */
export function finishPart(n: Node, type: Type): void {
  const c = libraryClass('Range')!;
  const m = ownMethod(c, internLiteral(isArray(type) ? 'rangePart' : 'rangeText'));
  if (isAssigned(frameWant()) || !m) {
    problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    return leaveWith(type);
  }
  const named = newNode(NAME, startOf(n), endOf(n));
  setA(named, c.name);
  setSymbol(named, symbol(S_CLASS, c.id));
  const callee = newNode(MEMBER, startOf(n), endOf(n));
  setA(callee, <i32>named);
  setB(callee, m.name);
  setNext(<Node>aOf(n), <Node>bOf(n));
  setB(n, aOf(n));
  setA(n, <i32>callee);
  setKind(n, CALL);
  setSymbol(n, symbol(S_METHOD, m.id));
  leaveWith(type);
}

/** Ends the frame of `x in? xs`: an element of an array, a text within a text, an int of a range, or what `contains` or `has` of the object says. */
export function finishIn(n: Node, left: Node, right: Node): void {
  leaveWith(BOOLEAN);
  if (rejectVoid(left) || rejectVoid(right)) return;
  if (isRange(right)) {
    expectType(left, typeOf(left), INT);
    return;
  }
  const type = receiverType(right);
  if (type == ERROR || type == ANY) return;
  if (isArray(type)) {
    expectType(left, typeOf(left), elementOf(type));
    return;
  }
  if (type == stringType()) {
    expectType(left, typeOf(left), type);
    return;
  }
  const m = membership(type);
  if (m) {
    setSymbol(n, symbol(S_METHOD, m.id));
    expectType(left, typeOf(left), parameterOf(m, 0, type));
  } else if (typeOf(left) != ERROR)
    problem(K0402_BAD_OPERANDS, n, operatorText(B_IN), typeName(typeOf(left)), typeName(type));
}

// `boolean contains(T x)`, or `has`, of the class.
function membership(type: Type): MethodInfo | null {
  const c = classOfType(nonNull(type));
  if (!c) return null;
  let m = findMethod(c, internLiteral('contains'));
  if (!m) m = findMethod(c, internLiteral('has'));
  return m && m.params.length == 1 && m.result == BOOLEAN && !m.isStatic() && m.variables.length == 0 ? m : null;
}
