/** Expressions with maps, tuples, ranges, bytes, floats and regular expressions. */
import { ANY, arrayOf, BOOLEAN, BYTES, FLOAT, INT, nullable, RANGE, same, STRING, write, type Type } from './types.js';
import type { Maker, World } from './world.js';

/** How the rest of an expression is made: see `values.ts`. */
export interface Making {
  exact(world: World, type: Type, depth: number): string;
  lambda(world: World, parameters: readonly Type[], result: Type, depth: number): string;
}

const REGEXES = ['/a+/', '/[a-c]/i', '/(b|c)*/', '/\\d+/', '/木|x/', '/^h.l/', '/q?$/'];
const FLOATS = ['0.5', '1.0', '(-2.25)', '3.0e10', '1e-3', '0.1', '(0.0 / 0)', '1e300'];
const PATTERN_TEXTS = ['"-"', '"[$0]"', '""'];

/** Types of keys of maps. */
export function keyType(world: World): Type {
  return world.random.pick<Type>([INT, INT, STRING, STRING, BOOLEAN, { kind: 'tuple', elements: [INT, STRING] }]);
}

export function simpleFloat(world: World): string {
  return world.random.pick(FLOATS);
}

export interface CollectionMakers {
  readonly int: readonly Maker[];
  readonly boolean: readonly Maker[];
  readonly text: readonly Maker[];
  readonly array: readonly Maker[];
  /** Of a value that is a part of something at hand. */
  readonly part: Maker;
  readonly float: readonly Maker[];
  readonly map: readonly Maker[];
  readonly tuple: readonly Maker[];
  readonly range: readonly Maker[];
  readonly bytes: readonly Maker[];
}

