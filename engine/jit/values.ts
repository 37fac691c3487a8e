/** Values of slots while records are made: in registers where `webs.ts` says so, else in their slots. */
import { SCRATCH, dropRegister } from './addresses';
import { KIR_LDF, KIR_STF, kept } from './kir';
import { effects, frame, liveIn, liveOut, reads } from './method';
import { IN_SLOT, registerAt } from './webs';
import { kir } from './writer';

/** The register that holds slot `slot` in front of `pc`: its own, or `free`, which gets the value. */
export function use(slot: u32, pc: u32, free: i32): i32 {
  const register = registerAt(slot, pc * 2);
  if (register != IN_SLOT) return register;
  if (free == SCRATCH) dropRegister(SCRATCH);
  kir(KIR_LDF, free, 0, 0, <i32>slot, 0, 0);
  return free;
}

/** The register to which an instruction writes slot `slot`; `finish` is to follow. */
export function target(slot: u32, pc: u32): i32 {
  const register = registerAt(slot, pc * 2 + 1);
  return register == IN_SLOT ? 0 : register;
}

export function finish(slot: u32, pc: u32): void {
  if (registerAt(slot, pc * 2 + 1) == IN_SLOT) kir(KIR_STF, 0, 0, 0, <i32>slot, 0, 0);
}

/** Stores the registers of `slots`, as they are in front of `pc`, from register `first` to `last`; `b` is 1 if an exit there would do it itself. */
export function storeAll(slots: u64, pc: u32, first: i32, last: i32, b: i32 = 0): void {
  for (let slot: u32 = 0; slot < frame; slot++) {
    if (((slots >> (<u64>slot)) & 1) == 0) continue;
    const register = registerAt(slot, pc * 2);
    if (register >= first && register <= last) kir(KIR_STF, 0, register, b, <i32>slot, 0, 0);
  }
}

/** Loads the registers below `below` of all `slots` that have a value at a point; `b` is 1 if nothing reads the slots any more. */
function load_(slots: u64, point: u32, below: i32, b: i32): void {
  for (let slot: u32 = 0; slot < frame; slot++) {
    if (((slots >> (<u64>slot)) & 1) == 0) continue;
    const register = registerAt(slot, point);
    if (register != IN_SLOT && register < below) kir(KIR_LDF, register, 0, b, <i32>slot, 0, 0);
  }
}

/** Loads the registers of all values that are live in front of `pc`. */
export function loadAll(pc: u32): void {
  load_(liveIn(pc), pc * 2, 255, 1);
}

/** Loads what a call in place of `pc` has spoilt. */
export function loadSpoilt(pc: u32): void {
  load_(liveOut(pc), pc * 2 + 1, kept, 0);
}

/** In front of a call: what it reads, and what it would spoil though an exit wants it, goes to its slots. */
export function spill(pc: u32): void {
  effects(pc);
  storeAll(reads, pc, kept, 255, 1);
  storeAll(liveIn(pc), pc, 0, kept - 1, 1);
}
