/** Statements. Each kind is a function in one of the lists at the end: a new one is one more. */
import { bounded, exact, fit, hasText, narrowed, simple } from './values.js';
import { BOOLEAN, INT, STRING, write, type Type } from './types.js';
import type { Variable, World } from './world.js';

/** undefined: it cannot be made here. */
type Maker = (world: World, indent: string) => string | undefined;

const DEPTH = 3;
const DEEPEST = 8;
/** In place of a label. */
const SWITCH = '#';

/** A block of some statements, braces included. */
export function block(world: World, most: number, indent: string): string {
  return world.block(() => {
    const inner = `${indent}  `;
    const lines = Array.from({ length: world.random.between(0, most) }, () => statement(world, inner));
    return `{\n${lines.join('')}${indent}}`;
  });
}

/** One statement with its line end. */
export function statement(world: World, indent: string): string {
  const { random } = world;
  world.budget--;
  const makers = indent.length < DEEPEST && world.budget > 0 ? [...PLAIN, ...NESTING] : PLAIN;
  for (let attempt = 0; attempt < 4; attempt++) {
    const text = random.pick(makers)(world, indent);
    if (text !== undefined) return `${indent}${text}${random.chance(50) && !text.endsWith('}') ? ';' : ''}\n`;
  }
  return `${indent}${show(world)}\n`;
}

/** Puts a value into the checksum. */
function show(world: World): string {
  const type = world.random.pick([INT, INT, BOOLEAN, STRING, world.type(1)]);
  const value = exact(world, hasText(world, type) ? type : INT, DEPTH);
  return type.kind === 'int' ? `mix(${value})` : `show("\${${value}}")`;
}

/** What a variable of that type is given: never anything that would narrow a T?. */
function given(world: World, type: Type, depth: number): string {
  return type.kind === 'nullable' ? exact(world, type, depth) : bounded(type, fit(world, type, depth));
}

const declaration: Maker = (world) => {
  const { random } = world;
  const type = world.type();
  const isFinal = random.chance(12);
  const value = given(world, type, DEPTH);
  const { name } = world.declare(type, isFinal);
  return `${isFinal ? 'final ' : ''}${write(type)} ${name} = ${value}`;
};

/** Its type is that of the value. */
const inferred: Maker = (world) => {
  const type = world.type();
  if (type.kind === 'function') return undefined;
  const value = bounded(type, exact(world, type, DEPTH));
  const { name } = world.declare(type);
  return `${world.random.pick(['var ', 'def ', ''])}${name} = ${value}`;
};

/** Declared without a value, and given one on every path. */
const assignedLater: Maker = (world, indent) => {
  const { random } = world;
  const type = world.type(1);
  const name = world.fresh('u');
  const condition = exact(world, BOOLEAN, 2);
  const first = `${write(type)} ${name}`;
  const values = [given(world, type, 2), given(world, type, 2)];
  world.variables.push({ name, type, isFinal: random.chance(20) });
  return `${first}\n${indent}if (${condition}) ${name} = ${values[0]!}; else ${name} = ${values[1]!}`;
};

const assignment: Maker = (world) => {
  const { random } = world;
  const targets = [...world.variables, ...world.globals].filter(({ isFinal }) => !isFinal);
  if (targets.length === 0) return undefined;
  const { name, type } = random.pick(targets);
  if (type.kind === 'int' && random.chance(50))
    return `${name} ${random.pick(['+=', '-=', '*=', '&=', '|=', '^=', '<<=', '>>=', '>>>='])} ${exact(world, INT, 2)}`;
  if (type.kind === 'int' && random.chance(30)) return random.pick([`${name}++`, `--${name}`]);
  return `${name} = ${given(world, type, DEPTH)}`;
};

