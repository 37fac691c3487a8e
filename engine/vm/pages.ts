/**
 * Runs of pages: the pool that everything in the isolate's memory is cut from. A page is 1 KiB and has a 16-byte
 * descriptor; free runs lie in doubly linked bins by the logarithm of their length and are merged with their
 * neighbours when they are given back.
 *
 * Descriptor: +0 u8 kind, +1 u8 list (small pages: size class, see heap.ts), +2 u16 free blocks,
 * +4 u32 first free block (small pages) or length in pages (run heads and the last page of a free run),
 * +8, +12 u32 links (addresses of descriptors).
 */

export const PAGE_BYTES: usize = 1024;
const PAGE_SHIFT: usize = 10;
const DESCRIPTOR_SHIFT: usize = 4;

export const PAGE_KIND: usize = 0;
export const PAGE_LIST: usize = 1;
export const PAGE_FREE_COUNT: usize = 2;
export const PAGE_FIRST_FREE: usize = 4;
export const PAGE_RUN: usize = 4;
export const PAGE_NEXT: usize = 8;
export const PAGE_PREV: usize = 12;

/** Inside of a run, or outside of the pool. */
export const KIND_INNER: u32 = 0;
export const KIND_FREE: u32 = 1;
/** Last page of a free run of more than one page. */
export const KIND_FREE_END: u32 = 2;
export const KIND_SMALL_OBJECTS: u32 = 3;
export const KIND_SMALL_RAW: u32 = 4;
export const KIND_LARGE_OBJECT: u32 = 5;
export const KIND_LARGE_RAW: u32 = 6;

const BINS: i32 = 20;
/** Heads of the bins: bin b holds free runs of 2^b … 2^(b+1)-1 pages. */
const bins: usize = memory.data(80);
/** Bit b is set if bin b is not empty. */
let filledBins: u32 = 0;

/** First address of the pool, page-aligned. */
export let poolStart: usize = 0;
/** First address behind the pool. */
export let poolEnd: usize = 0;
/** Descriptor of the page at `poolStart`. */
let descriptors: usize = 0;

/** Descriptor of the page that holds `address`, which must lie in the pool. */
export function pageOf(address: usize): usize {
  return descriptors + (((address - poolStart) >> PAGE_SHIFT) << DESCRIPTOR_SHIFT);
}

/** First address of a descriptor's page. */
export function pageAddress(page: usize): usize {
  return poolStart + (((page - descriptors) >> DESCRIPTOR_SHIFT) << PAGE_SHIFT);
}

/** Descriptor of the page behind. */
export function nextPage(page: usize): usize {
  return page + ((<usize>1) << DESCRIPTOR_SHIFT);
}

function binOf(pages: u32): i32 {
  return 31 - clz<i32>(<i32>pages);
}

/** Descriptor of the first free run in a bin; 0: it is empty. */
export function binHead(bin: i32): usize {
  return <usize>load<u32>(bins + ((<usize>bin) << 2));
}

function binPush(page: usize, pages: u32): void {
  const bin = binOf(pages);
  const head = bins + ((<usize>bin) << 2);
  filledBins |= (<u32>1) << bin;
  const first = <usize>load<u32>(head);
  store<u32>(page, <u32>first, PAGE_NEXT);
  store<u32>(page, 0, PAGE_PREV);
  if (first) store<u32>(first, <u32>page, PAGE_PREV);
  store<u32>(head, <u32>page);
}

function binTake(page: usize, pages: u32): void {
  const next = <usize>load<u32>(page, PAGE_NEXT);
  const prev = <usize>load<u32>(page, PAGE_PREV);
  if (prev) store<u32>(prev, <u32>next, PAGE_NEXT);
  else {
    const bin = binOf(pages);
    store<u32>(bins + ((<usize>bin) << 2), <u32>next);
    if (!next) filledBins &= ~((<u32>1) << bin);
  }
  if (next) store<u32>(next, <u32>prev, PAGE_PREV);
}

