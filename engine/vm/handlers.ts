/**
 * Device operations: the objects that a handler receives, and its input and output. An activation keeps one
 * OutputStream, InputStream and File and hands them out again as long as no script has stored them somewhere.
 */
import {
  ACT_FILE,
  ACT_FP,
  ACT_INPUT,
  ACT_INPUT_BYTES,
  ACT_IO,
  ACT_OUTPUT,
  ACT_METHOD,
  ACT_ROOTS,
  ACT_ROOT_COUNT,
  ACT_STAGE,
  IO_COUNT,
  IO_FILE,
  IO_FLAGS,
  IO_IN_LEN,
  IO_IN_PTR,
  IO_MODE,
  IO_NONBLOCK,
  IO_OFFSET,
  IO_OUT_LEN,
  IO_OUT_PTR,
  IO_POSITION,
  IO_RESULT,
  IO_SESSION,
  IO_WHENCE,
  STAGE_OPERATION,
  setRoot,
  stackEnd,
  stackStart,
} from './activation';
import {
  CLASS_FILE,
  CLASS_INPUT_STREAM,
  CLASS_NO_SUCH_METHOD_EXCEPTION,
  CLASS_NULL_EXCEPTION,
  CLASS_OUT_OF_INDEX_EXCEPTION,
  CLASS_OUTPUT_STREAM,
  SLOT_FILE_COUNT,
  SLOT_FILE_FLAGS,
  SLOT_FILE_ID,
  SLOT_FILE_MODE,
  SLOT_FILE_NONBLOCK,
  SLOT_FILE_OFFSET,
  SLOT_INPUT_STREAM_BUFFER,
  SLOT_INPUT_STREAM_FD,
  SLOT_INPUT_STREAM_LENGTH,
  SLOT_INPUT_STREAM_POSITION,
  SLOT_OUTPUT_STREAM_BUFFER,
  SLOT_OUTPUT_STREAM_FD,
  SLOT_OUTPUT_STREAM_LENGTH,
} from '../bytecode/builtins.generated';
import {
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_RESULT_INT,
  IMG_METHOD_FLAG_RESULT_REF,
  IMG_METHOD_INPUT,
  IMG_METHOD_OUTPUT,
  IMG_METHOD_SHAPE,
  IMG_SEC_METHODS,
  IMG_SHAPE_FILE,
  IMG_SHAPE_HANDLER,
  IMG_SHAPE_IN,
  IMG_SHAPE_IOCTL,
  IMG_SHAPE_OUT,
  IMG_SHAPE_SEEK,
  IMG_SHAPE_SESSION,
  IMG_SHAPE_STRUCT,
} from '../bytecode/image';
import { total } from '../bytecode/images';
import { throwNumbers } from '../lib/message';
import { readStruct, structBytes, writeStruct } from '../lib/struct';
import { clearException, throwOutOfMemory, throwText } from './exceptions';
import { classSlots } from './classes';
import { WINDOW_BYTES } from './frame';
import { objectAt } from './heap';
import { holdForHost } from './holds';
import {
  BYT_CAPACITY,
  BYT_DATA,
  OBJ_COUNT,
  STR_DATA,
  getField,
  getReference,
  isBytes,
  newInstance,
  setField,
  setReferenceField,
  tryBytes,
} from './object';
import { makeRoom, reclaim, reclaimDue, reclaimIdle } from './reclaim';
import { continueMethod, fits, methodImage, runMethod, settle } from './run';

/** Most bytes that one call of a reader can put out. */
export const OUTPUT_LIMIT: u32 = 65536;
/** A buffer up to this size is kept for the next call: one for 4,096 bytes, which the heap makes longer. */
const KEPT_BUFFER: u32 = 5120;
/** `fd` of a device stream whose operation is over. */
export const FD_CLOSED: i64 = -2;
const FD_DEVICE_INPUT: i64 = -1;

/** The object of class `cls` that the activation keeps in its field `place`, made when there is none; 0: pending. */
function kept(act: usize, place: usize, cls: i32): usize {
  const old = <usize>load<u32>(act + place);
  if (old) return old;
  if (reclaimDue()) reclaim();
  let ref = newInstance(act, cls);
  if (!ref) {
    clearException(act);
    makeRoom(act, ((<usize>classSlots(cls)) << 3) + 64);
    ref = newInstance(act, cls);
  }
  store<u32>(act + place, <u32>ref);
  return ref;
}

