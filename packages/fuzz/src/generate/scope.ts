/** What a generated program has declared so far, and the odds that its pieces are made with. */
import type { Random } from '../random.js';
import type { Type } from './types.js';

export interface Variable {
  readonly name: string;
  readonly type: Type;
  readonly isFinal: boolean;
}

export interface Callable {
  readonly name: string;
  readonly result: Type;
  readonly parameters: readonly Type[];
}

export interface UserClass {
  readonly name: string;
  readonly above: string | null;
  /** Own and inherited. */
  readonly fields: readonly Variable[];
  readonly methods: readonly Callable[];
  /** Parameter types of its header; null: no header. */
  readonly header: readonly Type[];
  /** Of the host: nothing extends it. */
  readonly isBound?: true;
}

export class Scope {
  readonly classes: UserClass[] = [];
  readonly functions: Callable[] = [];
  private variables: Variable[] = [];
  private nextName = 0;
  /** Of loops around; names are labels or empty. */
  loops: string[] = [];
  /** `null`: top level. */
  result: Type | null = null;
  inClass: UserClass | null = null;
  /** Statements that may still be made: bounds the program. */
  budget: number;

  constructor(
    readonly random: Random,
    /** Percent of places where a type, a name or a rule is broken on purpose. */
    readonly noise: number,
    budget: number,
  ) {
    this.budget = budget;
  }

  noisy(): boolean {
    return this.noise > 0 && this.random.chance(this.noise);
  }

  fresh(prefix: string): string {
    return `${prefix}${this.nextName++}`;
  }

  declare(type: Type, isFinal = false, prefix = 'v'): Variable {
    const variable = { name: this.fresh(prefix), type, isFinal };
    this.variables.push(variable);
    return variable;
  }

  /** A declared variable of this type; undefined: there is none. */
  variable(type: Type, writable = false): Variable | undefined {
    const fitting = this.variables.filter((one) => one.type === type && !(writable && one.isFinal));
    return fitting.length > 0 ? this.random.pick(fitting) : undefined;
  }

  anyVariable(writable = false): Variable | undefined {
    const fitting = writable ? this.variables.filter((one) => !one.isFinal) : this.variables;
    return fitting.length > 0 ? this.random.pick(fitting) : undefined;
  }

  /** Declarations made by `work` end with it. */
  block<T>(work: () => T): T {
    const before = this.variables.length;
    const result = work();
    this.variables.length = before;
    return result;
  }

  /** A body that sees globals alone, as of `globals`. */
  body<T>(result: Type | null, owner: UserClass | null, work: () => T): T {
    const outer = { variables: this.variables, loops: this.loops, result: this.result, inClass: this.inClass };
    this.variables = this.variables.filter(({ name }) => name.startsWith('g'));
    this.loops = [];
    this.result = result;
    this.inClass = owner;
    const text = work();
    Object.assign(this, outer);
    return text;
  }

  userClass(name: string): UserClass | undefined {
    return this.classes.find((one) => one.name === name);
  }

  /** A type for a variable. */
  type(depth = 2): Type {
    const { random } = this;
    const choice = random.below(20);
    if (choice < 6) return 'int';
    if (choice < 8) return 'boolean';
    if (choice < 11) return 'String';
    if (choice < 13 && this.classes.length > 0) return random.pick(this.classes).name;
    if (choice < 16 && depth > 0) return `${this.type(depth - 1).replace(/\?$/, '')}[]`;
    if (choice < 18 && depth > 0) return `${this.type(0).replace(/\?$/, '')}?`;
    if (choice === 18) return random.pick(['Object', 'Exception', 'int?', 'boolean[]', 'Object[]', 'String?[]']);
    return random.pick(['int[]', 'String[]', 'String?']);
  }
}
