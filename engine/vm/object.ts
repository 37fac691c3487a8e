/**
 * Objects in linear memory, and the API that natives build on.
 *
 * Header, 16 bytes: +0 u16 class id, +2 u8 flags, +3 u8 mark of the last reclaim that saw it on a stack, +4 i32
 * references from the heap (frame slots are not counted), +8 u32 link: IN_ZERO, IN_GREY and the next grey object,
 * +12 u32 usable bytes of the block, header included. Then the payload:
 *
 * - fields: 8-byte slots from +16;
 * - String: byte length, character length, hash (0: not computed), bytes from +28;
 * - array: size, capacity, address of the element block (0 while capacity is 0), u16 flags, u16 class of the elements;
 *   8 bytes an element;
 * - Int, Boolean, Float: 64-bit value at +16;
 * - bytes (class Object, flag FLAG_BYTES): capacity, a length that the owner keeps, bytes from +24.
 *
 * A reference is the object's address; 0 is null. Functions that make something return 0 with an exception pending
 * when memory is out. They never reclaim: a native calls `need` first (reclaim.ts), with its operands still in the
 * frame, and may then keep references in locals until it returns.
 */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_CLASS,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_OBJECT,
  CLASS_STRING,
} from '../bytecode/builtins.generated';
import {
  ALLOC_FLAGS,
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  BOX_VALUE,
  BYT_CAPACITY,
  BYT_DATA,
  IN_ZERO,
  OBJ_CLASS,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_LINK,
  OBJ_SIZE,
} from '../bytecode/layout';
import { classSlots, classSuper, isInterface } from './classes';
import { marking, shade } from './cycles';
import { throwOutOfMemory } from './exceptions';
import { LARGEST_SMALL, allocation, chainOf, heapGive, heapSize, heapTake, objectBlocks, takeFrom } from './heap';
import { implementsInterface } from './interfaces';
import { zeroPush, zeroReserve } from './zero-table';

export {
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  BOX_VALUE,
  BYT_CAPACITY,
  BYT_DATA,
  IN_ZERO,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_LINK,
  OBJ_SIZE,
};

export const OBJ_FLAGS: usize = 2;
export const OBJ_MARK: usize = 3;
export const OBJ_HEADER: usize = 16;

/** Payload is raw bytes. */
export const FLAG_BYTES: u32 = 1;
/** Never freed; its count starts so high that it cannot reach zero. */
export const FLAG_IMMORTAL: u32 = 2;
/** An array whose elements may be null. */
export const FLAG_NULLS: u32 = 0x40;
export const IMMORTAL_COUNT: i32 = 0x40000000;
/** A bit of OBJ_LINK beside IN_ZERO: the cycle collector is to look at the object's children (cycles.ts). */
export const IN_GREY: u32 = 2;
/** All bits of OBJ_LINK that are no address. */
export const LINK_BITS: u32 = 7;

export const STR_BYTES: usize = 16;
export const STR_CHARS: usize = 20;
export const STR_HASH: usize = 24;
export const STR_DATA: usize = 28;

/** u16: what the elements of an array of references are objects of, Object for any; NO_ELEMENT_CLASS: it cannot be told. */
export const ARR_ELEMENT: usize = 30;
export const NO_ELEMENT_CLASS: u32 = 0xffff;

export const BYT_LENGTH: usize = 20;

/** Largest payload of one object, text or element block in bytes; keeps every size sum within 32 bits. */
export const MAX_PAYLOAD: usize = 0x10000000;

function born(ref: usize, cls: i32): usize {
  // The count is 0, the mark too; link and size are there already.
  store<u64>(ref, <u64>((<u32>cls) | load<u32>(allocation, ALLOC_FLAGS)));
  zeroPush(ref);
  return ref;
}

/** An object of class `cls` and `bytes` bytes, header included, from its chain; 0: that is empty, or there is none. */
function fromChain(cls: i32, bytes: usize): usize {
  if (isDefined(HOSTILE)) return 0;
  if (bytes > LARGEST_SMALL) return 0;
  const chain = chainOf(bytes, true);
  return load<u32>(chain) ? born(takeFrom(chain), cls) : 0;
}