const element: Maker = (world) => {
  const { random } = world;
  const arrays = [...world.variables, ...world.globals].filter(({ type }) => type.kind === 'array');
  if (arrays.length === 0) return undefined;
  const one = random.pick(arrays);
  const { element: of } = one.type as { element: Type };
  const value = bounded(of, fit(world, of, 2));
  switch (random.below(5)) {
    case 0:
      return `if (${one.name}.size() > 0) ${one.name}[at(${exact(world, INT, 1)}, ${one.name}.size())] = ${value}`;
    case 1:
      return `${one.name}[${exact(world, INT, 1)}] = ${value}`;
    case 2:
      return `${one.name}.reverse()`;
    default:
      return `if (${one.name}.size() < 12) ${one.name} << ${value}`;
  }
};

const field: Maker = (world) => {
  const { random } = world;
  const { self } = world;
  const objects = [...world.variables, ...world.globals, ...(self ? [{ name: 'this', type: self }] : [])];
  const fields = objects.flatMap(({ name, type }) =>
    world.members(type).fields.map((one) => ({ ...one, target: `${name}.${one.name}` })),
  );
  if (fields.length === 0) return undefined;
  const { target, type } = random.pick(fields);
  if (type.kind === 'int' && random.chance(40)) return `${target} ${random.pick(['+=', '^='])} ${exact(world, INT, 2)}`;
  if (type.kind === 'variable') return `${target} = ${exact(world, type, 2)}`;
  return `${target} = ${bounded(type, fit(world, type, 2))}`;
};

const checksum: Maker = (world) => show(world);

/** A call for its effect. */
const call: Maker = (world) => {
  const type = world.random.pick<Type>([{ kind: 'void' }, INT, STRING, BOOLEAN]);
  const text = exact(world, type, 3);
  return /^[\w.]+\(.*\)$/.test(text) && !text.startsWith('(') ? text : undefined;
};

/** Leaves a loop, the body or everything up to a catch; only sometimes, so what follows is reached. */
const leave: Maker = (world) => {
  const { random } = world;
  const condition = exact(world, BOOLEAN, 2);
  if (world.loops.length > 0 && random.chance(60)) {
    const label = random.pick(world.loops);
    // A switch knows only break, and only from within.
    if (world.loops.at(-1) === SWITCH && (label === SWITCH || label === '')) return `if (${condition}) break`;
    if (label === SWITCH) return undefined;
    return `if (${condition}) ${random.pick(['break', 'continue'])}${label ? ` ${label}` : ''}`;
  }
  if (world.result && random.chance(60)) {
    if (world.result.kind === 'void') return `if (${condition}) return`;
    return `if (${condition}) return ${result(world, 2)}`;
  }
  return `if (${condition}) throw new Wrong!!(${exact(world, INT, 1)})`;
};

/** What a body gives. */
export function result(world: World, depth: number): string {
  const type = world.result!;
  return bounded(type, type.kind === 'variable' ? exact(world, type, depth) : fit(world, type, depth));
}

const condition: Maker = (world, indent) => {
  const head = `if (${exact(world, BOOLEAN, DEPTH)}) ${block(world, 3, indent)}`;
  return world.random.chance(50) ? `${head} else ${block(world, 2, indent)}` : head;
};

const whereNotNull: Maker = (world, indent) => {
  const { random } = world;
  const found = world.variables.filter(({ type }) => type.kind === 'nullable');
  if (found.length === 0) return undefined;
  const one = random.pick(found);
  const inside = narrowed(world, one, () => block(world, 3, indent));
  const outside = hidden(world, one, () => block(world, 2, indent));
  if (random.chance(30)) return `if (${one.name} == null) ${outside} else ${inside}`;
  if (random.chance(20) && !['int', 'float', 'boolean'].includes((one.type as { element: Type }).element.kind))
    return `if (${one.name}) ${inside}`;
  return `if (${one.name} != null) ${inside}${random.chance(50) ? ` else ${outside}` : ''}`;
};

