/**
 * KIR, the code that one lowering makes and each encoder expands (docs/native-code.md): records of 16 bytes,
 * u8 op, u8 d, u8 a, u8 b, i32 x, i32 y, u32 t. d, a and b are registers; t is a record to go to.
 *
 * Registers 0 to 3 do not survive a call, 4 and 5 do. There is one address, which the ADDR records set and LDA and STA use; it does not
 * survive a record that something jumps to, nor a call. Jumps go forwards; LOOP alone goes back, and pays for it.
 */

export const KIR_MAGIC: u32 = 0x3152494b;
/** Words of the header: magic, method, frame slots, records, entries, then a record for each of KIR_ENTRIES entries. */
export const KIR_HEADER_BYTES: u32 = 64;
/** Entry 0 is the method's begin, the others are loops. */
export const KIR_ENTRIES: u32 = 8;
export const KIR_RECORD_BYTES: u32 = 16;

export const KIR_REGISTERS: i32 = 6;
/** First register that a call leaves alone. */
export const KIR_KEPT: i32 = 4;
/** Registers below are for values on their way. */
export const FIRST_REGISTER: i32 = 2;
/** Most that a machine may have. */
const MOST_REGISTERS: i32 = 64;

/** Registers of the machine that the code is for, and the first that a call leaves alone. */
export let registers: i32 = KIR_REGISTERS;
export let kept: i32 = KIR_KEPT;

/** The code is for a machine of `count` registers; all of them outlive calls if they are more than KIR's. */
export function useRegisters(count: i32): void {
  registers = count < KIR_REGISTERS ? KIR_REGISTERS : count < MOST_REGISTERS ? count : MOST_REGISTERS;
  kept = registers == KIR_REGISTERS ? KIR_KEPT : FIRST_REGISTER;
}

/** d := x; d := y, x as one 64-bit number; d := a */
export const KIR_LI: i32 = 1;
export const KIR_LI64: i32 = 2;
export const KIR_MOV: i32 = 3;
/** d := a op b; in the order of the opcodes IADD … IUSHR without IDIV, IMOD */
export const KIR_ADD: i32 = 4;
export const KIR_SUB: i32 = 5;
export const KIR_MUL: i32 = 6;
export const KIR_AND: i32 = 7;
export const KIR_OR: i32 = 8;
export const KIR_XOR: i32 = 9;
export const KIR_SHL: i32 = 10;
export const KIR_SHR: i32 = 11;
export const KIR_USHR: i32 = 12;
/** d := a op b, signed, as IDIV and IMOD; b = 0: go to t */
export const KIR_DIV: i32 = 13;
export const KIR_MOD: i32 = 14;
/** d := a op x */
export const KIR_ADDI: i32 = 15;
export const KIR_MULI: i32 = 16;
export const KIR_ANDI: i32 = 17;
export const KIR_SHLI: i32 = 18;
export const KIR_SHRI: i32 = 19;
export const KIR_USHRI: i32 = 20;
/** d := -a; d := ~a */
export const KIR_NEG: i32 = 21;
export const KIR_NOT: i32 = 22;
/** d := a cond b, a cond x; the condition is y */
export const KIR_SET: i32 = 23;
export const KIR_SETI: i32 = 24;
/** go to t; if a cond b; if a cond x; the condition is y */
export const KIR_JMP: i32 = 25;
export const KIR_JCC: i32 = 26;
export const KIR_JCCI: i32 = 27;
/** a back edge: takes x units of fuel and goes to record y; there are not so many: takes none and goes to t */
export const KIR_LOOP: i32 = 28;
/** d := slot x, b is 1 if nothing reads that slot any more; slot x := a, b is 1 if that is for the call behind alone, and an exit at the call would do it itself */
export const KIR_LDF: i32 = 29;
export const KIR_STF: i32 = 30;
/** address := x; := the reference in slot x, which is null: go to t; := the reference a; := u32[address + x] + 8 a */
export const KIR_ADDRC: i32 = 31;
export const KIR_ADDRF: i32 = 32;
export const KIR_ADDRV: i32 = 33;
export const KIR_ADDRX: i32 = 34;
/** d := the b bytes at address + x, unsigned; the 8 bytes at address + x := a */
export const KIR_LDA: i32 = 35;
export const KIR_STA: i32 = 36;
/** go to t if a, unsigned, is at least u32[address + x]; if the b bytes at address + x are y; are not y */
export const KIR_JAUGE: i32 = 37;
export const KIR_JAEQ: i32 = 38;
export const KIR_JANE: i32 = 39;
/**
 * Calls method y from the frame at slot a, its window at slot x, for one unit of fuel; no fuel, no room or no such code: takes none and goes to t. The record
 * behind it is CALLED: x the address of the instruction that the interpreter would go on with; t is where to go when
 * the callee has come to an exit.
 */
export const KIR_CALL: i32 = 40;
export const KIR_CALLED: i32 = 41;
/** returns a; the value of slot x; nothing */
export const KIR_RET: i32 = 42;
export const KIR_RETF: i32 = 43;
export const KIR_RETV: i32 = 44;
/** leaves the frame to the interpreter, at the instruction at address x of the frame that begins at slot a */
export const KIR_EXIT: i32 = 45;
/** the callee, method t with its window at slot x, has come to an exit: so does this, to go on at address y of the frame at slot a once the callee returns */
export const KIR_UNWOUND: i32 = 46;
/** has the runtime do the instruction at address x, for which the host may want more stack than usual (y = 1); that ended the call: go to t */
export const KIR_RUN: i32 = 47;
/** takes x units of fuel, whether or not they are there: the next LOOP or CALL finds out. At most KIR_FUELS of them, of one unit, in a method */
export const KIR_FUEL: i32 = 48;
/** writes the window at slot x of a call that has become part of the method: of method t, from the frame at slot a, which goes on at address y */
export const KIR_WINDOW: i32 = 49;
/** Number of opcodes. */
export const KIR_OPS: i32 = 50;
export const KIR_FUELS: u32 = 16;

