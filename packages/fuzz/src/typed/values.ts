/**
 * Expressions. `exact` makes one whose static type is the wanted one, `fit` one that fits a place of that type. Each kind
 * of expression is a function in one of the lists below: a new one is one more.
 */
import { collectionMakers, simpleFloat } from './collections.js';
import { dynamicMakers } from './dynamic.js';
import { lambdaMaker } from './lambdas.js';
import { BOOLEAN, INT, nullable, same, STRING, substitute, write, type Type } from './types.js';
import type { Callable, Maker, Parameter, World } from './world.js';

const INTS = ['0', '1', '2', '3', '7', '10', '63', '100', '(-1)', '(-5)', '255', '4096', '0x7fffffff'];
const EDGES = ['9223372036854775807', '(-9223372036854775807 - 1)', '0xffff_ffff', '0b1011'];
const TEXTS = ['""', '"a"', '"abc"', '"木ノ葉"', '"12"', '"x,y"', "'q'", '"hello"', '"Z"'];

/** An expression of exactly that type. */
export function exact(world: World, type: Type, depth: number): string {
  const { random } = world;
  const known = world.ofType(type);
  if (known.length > 0 && random.chance(depth <= 0 ? 75 : 30)) return random.pick(known).name;
  if (depth <= 0) return simple(world, type);
  for (let attempt = 0; attempt < 3; attempt++) {
    const made = random.pick(random.chance(45) ? ANY_TYPE : makersOf(world, type))(world, type, depth - 1);
    if (made !== undefined) return made;
  }
  return simple(world, type);
}

/** An expression that fits a place of that type: perhaps null, an object of a class below, the name of a function. */
export function fit(world: World, type: Type, depth: number): string {
  const { random } = world;
  if (type.kind === 'nullable') return random.chance(25) ? 'null' : fit(world, type.element, depth);
  if (type.kind === 'array' && random.chance(15)) return '[]';
  if (type.kind === 'Any' && random.chance(70))
    return random.chance(10) ? 'null' : exact(world, world.elementType(1), depth);
  if (type.kind === 'Object' && random.chance(70))
    return exact(world, random.pick([INT, STRING, BOOLEAN, world.type(1)].filter(isObject)), depth);
  if (type.kind === 'class' && type.of.length === 0 && random.chance(40)) {
    const below = world.makers(type);
    if (below.length > 0) return newObject(world, { kind: 'class', name: random.pick(below).name, of: [] }, depth);
  }
  if (type.kind === 'function') {
    const named = functionsOf(world, type);
    if (named.length > 0 && random.chance(50)) return random.pick(named).name;
    if (random.chance(60)) return lambda(world, type.parameters, type.result, depth);
  }
  return exact(world, type, depth);
}

/** A value that may stand where an Object is expected. */
function isObject(type: Type): boolean {
  return type.kind !== 'nullable' && type.kind !== 'Any' && type.kind !== 'variable' && type.kind !== 'function';
}

/** The shortest thing of that type: it calls nothing of the program's own but constructors. */
export function simple(world: World, type: Type): string {
  const { random } = world;
  switch (type.kind) {
    case 'int':
      return random.chance(8) ? random.pick(EDGES) : random.pick(INTS);
    case 'boolean':
      return random.chance(50) ? 'true' : 'false';
    case 'String':
      return random.pick(TEXTS);
    case 'Object':
      return `anything(${random.below(9)})`;
    case 'Any':
      return `anyOf(${random.below(9)})`;
    case 'float':
      return simpleFloat(world);
    case 'Range':
      return `(${random.below(3)} to ${random.below(6)})`;
    case 'Bytes':
      return `Bytes.of(${random.pick(TEXTS)})`;
    case 'map':
      return `({(${simple(world, type.key)}): ${simple(world, type.value)}})`;
    case 'tuple':
      return `(${type.elements.map((one) => simple(world, one)).join(', ')})`;
    case 'array':
      return `[${simple(world, type.element)}]`;
    case 'nullable':
      return `maybe(${simple(world, type.element)}, ${random.below(3)})`;
    case 'function': {
      const known = world.ofType(type);
      return known.length > 0 ? random.pick(known).name : `${supplierOf(type)}()`;
    }
    case 'variable':
      return (
        world.ofType(type)[0]?.name ?? `_${world.members(world.self!).fields.find((one) => same(one.type, type))!.name}`
      );
    case 'class':
      return newObject(world, type, 0);
    case 'void':
      return 'nothing()';
  }
}