/** Where it is known to be null nothing is done with it. */
function hidden<T>(world: World, one: Variable, work: () => T): T {
  const { variables } = world;
  world.variables = variables.filter(({ name }) => name !== one.name);
  const made = work();
  world.variables = variables;
  return made;
}

function inLoop(world: World, work: () => string): string {
  const label = world.random.chance(20) ? world.fresh('loop') : '';
  world.loops.push(label);
  const text = world.block(work);
  world.loops.pop();
  return `${label ? `${label}: ` : ''}${text}`;
}

const rounds: Maker = (world, indent) => {
  const { random } = world;
  const most = random.between(0, 5);
  return inLoop(world, () => {
    const { name } = world.declare(INT, true, 'i');
    switch (random.below(4)) {
      case 0:
        return `for (int ${name} = ${most}; ${name} > 0; ${name} -= ${random.between(1, 2)}) ${block(world, 3, indent)}`;
      case 1:
        return `foreach (${random.pick(['int ', 'var ', ''])}${name} in ${random.between(-2, 2)} ${random.pick(['to', 'until'])} ${most}) ${block(world, 3, indent)}`;
      case 2:
        return `for (int ${name} = 0, ${name}e = at(${exact(world, INT, 1)}, 5); ${name} < ${name}e; ${name}++) ${block(world, 3, indent)}`;
      default:
        return `for (int ${name} = 0; ${name} < ${most}; ${name}++) ${block(world, 3, indent)}`;
    }
  });
};

const whileLoop: Maker = (world, indent) => {
  const { random } = world;
  const counter = world.fresh('w');
  const most = random.between(1, 5);
  const condition = exact(world, BOOLEAN, 2);
  const body = inLoop(world, () => {
    const text = block(world, 3, indent);
    return random.chance(60)
      ? `while (${counter}++ < ${most} && ${condition}) ${text}`
      : `do ${text} while (++${counter} < ${most} && ${condition})`;
  });
  return `int ${counter} = 0\n${indent}${body}`;
};

