/**
 * Frames on the VM stack. A call window's first two slots hold the caller's state; the callee's frame starts behind
 * them: fp - 16 u32 address of the caller's next instruction (0: called by the host), fp - 12 u32 the caller's frame,
 * fp - 8 u32 this frame's method, by index: the table moves when an image is added.
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
import { baseOf } from '../bytecode/images';
import { heapGive, heapTake } from './heap';

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
  return methodRecord(load<i32>(fp - WINDOW_BYTES, WINDOW_METHOD));
}

/** Method index of a frame. */
export function frameMethodIndex(fp: usize): u32 {
  return load<u32>(fp - WINDOW_BYTES, WINDOW_METHOD);
}

/** First address behind a frame. */
export function frameEnd(fp: usize): usize {
  return fp + <usize>load<u32>(frameMethod(fp), METHOD_FRAME_BYTES);
}

/** Method record of a method index. */
export function methodRecord(index: i32): usize {
  return methodTable + ((<usize>index) << METHOD_SHIFT);
}

/** Forgets all methods; the heap was laid out anew. */
export function methodsInit(): void {
  methodTable = 0;
}

/** A table with the records of all methods so far and of a verified image, to be installed; 0: no memory. */
export function growMethods(image: usize): usize {
  const before = baseOf(image, IMG_SEC_METHODS);
  const count = load<u32>(image, IMG_SEC_METHODS + IMG_SEC_COUNT);
  const code = image + <usize>load<u32>(image, IMG_SEC_CODE);
  let from = image + <usize>load<u32>(image, IMG_SEC_METHODS);
  const table = heapTake((<usize>(before + count)) << METHOD_SHIFT, false);
  if (!table) return 0;
  if (before != 0) memory.copy(table, methodTable, (<usize>before) << METHOD_SHIFT);
  for (let i: u32 = before; i < before + count; i++) {
    const method = table + ((<usize>i) << METHOD_SHIFT);
    store<u32>(method, <u32>code + load<u32>(from, IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES, METHOD_CODE);
    store<u32>(method, load<u32>(from, IMG_METHOD_FRAME) << 3, METHOD_FRAME_BYTES);
    from += IMG_METHOD_BYTES;
  }
  return table;
}

/** Makes a table of `growMethods` the one; the old one is given back. */
export function installMethods(table: usize): void {
  if (methodTable) heapGive(methodTable);
  methodTable = table;
}