/** The function that gives a function of that type: see `prelude`. */
export function supplierOf(type: Type): string {
  return `some${write(type).replaceAll(/\W+/g, '')}`;
}

function newObject(world: World, type: Type & { kind: 'class' }, depth: number): string {
  const { random } = world;
  const possible = world.makers(type);
  const own = possible.find(({ name }) => name === type.name);
  const made = own && random.chance(60) ? own : random.pick(possible);
  const bindings = new Map(made.variables.map((name, index) => [name, type.of[index]!]));
  const given = made.constructor_.map((one) => value(world, substitute(one.type, bindings), depth));
  const of = made.variables.length > 0 ? `<${type.of.map(write).join(', ')}>` : '';
  const text = `new ${made.name}${of}(${given.join(', ')})`;
  // Of a class below: its static type is to be the wanted one.
  return made.name === type.name ? text : `((${write(type)}) ${text})`;
}

function value(world: World, type: Type, depth: number): string {
  return depth <= 0 ? shortest(world, type) : fit(world, type, depth - 1);
}

/** What fits a place of that type and makes no object where that can be avoided. */
export function shortest(world: World, type: Type): string {
  if (type.kind === 'map') return `new ${write(type)}()`;
  return type.kind === 'nullable' || type.kind === 'Any' ? 'null' : type.kind === 'array' ? '[]' : simple(world, type);
}

/** Arguments for a call; those with a default may be missing. */
function given(world: World, parameters: readonly Parameter[], depth: number): string {
  const count = parameters.filter((one) => one.value === undefined || world.random.chance(60)).length;
  return parameters
    .slice(0, count)
    .map((one) => value(world, one.type, depth))
    .join(', ');
}

function functionsOf(world: World, type: Type & { kind: 'function' }): Callable[] {
  return world.functions.filter(
    ({ variables, parameters, result }) =>
      variables.length === 0 && same({ kind: 'function', parameters: parameters.map((one) => one.type), result }, type),
  );
}

// ---- of any type ----

const conditional: Maker = (world, type, depth) =>
  type.kind === 'void'
    ? undefined
    : `(${exact(world, BOOLEAN, depth)} ? ${exact(world, type, depth)} : ${exact(world, type, depth)})`;

const callOfFunction: Maker = (world, type, depth) => {
  const possible = world.functions.filter(({ variables, result }) => variables.length === 0 && same(result, type));
  if (possible.length === 0) return undefined;
  const one = world.random.pick(possible);
  return `${one.name}(${given(world, one.parameters, depth)})`;
};

const genericCall: Maker = (world, type, depth) =>
  type.kind === 'void' || type.kind === 'function'
    ? undefined
    : world.random.pick([
        () => `pick(${exact(world, type, depth)}, ${exact(world, type, depth)}, ${exact(world, BOOLEAN, depth)})`,
        () => `lastOf([${exact(world, type, depth)}, ${exact(world, type, depth)}])`,
        () => `new Holder<${write(type)}>(${exact(world, type, depth)}).get()`,
      ])();

/** An object at hand that has such a member. */
const member: Maker = (world, type, depth) => {
  const { random } = world;
  const found: (() => string)[] = [];
  const objects = [...world.variables, ...world.globals].map(({ name, type: of }) => ({ target: name, of }));
  const { self } = world;
  if (self) objects.push({ target: 'this', of: self });
  for (const { target, of } of objects) {
    const { methods, fields } = world.members(of);
    for (const one of methods)
      if (!one.isStatic && same(one.result, type))
        found.push(() => `${target}.${one.name}(${given(world, one.parameters, depth)})`);
    for (const one of fields)
      if (same(one.type, type)) found.push(() => (target === 'this' ? `_${one.name}` : `${target}.${one.name}`));
    if (of.kind === 'array' && same(of.element, type)) found.push(() => element(world, target, depth));
    if (of.kind === 'function' && same(of.result, type))
      found.push(() => `${target}(${of.parameters.map((one) => value(world, one, depth)).join(', ')})`);
    if (of.kind === 'nullable' && same(of.element, type))
      found.push(() => `(${target} ?? ${exact(world, type, depth)})`);
  }
  return found.length > 0 ? random.pick(found)() : undefined;
};

