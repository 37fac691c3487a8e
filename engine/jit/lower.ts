/**
 * Lowering: one method's bytecode to KIR. Numbers lie in registers where `webs.ts` says so, all else in the frame's slots, where the
 * interpreter would have it. Whatever is not done here leaves the frame to the interpreter, at that instruction and with all
 * values in their slots (an exit), or has the runtime do the one instruction (RUN).
 */
import {
  N_DEVICE_REGISTER,
  N_DEVICE_UNREGISTER,
  N_OBJECT_WAIT,
  N_SYSTEM_EVAL,
  N_SYSTEM_EXIT,
} from '../bytecode/builtins.generated';
import { ARR_SIZE, BOX_VALUE, OBJ_CLASS, OBJ_FIELDS, WINDOW_SLOTS } from '../bytecode/layout';
import {
  OP_ALDI,
  OP_ALDR,
  OP_ALEN,
  OP_APUSHB,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTB,
  OP_ASTI,
  OP_ASTR,
  OP_B2S,
  OP_BNOT,
  OP_BOXB,
  OP_BOXI,
  OP_CALL,
  OP_CALLF,
  OP_CALLH,
  OP_CALLI,
  OP_CALLN,
  OP_CALLV,
  OP_CAST,
  OP_ATYPE,
  OP_CONV,
  OP_DOP,
  OP_GETI,
  OP_GETR,
  OP_GGET,
  OP_GPUTI,
  OP_GPUTR,
  OP_I2S,
  OP_IADD,
  OP_IADDI,
  OP_IAND,
  OP_IANDI,
  OP_IDIV,
  OP_IEQ,
  OP_ILE,
  OP_ILT,
  OP_IMOD,
  OP_IMUL,
  OP_IMULI,
  OP_INE,
  OP_INEG,
  OP_INOT,
  OP_IOR,
  OP_ISA,
  OP_ISHL,
  OP_ISHLI,
  OP_ISHR,
  OP_ISHRI,
  OP_ISUB,
  OP_IUSHR,
  OP_IUSHRI,
  OP_IXOR,
  OP_JEQ,
  OP_JEQI,
  OP_JF,
  OP_JGEI,
  OP_JGTI,
  OP_JLE,
  OP_JLEI,
  OP_JLT,
  OP_JLTI,
  OP_JMP,
  OP_JNE,
  OP_JNEI,
  OP_JNNULL,
  OP_JNULL,
  OP_JT,
  OP_LDC,
  OP_LDI,
  OP_LDNULL,
  OP_LDS,
  OP_MOV,
  OP_NEW,
  OP_NEWA,
  OP_NEWAN,
  OP_NNULL,
  OP_NOP,
  OP_PUTI,
  OP_PUTR,
  OP_REQ,
  OP_RET,
  OP_RETV,
  OP_SCAT,
  OP_SCMP,
  OP_SEQ,
  OP_UNBOX,
  OP_VEQ,
} from '../bytecode/opcodes.generated';
import {
  ADDRESS_STATE_BYTES,
  SCRATCH,
  addressOfObject,
  addressesArrive,
  addressesBegin,
  addressesStart,
  addressesStop,
  copyAddress,
  dropRegister,
  dropSlots,
  dropSpoilt,
} from './addresses';
import { findFacts, isNotNull } from './facts';
import {
  COND_EQ,
  COND_GE,
  COND_GT,
  COND_LE,
  COND_LT,
  COND_NE,
  KIR_ADD,
  KIR_ADDI,
  KIR_ADDRC,
  KIR_ADDRESS,
  KIR_AND,
  KIR_ANDI,
  KIR_CALL,
  KIR_CALLED,
  KIR_DIV,
  KIR_DIVI,
  KIR_ENTRIES,
  KIR_EXIT,
  KIR_FUEL,
  KIR_JCC,
  KIR_JCCI,
  KIR_JMP,
  KIR_LDA,
  KIR_LDF,
  KIR_LI,
  KIR_LI64,
  KIR_LOOP,
  KIR_MOD,
  KIR_MODI,
  KIR_MOV,
  KIR_MUL,
  KIR_MULI,
  KIR_NEG,
  KIR_NOT,
  KIR_OR,
  KIR_REACH,
  KIR_RET,
  KIR_RETF,
  KIR_RETV,
  KIR_RUN,
  KIR_SET,
  KIR_SETI,
  KIR_SHL,
  KIR_SHLI,
  KIR_SHR,
  KIR_SHRI,
  KIR_STA,
  KIR_STF,
  KIR_SUB,
  KIR_UNWOUND,
  KIR_USHR,
  KIR_USHRI,
  KIR_WINDOW,
  KIR_XOR,
  kept,
} from './kir';
import {
  LOOP_TABLE_BYTES,
  approachLoops,
  enterLoops,
  findLoops,
  loopCount,
  loopHead,
  planLoops,
  renewKept,
  wideFrame,
} from './loops';
import {
  METHOD_TABLE_BYTES,
  addressOf,
  baseAt,
  baseOfBody,
  bodyAt,
  callOfBody,
  effects,
  fallsThrough,
  fieldB,
  fieldBx,
  fieldC,
  findLiveness,
  isInlined,
  isInnerReturn,
  jumpTarget,
  length,
  liveIn,
  methodOfBody,
  opAt,
  openMethod,
  outerBody,
  signedB,
  signedC,
  slotA,
  slotB,
  slotC,
  spoils,
  writes,
} from './method';
import { REASON_MEMORY, REASON_NOTHING, REASON_OPCODE, REASON_SIZE } from './reasons';
import { asksSeldom, castObject, makeObject, makesFields } from './objects';
import { addressOfElement, append, loadLiteral, storeReference, storesReference } from './references';
import { appendByte, writesByte } from './streams';
import { findTargets, targetClass, targetCount, targetMethod } from './targets';
import { finish, loadAll, spill, storeAll, target, use } from './values';
import { IN_SLOT, constantOf, findWebs, registerAt, webTableBytes } from './webs';
import {
  kir,
  kirBegin,
  kirCount,
  kirEnd,
  kirFull,
  kirPlace,
  kirResolve,
  kirRetarget,
  kirWanted,
  toCode,
  toExit,
  toUnwind,
} from './writer';