/** Forgets the object in `place` if the script kept it. */
function letGo(act: usize, place: usize): void {
  const ref = <usize>load<u32>(act + place);
  if (ref && load<i32>(ref, OBJ_COUNT) > 0) store<u32>(act + place, 0);
}

/** Address for `length` bytes of input for the next operation; 0: `OutOfMemory!!` is pending. */
export function inputBuffer(act: usize, length: i32): usize {
  let bytes = <usize>load<u32>(act, ACT_INPUT_BYTES);
  if (!bytes || length < 0 || load<u32>(bytes, BYT_CAPACITY) < <u32>length) {
    store<u32>(act, 0, ACT_INPUT_BYTES);
    if (reclaimDue()) reclaim();
    bytes = tryBytes(length);
    if (!bytes) {
      makeRoom(act, <usize>length + 64);
      bytes = tryBytes(length);
    }
    if (!bytes) {
      throwOutOfMemory(act);
      return 0;
    }
    store<u32>(act, <u32>bytes, ACT_INPUT_BYTES);
  }
  store<u32>(act, <u32>(bytes + BYT_DATA), ACT_IO + IO_IN_PTR);
  store<u32>(act, <u32>length, ACT_IO + IO_IN_LEN);
  return bytes + BYT_DATA;
}

function outputStream(act: usize): usize {
  const ref = kept(act, ACT_OUTPUT, CLASS_OUTPUT_STREAM);
  if (!ref) return 0;
  setField(ref, SLOT_OUTPUT_STREAM_FD, 0);
  setField(ref, SLOT_OUTPUT_STREAM_LENGTH, 0);
  return ref;
}

function inputStream(act: usize): usize {
  const ref = kept(act, ACT_INPUT, CLASS_INPUT_STREAM);
  if (!ref) return 0;
  const bytes = <usize>load<u32>(act, ACT_INPUT_BYTES);
  setField(ref, SLOT_INPUT_STREAM_FD, FD_DEVICE_INPUT);
  setField(ref, SLOT_INPUT_STREAM_POSITION, 0);
  setField(ref, SLOT_INPUT_STREAM_LENGTH, bytes ? <i64>load<u32>(act, ACT_IO + IO_IN_LEN) : 0);
  setReferenceField(ref, SLOT_INPUT_STREAM_BUFFER, bytes);
  return ref;
}

// While a handler seeks, `offset` of the I/O block is where to.
function fileObject(act: usize, seeks: bool): usize {
  const ref = kept(act, ACT_FILE, CLASS_FILE);
  if (!ref) return 0;
  setField(ref, SLOT_FILE_ID, <i64>load<u32>(act, ACT_IO + IO_FILE));
  setField(ref, SLOT_FILE_MODE, <i64>load<u32>(act, ACT_IO + IO_MODE));
  setField(ref, SLOT_FILE_FLAGS, <i64>load<u32>(act, ACT_IO + IO_FLAGS));
  setField(ref, SLOT_FILE_OFFSET, load<i64>(act + ACT_IO + (seeks ? IO_POSITION : IO_OFFSET)));
  setField(ref, SLOT_FILE_NONBLOCK, load<u32>(act, ACT_IO + IO_NONBLOCK) != 0 ? 1 : 0);
  setField(ref, SLOT_FILE_COUNT, <i64>load<u32>(act, ACT_IO + IO_COUNT));
  return ref;
}

/** Takes the output over into the I/O block. */
function collectOutput(act: usize): void {
  const stream = <usize>load<u32>(act, ACT_OUTPUT);
  const bytes = getReference(stream, SLOT_OUTPUT_STREAM_BUFFER);
  if (!bytes) return;
  let length = getField(stream, SLOT_OUTPUT_STREAM_LENGTH);
  if (length > <i64>OUTPUT_LIMIT) length = <i64>OUTPUT_LIMIT;
  // One long text is the buffer itself.
  store<u32>(act, <u32>(bytes + (isBytes(bytes) ? BYT_DATA : STR_DATA)), ACT_IO + IO_OUT_PTR);
  store<u32>(act, <u32>length, ACT_IO + IO_OUT_LEN);
}

