import { engineModule } from './engine-module.js';
import { Instance } from './instance.js';

export type DeclarationKind =
  | 'class'
  | 'interface'
  | 'method'
  | 'constructor'
  | 'function'
  | 'field'
  | 'variable'
  | 'constant'
  | 'parameter'
  | 'local';

/** A stretch of a file, in bytes. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What a script declares: its whole text, behind annotations. */
export interface Declaration extends Place {
  readonly kind: DeclarationKind;
  /** The class that it is a member of. */
  readonly container: Declaration | undefined;
  readonly name: string;
  /** How it is written, in one line: `int power(int base, int exponent = 2)`. */
  readonly signature: string;
}

/** A place where something is used. */
export interface Use extends Place {
  /** Is its name the last token there (of `object.name`), or the first? */
  readonly isLast: boolean;
  /** What is used; a text: `Class` or `Class.member` of the library. */
  readonly target: Declaration | string;
  /** Type of its value there; empty if it has none, or none that is known. */
  readonly type: string;
}

export interface Symbols {
  readonly declarations: readonly Declaration[];
  readonly uses: readonly Use[];
}

/**
 * What a script, or a bundle of files, declares and uses, as far as the checker makes it out: errors are no obstacle.
 * @throws EngineTrap, EngineMissingError
 */
export function analyse(source: Uint8Array, name: string, options: { readonly kernel?: boolean } = {}): Symbols {
  const instance = new Instance(engineModule('tools'), { safepoint: () => 0 });
  const put = (bytes: Uint8Array): number => {
    const at = instance.call('source_alloc', bytes.length);
    instance.memory.write(at, bytes);
    return at;
  };
  const nameBytes = new TextEncoder().encode(name);
  const [sourceAt, nameAt] = [put(source), put(nameBytes)];
  const length = instance.call('analyse', sourceAt, source.length, nameAt, nameBytes.length, options.kernel ? 1 : 0);
  const lines = instance.memory.text(instance.call('symbols_ptr'), length).split('\n');
  return read(lines.map((line) => line.split('\t')));
}

function read(rows: readonly string[][]): Symbols {
  const declared = new Map<string, Declaration>();
  for (const [what, id, kind, container, file, start, end, name, signature] of rows) {
    if (what !== 'D') continue;
    declared.set(id!, {
      kind: kind as DeclarationKind,
      container: declared.get(container!),
      file: file!,
      start: Number(start),
      end: Number(end),
      name: name!,
      signature: signature!,
    });
  }
  const uses = rows.flatMap(([what, file, start, end, part, target, type]): Use[] => {
    if (what !== 'U') return [];
    const known = /^\d/.test(target!) ? declared.get(target!) : target!;
    if (known === undefined) return [];
    return [
      { file: file!, start: Number(start), end: Number(end), isLast: part === 'l', target: known, type: type ?? '' },
    ];
  });
  return { declarations: [...declared.values()], uses };
}
