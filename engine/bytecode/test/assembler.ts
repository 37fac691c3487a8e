/**
 * An assembler for images, for tests: instructions as tuples, operands by name. It checks nothing that the verifier
 * checks, so that tests can build images that must be refused.
 *
 *   const b = new ImageBuilder();
 *   b.method({ name: '<top>', frame: 4, code: [['LDI', 0, 5], 'again', ['IADDI', 0, 0, -1], ['JGTI', 0, 0, 'again'], ['RETV']] });
 *   const image = b.build();
 */
import { readFileSync } from 'node:fs';
import { opcodes, userOnly, type Opcode } from '../../../spec/opcodes.js';
import * as img from '../image.js';

/** Constants of a generated engine file, by name: `generatedConstant('builtins', 'N_KERNEL_LOG')`. */
export function generatedConstant(file: 'builtins' | 'opcodes', name: string): number {
  const value = new RegExp(`export const ${name}: \\w+ = (\\d+);`).exec(generatedText(file))?.[1];
  if (value === undefined) throw new Error(`${file}.generated.ts has no ${name}`);
  return Number(value);
}

const texts = new Map<string, string>();
function generatedText(file: string): string {
  let text = texts.get(file);
  if (text === undefined) {
    text = readFileSync(new URL(`../${file}.generated.ts`, import.meta.url), 'utf8');
    texts.set(file, text);
  }
  return text;
}

/** A number, a name (string, method, class, global, label) or a 64-bit constant. */
export type Operand = number | bigint | string;
/** One instruction, or a label. */
export type Line = readonly [string, ...Operand[]] | string;

export interface HandlerSource {
  /** Labels; `to` is exclusive. */
  readonly from: string;
  readonly to: string;
  readonly target: string;
  /** Class id or name; −1 catches all. */
  readonly cls: number | string;
  readonly slot: number;
}

export interface MethodSource {
  readonly name: string;
  readonly owner?: number | string;
  readonly signature?: string;
  readonly flags?: number;
  readonly params?: number;
  readonly frame: number;
  readonly code: readonly Line[];
  readonly handlers?: readonly HandlerSource[];
  /** Pairs of pc and line. */
  readonly lines?: readonly (readonly [number, number])[];
  readonly shape?: number;
  /** Index + 1 of the layouts that an ioctl takes and gives. */
  readonly input?: number;
  readonly output?: number;
  /** What parameters and result are; unless given, integers, and what the flags say. */
  readonly kinds?: number;
  /** Type code of the result, then for each parameter behind `this` a type code and a default: it can be called by name. */
  readonly types?: readonly number[];
  /** The image's own file unless given. */
  readonly file?: string;
}

/** A C struct; a field: slot, offset, kind, size. */
export interface LayoutSource {
  readonly cls: number | string;
  readonly size: number;
  readonly fields: readonly (readonly [number, number, number, number])[];
}

export interface IoctlSource {
  readonly cls: number | string;
  readonly command: number;
  readonly method: string;
}

export interface OpsSource {
  readonly open?: string;
  readonly read?: string;
  readonly write?: string;
  readonly close?: string;
  readonly poll?: string;
  readonly seek?: string;
  readonly ioctl?: number;
  readonly flags?: number;
}

export interface ClassSource {
  readonly name: string;
  /** Class id or name of the class above; 0 (Object) unless given. */
  readonly super?: number | string;
  readonly fields?: readonly { readonly name: string; readonly type: string; readonly ref: boolean }[];
  /** Method names for the virtual slots; a number stands for a native. `Object`'s three come first. */
  readonly vtable?: readonly (string | number)[];
  readonly flags?: number;
  readonly ops?: OpsSource;
}

export interface BuildOptions {
  readonly top?: string;
  readonly main?: string;
  readonly file?: string;
  readonly scriptName?: string;
  readonly deviceMode?: number;
  readonly defaultDevice?: OpsSource;
  /** IMG_NEEDS_*; by itself floats where an instruction has to do with them. */
  readonly needs?: number;
}

const byName = new Map(opcodes.map((o, index): [string, readonly [Opcode, number]] => [o.name, [o, index]]));

