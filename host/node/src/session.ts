import { compile, disassembleAll, type Compilation } from './compiler.js';
import { Isolate, type IsolateOptions } from './isolate.js';
import type { Outcome } from './outcome.js';

/** What came of an entry: it was compiled, and if it has no errors, run. */
export interface Entry {
  readonly compilation: Compilation;
  /** How the run ended; absent: there were errors, nothing ran and nothing was declared. */
  readonly outcome?: Outcome;
}

export interface SessionOptions extends IsolateOptions {
  /** The kernel's rules. */
  readonly kernel?: boolean;
}

/**
 * A shell's isolate: entries are compiled one after the other, each in the namespace that the earlier ones have made. What
 * an entry declares stays, also when its run ends in an exception; an entry with errors leaves no trace.
 */
export class Session {
  private readonly isolate: Isolate;
  private readonly kernel: boolean;

  /** @throws LoadError when memory is too small */
  constructor(options: SessionOptions = {}) {
    this.kernel = options.kernel ?? false;
    this.isolate = new Isolate(compile('', '', { kernel: this.kernel, more: true }).image, options);
  }

  /**
   * Compiles and runs one entry; the value of its last item, if that is an expression, is shown on the output with its type.
   * @param name stands in diagnostics and traces
   * @throws LoadError when the isolate has no memory left for it
   */
  enter(text: string, name = ''): Entry {
    const compilation = this.compile(text, name);
    if (compilation.errors !== 0) return { compilation };
    this.isolate.add(compilation.image);
    return { compilation, outcome: this.isolate.runLast() };
  }

  /** What `System.exit` was given, if an entry has called it. */
  get exitStatus(): number | undefined {
    return this.isolate.exitStatus;
  }

  /**
   * The instructions of the last entry, or of what has that name: a function, `Class.method`, or all methods of that name.
   * Empty: there is none.
   */
  listing(name = ''): string {
    const all = disassembleAll(this.isolate.images);
    if (name === '') return all.at(-1) ?? '';
    const blocks = all.flatMap((text) => text.split(/\n(?=\n)/)).map((block) => block.trimStart());
    const named = blocks.filter((block) => {
      const method = /^method \d+ ([^:]+):/.exec(block)?.[1] ?? '';
      return method === name || method.endsWith(`.${name}`);
    });
    return named.map((block) => `${block.trimEnd()}\n`).join('\n');
  }

  /** Names that may be typed next; of a receiver: its members. */
  names(receiver?: string): string[] {
    const compilation = this.compile(receiver ?? '', '');
    return receiver === undefined ? compilation.names() : compilation.names(receiver);
  }

  /** Compiles an entry without running it or keeping what it declares. */
  compile(text: string, name = ''): Compilation {
    return compile(text, name, { kernel: this.kernel, more: true, images: this.isolate.images, last: 'shown' });
  }
}
