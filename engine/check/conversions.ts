/** Which types fit where. */
import { CLASS_OBJECT, CLASS_STRING } from '../bytecode/builtins.generated';
import {
  K0401_TYPE_MISMATCH,
  K0406_MAY_BE_NULL,
  K0411_VOID_VALUE,
  K0415_NO_NULL,
} from '../diagnostics/codes.generated';
import { BLOCK, INT_LITERAL, Node, kindOf, setType, typeOf, wrapInConvert } from '../syntax/ast';
import { internLiteral, Text } from '../support/texts';
import { viewAs } from './generics';
import { isSubclass } from './lookup';
import { C_INTERFACE, C_OPEN, MethodInfo, classes } from './model';
import { joined, problem } from './problem';
import { isGuessing } from './results';
import { findTranslator, translate } from './translators';
import {
  ANY,
  ERROR,
  FLOAT,
  INT,
  NULL,
  Type,
  VOID,
  boundOf,
  classIdOf,
  classType,
  definite,
  isArray,
  isFunc,
  elementOf,
  isClass,
  isInstance,
  isNullable,
  isNumber,
  isPrimitive,
  isVariable,
  mayBeNull,
  nonNull,
  nullable,
  plain,
  resultOf,
  typeName,
} from './types';

export function stringType(): Type {
  return classType(CLASS_STRING);
}

export function objectType(): Type {
  return classType(CLASS_OBJECT);
}

/** Is a value of type `from`, an int, made a float to go to a place of type `to`? */
export function widens(from: Type, to: Type): bool {
  return from == INT && nonNull(to) == FLOAT;
}

/** May a value of type `from` stand where `to` is expected, as it is or boxed? */
export function assignable(from: Type, to: Type): bool {
  if (from == to || from == ERROR || to == ERROR) return true;
  if (from == VOID || to == VOID) return false;
  if (to == ANY) return true;
  if (from == ANY) return isChecked(to);
  if (from == NULL) return isNullable(to);
  const target = nonNull(to);
  // The int in a box does not become a float.
  if (isNullable(from)) return isNullable(to) && !widens(nonNull(from), to) && assignable(nonNull(from), target);
  if (from == target || widens(from, to)) return true;
  if (isVariable(from)) return variableFits(from, to);
  if (isVariable(target)) return false;
  // Every array, function and tuple is an Object; what they consist of must be the same.
  const id = classIdOf(target);
  if (id == CLASS_OBJECT) return true;
  if (isArray(from) || isArray(target) || id < 0) return false;
  // An Int object can only be seen as Object or int? (boxing). Type arguments must be the same.
  return viewAs(from, id) == target;
}

// A value of a type variable fits where its bound does; one without a bound may be null.
function variableFits(from: Type, to: Type): bool {
  const target = nonNull(to);
  if (plain(from) == target) return true;
  const bound = boundOf(from);
  return bound != 0 ? assignable(bound, to) : isNullable(to) && target == objectType();
}

/** Can be seen when the script runs whether a value is of this type? What arrays and functions consist of cannot. */
export function isChecked(type: Type): bool {
  const t = nonNull(type);
  if (isPrimitive(t) || t == ANY) return true;
  if (!isArray(t)) return isClass(t) || isInstance(t);
  // The array itself knows the class of its elements, but no more of them.
  const element = nonNull(elementOf(t));
  return isPrimitive(element) || element == ANY || isClass(element);
}

/** Makes the value at `node`, of type Any, one of `type`: checked when it runs. Does nothing where it has another type. */
export function adapt(node: Node, type: Type): void {
  if (typeOf(node) != ANY || type == ANY || type <= NULL || kindOf(node) < INT_LITERAL || kindOf(node) >= BLOCK) return;
  wrapInConvert(node);
  setType(node, type);
}

/** Reports unless a value of type `found` at `node` fits into `expected`; an Any becomes that. */
export function expectType(node: Node, found: Type, expected: Type): bool {
  if (assignable(found, expected)) {
    if (found == ANY) adapt(node, expected);
    return true;
  }
  const translator: MethodInfo | null =
    kindOf(node) >= INT_LITERAL && kindOf(node) < BLOCK ? findTranslator(found, expected, true) : null;
  if (translator) {
    translate(node, node, translator);
    return true;
  }
  if (found == VOID) problem(K0411_VOID_VALUE, node, internLiteral('this'));
  else if (found == NULL) problem(K0415_NO_NULL, node, typeName(expected));
  else if (mayBeNull(found) && assignable(definite(found, objectType()), expected))
    problem(K0406_MAY_BE_NULL, node, typeName(nonNull(found)));
  else problem(K0401_TYPE_MISMATCH, node, typeName(expected), typeName(found), mismatchHint(found, expected));
  return false;
}

