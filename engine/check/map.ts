/** Map literals. */
import { K0410_CANNOT_INFER, K0416_ELEMENTS_DIFFER } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { Node, aOf, nextOf, typeOf } from '../syntax/ast';
import { commonType, expectType } from './conversions';
import { rejectVoid } from './expressions';
import { WANT_ANY, frameWant, frameX, frameY, leaveWith, resume, setFrameX, setFrameY, visit } from './frames';
import { libraryClass } from './iterate';
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