/** What an instruction becomes: records, an exit, a RUN, records and a RUN. */
const INLINE: i32 = 0;
const EXIT: i32 = 1;
const RUN: i32 = 2;
/** A call whose target the object decides. */
const DISPATCH: i32 = 3;

/** In place of a window: the runtime was called, not a method. */
const NO_WINDOW: u32 = 0xffff;

/** Methods that the method calls, u32 each; the same may be there more than once. */
export let callees: usize = 0;
export let calleeCount: u32 = 0;
const MAX_CALLEES: u32 = 64;

/** Where the records of the last `lower` begin, header first, and their bytes. */
export let kirStart: usize = 0;
export let kirBytes: u32 = 0;

let globals: usize = 0;
let ints: usize = 0;
let marking: usize = 0;
let literals: usize = 0;
let allocation: usize = 0;
let sizeClasses: usize = 0;

function modeOf(pc: u32): i32 {
  const op = opAt(pc);
  switch (op) {
    case OP_LDS:
    case OP_SEQ:
    case OP_VEQ:
    case OP_SCMP:
    case OP_I2S:
    case OP_B2S:
    case OP_SCAT:
    case OP_NEWA:
    case OP_NEWAN:
    case OP_ASTR:
    case OP_APUSHI:
    case OP_APUSHR:
    case OP_APUSHB:
    case OP_NEW:
    case OP_PUTR:
    case OP_GPUTR:
    case OP_ISA:
    case OP_CAST:
    case OP_BOXI:
    case OP_BOXB:
    case OP_CONV:
    case OP_ATYPE:
    case OP_DOP:
    case OP_CALLH:
      return RUN;
    case OP_CALLV:
    case OP_CALLI:
    case OP_CALLF:
      return DISPATCH;
    case OP_CALLN: {
      // These give the call back to the host, or want the kernel's stack for themselves.
      const id = fieldBx(pc);
      return id == N_OBJECT_WAIT ||
        id == N_SYSTEM_EVAL ||
        id == N_SYSTEM_EXIT ||
        id == N_DEVICE_REGISTER ||
        id == N_DEVICE_UNREGISTER
        ? EXIT
        : RUN;
    }
    case OP_GETI:
    case OP_GETR:
      return <u32>OBJ_FIELDS + fieldC(pc) * 8 <= KIR_REACH ? INLINE : EXIT;
    case OP_PUTI:
      return <u32>OBJ_FIELDS + fieldB(pc) * 8 <= KIR_REACH ? INLINE : EXIT;
    case OP_RET:
    case OP_RETV:
    case OP_CALL:
    case OP_NOP:
    case OP_MOV:
    case OP_LDC:
    case OP_LDNULL:
    case OP_GGET:
    case OP_GPUTI:
    case OP_BNOT:
    case OP_REQ:
    case OP_ALEN:
    case OP_ALDI:
    case OP_ALDR:
    case OP_ASTI:
    case OP_ASTB:
    case OP_NNULL:
    case OP_UNBOX:
    case OP_LDI:
      return INLINE;
    default:
      return (op >= OP_IADD && op <= OP_ILE) || jumpTarget(pc) >= 0 ? INLINE : EXIT;
  }
}

