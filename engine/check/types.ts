/**
 * Types as small numbers, interned: two types are the same exactly when their numbers are.
 * 0 … 6 are fixed; classes, arrays, nullable types, instances of generic classes, function and tuple types are made on
 * demand. A type variable is a type of its own. A type of more than MOST_PARTS parts is not made: it is ERROR, and
 * `tookTooManyParts` tells the checker to report it.
 */
import { ByteVector, IntVector } from '../support/vectors';
import { Text, internBytes, textAddress, textByte, textLength } from '../support/texts';
import { CLASS_BOOLEAN, CLASS_FLOAT, CLASS_INT } from '../bytecode/builtins.generated';

export type Type = i32;

/** Reported already; fits everywhere. */
export const ERROR: Type = 0;
export const VOID: Type = 1;
/** The type of `null`. */
export const NULL: Type = 2;
export const INT: Type = 3;
export const BOOLEAN: Type = 4;
export const FLOAT: Type = 5;
/** Any value, null too; every operation is looked at when it runs. */
export const ANY: Type = 6;

/** Types that a type may consist of, itself included. */
export const MOST_PARTS: i32 = 600;
// Bytes of a written type, about; what follows is left out.
const MOST_WRITTEN: i32 = 300;

const KIND_FIXED: i32 = 0;
const KIND_CLASS: i32 = 1;
const KIND_ARRAY: i32 = 2;
const KIND_NULLABLE: i32 = 3;
const KIND_VARIABLE: i32 = 4;
const KIND_INSTANCE: i32 = 5;
const KIND_FUNC: i32 = 6;

const kinds = new IntVector();
// Class id of a class or instance, element of an array, base of a nullable type, name of a variable, result of a function.
const bases = new IntVector();
// The array of it and the nullable of it, once made; 0 before.
const arrays = new IntVector();
const nullables = new IntVector();
// Where the parts of an instance, function or tuple lie in `parts`, and how many. Of a variable: owner, and bound or 0.
const firsts = new IntVector();
const counts = new IntVector();
const parts = new IntVector();
// Types that it consists of.
const sizes = new IntVector();
// 1: a variable occurs in it.
const open = new IntVector();
// Of a variable known not to be null: the variable itself. 0 for others.
const origins = new IntVector();
// All variables known not to be null.
const definites = new IntVector();
// Type of each class id; class names for display.
const classTypes = new IntVector();
const classNames = new IntVector();
// Composite types by their hash, open addressing; -1 is free.
let table = new IntVector();
let tableSize: i32 = 0;
let tableUsed: i32 = 0;

let tooMany: bool = false;

/** Was a type not made because it has too many parts? Asked once for each. */
export function tookTooManyParts(): bool {
  const was = tooMany;
  tooMany = false;
  return was;
}

function make(kind: i32, base: i32, size: i32 = 1, isOpen: i32 = 0): Type {
  if (size > MOST_PARTS) {
    tooMany = true;
    return ERROR;
  }
  kinds.push(kind);
  bases.push(base);
  arrays.push(0);
  nullables.push(0);
  firsts.push(0);
  counts.push(0);
  sizes.push(size);
  open.push(isOpen);
  origins.push(0);
  return kinds.length - 1;
}

/** To be called once, before anything else here. */
export function startTypes(): void {
  for (let i = 0; i <= ANY; i++) make(KIND_FIXED, 0);
}

/** Introduces the next class id, under its display name. */
export function addClassType(name: Text): Type {
  const id = classTypes.length;
  const type = id == CLASS_INT ? INT : id == CLASS_BOOLEAN ? BOOLEAN : id == CLASS_FLOAT ? FLOAT : make(KIND_CLASS, id);
  classTypes.push(type);
  classNames.push(name);
  return type;
}

/** The class itself: of a generic class the type that has no arguments, which no value has. */
export function classType(id: i32): Type {
  return classTypes.get(id);
}

