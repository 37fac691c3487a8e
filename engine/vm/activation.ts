/**
 * Activations: one call from outside each, with its own fuel, pending exception and I/O block. All that belongs to a
 * call lives in this record; the engine's globals belong to the isolate.
 *
 * One of them runs at a time, so the isolate has one VM stack for all. A call that waits is parked: the used part of the
 * stack lies in a block of its own until the call goes on, at the same addresses.
 */
import { heapGive, heapTake } from './heap';

export const ACT_NEXT: usize = 0;
export const ACT_PREV: usize = 4;
/** Frame of the method that runs, as of the last call out of the interpreter loop; 0: nothing runs. */
export const ACT_FP: usize = 8;
/** Address behind the instruction that runs. */
export const ACT_PC: usize = 12;
/** Copy of the stack of a call that waits, and its bytes; 0: it does not wait. */
export const ACT_PARKED: usize = 16;
export const ACT_PARKED_BYTES: usize = 20;
/** i32: fuel until the next safepoint. */
export const ACT_SLICE: usize = 24;
/** Pending exception, or 0. */
export const ACT_EXCEPTION: usize = 28;
/** i64: fuel behind the slice. */
export const ACT_FUEL: usize = 32;
/** Roots for natives: references that must survive a `need`. The native clears them; so does the end of a call from outside. */
export const ACT_ROOTS: usize = 40;
export const ACT_ROOT_COUNT: i32 = 4;
/** Objects that handlers receive, kept for the next call while nobody else keeps them. */
export const ACT_OUTPUT: usize = 56;
export const ACT_INPUT: usize = 60;
export const ACT_FILE: usize = 64;
/** Bytes object that `op_input` handed out. */
export const ACT_INPUT_BYTES: usize = 68;
/** i32: 1 once `safepoint` asked to stop. */
export const ACT_KILLED: usize = 72;
/** Length of the last text of `exc_render`. */
export const ACT_RENDERED: usize = 76;
/** i32: what the call is, STAGE_*. */
export const ACT_STAGE: usize = 80;
/** i32: index of the handler that runs. */
export const ACT_METHOD: usize = 84;
/** The I/O block of docs/abi.md, 88 bytes. */
export const ACT_IO: usize = 88;
/** Where native code left: u32 frame, u32 address of the instruction, i32 slice. Written by the host. */
export const ACT_NATIVE: usize = 176;
const ACT_BYTES: usize = 192;

/** A device operation. */
export const STAGE_OPERATION: i32 = 0;
/** The script's top level; then `main`. */
export const STAGE_TOP: i32 = 1;
export const STAGE_MAIN: i32 = 2;
/** The top level of a further image. */
export const STAGE_MORE: i32 = 3;

export const IO_FILE: usize = 0;
export const IO_MODE: usize = 4;
export const IO_FLAGS: usize = 8;
export const IO_NONBLOCK: usize = 12;
export const IO_OFFSET: usize = 16;
export const IO_IN_PTR: usize = 24;
export const IO_IN_LEN: usize = 28;
export const IO_OUT_PTR: usize = 32;
export const IO_OUT_LEN: usize = 36;
export const IO_RESULT: usize = 40;
export const IO_SESSION: usize = 48;
export const IO_WHENCE: usize = 52;
export const IO_WAIT_OBJECT: usize = 56;
export const IO_COUNT: usize = 60;
export const IO_WAIT_UNTIL: usize = 64;
export const IO_POSITION: usize = 72;
export const IO_EVAL_PTR: usize = 80;
export const IO_EVAL_LEN: usize = 84;

/** Units of fuel between two calls of the import `safepoint`. */
export const SLICE_UNITS: i64 = 65536;
/** Fewest and most slots of the VM stack. */
const MIN_STACK: i32 = 64;
const MAX_STACK: i32 = 0x100000;

/** Units of the interpreter's own slices: fewer where native code can be made, for it looks around at their ends. */
export let sliceUnits: i64 = SLICE_UNITS;

/** First of all live activations. */
export let firstActivation: usize = 0;
/** The VM stack; 0: there is none yet. */
export let stackStart: usize = 0;
export let stackEnd: usize = 0;

/** Forgets all activations and the stack; the heap was laid out anew. */
export function activationsInit(): void {
  sliceUnits = SLICE_UNITS;
  firstActivation = 0;
  stackStart = 0;
  stackEnd = 0;
}

/** Makes the VM stack of `slots` slots. False: there is one, an absurd number, or no memory. */
export function stackNew(slots: i32): bool {
  if (stackStart || slots < MIN_STACK || slots > MAX_STACK) return false;
  const bytes = (<usize>slots) << 3;
  stackStart = heapTake(bytes, false);
  stackEnd = stackStart ? stackStart + bytes : 0;
  return stackStart != 0;
}

/** A new activation; 0: no memory, or no VM stack. */
export function activationNew(): usize {
  const act = stackStart ? heapTake(ACT_BYTES, false) : 0;
  if (!act) return 0;
  memory.fill(act, 0, ACT_BYTES);
  store<u32>(act, <u32>firstActivation, ACT_NEXT);
  if (firstActivation) store<u32>(firstActivation, <u32>act, ACT_PREV);
  firstActivation = act;
  return act;
}

/** Gives an activation back, with the stack of a call that waits. */
export function activationFree(act: usize): void {
  const next = <usize>load<u32>(act, ACT_NEXT);
  const prev = <usize>load<u32>(act, ACT_PREV);
  if (prev) store<u32>(prev, <u32>next, ACT_NEXT);
  else firstActivation = next;
  if (next) store<u32>(next, <u32>prev, ACT_PREV);
  dropParked(act);
  heapGive(act);
}

/** Ends a call that waits, if there is one: its stack is forgotten. */
export function dropParked(act: usize): void {
  const parked = <usize>load<u32>(act, ACT_PARKED);
  if (!parked) return;
  store<u32>(act, 0, ACT_PARKED);
  store<u32>(act, 0, ACT_FP);
  heapGive(parked);
}

/** Says how long the interpreter's slices are, 1 to SLICE_UNITS. */
export function setSliceUnits(units: i64): void {
  sliceUnits = units;
}

/** Sets the fuel left. */
export function setFuel(act: usize, fuel: i64): void {
  const slice = fuel < sliceUnits ? (fuel < 0 ? 0 : fuel) : sliceUnits;
  store<i32>(act, <i32>slice, ACT_SLICE);
  store<i64>(act, fuel < 0 ? 0 : fuel - slice, ACT_FUEL);
}

/** Sets what is left of the slice alone. */
export function setSlice(act: usize, slice: i32): void {
  store<i32>(act, slice, ACT_SLICE);
}

/** Fuel left. */
export function fuelLeft(act: usize): i64 {
  const slice = load<i32>(act, ACT_SLICE);
  return load<i64>(act, ACT_FUEL) + <i64>(slice < 0 ? 0 : slice);
}

/** A root slot of the activation; see ACT_ROOTS. */
export function setRoot(act: usize, index: i32, ref: usize): void {
  store<u32>(act + ACT_ROOTS + ((<usize>index) << 2), <u32>ref);
}

/** What `setRoot` stored. */
export function getRoot(act: usize, index: i32): usize {
  return <usize>load<u32>(act + ACT_ROOTS + ((<usize>index) << 2));
}