/** Is it an instruction that the kernel does not have? */
function isUserOnly(line: Line): boolean {
  const at = isLabelLine(line) ? -1 : byName.get(line[0])![1];
  return at >= byName.get(userOnly.first)![1] && at <= byName.get(userOnly.last)![1];
}

function isLabelLine(line: Line): line is string {
  return typeof line === 'string';
}

class Words {
  readonly bytes: number[] = [];
  u32(value: number): void {
    const v = value >>> 0;
    this.bytes.push(v & 255, (v >>> 8) & 255, (v >>> 16) & 255, v >>> 24);
  }
  u64(value: bigint): void {
    const v = BigInt.asUintN(64, value);
    this.u32(Number(v & 0xffffffffn));
    this.u32(Number(v >> 32n));
  }
  align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0);
  }
}

/** Collects the parts of an image, in any order; names are resolved by `build`. */
export class ImageBuilder {
  private readonly strings: string[] = [];
  private readonly ints: bigint[] = [];
  private readonly methods: MethodSource[] = [];
  private readonly classes: ClassSource[] = [];
  private readonly layouts: LayoutSource[] = [];
  private readonly ioctls: IoctlSource[] = [];
  private readonly globals: { name: string; type: string; ref: boolean }[] = [];

  private readonly patches: { cls: number | string; slot: number; method: string }[] = [];

  /** @param after the image before this one in the same isolate: its classes, methods and globals may be named too */
  constructor(private readonly after?: ImageBuilder) {}

  private readonly sites: (readonly [number, number])[] = [];
  private readonly answers: (readonly [number | string, string, string | number | undefined])[] = [];
  private readonly hosts: { name: string; signature: string; cls: number | string; flags: number }[] = [];

  /** Index of a string constant. */
  string(text: string): number {
    const known = this.strings.indexOf(text);
    return this.bases().strings + (known >= 0 ? known : this.strings.push(text) - 1);
  }
  /** Index of an integer constant. */
  int(value: bigint): number {
    const known = this.ints.indexOf(value);
    return this.bases().ints + (known >= 0 ? known : this.ints.push(value) - 1);
  }
  /** Adds a method; the first one is the top level unless `build` says otherwise. */
  method(source: MethodSource): this {
    this.methods.push(source);
    return this;
  }
  /** Adds a class. */
  cls(source: ClassSource): this {
    this.classes.push(source);
    return this;
  }
  /** Adds a C struct. */
  layout(source: LayoutSource): this {
    this.layouts.push(source);
    return this;
  }
  /** Adds a command of a device. */
  ioctl(source: IoctlSource): this {
    this.ioctls.push(source);
    return this;
  }
  /** Adds a global. */
  global(name: string, type: string, ref: boolean): this {
    this.globals.push({ name, type, ref });
    return this;
  }

  /** Adds a function of the host; `cls`: the class of the objects it gives. */
  host(name: string, signature: string, cls: number | string = 0, flags = signature[2] === 'H' ? 0 : 1): this {
    this.hosts.push({ name, signature, cls, flags });
    return this;
  }

  /** Gives an entry of the virtual table of an earlier image's class to a method of this one. */
  patch(cls: number | string, slot: number, method: string): this {
    this.patches.push({ cls, slot, method });
    return this;
  }

  /** Records of this image and all before it. */
  private totals(): Record<
    'classes' | 'methods' | 'globals' | 'strings' | 'ints' | 'hosts' | 'layouts' | 'sites',
    number
  > {
    const before = this.bases();
    return {
      classes: before.classes + this.classes.length,
      methods: before.methods + this.methods.length,
      globals: before.globals + this.globals.length,
      strings: before.strings + this.strings.length,
      ints: before.ints + this.ints.length,
      hosts: before.hosts + this.hosts.length,
      layouts: before.layouts + this.layouts.length,
      sites: before.sites + this.sites.length,
    };
  }
  private bases(): ReturnType<ImageBuilder['totals']> {
    const none = { classes: 0, methods: 0, globals: 0, strings: 0, ints: 0, hosts: 0, layouts: 0, sites: 0 };
    return this.after?.totals() ?? none;
  }

