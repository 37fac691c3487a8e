/** Generates the engine's table of built-in classes and the library reference from `builtins.ts`. */
import { classes, internalNatives, type ClassSpec, type FieldSpec, type MethodSpec } from './builtins.js';
import { libraryClasses } from './library.js';

const VOID = 0xffff;
const TYPE_VAR = 0xfffe;
const ANY = 0xfffd;
const ARRAY = 1 << 16;
const NULLABLE = 1 << 20;

/** A type as one number: class id, plus ARRAY and NULLABLE bits. */
function typeCode(text: string): number {
  let rest = text;
  let code = 0;
  if (rest.endsWith('?')) {
    code |= NULLABLE;
    rest = rest.slice(0, -1);
  }
  if (rest.endsWith('[]')) {
    code |= ARRAY;
    rest = rest.slice(0, -2);
  }
  const names: Record<string, string> = { int: 'Int', boolean: 'Boolean', float: 'Float' };
  if (rest === 'void') return code | VOID;
  if (rest === 'T') return code | TYPE_VAR;
  if (rest === 'Any') return code | ANY;
  const id = classes.findIndex((c) => c.name === (names[rest] ?? rest));
  if (id < 0) throw new Error(`spec/builtins.ts: unknown type ${text}`);
  return code | id;
}

interface Param {
  readonly name: string;
  readonly type: number;
  /** 0 none, 1 integer (in `value`), 2 empty string, 3 null */
  readonly defaultKind: number;
  readonly value: bigint;
}
interface Method {
  readonly owner: number;
  readonly name: string;
  readonly result: number;
  readonly params: readonly Param[];
  readonly flags: number;
  readonly spec: MethodSpec;
}

function parseDefault(text: string | undefined): Pick<Param, 'defaultKind' | 'value'> {
  if (text === undefined) return { defaultKind: 0, value: 0n };
  if (text === '""') return { defaultKind: 2, value: 0n };
  if (text === 'null') return { defaultKind: 3, value: 0n };
  return { defaultKind: 1, value: BigInt(text) };
}

function parseMethod(owner: number, spec: MethodSpec): Method {
  const match = /^(\S+) (\w+)\((.*)\)$/.exec(spec.sig);
  if (!match) throw new Error(`spec/builtins.ts: bad signature ${spec.sig}`);
  const [, result = '', name = '', list = ''] = match;
  const params =
    list === ''
      ? []
      : list.split(', ').map((p): Param => {
          const m = /^(\S+) (\w+)(?: = (.+))?$/.exec(p);
          if (!m) throw new Error(`spec/builtins.ts: bad parameter ${p}`);
          return { name: m[2] ?? '', type: typeCode(m[1] ?? ''), ...parseDefault(m[3]) };
        });
  const flags =
    (spec.static ? 1 : 0) |
    (spec.virtual ? 2 : 0) |
    (spec.context === 'sleep' ? 4 : 0) |
    (spec.home === 'user' || classes[owner]?.home === 'user' ? 8 : 0) |
    (spec.floats ? 16 : 0);
  return { owner, name, result: typeCode(result), params, flags, spec };
}

const methods: readonly Method[] = classes.flatMap((c, id) => (c.methods ?? []).map((m) => parseMethod(id, m)));
const ownSlots = (c: ClassSpec): number => c.fields?.length ?? 0;
const find = (name: string | null): number => classes.findIndex((c) => c.name === name);
function inheritedSlots(c: ClassSpec): number {
  const above = classes[find(c.super)];
  return above ? inheritedSlots(above) + ownSlots(above) : 0;
}
const fields: readonly { owner: number; slot: number; name: string; type: number; flags: number; spec: FieldSpec }[] =
  classes.flatMap((c, owner) =>
    (c.fields ?? []).map((f, i) => {
      const [type = '', name = ''] = f.sig.split(' ');
      return { owner, slot: inheritedSlots(c) + i, name, type: typeCode(type), flags: f.hidden ? 1 : 0, spec: f };
    }),
  );

