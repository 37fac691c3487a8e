/** `x.name` and `x[i]`. */
import {
  BUILTIN_CONSTANTS,
  CLASS_CLASS,
  builtinConstantIsFloat,
  builtinConstantName,
  builtinConstantOwner,
  builtinNameAddress,
  builtinNameLength,
} from '../bytecode/builtins.generated';
import {
  K0211_BAD_ASSIGNMENT_TARGET,
  K0304_UNKNOWN_FIELD,
  K0307_ASSIGN_CONSTANT,
  K0406_MAY_BE_NULL,
  K0408_NOT_INDEXABLE,
  K0417_NOT_STATIC,
  K0421_PRIMITIVE_HAS_NO_FIELDS,
} from '../diagnostics/codes.generated';
import { NAME, Node, aOf, bOf, kindOf, setSymbol, typeOf, X_PART, setOp, opOf } from '../syntax/ast';
import { Text, intern } from '../support/texts';
import { useMethod } from './access';
import { ensureFilled } from './builtins';
import { currentClass } from './context';
import { expectType, stringType } from './conversions';
import { classReference, found, memberReference } from './functions';
import { WANT_ANY, WANT_RANGE, WANT_TARGET, frameWant, leaveWith, resume, visit } from './frames';
import { classOfType, findClass, findField, findMethod, inLibrary, similarField } from './lookup';
import { methodForms } from './overloads';
import {
  F_STATIC,
  S_CLASS,
  S_CONSTANT,
  S_DYNAMIC,
  S_GETTER,
  S_SETTER,
  X_USED,
  ClassInfo,
  classes,
  symbol,
} from './model';
import { accessor, fieldType, isAssigned } from './names';
import { consider, displayName, problem, startSuggestion, suggestion } from './problem';
import { checkHome, floatHere } from './resolve';
import { hasElements, stepElement } from './elements';
import { finishPart, isRange, isRangeType } from './range';
import { parameterOf, seenThrough } from './generics';
import { findLocal } from './scope';
import { ANY, ERROR, INT, NULL, Type, elementOf, isArray, isPrimitive, mayBeNull, nonNull, typeName } from './types';
import { findGlobal } from './lookup';
import { finishElement, isElement } from './tuple';
import { rejectVoid } from './expressions';

export function stepMember(n: Node): void {
  const object = <Node>aOf(n);
  if (resume() == 0) {
    if (kindOf(object) == NAME && !asksClass(n) && staticMember(n, object)) return;
    return visit(object, WANT_ANY);
  }
  leaveWith(memberType(n, object, bOf(n), frameWant()));
}

/** Is this name a class and no variable? Then it is the receiver of static members. */
export function namesClass(n: Node): i32 {
  const name = aOf(n);
  if (kindOf(n) != NAME || findLocal(name) || findGlobal(name)) return -1;
  const own = currentClass();
  if (own && findField(own, name)) return -1;
  const c = findClass(name);
  if (c && !inLibrary) c.flags |= X_USED;
  return c ? c.id : -1;
}

/** Is the MEMBER `n` one of the Class that a name is a value of, as `Cat.isInstance`? What the class itself has goes before. */
export function asksClass(n: Node): bool {
  const id = namesClass(<Node>aOf(n));
  if (id < 0) return false;
  const c = classes[id];
  const name = bOf(n);
  if (findMethod(c, name) || findField(c, name) || constantOf(id, name) >= 0 || methodForms(c, name).length > 0)
    return false;
  const values = ensureFilled(classes[CLASS_CLASS]);
  return findMethod(values, name) !== null || accessor(values, 'get', name, 0) !== null;
}

function staticMember(n: Node, object: Node): bool {
  const id = namesClass(object);
  if (id < 0) return false;
  const c = findClass(aOf(object))!;
  setSymbol(object, symbol(S_CLASS, id));
  const field = findField(c, bOf(n));
  if (field && field.flags & F_STATIC) {
    leaveWith(fieldType(n, field, frameWant(), ERROR));
    return true;
  }
  const constant = field ? -1 : constantOf(id, bOf(n));
  if (constant >= 0) {
    checkHome(id, object, c.name);
    if (isAssigned(frameWant())) problem(K0307_ASSIGN_CONSTANT, n, bOf(n));
    setSymbol(n, symbol(S_CONSTANT, constant));
    leaveWith(builtinConstantIsFloat(constant) != 0 ? floatHere(n) : INT);
    return true;
  }
  const type = isAssigned(frameWant()) ? ERROR : classReference(n, c, bOf(n));
  if (!isAssigned(frameWant()) && found) {
    checkHome(id, object, c.name);
    leaveWith(type);
    return true;
  }
  if (field) problem(K0417_NOT_STATIC, n, bOf(n), displayName(c.name));
  else problem(K0304_UNKNOWN_FIELD, n, displayName(c.name), bOf(n), similarStatic(c, bOf(n)));
  leaveWith(ERROR);
  return true;
}

