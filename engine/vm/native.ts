/**
 * Native code: which methods have some, which are worth it, how the interpreter enters it and what it asks the interpreter to
 * do (docs/native-code.md). What runs often is found where slices of fuel end, so nothing is counted in between. The code itself is the
 * host's; here is only whether there is some.
 */
import { ACT_FP, ACT_NATIVE, ACT_PC, ACT_SLICE, SLICE_UNITS, setSliceUnits, sliceUnits, stackEnd } from './activation';
import { IMG_CALL_SLOT, IMG_SEC_METHODS, IMG_SITE_CLASS, IMG_SITE_TARGET, IMG_VTABLE_NATIVE } from '../bytecode/image';
import { total } from '../bytecode/images';
import {
  OP_ALDI,
  OP_ALDR,
  OP_ALEN,
  OP_APUSHB,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTR,
  OP_B2S,
  OP_BOXB,
  OP_BOXI,
  OP_CALLF,
  OP_CALLH,
  OP_CALLI,
  OP_CALLN,
  OP_ATYPE,
  OP_CALLV,
  OP_CAST,
  OP_CONV,
  OP_DOP,
  OP_GETI,
  OP_GETR,
  OP_GGET,
  OP_GPUTI,
  OP_GPUTR,
  OP_IADD,
  OP_I2S,
  OP_ISA,
  OP_ISUB,
  OP_LDS,
  OP_NEW,
  OP_NEWA,
  OP_NEWAN,
  OP_PUTI,
  OP_PUTR,
  OP_SCAT,
  OP_SCMP,
  OP_SEQ,
  OP_UNBOX,
  OP_VEQ,
} from '../bytecode/opcodes.generated';
import { callNative } from '../lib/dispatch';
import { hostCall } from '../lib/host-call';
import { classVirtual, classVirtualCount } from './classes';
import { native_enter } from './env';
import { FAULT_CAST, FAULT_INDEX, FAULT_NULL, FAULT_PENDING } from './faults';
import {
  METHOD_CODE,
  METHOD_ENTRY,
  METHOD_FRAME_BYTES,
  METHOD_SHAPE,
  METHOD_SHIFT,
  WINDOW_BYTES,
  WINDOW_CALLER,
  WINDOW_METHOD,
  frameMethodIndex,
  methodRecord,
  methodTable,
} from './frame';
import { fuelOf, resizeSlice } from './fuel';
import { NO_TARGET, SITE_SHIFT, lookUp, sites } from './interfaces';
import { falseText, globals, literals, trueText } from './link';
import {
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  OBJ_FIELDS,
  classOf,
  isInstance,
  setReference,
} from './object';
import { storeUnboxed } from './elements';
import {
  opAppend,
  opBox,
  opCompareText,
  opEqualText,
  opEqualValues,
  opIntText,
  opJoin,
  opLiteral,
  opNew,
  opNewArray,
  opNewArraySized,
  slotA,
  slotB,
  slotC,
} from './operations';
import { opDynamic } from './dynamic-operators';
import { convertSlot, noteElements } from './type-codes';

/** The call wants native code for `hotMethod`: the host makes it, or not, and goes on with `op_resume`. */
export const WANTS_NATIVE: i32 = 5;

/** An instruction that no image has: a method with native code begins with it. */
export const OP_NATIVE: i32 = 0xfff0;
const nativeInstruction: usize = memory.data<u64>([0xfff0]);

/** What `native_enter` answers: the method has returned; the interpreter is to go on where it left; to go on with what is pending; it did not run. */
export const NATIVE_RETURNED: i32 = 0;
export const NATIVE_LEFT: i32 = 1;
export const NATIVE_RAISED: i32 = 2;
export const NATIVE_REFUSED: i32 = 3;

/** What a method's byte in the table of states says: up to MOST_HEAT how often it was seen at the end of a slice. */
export const MOST_HEAT: u32 = 250;
export const STATE_PENDING: u32 = 253;
export const STATE_REFUSED: u32 = 254;
export const STATE_NATIVE: u32 = 255;

/** Of a slice, native code leaves so much to the interpreter. */
const KEPT_UNITS: i32 = 4096;

/** How often a method is seen there until it is worth native code. */
let heat: u32 = 1;

// A loop that native code can be entered at: u32 address of its first instruction, u32 method, u32 entry.
const LOOP_BYTES: usize = 12;
const MAX_LOOPS: u32 = 128;
const loopTable: usize = memory.data(1536, 4);
let loopCount: u32 = 0;

/** How many calls through the runtime may be nested: each lies on the host's stack. */
const MAX_NESTED: u32 = 24;
let nested: u32 = 0;
/** Of `perform`: the method that was called has left its native code; the activation says where to go on. */
const LEFT: i32 = -1;

/** Does the host make native code? */
export let nativeOn: bool = false;
/** The method that was found to run often. */
export let hotMethod: i32 = 0;

