/** Stores of references into fields and globals, which are counted, and elements of arrays. */
import {
  ARR_CAPACITY,
  ARR_DATA,
  ARR_FLAGS,
  ARR_FLAG_REFS,
  ARR_SIZE,
  IN_ZERO,
  OBJ_COUNT,
  OBJ_FIELDS,
  OBJ_LINK,
} from '../bytecode/layout';
import { OP_APUSHR, OP_GPUTR, OP_PUTR } from '../bytecode/opcodes.generated';
import { NOWHERE, SCRATCH, addressOfObject, dropRegister, dropSlots, renewAddresses } from './addresses';
import { isNotNull } from './facts';
import {
  COND_EQ,
  COND_NE,
  COND_UGE,
  KIR_ADDI,
  KIR_ADDRC,
  KIR_ADDRESS,
  KIR_ADDRF,
  KIR_ADDRV,
  KIR_ADDRX,
  KIR_ANDI,
  KIR_JCC,
  KIR_JCCI,
  KIR_JMP,
  KIR_LDA,
  KIR_LDF,
  KIR_REACH,
  KIR_RUN,
  KIR_STA,
  KIR_STF,
} from './kir';
import { keptArray, keptData, keptLength } from './loops';
import { addressOf, fieldB, fieldBx, opAt, slotA, slotB, slotC } from './method';
import { loadSpoilt, spill, use } from './values';
import { kir, kirCount, kirRetarget, toCode, toExit, toUnwind } from './writer';

/**
 * A register with the address of element `index` of the array in slot `array`; exits if it is null, has no such element, or holds
 * the other kind. SCRATCH is lost; the register is KIR_ADDRESS.
 */
export function addressOfElement(pc: u32, array: u32, index: u32, references: bool): i32 {
  const out = toExit(pc);
  const kept = keptArray(array, pc, references);
  if (kept >= 0) {
    const at = use(index, pc, 0);
    kir(KIR_JCC, 0, at, keptLength(kept), 0, COND_UGE, out);
    kir(KIR_ADDRX, KIR_ADDRESS, at, keptData(kept), 0, 0, 0);
    dropRegister(KIR_ADDRESS);
    return KIR_ADDRESS;
  }
  const base = addressOfObject(array, pc, false, true);
  dropRegister(SCRATCH);
  kir(KIR_LDA, SCRATCH, base, 2, <i32>ARR_FLAGS, 0, 0);
  kir(KIR_JCCI, 0, SCRATCH, 0, <i32>ARR_FLAG_REFS, references ? COND_NE : COND_EQ, out);
  const at = use(index, pc, 0);
  kir(KIR_LDA, SCRATCH, base, 4, <i32>ARR_SIZE, 0, 0);
  kir(KIR_JCC, 0, at, SCRATCH, 0, COND_UGE, out);
  kir(KIR_LDA, SCRATCH, base, 4, <i32>ARR_DATA, 0, 0);
  kir(KIR_ADDRX, KIR_ADDRESS, at, SCRATCH, 0, 0, 0);
  dropRegister(KIR_ADDRESS);
  return KIR_ADDRESS;
}

/** Is it a store of a reference that native code does itself as a rule? */
export function storesReference(pc: u32): bool {
  return opAt(pc) == OP_GPUTR || (opAt(pc) == OP_PUTR && <u32>OBJ_FIELDS + fieldB(pc) * 8 <= KIR_REACH);
}

/** Adds `by` to the count of the object at KIR_ADDRESS, and leaves the count in SCRATCH. */
function count(by: i32): void {
  kir(KIR_LDA, SCRATCH, KIR_ADDRESS, 4, <i32>OBJ_COUNT, 0, 0);
  kir(KIR_ADDI, SCRATCH, SCRATCH, 0, by, 0, 0);
}

function putCount(): void {
  kir(KIR_STA, KIR_ADDRESS, SCRATCH, 4, <i32>OBJ_COUNT, 0, 0);
}

/**
 * Stores a reference as the runtime would: the new one is counted, the old one no longer. The runtime does it while a collection is
 * `marking`, and when an object has to go to the zero-count table. `globals` is where those lie.
 */
export function storeReference(pc: u32, globals: usize, marking: usize): void {
  const isField = opAt(pc) == OP_PUTR;
  const value = isField ? slotC(pc) : slotA(pc);
  const at = isField ? <i32>(<u32>OBJ_FIELDS + fieldB(pc) * 8) : 0;
  const place = isField ? 0 : <i32>(globals + ((<usize>(<u32>fieldBx(pc))) << 3));
  const done = toCode(pc + 1);
  const object = isField ? addressOfObject(slotA(pc), pc, false, false) : NOWHERE;
  dropRegister(SCRATCH);
  dropRegister(KIR_ADDRESS);
  kir(KIR_LDF, 0, 0, 0, <i32>value, 0, 0);
  const from = goThere(pc, object, place);
  kir(KIR_LDA, SCRATCH, from, 8, at, 0, 0);
  kir(KIR_JCC, 0, SCRATCH, 0, 0, COND_EQ, done);
  const withoutOld = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, 0, COND_EQ, 0);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, <i32>marking, 0, 0);
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, 0, 0, 0);
  const whileMarking = kirCount();
  kir(KIR_JCCI, 0, 0, 0, 0, COND_NE, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, SCRATCH, 0, 0, 0, 0);
  kir(KIR_LDF, 0, 0, 0, <i32>value, 0, 0);
  count(-1);
  const some = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, 0, COND_NE, 0);
  // The last reference: an object that is not in the table yet has to go there.
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, <i32>OBJ_LINK, 0, 0);
  kir(KIR_ANDI, 0, 0, 0, <i32>IN_ZERO, 0, 0);
  const last = kirCount();
  kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  kir(KIR_LDF, 0, 0, 0, <i32>value, 0, 0);
  kirRetarget(some, kirCount());
  putCount();
  kirRetarget(withoutOld, kirCount());
  const withoutNew = kirCount();
  const isSome = isNotNull(value, pc);
  if (!isSome) kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, 0, 0, 0, 0, 0);
  count(1);
  putCount();
  if (!isSome) kirRetarget(withoutNew, kirCount());
  kir(KIR_STA, goThere(pc, object, place), 0, 8, at, 0, 0);
  kir(KIR_JMP, 0, 0, 0, 0, 0, done);
  kirRetarget(whileMarking, kirCount());
  kirRetarget(last, kirCount());
  runInstead(pc);
}

