/**
 * Local variables: where they lie. One that a lambda shares with what is around it lies in an object of its own, a new one each
 * time that its declaration is met; its register holds that object.
 */
import { CLASS_OBJECT } from '../bytecode/builtins.generated';
import { OP_GETI, OP_GETR, OP_NEW, OP_PUTI, OP_PUTR } from '../bytecode/opcodes.generated';
import { objectType } from '../check/conversions';
import { hiddenClass } from '../check/functions';
import { LocalInfo, addField } from '../check/model';
import { INT, isReference } from '../check/types';
import { internLiteral } from '../support/texts';
import { allocateRegister, emit, emitWide } from './emitter';

// Classes of those objects, for numbers and for references; -1: none was needed so far.
let numberClass: i32 = -1;
let referenceClass: i32 = -1;

function classFor(local: LocalInfo): i32 {
  const isRef = isReference(local.type);
  const known = isRef ? referenceClass : numberClass;
  if (known >= 0) return known;
  const c = hiddenClass(internLiteral(isRef ? 'a variable' : 'a number'), CLASS_OBJECT);
  const f = addField(internLiteral('value'), c.id, isRef ? objectType() : INT);
  c.fields.push(f);
  c.slots = 1;
  if (isRef) referenceClass = c.id;
  else numberClass = c.id;
  return c.id;
}

/** The declaration of a variable: gives it a register, and, if it is shared, emits the making of its object. */
export function declareLocal(local: LocalInfo): void {
  local.register = allocateRegister();
  makeShared(local);
}

/** If the variable is shared: R[its register] := a new object for it. */
export function makeShared(local: LocalInfo): void {
  if (local.isShared()) emitWide(OP_NEW, local.register, classFor(local));
}

/** R[to] := value of a shared variable. */
export function loadShared(to: i32, local: LocalInfo): void {
  emit(isReference(local.type) ? OP_GETR : OP_GETI, to, local.register, 0);
}

/** A shared variable := R[value] */
export function storeShared(local: LocalInfo, value: i32): void {
  emit(isReference(local.type) ? OP_PUTR : OP_PUTI, local.register, 0, value);
}

/** The value of the variable is in its register; if it is shared, it moves to an object. */
export function share(local: LocalInfo): void {
  if (!local.isShared()) return;
  const value = local.register;
  declareLocal(local);
  storeShared(local, value);
}
