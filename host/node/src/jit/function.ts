/**
 * Code of one entry of a method: KIR's registers are locals, its jumps become nested blocks along the tree of dominators (Ramsey, *Beyond
 * Relooper*, 2022), exits stand behind all else.
 *
 * A function of wasm gets the frame, the state (layout.ts) and the parameters of its shape. It gives the state back, negative if it has come
 * to an exit, and the value that the method returns, if it returns any.
 */
import { flowFrom, isBack, type Block } from './flow.js';
import { ACCESS, Code, I32, I64, OP } from './instructions.js';
import { KirError, type KirName, type KirRecord } from './kir.js';
import { FUEL_BASE, FUEL_MASK, LEFT_OFF, LEVEL, NO_WINDOW, SPENT, TIRED } from './layout.js';
import type { Locals } from './module.js';
import { goals, type Shape } from './shape.js';

/** What a function may use of its module. */
export interface Surroundings {
  /** Shape and index of a method's function, if it has native code, and whether anything that it calls calls the runtime. */
  readonly callee: (method: number) => { shape: Shape; index: number; runs: boolean } | undefined;
  /** Index of the runtime's function. */
  readonly run: number;
  /** Indices of what exits call: `exit` (frame, instruction, state) says where the interpreter goes on, `window` (place, instruction, frame, method) writes one. */
  readonly exit: number;
  readonly window: number;
  /** Indices of globals: activation, and whether the runtime has ended the call. */
  readonly act: number;
  readonly raised: number;
}

const FRAME = 0;
const STATE = 1;
const WINDOW_SLOTS = 2;
/** KIR's registers below are for values on their way. */
const FIRST_REGISTER = 2;

const BINARY: Partial<Record<KirName, number>> = {
  ADD: OP.i64_add,
  SUB: OP.i64_sub,
  MUL: OP.i64_mul,
  AND: OP.i64_and,
  OR: OP.i64_or,
  XOR: OP.i64_xor,
  SHL: OP.i64_shl,
  SHR: OP.i64_shr_s,
  USHR: OP.i64_shr_u,
  ADDI: OP.i64_add,
  MULI: OP.i64_mul,
  ANDI: OP.i64_and,
  SHLI: OP.i64_shl,
  SHRI: OP.i64_shr_s,
  USHRI: OP.i64_shr_u,
};

/** By condition: equal, not equal, less, at most, greater, at least. */
const CONDITIONS = [OP.i64_eq, OP.i64_ne, OP.i64_lt_s, OP.i64_le_s, OP.i64_gt_s, OP.i64_ge_s, OP.i64_ge_u] as const;

/** What surrounds the place where code is written: a label of a block, or an `if`. */
type Around = { readonly kind: 'block' | 'loop'; readonly block: Block } | { readonly kind: 'if' };

export class FunctionWriter {
  private readonly code = new Code();
  private readonly around: Around[] = [];
  private readonly records: readonly KirRecord[];
  private readonly labels: ReadonlySet<number>;
  private readonly isMethod: boolean;
  private readonly localOf: number[] = [];
  /** Locals of addresses, by register. */
  private readonly addresses = new Map<number, number>();
  private readonly scratch: number;
  private readonly value: number;
  private blocks: ReadonlyMap<number, Block> = new Map();
  /** Registers with a value that is known here. */
  private constants = new Map<number, bigint>();
  /** Stores that are left out, for the callee gets the value in a register. */
  private readonly dropped = new Set<number>();

  /** Entry 0 is the method itself, with its parameters; others have none. */
  constructor(
    private readonly shape: Shape,
    private readonly entry: number,
    private readonly surroundings: Surroundings,
  ) {
    this.records = shape.method.records;
    this.labels = goals(this.records);
    this.isMethod = entry === 0;
    const parameters = this.isMethod ? shape.parameters : [];
    let next = 2;
    for (const { register } of parameters) this.localOf[register] = next++;
    for (let register = 0; register < shape.registers; register++) this.localOf[register] ??= next++;
    this.value = next++;
    this.scratch = next++;
    for (const { op, d } of this.records)
      if (op.startsWith('ADDR') && !this.addresses.has(d)) this.addresses.set(d, next++);
  }

  /** Locals behind the parameters. */
  get locals(): Locals {
    const parameters = this.isMethod ? this.shape.parameters.length : 0;
    return [
      [this.shape.registers - parameters + 1, I64],
      [this.addresses.size + 1, I32],
    ];
  }

  /** @throws KirError IrreducibleError */
  write(): Code {
    const { entries } = this.shape.method;
    const begin = entries[this.entry]! + (this.isMethod ? this.shape.parameters.length : 0);
    const calls = (method: number): boolean => this.surroundings.callee(method) !== undefined;
    const { first, cold, blocks } = flowFrom(this.records, begin, calls);
    this.blocks = blocks;
    for (const block of cold) this.open(block);
    this.tree(first);
    for (const block of cold.reverse()) {
      this.close();
      this.block(block);
    }
    return this.code;
  }