/** The runtime does the instruction, for once; what others count on is as it would be without that. */
export function runInstead(pc: u32): void {
  spill(pc);
  kir(KIR_RUN, 0, 0, 0, <i32>addressOf(pc), 0, toUnwind(pc));
  loadSpoilt(pc);
  renewAddresses();
}

/**
 * Ends what is done without the runtime, and goes on behind what follows now: where the runtime is asked. What stands in front of a loop comes
 * behind that; a jump to the next instruction would leave it out.
 * @returns for `endOtherwise`
 */
export function beginOtherwise(): u32 {
  const done = kirCount();
  kir(KIR_JMP, 0, 0, 0, 0, 0, 0);
  return done;
}

/** The runtime is asked here. */
export function endOtherwise(pc: u32, done: u32): void {
  runInstead(pc);
  kirRetarget(done, kirCount());
}

/** Both, where the record `jump` alone goes to the runtime. */
export function otherwise(pc: u32, jump: u32): void {
  const done = beginOtherwise();
  kirRetarget(jump, kirCount());
  endOtherwise(pc, done);
}

/** LDS of a text that exists: its reference is in the table at `literals`. */
export function loadLiteral(pc: u32, literals: usize): void {
  dropRegister(KIR_ADDRESS);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, <i32>(literals + ((<usize>(<u32>fieldBx(pc))) << 2)), 0, 0);
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, 0, 0, 0);
  const missing = kirCount();
  kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  kir(KIR_STF, 0, 0, 0, <i32>slotA(pc), 0, 0);
  dropSlots((<u64>1) << (<u64>slotA(pc)));
  otherwise(pc, missing);
}

/** APUSHI, APUSHB and APUSHR, where the array has room and holds such elements. */
export function append(pc: u32): void {
  const references = opAt(pc) == OP_APUSHR;
  const array = addressOfObject(slotA(pc), pc, false, false);
  dropRegister(SCRATCH);
  dropRegister(KIR_ADDRESS);
  const base = goTo(slotA(pc), array);
  kir(KIR_LDA, SCRATCH, base, 2, <i32>ARR_FLAGS, 0, 0);
  const foreign = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, <i32>ARR_FLAG_REFS, references ? COND_NE : COND_EQ, 0);
  kir(KIR_LDA, SCRATCH, base, 4, <i32>ARR_SIZE, 0, 0);
  kir(KIR_LDA, 0, base, 4, <i32>ARR_CAPACITY, 0, 0);
  const full = kirCount();
  kir(KIR_JCC, 0, SCRATCH, 0, 0, COND_UGE, 0);
  kir(KIR_LDA, 0, base, 4, <i32>ARR_DATA, 0, 0);
  kir(KIR_ADDRX, KIR_ADDRESS, SCRATCH, 0, 0, 0, 0);
  kir(KIR_ADDI, SCRATCH, SCRATCH, 0, 1, 0, 0);
  kir(KIR_STA, KIR_ADDRESS, use(slotB(pc), pc, 0), 8, 0, 0, 0);
  kir(KIR_STA, goTo(slotA(pc), array), SCRATCH, 4, <i32>ARR_SIZE, 0, 0);
  if (references) {
    const isSome = isNotNull(slotB(pc), pc);
    const isNull = kirCount();
    if (!isSome) kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
    kir(KIR_ADDRV, KIR_ADDRESS, 0, 0, 0, 0, 0);
    count(1);
    putCount();
    if (!isSome) kirRetarget(isNull, kirCount());
  }
  const done = beginOtherwise();
  kirRetarget(foreign, kirCount());
  kirRetarget(full, kirCount());
  endOtherwise(pc, done);
}

/** The register with the address of the object, or of the global; KIR_ADDRESS gets it unless it is in one. */
function goThere(pc: u32, object: i32, place: i32): i32 {
  if (object != NOWHERE) return object;
  if (opAt(pc) == OP_PUTR) return goTo(slotA(pc), object);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, place, 0, 0);
  return KIR_ADDRESS;
}

/** The register with the address of the object in a slot, which is not null; KIR_ADDRESS gets it unless it is in one. */
export function goTo(slot: u32, object: i32): i32 {
  if (object != NOWHERE) return object;
  kir(KIR_ADDRF, KIR_ADDRESS, 0, 0, <i32>slot, 0, 0);
  return KIR_ADDRESS;
}