/** Forgets all native code; the heap was laid out anew. */
export function nativeInit(): void {
  nativeOn = false;
  loopCount = 0;
  nested = 0;
}

/** The host makes native code from now on: for methods in which `often` slices of `units` units have ended. */
export function nativeStart(units: i32, often: u32): void {
  setSliceUnits(units < 1 ? 1 : <i64>units < SLICE_UNITS ? <i64>units : SLICE_UNITS);
  heat = often < 1 ? 1 : often < MOST_HEAT ? often : MOST_HEAT;
  nativeOn = true;
}

/** All methods are interpreted again, whatever has been found out about them: tables move when an image is added. The host frees its code. */
export function nativeReset(): void {
  loopCount = 0;
  if (!nativeOn) return;
  const count = total(IMG_SEC_METHODS);
  for (let i: u32 = 0; i < count; i++) {
    const record = methodRecord(i);
    store<u32>(record, load<u32>(record, METHOD_CODE), METHOD_ENTRY);
    store<u8>(stateOf(i), 0);
  }
}

function stateOf(method: u32): usize {
  return methodTable + ((<usize>total(IMG_SEC_METHODS)) << METHOD_SHIFT) + <usize>method;
}

/** State of a method. */
export function nativeState(method: u32): u32 {
  return <u32>load<u8>(stateOf(method));
}

/** Says what a method is from now on; with STATE_NATIVE calls begin in native code. */
export function setNativeState(method: u32, state: u32): void {
  store<u8>(stateOf(method), <u8>state);
  if (state == STATE_NATIVE) store<u32>(methodRecord(method), <u32>nativeInstruction, METHOD_ENTRY);
}

/** Native code can be entered at a loop whose first instruction is at `at`. */
export function addNativeLoop(at: usize, method: u32, entry: u32): void {
  if (loopCount == MAX_LOOPS) return;
  const row = loopTable + <usize>loopCount * LOOP_BYTES;
  store<u32>(row, <u32>at);
  store<u32>(row, method, 4);
  store<u32>(row, entry, 8);
  loopCount++;
}

/** Entry of native code at the instruction at `at`; 0: none. */
export function nativeLoop(at: usize): i32 {
  for (let i: u32 = 0; i < loopCount; i++) {
    const row = loopTable + <usize>i * LOOP_BYTES;
    if (<usize>load<u32>(row) != at) continue;
    return nativeState(load<u32>(row, 4)) == STATE_NATIVE ? load<i32>(row, 8) : 0;
  }
  return 0;
}

/**
 * A slice has ended in the frame `fp`, at the instruction at `pc`, which is to run again. True: the host is to make native code first; the
 * activation is ready to be left.
 */
export function noticeHot(act: usize, fp: usize, pc: usize): bool {
  const method = frameMethodIndex(fp);
  if (method >= total(IMG_SEC_METHODS)) return false;
  const state = nativeState(method);
  if (state >= heat) return false;
  store<u8>(stateOf(method), <u8>(state + 1));
  if (state + 1 < heat) return false;
  hotMethod = <i32>method;
  // The slice ends once more when the instruction runs again, and then a loop can be entered.
  resizeSlice(act, 0);
  store<u32>(act, <u32>fp, ACT_FP);
  store<u32>(act, <u32>pc, ACT_PC);
  return true;
}

/** Can native code be entered at a loop of the method? */
function hasNativeLoop(method: u32): bool {
  for (let i: u32 = 0; i < loopCount; i++)
    if (load<u32>(loopTable + <usize>i * LOOP_BYTES, 4) == method) return nativeState(method) == STATE_NATIVE;
  return false;
}

/** Enters native code of the frame `fp`; NATIVE_*. ACT_FP, ACT_PC and ACT_SLICE say where to go on, unless it has returned or was refused: then ACT_SLICE alone. */
export function enterNative(act: usize, fp: usize, entry: i32): i32 {
  const caller = <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_CALLER);
  const slice = load<i32>(act, ACT_SLICE);
  const fuel = fuelOf(act);
  resizeSlice(act, SLICE_UNITS);
  const status = native_enter(act, <i32>frameMethodIndex(fp), entry, fp, load<i32>(act, ACT_SLICE), stackEnd);
  if (status == NATIVE_RETURNED || status == NATIVE_LEFT) store<i32>(act, load<i32>(act + ACT_NATIVE, 8), ACT_SLICE);
  if (status == NATIVE_LEFT) {
    store<u32>(act, load<u32>(act + ACT_NATIVE), ACT_FP);
    store<u32>(act, load<u32>(act + ACT_NATIVE, 4), ACT_PC);
  }
  // The interpreter's slice ends at once where it can soon go on in native code: behind one that has used up its fuel, and in a loop that was left.
  const again =
    status == NATIVE_LEFT
      ? load<i32>(act, ACT_SLICE) <= KEPT_UNITS
      : status == NATIVE_RETURNED && caller != 0 && hasNativeLoop(frameMethodIndex(caller));
  // Else it goes on, less what native code has used: so one that does little but call native code is found to run often as well.
  const used = fuel - fuelOf(act);
  resizeSlice(act, again || used >= <i64>slice ? 0 : <i64>slice - used);
  return status;
}