function constantName(constant: i32): Text {
  const name = builtinConstantName(constant);
  return intern(builtinNameAddress(name), builtinNameLength(name));
}

/** Row of a constant of a built-in class, or -1. */
function constantOf(id: i32, name: Text): i32 {
  for (let i = 0; i < BUILTIN_CONSTANTS; i++) {
    if (builtinConstantOwner(i) == id && constantName(i) == name) return i;
  }
  return -1;
}

function similarStatic(c: ClassInfo, name: Text): Text {
  startSuggestion(name);
  for (let i = 0; i < BUILTIN_CONSTANTS; i++) if (builtinConstantOwner(i) == c.id) consider(constantName(i));
  for (let i = 0; i < c.fields.length; i++) if (c.fields[i].flags & F_STATIC) consider(c.fields[i].name);
  const hint = suggestion();
  return hint != 0 ? hint : similarField(c, name);
}

/** Reports a receiver that may be null; returns its non-null type. */
export function receiverType(object: Node): Type {
  const type = typeOf(object);
  if (mayBeNull(type) && type != ANY) problem(K0406_MAY_BE_NULL, object, typeName(nonNull(type)));
  if (rejectVoid(object)) return ERROR;
  return type == NULL ? ERROR : nonNull(type);
}

function memberType(n: Node, object: Node, name: Text, want: i32): Type {
  const type = receiverType(object);
  if (type == ERROR) return ERROR;
  if (type == ANY) {
    setSymbol(n, symbol(S_DYNAMIC, 0));
    return ANY;
  }
  const c = classOfType(type)!;
  const field = findField(c, name);
  if (isAssigned(want)) {
    const setter = accessor(c, 'set', name, 1);
    if (setter && !field && want == WANT_TARGET) {
      useMethod(n, setter);
      setSymbol(n, symbol(S_SETTER, setter.id));
      return parameterOf(setter, 0, type);
    }
  } else {
    let getter = accessor(c, 'get', name, 0);
    if (!getter) getter = accessor(c, 'is', name, 0);
    if (getter && !field) {
      useMethod(n, getter);
      setSymbol(n, symbol(S_GETTER, getter.id));
      return seenThrough(getter.result, type, getter.owner);
    }
  }
  if (field) return fieldType(n, field, want, type);
  if (!isAssigned(want)) {
    const reference = memberReference(n, c, name, type);
    if (found) return reference;
  }
  if (isPrimitive(type)) problem(K0421_PRIMITIVE_HAS_NO_FIELDS, n, typeName(type));
  else problem(K0304_UNKNOWN_FIELD, n, typeName(type), name, similarField(c, name));
  return ERROR;
}

export function stepIndex(n: Node): void {
  const phase = resume();
  const part = isRange(<Node>bOf(n));
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  const object = typeOf(<Node>aOf(n));
  if (object > NULL && hasElements(nonNull(object))) {
    if (phase == 2) receiverType(<Node>aOf(n));
    return stepElement(n, nonNull(object), phase);
  }
  if (object == ANY && opOf(n) == X_PART) setOp(n, 0);
  if (phase == 1 && isElement(n, object)) return finishElement(n, receiverType(<Node>aOf(n)));
  if (phase == 1) return visit(<Node>bOf(n), part ? WANT_RANGE : INT);
  const type = receiverType(<Node>aOf(n));
  if (part && type != ERROR) {
    if (isAssigned(frameWant())) problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    if (isArray(type) || type == stringType()) return leaveWith(type);
  }
  if (type == ANY && part) return leaveWith(ANY);
  if (type == ANY) return leaveWith(rejectVoid(<Node>bOf(n)) ? ERROR : ANY);
  if (isRangeType(typeOf(<Node>bOf(n))) && (isArray(type) || type == stringType())) return finishPart(n, type);
  expectType(<Node>bOf(n), typeOf(<Node>bOf(n)), INT);
  if (isArray(type)) return leaveWith(elementOf(type));
  if (type == stringType()) {
    if (isAssigned(frameWant())) problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    return leaveWith(type);
  }
  if (type != ERROR) problem(K0408_NOT_INDEXABLE, n, typeName(type));
  leaveWith(ERROR);
}
