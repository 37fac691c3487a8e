/** One method as the lowering sees it: its instructions, what they read and write, and which slots are live where. */
import { builtinMethodFlags, builtinMethodParamCount } from '../bytecode/builtins.generated';
import {
  IMG_CALL_COUNT,
  IMG_CALL_COUNT_MASK,
  IMG_HANDLER_BYTES,
  IMG_HANDLER_END,
  IMG_HANDLER_SLOT,
  IMG_HANDLER_START,
  IMG_HANDLER_TARGET,
  IMG_HOSTCALL_ARGUMENTS,
  IMG_HOSTCALL_BYTES,
  IMG_INSTRUCTION_BYTES,
  IMG_METHOD_BYTES,
  IMG_METHOD_CODE_COUNT,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FIRST_HANDLER,
  IMG_METHOD_FRAME,
  IMG_METHOD_HANDLER_COUNT,
  IMG_METHOD_PARAMS,
  IMG_SEC_CODE,
  IMG_SEC_HANDLERS,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SITE_ARGUMENTS,
  IMG_SITE_BYTES,
} from '../bytecode/image';
import { holder, recordIn, recordOf } from '../bytecode/images';
import { WINDOW_SLOTS } from '../bytecode/layout';
import { word } from '../bytecode/records';
import {
  K_OFF16,
  K_R,
  K_RI,
  K_RR,
  K_W,
  K_WI,
  K_WIN,
  K_WR,
  OPCODES,
  OP_CALL,
  OP_CALLF,
  OP_CALLH,
  OP_CALLI,
  OP_CALLN,
  OP_JMP,
  OP_RET,
  OP_RETV,
  OP_SCAT,
  OP_THROW,
  KX_OFF32,
  operandKind,
} from '../bytecode/opcodes.generated';

/** Frames that have a bit for each slot in one word. */
export const MAX_SLOTS: u32 = 64;
export const MAX_INSTRUCTIONS: u32 = 1000;

/** Its image, METHOD record, index, instructions and their number, slots of its frame. */
export let methodImage: usize = 0;
export let methodRecord: usize = 0;
export let methodIndex: u32 = 0;
export let code: usize = 0;
export let length: u32 = 0;
export let frame: u32 = 0;

/** What the last `effects` found: slots read; written with a value; without a value any more. */
export let reads: u64 = 0;
export let writes: u64 = 0;
export let spoils: u64 = 0;

/** Slots live in front of each instruction, u64 each. */
let liveTable: usize = 0;

/** Looks at method `index`. */
export function openMethod(index: u32): void {
  methodImage = holder(IMG_SEC_METHODS, index);
  methodRecord = recordIn(methodImage, IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  methodIndex = index;
  length = word(methodRecord, IMG_METHOD_CODE_COUNT);
  frame = word(methodRecord, IMG_METHOD_FRAME);
  code =
    methodImage +
    <usize>word(methodImage, IMG_SEC_CODE) +
    <usize>(word(methodRecord, IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES);
}

/** Address of instruction `pc`. */
export function addressOf(pc: u32): usize {
  return code + ((<usize>pc) << 3);
}

/** Its opcode. */
export function opAt(pc: u32): i32 {
  return <i32>load<u16>(addressOf(pc));
}

export function fieldA(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 2);
}
export function fieldB(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 4);
}
export function fieldC(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 6);
}
/** B as a signed number. */
export function signedB(pc: u32): i32 {
  return <i32>load<i16>(addressOf(pc), 4);
}
/** C as a signed number. */
export function signedC(pc: u32): i32 {
  return <i32>load<i16>(addressOf(pc), 6);
}
/** B and C as one number. */
export function fieldBx(pc: u32): i32 {
  return load<i32>(addressOf(pc), 4);
}

/** Where a jump goes; -1: the instruction does not jump. */
export function jumpTarget(pc: u32): i32 {
  const op = opAt(pc);
  if (operandKind(op, 1) == KX_OFF32) return <i32>pc + 1 + fieldBx(pc);
  return operandKind(op, 2) == K_OFF16 ? <i32>pc + 1 + signedC(pc) : -1;
}

/** Does the instruction behind `pc` follow it? */
export function fallsThrough(pc: u32): bool {
  const op = opAt(pc);
  return op != OP_JMP && op != OP_RET && op != OP_RETV && op != OP_THROW;
}

function bit(slot: u32): u64 {
  return slot < MAX_SLOTS ? (<u64>1) << (<u64>slot) : 0;
}