/** An object with a header and an undefined payload, 0 when memory is out (nothing thrown). */
export function tryAllocate(cls: i32, payload: usize): usize {
  const ready = fromChain(cls, payload + OBJ_HEADER);
  if (ready) return ready;
  if (payload > MAX_PAYLOAD) return 0;
  if (!zeroReserve(objectBlocks)) return 0;
  const ref = heapTake(payload + OBJ_HEADER, true);
  return ref ? born(ref, cls) : 0;
}

/** An object of class `cls` with `payload` zero bytes; 0: out of memory, exception pending. */
export function allocObject(act: usize, cls: i32, payload: usize): usize {
  const ref = tryAllocate(cls, payload);
  if (!ref) {
    throwOutOfMemory(act);
    return 0;
  }
  clear(ref + OBJ_HEADER, payload);
  return ref;
}

function clear(at: usize, bytes: usize): void {
  if (bytes > 128) return memory.fill(at, 0, bytes);
  for (const end = at + bytes; at < end; at += 8) store<u64>(at, 0);
}

/** A new object of a class with fields, all zero, if none has to be reclaimed first; 0: ask `newInstance`. */
export function readyInstance(cls: i32): usize {
  const payload = (<usize>classSlots(cls)) << 3;
  const ref = fromChain(cls, payload + OBJ_HEADER);
  if (ref) clear(ref + OBJ_HEADER, payload);
  return ref;
}

/** A new object of a class with fields, all zero; 0: out of memory, exception pending. */
export function newInstance(act: usize, cls: i32): usize {
  return allocObject(act, cls, (<usize>classSlots(cls)) << 3);
}

/** A string of `bytes` bytes and `chars` characters, its bytes at `STR_DATA` for the caller to fill; 0: exception pending. */
export function newString(act: usize, bytes: i32, chars: i32): usize {
  const ref: usize =
    bytes < 0 || <usize>bytes > MAX_PAYLOAD - 16
      ? 0
      : tryAllocate(CLASS_STRING, <usize>bytes + (STR_DATA - OBJ_HEADER));
  if (!ref) {
    throwOutOfMemory(act);
    return 0;
  }
  store<u32>(ref, <u32>bytes, STR_BYTES);
  store<u32>(ref, <u32>chars, STR_CHARS);
  store<u32>(ref, 0, STR_HASH);
  return ref;
}

/** Characters in UTF-8 text. */
export function countChars(at: usize, bytes: i32): i32 {
  let chars = 0;
  let p = at;
  const end = at + <usize>bytes;
  while (p + 8 <= end) {
    // A byte continues a character when its top bits are 10.
    const word = load<u64>(p);
    const continued = (word >> 7) & (~word >> 6) & 0x0101010101010101;
    chars += 8 - <i32>popcnt<u64>(continued);
    p += 8;
  }
  while (p < end) {
    if ((load<u8>(p) & 0xc0) != 0x80) chars++;
    p++;
  }
  return chars;
}

/** A string with a copy of UTF-8 text; 0: exception pending. */
export function newStringFrom(act: usize, at: usize, bytes: i32): usize {
  const ref = newString(act, bytes, countChars(at, bytes));
  if (ref) memory.copy(ref + STR_DATA, at, <usize>bytes);
  return ref;
}

/** An empty array with room for `capacity` elements of kind 0 or ARR_FLAG_*; 0: exception pending. */
export function newArray(act: usize, kind: u32, capacity: i32): usize {
  let data: usize = 0;
  if (capacity > 0) {
    data = <usize>capacity > MAX_PAYLOAD >> 3 ? 0 : heapTake((<usize>capacity) << 3, false);
    if (!data) {
      throwOutOfMemory(act);
      return 0;
    }
  }
  const ref = tryAllocate(CLASS_ARRAY, 16);
  if (!ref) {
    if (data) heapGive(data);
    throwOutOfMemory(act);
    return 0;
  }
  store<u32>(ref, 0, ARR_SIZE);
  store<u32>(ref, data ? <u32>(heapSize(data) >> 3) : 0, ARR_CAPACITY);
  store<u32>(ref, <u32>data, ARR_DATA);
  store<u32>(ref, kind | (NO_ELEMENT_CLASS << 16), ARR_FLAGS);
  return ref;
}

