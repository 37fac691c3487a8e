/** Modules: the methods of a unit, each with the function that `native_enter` finds in the table; or one loop of a method. */
import { fuelLeft, FunctionWriter, type Surroundings } from './function.js';
import { ENTRY_PARAMETERS } from './hub.js';
import { ACCESS, Code, I32, I64, OP } from './instructions.js';
import { ACT_NATIVE, LEFT, RETURNED } from './layout.js';
import { ModuleWriter } from './module.js';
import type { Shape } from './shape.js';

/** Bytes from a frame down to the slot of the method's result. */
const WINDOW_BYTES = 16;

/** A method with code, in the module or elsewhere. */
export interface Known {
  readonly shape: Shape;
  /** It, or what it calls, calls the runtime. */
  readonly runs: boolean;
}

/** Names of a method's exports: its function, and what stands in the table. */
export const functionName = (method: number): string => `f${method}`;
export const entryName = (method: number): string => `e${method}`;

class UnitWriter {
  private readonly module = new ModuleWriter();
  private readonly indices = new Map<number, number>();
  private readonly surroundings: Surroundings;
  private readonly entryType: number;

  /** `outside` are the methods that it calls and has not itself. */
  constructor(known: (method: number) => Known | undefined, outside: readonly number[]) {
    const { module } = this;
    this.entryType = module.type(ENTRY_PARAMETERS, [I32]);
    module.importMemory('memory');
    const run = module.importFunction('run', module.type([I32, I32, I32, I32], [I32]));
    for (const method of outside)
      this.indices.set(method, module.importFunction(functionName(method), this.typeOf(known(method)!.shape)));
    const act = module.importGlobal('act', I32);
    const raised = module.importGlobal('raised', I32);
    const callee: Surroundings['callee'] = (method) => {
      const one = known(method);
      const index = this.indices.get(method);
      return one && index !== undefined ? { ...one, index } : undefined;
    };
    this.surroundings = { callee, run, act, raised, exit: this.exitFunction(act), window: this.windowFunction() };
  }

  private exitFunction(act: number): number {
    const [fp, pc, state] = [0, 1, 2] as const;
    const index = this.module.declare(this.module.type([I32, I32, I32], []));
    const code = new Code().getGlobal(act).get(fp).access(ACCESS.i32_store, ACT_NATIVE);
    code
      .getGlobal(act)
      .get(pc)
      .access(ACCESS.i32_store, ACT_NATIVE + 4)
      .getGlobal(act);
    this.module.define(index, [], fuelLeft(code, state).access(ACCESS.i32_store, ACT_NATIVE + 8));
    return index;
  }

  private windowFunction(): number {
    const [at, pc, fp, method] = [0, 1, 2, 3] as const;
    const index = this.module.declare(this.module.type([I32, I32, I32, I32], []));
    const code = new Code().get(at).get(pc).access(ACCESS.i32_store, 0).get(at).get(fp).access(ACCESS.i32_store, 4);
    this.module.define(index, [], code.get(at).get(method).access(ACCESS.i32_store, 8));
    return index;
  }

  private typeOf({ parameters, gives }: Shape): number {
    return this.module.type([I32, I32, ...parameters.map(() => I64)], gives ? [I32, I64] : [I32]);
  }

  declare(shape: Shape): void {
    const index = this.module.declare(this.typeOf(shape));
    this.indices.set(shape.method.index, index);
    this.module.exportFunction(functionName(shape.method.index), index);
  }

  /** @throws KirError */
  define(shape: Shape): void {
    const index = this.indices.get(shape.method.index)!;
    const writer = new FunctionWriter(shape, 0, this.surroundings);
    this.module.define(index, writer.locals, writer.write());
    this.entry(shape, index, shape.parameters);
  }

  /** @throws KirError */
  loop(shape: Shape, entry: number): void {
    const index = this.module.declare(this.typeOf({ ...shape, parameters: [] }));
    const writer = new FunctionWriter(shape, entry, this.surroundings);
    this.module.define(index, writer.locals, writer.write());
    this.entry(shape, index, []);
  }

  private entry({ gives, method }: Shape, func: number, parameters: Shape['parameters']): void {
    const [act, fp, state, value] = [0, 2, 3, 4] as const;
    const code = new Code().get(fp).get(state);
    for (const { slot } of parameters) code.get(fp).access(ACCESS.i64_load, 8 * slot);
    code.call(func);
    if (gives) code.set(value);
    code.tee(state).i32(0).op(OP.i32_lt_s).if();
    code.i32(LEFT).getGlobal(this.surroundings.raised).op(OP.i32_add, OP.return, OP.end);
    if (gives) code.get(fp).i32(WINDOW_BYTES).op(OP.i32_sub).get(value).access(ACCESS.i64_store, 0);
    fuelLeft(code.get(act), state)
      .access(ACCESS.i32_store, ACT_NATIVE + 8)
      .i32(RETURNED);
    const index = this.module.declare(this.entryType);
    this.module.define(index, gives ? [[1, I64]] : [], code);
    this.module.exportFunction(entryName(method.index), index);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.module.finish();
  }
}

/** The module of a unit. @throws KirError */
export function unitModule(
  unit: readonly Shape[],
  known: (method: number) => Known | undefined,
): Uint8Array<ArrayBuffer> {
  const own = new Set(unit.map(({ method }) => method.index));
  const outside = new Set<number>();
  for (const { callees } of unit) for (const one of callees) if (!own.has(one) && known(one)) outside.add(one);
  const writer = new UnitWriter(known, [...outside]);
  for (const shape of unit) writer.declare(shape);
  for (const shape of unit) writer.define(shape);
  return writer.finish();
}

/** The module of one loop, its entry 1 or above. @throws KirError IrreducibleError */
export function loopModule(
  shape: Shape,
  entry: number,
  known: (method: number) => Known | undefined,
): Uint8Array<ArrayBuffer> {
  const writer = new UnitWriter(
    known,
    [...shape.callees].filter((method) => known(method)),
  );
  writer.loop(shape, entry);
  return writer.finish();
}
