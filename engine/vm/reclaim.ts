/**
 * Deferred reference counting: only references from the heap (fields, elements, globals) are counted, so an object
 * with count 0 may still be in use by a frame. `reclaim` runs at safe points only; it marks what the stacks of all
 * activations, parked ones too, may refer to, conservatively, and frees the unmarked objects of the zero-count table. A freed object's
 * children join the table, so nothing recurses. A slot's value is believed only if a live object starts at that
 * address (`objectAt`), so integers and stale references cannot corrupt anything; at worst something lives longer.
 * Cycles are not found.
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
import { handle_drop } from './env';
import { frameEnd } from './frame';
import { heapCapacity, heapDebt, heapGive, heapResetDebt, heapRoomFor, objectAt } from './heap';
import { reclaimAlways } from './hostile';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  NO_INDEX,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_INDEX,
  OBJ_MARK,
  classOf,
  isBytes,
  objectFree,
  release,
} from './object';
import { zeroCount, zeroPop, zeroPush, zeroTable } from './zero-table';

/** Mark of this reclaim, 1 … 255; an old equal mark only makes an object live one reclaim longer. */
let mark: u32 = 0;
/** Bytes handed out that make a reclaim due. */
let threshold: usize = 0;

/** Chooses the threshold for the heap's size. */
export function reclaimInit(): void {
  const eighth = heapCapacity() >> 3;
  threshold = eighth < 8192 ? 8192 : eighth > 262144 ? 262144 : eighth;
  mark = 0;
}

function pin(value: u64): void {
  if (objectAt(value)) store<u8>(<usize>value, <u8>mark, OBJ_MARK);
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

/** Releases what an object refers to and frees it. */
function destroy(ref: usize): void {
  const cls = classOf(ref);
  if (cls == CLASS_ARRAY) {
    const data = <usize>load<u32>(ref, ARR_DATA);
    if ((load<u32>(ref, ARR_FLAGS) & ARR_FLAG_REFS) != 0) {
      const end = data + ((<usize>load<u32>(ref, ARR_SIZE)) << 3);
      for (let slot = data; slot < end; slot += 8) release(<usize>load<u32>(slot));
    }
    if (data) heapGive(data);
  } else if (cls != CLASS_STRING && !isBytes(ref)) {
    if (holdsHandle(cls)) {
      const handle = load<i32>(ref, OBJ_FIELDS);
      if (handle != 0) handle_drop(handle);
    }
    const list = classReferences(cls);
    const count = load<u32>(list);
    for (let i: u32 = 1; i <= count; i++)
      release(<usize>load<u32>(ref + OBJ_FIELDS + ((<usize>load<u32>(list + ((<usize>i) << 2))) << 3)));
  }
  objectFree(ref);
}

/** Frees every object that nothing refers to, save those in cycles. Only at safe points. */
export function reclaim(): void {
  mark = mark == 255 ? 1 : mark + 1;
  for (let act = firstActivation; act; act = <usize>load<u32>(act, ACT_NEXT)) pinActivation(act);
  // Entries below `kept` stay; the rest is a worklist that `destroy` adds to.
  let kept: u32 = 0;
  while (zeroCount > kept) {
    const ref = zeroPop();
    if (load<i32>(ref, OBJ_COUNT) != 0) {
      store<u32>(ref, NO_INDEX, OBJ_INDEX);
    } else if (<u32>load<u8>(ref, OBJ_MARK) != mark) {
      destroy(ref);
    } else {
      const place = zeroTable + ((<usize>kept) << 2);
      if (kept == zeroCount) {
        store<u32>(ref, zeroPush(ref), OBJ_INDEX);
      } else {
        const moved = <usize>load<u32>(place);
        store<u32>(moved, zeroPush(moved), OBJ_INDEX);
        store<u32>(place, <u32>ref);
        store<u32>(ref, kept, OBJ_INDEX);
      }
      kept++;
    }
  }
  heapResetDebt();
}

/** Is a reclaim due? */
export function reclaimDue(): bool {
  if (isDefined(HOSTILE)) if (reclaimAlways) return true;
  return heapDebt >= threshold;
}

/**
 * A native that allocates calls this first, with all its operands still in the frame or in root slots: it reclaims
 * when that is due, or when `bytes` bytes may not be there. What the native allocates after it stays until it returns.
 */
export function need(act: usize, bytes: usize): void {
  if (isDefined(HOSTILE)) if (reclaimAlways) return reclaim();
  if (heapDebt >= threshold || (heapDebt != 0 && !heapRoomFor(bytes))) reclaim();
}

/** Reclaims between two calls when much has been let go. */
export function reclaimIdle(): void {
  if (isDefined(HOSTILE)) if (reclaimAlways) return reclaim();
  if (zeroCount > 256 || heapDebt >= threshold >> 1) reclaim();
}
