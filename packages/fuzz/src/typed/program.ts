/**
 * Whole programs that are well typed by construction and end soon: declarations first, with their signatures; then the
 * bodies, which may call everything. A program counts what it does in a checksum, prints it, and throws no exception.
 */
import type { Random } from '../random.js';
import { hotPart } from './hot.js';
import { block, result, statement } from './statements.js';
import { INT, STRING, classType, same, write, type Type } from './types.js';
import { exact, fit, shortest, simple, supplierOf } from './values.js';
import { lineOf, World, type Callable, type Declared, type Parameter } from './world.js';

/** Calls that a piece of the top level may make, with those that they make. */
const CALLS = 60;

const PRELUDE = `int total = 7
int left = ${CALLS}
void mix(int n) { total = total * 31 + n }
void show(String s) { mix(s.hashCode()) }
void look(Exception e) {
  if (e instanceof ClassCast!! || e instanceof NoSuchMethod!! || e instanceof Fatal!! || e instanceof Null!!) throw e
  show(e.getClassName())
}
void nothing() { mix(1) }
boolean is(boolean b) { return b }
class Wrong!! extends Exception { int code = 0; Wrong!!(int n) { super("wrong"); code = n } }
class Holder<T>(T held) {
  T get() { return _held }
  T put(T x) { T old = held; held = x; return old }
}
T? maybe<T>(T x, int n) { if (n == 0) return null; return x }
T pick<T>(T a, T b, boolean c) { if (c) return a; return b }
T lastOf<T>(T[] xs) { return xs[xs.size() - 1] }
T[] part<T>(T[] xs, int n) { if (xs.size() == 0) return xs; return xs[at(n, xs.size()) to] }
int at(int n, int size) {
  if (size == 0) return 0
  int r = n % size
  return r < 0 ? r + size : r
}
String cut(String s) { return s.size() > 40 ? s[0 until 20] : s }
String head(String s, int n) { return s[0 until at(n, s.size() + 1)] }
Object asObject(Object o) { return o }
Object anything(int n) {
  switch (n) {
    case 0: return 7
    case 1: return "seven"
    case 2: return true
    case 3: return new Wrong!!(3)
    case 4: return "木"
    default: return n
  }
}
Any asAny(x) { return x }
Any anyOf(int n) {
  switch (n) {
    case 0: return null
    case 1: return [1, 2]
    default: return anything(n)
  }
}
int twice(int n) { return n * 2 }
boolean isOdd(int n) { return n % 2 != 0 }
String quoted(String s) { return "'" + cut(s) + "'" }
int less(int a, int b) { return a - b }
`;

const FUNCTION_TYPES: readonly [Type, string][] = [
  [{ kind: 'function', parameters: [INT], result: INT }, 'twice'],
  [{ kind: 'function', parameters: [INT], result: { kind: 'boolean' } }, 'isOdd'],
  [{ kind: 'function', parameters: [STRING], result: STRING }, 'quoted'],
  [{ kind: 'function', parameters: [INT, INT], result: INT }, 'less'],
];

/** A program's text. `size`: about so many statements. `isUser`: with what a kernel does not have. */
export function typedProgram(random: Random, size: number, isUser = false): string {
  const world = new World(random, isUser);
  const parts = [PRELUDE];
  for (const [type, name] of FUNCTION_TYPES) parts.push(`${write(type)} ${supplierOf(type)}() { return ${name} }\n`);
  declareTypes(world);
  for (let i = random.below(4); i > 0; i--) world.functions.push(signature(world, 'f', world.type()));
  const own = [...world.functions];
  // What constructors do may read any of these: those that call one come last, and may be null until then.
  const [plain, made]: [string[], string[]] = [[], []];
  for (let i = random.below(3); i > 0; i--) {
    const drawn = world.type(1);
    const makes = makesObjects(drawn);
    const type: Type = makes && drawn.kind !== 'nullable' ? { kind: 'nullable', element: drawn } : drawn;
    const name = world.fresh('g');
    (makes ? made : plain).push(`${write(type)} ${name} = ${simple(world, type)}\n`);
    world.globals.push({ name, type, isFinal: false });
  }
  parts.push(...plain, ...made);
  for (const one of world.classes) parts.push(classText(world, one, size));
  for (const one of own) parts.push(functionText(world, one, null, size));
  for (let part = random.pick([0, 0, 1, 1, 2]); part > 0; part--) {
    const { declarations, run } = hotPart(random, isUser, `${part}_`);
    parts.push(declarations, run);
  }
  const chunks = random.between(1, 3);
  for (let chunk = 0; chunk < chunks; chunk++) parts.push(chunkText(world, chunk, size));
  parts.push('OUT << total << EOL\n');
  return parts.join('');
}

/** Does the making of a simple value of that type call a constructor? */
function makesObjects(type: Type): boolean {
  if (type.kind === 'array' || type.kind === 'nullable') return makesObjects(type.element);
  if (type.kind === 'map') return makesObjects(type.value);
  if (type.kind === 'tuple') return type.elements.some(makesObjects);
  return type.kind === 'class';
}

