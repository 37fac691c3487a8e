/**
 * Looks at the whole heap between two calls: do runs tile the pool, are free lists and bins whole, does every account
 * say what there is, does every object have the references that its count says? Compiled into the hostile build alone.
 */
import { CLASS_ARRAY, CLASS_STRING, CLASS_TASK } from '../bytecode/builtins.generated';
import { IMG_GLOBAL_BYTES, IMG_GLOBAL_FLAGS, IMG_GLOBAL_FLAG_REF, IMG_SEC_GLOBALS } from '../bytecode/image';
import { recordOf, total } from '../bytecode/images';
import { ALLOC_CHAINS } from '../bytecode/layout';
import { classCount, classReferences } from './classes';
import {
  FREE_BLOCK,
  allocation,
  blockSize,
  chained,
  heapSize,
  heapUsed,
  listHead,
  objectAt,
  objectBlocks,
} from './heap';

import { globals } from './link';
import {
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  FLAG_IMMORTAL,
  IMMORTAL_COUNT,
  IN_ZERO,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_FLAGS,
  OBJ_LINK,
  OBJ_SIZE,
  classOf,
  isBytes,
} from './object';
import {
  KIND_FREE,
  KIND_FREE_END,
  KIND_INNER,
  KIND_LARGE_OBJECT,
  KIND_LARGE_RAW,
  KIND_SMALL_OBJECTS,
  KIND_SMALL_RAW,
  PAGE_BYTES,
  PAGE_FIRST_FREE,
  PAGE_FREE_COUNT,
  PAGE_KIND,
  PAGE_LIST,
  PAGE_NEXT,
  PAGE_RUN,
  binHead,
  pageAddress,
  pageOf,
  poolEnd,
  poolStart,
} from './pages';
import { zeroCount, zeroTable } from './zero-table';

const LISTS: u32 = 32;
const BINS: i32 = 20;
const DESCRIPTOR: usize = 16;
/** A bit of OBJ_LINK that nobody else uses: the object was met in the zero-count table. */
const SEEN: u32 = 4;

/** What the host says that it holds: devices and states of open files; u32 each. */
const held: usize = memory.data(1024);
const MOST_HELD: u32 = 256;
let heldCount: u32 = 0;

/** The host holds a reference to `ref`, for the next `checkHeap`. */
export function hold(ref: usize): void {
  if (heldCount == MOST_HELD) return;
  store<u32>(held + ((<usize>heldCount) << 2), <u32>ref);
  heldCount++;
}

/** Address at which the last fault was found. */
export let faultAt: usize = 0;
let fault: i32 = 0;

let used: usize = 0;
let objects: u32 = 0;
/** Objects that say they are in the zero-count table. */
let inZero: u32 = 0;
let freeRuns: u32 = 0;
let partPages: u32 = 0;

function blame(code: i32, at: usize): void {
  if (fault != 0) return;
  fault = code;
  faultAt = at;
}

/** Per 8 bytes of the pool, a u32 behind it: references found to the object that starts there. */
function shadow(ref: usize): usize {
  return poolEnd + (((ref - poolStart) >> 3) << 2);
}

/** Makes room for the shadow; memory behind the pool belongs to nobody. */
function clearShadow(): void {
  const bytes = (poolEnd - poolStart) >> 1;
  const missing = <isize>(poolEnd + bytes) - <isize>((<usize>memory.size()) << 16);
  if (missing > 0) memory.grow(<i32>((missing + 65535) >> 16));
  memory.fill(poolEnd, 0, bytes);
}

function refer(ref: usize, from: usize): void {
  if (!ref) return;
  if (!objectAt(<u64>ref)) return blame(40, from);
  store<u32>(shadow(ref), load<u32>(shadow(ref)) + 1);
}

