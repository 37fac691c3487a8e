/**
 * Frames on the VM stack. A call window's first two slots hold the caller's state; the callee's frame starts behind
 * them: fp - 16 u32 address of the caller's next instruction (0: called by the host), fp - 12 u32 the caller's frame,
 * fp - 8 u32 this frame's method, by index: the table moves when an image is added.
 *
 * A method at run time is a 16-byte record: u32 address of the instruction that a call begins with, u32 frame size in bytes, u32 kinds of
 * parameters and result with the number of parameters, as CALLF has them (NO_SHAPE: never called by CALLF), u32 address of its first
 * instruction. The two addresses differ when it has native code (native.ts).
 *
 * Behind the last one is a byte for each method: what native.ts knows of it. In front of the first one lie the stubs, with negative indices: frames between a CALLF and a function whose result is of
 * another kind than the caller wants. A stub's code runs when the function has returned.
 */
import {
  IMG_INSTRUCTION_BYTES,
  IMG_KIND_OF_BOOLEAN,
  IMG_KIND_OF_FLOAT,
  IMG_METHOD_BYTES,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FRAME,
  IMG_SEC_CODE,
  IMG_SEC_COUNT,
  IMG_SEC_METHODS,
} from '../bytecode/image';
import { baseOf } from '../bytecode/images';
import { OP_BOXB, OP_BOXF, OP_BOXI, OP_CAST, OP_NOP, OP_RET, OP_UNBOX } from '../bytecode/opcodes.generated';
import { WINDOW_BYTES } from '../bytecode/layout';
import { NO_SHAPE, shapeOf } from '../bytecode/shape';
import { heapGive, heapTake } from './heap';
import { boxClass } from './object';

export { NO_SHAPE, WINDOW_BYTES };

export const METHOD_ENTRY: usize = 0;
export const METHOD_FRAME_BYTES: usize = 4;
export const METHOD_SHAPE: usize = 8;
export const METHOD_CODE: usize = 12;
export const METHOD_SHIFT: usize = 4;

/** Stubs by their number: a box for a value of kind k is made by STUB_BOX + k, opened by STUB_OPEN + k; index FIRST_STUB + number. */
export const STUB_BOX: i32 = 0;
export const STUB_OPEN: i32 = 4;
const STUBS: i32 = 8;
// -1 stands for frames left out of a trace.
export const FIRST_STUB: i32 = -1 - STUBS;
/** Records in front of the table's first. */
const STUB_ROOM: usize = 9;
const STUB_INSTRUCTIONS: i32 = 4;
const STUB_FRAME_BYTES: u32 = 16;
const stubCode: usize = memory.data(256, 8);

/** The saved words, as offsets from the window (fp - 16). */
export const WINDOW_RETURN: usize = 0;
export const WINDOW_CALLER: usize = 4;
export const WINDOW_METHOD: usize = 8;

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

function instruction(op: i32, a: u64, b: u64): u64 {
  return (<u64>op) | (a << 16) | (b << 32);
}

/** A stub's record and code; its first instruction stands for the call that it lies behind. */
function writeStub(table: usize, number: i32): void {
  const code = stubCode + ((<usize>(number * STUB_INSTRUCTIONS)) << 3);
  store<u64>(code, instruction(OP_NOP, 0, 0));
  const kind = <u32>(number & 3);
  if (number < STUB_OPEN) {
    const op = kind == IMG_KIND_OF_BOOLEAN ? OP_BOXB : kind == IMG_KIND_OF_FLOAT ? OP_BOXF : OP_BOXI;
    store<u64>(code, instruction(op, 0, 0), 8);
    store<u64>(code, instruction(OP_RET, 0, 0), 16);
  } else {
    store<u64>(code, instruction(OP_CAST, 0, <u64>boxClass(kind)), 8);
    store<u64>(code, instruction(OP_UNBOX, 0, 0), 16);
    store<u64>(code, instruction(OP_RET, 0, 0), 24);
  }
  const record = table + ((<usize>(FIRST_STUB + number)) << METHOD_SHIFT);
  store<u32>(record, <u32>code, METHOD_ENTRY);
  store<u32>(record, <u32>code, METHOD_CODE);
  store<u32>(record, STUB_FRAME_BYTES, METHOD_FRAME_BYTES);
  store<u32>(record, NO_SHAPE, METHOD_SHAPE);
}

/** Is it the index of a stub, which no trace shows and no handler covers? */
export function isStub(index: u32): bool {
  return <i32>index < -1;
}

/** A table with the records of all methods so far and of a verified image, to be installed; 0: no memory. */
export function growMethods(image: usize): usize {
  const before = baseOf(image, IMG_SEC_METHODS);
  const count = load<u32>(image, IMG_SEC_METHODS + IMG_SEC_COUNT);
  const code = image + <usize>load<u32>(image, IMG_SEC_CODE);
  let from = image + <usize>load<u32>(image, IMG_SEC_METHODS);
  const block = heapTake(((STUB_ROOM + <usize>(before + count)) << METHOD_SHIFT) + <usize>(before + count), false);
  if (!block) return 0;
  const table = block + (STUB_ROOM << METHOD_SHIFT);
  for (let i = 0; i < STUBS; i++) writeStub(table, i);
  if (before != 0) memory.copy(table, methodTable, (<usize>before) << METHOD_SHIFT);
  memory.fill(table + ((<usize>(before + count)) << METHOD_SHIFT), 0, <usize>(before + count));
  for (let i: u32 = before; i < before + count; i++) {
    const method = table + ((<usize>i) << METHOD_SHIFT);
    const first = <u32>code + load<u32>(from, IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES;
    store<u32>(method, first, METHOD_ENTRY);
    store<u32>(method, first, METHOD_CODE);
    store<u32>(method, load<u32>(from, IMG_METHOD_FRAME) << 3, METHOD_FRAME_BYTES);
    store<u32>(method, shapeOf(from), METHOD_SHAPE);
    from += IMG_METHOD_BYTES;
  }
  return table;
}

/** Makes a table of `growMethods` the one; the old one is given back. */
export function installMethods(table: usize): void {
  if (methodTable) giveMethods(methodTable);
  methodTable = table;
}

/** Gives a table of `growMethods` back. */
export function giveMethods(table: usize): void {
  heapGive(table - (STUB_ROOM << METHOD_SHIFT));
}
