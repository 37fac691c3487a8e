/** Modules of wasm: types, imports, functions and exports, put together in the order in which the format wants them. */
import { Bytes } from './bytes.js';
import type { Code } from './instructions.js';

const FUNCTION = 0x60;
const FUNCREF = 0x70;
const MAGIC = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
/** A variable i32 that begins as 0. */
const ZERO_VARIABLE = Uint8Array.of(0x7f, 1, 0x41, 0, 0x0b);

const SECTION = { type: 1, import: 2, function: 3, table: 4, global: 6, export: 7, code: 10 } as const;
const KIND = { function: 0, table: 1, memory: 2, global: 3 } as const;

/** Locals behind the parameters: how many of which type. */
export type Locals = readonly (readonly [count: number, type: number])[];

export class ModuleWriter {
  private readonly types: string[] = [];
  private readonly typeBytes: Bytes[] = [];
  private readonly imports: Bytes[] = [];
  private readonly functions: { type: number; code: Bytes | undefined }[] = [];
  private readonly globals: Bytes[] = [];
  private readonly exports: Bytes[] = [];
  private importedFunctions = 0;
  private importedGlobals = 0;
  private ownTable: Bytes | undefined;

  /** Index of a function type. */
  type(parameters: readonly number[], results: readonly number[]): number {
    const key = `${parameters.join()}:${results.join()}`;
    const known = this.types.indexOf(key);
    if (known >= 0) return known;
    const bytes = new Bytes().byte(FUNCTION);
    for (const list of [parameters, results]) {
      bytes.unsigned(list.length);
      for (const one of list) bytes.byte(one);
    }
    this.typeBytes.push(bytes);
    return this.types.push(key) - 1;
  }

  private import(name: string, kind: number): Bytes {
    const bytes = new Bytes().name('konoha').name(name).byte(kind);
    this.imports.push(bytes);
    return bytes;
  }

  /** All imports come before what the module has itself. */
  importFunction(name: string, type: number): number {
    this.import(name, KIND.function).unsigned(type);
    return this.importedFunctions++;
  }

  importMemory(name: string): void {
    this.import(name, KIND.memory).byte(0).unsigned(0);
  }

  importGlobal(name: string, type: number): number {
    this.import(name, KIND.global).byte(type).byte(1);
    return this.importedGlobals++;
  }

  /** A variable i32, at first 0. */
  global(): number {
    this.globals.push(new Bytes().append(ZERO_VARIABLE));
    return this.importedGlobals + this.globals.length - 1;
  }

  table(size: number): void {
    this.ownTable = new Bytes().byte(FUNCREF).byte(0).unsigned(size);
  }

  /** Index of a function that `define` gives its code. */
  declare(type: number): number {
    return this.importedFunctions + this.functions.push({ type, code: undefined }) - 1;
  }

  define(index: number, locals: Locals, code: Code): void {
    const body = new Bytes(code.length + 32).unsigned(locals.length);
    for (const [count, type] of locals) body.unsigned(count).byte(type);
    body.append(code.view()).byte(0x0b);
    this.functions[index - this.importedFunctions]!.code = body;
  }

  exportFunction(name: string, index: number): void {
    this.exports.push(new Bytes().name(name).byte(KIND.function).unsigned(index));
  }

  exportGlobal(name: string, index: number): void {
    this.exports.push(new Bytes().name(name).byte(KIND.global).unsigned(index));
  }

  exportTable(name: string): void {
    this.exports.push(new Bytes().name(name).byte(KIND.table).unsigned(0));
  }

  finish(): Uint8Array<ArrayBuffer> {
    const all = new Bytes(4096).append(MAGIC);
    const section = (id: number, items: readonly Bytes[]): void => {
      if (items.length === 0) return;
      const body = new Bytes(1024).unsigned(items.length);
      for (const item of items) body.append(item.view());
      all.byte(id).sized(body.view());
    };
    section(SECTION.type, this.typeBytes);
    section(SECTION.import, this.imports);
    section(
      SECTION.function,
      this.functions.map(({ type }) => new Bytes().unsigned(type)),
    );
    section(SECTION.table, this.ownTable ? [this.ownTable] : []);
    section(SECTION.global, this.globals);
    section(SECTION.export, this.exports);
    const code = new Bytes(4096).unsigned(this.functions.length);
    for (const one of this.functions) code.sized(one.code!.view());
    all.byte(SECTION.code).sized(code.view());
    return all.view();
  }
}
