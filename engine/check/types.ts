/**
 * Types as small numbers, interned: two types are the same exactly when their numbers are.
 * 0 … 4 are fixed; classes, arrays and nullable types are made on demand.
 */
import { ByteVector, IntVector } from '../support/vectors';
import { Text, internBytes, textAddress, textLength } from '../support/texts';
import { CLASS_BOOLEAN, CLASS_INT } from '../bytecode/builtins.generated';

export type Type = i32;

/** Reported already; fits everywhere. */
export const ERROR: Type = 0;
export const VOID: Type = 1;
/** The type of `null`. */
export const NULL: Type = 2;
export const INT: Type = 3;
export const BOOLEAN: Type = 4;

const KIND_FIXED: i32 = 0;
const KIND_CLASS: i32 = 1;
const KIND_ARRAY: i32 = 2;
const KIND_NULLABLE: i32 = 3;

const kinds = new IntVector();
// Class id of a class, element of an array, base of a nullable type.
const bases = new IntVector();
// The array of it and the nullable of it, once made; 0 before.
const arrays = new IntVector();
const nullables = new IntVector();
// Type of each class id; class names for display.
const classTypes = new IntVector();
const classNames = new IntVector();

function make(kind: i32, base: i32): Type {
  kinds.push(kind);
  bases.push(base);
  arrays.push(0);
  nullables.push(0);
  return kinds.length - 1;
}

/** To be called once, before anything else here. */
export function startTypes(): void {
  for (let i = 0; i <= BOOLEAN; i++) make(KIND_FIXED, 0);
}

/** Introduces the next class id, under its display name. */
export function addClassType(name: Text): Type {
  const id = classTypes.length;
  const type = id == CLASS_INT ? INT : id == CLASS_BOOLEAN ? BOOLEAN : make(KIND_CLASS, id);
  classTypes.push(type);
  classNames.push(name);
  return type;
}

export function classType(id: i32): Type {
  return classTypes.get(id);
}

export function arrayOf(element: Type): Type {
  if (element == ERROR) return ERROR;
  if (arrays.get(element) == 0) {
    const type = make(KIND_ARRAY, element);
    arrays.set(element, type);
  }
  return arrays.get(element);
}

/** `T?`; of ERROR, VOID, NULL and nullable types themselves. */
export function nullable(type: Type): Type {
  if (type <= NULL || kinds.get(type) == KIND_NULLABLE) return type;
  if (nullables.get(type) == 0) {
    const made = make(KIND_NULLABLE, type);
    nullables.set(type, made);
  }
  return nullables.get(type);
}

export function isArray(type: Type): bool {
  return kinds.get(type) == KIND_ARRAY;
}

export function isNullable(type: Type): bool {
  return kinds.get(type) == KIND_NULLABLE;
}

export function isClass(type: Type): bool {
  return kinds.get(type) == KIND_CLASS;
}

/** Element type of an array. */
export function elementOf(type: Type): Type {
  return bases.get(type);
}

/** `T` of `T?`, and `T` itself. */
export function nonNull(type: Type): Type {
  return kinds.get(type) == KIND_NULLABLE ? bases.get(type) : type;
}

/** Class id of a class type, of int and boolean; -1 for the others. */
export function classIdOf(type: Type): i32 {
  if (type == INT) return CLASS_INT;
  if (type == BOOLEAN) return CLASS_BOOLEAN;
  return kinds.get(type) == KIND_CLASS ? bases.get(type) : -1;
}

/** Does a slot of this type hold a reference (and not a bare integer)? */
export function isReference(type: Type): bool {
  return type != INT && type != BOOLEAN && type != VOID;
}

/** How Konoha spells the type. */
export function typeName(type: Type): Text {
  const out = new ByteVector();
  writeType(type, out);
  return internBytes(out);
}

/** Appends how Konoha spells the type. */
export function writeType(type: Type, out: ByteVector): void {
  // The suffixes stand in reverse order of the walk.
  const suffixes = new IntVector(4);
  let t = type;
  while (kinds.get(t) == KIND_ARRAY || kinds.get(t) == KIND_NULLABLE) {
    suffixes.push(kinds.get(t));
    t = bases.get(t);
  }
  if (t == ERROR) out.text('?');
  else if (t == VOID) out.text('void');
  else if (t == NULL) out.text('null');
  else if (t == INT) out.text('int');
  else if (t == BOOLEAN) out.text('boolean');
  else out.bytes(textAddress(classNames.get(bases.get(t))), textLength(classNames.get(bases.get(t))));
  while (suffixes.length > 0) out.text(suffixes.pop() == KIND_ARRAY ? '[]' : '?');
}
