/**
 * What all native code of an isolate meets at: a table with a place for each entry of each method, and `native_enter`, which the engine calls
 * and which is wasm, so that nothing of JavaScript lies between the two. A module of its own, for it must be there before the engine is.
 */
import { Code, I32, OP } from './instructions.js';
import { KIR_ENTRIES } from './kir.js';
import { FUEL_BASE, KEPT_FUEL, LEVEL, MOST_FUEL, REFUSED } from './layout.js';
import { ModuleWriter } from './module.js';

/** Parameters of what stands in the table: activation, place, frame, state. It gives an answer of `native_enter`. */
export const ENTRY_PARAMETERS = [I32, I32, I32, I32] as const;

export interface Hub {
  readonly enter: (...args: number[]) => number;
  readonly table: WebAssembly.Table;
  /** The activation that runs; whether the runtime has ended the call. */
  readonly act: WebAssembly.Global;
  readonly raised: WebAssembly.Global;
  /** Bytes of the largest frame, and from one to that of a callee at most; calls that the native stack has room for. */
  readonly frame: WebAssembly.Global;
  readonly advance: WebAssembly.Global;
  readonly levels: WebAssembly.Global;
  /** For the table: refuses; makes the code first. */
  readonly refuse: () => number;
  readonly lazy: () => number;
}

let compiled: WebAssembly.Module | undefined;

function moduleOfHub(): WebAssembly.Module {
  const module = new ModuleWriter();
  const entry = module.type(ENTRY_PARAMETERS, [I32]);
  const make = module.importFunction('make', module.type([I32], []));
  const globals = Object.fromEntries(
    ['act', 'raised', 'frame', 'advance', 'levels'].map((name) => [name, module.global()]),
  ) as Record<'act' | 'raised' | 'frame' | 'advance' | 'levels', number>;
  for (const [name, index] of Object.entries(globals)) module.exportGlobal(name, index);
  module.table(0);
  module.exportTable('table');

  const refuse = module.declare(entry);
  module.exportFunction('refuse', refuse);
  module.define(refuse, [], new Code().i32(REFUSED));

  const lazy = module.declare(entry);
  module.exportFunction('lazy', lazy);
  const again = new Code().get(1).call(make).get(0).get(1).get(2).get(3).get(1).callIndirect(entry);
  module.define(lazy, [], again);

  const enter = module.declare(module.type([I32, I32, I32, I32, I32, I32], [I32]));
  module.exportFunction('enter', enter);
  module.define(enter, [[3, I32]], enterCode(entry, globals));
  return new WebAssembly.Module(module.finish());
}

function enterCode(entry: number, globals: Record<'act' | 'raised' | 'frame' | 'advance' | 'levels', number>): Code {
  const [act, method, entryOf, fp, slice, limit, place, room, levels] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const code = new Code();
  const refuseIf = (): Code => code.if().i32(REFUSED).op(OP.return, OP.end);
  code
    .get(slice)
    .i32(KEPT_FUEL + 1)
    .op(OP.i32_sub)
    .i32(MOST_FUEL - KEPT_FUEL)
    .op(OP.i32_ge_u);
  refuseIf();
  code.get(method).i32(Math.log2(KIR_ENTRIES)).op(OP.i32_shl).get(entryOf).op(OP.i32_or).tee(place);
  code.tableSize().op(OP.i32_ge_u);
  refuseIf();
  code.get(fp).getGlobal(globals.frame).op(OP.i32_add).tee(room).get(limit).op(OP.i32_gt_u);
  refuseIf();
  code.getGlobal(globals.levels).set(levels).getGlobal(globals.advance).if();
  code.get(limit).get(room).op(OP.i32_sub).getGlobal(globals.advance).op(OP.i32_div_u).tee(room);
  code.get(levels).op(OP.i32_lt_u).if().get(room).set(levels).op(OP.end, OP.end);
  code.get(act).setGlobal(globals.act).i32(0).setGlobal(globals.raised);
  code.get(act).get(place).get(fp);
  code.get(levels).i32(LEVEL).op(OP.i32_mul).i32(FUEL_BASE).get(slice).op(OP.i32_sub, OP.i32_or);
  return code.get(place).callIndirect(entry);
}

/** A hub of its own for one isolate. `make` puts code into the table for a place where `lazy` stands. */
export function newHub(make: (place: number) => void): Hub {
  compiled ??= moduleOfHub();
  return new WebAssembly.Instance(compiled, { konoha: { make } }).exports as unknown as Hub;
}
