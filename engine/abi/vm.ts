/** The exports of `vm.wasm`, as `docs/abi.md` describes them. */
import { verify } from '../bytecode/verifier';
import { hostCallsInit } from '../lib/host-call';
import { imageAt, imageCount } from '../bytecode/images';
import { IMG_W_LENGTH } from '../bytecode/image';
import { consoleFinish, consoleInit } from '../lib/console';
import { ioctlMethod } from '../lib/device';
import { systemInit } from '../lib/system';
import {
  ACT_IO,
  ACT_RENDERED,
  activationFree,
  activationNew,
  activationsInit,
  fuelLeft,
  setFuel,
  setSlice,
  stackNew,
} from '../vm/activation';
import { classesInit } from '../vm/classes';
import { broken, collections, cyclesInit } from '../vm/cycles';
import { exceptionErrno, exceptionIsAnswer, pendingException } from '../vm/exceptions';
import {
  continueOperation,
  endOperation,
  inputBuffer,
  planOperation,
  resultOfOperation,
  runOperation,
  settleOperation,
} from '../vm/handlers';
import { bytesInUse, heapCapacity, heapGive, heapInit, heapPeak, heapTake, objectAt, objectsAlive } from '../vm/heap';
import { holdsInit, letGoForHost } from '../vm/holds';
import { imageBytes, linkImage, linkInit } from '../vm/link';
import { methodsInit } from '../vm/frame';
import { sitesInit } from '../vm/interfaces';
import { nativeInit, nativeReset } from '../vm/native';
import { reclaim, reclaimAll, reclaimInit } from '../vm/reclaim';
import { renderBuffer, renderException } from '../vm/render';
import { runLast, runScript } from '../vm/run';
import { resumeCall } from '../vm/wait';
import { zeroInit } from '../vm/zero-table';
import { nativeUnitInit } from './native';

export { jit_bytes, jit_done, jit_handlers, jit_next, jit_registers, jit_run, jit_start, jit_stat } from './native';

const ENOENT: i32 = 2;
const ENOMEM: i32 = 12;
const EBUSY: i32 = 16;
const LEAST_CAPACITY: usize = 65536;

/** Lays out memory: all from the end of static data to the end of linear memory. 0, or -12: it is too small. */
export function vm_init(): i32 {
  if (!heapInit(__heap_base, (<usize>memory.size()) << 16) || heapCapacity() < LEAST_CAPACITY) return -ENOMEM;
  zeroInit();
  activationsInit();
  classesInit();
  methodsInit();
  sitesInit();
  linkInit();
  hostCallsInit();
  cyclesInit();
  holdsInit();
  reclaimInit();
  consoleInit();
  systemInit();
  nativeInit();
  nativeUnitInit();
  return 0;
}

/** Address for an image of `length` bytes, 8-aligned; 0: too large. */
export function image_alloc(length: i32): i32 {
  return length <= 0 ? 0 : <i32>heapTake(<usize>length, false);
}

function verifyAndLink(at: usize, length: i32): i32 {
  let verdict = verify(at, length);
  if (verdict == 0) verdict = linkImage(at);
  if (verdict != 0) heapGive(at);
  return verdict;
}

/** Verifies and links. 0, -12 (no memory), -16 (this isolate has an image), what `host_bind` refused, or the verifier's code. */
export function vm_load(at: i32, length: i32): i32 {
  return imageCount() != 0 ? -EBUSY : verifyAndLink(<usize>at, length);
}

/**
 * The same for one more image, which goes on where those before it ended; calls may wait meanwhile, none may run. Otherwise
 * nothing has changed. -2: there is none to go on from.
 */
export function vm_load_more(at: i32, length: i32): i32 {
  if (imageCount() == 0) return -ENOENT;
  nativeReset();
  return verifyAndLink(<usize>at, length);
}

/** Number of images. */
export function image_count(): i32 {
  return imageCount();
}

/** Address of image `index`; 0: there is none. */
export function image_at(index: i32): i32 {
  return <u32>index < <u32>imageCount() ? <i32>imageAt(index) : 0;
}

/** Its length in bytes. */
export function image_bytes(index: i32): i32 {
  return <u32>index < <u32>imageCount() ? load<i32>(imageAt(index), IMG_W_LENGTH) : 0;
}

/** Runs the top level of the last image; a status. */
export function vm_run_more(act: i32): i32 {
  return consoleFinish(<usize>act, runLast(<usize>act));
}

/** Makes the VM stack of `slots` slots that all activations share. 0, or -12: no memory, an absurd number, or it is there. */
export function vm_stack(slots: i32): i32 {
  return stackNew(slots) ? 0 : -ENOMEM;
}

/** A new activation; 0: no memory, or no VM stack. */
export function act_new(): i32 {
  let act = activationNew();
  if (!act) {
    reclaim();
    act = activationNew();
    if (!act) {
      reclaimAll();
      act = activationNew();
    }
  }
  return <i32>act;
}

