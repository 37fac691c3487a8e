/** Whole programs: classes, functions, handlers of devices, statements, in the order of a person's script. */
import type { Random } from '../random.js';
import { expression } from './expressions.js';
import { Scope, type Callable, type UserClass, type Variable } from './scope.js';
import { block, statement } from './statements.js';
import type { Type } from './types.js';

export interface ProgramOptions {
  /** Percent of places that are wrong on purpose. */
  readonly noise: number;
  /** With handlers on `Device` or a class below it. */
  readonly device: boolean;
  /** About so many statements. */
  readonly size: number;
}

/** A program's text. */
export function program(random: Random, options: ProgramOptions): string {
  const scope = new Scope(random, options.noise, options.size);
  const parts: string[] = [];
  if (options.device || random.chance(5)) parts.push(...annotations(scope));
  if (random.chance(12)) useBound(scope);
  for (let i = random.below(3); i > 0; i--) parts.push(userClass(scope));
  for (let i = random.below(4); i > 0; i--) parts.push(statement(scope, ''));
  for (let i = random.below(4); i > 0; i--) parts.push(userFunction(scope));
  if (options.device) parts.push(...handlers(scope));
  for (let i = random.between(1, 6); i > 0; i--) parts.push(statement(scope, ''));
  if (random.chance(8))
    parts.push(`void main(${random.chance(50) ? 'String[] args' : ''}) ${body(scope, 'void', null, [])}\n`);
  return parts.join('');
}

/** Bound classes, as far as they neither sleep nor take long: in the kernel samples/konoha_math, here engine/bound.ts. */
function useBound(scope: Scope): void {
  const method = (name: string, result: Type, ...parameters: Type[]): Callable => ({ name, result, parameters });
  const methods = [
    method('add', 'void', 'int'),
    method('mean', 'int'),
    method('max', 'int'),
    method('merged', 'Stats', 'Stats'),
    method('isLike', 'boolean', 'Object'),
    method('free', 'void'),
  ];
  scope.classes.push({ name: 'Stats', above: null, fields: [], methods, header: ['int'], isBound: true });
  scope.functions.push(
    method('IntMath.isqrt', 'int', 'int'),
    method('IntMath.gcd', 'int', 'int', 'int'),
    method('IntMath.toBase', 'String', 'int', 'int'),
    method('IntMath.kind', 'String?', 'String'),
  );
}

function annotations(scope: Scope): string[] {
  const { random } = scope;
  const all = ['@Name("fuzz")\n', '@Mode(0666)\n', '@Fuel(20_000)\n', '@Heap(131072)\n'];
  return all.filter(() => random.chance(40));
}

function parameters(scope: Scope, types: readonly Type[]): Variable[] {
  return types.map((type) => ({ name: scope.fresh('p'), type, isFinal: false }));
}

function list(variables: readonly Variable[]): string {
  return variables.map(({ type, name }) => `${type} ${name}`).join(', ');
}

/** A body that sees its parameters; one that must give a value ends by giving it. */
function body(scope: Scope, result: Type, owner: UserClass | null, own: readonly Variable[]): string {
  return scope.body(result, owner, () => {
    const names = own.map(({ name, type }) => `  ${type} ${scope.declare(type).name} = ${name}\n`);
    const inner = block(scope, 4, '');
    const end = result === 'void' ? '' : `  return ${expression(scope, result, 2)}\n`;
    return `{\n${names.join('')}${inner.slice(2, -1)}${end}}`;
  });
}

function signature(scope: Scope, prefix: string): Callable & { readonly own: Variable[] } {
  const { random } = scope;
  const types = Array.from({ length: random.below(4) }, () => scope.type());
  const result = random.chance(25) ? 'void' : scope.type();
  const own = parameters(scope, types);
  return { name: scope.fresh(prefix), result, parameters: types, own };
}

function userFunction(scope: Scope): string {
  const made = signature(scope, 'f');
  // Known before its body, so it may call itself.
  scope.functions.push(made);
  return `${made.result} ${made.name}(${list(made.own)}) ${body(scope, made.result, null, made.own)}\n`;
}

