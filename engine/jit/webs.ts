/**
 * Webs: the values that slots hold over time. A slot's value at one point and at another are one web if it gets from there to here
 * unchanged. Points are 2 pc in front of, and 2 pc + 1 behind instruction pc. Each web lies in a register or in its slot.
 */
import { builtinMethodResult, CLASS_BOOLEAN, CLASS_INT } from '../bytecode/builtins.generated';
import {
  IMG_GLOBAL_BYTES,
  IMG_GLOBAL_FLAGS,
  IMG_GLOBAL_FLAG_REF,
  IMG_KINDS_PARAMETERS,
  IMG_KINDS_TOO_MANY,
  IMG_KIND_OF_BOOLEAN,
  IMG_KIND_OF_INT,
  IMG_METHOD_BYTES,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_KINDS,
  IMG_METHOD_PARAMS,
  IMG_SEC_GLOBALS,
  IMG_SEC_METHODS,
} from '../bytecode/image';
import { recordOf } from '../bytecode/images';
import { WINDOW_SLOTS } from '../bytecode/layout';
import { word } from '../bytecode/records';
import {
  K_RR,
  K_WI,
  K_WIN,
  OP_CALL,
  OP_CALLN,
  OP_GGET,
  OP_LDI,
  OP_MOV,
  OP_RET,
  operandKind,
} from '../bytecode/opcodes.generated';
import { FIRST_REGISTER, kept, registers } from './kir';
import { callGivesNumber, givesNumber, isDecidedByObject } from './targets';
import {
  addressOf,
  baseAt,
  effects,
  fallsThrough,
  fieldBx,
  handlerTargets,
  isInnerReturn,
  slotA,
  slotB,
  slotC,
  frame,
  jumpTarget,
  length,
  liveIn,
  liveOut,
  methodRecord,
  opAt,
  reads,
  spoils,
  writes,
} from './method';

/** No web: nobody reads the value. */
export const NO_WEB: u32 = 0xffff;
/** Its slot, rather than a register. */
export const IN_SLOT: i32 = -1;
export const MAX_WEBS: u32 = 400;
export const MAX_RUNS: u32 = 1600;

// A run: u16 slot, u16 first point, u16 last point, u16 web. Runs ascend by slot, then by point.
const RUN_BYTES: usize = 8;
// A web: i32 register, u32 weight, u8 whether it is a number, u8 whether it outlives a call, u8 whether its only reads are calls.
const WEB_BYTES: usize = 12;
/** Bytes of all tables for a method of `count` instructions. */
export function webTableBytes(count: u32): u32 {
  return (
    MAX_RUNS * <u32>RUN_BYTES +
    MAX_WEBS * <u32>WEB_BYTES +
    count * 4 +
    (MAX_SLOT_INDEX + 1) * 4 +
    <u32>registers * bitmapBytes(count) +
    count
  );
}
const MAX_SLOT_INDEX: u32 = 64;

function bitmapBytes(count: u32): u32 {
  return ((count * 2 + 63) >> 6) << 3;
}

let runs: usize = 0;
let runCount: u32 = 0;
let webs: usize = 0;
let webCount: u32 = 0;
let parents: usize = 0;
let firstRuns: usize = 0;
let occupied: usize = 0;
let depths: usize = 0;

function web(index: u32): usize {
  return webs + <usize>index * WEB_BYTES;
}

function root(point: u32): u32 {
  let p = point;
  while (<u32>load<u16>(parents + ((<usize>p) << 1)) != p) p = <u32>load<u16>(parents + ((<usize>p) << 1));
  return p;
}

function join(a: u32, b: u32): void {
  const x = root(a);
  const y = root(b);
  if (x < y) store<u16>(parents + ((<usize>y) << 1), <u16>x);
  else store<u16>(parents + ((<usize>x) << 1), <u16>y);
}

function has(set: u64, slot: u32): bool {
  return ((set >> (<u64>slot)) & 1) != 0;
}

/** Is the slot's value behind `pc` one that somebody reads? */
function livesBehind(pc: u32, slot: u32): bool {
  return has(liveOut(pc), slot);
}