/** Gives an activation back; a call that waits in it is over. */
export function act_free(act: i32): void {
  endOperation(<usize>act);
  activationFree(<usize>act);
}

/** Sets the fuel left. */
export function act_set_fuel(act: i32, fuel: i64): void {
  setFuel(<usize>act, fuel);
}

/** Fuel left. */
export function act_fuel(act: i32): i64 {
  return fuelLeft(<usize>act);
}

/** Address of the activation's I/O block. */
export function act_io(act: i32): i32 {
  return act + <i32>ACT_IO;
}

/** Runs the script; a status. */
export function vm_run(act: i32): i32 {
  return consoleFinish(<usize>act, runScript(<usize>act));
}

/** Address for `length` bytes of input; 0: `OutOfMemory!!` is pending. */
export function op_input(act: i32, length: i32): i32 {
  return <i32>inputBuffer(<usize>act, length);
}

/** Runs one handler; a status. */
export function op_call(act: i32, method: i32, device: i32): i32 {
  return consoleFinish(<usize>act, runOperation(<usize>act, method, <usize>device));
}

/** Goes on with the call that waits in the activation, `vm_run` or `op_call`; a status. */
export function op_resume(act: i32, reason: i32): i32 {
  return consoleFinish(<usize>act, resumeCall(<usize>act, reason));
}

/** Where the host puts the diagnostics of a text that cannot be evaluated, at most 4,096 bytes; their length is in the I/O block. */
export function eval_buffer(): i32 {
  return <i32>renderBuffer();
}

/** What the host must know to call a handler's native code by itself; 0: it cannot. */
export function op_plan(act: i32, method: i32): i32 {
  return <i32>planOperation(<usize>act, method);
}

/** The host has called method `index` so, and it has left native code at `pc` of the frame `fp`, or at what the activation says (0), with `slice` left; a status. */
export function op_left(act: i32, index: i32, fp: i32, pc: i32, slice: i32): i32 {
  if (fp) setSlice(<usize>act, slice);
  return consoleFinish(<usize>act, continueOperation(<usize>act, index, <usize>fp, <usize>pc));
}

/** It has returned with `slice` left: the engine looks at its result and takes its output over; a status. */
export function op_finish(act: i32, index: i32, slice: i32): i32 {
  setSlice(<usize>act, slice);
  return consoleFinish(<usize>act, resultOfOperation(<usize>act, index));
}

/** It has returned with `slice` left, and the host has taken the output over: the end of the operation; a status. */
export function op_settle(act: i32, slice: i32): i32 {
  setSlice(<usize>act, slice);
  const status = consoleFinish(<usize>act, 0);
  if (status == 0) settleOperation(<usize>act);
  return status;
}

/** The host has copied the output out. */
export function op_end(act: i32): void {
  endOperation(<usize>act);
}

/** The host let go of a device object. */
export function device_drop(act: i32, device: i32): void {
  letGoForHost(<usize>device);
}

/** Number for `op_call` of the method that answers an ioctl command; 0: the device has no such command. */
export function ioctl_method(act: i32, device: i32, command: i32): i32 {
  return objectAt(<u64>(<u32>device)) ? ioctlMethod(<usize>device, <u32>command) : 0;
}

/** The host let go of the state of an open file. */
export function session_drop(act: i32, session: i32): void {
  letGoForHost(<usize>session);
}

/** Positive errno of the pending exception. */
export function exc_errno(act: i32): i32 {
  return exceptionErrno(pendingException(<usize>act));
}

/** 1: the pending exception is an answer (`Errno!!`, `IO!!`, `Security!!`, `Interrupted!!`), 0: a fault of the script. */
export function exc_answer(act: i32): i32 {
  return exceptionIsAnswer(pendingException(<usize>act)) ? 1 : 0;
}

/** Renders the pending exception; address of the text. */
export function exc_render(act: i32): i32 {
  const exception = pendingException(<usize>act);
  store<i32>(<usize>act, exception ? renderException(exception) : 0, ACT_RENDERED);
  return <i32>renderBuffer();
}

/** Length in bytes of what `exc_render` rendered. */
export function exc_render_len(act: i32): i32 {
  return load<i32>(<usize>act, ACT_RENDERED);
}

/** 0 heap bytes in use, 1 heap capacity, 2 peak, 3 objects, 4 image bytes, 5 collections of cycles, 6 objects that were found in cycles. */
export function vm_stat(which: i32): i64 {
  switch (which) {
    case 0:
      return <i64>bytesInUse();
    case 1:
      return <i64>heapCapacity();
    case 2:
      return <i64>heapPeak;
    case 3:
      return <i64>objectsAlive();
    case 4:
      return <i64>imageBytes;
    case 5:
      return <i64>collections;
    case 6:
      return <i64>broken;
    default:
      return 0;
  }
}