/** Puts a handler's arguments into the bottom window, `this` first. False: exception pending. */
function passArguments(act: usize, method: usize, device: usize): bool {
  const shape = load<i32>(method, IMG_METHOD_SHAPE);
  let argument = stackStart + WINDOW_BYTES;
  store<u64>(argument, <u64>device);
  if ((shape & (IMG_SHAPE_OUT | IMG_SHAPE_IN)) != 0) {
    const stream = (shape & IMG_SHAPE_OUT) != 0 ? outputStream(act) : inputStream(act);
    if (!stream) return false;
    argument += 8;
    store<u64>(argument, <u64>stream);
  }
  const seeks = (shape & IMG_SHAPE_SEEK) != 0;
  if (seeks) {
    store<i64>(argument, load<i64>(act, ACT_IO + IO_OFFSET), 8);
    store<i64>(argument, <i64>load<u32>(act, ACT_IO + IO_WHENCE), 16);
    argument += 16;
  }
  if ((shape & IMG_SHAPE_STRUCT) != 0) {
    const length = load<i32>(act, ACT_IO + IO_IN_LEN);
    const bytes = <usize>load<u32>(act, ACT_IO + IO_IN_PTR);
    const struct = readStruct(act, load<i32>(method, IMG_METHOD_INPUT) - 1, bytes, length);
    if (!struct) return false;
    setRoot(act, 0, struct);
    argument += 8;
    store<u64>(argument, <u64>struct);
  }
  if ((shape & IMG_SHAPE_FILE) != 0) {
    const file = fileObject(act, seeks);
    if (!file) return false;
    argument += 8;
    store<u64>(argument, <u64>file);
  }
  if ((shape & IMG_SHAPE_SESSION) != 0) {
    const session = <u64>load<u32>(act, ACT_IO + IO_SESSION);
    if (!objectAt(session)) {
      throwText(act, CLASS_NULL_EXCEPTION, 'the file has no state: its open returned none');
      return false;
    }
    argument += 8;
    store<u64>(argument, session);
  }
  return true;
}

/**
 * Runs handler `method` (a method number: its index + 1) of the device object `device`; a status. Output and result stay
 * where the I/O block says until `endOperation`.
 */
export function runOperation(act: usize, method: i32, device: usize): i32 {
  settle(act);
  store<u32>(act, 0, ACT_IO + IO_OUT_LEN);
  const index = method - 1;
  if (<u32>index >= total(IMG_SEC_METHODS) || !device) {
    return throwText(act, CLASS_NO_SUCH_METHOD_EXCEPTION, 'the device has no such operation');
  }
  const record = methodImage(index);
  const shape = load<i32>(record, IMG_METHOD_SHAPE);
  if ((shape & IMG_SHAPE_HANDLER) == 0)
    return throwText(act, CLASS_NO_SUCH_METHOD_EXCEPTION, 'the method is not an operation of a device');
  if (!fits(act, index)) return 1;
  store<i32>(act, STAGE_OPERATION, ACT_STAGE);
  store<i32>(act, index, ACT_METHOD);
  if (!passArguments(act, record, device)) return 1;
  return finishOperation(act, runMethod(act, index));
}

/** What follows the handler that came to `status`: its output and result are taken over. A status. */
export function finishOperation(act: usize, status: i32): i32 {
  if (status != 0) return status;
  const method = methodImage(load<i32>(act, ACT_METHOD));
  const shape = load<i32>(method, IMG_METHOD_SHAPE);
  const flags = load<i32>(method, IMG_METHOD_FLAGS);
  if ((shape & IMG_SHAPE_OUT) != 0) collectOutput(act);
  if ((flags & IMG_METHOD_FLAG_RESULT_INT) != 0) return takeNumber(act, shape, load<i64>(stackStart));
  if ((shape & IMG_SHAPE_IOCTL) != 0) return giveStruct(act, load<i32>(method, IMG_METHOD_OUTPUT) - 1);
  const session: u32 = (flags & IMG_METHOD_FLAG_RESULT_REF) != 0 ? load<u32>(stackStart) : 0;
  if ((flags & IMG_METHOD_FLAG_RESULT_REF) != 0) {
    if (!session) return throwText(act, CLASS_NULL_EXCEPTION, 'open returned null as the state of the file');
    if (!holdForHost(<usize>session)) return throwOutOfMemory(act);
    store<u32>(act, session, ACT_IO + IO_SESSION);
  }
  store<i64>(act, (shape & IMG_SHAPE_IN) != 0 ? <i64>load<u32>(act, ACT_IO + IO_IN_LEN) : 0, ACT_IO + IO_RESULT);
  return 0;
}

