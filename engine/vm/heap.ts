/**
 * The size-class allocator: blocks of up to 512 bytes come from 1 KiB pages of one size each, larger ones are page
 * runs of their own. Objects and raw blocks never share a page, so that `objectAt` can tell from an address alone
 * whether a live object starts there. Wholly empty pages go back to the pool, save one a list.
 */
import { FREED_BYTE, FRESH_BYTE, refuses } from './hostile';
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
const LARGEST_SMALL: usize = 512;
/** Block size of each size class. */
const sizes: usize = memory.data<u16>([16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 256, 336, 512]);
/** Size class of a request of 8 * index bytes. */
const classFor: usize = memory.data<u8>([
  0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 13, 13, 13, 13,
  14, 14, 14, 14, 14, 14, 14, 14, 14, 14, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
  15, 15, 15,
]);
/** Heads of the lists of small pages with a free block; objects first, then raw blocks. */
const lists: usize = memory.data(128);

/** Class id in the header of a free object block. */
export const FREE_BLOCK: u32 = 0xffff;

/** Bytes of all blocks handed out. */
export let heapUsed: usize = 0;
/** The most `heapUsed` ever was. */
export let heapPeak: usize = 0;
/** Bytes handed out since `heapResetDebt`. */
export let heapDebt: usize = 0;

/** Lays out [start, end). False if it is too small. */
export function heapInit(start: usize, end: usize): bool {
  memory.fill(lists, 0, 128);
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

function blocksIn(size: usize): u32 {
  return <u32>PAGE_BYTES / <u32>size;
}

/** A fresh page of `list`, its blocks threaded; 0: no page left. */
function newSmallPage(list: u32, size: usize): usize {
  const page = takeRun(1);
  if (!page) return 0;
  store<u8>(page, <u8>(list < CLASSES ? KIND_SMALL_OBJECTS : KIND_SMALL_RAW), PAGE_KIND);
  store<u8>(page, <u8>list, PAGE_LIST);
  const count = blocksIn(size);
  store<u16>(page, <u16>count, PAGE_FREE_COUNT);
  let block = pageAddress(page);
  store<u32>(page, <u32>block, PAGE_FIRST_FREE);
  for (let i: u32 = 0; i < count; i++) {
    const next = block + size;
    store<u32>(block, FREE_BLOCK);
    store<u32>(block, i + 1 < count ? <u32>next : 0, 4);
    block = next;
  }
  linkPage(page, list);
  return page;
}

/**
 * A block of at least `bytes` bytes, 8-aligned, contents undefined; 0: no memory. `objects` says which kind of page.
 * Never reclaims.
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
    return pageAddress(run);
  }
  const cls = <u32>load<u8>(classFor + ((bytes + 7) >> 3));
  const list = objects ? cls : cls + CLASSES;
  const size = <usize>load<u16>(sizes + ((<usize>cls) << 1));
  let page = <usize>load<u32>(lists + ((<usize>list) << 2));
  if (!page) {
    page = newSmallPage(list, size);
    if (!page && heapTrim()) page = newSmallPage(list, size);
    if (!page) return 0;
  }
  const block = <usize>load<u32>(page, PAGE_FIRST_FREE);
  store<u32>(page, load<u32>(block, 4), PAGE_FIRST_FREE);
  const left = <u32>load<u16>(page, PAGE_FREE_COUNT) - 1;
  store<u16>(page, <u16>left, PAGE_FREE_COUNT);
  if (left == 0) unlinkPage(page, list);
  account(size);
  if (isDefined(HOSTILE)) memory.fill(block, FRESH_BYTE, size);
  return block;
}

/** Usable bytes of a block. */
export function heapSize(block: usize): usize {
  const page = pageOf(block);
  const kind = <u32>load<u8>(page, PAGE_KIND);
  if (kind == KIND_LARGE_OBJECT || kind == KIND_LARGE_RAW) return <usize>load<u32>(page, PAGE_RUN) * PAGE_BYTES;
  return <usize>load<u16>(sizes + ((<usize>((<u32>load<u8>(page, PAGE_LIST)) & (CLASSES - 1))) << 1));
}

/** Gives a block back. */
export function heapGive(block: usize): void {
  if (isDefined(HOSTILE)) memory.fill(block, FREED_BYTE, heapSize(block));
  const page = pageOf(block);
  const kind = <u32>load<u8>(page, PAGE_KIND);
  if (kind == KIND_LARGE_OBJECT || kind == KIND_LARGE_RAW) {
    const pages = load<u32>(page, PAGE_RUN);
    heapUsed -= <usize>pages * PAGE_BYTES;
    giveRun(page, pages);
    return;
  }
  const list = <u32>load<u8>(page, PAGE_LIST);
  const size = <usize>load<u16>(sizes + ((<usize>(list & (CLASSES - 1))) << 1));
  heapUsed -= size;
  store<u32>(block, FREE_BLOCK);
  store<u32>(block, load<u32>(page, PAGE_FIRST_FREE), 4);
  store<u32>(page, <u32>block, PAGE_FIRST_FREE);
  const free = <u32>load<u16>(page, PAGE_FREE_COUNT) + 1;
  store<u16>(page, <u16>free, PAGE_FREE_COUNT);
  if (free == 1) linkPage(page, list);
  else if (free == blocksIn(size) && (load<u32>(page, PAGE_NEXT) | load<u32>(page, PAGE_PREV)) != 0) {
    unlinkPage(page, list);
    giveRun(page, 1);
  }
}

/** Gives the empty page that each list may hold back to the pool. True if there was one. */
export function heapTrim(): bool {
  let found = false;
  for (let list: u32 = 0; list < CLASSES * 2; list++) {
    const size = <usize>load<u16>(sizes + ((<usize>(list & (CLASSES - 1))) << 1));
    let page = <usize>load<u32>(lists + ((<usize>list) << 2));
    while (page) {
      const next = <usize>load<u32>(page, PAGE_NEXT);
      if (<u32>load<u16>(page, PAGE_FREE_COUNT) == blocksIn(size)) {
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
