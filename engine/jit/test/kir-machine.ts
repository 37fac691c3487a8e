/** Runs KIR as docs/native-code.md defines it, in place of an encoder: slow, and checks more than an encoder does. */

export interface Memory {
  readonly buffer: ArrayBuffer;
}

export interface KirMethod {
  readonly index: number;
  readonly frame: number;
  readonly entries: readonly number[];
  readonly records: readonly KirRecord[];
}

interface KirRecord {
  readonly op: number;
  readonly d: number;
  readonly a: number;
  readonly b: number;
  readonly x: number;
  readonly y: number;
  readonly t: number;
}

/** The opcodes, in order from 1. */
export const KIR_NAMES =
  'LI LI64 MOV ADD SUB MUL AND OR XOR SHL SHR USHR DIV MOD DIVI MODI ADDI MULI ANDI SHLI SHRI USHRI NEG NOT SET SETI JMP JCC JCCI LOOP LDF STF ADDRC ADDRF ADDRV ADDRX LDA STA CALL CALLED RET RETF RETV EXIT UNWOUND RUN FUEL WINDOW'.split(
    ' ',
  );

const HEADER_BYTES = 64;
const RECORD_BYTES = 16;
/** The frames that the machine allows itself. */
const LEVELS = 40;
const ADDRESS = 255;
/** Fuel that is not there for LOOP and CALL, so that FUEL may take some without looking. */
const KEPT_FUEL = 4096;

export const RETURNED = 0;
export const LEFT = 1;
export const RAISED = 2;
export const REFUSED = 3;

/** What these opcodes do not use is 0, so that a host may come to use it. */
const UNUSED: Readonly<Record<string, readonly ('d' | 'a' | 'b' | 'x' | 'y')[]>> = {
  JMP: ['d', 'a', 'b', 'x', 'y'],
  ADDRF: ['a', 'b', 'y'],
};

function checkUnused(record: KirRecord): void {
  const name = KIR_NAMES[record.op - 1] ?? '';
  for (const field of UNUSED[name] ?? []) if (record[field] !== 0) throw new Error(`${name} has ${field}`);
}

export function readKir(bytes: Uint8Array): KirMethod {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number): number => view.getUint32(at, true);
  if (word(0) !== 0x3152494b) throw new Error('no KIR');
  const count = word(12);
  if (bytes.length !== HEADER_BYTES + RECORD_BYTES * count) throw new Error('KIR of another length');
  const records = Array.from({ length: count }, (_, i) => {
    const at = HEADER_BYTES + RECORD_BYTES * i;
    return {
      op: view.getUint8(at),
      d: view.getUint8(at + 1),
      a: view.getUint8(at + 2),
      b: view.getUint8(at + 3),
      x: view.getInt32(at + 4, true),
      y: view.getInt32(at + 8, true),
      t: word(at + 12),
    };
  });
  records.forEach(checkUnused);
  const entries = Array.from({ length: word(16) }, (_, i) => word(20 + 4 * i));
  return { index: word(4), frame: word(8), entries, records };
}

/** Names and operands, a record a line. */
export function listKir({ entries, records }: KirMethod): string {
  const lines = records.map(({ op, d, a, b, x, y, t }, i) => {
    const mark = entries.includes(i) ? `${entries.indexOf(i)}>` : '';
    return `${mark.padStart(3)}${String(i).padStart(4)}  ${(KIR_NAMES[op - 1] ?? `?${op}`).padEnd(7)} ${d} ${a} ${b}  ${x} ${y} -> ${t}`;
  });
  return lines.join('\n');
}

function condition(cond: number, a: bigint, b: bigint): boolean {
  switch (cond) {
    case 0:
      return a === b;
    case 1:
      return a !== b;
    case 2:
      return a < b;
    case 3:
      return a <= b;
    case 4:
      return a > b;
    case 5:
      return a >= b;
    case 6:
      return BigInt.asUintN(64, a) >= BigInt.asUintN(64, b);
    default:
      throw new Error(`condition ${cond}`);
  }
}

const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);

/** How a frame ended: it returned, or it is the interpreter's now. */
type End = 'returned' | 'left' | 'raised';

/** Native code of one isolate. */
export class KirMachine {
  private readonly methods = new Map<number, KirMethod>();
  private slice = 0;
  private limit = 0;
  private raised = false;
  private out = { fp: 0, pc: 0, slice: 0 };
  /** How often it was entered, and how often the interpreter had to go on. */
  entered = 0;
  exits = 0;

  constructor(
    private readonly memory: () => Memory,
    private readonly run: (act: number, fp: number, pc: number, slice: number) => number,
    private readonly keptFuel = KEPT_FUEL,
  ) {}

  get size(): number {
    return this.methods.size;
  }