/** The host has run native code by itself, which has left at `pc` of the frame `fp`, or at what the activation says (0). */
export function leftNative(act: usize, fp: usize, pc: usize): void {
  if (fp) {
    store<u32>(act, <u32>fp, ACT_FP);
    store<u32>(act, <u32>pc, ACT_PC);
  }
  resizeSlice(act, fp != 0 && load<i32>(act, ACT_SLICE) <= KEPT_UNITS ? 0 : sliceUnits);
}

function setElement(act: usize, fp: usize, i: u64): i32 {
  const array = <usize>load<u32>(slotA(fp, i));
  if (!array) return FAULT_NULL;
  const index = load<u64>(slotB(fp, i));
  if (index >= <u64>load<u32>(array, ARR_SIZE)) return FAULT_INDEX;
  const ref = <usize>load<u32>(slotC(fp, i));
  if (<u32>load<u16>(array, ARR_FLAGS) != ARR_FLAG_REFS) return storeUnboxed(act, array, index, ref);
  setReference(<usize>load<u32>(array, ARR_DATA) + ((<usize>index) << 3), ref);
  return 0;
}

function setField(fp: usize, i: u64): i32 {
  const ref = <usize>load<u32>(slotA(fp, i));
  if (!ref) return FAULT_NULL;
  setReference(ref + OBJ_FIELDS + <usize>((i >> 29) & 0x7fff8), <usize>load<u32>(slotC(fp, i)));
  return 0;
}

/** What the object `receiver` makes of call `i`: a method, or IMG_VTABLE_NATIVE and a native's id; NO_TARGET: nothing that can be called as it is. */
function targetOf(receiver: usize, i: u64): u32 {
  const cls = classOf(receiver);
  const op = <i32>(i & 0xffff);
  if (op == OP_CALLI) {
    const site = sites + ((<usize>(i >> 32)) << SITE_SHIFT);
    return load<u32>(site, IMG_SITE_CLASS) == <u32>cls + 1 ? load<u32>(site, IMG_SITE_TARGET) : lookUp(site, cls);
  }
  const slot = op == OP_CALLV ? (<u32>(i >> 32)) & 0xffff : IMG_CALL_SLOT;
  const entry = slot < classVirtualCount(cls) ? classVirtual(cls, slot) : NO_TARGET;
  if (op == OP_CALLV || entry == NO_TARGET) return entry;
  // Values of other kinds are boxed or opened by the interpreter.
  if ((entry & IMG_VTABLE_NATIVE) != 0) return NO_TARGET;
  return load<u32>(methodRecord(<i32>entry), METHOD_SHAPE) == <u32>(i >> 32) ? entry : NO_TARGET;
}

/** Enters the native code of method `entry`, its window at `window`, for native code that has called it. 0, LEFT, or a fault: nothing has happened. */
function enterNested(act: usize, fp: usize, window: usize, entry: i32, slice: i32): i32 {
  const frame = <usize>load<u32>(methodRecord(entry), METHOD_FRAME_BYTES);
  if (nativeState(<u32>entry) != STATE_NATIVE || nested == MAX_NESTED) return FAULT_NULL;
  if (window + WINDOW_BYTES + frame > stackEnd) return FAULT_NULL;
  store<u64>(window, (<u64>load<u32>(act, ACT_PC)) | ((<u64>fp) << 32));
  store<i32>(window, entry, WINDOW_METHOD);
  nested++;
  const status = native_enter(act, entry, 0, window + WINDOW_BYTES, slice - 1, stackEnd);
  nested--;
  if (status == NATIVE_REFUSED) return FAULT_NULL;
  if (status == NATIVE_RAISED) return LEFT;
  store<i32>(act, load<i32>(act + ACT_NATIVE, 8), ACT_SLICE);
  if (status == NATIVE_RETURNED) return 0;
  store<u32>(act, load<u32>(act + ACT_NATIVE), ACT_FP);
  store<u32>(act, load<u32>(act + ACT_NATIVE, 4), ACT_PC);
  return LEFT;
}

