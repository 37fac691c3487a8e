/**
 * Deferred reference counting: only references from the heap (fields, elements, globals) are counted, so an object
 * with count 0 may still be in use by a frame. `reclaim` runs at safe points only; it marks what the stacks of all
 * activations, parked ones too, may refer to, conservatively, and frees the unmarked objects of the zero-count table. A freed object's
 * children join the table, so nothing recurses. A slot's value is believed only if a live object starts at that
 * address (`objectAt`), so integers and stale references cannot corrupt anything; at worst something lives longer.
 * Objects in cycles have counts that do not fall to zero: cycles.ts takes their references, step by step, at the same
 * safe points.
 */
import {
  ACT_EXCEPTION,
  ACT_FILE,
  ACT_FP,
  ACT_INPUT,
  ACT_INPUT_BYTES,
  ACT_NEXT,
  ACT_OUTPUT,
  ACT_PARKED,
  ACT_PARKED_BYTES,
  ACT_ROOTS,
  ACT_ROOT_COUNT,
  firstActivation,
  stackStart,
} from './activation';
import { CLASS_ARRAY, CLASS_STRING } from '../bytecode/builtins.generated';
import { classReferences, holdsHandle } from './classes';
import { beginCollection, collectSome, collecting, shade } from './cycles';
import { handle_drop } from './env';
import { frameEnd } from './frame';
import { spend } from './fuel';
import {
  heapCapacity,
  heapDebt,
  heapGive,
  heapHas,
  heapResetDebt,
  heapRoomFor,
  heapUsed,
  objectAt,
  objectBlocks,
  objectsAlive,
} from './heap';
import { HOSTILE_COLLECT, HOSTILE_STEPS, reclaimAlways } from './hostile';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  IN_GREY,
  IN_ZERO,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_LINK,
  OBJ_MARK,
  classOf,
  isBytes,
  uncount,
} from './object';
import { zeroCount, zeroGrowth, zeroNext, zeroPop, zeroPush, zeroTable } from './zero-table';

/** Mark of this reclaim, 1 … 255; an old equal mark only makes an object live one reclaim longer. */
let mark: u32 = 0;
/** Bytes handed out that make a reclaim due. */
let threshold: usize = 0;
/** The same while cycles are collected: a step each time. */
let stepBytes: usize = 0;
/** Objects of such a step. */
let stepUnits: i32 = 0;
/** Bytes in use, behind a reclaim, that begin a collection of cycles. */
let collectFrom: usize = 0;
/** Bytes handed out that make the next reclaim due: one of the two. */
let dueBytes: usize = 0;
/** Does this reclaim begin one? */
let beginning: bool = false;

const ALL: i32 = i32.MAX_VALUE;
/** A step of the collector looks at a thousand objects for each 4 KiB that were handed out. */
const STEP_BYTES: usize = 4096;
const STEP_UNITS: i32 = 1000;

/** Chooses the threshold for the heap's size. */
export function reclaimInit(): void {
  const eighth = heapCapacity() >> 3;
  threshold = eighth < 8192 ? 8192 : eighth > 262144 ? 262144 : eighth;
  stepBytes = threshold < 4 * STEP_BYTES ? STEP_BYTES : threshold >> 2;
  stepUnits = <i32>(stepBytes / STEP_BYTES) * STEP_UNITS;
  collectFrom = heapCapacity() >> 2;
  dueBytes = threshold;
  mark = 0;
}

function pin(value: u64): void {
  if (!objectAt(value)) return;
  store<u8>(<usize>value, <u8>mark, OBJ_MARK);
  if (beginning) shade(<usize>value);
}

function pinActivation(act: usize): void {
  pin(<u64>load<u32>(act, ACT_EXCEPTION));
  pin(<u64>load<u32>(act, ACT_OUTPUT));
  pin(<u64>load<u32>(act, ACT_INPUT));
  pin(<u64>load<u32>(act, ACT_FILE));
  pin(<u64>load<u32>(act, ACT_INPUT_BYTES));
  for (let i = 0; i < ACT_ROOT_COUNT; i++) pin(<u64>load<u32>(act + ACT_ROOTS + ((<usize>i) << 2)));
  const fp = <usize>load<u32>(act, ACT_FP);
  if (!fp) return;
  const parked = <usize>load<u32>(act, ACT_PARKED);
  const start = parked ? parked : stackStart;
  const end = parked ? parked + <usize>load<u32>(act, ACT_PARKED_BYTES) : frameEnd(fp);
  for (let slot = start; slot < end; slot += 8) pin(load<u64>(slot));
}

function destroyArray(ref: usize): void {
  const data = <usize>load<u32>(ref, ARR_DATA);
  if (<u32>load<u16>(ref, ARR_FLAGS) == ARR_FLAG_REFS) {
    const end = data + ((<usize>load<u32>(ref, ARR_SIZE)) << 3);
    for (let slot = data; slot < end; slot += 8) uncount(<usize>load<u32>(slot));
  }
  if (data) heapGive(data);
}