const staticMember: Maker = (world, type, depth) => {
  const found = world.classes.flatMap((of) =>
    of.methods.filter((one) => one.isStatic && same(one.result, type)).map((one) => ({ of, one })),
  );
  if (found.length === 0) return undefined;
  const { of, one } = world.random.pick(found);
  return `${of.name}.${one.name}(${given(world, one.parameters, depth)})`;
};

/** Mostly within the array: a modulo of its size. */
function element(world: World, array: string, depth: number): string {
  const index = exact(world, INT, depth);
  return world.random.chance(85) ? `${array}[at(${index}, ${array}.size())]` : `${array}[${index}]`;
}

/** Through an Object and back. */
const throughObject: Maker = (world, type, depth) => {
  if (!['int', 'boolean', 'String', 'class'].includes(type.kind)) return undefined;
  if (type.kind === 'class' && type.of.length > 0) return undefined;
  return `((${write(type)}) asObject(${exact(world, type, depth)}))`;
};

const assignment: Maker = (world, type, depth) => {
  const targets = world.ofType(type, true);
  if (targets.length === 0 || type.kind === 'nullable') return undefined;
  return `(${world.random.pick(targets).name} = ${bounded(type, fit(world, type, depth))})`;
};

/** What grows is kept from growing in loops. */
export function bounded(type: Type, text: string): string {
  return type.kind === 'String' ? `cut(${text})` : text;
}

// ---- of one type ----

const ARITHMETIC = ['+', '-', '*', '&', '|', '^', '+', '-'];

const int: readonly Maker[] = [
  (world, _, depth) => `(${exact(world, INT, depth)} ${world.random.pick(ARITHMETIC)} ${exact(world, INT, depth)})`,
  (world, _, depth) => `(${exact(world, INT, depth)} ${world.random.pick(ARITHMETIC)} ${exact(world, INT, depth)})`,
  (world, _, depth) =>
    `(${exact(world, INT, depth)} ${world.random.pick(['<<', '>>', '>>>'])} ${exact(world, INT, 0)})`,
  (world, _, depth) =>
    `(${exact(world, INT, depth)} ${world.random.pick(['/', '%', 'mod'])} (${exact(world, INT, depth)} | 1))`,
  (world, _, depth) =>
    world.random.chance(15)
      ? `(${exact(world, INT, depth)} / ${exact(world, INT, depth)})`
      : `(-${exact(world, INT, depth)})`,
  (world, _, depth) => `(~${exact(world, INT, depth)})`,
  (world, _, depth) => `(${exact(world, STRING, depth)}).size()`,
  (world, _, depth) => `(${exact(world, STRING, depth)}).indexOf(${exact(world, STRING, depth)})`,
  (world, _, depth) => `(${exact(world, STRING, depth)}).hashCode()`,
  (world, _, depth) =>
    `Math.${world.random.pick(['max', 'min'])}(${exact(world, INT, depth)}, ${exact(world, INT, depth)})`,
  (world, _, depth) => `(${exact(world, INT, depth)} to String to int)`,
  (world, _, depth) => `(maybe(${exact(world, INT, depth)}, ${world.random.below(3)}) ?? ${exact(world, INT, depth)})`,
  (world) => {
    const targets = world.ofType(INT, true);
    if (targets.length === 0) return undefined;
    const { name } = world.random.pick(targets);
    return world.random.pick([`${name}++`, `(--${name})`, `${name}--`, `(${name} += 3)`, `(${name} ^= 5)`]);
  },
  (world) => {
    const arrays = [...world.variables, ...world.globals].filter(({ type }) => type.kind === 'array');
    return arrays.length > 0 ? `${world.random.pick(arrays).name}.size()` : undefined;
  },
  (world, _, depth) => {
    const arrays = world.ofType({ kind: 'array', element: INT });
    return arrays.length > 0 ? `${world.random.pick(arrays).name}.indexOf(${exact(world, INT, depth)})` : undefined;
  },
];