function markFree(page: usize, pages: u32): void {
  const last = page + ((<usize>(pages - 1)) << DESCRIPTOR_SHIFT);
  store<u8>(last, <u8>KIND_FREE_END, PAGE_KIND);
  store<u32>(last, pages, PAGE_RUN);
  store<u8>(page, <u8>KIND_FREE, PAGE_KIND);
  store<u32>(page, pages, PAGE_RUN);
  binPush(page, pages);
}

/** Makes [start, end) the pool. False if it is too small for a page. */
export function pagesInit(start: usize, end: usize): bool {
  const base = (start + 15) & ~(<usize>15);
  if (end < base + 4 * PAGE_BYTES) return false;
  // One descriptor in front and one behind stay INNER, so that merging needs no bounds check.
  let pages = (end - base) >> PAGE_SHIFT;
  while (
    ((base + ((pages + 2) << DESCRIPTOR_SHIFT) + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1)) + (pages << PAGE_SHIFT) >
    end
  )
    pages--;
  memory.fill(base, 0, (pages + 2) << DESCRIPTOR_SHIFT);
  memory.fill(bins, 0, (<usize>BINS) << 2);
  filledBins = 0;
  descriptors = base + ((<usize>1) << DESCRIPTOR_SHIFT);
  poolStart = (base + ((pages + 2) << DESCRIPTOR_SHIFT) + PAGE_BYTES - 1) & ~(PAGE_BYTES - 1);
  poolEnd = poolStart + (pages << PAGE_SHIFT);
  markFree(descriptors, <u32>pages);
  return true;
}

/** Length in pages of the longest free run that a request can count on. */
export function longestRun(): u32 {
  return filledBins == 0 ? 0 : load<u32>(binHead(31 - <i32>clz<u32>(filledBins)), PAGE_RUN);
}

/** A run of `pages` pages as its head's descriptor, kind not yet set; 0: none is long enough. */
export function takeRun(pages: u32): usize {
  if (pages == 0 || pages > <u32>((poolEnd - poolStart) >> PAGE_SHIFT)) return 0;
  let bin = binOf(pages);
  let page = <usize>load<u32>(bins + ((<usize>bin) << 2));
  while (page && load<u32>(page, PAGE_RUN) < pages) page = <usize>load<u32>(page, PAGE_NEXT);
  while (!page && ++bin < BINS) page = <usize>load<u32>(bins + ((<usize>bin) << 2));
  if (!page) return 0;
  const found = load<u32>(page, PAGE_RUN);
  binTake(page, found);
  store<u8>(page + ((<usize>(found - 1)) << DESCRIPTOR_SHIFT), <u8>KIND_INNER, PAGE_KIND);
  if (found > pages) markFree(page + ((<usize>pages) << DESCRIPTOR_SHIFT), found - pages);
  store<u8>(page, <u8>KIND_INNER, PAGE_KIND);
  store<u32>(page, pages, PAGE_RUN);
  return page;
}

/** Gives a run back and merges it with free neighbours. */
export function giveRun(page: usize, pages: u32): void {
  let head = page;
  let length = pages;
  const behind = page + ((<usize>pages) << DESCRIPTOR_SHIFT);
  if (<u32>load<u8>(behind, PAGE_KIND) == KIND_FREE) {
    const more = load<u32>(behind, PAGE_RUN);
    binTake(behind, more);
    store<u8>(behind, <u8>KIND_INNER, PAGE_KIND);
    length += more;
  }
  const before = page - ((<usize>1) << DESCRIPTOR_SHIFT);
  const kind = <u32>load<u8>(before, PAGE_KIND);
  if (kind == KIND_FREE || kind == KIND_FREE_END) {
    const more = load<u32>(before, PAGE_RUN);
    head = page - ((<usize>more) << DESCRIPTOR_SHIFT);
    binTake(head, more);
    store<u8>(before, <u8>KIND_INNER, PAGE_KIND);
    length += more;
  }
  store<u8>(page, <u8>KIND_INNER, PAGE_KIND);
  markFree(head, length);
}
