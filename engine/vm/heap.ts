/**
 * The size-class allocator: blocks of up to 512 bytes come from 1 KiB pages of one size each, larger ones are page
 * runs of their own. Objects and raw blocks never share a page, so that `objectAt` can tell from an address alone
 * whether a live object starts there. Wholly empty pages go back to the pool, save one a list.
 *
 * Blocks are handed out a page at a time: all that are free in one become a chain, from which they are taken one by one
 * without any account (`layout.ts` says how; native code does so too). A block goes back to its page. All accounts count
 * what is on a chain as handed out.
 */
import { ALLOC_CHAINS, IN_ZERO, OBJ_LINK, OBJ_SIZE } from '../bytecode/layout';
import { FREED_BYTE, FRESH_BYTE, handsOutOne, refuses } from './hostile';
import {
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
  PAGE_PREV,
  PAGE_RUN,
  giveRun,
  longestRun,
  pageAddress,
  pageOf,
  pagesInit,
  poolEnd,
  poolStart,
  takeRun,
} from './pages';

const CLASSES: u32 = 16;
/** Most blocks that a chain gets at once. */
export const MOST_BLOCKS: u32 = 64;
/** The largest block that comes from a chain. */
export const LARGEST_SMALL: usize = 512;
/** Block size of each size class. */
const sizes: usize = memory.data<u16>([16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 256, 336, 512]);
/** Size class of a request of 8 * index bytes. */
export const classFor: usize = memory.data<u8>([
  0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13, 13,
  14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
  15, 15, 15,
]);
/** Blocks in a page of each size class. */
const blocksOf: usize = memory.data<u8>([64, 42, 32, 25, 21, 18, 16, 12, 10, 9, 8, 6, 5, 4, 3, 2]);
/** Heads of the lists of small pages with a free block; objects first, then raw blocks. */
const lists: usize = memory.data(128);
/** ALLOC_*: the chains of objects, then those of raw blocks. */
export const allocation: usize = memory.data(136, 8);

/** Class id in the header of a free object block. */
export const FREE_BLOCK: u32 = 0xffff;

/** Bytes of all blocks handed out. */
export let heapUsed: usize = 0;
/** The most `heapUsed` ever was. */
export let heapPeak: usize = 0;
/** Bytes handed out since `heapResetDebt`. */
export let heapDebt: usize = 0;
/** Blocks for objects that are handed out. */
export let objectBlocks: u32 = 0;

/** Lays out [start, end). False if it is too small. */
export function heapInit(start: usize, end: usize): bool {
  memory.fill(lists, 0, 128);
  memory.fill(allocation, 0, 136);
  objectBlocks = 0;
  heapUsed = 0;
  heapPeak = 0;
  heapDebt = 0;
  return pagesInit(start, end);
}

/** Bytes that blocks can be cut from. */
export function heapCapacity(): usize {
  return poolEnd - poolStart;
}

/** Makes `heapDebt` what it was before work whose memory is given back. */
export function heapSetDebt(bytes: usize): void {
  heapDebt = bytes;
}

/** Starts counting `heapDebt` anew. */
export function heapResetDebt(): void {
  heapDebt = 0;
}

function account(bytes: usize): void {
  heapUsed += bytes;
  heapDebt += bytes;
  if (heapUsed > heapPeak) heapPeak = heapUsed;
}

function linkPage(page: usize, list: u32): void {
  const head = lists + ((<usize>list) << 2);
  const first = <usize>load<u32>(head);
  store<u32>(page, <u32>first, PAGE_NEXT);
  store<u32>(page, 0, PAGE_PREV);
  if (first) store<u32>(first, <u32>page, PAGE_PREV);
  store<u32>(head, <u32>page);
}

function unlinkPage(page: usize, list: u32): void {
  const next = <usize>load<u32>(page, PAGE_NEXT);
  const prev = <usize>load<u32>(page, PAGE_PREV);
  if (prev) store<u32>(prev, <u32>next, PAGE_NEXT);
  else store<u32>(lists + ((<usize>list) << 2), <u32>next);
  if (next) store<u32>(next, <u32>prev, PAGE_PREV);
}

function blocksIn(list: u32): u32 {
  return <u32>load<u8>(blocksOf + <usize>(list & (CLASSES - 1)));
}