const constants = classes.flatMap((c, owner) => (c.constants ?? []).map((k) => ({ ...k, owner })));

/** The 64 bits of a constant. */
function constantBits(k: { readonly value: number | bigint; readonly float?: true }): string {
  const view = new DataView(new ArrayBuffer(8));
  if (k.float) view.setFloat64(0, Number(k.value));
  else view.setBigInt64(0, BigInt(k.value));
  return `0x${view.getBigUint64(0).toString(16)}`;
}

/** Bit n: argument n (`this` is argument 0 of an instance method) is a reference that is never null. */
function nonNull(m: Method): number {
  const values = [find('Int'), find('Boolean'), find('Float'), TYPE_VAR, ANY, VOID];
  const isReference = (type: number): boolean => (type & NULLABLE) === 0 && !values.includes(type);
  const types = m.flags & 1 ? [] : [m.owner];
  for (const p of m.params) types.push(p.type);
  return types.reduce((mask, type, i) => mask | (isReference(type) ? 1 << i : 0), 0);
}

/** Constant name of a native: `N_STRING_INDEX_OF`. */
export function nativeConstant(owner: string, name: string): string {
  return `N_${`${owner}_${name}`.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase()}`;
}

/** All names once, as one UTF-8 pool. */
class Pool {
  private readonly at = new Map<string, number>();
  private readonly bytes: number[] = [];
  put(name: string): { offset: number; length: number } {
    let offset = this.at.get(name);
    if (offset === undefined) {
      offset = this.bytes.length;
      this.at.set(name, offset);
      this.bytes.push(...Buffer.from(name, 'utf8'));
    }
    return { offset, length: Buffer.byteLength(name) };
  }
  data(): string {
    return this.bytes.join(', ');
  }
}

