import { EngineTrap } from './errors.js';
import { LinearMemory } from './linear-memory.js';

type Exports = Record<string, WebAssembly.ExportValue>;

/**
 * One instance of a wasm module behind checked calls: a trap, a call stack that overflows or a missing export
 * becomes `EngineTrap`, and after the first trap every further call raises it again.
 */
export class Instance {
  readonly memory: LinearMemory;
  private readonly exports: Exports;
  private readonly rawMemory: WebAssembly.Memory;
  private trap: EngineTrap | null = null;
  private abortText = '';
  private hostError: unknown = null;

  /** `imports` are the functions of module `env` except `abort`; `direct` those that are called as they are, and throw nothing of their own. */
  constructor(
    module: WebAssembly.Module,
    imports: Record<string, (...args: never[]) => unknown>,
    direct: Record<string, (...args: never[]) => unknown> = {},
  ) {
    const guarded: WebAssembly.ModuleImports = {
      abort: (message: number, file: number, line: number, column: number) =>
        this.noteAbort(message, file, line, column),
    };
    for (const [name, body] of Object.entries(imports)) {
      guarded[name] = (...args: never[]) => {
        try {
          return body(...args);
        } catch (error) {
          this.hostError = error;
          throw error;
        }
      };
    }
    this.exports = new WebAssembly.Instance(module, { env: { ...guarded, ...direct } }).exports;
    const memory = this.exports['memory'];
    if (!(memory instanceof WebAssembly.Memory)) throw new EngineTrap('it exports no memory');
    this.rawMemory = memory;
    this.memory = new LinearMemory(memory);
  }

  /** The memory, for another module. */
  get linearMemory(): WebAssembly.Memory {
    return this.rawMemory;
  }

  /** An export, for another module. */
  export(name: string): WebAssembly.ExportValue {
    const value = this.exports[name];
    if (value === undefined) throw new EngineTrap(`it has no export ${name}`);
    return value;
  }

  /** Has this instance trapped? */
  get dead(): boolean {
    return this.trap !== null;
  }

  /** Grows memory to `bytes`, a multiple of 64 KiB. Does nothing when it is as large already. */
  growTo(bytes: number): void {
    const missing = Math.ceil((bytes - this.memory.size) / 65536);
    if (missing > 0) this.rawMemory.grow(missing);
  }

  /** Calls an export that returns an i32 or nothing. */
  call(name: string, ...args: (number | bigint)[]): number {
    return Number(this.invoke(name, args) ?? 0);
  }

  /** Calls an export that returns an i64. */
  callLong(name: string, ...args: (number | bigint)[]): bigint {
    const result = this.invoke(name, args);
    if (typeof result !== 'bigint') throw new EngineTrap(`${name} did not return an i64`);
    return result;
  }

  private invoke(name: string, args: (number | bigint)[]): number | bigint | undefined {
    if (this.trap) throw this.trap;
    const target = this.exports[name];
    if (typeof target !== 'function') throw new EngineTrap(`it has no export ${name}`);
    try {
      return (target as (...all: (number | bigint)[]) => number | bigint | undefined)(...args);
    } catch (error) {
      this.trap =
        error instanceof EngineTrap
          ? error
          : new EngineTrap(`${this.abortText || (error as Error).message} (in ${name})`, error);
      // An error of the host itself, such as a closed pipe behind OUT, is not the engine's fault: it passes as it is.
      if (error === this.hostError) throw error;
      throw this.trap;
    }
  }

  private noteAbort(message: number, file: number, line: number, column: number): void {
    this.abortText = `${this.memory.hostText(message)} at ${this.memory.hostText(file)}:${line}:${column}`;
  }
}