/** A fresh page of `list`, its blocks threaded, not on the list yet; 0: no page left. */
function newSmallPage(list: u32, size: usize): usize {
  const page = takeRun(1);
  if (!page) return 0;
  store<u8>(page, <u8>(list < CLASSES ? KIND_SMALL_OBJECTS : KIND_SMALL_RAW), PAGE_KIND);
  store<u8>(page, <u8>list, PAGE_LIST);
  const count = blocksIn(list);
  store<u16>(page, <u16>count, PAGE_FREE_COUNT);
  let block = pageAddress(page);
  store<u32>(page, <u32>block, PAGE_FIRST_FREE);
  for (let i: u32 = 0; i < count; i++) {
    const next = block + size;
    store<u32>(block, FREE_BLOCK);
    store<u32>(block, i + 1 < count ? <u32>next : 0, 4);
    if (list < CLASSES) {
      store<u32>(block, IN_ZERO, OBJ_LINK);
      store<u32>(block, <u32>size, OBJ_SIZE);
    }
    block = next;
  }
  return page;
}

/** Address of the head of the chain for blocks of `bytes` bytes, at most LARGEST_SMALL. */
export function chainOf(bytes: usize, objects: bool): usize {
  const cls = <usize>load<u8>(classFor + ((bytes + 7) >> 3));
  return allocation + ALLOC_CHAINS + (cls << 2) + (objects ? 0 : CLASSES << 2);
}

/** Takes a block off a chain that is not empty. */
export function takeFrom(chain: usize): usize {
  const block = <usize>load<u32>(chain);
  store<u32>(chain, load<u32>(block, 4));
  return block;
}

/** Gives an empty chain what is free in a page; false: no memory. */
function fill(chain: usize, list: u32, size: usize): bool {
  let page = listHead(list);
  if (page) unlinkPage(page, list);
  else {
    page = newSmallPage(list, size);
    if (!page && heapTrim()) page = newSmallPage(list, size);
    if (!page) return false;
  }
  const first = <usize>load<u32>(page, PAGE_FIRST_FREE);
  let count = <u32>load<u16>(page, PAGE_FREE_COUNT);
  let rest: u32 = 0;
  if (isDefined(HOSTILE))
    if (handsOutOne() && count > 1) {
      rest = load<u32>(first, 4);
      store<u32>(first, 0, 4);
      store<u16>(page, <u16>(count - 1), PAGE_FREE_COUNT);
      linkPage(page, list);
      count = 1;
    }
  store<u32>(page, rest, PAGE_FIRST_FREE);
  if (rest == 0) store<u16>(page, 0, PAGE_FREE_COUNT);
  store<u32>(chain, <u32>first);
  if (list < CLASSES) objectBlocks += count;
  account(<usize>count * size);
  return true;
}

/**
 * A block of at least `bytes` bytes, 8-aligned, contents undefined; 0: no memory. `objects` says which kind of page; such a block
 * has its size at OBJ_SIZE, and IN_ZERO at OBJ_LINK. Never reclaims.
 */
export function heapTake(bytes: usize, objects: bool): usize {
  if (isDefined(HOSTILE)) if (refuses()) return 0;
  if (bytes > LARGEST_SMALL) {
    if (bytes > poolEnd - poolStart) return 0;
    const pages = <u32>((bytes + PAGE_BYTES - 1) / PAGE_BYTES);
    let run = takeRun(pages);
    if (!run) {
      if (!heapTrim()) return 0;
      run = takeRun(pages);
      if (!run) return 0;
    }
    store<u8>(run, <u8>(objects ? KIND_LARGE_OBJECT : KIND_LARGE_RAW), PAGE_KIND);
    account(<usize>pages * PAGE_BYTES);
    if (isDefined(HOSTILE)) memory.fill(pageAddress(run), FRESH_BYTE, <usize>pages * PAGE_BYTES);
    if (objects) {
      objectBlocks++;
      store<u32>(pageAddress(run), IN_ZERO, OBJ_LINK);
      store<u32>(pageAddress(run), pages * <u32>PAGE_BYTES, OBJ_SIZE);
    }
    return pageAddress(run);
  }
  const chain = chainOf(bytes, objects);
  if (!load<u32>(chain)) {
    const list = <u32>((chain - allocation - ALLOC_CHAINS) >> 2);
    if (!fill(chain, list, blockSize(list))) return 0;
  }
  const block = takeFrom(chain);
  if (isDefined(HOSTILE)) fillFree(block, FRESH_BYTE, objects);
  return block;
}

/** In the hostile build: fills a block with what is no object, but for an object's header. */
function fillFree(block: usize, byte: u8, object: bool): void {
  const header: usize = object ? OBJ_SIZE + 4 : 0;
  memory.fill(block + header, byte, heapSize(block) - header);
}

/** Usable bytes of a block. */
export function heapSize(block: usize): usize {
  const page = pageOf(block);
  const kind = <u32>load<u8>(page, PAGE_KIND);
  if (kind == KIND_LARGE_OBJECT || kind == KIND_LARGE_RAW) return <usize>load<u32>(page, PAGE_RUN) * PAGE_BYTES;
  return blockSize(<u32>load<u8>(page, PAGE_LIST));
}

