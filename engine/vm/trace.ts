/**
 * Stack traces. Throwing stores (method index, instruction index) pairs, innermost first, in a bytes object; they
 * become text only when somebody asks. Deep stacks keep both ends and the number of frames left out between them.
 */
import { ACT_FP, ACT_PC } from './activation';
import { SLOT_EXCEPTION_TRACE } from '../bytecode/builtins.generated';
import { METHOD_CODE, WINDOW_BYTES, WINDOW_CALLER, WINDOW_RETURN, frameMethod, frameMethodIndex } from './frame';
import {
  BYT_CAPACITY,
  BYT_DATA,
  BYT_LENGTH,
  FLAG_IMMORTAL,
  OBJ_FLAGS,
  getReference,
  setReferenceField,
  tryBytes,
} from './object';

const PAIR_BYTES: u32 = 8;
/** Pairs of one trace at most. */
const MAX_PAIRS: u32 = 32;
/** Of them, outermost frames when some are left out. */
const OUTER: u32 = 8;
/** Method index of a pair that counts frames left out. */
export const TRACE_GAP: u32 = 0xffffffff;

function depthOf(fp: usize): u32 {
  let depth: u32 = 0;
  let f = fp;
  while (f) {
    depth++;
    f = <usize>load<u32>(f - WINDOW_BYTES, WINDOW_RETURN) ? <usize>load<u32>(f - WINDOW_BYTES, WINDOW_CALLER) : 0;
  }
  return depth;
}

/** Gives exception `ref` the stack of the activation, unless it already has one. Without memory there is none. */
export function captureTrace(act: usize, ref: usize): void {
  let fp = <usize>load<u32>(act, ACT_FP);
  let trace = getReference(ref, SLOT_EXCEPTION_TRACE);
  const reserved = ((<u32>load<u8>(ref, OBJ_FLAGS)) & FLAG_IMMORTAL) != 0;
  if (trace && !reserved) return;
  if (!fp) {
    if (trace) store<u32>(trace, 0, BYT_LENGTH);
    return;
  }
  const depth = depthOf(fp);
  let pairs: u32 = depth < MAX_PAIRS ? depth : MAX_PAIRS;
  if (!trace) {
    trace = tryBytes(<i32>(pairs * PAIR_BYTES));
    if (!trace) return;
    setReferenceField(ref, SLOT_EXCEPTION_TRACE, trace);
  }
  const room = load<u32>(trace, BYT_CAPACITY) / PAIR_BYTES;
  if (pairs > room) pairs = room;
  const outer = pairs < OUTER * 2 ? pairs >> 1 : OUTER;
  const inner = depth > pairs ? pairs - outer - 1 : depth;
  const resume = depth > pairs ? depth - outer : depth;
  let to = trace + BYT_DATA;
  let pc = <usize>load<u32>(act, ACT_PC);
  for (let i: u32 = 0; i < depth; i++) {
    if (i == inner) {
      store<u32>(to, TRACE_GAP);
      store<u32>(to, resume - inner, 4);
      to += PAIR_BYTES;
    }
    if (i < inner || i >= resume) {
      const method = frameMethod(fp);
      store<u32>(to, frameMethodIndex(fp));
      store<u32>(to, <u32>((pc - <usize>load<u32>(method, METHOD_CODE)) >> 3) - 1, 4);
      to += PAIR_BYTES;
    }
    pc = <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_RETURN);
    fp = <usize>load<u32>(fp - WINDOW_BYTES, WINDOW_CALLER);
  }
  store<u32>(trace, <u32>(to - trace - BYT_DATA), BYT_LENGTH);
}