function three(op: i32, pc: u32, t: u32): void {
  const a = use(slotB(pc), pc, 0);
  const b = use(slotC(pc), pc, 1);
  kir(op, target(slotA(pc), pc), a, b, 0, 0, t);
  finish(slotA(pc), pc);
}

function compare(pc: u32, cond: i32): void {
  const a = use(slotB(pc), pc, 0);
  const b = use(slotC(pc), pc, 1);
  kir(KIR_SET, target(slotA(pc), pc), a, b, 0, cond, 0);
  finish(slotA(pc), pc);
}

function withNumber(op: i32, pc: u32): void {
  const a = use(slotB(pc), pc, 0);
  kir(op, target(slotA(pc), pc), a, 0, signedC(pc), 0, 0);
  finish(slotA(pc), pc);
}

function opposite(cond: i32): i32 {
  switch (cond) {
    case COND_EQ:
      return COND_NE;
    case COND_NE:
      return COND_EQ;
    case COND_LT:
      return COND_GE;
    case COND_LE:
      return COND_GT;
    case COND_GT:
      return COND_LE;
    default:
      return COND_LT;
  }
}

/** The jump `pc` goes back to instruction `to`. */
function goBack(pc: u32, to: u32): void {
  renewKept(to);
  kir(KIR_LOOP, 0, 0, 0, 1, <i32>to, toExit(pc));
}

/** Goes to where the jump `pc` goes if `a cond b`, or `a cond x` with b = -1. */
function jumpIf(pc: u32, cond: i32, a: i32, b: i32, x: i32): void {
  const to = <u32>jumpTarget(pc);
  const back: bool = to <= pc;
  const place = toCode(back ? pc + 1 : to);
  const actual = back ? opposite(cond) : cond;
  if (b < 0) kir(KIR_JCCI, 0, a, 0, x, actual, place);
  else kir(KIR_JCC, 0, a, b, 0, actual, place);
  if (back) goBack(pc, to);
}

function jumpZero(pc: u32, cond: i32): void {
  jumpIf(pc, cond, use(slotA(pc), pc, 0), -1, 0);
}

function jumpTwo(pc: u32, cond: i32): void {
  const a = use(slotA(pc), pc, 0);
  jumpIf(pc, cond, a, use(slotB(pc), pc, 1), 0);
}

