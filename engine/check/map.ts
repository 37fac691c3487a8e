/** Map literals, and `map[key]`. */
import { K0410_CANNOT_INFER, K0416_ELEMENTS_DIFFER } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import {
  CALL,
  MEMBER,
  Node,
  aOf,
  bOf,
  endOf,
  newNode,
  nextOf,
  setA,
  setB,
  setKind,
  setSymbol,
  startOf,
  typeOf,
} from '../syntax/ast';
import { continueCall } from './calls';
import { commonType, expectType } from './conversions';
import { rejectVoid } from './expressions';
import { WANT_ANY, frameWant, frameX, frameY, leaveWith, resume, setFrameX, setFrameY, visit } from './frames';
import { libraryClass } from './iterate';
import { ownMethod } from './lookup';
import { S_METHOD, symbol } from './model';
import { isAssigned } from './names';
import { problem } from './problem';
import { instance } from './resolve';
import { ERROR, NULL, Type, VOID, argumentOf, classIdOf, isInstance, nonNull, plain, typeName } from './types';

/** Is it the library's Map? */
export function isMap(type: Type): bool {
  const c = libraryClass('Map');
  return c !== null && isInstance(type) && classIdOf(type) == c.id;
}

/** Resumes a MAP_LITERAL. Frame: X the key or value last visited, Y how many. */
export function stepMapLiteral(n: Node): void {
  const phase = resume();
  const want = frameWant() > NULL ? nonNull(frameWant()) : ERROR;
  const known = isMap(want);
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>frameX());
  if (next != 0) {
    const type = known ? argumentOf(want, frameY() & 1) : WANT_ANY;
    setFrameX(<i32>next);
    setFrameY(frameY() + 1);
    return visit(next, type);
  }
  if (!known) return leaveWith(inferredMap(n));
  let which = 0;
  for (let e = <Node>aOf(n); e != 0; e = nextOf(e)) expectType(e, typeOf(e), argumentOf(want, which++ & 1));
  leaveWith(want);
}

function inferredMap(n: Node): Type {
  const c = libraryClass('Map');
  if (aOf(n) == 0) {
    if (frameWant() != ERROR)
      problem(K0410_CANNOT_INFER, n, internLiteral('{}'), internLiteral('write Map<String, int> m = {} or the like'));
    return ERROR;
  }
  const types = new IntVector(2);
  types.push(common(<Node>aOf(n)));
  types.push(common(nextOf(<Node>aOf(n))));
  if (!c || types.get(0) == ERROR || types.get(1) == ERROR) return ERROR;
  return instance(c, n, types);
}

// The common type of the nodes in every other place from `first` on.
function common(first: Node): Type {
  let type: Type = VOID;
  for (let e = first; e != 0; e = nextOf(e) == 0 ? 0 : nextOf(nextOf(e))) {
    if (rejectVoid(e)) return ERROR;
    if (type == VOID) type = plain(typeOf(e));
    const joint = commonType(type, typeOf(e));
    if (joint == VOID) {
      problem(K0416_ELEMENTS_DIFFER, e, typeName(type), typeName(typeOf(e)));
      return ERROR;
    }
    type = joint;
  }
  if (type != NULL) return type;
  const hint = internLiteral('write Map<String, String?> m = {…} or the like');
  problem(K0410_CANNOT_INFER, first, internLiteral('these nulls'), hint);
  return ERROR;
}

/** Goes on with the INDEX `n` in a phase behind its object, a Map: a read becomes a call of `at`, what is stored to keeps its form. */
export function stepMapIndex(n: Node, type: Type, phase: i32): void {
  const c = libraryClass('Map')!;
  const index = <Node>bOf(n);
  if (isAssigned(frameWant())) {
    if (phase == 1) return visit(index, argumentOf(type, 0));
    expectType(index, typeOf(index), argumentOf(type, 0));
    setSymbol(n, symbol(S_METHOD, ownMethod(c, internLiteral('set'))!.id));
    return leaveWith(argumentOf(type, 1));
  }
  const callee = newNode(MEMBER, startOf(<Node>aOf(n)), endOf(n));
  setA(callee, aOf(n));
  setB(callee, internLiteral('at'));
  setKind(n, CALL);
  setA(n, <i32>callee);
  continueCall(n);
}
