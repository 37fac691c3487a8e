/**
 * What the calls may lead to whose target the object decides: all classes of all images that the call may meet, and their methods. Native code goes
 * when an image is added, so this holds as long as it does. It is a guess all the same: native code asks the object.
 */
import {
  BUILTIN_CLASSES,
  CLASS_FUNC,
  OBJECT_VSLOTS,
  builtinClassSuper,
  builtinMethodParamCount,
} from '../bytecode/builtins.generated';
import {
  IMG_CALL_SLOT,
  IMG_CLASS_BYTES,
  IMG_CLASS_FIRST_VTABLE,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_CLASS_SUPER,
  IMG_CLASS_VTABLE_COUNT,
  IMG_ITABLE_BYTES,
  IMG_ITABLE_CLASS,
  IMG_ITABLE_TARGET,
  IMG_ITABLE_WHAT,
  IMG_KINDS_HAS_RESULT,
  IMG_KINDS_RESULT,
  IMG_KIND_OF_BOOLEAN,
  IMG_KIND_OF_INT,
  IMG_METHOD_BYTES,
  IMG_METHOD_KINDS,
  IMG_METHOD_PARAMS,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_ITABLE,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SEC_VTABLE,
  IMG_SITE_BYTES,
  IMG_SITE_WHAT,
  IMG_VTABLE_BYTES,
  IMG_VTABLE_NATIVE,
} from '../bytecode/image';
import { holder, imageAt, imageCount, recordOf, total } from '../bytecode/images';
import { OP_CALLF, OP_CALLI, OP_CALLV } from '../bytecode/opcodes.generated';
import { word } from '../bytecode/records';
import { shapeOf } from '../bytecode/shape';

/** Classes that native code asks for, one after the other, in front of a call. */
export const MAX_TARGETS: u32 = 6;

/** How many the last `findTargets` found; 0: none, or too many. */
export let targetCount: u32 = 0;
/** Arguments that any of them takes, `this` included. */
let mostArguments: u32 = 0;

// A target: u32 class, u32 method. Those of one method lie beside each other.
const targets: usize = memory.data(48, 4);
let overflow: bool = false;
let onlyNumbers: bool = true;

/** Class and method of target `index`. */
export function targetClass(index: u32): u32 {
  return load<u32>(targets + ((<usize>index) << 3));
}
export function targetMethod(index: u32): u32 {
  return load<u32>(targets + ((<usize>index) << 3), 4);
}

function kindsGiveNumber(kinds: u32): bool {
  const kind = (kinds >> IMG_KINDS_RESULT) & 3;
  return (kinds & IMG_KINDS_HAS_RESULT) != 0 && (kind == IMG_KIND_OF_INT || kind == IMG_KIND_OF_BOOLEAN);
}

/** Is the result of a method a number or truth value? */
export function givesNumber(record: usize): bool {
  return kindsGiveNumber(word(record, IMG_METHOD_KINDS));
}

function addTarget(cls: u32, method: u32): void {
  const record = recordOf(IMG_SEC_METHODS, method, IMG_METHOD_BYTES);
  const params = word(record, IMG_METHOD_PARAMS);
  if (!givesNumber(record)) onlyNumbers = false;
  if (params > mostArguments) mostArguments = params;
  if (targetCount == MAX_TARGETS) {
    overflow = true;
    return;
  }
  let at = targetCount;
  for (let i: u32 = 0; i < targetCount; i++) if (targetMethod(i) == method) at = i;
  const row = targets + ((<usize>at) << 3);
  memory.copy(row + 8, row, (<usize>(targetCount - at)) << 3);
  store<u32>(row, cls);
  store<u32>(row, method, 4);
  targetCount++;
}

function recordOfClass(index: u32): usize {
  return recordOf(IMG_SEC_CLASSES, index, IMG_CLASS_BYTES);
}

/** Is `cls` the class `above`, or below it? */
function isBelow(cls: i32, above: i32): bool {
  let c = cls;
  while (c >= 0 && c != above)
    c =
      c < BUILTIN_CLASSES
        ? builtinClassSuper(c)
        : <i32>word(recordOfClass(<u32>(c - BUILTIN_CLASSES)), IMG_CLASS_SUPER);
  return c == above;
}

/** Entry `slot` of the virtual table of a class of an image, which is a method of an image too; -1: it has no such entry. */
function entryOf(index: u32, slot: u32): i32 {
  const record = recordOfClass(index);
  if (slot >= word(record, IMG_CLASS_VTABLE_COUNT)) return -1;
  const image = holder(IMG_SEC_CLASSES, index);
  const table = image + <usize>word(image, IMG_SEC_VTABLE);
  const entry = load<u32>(table + <usize>((word(record, IMG_CLASS_FIRST_VTABLE) + slot) * <u32>IMG_VTABLE_BYTES));
  return (entry & IMG_VTABLE_NATIVE) != 0 ? -1 : <i32>entry;
}