function joinSlot(slot: u32): void {
  for (let p: u32 = 0; p < length * 2; p++) store<u16>(parents + ((<usize>p) << 1), <u16>p);
  for (let pc: u32 = 0; pc < length; pc++) {
    if (!livesBehind(pc, slot)) continue;
    effects(pc);
    const behind = pc * 2 + 1;
    if (!has(writes | spoils, slot)) join(pc * 2, behind);
    if (fallsThrough(pc) && pc + 1 < length && has(liveIn(pc + 1), slot)) join(behind, behind + 1);
    const target = jumpTarget(pc);
    if (target >= 0 && has(liveIn(<u32>target), slot)) join(behind, <u32>target * 2);
  }
}

/** Is there a value at the point? */
function livesAt(point: u32, slot: u32): bool {
  const pc = point >> 1;
  return (point & 1) == 0 ? has(liveIn(pc), slot) : livesBehind(pc, slot);
}

/** Makes the webs of one slot, whose points are joined. False: too many. */
function addSlot(slot: u32): bool {
  store<u32>(firstRuns + ((<usize>slot) << 2), runCount);
  const before = webCount;
  let current = NO_WEB;
  for (let point: u32 = 0; point < length * 2; point++) {
    let id = NO_WEB;
    if (livesAt(point, slot)) {
      const top = root(point);
      // A web's first point is its root, because roots are the least of their points.
      id = top == point ? webCount : webAt(slot, top);
      if (top == point) {
        if (webCount == MAX_WEBS) return false;
        const at = web(webCount);
        webCount++;
        store<i32>(at, IN_SLOT);
        store<u32>(at, 0, 4);
        store<u32>(at, 1, 8);
      }
    }
    if (id != NO_WEB && id == current) {
      store<u16>(runs + <usize>(runCount - 1) * RUN_BYTES, <u16>point, 4);
    } else if (id != NO_WEB) {
      if (runCount == MAX_RUNS) return false;
      const run = runs + <usize>runCount * RUN_BYTES;
      runCount++;
      store<u16>(run, <u16>slot);
      store<u16>(run, <u16>point, 2);
      store<u16>(run, <u16>point, 4);
      store<u16>(run, <u16>id, 6);
      store<u32>(firstRuns + ((<usize>(slot + 1)) << 2), runCount);
    }
    current = id;
  }
  store<u32>(firstRuns + ((<usize>(slot + 1)) << 2), runCount);
  return before <= webCount;
}

/** The web of a slot at a point; NO_WEB: its value there is of no use. */
export function webAt(slot: u32, point: u32): u32 {
  const last = load<u32>(firstRuns + ((<usize>(slot + 1)) << 2));
  for (let i = load<u32>(firstRuns + ((<usize>slot) << 2)); i < last; i++) {
    const run = runs + <usize>i * RUN_BYTES;
    if (point < <u32>load<u16>(run, 2)) return NO_WEB;
    if (point <= <u32>load<u16>(run, 4)) return <u32>load<u16>(run, 6);
  }
  return NO_WEB;
}

function isNumberKind(kind: u32): bool {
  return kind == IMG_KIND_OF_INT || kind == IMG_KIND_OF_BOOLEAN;
}

