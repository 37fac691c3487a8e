/**
 * Which method answers a method of an interface, and which interfaces a class implements: the images' ITABLE. Every
 * place that calls through an interface is a site, which remembers what it found last.
 */
import { BUILTIN_CLASSES } from '../bytecode/builtins.generated';
import {
  IMG_ITABLE_BYTES,
  IMG_ITABLE_CLASS,
  IMG_ITABLE_IS,
  IMG_ITABLE_TARGET,
  IMG_ITABLE_WHAT,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_ITABLE,
  IMG_SEC_SITES,
  IMG_SITE_BYTES,
  IMG_SITE_CLASS,
  IMG_SITE_TARGET,
  IMG_SITE_WHAT,
} from '../bytecode/image';
import { baseOf, holder, totalOf } from '../bytecode/images';
import { heapGive, heapTake } from './heap';

/** A site has 16 bytes: those of the image. */
export const SITE_SHIFT: usize = 4;
/** No method; a target is a method index, or IMG_VTABLE_NATIVE and a native id. */
export const NO_TARGET: u32 = 0xffffffff;

/** The sites of all images, by index. What their caches hold is as good as another look-up. */
export let sites: usize = 0;

/** Forgets all sites; the heap was laid out anew. */
export function sitesInit(): void {
  sites = 0;
}

/** A block with all sites so far and those of a verified image, to be installed; 0: no memory. */
export function growSites(image: usize): usize {
  const before = (<usize>baseOf(image, IMG_SEC_SITES)) << SITE_SHIFT;
  const own = (<usize>load<u32>(image, IMG_SEC_SITES + IMG_SEC_COUNT)) << SITE_SHIFT;
  const block = heapTake(before + own, false);
  if (!block) return 0;
  if (before != 0) memory.copy(block, sites, before);
  memory.copy(block + before, image + <usize>load<u32>(image, IMG_SEC_SITES), own);
  return block;
}

/** Makes a block of `growSites` the one; the old one is given back. */
export function installSites(block: usize): void {
  if (sites) heapGive(sites);
  sites = block;
}

/** Empties all caches: an image may change which methods classes have. */
export function forgetFound(image: usize): void {
  const count = totalOf(image, IMG_SEC_SITES);
  for (let i: u32 = 0; i < count; i++) store<u32>(sites + <usize>i * <usize>IMG_SITE_BYTES, 0, IMG_SITE_CLASS);
}

/** The row of (class, what) in the image of that class; 0: none. Rows ascend. */
function row(cls: i32, what: u32): usize {
  if (cls < BUILTIN_CLASSES) return 0;
  const image = holder(IMG_SEC_CLASSES, <u32>(cls - BUILTIN_CLASSES));
  const table = image + <usize>load<u32>(image, IMG_SEC_ITABLE);
  const wanted = ((<u64>cls) << 32) | (<u64>what);
  let low: u32 = 0;
  let high = load<u32>(image, IMG_SEC_ITABLE + IMG_SEC_COUNT);
  while (low < high) {
    const middle = (low + high) >> 1;
    const at = table + <usize>middle * <usize>IMG_ITABLE_BYTES;
    const key = ((<u64>load<u32>(at, IMG_ITABLE_CLASS)) << 32) | (<u64>load<u32>(at, IMG_ITABLE_WHAT));
    if (key == wanted) return at;
    if (key < wanted) low = middle + 1;
    else high = middle;
  }
  return 0;
}

/** Where `from` answers for class `cls`, which is none of the library's, `to` does from now on. */
export function replaceAnswer(cls: i32, from: u32, to: u32): void {
  const image = holder(IMG_SEC_CLASSES, <u32>(cls - BUILTIN_CLASSES));
  let at = image + <usize>load<u32>(image, IMG_SEC_ITABLE);
  for (let left = load<u32>(image, IMG_SEC_ITABLE + IMG_SEC_COUNT); left != 0; left--) {
    const answers = (load<u32>(at, IMG_ITABLE_WHAT) & IMG_ITABLE_IS) == 0;
    if (load<i32>(at, IMG_ITABLE_CLASS) == cls && answers && load<u32>(at, IMG_ITABLE_TARGET) == from)
      store<u32>(at, to, IMG_ITABLE_TARGET);
    at += IMG_ITABLE_BYTES;
  }
}

/** Does class `cls` implement the interface `above`? */
export function implementsInterface(cls: i32, above: i32): bool {
  return row(cls, IMG_ITABLE_IS | (<u32>above)) != 0;
}

/** The method with which objects of class `cls` answer method `what` of an interface, as a target; NO_TARGET: they do not. */
export function answerOf(cls: i32, what: u32): u32 {
  const at = row(cls, what);
  return at ? load<u32>(at, IMG_ITABLE_TARGET) : NO_TARGET;
}

/** What a call at `site` calls for an object of class `cls`, which the site then remembers; NO_TARGET: the class does not implement the interface. */
export function lookUp(site: usize, cls: i32): u32 {
  const target = answerOf(cls, load<u32>(site, IMG_SITE_WHAT));
  if (target == NO_TARGET) return NO_TARGET;
  store<u32>(site, <u32>cls + 1, IMG_SITE_CLASS);
  store<u32>(site, target, IMG_SITE_TARGET);
  return target;
}