/** Counts what an object refers to. */
function lookInto(ref: usize): void {
  objects++;
  const cls = classOf(ref);
  if (cls >= classCount) return blame(30, ref);
  if (load<u32>(ref, OBJ_SIZE) != <u32>heapSize(ref)) return blame(31, ref);
  if (cls == CLASS_STRING || isBytes(ref)) return;
  if (cls == CLASS_ARRAY) {
    const size = load<u32>(ref, ARR_SIZE);
    const data = <usize>load<u32>(ref, ARR_DATA);
    if (size > load<u32>(ref, ARR_CAPACITY)) return blame(32, ref);
    if (size == 0 || <u32>load<u16>(ref, ARR_FLAGS) != ARR_FLAG_REFS) return;
    for (let i: usize = 0; i < <usize>size; i++) refer(<usize>load<u32>(data + (i << 3)), ref);
    return;
  }
  const list = classReferences(cls);
  const count = load<u32>(list);
  for (let i: u32 = 1; i <= count; i++)
    refer(<usize>load<u32>(ref + OBJ_FIELDS + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 3)), ref);
}

function checkCount(ref: usize): void {
  let count = load<i32>(ref, OBJ_COUNT);
  if (((<u32>load<u8>(ref, OBJ_FLAGS)) & FLAG_IMMORTAL) != 0) count -= IMMORTAL_COUNT;
  const found = load<i32>(shadow(ref));
  const cls = classOf(ref);
  // The engine keeps the last Task that it made.
  const more = cls == CLASS_TASK ? 1 : 0;
  if (count < found || count > found + more) return blame(50, ref);
  if ((load<u32>(ref, OBJ_LINK) & IN_ZERO) == 0) {
    if (load<i32>(ref, OBJ_COUNT) == 0) blame(51, ref);
  } else inZero++;
}

/** Free blocks of a small page; the objects of the rest, looked into (`counting` false) or counted. */
function smallPage(page: usize, counting: bool): void {
  const list = <u32>load<u8>(page, PAGE_LIST);
  if (list >= LISTS) return blame(10, page);
  const size = blockSize(list);
  const blocks = <u32>PAGE_BYTES / <u32>size;
  const first = pageAddress(page);
  const holdsObjects = list < LISTS / 2;
  if (!counting) {
    const kind = <u32>load<u8>(page, PAGE_KIND);
    if (holdsObjects != (kind == KIND_SMALL_OBJECTS)) return blame(11, page);
    let free: u32 = 0;
    for (let block = <usize>load<u32>(page, PAGE_FIRST_FREE); block; block = <usize>load<u32>(block, 4)) {
      if (block < first || block >= first + PAGE_BYTES || (block - first) % size != 0) return blame(12, block);
      if (<u32>load<u16>(block) != FREE_BLOCK || ++free > blocks) return blame(13, block);
    }
    if (free != <u32>load<u16>(page, PAGE_FREE_COUNT)) return blame(14, page);
    if (free > 0) partPages++;
    used += <usize>(blocks - free) * size;
  }
  if (!holdsObjects) return;
  for (let i: u32 = 0; i < blocks; i++) {
    const block = first + <usize>i * size;
    if (<u32>load<u16>(block) == FREE_BLOCK) continue;
    if (counting) checkCount(block);
    else lookInto(block);
  }
}

function walkPages(counting: bool): void {
  const end = pageOf(poolEnd);
  let wasFree = false;
  for (let page = pageOf(poolStart); page < end && fault == 0;) {
    const kind = <u32>load<u8>(page, PAGE_KIND);
    let run: u32 = 1;
    if (kind == KIND_SMALL_OBJECTS || kind == KIND_SMALL_RAW) smallPage(page, counting);
    else {
      run = load<u32>(page, PAGE_RUN);
      if (run == 0 || page + <usize>run * DESCRIPTOR > end) return blame(1, page);
      const last = page + <usize>(run - 1) * DESCRIPTOR;
      for (let inner = page + DESCRIPTOR; inner < last; inner += DESCRIPTOR)
        if (<u32>load<u8>(inner, PAGE_KIND) != KIND_INNER) return blame(2, inner);
      if (kind == KIND_FREE) {
        freeRuns++;
        if (wasFree) return blame(3, page);
        if (run > 1 && (<u32>load<u8>(last, PAGE_KIND) != KIND_FREE_END || load<u32>(last, PAGE_RUN) != run))
          return blame(4, page);
      } else if (kind == KIND_LARGE_OBJECT || kind == KIND_LARGE_RAW) {
        used += <usize>run * PAGE_BYTES;
        if (kind == KIND_LARGE_OBJECT) {
          if (counting) checkCount(pageAddress(page));
          else lookInto(pageAddress(page));
        }
      } else return blame(5, page);
    }
    wasFree = kind == KIND_FREE;
    page += <usize>run * DESCRIPTOR;
  }
}