/** `engine/bytecode/builtins.generated.ts`. */
export function builtinTables(): string {
  const pool = new Pool();
  const nameWord = (name: string): number => {
    const { offset, length } = pool.put(name);
    return (offset << 8) | length;
  };
  const home = { both: 0, kernel: 1, user: 2 } as const;
  const classRows = classes.map((c, id) => {
    const first = methods.findIndex((m) => m.owner === id);
    const firstField = fields.findIndex((f) => f.owner === id);
    return [
      nameWord(c.name),
      find(c.super),
      inheritedSlots(c) + ownSlots(c),
      first < 0 ? 0 : first,
      c.methods?.length ?? 0,
      firstField < 0 ? 0 : firstField,
      ownSlots(c),
      (c.open ? 1 : 0) | (home[c.home ?? 'both'] << 1),
    ];
  });
  const paramRows: (number | bigint)[][] = [];
  const methodRows = methods.map((m) => {
    const first = paramRows.length;
    for (const p of m.params)
      paramRows.push([nameWord(p.name), p.type, p.defaultKind, p.value > 0x7fffffffn ? -1 : p.value]);
    return [nameWord(m.name), m.owner, m.result, first, m.params.length, m.flags | (nonNull(m) << 8)];
  });
  for (const n of internalNatives)
    methodRows.push([
      nameWord(n.name),
      -1,
      VOID,
      0,
      n.arguments,
      1 | (n.home === 'user' ? 8 : 0) | (n.integers ? 0 : ((1 << n.arguments) - 1) << 8),
    ]);
  const constantRows = constants.map((k) => [nameWord(k.name), k.owner, k.float ? 1 : 0]);
  const fieldRows = fields.map((f) => [nameWord(f.name), f.owner, f.type, f.slot, f.flags]);
  const virtuals = methods.filter((m) => m.flags & 2);
  const lines = [
    '// Generated from spec/ by spec/generate.ts; do not edit.',
    '',
    '// Type codes: class id in the low 16 bits',
    `export const TC_VOID: i32 = ${VOID};`,
    `export const TC_TYPE_VAR: i32 = ${TYPE_VAR};`,
    `export const TC_ANY: i32 = ${ANY};`,
    `export const TC_ARRAY: i32 = ${ARRAY};`,
    `export const TC_NULLABLE: i32 = ${NULLABLE};`,
    '',
    '// Class ids',
    ...classes.map(
      (c, i) =>
        `export const CLASS_${c.name
          .replace(/Exception$/, (m, at: number) => (at > 0 ? '_EXCEPTION' : m))
          .replace(/([a-z])([A-Z])/g, '$1_$2')
          .toUpperCase()}: i32 = ${i};`,
    ),
    `export const BUILTIN_CLASSES: i32 = ${classes.length};`,
    '',
    '// Field slots of built-in classes',
    ...fields.map(
      (f) => `export const SLOT_${nativeConstant(classes[f.owner]?.name ?? '', f.name).slice(2)}: i32 = ${f.slot};`,
    ),
    '',
    '// Native ids',
    ...methods.map(
      (m, i) => `export const ${nativeConstant(classes[m.owner]?.name ?? '', m.spec.native ?? m.name)}: i32 = ${i};`,
    ),
    ...internalNatives.map(
      (n, i) =>
        `/** ${n.doc} */\nexport const ${nativeConstant('', n.name).replace('N__', 'N_')}: i32 = ${methods.length + i};`,
    ),
    `export const BUILTIN_CONSTANTS: i32 = ${constants.length};`,
    `export const BUILTIN_METHODS: i32 = ${methods.length};`,
    `export const NATIVES: i32 = ${methods.length + internalNatives.length};`,
    `/** Virtual-table slots that \`Object\` brings. */`,
    `export const OBJECT_VSLOTS: i32 = ${virtuals.length};`,
    '',
  ];
  const table = (name: string, width: number, rows: readonly (readonly (number | bigint)[])[]): void => {
    lines.push(`const ${name}: usize = memory.data<i32>([${rows.flat().join(', ')}]);`);
    if (rows.some((r) => r.length !== width)) throw new Error(`${name}: rows differ in width`);
  };
  table('classTable', 8, classRows);
  table('methodTable', 6, methodRows);
  table('paramTable', 4, paramRows);
  table('fieldTable', 5, fieldRows);
  table('constantTable', 3, constantRows);
  lines.push(`const constantValues: usize = memory.data<u64>([${constants.map(constantBits).join(', ')}]);`);
  lines.push(`const nameTable: usize = memory.data<u8>([${pool.data()}]);`, '');
  const accessor = (fn: string, tableName: string, width: number, column: number, doc: string, arg: string): void => {
    lines.push(
      `/** ${doc} */`,
      `export function ${fn}(${arg}: i32): i32 {`,
      `  return load<i32>(${tableName} + <usize>((${arg} * ${width} + ${column}) << 2));`,
      '}',
    );
  };
  lines.push('// A name is `offset << 8 | length` into the name pool.');
  lines.push(
    "/** Address of a name's UTF-8 bytes. */",
    'export function builtinNameAddress(name: i32): usize {',
    '  return nameTable + <usize>(name >>> 8);',
    '}',
  );
  lines.push(
    '/** Length of a name in bytes. */',
    'export function builtinNameLength(name: i32): i32 {',
    '  return name & 0xff;',
    '}',
  );
  const cls = (fn: string, col: number, doc: string): void => accessor(fn, 'classTable', 8, col, doc, 'cls');
  cls('builtinClassName', 0, 'Name of a class.');
  cls('builtinClassSuper', 1, 'Class id of the class above, or -1.');
  cls('builtinClassSlots', 2, 'Instance slots, inherited ones included.');
  cls('builtinClassFirstMethod', 3, "First row of its methods; a method's row is its native id.");
  cls('builtinClassMethodCount', 4, 'Number of its own methods.');
  cls('builtinClassFirstField', 5, 'First row of its own fields.');
  cls('builtinClassFieldCount', 6, 'Number of its own fields.');
  cls('builtinClassFlags', 7, 'Bit 0: scripts may extend it. Bits 1-2: home, 0 both, 1 kernel, 2 user space.');
  const method = (fn: string, col: number, doc: string): void => accessor(fn, 'methodTable', 6, col, doc, 'method');
  method(
    'builtinMethodName',
    0,
    'Name of a method; constructors are called `new`. Natives behind `BUILTIN_METHODS` have one too.',
  );
  method('builtinMethodOwner', 1, 'Class id of its class; -1: a native that only generated code calls.');
  method('builtinMethodResult', 2, 'Type code of its result.');
  method('builtinMethodFirstParam', 3, 'First row of its parameters.');
  method('builtinMethodParamCount', 4, 'Number of its parameters, without `this`.');
  method(
    'builtinMethodFlags',
    5,
    'Bit 0 static, bit 1 virtual, bit 2 may sleep, bit 3 user space only, bit 4 the form for floats of the method of its name; bits 8 up: arguments, `this` first, that are references and not null.',
  );
  const param = (fn: string, col: number, doc: string): void => accessor(fn, 'paramTable', 4, col, doc, 'param');
  param('builtinParamName', 0, 'Name of a parameter.');
  param('builtinParamType', 1, 'Type code of a parameter.');
  param(
    'builtinParamDefaultKind',
    2,
    'Its default: 0 none, 1 the integer of the next column, 2 the empty string, 3 null.',
  );
  param('builtinParamDefault', 3, 'The default integer; -1 stands for the largest int.');
  const field = (fn: string, col: number, doc: string): void => accessor(fn, 'fieldTable', 5, col, doc, 'field');
  field('builtinFieldName', 0, 'Name of a field.');
  field('builtinFieldOwner', 1, 'Class id of its class.');
  field('builtinFieldType', 2, 'Type code of a field.');
  field('builtinFieldSlot', 3, 'Slot in the object.');
  field('builtinFieldFlags', 4, 'Bit 0: hidden from scripts.');
  const constant = (fn: string, col: number, doc: string): void =>
    accessor(fn, 'constantTable', 3, col, doc, 'constant');
  constant('builtinConstantName', 0, 'Name of a constant.');
  constant('builtinConstantOwner', 1, 'Class id of its class.');
  constant('builtinConstantIsFloat', 2, '1: a float; 0: an int.');
  lines.push(
    '/** Its value; the bits of a float. */',
    'export function builtinConstantValue(constant: i32): i64 {',
    '  return load<i64>(constantValues + ((<usize>constant) << 3));',
    '}',
  );
  lines.push('');
  return lines.join('\n');
}

