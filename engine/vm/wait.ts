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
  IO_WAIT_OBJECT,
  IO_WAIT_UNTIL,
  STAGE_OPERATION,
  stackStart,
} from './activation';
import {
  CLASS_ERRNO_EXCEPTION,
  CLASS_INTERRUPTED_EXCEPTION,
  CLASS_NO_SUCH_METHOD_EXCEPTION,
  SLOT_ERRNO_EXCEPTION_ERRNO,
} from '../bytecode/builtins.generated';
import { pendingException, throwOutOfMemory, throwText } from './exceptions';
import { frameEnd } from './frame';
import { finishOperation } from './handlers';
import { heapGive, heapTake } from './heap';
import { interpret, raise } from './interpreter';
import { classOf, setField } from './object';
import { slotA } from './operations';
import { need, reclaim } from './reclaim';
import { continueScript } from './run';

/** Why a call goes on, as `op_resume` is told; other reasons are the errno of an `Errno!!`. */
const REASON_WOKEN: i32 = 0;
const REASON_TIME: i32 = 1;
const REASON_SIGNAL: i32 = 4;
const REASON_WOULD_WAIT: i32 = 11;
const REASON_DEADLOCK: i32 = 35;

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
    reclaim();
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

/** Goes on behind the native that waits; a status. */
function wake(act: usize, reason: i32): i32 {
  const parked = <usize>load<u32>(act, ACT_PARKED);
  memory.copy(stackStart, parked, <usize>load<u32>(act, ACT_PARKED_BYTES));
  store<u32>(act, 0, ACT_PARKED);
  heapGive(parked);
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
  if (!load<u32>(act, ACT_PARKED)) return throwText(act, CLASS_NO_SUCH_METHOD_EXCEPTION, 'no call waits here');
  const operation = load<i32>(act, ACT_STAGE) == STAGE_OPERATION;
  const status = wake(act, reason);
  return operation ? finishOperation(act, status) : continueScript(act, status);
}
