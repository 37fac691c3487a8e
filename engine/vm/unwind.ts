/** From a pending exception to the handler that catches it. */
import { ACT_EXCEPTION, ACT_FP, ACT_PC, ACT_SLICE } from './activation';
import {
  IMG_HANDLER_BYTES,
  IMG_HANDLER_CLASS,
  IMG_HANDLER_END,
  IMG_HANDLER_SLOT,
  IMG_HANDLER_START,
  IMG_HANDLER_TARGET,
  IMG_METHOD_BYTES,
  IMG_METHOD_FIRST_HANDLER,
  IMG_METHOD_HANDLER_COUNT,
  IMG_SEC_HANDLERS,
  IMG_SEC_METHODS,
} from '../bytecode/image';
import { holder, recordIn } from '../bytecode/images';
import {
  METHOD_CODE,
  WINDOW_BYTES,
  WINDOW_CALLER,
  WINDOW_RETURN,
  frameMethod,
  frameMethodIndex,
  isStub,
} from './frame';
import { refuel } from './fuel';
import { classOf, isSubclass } from './object';
import { reclaim, reclaimDue } from './reclaim';

/** First handler of a method that covers instruction `pc` and catches class `cls`; 0: none. */
function handlerFor(method: u32, pc: u32, cls: i32): usize {
  if (isStub(method)) return 0;
  const image = holder(IMG_SEC_METHODS, method);
  const record = recordIn(image, IMG_SEC_METHODS, method, IMG_METHOD_BYTES);
  const count = load<i32>(record, IMG_METHOD_HANDLER_COUNT);
  let handler =
    image +
    <usize>load<u32>(image, IMG_SEC_HANDLERS) +
    <usize>(load<i32>(record, IMG_METHOD_FIRST_HANDLER) * IMG_HANDLER_BYTES);
  for (let i = 0; i < count; i++) {
    if (pc >= load<u32>(handler, IMG_HANDLER_START) && pc < load<u32>(handler, IMG_HANDLER_END)) {
      const wanted = load<i32>(handler, IMG_HANDLER_CLASS);
      if (wanted == -1 || isSubclass(cls, wanted)) return handler;
    }
    handler += IMG_HANDLER_BYTES;
  }
  return 0;
}

/**
 * A handler in front of the instruction that threw is a back edge: without a charge, a method could loop by
 * exceptions alone. 0: paid; 1: `Timeout!!` is pending instead; 2: killed.
 */
function payBackEdge(act: usize): i32 {
  const slice = load<i32>(act, ACT_SLICE) - 1;
  if (slice < 0) {
    const status = refuel(act);
    if (status != 0) return status;
    store<i32>(act, load<i32>(act, ACT_SLICE) - 1, ACT_SLICE);
    return 0;
  }
  store<i32>(act, slice, ACT_SLICE);
  return 0;
}

/**
 * Finds the handler of the pending exception, from the frame and instruction in ACT_FP and ACT_PC outwards; puts the
 * exception into its slot and its frame into ACT_FP. Returns the address of its first instruction. 0: nobody catches
 * it, or (ACT_KILLED) the host stops the activation.
 */
export function unwind(act: usize): usize {
  let fp = <usize>load<u32>(act, ACT_FP);
  let pc = <usize>load<u32>(act, ACT_PC);
  while (true) {
    const code = <usize>load<u32>(frameMethod(fp), METHOD_CODE);
    const index = <u32>((pc - code) >> 3) - 1;
    const handler = handlerFor(frameMethodIndex(fp), index, classOf(<usize>load<u32>(act, ACT_EXCEPTION)));
    if (handler) {
      const target = load<u32>(handler, IMG_HANDLER_TARGET);
      const paid = target <= index ? payBackEdge(act) : 0;
      if (paid == 2) return 0;
      if (paid == 0) {
        store<u64>(fp + ((<usize>load<u32>(handler, IMG_HANDLER_SLOT)) << 3), <u64>load<u32>(act, ACT_EXCEPTION));
        store<u32>(act, 0, ACT_EXCEPTION);
        store<u32>(act, <u32>fp, ACT_FP);
        const at = code + ((<usize>target) << 3);
        store<u32>(act, <u32>(at + 8), ACT_PC);
        // A loop that only throws and catches must give its garbage back too.
        if (reclaimDue()) reclaim();
        return at;
      }
    }
    pc = <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_RETURN);
    if (!pc) return 0;
    fp = <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_CALLER);
  }
}