function checkLists(): void {
  let found: u32 = 0;
  for (let bin = 0; bin < BINS; bin++) {
    for (let page = binHead(bin); page; page = <usize>load<u32>(page, PAGE_NEXT)) {
      if (<u32>load<u8>(page, PAGE_KIND) != KIND_FREE || 31 - clz<i32>(load<i32>(page, PAGE_RUN)) != bin)
        return blame(20, page);
      if (++found > freeRuns) return blame(21, page);
    }
  }
  if (found != freeRuns) return blame(22, 0);
  found = 0;
  for (let list: u32 = 0; list < LISTS; list++) {
    let block = <usize>load<u32>(allocation + ALLOC_CHAINS + ((<usize>list) << 2));
    for (; block; block = <usize>load<u32>(block, 4))
      if (<u32>load<u8>(pageOf(block), PAGE_LIST) != list || load<u32>(block) != FREE_BLOCK) return blame(26, block);
    if (list < LISTS / 2) objects += chained(list);
    for (let page = listHead(list); page; page = <usize>load<u32>(page, PAGE_NEXT)) {
      if (<u32>load<u8>(page, PAGE_LIST) != list || load<u16>(page, PAGE_FREE_COUNT) == 0) return blame(23, page);
      if (++found > partPages) return blame(24, page);
    }
  }
  if (found != partPages) blame(25, 0);
}

/** 0: the heap is whole. Otherwise the number of the first fault, `faultAt` says where. Not while a call runs. */
export function checkHeap(): i32 {
  fault = 0;
  used = 0;
  objects = 0;
  inZero = 0;
  freeRuns = 0;
  partPages = 0;
  clearShadow();
  walkPages(false);
  if (fault == 0) checkLists();
  if (fault != 0) return fault;
  if (used != heapUsed) return 60;
  if (objects != objectBlocks) return 61;
  for (let i: u32 = 0; i < total(IMG_SEC_GLOBALS); i++) {
    const slot = globals + ((<usize>i) << 3);
    const record = recordOf(IMG_SEC_GLOBALS, i, IMG_GLOBAL_BYTES);
    if ((load<i32>(record, IMG_GLOBAL_FLAGS) & IMG_GLOBAL_FLAG_REF) != 0) refer(<usize>load<u32>(slot), slot);
  }
  for (let i: u32 = 0; i < heldCount; i++) refer(<usize>load<u32>(held + ((<usize>i) << 2)), 0);
  heldCount = 0;
  for (let i: u32 = 0; i < zeroCount(); i++) {
    const ref = <usize>load<u32>(zeroTable + ((<usize>i) << 2));
    if (!objectAt(<u64>ref)) blame(53, ref);
    else if ((load<u32>(ref, OBJ_LINK) & (IN_ZERO | SEEN)) != IN_ZERO) blame(54, ref);
    else store<u32>(ref, load<u32>(ref, OBJ_LINK) | SEEN, OBJ_LINK);
  }
  if (fault != 0) return fault;
  for (let i: u32 = 0; i < zeroCount(); i++) {
    const ref = <usize>load<u32>(zeroTable + ((<usize>i) << 2));
    store<u32>(ref, load<u32>(ref, OBJ_LINK) & ~SEEN, OBJ_LINK);
  }
  walkPages(true);
  if (fault == 0 && inZero != zeroCount()) return 52;
  return fault;
}
