/**
 * From a verified image to an isolate: tables, globals, constants. Further images go on where the ones before them ended:
 * each makes the tables longer, which then lie elsewhere. Frames name methods by index, objects name classes by id, so
 * calls that are under way go on in the new tables.
 */
import {
  CLASS_OUT_OF_MEMORY_EXCEPTION,
  CLASS_STACK_OVERFLOW_EXCEPTION,
  CLASS_STRING,
  CLASS_TIMEOUT_EXCEPTION,
  SLOT_EXCEPTION_MESSAGE,
  SLOT_EXCEPTION_TRACE,
} from '../bytecode/builtins.generated';
import {
  IMG_PATCH_BYTES,
  IMG_PATCH_CLASS,
  IMG_PATCH_METHOD,
  IMG_PATCH_SLOT,
  IMG_SEC_COUNT,
  IMG_SEC_GLOBALS,
  IMG_SEC_INTS,
  IMG_SEC_PATCHES,
  IMG_SEC_STRINGS,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
  IMG_W_LENGTH,
} from '../bytecode/image';
import { baseOf, holder, imageCount, imageList, recordIn, recordOf, setImages } from '../bytecode/images';
import { linkHostCalls } from '../lib/host-call';
import { classSlots, classVirtual, growClasses, keepClasses, patchVirtual, undoClasses } from './classes';
import { setReserves } from './exceptions';
import { giveMethods, growMethods, installMethods } from './frame';
import { heapGive, heapTake } from './heap';
import { forgetFound, growSites, installSites, replaceAnswer } from './interfaces';
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

/** Address of the first image, which is the script; 0 before `linkImage`. */
export let image: usize = 0;
/** Bytes of all images. */
export let imageBytes: i32 = 0;
/** Globals, 8 bytes each; references among them are counted. */
export let globals: usize = 0;
/** Integer constants, by index. */
export let ints: usize = 0;
/** Per string constant the address of its object, 0 until it is first used. */
export let literals: usize = 0;
/** The texts of booleans. */
export let trueText: usize = 0;
export let falseText: usize = 0;

const ENOMEM: i32 = 12;
/** Frames that the reserve exceptions have room for; a pair of u32 each. */
const RESERVE_TRACE_BYTES: i32 = 17 * 8;

// Is `ints` a block of its own, rather than a part of the first image?
let intsCopied: bool = false;