/** Puts the struct that an ioctl returned out, of layout `layout` (-1: it returns none); a status. */
function giveStruct(act: usize, layout: i32): i32 {
  store<i64>(act, 0, ACT_IO + IO_RESULT);
  if (layout < 0) return 0;
  const struct = <usize>load<u32>(stackStart);
  if (!struct) return throwText(act, CLASS_NULL_EXCEPTION, 'ioctl returned null as its struct');
  setRoot(act, 0, struct);
  const bytes = structBytes(layout);
  const to = inputBuffer(act, bytes);
  if (!to) return 1;
  const status = writeStruct(act, layout, struct, to);
  if (status != 0) return status;
  store<u32>(act, <u32>to, ACT_IO + IO_OUT_PTR);
  store<u32>(act, <u32>bytes, ACT_IO + IO_OUT_LEN);
  return 0;
}

/** Takes over a handler's number, if the operation can have such a result; a status. */
function takeNumber(act: usize, shape: i32, value: i64): i32 {
  const writes = (shape & IMG_SHAPE_IN) != 0;
  const most = <i64>load<u32>(act, ACT_IO + IO_IN_LEN);
  if (writes && (value < 0 || value > most))
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'write took {a} of {b} bytes', value, most);
  if ((shape & IMG_SHAPE_SEEK) != 0 && value < 0)
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'seek came to the position {a}', value, 0);
  if ((shape & IMG_SHAPE_IOCTL) != 0 && (value < 0 || value > <i64>i32.MAX_VALUE))
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'ioctl cannot return {a}', value, 0);
  store<i64>(act, value, ACT_IO + IO_RESULT);
  return 0;
}

/** What the host has to know to call a handler's native code itself; filled and used within one call. */
const plan: usize = memory.data(32);

/**
 * The plan of a handler (a method number) that the host may call without `runOperation` (docs/abi.md): u32 frame, end of
 * the stack, shape, flags, OutputStream or InputStream, File. 0: not this one. The objects are those that the
 * activation keeps.
 */
export function planOperation(act: usize, method: i32): usize {
  const index = method - 1;
  if (<u32>index >= total(IMG_SEC_METHODS)) return 0;
  const record = methodImage(index);
  const shape = load<i32>(record, IMG_METHOD_SHAPE);
  const flags = load<i32>(record, IMG_METHOD_FLAGS);
  if ((shape & IMG_SHAPE_HANDLER) == 0 || (shape & (IMG_SHAPE_SEEK | IMG_SHAPE_STRUCT)) != 0) return 0;
  if ((flags & IMG_METHOD_FLAG_RESULT_REF) != 0) return 0;
  if ((shape & IMG_SHAPE_IOCTL) != 0 && (flags & IMG_METHOD_FLAG_RESULT_INT) == 0) return 0;
  const stream = load<u32>(act + ((shape & IMG_SHAPE_IN) != 0 ? ACT_INPUT : ACT_OUTPUT));
  if ((shape & (IMG_SHAPE_OUT | IMG_SHAPE_IN)) != 0 && !stream) return 0;
  const file = load<u32>(act, ACT_FILE);
  if ((shape & IMG_SHAPE_FILE) != 0 && !file) return 0;
  store<u32>(plan, <u32>(stackStart + WINDOW_BYTES));
  store<u32>(plan, <u32>stackEnd, 4);
  store<i32>(plan, shape, 8);
  store<i32>(plan, flags, 12);
  store<u32>(plan, stream, 16);
  store<u32>(plan, file, 20);
  return plan;
}

/**
 * The handler `index`, which the host has called, has left its native code, at what `fp`, `pc` and the activation's slice
 * say; with 0 at what the activation says. The interpreter goes on; a status.
 */
