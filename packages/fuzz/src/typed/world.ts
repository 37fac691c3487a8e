/** What a generated program declares, and what is in scope where a piece of it is made. */
import type { Random } from '../random.js';
import { heldType, keyType } from './collections.js';
import {
  ANY,
  arrayOf,
  BOOLEAN,
  BYTES,
  classType,
  FLOAT,
  INT,
  nullable,
  OBJECT,
  RANGE,
  same,
  STRING,
  substitute,
  write,
  type Type,
} from './types.js';

export interface Parameter {
  readonly name: string;
  readonly type: Type;
  /** A literal; those with one are the last. */
  readonly value?: string;
}

export interface Callable {
  readonly name: string;
  /** Type variables of its own. */
  readonly variables: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly result: Type;
  readonly isStatic: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: Type;
}

export interface Declared {
  readonly name: string;
  readonly kind: 'class' | 'abstract' | 'interface' | 'exception';
  readonly variables: readonly string[];
  readonly above: Declared | null;
  readonly interfaces: readonly Declared[];
  /** Own ones. */
  readonly fields: Field[];
  readonly methods: Callable[];
  /** What `new` takes; empty for what has no objects of its own. */
  readonly constructor_: readonly Parameter[];
  /** Is the constructor written in the class's first line? */
  readonly hasHeader: boolean;
}

export interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly isFinal: boolean;
  /** It is seen as one that is not null, by a test that does not hold in a lambda. */
  readonly isNarrowed?: boolean;
}

interface Members {
  readonly methods: readonly Callable[];
  readonly fields: readonly Field[];
}
const NO_MEMBERS: Members = { methods: [], fields: [] };

/** Classes and interfaces above, itself first. */
export function lineOf(one: Declared): Declared[] {
  return [one, ...(one.above ? lineOf(one.above) : []), ...one.interfaces.flatMap(lineOf)];
}

/** Makes an expression of a type; undefined: it cannot make one of that type here. */
export type Maker = (world: World, type: Type, depth: number) => string | undefined;

/** Where a piece of the program is made: odds, declarations, variables in sight. */
export class World {
  readonly classes: Declared[] = [];
  readonly functions: Callable[] = [];
  /** Variables of the top level. */
  readonly globals: Variable[] = [];
  variables: Variable[] = [];
  /** Labels of loops around, innermost last; empty: it has none. */
  loops: string[] = [];
  /** What the body gives. */
  result: Type | null = null;
  /** The class whose method this is, and whether there is a `this`. */
  owner: Declared | null = null;
  isStatic = false;
  /** Statements that may still be made. */
  budget = 0;
  private nextName = 0;
  private readonly known = new Map<string, Members>();

  constructor(
    readonly random: Random,
    /** With floats. */
    readonly isUser = false,
  ) {}

  fresh(prefix: string): string {
    return `${prefix}${this.nextName++}`;
  }

  declare(type: Type, isFinal = false, prefix = 'v'): Variable {
    const variable = { name: this.fresh(prefix), type, isFinal };
    this.variables.push(variable);
    return variable;
  }

  /** Variables of exactly this type. */
  ofType(type: Type, writable = false): Variable[] {
    return [...this.variables, ...this.globals].filter((one) => !(writable && one.isFinal) && same(one.type, type));
  }

  /** Declarations that `work` makes end with it. */
  block<T>(work: () => T): T {
    const before = this.variables.length;
    const result = work();
    this.variables.length = before;
    return result;
  }

  /** A body of its own: its parameters and the globals are in sight. */
  body<T>(of: { result: Type | null; owner: Declared | null; isStatic: boolean; budget: number }, work: () => T): T {
    const { variables, loops, result, owner, isStatic, budget } = this;
    Object.assign(this, of, { variables: [], loops: [] });
    const made = work();
    Object.assign(this, { variables, loops, result, owner, isStatic, budget });
    return made;
  }