export function arrayOf(element: Type): Type {
  if (element == ERROR) return ERROR;
  if (arrays.get(element) == 0) {
    const type = make(KIND_ARRAY, element, sizes.get(element) + 1, open.get(element));
    arrays.set(element, type);
  }
  return arrays.get(element);
}

/** `T?`; of ERROR, VOID, NULL, ANY and nullable types themselves. */
export function nullable(type: Type): Type {
  if (type <= NULL || type == ANY || kinds.get(type) == KIND_NULLABLE) return type;
  if (origins.get(type) != 0) return nullable(origins.get(type));
  if (nullables.get(type) == 0) {
    const made = make(KIND_NULLABLE, type, sizes.get(type) + 1, open.get(type));
    nullables.set(type, made);
  }
  return nullables.get(type);
}

/** A new type variable: a type of its own. `owner`: id of the class, or ~id of the method, that declares it. */
export function typeVariable(name: Text, owner: i32): Type {
  const type = make(KIND_VARIABLE, name, 1, 1);
  firsts.set(type, owner);
  return type;
}

/** Name of a variable. */
export function nameOf(variable: Type): Text {
  return bases.get(variable);
}

/** Notes what a variable must be a subtype of. */
export function setBound(variable: Type, bound: Type): void {
  counts.set(variable, bound);
}

/** What a variable must be a subtype of; 0 if it may be anything. */
export function boundOf(variable: Type): Type {
  return counts.get(variable);
}

/** Id of the class, or ~id of the method, that declares the variable. */
export function ownerOf(variable: Type): i32 {
  return firsts.get(variable);
}

/** May a value of this type be null? One of a variable may that is not bound by a type that never is. */
export function mayBeNull(type: Type): bool {
  if (type == NULL || type == ANY || kinds.get(type) == KIND_NULLABLE) return true;
  return kinds.get(type) == KIND_VARIABLE && boundOf(type) == 0;
}

/** May a place of this type that was given no value hold null? */
export function startsNull(type: Type): bool {
  return type == ANY || kinds.get(type) == KIND_NULLABLE;
}

/** What a value of the type is known to be once it is known not to be null. `object`: the type of all objects. */
export function definite(type: Type, object: Type): Type {
  const t = nonNull(type);
  if (kinds.get(t) != KIND_VARIABLE || boundOf(t) != 0) return t;
  for (let i = 0; i < definites.length; i++) if (origins.get(definites.get(i)) == t) return definites.get(i);
  const made = typeVariable(bases.get(t), firsts.get(t));
  counts.set(made, object);
  origins.set(made, t);
  definites.push(made);
  return made;
}

/** The variable of a value that is known not to be null; other types as they are. What is stored has this type. */
export function plain(type: Type): Type {
  return origins.get(type) != 0 ? origins.get(type) : type;
}

function hash(kind: i32, base: i32, from: IntVector, first: i32, count: i32): i32 {
  let h = (kind * 31 + base) * 0x61c88647;
  for (let i = first; i < first + count; i++) h = (h ^ from.get(i)) * 0x01000193;
  return h ^ (h >>> 15);
}

function isComposite(type: Type, kind: i32, base: i32, from: IntVector, first: i32, count: i32): bool {
  if (kinds.get(type) != kind || bases.get(type) != base || counts.get(type) != count) return false;
  for (let i = 0; i < count; i++) if (parts.get(firsts.get(type) + i) != from.get(first + i)) return false;
  return true;
}

function slotOf(kind: i32, base: i32, from: IntVector, first: i32, count: i32): i32 {
  let at = hash(kind, base, from, first, count) & (tableSize - 1);
  while (table.get(at) != -1 && !isComposite(table.get(at), kind, base, from, first, count))
    at = (at + 1) & (tableSize - 1);
  return at;
}

function growTable(): void {
  const old = table;
  const oldSize = tableSize;
  tableSize = oldSize == 0 ? 64 : oldSize * 2;
  table = new IntVector(tableSize);
  for (let i = 0; i < tableSize; i++) table.push(-1);
  for (let i = 0; i < oldSize; i++) {
    const t = old.get(i);
    if (t != -1) table.set(slotOf(kinds.get(t), bases.get(t), parts, firsts.get(t), counts.get(t)), t);
  }
}