function hasObjects(index: u32): bool {
  const flags = word(recordOfClass(index), IMG_CLASS_FLAGS);
  return (flags & (<u32>(IMG_CLASS_FLAG_ABSTRACT | IMG_CLASS_FLAG_INTERFACE))) == 0;
}

/** Of the classes from `above` on: what slot `slot` leads to. */
function findVirtual(slot: u32, above: i32): void {
  const count = total(IMG_SEC_CLASSES);
  for (let i: u32 = 0; i < count; i++) {
    const cls = BUILTIN_CLASSES + <i32>i;
    const entry = hasObjects(i) && isBelow(cls, above) ? entryOf(i, slot) : -1;
    if (entry >= 0) addTarget(<u32>cls, <u32>entry);
  }
  if (slot >= <u32>OBJECT_VSLOTS) return;
  const own = <u32>builtinMethodParamCount(<i32>slot) + 1;
  if (own > mostArguments) mostArguments = own;
}

/** Of the classes of lambdas and method references: those that take and give values as the call has them. */
function findFunctions(kinds: u32): void {
  const count = total(IMG_SEC_CLASSES);
  for (let i: u32 = 0; i < count; i++) {
    if (<i32>word(recordOfClass(i), IMG_CLASS_SUPER) != CLASS_FUNC) continue;
    const entry = entryOf(i, IMG_CALL_SLOT);
    if (entry < 0 || shapeOf(recordOf(IMG_SEC_METHODS, <u32>entry, IMG_METHOD_BYTES)) != kinds) continue;
    addTarget(<u32>(BUILTIN_CLASSES + <i32>i), <u32>entry);
  }
}

/** Of all classes that implement it: what answers the method of an interface. */
function findAnswers(what: u32): void {
  for (let i = 0; i < imageCount(); i++) {
    const image = imageAt(i);
    let row = image + <usize>word(image, IMG_SEC_ITABLE);
    for (let left = word(image, IMG_SEC_ITABLE + IMG_SEC_COUNT); left != 0; left--) {
      const entry = word(row, IMG_ITABLE_TARGET);
      if (word(row, IMG_ITABLE_WHAT) == what && (entry & IMG_VTABLE_NATIVE) == 0)
        addTarget(word(row, IMG_ITABLE_CLASS), entry);
      row += IMG_ITABLE_BYTES;
    }
  }
}

/** Does the object decide what an instruction with this opcode calls? */
export function isDecidedByObject(op: i32): bool {
  return op == OP_CALLV || op == OP_CALLI || op == OP_CALLF;
}

/** Finds what the call at address `at` may lead to. */
export function findTargets(at: usize): void {
  const op = <i32>load<u16>(at);
  targetCount = 0;
  mostArguments = 1;
  overflow = false;
  onlyNumbers = true;
  if (op == OP_CALLV) findVirtual(<u32>load<u16>(at, 4), <i32>load<u16>(at, 6));
  else if (op == OP_CALLF) findFunctions(load<u32>(at, 4));
  else findAnswers(word(recordOf(IMG_SEC_SITES, load<u32>(at, 4), IMG_SITE_BYTES), IMG_SITE_WHAT));
  if (overflow) targetCount = 0;
}

// What was found out about calls of the method in work: u32 address, u16 arguments, u16 whether the result is a number.
const MEMOS: u32 = 32;
const memos: usize = memory.data(256, 4);

/** Forgets what was found out: another method is looked at, or another image has come. */
export function forgetTargets(): void {
  memory.fill(memos, 0, 256);
}

/** What is known of the CALLV or CALLI at address `at`. */
function memoOf(at: usize): usize {
  const memo = memos + ((<usize>(((<u32>at) >> 3) % MEMOS)) << 3);
  if (load<u32>(memo) == <u32>at) return memo;
  findTargets(at);
  store<u32>(memo, <u32>at);
  store<u16>(memo, <u16>mostArguments, 4);
  store<u16>(memo, onlyNumbers && (targetCount != 0 || overflow) ? 1 : 0, 6);
  return memo;
}

/** Arguments of the CALLV at address `at`, `this` included. */
export function virtualArguments(at: usize): u32 {
  return <u32>load<u16>(memoOf(at), 4);
}

/** Is the result of the call at address `at`, whatever it leads to, a number or truth value? */
export function callGivesNumber(at: usize): bool {
  if (<i32>load<u16>(at) == OP_CALLF) return kindsGiveNumber(load<u32>(at, 4));
  return load<u16>(memoOf(at), 6) != 0;
}