const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];

const boolean: readonly Maker[] = [
  (world, _, depth) => `(${exact(world, INT, depth)} ${world.random.pick(COMPARISONS)} ${exact(world, INT, depth)})`,
  (world, _, depth) => `(${exact(world, INT, depth)} ${world.random.pick(COMPARISONS)} ${exact(world, INT, depth)})`,
  (world, _, depth) =>
    `(${exact(world, STRING, depth)} ${world.random.pick(COMPARISONS)} ${exact(world, STRING, depth)})`,
  (world, _, depth) =>
    `(${exact(world, BOOLEAN, depth)} ${world.random.pick(['&&', '||', 'and', 'or', '==', '!=', '&', '|', '^'])} ${exact(world, BOOLEAN, depth)})`,
  (world, _, depth) => `(!${exact(world, BOOLEAN, depth)})`,
  (world, _, depth) =>
    `(${exact(world, INT, depth)} in? ${exact(world, INT, depth)} ${world.random.pick(['to', 'until'])} (${exact(world, INT, depth)}))`,
  (world, _, depth) =>
    `(${exact(world, STRING, depth)}).${world.random.pick(['contains', 'startsWith', 'endsWith'])}(${exact(world, STRING, depth)})`,
  (world) => {
    const found = world.variables.filter(({ type }) => type.kind === 'nullable');
    return found.length > 0
      ? `is(${world.random.pick(found).name} ${world.random.pick(['==', '!='])} null)`
      : undefined;
  },
  // What is not null there is used there.
  (world, _, depth) => {
    const found = world.variables.filter(({ type, isFinal }) => type.kind === 'nullable' && !isFinal);
    if (found.length === 0) return undefined;
    const one = world.random.pick(found);
    return `is(${one.name} != null && ${narrowed(world, one, () => exact(world, BOOLEAN, depth))})`;
  },
  (world) => {
    const found = [...world.variables, ...world.globals].filter(({ type }) => type.kind === 'Object');
    const named = world.random.pick(['String', 'Int', 'Boolean', ...world.classes.map(({ name }) => name)]);
    return found.length > 0
      ? `is(${world.random.pick(found).name} ${world.random.pick(['instanceof', 'is?'])} ${named})`
      : undefined;
  },
  (world, _, depth) => {
    const objects = world.classes.filter(({ kind, variables }) => kind !== 'exception' && variables.length === 0);
    if (objects.length === 0) return undefined;
    const type: Type = { kind: 'class', name: world.random.pick(objects).name, of: [] };
    return `(${exact(world, type, depth)} ${world.random.pick(['==', '!='])} ${exact(world, type, depth)})`;
  },
];

/** What `work` makes sees the variable as one that is not null; nothing is assigned to it meanwhile. */
export function narrowed<T>(world: World, one: { name: string; type: Type }, work: () => T): T {
  const { element: type } = one.type as { element: Type };
  const { variables } = world;
  world.variables = [
    ...variables.filter(({ name }) => name !== one.name),
    { name: one.name, type, isFinal: true, isNarrowed: true },
  ];
  const made = work();
  world.variables = variables;
  return made;
}

/** Types whose text is the same everywhere: no object but those that have a text. */
export function hasText(world: World, type: Type): boolean {
  if (type.kind === 'array' || type.kind === 'nullable') return hasText(world, type.element);
  if (type.kind === 'map') return hasText(world, type.key) && hasText(world, type.value);
  if (type.kind === 'tuple') return type.elements.every((one) => hasText(world, one));
  return ['int', 'boolean', 'String', 'class', 'float', 'Range', 'Bytes'].includes(type.kind);
}

function shownType(world: World): Type {
  for (let attempt = 0; attempt < 4; attempt++) {
    const type = world.type(1);
    if (hasText(world, type)) return type;
  }
  return INT;
}