  /** Index of a new site that calls method `what` of an interface; its arguments are the method's own unless given. */
  site(what: number, parameters = this.paramsOf(what)): number {
    return this.bases().sites + this.sites.push([what, parameters]) - 1;
  }
  /** Index of a new site that names a member of an Any; `parameters`: those of its calls, the object included. */
  member(name: string, parameters: number): number {
    return this.bases().sites + this.sites.push([this.string(name), (img.IMG_SITE_DYNAMIC | parameters) >>> 0]) - 1;
  }
  /** Says that `target` (a number: a native) answers `what` of an interface for objects of `cls`; without `target`: `what` is an interface that it implements. */
  answer(cls: number | string, what: string, target?: string | number): this {
    this.answers.push([cls, what, target]);
    return this;
  }

  private find<T extends { readonly name: string }>(list: readonly T[], what: string, name: string): number {
    const index = list.findIndex((x) => x.name === name);
    if (index < 0) throw new Error(`assembler: no ${what} ${name}`);
    return index;
  }
  private methodId(name: string): number {
    const own = this.methods.findIndex((m) => m.name === name);
    if (own >= 0) return this.bases().methods + own;
    if (this.after) return this.after.methodId(name);
    throw new Error(`assembler: no method ${name}`);
  }
  private paramsOf(method: number): number {
    const own = method - this.bases().methods;
    return own < 0 && this.after ? this.after.paramsOf(method) : (this.methods[own]?.params ?? 0);
  }
  private globalId(name: string): number {
    const own = this.globals.findIndex((g) => g.name === name);
    if (own >= 0) return this.bases().globals + own;
    if (this.after) return this.after.globalId(name);
    throw new Error(`assembler: no global ${name}`);
  }
  /** Class id by number, user class name, or built-in constant (`OUT_OF_MEMORY_EXCEPTION`). */
  classId(cls: number | string): number {
    if (typeof cls === 'number') return cls;
    const own = this.classes.findIndex((c) => c.name === cls);
    if (own >= 0) return generatedConstant('builtins', 'BUILTIN_CLASSES') + this.bases().classes + own;
    return this.after ? this.after.classId(cls) : generatedConstant('builtins', `CLASS_${cls}`);
  }

  private wide(
    kind: NonNullable<Opcode['bx']>,
    value: Operand,
    pc: number,
    labels: ReadonlyMap<string, number>,
  ): number {
    switch (kind) {
      case 'off32':
        return typeof value === 'string' ? this.label(labels, value) - pc - 1 : Number(value);
      case 'int':
        return typeof value === 'bigint' ? this.int(value) : Number(value);
      case 'string':
        return typeof value === 'string' ? this.string(value) : Number(value);
      case 'class':
        return typeof value === 'bigint' ? Number(value) : this.classId(value);
      case 'method':
        return typeof value === 'string' ? this.methodId(value) : Number(value);
      case 'native':
        return typeof value === 'string' ? generatedConstant('builtins', `N_${value}`) : Number(value);
      case 'global':
        return typeof value === 'string' ? this.globalId(value) : Number(value);
      case 'host':
        return typeof value === 'string'
          ? this.bases().hosts + this.find(this.hosts, 'host function', value)
          : Number(value);
      case 'site':
        return typeof value === 'string' ? this.site(this.methodId(value)) : Number(value);
      case 'kinds':
      case 'type':
      case 'imm32':
        return Number(value);
    }
  }
  private label(labels: ReadonlyMap<string, number>, name: string): number {
    const at = labels.get(name);
    if (at === undefined) throw new Error(`assembler: no label ${name}`);
    return at;
  }
  private encode(line: Exclude<Line, string>, pc: number, labels: ReadonlyMap<string, number>, code: Words): void {
    const [name, ...operands] = line;
    const entry = byName.get(name);
    if (!entry) throw new Error(`assembler: no opcode ${name}`);
    const [op, number] = entry;
    const rest = [...operands];
    const field = (kind: string | undefined): number => {
      if (kind === undefined || kind === 'none') return 0;
      const value = rest.shift();
      // What the class of the object is expected to be is a guess: Object, which is right.
      if (value === undefined && name === 'CALLV') return 0;
      if (value === undefined) throw new Error(`assembler: ${name} lacks an operand`);
      if (kind === 'off16' && typeof value === 'string') return this.label(labels, value) - pc - 1;
      if (kind === 'class' && typeof value === 'string') return this.classId(value);
      return Number(value);
    };
    const a = field(op.a);
    let b = 0;
    let c = 0;
    if (op.bx) {
      const bx = this.wide(op.bx, rest.shift() ?? 0, pc, labels);
      b = bx & 0xffff;
      c = (bx >>> 16) & 0xffff;
    } else {
      b = field(op.b);
      c = field(op.c);
    }
    if (rest.length > 0) throw new Error(`assembler: ${name} has too many operands`);
    for (const part of [number, a, b, c]) code.bytes.push(part & 255, (part >>> 8) & 255);
  }