/** Bits of the slots from `slot` on. */
function from(slot: u32): u64 {
  return slot < MAX_SLOTS ? (<u64>-1) << (<u64>slot) : 0;
}

function range(first: u32, count: u32): u64 {
  return from(first) & ~from(first + count);
}

/** Arguments in the window of call `pc`, `this` included; all that may be, where the instruction does not say. */
export function argumentCount(pc: u32): u32 {
  const op = opAt(pc);
  const wide = <u32>fieldBx(pc);
  if (op == OP_CALL) return word(recordOf(IMG_SEC_METHODS, wide, IMG_METHOD_BYTES), IMG_METHOD_PARAMS);
  if (op == OP_CALLI) return word(recordOf(IMG_SEC_SITES, wide, IMG_SITE_BYTES), IMG_SITE_ARGUMENTS);
  if (op == OP_CALLF) return ((wide & IMG_CALL_COUNT_MASK) >> IMG_CALL_COUNT) + 1;
  if (op == OP_CALLN)
    return <u32>builtinMethodParamCount(<i32>wide) + ((builtinMethodFlags(<i32>wide) & 1) != 0 ? 0 : 1);
  return frame;
}

function operand(kind: i32, slot: u32): void {
  if (kind == K_WI || kind == K_WR || kind == K_W) writes |= bit(slot);
  else if (kind == K_RI || kind == K_RR || kind == K_R) reads |= bit(slot);
}

/** Finds what instruction `pc` does to the slots; false: nobody here knows its opcode. */
export function effects(pc: u32): bool {
  const op = opAt(pc);
  reads = 0;
  writes = 0;
  spoils = 0;
  if (op >= OPCODES) return false;
  const a = fieldA(pc);
  if (operandKind(op, 0) == K_WIN) {
    reads = range(a + WINDOW_SLOTS, argumentCount(pc));
    // The callee's frame lies from there on.
    spoils = from(a);
    writes = bit(a);
    return true;
  }
  operand(operandKind(op, 0), a);
  operand(operandKind(op, 1), fieldB(pc));
  operand(operandKind(op, 2), fieldC(pc));
  if (op == OP_SCAT) reads |= range(fieldB(pc), fieldC(pc));
  if (op == OP_CALLH)
    reads |= range(a, word(recordOf(IMG_SEC_HOSTCALLS, <u32>fieldBx(pc), IMG_HOSTCALL_BYTES), IMG_HOSTCALL_ARGUMENTS));
  return true;
}

/** Slots live in front of instruction `pc`. */
export function liveIn(pc: u32): u64 {
  return load<u64>(liveTable + ((<usize>pc) << 3));
}

/** Slots live behind it. */
export function liveOut(pc: u32): u64 {
  let live: u64 = fallsThrough(pc) && pc + 1 < length ? liveIn(pc + 1) : 0;
  const target = jumpTarget(pc);
  if (target >= 0) live |= liveIn(<u32>target);
  return live;
}

/** What the handlers that cover `pc` need. */
function handlersNeed(pc: u32): u64 {
  let live: u64 = 0;
  const count = word(methodRecord, IMG_METHOD_HANDLER_COUNT);
  let at =
    methodImage +
    <usize>word(methodImage, IMG_SEC_HANDLERS) +
    <usize>(word(methodRecord, IMG_METHOD_FIRST_HANDLER) * <u32>IMG_HANDLER_BYTES);
  for (let i: u32 = 0; i < count; i++) {
    if (pc >= word(at, IMG_HANDLER_START) && pc < word(at, IMG_HANDLER_END))
      live |= liveIn(word(at, IMG_HANDLER_TARGET)) & ~bit(word(at, IMG_HANDLER_SLOT));
    at += <usize>IMG_HANDLER_BYTES;
  }
  return live;
}

/** Fills `table`, a u64 for each instruction. False: there is an unknown opcode. */
export function findLiveness(table: usize): bool {
  liveTable = table;
  memory.fill(table, 0, (<usize>length) << 3);
  let changed = true;
  while (changed) {
    changed = false;
    for (let i: u32 = length; i > 0; i--) {
      const pc = i - 1;
      if (!effects(pc)) return false;
      const live = (liveOut(pc) & ~writes & ~spoils) | reads | handlersNeed(pc);
      if (live == liveIn(pc)) continue;
      store<u64>(table + ((<usize>pc) << 3), live);
      changed = true;
    }
  }
  return true;
}