const text: readonly Maker[] = [
  (world, _, depth) => `cut(${exact(world, STRING, depth)} + ${exact(world, STRING, depth)})`,
  (world, _, depth) => `cut(${exact(world, STRING, depth)} + ${exact(world, shownType(world), depth)})`,
  (world, _, depth) =>
    `cut("<\${${exact(world, shownType(world), depth)}}|\${${exact(world, shownType(world), depth)}}>")`,
  (world, _, depth) => `(${exact(world, INT, depth)} to String)`,
  (world, _, depth) => `(${exact(world, STRING, depth)}).${world.random.pick(['upper', 'lower', 'trim'])}()`,
  (world, _, depth) => `cut((${exact(world, STRING, depth)}).repeat(${world.random.below(4)}))`,
  (world, _, depth) => `head(${exact(world, STRING, depth)}, ${exact(world, INT, depth)})`,
  (world, _, depth) =>
    `(maybe(${exact(world, STRING, depth)}, ${world.random.below(3)}) ?? ${exact(world, STRING, depth)})`,
  (world, _, depth) =>
    `cut((${exact(world, STRING, depth)}).replace(${exact(world, STRING, 0)}, ${exact(world, STRING, 0)}))`,
];

const array: readonly Maker[] = [
  (world, type, depth) => {
    const { element: of } = type as { element: Type };
    const count = world.random.between(1, 4);
    return `[${Array.from({ length: count }, () => exact(world, of, depth)).join(', ')}]`;
  },
  (world, type) => {
    const { element: of } = type as { element: Type };
    return ['int', 'boolean', 'nullable'].includes(of.kind) ? `new ${write(of)}[${world.random.below(6)}]` : undefined;
  },
  (world, type, depth) => {
    const known = world.ofType(type);
    return known.length > 0 ? `part(${world.random.pick(known).name}, ${exact(world, INT, depth)})` : undefined;
  },
];

const maybeNull: readonly Maker[] = [
  (world, type, depth) => {
    const { element: of } = type as { element: Type };
    return `maybe(${exact(world, of, depth)}, ${world.random.below(4)})`;
  },
  // A cast that may fail gives null.
  (world, type, depth) => {
    const { element: of } = type as { element: Type };
    if (!['int', 'boolean', 'String', 'class'].includes(of.kind) || (of.kind === 'class' && of.of.length > 0))
      return undefined;
    return `((${write(type)}) ${exact(world, { kind: 'Object' }, depth)})`;
  },
];

const object: readonly Maker[] = [
  (world, _, depth) => `asObject(${exact(world, world.random.pick([INT, STRING, BOOLEAN]), depth)})`,
  (world) => `anything(${world.random.below(9)})`,
];

const ofClass: readonly Maker[] = [
  (world, type, depth) => newObject(world, type as Type & { kind: 'class' }, depth + 1),
];

const lambda = lambdaMaker({ exact, simple });
const of = collectionMakers({ exact, lambda });

const { throughAny, memberOfAny, dynamicInt, dynamicBoolean, dynamicText, anything } = dynamicMakers({
  exact,
  given,
  shownType,
});

const ANY_TYPE: readonly Maker[] = [
  conditional,
  callOfFunction,
  callOfFunction,
  genericCall,
  member,
  member,
  member,
  staticMember,
  throughObject,
  throughAny,
  (world, type, depth) => of.part(world, type, depth),
  memberOfAny,
  assignment,
];

const none: readonly Maker[] = [() => undefined];

function makersOf({ random }: World, { kind }: Type): readonly Maker[] {
  switch (kind) {
    case 'int':
      return random.chance(12) ? dynamicInt : random.chance(20) ? of.int : int;
    case 'boolean':
      return random.chance(12) ? dynamicBoolean : random.chance(20) ? of.boolean : boolean;
    case 'String':
      return random.chance(12) ? dynamicText : random.chance(20) ? of.text : text;
    case 'array':
      return random.chance(40) ? of.array : array;
    case 'float':
      return of.float;
    case 'map':
      return of.map;
    case 'tuple':
      return of.tuple;
    case 'Range':
      return of.range;
    case 'Bytes':
      return of.bytes;
    case 'nullable':
      return maybeNull;
    case 'Object':
      return object;
    case 'Any':
      return anything;
    case 'class':
      return ofClass;
    default:
      return none;
  }
}

export { nullable };