function isNumberParameter(slot: u32): bool {
  const kinds = word(methodRecord, IMG_METHOD_KINDS);
  const isStatic = (word(methodRecord, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0;
  if (!isStatic && slot == 0) return false;
  const index = isStatic ? slot : slot - 1;
  if ((kinds & IMG_KINDS_TOO_MANY) != 0 || index >= IMG_KINDS_PARAMETERS) return false;
  return slot < word(methodRecord, IMG_METHOD_PARAMS) && isNumberKind((kinds >> (index * 2)) & 3);
}

/** Is what instruction `pc` writes a number? A MOV's is what its source is. */
function writesNumber(pc: u32): bool {
  const op = opAt(pc);
  if (op == OP_MOV || isInnerReturn(pc)) {
    const source = webAt(op == OP_MOV ? slotB(pc) : slotA(pc), pc * 2);
    return source != NO_WEB && isNumber(source);
  }
  if (op == OP_GGET) {
    const global = recordOf(IMG_SEC_GLOBALS, <u32>fieldBx(pc), IMG_GLOBAL_BYTES);
    return (word(global, IMG_GLOBAL_FLAGS) & (<u32>IMG_GLOBAL_FLAG_REF)) == 0;
  }
  if (op == OP_CALL) return givesNumber(recordOf(IMG_SEC_METHODS, <u32>fieldBx(pc), IMG_METHOD_BYTES));
  if (isDecidedByObject(op)) return callGivesNumber(addressOf(pc));
  if (op == OP_CALLN) {
    const type = builtinMethodResult(fieldBx(pc));
    return type == CLASS_INT || type == CLASS_BOOLEAN;
  }
  return operandKind(op, 0) == K_WI;
}

function isNumber(index: u32): bool {
  return load<u8>(web(index), 8) != 0;
}

/** Says that a web is no number; true: it was taken for one. */
function refute(index: u32): bool {
  if (index == NO_WEB || !isNumber(index)) return false;
  store<u8>(web(index), 0, 8);
  return true;
}

/** Finds which webs are numbers: those all of whose values are. */
function findNumbers(): void {
  for (let slot: u32 = 0; slot < frame; slot++) {
    // What is there when the method begins is an argument, or nobody's.
    if (has(liveIn(0), slot) && !isNumberParameter(slot)) refute(webAt(slot, 0));
  }
  let changed = true;
  while (changed) {
    changed = false;
    for (let pc: u32 = 0; pc < length; pc++) {
      effects(pc);
      const op = opAt(pc);
      const spoilt = spoils & ~writes;
      for (let slot: u32 = 0; slot < frame; slot++) {
        if (has(spoilt, slot) && refute(webAt(slot, pc * 2 + 1))) changed = true;
        if (has(writes, slot) && !writesNumber(pc) && refute(webAt(slot, pc * 2 + 1))) changed = true;
      }
      for (let n = 0; n < 3; n++) {
        if (operandKind(op, n) != K_RR) continue;
        const slot = n == 0 ? slotA(pc) : n == 1 ? slotB(pc) : slotC(pc);
        if (refute(webAt(slot, pc * 2))) changed = true;
      }
    }
  }
}

/** Nesting of loops at each instruction, u8 each. */
function findDepths(): void {
  memory.fill(depths, 0, <usize>length);
  for (let pc: u32 = 0; pc < length; pc++) {
    const target = jumpTarget(pc);
    if (target < 0 || <u32>target > pc) continue;
    for (let i = <u32>target; i <= pc; i++) {
      const depth = load<u8>(depths + <usize>i);
      if (depth < 4) store<u8>(depths + <usize>i, depth + 1);
    }
  }
}

function weigh(index: u32, pc: u32): void {
  if (index == NO_WEB) return;
  let weight: u32 = 1;
  for (let i = load<u8>(depths + <usize>pc); i > 0; i--) weight *= 8;
  store<u32>(web(index), load<u32>(web(index), 4) + weight, 4);
}

/** Does the instruction leave the registers below KIR_KEPT alone? `calls` of the lowering says. */
function findWeights(calls: usize): void {
  for (let pc: u32 = 0; pc < length; pc++) {
    effects(pc);
    const op = opAt(pc);
    const isCall = load<u8>(calls + <usize>pc) != 0;
    const all = reads | writes | liveIn(pc);
    for (let slot: u32 = 0; slot < frame; slot++) {
      if (!has(all, slot)) continue;
      // A call reads and writes slots.
      if (!isCall && has(reads, slot)) weigh(webAt(slot, pc * 2), pc);
      if (has(writes, slot) && !(isCall && operandKind(op, 0) != K_WIN)) weigh(webAt(slot, pc * 2 + 1), pc);
      if (!isCall) continue;
      const before = webAt(slot, pc * 2);
      if (before != NO_WEB && before == webAt(slot, pc * 2 + 1)) store<u8>(web(before), 1, 9);
    }
  }
}

function occupies(register: i32, point: u32): usize {
  return occupied + <usize>(<u32>register * bitmapBytes(length)) + ((<usize>(point >> 6)) << 3);
}

/** Does a register hold a number at a point? */
export function isOccupied(register: i32, point: u32): bool {
  return ((load<u64>(occupies(register, point)) >> (<u64>(point & 63))) & 1) != 0;
}

/** Takes a register for something else, from point `first` to `last`. */
export function occupy(register: i32, first: u32, last: u32): void {
  for (let point = first; point <= last; point++) {
    const at = occupies(register, point);
    const shift = <u64>(point & 63);
    store<u64>(at, load<u64>(at) | ((<u64>1) << shift));
  }
}

function isFree(register: i32, index: u32): bool {
  for (let i: u32 = 0; i < runCount; i++) {
    const run = runs + <usize>i * RUN_BYTES;
    if (<u32>load<u16>(run, 6) != index) continue;
    for (let point = <u32>load<u16>(run, 2); point <= <u32>load<u16>(run, 4); point++)
      if (isOccupied(register, point)) return false;
  }
  return true;
}

function take(register: i32, index: u32): void {
  store<i32>(web(index), register);
  for (let i: u32 = 0; i < runCount; i++) {
    const run = runs + <usize>i * RUN_BYTES;
    if (<u32>load<u16>(run, 6) != index) continue;
    occupy(register, <u32>load<u16>(run, 2), <u32>load<u16>(run, 4));
  }
}

/** The register of a web that a move takes its value from, or to, the web `index`; IN_SLOT: there is none. */
function hintFor(index: u32): i32 {
  for (let pc: u32 = 0; pc < length; pc++) {
    const op = opAt(pc);
    const isMove = op == OP_MOV;
    if (!isMove && !(op == OP_RET && isInnerReturn(pc))) continue;
    const from = webAt(isMove ? slotB(pc) : slotA(pc), pc * 2);
    const to = webAt(isMove ? slotA(pc) : baseAt(pc) - WINDOW_SLOTS, pc * 2 + 1);
    if (from == NO_WEB || to == NO_WEB) continue;
    const other = from == index ? to : to == index ? from : NO_WEB;
    if (other != NO_WEB && load<i32>(web(other)) != IN_SLOT) return load<i32>(web(other));
  }
  return IN_SLOT;
}

/** Gives registers to the webs that are used most. */
function assign(): void {
  memory.fill(occupied, 0, <usize>(<u32>registers * bitmapBytes(length)));
  while (true) {
    let best = NO_WEB;
    let most: u32 = 1;
    for (let i: u32 = 0; i < webCount; i++) {
      const weight = load<u32>(web(i), 4);
      if (!isNumber(i) || weight <= most) continue;
      best = i;
      most = weight;
    }
    if (best == NO_WEB) return;
    store<u32>(web(best), 0, 4);
    const outlives = load<u8>(web(best), 9) != 0;
    const hint = hintFor(best);
    if (hint >= (outlives ? kept : FIRST_REGISTER) && isFree(hint, best)) {
      take(hint, best);
      continue;
    }
    for (let register = outlives ? kept : FIRST_REGISTER; register < registers; register++) {
      if (!isFree(register, best)) continue;
      take(register, best);
      break;
    }
  }
}

/**
 * Finds webs and their registers. `tables` has `webTableBytes` bytes; `calls` a u8 for each instruction: does it spoil the
 * registers that a call spoils? False: there are too many.
 */
export function findWebs(tables: usize, calls: usize): bool {
  runs = tables;
  webs = runs + <usize>MAX_RUNS * RUN_BYTES;
  parents = webs + <usize>MAX_WEBS * WEB_BYTES;
  firstRuns = parents + ((<usize>length) << 2);
  occupied = (firstRuns + <usize>((MAX_SLOT_INDEX + 1) * 4) + 7) & ~(<usize>7);
  depths = occupied + <usize>(<u32>registers * bitmapBytes(length));
  runCount = 0;
  webCount = 0;
  memory.fill(firstRuns, 0, <usize>((MAX_SLOT_INDEX + 1) * 4));
  for (let slot: u32 = 0; slot < frame; slot++) {
    joinSlot(slot);
    if (!addSlot(slot)) return false;
  }
  findNumbers();
  findDepths();
  findWeights(calls);
  assign();
  return true;
}

/** Register of the slot's value at a point; IN_SLOT: it is in its slot, or of no use. */
export function registerAt(slot: u32, point: u32): i32 {
  const index = webAt(slot, point);
  return index == NO_WEB ? IN_SLOT : load<i32>(web(index));
}

/** The number that a slot always holds in front of `pc`, if one instruction gives it alone; 0: nobody knows. */
export function constantOf(slot: u32, pc: u32): i32 {
  // A handler may find what another instruction gave.
  if (handlerTargets() != 0) return 0;
  const index = webAt(slot, pc * 2);
  if (index == NO_WEB || (has(liveIn(0), slot) && webAt(slot, 0) == index)) return 0;
  let value = 0;
  let found = false;
  for (let i: u32 = 0; i < length; i++) {
    effects(i);
    if (!has(writes | spoils, slot) || webAt(slot, i * 2 + 1) != index) continue;
    if (found || opAt(i) != OP_LDI) return 0;
    found = true;
    value = fieldBx(i);
  }
  return value;
}
