/**
 * The cycle collector: what reference counts cannot free. A collection goes in steps, between which the script runs:
 *
 * 1. Marking begins with a snapshot of the roots: what stacks, activations, globals and the host refer to becomes grey,
 *    and grey objects' children after it, some at a step. What was reachable at the snapshot is kept: a reference that
 *    is taken away meanwhile makes its object grey (`release`), a new object is marked from its birth.
 * 2. Breaking walks over all pages, some at a step, and sets the references of each object that was not reached to null.
 *    Nothing is freed here: without these references, counts fall to zero and `reclaim` finds them as it finds all.
 *
 * It takes no memory. Grey objects are a list through their headers, and the mark is a bit whose meaning turns around
 * with each collection, so no pass clears it. Only objects that can refer to others are marked at all.
 */
import { CLASS_ARRAY, CLASS_STRING } from '../bytecode/builtins.generated';
import {
  IMG_GLOBAL_BYTES,
  IMG_GLOBAL_FLAGS,
  IMG_GLOBAL_FLAG_REF,
  IMG_SEC_COUNT,
  IMG_SEC_GLOBALS,
} from '../bytecode/image';
import { baseOf, imageAt, imageCount } from '../bytecode/images';
import { ALLOC_FLAGS } from '../bytecode/layout';
import { shadeStreams } from '../lib/console';
import { shadeTask } from '../lib/system';
import { classReferences } from './classes';
import { shadeReserves } from './exceptions';
import { FREE_BLOCK, allocation, blockSize, heapCapacity } from './heap';
import { heldAt, holdPlaces } from './holds';
import { globals } from './link';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  FLAG_IMMORTAL,
  IN_GREY,
  IN_ZERO,
  LINK_BITS,
  OBJ_FIELDS,
  OBJ_FLAGS,
  OBJ_LINK,
  classOf,
  isBytes,
  uncount,
} from './object';
import {
  KIND_LARGE_OBJECT,
  KIND_SMALL_OBJECTS,
  PAGE_BYTES,
  PAGE_KIND,
  PAGE_LIST,
  nextPage,
  pageAddress,
  pageOf,
  poolEnd,
  poolStart,
} from './pages';

/** The mark in OBJ_FLAGS, and which value of it says "reached". */
export const FLAG_COLOUR: u32 = 4;
export let reached: u32 = 0;
/** Is the first half under way? Then `release` calls `shade`. */
export let marking: bool = false;
/** The same in memory, for native code. */
export const markingWord: usize = memory.data(4, 4);
/** Collections that came to their end, and objects whose references they took. */
export let collections: u32 = 0;
export let broken: u64 = 0;

let grey: usize = 0;
/** Descriptor of the page that breaking comes to next; 0: it is not under way. */
let cursor: usize = 0;
/** Grey objects that one collection may still have: only in a heap that an image has spoilt are there more than fit. */
let left: u32 = 0;

function setReached(flag: u32): void {
  reached = flag;
  store<u32>(allocation, flag << 16, ALLOC_FLAGS);
}

function setMarking(value: bool): void {
  marking = value;
  store<u32>(markingWord, value ? 1 : 0);
}

/** No collection is under way; the heap was laid out anew. */
export function cyclesInit(): void {
  setReached(0);
  setMarking(false);
  collections = 0;
  broken = 0;
  grey = 0;
  cursor = 0;
}

/** Is a collection under way? */
export function collecting(): bool {
  return marking || cursor != 0;
}

/** References that an object of this class has; an array: 0. */
function referenceCount(ref: usize, cls: i32): u32 {
  return cls == CLASS_STRING || cls == CLASS_ARRAY || isBytes(ref) ? 0 : load<u32>(classReferences(cls));
}

function isReferenceArray(ref: usize, cls: i32): bool {
  return cls == CLASS_ARRAY && <u32>load<u16>(ref, ARR_FLAGS) == ARR_FLAG_REFS;
}

/** Marks an object as reached, its children are to follow. Only while `marking`; 0 is allowed. */
export function shade(ref: usize): void {
  if (!ref) return;
  const flags = <u32>load<u8>(ref, OBJ_FLAGS);
  if ((flags & FLAG_COLOUR) == reached) return;
  const cls = classOf(ref);
  if (!isReferenceArray(ref, cls) && referenceCount(ref, cls) == 0) return;
  store<u8>(ref, <u8>(flags ^ FLAG_COLOUR), OBJ_FLAGS);
  store<u32>(ref, (load<u32>(ref, OBJ_LINK) & IN_ZERO) | (<u32>grey) | IN_GREY, OBJ_LINK);
  grey = ref;
}