const foreach: Maker = (world, indent) => {
  const { random } = world;
  const over = world.elementType(1);
  const isText = random.chance(25);
  const of: Type = isText ? STRING : { kind: 'array', element: over };
  // A text is as long as a literal; an array that grows meanwhile has an end all the same.
  const value = isText ? `cut(${exact(world, STRING, 2)})` : exact(world, of, 2);
  return inLoop(world, () => {
    const type = isText ? STRING : over;
    const { name } = world.declare(type, random.chance(70) || type.kind === 'nullable', 'e');
    const word = type.kind === 'nullable' || random.chance(50) ? `${write(type)} ` : random.pick(['var ', '']);
    return `${random.chance(50) ? `foreach (${word}${name} in` : `for (${word}${name} :`} ${value}) ${block(world, 3, indent)}`;
  });
};

const choice: Maker = (world, indent) => {
  const { random } = world;
  const type = random.pick([INT, STRING]);
  const value = type.kind === 'int' ? `at(${exact(world, INT, 2)}, 6)` : exact(world, STRING, 2);
  const constants = type.kind === 'int' ? ['0', '1', '2', '3', '-1'] : ['"a"', '"abc"', '""', '"12"'];
  world.loops.push(SWITCH);
  const cases = constants
    .filter(() => random.chance(60))
    .map((one) => `${indent}  case ${one}: ${block(world, 2, `${indent}  `)}${random.chance(60) ? ' break' : ''}\n`);
  const last = random.chance(60) ? `${indent}  default: ${block(world, 2, `${indent}  `)}\n` : '';
  world.loops.pop();
  return `switch (${value}) {\n${cases.join('')}${last}${indent}}`;
};

const attempt: Maker = (world, indent) => {
  const { random } = world;
  const body = block(world, 4, indent);
  const kinds = ['Wrong!!', 'Arithmetic!!', 'OutOfIndex!!', 'Exception'].filter(() => random.chance(40));
  const catches = kinds.map((one) => {
    const name = world.fresh('x');
    const inner = `${indent}  `;
    const lines = world.block(() => block(world, 2, indent)).slice(2);
    const code = one === 'Wrong!!' ? `${inner}mix(${name}.code)\n` : `${inner}look(${name})\n`;
    return ` catch (${one} ${name}) {\n${code}${lines}`;
  });
  const isLast = kinds.length === 0 || random.chance(40);
  // No jump out of a finally but a return: what it would leave behind is all the more interesting.
  const { loops } = world;
  world.loops = [];
  const end = isLast ? ` finally ${block(world, 2, indent)}` : '';
  world.loops = loops;
  return `try ${body}${catches.join('')}${end}`;
};

const nested: Maker = (world, indent) => block(world, 3, indent);

/** Takes a tuple apart, into new variables. */
const parts: Maker = (world) => {
  const { random } = world;
  const elements = Array.from({ length: random.between(2, 3) }, () => world.type(1));
  const value = exact(world, { kind: 'tuple', elements }, 2);
  const names = elements.map((type) => `${write(type)} ${world.declare(type).name}`);
  // Behind a line without its end it would be a call.
  return `nothing(); (${names.join(', ')}) = ${value}`;
};

/** Several places at once. */
const several: Maker = (world) => {
  const targets = world.variables.filter(({ type, isFinal }) => !isFinal && type.kind !== 'nullable');
  if (targets.length < 2) return undefined;
  const [a, b] = [world.random.pick(targets), world.random.pick(targets)];
  if (a.name === b.name) return undefined;
  const values = [a, b].map(({ type }) => bounded(type, exact(world, type, 2)));
  return `${a.name}, ${b.name} = ${values.join(', ')}`;
};

const ofMap: Maker = (world) => {
  const { random } = world;
  const maps = [...world.variables, ...world.globals].filter(({ type }) => type.kind === 'map');
  if (maps.length === 0) return undefined;
  const { name, type } = random.pick(maps);
  const { key, value } = type as Type & { kind: 'map' };
  const at = exact(world, key, 1);
  if (random.chance(20)) return `${name}.remove(${at})`;
  if (value.kind === 'int' && random.chance(30))
    return `if (${at} in? ${name}) ${name}[${at}] += ${exact(world, INT, 1)}`;
  return `if (${name}.size() < 9) ${name}[${at}] = ${bounded(value, exact(world, value, 2))}`;
};

const throughKeys: Maker = (world, indent) => {
  const { random } = world;
  const maps = [...world.variables, ...world.globals].filter(
    ({ type }) => type.kind === 'map' || type.kind === 'Range',
  );
  if (maps.length === 0) return undefined;
  const { name, type } = random.pick(maps);
  const counter = world.fresh('w');
  return `int ${counter} = 0\n${indent}${inLoop(world, () => {
    const of = type.kind === 'map' ? type.key : INT;
    const { name: key } = world.declare(of, true, 'e');
    const body = block(world, 3, indent).slice(2);
    return `foreach (${random.pick(['', `${write(of)} `])}${key} in ${name}) {\n${indent}  if (${counter}++ > 4) break\n${body}`;
  })}`;
};

const ofBytes: Maker = (world) => {
  const known = [...world.variables, ...world.globals].filter(({ type }) => type.kind === 'Bytes');
  if (known.length === 0) return undefined;
  const { name } = world.random.pick(known);
  return `if (${name}.size() < 20) ${name}.add(${exact(world, INT, 2)})`;
};

const PLAIN: readonly Maker[] = [
  parts,
  several,
  ofMap,
  ofBytes,
  declaration,
  declaration,
  inferred,
  assignedLater,
  assignment,
  assignment,
  element,
  field,
  checksum,
  checksum,
  call,
  leave,
];
const NESTING: readonly Maker[] = [
  throughKeys,
  condition,
  whereNotNull,
  rounds,
  rounds,
  whileLoop,
  foreach,
  choice,
  attempt,
  attempt,
  nested,
];

export { simple };