function userClass(scope: Scope): string {
  const { random } = scope;
  const name = scope.fresh('C');
  const possible = scope.classes.filter((one) => !one.isBound);
  const above = random.chance(40) && possible.length > 0 ? random.pick(possible) : null;
  const exception = !above && random.chance(15);
  const usesHeader = !above && !exception && random.chance(35);
  const header = usesHeader
    ? parameters(
        scope,
        Array.from({ length: random.below(3) }, () => scope.type()),
      )
    : [];
  const fields = Array.from({ length: random.below(4) }, () => ({
    name: scope.fresh('m'),
    type: scope.type(),
    isFinal: false,
  }));
  const methods: Callable[] = [];
  const made: UserClass = {
    name,
    above: above?.name ?? null,
    fields: [...(above?.fields ?? []), ...header, ...fields],
    methods,
    header: header.map(({ type }) => type),
  };
  const lines = fields.map((field) => `  ${field.type} ${field.name} = ${expression(scope, field.type, 2)}\n`);
  scope.classes.push(made);
  methods.push(...(above?.methods ?? []));
  for (let i = random.below(3); i > 0; i--) {
    const inherited = above && above.methods.length > 0 && random.chance(40) ? random.pick(above.methods) : null;
    const one = inherited
      ? { ...inherited, own: parameters(scope, inherited.parameters) }
      : random.chance(20)
        ? { name: 'toString', result: 'String', parameters: [], own: [] }
        : signature(scope, 'k');
    if (lines.some((line) => line.includes(` ${one.name}(`))) continue;
    if (!methods.some((known) => known.name === one.name)) methods.push(one);
    lines.push(`  ${one.result} ${one.name}(${list(one.own)}) ${body(scope, one.result, made, one.own)}\n`);
  }
  const base = above ? ` extends ${above.name}` : exception ? ' extends Exception' : '';
  return `class ${name}${usesHeader ? `(${list(header)})` : ''}${base} {\n${lines.join('')}}\n`;
}

const SENDS = [
  'out << g << EOL',
  'out.print("x".repeat(1000))',
  'out.writeByte(7)',
  'out.printInt(count)',
  'kept = out',
];
const TAKES = [
  'count += in.read()',
  'String? line = in.readLine()',
  'text = in.readAll()',
  'in.close()',
  'count = in.available()',
];
const KNOWS = [
  'count += f.offset',
  'if (f.nonblock) throw new Errno!!(11)',
  'last = f',
  'count = f.id * f.mode',
  'if (f.isReadable()) count++',
];
const OTHERS = [
  'if (count > 2) throw new Errno!!(22, "no")',
  'if (count % 7 == 3) throw new IO!!("x")',
  'while (count >= 0) { count++ }',
  'texts << "t${count}"',
  'count++',
  'texts.wait(count > 2, 5)',
  'texts.wait(count % 3 == 0)',
  'if (!texts.wait(texts.size() > 0, 7)) count++',
  'texts.notify()',
  'texts.notify()',
];

const STATES = [
  's.n++',
  's.t = text',
  's.n += count',
  'if (s.n > 1) throw new Errno!!(5)',
  'states << s',
  's.more = s.t',
];

/** Structs of ioctl: command n of a generated device has the n-th one, whose bytes in C these are. */
export const STRUCT_BYTES: readonly number[] = [16, 32, 6, 8];
const STRUCTS = `@Struct class R0(int a, int b)
@Struct class R1 { @U32 int a = 0; @I16 int b = 0; int c = 0; boolean open = false; @Size(8) String name = "" }
@Struct class R2 { @U8 int a = 0; @Size(5) String name = "" }
@Struct class R3 { @I8 int a = 0; @U16 int b = 0; @I32 int c = 0 }
`;
const MAKES = ['new R0(count, 2)', 'new R1()', 'new R2()', 'new R3()'];
const FILLS = [
  ['r.a = count', 'r.b += r.a', 'count = r.b', 'rs << r'],
  [
    'r.a = count',
    'r.b -= r.c',
    'r.name = text',
    'text = r.name',
    'if (r.open) throw new Errno!!(16)',
    'r.open = !r.open',
    'rs << r',
  ],
  ['r.a = count', 'r.name += "ab"', 'text = r.name', 'rs << r'],
  ['r.a = r.b', 'r.c = count', 'count = r.c', 'rs << r'],
] as const;

