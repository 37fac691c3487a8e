/** The exports of `vm.wasm` for native code (docs/native-code.md): the host asks for the lowered methods of a unit, one after the other. */
import {
  IMG_METHOD_BYTES,
  IMG_METHOD_CODE_COUNT,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_SHAPE,
  IMG_SEC_CODE,
  IMG_SEC_METHODS,
  IMG_SHAPE_HANDLER,
} from '../bytecode/image';
import { holder, recordIn, recordOf, total } from '../bytecode/images';
import { word } from '../bytecode/records';
import { OP_CALL } from '../bytecode/opcodes.generated';
import { KIR_REGISTERS, useRegisters } from '../jit/kir';
import { loopCount, loopHead } from '../jit/loops';
import { calleeCount, callees, kirBytes, kirStart, lower } from '../jit/lower';
import { addressOf } from '../jit/method';
import { REASONS, REASON_HOST, REASON_MEMORY } from '../jit/reasons';
import { allocation, classFor, heapDebt, heapGive, heapSetDebt, heapSize, heapTake } from '../vm/heap';
import { markingWord } from '../vm/cycles';
import { globals, ints, literals } from '../vm/link';
import {
  MOST_HEAT,
  STATE_NATIVE,
  STATE_PENDING,
  STATE_REFUSED,
  addNativeLoop,
  hotMethod,
  nativeRun,
  nativeStart,
  nativeState,
  setNativeState,
} from '../vm/native';

const UNIT_METHODS: u32 = 32;
const MOST_MEMORY: usize = 0x20000;
const LEAST_MEMORY: usize = 0x8000;

/** Methods of the unit in work, u32 each: those up to `done` are lowered. */
const unit: usize = memory.data(128, 4);
let unitCount: u32 = 0;
/** Has `jit_next` been called for it? */
let begun: bool = false;
let done: u32 = 0;
let work: usize = 0;
let bytes: i32 = 0;
let debt: usize = 0;
/** Methods without native code, by reason; the first is those that have some. */
const counts: usize = memory.data(32, 4);

function count(which: i32): void {
  const at = counts + ((<usize>which) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Forgets everything; the heap was laid out anew, or all native code is gone. */
export function nativeUnitInit(): void {
  unitCount = 0;
  begun = false;
  done = 0;
  work = 0;
  useRegisters(KIR_REGISTERS);
  memory.fill(counts, 0, 32);
}

/** The host makes native code: calls may come back with status 5, when `heat` slices of `slice` units have ended in a method. */
export function jit_start(slice: i32, heat: i32): void {
  nativeStart(slice, <u32>heat);
}

/** The host's machine has `count` registers, all of which outlive calls; before the first call with status 5. */
export function jit_registers(count: i32): void {
  useRegisters(count);
}

function add(method: u32): void {
  if (unitCount == UNIT_METHODS || nativeState(method) > MOST_HEAT) return;
  setNativeState(method, STATE_PENDING);
  store<u32>(unit + ((<usize>unitCount) << 2), method);
  unitCount++;
}

function refuse(method: u32, reason: i32): void {
  setNativeState(method, STATE_REFUSED);
  count(reason);
}

/** Calls of a method that is not lowered may be worth it. */
function addCallees(method: u32): void {
  const image = holder(IMG_SEC_METHODS, method);
  const record = recordIn(image, IMG_SEC_METHODS, method, IMG_METHOD_BYTES);
  let at = image + <usize>word(image, IMG_SEC_CODE) + ((<usize>word(record, IMG_METHOD_FIRST_CODE)) << 3);
  for (let left = word(record, IMG_METHOD_CODE_COUNT); left != 0; left--) {
    if (<i32>load<u16>(at) == OP_CALL) add(load<u32>(at, 4));
    at += 8;
  }
}

function lowerNext(method: u32): bool {
  const reason = work
    ? lower(method, work, work + heapSize(work), globals, ints, markingWord, literals, allocation, classFor)
    : REASON_MEMORY;
  if (reason != 0) {
    refuse(method, reason);
    addCallees(method);
    return false;
  }
  for (let i: u32 = 0; i < calleeCount; i++) add(load<u32>(callees + ((<usize>i) << 2)));
  for (let i: u32 = 0; i < loopCount; i++) addNativeLoop(addressOf(loopHead(i)), method, i + 1);
  return true;
}

/** Is there a handler of a device that nobody has tried to lower? Then those are the next unit, as after status 5. 1 or 0. */
export function jit_handlers(): i32 {
  const count = total(IMG_SEC_METHODS);
  unitCount = 0;
  for (let i: u32 = 0; i < count; i++) {
    const record = recordOf(IMG_SEC_METHODS, i, IMG_METHOD_BYTES);
    if ((word(record, IMG_METHOD_SHAPE) & IMG_SHAPE_HANDLER) != 0) add(i);
  }
  return unitCount != 0 ? 1 : 0;
}

/** After status 5: the next method of the unit in KIR, which begins with the method that runs often; 0: that was all. */
export function jit_next(): i32 {
  if (!begun) {
    begun = true;
    done = 0;
    debt = heapDebt;
    for (let most = MOST_MEMORY; most >= LEAST_MEMORY && !work; most >>= 1) work = heapTake(most, false);
    if (unitCount == 0) add(<u32>hotMethod);
  }
  while (done < unitCount) {
    const method = load<u32>(unit + ((<usize>done) << 2));
    done++;
    if (!lowerNext(method)) continue;
    bytes = <i32>kirBytes;
    return <i32>kirStart;
  }
  bytes = 0;
  return 0;
}

/** Bytes of what `jit_next` gave. */
export function jit_bytes(): i32 {
  return bytes;
}

/** The host has native code for all methods of the unit (1), or takes none of it (0). */
export function jit_done(installed: i32): void {
  for (let i: u32 = 0; i < unitCount; i++) {
    const method = load<u32>(unit + ((<usize>i) << 2));
    if (nativeState(method) != STATE_PENDING) continue;
    if (installed == 0) {
      refuse(method, REASON_HOST);
      continue;
    }
    setNativeState(method, STATE_NATIVE);
    count(0);
  }
  unitCount = 0;
  begun = false;
  if (work) heapGive(work);
  work = 0;
  heapSetDebt(debt);
}

/** Methods with native code (0), or without for a reason of docs/native-code.md (1 …). */
export function jit_stat(which: i32): i32 {
  return which >= 0 && which < REASONS ? load<i32>(counts + ((<usize>which) << 2)) : 0;
}

/** Does one instruction for native code; see `nativeRun`. */
export function jit_run(act: i32, fp: i32, pc: i32, slice: i32): i32 {
  return nativeRun(<usize>act, <usize>fp, <usize>pc, slice);
}
