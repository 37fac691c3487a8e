/** Calls from the host into a script. */
import {
  ACT_FP,
  ACT_KILLED,
  ACT_ROOTS,
  ACT_ROOT_COUNT,
  ACT_STAGE,
  STAGE_MAIN,
  STAGE_MORE,
  STAGE_TOP,
  dropParked,
  stackEnd,
  stackStart,
} from './activation';
import {
  CLASS_DEVICE,
  CLASS_ERRNO_EXCEPTION,
  N_MAIN_ARGS,
  SLOT_DEVICE_NAME,
  SLOT_ERRNO_EXCEPTION_ERRNO,
} from '../bytecode/builtins.generated';
import {
  IMG_METHOD_BYTES,
  IMG_METHOD_PARAMS,
  IMG_OPS_HANDLERS,
  IMG_OPS_IOCTL,
  IMG_SEC_METHODS,
  IMG_W_DEFAULT_DEVICE,
  IMG_W_DEVICE_MODE,
  IMG_W_MAIN,
  IMG_W_SCRIPT_NAME,
  IMG_W_TOP_METHOD,
} from '../bytecode/image';
import { imageAt, imageCount, recordOf } from '../bytecode/images';
import { callNative } from '../lib/dispatch';
import { device_register } from './env';
import { clearException, pendingException, throwNew, throwOutOfMemory, throwStackOverflow } from './exceptions';
import { SCRATCH_BYTES, scratch } from './faults';
import { METHOD_FRAME_BYTES, WINDOW_BYTES, methodRecord } from './frame';
import { holdForHost, letGoForHost } from './holds';
import { enterMethod, interpret, raise } from './interpreter';
import { constantAddress, constantLength, image, literalString } from './link';
import { writeBytes, writeDecimal, writeLiteral } from './literal';
import { classOf, newInstance, setField, setReferenceField } from './object';
import { leftNative } from './native';
import { reclaim } from './reclaim';

const EEXIST: i32 = 17;

/** METHOD record of a method index. */
export function methodImage(index: i32): usize {
  return recordOf(IMG_SEC_METHODS, <u32>index, IMG_METHOD_BYTES);
}

/** Does a method's frame fit the stack? Otherwise `StackOverflow!!` is pending. */
export function fits(act: usize, index: i32): bool {
  const end = stackStart + WINDOW_BYTES + <usize>load<u32>(methodRecord(index), METHOD_FRAME_BYTES);
  if (end <= stackEnd) return true;
  throwStackOverflow(act);
  return false;
}

/** Runs method `index`, its arguments in the bottom window; a status. */
export function runMethod(act: usize, index: i32): i32 {
  return enterMethod(act, stackStart, index);
}

/** Goes on with a method that the host has called in native code, which has left it; see `leftNative`. A status, as of `interpret`. */
export function continueMethod(act: usize, fp: usize, pc: usize): i32 {
  leftNative(act, fp, pc);
  if (load<i32>(act, ACT_KILLED) != 0) {
    store<u32>(act, 0, ACT_FP);
    return 2;
  }
  return pendingException(act) ? raise(act) : interpret(act);
}

/** Readies the activation for another call from outside; one that waits is over. */
export function settle(act: usize): void {
  dropParked(act);
  clearException(act);
  store<i32>(act, 0, ACT_KILLED);
  memory.fill(act + ACT_ROOTS, 0, (<usize>ACT_ROOT_COUNT) << 2);
}

/** Throws `Errno!!` for a device that the host did not take; `error` is negative. */
function throwRegister(act: usize, error: i32, name: usize, length: i32): i32 {
  const end = scratch + SCRATCH_BYTES;
  let to = writeLiteral(scratch, end, error == -EEXIST ? 'device name ' : 'cannot register device ');
  to = writeBytes(to, end, name, length < 64 ? length : 64);
  to =
    error == -EEXIST
      ? writeLiteral(to, end, ' is taken')
      : writeDecimal(writeLiteral(to, end, ': errno '), end, <i64>-error);
  throwNew(act, CLASS_ERRNO_EXCEPTION, scratch, <i32>(to - scratch));
  const ref = pendingException(act);
  if (classOf(ref) == CLASS_ERRNO_EXCEPTION) setField(ref, SLOT_ERRNO_EXCEPTION_ERRNO, <i64>-error);
  return 1;
}

/** Stages the device that the script's methods on `Device` make, if it has any; a status. */
function registerDefault(act: usize): i32 {
  const offset = <usize>load<u32>(image, IMG_W_DEFAULT_DEVICE);
  if (offset == 0) return 0;
  const ops = image + offset;
  let any: u32 = load<u32>(ops, IMG_OPS_IOCTL);
  for (let i = 0; i < IMG_OPS_HANDLERS; i++) any |= load<u32>(ops + ((<usize>i) << 2));
  if (any == 0) return 0;
  reclaim();
  const nameIndex = load<u32>(image, IMG_W_SCRIPT_NAME);
  const text = literalString(act, nameIndex);
  if (!text) return 1;
  const device = newInstance(act, CLASS_DEVICE);
  if (!device) return 1;
  setReferenceField(device, SLOT_DEVICE_NAME, text);
  if (!holdForHost(device)) return throwOutOfMemory(act);
  const name = constantAddress(nameIndex);
  const length = constantLength(nameIndex);
  const status = device_register(act, device, ops, name, length, load<i32>(image, IMG_W_DEVICE_MODE));
  if (status == 0) return 0;
  letGoForHost(device);
  return throwRegister(act, status, name, length);
}

function runMain(act: usize, index: i32): i32 {
  if (!fits(act, index)) return 1;
  if (load<i32>(methodImage(index), IMG_METHOD_PARAMS) == 1) {
    const status = callNative(act, N_MAIN_ARGS, stackStart);
    if (status != 0) return status;
    store<u64>(stackStart, load<u64>(stackStart), WINDOW_BYTES);
  }
  return runMethod(act, index);
}

/** Top-level statements, then `main`, then the default device; a status. */
export function runScript(act: usize): i32 {
  settle(act);
  store<i32>(act, STAGE_TOP, ACT_STAGE);
  const top = load<i32>(image, IMG_W_TOP_METHOD);
  if (!fits(act, top)) return 1;
  return continueScript(act, runMethod(act, top));
}

/** The top level of the last image; a status. */
export function runLast(act: usize): i32 {
  settle(act);
  store<i32>(act, STAGE_MORE, ACT_STAGE);
  const top = load<i32>(imageAt(imageCount() - 1), IMG_W_TOP_METHOD);
  return fits(act, top) ? runMethod(act, top) : 1;
}

/** What follows the part of the script that came to `status`; a status. */
export function continueScript(act: usize, status: i32): i32 {
  if (status != 0 || load<i32>(act, ACT_STAGE) == STAGE_MORE) return status;
  const main = load<i32>(image, IMG_W_MAIN);
  if (main != 0 && load<i32>(act, ACT_STAGE) == STAGE_TOP) {
    store<i32>(act, STAGE_MAIN, ACT_STAGE);
    const ended = runMain(act, main - 1);
    if (ended != 0) return ended;
  }
  return registerDefault(act);
}