  private open(block: Block): void {
    this.code.block();
    this.around.push({ kind: 'block', block });
  }

  private close(): void {
    this.code.op(OP.end);
    this.around.pop();
  }

  /** A block and all that it dominates. */
  private tree(block: Block): void {
    const isLoop = block.backward > 0;
    if (isLoop) {
      this.code.loop();
      this.around.push({ kind: 'loop', block });
    }
    for (const join of block.joins.toReversed()) this.open(join);
    this.block(block);
    for (const join of block.joins) {
      this.close();
      this.tree(join);
    }
    if (!isLoop) return;
    this.close();
    this.code.op(OP.unreachable);
  }

  /** How many blocks lie around the label of `to`; undefined: it has none. */
  private depth(to: Block, back: boolean): number | undefined {
    for (let i = this.around.length - 1; i >= 0; i--) {
      const one = this.around[i]!;
      if (one.kind !== 'if' && one.block === to && (one.kind === 'loop') === back) return this.around.length - 1 - i;
    }
    return undefined;
  }

  private target(record: number): Block {
    const block = this.blocks.get(record);
    if (!block) throw new KirError(`there is no record ${record} to go to`);
    return block;
  }

  private goTo(from: Block, record: number): void {
    const to = this.target(record);
    const depth = this.depth(to, isBack(from, to));
    if (depth === undefined) this.tree(to);
    else this.code.br(depth);
  }

  /** Goes there if the i32 on the stack is not 0. */
  private goIf(from: Block, record: number): void {
    const to = this.target(record);
    const depth = this.depth(to, isBack(from, to));
    if (depth !== undefined) {
      this.code.brIf(depth);
      return;
    }
    this.code.if();
    this.around.push({ kind: 'if' });
    const before = this.constants;
    this.tree(to);
    this.constants = before;
    this.close();
  }

  private block(block: Block): void {
    const { records } = this;
    this.constants = new Map();
    this.dropArguments(block);
    let at = block.first;
    while (at < block.end) {
      const next = this.record(block, at);
      if (next < 0) return;
      at = next;
    }
    const last = records[block.end - 1];
    if (!last) throw new KirError('an empty block');
    this.goTo(block, block.end);
  }

  /** Which stores in front of calls are of no use. */
  private dropArguments(block: Block): void {
    for (let at = block.first; at < block.end; at++) {
      const record = this.records[at]!;
      if (record.op !== 'CALL') continue;
      const callee = this.surroundings.callee(record.y);
      if (!callee) continue;
      const slots = new Set(callee.shape.parameters.map(({ slot }) => record.x + WINDOW_SLOTS + slot));
      for (let i = at - 1; i >= block.first; i--) {
        const before = this.records[i]!;
        // Of a store for a call alone, an exit would do it itself.
        if (before.op !== 'STF' || before.b !== 1) break;
        if (slots.delete(before.x)) this.dropped.add(i);
      }
    }
  }

  private register(register: number): number {
    return this.localOf[register]!;
  }

  private get_(register: number): Code {
    return this.code.get(this.register(register));
  }

  private set_(register: number): void {
    this.constants.delete(register);
    this.code.set(this.register(register));
  }

  private address(register: number): number {
    return this.addresses.get(register) ?? bad(`no address is in register ${register}`);
  }

  private frame(): Code {
    return this.code.get(FRAME);
  }

