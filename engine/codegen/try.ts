/** try / catch / finally: ranges for the exception table, the finally block once. */
import { locals, symbolIndex } from '../check/model';
import { classIdOf } from '../check/types';
import { Node, aOf, bOf, cOf, nextOf, startOf, symbolOf, typeOf } from '../syntax/ast';
import { addHandler, allocateRegister, atSource, here, jump, newLabel, place } from './emitter';
import { beginFinally, endFinally, enterFinally, finallyException, jumpToFinally } from './exits';
import { share } from './variables';
import { EFFECT, endStatement, generate, own, setOwn } from './frames';

// Own: 0 start of the try block, 1 its end, 2 label behind, 3 the CATCH generated last, 4 stage: 0 block, 1 catches, 2 finally.
/** Resumes a TRY. */
export function stepTry(n: Node, phase: i32): void {
  const hasFinally = cOf(n) != 0;
  if (phase == 0) {
    setOwn(2, newLabel());
    if (hasFinally) enterFinally();
    setOwn(0, here());
    return generate(<Node>aOf(n), EFFECT, 0, 0);
  }
  if (own(4) == 2) {
    endFinally();
    return endStatement();
  }
  if (own(4) == 0) {
    setOwn(1, here());
    setOwn(4, 1);
    goOn(hasFinally);
    return nextCatch(n, <Node>bOf(n), hasFinally);
  }
  goOn(hasFinally);
  nextCatch(n, nextOf(<Node>own(3)), hasFinally);
}

// The end of the block or of a catch: behind the statement, through finally.
function goOn(hasFinally: bool): void {
  if (hasFinally) jumpToFinally(0);
  else jump(own(2));
}

function nextCatch(n: Node, c: Node, hasFinally: bool): void {
  if (c == 0) return finish(n, hasFinally);
  setOwn(3, <i32>c);
  const local = locals[symbolIndex(symbolOf(c))];
  local.register = allocateRegister();
  addHandler(own(0), own(1), here(), classIdOf(typeOf(<Node>aOf(c))), local.register);
  share(local);
  generate(<Node>cOf(c), EFFECT, 0, 0);
}

function finish(n: Node, hasFinally: bool): void {
  if (!hasFinally) {
    place(own(2));
    return endStatement();
  }
  addHandler(own(0), here(), here(), -1, finallyException());
  jumpToFinally(1);
  setOwn(4, 2);
  beginFinally();
  atSource(startOf(<Node>cOf(n)));
  generate(<Node>cOf(n), EFFECT, 0, 0);
}
