/** `try`: what is known in a catch is what held before, less what the block may have assigned. */
import { Node, aOf, bOf, cOf, nextOf, setSymbol, setType } from '../syntax/ast';
import { isAlive, setAlive } from './context';
import { savedStates } from './expressions';
import { frameX, frameY, leave, resume, setFrameX, setFrameY } from './frames';
import { S_LOCAL, symbol } from './model';
import { resolveType } from './resolve';
import { declareLocal, enterScope, forgetAssigned, leaveScope, mergeKnown, restoreKnown, saveKnown } from './scope';
import { expectException, visitStatement } from './statements';

// Frame: X the CATCH being checked; Y: 1 an end was reached alive (its state is saved on top), 2 in finally with such an end, 4 in finally without.
export function stepTry(n: Node): void {
  const phase = resume();
  if (phase == 0) {
    savedStates.push(saveKnown());
    return visitStatement(<Node>aOf(n));
  }
  if (frameY() >= 2) return leaveFinally(n);
  if (phase == 1) {
    if (isAlive()) endBranch();
    return nextCatch(n, <Node>bOf(n));
  }
  if (isAlive()) endBranch();
  leaveScope();
  nextCatch(n, nextOf(<Node>frameX()));
}

// Merges what is known here into the state of the ends reached so far.
function endBranch(): void {
  const now = saveKnown();
  if (frameY() == 1) mergeKnown(savedStates[savedStates.length - 1], now);
  else {
    savedStates.push(now);
    setFrameY(1);
  }
}

function headState(): i32 {
  return savedStates.length - (frameY() == 1 ? 2 : 1);
}

function nextCatch(n: Node, c: Node): void {
  if (c == 0) return enterFinally(n);
  setFrameX(<i32>c);
  const head = savedStates[headState()];
  restoreKnown(head);
  const now = saveKnown();
  forgetAssigned(now, <Node>aOf(n), false);
  restoreKnown(now);
  setAlive(true);
  enterScope();
  const type = resolveType(<Node>aOf(c));
  setType(<Node>aOf(c), type);
  expectException(<Node>aOf(c), type);
  const local = declareLocal(bOf(c), type, c, true);
  local.used = true;
  setSymbol(c, symbol(S_LOCAL, local.id));
  visitStatement(<Node>cOf(c));
}

function enterFinally(n: Node): void {
  const ended = frameY() == 1;
  if (cOf(n) == 0) {
    if (ended) restoreKnown(savedStates.pop());
    savedStates.pop();
    setAlive(ended);
    return leave();
  }
  const head = savedStates[headState()];
  forgetAssigned(head, <Node>aOf(n), false);
  forgetAssigned(head, <Node>bOf(n), true);
  restoreKnown(head);
  setAlive(true);
  setFrameY(ended ? 2 : 4);
  visitStatement(<Node>cOf(n));
}

function leaveFinally(n: Node): void {
  const ended = frameY() == 2;
  if (ended) {
    const state = savedStates.pop();
    forgetAssigned(state, <Node>cOf(n), false);
    restoreKnown(state);
  }
  savedStates.pop();
  setAlive(isAlive() && ended);
  leave();
}
