/**
 * Waiting. A call that waits returns to the host with status WAITING: no frame of the engine stays on the native stack.
 * What the call has on the VM stack is parked meanwhile, because other calls use that stack.
 */
import {
  ACT_FP,
  ACT_IO,
  ACT_PARKED,
  ACT_PARKED_BYTES,
  ACT_PC,
  ACT_STAGE,
  IO_EVAL_LEN,
  IO_EVAL_PTR,
  IO_WAIT_OBJECT,
  IO_WAIT_UNTIL,
  STAGE_OPERATION,
  stackEnd,
  stackStart,
} from './activation';
import {
  CLASS_ERRNO_EXCEPTION,
  CLASS_INTERRUPTED_EXCEPTION,
  CLASS_NO_SUCH_METHOD_EXCEPTION,
  CLASS_SCRIPT_EXCEPTION,
  SLOT_ERRNO_EXCEPTION_ERRNO,
  SLOT_EXCEPTION_MESSAGE,
} from '../bytecode/builtins.generated';
import { IMG_W_TOP_METHOD } from '../bytecode/image';
import { imageAt, imageCount } from '../bytecode/images';
import { sanitizedString } from '../lib/system';
import { pendingException, throwObject, throwOutOfMemory, throwStackOverflow, throwText } from './exceptions';
import { METHOD_ENTRY, METHOD_FRAME_BYTES, WINDOW_BYTES, WINDOW_METHOD, frameEnd, methodRecord } from './frame';
import { finishOperation } from './handlers';
import { heapGive, heapTake } from './heap';
import { interpret, raise } from './interpreter';
import { classOf, newInstance, setField, setReferenceField } from './object';
import { slotA } from './operations';
import { makeRoom, need } from './reclaim';
import { renderBuffer, renderBufferBytes } from './render';
import { continueScript } from './run';

/** Why a call goes on, as `op_resume` is told; other reasons are the errno of an `Errno!!`. */
const REASON_WOKEN: i32 = 0;
const REASON_TIME: i32 = 1;
const REASON_SIGNAL: i32 = 4;
const REASON_WOULD_WAIT: i32 = 11;
const REASON_DEADLOCK: i32 = 35;
// Of a call that waits for an evaluation; REASON_WOKEN: the last image is what it asked for.
const REASON_ERRORS: i32 = 8;
const REASON_NO_MEMORY: i32 = 12;
const REASON_CANNOT: i32 = 95;

/** Bytes of the VM stack that the call of the activation uses. */
export function stackBytes(act: usize): usize {
  return frameEnd(<usize>load<u32>(act, ACT_FP)) - stackStart;
}

/**
 * Parks the running call, which waits for `object` until the time `until` (ns of clock 0; -1: for ever). The native that
 * waits has all it needs in its frame. False: there is no memory for it, `OutOfMemory!!` is pending.
 */
export function park(act: usize, object: usize, until: i64): bool {
  const bytes = stackBytes(act);
  need(act, bytes);
  let block = heapTake(bytes, false);
  if (!block) {
    makeRoom(act, bytes);
    block = heapTake(bytes, false);
  }
  if (!block) {
    throwOutOfMemory(act);
    return false;
  }
  memory.copy(block, stackStart, bytes);
  store<u32>(act, <u32>block, ACT_PARKED);
  store<u32>(act, <u32>bytes, ACT_PARKED_BYTES);
  store<u32>(act, <u32>object, ACT_IO + IO_WAIT_OBJECT);
  store<i64>(act, until, ACT_IO + IO_WAIT_UNTIL);
  store<u32>(act, 0, ACT_IO + IO_EVAL_PTR);
  return true;
}

function throwErrno(act: usize, errno: i32): void {
  throwText(
    act,
    CLASS_ERRNO_EXCEPTION,
    errno == REASON_WOULD_WAIT
      ? 'the call would wait'
      : errno == REASON_DEADLOCK
        ? 'nothing could ever notify'
        : 'waiting failed',
  );
  const exception = pendingException(act);
  if (classOf(exception) == CLASS_ERRNO_EXCEPTION) setField(exception, SLOT_ERRNO_EXCEPTION_ERRNO, <i64>errno);
}