  /** Writes record `at`; number of the next, or -1: nothing follows. */
  private record(block: Block, at: number): number {
    const { code } = this;
    const record = this.records[at]!;
    const { op, d, a, b, x, y, t } = record;
    const binary = BINARY[op];
    if (binary !== undefined) {
      this.get_(a);
      if (op.length > 3 && op.endsWith('I')) code.i64(op.includes('SH') ? x & 63 : x);
      else this.get_(b);
      code.op(binary);
      this.set_(d);
      return at + 1;
    }
    switch (op) {
      case 'LI':
        code.i64(x);
        this.set_(d);
        this.constants.set(d, BigInt(x));
        return at + 1;
      case 'LI64': {
        const value = BigInt.asIntN(64, (BigInt(y) << 32n) | BigInt(x >>> 0));
        code.i64(value);
        this.set_(d);
        this.constants.set(d, value);
        return at + 1;
      }
      case 'MOV':
        this.get_(a);
        this.set_(d);
        return at + 1;
      case 'DIV':
      case 'MOD':
        this.divide(block, record);
        return at + 1;
      case 'DIVI':
      case 'MODI':
        if (x < 1) throw new KirError(`a division by ${x}`);
        this.get_(a)
          .i64(x)
          .op(op === 'DIVI' ? OP.i64_div_s : OP.i64_rem_s);
        this.set_(d);
        return at + 1;
      case 'NEG':
        code.i64(0);
        this.get_(a).op(OP.i64_sub);
        this.set_(d);
        return at + 1;
      case 'NOT':
        this.get_(a).i64(-1).op(OP.i64_xor);
        this.set_(d);
        return at + 1;
      case 'SET':
      case 'SETI':
        this.compare(record).op(OP.i64_extend_u);
        this.set_(d);
        return at + 1;
      case 'JMP':
        this.goTo(block, t);
        return -1;
      case 'JCC':
      case 'JCCI':
        this.compare(record);
        this.goIf(block, t);
        return at + 1;
      case 'LOOP':
        code.get(STATE).i32(x).op(OP.i32_add).tee(this.scratch).i32(SPENT).op(OP.i32_and);
        this.goIf(block, t);
        code.get(this.scratch).set(STATE);
        this.goTo(block, y);
        return -1;
      case 'LDF':
        this.frame().access(ACCESS.i64_load, 8 * x);
        this.set_(d);
        return at + 1;
      case 'STF':
        if (this.dropped.has(at)) return at + 1;
        this.frame();
        this.get_(a).access(ACCESS.i64_store, 8 * x);
        return at + 1;
      case 'ADDRC':
        code.i32(x).set(this.address(d));
        return at + 1;
      case 'ADDRF':
        this.frame().access(ACCESS.i32_load, 8 * x);
        if (t === 0) {
          code.set(this.address(d));
          return at + 1;
        }
        code.tee(this.address(d)).op(OP.i32_eqz);
        this.goIf(block, t);
        return at + 1;
      case 'ADDRV':
        this.get_(a).op(OP.i32_wrap).set(this.address(d));
        return at + 1;
      case 'ADDRX':
        this.get_(b).op(OP.i32_wrap);
        this.get_(a).op(OP.i32_wrap).i32(3).op(OP.i32_shl, OP.i32_add).set(this.address(d));
        return at + 1;
      case 'LDA':
        code.get(this.address(a)).access(wide(b), x);
        this.set_(d);
        return at + 1;
      case 'STA':
        code.get(this.address(d));
        this.get_(a).access(narrow(b), x);
        return at + 1;
      case 'CALL':
        return this.call(block, at);
      case 'RET':
        code.get(STATE);
        this.get_(a).op(OP.return);
        return -1;
      case 'RETF':
        code.get(STATE);
        this.frame()
          .access(ACCESS.i64_load, 8 * x)
          .op(OP.return);
        return -1;
      case 'RETV':
        code.get(STATE);
        this.leave();
        return -1;
      case 'EXIT':
        this.offset(a).i32(x).get(STATE).call(this.surroundings.exit).i32(LEFT_OFF);
        this.leave();
        return -1;
      case 'UNWOUND':
        if (x !== NO_WINDOW) this.coldWindow(x, a, y, t);
        code.i32(LEFT_OFF);
        this.leave();
        return -1;
      case 'RUN':
        this.run(block, record);
        return at + 1;
      case 'FUEL':
        code.get(STATE).i32(x).op(OP.i32_add).set(STATE);
        return at + 1;
      case 'WINDOW':
        this.coldWindow(x, a, y, t);
        return at + 1;
      default:
        throw new KirError(`record ${at}: ${op}`);
    }
  }

  /** Returns the state on the stack, with nobody's value. */
  private leave(): void {
    if (this.shape.gives) this.code.i64(0);
    this.code.op(OP.return);
  }

  private compare({ op, a, b, x, y }: KirRecord): Code {
    const condition = CONDITIONS[y] ?? bad(`condition ${y}`);
    this.get_(a);
    if (op === 'SETI' || op === 'JCCI') {
      if (x === 0 && y === 0) return this.code.op(OP.i64_eqz);
      this.code.i64(x);
    } else this.get_(b);
    return this.code.op(condition);
  }

  /** Wasm traps where there is nothing to divide by, and on the smallest number divided by -1. */
  private divide(block: Block, { op, d, a, b, t }: KirRecord): void {
    const { code } = this;
    const operation = op === 'DIV' ? OP.i64_div_s : OP.i64_rem_s;
    const divisor = this.constants.get(b);
    if (divisor === undefined || divisor === 0n) {
      this.get_(b).op(OP.i64_eqz);
      this.goIf(block, t);
    }
    if (op === 'DIV' && (divisor === undefined || divisor === -1n)) {
      this.get_(b).i64(-1).op(OP.i64_eq).if(I64).i64(0);
      this.get_(a).op(OP.i64_sub, OP.else);
      this.get_(a);
      this.get_(b).op(operation, OP.end);
    } else {
      this.get_(a);
      if (divisor === undefined) this.get_(b);
      else code.i64(divisor);
      code.op(operation);
    }
    this.set_(d);
  }