/** A piece of the top level: what it throws is caught, unless a typed program may not throw it. */
function chunkText(world: World, index: number, size: number): string {
  const body = world.body({ result: { kind: 'void' }, owner: null, isStatic: true, budget: size }, () => {
    const lines = Array.from({ length: world.random.between(2, 6) }, () => statement(world, '  '));
    return `{\n${lines.join('')}}`;
  });
  const run = `try { chunk${index}() } catch (Exception e) { look(e) }`;
  return `void chunk${index}() ${body}\nleft = ${CALLS}\n${run}\nOUT << total << EOL\n`;
}

function parameters(world: World, types: readonly Type[]): Parameter[] {
  const { random } = world;
  const last = types.length - 1;
  return types.map((type, index) => {
    const name = world.fresh('p');
    const isDefault = index === last && ['int', 'boolean', 'String'].includes(type.kind) && random.chance(30);
    return isDefault ? { name, type, value: simple(world, type).replace(/^\(.*\)$/, '1') } : { name, type };
  });
}

function signature(world: World, prefix: string, result: Type, isStatic = false): Callable {
  const types = Array.from({ length: world.random.below(4) }, () => world.type());
  return { name: world.fresh(prefix), variables: [], parameters: parameters(world, types), result, isStatic };
}

/** Names and signatures of all classes and interfaces; each type has a class of which there are objects. */
function declareTypes(world: World): void {
  const { random } = world;
  const variable: Type = { kind: 'variable', name: 'T' };
  const holder: Declared = {
    name: 'Holder',
    kind: 'class',
    variables: ['T'],
    above: null,
    interfaces: [],
    fields: [{ name: 'held', type: variable }],
    methods: [
      { name: 'get', variables: [], parameters: [], result: variable, isStatic: false },
      { name: 'put', variables: [], parameters: [{ name: 'x', type: variable }], result: variable, isStatic: false },
    ],
    constructor_: [{ name: 'held', type: variable }],
    hasHeader: true,
  };
  world.classes.push(holder);
  const interfaces = Array.from({ length: random.below(3) }, (): Declared => {
    const above = world.classes.filter(({ kind }) => kind === 'interface' && random.chance(40));
    return declare(world, 'interface', null, above, []);
  });
  for (let i = random.below(4); i > 0; i--) {
    const possible = world.classes.filter(
      (one) => (one.kind === 'class' || one.kind === 'abstract') && one !== holder && one.variables.length === 0,
    );
    const above = possible.length > 0 && random.chance(50) ? random.pick(possible) : null;
    const isGeneric = !above && random.chance(20);
    const of = isGeneric ? [] : interfaces.filter(() => random.chance(40));
    declare(world, random.chance(20) && !isGeneric ? 'abstract' : 'class', above, of, isGeneric ? ['T'] : []);
  }
  for (const one of [...world.classes])
    if (one.kind !== 'class' && world.makers(classType(one.name)).length === 0)
      declare(world, 'class', one.kind === 'abstract' ? one : null, one.kind === 'interface' ? [one] : [], []);
}

function declare(
  world: World,
  kind: Declared['kind'],
  above: Declared | null,
  interfaces: readonly Declared[],
  variables: readonly string[],
): Declared {
  const { random } = world;
  const name = world.fresh(kind === 'interface' ? 'I' : 'C');
  const type = (): Type =>
    variables.length > 0 && random.chance(50) ? { kind: 'variable', name: 'T' } : world.type(1);
  const isInterface = kind === 'interface';
  const header = isInterface
    ? []
    : [
        ...(variables.length > 0 ? [{ kind: 'variable', name: 'T' } as const] : []),
        ...Array.from({ length: random.below(2) }, () => fieldType(world)),
      ];
  const own = header.map((one) => ({ name: world.fresh('m'), type: one }));
  const more = isInterface
    ? []
    : Array.from({ length: random.below(3) }, () => ({ name: world.fresh('m'), type: fieldType(world) }));
  const made: Declared = {
    name,
    kind,
    variables,
    above,
    interfaces,
    fields: [...own, ...more],
    methods: [],
    constructor_: [...(above?.constructor_ ?? []), ...own],
    hasHeader: !above && own.length > 0 && random.chance(60),
  };
  world.classes.push(made);
  for (let i = random.between(1, 3); i > 0; i--) {
    const drawn = type();
    // Behind an annotation a parenthesis begins its arguments.
    const result = write(drawn).startsWith('(') ? INT : drawn;
    made.methods.push(signature(world, 'k', result, !isInterface && variables.length === 0 && random.chance(15)));
  }
  return made;
}

/** Of a field or of what a constructor takes: an object must not need another of its class, so it may be null. */
function fieldType(world: World): Type {
  const type = world.type(1);
  if (type.kind === 'class') return { kind: 'nullable', element: type };
  return type;
}

