/** Array literals and `new T[n]`. */
import { K0410_CANNOT_INFER, K0416_ELEMENTS_DIFFER, K0422_ARRAY_NEEDS_VALUES } from '../diagnostics/codes.generated';
import { Node, aOf, bOf, nextOf, setType, typeOf } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { commonType, expectType } from './conversions';
import { WANT_ANY, frameWant, frameX, leaveWith, resume, setFrameX, visit } from './frames';
import { problem } from './problem';
import { resolveType } from './resolve';
import {
  ANY,
  ERROR,
  INT,
  NULL,
  VOID,
  Type,
  arrayOf,
  elementOf,
  isArray,
  isReference,
  nonNull,
  plain,
  startsNull,
  typeName,
} from './types';
import { rejectVoid } from './expressions';

export function stepNewArray(n: Node): void {
  const size = <Node>bOf(n);
  if (resume() == 0) {
    if (size != 0) return visit(size, INT);
  } else expectType(size, typeOf(size), INT);
  const element = resolveType(<Node>aOf(n));
  setType(<Node>aOf(n), element);
  if (isReference(element) && !startsNull(element) && element != ERROR)
    problem(K0422_ARRAY_NEEDS_VALUES, n, typeName(element));
  leaveWith(arrayOf(element));
}

export function stepArrayLiteral(n: Node): void {
  const phase = resume();
  const want = frameWant() > 0 ? nonNull(frameWant()) : ERROR;
  const element: Type = want != ERROR && isArray(want) ? elementOf(want) : ERROR;
  if (phase == 0 && aOf(n) == 0) {
    if (want == ANY) return leaveWith(arrayOf(ANY));
    if (element == ERROR && frameWant() != ERROR)
      problem(K0410_CANNOT_INFER, n, internLiteral('[]'), internLiteral('write int[] xs = [] or the like'));
    return leaveWith(element == ERROR ? ERROR : want);
  }
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>frameX());
  if (next != 0) {
    setFrameX(<i32>next);
    return visit(next, element == ERROR ? WANT_ANY : element);
  }
  leaveWith(element == ERROR ? arrayOf(inferElements(n)) : checkElements(n, want, element));
}

function checkElements(n: Node, whole: Type, element: Type): Type {
  for (let e = <Node>aOf(n); e != 0; e = nextOf(e)) expectType(e, typeOf(e), element);
  return whole;
}

function inferElements(n: Node): Type {
  let common = plain(typeOf(<Node>aOf(n)));
  if (rejectVoid(<Node>aOf(n))) return ERROR;
  for (let e = nextOf(<Node>aOf(n)); e != 0; e = nextOf(e)) {
    if (rejectVoid(e)) return ERROR;
    const joint = commonType(common, typeOf(e));
    if (joint == VOID && frameWant() == ANY) return ANY;
    if (joint == VOID) {
      problem(K0416_ELEMENTS_DIFFER, e, typeName(common), typeName(typeOf(e)));
      return ERROR;
    }
    common = joint;
  }
  if (common == NULL && frameWant() == ANY) return ANY;
  if (common == NULL) {
    problem(
      K0410_CANNOT_INFER,
      n,
      internLiteral('these nulls'),
      internLiteral('write String?[] xs = [null] or the like'),
    );
    return ERROR;
  }
  return common;
}