/** `docs/library.md`. */
export function builtinReference(): string {
  const lines = [
    '# Library',
    '',
    '<!-- Generated from spec/builtins.ts and stdlib/*.k by spec/generate.ts; do not edit. -->',
    '',
  ];
  for (const c of libraryClasses()) {
    const where = c.home === 'kernel' ? ' *(kernel)*' : c.home === 'user' ? ' *(user space)*' : '';
    lines.push(
      `## ${c.name.endsWith('Exception') && c.name !== 'Exception' ? `${c.name.slice(0, -9)}!!` : c.name}${where}`,
      '',
    );
    lines.push(
      c.doc + (c.super && c.super !== 'Object' ? ` Extends \`${c.super.replace(/(.)Exception$/, '$1!!')}\`.` : ''),
      '',
    );
    const rows: string[] = [];
    for (const f of c.fields ?? []) if (!f.hidden) rows.push(`| \`${f.sig}\` | ${f.doc} |`);
    for (const k of c.constants ?? []) rows.push(`| \`${c.name}.${k.name}\` = ${k.value} | ${k.doc} |`);
    for (const m of c.methods ?? []) {
      const sig = m.sig.startsWith('void new(') ? m.sig.slice(5).replace('new', `new ${c.name}`) : m.sig;
      const notes = `${m.context === 'sleep' ? ' *May sleep.*' : ''}${m.home === 'user' ? ' *User space.*' : ''}`;
      rows.push(`| \`${m.static ? 'static ' : ''}${sig}\` | ${m.doc}${notes} |`);
    }
    if (rows.length) lines.push('| member | |', '|---|---|', ...rows, '');
  }
  return lines.join('\n');
}
