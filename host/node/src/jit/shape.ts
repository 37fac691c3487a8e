/** What callers of a method's native code need to know of it. */
import { ADDRESS, KirError, type KirMethod, type KirRecord } from './kir.js';

/** A value that is handed over in a register of the callee rather than in the slot of its frame. */
export interface Parameter {
  readonly register: number;
  readonly slot: number;
}

export interface Shape {
  readonly method: KirMethod;
  readonly parameters: readonly Parameter[];
  /** It returns a value. */
  readonly gives: boolean;
  /** It calls the runtime itself; methods whose code it calls. */
  readonly runs: boolean;
  readonly callees: ReadonlySet<number>;
  /** Bytes from its frame to the farthest frame of a callee. */
  readonly advance: number;
  /** Number of registers. */
  readonly registers: number;
}

/** V8 has registers for about so many. */
const MOST_PARAMETERS = 6;
const WINDOW_SLOTS = 2;

/** Records that something goes to. */
export function goals(records: readonly KirRecord[]): Set<number> {
  const found = new Set<number>();
  for (const { op, y, t } of records) {
    if (op === 'LOOP') found.add(y);
    if (op !== 'UNWOUND' && op !== 'WINDOW' && t !== 0) found.add(t);
  }
  return found;
}

/** The loads that a method begins with: what it wants in registers. Of a copy it reads the slot as well. */
function parametersOf({ records, entries }: KirMethod): Parameter[] {
  const found: Parameter[] = [];
  const wanted = goals(records);
  for (let at = entries[0]!; found.length < MOST_PARAMETERS; at++) {
    const record = records[at];
    if (record?.op !== 'LDF' || record.b !== 1 || wanted.has(at)) break;
    if (found.some(({ register, slot }) => register === record.d || slot === record.x)) break;
    found.push({ register: record.d, slot: record.x });
  }
  return found;
}

/** @throws KirError */
export function shapeOf(method: KirMethod): Shape {
  const { records, frame, entries } = method;
  let [gives, runs, advance, registers] = [false, false, 0, 0];
  const callees = new Set<number>();
  for (const entry of entries) if (entry >= records.length) throw new KirError(`entry ${entry}`);
  for (const { op, a, b, d, x, y } of records) {
    if (op === 'RET' || op === 'RETF') gives = true;
    if (op === 'RUN') runs = true;
    if (op === 'CALL') {
      advance = Math.max(advance, 8 * (x + WINDOW_SLOTS));
      callees.add(y);
    }
    const inFrame = op === 'LDF' || op === 'STF' || op === 'ADDRF' || op === 'RETF' ? x + 1 : 0;
    if (x < 0 && inFrame !== 0) throw new KirError(`slot ${x}`);
    if (inFrame > frame) throw new KirError(`slot ${x} of ${frame}`);
    for (const register of [d, a, b]) if (register !== ADDRESS) registers = Math.max(registers, register + 1);
  }
  return { method, parameters: parametersOf(method), gives, runs, callees, advance, registers };
}
