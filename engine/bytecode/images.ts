/**
 * The images of one isolate, in the order in which they came. Each goes on counting where the one before it ended: its
 * header says how many records of a section the earlier ones have together, and an index into such a section means a
 * record of whichever image holds it. Fields, tables, handlers, lines and code are reached through records of their own
 * image, and are counted by themselves.
 */
import {
  IMG_BASE_CLASSES,
  IMG_BASE_GLOBALS,
  IMG_BASE_HOSTCALLS,
  IMG_BASE_INTS,
  IMG_BASE_LAYOUTS,
  IMG_BASE_METHODS,
  IMG_BASE_SITES,
  IMG_BASE_STRINGS,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_GLOBALS,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_INTS,
  IMG_SEC_LAYOUTS,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
} from './image';

/** Addresses of the images, a u32 each. */
let list: usize = 0;
let length: i32 = 0;

/** Says where the `count` addresses (u32 each) of the images lie, in order. */
export function setImages(at: usize, count: i32): void {
  list = at;
  length = count;
}

/** Number of images. */
export function imageCount(): i32 {
  return length;
}

/** Address of the list itself. */
export function imageList(): usize {
  return list;
}

/** Address of image `index`. */
export function imageAt(index: i32): usize {
  return <usize>load<u32>(list + ((<usize>index) << 2));
}

/** Header offset of the word that counts a section's records in all earlier images; 0: the section counts by itself. */
export function baseWord(section: i32): i32 {
  switch (section) {
    case IMG_SEC_CLASSES:
      return IMG_BASE_CLASSES;
    case IMG_SEC_METHODS:
      return IMG_BASE_METHODS;
    case IMG_SEC_GLOBALS:
      return IMG_BASE_GLOBALS;
    case IMG_SEC_STRINGS:
      return IMG_BASE_STRINGS;
    case IMG_SEC_INTS:
      return IMG_BASE_INTS;
    case IMG_SEC_HOSTCALLS:
      return IMG_BASE_HOSTCALLS;
    case IMG_SEC_LAYOUTS:
      return IMG_BASE_LAYOUTS;
    case IMG_SEC_SITES:
      return IMG_BASE_SITES;
    default:
      return 0;
  }
}

/** Index of the image's first record of a section. */
export function baseOf(image: usize, section: i32): u32 {
  return load<u32>(image + <usize>baseWord(section));
}

/** Index behind its last one: the number of records in it and all earlier images. */
export function totalOf(image: usize, section: i32): u32 {
  return baseOf(image, section) + load<u32>(image + <usize>(section + IMG_SEC_COUNT));
}

/** The same for the last image; 0: there is none. */
export function total(section: i32): u32 {
  return length == 0 ? 0 : totalOf(imageAt(length - 1), section);
}

/** The image that holds record `index`, which is in range. */
export function holder(section: i32, index: u32): usize {
  if (length == 1) return <usize>load<u32>(list);
  let low = 0;
  let high = length - 1;
  const base = <usize>baseWord(section);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (load<u32>(imageAt(middle) + base) <= index) low = middle;
    else high = middle - 1;
  }
  return imageAt(low);
}

/** The same as seen by `image`, which may not be in the list yet: itself, or an earlier one. */
export function holderFrom(image: usize, section: i32, index: u32): usize {
  return index >= baseOf(image, section) ? image : holder(section, index);
}

/** Address of record `index`, of `bytes` bytes. */
export function recordOf(section: i32, index: u32, bytes: i32): usize {
  if (length == 1) {
    const only = <usize>load<u32>(list);
    return only + <usize>load<u32>(only + <usize>section) + <usize>index * <usize>bytes;
  }
  return recordIn(holder(section, index), section, index, bytes);
}

/** The same as seen by `image`. */
export function recordFrom(image: usize, section: i32, index: u32, bytes: i32): usize {
  return recordIn(holderFrom(image, section, index), section, index, bytes);
}

/** Address of record `index` in the image that holds it. */
export function recordIn(image: usize, section: i32, index: u32, bytes: i32): usize {
  return image + <usize>load<u32>(image + <usize>section) + <usize>(index - baseOf(image, section)) * <usize>bytes;
}
