/**
 * The method being generated: its instructions, labels, handlers, lines and registers. What all methods share
 * (strings, integers) is here too. Labels are patched when the method ends.
 */
import { K0902_TOO_MANY } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { lineOf } from '../diagnostics/lines';
import { builtinMethodFlags } from '../bytecode/builtins.generated';
import {
  IMG_KIND_OF_FLOAT,
  IMG_MAX_FRAME_SLOTS,
  IMG_SEC_INTS,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
  IMG_SITE_DYNAMIC,
} from '../bytecode/image';
import { total } from '../bytecode/images';
import {
  OP_CALLN,
  OP_FIRST_USER,
  OP_JMP,
  OP_LAST_USER,
  OP_LDC,
  OP_LDI,
  OP_LDS,
  OP_NEWA,
  OP_NEWAN,
} from '../bytecode/opcodes.generated';
import { TextMap } from '../check/lookup';
import { Text, internLiteral } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';

/** All instructions, 8 bytes each. */
export const code = new ByteVector(4096);
/** Words of the image's HANDLERS and LINES. */
export const handlers = new IntVector(64);
export const lines = new IntVector(256);
/** Texts of the image's STRINGS in order, and longs of its INTS. */
export const strings = new IntVector(128);
export const ints = new ByteVector(256);

/** Words of the image's SITES, without those of the cache: what is called, arguments. */
export const sites = new IntVector(64);

const stringIndex = new TextMap();

// The running method: where its code begins, and what is known of its registers.
let firstCode: i32 = 0;
let firstLine: i32 = 0;
let firstHandler: i32 = 0;
let top: i32 = 0;
let highest: i32 = 0;
let line: i32 = 0;
// Source position of the running statement, for limits.
let position: i32 = 0;
let overflow: bool = false;

// Per label its pc or -1; per fixup the pc of the jump, the label, and whether the offset is Bx (1) or C (0).
const labels = new IntVector(64);
const fixups = new IntVector(128);

/** Begins a method whose first `registers` slots are its parameters. */
export function startMethod(registers: i32): void {
  firstCode = code.length >> 3;
  firstLine = lines.length >> 1;
  firstHandler = handlers.length / 5;
  top = registers;
  highest = registers;
  line = 0;
  overflow = false;
  labels.length = 0;
  fixups.length = 0;
}

/** Ends the method: patches its jumps. */
export function endMethod(): void {
  for (let i = 0; i < fixups.length; i += 3) {
    const at = fixups.get(i);
    const offset = labels.get(fixups.get(i + 1)) - at - 1;
    const word = (firstCode + at) * 8 + 4;
    if (fixups.get(i + 2) == 1) code.setWord(word, offset);
    else {
      if (offset < -32768 || offset > 32767) tooMany('instructions between a jump and its target', '32767');
      code.setWord(word, (code.getWord(word) & 0xffff) | (offset << 16));
    }
  }
}

export function methodFirstCode(): i32 {
  return firstCode;
}
export function methodFirstLine(): i32 {
  return firstLine;
}
export function methodFirstHandler(): i32 {
  return firstHandler;
}
/** Frame slots of the method so far. */
export function frameSlots(): i32 {
  return highest;
}

function tooMany(what: string, most: string): void {
  if (overflow) return;
  overflow = true;
  report(K0902_TOO_MANY, position, position + 1, internLiteral(what), internLiteral(most));
}

// ---- instructions ----

/** In a native's flags: the kernel does not have it. */
const USER_ONLY: i32 = 8;

/** The next instruction's pc, relative to the method. */
export function here(): i32 {
  return (code.length >> 3) - firstCode;
}

/** Does the code so far need floats of the virtual machine (IMG_NEEDS_FLOATS)? */
export let needsFloats: bool = false;

export function emit(op: i32, a: i32, b: i32, c: i32): void {
  if (op >= OP_FIRST_USER && op <= OP_LAST_USER) needsFloats = true;
  if (op == OP_NEWA && b == <i32>IMG_KIND_OF_FLOAT) needsFloats = true;
  if (op == OP_NEWAN && c == <i32>IMG_KIND_OF_FLOAT) needsFloats = true;
  code.word((op & 0xffff) | (a << 16));
  code.word((b & 0xffff) | (c << 16));
}