/** Calls the top level of the last image in the window of the native that evaluates; a status. */
function callLast(act: usize): i32 {
  const index = load<u32>(imageAt(imageCount() - 1), IMG_W_TOP_METHOD);
  const method = methodRecord(index);
  const pc = <usize>load<u32>(act, ACT_PC);
  const fp = <usize>load<u32>(act, ACT_FP);
  const window = slotA(fp, load<u64>(pc - 8));
  if (window + WINDOW_BYTES + <usize>load<u32>(method, METHOD_FRAME_BYTES) > stackEnd) {
    throwStackOverflow(act);
    return raise(act);
  }
  store<u64>(window, (<u64>pc) | ((<u64>fp) << 32));
  store<u32>(window, index, WINDOW_METHOD);
  store<u32>(act, <u32>(window + WINDOW_BYTES), ACT_FP);
  store<u32>(act, load<u32>(method, METHOD_ENTRY), ACT_PC);
  return interpret(act);
}

/** Goes on with the call that evaluates, or throws there what the host says; a status. */
function evaluate(act: usize, reason: i32): i32 {
  const length = load<i32>(act, ACT_IO + IO_EVAL_LEN);
  store<u32>(act, 0, ACT_IO + IO_EVAL_PTR);
  if (reason == REASON_WOKEN) return callLast(act);
  if (reason == REASON_ERRORS) throwTexts(act, length);
  else if (reason == REASON_NO_MEMORY) throwOutOfMemory(act);
  else if (reason == REASON_SIGNAL) throwText(act, CLASS_INTERRUPTED_EXCEPTION, 'eval was interrupted');
  else throwText(act, CLASS_SCRIPT_EXCEPTION, reason == REASON_CANNOT ? 'eval is not available here' : 'eval failed');
  return raise(act);
}

/** Throws `Script!!` with the text that the host put into `renderBuffer`. */
function throwTexts(act: usize, length: i32): void {
  const most = renderBufferBytes();
  need(act, <usize>most * 3);
  const message = sanitizedString(act, renderBuffer(), length < 0 ? 0 : min(length, most));
  const exception = message ? newInstance(act, CLASS_SCRIPT_EXCEPTION) : 0;
  // Otherwise OutOfMemory!! is pending.
  if (!exception) return;
  setReferenceField(exception, SLOT_EXCEPTION_MESSAGE, message);
  throwObject(act, exception);
}

/** Goes on behind the native that waits; a status. */
function wake(act: usize, reason: i32): i32 {
  const parked = <usize>load<u32>(act, ACT_PARKED);
  memory.copy(stackStart, parked, <usize>load<u32>(act, ACT_PARKED_BYTES));
  store<u32>(act, 0, ACT_PARKED);
  heapGive(parked);
  if (load<u32>(act, ACT_IO + IO_EVAL_PTR)) return evaluate(act, reason);
  if (reason == REASON_WOKEN || reason == REASON_TIME) {
    const instruction = load<u64>(<usize>load<u32>(act, ACT_PC) - 8);
    store<i64>(slotA(<usize>load<u32>(act, ACT_FP), instruction), reason == REASON_TIME ? 1 : 0);
    return interpret(act);
  }
  if (reason == REASON_SIGNAL) throwText(act, CLASS_INTERRUPTED_EXCEPTION, 'waiting was interrupted');
  else throwErrno(act, reason);
  return raise(act);
}

/** Goes on with the call that waits in the activation; a status. `NoSuchMethod!!` if none does. */
export function resumeCall(act: usize, reason: i32): i32 {
  const parked = load<u32>(act, ACT_PARKED) != 0;
  // One that wanted native code left its frames where they are.
  if (!parked && !load<u32>(act, ACT_FP)) return throwText(act, CLASS_NO_SUCH_METHOD_EXCEPTION, 'no call waits here');
  const operation = load<i32>(act, ACT_STAGE) == STAGE_OPERATION;
  const status = parked ? wake(act, reason) : interpret(act);
  return operation ? finishOperation(act, status) : continueScript(act, status);
}