export function continueOperation(act: usize, index: i32, fp: usize, pc: usize): i32 {
  store<i32>(act, STAGE_OPERATION, ACT_STAGE);
  store<i32>(act, index, ACT_METHOD);
  return finishOperation(act, continueMethod(act, fp, pc));
}

/** The handler `index`, which the host has called, has returned; a status. */
export function resultOfOperation(act: usize, index: i32): i32 {
  store<i32>(act, index, ACT_METHOD);
  store<u32>(act, 0, ACT_FP);
  return finishOperation(act, 0);
}

/** Does the activation keep this one for the next operation, as it is? */
function stays(stream: usize, buffer: i32): bool {
  if (!stream) return true;
  if (load<i32>(stream, OBJ_COUNT) > 0) return false;
  const bytes = getReference(stream, buffer);
  return !bytes || (isBytes(bytes) && load<u32>(bytes, BYT_CAPACITY) <= KEPT_BUFFER);
}

/** The same as `endOperation`, in fewer steps where the handler kept nothing: the host has emptied the streams. */
export function settleOperation(act: usize): void {
  store<u32>(act, 0, ACT_FP);
  const file = <usize>load<u32>(act, ACT_FILE);
  const output = <usize>load<u32>(act, ACT_OUTPUT);
  if (output) {
    const buffer = getReference(output, SLOT_OUTPUT_STREAM_BUFFER);
    if (buffer && !isBytes(buffer)) setReferenceField(output, SLOT_OUTPUT_STREAM_BUFFER, 0);
  }
  if (
    (file && load<i32>(file, OBJ_COUNT) > 0) ||
    !stays(output, SLOT_OUTPUT_STREAM_BUFFER) ||
    !stays(<usize>load<u32>(act, ACT_INPUT), SLOT_INPUT_STREAM_BUFFER)
  )
    return endOperation(act);
  memory.fill(act + ACT_ROOTS, 0, (<usize>ACT_ROOT_COUNT) << 2);
  reclaimIdle();
}

/** After an operation, or in place of the rest of one that waits: drops its output, input and exception, and closes streams that the script kept. */
export function endOperation(act: usize): void {
  const output = <usize>load<u32>(act, ACT_OUTPUT);
  if (output) {
    setField(output, SLOT_OUTPUT_STREAM_LENGTH, 0);
    const bytes = getReference(output, SLOT_OUTPUT_STREAM_BUFFER);
    if (
      bytes &&
      (!isBytes(bytes) || load<u32>(bytes, BYT_CAPACITY) > KEPT_BUFFER || load<i32>(output, OBJ_COUNT) > 0)
    ) {
      setReferenceField(output, SLOT_OUTPUT_STREAM_BUFFER, 0);
    }
    if (load<i32>(output, OBJ_COUNT) > 0) setField(output, SLOT_OUTPUT_STREAM_FD, FD_CLOSED);
    letGo(act, ACT_OUTPUT);
  }
  const input = <usize>load<u32>(act, ACT_INPUT);
  if (input) {
    setField(input, SLOT_INPUT_STREAM_POSITION, 0);
    setField(input, SLOT_INPUT_STREAM_LENGTH, 0);
    const bytes = getReference(input, SLOT_INPUT_STREAM_BUFFER);
    if (bytes && (load<u32>(bytes, BYT_CAPACITY) > KEPT_BUFFER || load<i32>(input, OBJ_COUNT) > 0)) {
      setReferenceField(input, SLOT_INPUT_STREAM_BUFFER, 0);
    }
    if (load<i32>(input, OBJ_COUNT) > 0) setField(input, SLOT_INPUT_STREAM_FD, FD_CLOSED);
    letGo(act, ACT_INPUT);
  }
  const bytes = <usize>load<u32>(act, ACT_INPUT_BYTES);
  if (bytes && load<u32>(bytes, BYT_CAPACITY) > KEPT_BUFFER) store<u32>(act, 0, ACT_INPUT_BYTES);
  letGo(act, ACT_FILE);
  store<u32>(act, 0, ACT_IO + IO_IN_LEN);
  store<u32>(act, 0, ACT_IO + IO_OUT_LEN);
  settle(act);
  reclaimIdle();
}
