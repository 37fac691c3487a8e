/** Writes records, and finds where they go. */
import { NO_SLOT, addressesJump, setValue, valueSlot } from './addresses';
import {
  COND_EQ,
  COND_GT,
  COND_LE,
  COND_LT,
  COND_NE,
  COND_UGE,
  KIR_ADDRC,
  KIR_ADDRX,
  KIR_CALL,
  KIR_HEADER_BYTES,
  KIR_JCC,
  KIR_JCCI,
  KIR_JMP,
  KIR_LDA,
  KIR_LDF,
  KIR_LI,
  KIR_LOOP,
  KIR_MAGIC,
  KIR_MOV,
  KIR_RECORD_BYTES,
  KIR_RET,
  KIR_RETF,
  KIR_RUN,
  KIR_SETI,
  KIR_STF,
  KIR_UNWOUND,
  KIR_WINDOW,
} from './kir';

// While records are made, a place to go to is a kind and an instruction; `resolve` turns it into a record.
const KIND_SHIFT: u32 = 28;
const KIND_CODE: u32 = 1;
const KIND_EXIT: u32 = 2;
const KIND_UNWIND: u32 = 3;

/** The record of instruction `pc`. */
export function toCode(pc: u32): u32 {
  return (KIND_CODE << KIND_SHIFT) | pc;
}

/** The exit at instruction `pc`. */
export function toExit(pc: u32): u32 {
  return (KIND_EXIT << KIND_SHIFT) | pc;
}

/** Where call `pc` goes when its callee has come to an exit. */
export function toUnwind(pc: u32): u32 {
  return (KIND_UNWIND << KIND_SHIFT) | pc;
}

let start: usize = 0;
let end: usize = 0;
let next: usize = 0;
let places: usize = 0;
let length: u32 = 0;
/** Did the records not fit? */
export let kirFull: bool = false;

/**
 * Begins a method whose records go to `at … limit`, header first. `table` has room for three u32 for each of `count` instructions, and is
 * cleared: `resolve` finds the record of each place there.
 */
export function kirBegin(at: usize, limit: usize, table: usize, count: u32): void {
  start = at + <usize>KIR_HEADER_BYTES;
  end = limit;
  next = start;
  places = table;
  length = count;
  kirFull = start > limit;
  memory.fill(table, 0, <usize>count * 12);
}

/** Number of records so far. */
export function kirCount(): u32 {
  return <u32>((next - start) / <usize>KIR_RECORD_BYTES);
}

function placeOf(kind: u32, pc: u32): usize {
  return places + ((<usize>((kind - 1) * length + pc)) << 2);
}

/** Says that the record to come is the place `to`. */
export function kirPlace(to: u32): void {
  store<u32>(placeOf(to >> KIND_SHIFT, to & ((1 << KIND_SHIFT) - 1)), kirCount() + 2);
}

/** Is the place `to` gone to by some record? */
export function kirWanted(to: u32): bool {
  return load<u32>(placeOf(to >> KIND_SHIFT, to & ((1 << KIND_SHIFT) - 1))) != 0;
}

/** Does a record write register d? */
function writesRegister(op: i32): bool {
  return op <= KIR_SETI || op == KIR_LDF || op == KIR_LDA || (op >= KIR_ADDRC && op <= KIR_ADDRX);
}

/** What register 0 holds behind a record. */
function noteValue(op: i32, d: i32, a: i32, x: i32): void {
  if (op == KIR_LDF && d == 0) setValue(x);
  else if (op == KIR_STF) {
    if (a == 0) setValue(x);
    else if (valueSlot == x) setValue(NO_SLOT);
  } else if (op == KIR_CALL || op == KIR_RUN || (d == 0 && writesRegister(op))) setValue(NO_SLOT);
}

/** Adds a record; `t` is a place, or 0. What register 0 holds already is not loaded. */
export function kir(op: i32, d: i32, a: i32, b: i32, x: i32, y: i32, t: u32): void {
  if (valueSlot == x && op == KIR_LDF) {
    if (d != 0) record(KIR_MOV, d, 0, 0, 0, 0, 0);
    return;
  }
  if (valueSlot == x && op == KIR_RETF) record(KIR_RET, 0, 0, 0, 0, 0, 0);
  else record(op, d, a, b, x, y, t);
  noteValue(op, d, a, x);
}

