// Generated from spec/ by spec/generate.ts; do not edit.

export const SPEC_HASH: u32 = 1427582259;

/** nothing */
export const OP_NOP: i32 = 0;
/** R[A] := R[B] */
export const OP_MOV: i32 = 1;
/** R[A] := Bx */
export const OP_LDI: i32 = 2;
/** R[A] := Int[Bx] */
export const OP_LDC: i32 = 3;
/** R[A] := String[Bx] */
export const OP_LDS: i32 = 4;
/** R[A] := null */
export const OP_LDNULL: i32 = 5;
/** R[A] := Global[Bx] */
export const OP_GGET: i32 = 6;
/** Global[Bx] := R[A] */
export const OP_GPUTI: i32 = 7;
/** Global[Bx] := R[A], counted */
export const OP_GPUTR: i32 = 8;
/** R[A] := R[B] + R[C] */
export const OP_IADD: i32 = 9;
/** R[A] := R[B] - R[C] */
export const OP_ISUB: i32 = 10;
/** R[A] := R[B] * R[C] */
export const OP_IMUL: i32 = 11;
/** R[A] := R[B] / R[C], toward zero; min / -1 = min ! Arithmetic on 0 */
export const OP_IDIV: i32 = 12;
/** R[A] := R[B] % R[C], sign of R[B]; min % -1 = 0 ! Arithmetic on 0 */
export const OP_IMOD: i32 = 13;
/** R[A] := R[B] & R[C] */
export const OP_IAND: i32 = 14;
/** R[A] := R[B] | R[C] */
export const OP_IOR: i32 = 15;
/** R[A] := R[B] ^ R[C] */
export const OP_IXOR: i32 = 16;
/** R[A] := R[B] << (R[C] & 63) */
export const OP_ISHL: i32 = 17;
/** R[A] := R[B] >> (R[C] & 63), sign kept */
export const OP_ISHR: i32 = 18;
/** R[A] := R[B] >>> (R[C] & 63) */
export const OP_IUSHR: i32 = 19;
/** R[A] := -R[B] */
export const OP_INEG: i32 = 20;
/** R[A] := ~R[B] */
export const OP_INOT: i32 = 21;
/** R[A] := R[B] == 0 */
export const OP_BNOT: i32 = 22;
/** R[A] := R[B] + C */
export const OP_IADDI: i32 = 23;
/** R[A] := R[B] * C */
export const OP_IMULI: i32 = 24;
/** R[A] := R[B] & C */
export const OP_IANDI: i32 = 25;
/** R[A] := R[B] << (C & 63) */
export const OP_ISHLI: i32 = 26;
/** R[A] := R[B] >> (C & 63) */
export const OP_ISHRI: i32 = 27;
/** R[A] := R[B] >>> (C & 63) */
export const OP_IUSHRI: i32 = 28;
/** R[A] := R[B] == R[C] */
export const OP_IEQ: i32 = 29;
/** R[A] := R[B] != R[C] */
export const OP_INE: i32 = 30;
/** R[A] := R[B] < R[C] */
export const OP_ILT: i32 = 31;
/** R[A] := R[B] <= R[C] */
export const OP_ILE: i32 = 32;
/** R[A] := R[B] is the same object as R[C], or both null */
export const OP_REQ: i32 = 33;
/** R[A] := the strings R[B] and R[C] have the same text, or both are null */
export const OP_SEQ: i32 = 34;
/** R[A] := R[B] and R[C] are equal: strings by text, boxes by value, others if they are the same; or both null */
export const OP_VEQ: i32 = 35;
/** R[A] := -1, 0 or 1: order of two strings by code point ! Null */
export const OP_SCMP: i32 = 36;
/** pc += Bx */
export const OP_JMP: i32 = 37;
/** if R[A] != 0: pc += Bx */
export const OP_JT: i32 = 38;
/** if R[A] == 0: pc += Bx */
export const OP_JF: i32 = 39;
/** if R[A] is null: pc += Bx */
export const OP_JNULL: i32 = 40;
/** if R[A] is not null: pc += Bx */
export const OP_JNNULL: i32 = 41;
/** if R[A] == R[B]: pc += C */
export const OP_JEQ: i32 = 42;
/** if R[A] != R[B]: pc += C */
export const OP_JNE: i32 = 43;
/** if R[A] < R[B]: pc += C */
export const OP_JLT: i32 = 44;
/** if R[A] <= R[B]: pc += C */
export const OP_JLE: i32 = 45;
/** if R[A] == B: pc += C */
export const OP_JEQI: i32 = 46;
/** if R[A] != B: pc += C */
export const OP_JNEI: i32 = 47;
/** if R[A] < B: pc += C */
export const OP_JLTI: i32 = 48;
/** if R[A] <= B: pc += C */
export const OP_JLEI: i32 = 49;
/** if R[A] > B: pc += C */
export const OP_JGTI: i32 = 50;
/** if R[A] >= B: pc += C */
export const OP_JGEI: i32 = 51;
/** R[A] := decimal text of R[B] ! OutOfMemory */
export const OP_I2S: i32 = 52;
/** R[A] := "true" or "false" */
export const OP_B2S: i32 = 53;
/** R[A] := texts of the C slots R[B] … R[B+C-1] joined; a null slot reads "null" ! OutOfMemory */
export const OP_SCAT: i32 = 54;
/** R[A] := empty array, room for C; elements are B = 0: integers, 1: references, 2: booleans, 3: floats ! OutOfMemory */
export const OP_NEWA: i32 = 55;
/** R[A] := array of R[B] elements, C = 0: integers 0, 1: references null, 2: booleans false, 3: floats 0.0 ! OutOfIndex if negative, OutOfMemory */
export const OP_NEWAN: i32 = 56;
/** R[A] := size of R[B] ! Null */
export const OP_ALEN: i32 = 57;
/** R[A] := R[B][R[C]], a number or truth value ! Null, OutOfIndex, ClassCast */
export const OP_ALDI: i32 = 58;
/** R[A] := R[B][R[C]], a reference ! Null, OutOfIndex, OutOfMemory */
export const OP_ALDR: i32 = 59;
/** R[A][R[B]] := R[C], a number ! Null, OutOfIndex, OutOfMemory */
export const OP_ASTI: i32 = 60;
/** R[A][R[B]] := R[C], a reference, counted ! Null, OutOfIndex, ClassCast */
export const OP_ASTR: i32 = 61;
/** R[A][R[B]] := R[C], a truth value ! Null, OutOfIndex, OutOfMemory */
export const OP_ASTB: i32 = 62;
/** append R[B], a number, to R[A] ! Null, OutOfMemory */
export const OP_APUSHI: i32 = 63;
/** append R[B], a reference, to R[A], counted ! Null, OutOfMemory, ClassCast */
export const OP_APUSHR: i32 = 64;
/** append R[B], a truth value, to R[A] ! Null, OutOfMemory */
export const OP_APUSHB: i32 = 65;
/** R[A] := new object of class Bx, fields zero ! OutOfMemory */
export const OP_NEW: i32 = 66;
/** R[A] := R[B].field[C], integer ! Null */
export const OP_GETI: i32 = 67;
/** R[A] := R[B].field[C], reference ! Null */
export const OP_GETR: i32 = 68;
/** R[A].field[B] := R[C], integer ! Null */
export const OP_PUTI: i32 = 69;
/** R[A].field[B] := R[C], reference, counted ! Null */
export const OP_PUTR: i32 = 70;
/** R[A] := R[B] is an object of class C or below; null is not */
export const OP_ISA: i32 = 71;
/** ! ClassCast unless R[A] is null or an object of class Bx or below */
export const OP_CAST: i32 = 72;
/** ! Null if R[A] is null */
export const OP_NNULL: i32 = 73;
/** R[A] := Int object of R[B] ! OutOfMemory */
export const OP_BOXI: i32 = 74;
/** R[A] := Boolean object of R[B] ! OutOfMemory */
export const OP_BOXB: i32 = 75;
/** R[A] := value of the Int, Boolean or Float object R[B] ! Null */
export const OP_UNBOX: i32 = 76;
/** R[A] := value of the reference R[A] in the representation of type code Bx ! ClassCast, Null */
export const OP_CONV: i32 = 77;
/** the elements of R[A], a new array of references, are of type code Bx: it can be told when the script runs */
export const OP_ATYPE: i32 = 78;
/** R[A] := R[B] and R[B+1] combined by operator C: the numbers of the syntax tree (1 … 11 + - * / % & | ^ << >> >>>; 12 … 17 == != < <= > >=, a truth value), 18 -R[B], 19 ~R[B], 20 +R[B], 21 the truth of R[B] as a condition, 22 whether one is a string and the other an object whose text must be asked for before 1, 23 whether both are of one class whose objects == compares by their equals, 24 whether R[B], which is no array, is asked for its iterator before it is gone through ! ClassCast, Null, Arithmetic, OutOfMemory */
export const OP_DOP: i32 = 79;
/** R[A] := member Site[Bx] of the object in R[A+2]: a field, or what its getter is, then DRES ! Null, NoSuchMethod */
export const OP_DGET: i32 = 80;
/** member Site[Bx] of the object in R[A+2] := R[A+3]: a field, or by its setter ! ClassCast, Null, NoSuchMethod */
export const OP_DPUT: i32 = 81;
/** call the method that Site[Bx] names on the object in R[A+2], with the arguments R[A+3] …; one unit of fuel, then DRES ! ClassCast, Null, NoSuchMethod, StackOverflow, Timeout, what a native throws */
export const OP_DCALL: i32 = 82;
/** R[A] := the result of the call in front, as an object; null if it returned nothing ! OutOfMemory */
export const OP_DRES: i32 = 83;
/** call method Bx of the image directly; one unit of fuel ! StackOverflow, Timeout */
export const OP_CALL: i32 = 84;
/** call slot B of the virtual table of the object in R[A+2], which is expected to be of class C or below; one unit of fuel ! Null, StackOverflow, Timeout */
export const OP_CALLV: i32 = 85;
/** call the method that answers Site[Bx], declared by an interface, for the object in R[A+2]; one unit of fuel ! Null, NoSuchMethod, StackOverflow, Timeout */
export const OP_CALLI: i32 = 86;
/** call the function R[A+2], with arguments and result as Kinds[Bx] says; values of other kinds than it wants are boxed or opened; one unit of fuel ! Null, ClassCast, NoSuchMethod, StackOverflow, Timeout */
export const OP_CALLF: i32 = 87;
/** call native Bx; it charges for its own length ! what the native throws */
export const OP_CALLN: i32 = 88;
/** return R[A] */
export const OP_RET: i32 = 89;
/** return nothing */
export const OP_RETV: i32 = 90;
/** throw R[A] ! Null */
export const OP_THROW: i32 = 91;
/** R[A] := function Bx of the host, with the arguments R[A] … that its signature names ! what the function throws */
export const OP_CALLH: i32 = 92;
/** R[A] := R[B] + R[C], floats */
export const OP_FADD: i32 = 93;
/** R[A] := R[B] - R[C], floats */
export const OP_FSUB: i32 = 94;
/** R[A] := R[B] * R[C], floats */
export const OP_FMUL: i32 = 95;
/** R[A] := R[B] / R[C], floats; by 0: infinite, or NaN */
export const OP_FDIV: i32 = 96;
/** R[A] := R[B] % R[C], floats, sign of R[B]; by 0: NaN */
export const OP_FMOD: i32 = 97;
/** R[A] := -R[B], a float */
export const OP_FNEG: i32 = 98;
/** R[A] := R[B] == R[C], floats: NaN equals nothing, -0.0 equals 0.0 */
export const OP_FEQ: i32 = 99;
/** R[A] := R[B] < R[C], floats; false if one is NaN */
export const OP_FLT: i32 = 100;
/** R[A] := R[B] <= R[C], floats; false if one is NaN */
export const OP_FLE: i32 = 101;
/** R[A] := the float nearest to the integer R[B] */
export const OP_I2F: i32 = 102;
/** R[A] := the float R[B] as an integer, toward zero; NaN: 0, beyond: the nearest int */
export const OP_F2I: i32 = 103;
/** R[A] := shortest text that reads back as the float R[B] ! OutOfMemory */
export const OP_F2S: i32 = 104;
/** R[A] := Float object of R[B] ! OutOfMemory */
export const OP_BOXF: i32 = 105;
/** R[A][R[B]] := R[C], a float ! Null, OutOfIndex, OutOfMemory */
export const OP_ASTF: i32 = 106;
/** append R[B], a float, to R[A] ! Null, OutOfMemory */
export const OP_APUSHF: i32 = 107;
export const OPCODES: i32 = 108;
/** From here to there: opcodes that a kernel does not have. */
export const OP_FIRST_USER: i32 = 93;
export const OP_LAST_USER: i32 = 107;

