/**
 * Expressions that go through an Any: what is looked at when the program runs comes to what the checker would have seen.
 * Each of them has the static type that is wanted, by a cast where it would be Any.
 */
import { ANY, BOOLEAN, INT, same, STRING, write, type Type } from './types.js';
import type { Maker, Parameter, World } from './world.js';

const INT_OPERATORS = ['+', '-', '*', '&', '|', '^', '<<', '>>', '>>>'];
const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='];

/** Can be told, when the program runs, whether a value is of the type? */
function isTold(type: Type): boolean {
  if (type.kind === 'nullable') return isTold(type.element);
  return !['array', 'function', 'variable', 'void', 'map', 'tuple'].includes(type.kind);
}

/** An Any as a value of the type. */
function back(type: Type, text: string): string {
  return same(type, ANY) ? text : `((${write(type)}) ${text})`;
}

/** How the rest of an expression is made: see `values.ts`. */
export interface Making {
  exact(world: World, type: Type, depth: number): string;
  given(world: World, parameters: readonly Parameter[], depth: number): string;
  shownType(world: World): Type;
}

/** The makers, by what they give. */
export interface DynamicMakers {
  readonly throughAny: Maker;
  readonly memberOfAny: Maker;
  readonly dynamicInt: readonly Maker[];
  readonly dynamicBoolean: readonly Maker[];
  readonly dynamicText: readonly Maker[];
  readonly anything: readonly Maker[];
}

export function dynamicMakers({ exact, given, shownType }: Making): DynamicMakers {
  /** There and back. */
  const throughAny: Maker = (world, type, depth) =>
    isTold(type) ? back(type, `asAny(${exact(world, type, depth)})`) : undefined;

  /** A member of an object at hand, by its name alone. */
  const memberOfAny: Maker = (world, type, depth) => {
    const found: (() => string)[] = [];
    const { self } = world;
    const objects = [...world.variables, ...world.globals, ...(self ? [{ name: 'this', type: self }] : [])];
    for (const { name, type: of } of objects) {
      if (of.kind === 'array' && same(of.element, type) && isTold(type))
        found.push(() => back(type, `asAny(${name})[at(${exact(world, INT, depth)}, ${name}.size())]`));
      if (of.kind !== 'class') continue;
      const { methods, fields } = world.members(of);
      for (const one of methods)
        if (!one.isStatic && same(one.result, type) && one.parameters.every((p) => isTold(p.type)))
          if (isTold(type) || type.kind === 'void')
            found.push(() => {
              const text = `asAny(${name}).${one.name}(${given(world, one.parameters, depth)})`;
              return type.kind === 'void' ? text : back(type, text);
            });
      for (const one of fields)
        if (same(one.type, type) && isTold(type)) found.push(() => back(type, `asAny(${name}).${one.name}`));
    }
    return found.length > 0 ? world.random.pick(found)() : undefined;
  };

  const dynamicInt: readonly Maker[] = [
    (world, _, depth) => {
      const op = world.random.pick(INT_OPERATORS);
      const [a, b] = [exact(world, INT, depth), exact(world, INT, depth)];
      return `((int) (${world.random.pick([`asAny(${a}) ${op} ${b}`, `${a} ${op} asAny(${b})`])}))`;
    },
    (world, _, depth) => `((int) (${world.random.pick(['-', '~', '+'])}asAny(${exact(world, INT, depth)})))`,
    (world, _, depth) => `((int) (asAny(${exact(world, INT, depth)}) % (${exact(world, INT, depth)} | 1)))`,
    // A place of type int.
    (world, _, depth) => `less(asAny(${exact(world, INT, depth)}), asAny(${exact(world, INT, depth)}))`,
    (world, _, depth) => `((int) asAny(${exact(world, STRING, depth)}).size())`,
  ];

  const dynamicBoolean: readonly Maker[] = [
    (world, _, depth) => {
      const type = world.random.pick([INT, STRING]);
      return `(asAny(${exact(world, type, depth)}) ${world.random.pick(COMPARISONS)} ${exact(world, type, depth)})`;
    },
    (world, _, depth) =>
      `(asAny(${exact(world, BOOLEAN, depth)}) ${world.random.pick(['&&', '||', '==', '!='])} ${exact(world, BOOLEAN, depth)})`,
    (world, _, depth) => `(!asAny(${exact(world, BOOLEAN, depth)}))`,
    (world, _, depth) =>
      `((boolean) (asAny(${exact(world, BOOLEAN, depth)}) ${world.random.pick(['&', '|', '^'])} ${exact(world, BOOLEAN, depth)}))`,
    // Of unlike values nothing but their being unlike is known.
    (world, _, depth) => `(${exact(world, ANY, depth)} ${world.random.pick(['==', '!='])} ${exact(world, INT, depth)})`,
    (world, _, depth) =>
      `is(${exact(world, ANY, depth)} instanceof ${world.random.pick(['String', 'Int', 'Boolean', 'Wrong!!'])})`,
  ];

  const dynamicText: readonly Maker[] = [
    (world, _, depth) =>
      `cut((String) (asAny(${exact(world, STRING, depth)}) + ${exact(world, shownType(world), depth)}))`,
    (world, _, depth) =>
      `cut((String) (asAny(${exact(world, shownType(world), depth)}) + ${exact(world, STRING, depth)}))`,
    (world, _, depth) => `cut("\${asAny(${exact(world, shownType(world), depth)})}")`,
    (world, _, depth) =>
      `((String) asAny(${exact(world, STRING, depth)}).${world.random.pick(['upper', 'lower', 'trim'])}())`,
  ];

  /** An Any itself. */
  const anything: readonly Maker[] = [
    (world, _, depth) => `asAny(${exact(world, world.random.pick([INT, STRING, BOOLEAN]), depth)})`,
    (world, _, depth) => `asAny(${exact(world, world.elementType(1), depth)})`,
    (world) => `anyOf(${world.random.below(9)})`,
  ];

  return { throughAny, memberOfAny, dynamicInt, dynamicBoolean, dynamicText, anything };
}
