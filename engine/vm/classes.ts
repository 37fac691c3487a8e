/**
 * Classes as the interpreter needs them, built-in ones and the image's: one 32-byte record each, by class id.
 * +0 i32 super class id or -1, +4 u32 instance slots, +8 u32 address of the virtual table, +12 u32 its length,
 * +16 u32 address of the reference list (u32 count, then u32 slots, inherited ones included), +20 u32 the image's
 * CLASS record or 0, +24 u32 1: its first slot holds a handle of the host, +28 u32 1: it is an interface.
 */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_FLOAT,
  CLASS_INT,
  N_OBJECT_EQUALS,
  N_OBJECT_HASH_CODE,
  N_OBJECT_TO_STRING,
  OBJECT_VSLOTS,
  builtinClassFieldCount,
  builtinClassFirstField,
  builtinClassSlots,
  builtinClassSuper,
  builtinFieldSlot,
  builtinFieldType,
} from '../bytecode/builtins.generated';
import {
  IMG_CLASS_BYTES,
  IMG_CLASS_FIELD_COUNT,
  IMG_CLASS_FIRST_FIELD,
  IMG_CLASS_FIRST_VTABLE,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_HANDLE,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_CLASS_SLOTS,
  IMG_CLASS_SUPER,
  IMG_CLASS_VTABLE_COUNT,
  IMG_FIELD_BYTES,
  IMG_FIELD_FLAGS,
  IMG_FIELD_SLOT,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_FIELDS,
  IMG_SEC_VTABLE,
  IMG_TYPE_KIND,
  IMG_TYPE_REF,
  IMG_VTABLE_BYTES,
  IMG_VTABLE_NATIVE,
} from '../bytecode/image';
import { baseOf } from '../bytecode/images';
import { heapGive, heapTake } from './heap';

const CLASS_SHIFT: usize = 5;
const C_SUPER: usize = 0;
const C_SLOTS: usize = 4;
const C_VTABLE: usize = 8;
const C_VCOUNT: usize = 12;
const C_REFERENCES: usize = 16;
const C_IMAGE: usize = 20;
const C_HANDLE: usize = 24;
const C_INTERFACE: usize = 28;

/** Virtual table of every built-in class: its natives find the object's class themselves. */
const builtinVtable: usize = memory.data<u32>([
  (<u32>N_OBJECT_TO_STRING) | IMG_VTABLE_NATIVE,
  (<u32>N_OBJECT_EQUALS) | IMG_VTABLE_NATIVE,
  (<u32>N_OBJECT_HASH_CODE) | IMG_VTABLE_NATIVE,
]);
/** That of arrays: a library of the image may know better how they read. */
const arrayVtable: usize = memory.data(12, 4);
const noReferences: usize = memory.data<u32>([0]);

/** The table; 0: there is no image yet. */
export let classTable: usize = 0;
/** Number of classes. */
export let classCount: i32 = 0;

/** Forgets all classes; the heap was laid out anew. */
export function classesInit(): void {
  classTable = 0;
  classCount = 0;
}

function record(cls: i32): usize {
  return classTable + ((<usize>cls) << CLASS_SHIFT);
}

/** Class id of the class above, or -1. */
export function classSuper(cls: i32): i32 {
  return load<i32>(record(cls), C_SUPER);
}

/** Instance slots, inherited ones included. */
export function classSlots(cls: i32): i32 {
  return load<i32>(record(cls), C_SLOTS);
}

/** Entry `slot` of the virtual table: a method, or IMG_VTABLE_NATIVE and a native id. */
export function classVirtual(cls: i32, slot: u32): u32 {
  return load<u32>(<usize>load<u32>(record(cls), C_VTABLE) + ((<usize>slot) << 2));
}

/** Length of the virtual table. */
export function classVirtualCount(cls: i32): u32 {
  return load<u32>(record(cls), C_VCOUNT);
}

/** Address of the class' reference list: u32 count, then that many u32 field slots. */
export function classReferences(cls: i32): usize {
  return <usize>load<u32>(record(cls), C_REFERENCES);
}

/** The image's CLASS record, or 0 for a built-in class. */
export function classImage(cls: i32): usize {
  return <usize>load<u32>(record(cls), C_IMAGE);
}

/** Does the first slot of its objects hold a handle of the host? */
export function holdsHandle(cls: i32): bool {
  return load<u32>(record(cls), C_HANDLE) != 0;
}

/** Is it an interface? */
export function isInterface(cls: i32): bool {
  return load<u32>(record(cls), C_INTERFACE) != 0;
}

function isReferenceType(type: i32): bool {
  // The low half of a type code is the class; T[] and T? are references whatever T is.
  return type > 0xffff || (type != CLASS_INT && type != CLASS_BOOLEAN && type != CLASS_FLOAT);
}

/** A reference list with room for `own` more slots than the one at `inherited`; 0: no memory. */
function newList(inherited: usize, own: u32): usize {
  const count = load<u32>(inherited);
  const list = heapTake((<usize>(count + own) + 1) << 2, false);
  if (list) memory.copy(list, inherited, (<usize>count + 1) << 2);
  return list;
}

function addReference(list: usize, slot: u32): void {
  const count = load<u32>(list) + 1;
  store<u32>(list, count);
  store<u32>(list + ((<usize>count) << 2), slot);
}

