/**
 * The instruction set. One row an opcode; the enum, the verifier's operand checks, the disassembler and
 * `docs/opcodes.md` are generated from this table.
 *
 * An instruction is 8 bytes: `op: u16, A: u16, B: u16, C: u16`, little-endian. `Bx` is B and C together as
 * one signed 32-bit number. `R[x]` is slot x of the frame, 64 bits. Jump offsets count instructions from
 * the next one; a taken jump with a negative offset is a back edge and costs one unit of fuel.
 *
 * Call window: a call with window A keeps the saved caller state in R[A], R[A+1]; arguments start at R[A+2],
 * which is slot 0 of the callee; the result arrives in R[A].
 */

/** What an operand field means; the verifier checks each kind. */
export type Operand =
  | 'wi' // slot written, integer (int, boolean)
  | 'wr' // slot written, reference
  | 'w' // slot written, either kind
  | 'ri' // slot read, integer
  | 'rr' // slot read, reference
  | 'r' // slot read, either kind
  | 'win' // first slot of a call window (needs 2 + arguments slots)
  | 'imm16' // signed number
  | 'n' // unsigned count
  | 'off16' // jump offset
  | 'field' // field slot of an object
  | 'vslot' // virtual table slot
  | 'class' // class id
  | 'none';

/** What `Bx` means where an opcode uses it instead of B and C. */
export type WideOperand =
  'imm32' | 'off32' | 'int' | 'string' | 'class' | 'method' | 'native' | 'global' | 'host' | 'site' | 'kinds' | 'type';

export interface Opcode {
  readonly name: string;
  readonly a: Operand;
  readonly b?: Operand;
  readonly c?: Operand;
  readonly bx?: WideOperand;
  /** Meaning, in the notation of the page's head; exceptions behind `!`. */
  readonly text: string;
}

const abc = (name: string, a: Operand, b: Operand, c: Operand, text: string): Opcode => ({ name, a, b, c, text });
const ab = (name: string, a: Operand, b: Operand, text: string): Opcode => ({ name, a, b, c: 'none', text });
const a = (name: string, op: Operand, text: string): Opcode => ({ name, a: op, b: 'none', c: 'none', text });
const ax = (name: string, op: Operand, bx: WideOperand, text: string): Opcode => ({ name, a: op, bx, text });