function destroyFields(ref: usize, cls: i32): void {
  if (holdsHandle(cls)) {
    const handle = load<i32>(ref, OBJ_FIELDS);
    if (handle != 0) handle_drop(handle);
  }
  let at = classReferences(cls);
  for (let left = load<u32>(at); left != 0; left--) {
    at += 4;
    uncount(<usize>load<u32>(ref + OBJ_FIELDS + ((<usize>load<u32>(at)) << 3)));
  }
}

/** Releases what an object refers to and frees it. */
function destroy(ref: usize): void {
  const cls = classOf(ref);
  if (cls == CLASS_ARRAY) destroyArray(ref);
  else if (cls != CLASS_STRING && !isBytes(ref)) destroyFields(ref, cls);
  heapGive(ref);
}

/** Frees every object that nothing refers to, and goes on with the collection of cycles for `units` objects if one is under way. */
function reclaimWith(units: i32): void {
  mark = mark == 255 ? 1 : mark + 1;
  if (beginning) beginCollection();
  for (let act = firstActivation; act; act = <usize>load<u32>(act, ACT_NEXT)) pinActivation(act);
  beginning = false;
  const ended = collecting() && collectSome(units);
  // Entries below `kept` stay; the rest is a worklist that `destroy` adds to.
  let kept = zeroTable;
  while (zeroNext() > kept) {
    const ref = zeroPop();
    const link = load<u32>(ref, OBJ_LINK);
    if (load<i32>(ref, OBJ_COUNT) != 0) {
      store<u32>(ref, link & ~IN_ZERO, OBJ_LINK);
    } else if (<u32>load<u8>(ref, OBJ_MARK) != mark && (link & IN_GREY) == 0) {
      destroy(ref);
    } else {
      // The first of the others takes its place.
      if (kept == zeroNext()) {
        zeroPush(ref);
      } else {
        zeroPush(<usize>load<u32>(kept));
        store<u32>(kept, <u32>ref);
      }
      kept += 4;
    }
  }
  heapResetDebt();
  dueBytes = collecting() ? stepBytes : threshold;
  if (!ended) return;
  collectFrom = heapUsed + (heapCapacity() >> 3);
  if (collectFrom < heapCapacity() >> 2) collectFrom = heapCapacity() >> 2;
}

/**
 * Frees every object that nothing refers to, and does a step of the collection of cycles, which it begins when much is
 * in use. Only at safe points.
 */
export function reclaim(): void {
  if (isDefined(HOSTILE)) {
    if (reclaimAlways == HOSTILE_COLLECT) return reclaimAll();
    if (reclaimAlways == HOSTILE_STEPS) {
      beginning = !collecting();
      return reclaimWith(2);
    }
  }
  reclaimWith(stepUnits);
  // What is in use is known now. Roots are looked at once more, so that collections begin at one place alone.
  if (collecting() || heapUsed < collectFrom) return;
  beginning = true;
  reclaimWith(stepUnits);
}

/** Frees every object that nothing refers to, those in cycles too, however long it takes. Only at safe points. */
export function reclaimAll(): void {
  // One that is under way knows nothing of what was let go since it began.
  if (collecting()) reclaimWith(ALL);
  beginning = true;
  reclaimWith(ALL);
}

/** `reclaimAll`, paid for with fuel: one unit for 64 objects. */
export function reclaimPaid(act: usize): void {
  const objects = objectsAlive();
  reclaimAll();
  spend(act, 1 + ((<i64>objects) >> 6));
}

/** Is there no room for `bytes` bytes, which could be had if the heap held less? */
function lacks(bytes: usize): bool {
  return bytes < heapCapacity() && !heapHas(bytes + zeroGrowth(objectBlocks));
}

/** When `bytes` bytes could not be had: reclaims, and if that does not help collects cycles as well. */
export function makeRoom(act: usize, bytes: usize): void {
  reclaim();
  if (lacks(bytes)) reclaimPaid(act);
}

/** Is a reclaim due? */
export function reclaimDue(): bool {
  if (isDefined(HOSTILE)) if (reclaimAlways != 0) return true;
  return heapDebt >= dueBytes;
}

/**
 * A native that allocates calls this first, with all its operands still in the frame or in root slots: it reclaims
 * when that is due, or when `bytes` bytes may not be there. What the native allocates after it stays until it returns.
 */
export function need(act: usize, bytes: usize): void {
  if (isDefined(HOSTILE)) if (reclaimAlways != 0) return reclaim();
  if (heapDebt >= dueBytes || (heapDebt != 0 && !heapRoomFor(bytes))) reclaim();
  if (lacks(bytes)) reclaimPaid(act);
}

/** Reclaims between two calls when much has been let go. */
export function reclaimIdle(): void {
  if (isDefined(HOSTILE)) if (reclaimAlways != 0) return reclaim();
  if (zeroCount() > 256 || heapDebt >= dueBytes >> 1) reclaim();
}
