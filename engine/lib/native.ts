/** What every native needs: its arguments, its result, its fuel. */
import { ACT_SLICE } from '../vm/activation';
import { charge as take, refuel } from '../vm/fuel';

/** Statuses of a native; 2 is a call that the host ends. */
export const DONE: i32 = 0;
export const THROWN: i32 = 1;
/** The call waits: the host is to go on with other things, and `op_resume` goes on with it. */
export const WAITING: i32 = 3;
/** The same, but the host is to compile the text that the I/O block names. */
export const EVALUATES: i32 = 4;

const ARGUMENTS: usize = 16;

/** Argument `index` as a reference; `this` is argument 0 of an instance method. */
export function reference(window: usize, index: i32): usize {
  return <usize>load<u32>(window + ARGUMENTS + ((<usize>index) << 3));
}

/** Argument `index` as an integer. */
export function integer(window: usize, index: i32): i64 {
  return load<i64>(window + ARGUMENTS + ((<usize>index) << 3));
}

/** Address of argument `index`. */
export function argumentSlot(window: usize, index: i32): usize {
  return window + ARGUMENTS + ((<usize>index) << 3);
}

/** Answers an integer. */
export function answer(window: usize, value: i64): i32 {
  store<i64>(window, value);
  return DONE;
}

/** Answers a boolean. */
export function answerBoolean(window: usize, value: bool): i32 {
  store<i64>(window, value ? 1 : 0);
  return DONE;
}

/** Answers a reference that was just made: none means that making it threw. */
export function answerNew(window: usize, ref: usize): i32 {
  store<u64>(window, <u64>ref);
  return ref ? DONE : THROWN;
}

/** Answers a reference, which may be null. */
export function answerReference(window: usize, ref: usize): i32 {
  store<u64>(window, <u64>ref);
  return DONE;
}

/** Answers nothing. */
export function answerNothing(window: usize): i32 {
  store<u64>(window, 0);
  return DONE;
}

/**
 * Takes `units` of fuel before long work. DONE; THROWN: there is not that much left, `Timeout!!` is pending; 2: the
 * host, which is asked whenever a slice is used up, ends the call.
 */
export function charge(act: usize, units: i64): i32 {
  if (units <= <i64>load<i32>(act, ACT_SLICE)) return take(act, units);
  const status = take(act, units);
  return status != DONE ? status : refuel(act);
}

/** Takes fuel for work on `bytes` bytes before it is done: one unit for 16 of them. A status. */
export function chargeBytes(act: usize, bytes: i64): i32 {
  return charge(act, bytes >> 4);
}
