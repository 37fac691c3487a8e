/** What `foreach` goes through: arrays, texts, ranges, iterators, and objects that give an iterator. */
import { K0409_NOT_ITERABLE, K0415_NO_NULL } from '../diagnostics/codes.generated';
import { internLiteral } from '../support/texts';
import { Node, setE, setF, setG, typeOf } from '../syntax/ast';
import { stringType } from './conversions';
import { isRange, isRangeType } from './range';
import { seenThrough, viewAs } from './generics';
import { classOfType, findMethod, libraryClasses } from './lookup';
import { ClassInfo, MethodInfo, classes } from './model';
import { problem } from './problem';
import { ANY, ERROR, INT, Type, argumentOf, elementOf, isArray, isNullable, typeName } from './types';

/** The library's class of that name; null if the script does not need it. */
export function libraryClass(name: string): ClassInfo | null {
  const id = libraryClasses.get(internLiteral(name));
  return id < 0 ? null : classes[id];
}

/** `type` as an Iterator of something; ERROR if it is none. */
function asIterator(type: Type): Type {
  const c = libraryClass('Iterator');
  return c === null || isNullable(type) ? ERROR : viewAs(type, c.id);
}

// A method of the class without parameters, of an object.
function plainMethod(type: Type, name: string): MethodInfo | null {
  const c = classOfType(type);
  const m = c ? findMethod(c, internLiteral(name)) : null;
  return m && m.params.length == 0 && !m.isStatic() ? m : null;
}

/** Type of the iterator that `m`, the `iterator()` of a value of type `over`, gives. */
export function iteratorType(m: MethodInfo, over: Type): Type {
  return seenThrough(m.result, over, m.owner);
}

/**
 * Type of what the FOREACH `n` gives its variable; reports what it cannot go through. Notes in the node the methods that are
 * called, as their ids + 1: e `iterator` or 0, f `hasNext`, g `next`; none for arrays and texts.
 */
export function elementType(n: Node, over: Node): Type {
  const type = typeOf(over);
  if (type == ERROR || type == ANY) return type;
  if (isRange(over) || isRangeType(type)) return INT;
  if (isArray(type)) return elementOf(type);
  if (type == stringType()) return type;
  if (isNullable(type)) {
    problem(K0415_NO_NULL, over, typeName(type));
    return ERROR;
  }
  let made = type;
  let view = asIterator(type);
  let gives: MethodInfo | null = null;
  if (view == ERROR) gives = plainMethod(type, 'iterator');
  if (gives) {
    made = iteratorType(gives, type);
    view = asIterator(made);
  }
  const hasNext = plainMethod(made, 'hasNext');
  const next = plainMethod(made, 'next');
  if (view == ERROR || !hasNext || !next) {
    problem(K0409_NOT_ITERABLE, over, typeName(type));
    return ERROR;
  }
  setE(n, gives ? gives.id + 1 : 0);
  setF(n, hasNext.id + 1);
  setG(n, next.id + 1);
  return argumentOf(view, 0);
}