// The type of this kind with the `count` parts that lie in `from` at `first`; ERROR if one of them is.
function composite(kind: i32, base: i32, from: IntVector, first: i32, count: i32): Type {
  let size = 1;
  let isOpen = 0;
  for (let i = first; i < first + count; i++) {
    if (from.get(i) == ERROR) return ERROR;
    size += sizes.get(from.get(i));
    isOpen |= open.get(from.get(i));
  }
  if (kind == KIND_FUNC) {
    if (base == ERROR) return ERROR;
    size += sizes.get(base);
    isOpen |= open.get(base);
  }
  if (tableUsed * 2 >= tableSize) growTable();
  const at = slotOf(kind, base, from, first, count);
  if (table.get(at) != -1) return table.get(at);
  const type = make(kind, base, size, isOpen);
  if (type == ERROR) return ERROR;
  firsts.set(type, parts.length);
  counts.set(type, count);
  for (let i = first; i < first + count; i++) parts.push(from.get(i));
  table.set(at, type);
  tableUsed++;
  return type;
}

/** A type of the form of `type`, with the last `count` of `from` as its parts, and `base` as result or element. */
export function alike(type: Type, base: Type, from: IntVector, count: i32): Type {
  const kind = kinds.get(type);
  if (kind == KIND_ARRAY) return arrayOf(base);
  if (kind == KIND_NULLABLE) return nullable(base);
  return composite(kind, kind == KIND_FUNC ? base : bases.get(type), from, from.length - count, count);
}

/** The generic class `id` with these type arguments. */
export function instanceOf(id: i32, types: IntVector): Type {
  return composite(KIND_INSTANCE, id, types, 0, types.length);
}

/** A function that takes these and gives `result`, which may be VOID. */
export function funcType(params: IntVector, result: Type): Type {
  return composite(KIND_FUNC, result, params, 0, params.length);
}

/** Type arguments of an instance (of a tuple: its elements), parameters of a function. */
export function argumentsOf(type: Type): IntVector {
  const all = new IntVector(4);
  for (let i = 0; i < argumentCount(type); i++) all.push(argumentOf(type, i));
  return all;
}

/** How many `argumentsOf` has; 0 for other types. */
export function argumentCount(type: Type): i32 {
  return kinds.get(type) >= KIND_INSTANCE ? counts.get(type) : 0;
}

/** One of `argumentsOf`. */
export function argumentOf(type: Type, index: i32): Type {
  return parts.get(firsts.get(type) + index);
}

/** What a function type gives; may be VOID. */
export function resultOf(func: Type): Type {
  return bases.get(func);
}

export function isArray(type: Type): bool {
  return kinds.get(type) == KIND_ARRAY;
}

export function isNullable(type: Type): bool {
  return kinds.get(type) == KIND_NULLABLE;
}

/** A class without type arguments. */
export function isClass(type: Type): bool {
  return kinds.get(type) == KIND_CLASS;
}

export function isVariable(type: Type): bool {
  return kinds.get(type) == KIND_VARIABLE;
}

/** A generic class with its type arguments. */
export function isInstance(type: Type): bool {
  return kinds.get(type) == KIND_INSTANCE;
}

export function isFunc(type: Type): bool {
  return kinds.get(type) == KIND_FUNC;
}

/** Does a type variable occur in it? */
export function hasVariables(type: Type): bool {
  return open.get(type) != 0;
}

/** Element type of an array. */
export function elementOf(type: Type): Type {
  return bases.get(type);
}

/** `T` of `T?`, and `T` itself. */
export function nonNull(type: Type): Type {
  return kinds.get(type) == KIND_NULLABLE ? bases.get(type) : type;
}

