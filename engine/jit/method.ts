/** One method as the lowering sees it: its instructions, what they read and write, and which slots are live where. */
import {
  builtinMethodFirstParam,
  builtinMethodFlags,
  builtinMethodOwner,
  builtinMethodParamCount,
  builtinMethodResult,
  builtinParamType,
  CLASS_ARRAY,
  TC_TYPE_VAR,
} from '../bytecode/builtins.generated';
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
  IMG_SITE_DYNAMIC,
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
  OP_PUTI,
  OP_GETR,
  OP_ALDR,
  OP_ASTB,
  OP_BNOT,
  OP_REQ,
  OP_NNULL,
  OP_UNBOX,
  OP_LDNULL,
  OP_NOP,
  OP_MOV,
  OP_LDI,
  OP_LDC,
  OP_ILE,
  OP_IADD,
  OP_GPUTI,
  OP_GGET,
  OP_GETI,
  OP_ASTI,
  OP_ALEN,
  OP_ALDI,
  OP_CALLF,
  OP_CALLH,
  OP_CALLI,
  OP_CONV,
  OP_DCALL,
  OP_DGET,
  OP_DOP,
  OP_DPUT,
  OP_DRES,
  OP_CALLN,
  OP_CALLV,
  OP_JMP,
  OP_RET,
  OP_RETV,
  OP_SCAT,
  OP_THROW,
  KX_OFF32,
  operandKind,
} from '../bytecode/opcodes.generated';
import { forgetTargets, virtualArguments } from './targets';

/** Frames that have a bit for each slot in one word. */
export const MAX_SLOTS: u32 = 64;
export const MAX_INSTRUCTIONS: u32 = 1000;

/** Its image, METHOD record and index; its instructions and their number, those of calls that have become part of it included; slots that all of them use. */
export let methodImage: usize = 0;
export let methodRecord: usize = 0;
export let methodIndex: u32 = 0;
export let length: u32 = 0;
export let frame: u32 = 0;

/** What the last `effects` found: slots read; written with a value; without a value any more. */
export let reads: u64 = 0;
export let writes: u64 = 0;
export let spoils: u64 = 0;

/** Slots live in front of each instruction, u64 each. */
let liveTable: usize = 0;

// An instruction: u32 address, u16 body, u16 its place in the body's method.
const PLACE_BYTES: usize = 8;
// A body, the method's own or that of a call: u16 call, u16 instruction behind the body, u16 first slot, u16 body of the call, u32 method.
const BODY_BYTES: usize = 12;
const MAX_BODIES: u32 = 16;
/** Bytes of the tables of `openMethod`. */
export const METHOD_TABLE_BYTES: u32 = 8192;

let places: usize = 0;
let bodies: usize = 0;
let bodyCount: u32 = 0;
/** May calls of the method to itself become part of it? */
let selfInline: bool = false;

function bodyOf(pc: u32): usize {
  return bodies + <usize>load<u16>(places + <usize>pc * PLACE_BYTES, 4) * BODY_BYTES;
}

/** Number of the body that instruction `pc` is in; 0: the method's own. */
export function bodyAt(pc: u32): u32 {
  return <u32>load<u16>(places + <usize>pc * PLACE_BYTES, 4);
}

/** The call that a body stands for; the body that this call is in; first slot of the body's frame; its method. */
export function callOfBody(body: u32): u32 {
  return <u32>load<u16>(bodies + <usize>body * BODY_BYTES);
}
export function outerBody(body: u32): u32 {
  return <u32>load<u16>(bodies + <usize>body * BODY_BYTES, 6);
}
export function baseOfBody(body: u32): u32 {
  return <u32>load<u16>(bodies + <usize>body * BODY_BYTES, 4);
}
export function methodOfBody(body: u32): u32 {
  return load<u32>(bodies + <usize>body * BODY_BYTES, 8);
}

/** Has call `pc` become part of the method? Its body follows it. */
export function isInlined(pc: u32): bool {
  if (pc + 1 >= length || opAt(pc) != OP_CALL) return false;
  const body = bodyAt(pc + 1);
  return body != bodyAt(pc) && body != 0 && callOfBody(body) == pc;
}

