/** Fields that must have a value when their constructor ends: each has an entry in scope while the constructor is checked. */
import { K0505_FIELD_NOT_SET } from '../diagnostics/codes.generated';
import { FIELD, FIELD_NAME, MEMBER, NAME, Node, THIS, aOf, cOf, kindOf, symbolOf } from '../syntax/ast';
import {
  ClassInfo,
  F_STATIC,
  FieldInfo,
  MethodInfo,
  S_FIELD,
  classes,
  fields,
  locals,
  symbolIndex,
  symbolKind,
} from './model';
import { problem } from './problem';
import { UNASSIGNED, declareTracker, know, knownType } from './scope';
import { ERROR, isReference, mayBeNull, startsNull, typeName } from './types';

/** Must a constructor give the field a value? */
export function needsValue(f: FieldInfo): bool {
  if (f.flags & F_STATIC || kindOf(f.node) != FIELD || cOf(f.node) != 0) return false;
  return f.type != ERROR && isReference(f.type) && !startsNull(f.type);
}

/** Is it a static field, which no constructor sets, of a type that is never null, without a value? */
export function mustBeGiven(f: FieldInfo): bool {
  if (!(f.flags & F_STATIC) || kindOf(f.node) != FIELD || cOf(f.node) != 0) return false;
  return f.type != ERROR && isReference(f.type) && !mayBeNull(f.type);
}

export function reportUnset(f: FieldInfo): void {
  problem(K0505_FIELD_NOT_SET, f.node, f.name, typeName(f.type));
}

/** Begins a constructor of the class. */
export function trackFields(c: ClassInfo): void {
  for (let i = 0; i < c.fields.length; i++)
    if (needsValue(c.fields[i])) c.fields[i].tracker = declareTracker(c.fields[i].type);
}

/** Ends it. */
export function stopTracking(c: ClassInfo): void {
  for (let i = 0; i < c.fields.length; i++) c.fields[i].tracker = -1;
}

/** Notes an assignment, if it is to a field of `this` that needs one. */
export function noteFieldSet(target: Node): void {
  if (symbolKind(symbolOf(target)) != S_FIELD) return;
  const kind = kindOf(target);
  if (kind != NAME && kind != FIELD_NAME && !(kind == MEMBER && kindOf(<Node>aOf(target)) == THIS)) return;
  const f = fields[symbolIndex(symbolOf(target))];
  if (f.tracker >= 0) know(locals[f.tracker], f.type);
}

/** Reports the fields that have no value at an end of the constructor. */
export function checkFieldsSet(m: MethodInfo): void {
  const c = classes[m.owner];
  for (let i = 0; i < c.fields.length; i++) {
    const f = c.fields[i];
    if (f.tracker >= 0 && knownType(locals[f.tracker]) == UNASSIGNED) reportUnset(f);
  }
}