/** Class id of a class, of an instance of a generic one, of int, boolean and float; -1 for the others. */
export function classIdOf(type: Type): i32 {
  if (type == INT) return CLASS_INT;
  if (type == BOOLEAN) return CLASS_BOOLEAN;
  if (type == FLOAT) return CLASS_FLOAT;
  return kinds.get(type) == KIND_CLASS || kinds.get(type) == KIND_INSTANCE ? bases.get(type) : -1;
}

/** Is it int or float? */
export function isNumber(type: Type): bool {
  return type == INT || type == FLOAT;
}

/** Is it int, boolean or float: no reference, and without fields? */
export function isPrimitive(type: Type): bool {
  return type == INT || type == BOOLEAN || type == FLOAT;
}

/** Does a slot of this type hold a reference (and not the bare number or truth value)? */
export function isReference(type: Type): bool {
  return !isPrimitive(type) && type != VOID;
}

/** How Konoha spells the type. */
export function typeName(type: Type): Text {
  const out = new ByteVector();
  writeType(type, out);
  return internBytes(out);
}

// What is still to be written: types as they are, punctuation below 0.
const W_ARRAY: i32 = -1;
const W_NULLABLE: i32 = -2;
const W_COMMA: i32 = -3;
const W_CLOSE: i32 = -4;
const W_PAREN: i32 = -5;
const W_ARROW: i32 = -6;
const writing = new IntVector();

/** Appends how Konoha spells the type, the whole of it or with `…` for what is beyond some 300 bytes. */
export function writeType(type: Type, out: ByteVector, whole: bool = false): void {
  const limit = whole ? i32.MAX_VALUE : out.length + MOST_WRITTEN;
  writing.length = 0;
  writing.push(type);
  while (writing.length > 0) {
    if (out.length > limit) return out.codePoint(0x2026);
    const next = writing.pop();
    if (next < 0) writePunctuation(next, out);
    else writePart(next, out);
  }
}

function writePunctuation(what: i32, out: ByteVector): void {
  out.text(
    what == W_ARRAY
      ? '[]'
      : what == W_NULLABLE
        ? '?'
        : what == W_COMMA
          ? ', '
          : what == W_CLOSE
            ? '>'
            : what == W_PAREN
              ? ')'
              : '=>',
  );
}

// The library's classes of tuples are written as their elements in parentheses.
function isTupleName(name: Text): bool {
  return textLength(name) == 1 && textByte(name, 0) == 40;
}

function writePart(t: Type, out: ByteVector): void {
  const kind = kinds.get(t);
  if (kind == KIND_ARRAY || kind == KIND_NULLABLE) {
    writing.push(kind == KIND_ARRAY ? W_ARRAY : W_NULLABLE);
    writing.push(bases.get(t));
  } else if (kind == KIND_INSTANCE || kind == KIND_FUNC) {
    const isTuple: bool = kind == KIND_INSTANCE && isTupleName(classNames.get(bases.get(t)));
    if (kind == KIND_INSTANCE && !isTuple)
      out.bytes(textAddress(classNames.get(bases.get(t))), textLength(classNames.get(bases.get(t))));
    if (kind == KIND_FUNC) out.text('Func');
    out.byte(isTuple ? 40 : 60);
    writing.push(isTuple ? W_PAREN : W_CLOSE);
    if (kind == KIND_FUNC) {
      writing.push(bases.get(t));
      writing.push(W_ARROW);
    }
    for (let i = counts.get(t) - 1; i >= 0; i--) {
      writing.push(argumentOf(t, i));
      if (i > 0) writing.push(W_COMMA);
    }
  } else if (kind == KIND_VARIABLE) out.bytes(textAddress(bases.get(t)), textLength(bases.get(t)));
  else if (t == ERROR) out.text('?');
  else if (t == VOID) out.text('void');
  else if (t == NULL) out.text('null');
  else if (t == INT) out.text('int');
  else if (t == BOOLEAN) out.text('boolean');
  else if (t == FLOAT) out.text('float');
  else if (t == ANY) out.text('Any');
  else out.bytes(textAddress(classNames.get(bases.get(t))), textLength(classNames.get(bases.get(t))));
}
