/**
 * Which registers hold addresses of objects while records are made: KIR's address, registers that no number wants there, and those that
 * a loop keeps for itself. The slot remains the object's root; the register is for those who look into it again.
 */
import { isNotNull, objectSlot } from './facts';
import { COND_EQ, FIRST_REGISTER, KIR_ADDRESS, KIR_ADDRF, KIR_JCCI, KIR_LDF, kept, registers } from './kir';
import { isHead, isKept } from './loops';
import { effects, length, spoils, writes } from './method';
import { isOccupied } from './webs';
import { kir, toExit } from './writer';

/** No register. */
export const NOWHERE: i32 = -1;
/** A register for values on their way, which has an address while there is no such value. */
export const SCRATCH: i32 = 1;

/** Addresses that are known at one time, at most. */
const MOST: u32 = 7;
/** Bytes of the table for each instruction. */
export const ADDRESS_STATE_BYTES: u32 = 16;

// What is known: the low byte a register, the high one a slot whose object's address it holds.
const held: usize = memory.data(16, 2);
let count: u32 = 0;
/** Does anything come here from the instruction before? */
let reached: bool = false;
/** No slot. */
export const NO_SLOT: i32 = -1;
/** The slot whose value register 0 holds. */
export let valueSlot: i32 = NO_SLOT;

// By instruction, of what jumps there has brought: u8 entries and 1, 0: nobody has come; u8 valueSlot; the entries.
let states: usize = 0;
let calls: usize = 0;
/** Of KIR_ADDRESS and SCRATCH, the one that was taken last. */
let latest: i32 = SCRATCH;

function entry(index: u32): u32 {
  return <u32>load<u16>(held + ((<usize>index) << 1));
}

function remove(index: u32): void {
  count--;
  for (let i = index; i < count; i++) store<u16>(held + ((<usize>i) << 1), <u16>entry(i + 1));
}

function add(register: i32, slot: u32): void {
  // The oldest goes; a loop's own come back at its end.
  if (count == MOST) remove(0);
  store<u16>(held + ((<usize>count) << 1), <u16>((<u32>register) | (slot << 8)));
  count++;
}

/** Begins a method; `table` has ADDRESS_STATE_BYTES for each instruction, `callTable` a u8: is it a call? */
export function addressesBegin(table: usize, callTable: usize): void {
  states = table;
  calls = callTable;
  memory.fill(table, 0, <usize>(length * ADDRESS_STATE_BYTES));
  addressesStart();
}

/** Says what register 0 holds. */
export function setValue(slot: i32): void {
  valueSlot = slot;
}

/** Nothing is known; code begins here. */
export function addressesStart(): void {
  count = 0;
  valueSlot = NO_SLOT;
  reached = true;
}

/** Nothing follows from here. */
export function addressesStop(): void {
  reached = false;
}

/** The register with the address of the object in slot `slot`. */
export function addressIn(slot: u32): i32 {
  for (let i: u32 = 0; i < count; i++) if (entry(i) >> 8 == slot) return <i32>(entry(i) & 0xff);
  return NOWHERE;
}

/** A register gets something else. */
export function dropRegister(register: i32): void {
  for (let i = count; i > 0; i--) if (<i32>(entry(i - 1) & 0xff) == register) remove(i - 1);
}

/** Slots get something else. */
export function dropSlots(slots: u64): void {
  for (let i = count; i > 0; i--) if (((slots >> (<u64>(entry(i - 1) >> 8))) & 1) != 0) remove(i - 1);
}

/** What a call leaves. */
export function dropSpoilt(): void {
  for (let i = count; i > 0; i--) {
    const register = <i32>(entry(i - 1) & 0xff);
    if (register < kept || register == KIR_ADDRESS) remove(i - 1);
  }
}

/** Slot `to` gets what `from` has. */
export function copyAddress(from: u32, to: u32): void {
  const register = addressIn(from);
  if (register != NOWHERE) add(register, to);
}

/** A register holds the address of the object in a slot from now on. */
export function setAddress(register: i32, slot: u32): void {
  dropRegister(register);
  add(register, slot);
}

/** Something goes from here to instruction `pc`. */
export function addressesJump(pc: u32): void {
  if (!reached) return;
  const state = states + <usize>(pc * ADDRESS_STATE_BYTES);
  const before = <u32>load<u8>(state);
  if (before == 0) {
    store<u8>(state, <u8>(count + 1));
    store<u8>(state, <u8>valueSlot, 1);
    memory.copy(state + 2, held, (<usize>count) << 1);
    return;
  }
  if (<i32>load<i8>(state, 1) != valueSlot) store<u8>(state, <u8>NO_SLOT, 1);
  let left: u32 = 0;
  for (let i: u32 = 0; i + 1 < before; i++) {
    const one = <u32>load<u16>(state + 2 + ((<usize>i) << 1));
    let known = false;
    for (let k: u32 = 0; k < count; k++) if (entry(k) == one) known = true;
    if (!known) continue;
    store<u16>(state + 2 + ((<usize>left) << 1), <u16>one);
    left++;
  }
  store<u8>(state, <u8>(left + 1));
}