  private opsRecord(ops: OpsSource | undefined, to: Words): void {
    for (const handler of [ops?.open, ops?.read, ops?.write, ops?.close, ops?.poll, ops?.seek])
      to.u32(handler === undefined ? 0 : this.methodId(handler) + 1);
    to.u32(ops?.ioctl ?? 0);
    to.u32(ops?.flags ?? 0);
  }

  private typeWords(): Words {
    const words = new Words();
    let next = this.methods.length;
    for (const { types } of this.methods) {
      words.u32(types ? next : 0);
      next += types?.length ?? 0;
    }
    for (const { types } of this.methods) for (const word of types ?? []) words.u32(word);
    return words;
  }

  /** The image. */
  build(options: BuildOptions = {}): Uint8Array {
    const code = new Words();
    const handlers = new Words();
    const lines = new Words();
    const methods = new Words();
    for (const m of this.methods) {
      const labels = new Map<string, number>();
      let length = 0;
      for (const line of m.code) {
        if (isLabelLine(line)) labels.set(line, length);
        else length++;
      }
      labels.set('end', length);
      const record = [
        this.string(m.name),
        m.owner === undefined ? -1 : this.classId(m.owner),
        this.string(m.signature ?? '()'),
        m.flags ?? 0,
        m.params ?? 0,
        m.frame,
        code.bytes.length / img.IMG_INSTRUCTION_BYTES,
        length,
        handlers.bytes.length / img.IMG_HANDLER_BYTES,
        m.handlers?.length ?? 0,
        lines.bytes.length / img.IMG_LINE_BYTES,
        m.lines?.length ?? 0,
        m.shape ?? 0,
        m.input ?? 0,
        m.output ?? 0,
        m.kinds ?? kindsOf(m.params ?? 0, m.flags ?? 0),
        this.string(m.file ?? options.file ?? 'test.k'),
        0,
      ];
      for (const word of record) methods.u32(word);
      let pc = 0;
      for (const line of m.code) if (!isLabelLine(line)) this.encode(line, pc++, labels, code);
      for (const h of m.handlers ?? []) {
        for (const word of [
          this.label(labels, h.from),
          this.label(labels, h.to),
          this.label(labels, h.target),
          this.classId(h.cls),
          h.slot,
        ])
          handlers.u32(word);
      }
      for (const [at, line] of m.lines ?? []) {
        lines.u32(at);
        lines.u32(line);
      }
    }
    const classes = new Words();
    const fields = new Words();
    const vtable = new Words();
    const slotsOf = (id: number): number => {
      const builtin = generatedConstant('builtins', 'BUILTIN_CLASSES');
      if (id < builtin) return builtinSlots(id);
      let image: ImageBuilder | undefined = this;
      while (image && id - builtin < image.bases().classes) image = image.after;
      const own = image?.classes[id - builtin - image.bases().classes];
      return slotsOf(image?.classId(own?.super ?? 0) ?? 0) + (own?.fields?.length ?? 0);
    };
    for (const c of this.classes) {
      const above = this.classId(c.super ?? 0);
      const inherited = slotsOf(above);
      const own = c.fields ?? [];
      const table = c.vtable ?? [0, 1, 2];
      const record = [
        this.string(c.name),
        above,
        fields.bytes.length / img.IMG_FIELD_BYTES,
        own.length,
        inherited + own.length,
        vtable.bytes.length / img.IMG_VTABLE_BYTES,
        table.length,
        c.flags ?? 0,
      ];
      for (const word of record) classes.u32(word);
      this.opsRecord(c.ops, classes);
      own.forEach((f, index) => {
        for (const word of [this.string(f.name), this.string(f.type), inherited + index, f.ref ? 1 : 0])
          fields.u32(word);
      });
      for (const entry of table)
        vtable.u32(typeof entry === 'string' ? this.methodId(entry) : (0x80000000 | entry) >>> 0);
    }
    const globals = new Words();
    for (const g of this.globals)
      for (const word of [this.string(g.name), this.string(g.type), g.ref ? 1 : 0]) globals.u32(word);
    const layouts = new Words();
    const layoutFields = new Words();
    for (const l of this.layouts) {
      const first = layoutFields.bytes.length / img.IMG_LAYOUT_FIELD_BYTES;
      for (const word of [this.classId(l.cls), l.size, first, l.fields.length]) layouts.u32(word);
      for (const field of l.fields) for (const word of field) layoutFields.u32(word);
    }
    const ioctls = new Words();
    for (const i of this.ioctls)
      for (const word of [this.classId(i.cls), i.command, this.methodId(i.method)]) ioctls.u32(word);
    const hosts = new Words();
    for (const h of this.hosts)
      for (const word of [
        this.string(h.name),
        this.string(h.signature),
        this.classId(h.cls),
        h.signature.length - 3,
        h.flags,
      ])
        hosts.u32(word);
    const sites = new Words();
    for (const site of this.sites) for (const word of [...site, 0, 0]) sites.u32(word);
    const answers = new Words();
    const rows = this.answers.map(([cls, what, target]): readonly number[] => [
      this.classId(cls),
      target === undefined ? img.IMG_ITABLE_IS | this.classId(what) : this.methodId(what),
      target === undefined ? 0 : typeof target === 'number' ? (0x80000000 | target) >>> 0 : this.methodId(target),
    ]);
    for (const row of rows.sort((x, y) => x[0]! - y[0]! || x[1]! - y[1]!)) for (const word of row) answers.u32(word);
    const defaults = new Words();
    if (options.defaultDevice) this.opsRecord(options.defaultDevice, defaults);
    const fileName = this.string(options.file ?? 'test.k');
    const scriptName = this.string(options.scriptName ?? '');

    const ints = new Words();
    for (const value of this.ints) ints.u64(value);
    const pool = new Words();
    const strings = new Words();
    const encoded = this.strings.map((s) => new TextEncoder().encode(s));
    const body = new Words();
    const offsets = new Map<number, readonly [number, number]>();
    const section = (word: number, bytes: readonly number[], count: number): void => {
      body.align(8);
      offsets.set(word, [img.IMG_HEADER_BYTES + body.bytes.length, count]);
      for (const byte of bytes) body.bytes.push(byte);
    };
    section(img.IMG_SEC_INTS, ints.bytes, this.ints.length);
    section(img.IMG_SEC_CODE, code.bytes, code.bytes.length / img.IMG_INSTRUCTION_BYTES);
    section(img.IMG_SEC_CLASSES, classes.bytes, this.classes.length);
    section(img.IMG_SEC_FIELDS, fields.bytes, fields.bytes.length / img.IMG_FIELD_BYTES);
    section(img.IMG_SEC_METHODS, methods.bytes, this.methods.length);
    section(img.IMG_SEC_VTABLE, vtable.bytes, vtable.bytes.length / img.IMG_VTABLE_BYTES);
    section(img.IMG_SEC_HANDLERS, handlers.bytes, handlers.bytes.length / img.IMG_HANDLER_BYTES);
    section(img.IMG_SEC_LINES, lines.bytes, lines.bytes.length / img.IMG_LINE_BYTES);
    section(img.IMG_SEC_GLOBALS, globals.bytes, this.globals.length);
    section(img.IMG_SEC_IOCTLS, ioctls.bytes, this.ioctls.length);
    section(img.IMG_SEC_LAYOUTS, layouts.bytes, this.layouts.length);
    section(img.IMG_SEC_LAYOUT_FIELDS, layoutFields.bytes, layoutFields.bytes.length / img.IMG_LAYOUT_FIELD_BYTES);
    section(img.IMG_SEC_HOSTCALLS, hosts.bytes, this.hosts.length);
    const patches = new Words();
    for (const p of this.patches)
      for (const word of [this.classId(p.cls), p.slot, this.methodId(p.method)]) patches.u32(word);
    section(img.IMG_SEC_PATCHES, patches.bytes, this.patches.length);
    section(img.IMG_SEC_SITES, sites.bytes, this.sites.length);
    section(img.IMG_SEC_ITABLE, answers.bytes, this.answers.length);
    const types = this.typeWords();
    section(img.IMG_SEC_TYPES, types.bytes, types.bytes.length / img.IMG_TYPE_WORD_BYTES);
    body.align(8);
    const defaultAt = img.IMG_HEADER_BYTES + body.bytes.length;
    for (const byte of defaults.bytes) body.bytes.push(byte);
    body.align(8);
    const poolAt = img.IMG_HEADER_BYTES + body.bytes.length + encoded.length * img.IMG_STRING_BYTES;
    for (const text of encoded) {
      strings.u32(poolAt + pool.bytes.length);
      strings.u32(text.length);
      for (const byte of text) pool.bytes.push(byte);
    }
    section(img.IMG_SEC_STRINGS, strings.bytes, encoded.length);
    for (const byte of pool.bytes) body.bytes.push(byte);
    body.align(8);

    const header = new Words();
    header.u32(img.IMG_MAGIC);
    header.u32(img.IMG_VERSION);
    header.u32(generatedConstant('opcodes', 'SPEC_HASH'));
    header.u32(img.IMG_HEADER_BYTES + body.bytes.length);
    const sectionWords = (first: number, last: number): void => {
      for (let word = first; word <= last; word += 8) {
        const [offset, count] = offsets.get(word) ?? [img.IMG_HEADER_BYTES, 0];
        header.u32(offset);
        header.u32(count);
      }
    };
    sectionWords(img.IMG_SEC_STRINGS, img.IMG_SEC_CODE);
    header.u32(options.top === undefined ? this.bases().methods : this.methodId(options.top));
    header.u32(options.main === undefined ? 0 : this.methodId(options.main) + 1);
    header.u32(fileName);
    header.u32(scriptName);
    header.u32(options.deviceMode ?? -1);
    header.u32(options.defaultDevice ? defaultAt : 0);
    header.u32(0);
    const floats = this.methods.some((m) => m.code.some(isUserOnly));
    header.u32(options.needs ?? (floats ? img.IMG_NEEDS_FLOATS : 0));
    sectionWords(img.IMG_SEC_IOCTLS, img.IMG_SEC_TYPES);
    while (header.bytes.length < img.IMG_BASE_SITES) header.u32(0);
    header.u32(this.bases().sites);
    while (header.bytes.length < img.IMG_BASE_CLASSES) header.u32(0);
    const { classes: classBase, methods: methodBase, globals: globalBase, ...rest } = this.bases();
    for (const word of [classBase, methodBase, globalBase, rest.strings, rest.ints, rest.hosts, rest.layouts])
      header.u32(word);
    return Uint8Array.from([...header.bytes, ...body.bytes]);
  }
}

/** Kinds of a method with parameters of integers. */
function kindsOf(params: number, flags: number): number {
  const own = params - (flags & img.IMG_METHOD_FLAG_STATIC ? 0 : 1);
  const result = flags & img.IMG_METHOD_FLAG_RESULT_REF ? img.IMG_KIND_OF_REFERENCE : img.IMG_KIND_OF_INT;
  return (
    (own > img.IMG_KINDS_PARAMETERS ? img.IMG_KINDS_TOO_MANY : 0) |
    (flags & 6 ? img.IMG_KINDS_HAS_RESULT | (result << img.IMG_KINDS_RESULT) : 0)
  );
}

/** Instance slots of a built-in class, from the generated table. */
function builtinSlots(cls: number): number {
  const row = /classTable: usize = memory\.data<i32>\(\[([^\]]*)\]/.exec(generatedText('builtins'))?.[1];
  return Number(row?.split(',')[cls * 8 + 2] ?? 0);
}
