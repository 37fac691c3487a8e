/** `switch`: constants of one type, fall-through from case to case. */
import { K0401_TYPE_MISMATCH, K0418_CASE_NOT_CONSTANT, K0419_DUPLICATE_CASE } from '../diagnostics/codes.generated';
import { INT_LITERAL, Node, aOf, bOf, kindOf, nextOf, setA, setType, typeOf } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { literalFor } from './constants';
import { isAlive, popExit, pushExit, setAlive, takeLabel } from './context';
import { stringType } from './conversions';
import { lineText } from './declare';
import { savedStates } from './expressions';
import { literalValue } from './annotations';
import { WANT_ANY, frameX, frameY, leave, resume, setFrameX, setFrameY, visit } from './frames';
import { problem } from './problem';
import { enterScope, leaveScope, mergeKnown, restoreKnown, saveKnown } from './scope';
import { visitStatement } from './statements';
import { ANY, BOOLEAN, ERROR, INT, typeName } from './types';

/** Frame: X the CASE being checked, Y its statement last visited (0: its constant was). */
export function stepSwitch(n: Node): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectSwitchable(<Node>aOf(n));
    pushExit(n, takeLabel(), false);
    enterScope();
    savedStates.push(saveKnown());
    setAlive(false);
    return nextCase(n, <Node>bOf(n));
  }
  const current = <Node>frameX();
  const last = <Node>frameY();
  if (last == 0) {
    checkConstant(n, current);
    return beginBody(n, current);
  }
  nextStatement(n, current, nextOf(last));
}

function expectSwitchable(value: Node): void {
  const type = typeOf(value);
  if (type != INT && type != BOOLEAN && type != ERROR && type != stringType() && type != ANY) {
    problem(K0401_TYPE_MISMATCH, value, internLiteral('int, boolean or String'), typeName(type));
    setType(value, ERROR);
  }
}

function nextCase(n: Node, c: Node): void {
  if (c == 0) return endSwitch(n);
  setFrameX(<i32>c);
  setFrameY(0);
  if (aOf(c) != 0) return visit(<Node>aOf(c), typeOf(<Node>aOf(n)));
  beginBody(n, c);
}

// A case is reached from the head, and from the case before unless that ends in a jump.
function beginBody(n: Node, c: Node): void {
  const head = savedStates[savedStates.length - 1];
  if (isAlive()) {
    const merged = saveKnown();
    mergeKnown(merged, head);
    restoreKnown(merged);
  } else restoreKnown(head);
  setAlive(true);
  nextStatement(n, c, <Node>bOf(c));
}

function nextStatement(n: Node, c: Node, statement: Node): void {
  if (statement == 0) return nextCase(n, nextOf(c));
  setFrameY(<i32>statement);
  visitStatement(statement);
}

function checkConstant(n: Node, c: Node): void {
  const constant = <Node>aOf(c);
  const type = typeOf(<Node>aOf(n));
  const found = typeOf(constant);
  const literal = literalFor(constant);
  if (literal == 0) {
    // A name without a meaning was reported.
    if (found != ERROR) problem(K0418_CASE_NOT_CONSTANT, constant);
    return;
  }
  if (found != type && type != ERROR && type != ANY)
    return problem(K0401_TYPE_MISMATCH, constant, typeName(type), typeName(found));
  for (let other = <Node>bOf(n); other != c; other = nextOf(other)) {
    if (aOf(other) != 0 && sameConstant(<Node>aOf(other), literal))
      return problem(K0419_DUPLICATE_CASE, constant, lineText(other));
  }
  // From here on it is what it comes to.
  setA(c, <i32>literal);
}

function sameConstant(a: Node, b: Node): bool {
  const kind = kindOf(a);
  if (kind != kindOf(b)) return false;
  return kind == INT_LITERAL ? literalValue(a) == literalValue(b) : aOf(a) == aOf(b);
}

function endSwitch(n: Node): void {
  let other: Node = 0;
  for (let c = <Node>bOf(n); c != 0; c = nextOf(c)) {
    if (aOf(c) != 0) continue;
    if (other != 0) problem(K0419_DUPLICATE_CASE, c, lineText(other));
    other = c;
  }
  const hasDefault = other != 0;
  const head = savedStates.pop();
  const e = popExit();
  const fallsOut = isAlive();
  const breakState = e.breakState;
  let end = fallsOut ? saveKnown() : head;
  let any = fallsOut;
  if (breakState) {
    if (any) mergeKnown(end, breakState);
    else end = breakState;
    any = true;
  }
  if (!hasDefault) {
    if (any) mergeKnown(end, head);
    else end = head;
    any = true;
  }
  if (any) restoreKnown(end);
  setAlive(any);
  leaveScope();
  leave();
}
