/** New objects, and what is asked of an object's class: done without the runtime as a rule. */
import { BUILTIN_CLASSES, CLASS_BOOLEAN, CLASS_INT } from '../bytecode/builtins.generated';
import { IMG_CLASS_BYTES, IMG_CLASS_SLOTS, IMG_SEC_CLASSES } from '../bytecode/image';
import { recordOf } from '../bytecode/images';
import {
  ALLOC_CHAINS,
  ALLOC_FLAGS,
  ALLOC_ZERO_NEXT,
  BOX_VALUE,
  OBJ_CLASS,
  OBJ_COUNT,
  OBJ_FIELDS,
} from '../bytecode/layout';
import { OP_BOXB, OP_BOXI, OP_CAST, OP_LDS, OP_NEW } from '../bytecode/opcodes.generated';
import { word } from '../bytecode/records';
import { SCRATCH, dropRegister } from './addresses';
import { isNotNull } from './facts';
import {
  COND_EQ,
  COND_NE,
  KIR_ADDI,
  KIR_ADDRC,
  KIR_ADDRESS,
  KIR_ADDRV,
  KIR_JCCI,
  KIR_LDA,
  KIR_LDF,
  KIR_LI,
  KIR_SETI,
  KIR_STA,
  KIR_STF,
} from './kir';
import { fieldBx, opAt, slotA, slotB } from './method';
import { otherwise, runInstead, storesReference } from './references';
import { use } from './values';
import { IN_SLOT, registerAt } from './webs';
import { kir, kirCount, kirRetarget } from './writer';

/** Larger objects are the runtime's, and all in a method that has as many records as that. */
const MAX_FIELDS: u32 = 12;
const MANY_RECORDS: u32 = 900;

/** Does the instruction make an object with fields of 8 bytes? */
export function makesFields(op: i32): bool {
  return op == OP_NEW || op == OP_BOXI || op == OP_BOXB;
}

/** Is the runtime asked for it only now and then? Then it is no call: what one would spoil comes back behind that. */
export function asksSeldom(pc: u32): bool {
  const op = opAt(pc);
  return makesFields(op) || op == OP_CAST || op == OP_LDS || storesReference(pc);
}

function classOf(pc: u32): u32 {
  const op = opAt(pc);
  return op == OP_NEW ? <u32>fieldBx(pc) : <u32>(op == OP_BOXI ? CLASS_INT : CLASS_BOOLEAN);
}

/** Fields of the object that `pc` makes; more than MAX_FIELDS: the runtime knows. */
function fieldsOf(pc: u32): u32 {
  if (opAt(pc) != OP_NEW) return 1;
  const cls = classOf(pc);
  if (cls < <u32>BUILTIN_CLASSES) return MAX_FIELDS + 1;
  return word(recordOf(IMG_SEC_CLASSES, cls - <u32>BUILTIN_CLASSES, IMG_CLASS_BYTES), IMG_CLASS_SLOTS);
}

/** Is the value that a box gets in the slot that the box goes to? */
function takesOwnPlace(pc: u32): bool {
  return opAt(pc) != OP_NEW && slotA(pc) == slotB(pc) && registerAt(slotB(pc), pc * 2) == IN_SLOT;
}

/**
 * NEW, BOXI and BOXB, where a block is on its chain (bytecode/layout.ts says how an object is made of it). `allocation` is where the chains lie,
 * `sizeClasses` a u8 for each size in units of 8 bytes.
 */
export function makeObject(pc: u32, allocation: usize, sizeClasses: usize): void {
  const fields = fieldsOf(pc);
  if (fields > MAX_FIELDS || kirCount() > MANY_RECORDS || takesOwnPlace(pc)) return runInstead(pc);
  const cls = <usize>load<u8>(sizeClasses + ((OBJ_FIELDS >> 3) + <usize>fields));
  const chain = <i32>(ALLOC_CHAINS + (cls << 2));
  dropRegister(SCRATCH);
  dropRegister(KIR_ADDRESS);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, <i32>allocation, 0, 0);
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, chain, 0, 0);
  const empty = kirCount();
  kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  // Its place in the zero-count table.
  kir(KIR_LDA, SCRATCH, KIR_ADDRESS, 4, <i32>ALLOC_ZERO_NEXT, 0, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, SCRATCH, 0, 0, 0, 0);
  kir(KIR_STA, KIR_ADDRESS, 0, 4, 0, 0, 0);
  kir(KIR_ADDI, SCRATCH, SCRATCH, 0, 4, 0, 0);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, <i32>allocation, 0, 0);
  kir(KIR_STA, KIR_ADDRESS, SCRATCH, 4, <i32>ALLOC_ZERO_NEXT, 0, 0);
  kir(KIR_ADDRV, SCRATCH, 0, 0, 0, 0, 0);
  kir(KIR_STF, 0, 0, 0, <i32>slotA(pc), 0, 0);
  kir(KIR_LDA, 0, SCRATCH, 4, <i32>OBJ_COUNT, 0, 0);
  kir(KIR_STA, KIR_ADDRESS, 0, 4, chain, 0, 0);
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, <i32>ALLOC_FLAGS, 0, 0);
  kir(KIR_ADDI, 0, 0, 0, <i32>classOf(pc), 0, 0);
  kir(KIR_STA, SCRATCH, 0, 8, <i32>OBJ_CLASS, 0, 0);
  fill(pc, fields);
  otherwise(pc, empty);
}

/** Fields of the object at SCRATCH: zeros, or what a box holds. */
function fill(pc: u32, fields: u32): void {
  const op = opAt(pc);
  if (op == OP_NEW) {
    if (fields != 0) kir(KIR_LI, 0, 0, 0, 0, 0, 0);
    for (let i: u32 = 0; i < fields; i++) kir(KIR_STA, SCRATCH, 0, 8, <i32>(<u32>OBJ_FIELDS + i * 8), 0, 0);
    return;
  }
  let value = use(slotB(pc), pc, 0);
  if (op == OP_BOXB) {
    kir(KIR_SETI, 0, value, 0, 0, COND_NE, 0);
    value = 0;
  }
  kir(KIR_STA, SCRATCH, value, 8, <i32>BOX_VALUE, 0, 0);
}

/** CAST, where the object is of that very class. */
export function castObject(pc: u32): void {
  const slot = slotA(pc);
  dropRegister(SCRATCH);
  dropRegister(KIR_ADDRESS);
  kir(KIR_LDF, 0, 0, 0, <i32>slot, 0, 0);
  const isSome = isNotNull(slot, pc);
  const isNull = kirCount();
  if (!isSome) kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, 0, 0, 0, 0, 0);
  kir(KIR_LDA, SCRATCH, KIR_ADDRESS, 2, <i32>OBJ_CLASS, 0, 0);
  const known = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, fieldBx(pc), COND_EQ, 0);
  runInstead(pc);
  if (!isSome) kirRetarget(isNull, kirCount());
  kirRetarget(known, kirCount());
}