/** Makes room for `capacity` elements, at least doubling when it must grow. 0, or 1: exception pending, array unchanged. */
export function arrayReserve(act: usize, array: usize, capacity: i32): i32 {
  const old = load<u32>(array, ARR_CAPACITY);
  if (<u32>capacity <= old) return 0;
  if (capacity < 0 || <usize>capacity > MAX_PAYLOAD >> 3) return throwOutOfMemory(act);
  let wanted: u32 = old * 2 < 4 ? 4 : old * 2;
  if (wanted < <u32>capacity) wanted = <u32>capacity;
  let data = heapTake((<usize>wanted) << 3, false);
  if (!data) data = heapTake((<usize>capacity) << 3, false);
  if (!data) return throwOutOfMemory(act);
  const before = <usize>load<u32>(array, ARR_DATA);
  if (before) {
    memory.copy(data, before, (<usize>load<u32>(array, ARR_SIZE)) << 3);
    heapGive(before);
  }
  store<u32>(array, <u32>data, ARR_DATA);
  store<u32>(array, <u32>(heapSize(data) >> 3), ARR_CAPACITY);
  return 0;
}

/** A bytes object with room for at least `capacity` bytes, length 0, contents undefined; 0: no memory (nothing thrown). */
export function tryBytes(capacity: i32): usize {
  if (capacity < 0 || <usize>capacity > MAX_PAYLOAD - 16) return 0;
  const ref = tryAllocate(CLASS_OBJECT, <usize>capacity + 8);
  if (!ref) return 0;
  store<u8>(ref, load<u8>(ref, OBJ_FLAGS) | (<u8>FLAG_BYTES), OBJ_FLAGS);
  store<u32>(ref, load<u32>(ref, OBJ_SIZE) - <u32>BYT_DATA, BYT_CAPACITY);
  store<u32>(ref, 0, BYT_LENGTH);
  return ref;
}

/** `tryBytes`; 0: exception pending. */
export function newBytes(act: usize, capacity: i32): usize {
  const ref = tryBytes(capacity);
  if (!ref) throwOutOfMemory(act);
  return ref;
}

function newBox(act: usize, cls: i32, value: i64): usize {
  const ref = tryAllocate(cls, 8);
  if (!ref) {
    throwOutOfMemory(act);
    return 0;
  }
  store<i64>(ref, value, BOX_VALUE);
  return ref;
}

/** Class of the box for a value as arrays of this kind hold it: 0 or ARR_FLAG_*. */
export function boxClass(kind: u32): i32 {
  return kind == ARR_FLAG_BOOLEANS ? CLASS_BOOLEAN : kind == ARR_FLAG_FLOATS ? CLASS_FLOAT : CLASS_INT;
}

/** Is it the class of boxes: Int, Boolean, Float? */
export function isBoxClass(cls: i32): bool {
  return cls >= CLASS_INT && cls <= CLASS_FLOAT;
}

/** Is it the class of objects that are equal by their one value: a box, or a Class? */
export function isValueBox(cls: i32): bool {
  return cls >= CLASS_INT && cls <= CLASS_CLASS;
}

/** A `Class` object; 0: exception pending. */
export function newClass(act: usize, cls: i32): usize {
  return newBox(act, CLASS_CLASS, <i64>cls);
}

/** A box for a value as arrays of this kind hold it; 0: exception pending. */
export function newBoxOf(act: usize, kind: u32, value: i64): usize {
  return newBox(act, boxClass(kind), kind == ARR_FLAG_BOOLEANS ? (value != 0 ? 1 : 0) : value);
}

/** An `Int` object; 0: exception pending. */
export function newInt(act: usize, value: i64): usize {
  return newBox(act, CLASS_INT, value);
}

/** A `Boolean` object; 0: exception pending. */
export function newBoolean(act: usize, value: i64): usize {
  return newBox(act, CLASS_BOOLEAN, value != 0 ? 1 : 0);
}

/** A raw block, 8-aligned, contents undefined; 0: no memory (nothing thrown). */
export function allocRaw(bytes: usize): usize {
  return bytes > MAX_PAYLOAD ? 0 : heapTake(bytes, false);
}

/** Gives a raw block back. */
export function freeRaw(block: usize): void {
  if (block) heapGive(block);
}

