/**
 * Loops, and what they keep for themselves: addresses of objects that they look into, and of arrays the length and where the elements lie, if
 * nothing in the loop can change that. It is found in front of the loop, or when native code is entered there.
 */
import { ARR_DATA, ARR_FLAGS, ARR_FLAG_REFS, ARR_SIZE } from '../bytecode/layout';
import { OP_ALDI, OP_ALDR, OP_ASTB, OP_ASTI, OP_JMP } from '../bytecode/opcodes.generated';
import { NOWHERE, SCRATCH, addressIn, dropRegister, setAddress } from './addresses';
import { objectSlot } from './facts';
import {
  COND_EQ,
  COND_NE,
  FIRST_REGISTER,
  KIR_ADDRESS,
  KIR_ADDRF,
  KIR_ENTRIES,
  KIR_JCCI,
  KIR_LDA,
  KIR_LDF,
  KIR_LI,
  KIR_STF,
  kept,
  registers,
} from './kir';
import { MAX_SLOTS, effects, fallsThrough, frame, jumpTarget, length, opAt, spoils, writes } from './method';
import { asksSeldom } from './objects';
import { storesReference } from './references';
import { isDecidedByObject } from './targets';
import { isOccupied, occupy } from './webs';
import { kir, kirCount, kirRetarget } from './writer';

const MAX_LOOPS: u32 = KIR_ENTRIES - 1;
// A loop: u16 first instruction, u16 last, u16 the instruction that leads into it, NO_WAY if that is not one, u16 what in it spoils registers:
// 0, nothing; SELDOM, what asks the runtime now and then; CALLS.
const LOOP_BYTES: usize = 8;
const NO_WAY: u32 = 0xffff;
const SELDOM: u16 = 1;
const CALLS: u16 = 2;
let table: usize = 0;
export let loopCount: u32 = 0;

// What a loop keeps: u8 loop, u8 kind, u8 slot; then for an object u8 the register of its address; for an array u8 the registers, or the
// slots with FRAME_SLOT, of its length and the place of its elements.
const KEPT_BYTES: usize = 8;
const MAX_KEPT: u32 = 16;
let keptTable: usize = 0;
let keptCount: u32 = 0;
const OBJECT: u32 = 0;
/** An array whose elements are no references; are references. */
const NUMBERS: u32 = 1;
const REFERENCES: u32 = 2;
const FRAME_SLOT: u32 = 0x80;

/** Slots of the frame, with those behind the method's own that loops want. */
export let wideFrame: u32 = 0;

function row(loop: u32): usize {
  return table + <usize>loop * LOOP_BYTES;
}
/** First instruction of a loop. */
export function loopHead(loop: u32): u32 {
  return <u32>load<u16>(row(loop));
}
function loopEnd(loop: u32): u32 {
  return <u32>load<u16>(row(loop), 2);
}
function wayInto(loop: u32): u32 {
  return <u32>load<u16>(row(loop), 4);
}
function callsInside(loop: u32): bool {
  return load<u16>(row(loop), 6) == CALLS;
}
function asksInside(loop: u32): bool {
  return load<u16>(row(loop), 6) != 0;
}

function keptRow(index: u32): usize {
  return keptTable + <usize>index * KEPT_BYTES;
}

/** Bytes of both tables. */
export const LOOP_TABLE_BYTES: u32 = 192;

/** Finds the loops, in the order of their ends; `tables` has LOOP_TABLE_BYTES. False: there are more than entries. */
export function findLoops(tables: usize): bool {
  table = tables;
  keptTable = tables + <usize>MAX_LOOPS * LOOP_BYTES;
  loopCount = 0;
  keptCount = 0;
  wideFrame = frame;
  for (let pc: u32 = 0; pc < length; pc++) {
    const head = jumpTarget(pc);
    if (head < 0 || <u32>head > pc) continue;
    let loop: u32 = 0;
    while (loop < loopCount && loopHead(loop) != <u32>head) loop++;
    if (loop == MAX_LOOPS) return false;
    if (loop == loopCount) loopCount++;
    store<u16>(row(loop), <u16>head);
    store<u16>(row(loop), <u16>pc, 2);
  }
  return true;
}

/** Does a loop begin at instruction `pc`? */
export function isHead(pc: u32): bool {
  for (let i: u32 = 0; i < loopCount; i++) if (loopHead(i) == pc) return true;
  return false;
}

function isInside(pc: u32, loop: u32): bool {
  return pc >= loopHead(loop) && pc <= loopEnd(loop);
}