function record(op: i32, d: i32, a: i32, b: i32, x: i32, y: i32, t: u32): void {
  if (next + <usize>KIR_RECORD_BYTES > end) {
    kirFull = true;
    return;
  }
  store<u32>(next, <u32>(op | (d << 8) | (a << 16) | (b << 24)));
  store<i32>(next, x, 4);
  store<i32>(next, y, 8);
  store<u32>(next, t, 12);
  next += <usize>KIR_RECORD_BYTES;
  const kind = t >> KIND_SHIFT;
  if (kind == 0) return;
  if (kind == KIND_CODE) addressesJump(t & ((1 << KIND_SHIFT) - 1));
  const place = placeOf(kind, t & ((1 << KIND_SHIFT) - 1));
  if (load<u32>(place) == 0) store<u32>(place, 1);
}

/** Makes record `index` go to record `to`. */
export function kirRetarget(index: u32, to: u32): void {
  setValue(NO_SLOT);
  if (!kirFull) store<u32>(start + <usize>index * <usize>KIR_RECORD_BYTES, to, 12);
}

/** Is t a place? Two have a method there. */
function hasPlace(op: i32): bool {
  return op != KIR_UNWOUND && op != KIR_WINDOW;
}

/** Where the record at `at` goes, if it does. */
function goal(at: usize): u32 {
  return load<u32>(at, 12);
}

function recordAt(index: u32): usize {
  return start + <usize>index * <usize>KIR_RECORD_BYTES;
}

/** The condition of the jump at `at`, of a value that is known. */
function holds(at: usize, value: i32): bool {
  const x = load<i32>(at, 4);
  switch (load<i32>(at, 8)) {
    case COND_EQ:
      return value == x;
    case COND_NE:
      return value != x;
    case COND_LT:
      return value < x;
    case COND_LE:
      return value <= x;
    case COND_GT:
      return value > x;
    default:
      return value >= x;
  }
}

/** Jumps that lead to jumps go where those go; so do those that bring a number which decides the next one. */
function shorten(): void {
  const count = kirCount();
  // All jumps but LOOP go forwards: what stands behind is short already.
  for (let i = count; i > 0; i--) {
    const at = recordAt(i - 1);
    const op = <i32>load<u8>(at);
    if (op != KIR_JMP && op != KIR_JCC && op != KIR_JCCI) continue;
    let to = recordAt(goal(at));
    if (<i32>load<u8>(to) == KIR_JMP) {
      store<u32>(at, goal(to), 12);
      to = recordAt(goal(to));
    }
    const before = at - <usize>KIR_RECORD_BYTES;
    if (op != KIR_JMP || i < 2 || <i32>load<u8>(before) != KIR_LI || <i32>load<u8>(to) != KIR_JCCI) continue;
    if (load<u8>(to, 2) != load<u8>(before, 1) || load<i32>(to, 8) == COND_UGE || isGoal(i - 1)) continue;
    store<u32>(at, holds(to, load<i32>(before, 4)) ? goal(to) : <u32>((to - start) / <usize>KIR_RECORD_BYTES) + 1, 12);
  }
}

/** Does any record go to record `index`? */
function isGoal(index: u32): bool {
  for (let at = start; at < next; at += <usize>KIR_RECORD_BYTES) {
    const op = <i32>load<u8>(at);
    if (hasPlace(op) && goal(at) == index) return true;
    if (op == KIR_LOOP && load<u32>(at, 8) == index) return true;
  }
  return false;
}

/** Turns places into records. False: one has none. */
export function kirResolve(): bool {
  for (let at = start; at < next; at += <usize>KIR_RECORD_BYTES) {
    const op = <i32>load<u8>(at);
    if (op == KIR_LOOP) {
      const back = load<u32>(at, 8);
      const record = load<u32>(placeOf(KIND_CODE, back));
      if (record < 2) return false;
      store<u32>(at, record - 2, 8);
    }
    const t = load<u32>(at, 12);
    const kind = t >> KIND_SHIFT;
    if (kind == 0 || !hasPlace(op)) continue;
    const record = load<u32>(placeOf(kind, t & ((1 << KIND_SHIFT) - 1)));
    if (record < 2) return false;
    store<u32>(at, record - 2, 12);
  }
  shorten();
  return true;
}

/** Completes the header; `entries` has a u32 for each entry: a record. Bytes of all of it. */
export function kirEnd(method: u32, frame: u32, entries: usize, count: u32): u32 {
  const header = start - <usize>KIR_HEADER_BYTES;
  memory.fill(header, 0, <usize>KIR_HEADER_BYTES);
  store<u32>(header, KIR_MAGIC);
  store<u32>(header, method, 4);
  store<u32>(header, frame, 8);
  store<u32>(header, kirCount(), 12);
  store<u32>(header, count, 16);
  memory.copy(header + 20, entries, (<usize>count) << 2);
  return <u32>(next - header);
}
