/**
 * KIR, the code that one lowering makes and each encoder expands (docs/native-code.md): records of 16 bytes,
 * u8 op, u8 d, u8 a, u8 b, i32 x, i32 y, u32 t. d, a and b are registers; t is a record to go to.
 *
 * Registers 0 to 3 do not survive a call, 4 and 5 do. Each holds a number or an address: the ADDR records make addresses, LDA and STA alone
 * use them. One register more, KIR_ADDRESS, is for addresses alone; it does not survive a call, DIV or MOD. Jumps go forwards; LOOP alone
 * goes back, and pays for it.
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
/** The register that is for addresses alone. */
export const KIR_ADDRESS: i32 = 255;
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
/** the same of a and x, which is not less than 1 */
export const KIR_DIVI: i32 = 15;
export const KIR_MODI: i32 = 16;
/** d := a op x */
export const KIR_ADDI: i32 = 17;
export const KIR_MULI: i32 = 18;
export const KIR_ANDI: i32 = 19;
export const KIR_SHLI: i32 = 20;
export const KIR_SHRI: i32 = 21;
export const KIR_USHRI: i32 = 22;
/** d := -a; d := ~a */
export const KIR_NEG: i32 = 23;
export const KIR_NOT: i32 = 24;
/** d := a cond b, a cond x; the condition is y */
export const KIR_SET: i32 = 25;
export const KIR_SETI: i32 = 26;
/** go to t; if a cond b; if a cond x; the condition is y */
export const KIR_JMP: i32 = 27;
export const KIR_JCC: i32 = 28;
export const KIR_JCCI: i32 = 29;
/** a back edge: takes x units of fuel and goes to record y; there are not so many: takes none and goes to t */
export const KIR_LOOP: i32 = 30;
/** d := slot x, b is 1 if nothing reads that slot any more; slot x := a, b is 1 if that is for the call behind alone, and an exit at the call would do it itself */
export const KIR_LDF: i32 = 31;
export const KIR_STF: i32 = 32;
/** address d := x; := the reference in slot x, which is null: go to t, if there is a t; := the reference a; := b + 8 a */
export const KIR_ADDRC: i32 = 33;
export const KIR_ADDRF: i32 = 34;
export const KIR_ADDRV: i32 = 35;
export const KIR_ADDRX: i32 = 36;
/** d := the b bytes at address a + x, unsigned; the b bytes at address d + x := a */
export const KIR_LDA: i32 = 37;
export const KIR_STA: i32 = 38;
/**
 * Calls method y from the frame at slot a, its window at slot x, for one unit of fuel; no fuel, no room or no such code: takes none and goes to t. The record
 * behind it is CALLED: x the address of the instruction that the interpreter would go on with; t is where to go when
 * the callee has come to an exit.
 */
export const KIR_CALL: i32 = 39;
export const KIR_CALLED: i32 = 40;
/** returns a; the value of slot x; nothing */
export const KIR_RET: i32 = 41;
export const KIR_RETF: i32 = 42;
export const KIR_RETV: i32 = 43;
/** leaves the frame to the interpreter, at the instruction at address x of the frame that begins at slot a */
export const KIR_EXIT: i32 = 44;
/** the callee, method t with its window at slot x, has come to an exit: so does this, to go on at address y of the frame at slot a once the callee returns */
export const KIR_UNWOUND: i32 = 45;
/** has the runtime do the instruction at address x, for which the host may want more stack than usual (y = 1); that ended the call: go to t */
export const KIR_RUN: i32 = 46;
/** takes x units of fuel, whether or not they are there: the next LOOP or CALL finds out. At most KIR_FUELS of them, of one unit, in a method */
export const KIR_FUEL: i32 = 47;
/** writes the window at slot x of a call that has become part of the method: of method t, from the frame at slot a, which goes on at address y */
export const KIR_WINDOW: i32 = 48;
/** Number of opcodes. */
export const KIR_OPS: i32 = 49;
export const KIR_FUELS: u32 = 16;

export const COND_EQ: i32 = 0;
export const COND_NE: i32 = 1;
export const COND_LT: i32 = 2;
export const COND_LE: i32 = 3;
export const COND_GT: i32 = 4;
export const COND_GE: i32 = 5;
/** At least, unsigned. */
export const COND_UGE: i32 = 6;

/** Farthest that a load or store lies behind an address. */
export const KIR_REACH: u32 = 4080;