/** Forgets all images; the heap was laid out anew. */
export function linkInit(): void {
  image = 0;
  imageBytes = 0;
  globals = 0;
  literals = 0;
  ints = 0;
  intsCopied = false;
  setImages(0, 0);
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

/** A block with the first `before` entries of `from`, then `more` that are 0; entries of 1 << `shift` bytes. 0: no memory. */
function grown(from: usize, before: u32, more: u32, shift: usize): usize {
  const kept = (<usize>before) << shift;
  const added = (<usize>more) << shift;
  const block = heapTake(kept + added, false);
  if (!block) return 0;
  if (kept != 0) memory.copy(block, from, kept);
  memory.fill(block + kept, 0, added);
  return block;
}

/** Do the integer constants need a block, because two images have some? */
function copiesInts(at: usize): bool {
  return baseOf(at, IMG_SEC_INTS) != 0 && load<u32>(at, IMG_SEC_INTS + IMG_SEC_COUNT) != 0;
}

/** The integer constants of all images so far and of `at`; 0: no memory. */
function grownInts(at: usize): usize {
  const before = baseOf(at, IMG_SEC_INTS);
  const own = at + <usize>load<u32>(at, IMG_SEC_INTS);
  const count = load<u32>(at, IMG_SEC_INTS + IMG_SEC_COUNT);
  if (before == 0) return own;
  if (!copiesInts(at)) return ints;
  const block = grown(ints, before, count, 3);
  if (block) memory.copy(block + ((<usize>before) << 3), own, (<usize>count) << 3);
  return block;
}

function replaceBlock(old: usize, by: usize): usize {
  if (old && old != by) heapGive(old);
  return by;
}

function applyPatches(at: usize): void {
  let patch = at + <usize>load<u32>(at, IMG_SEC_PATCHES);
  for (let left = load<u32>(at, IMG_SEC_PATCHES + IMG_SEC_COUNT); left != 0; left--) {
    const cls = load<i32>(patch, IMG_PATCH_CLASS);
    const slot = load<u32>(patch, IMG_PATCH_SLOT);
    const method = load<u32>(patch, IMG_PATCH_METHOD);
    replaceAnswer(cls, classVirtual(cls, slot), method);
    patchVirtual(cls, slot, method);
    patch += IMG_PATCH_BYTES;
  }
}

/** What only the first image brings. */
function linkFirst(): bool {
  trueText = immortalText('true');
  falseText = immortalText('false');
  if (!trueText || !falseText) return false;
  const memoryOut = reserve(CLASS_OUT_OF_MEMORY_EXCEPTION, 'the heap of this script is used up');
  const depth = reserve(CLASS_STACK_OVERFLOW_EXCEPTION, 'calls are nested too deep');
  const timeout = reserve(CLASS_TIMEOUT_EXCEPTION, 'the fuel of this call is used up');
  if (!memoryOut || !depth || !timeout) return false;
  setReserves(memoryOut, depth, timeout);
  return true;
}

/**
 * Links a verified image: the first one, or one more. 0, -12 (no memory), or the errno with which the host refuses a
 * function. Otherwise nothing has changed, if it is not the first.
 */
export function linkImage(at: usize): i32 {
  if (!growClasses(at)) return -ENOMEM;
  const first = imageCount() == 0;
  const count = imageCount();
  const methods = growMethods(at);
  const newGlobals = grown(globals, baseOf(at, IMG_SEC_GLOBALS), load<u32>(at, IMG_SEC_GLOBALS + IMG_SEC_COUNT), 3);
  const newLiterals = grown(literals, baseOf(at, IMG_SEC_STRINGS), load<u32>(at, IMG_SEC_STRINGS + IMG_SEC_COUNT), 2);
  const newInts = grownInts(at);
  const sites = growSites(at);
  const list = grown(imageList(), <u32>count, 1, 2);
  const calls =
    methods && newGlobals && newLiterals && newInts && sites && list && (!first || linkFirst())
      ? linkHostCalls(at)
      : -ENOMEM;
  if (calls != 0) {
    if (methods) giveMethods(methods);
    if (newGlobals) heapGive(newGlobals);
    if (newLiterals) heapGive(newLiterals);
    if (newInts && copiesInts(at)) heapGive(newInts);
    if (sites) heapGive(sites);
    if (list) heapGive(list);
    undoClasses();
    return calls;
  }
  keepClasses();
  installMethods(methods);
  installSites(sites);
  globals = replaceBlock(globals, newGlobals);
  literals = replaceBlock(literals, newLiterals);
  if (copiesInts(at)) {
    if (intsCopied) heapGive(ints);
    intsCopied = true;
  }
  ints = newInts;
  store<u32>(list + ((<usize>count) << 2), <u32>at);
  const old = imageList();
  setImages(list, count + 1);
  if (old) heapGive(old);
  applyPatches(at);
  forgetFound(at);
  if (first) image = at;
  imageBytes += load<i32>(at, IMG_W_LENGTH);
  return 0;
}

/** Address of the UTF-8 bytes of string constant `index`. */
export function constantAddress(index: u32): usize {
  const at = holder(IMG_SEC_STRINGS, index);
  return at + <usize>load<u32>(recordIn(at, IMG_SEC_STRINGS, index, IMG_STRING_BYTES), IMG_STRING_OFFSET);
}

/** Its length in bytes. */
export function constantLength(index: u32): i32 {
  return load<i32>(recordOf(IMG_SEC_STRINGS, index, IMG_STRING_BYTES), IMG_STRING_LENGTH);
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