// Operand kinds
export const K_NONE: i32 = 0;
export const K_WI: i32 = 1;
export const K_WR: i32 = 2;
export const K_W: i32 = 3;
export const K_RI: i32 = 4;
export const K_RR: i32 = 5;
export const K_R: i32 = 6;
export const K_WIN: i32 = 7;
export const K_IMM16: i32 = 8;
export const K_N: i32 = 9;
export const K_OFF16: i32 = 10;
export const K_FIELD: i32 = 11;
export const K_VSLOT: i32 = 12;
export const K_CLASS: i32 = 13;
export const KX_IMM32: i32 = 32;
export const KX_OFF32: i32 = 33;
export const KX_INT: i32 = 34;
export const KX_STRING: i32 = 35;
export const KX_CLASS: i32 = 36;
export const KX_METHOD: i32 = 37;
export const KX_NATIVE: i32 = 38;
export const KX_GLOBAL: i32 = 39;
export const KX_HOST: i32 = 40;
export const KX_SITE: i32 = 41;
export const KX_KINDS: i32 = 42;
export const KX_TYPE: i32 = 43;

/** Three bytes an opcode: kinds of A, B (or Bx), C. */
const operandKinds: usize = memory.data<u8>([0, 0, 0, 3, 6, 0, 1, 32, 0, 1, 34, 0, 2, 35, 0, 2, 0, 0, 3, 39, 0, 4, 39, 0, 5, 39, 0, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 0, 1, 4, 0, 1, 4, 0, 1, 4, 8, 1, 4, 8, 1, 4, 8, 1, 4, 8, 1, 4, 8, 1, 4, 8, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 5, 5, 1, 5, 5, 1, 5, 5, 1, 5, 5, 0, 33, 0, 4, 33, 0, 4, 33, 0, 5, 33, 0, 5, 33, 0, 4, 4, 10, 4, 4, 10, 4, 4, 10, 4, 4, 10, 4, 8, 10, 4, 8, 10, 4, 8, 10, 4, 8, 10, 4, 8, 10, 4, 8, 10, 2, 4, 0, 2, 4, 0, 2, 6, 9, 2, 9, 9, 2, 4, 9, 1, 5, 0, 1, 5, 4, 2, 5, 4, 5, 4, 4, 5, 4, 5, 5, 4, 4, 5, 4, 0, 5, 5, 0, 5, 4, 0, 2, 36, 0, 1, 5, 11, 2, 5, 11, 5, 11, 4, 5, 11, 5, 1, 5, 13, 5, 36, 0, 5, 0, 0, 2, 4, 0, 2, 4, 0, 1, 5, 0, 3, 43, 0, 5, 43, 0, 3, 5, 9, 7, 41, 0, 7, 41, 0, 7, 41, 0, 7, 0, 0, 7, 37, 0, 7, 12, 13, 7, 41, 0, 7, 42, 0, 7, 38, 0, 6, 0, 0, 0, 0, 0, 5, 0, 0, 3, 40, 0, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 0, 1, 4, 4, 1, 4, 4, 1, 4, 4, 1, 4, 0, 1, 4, 0, 2, 4, 0, 2, 4, 0, 5, 4, 4, 5, 4, 0]);