/** The call `i`, whose target the object decides. */
function callByObject(act: usize, fp: usize, i: u64): i32 {
  const window = slotA(fp, i);
  const receiver = <usize>load<u32>(window, WINDOW_BYTES);
  const slice = load<i32>(act, ACT_SLICE);
  if (!receiver || slice < 1) return FAULT_NULL;
  const entry = targetOf(receiver, i);
  if (entry == NO_TARGET) return FAULT_NULL;
  if ((entry & IMG_VTABLE_NATIVE) == 0) return enterNested(act, fp, window, <i32>entry, slice);
  store<i32>(act, slice - 1, ACT_SLICE);
  return callNative(act, <i32>(entry & ~IMG_VTABLE_NATIVE), window) == 0 ? 0 : FAULT_PENDING;
}

/** What the interpreter would do with instruction `i`; 0, LEFT or a fault. */
function perform(act: usize, fp: usize, i: u64): i32 {
  switch (<i32>(i & 0xffff)) {
    case OP_LDS: {
      const ref = load<u32>(literals + ((<usize>(i >> 32)) << 2));
      if (ref == 0) return opLiteral(act, fp, i);
      store<u64>(slotA(fp, i), <u64>ref);
      return 0;
    }
    case OP_SEQ:
      return opEqualText(act, fp, i);
    case OP_VEQ:
      return opEqualValues(act, fp, i);
    case OP_SCMP:
      return opCompareText(act, fp, i);
    case OP_I2S:
      return opIntText(act, fp, i);
    case OP_B2S:
      store<u64>(slotA(fp, i), <u64>(load<u64>(slotB(fp, i)) != 0 ? trueText : falseText));
      return 0;
    case OP_SCAT:
      return opJoin(act, fp, i);
    case OP_NEWA:
      return opNewArray(act, fp, i);
    case OP_NEWAN:
      return opNewArraySized(act, fp, i);
    case OP_ASTR:
      return setElement(act, fp, i);
    case OP_APUSHI:
      return opAppend(act, fp, i, 0);
    case OP_APUSHB:
      return opAppend(act, fp, i, ARR_FLAG_BOOLEANS);
    case OP_APUSHR:
      return opAppend(act, fp, i, ARR_FLAG_REFS);
    case OP_NEW:
      return opNew(act, fp, i);
    case OP_PUTR:
      return setField(fp, i);
    case OP_GPUTR:
      setReference(globals + ((<usize>(i >> 32)) << 3), <usize>load<u32>(slotA(fp, i)));
      return 0;
    case OP_ISA:
      store<u64>(slotA(fp, i), isInstance(<usize>load<u32>(slotB(fp, i)), <i32>(i >> 48)) ? 1 : 0);
      return 0;
    case OP_CAST: {
      const ref = <usize>load<u32>(slotA(fp, i));
      return !ref || isInstance(ref, <i32>(i >> 32)) ? 0 : FAULT_CAST;
    }
    case OP_BOXI:
      return opBox(act, fp, i, 0);
    case OP_BOXB:
      return opBox(act, fp, i, ARR_FLAG_BOOLEANS);
    case OP_CONV:
      return convertSlot(act, slotA(fp, i), <u32>(i >> 32)) == 0 ? 0 : FAULT_PENDING;
    case OP_ATYPE:
      noteElements(slotA(fp, i), <u32>(i >> 32));
      return 0;
    case OP_DOP:
      return opDynamic(act, fp, i);
    case OP_CALLV:
    case OP_CALLI:
    case OP_CALLF:
      return callByObject(act, fp, i);
    case OP_CALLH:
      return hostCall(act, slotA(fp, i), <u32>(i >> 32)) == 0 ? 0 : FAULT_PENDING;
    case OP_CALLN:
      return callNative(act, <i32>(i >> 32), slotA(fp, i)) == 0 ? 0 : FAULT_PENDING;
    // Nobody here knows it: the interpreter does. These are never asked for; with them the cases lie so close that the compiler makes a table.
    case OP_GGET:
    case OP_GPUTI:
    case OP_IADD:
    case OP_ISUB:
    case OP_ALEN:
    case OP_ALDI:
    case OP_ALDR:
    case OP_GETI:
    case OP_GETR:
    case OP_PUTI:
    case OP_UNBOX:
    default:
      return FAULT_NULL;
  }
}

/**
 * Does the instruction at `pc` of the frame `fp` for native code that has `slice` left: the slice behind it; -1: something is pending; -2: the interpreter
 * is to do the instruction again, which finds what is wrong with it. ACT_FP, ACT_PC and ACT_SLICE say where to go on then.
 */
export function nativeRun(act: usize, fp: usize, pc: usize, slice: i32): i32 {
  store<i32>(act, slice, ACT_SLICE);
  store<u32>(act, <u32>(pc + 8), ACT_PC);
  store<u32>(act, <u32>fp, ACT_FP);
  const fault = perform(act, fp, load<u64>(pc));
  if (fault == 0) return load<i32>(act, ACT_SLICE);
  if (fault == FAULT_PENDING || fault == LEFT) return -1;
  store<u32>(act, <u32>pc, ACT_PC);
  return -2;
}
