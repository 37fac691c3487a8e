/** Small programs over the library, assembled and run: values live in slots, `show` logs them. */
import { ImageBuilder, type BuildOptions, type HandlerSource, type Line } from '../../bytecode/test/assembler.js';
import { Isolate } from '../../vm/test/isolate.js';

/** A value in a slot of the frame. */
export interface Value {
  readonly slot: number;
  readonly kind: 'int' | 'boolean' | 'object';
  /** Of an array: 0 integers, 1 references, 2 booleans. */
  readonly elements?: number;
}
export type Literal =
  string | bigint | number | boolean | null | readonly string[] | readonly bigint[] | readonly boolean[];
type Argument = Value | Literal;

const FRAME = 400;
const WINDOW = 380;

const isValue = (x: Argument): x is Value => typeof x === 'object' && x !== null && 'slot' in x;

export interface Outcome {
  /** What `show` logged. */
  readonly lines: string[];
  /** First line of the exception that ended it, or ''. */
  readonly exception: string;
  readonly isolate: Isolate;
  readonly act: number;
}

export class Program {
  readonly builder = new ImageBuilder();
  private readonly code: Line[] = [];
  private next = 0;

  /** Adds instructions as they are. */
  emit(...lines: Line[]): this {
    this.code.push(...lines);
    return this;
  }
  /** A fresh slot. */
  slot(kind: Value['kind']): Value {
    if (this.next >= WINDOW - 2) throw new Error('program: out of slots');
    return { slot: this.next++, kind };
  }
  value(x: Argument): Value {
    if (isValue(x)) return x;
    if (Array.isArray(x)) {
      const elements = x as readonly (string | bigint | boolean)[];
      const kind = typeof elements[0] === 'string' ? 1 : typeof elements[0] === 'boolean' ? 2 : 0;
      const array = { ...this.slot('object'), elements: kind };
      this.emit(['NEWA', array.slot, kind, 0]);
      for (const e of elements) this.emit([kind === 1 ? 'APUSHR' : 'APUSHI', array.slot, this.value(e).slot]);
      return array;
    }
    const to = this.slot(typeof x === 'string' || x === null ? 'object' : typeof x === 'boolean' ? 'boolean' : 'int');
    if (typeof x === 'string') this.emit(['LDS', to.slot, x]);
    else if (x === null) this.emit(['LDNULL', to.slot]);
    else this.emit(['LDC', to.slot, BigInt(x as bigint | number | boolean)]);
    return to;
  }
  /** An array without elements; `kind` 0 integers, 1 references, 2 booleans. */
  empty(kind: number): Value {
    const array = { ...this.slot('object'), elements: kind };
    this.emit(['NEWA', array.slot, kind, 0]);
    return array;
  }
  /** Calls a native (`STRING_SIZE`); its result. */
  call(native: string, kind: Value['kind'], ...args: Argument[]): Value {
    const values = args.map((arg) => this.value(arg));
    const to = this.slot(kind);
    values.forEach((value, i) => this.emit(['MOV', WINDOW + 2 + i, value.slot]));
    // Natives of Array are told what their caller takes an element for.
    if (values[0]?.elements !== undefined) this.emit(['LDI', WINDOW, values[0].elements]);
    this.emit(['CALLN', WINDOW, native], ['MOV', to.slot, WINDOW]);
    return to;
  }
  /** Logs a value as text: `null`, or what `toString` says. */
  show(x: Argument): this {
    const value = this.value(x);
    const text = WINDOW + 2;
    if (value.kind === 'int') this.emit(['I2S', text, value.slot]);
    else if (value.kind === 'boolean') this.emit(['B2S', text, value.slot]);
    else {
      const [some, done] = [`some${this.code.length}`, `done${this.code.length}`];
      this.emit(['JNNULL', value.slot, some], ['SCAT', text, value.slot, 1], ['JMP', done], some);
      this.emit(['MOV', text, value.slot], ['CALLN', WINDOW, 'OBJECT_TO_STRING'], ['MOV', text, WINDOW], done);
    }
    return this.emit(['CALLN', WINDOW, 'KERNEL_LOG']);
  }
  /** Runs it in an isolate of `kib` KiB. */
  async run(
    options: {
      kib?: number;
      fuel?: bigint;
      image?: BuildOptions;
      handlers?: readonly HandlerSource[];
      ready?: (isolate: Isolate) => void;
    } = {},
  ): Promise<Outcome> {
    this.builder.method({
      name: '<top>',
      frame: FRAME,
      code: [...this.code, ['RETV']],
      lines: [[0, 1]],
      handlers: options.handlers ?? [],
    });
    const isolate = await Isolate.create(options.kib ?? 1024);
    options.ready?.(isolate);
    const loaded = isolate.load(this.builder.build({ top: '<top>', ...options.image }));
    if (loaded !== 0) throw new Error(`vm_load: ${loaded}`);
    const act = isolate.activation(4096, options.fuel ?? 10_000_000n);
    const status = isolate.call('vm_run', act);
    const exception =
      status === 0 ? '' : status === 1 ? (isolate.exception(act).split('\n')[0] ?? '') : `status ${status}`;
    return { lines: isolate.logged.map((line) => line.replace(/^6:/, '')), exception, isolate, act };
  }
}

/** What one native answers, as text, or the exception it throws behind `! `. */
export async function answer(native: string, kind: Value['kind'] | 'none', ...args: Argument[]): Promise<string> {
  const program = new Program();
  const result = program.call(native, kind === 'none' ? 'int' : kind, ...args);
  if (kind !== 'none') program.show(result);
  const { lines, exception } = await program.run();
  return exception ? `! ${exception}` : lines.join('\n');
}