export const COND_EQ: i32 = 0;
export const COND_NE: i32 = 1;
export const COND_LT: i32 = 2;
export const COND_LE: i32 = 3;
export const COND_GT: i32 = 4;
export const COND_GE: i32 = 5;

/** Farthest that a load or store lies behind an address. */
export const KIR_REACH: u32 = 4080;

// While records are made, a place to go to is a kind and an instruction; `resolve` turns it into a record.
const KIND_SHIFT: u32 = 28;
const KIND_CODE: u32 = 1;
const KIND_EXIT: u32 = 2;
const KIND_UNWIND: u32 = 3;

/** The record of instruction `pc`. */
export function toCode(pc: u32): u32 {
  return (KIND_CODE << KIND_SHIFT) | pc;
}

/** The exit at instruction `pc`. */
export function toExit(pc: u32): u32 {
  return (KIND_EXIT << KIND_SHIFT) | pc;
}

/** Where call `pc` goes when its callee has come to an exit. */
export function toUnwind(pc: u32): u32 {
  return (KIND_UNWIND << KIND_SHIFT) | pc;
}

let start: usize = 0;
let end: usize = 0;
let next: usize = 0;
let places: usize = 0;
let length: u32 = 0;
/** Did the records not fit? */
export let kirFull: bool = false;

/**
 * Begins a method whose records go to `at … limit`, header first. `table` has room for three u32 for each of `count` instructions, and is
 * cleared: `resolve` finds the record of each place there.
 */
export function kirBegin(at: usize, limit: usize, table: usize, count: u32): void {
  start = at + <usize>KIR_HEADER_BYTES;
  end = limit;
  next = start;
  places = table;
  length = count;
  kirFull = start > limit;
  memory.fill(table, 0, <usize>count * 12);
}

/** Number of records so far. */
export function kirCount(): u32 {
  return <u32>((next - start) / <usize>KIR_RECORD_BYTES);
}

function placeOf(kind: u32, pc: u32): usize {
  return places + ((<usize>((kind - 1) * length + pc)) << 2);
}

/** Says that the record to come is the place `to`. */
export function kirPlace(to: u32): void {
  store<u32>(placeOf(to >> KIND_SHIFT, to & ((1 << KIND_SHIFT) - 1)), kirCount() + 2);
}

/** Is the place `to` gone to by some record? */
export function kirWanted(to: u32): bool {
  return load<u32>(placeOf(to >> KIND_SHIFT, to & ((1 << KIND_SHIFT) - 1))) != 0;
}

/** Adds a record; `t` is a place, or 0. */
export function kir(op: i32, d: i32, a: i32, b: i32, x: i32, y: i32, t: u32): void {
  if (next + <usize>KIR_RECORD_BYTES > end) {
    kirFull = true;
    return;
  }
  store<u32>(next, <u32>(op | (d << 8) | (a << 16) | (b << 24)));
  store<i32>(next, x, 4);
  store<i32>(next, y, 8);
  store<u32>(next, t, 12);
  next += <usize>KIR_RECORD_BYTES;
  const kind = t >> KIND_SHIFT;
  if (kind == 0) return;
  const place = placeOf(kind, t & ((1 << KIND_SHIFT) - 1));
  if (load<u32>(place) == 0) store<u32>(place, 1);
}

/** Makes record `index` go to record `to`. */
export function kirRetarget(index: u32, to: u32): void {
  if (!kirFull) store<u32>(start + <usize>index * <usize>KIR_RECORD_BYTES, to, 12);
}

/** Is t a place? Two have a method there. */
function hasPlace(op: i32): bool {
  return op != KIR_UNWOUND && op != KIR_WINDOW;
}

/** Turns places into records. False: one has none. */
export function kirResolve(): bool {
  for (let at = start; at < next; at += <usize>KIR_RECORD_BYTES) {
    const op = <i32>load<u8>(at);
    if (op == KIR_LOOP) {
      const back = load<u32>(at, 8);
      const record = load<u32>(placeOf(KIND_CODE, back));
      if (record < 2) return false;
      store<u32>(at, record - 2, 8);
    }
    const t = load<u32>(at, 12);
    const kind = t >> KIND_SHIFT;
    if (kind == 0 || !hasPlace(op)) continue;
    const record = load<u32>(placeOf(kind, t & ((1 << KIND_SHIFT) - 1)));
    if (record < 2) return false;
    store<u32>(at, record - 2, 12);
  }
  return true;
}

/** Completes the header; `entries` has a u32 for each entry: a record. Bytes of all of it. */
export function kirEnd(method: u32, frame: u32, entries: usize, count: u32): u32 {
  const header = start - <usize>KIR_HEADER_BYTES;
  memory.fill(header, 0, <usize>KIR_HEADER_BYTES);
  store<u32>(header, KIR_MAGIC);
  store<u32>(header, method, 4);
  store<u32>(header, frame, 8);
  store<u32>(header, kirCount(), 12);
  store<u32>(header, count, 16);
  memory.copy(header + 20, entries, (<usize>count) << 2);
  return <u32>(next - header);
}
