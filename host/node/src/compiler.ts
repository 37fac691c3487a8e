import { parseDiagnostics, type Diagnostic } from './diagnostic.js';
import { engineModule } from './engine-module.js';
import { EngineTrap, LoadError } from './errors.js';
import { Instance } from './instance.js';

const FLAG_KERNEL = 1;
const FLAG_NO_PRINT = 2;
const FLAG_MORE = 4;
const FLAG_SHOW = 8;
const FLAG_VALUE = 16;
const FLAG_LENIENT = 32;
const MAXIMUM_MEMORY = 16 << 20;

export interface CompileOptions {
  /** The kernel's rules: no `float`, the kernel's classes. */
  readonly kernel?: boolean;
  /** Leaves `print` statements out. */
  readonly noPrint?: boolean;
  /** Run anytime: statements with errors raise `Type!!` if they are reached; see `runnable`. */
  readonly lenient?: boolean;
  /** Further images may follow this one in its isolate. */
  readonly more?: boolean;
  /** The images of the isolate that this one goes on from, in order. */
  readonly images?: readonly Uint8Array[];
  /** What becomes of the value of the last item, if that is an expression: shown with its type, or what the top level gives. */
  readonly last?: 'shown' | 'given';
  /** Declarations of bound classes that the script may use: those of `Binding`s, or texts. */
  readonly bindings?: readonly (string | { readonly declarations: string })[];
  /** Asked now and then while compiling; `true` gives up. */
  readonly stop?: () => boolean;
}

/** What the annotations in front of a script say; empty or 0 where they say nothing. */
export interface Settings {
  readonly name: string;
  /** Bytes. */
  readonly heap: number;
  /** Units for each operation. */
  readonly fuel: bigint;
}

/** The source needs more memory than a compiler instance may have (16 MiB). */
export class CompileMemoryError extends Error {
  constructor(name: string) {
    super(`${name}: too large to compile within ${MAXIMUM_MEMORY >> 20} MiB: split it into several scripts`);
    this.name = 'CompileMemoryError';
  }
}

/** A finished compilation. It keeps the compiler's instance, so that diagnostics and listing are made only when asked for. */
export class Compilation {
  constructor(
    private readonly instance: Instance,
    /** Number of errors; 0: there is an image. −1: stopped. */
    readonly errors: number,
  ) {}

  get stopped(): boolean {
    return this.errors < 0;
  }

  /** Is there an image? Without errors there is; with `lenient`, also if statements answer for all of them. */
  get runnable(): boolean {
    return this.errors === 0 || (this.errors > 0 && this.instance.call('image_len') > 0);
  }

  /** The image. @throws Error when there were errors, unless it is `runnable` */
  get image(): Uint8Array {
    this.needImage();
    return this.instance.memory.copy(this.instance.call('image_ptr'), this.instance.call('image_len'));
  }

  /** What `@Name`, `@Heap` and `@Fuel` say. */
  get settings(): Settings {
    this.needImage();
    const { instance } = this;
    return {
      name: instance.memory.text(instance.call('meta_name_ptr'), instance.call('meta_name_len')),
      heap: instance.call('meta_heap'),
      fuel: instance.callLong('meta_fuel'),
    };
  }

  /** Errors and warnings in the order of the text. */
  get diagnostics(): Diagnostic[] {
    return parseDiagnostics(this.render('json'));
  }

  /** All diagnostics as text; empty if there are none. */
  render(format: Format): string {
    return renderDiagnostics(this.instance, format);
  }

  /** Listing of the image's instructions. */
  disassemble(): string {
    this.needImage();
    const pointer = this.instance.call('disassemble');
    return this.instance.memory.text(pointer, this.instance.call('disassemble_len'));
  }

  /** The type of the last item's value, with `last`; empty: there are errors, or it has none. */
  get lastType(): string {
    const pointer = this.instance.call('last_type');
    return this.instance.memory.text(pointer, this.instance.call('last_type_len'));
  }

  /** What may be typed next: members of what was compiled, or static ones of the class `receiver`; without it all in scope. */
  names(receiver = ''): string[] {
    const { instance } = this;
    const bytes = new TextEncoder().encode(receiver);
    const at = instance.call('source_alloc', bytes.length);
    instance.memory.write(at, bytes);
    const pointer = instance.call('names', at, bytes.length);
    const text = instance.memory.text(pointer, instance.call('names_len'));
    return [...new Set(text.split('\n'))].filter((name) => name !== '').sort();
  }

  /** C header of the script's ioctl commands and structs; empty if it has none. */
  header(): string {
    this.needImage();
    const pointer = this.instance.call('header');
    return this.instance.memory.text(pointer, this.instance.call('header_len'));
  }

  private needImage(): void {
    if (!this.runnable) throw new Error('there is no image: the script has errors');
  }
}