function jumpNumber(pc: u32, cond: i32): void {
  jumpIf(pc, cond, use(slotA(pc), pc, 0), -1, signedB(pc));
}

/** Loads `bytes` bytes at the address in a register + x into slot A. */
function loadTo(pc: u32, address: i32, x: u32, bytes: i32): void {
  kir(KIR_LDA, target(slotA(pc), pc), address, bytes, <i32>x, 0, 0);
  finish(slotA(pc), pc);
}

/** A division; by a number that is known it needs no tests. */
function divide(op: i32, pc: u32): void {
  const divisor = constantOf(slotC(pc), pc);
  if (divisor < 1) {
    three(op, pc, toExit(pc));
    return dropRegister(KIR_ADDRESS);
  }
  const a = use(slotB(pc), pc, 0);
  kir(op == KIR_DIV ? KIR_DIVI : KIR_MODI, target(slotA(pc), pc), a, 0, divisor, 0, 0);
  finish(slotA(pc), pc);
}

/** KIR_ADDRESS := where global `index` lies. */
function goToGlobal(index: u32): i32 {
  dropRegister(KIR_ADDRESS);
  kir(KIR_ADDRC, KIR_ADDRESS, 0, 0, <i32>(globals + ((<usize>index) << 3)), 0, 0);
  return KIR_ADDRESS;
}

/** A call that has become part of the method: its fuel. */
function enterInlined(pc: u32): void {
  kir(KIR_FUEL, 0, 0, 0, 1, 0, 0);
}

/** A return from such a call. */
function leaveInlined(pc: u32): void {
  const slot = baseAt(pc) - WINDOW_SLOTS;
  if (opAt(pc) == OP_RET) {
    const to = registerAt(slot, pc * 2 + 1);
    const from = registerAt(slotA(pc), pc * 2);
    if (to == IN_SLOT) kir(KIR_STF, 0, use(slotA(pc), pc, 0), 0, <i32>slot, 0, 0);
    else if (from == IN_SLOT) kir(KIR_LDF, to, 0, 0, <i32>slotA(pc), 0, 0);
    else if (to != from) kir(KIR_MOV, to, from, 0, 0, 0, 0);
  }
  dropSlots((<u64>1) << (<u64>slot));
  kir(KIR_JMP, 0, 0, 0, 0, 0, toCode(<u32>jumpTarget(pc)));
}

/** Writes the windows of the calls around `pc` that have become part of the method. */
function windows(pc: u32): void {
  for (let body = bodyAt(pc); body != 0; body = outerBody(body)) {
    const at = callOfBody(body);
    kir(
      KIR_WINDOW,
      0,
      <i32>baseAt(at),
      0,
      <i32>(baseOfBody(body) - WINDOW_SLOTS),
      <i32>(addressOf(at) + 8),
      methodOfBody(body),
    );
  }
}

function addCallee(method: u32): void {
  if (calleeCount == MAX_CALLEES) return;
  store<u32>(callees + ((<usize>calleeCount) << 2), method);
  calleeCount++;
}

function call(pc: u32): void {
  const callee = <u32>fieldBx(pc);
  addCallee(callee);
  const window = slotA(pc);
  spill(pc);
  kir(KIR_CALL, 0, <i32>baseAt(pc), 0, <i32>window, <i32>callee, toExit(pc));
  kir(KIR_CALLED, 0, 0, 0, <i32>(addressOf(pc) + 8), 0, toUnwind(pc));
  leaveSpoilt(pc);
  reload(window, pc);
}

/** A slot that the call wrote goes to its register. */
function reload(slot: u32, pc: u32): void {
  const register = registerAt(slot, pc * 2 + 1);
  if (register != IN_SLOT) kir(KIR_LDF, register, 0, 0, <i32>slot, 0, 0);
}