/** Kind of operand `n` (0: A, 1: B or Bx, 2: C) of `op`. */
export function operandKind(op: i32, n: i32): i32 {
  return <i32>load<u8>(operandKinds + <usize>(op * 3 + n));
}

/** Eight bytes an opcode: its name, padded with spaces. */
const names: usize = memory.data<u8>([78, 79, 80, 32, 32, 32, 32, 32, 77, 79, 86, 32, 32, 32, 32, 32, 76, 68, 73, 32, 32, 32, 32, 32, 76, 68, 67, 32, 32, 32, 32, 32, 76, 68, 83, 32, 32, 32, 32, 32, 76, 68, 78, 85, 76, 76, 32, 32, 71, 71, 69, 84, 32, 32, 32, 32, 71, 80, 85, 84, 73, 32, 32, 32, 71, 80, 85, 84, 82, 32, 32, 32, 73, 65, 68, 68, 32, 32, 32, 32, 73, 83, 85, 66, 32, 32, 32, 32, 73, 77, 85, 76, 32, 32, 32, 32, 73, 68, 73, 86, 32, 32, 32, 32, 73, 77, 79, 68, 32, 32, 32, 32, 73, 65, 78, 68, 32, 32, 32, 32, 73, 79, 82, 32, 32, 32, 32, 32, 73, 88, 79, 82, 32, 32, 32, 32, 73, 83, 72, 76, 32, 32, 32, 32, 73, 83, 72, 82, 32, 32, 32, 32, 73, 85, 83, 72, 82, 32, 32, 32, 73, 78, 69, 71, 32, 32, 32, 32, 73, 78, 79, 84, 32, 32, 32, 32, 66, 78, 79, 84, 32, 32, 32, 32, 73, 65, 68, 68, 73, 32, 32, 32, 73, 77, 85, 76, 73, 32, 32, 32, 73, 65, 78, 68, 73, 32, 32, 32, 73, 83, 72, 76, 73, 32, 32, 32, 73, 83, 72, 82, 73, 32, 32, 32, 73, 85, 83, 72, 82, 73, 32, 32, 73, 69, 81, 32, 32, 32, 32, 32, 73, 78, 69, 32, 32, 32, 32, 32, 73, 76, 84, 32, 32, 32, 32, 32, 73, 76, 69, 32, 32, 32, 32, 32, 82, 69, 81, 32, 32, 32, 32, 32, 83, 69, 81, 32, 32, 32, 32, 32, 86, 69, 81, 32, 32, 32, 32, 32, 83, 67, 77, 80, 32, 32, 32, 32, 74, 77, 80, 32, 32, 32, 32, 32, 74, 84, 32, 32, 32, 32, 32, 32, 74, 70, 32, 32, 32, 32, 32, 32, 74, 78, 85, 76, 76, 32, 32, 32, 74, 78, 78, 85, 76, 76, 32, 32, 74, 69, 81, 32, 32, 32, 32, 32, 74, 78, 69, 32, 32, 32, 32, 32, 74, 76, 84, 32, 32, 32, 32, 32, 74, 76, 69, 32, 32, 32, 32, 32, 74, 69, 81, 73, 32, 32, 32, 32, 74, 78, 69, 73, 32, 32, 32, 32, 74, 76, 84, 73, 32, 32, 32, 32, 74, 76, 69, 73, 32, 32, 32, 32, 74, 71, 84, 73, 32, 32, 32, 32, 74, 71, 69, 73, 32, 32, 32, 32, 73, 50, 83, 32, 32, 32, 32, 32, 66, 50, 83, 32, 32, 32, 32, 32, 83, 67, 65, 84, 32, 32, 32, 32, 78, 69, 87, 65, 32, 32, 32, 32, 78, 69, 87, 65, 78, 32, 32, 32, 65, 76, 69, 78, 32, 32, 32, 32, 65, 76, 68, 73, 32, 32, 32, 32, 65, 76, 68, 82, 32, 32, 32, 32, 65, 83, 84, 73, 32, 32, 32, 32, 65, 83, 84, 82, 32, 32, 32, 32, 65, 83, 84, 66, 32, 32, 32, 32, 65, 80, 85, 83, 72, 73, 32, 32, 65, 80, 85, 83, 72, 82, 32, 32, 65, 80, 85, 83, 72, 66, 32, 32, 78, 69, 87, 32, 32, 32, 32, 32, 71, 69, 84, 73, 32, 32, 32, 32, 71, 69, 84, 82, 32, 32, 32, 32, 80, 85, 84, 73, 32, 32, 32, 32, 80, 85, 84, 82, 32, 32, 32, 32, 73, 83, 65, 32, 32, 32, 32, 32, 67, 65, 83, 84, 32, 32, 32, 32, 78, 78, 85, 76, 76, 32, 32, 32, 66, 79, 88, 73, 32, 32, 32, 32, 66, 79, 88, 66, 32, 32, 32, 32, 85, 78, 66, 79, 88, 32, 32, 32, 67, 79, 78, 86, 32, 32, 32, 32, 65, 84, 89, 80, 69, 32, 32, 32, 68, 79, 80, 32, 32, 32, 32, 32, 68, 71, 69, 84, 32, 32, 32, 32, 68, 80, 85, 84, 32, 32, 32, 32, 68, 67, 65, 76, 76, 32, 32, 32, 68, 82, 69, 83, 32, 32, 32, 32, 67, 65, 76, 76, 32, 32, 32, 32, 67, 65, 76, 76, 86, 32, 32, 32, 67, 65, 76, 76, 73, 32, 32, 32, 67, 65, 76, 76, 70, 32, 32, 32, 67, 65, 76, 76, 78, 32, 32, 32, 82, 69, 84, 32, 32, 32, 32, 32, 82, 69, 84, 86, 32, 32, 32, 32, 84, 72, 82, 79, 87, 32, 32, 32, 67, 65, 76, 76, 72, 32, 32, 32, 70, 65, 68, 68, 32, 32, 32, 32, 70, 83, 85, 66, 32, 32, 32, 32, 70, 77, 85, 76, 32, 32, 32, 32, 70, 68, 73, 86, 32, 32, 32, 32, 70, 77, 79, 68, 32, 32, 32, 32, 70, 78, 69, 71, 32, 32, 32, 32, 70, 69, 81, 32, 32, 32, 32, 32, 70, 76, 84, 32, 32, 32, 32, 32, 70, 76, 69, 32, 32, 32, 32, 32, 73, 50, 70, 32, 32, 32, 32, 32, 70, 50, 73, 32, 32, 32, 32, 32, 70, 50, 83, 32, 32, 32, 32, 32, 66, 79, 88, 70, 32, 32, 32, 32, 65, 83, 84, 70, 32, 32, 32, 32, 65, 80, 85, 83, 72, 70, 32, 32]);

/** Address of the 8-byte, space-padded ASCII name of `op`. */
export function opcodeName(op: i32): usize {
  return names + <usize>(op * 8);
}
