/** Words and records of one image, as the verifier reads them: nothing is believed, so callers check ranges first. */
import { IMG_SEC_COUNT } from './image';

/** The u32 at `offset` bytes behind `at`. */
export function word(at: usize, offset: i32): u32 {
  return load<u32>(at + <usize>offset);
}

/** Number of records in a section of the image itself. */
export function count(image: usize, section: i32): u32 {
  return word(image, section + IMG_SEC_COUNT);
}

/** Address of record `index` of a section of the image itself. */
export function record(image: usize, section: i32, index: u32, bytes: i32): usize {
  return image + <usize>word(image, section) + <usize>index * <usize>bytes;
}