function runOne(pc: u32): void {
  const op = opAt(pc);
  if (storesReference(pc)) return storeReference(pc, globals, marking);
  if (op == OP_LDS) return loadLiteral(pc, literals);
  if (makesFields(op)) return makeObject(pc, allocation, sizeClasses);
  if (op == OP_CAST) return castObject(pc);
  if (op == OP_APUSHI || op == OP_APUSHB || op == OP_APUSHR) return append(pc);
  if (writesByte(pc)) return appendByte(pc);
  spill(pc);
  kir(KIR_RUN, 0, 0, 0, <i32>addressOf(pc), opAt(pc) == OP_CALLH ? 1 : 0, toUnwind(pc));
  effects(pc);
  if ((writes & ((<u64>1) << (<u64>slotA(pc)))) != 0) reload(slotA(pc), pc);
  leaveSpoilt(pc);
}

/** Behind a call: what is still known of addresses. */
function leaveSpoilt(pc: u32): void {
  dropSpoilt();
  effects(pc);
  dropSlots(writes | spoils);
}

/** In SCRATCH: the class of the object in slot `slot`; exits if there is none. */
function loadClass(slot: u32, pc: u32): void {
  const object = addressOfObject(slot, pc, false, true);
  dropRegister(SCRATCH);
  kir(KIR_LDA, SCRATCH, object, 2, <i32>OBJ_CLASS, 0, 0);
}

/** Calls `method`, which the class in register 1 asks for, and goes on; what to do when it comes to an exit follows. */
function callTarget(pc: u32, method: u32): void {
  const window = slotA(pc);
  const isReloaded = registerAt(window, pc * 2 + 1) != IN_SLOT;
  kir(KIR_CALL, 0, <i32>baseAt(pc), 0, <i32>window, <i32>method, toExit(pc));
  kir(KIR_CALLED, 0, 0, 0, <i32>(addressOf(pc) + 8), 0, kirCount() + (isReloaded ? 3 : 2));
  reload(window, pc);
  kir(KIR_JMP, 0, 0, 0, 0, 0, toCode(pc + 1));
  unwind(pc, window, method);
}

/** The object decides what is called: its class is compared with those that are expected; for another one the runtime looks. */
function dispatch(pc: u32): void {
  spill(pc);
  findTargets(addressOf(pc));
  if (targetCount != 0) loadClass(slotA(pc) + WINDOW_SLOTS, pc);
  leaveSpoilt(pc);
  let i: u32 = 0;
  while (i < targetCount) {
    const method = targetMethod(i);
    addCallee(method);
    let last = i;
    while (last + 1 < targetCount && targetMethod(last + 1) == method) last++;
    const at = kirCount() + last - i + 1;
    for (; i < last; i++) kir(KIR_JCCI, 0, SCRATCH, 0, <i32>targetClass(i), COND_EQ, at);
    kir(KIR_JCCI, 0, SCRATCH, 0, <i32>targetClass(last), COND_NE, 0);
    callTarget(pc, method);
    kirRetarget(at - 1, kirCount());
    i = last + 1;
  }
  kir(KIR_RUN, 0, 0, 0, <i32>addressOf(pc), 0, toUnwind(pc));
  reload(slotA(pc), pc);
}

function giveBack(pc: u32): void {
  const register = registerAt(slotA(pc), pc * 2);
  if (register != IN_SLOT) kir(KIR_RET, 0, register, 0, 0, 0, 0);
  else kir(KIR_RETF, 0, 0, 0, <i32>slotA(pc), 0, 0);
}

function move(pc: u32): void {
  const from = registerAt(slotB(pc), pc * 2);
  const to = registerAt(slotA(pc), pc * 2 + 1);
  if (to == IN_SLOT) kir(KIR_STF, 0, use(slotB(pc), pc, 0), 0, <i32>slotA(pc), 0, 0);
  else if (from == IN_SLOT) kir(KIR_LDF, to, 0, 0, <i32>slotB(pc), 0, 0);
  else if (to != from) kir(KIR_MOV, to, from, 0, 0, 0, 0);
}