function recordOfMethod(index: u32): usize {
  return recordOf(IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
}

function codeOf(index: u32): usize {
  const image = holder(IMG_SEC_METHODS, index);
  return (
    image +
    <usize>word(image, IMG_SEC_CODE) +
    <usize>(word(recordOfMethod(index), IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES)
  );
}

/** Nothing in it calls or asks the runtime, loops, or is unknown; `self`: calls of itself are allowed. */
function isSimple(index: u32, self: bool): bool {
  const record = recordOfMethod(index);
  if (word(record, IMG_METHOD_HANDLER_COUNT) != 0) return false;
  const count = word(record, IMG_METHOD_CODE_COUNT);
  if (count > MAX_INLINED) return false;
  const at = codeOf(index);
  for (let i: u32 = 0; i < count; i++) {
    const instruction = at + ((<usize>i) << 3);
    const op = <i32>load<u16>(instruction);
    if (op >= OPCODES) return false;
    if (op == OP_CALL && self && load<u32>(instruction, 4) == index) continue;
    if (operandKind(op, 0) == K_WIN || op == OP_CALLH || !isPlain(op)) return false;
    if (operandKind(op, 1) == KX_OFF32 && load<i32>(instruction, 4) < 0) return false;
    if (operandKind(op, 2) == K_OFF16 && load<i16>(instruction, 6) < 0) return false;
  }
  return true;
}

/** Does the lowering make records of it, without the runtime? */
function isPlain(op: i32): bool {
  if (op >= OP_IADD && op <= OP_ILE) return true;
  if (operandKind(op, 1) == KX_OFF32 || operandKind(op, 2) == K_OFF16) return true;
  return (
    op == OP_NOP ||
    op == OP_MOV ||
    op == OP_LDI ||
    op == OP_LDC ||
    op == OP_GGET ||
    op == OP_GPUTI ||
    op == OP_GETI ||
    op == OP_GETR ||
    op == OP_PUTI ||
    op == OP_ALEN ||
    op == OP_ALDI ||
    op == OP_ALDR ||
    op == OP_ASTI ||
    op == OP_ASTB ||
    op == OP_BNOT ||
    op == OP_REQ ||
    op == OP_NNULL ||
    op == OP_UNBOX ||
    op == OP_LDNULL ||
    op == OP_RET ||
    op == OP_RETV
  );
}

const MAX_INLINED: u32 = 24;
/** Calls of a method to itself are followed that deep. */
const SELF_DEPTH: u32 = 2;

/** How many bodies of method `index` lie around `body`. */
function nesting(body: u32, index: u32): u32 {
  let depth: u32 = 0;
  for (let b = body; b != 0; b = outerBody(b)) if (methodOfBody(b) == index) depth++;
  return depth;
}

/** May the call of `callee` from within `body`, its window at slot `window`, become part of the method? */
function inlines(body: u32, callee: u32, window: u32): bool {
  if (bodyCount == MAX_BODIES || length + MAX_INLINED > MAX_INSTRUCTIONS / 2) return false;
  if (window + WINDOW_SLOTS + word(recordOfMethod(callee), IMG_METHOD_FRAME) > MAX_SLOTS) return false;
  if (callee == methodIndex) return selfInline && nesting(body, callee) < SELF_DEPTH;
  return body == 0 && isSimple(callee, false);
}

/** Adds the instructions of a body, and of the calls in it that become part of the method. False: too many. */
function addBody(body: u32): bool {
  const method = methodOfBody(body);
  const record = recordOfMethod(method);
  const base = baseOfBody(body);
  const at = codeOf(method);
  const count = word(record, IMG_METHOD_CODE_COUNT);
  if (base + word(record, IMG_METHOD_FRAME) > frame) frame = base + word(record, IMG_METHOD_FRAME);
  for (let i: u32 = 0; i < count; i++) {
    if (length == MAX_INSTRUCTIONS) return false;
    const instruction = at + ((<usize>i) << 3);
    const place = places + <usize>length * PLACE_BYTES;
    store<u32>(place, <u32>instruction);
    store<u16>(place, <u16>body, 4);
    store<u16>(place, <u16>i, 6);
    length++;
    if (<i32>load<u16>(instruction) != OP_CALL) continue;
    const callee = load<u32>(instruction, 4);
    const window = base + <u32>load<u16>(instruction, 2);
    if (!inlines(body, callee, window)) continue;
    const inner = bodyCount;
    const row = bodies + <usize>inner * BODY_BYTES;
    bodyCount++;
    store<u16>(row, <u16>(length - 1));
    store<u16>(row, <u16>(window + WINDOW_SLOTS), 4);
    store<u16>(row, <u16>body, 6);
    store<u32>(row, callee, 8);
    if (!addBody(inner)) return false;
    store<u16>(row, <u16>length, 2);
  }
  return true;
}

/** Looks at method `index`; `tables` has METHOD_TABLE_BYTES bytes. False: it is too large. */
export function openMethod(index: u32, tables: usize): bool {
  methodImage = holder(IMG_SEC_METHODS, index);
  methodRecord = recordIn(methodImage, IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  methodIndex = index;
  places = tables;
  bodies = places + <usize>MAX_INSTRUCTIONS * PLACE_BYTES;
  bodyCount = 1;
  length = 0;
  frame = 0;
  memory.fill(bodies, 0, BODY_BYTES);
  store<u32>(bodies, index, 8);
  forgetTargets();
  selfInline = isSimple(index, true);
  return addBody(0) && frame <= MAX_SLOTS;
}

/** Address of instruction `pc`. */
export function addressOf(pc: u32): usize {
  return <usize>load<u32>(places + <usize>pc * PLACE_BYTES);
}

/** First slot of the frame that instruction `pc` works on. */
export function baseAt(pc: u32): u32 {
  return <u32>load<u16>(bodyOf(pc), 4);
}

/** Its opcode. */
export function opAt(pc: u32): i32 {
  return <i32>load<u16>(addressOf(pc));
}

/** Slots that the operands of `pc` name. */
export function slotA(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 2) + baseAt(pc);
}
export function slotB(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 4) + baseAt(pc);
}
export function slotC(pc: u32): u32 {
  return <u32>load<u16>(addressOf(pc), 6) + baseAt(pc);
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

/** Is it a return from a call that has become part of the method? */
export function isInnerReturn(pc: u32): bool {
  const op = opAt(pc);
  return bodyAt(pc) != 0 && (op == OP_RET || op == OP_RETV);
}

/** The instruction `offset` places behind the one that follows `pc` in its body. */
function within(pc: u32, offset: i32): i32 {
  const body = bodyAt(pc);
  const wanted = <i32>load<u16>(places + <usize>pc * PLACE_BYTES, 6) + 1 + offset;
  // What calls have brought in lies between.
  let at = <i32>pc;
  const step = offset < 0 ? -1 : 1;
  while (bodyAt(<u32>at) != body || <i32>load<u16>(places + <usize>at * PLACE_BYTES, 6) != wanted) at += step;
  return at;
}

/** Where a jump goes; -1: the instruction does not jump. */
export function jumpTarget(pc: u32): i32 {
  const op = opAt(pc);
  if (operandKind(op, 1) == KX_OFF32) return within(pc, fieldBx(pc));
  if (operandKind(op, 2) == K_OFF16) return within(pc, signedC(pc));
  return isInnerReturn(pc) ? <i32>load<u16>(bodyOf(pc), 2) : -1;
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
  if (op == OP_CALLV) return virtualArguments(addressOf(pc));
  if (op == OP_CALLI) return word(recordOf(IMG_SEC_SITES, wide, IMG_SITE_BYTES), IMG_SITE_ARGUMENTS);
  if (op == OP_DCALL || op == OP_DGET || op == OP_DPUT)
    return word(recordOf(IMG_SEC_SITES, wide, IMG_SITE_BYTES), IMG_SITE_ARGUMENTS) & ~IMG_SITE_DYNAMIC;
  if (op == OP_CALLF) return ((wide & IMG_CALL_COUNT_MASK) >> IMG_CALL_COUNT) + 1;
  if (op == OP_CALLN)
    return <u32>builtinMethodParamCount(<i32>wide) + ((builtinMethodFlags(<i32>wide) & 1) != 0 ? 0 : 1);
  return frame;
}

/** Does the native find in the first slot of its window what its caller takes elements for (lib/array.ts)? */
function seesElements(method: i32): bool {
  if (builtinMethodOwner(method) != CLASS_ARRAY) return false;
  if (builtinMethodResult(method) == TC_TYPE_VAR) return true;
  const first = builtinMethodFirstParam(method);
  for (let i = 0; i < builtinMethodParamCount(method); i++) if (builtinParamType(first + i) == TC_TYPE_VAR) return true;
  return false;
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
  const a = slotA(pc);
  if (isInnerReturn(pc)) {
    if (op == OP_RET) {
      reads = bit(a);
      writes = bit(baseAt(pc) - WINDOW_SLOTS);
    }
    return true;
  }
  if (operandKind(op, 0) == K_WIN) {
    if (isInlined(pc)) {
      // The arguments are where the callee's body wants them.
      spoils = range(a, WINDOW_SLOTS) | from(a + WINDOW_SLOTS + argumentCount(pc));
      return true;
    }
    // What DRES finds in the window is its own.
    reads = op == OP_DRES ? range(a, WINDOW_SLOTS) : range(a + WINDOW_SLOTS, argumentCount(pc));
    if (op == OP_CALLN && seesElements(fieldBx(pc))) reads |= bit(a);
    // The callee's frame lies from there on.
    spoils = from(a);
    writes = bit(a);
    return true;
  }
  operand(operandKind(op, 0), a);
  operand(operandKind(op, 1), slotB(pc));
  operand(operandKind(op, 2), slotC(pc));
  if (op == OP_CONV) reads |= bit(a);
  if (op == OP_DOP) reads |= range(slotB(pc), 2);
  if (op == OP_SCAT) reads |= range(slotB(pc), fieldC(pc));
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

/** Where instruction `index` of the method itself is. */
function ownPlace(index: u32): u32 {
  let at = index;
  while (bodyAt(at) != 0 || <u32>load<u16>(places + <usize>at * PLACE_BYTES, 6) != index) at++;
  return at;
}

/** How many handlers the method has; where the code of handler `index` begins. */
export function handlerTargets(): u32 {
  return word(methodRecord, IMG_METHOD_HANDLER_COUNT);
}
export function handlerTarget(index: u32): u32 {
  const at =
    methodImage +
    <usize>word(methodImage, IMG_SEC_HANDLERS) +
    <usize>((word(methodRecord, IMG_METHOD_FIRST_HANDLER) + index) * <u32>IMG_HANDLER_BYTES);
  return ownPlace(word(at, IMG_HANDLER_TARGET));
}

/** What the handlers that cover instruction `inner` need. */
function handlersNeed(inner: u32): u64 {
  const count = word(methodRecord, IMG_METHOD_HANDLER_COUNT);
  if (count == 0) return 0;
  let outer = inner;
  while (bodyAt(outer) != 0) outer = callOfBody(bodyAt(outer));
  const pc = <u32>load<u16>(places + <usize>outer * PLACE_BYTES, 6);
  let live: u64 = 0;
  let at =
    methodImage +
    <usize>word(methodImage, IMG_SEC_HANDLERS) +
    <usize>(word(methodRecord, IMG_METHOD_FIRST_HANDLER) * <u32>IMG_HANDLER_BYTES);
  for (let i: u32 = 0; i < count; i++) {
    if (pc >= word(at, IMG_HANDLER_START) && pc < word(at, IMG_HANDLER_END))
      live |= liveIn(ownPlace(word(at, IMG_HANDLER_TARGET))) & ~bit(word(at, IMG_HANDLER_SLOT));
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
