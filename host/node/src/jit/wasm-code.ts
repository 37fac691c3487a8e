/** Native code of one isolate: KIR becomes modules of wasm on the engine's linear memory (docs/native-code.md). */
import type { NativeCode, NativeHost } from '../native.js';
import { newHub, type Hub } from './hub.js';
import { KIR_ENTRIES, KirError, readKir } from './kir.js';
import { MOST_LEVELS } from './layout.js';
import { optimised } from './optimised.js';
import { shapeOf, type Shape } from './shape.js';
import { entryName, functionName, loopModule, unitModule, type Known } from './unit.js';

/** How soon a method is worth it: when `heat` slices of `slice` units have ended in it. */
export interface Eagerness {
  readonly slice: number;
  readonly heat: number;
  /** By V8's baseline compiler: for what is run once. */
  readonly baseline?: boolean;
}

/** For use, and as eager as can be: for tests. */
export const WHAT_IS_HOT: Eagerness = { slice: 2048, heat: 2 };
export const ALL: Eagerness = { slice: 4, heat: 1 };

/** Of V8's stack, for nested calls; and what a call takes at most besides its locals, in words. */
const STACK_BYTES = 256 << 10;
const CALL_WORDS = 40;
/** More registers than that are of no use. */
const REGISTERS = 48;

class WasmCode implements NativeCode {
  readonly registers = REGISTERS;
  readonly slice: number;
  readonly heat: number;
  private readonly compile: (bytes: Uint8Array<ArrayBuffer>) => WebAssembly.Module;
  private readonly hub: Hub;
  private readonly methods = new Map<number, Known>();
  private readonly functions = new Map<number, WebAssembly.ExportValue>();

  constructor(
    private readonly host: NativeHost,
    { slice, heat, baseline = false }: Eagerness,
  ) {
    this.compile = baseline ? (bytes) => new WebAssembly.Module(bytes) : optimised;
    this.slice = slice;
    this.heat = heat;
    this.hub = newHub((place) => this.makeLoop(place));
    this.hub.levels.value = MOST_LEVELS;
  }

  get enter(): NativeCode['enter'] {
    return this.hub.enter;
  }

  install(unit: readonly Uint8Array[]): boolean {
    let shapes: Shape[];
    let made: WebAssembly.Exports;
    const known = new Map(this.methods);
    try {
      shapes = unit.map((bytes) => shapeOf(readKir(bytes)));
      for (const shape of shapes) known.set(shape.method.index, { shape, runs: shape.runs });
      spreadRuns(known);
      made = this.instantiate(unitModule(shapes, (method) => known.get(method)));
    } catch (error) {
      if (error instanceof KirError) return false;
      throw error;
    }
    for (const shape of shapes) this.publish(shape, known.get(shape.method.index)!, made);
    return true;
  }

  reset(): void {
    this.methods.clear();
    this.functions.clear();
    const { table, refuse, frame, advance, levels } = this.hub;
    for (let place = 0; place < table.length; place++) table.set(place, refuse);
    frame.value = 0;
    advance.value = 0;
    levels.value = MOST_LEVELS;
  }

  private instantiate(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Exports {
    const { hub, host } = this;
    const imports: WebAssembly.ModuleImports = {
      memory: host.memory(),
      run: host.runtime(),
      act: hub.act,
      raised: hub.raised,
    };
    for (const [method, code] of this.functions) imports[functionName(method)] = code;
    return new WebAssembly.Instance(this.compile(bytes), { konoha: imports }).exports;
  }

  private publish(shape: Shape, known: Known, made: WebAssembly.Exports): void {
    const { table, frame, advance, levels, lazy, refuse } = this.hub;
    const { index, entries, frame: slots } = shape.method;
    this.methods.set(index, known);
    this.functions.set(index, made[functionName(index)]!);
    const first = index * KIR_ENTRIES;
    if (table.length < first + KIR_ENTRIES) table.grow(first + KIR_ENTRIES - table.length, refuse);
    table.set(first, made[entryName(index)]);
    for (let entry = 1; entry < entries.length; entry++) table.set(first + entry, lazy);
    frame.value = Math.max(frame.value as number, 8 * slots);
    advance.value = Math.max(advance.value as number, shape.advance);
    const bytes = 8 * (shape.registers + shape.parameters.length + CALL_WORDS);
    levels.value = Math.min(levels.value as number, Math.floor(STACK_BYTES / bytes));
  }

  /** The loop of a method that is entered for the first time. */
  private makeLoop(place: number): void {
    const [index, entry] = [Math.floor(place / KIR_ENTRIES), place % KIR_ENTRIES];
    let code: unknown = this.hub.refuse;
    try {
      const { shape } = this.methods.get(index)!;
      code = this.instantiate(loopModule(shape, entry, (method) => this.methods.get(method)))[entryName(index)];
    } catch (error) {
      if (!(error instanceof KirError)) throw error;
    }
    this.hub.table.set(place, code);
  }
}

/** A method runs if it calls the runtime, or a method that does. */
function spreadRuns(known: Map<number, Known>): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const [index, { shape, runs }] of known) {
      if (runs || ![...shape.callees].some((callee) => known.get(callee)?.runs)) continue;
      known.set(index, { shape, runs: true });
      changed = true;
    }
  }
}

/** Makes native code of what is hot enough; for `IsolateOptions.native`. */
export function wasmCode(eagerness: Eagerness): (host: NativeHost) => NativeCode {
  return (host) => new WasmCode(host, eagerness);
}