/** A register with the address of the object in a slot. */
function object(slot: u32, pc: u32): i32 {
  return addressOfObject(slot, pc, true, true);
}

/** Records of an instruction whose mode is INLINE. */
function inline_(pc: u32): void {
  const op = opAt(pc);
  const a = slotA(pc);
  switch (op) {
    case OP_NOP:
      return;
    case OP_MOV:
      return move(pc);
    case OP_LDI:
      kir(KIR_LI, target(a, pc), 0, 0, fieldBx(pc), 0, 0);
      return finish(a, pc);
    case OP_LDC: {
      const value = load<i64>(ints + ((<usize>(<u32>fieldBx(pc))) << 3));
      kir(KIR_LI64, target(a, pc), 0, 0, <i32>value, <i32>(value >> 32), 0);
      return finish(a, pc);
    }
    case OP_LDNULL:
      kir(KIR_LI, 0, 0, 0, 0, 0, 0);
      return kir(KIR_STF, 0, 0, 0, <i32>a, 0, 0);
    case OP_GGET:
      return loadTo(pc, goToGlobal(<u32>fieldBx(pc)), 0, 8);
    case OP_GPUTI: {
      const from = use(a, pc, 0);
      return kir(KIR_STA, goToGlobal(<u32>fieldBx(pc)), from, 8, 0, 0, 0);
    }
    case OP_IADD:
      return three(KIR_ADD, pc, 0);
    case OP_ISUB:
      return three(KIR_SUB, pc, 0);
    case OP_IMUL:
      return three(KIR_MUL, pc, 0);
    case OP_IDIV:
      return divide(KIR_DIV, pc);
    case OP_IMOD:
      return divide(KIR_MOD, pc);
    case OP_IAND:
      return three(KIR_AND, pc, 0);
    case OP_IOR:
      return three(KIR_OR, pc, 0);
    case OP_IXOR:
      return three(KIR_XOR, pc, 0);
    case OP_ISHL:
      return three(KIR_SHL, pc, 0);
    case OP_ISHR:
      return three(KIR_SHR, pc, 0);
    case OP_IUSHR:
      return three(KIR_USHR, pc, 0);
    case OP_INEG:
    case OP_INOT: {
      const from = use(slotB(pc), pc, 0);
      kir(op == OP_INEG ? KIR_NEG : KIR_NOT, target(a, pc), from, 0, 0, 0, 0);
      return finish(a, pc);
    }
    case OP_BNOT: {
      const from = use(slotB(pc), pc, 0);
      kir(KIR_SETI, target(a, pc), from, 0, 0, COND_EQ, 0);
      return finish(a, pc);
    }
    case OP_IADDI:
      return withNumber(KIR_ADDI, pc);
    case OP_IMULI:
      return withNumber(KIR_MULI, pc);
    case OP_IANDI:
      return withNumber(KIR_ANDI, pc);
    case OP_ISHLI:
      return withNumber(KIR_SHLI, pc);
    case OP_ISHRI:
      return withNumber(KIR_SHRI, pc);
    case OP_IUSHRI:
      return withNumber(KIR_USHRI, pc);
    case OP_IEQ:
    case OP_REQ:
      return compare(pc, COND_EQ);
    case OP_INE:
      return compare(pc, COND_NE);
    case OP_ILT:
      return compare(pc, COND_LT);
    case OP_ILE:
      return compare(pc, COND_LE);
    case OP_JMP:
      if (<u32>jumpTarget(pc) <= pc) return goBack(pc, <u32>jumpTarget(pc));
      return kir(KIR_JMP, 0, 0, 0, 0, 0, toCode(<u32>jumpTarget(pc)));
    case OP_JT:
    case OP_JNNULL:
      return jumpZero(pc, COND_NE);
    case OP_JF:
    case OP_JNULL:
      return jumpZero(pc, COND_EQ);
    case OP_JEQ:
      return jumpTwo(pc, COND_EQ);
    case OP_JNE:
      return jumpTwo(pc, COND_NE);
    case OP_JLT:
      return jumpTwo(pc, COND_LT);
    case OP_JLE:
      return jumpTwo(pc, COND_LE);
    case OP_JEQI:
      return jumpNumber(pc, COND_EQ);
    case OP_JNEI:
      return jumpNumber(pc, COND_NE);
    case OP_JLTI:
      return jumpNumber(pc, COND_LT);
    case OP_JLEI:
      return jumpNumber(pc, COND_LE);
    case OP_JGTI:
      return jumpNumber(pc, COND_GT);
    case OP_JGEI:
      return jumpNumber(pc, COND_GE);
    case OP_ALEN:
      return loadTo(pc, object(slotB(pc), pc), <u32>ARR_SIZE, 4);
    case OP_ALDI:
    case OP_ALDR:
      return loadTo(pc, addressOfElement(pc, slotB(pc), slotC(pc), op == OP_ALDR), 0, 8);
    case OP_ASTI:
    case OP_ASTB: {
      const to = addressOfElement(pc, a, slotB(pc), false);
      return kir(KIR_STA, to, use(slotC(pc), pc, SCRATCH), 8, 0, 0, 0);
    }
    case OP_GETI:
    case OP_GETR:
      return loadTo(pc, object(slotB(pc), pc), <u32>OBJ_FIELDS + fieldC(pc) * 8, 8);
    case OP_PUTI: {
      const to = object(a, pc);
      return kir(KIR_STA, to, use(slotC(pc), pc, 0), 8, <i32>(<u32>OBJ_FIELDS + fieldB(pc) * 8), 0, 0);
    }
    case OP_UNBOX:
      return loadTo(pc, object(slotB(pc), pc), <u32>BOX_VALUE, 8);
    case OP_NNULL:
      if (isNotNull(a, pc)) return;
      return kir(KIR_JCCI, 0, use(a, pc, 0), 0, 0, COND_EQ, toExit(pc));
    case OP_CALL:
      return isInlined(pc) ? enterInlined(pc) : call(pc);
    case OP_RET:
      return isInnerReturn(pc) ? leaveInlined(pc) : giveBack(pc);
    default:
      if (isInnerReturn(pc)) leaveInlined(pc);
      else kir(KIR_RETV, 0, 0, 0, 0, 0, 0);
  }
}

