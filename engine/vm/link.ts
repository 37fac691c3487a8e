/** From a verified image to an isolate: tables, globals, constants. An isolate holds one image for its life. */
import {
  CLASS_OUT_OF_MEMORY_EXCEPTION,
  CLASS_STACK_OVERFLOW_EXCEPTION,
  CLASS_STRING,
  CLASS_TIMEOUT_EXCEPTION,
  SLOT_EXCEPTION_MESSAGE,
  SLOT_EXCEPTION_TRACE,
} from '../bytecode/builtins.generated';
import {
  IMG_SEC_COUNT,
  IMG_SEC_GLOBALS,
  IMG_SEC_INTS,
  IMG_SEC_STRINGS,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
} from '../bytecode/image';
import { classSlots, linkClasses } from './classes';
import { setReserves } from './exceptions';
import { linkMethods } from './frame';
import { heapTake } from './heap';
import { writeLiteral } from './literal';
import {
  OBJ_FIELDS,
  STR_BYTES,
  STR_CHARS,
  STR_DATA,
  STR_HASH,
  makeImmortal,
  newStringFrom,
  setReferenceField,
  tryAllocate,
  tryBytes,
} from './object';

/** Address of the image; 0 before `linkImage`. */
export let image: usize = 0;
/** Globals, 8 bytes each; references among them are counted. */
export let globals: usize = 0;
/** INTS section. */
export let ints: usize = 0;
/** Per STRING record the address of its string object, 0 until it is first used. */
export let literals: usize = 0;
/** The texts of booleans. */
export let trueText: usize = 0;
export let falseText: usize = 0;

/** Frames that the reserve exceptions have room for; a pair of u32 each. */
const RESERVE_TRACE_BYTES: i32 = 17 * 8;

/** Forgets the image; the heap was laid out anew. */
export function linkInit(): void {
  image = 0;
}

/** An immortal string of an ASCII literal; 0: no memory. */
function immortalText(text: string): usize {
  const ref = tryAllocate(CLASS_STRING, STR_DATA - OBJ_FIELDS + 64);
  if (!ref) return 0;
  const length = <u32>(writeLiteral(ref + STR_DATA, ref + STR_DATA + 64, text) - ref - STR_DATA);
  store<u32>(ref, length, STR_BYTES);
  store<u32>(ref, length, STR_CHARS);
  store<u32>(ref, 0, STR_HASH);
  makeImmortal(ref);
  return ref;
}

/** An exception that can be thrown when nothing can be allocated; 0: no memory. */
function reserve(cls: i32, text: string): usize {
  const ref = tryAllocate(cls, (<usize>classSlots(cls)) << 3);
  const message = immortalText(text);
  const trace = tryBytes(RESERVE_TRACE_BYTES);
  if (!ref || !message || !trace) return 0;
  makeImmortal(trace);
  memory.fill(ref + OBJ_FIELDS, 0, (<usize>classSlots(cls)) << 3);
  setReferenceField(ref, SLOT_EXCEPTION_MESSAGE, message);
  setReferenceField(ref, SLOT_EXCEPTION_TRACE, trace);
  makeImmortal(ref);
  return ref;
}

/** Links a verified image. False: no memory. */
export function linkImage(at: usize): bool {
  if (!linkClasses(at) || !linkMethods(at)) return false;
  const globalBytes = (<usize>load<u32>(at, IMG_SEC_GLOBALS + IMG_SEC_COUNT)) << 3;
  const literalBytes = (<usize>load<u32>(at, IMG_SEC_STRINGS + IMG_SEC_COUNT)) << 2;
  globals = heapTake(globalBytes, false);
  literals = heapTake(literalBytes, false);
  trueText = immortalText('true');
  falseText = immortalText('false');
  if (!globals || !literals || !trueText || !falseText) return false;
  memory.fill(globals, 0, globalBytes);
  memory.fill(literals, 0, literalBytes);
  ints = at + <usize>load<u32>(at, IMG_SEC_INTS);
  const memoryOut = reserve(CLASS_OUT_OF_MEMORY_EXCEPTION, 'the heap of this script is used up');
  const depth = reserve(CLASS_STACK_OVERFLOW_EXCEPTION, 'calls are nested too deep');
  const timeout = reserve(CLASS_TIMEOUT_EXCEPTION, 'the fuel of this call is used up');
  if (!memoryOut || !depth || !timeout) return false;
  setReserves(memoryOut, depth, timeout);
  image = at;
  return true;
}

/** Address of the UTF-8 bytes of string constant `index`. */
export function constantAddress(index: u32): usize {
  return image + <usize>load<u32>(stringRecord(index), IMG_STRING_OFFSET);
}

/** Its length in bytes. */
export function constantLength(index: u32): i32 {
  return load<i32>(stringRecord(index), IMG_STRING_LENGTH);
}

function stringRecord(index: u32): usize {
  return image + <usize>load<u32>(image, IMG_SEC_STRINGS) + <usize>index * IMG_STRING_BYTES;
}

/** The string object of constant `index`, made at its first use; 0: exception pending. Never reclaims. */
export function literalString(act: usize, index: u32): usize {
  const at = literals + ((<usize>index) << 2);
  const known = <usize>load<u32>(at);
  if (known) return known;
  const ref = newStringFrom(act, constantAddress(index), constantLength(index));
  if (!ref) return 0;
  makeImmortal(ref);
  store<u32>(at, <u32>ref);
  return ref;
}