/** Records of instruction `pc` follow. */
export function addressesArrive(pc: u32): void {
  const state = states + <usize>(pc * ADDRESS_STATE_BYTES);
  if (load<u8>(state) != 0) {
    addressesJump(pc);
    count = <u32>load<u8>(state) - 1;
    memory.copy(held, state + 2, (<usize>count) << 1);
    valueSlot = isHead(pc) ? NO_SLOT : <i32>load<i8>(state, 1);
    reached = true;
  }
  if (!reached) valueSlot = NO_SLOT;
  for (let i = count; i > 0; i--) {
    const register = <i32>(entry(i - 1) & 0xff);
    if (isNumbers(register, pc) && !isKept(register, pc)) remove(i - 1);
  }
}

/** Does a number want the register at `pc`, or a loop? */
function isNumbers(register: i32, pc: u32): bool {
  if (register == KIR_ADDRESS || register < FIRST_REGISTER) return false;
  return isOccupied(register, pc * 2) || isOccupied(register, pc * 2 + 1);
}

function isFree(register: i32, pc: u32): bool {
  for (let i: u32 = 0; i < count; i++) if (<i32>(entry(i) & 0xff) == register) return false;
  return !isNumbers(register, pc);
}

/** Is the object in slot `slot` looked into behind a call that follows `pc`? */
function outlivesCall(slot: u32, pc: u32): bool {
  let call = false;
  for (let i = pc + 1; i < length; i++) {
    if (call && objectSlot(i) == <i32>slot) return true;
    if (load<u8>(calls + <usize>i) != 0) call = true;
    effects(i);
    if ((((writes | spoils) >> (<u64>slot)) & 1) != 0) return false;
  }
  return false;
}

/** A register from `first` to `last` that nobody has at `pc`. */
function freeRegister(first: i32, last: i32, pc: u32): i32 {
  for (let register = first; register <= last; register++) if (isFree(register, pc)) return register;
  return NOWHERE;
}

/** A register for the address of the object in slot `slot`; NOWHERE: neither SCRATCH nor KIR_ADDRESS may be it, and there is no other. */
function choose(slot: u32, pc: u32, scratch: bool, address: bool): i32 {
  let register = NOWHERE;
  if (outlivesCall(slot, pc)) register = freeRegister(kept, registers - 1, pc);
  if (register == NOWHERE && kept > FIRST_REGISTER) register = freeRegister(FIRST_REGISTER, kept - 1, pc);
  if (register == NOWHERE && kept == FIRST_REGISTER) register = freeRegister(FIRST_REGISTER, registers - 1, pc);
  if (register != NOWHERE || !address) return register;
  latest = scratch && latest == KIR_ADDRESS ? SCRATCH : KIR_ADDRESS;
  return latest;
}

/**
 * A register with the address of the object in slot `slot`, which is not null; the instruction exits if it is. SCRATCH and KIR_ADDRESS only if the
 * caller allows it. Register 0 may be lost.
 */
export function addressOfObject(slot: u32, pc: u32, scratch: bool, address: bool): i32 {
  const out = isNotNull(slot, pc) ? 0 : toExit(pc);
  let register = addressIn(slot);
  if ((register == SCRATCH && !scratch) || (register == KIR_ADDRESS && !address)) register = NOWHERE;
  if (register != NOWHERE) {
    if (out == 0) return register;
    kir(KIR_LDF, 0, 0, 0, <i32>slot, 0, 0);
    kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, out);
    return register;
  }
  register = choose(slot, pc, scratch, address);
  if (register == NOWHERE) {
    if (out == 0) return register;
    kir(KIR_LDF, 0, 0, 0, <i32>slot, 0, 0);
    kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, out);
    return register;
  }
  kir(KIR_ADDRF, register, 0, 0, <i32>slot, 0, out);
  setAddress(register, slot);
  return register;
}

/** Makes all addresses again that were known: a call has spoilt them. */
export function renewAddresses(): void {
  for (let i: u32 = 0; i < count; i++) {
    const register = <i32>(entry(i) & 0xff);
    if (register < kept || register == KIR_ADDRESS) kir(KIR_ADDRF, register, 0, 0, <i32>(entry(i) >> 8), 0, 0);
  }
}