/** Call `pc` of `method`, its window at slot `window`, has come to an exit. */
function unwind(pc: u32, window: u32, method: u32): void {
  effects(pc);
  storeAll(liveIn(pc) & ~spoils, pc, kept, 255);
  windows(pc);
  kir(KIR_UNWOUND, 0, <i32>baseAt(pc), 0, <i32>window, <i32>(addressOf(pc) + 8), method);
}

/** Where exits and unwound calls go: all values to their slots, then out. */
function stubs(): void {
  for (let pc: u32 = 0; pc < length; pc++) {
    if (kirWanted(toExit(pc))) {
      kirPlace(toExit(pc));
      storeAll(liveIn(pc), pc, 0, 255);
      windows(pc);
      kir(KIR_EXIT, 0, <i32>baseAt(pc), 0, <i32>addressOf(pc), 0, 0);
    }
    if (!kirWanted(toUnwind(pc))) continue;
    kirPlace(toUnwind(pc));
    if (opAt(pc) == OP_CALL) unwind(pc, slotA(pc), <u32>fieldBx(pc));
    else unwind(pc, NO_WINDOW, 0);
  }
}

/** Behind the records of `pc`: what is known of addresses there. */
function leave(pc: u32, mode: i32): void {
  effects(pc);
  dropSlots(writes | spoils);
  if (opAt(pc) == OP_MOV) copyAddress(slotB(pc), slotA(pc));
  if (mode == EXIT || !fallsThrough(pc)) addressesStop();
}