export function emitWide(op: i32, a: i32, bx: i32): void {
  if (op == OP_CALLN && (builtinMethodFlags(bx) & USER_ONLY) != 0) needsFloats = true;
  code.word((op & 0xffff) | (a << 16));
  code.word(bx);
}

/** Notes that what follows belongs to the source at `offset`. */
export function atSource(offset: i32): void {
  position = offset;
  const number = lineOf(offset);
  if (number == line) return;
  line = number;
  const pc = here();
  // A second entry for one pc replaces the first.
  if (lines.length >> 1 > firstLine && lines.get(lines.length - 2) == pc) {
    lines.set(lines.length - 1, number);
    return;
  }
  lines.push(pc);
  lines.push(number);
}

/** Does the code so far look up members of an Any? */
export let namesMembers: bool = false;

/** A new place where member `name` of an Any is looked up, with so many arguments, the object included. */
export function newDynamicSite(name: Text, count: i32): i32 {
  namesMembers = true;
  return newSite(stringConstant(name), (<i32>IMG_SITE_DYNAMIC) | count);
}

/** A new place where a call looks up its method: `what` is called, with so many arguments, the object included. */
export function newSite(what: i32, count: i32): i32 {
  sites.push(what);
  sites.push(count);
  return <i32>total(IMG_SEC_SITES) + (sites.length >> 1) - 1;
}

// ---- labels ----

export function newLabel(): i32 {
  labels.push(-1);
  return labels.length - 1;
}

/** The label is here. */
export function place(label: i32): void {
  labels.set(label, here());
}

/** A jump whose offset is Bx. */
export function jumpWide(op: i32, a: i32, label: i32): void {
  addFixup(label, 1);
  emitWide(op, a, 0);
}

/** A compare-and-jump whose offset is C. */
export function jumpCompare(op: i32, a: i32, b: i32, label: i32): void {
  addFixup(label, 0);
  emit(op, a, b, 0);
}

export function jump(label: i32): void {
  jumpWide(OP_JMP, 0, label);
}

function addFixup(label: i32, wide: i32): void {
  fixups.push(here());
  fixups.push(label);
  fixups.push(wide);
}

/** An exception handler for `start` … `end` - 1; `cls` -1 catches all. Empty ranges are left out. */
export function addHandler(start: i32, end: i32, target: i32, cls: i32, slot: i32): void {
  if (start == end) return;
  handlers.push(start);
  handlers.push(end);
  handlers.push(target);
  handlers.push(cls);
  handlers.push(slot);
}

// ---- registers ----

/** The first free register. */
export function topRegister(): i32 {
  return top;
}

/** Frees all registers from `to` on, or reserves those below it. */
export function setTop(to: i32): void {
  top = to;
  if (top > highest) highest = top;
  if (top > IMG_MAX_FRAME_SLOTS - 8) {
    tooMany('values at once in one function', '4088');
    top = IMG_MAX_FRAME_SLOTS - 600;
    highest = top;
  }
}

/** A new register. */
export function allocateRegister(): i32 {
  const register = top;
  setTop(top + 1);
  return register;
}

// ---- constants ----

/** Index of a text in STRINGS; earlier images' come before. */
export function stringConstant(text: Text): i32 {
  const known = stringIndex.get(text);
  if (known >= 0) return known;
  const index = <i32>total(IMG_SEC_STRINGS) + strings.length;
  strings.push(text);
  stringIndex.set(text, index);
  return index;
}

/** R[register] := value */
export function loadInt(register: i32, value: i64): void {
  if (value >= -2147483648 && value <= 2147483647) return emitWide(OP_LDI, register, <i32>value);
  emitWide(OP_LDC, register, intConstant(value));
}

/** Index of a number in INTS. */
export function intConstant(value: i64): i32 {
  let index = 0;
  const count = ints.length >> 3;
  while (index < count && ints.getLong(index * 8) != value) index++;
  if (index == count) ints.long(value);
  return <i32>total(IMG_SEC_INTS) + index;
}

/** R[register] := the string */
export function loadString(register: i32, text: Text): void {
  emitWide(OP_LDS, register, stringConstant(text));
}