export const opcodes: readonly Opcode[] = [
  a('NOP', 'none', 'nothing'),
  // Moves and constants
  ab('MOV', 'w', 'r', 'R[A] := R[B]'),
  ax('LDI', 'wi', 'imm32', 'R[A] := Bx'),
  ax('LDC', 'wi', 'int', 'R[A] := Int[Bx]'),
  ax('LDS', 'wr', 'string', 'R[A] := String[Bx]'),
  a('LDNULL', 'wr', 'R[A] := null'),
  ax('GGET', 'w', 'global', 'R[A] := Global[Bx]'),
  ax('GPUTI', 'ri', 'global', 'Global[Bx] := R[A]'),
  ax('GPUTR', 'rr', 'global', 'Global[Bx] := R[A], counted'),
  // Integers: 64 bits, wrapping
  abc('IADD', 'wi', 'ri', 'ri', 'R[A] := R[B] + R[C]'),
  abc('ISUB', 'wi', 'ri', 'ri', 'R[A] := R[B] - R[C]'),
  abc('IMUL', 'wi', 'ri', 'ri', 'R[A] := R[B] * R[C]'),
  abc('IDIV', 'wi', 'ri', 'ri', 'R[A] := R[B] / R[C], toward zero; min / -1 = min ! Arithmetic on 0'),
  abc('IMOD', 'wi', 'ri', 'ri', 'R[A] := R[B] % R[C], sign of R[B]; min % -1 = 0 ! Arithmetic on 0'),
  abc('IAND', 'wi', 'ri', 'ri', 'R[A] := R[B] & R[C]'),
  abc('IOR', 'wi', 'ri', 'ri', 'R[A] := R[B] | R[C]'),
  abc('IXOR', 'wi', 'ri', 'ri', 'R[A] := R[B] ^ R[C]'),
  abc('ISHL', 'wi', 'ri', 'ri', 'R[A] := R[B] << (R[C] & 63)'),
  abc('ISHR', 'wi', 'ri', 'ri', 'R[A] := R[B] >> (R[C] & 63), sign kept'),
  abc('IUSHR', 'wi', 'ri', 'ri', 'R[A] := R[B] >>> (R[C] & 63)'),
  ab('INEG', 'wi', 'ri', 'R[A] := -R[B]'),
  ab('INOT', 'wi', 'ri', 'R[A] := ~R[B]'),
  ab('BNOT', 'wi', 'ri', 'R[A] := R[B] == 0'),
  abc('IADDI', 'wi', 'ri', 'imm16', 'R[A] := R[B] + C'),
  abc('IMULI', 'wi', 'ri', 'imm16', 'R[A] := R[B] * C'),
  abc('IANDI', 'wi', 'ri', 'imm16', 'R[A] := R[B] & C'),
  abc('ISHLI', 'wi', 'ri', 'imm16', 'R[A] := R[B] << (C & 63)'),
  abc('ISHRI', 'wi', 'ri', 'imm16', 'R[A] := R[B] >> (C & 63)'),
  abc('IUSHRI', 'wi', 'ri', 'imm16', 'R[A] := R[B] >>> (C & 63)'),
  // Comparisons to a boolean
  abc('IEQ', 'wi', 'ri', 'ri', 'R[A] := R[B] == R[C]'),
  abc('INE', 'wi', 'ri', 'ri', 'R[A] := R[B] != R[C]'),
  abc('ILT', 'wi', 'ri', 'ri', 'R[A] := R[B] < R[C]'),
  abc('ILE', 'wi', 'ri', 'ri', 'R[A] := R[B] <= R[C]'),
  abc('REQ', 'wi', 'rr', 'rr', 'R[A] := R[B] is the same object as R[C], or both null'),
  abc('SEQ', 'wi', 'rr', 'rr', 'R[A] := the strings R[B] and R[C] have the same text, or both are null'),
  abc(
    'VEQ',
    'wi',
    'rr',
    'rr',
    'R[A] := R[B] and R[C] are equal: strings by text, boxes by value, others if they are the same; or both null',
  ),
  abc('SCMP', 'wi', 'rr', 'rr', 'R[A] := -1, 0 or 1: order of two strings by code point ! Null'),
  // Jumps
  ax('JMP', 'none', 'off32', 'pc += Bx'),
  ax('JT', 'ri', 'off32', 'if R[A] != 0: pc += Bx'),
  ax('JF', 'ri', 'off32', 'if R[A] == 0: pc += Bx'),
  ax('JNULL', 'rr', 'off32', 'if R[A] is null: pc += Bx'),
  ax('JNNULL', 'rr', 'off32', 'if R[A] is not null: pc += Bx'),
  abc('JEQ', 'ri', 'ri', 'off16', 'if R[A] == R[B]: pc += C'),
  abc('JNE', 'ri', 'ri', 'off16', 'if R[A] != R[B]: pc += C'),
  abc('JLT', 'ri', 'ri', 'off16', 'if R[A] < R[B]: pc += C'),
  abc('JLE', 'ri', 'ri', 'off16', 'if R[A] <= R[B]: pc += C'),
  abc('JEQI', 'ri', 'imm16', 'off16', 'if R[A] == B: pc += C'),
  abc('JNEI', 'ri', 'imm16', 'off16', 'if R[A] != B: pc += C'),
  abc('JLTI', 'ri', 'imm16', 'off16', 'if R[A] < B: pc += C'),
  abc('JLEI', 'ri', 'imm16', 'off16', 'if R[A] <= B: pc += C'),
  abc('JGTI', 'ri', 'imm16', 'off16', 'if R[A] > B: pc += C'),
  abc('JGEI', 'ri', 'imm16', 'off16', 'if R[A] >= B: pc += C'),
  // Strings
  ab('I2S', 'wr', 'ri', 'R[A] := decimal text of R[B] ! OutOfMemory'),
  ab('B2S', 'wr', 'ri', 'R[A] := "true" or "false"'),
  abc(
    'SCAT',
    'wr',
    'r',
    'n',
    'R[A] := texts of the C slots R[B] … R[B+C-1] joined; a null slot reads "null" ! OutOfMemory',
  ),
  // Arrays: growable, 8 bytes an element; the array knows whether its elements are references
  abc(
    'NEWA',
    'wr',
    'n',
    'n',
    'R[A] := empty array, room for C; elements are B = 0: integers, 1: references, 2: booleans, 3: floats ! OutOfMemory',
  ),
  abc(
    'NEWAN',
    'wr',
    'ri',
    'n',
    'R[A] := array of R[B] elements, C = 0: integers 0, 1: references null, 2: booleans false, 3: floats 0.0 ! OutOfIndex if negative, OutOfMemory',
  ),
  ab('ALEN', 'wi', 'rr', 'R[A] := size of R[B] ! Null'),
  // An array of boxes may stand for one of numbers, and the other way round: elements are boxed or unboxed by what it holds.
  abc('ALDI', 'wi', 'rr', 'ri', 'R[A] := R[B][R[C]], a number or truth value ! Null, OutOfIndex, ClassCast'),
  abc('ALDR', 'wr', 'rr', 'ri', 'R[A] := R[B][R[C]], a reference ! Null, OutOfIndex, OutOfMemory'),
  abc('ASTI', 'rr', 'ri', 'ri', 'R[A][R[B]] := R[C], a number ! Null, OutOfIndex, OutOfMemory'),
  abc('ASTR', 'rr', 'ri', 'rr', 'R[A][R[B]] := R[C], a reference, counted ! Null, OutOfIndex, ClassCast'),
  abc('ASTB', 'rr', 'ri', 'ri', 'R[A][R[B]] := R[C], a truth value ! Null, OutOfIndex, OutOfMemory'),
  ab('APUSHI', 'rr', 'ri', 'append R[B], a number, to R[A] ! Null, OutOfMemory'),
  ab('APUSHR', 'rr', 'rr', 'append R[B], a reference, to R[A], counted ! Null, OutOfMemory, ClassCast'),
  ab('APUSHB', 'rr', 'ri', 'append R[B], a truth value, to R[A] ! Null, OutOfMemory'),
  // Objects
  ax('NEW', 'wr', 'class', 'R[A] := new object of class Bx, fields zero ! OutOfMemory'),
  abc('GETI', 'wi', 'rr', 'field', 'R[A] := R[B].field[C], integer ! Null'),
  abc('GETR', 'wr', 'rr', 'field', 'R[A] := R[B].field[C], reference ! Null'),
  abc('PUTI', 'rr', 'field', 'ri', 'R[A].field[B] := R[C], integer ! Null'),
  abc('PUTR', 'rr', 'field', 'rr', 'R[A].field[B] := R[C], reference, counted ! Null'),
  abc('ISA', 'wi', 'rr', 'class', 'R[A] := R[B] is an object of class C or below; null is not'),
  ax('CAST', 'rr', 'class', '! ClassCast unless R[A] is null or an object of class Bx or below'),
  a('NNULL', 'rr', '! Null if R[A] is null'),
  ab('BOXI', 'wr', 'ri', 'R[A] := Int object of R[B] ! OutOfMemory'),
  ab('BOXB', 'wr', 'ri', 'R[A] := Boolean object of R[B] ! OutOfMemory'),
  ab('UNBOX', 'wi', 'rr', 'R[A] := value of the Int, Boolean or Float object R[B] ! Null'),
  // Values whose type is looked at when the script runs; numbers and truth values among them are Int and Boolean objects
  ax(
    'CONV',
    'w',
    'type',
    'R[A] := value of the reference R[A] in the representation of type code Bx ! ClassCast, Null',
  ),
  ax(
    'ATYPE',
    'rr',
    'type',
    'the elements of R[A], a new array of references, are of type code Bx: it can be told when the script runs',
  ),
  abc(
    'DOP',
    'w',
    'rr',
    'n',
    'R[A] := R[B] and R[B+1] combined by operator C: the numbers of the syntax tree (1 … 11 + - * / % & | ^ << >> >>>; 12 … 17 == != < <= > >=, a truth value), 18 -R[B], 19 ~R[B], 20 +R[B], 21 the truth of R[B] as a condition, 22 whether one is a string and the other an object whose text must be asked for before 1, 23 whether both are of one class whose objects == compares by their equals, 24 whether R[B], which is no array, is asked for its iterator before it is gone through ! ClassCast, Null, Arithmetic, OutOfMemory',
  ),
  ax(
    'DGET',
    'win',
    'site',
    'R[A] := member Site[Bx] of the object in R[A+2]: a field, or what its getter is, then DRES ! Null, NoSuchMethod',
  ),
  ax(
    'DPUT',
    'win',
    'site',
    'member Site[Bx] of the object in R[A+2] := R[A+3]: a field, or by its setter ! ClassCast, Null, NoSuchMethod',
  ),
  ax(
    'DCALL',
    'win',
    'site',
    'call the method that Site[Bx] names on the object in R[A+2], with the arguments R[A+3] …; one unit of fuel, then DRES ! ClassCast, Null, NoSuchMethod, StackOverflow, Timeout, what a native throws',
  ),
  a('DRES', 'win', 'R[A] := the result of the call in front, as an object; null if it returned nothing ! OutOfMemory'),
  // Calls and exceptions
  ax('CALL', 'win', 'method', 'call method Bx of the image directly; one unit of fuel ! StackOverflow, Timeout'),
  abc(
    'CALLV',
    'win',
    'vslot',
    'class',
    'call slot B of the virtual table of the object in R[A+2], which is expected to be of class C or below; one unit of fuel ! Null, StackOverflow, Timeout',
  ),
  ax(
    'CALLI',
    'win',
    'site',
    'call the method that answers Site[Bx], declared by an interface, for the object in R[A+2]; one unit of fuel ! Null, NoSuchMethod, StackOverflow, Timeout',
  ),
  ax(
    'CALLF',
    'win',
    'kinds',
    'call the function R[A+2], with arguments and result as Kinds[Bx] says; values of other kinds than it wants are boxed or opened; one unit of fuel ! Null, ClassCast, NoSuchMethod, StackOverflow, Timeout',
  ),
  ax('CALLN', 'win', 'native', 'call native Bx; it charges for its own length ! what the native throws'),
  a('RET', 'r', 'return R[A]'),
  a('RETV', 'none', 'return nothing'),
  a('THROW', 'rr', 'throw R[A] ! Null'),
  ax(
    'CALLH',
    'w',
    'host',
    'R[A] := function Bx of the host, with the arguments R[A] … that its signature names ! what the function throws',
  ),
  // Floats: a slot holds the 64 bits of an IEEE 754 double. In user space only; see `userOnly`
  abc('FADD', 'wi', 'ri', 'ri', 'R[A] := R[B] + R[C], floats'),
  abc('FSUB', 'wi', 'ri', 'ri', 'R[A] := R[B] - R[C], floats'),
  abc('FMUL', 'wi', 'ri', 'ri', 'R[A] := R[B] * R[C], floats'),
  abc('FDIV', 'wi', 'ri', 'ri', 'R[A] := R[B] / R[C], floats; by 0: infinite, or NaN'),
  abc('FMOD', 'wi', 'ri', 'ri', 'R[A] := R[B] % R[C], floats, sign of R[B]; by 0: NaN'),
  ab('FNEG', 'wi', 'ri', 'R[A] := -R[B], a float'),
  abc('FEQ', 'wi', 'ri', 'ri', 'R[A] := R[B] == R[C], floats: NaN equals nothing, -0.0 equals 0.0'),
  abc('FLT', 'wi', 'ri', 'ri', 'R[A] := R[B] < R[C], floats; false if one is NaN'),
  abc('FLE', 'wi', 'ri', 'ri', 'R[A] := R[B] <= R[C], floats; false if one is NaN'),
  ab('I2F', 'wi', 'ri', 'R[A] := the float nearest to the integer R[B]'),
  ab('F2I', 'wi', 'ri', 'R[A] := the float R[B] as an integer, toward zero; NaN: 0, beyond: the nearest int'),
  ab('F2S', 'wr', 'ri', 'R[A] := shortest text that reads back as the float R[B] ! OutOfMemory'),
  ab('BOXF', 'wr', 'ri', 'R[A] := Float object of R[B] ! OutOfMemory'),
  abc('ASTF', 'rr', 'ri', 'ri', 'R[A][R[B]] := R[C], a float ! Null, OutOfIndex, OutOfMemory'),
  ab('APUSHF', 'rr', 'ri', 'append R[B], a float, to R[A] ! Null, OutOfMemory'),
];

/** First and last of the opcodes that a kernel does not have: all between them too. */
export const userOnly = { first: 'FADD', last: 'APUSHF' } as const;