  install(unit: readonly KirMethod[]): void {
    for (const method of unit) this.methods.set(method.index, method);
  }

  reset(): void {
    this.methods.clear();
  }

  /** The import `native_enter`, whose block lies at `act` + 176. */
  enter(act: number, index: number, entry: number, fp: number, slice: number, limit: number): number {
    const method = this.methods.get(index);
    if (!method) throw new Error(`method ${index} is entered, which never was installed`);
    if (entry >= method.entries.length) return REFUSED;
    if (slice <= this.keptFuel || fp + 8 * method.frame > limit) return REFUSED;
    this.slice = slice - this.keptFuel;
    this.limit = limit;
    this.raised = false;
    this.entered++;
    const end = this.perform(act, method, method.entries[entry]!, fp, LEVELS);
    if (end === 'raised') return RAISED;
    if (end === 'left') this.exits++;
    const view = this.view();
    view.setUint32(act + 176, this.out.fp, true);
    view.setUint32(act + 180, this.out.pc, true);
    view.setInt32(act + 184, (end === 'left' ? this.out.slice : this.slice) + this.keptFuel, true);
    return end === 'left' ? LEFT : RETURNED;
  }

  private view(): DataView {
    return new DataView(this.memory().buffer);
  }

  private perform(act: number, method: KirMethod, first: number, fp: number, levels: number): End {
    const registers: (bigint | undefined)[] = new Array<bigint | undefined>(6).fill(undefined);
    /** Registers that hold addresses; no number is in them. */
    const addresses = new Map<number, number>();
    let at = first;
    const read = (register: number): bigint => {
      const value = addresses.has(register) ? undefined : registers[register];
      if (value === undefined) throw new Error(`record ${at} of method ${method.index} reads register ${register}`);
      return value;
    };
    const slot = (index: number): number => {
      if (index < 0 || index >= method.frame) throw new Error(`slot ${index}`);
      return fp + 8 * index;
    };
    const write = (register: number, value: bigint): void => {
      addresses.delete(register);
      registers[register] = value;
    };
    const place = (register: number, offset: number): number => {
      const address = addresses.get(register);
      if (address === undefined || offset < 0 || offset > 4080)
        throw new Error(`record ${at} of method ${method.index} has no address`);
      return address + offset;
    };
    const load = (from: number, bytes: number): bigint => {
      const view = this.view();
      if (bytes === 8) return view.getBigInt64(from, true);
      return BigInt(bytes === 4 ? view.getUint32(from, true) : view.getUint16(from, true));
    };
    /** What a call leaves of the registers. */
    const spoil = (): void => {
      registers.fill(undefined, 0, 4);
      for (const register of [0, 1, 2, 3, ADDRESS]) addresses.delete(register);
    };
    const forward = (to: number): void => {
      if (to <= at) throw new Error(`record ${at} goes back to ${to}`);
      at = to - 1;
    };
    for (; ; at++) {
      const record = method.records[at];
      if (!record) throw new Error(`method ${method.index} has no record ${at}`);
      const { op, d, a, b, x, y, t } = record;
      const view = this.view();
      switch (KIR_NAMES[op - 1]) {
        case 'LI':
          write(d, BigInt(x));
          break;
        case 'LI64':
          write(d, wrap((BigInt(y) << 32n) | BigInt(x >>> 0)));
          break;
        case 'MOV':
          write(d, read(a));
          break;
        case 'ADD':
          write(d, wrap(read(a) + read(b)));
          break;
        case 'SUB':
          write(d, wrap(read(a) - read(b)));
          break;
        case 'MUL':
          write(d, wrap(read(a) * read(b)));
          break;
        case 'AND':
          write(d, read(a) & read(b));
          break;
        case 'OR':
          write(d, read(a) | read(b));
          break;
        case 'XOR':
          write(d, read(a) ^ read(b));
          break;
        case 'SHL':
          write(d, wrap(read(a) << (read(b) & 63n)));
          break;
        case 'SHR':
          write(d, read(a) >> (read(b) & 63n));
          break;
        case 'USHR':
          write(d, wrap(BigInt.asUintN(64, read(a)) >> (read(b) & 63n)));
          break;
        case 'DIV':
        case 'MOD':
          if (read(b) === 0n) forward(t);
          else write(d, wrap(KIR_NAMES[op - 1] === 'DIV' ? read(a) / read(b) : read(a) % read(b)));
          addresses.delete(ADDRESS);
          break;
        case 'DIVI':
        case 'MODI':
          if (x < 1) throw new Error(`record ${at} divides by ${x}`);
          write(d, KIR_NAMES[op - 1] === 'DIVI' ? read(a) / BigInt(x) : read(a) % BigInt(x));
          break;
        case 'ADDI':
          write(d, wrap(read(a) + BigInt(x)));
          break;
        case 'MULI':
          write(d, wrap(read(a) * BigInt(x)));
          break;
        case 'ANDI':
          write(d, read(a) & BigInt(x));
          break;
        case 'SHLI':
          write(d, wrap(read(a) << BigInt(x & 63)));
          break;
        case 'SHRI':
          write(d, read(a) >> BigInt(x & 63));
          break;
        case 'USHRI':
          write(d, wrap(BigInt.asUintN(64, read(a)) >> BigInt(x & 63)));
          break;
        case 'NEG':
          write(d, wrap(-read(a)));
          break;
        case 'NOT':
          write(d, ~read(a));
          break;
        case 'SET':
          write(d, condition(y, read(a), read(b)) ? 1n : 0n);
          break;
        case 'SETI':
          write(d, condition(y, read(a), BigInt(x)) ? 1n : 0n);
          break;
        case 'JMP':
          forward(t);
          break;
        case 'JCC':
          if (condition(y, read(a), read(b))) forward(t);
          break;
        case 'JCCI':
          if (condition(y, read(a), BigInt(x))) forward(t);
          break;
        case 'LOOP':
          if (x < 1 || y > at) throw new Error(`record ${at} is no loop`);
          if (this.slice < x) forward(t);
          else {
            this.slice -= x;
            at = y - 1;
          }
          break;
        case 'LDF':
          write(d, view.getBigInt64(slot(x), true));
          break;
        case 'STF':
          view.setBigInt64(slot(x), read(a), true);
          break;
        case 'ADDRC':
          addresses.set(d, x >>> 0);
          break;
        case 'ADDRF': {
          const address = view.getUint32(slot(x), true);
          addresses.delete(d);
          registers[d] = undefined;
          if (address === 0 && t !== 0) forward(t);
          else addresses.set(d, address);
          break;
        }
        case 'ADDRV':
          addresses.set(d, Number(BigInt.asUintN(32, read(a))));
          break;
        case 'ADDRX':
          if (d === b) throw new Error(`record ${at} needs what it writes`);
          addresses.set(d, Number(BigInt.asUintN(32, read(b) + 8n * read(a))));
          break;
        case 'LDA':
          write(d, load(place(a, x), b));
          break;
        case 'STA':
          if (b === 8) view.setBigInt64(place(d, x), read(a), true);
          else if (b === 4) view.setUint32(place(d, x), Number(BigInt.asUintN(32, read(a))), true);
          else if (b === 1) view.setUint8(place(d, x), Number(BigInt.asUintN(8, read(a))));
          else throw new Error(`record ${at} stores ${b} bytes`);
          break;
        case 'CALL': {
          const callee = this.methods.get(y);
          const next = method.records[at + 1]!;
          if (KIR_NAMES[next.op - 1] !== 'CALLED') throw new Error('CALL without CALLED');
          // The runtime sees windows of all callers.
          const window = slot(x);
          const inner = window + 16;
          if (!callee || levels === 0 || this.slice < 1 || inner + 8 * callee.frame > this.limit) {
            forward(t);
            break;
          }
          this.slice--;
          view.setUint32(window, next.x, true);
          view.setUint32(window + 4, fp + 8 * a, true);
          view.setUint32(window + 8, y, true);
          const end = this.perform(act, callee, callee.entries[0]!, inner, levels - 1);
          spoil();
          if (end === 'returned') {
            at++;
            break;
          }
          at = next.t - 1;
          break;
        }
        case 'RET':
          view.setBigInt64(fp - 16, read(a), true);
          return 'returned';
        case 'RETF':
          view.setBigInt64(fp - 16, view.getBigInt64(slot(x), true), true);
          return 'returned';
        case 'RETV':
          return 'returned';
        case 'EXIT':
          this.out = { fp: fp + 8 * a, pc: x >>> 0, slice: this.slice };
          return 'left';
        case 'UNWOUND':
          if (x !== 0xffff) {
            view.setUint32(slot(x), y, true);
            view.setUint32(slot(x) + 4, fp + 8 * a, true);
            view.setUint32(slot(x) + 8, t, true);
          }
          return this.raised ? 'raised' : 'left';
        case 'RUN': {
          const left = this.run(act, fp, x >>> 0, this.slice + this.keptFuel);
          spoil();
          if (left >= 0) this.slice = left - this.keptFuel;
          else {
            this.raised = true;
            forward(t);
          }
          break;
        }
        case 'FUEL':
          if (x !== 1) throw new Error(`record ${at} takes ${x} units`);
          this.slice -= x;
          break;
        case 'WINDOW':
          view.setUint32(slot(x), y, true);
          view.setUint32(slot(x) + 4, fp + 8 * a, true);
          view.setUint32(slot(x) + 8, t, true);
          break;
        default:
          throw new Error(`record ${at}: no such opcode ${op}`);
      }
    }
  }
}