function handlers(scope: Scope): string[] {
  const { random } = scope;
  const extended = random.chance(40);
  const owner = extended ? '' : 'Device.';
  const indent = extended ? '  ' : '';
  const hasState = random.chance(40);
  const pool = (own: readonly string[], file: boolean, state: boolean): string[] =>
    [...own, ...own, ...OTHERS, ...(file ? KNOWS : []), ...(state ? STATES : [])].map((line) =>
      line.replace('out << g', `out << ${random.pick(['count', 'text', 'texts'])}`),
    );
  const one = (name: string, given: readonly string[], own: readonly string[], result = 'void', value = ''): string => {
    const file = random.chance(30);
    const state = hasState && name !== 'open' && random.chance(60);
    const all = [...given, ...(file ? ['File f'] : []), ...(state ? ['S s'] : [])];
    const from = pool(own, file, state);
    const lines = Array.from({ length: random.between(0, 3) }, () => `${indent}  ${random.pick(from)}\n`);
    const more = random.chance(30) ? scope.body('void', null, () => statement(scope, `${indent}  `)) : '';
    const end = value === '' ? '' : `${indent}  return ${value}\n`;
    return `${indent}${result} ${owner}${name}(${all.join(', ')}) {\n${lines.join('')}${more}${end}${indent}}\n`;
  };
  const command = (number: number): string => {
    const [takesStruct, choice] = [random.chance(50), random.below(4)];
    const result = choice === 0 ? 'void' : choice === 1 ? 'int' : `R${number}`;
    const value =
      choice === 0
        ? ''
        : choice === 1
          ? random.pick(['count', '1', '-1'])
          : random.pick([takesStruct ? 'r' : MAKES[number]!, `rs[0]`, MAKES[number]!]);
    const given = takesStruct ? [`R${number} r`] : [];
    const own = takesStruct ? FILLS[number]! : ['count++', 'text += "i"'];
    const named = own.map((line) => line.replace('rs <<', `rs${number} <<`));
    return `${indent}@Ioctl(${number}) ${one(`io${number}`, given, named, result, value.replace('rs[', `rs${number}[`)).slice(indent.length)}`;
  };
  const hasCommands = random.chance(35);
  const commands = hasCommands ? [0, 1, 2, 3].filter(() => random.chance(60)).map(command) : [];
  const takes = random.pick(['', '', 'in.available()', 'count', '0', '1']);
  const all = [
    hasState ? one('open', [], [], 'S', random.pick(['new S()', 'new S()', 'states[0]'])) : one('open', [], []),
    one('read', ['OutputStream out'], SENDS),
    one('write', ['InputStream in'], TAKES, takes === '' ? 'void' : 'int', takes),
    one('close', [], []),
    one('poll', [], [], 'int', random.pick(['File.POLLIN', 'File.POLLIN | File.POLLOUT', 'count', '-1'])),
    one('seek', ['int offset', 'int whence'], [], 'int', random.pick(['offset', 'offset + whence', 'count - 2'])),
  ];
  const some: string[] = all.filter((_, index) => (hasState && index === 0) || random.chance(index < 4 ? 75 : 25));
  some.push(...commands);
  const globals =
    'int count = 0\nString text = ""\nString[] texts = []\nOutputStream? kept = null\nFile? last = null\n' +
    (hasState ? 'class S { int n = 0; String t = ""; String? more = null }\nS[] states = [new S()]\n' : '') +
    (hasCommands ? `${STRUCTS}${MAKES.map((_, number) => `R${number}[] rs${number} = []\n`).join('')}` : '');
  if (!extended) return [globals, ...some];
  const registered = random.pick([
    'new D("fuzzd").register()',
    'new D("").register()',
    'D d = new D("fuzz0")\nd.register()\nnew D("fuzz1").register()',
  ]);
  const base = hasState ? random.pick(['Device<S>', 'Device']) : 'Device';
  return [
    globals,
    `class D extends ${base} {\n  D(String name) { super(name) }\n${some.join('')}}\n`,
    `${registered}\n`,
  ];
}
