/** KIR as it comes out of the engine; engine/jit/kir.ts says what each record does. */

/** The opcodes, in order from 1. */
export const KIR_NAMES = [
  ...['LI', 'LI64', 'MOV', 'ADD', 'SUB', 'MUL', 'AND', 'OR', 'XOR', 'SHL', 'SHR', 'USHR'],
  ...['DIV', 'MOD', 'DIVI', 'MODI'],
  ...['ADDI', 'MULI', 'ANDI', 'SHLI', 'SHRI', 'USHRI', 'NEG', 'NOT', 'SET', 'SETI', 'JMP', 'JCC', 'JCCI', 'LOOP'],
  ...['LDF', 'STF', 'ADDRC', 'ADDRF', 'ADDRV', 'ADDRX', 'LDA', 'STA'],
  ...['CALL', 'CALLED', 'RET', 'RETF', 'RETV', 'EXIT', 'UNWOUND', 'RUN', 'FUEL', 'WINDOW'],
] as const;

export type KirName = (typeof KIR_NAMES)[number];

/** In place of a register: the one that holds nothing but addresses. */
export const ADDRESS = 255;

export interface KirRecord {
  readonly op: KirName;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
  readonly t: number;
}

export interface KirMethod {
  readonly index: number;
  /** Slots of its frame. */
  readonly frame: number;
  /** First record of each entry: the method's begin, then its loops. */
  readonly entries: readonly number[];
  readonly records: readonly KirRecord[];
}

/** KIR that this encoder does not know, or that says nonsense. */
export class KirError extends Error {}

const MAGIC = 0x3152494b;
const HEADER_BYTES = 64;
const RECORD_BYTES = 16;
export const KIR_ENTRIES = 8;

/** Reads one method. @throws KirError */
export function readKir(bytes: Uint8Array): KirMethod {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC) throw new KirError('no KIR');
  const count = view.getUint32(12, true);
  const entryCount = view.getUint32(16, true);
  if (bytes.length !== HEADER_BYTES + RECORD_BYTES * count || entryCount < 1 || entryCount > KIR_ENTRIES)
    throw new KirError(`KIR of ${bytes.length} bytes has ${count} records and ${entryCount} entries`);
  const records: KirRecord[] = [];
  for (let i = 0, at = HEADER_BYTES; i < count; i++, at += RECORD_BYTES) {
    const number = view.getUint8(at);
    const op = KIR_NAMES[number - 1];
    if (!op) throw new KirError(`record ${i}: no such opcode ${number}`);
    records.push({
      op,
      d: view.getUint8(at + 1),
      a: view.getUint8(at + 2),
      b: view.getUint8(at + 3),
      x: view.getInt32(at + 4, true),
      y: view.getInt32(at + 8, true),
      t: view.getUint32(at + 12, true),
    });
  }
  const entries = Array.from({ length: entryCount }, (_, i) => view.getUint32(20 + 4 * i, true));
  return { index: view.getUint32(4, true), frame: view.getUint32(8, true), entries, records };
}