/** Counts a reference that was stored in the heap; null is allowed. */
export function retain(ref: usize): void {
  if (ref) store<i32>(ref, load<i32>(ref, OBJ_COUNT) + 1, OBJ_COUNT);
}

/** Uncounts a reference that an object has had which nobody can reach; null is allowed. */
export function uncount(ref: usize): void {
  if (!ref) return;
  const count = load<i32>(ref, OBJ_COUNT) - 1;
  store<i32>(ref, count, OBJ_COUNT);
  if (count != 0) return;
  const link = load<u32>(ref, OBJ_LINK);
  if ((link & IN_ZERO) != 0) return;
  store<u32>(ref, link | IN_ZERO, OBJ_LINK);
  zeroPush(ref);
}

/** Uncounts a reference that was removed from the heap; null is allowed. Frees nothing now: see reclaim.ts. */
export function release(ref: usize): void {
  if (marking) shade(ref);
  uncount(ref);
}

/** Stores a counted reference into the 8-byte heap slot at `slot` in place of the one there. */
export function setReference(slot: usize, ref: usize): void {
  const old = <usize>load<u32>(slot);
  if (old == ref) return;
  retain(ref);
  store<u64>(slot, <u64>ref);
  release(old);
}

/** Makes an object one that is never freed. */
export function makeImmortal(ref: usize): void {
  store<u8>(ref, load<u8>(ref, OBJ_FLAGS) | (<u8>FLAG_IMMORTAL), OBJ_FLAGS);
  store<i32>(ref, load<i32>(ref, OBJ_COUNT) + IMMORTAL_COUNT, OBJ_COUNT);
}

/** Class id of an object. */
export function classOf(ref: usize): i32 {
  return <i32>load<u16>(ref, OBJ_CLASS);
}

/** Is `cls` the class `above`, or below it? */
export function isSubclass(cls: i32, above: i32): bool {
  let c = cls;
  while (c != above) {
    if (c < 0) return false;
    c = classSuper(c);
  }
  return true;
}

/** Is `ref` an object of class `cls` or below, or one that implements the interface `cls`? Null is not. */
export function isInstance(ref: usize, cls: i32): bool {
  if (!ref) return false;
  return isInterface(cls) ? implementsInterface(classOf(ref), cls) : isSubclass(classOf(ref), cls);
}

/** Notes what the elements of an array of references are objects of, and whether they may be null. */
export function setElementClass(array: usize, cls: i32, nulls: bool): void {
  store<u16>(array, <u16>cls, ARR_ELEMENT);
  if (nulls) store<u8>(array, load<u8>(array, OBJ_FLAGS) | (<u8>FLAG_NULLS), OBJ_FLAGS);
}

/** Class of the elements of an array of references; -1: it cannot be told. */
export function elementClass(array: usize): i32 {
  const cls = <u32>load<u16>(array, ARR_ELEMENT);
  return cls == NO_ELEMENT_CLASS ? -1 : <i32>cls;
}

/** May elements of the array be null? */
export function takesNull(array: usize): bool {
  return ((<u32>load<u8>(array, OBJ_FLAGS)) & FLAG_NULLS) != 0;
}

/** Is `ref` a bytes object? */
export function isBytes(ref: usize): bool {
  return ref != 0 && ((<u32>load<u8>(ref, OBJ_FLAGS)) & FLAG_BYTES) != 0;
}

/** Integer in field slot `slot`. */
export function getField(ref: usize, slot: i32): i64 {
  return load<i64>(ref + OBJ_FIELDS + ((<usize>slot) << 3));
}

/** Sets the integer in field slot `slot`. */
export function setField(ref: usize, slot: i32, value: i64): void {
  store<i64>(ref + OBJ_FIELDS + ((<usize>slot) << 3), value);
}

/** Reference in field slot `slot`. */
export function getReference(ref: usize, slot: i32): usize {
  return <usize>load<u32>(ref + OBJ_FIELDS + ((<usize>slot) << 3));
}

/** Sets the reference in field slot `slot`, counted. */
export function setReferenceField(ref: usize, slot: i32, value: usize): void {
  setReference(ref + OBJ_FIELDS + ((<usize>slot) << 3), value);
}

/** Is `cls` one of the image's own classes? */
export function isUserClass(cls: i32): bool {
  return cls >= BUILTIN_CLASSES;
}