function linkBuiltin(cls: i32): bool {
  const at = record(cls);
  const parent = builtinClassSuper(cls);
  store<i32>(at, parent, C_SUPER);
  store<i32>(at, builtinClassSlots(cls), C_SLOTS);
  store<u32>(at, <u32>(cls == CLASS_ARRAY ? arrayVtable : builtinVtable), C_VTABLE);
  if (cls == CLASS_ARRAY) memory.copy(arrayVtable, builtinVtable, 12);
  store<u32>(at, OBJECT_VSLOTS, C_VCOUNT);
  store<u32>(at, 0, C_IMAGE);
  store<u32>(at, 0, C_HANDLE);
  store<u32>(at, 0, C_INTERFACE);
  const inherited = parent < 0 ? noReferences : classReferences(parent);
  const first = builtinClassFirstField(cls);
  const count = builtinClassFieldCount(cls);
  if (count == 0) {
    store<u32>(at, <u32>inherited, C_REFERENCES);
    return true;
  }
  const list = newList(inherited, <u32>count);
  if (!list) return false;
  for (let f = first; f < first + count; f++) {
    if (isReferenceType(builtinFieldType(f))) addReference(list, <u32>builtinFieldSlot(f));
  }
  store<u32>(at, <u32>list, C_REFERENCES);
  return true;
}

function linkUser(image: usize, index: i32): bool {
  const from = image + <usize>load<u32>(image, IMG_SEC_CLASSES) + <usize>(index * IMG_CLASS_BYTES);
  const at = record(BUILTIN_CLASSES + <i32>baseOf(image, IMG_SEC_CLASSES) + index);
  const parent = load<i32>(from, IMG_CLASS_SUPER);
  store<i32>(at, parent, C_SUPER);
  store<u32>(at, load<u32>(from, IMG_CLASS_SLOTS), C_SLOTS);
  store<u32>(
    at,
    <u32>(
      (image +
        <usize>load<u32>(image, IMG_SEC_VTABLE) +
        <usize>(load<i32>(from, IMG_CLASS_FIRST_VTABLE) * IMG_VTABLE_BYTES))
    ),
    C_VTABLE,
  );
  store<u32>(at, load<u32>(from, IMG_CLASS_VTABLE_COUNT), C_VCOUNT);
  store<u32>(at, <u32>from, C_IMAGE);
  store<u32>(at, load<u32>(from, IMG_CLASS_FLAGS) & IMG_CLASS_FLAG_HANDLE, C_HANDLE);
  store<u32>(at, load<u32>(from, IMG_CLASS_FLAGS) & IMG_CLASS_FLAG_INTERFACE, C_INTERFACE);
  const inherited = classReferences(parent);
  const count = load<u32>(from, IMG_CLASS_FIELD_COUNT);
  if (count == 0) {
    store<u32>(at, <u32>inherited, C_REFERENCES);
    return true;
  }
  const list = newList(inherited, count);
  if (!list) return false;
  let field =
    image + <usize>load<u32>(image, IMG_SEC_FIELDS) + <usize>(load<i32>(from, IMG_CLASS_FIRST_FIELD) * IMG_FIELD_BYTES);
  for (let i: u32 = 0; i < count; i++) {
    if ((load<i32>(field, IMG_FIELD_FLAGS) & IMG_TYPE_KIND) == IMG_TYPE_REF)
      addReference(list, load<u32>(field, IMG_FIELD_SLOT));
    field += IMG_FIELD_BYTES;
  }
  store<u32>(at, <u32>list, C_REFERENCES);
  return true;
}

// The table before `growClasses`, while it may still be wanted back.
let formerTable: usize = 0;
let formerCount: i32 = 0;

/** Puts the classes of a verified image behind those that are there, in a new table; false: no memory, nothing has changed. */
export function growClasses(image: usize): bool {
  formerTable = classTable;
  formerCount = classCount;
  const own = load<i32>(image, IMG_SEC_CLASSES + IMG_SEC_COUNT);
  const before = BUILTIN_CLASSES + <i32>baseOf(image, IMG_SEC_CLASSES);
  const table = heapTake((<usize>(before + own)) << CLASS_SHIFT, false);
  if (!table) return false;
  classTable = table;
  if (formerTable) memory.copy(table, formerTable, (<usize>before) << CLASS_SHIFT);
  else for (let cls = 0; cls < BUILTIN_CLASSES; cls++) if (!linkBuiltin(cls)) return false;
  for (classCount = before; classCount < before + own; classCount++) {
    if (linkUser(image, classCount - before)) continue;
    undoClasses();
    return false;
  }
  return true;
}

/** Takes the classes of the last `growClasses` away again. */
export function undoClasses(): void {
  while (classCount > formerCount && classCount > BUILTIN_CLASSES) {
    const list = classReferences(--classCount);
    if (list != classReferences(classSuper(classCount))) heapGive(list);
  }
  heapGive(classTable);
  classTable = formerTable;
  classCount = formerCount;
}

/** The classes of the last `growClasses` stay. */
export function keepClasses(): void {
  if (formerTable) heapGive(formerTable);
  formerTable = 0;
}

/** Makes `method` what entry `slot` of the virtual table of Array, or of an image's class, leads to. */
export function patchVirtual(cls: i32, slot: u32, method: u32): void {
  store<u32>(<usize>load<u32>(record(cls), C_VTABLE) + ((<usize>slot) << 2), method);
}
