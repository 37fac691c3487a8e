/**
 * Frames on the VM stack. A call window's first two slots hold the caller's state; the callee's frame starts behind
 * them: fp - 16 u32 address of the caller's next instruction (0: called by the host), fp - 12 u32 the caller's frame,
 * fp - 8 u32 this frame's method.
 *
 * A method at run time is an 8-byte record: u32 address of its first instruction, u32 frame size in bytes.
 */
import {
  IMG_INSTRUCTION_BYTES,
  IMG_METHOD_BYTES,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FRAME,
  IMG_SEC_CODE,
  IMG_SEC_COUNT,
  IMG_SEC_METHODS,
} from '../bytecode/image';
import { heapTake } from './heap';

export const METHOD_CODE: usize = 0;
export const METHOD_FRAME_BYTES: usize = 4;
export const METHOD_SHIFT: usize = 3;

/** The saved words, as offsets from the window (fp - 16). */
export const WINDOW_RETURN: usize = 0;
export const WINDOW_CALLER: usize = 4;
export const WINDOW_METHOD: usize = 8;
/** From a window to the callee's frame. */
export const WINDOW_BYTES: usize = 16;

/** Run-time method records, by method index. */
export let methodTable: usize = 0;

/** Method record of a frame. */
export function frameMethod(fp: usize): usize {
  return <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_METHOD);
}

/** First address behind a frame. */
export function frameEnd(fp: usize): usize {
  return fp + <usize>load<u32>(frameMethod(fp), METHOD_FRAME_BYTES);
}

/** Method index of a method record. */
export function methodIndex(method: usize): u32 {
  return <u32>((method - methodTable) >> METHOD_SHIFT);
}

/** Method record of a method index. */
export function methodRecord(index: i32): usize {
  return methodTable + ((<usize>index) << METHOD_SHIFT);
}

/** Builds the records for a verified image; false: no memory. */
export function linkMethods(image: usize): bool {
  const count = load<u32>(image, IMG_SEC_METHODS + IMG_SEC_COUNT);
  const code = image + <usize>load<u32>(image, IMG_SEC_CODE);
  let from = image + <usize>load<u32>(image, IMG_SEC_METHODS);
  methodTable = heapTake((<usize>count) << METHOD_SHIFT, false);
  if (!methodTable) return false;
  for (let i: u32 = 0; i < count; i++) {
    const method = methodTable + ((<usize>i) << METHOD_SHIFT);
    store<u32>(method, <u32>code + load<u32>(from, IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES, METHOD_CODE);
    store<u32>(method, load<u32>(from, IMG_METHOD_FRAME) << 3, METHOD_FRAME_BYTES);
    from += IMG_METHOD_BYTES;
  }
  return true;
}