/** Gives a block back; an object's has IN_ZERO at OBJ_LINK. */
export function heapGive(block: usize): void {
  const page = pageOf(block);
  const word = load<u32>(page);
  const kind = word & 0xff;
  if (isDefined(HOSTILE)) fillFree(block, FREED_BYTE, kind == KIND_SMALL_OBJECTS);
  if (kind == KIND_LARGE_OBJECT || kind == KIND_LARGE_RAW) {
    const pages = load<u32>(page, PAGE_RUN);
    if (kind == KIND_LARGE_OBJECT) objectBlocks--;
    heapUsed -= <usize>pages * PAGE_BYTES;
    giveRun(page, pages);
    return;
  }
  if (kind == KIND_SMALL_OBJECTS) objectBlocks--;
  const list = (word >> 8) & 0xff;
  heapUsed -= blockSize(list);
  store<u64>(block, (<u64>FREE_BLOCK) | ((<u64>load<u32>(page, PAGE_FIRST_FREE)) << 32));
  store<u32>(page, <u32>block, PAGE_FIRST_FREE);
  const free = (word >> 16) + 1;
  store<u16>(page, <u16>free, PAGE_FREE_COUNT);
  if (free == 1) linkPage(page, list);
  else if (free == blocksIn(list) && (load<u32>(page, PAGE_NEXT) | load<u32>(page, PAGE_PREV)) != 0) {
    unlinkPage(page, list);
    giveRun(page, 1);
  }
}

/** Blocks of a list's chain that nobody has taken. */
export function chained(list: u32): u32 {
  let count: u32 = 0;
  let block = load<u32>(allocation + ALLOC_CHAINS + ((<usize>list) << 2));
  for (; block; block = load<u32>(<usize>block, 4)) count++;
  return count;
}

/** Objects alive, and bytes of all blocks that are in use: what is on chains is not. */
export function objectsAlive(): u32 {
  let count = objectBlocks;
  for (let list: u32 = 0; list < CLASSES; list++) count -= chained(list);
  return count;
}
export function bytesInUse(): usize {
  let bytes = heapUsed;
  for (let list: u32 = 0; list < CLASSES * 2; list++) bytes -= blockSize(list) * <usize>chained(list);
  return bytes;
}

/** Gives the empty pages that lists and chains may hold back to the pool. False: there was nothing to give. */
export function heapTrim(): bool {
  let found = false;
  for (let list: u32 = 0; list < CLASSES * 2; list++) {
    const chain = allocation + ALLOC_CHAINS + ((<usize>list) << 2);
    for (; load<u32>(chain); found = true) heapGive(takeFrom(chain));
    let page = listHead(list);
    while (page) {
      const next = <usize>load<u32>(page, PAGE_NEXT);
      if (<u32>load<u16>(page, PAGE_FREE_COUNT) == blocksIn(list)) {
        unlinkPage(page, list);
        giveRun(page, 1);
        found = true;
      }
      page = next;
    }
  }
  return found;
}

/** Block size of list `list` (raw blocks behind objects), and its first page; 0: none has a free block. */
export function blockSize(list: u32): usize {
  return <usize>load<u16>(sizes + ((<usize>(list & (CLASSES - 1))) << 1));
}
export function listHead(list: u32): usize {
  return <usize>load<u32>(lists + ((<usize>list) << 2));
}

/** Could a block of `bytes` be had now, and twice as much in all? */
export function heapRoomFor(bytes: usize): bool {
  const capacity = poolEnd - poolStart;
  if (bytes > capacity) return false;
  const free = capacity - heapUsed;
  if (free < bytes * 2 + 4096) return false;
  return <usize>longestRun() * PAGE_BYTES >= bytes + PAGE_BYTES;
}

/** Can a block of `bytes` be had, and a little more? Other than `heapRoomFor` it may say so of the last block. */
export function heapHas(bytes: usize): bool {
  return poolEnd - poolStart - heapUsed >= bytes && <usize>longestRun() * PAGE_BYTES >= bytes + 2 * PAGE_BYTES;
}

/** Is `address` where a live object starts? Any number may be asked. */
export function objectAt(address: u64): bool {
  if (address < <u64>poolStart || address >= <u64>poolEnd || (address & 7) != 0) return false;
  const block = <usize>address;
  const page = pageOf(block);
  const kind = <u32>load<u8>(page, PAGE_KIND);
  if (kind == KIND_LARGE_OBJECT) return (block & (PAGE_BYTES - 1)) == 0;
  if (kind != KIND_SMALL_OBJECTS) return false;
  const size = <u32>load<u16>(sizes + ((<usize>load<u8>(page, PAGE_LIST)) << 1));
  const offset = <u32>(block & (PAGE_BYTES - 1));
  if (offset % size != 0 || offset + size > <u32>PAGE_BYTES) return false;
  return <u32>load<u16>(block) != FREE_BLOCK;
}
