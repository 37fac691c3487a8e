/** Loops, and what leaves them. */
import { K0309_UNKNOWN_LABEL, K0604_BREAK_OUTSIDE } from '../diagnostics/codes.generated';
import {
  BLOCK,
  BOOLEAN_LITERAL,
  EXPRESSION,
  SEQUENCE,
  T_VAR,
  VARIABLE,
  Node,
  aOf,
  bOf,
  cOf,
  dOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  setA,
  setB,
  setD,
  setSymbol,
  setType,
  startOf,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { findExit, isAlive, noteBreak, popExit, pushExit, setAlive, takeLabel } from './context';
import { expectType } from './conversions';
import { expectCondition } from './operators';
import { savedStates } from './expressions';
import { isRange } from './range';
import {
  WANT_ANY,
  WANT_NOTHING,
  frameX,
  frameY,
  leave,
  resume,
  setFrameX,
  setFrameY,
  visit,
  WANT_RANGE,
} from './frames';
import { S_LOCAL, symbol } from './model';
import { elementType } from './iterate';
import { assume } from './narrow';
import { problem } from './problem';
import { resolveType } from './resolve';
import { declareLocal, enterScope, forgetNow, leaveScope, mergeKnown, restoreKnown, saveKnown } from './scope';
import { ERROR } from './types';
import { visitStatement } from './statements';

// A branch that declares a variable without being a block becomes one: the variable is not known behind it.
export function branch(n: Node): i32 {
  if (n == 0 || (kindOf(n) != VARIABLE && kindOf(n) != EXPRESSION && kindOf(n) != SEQUENCE)) return <i32>n;
  const block = newNode(BLOCK, startOf(n), endOf(n));
  setA(block, <i32>n);
  return <i32>block;
}

function isTrue(n: Node): bool {
  return n == 0 || (kindOf(n) == BOOLEAN_LITERAL && aOf(n) == 1);
}

/** Ends a loop: what is known after it is `exit` (not met if null) merged with all breaks. */
function endLoop(exit: bool): void {
  const e = popExit();
  const breakState = e.breakState;
  if (exit && breakState) {
    mergeKnown(breakState, saveKnown());
    restoreKnown(breakState);
  } else if (breakState) restoreKnown(breakState);
  setAlive(exit || e.hasBreak);
}

export function stepWhile(n: Node): void {
  const phase = resume();
  const condition = <Node>aOf(n);
  if (phase == 0) {
    forgetNow(n, false);
    pushExit(n, takeLabel(), true);
    return visit(condition, WANT_ANY);
  }
  if (phase == 1) {
    expectCondition(condition);
    savedStates.push(saveKnown());
    assume(condition, true);
    setB(n, branch(<Node>bOf(n)));
    return visitStatement(<Node>bOf(n));
  }
  restoreKnown(savedStates.pop());
  assume(condition, false);
  endLoop(!isTrue(condition));
  leave();
}

export function stepDo(n: Node): void {
  const phase = resume();
  const condition = <Node>bOf(n);
  if (phase == 0) {
    forgetNow(n, false);
    savedStates.push(saveKnown());
    pushExit(n, takeLabel(), true);
    setA(n, branch(<Node>aOf(n)));
    return visitStatement(<Node>aOf(n));
  }
  if (phase == 1) {
    // A continue comes here with what was known at its own point: only what held at the start is sure.
    const start = savedStates.pop();
    if (hasContinue(n)) {
      mergeKnown(start, saveKnown());
      restoreKnown(start);
      setAlive(true);
    }
    setFrameY(isAlive() ? 1 : 0);
    setAlive(true);
    return visit(condition, WANT_ANY);
  }
  expectCondition(condition);
  assume(condition, false);
  endLoop(frameY() == 1 && !isTrue(condition));
  leave();
}

// Marked by the continue statement itself.
function hasContinue(n: Node): bool {
  return typeOf(n) != 0;
}

// Frame: X the list element last visited; Y the stage: 0 init statements, 1 condition, 2 body, 3 updates.
export function stepFor(n: Node): void {
  if (resume() == 0) enterScope();
  const stage = frameY();
  const previous = <Node>frameX();
  if (stage == 0) {
    const next = previous == 0 ? <Node>aOf(n) : nextOf(previous);
    if (next != 0) {
      setFrameX(<i32>next);
      return visitStatement(next);
    }
    return enterForHead(n);
  }
  if (stage == 1) {
    expectCondition(<Node>bOf(n));
    return enterForBody(n);
  }
  if (stage == 2) setAlive(true);
  const next = stage == 2 ? <Node>cOf(n) : nextOf(previous);
  if (next != 0) {
    setFrameY(3);
    setFrameX(<i32>next);
    return visit(next, WANT_NOTHING);
  }
  restoreKnown(savedStates.pop());
  if (bOf(n) != 0) assume(<Node>bOf(n), false);
  endLoop(!isTrue(<Node>bOf(n)));
  leaveScope();
  leave();
}

function enterForHead(n: Node): void {
  forgetNow(<Node>bOf(n), false);
  forgetNow(<Node>cOf(n), true);
  forgetNow(<Node>dOf(n), false);
  pushExit(n, takeLabel(), true);
  if (bOf(n) == 0) return enterForBody(n);
  setFrameY(1);
  visit(<Node>bOf(n), WANT_ANY);
}

function enterForBody(n: Node): void {
  savedStates.push(saveKnown());
  if (bOf(n) != 0) assume(<Node>bOf(n), true);
  setFrameY(2);
  setD(n, branch(<Node>dOf(n)));
  visitStatement(<Node>dOf(n));
}

export function stepForeach(n: Node): void {
  const phase = resume();
  const over = <Node>cOf(n);
  if (phase == 0) return visit(over, isRange(over) ? WANT_RANGE : WANT_ANY);
  if (phase == 1) {
    enterScope();
    const element = elementType(n, over);
    let type = element;
    if (kindOf(<Node>aOf(n)) != T_VAR) {
      type = resolveType(<Node>aOf(n));
      if (element != ERROR) expectType(<Node>aOf(n), element, type);
    }
    const local = declareLocal(bOf(n), type, n, true);
    local.used = true;
    setSymbol(n, symbol(S_LOCAL, local.id));
    setType(<Node>aOf(n), element);
    forgetNow(<Node>dOf(n), false);
    pushExit(n, takeLabel(), true);
    savedStates.push(saveKnown());
    setD(n, branch(<Node>dOf(n)));
    return visitStatement(<Node>dOf(n));
  }
  restoreKnown(savedStates.pop());
  endLoop(true);
  leaveScope();
  leave();
}

export function stepBreak(n: Node, isBreak: bool): void {
  resume();
  const label = aOf(n);
  const e = findExit(label, !isBreak);
  if (!e) {
    if (label != 0) problem(K0309_UNKNOWN_LABEL, n, label);
    else problem(K0604_BREAK_OUTSIDE, n, internLiteral(isBreak ? 'break' : 'continue'));
  } else {
    setSymbol(n, <i32>e.node);
    if (isBreak) noteBreak(e);
    // A loop that was continued keeps a mark for `do`, whose condition can then be reached from here.
    else setType(e.node, 1);
  }
  setAlive(false);
  leave();
}