// The way out of the commonest mistakes.
function mismatchHint(found: Type, expected: Type): Text {
  if (expected == stringType() && isPrimitive(found)) return internLiteral('write "${value}" to make it text');
  if (expected == INT && found == FLOAT)
    return internLiteral('write (int)value, which cuts the fraction off, or Math.round(value)');
  if (expected == FLOAT && found == stringType()) return internLiteral('text.toFloat() reads a number');
  if (expected == INT && found == stringType()) return internLiteral('text.toInt() reads a number');
  const view = isInstance(expected) ? viewAs(nonNull(found), classIdOf(expected)) : ERROR;
  if (view != ERROR && view != expected)
    return joined(
      'type arguments must be the same: one could put into it what the other cannot hold (',
      typeName(view),
      ')',
    );
  if (isFunc(nonNull(found)) && !isFunc(nonNull(expected)) && assignable(resultOf(nonNull(found)), expected))
    return internLiteral('it is a function: call it with ( )');
  if (found == ANY) return internLiteral('what it holds cannot be seen when the script runs: take out one at a time');
  if (castable(found, expected)) return joined('cast it if you know better: (', typeName(expected), ')value');
  return 0;
}

/** May an explicit cast turn `from` into `to`? It may still fail when it runs. */
export function castable(from: Type, to: Type): bool {
  if (assignable(from, to)) return true;
  let f = nonNull(from);
  const t = nonNull(to);
  if (f == NULL || f == VOID || t == VOID || f == ANY) return false;
  if (f == t) return true;
  // What an array's elements are, what a function takes and what a variable stands for cannot be seen when the script runs.
  if (isArray(t) || isFunc(t) || isVariable(t)) return f == plain(t);
  if (isVariable(f)) f = boundOf(f) != 0 ? nonNull(boundOf(f)) : objectType();
  if (isVariable(f) || assignable(t, f)) return true;
  if (mayMeet(classIdOf(f), classIdOf(t))) return true;
  const text = stringType();
  return (t == text && isPrimitive(f)) || (isNumber(t) && f == text) || (isNumber(to) && isNumber(from));
}

/** May one object be of both: is one of them an interface that a class below the other might implement? */
function mayMeet(a: i32, b: i32): bool {
  if (a < 0 || b < 0) return false;
  const both = classes[a].flags | classes[b].flags;
  return (both & C_INTERFACE) != 0 && (classes[a].flags & classes[b].flags & C_OPEN) != 0;
}

/** May values of these types be equal, so that == makes sense? */
export function comparable(a: Type, b: Type): bool {
  if (a == ERROR || b == ERROR) return true;
  if (a == VOID || b == VOID) return false;
  if (a == ANY || b == ANY) return true;
  if (a == NULL) return mayBeNull(b);
  if (b == NULL) return mayBeNull(a);
  const x = plain(nonNull(a));
  const y = plain(nonNull(b));
  if (isVariable(x) || isVariable(y)) return x == y || assignable(x, nullable(y)) || assignable(y, nullable(x));
  if (isPrimitive(x) || isPrimitive(y)) {
    // A float? is tested for null first: as a box it would be compared by its bits.
    if (x == y && (x != FLOAT || (!isNullable(a) && !isNullable(b)))) return true;
    return isNumber(a) && isNumber(b);
  }
  return assignable(x, y) || assignable(y, x) || mayMeet(classIdOf(x), classIdOf(y));
}

/** The narrowest type both fit into; VOID if there is none. */
export function commonType(a: Type, b: Type): Type {
  // While results are guessed, what is not known yet leaves it to the other.
  if (isGuessing && (a == ERROR || b == ERROR)) return a == ERROR ? b : a;
  if (a != VOID && b != VOID && a != ERROR && b != ERROR && (a == ANY || b == ANY)) return ANY;
  if (assignable(a, b)) return a == ERROR ? a : b;
  if (assignable(b, a)) return a;
  const x = nonNull(a);
  const y = nonNull(b);
  if (x == VOID || y == VOID) return VOID;
  const wide = a != x || b != y || a == NULL || b == NULL;
  if (a == NULL) return nullable(b);
  if (b == NULL) return nullable(a);
  if (x == y) return wide ? nullable(x) : x;
  if (isPrimitive(x) || isPrimitive(y) || isArray(x) || isArray(y)) return VOID;
  let id = classIdOf(x);
  while (id > CLASS_OBJECT && (viewAs(y, id) == ERROR || viewAs(y, id) != viewAs(x, id))) id = superId(id);
  if (id == CLASS_OBJECT) id = commonInterface(classIdOf(x), classIdOf(y));
  if (id < 0 || id == CLASS_OBJECT) return VOID;
  const common = viewAs(x, id);
  if (common != viewAs(y, id)) return VOID;
  return wide ? nullable(common) : common;
}

// The one interface that both have, if no other that both have lies below or beside it; else -1.
function commonInterface(a: i32, b: i32): i32 {
  let found = -1;
  for (let i = -1; i < classes[a].interfaces.length; i++) {
    const id = i < 0 ? a : classes[a].interfaces[i];
    if (!(classes[id].flags & C_INTERFACE) || !isSubclass(b, id)) continue;
    if (found < 0 || isSubclass(id, found)) found = id;
    else if (!isSubclass(found, id)) return -1;
  }
  return found;
}

function superId(id: i32): i32 {
  return classes[id].superId;
}