export function collectionMakers({ exact, lambda }: Making): CollectionMakers {
  const named = (world: World, kind: Type['kind']): { name: string; type: Type } | undefined => {
    const found = [...world.variables, ...world.globals].filter(({ type }) => type.kind === kind);
    return found.length > 0 ? world.random.pick(found) : undefined;
  };

  const part: Maker = (world, type, depth) => {
    const found: (() => string)[] = [];
    for (const { name, type: of } of [...world.variables, ...world.globals]) {
      if (of.kind === 'tuple')
        of.elements.forEach((one, index) => {
          if (same(one, type)) found.push(() => `${name}[${index}]`);
        });
      if (of.kind !== 'map') continue;
      const key = (): string => exact(world, of.key, depth);
      if (same(of.value, type)) {
        if (type.kind !== 'nullable' && type.kind !== 'Any')
          found.push(() => `(${name}.get(${key()}) ?? ${exact(world, type, depth)})`);
        found.push(() => `${name}[${key()}]`);
      } else if (same(nullable(of.value), type))
        found.push(() => `${name}.${world.random.pick(['get', 'remove'])}(${key()})`);
    }
    return found.length > 0 ? world.random.pick(found)() : undefined;
  };

  /** A call of a method of arrays that takes a function. */
  const arrays = (world: World): { name: string; type: Type & { kind: 'array' } } | undefined =>
    named(world, 'array') as never;

  const int: readonly Maker[] = [
    (world) => {
      const map = named(world, 'map');
      return map && `${map.name}.${world.random.pick(['size()', 'keys().size()', 'values().size()'])}`;
    },
    (world) => {
      const range = named(world, 'Range');
      return range && `${range.name}.${world.random.pick(['begin', 'end', 'size', 'size()'])}`;
    },
    (world, _, depth) => {
      const bytes = named(world, 'Bytes');
      return (
        bytes &&
        `(${bytes.name}.size > 0 ? ${bytes.name}.get(at(${exact(world, INT, depth)}, ${bytes.name}.size())) : 0)`
      );
    },
    (world, _, depth) => {
      const array = arrays(world);
      if (!array) return undefined;
      const { element } = array.type;
      return world.random.chance(50)
        ? `${array.name}.reduce(${exact(world, INT, depth)}, ${lambda(world, [INT, element], INT, depth)})`
        : `${array.name}.findIndex(${lambda(world, [element], BOOLEAN, depth)})`;
    },
    (world, _, depth) => `(${exact(world, STRING, depth)}).search(${world.random.pick(REGEXES)})`,
    (world, _, depth) => (world.isUser ? `((int) ${exact(world, FLOAT, depth)})` : undefined),
    (world, _, depth) => (world.isUser ? `Math.round(${exact(world, FLOAT, depth)})` : undefined),
  ];

  const boolean: readonly Maker[] = [
    (world, _, depth) => {
      const map = named(world, 'map');
      return map && `(${exact(world, (map.type as Type & { kind: 'map' }).key, depth)} in? ${map.name})`;
    },
    (world, _, depth) =>
      `(${exact(world, RANGE, depth)} ${world.random.pick(['==', '!='])} ${exact(world, RANGE, depth)})`,
    (world, _, depth) => `(${exact(world, INT, depth)} in? ${exact(world, RANGE, depth)})`,
    (world, _, depth) => {
      const tuple = named(world, 'tuple');
      return tuple && `(${tuple.name} == ${exact(world, tuple.type, depth)})`;
    },
    (world, _, depth) =>
      `(${world.random.pick(REGEXES)}.${world.random.pick(['test', 'matches'])}(${exact(world, STRING, depth)}))`,
    (world, _, depth) => {
      const array = arrays(world);
      return (
        array &&
        `${array.name}.${world.random.pick(['any', 'all'])}(${lambda(world, [array.type.element], BOOLEAN, depth)})`
      );
    },
    (world, _, depth) =>
      world.isUser
        ? `(${exact(world, FLOAT, depth)} ${world.random.pick(['<', '<=', '>', '>=', '==', '!='])} ${exact(world, world.random.pick([FLOAT, INT]), depth)})`
        : undefined,
    (world, _, depth) => (world.isUser ? `(${exact(world, FLOAT, depth)}).isNaN()` : undefined),
  ];

  const text: readonly Maker[] = [
    (world, _, depth) =>
      `cut((${exact(world, STRING, depth)}).replace(${world.random.pick(REGEXES)}, ${world.random.pick(PATTERN_TEXTS)}))`,
    (world) => {
      const bytes = named(world, 'Bytes');
      return bytes && `cut(${bytes.name}.${world.random.pick(['toText', 'toHex'])}())`;
    },
    (world, _, depth) => {
      const array = arrays(world);
      return (
        array &&
        `cut(${array.name}.reduce(${exact(world, STRING, depth)}, ${lambda(world, [STRING, array.type.element], STRING, depth)}))`
      );
    },
    (world, _, depth) =>
      `cut("%d:%s|%x"(${exact(world, INT, depth)}, ${exact(world, STRING, depth)}, ${exact(world, INT, depth)}))`,
    (world, _, depth) =>
      world.isUser ? `(${exact(world, FLOAT, depth)}).toFixed(${world.random.below(4)})` : undefined,
  ];

  const array: readonly Maker[] = [
    (world, type, depth) => {
      const { element } = type as { element: Type };
      const from = arrays(world);
      return from && `${from.name}.map(${lambda(world, [from.type.element], element, depth)})`;
    },
    (world, type, depth) => {
      const known = world.ofType(type);
      const { element } = type as { element: Type };
      return known.length > 0
        ? `${world.random.pick(known).name}.filter(${lambda(world, [element], BOOLEAN, depth)})`
        : undefined;
    },
    (world, type, depth) => {
      const { element } = type as { element: Type };
      if (same(element, STRING))
        return world.random.pick([
          () => `(${exact(world, STRING, depth)}).split(${world.random.pick([...REGEXES, '","', '"l"'])})`,
          () => `(${exact(world, STRING, depth)}).words()`,
        ])();
      if (same(element, INT))
        return world.random.pick([
          () => `(at(${exact(world, INT, depth)}, 5) to at(${exact(world, INT, depth)}, 9)).toArray()`,
          () => `(${exact(world, STRING, depth)}).codes()`,
        ])();
      return undefined;
    },
    (world, type) => {
      const found: string[] = [];
      for (const { name, type: of } of [...world.variables, ...world.globals]) {
        if (of.kind !== 'map') continue;
        if (same(arrayOf(of.key), type)) found.push(`${name}.keys()`);
        if (same(arrayOf(of.value), type)) found.push(`${name}.values()`);
      }
      return found.length > 0 ? world.random.pick(found) : undefined;
    },
  ];

  const float: readonly Maker[] = [
    (world, _, depth) =>
      `(${exact(world, FLOAT, depth)} ${world.random.pick(['+', '-', '*', '/', '%'])} ${exact(world, FLOAT, depth)})`,
    (world, _, depth) =>
      `(${exact(world, INT, depth)} ${world.random.pick(['+', '-', '*', '/'])} ${exact(world, FLOAT, depth)})`,
    (world, _, depth) => `((float) ${exact(world, INT, depth)})`,
    (world, _, depth) => `(-${exact(world, FLOAT, depth)})`,
    (world, _, depth) => `(${exact(world, FLOAT, depth)}).${world.random.pick(['abs', 'floor', 'ceil'])}()`,
    (world, _, depth) =>
      `Math.${world.random.pick(['min', 'max'])}(${exact(world, FLOAT, depth)}, ${exact(world, FLOAT, depth)})`,
    (world, _, depth) => `Math.sqrt(${exact(world, FLOAT, depth)})`,
    (world, _, depth) => `((float) asAny(${exact(world, FLOAT, depth)}))`,
    (world, _, depth) => `((float) (asAny(${exact(world, FLOAT, depth)}) * ${exact(world, INT, depth)}))`,
    (world, _, depth) => {
      const array = arrays(world);
      return (
        array &&
        `${array.name}.reduce(${exact(world, FLOAT, depth)}, ${lambda(world, [FLOAT, array.type.element], FLOAT, depth)})`
      );
    },
  ];

  const map: readonly Maker[] = [
    (world, type, depth) => {
      const { key, value } = type as Type & { kind: 'map' };
      const entries = Array.from(
        { length: world.random.between(1, 3) },
        () => `(${exact(world, key, depth)}): ${exact(world, value, depth)}`,
      );
      return `({${entries.join(', ')}})`;
    },
    (_, type) => `new ${write(type)}()`,
  ];

  const tuple: readonly Maker[] = [
    (world, type, depth) =>
      `(${(type as Type & { kind: 'tuple' }).elements.map((one) => exact(world, one, depth)).join(', ')})`,
  ];

  const range: readonly Maker[] = [
    (world, _, depth) =>
      `(${exact(world, INT, depth)} ${world.random.pick(['to', 'until'])} (${exact(world, INT, depth)}))`,
  ];

  const bytes: readonly Maker[] = [
    (world, _, depth) => `Bytes.of(${exact(world, STRING, depth)})`,
    (world) => `new Bytes(${world.random.below(6)})`,
    (world) => {
      const known = world.ofType(BYTES);
      return known.length > 0 ? `${world.random.pick(known).name}.slice(0, ${world.random.below(2)})` : undefined;
    },
  ];

  return { int, boolean, text, array, part, float, map, tuple, range, bytes };
}

/** Types of what collections hold: no function, which no container can be asked for. */
export function heldType(world: World, depth: number): Type {
  const type = world.type(depth);
  return type.kind === 'function' ? INT : same(type, ANY) ? STRING : type;
}