/** The one instruction that leads into a loop, and stands in front of it; NO_WAY: there are others. */
function findWay(loop: u32): u32 {
  const head = loopHead(loop);
  if (head == 0) return NO_WAY;
  for (let pc: u32 = 0; pc < length; pc++) {
    const target = jumpTarget(pc);
    if (pc != head - 1 && target >= 0 && !isInside(pc, loop) && isInside(<u32>target, loop)) return NO_WAY;
  }
  const before = head - 1;
  const target = jumpTarget(before);
  if (opAt(before) == OP_JMP) return target >= 0 && isInside(<u32>target, loop) ? before : NO_WAY;
  // What jumps, or may go on behind a call of its own, comes to the loop past what would stand there.
  return fallsThrough(before) && target < 0 && !isDecidedByObject(opAt(before)) && !storesReference(before)
    ? before
    : NO_WAY;
}

/** Does the slot hold the same all the time that a loop runs? */
function isInvariant(slot: u32, loop: u32): bool {
  for (let pc = loopHead(loop); pc <= loopEnd(loop); pc++) {
    effects(pc);
    if ((((writes | spoils) >> (<u64>slot)) & 1) != 0) return false;
  }
  return true;
}

/** What instruction `pc` wants a loop to keep of the object that it looks into: a kind; -1: nothing. */
function wanted(pc: u32, calls: bool): i32 {
  if (objectSlot(pc) < 0) return -1;
  const op = opAt(pc);
  if (calls) return <i32>OBJECT;
  if (op == OP_ALDI || op == OP_ASTI || op == OP_ASTB) return <i32>NUMBERS;
  return op == OP_ALDR ? <i32>REFERENCES : <i32>OBJECT;
}

/** Does a loop around instruction `pc` keep it? Its number; -1: none does. */
function find(pc: u32, slot: u32, kind: u32): i32 {
  for (let i: u32 = 0; i < keptCount; i++) {
    const at = keptRow(i);
    if (<u32>load<u8>(at, 1) == kind && <u32>load<u8>(at, 2) == slot && isInside(pc, <u32>load<u8>(at))) return <i32>i;
  }
  return -1;
}

/** A register that nobody has from the way into a loop to its end, taken; NOWHERE: there is none. */
function takeRegister(loop: u32, outlives: bool): i32 {
  const first = wayInto(loop) * 2;
  const last = loopEnd(loop) * 2 + 1;
  for (let register = outlives ? kept : FIRST_REGISTER; register < registers; register++) {
    let free = true;
    for (let point = first; free && point <= last; point++) free = !isOccupied(register, point);
    if (!free) continue;
    occupy(register, first, last);
    return register;
  }
  return NOWHERE;
}

/** A register, or a slot behind all others; NOWHERE: there is neither. */
function takePlace(loop: u32): i32 {
  const register = takeRegister(loop, asksInside(loop));
  if (register != NOWHERE || wideFrame == MAX_SLOTS) return register;
  wideFrame++;
  return <i32>(FRAME_SLOT | (wideFrame - 1));
}

function keep(loop: u32, kind: u32, slot: u32): void {
  if (keptCount == MAX_KEPT || find(loopHead(loop), slot, kind) >= 0 || !isInvariant(slot, loop)) return;
  const at = keptRow(keptCount);
  const first = kind == OBJECT ? takeRegister(loop, callsInside(loop)) : takePlace(loop);
  const second = kind == OBJECT || first == NOWHERE ? first : takePlace(loop);
  if (first == NOWHERE || second == NOWHERE) return;
  store<u8>(at, <u8>loop);
  store<u8>(at, <u8>kind, 1);
  store<u8>(at, <u8>slot, 2);
  store<u8>(at, <u8>first, 3);
  store<u8>(at, <u8>second, 4);
  keptCount++;
}

/** Finds what loops keep. `calls` has a u8 for each instruction: is it a call? Numbers have their registers. */
export function planLoops(calls: usize): void {
  for (let loop: u32 = 0; loop < loopCount; loop++) {
    let spoilt: u16 = 0;
    for (let pc = loopHead(loop); pc <= loopEnd(loop); pc++) {
      if (load<u8>(calls + <usize>pc) != 0) spoilt = CALLS;
      else if (spoilt == 0 && asksSeldom(pc)) spoilt = SELDOM;
    }
    store<u16>(row(loop), <u16>findWay(loop), 4);
    store<u16>(row(loop), spoilt, 6);
  }
  // Outer loops end behind inner ones.
  for (let kind = <i32>REFERENCES; kind >= <i32>OBJECT; kind--)
    for (let i = loopCount; i > 0; i--) {
      const loop = i - 1;
      if (wayInto(loop) == NO_WAY) continue;
      for (let pc = loopHead(loop); pc <= loopEnd(loop); pc++)
        if (wanted(pc, callsInside(loop)) == kind) keep(loop, <u32>kind, <u32>objectSlot(pc));
    }
}

