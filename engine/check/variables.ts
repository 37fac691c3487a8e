/** Declarations of variables. */
import {
  K0306_ALREADY_DEFINED,
  K0410_CANNOT_INFER,
  K0411_VOID_VALUE,
  K0310_USED_BEFORE_ASSIGNED,
} from '../diagnostics/codes.generated';
import {
  FIELD_NAME,
  INDEX,
  MEMBER,
  NAME,
  THIS,
  LAMBDA,
  T_VAR,
  VARIABLE,
  V_HIDDEN,
  Node,
  aOf,
  bOf,
  cOf,
  dOf,
  kindOf,
  opOf,
  symbolOf,
  setSymbol,
  setType,
  typeOf,
} from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { currentClass, currentMethod } from './context';
import { constantOf } from './constants';
import { expectType, objectType } from './conversions';
import { lineText } from './declare';
import { WANT_ANY, leave, resume, visit } from './frames';
import { elementSetter, hasElements } from './elements';
import { parameterOf, seenThrough } from './generics';
import { classOfType, findField, findGlobal, globalsByName } from './lookup';
import { namesClass } from './members';
import { accessor } from './names';
import {
  ClassInfo,
  GlobalInfo,
  LocalInfo,
  MethodInfo,
  S_GLOBAL,
  S_LOCAL,
  firstGlobal,
  isOpenWorld,
  classes,
  globals,
  locals,
  symbol,
  symbolIndex,
  symbolKind,
} from './model';
import { problem } from './problem';
import { resolveType } from './resolve';
import { declareLocal, findLocal, know, isConstantName, isFinal, scopeDepth } from './scope';
import {
  ERROR,
  NULL,
  VOID,
  Type,
  definite,
  elementOf,
  isArray,
  isFunc,
  isNullable,
  isPrimitive,
  mayBeNull,
  nonNull,
  plain,
  startsNull,
} from './types';

export function stepVariable(n: Node): void {
  const value = <Node>cOf(n);
  const inferred = kindOf(<Node>aOf(n)) == T_VAR;
  if (resume() == 0) {
    const type = inferred ? ERROR : resolveType(<Node>aOf(n));
    setType(<Node>aOf(n), type);
    if (value != 0 && kindOf(value) == LAMBDA && isFunc(nonNull(type))) {
      // It may call itself by the name: it does not run before the variable has it.
      declare(n, bOf(n), type, n, true, nonNull(type));
    }
    if (value != 0) return visit(value, inferred ? typeOfPlace(<Node>dOf(n)) : type);
    if (inferred) problem(K0410_CANNOT_INFER, n, bOf(n), internLiteral('give it a value, or write its type'));
    declare(n, bOf(n), type, n, false, ERROR);
    return leave();
  }
  if (inferred) {
    declareInferred(n, value, n);
    return leave();
  }
  const type = typeOf(<Node>aOf(n));
  expectType(value, typeOf(value), type);
  if (kindOf(value) != LAMBDA || !isFunc(nonNull(type))) {
    declare(n, bOf(n), type, n, true, typeOf(value));
    noteConstant(n, value, type);
  } else if (symbolKind(symbolOf(n)) == S_LOCAL) {
    const local = locals[symbolIndex(symbolOf(n))];
    // Captured before it has its value.
    if (local.captured) local.assigned++;
  }
  leave();
}

// What a variable of the compiler's own, which holds a value until all are computed, is given to: the type of that place, if it can be told now.
function typeOfPlace(place: Node): i32 {
  if (place == 0) return WANT_ANY;
  if (kindOf(place) == VARIABLE) return kindOf(<Node>aOf(place)) == T_VAR ? WANT_ANY : resolveType(<Node>aOf(place));
  const type = declaredType(place);
  return type > VOID ? type : WANT_ANY;
}

// Places inside places that are looked into.
const DEEPEST_PLACE: i32 = 16;

// The type that a place was declared with, as far as names, members and elements tell; ERROR: it is new, or another place.
function declaredType(place: Node, depth: i32 = 0): Type {
  const kind = kindOf(place);
  const isOwn = kind == FIELD_NAME || (kind == MEMBER && kindOf(<Node>aOf(place)) == THIS);
  if (!isOwn && (kind == MEMBER || kind == INDEX) && depth < DEEPEST_PLACE)
    return typeInside(place, declaredType(<Node>aOf(place), depth + 1));
  if (!isOwn && kind != NAME) return ERROR;
  const name: Text = kind == MEMBER ? bOf(place) : aOf(place);
  const local: LocalInfo | null = isOwn ? null : findLocal(name);
  if (local) return local.type;
  const c = currentClass();
  const field = c ? findField(c, name) : null;
  if (field) return field.type;
  const global: GlobalInfo | null = isOwn ? null : findGlobal(name);
  return global ? global.type : ERROR;
}