  /** The address of slot `slot`. */
  private offset(slot: number): Code {
    this.frame();
    return slot === 0 ? this.code : this.code.i32(8 * slot).op(OP.i32_add);
  }

  private coldWindow(slot: number, base: number, pc: number, method: number): void {
    this.offset(slot).i32(pc);
    this.offset(base).i32(method).call(this.surroundings.window);
  }

  private window(slot: number, base: number, pc: number, method: number): void {
    this.frame()
      .i32(pc)
      .access(ACCESS.i32_store, 8 * slot);
    this.frame();
    this.offset(base).access(ACCESS.i32_store, 8 * slot + 4);
    this.frame()
      .i32(method)
      .access(ACCESS.i32_store, 8 * slot + 8);
  }

  /** A CALL and the CALLED behind it, and the load of what was returned. */
  private call(block: Block, at: number): number {
    const { code, records } = this;
    const { a, x, y, t } = records[at]!;
    const callee = this.surroundings.callee(y);
    if (!callee) {
      this.goTo(block, t);
      return -1;
    }
    const called = records[at + 1]!;
    code
      .get(STATE)
      .i32(1 - LEVEL)
      .op(OP.i32_add)
      .tee(this.scratch)
      .i32(TIRED)
      .op(OP.i32_and);
    this.goIf(block, t);
    if (callee.runs) this.window(x, a, called.x, y);
    this.offset(x + WINDOW_SLOTS).get(this.scratch);
    for (const { slot } of callee.shape.parameters) this.argument(block, at, x + WINDOW_SLOTS + slot);
    code.call(callee.index);
    if (callee.shape.gives) code.set(this.value);
    code.tee(this.scratch).i32(0).op(OP.i32_lt_s);
    this.goIf(block, called.t);
    code.get(this.scratch).i32(LEVEL).op(OP.i32_add).set(STATE);
    if (!callee.shape.gives) return at + 2;
    const next = records[at + 2];
    const isLoaded = next?.op === 'LDF' && next.x === x && !this.labels.has(at + 2) && at + 2 < block.end;
    // A value on its way is wanted in the slot as well, by exits and by the runtime.
    if (!isLoaded || next.d < FIRST_REGISTER)
      this.frame()
        .get(this.value)
        .access(ACCESS.i64_store, 8 * x);
    if (!isLoaded) return at + 2;
    code.get(this.value);
    this.set_(next.d);
    return at + 3;
  }

  private argument(block: Block, at: number, slot: number): void {
    for (let i = at - 1; i >= block.first; i--) {
      const { op, a, b, x } = this.records[i]!;
      if (op !== 'STF' || b !== 1) break;
      if (x === slot && this.dropped.has(i)) {
        this.get_(a);
        return;
      }
    }
    this.frame().access(ACCESS.i64_load, 8 * slot);
  }

  private run(block: Block, { x, t }: KirRecord): void {
    const { code, surroundings } = this;
    code.getGlobal(surroundings.act);
    this.frame().i32(x);
    fuelLeft(code, STATE).call(surroundings.run).tee(this.scratch).i32(0).op(OP.i32_lt_s).if();
    this.around.push({ kind: 'if' });
    code.i32(1).setGlobal(surroundings.raised);
    this.goTo(block, t);
    this.close();
    code.get(STATE).i32(~FUEL_MASK).op(OP.i32_and).i32(FUEL_BASE).get(this.scratch);
    code.op(OP.i32_sub, OP.i32_or).set(STATE);
  }
}

/** Fuel left of the state in a local, as others count it. */
export function fuelLeft(code: Code, state: number): Code {
  return code.i32(FUEL_BASE).get(state).i32(FUEL_MASK).op(OP.i32_and, OP.i32_sub);
}

function wide(bytes: number): readonly [number, number] {
  switch (bytes) {
    case 1:
      return ACCESS.i64_load8;
    case 2:
      return ACCESS.i64_load16;
    case 4:
      return ACCESS.i64_load32;
    case 8:
      return ACCESS.i64_load;
    default:
      return bad(`an access of ${bytes} bytes`);
  }
}

function bad(what: string): never {
  throw new KirError(what);
}

/** The store of the low bytes of an i64. */
function narrow(bytes: number): readonly [number, number] {
  switch (bytes) {
    case 1:
      return ACCESS.i64_store8;
    case 4:
      return ACCESS.i64_store32;
    case 8:
      return ACCESS.i64_store;
    default:
      return bad(`a store of ${bytes} bytes`);
  }
}