/** Methods that the class must have, and has from nowhere: they are abstract above. */
function open(one: Declared): Callable[] {
  const has = new Set<string>();
  const wanted: Callable[] = [];
  for (const of of lineOf(one))
    for (const method of of.methods) {
      if (of.kind === 'interface' || isAbstract(of, method)) wanted.push(method);
      else has.add(method.name);
    }
  return wanted.filter(
    ({ name }, index) => !has.has(name) && wanted.findIndex((other) => other.name === name) === index,
  );
}

/** The first method of an abstract class has no body, nor have those of interfaces, but for the last. */
function isAbstract(of: Declared, method: Callable): boolean {
  return of.kind === 'abstract' && of.methods[0] === method && !method.isStatic;
}

function list(of: readonly Parameter[], values: boolean): string {
  return of.map(({ name, type, value }) => `${write(type)} ${name}${values && value ? ` = ${value}` : ''}`).join(', ');
}

function head(one: Callable, values = true): string {
  return `${one.isStatic ? '@Static ' : ''}${write(one.result)} ${one.name}(${list(one.parameters, values)})`;
}

function functionText(world: World, one: Callable, owner: Declared | null, size: number, mark = ''): string {
  const { random } = world;
  const indent = owner ? '  ' : '';
  const body = world.body(
    { result: one.result, owner, isStatic: one.isStatic || !owner, budget: Math.ceil(size / 4) },
    () => {
      world.variables = one.parameters.map(({ name, type }) => ({ name, type, isFinal: type.kind === 'nullable' }));
      const soon =
        one.result.kind === 'void'
          ? 'return'
          : `return ${one.result.kind === 'variable' ? result(world, 0) : simple(world, one.result)}`;
      const lines = Array.from({ length: random.between(0, 2) }, () => statement(world, `${indent}  `));
      const end = one.result.kind === 'void' ? '' : `${indent}  return ${result(world, 3)}\n`;
      return `{\n${indent}  if (--left < 0) ${soon}\n${lines.join('')}${end}${indent}}`;
    },
  );
  return `${indent}${mark}${head(one)} ${body}\n`;
}

function classText(world: World, one: Declared, size: number): string {
  if (one.name === 'Holder') return '';
  const { random } = world;
  const lines: string[] = [];
  if (one.kind === 'interface') {
    one.methods.forEach((method, index) => {
      const hasBody = index > 0 && index === one.methods.length - 1;
      lines.push(hasBody ? functionText(world, method, one, size) : `  ${head(method)};\n`);
    });
    const above = one.interfaces.length > 0 ? ` extends ${one.interfaces.map(({ name }) => name).join(', ')}` : '';
    return `interface ${one.name}${above} {\n${lines.join('')}}\n`;
  }
  const own = one.constructor_.slice(one.above?.constructor_.length ?? 0);
  for (const field of one.fields) {
    const isGiven = own.some(({ name }) => name === field.name);
    if (isGiven && one.hasHeader) continue;
    lines.push(`  ${write(field.type)} ${field.name}${isGiven ? '' : ` = ${shortest(world, field.type)}`};\n`);
  }
  if (!one.hasHeader && one.constructor_.length > 0) {
    const above = one.above ? `super(${one.above.constructor_.map(({ name }) => `${name}_`).join(', ')}); ` : '';
    const all = one.constructor_.map(({ name, ...rest }) => ({ ...rest, name: `${name}_` }));
    lines.push(
      `  ${one.name}(${list(all, false)}) { ${above}${own.map(({ name }) => `this.${name} = ${name}_; `).join('')}}\n`,
    );
  }
  for (const method of one.methods)
    lines.push(isAbstract(one, method) ? `  @Abstract ${head(method)};\n` : functionText(world, method, one, size));
  const missing = one.kind === 'class' ? open(one) : [];
  for (const method of missing) lines.push(functionText(world, renamed(method), one, size, '@Override '));
  // What is there is overridden now and then.
  const inherited = (one.above ? lineOf(one.above) : []).flatMap(({ methods }) => methods);
  const others = inherited.filter(({ name, isStatic }) => !isStatic && !missing.some((other) => other.name === name));
  for (const method of new Map(others.map((other) => [other.name, other])).values())
    if (random.chance(30)) lines.push(functionText(world, renamed(method), one, size, '@Override '));
  lines.push(`  @Override String toString() { return "${one.name}" }\n`);
  const header = one.hasHeader ? `(${list(own, false)})` : '';
  const above = one.above ? ` extends ${one.above.name}` : '';
  const implemented =
    one.interfaces.length > 0 ? ` implements ${one.interfaces.map(({ name }) => name).join(', ')}` : '';
  const variables = one.variables.length > 0 ? `<${one.variables.join(', ')}>` : '';
  return `${one.kind === 'abstract' ? '@Abstract ' : ''}class ${one.name}${variables}${header}${above}${implemented} {\n${lines.join('')}}\n`;
}

/** An overriding method has parameters of its own names; defaults are those of the method above. */
function renamed(method: Callable): Callable {
  return { ...method, parameters: method.parameters.map(({ name, ...rest }) => ({ ...rest, name: `${name}o` })) };
}

export { block, exact, fit, same };