// The type of a member or an element of an object that was declared with `type`; ERROR: it cannot be told.
function typeInside(place: Node, type: Type): Type {
  const object = <Node>aOf(place);
  if (kindOf(place) == MEMBER) {
    const id = namesClass(object);
    const c: ClassInfo | null = id >= 0 ? classes[id] : type > NULL ? classOfType(nonNull(type)) : null;
    if (!c) return ERROR;
    const field = findField(c, bOf(place));
    if (field) return id >= 0 ? field.type : seenThrough(field.type, nonNull(type), field.owner);
    const setter: MethodInfo | null = id >= 0 ? null : accessor(c, 'set', bOf(place), 1);
    return setter ? parameterOf(setter, 0, nonNull(type)) : ERROR;
  }
  if (type <= NULL) return ERROR;
  if (isArray(nonNull(type))) return elementOf(nonNull(type));
  const setter: MethodInfo | null = hasElements(nonNull(type)) ? elementSetter(nonNull(type)) : null;
  return setter ? parameterOf(setter, 1, nonNull(type)) : ERROR;
}

// Of the compiler's own?
function isHidden(n: Node): bool {
  return kindOf(n) == VARIABLE && opOf(n) == V_HIDDEN;
}

/** Is a variable declared here the script's own, visible in all functions? */
function isGlobalScope(): bool {
  return currentMethod() === null && scopeDepth() == 0;
}

// One that is declared again, in a later entry of a shell, with the same type stays where it is: should its new value throw, it has the old one.
function isSameVariable(old: GlobalInfo, type: Type): bool {
  return isOpenWorld && old.id < firstGlobal && old.type == type && !old.isConstant;
}

// `found`: type of the first value, ERROR if there is none.
function declare(n: Node, name: Text, type: Type, symbolNode: Node, hasValue: bool, found: Type): void {
  if (!isGlobalScope() || isHidden(n)) {
    const local = declareLocal(name, type, n, hasValue);
    setSymbol(symbolNode, symbol(S_LOCAL, local.id));
    if (hasValue && isNullable(type) && found != ERROR && !mayBeNull(found)) know(local, definite(type, objectType()));
    return;
  }
  const old = findGlobal(name);
  if (old && old.id >= firstGlobal) problem(K0306_ALREADY_DEFINED, n, name, lineText(old.node));
  if (old && hasValue && isSameVariable(old, type) && !isConstantName(name) && !isFinal(n)) {
    setSymbol(symbolNode, symbol(S_GLOBAL, old.id));
    return;
  }
  const g = new GlobalInfo();
  g.id = globals.length;
  g.name = name;
  g.type = type;
  g.node = n;
  g.isConstant = isConstantName(name) || isFinal(n);
  globals.push(g);
  globalsByName.set(name, g.id);
  setSymbol(symbolNode, symbol(S_GLOBAL, g.id));
  if (!hasValue && type != ERROR && !isPrimitive(type) && !startsNull(type)) {
    problem(K0310_USED_BEFORE_ASSIGNED, n, name);
  }
}

/** Declares the variable named by `n` (a VARIABLE, or the NAME of a first assignment) with the type of its value; returns it. */
export function declareInferred(n: Node, value: Node, symbolNode: Node): Type {
  let type = plain(typeOf(value));
  const name = kindOf(n) == VARIABLE ? bOf(n) : aOf(n);
  if (type == VOID) {
    problem(K0411_VOID_VALUE, value, internLiteral('this call'));
    type = ERROR;
  } else if (type == NULL && !isHidden(n)) {
    problem(K0410_CANNOT_INFER, value, name, internLiteral('write its type: String? x = null'));
    type = ERROR;
  }
  declare(n, name, type, symbolNode, true, type);
  noteConstant(symbolNode, value, type);
  setType(symbolNode, type);
  return type;
}

// A constant's value may be known here already.
function noteConstant(symbolNode: Node, value: Node, type: Type): void {
  const index = symbolIndex(symbolOf(symbolNode));
  if (symbolKind(symbolOf(symbolNode)) == S_LOCAL) {
    if (locals[index].isConstant) locals[index].constant = constantOf(value, type);
  } else if (globals[index].isConstant) globals[index].constant = constantOf(value, type);
}