  /** The body of a lambda: what is around is in sight, but for what a test may have said of it. */
  lambda<T>(parameters: readonly Variable[], result: Type, work: () => T): T {
    const { variables, loops, result: before } = this;
    const around = variables.filter(({ type, isNarrowed }) => type.kind !== 'nullable' && isNarrowed !== true);
    Object.assign(this, { variables: [...around, ...parameters], loops: [], result });
    const made = work();
    Object.assign(this, { variables, loops, result: before });
    return made;
  }

  classNamed(name: string): Declared {
    return this.classes.find((one) => one.name === name)!;
  }

  /** Classes of which there are objects, and which fit a place of `type`. */
  makers(type: Type): Declared[] {
    return this.classes.filter(
      ({ kind, ...one }) =>
        kind === 'class' &&
        (type.kind === 'Object'
          ? one.variables.length === 0
          : type.kind === 'class' && lineOf(one as Declared).some(({ name }) => name === type.name)),
    );
  }

  /** The type of `this`. */
  get self(): Type | null {
    const { owner } = this;
    if (!owner || this.isStatic) return null;
    return classType(
      owner.name,
      owner.variables.map((name) => ({ kind: 'variable', name })),
    );
  }

  /** Members of an object of that type, their types as seen from outside. To be asked when all is declared. */
  members(type: Type): Members {
    if (type.kind !== 'class') return NO_MEMBERS;
    let found = this.known.get(write(type));
    if (!found) this.known.set(write(type), (found = this.findMembers(type)));
    return found;
  }

  private findMembers(type: Type & { kind: 'class' }): Members {
    const declared = this.classNamed(type.name);
    const bindings = new Map(declared.variables.map((name, index) => [name, type.of[index]!]));
    const seen = new Set<string>();
    const methods = lineOf(declared)
      .flatMap((one) => one.methods)
      .filter(({ name }) => !seen.has(name) && seen.add(name));
    return {
      methods: methods.map((one) => ({
        ...one,
        result: substitute(one.result, bindings),
        parameters: one.parameters.map((p) => ({ ...p, type: substitute(p.type, bindings) })),
      })),
      fields: lineOf(declared)
        .flatMap((one) => one.fields)
        .map((one) => ({ ...one, type: substitute(one.type, bindings) })),
    };
  }

  /** Any type that a variable may have; `depth`: of nesting that is left. */
  type(depth = 2): Type {
    const { random } = this;
    const inner = (): Type => this.type(depth - 1);
    if (this.isUser && random.chance(8)) return FLOAT;
    const choice = random.below(29);
    if (choice < 6) return INT;
    if (choice < 8) return BOOLEAN;
    if (choice < 11) return STRING;
    if (depth <= 0) return choice < 14 ? OBJECT : INT;
    if (choice < 14) return arrayOf(this.elementType(depth - 1));
    if (choice < 16) return nullable(inner());
    if (choice < 17) return this.functionType();
    if (choice < 18) return OBJECT;
    if (choice < 19) return ANY;
    if (choice < 21) return { kind: 'map', key: keyType(this), value: heldType(this, depth - 1) };
    if (choice < 23)
      return { kind: 'tuple', elements: Array.from({ length: random.between(2, 3) }, () => heldType(this, depth - 1)) };
    if (choice < 24) return RANGE;
    if (choice < 25) return BYTES;
    const possible = this.classes.filter(({ kind }) => kind !== 'exception');
    if (possible.length === 0) return STRING;
    const { name, variables } = random.pick(possible);
    return classType(
      name,
      variables.map(() => this.type(0)),
    );
  }

  /** Of an array; all may be made without a value at hand. */
  elementType(depth: number): Type {
    const type = this.type(depth);
    return type.kind === 'function' ? INT : type;
  }

  /** Few of them, so that there are functions which have them. */
  functionType(): Type {
    const { random } = this;
    return random.pick<Type>([
      { kind: 'function', parameters: [INT], result: INT },
      { kind: 'function', parameters: [INT], result: BOOLEAN },
      { kind: 'function', parameters: [STRING], result: STRING },
      { kind: 'function', parameters: [INT, INT], result: INT },
    ]);
  }
}