/** `short`: errors alone, `file:line:column: message (code)`. */
type Format = 'plain' | 'ansi' | 'json' | 'short';

function renderDiagnostics(instance: Instance, format: Format): string {
  const pointer = instance.call('diag_render', { plain: 0, ansi: 1, json: 2, short: 3 }[format]);
  return instance.memory.text(pointer, instance.call('diag_render_len'));
}

/** Declares one text; the number of errors. */
function declareText(instance: Instance, declarations: string | Uint8Array, name: string): number {
  const bytes = typeof declarations === 'string' ? new TextEncoder().encode(declarations) : declarations;
  const nameBytes = new TextEncoder().encode(name);
  const at = instance.call('declare_alloc', bytes.length);
  instance.memory.write(at, bytes);
  const nameAt = instance.call('declare_alloc', nameBytes.length);
  instance.memory.write(nameAt, nameBytes);
  return instance.call('declare', at, bytes.length, nameAt, nameBytes.length);
}

export interface Declarations {
  readonly errors: number;
  /** The errors as text. */
  readonly rendered: string;
  /** Every declared method with the signature that docs/abi.md describes; empty if there are errors. */
  readonly methods: readonly { readonly name: string; readonly signature: string; readonly isStatic: boolean }[];
}

/** Checks declarations of bound classes; the later texts may name classes of the earlier ones. */
export function declare(texts: readonly (string | Uint8Array)[], name = '', format: Format = 'plain'): Declarations {
  const instance = new Instance(engineModule('compiler'), { safepoint: () => 0 });
  let errors = 0;
  for (const text of texts) {
    errors = declareText(instance, text, name);
    if (errors !== 0) break;
  }
  if (errors === 0) errors = instance.call('declared');
  const list = errors === 0 ? instance.memory.text(instance.call('declared_ptr'), instance.call('declared_len')) : '';
  const methods = list
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [methodName = '', signature = '', isStatic] = line.split(' ');
      return { name: methodName, signature, isStatic: isStatic === 'static' };
    });
  return { errors, rendered: errors === 0 ? '' : renderDiagnostics(instance, format), methods };
}

/** Listings of images of one isolate, in order. */
export function disassembleAll(images: readonly Uint8Array[]): string[] {
  const instance = new Instance(engineModule('compiler'), { safepoint: () => 0 });
  for (const image of images) primeWith(instance, image, 0);
  return images.map((_, index) => {
    const pointer = instance.call('disassemble_primed', index);
    return instance.memory.text(pointer, instance.call('disassemble_len'));
  });
}

function primeWith(instance: Instance, image: Uint8Array, flags: number): void {
  const at = instance.call('source_alloc', image.length);
  instance.memory.write(at, image);
  const code = instance.call('prime', at, image.length, flags);
  if (code !== 0) throw new LoadError(`the compiler does not go on from this image (code ${code})`, code);
}

/**
 * Compiles a script in a fresh compiler instance.
 * @param source text, or its UTF-8 bytes (which may be broken: that is a diagnostic)
 * @param name file name for diagnostics and stack traces; empty: `<script>`
 * @throws CompileMemoryError, EngineTrap, EngineMissingError
 */
export function compile(source: string | Uint8Array, name = '', options: CompileOptions = {}): Compilation {
  const instance = new Instance(engineModule('compiler'), { safepoint: () => (options.stop?.() ? 1 : 0) });
  for (const binding of options.bindings ?? []) {
    const declarations = typeof binding === 'string' ? binding : binding.declarations;
    const errors = declareText(instance, declarations, '');
    if (errors !== 0)
      throw new Error(`the declarations of a binding have errors:\n${renderDiagnostics(instance, 'plain')}`);
  }
  const text = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const nameBytes = new TextEncoder().encode(name);
  const flags =
    (options.kernel ? FLAG_KERNEL : 0) |
    (options.noPrint ? FLAG_NO_PRINT : 0) |
    (options.more ? FLAG_MORE : 0) |
    (options.lenient ? FLAG_LENIENT : 0) |
    (options.last === 'shown' ? FLAG_SHOW : options.last === 'given' ? FLAG_VALUE : 0);
  try {
    for (const image of options.images ?? []) primeWith(instance, image, flags);
    const textAt = instance.call('source_alloc', text.length);
    instance.memory.write(textAt, text);
    const nameAt = instance.call('source_alloc', nameBytes.length);
    instance.memory.write(nameAt, nameBytes);
    return new Compilation(instance, instance.call('compile', textAt, text.length, nameAt, nameBytes.length, flags));
  } catch (error) {
    if (error instanceof EngineTrap && instance.memory.size >= MAXIMUM_MEMORY)
      throw new CompileMemoryError(name || '<script>');
    throw error;
  }
}