/** Begins a collection; `reclaim` then shades what stacks and activations refer to. */
export function beginCollection(): void {
  setReached(reached ^ FLAG_COLOUR);
  setMarking(true);
  left = <u32>(heapCapacity() >> 4);
  shadeReserves();
  shadeStreams();
  shadeTask();
  for (let i: u32 = 0; i < holdPlaces(); i++) shade(heldAt(i));
  for (let i = 0; i < imageCount(); i++) {
    const image = imageAt(i);
    let record = image + <usize>load<u32>(image, IMG_SEC_GLOBALS);
    let slot = globals + ((<usize>baseOf(image, IMG_SEC_GLOBALS)) << 3);
    for (let count = load<u32>(image, IMG_SEC_GLOBALS + IMG_SEC_COUNT); count != 0; count--) {
      if ((load<i32>(record, IMG_GLOBAL_FLAGS) & IMG_GLOBAL_FLAG_REF) != 0) shade(<usize>load<u32>(slot));
      record += IMG_GLOBAL_BYTES;
      slot += 8;
    }
  }
}

/** Shades the children of the first grey object; units of work. */
function blacken(): i32 {
  const ref = grey;
  const link = load<u32>(ref, OBJ_LINK);
  grey = <usize>(link & ~LINK_BITS);
  store<u32>(ref, link & IN_ZERO, OBJ_LINK);
  if (left-- == 0) unreachable();
  const cls = classOf(ref);
  if (cls == CLASS_ARRAY) {
    const size = load<u32>(ref, ARR_SIZE);
    const data = <usize>load<u32>(ref, ARR_DATA);
    for (let i: usize = 0; i < <usize>size; i++) shade(<usize>load<u32>(data + (i << 3)));
    return 1 + <i32>(size >> 3);
  }
  const list = classReferences(cls);
  const count = load<u32>(list);
  for (let i: u32 = 1; i <= count; i++)
    shade(<usize>load<u32>(ref + OBJ_FIELDS + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 3)));
  return 1 + <i32>(count >> 3);
}

function cut(slot: usize): void {
  const ref = <usize>load<u32>(slot);
  store<u64>(slot, 0);
  uncount(ref);
}

/** Takes the references of an object that was not reached; units of work. */
function breakObject(ref: usize): i32 {
  const flags = <u32>load<u8>(ref, OBJ_FLAGS);
  if ((flags & FLAG_COLOUR) == reached || (flags & FLAG_IMMORTAL) != 0) return 1;
  const cls = classOf(ref);
  if (isReferenceArray(ref, cls)) {
    const size = load<u32>(ref, ARR_SIZE);
    const data = <usize>load<u32>(ref, ARR_DATA);
    for (let i: usize = 0; i < <usize>size; i++) cut(data + (i << 3));
    broken++;
    return 1 + <i32>(size >> 3);
  }
  const count = referenceCount(ref, cls);
  if (count == 0) return 1;
  const list = classReferences(cls);
  for (let i: u32 = 1; i <= count; i++) cut(ref + OBJ_FIELDS + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 3));
  broken++;
  return 1 + <i32>(count >> 3);
}

/** Breaks what a page holds; units of work. */
function breakPage(page: usize): i32 {
  const kind = <u32>load<u8>(page, PAGE_KIND);
  if (kind == KIND_LARGE_OBJECT) return breakObject(pageAddress(page));
  if (kind != KIND_SMALL_OBJECTS) return 1;
  const size = blockSize(<u32>load<u8>(page, PAGE_LIST));
  const first = pageAddress(page);
  let units = 1;
  for (let block = first; block + size <= first + PAGE_BYTES; block += size)
    if (<u32>load<u16>(block) != FREE_BLOCK) units += breakObject(block);
  return units;
}

/** Goes on with the collection for about `units` objects. True: it came to its end. */
export function collectSome(units: i32): bool {
  let budget = units;
  while (grey != 0 && budget > 0) budget -= blacken();
  if (marking) {
    if (grey != 0) return false;
    setMarking(false);
    cursor = pageOf(poolStart);
  }
  const end = pageOf(poolEnd);
  while (cursor < end && budget > 0) {
    budget -= breakPage(cursor);
    cursor = nextPage(cursor);
  }
  if (cursor < end) return false;
  cursor = 0;
  collections++;
  return true;
}