/**
 * Lowers method `index`. `work … limit` is free memory, 8-aligned; `globalsAt` and `intsAt` are where the globals and the integer constants
 * lie, `markingAt` where a u32 is 0 unless a collection is marking, `literalsAt` where the references to texts of the images lie,
 * `allocationAt` what objects are made from, `sizeClassesAt` the number of a block's size for each size in units of 8 bytes.
 * 0: the records are at `kirStart`, `kirBytes` long; or a REASON_*.
 */
export function lower(
  index: u32,
  work: usize,
  limit: usize,
  globalsAt: usize,
  intsAt: usize,
  markingAt: usize,
  literalsAt: usize,
  allocationAt: usize,
  sizeClassesAt: usize,
): i32 {
  calleeCount = 0;
  globals = globalsAt;
  ints = intsAt;
  marking = markingAt;
  literals = literalsAt;
  allocation = allocationAt;
  sizeClasses = sizeClassesAt;
  if (work + <usize>METHOD_TABLE_BYTES > limit) return REASON_MEMORY;
  if (!openMethod(index, work)) return REASON_SIZE;
  const live = work + <usize>METHOD_TABLE_BYTES;
  const calls = live + ((<usize>length) << 3);
  const places = (calls + <usize>length + 7) & ~(<usize>7);
  callees = places + <usize>length * 12;
  const entries = callees + ((<usize>MAX_CALLEES) << 2);
  const facts = (entries + ((<usize>KIR_ENTRIES) << 2) + 7) & ~(<usize>7);
  const states = facts + ((<usize>length) << 3);
  const loops = states + <usize>(length * ADDRESS_STATE_BYTES);
  const tables = loops + <usize>LOOP_TABLE_BYTES;
  kirStart = (tables + <usize>webTableBytes(length) + 15) & ~(<usize>15);
  if (kirStart + 4096 > limit) return REASON_MEMORY;
  if (!findLiveness(live)) return REASON_OPCODE;
  let inlined: u32 = 0;
  for (let pc: u32 = 0; pc < length; pc++) {
    const mode = modeOf(pc);
    if (mode == INLINE || mode == DISPATCH) inlined += 2;
    else if (mode == RUN) inlined++;
    store<u8>(
      calls + <usize>pc,
      (mode == RUN && !asksSeldom(pc)) || mode == DISPATCH || (opAt(pc) == OP_CALL && !isInlined(pc)) ? 1 : 0,
    );
  }
  if (modeOf(0) == EXIT || inlined < length) return REASON_NOTHING;
  if (!findWebs(tables, calls) || !findLoops(loops)) return REASON_SIZE;
  findFacts(facts);
  planLoops(calls);

  kirBegin(kirStart, limit, places, length);
  addressesBegin(states, calls);
  for (let i: u32 = 0; i < loopCount; i++) {
    store<u32>(entries + ((<usize>(i + 1)) << 2), kirCount());
    const head = loopHead(i);
    addressesStart();
    enterLoops(head);
    loadAll(head);
    kir(KIR_JMP, 0, 0, 0, 0, 0, toCode(head));
  }
  store<u32>(entries, kirCount());
  addressesStart();
  loadAll(0);
  for (let pc: u32 = 0; pc < length; pc++) {
    addressesArrive(pc);
    kirPlace(toCode(pc));
    approachLoops(pc, true);
    const mode = modeOf(pc);
    if (mode == INLINE) inline_(pc);
    else if (mode == RUN) runOne(pc);
    else if (mode == DISPATCH) dispatch(pc);
    else kir(KIR_JMP, 0, 0, 0, 0, 0, toExit(pc));
    leave(pc, mode);
    approachLoops(pc, false);
  }
  stubs();
  if (kirFull) return REASON_MEMORY;
  if (!kirResolve()) return REASON_SIZE;
  kirBytes = kirEnd(index, wideFrame, entries, loopCount + 1);
  return 0;
}
