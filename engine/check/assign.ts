/** Assignment. */
import { K0211_BAD_ASSIGNMENT_TARGET, K0401_TYPE_MISMATCH } from '../diagnostics/codes.generated';
import {
  ERROR_EXPRESSION,
  FIELD_NAME,
  INDEX,
  LAMBDA,
  MEMBER,
  NAME,
  Node,
  aOf,
  bOf,
  kindOf,
  opOf,
  setType,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { currentClass } from './context';
import { assignable, expectType, objectType } from './conversions';
import { noteFieldSet } from './fields';
import {
  WANT_ANY,
  WANT_NOTHING,
  WANT_TARGET,
  WANT_UPDATE,
  frameWant,
  frameX,
  leaveWith,
  resume,
  setFrameX,
  visit,
} from './frames';
import { findField } from './lookup';
import { S_LOCAL, locals, symbolIndex, symbolKind } from './model';
import { problem } from './problem';
import { declareInferred } from './variables';
import { findLocal, know } from './scope';
import { ERROR, VOID, Type, definite, isNullable, mayBeNull, typeName } from './types';
import { findGlobal } from './lookup';
import { rejectVoid } from './expressions';
import { binaryType } from './operators';

/** Can a value be stored there? */
export function isTarget(n: Node): bool {
  const kind = kindOf(n);
  return kind == NAME || kind == FIELD_NAME || kind == MEMBER || kind == INDEX || kind == ERROR_EXPRESSION;
}

export function stepAssign(n: Node): void {
  const phase = resume();
  const target = <Node>aOf(n);
  const value = <Node>bOf(n);
  if (phase == 0) {
    if (!isTarget(target)) problem(K0211_BAD_ASSIGNMENT_TARGET, target);
    else if (kindOf(target) == NAME && opOf(n) == 0 && frameWant() == WANT_NOTHING && isNewName(target)) {
      // The first assignment to a name declares it; the value comes first, so it cannot use the name.
      setFrameX(1);
      return visit(value, WANT_ANY);
    } else return visit(target, opOf(n) == 0 ? WANT_TARGET : WANT_UPDATE);
    setType(target, ERROR);
  }
  if (frameX() == 1) {
    const type = declareInferred(target, value, target);
    return leaveWith(type);
  }
  if (phase <= 1 && frameX() == 0) {
    setFrameX(2);
    if (opOf(n) == 0 && kindOf(value) == LAMBDA) knowItself(target);
    return visit(value, opOf(n) == 0 && typeOf(target) > VOID ? typeOf(target) : WANT_ANY);
  }
  const type = typeOf(target);
  let found = typeOf(value);
  if (opOf(n) != 0) {
    if (rejectVoid(value)) return leaveWith(ERROR);
    found = binaryType(n, opOf(n), target, value, type, found);
    if (type != ERROR && !assignable(found, type)) problem(K0401_TYPE_MISMATCH, value, typeName(type), typeName(found));
  } else if (type != ERROR) expectType(value, found, type);
  noteAssigned(target, found);
  leaveWith(type);
}

// A lambda may call itself by the variable that it is assigned to: it does not run before that.
function knowItself(target: Node): void {
  if (kindOf(target) != NAME || symbolKind(symbolOf(target)) != S_LOCAL) return;
  const local = locals[symbolIndex(symbolOf(target))];
  know(local, local.type);
}

function isNewName(target: Node): bool {
  const name = aOf(target);
  if (findLocal(name) || findGlobal(name)) return false;
  const c = currentClass();
  return !(c && findField(c, name));
}

// A variable that was given something that is not null is known to be that.
function noteAssigned(target: Node, found: Type): void {
  noteFieldSet(target);
  if (kindOf(target) != NAME || symbolKind(symbolOf(target)) != S_LOCAL) return;
  const local = locals[symbolIndex(symbolOf(target))];
  const isNull = found == ERROR || mayBeNull(found);
  know(local, isNullable(local.type) && !isNull ? definite(local.type, objectType()) : local.type);
}