/** Is the register that of an address that a loop around `pc` keeps? */
export function isKept(register: i32, pc: u32): bool {
  for (let i: u32 = 0; i < keptCount; i++) {
    const at = keptRow(i);
    const loop = <u32>load<u8>(at);
    if (
      <u32>load<u8>(at, 1) == OBJECT &&
      <i32>load<u8>(at, 3) == register &&
      pc + 1 >= loopHead(loop) &&
      pc <= loopEnd(loop)
    )
      return true;
  }
  return false;
}

/** Writes a register to its place. */
function put(register: i32, place: u32): void {
  if ((place & FRAME_SLOT) != 0) kir(KIR_STF, 0, register, 0, <i32>(place & ~FRAME_SLOT), 0, 0);
}

function registerOf(place: u32, free: i32): i32 {
  return (place & FRAME_SLOT) != 0 ? free : <i32>place;
}

/**
 * Finds what a loop keeps, in front of it. An array that is null, or holds elements of the other kind, has no length: whoever looks for an
 * element leaves, and the interpreter sees why.
 */
export function enterLoop(loop: u32): void {
  for (let i: u32 = 0; i < keptCount; i++) {
    const at = keptRow(i);
    if (<u32>load<u8>(at) != loop) continue;
    const kind = <u32>load<u8>(at, 1);
    const slot = <i32>load<u8>(at, 2);
    const first = <u32>load<u8>(at, 3);
    if (kind == OBJECT) {
      if (addressIn(<u32>slot) == <i32>first) continue;
      kir(KIR_ADDRF, <i32>first, 0, 0, slot, 0, 0);
      setAddress(<i32>first, <u32>slot);
      continue;
    }
    const second = <u32>load<u8>(at, 4);
    const size = registerOf(first, 0);
    const data = registerOf(second, SCRATCH);
    dropRegister(SCRATCH);
    dropRegister(KIR_ADDRESS);
    kir(KIR_LI, size, 0, 0, 0, 0, 0);
    kir(KIR_LI, data, 0, 0, 0, 0, 0);
    const isNull = kirCount();
    kir(KIR_ADDRF, KIR_ADDRESS, 0, 0, slot, 0, isNull + 6);
    kir(KIR_LDA, data, KIR_ADDRESS, 2, <i32>ARR_FLAGS, 0, 0);
    const isOther = kirCount();
    kir(KIR_JCCI, 0, data, 0, <i32>ARR_FLAG_REFS, kind == NUMBERS ? COND_EQ : COND_NE, isNull + 6);
    kir(KIR_LDA, size, KIR_ADDRESS, 4, <i32>ARR_SIZE, 0, 0);
    kir(KIR_LDA, data, KIR_ADDRESS, 4, <i32>ARR_DATA, 0, 0);
    kirRetarget(isNull, kirCount());
    kirRetarget(isOther, kirCount());
    put(size, first);
    put(data, second);
  }
}

/** The same for all loops around instruction `pc`, outer ones first: native code is entered there. */
export function enterLoops(pc: u32): void {
  for (let i = loopCount; i > 0; i--) if (isInside(pc, i - 1)) enterLoop(i - 1);
}

/** Instruction `pc` is next: it leads into loops, and jumps, or it does not. */
export function approachLoops(pc: u32, jumps: bool): void {
  for (let i = loopCount; i > 0; i--) if (wayInto(i - 1) == pc && (opAt(pc) == OP_JMP) == jumps) enterLoop(i - 1);
}

/** A loop goes back to `head`: what it keeps is where it was. */
export function renewKept(head: u32): void {
  for (let i: u32 = 0; i < keptCount; i++) {
    const at = keptRow(i);
    const slot = <u32>load<u8>(at, 2);
    const register = <i32>load<u8>(at, 3);
    if (<u32>load<u8>(at, 1) != OBJECT || !isInside(head, <u32>load<u8>(at)) || addressIn(slot) == register) continue;
    kir(KIR_ADDRF, register, 0, 0, <i32>slot, 0, 0);
    setAddress(register, slot);
  }
}

/** Length and place of the elements of the array in slot `slot`, if a loop around `pc` keeps them: a number for `keptLength`; -1: none does. */
export function keptArray(slot: u32, pc: u32, references: bool): i32 {
  return find(pc, slot, references ? REFERENCES : NUMBERS);
}

function loadKept(place: u32, free: i32): i32 {
  if ((place & FRAME_SLOT) == 0) return <i32>place;
  dropRegister(free);
  kir(KIR_LDF, free, 0, 0, <i32>(place & ~FRAME_SLOT), 0, 0);
  return free;
}

/** The register that holds the length of such an array; where its elements lie. That may be SCRATCH. */
export function keptLength(index: i32): i32 {
  return loadKept(<u32>load<u8>(keptRow(<u32>index), 3), SCRATCH);
}
export function keptData(index: i32): i32 {
  return loadKept(<u32>load<u8>(keptRow(<u32>index), 4), SCRATCH);
}
