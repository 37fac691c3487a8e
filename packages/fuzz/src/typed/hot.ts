/**
 * Loops that run long enough to become native code, over small classes that override each other's methods: calls whose target the object decides, calls
 * that become part of their caller, recursion, exceptions out of the middle. Unlike the rest of a program it counts no calls; the loops
 * themselves are bounded, and nothing in them calls what is not.
 */
import type { Random } from '../random.js';

/** What is in sight, by type. Loop variables are in none of the lists of what may be assigned. */
interface Sight {
  readonly ints: readonly string[];
  /** Ints that may be assigned. */
  readonly places: readonly string[];
  readonly floats: readonly string[];
  readonly booleans: readonly string[];
  /** Arrays of ints; all have 8 elements at least. */
  readonly arrays: readonly string[];
  /** Of type `Step`. */
  readonly steps: readonly string[];
  /** Of type `Func<int=>int>`. */
  readonly functions: readonly string[];
  /** It may return an int. */
  readonly returns: boolean;
  /** It may call `small`. */
  readonly calls: boolean;
  readonly inLoop: boolean;
  /** Blocks around. */
  readonly depth: number;
  /** How often it is run, at most, of `MOST_ROUNDS`. */
  readonly rounds: number;
}

type IntMaker = (hot: Hot, sight: Sight, depth: number) => string | undefined;
type StatementMaker = (hot: Hot, sight: Sight, indent: string) => string | undefined;

const NUMBERS = ['0', '1', '2', '3', '5', '7', '8', '13', '100', '255', '1000', '65537', '(-1)', '(-3)', '0x7fffffff'];
const DEEPEST = 3;
const MOST_ROUNDS = 2000;
/** A method may be called in all of these. */
const ROUNDS_OF_METHOD = 200;

/** A part of a program. `isUser`: with floats. */
export interface HotPart {
  readonly declarations: string;
  /** Statements of the top level. */
  readonly run: string;
}

class Hot {
  private next = 0;
  readonly classes: string[] = [];

  constructor(
    readonly random: Random,
    readonly isUser: boolean,
    /** Of all names. */
    readonly mark: string,
  ) {}

  name(prefix: string): string {
    return `${prefix}${this.mark}${this.next++}`;
  }

  int(sight: Sight, depth: number): string {
    const { random } = this;
    if (depth <= 0) return sight.ints.length > 0 && random.chance(75) ? random.pick(sight.ints) : random.pick(NUMBERS);
    for (let attempt = 0; attempt < 3; attempt++) {
      const made = random.pick(INTS)(this, sight, depth - 1);
      if (made !== undefined) return made;
    }
    return this.int(sight, 0);
  }

  boolean(sight: Sight, depth: number): string {
    const { random } = this;
    const compared = `${this.int(sight, depth - 1)} ${random.pick(['<', '<=', '>', '>=', '==', '!='])} ${this.int(sight, depth - 1)}`;
    switch (random.below(10)) {
      case 0:
        return `(${compared} ${random.pick(['&&', '||'])} ${depth > 0 ? this.boolean(sight, depth - 1) : 'true'})`;
      case 1:
        return sight.booleans.length > 0 ? random.pick(sight.booleans) : `!(${compared})`;
      case 2:
        return `(${compared} ${random.pick(['&', '|', '^'])} ${sight.booleans[0] ?? 'true'})`;
      case 3:
        return sight.steps.length > 0
          ? `is(${random.pick(sight.steps)} instanceof ${random.pick(this.classes)})`
          : `(${compared})`;
      case 4:
        return sight.floats.length > 0
          ? `(${this.float(sight, 1)} ${random.pick(['<', '<=', '>', '>=', '==', '!='])} ${this.float(sight, 1)})`
          : `(${compared})`;
      default:
        return `(${compared})`;
    }
  }

  float(sight: Sight, depth: number): string {
    const { random } = this;
    if (depth <= 0)
      return sight.floats.length > 0 && random.chance(70)
        ? random.pick(sight.floats)
        : random.pick(['0.5', '1.0', '(-2.25)', '3.0e10', '1e-3', '0.1']);
    const inner = (): string => this.float(sight, depth - 1);
    switch (random.below(8)) {
      case 0:
        return `(${this.int(sight, 1)} ${random.pick(['+', '-', '*', '/'])} ${inner()})`;
      case 1:
        return `(-${inner()})`;
      case 2:
        return `(${inner()}).${random.pick(['abs', 'floor', 'ceil'])}()`;
      case 3:
        return `(${inner()}).${random.pick(['min', 'max'])}(${inner()})`;
      case 4:
        return `(${this.boolean(sight, 1)} ? ${inner()} : ${inner()})`;
      default:
        return `(${inner()} ${random.pick(['+', '-', '*', '/', '%'])} ${inner()})`;
    }
  }

  /** An index that is mostly within. */
  index(array: string, sight: Sight, depth: number): string {
    const value = this.int(sight, depth);
    return this.random.chance(4)
      ? `(${value}) % 9`
      : this.random.chance(50)
        ? `(${value}) & 7`
        : `at(${value}, ${array}.size())`;
  }

  block(sight: Sight, most: number, indent: string): string {
    const inner = { ...sight, depth: sight.depth + 1 };
    const lines = Array.from({ length: this.random.between(1, most) }, () => this.statement(inner, `${indent}  `));
    return `{\n${lines.join('')}${indent}}`;
  }

  statement(sight: Sight, indent: string): string {
    const list = sight.depth < DEEPEST ? [...PLAIN, ...NESTING] : PLAIN;
    for (let attempt = 0; attempt < 4; attempt++) {
      const made = this.random.pick(list)(this, sight, indent);
      if (made !== undefined) return `${indent}${made}\n`;
    }
    return `${indent}mix(${this.int(sight, 1)})\n`;
  }
}

const binary: IntMaker = (hot, sight, depth) =>
  `(${hot.int(sight, depth)} ${hot.random.pick(['+', '-', '*', '&', '|', '^'])} ${hot.int(sight, depth)})`;

const INTS: readonly IntMaker[] = [
  binary,
  binary,
  binary,
  (hot, sight, depth) => `(${hot.int(sight, depth)} ${hot.random.pick(['<<', '>>', '>>>'])} ${hot.int(sight, 0)})`,
  (hot, sight, depth) => `(${hot.int(sight, depth)} ${hot.random.pick(['/', '%'])} (${hot.int(sight, depth)} | 1))`,
  (hot, sight, depth) =>
    `(${hot.int(sight, depth)} ${hot.random.pick(['/', '%', 'mod'])} ${hot.random.pick(NUMBERS.slice(1))})`,
  (hot, sight, depth) => `(${hot.random.pick(['-', '~'])}${hot.int(sight, depth)})`,
  (hot, sight, depth) => `(${hot.boolean(sight, depth)} ? ${hot.int(sight, depth)} : ${hot.int(sight, depth)})`,
  (hot, sight, depth) => {
    if (sight.arrays.length === 0) return undefined;
    const array = hot.random.pick(sight.arrays);
    return `${array}[${hot.index(array, sight, depth)}]`;
  },
  (hot, sight) => (sight.arrays.length > 0 ? `${hot.random.pick(sight.arrays)}.size()` : undefined),
  (hot, sight, depth) =>
    sight.steps.length > 0 ? `${hot.random.pick(sight.steps)}.step(${hot.int(sight, depth)})` : undefined,
  (hot, sight) => (sight.steps.length > 0 ? `${hot.random.pick(sight.steps)}.weight()` : undefined),
  (hot, sight, depth) =>
    sight.functions.length > 0 ? `${hot.random.pick(sight.functions)}(${hot.int(sight, depth)})` : undefined,
  (hot, sight, depth) =>
    !sight.calls ? undefined : `small${hot.mark}(${hot.int(sight, depth)}, ${hot.int(sight, depth)})`,
  (hot, sight, depth) =>
    `Math.${hot.random.pick(['min', 'max', 'floorDiv', 'floorMod'])}(${hot.int(sight, depth)}, ${hot.int(sight, depth)} | 1)`,
  (hot, sight, depth) => (hot.isUser && sight.floats.length > 0 ? `((int) ${hot.float(sight, depth)})` : undefined),
  (hot, sight, depth) => `((int) asAny(${hot.int(sight, depth)}))`,
  (hot, sight, depth) => `(maybe(${hot.int(sight, depth)}, ${hot.int(sight, 0)} & 1) ?? ${hot.int(sight, depth)})`,
];

const assign: StatementMaker = (hot, sight) => {
  if (sight.places.length === 0) return undefined;
  const place = hot.random.pick(sight.places);
  switch (hot.random.below(4)) {
    case 0:
      return `${place} = ${hot.int(sight, 3)}`;
    case 1:
      return hot.random.pick([`${place}++`, `--${place}`]);
    default:
      return `${place} ${hot.random.pick(['+=', '-=', '^=', '*=', '|=', '&=', '>>='])} ${hot.int(sight, 3)}`;
  }
};

const PLAIN: readonly StatementMaker[] = [
  assign,
  assign,
  assign,
  (hot, sight) => {
    if (sight.arrays.length === 0) return undefined;
    const array = hot.random.pick(sight.arrays);
    const op = hot.random.pick(['=', '=', '+=', '^=']);
    return `${array}[${hot.index(array, sight, 1)}] ${op} ${hot.int(sight, 2)}`;
  },
  (hot, sight) => {
    if (sight.arrays.length === 0) return undefined;
    const array = hot.random.pick(sight.arrays);
    return `if (${array}.size() < 40) ${array} << ${hot.int(sight, 1)}`;
  },
  (hot, sight) => {
    if (sight.places.length < 2) return undefined;
    const [a, b] = [hot.random.pick(sight.places), hot.random.pick(sight.places)];
    return a === b ? undefined : `${a}, ${b} = ${b}, ${hot.int(sight, 1)}`;
  },
  (hot, sight) => {
    const [a, b] = [hot.name('t'), hot.name('t')];
    if (sight.places.length === 0) return undefined;
    const place = hot.random.pick(sight.places);
    return `(int ${a}, int ${b}) = (${hot.int(sight, 1)}, ${hot.int(sight, 1)}); ${place} += ${a} ^ ${b}`;
  },
  (hot, sight) => `mix(${hot.int(sight, 2)})`,
  (hot, sight) => `total += ${hot.int(sight, 2)}`,
  (hot, sight) =>
    sight.inLoop ? `if (${hot.boolean(sight, 1)} && ${hot.int(sight, 0)} % 7 == 3) continue` : undefined,
  (hot, sight) => (sight.inLoop ? `if (${hot.int(sight, 1)} % 257 == 77) break` : undefined),
  (hot, sight) => (sight.returns ? `if (${hot.boolean(sight, 1)}) return ${hot.int(sight, 1)}` : undefined),
  (hot, sight) => `if (${hot.int(sight, 1)} % 97 == 5) throw new Wrong!!(${hot.int(sight, 0)})`,
  (hot, sight) => {
    const name = hot.name('s');
    return `String ${name} = "${hot.random.pick(['a', '木', ''])}" + ${hot.int(sight, 1)}; show(${name})`;
  },
];

const NESTING: readonly StatementMaker[] = [
  (hot, sight, indent) =>
    `if (${hot.boolean(sight, 2)}) ${hot.block(sight, 2, indent)}${hot.random.chance(40) ? ` else ${hot.block(sight, 2, indent)}` : ''}`,
  (hot, sight, indent) => {
    const name = hot.name('j');
    const most = hot.random.between(1, 6);
    const inner = { ...sight, ints: [...sight.ints, name], inLoop: true, rounds: sight.rounds * most };
    if (inner.rounds > MOST_ROUNDS) return undefined;
    return hot.random.chance(60)
      ? `for (int ${name} = 0; ${name} < ${most}; ${name}++) ${hot.block(inner, 2, indent)}`
      : `foreach (int ${name} in ${hot.random.between(-2, 1)} ${hot.random.pick(['to', 'until'])} ${most}) ${hot.block(inner, 2, indent)}`;
  },
  // Elements that come meanwhile come too.
  (hot, sight, indent) => {
    if (sight.arrays.length === 0) return undefined;
    const [array, name] = [hot.name('g'), hot.name('x')];
    const most = hot.random.between(4, 12);
    const inner = { ...sight, ints: [...sight.ints, name], inLoop: true, rounds: sight.rounds * most };
    if (inner.rounds > MOST_ROUNDS) return undefined;
    const body = hot.block(inner, 2, indent).slice(2);
    const grow = `${indent}  if (${array}.size() < ${most}) ${array} << ${hot.int(inner, 1)}\n`;
    return `int[] ${array} = [${hot.int(sight, 0)}, ${hot.int(sight, 0)}]\n${indent}foreach (int ${name} in ${array}) {\n${grow}${body}`;
  },
  (hot, sight, indent) => {
    const name = hot.name('c');
    const caught = hot.random.pick(['Exception', 'Wrong!!', 'OutOfIndex!!']);
    const end = hot.random.chance(25)
      ? ` finally ${hot.block({ ...sight, inLoop: false, returns: false }, 1, indent)}`
      : '';
    return `try ${hot.block(sight, 3, indent)} catch (${caught} ${name}) { look(${name}) }${end}`;
  },
  (hot, sight, indent) => {
    if (sight.steps.length === 0) return undefined;
    const name = hot.name('q');
    const value = `${hot.boolean(sight, 1)} ? null : ${hot.random.pick(sight.steps)}`;
    const inner = { ...sight, steps: [...sight.steps, name] };
    return `Step${hot.mark}? ${name} = ${value}\n${indent}if (${name} != null) ${hot.block(inner, 2, indent)}`;
  },
  (hot, sight, indent) => {
    const [first, ...more] = ['0', '1', '3', '5'].map(
      (one) =>
        `${indent}  case ${one}: ${hot.block({ ...sight, inLoop: false }, 1, indent)}${hot.random.chance(60) ? ' break' : ''}\n`,
    );
    return `switch ((${hot.int(sight, 1)}) & 7) {\n${first!}${more.filter(() => hot.random.chance(60)).join('')}${indent}}`;
  },
];

const EMPTY: Sight = {
  ints: [],
  places: [],
  floats: [],
  booleans: [],
  arrays: [],
  steps: [],
  functions: [],
  returns: false,
  calls: false,
  inLoop: false,
  depth: 0,
  rounds: ROUNDS_OF_METHOD,
};

/** A method without calls of the program's own: how often it is called is all that bounds what a loop may do. */
function method(hot: Hot, head: string, sight: Sight): string {
  const { random } = hot;
  const inside: Sight = { ...EMPTY, ...sight, returns: true, depth: 1 };
  const most = random.pick([0, 0, 1, 2, 3]);
  const lines = Array.from({ length: most }, () => hot.statement(inside, '    '));
  return `  ${head} {\n${lines.join('')}    return ${hot.int(inside, 2)}\n  }\n`;
}

function classes(hot: Hot): string {
  const { random, mark } = hot;
  const step = `Step${mark}`;
  const text = [`interface ${step} {\n  int step(int n);\n  int weight() { return ${random.pick(NUMBERS)} }\n}\n`];
  const count = random.between(1, random.chance(20) ? 8 : 4);
  for (let index = 0; index < count; index++) {
    const name = hot.name('Hot');
    const above = index > 0 && random.chance(60) ? random.pick(hot.classes) : null;
    const own = hot.name('h');
    const sight = { ...EMPTY, ints: ['n', own], places: random.chance(70) ? [own] : [] };
    const parts = [`  int ${own} = ${random.pick(NUMBERS)};\n`];
    if (!above || random.chance(70)) parts.push(method(hot, '@Override int step(int n)', sight));
    if (random.chance(50)) {
      const plain = random.chance(60);
      const getter = `  @Override int weight() { return _${own} }\n`;
      parts.push(plain ? getter : method(hot, '@Override int weight()', { ...sight, ints: [own] }));
    }
    const line = above ? ` extends ${above}` : ` implements ${step}`;
    text.push(`class ${name}${line} {\n${parts.join('')}}\n`);
    hot.classes.push(name);
  }
  return text.join('');
}

function recursion(hot: Hot): { text: string; call: string } {
  const { random, mark } = hot;
  const sight = { ...EMPTY, ints: ['n', 'm'], places: ['m'] };
  const name = `rec${mark}`;
  const isTree = random.chance(30);
  const body = isTree
    ? `return ${name}(n - 1, ${hot.int(sight, 2)}) + ${name}(n - 2, ${hot.int(sight, 1)})`
    : random.pick([
        `return ${hot.int(sight, 2)} + ${name}(n - 1, ${hot.int(sight, 2)})`,
        `int r = ${name}(n - 1, m)\n  m ^= r\n  return ${hot.int(sight, 2)}`,
        `return ${hot.boolean(sight, 1)} ? ${name}(n - 2, m) : ${name}(n - 1, ${hot.int(sight, 1)})`,
      ]);
  const depth = isTree ? random.between(3, 11) : random.between(3, random.chance(10) ? 900 : 60);
  const text = `int ${name}(int n, int m) {\n  if (n <= 0) return ${hot.int(sight, 1)}\n  ${body}\n}\n`;
  return { text, call: `${name}(${depth}, ${random.pick(NUMBERS)})` };
}

/** Declarations of its own, all of whose names hold `mark`, and the statements that run them. */
export function hotPart(random: Random, isUser: boolean, mark: string): HotPart {
  const hot = new Hot(random, isUser, mark);
  const declared = classes(hot);
  const small = method(hot, `int small${mark}(int n, int m)`, { ...EMPTY, ints: ['n', 'm'], places: ['n', 'm'] });
  const { text: recursive, call } = recursion(hot);
  const rounds = random.pick([10, 40, 100, 300]);
  const floats = isUser && random.chance(60) ? ['f', 'f2'] : [];
  const sight: Sight = {
    ints: ['a', 'b', 'i', 'seed'],
    places: ['a', 'b'],
    floats,
    booleans: ['even'],
    arrays: ['xs', 'ys'],
    steps: ['one'],
    functions: ['g'],
    returns: false,
    calls: true,
    inLoop: true,
    depth: 0,
    rounds,
  };
  const lines = Array.from({ length: random.between(1, 5) }, () => hot.statement(sight, '    '));
  const head = random.pick([
    `for (int i = 0; i < ${rounds}; i++) {`,
    `foreach (int i in 0 until ${rounds}) {`,
    `for (int i = ${rounds}; i > 0; i--) {`,
    `int i = 0\n  while (i++ < ${rounds}) {`,
  ]);
  const moreFloat = floats.length > 0 ? `    f = ${hot.float(sight, 2)}\n    f2 += ${hot.float(sight, 1)}\n` : '';
  const lambda = random.pick(['n => n * 3 + 1', '(int n) => n ^ seed', 'n => a + n', 'twice']);
  const objects = hot.classes.map((one) => `new ${one}()`).join(', ');
  const text = `${declared}${small.replace(/^ {2}/, '')}${recursive}int hot${mark}(int seed) {
  int a = seed, b = 1
  ${floats.length > 0 ? 'float f = 0.5, f2 = seed' : ''}
  int[] xs = new int[8], ys = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  Step${mark}[] all = [${objects}]
  Func<int=>int> g = ${lambda}
  ${head}
    boolean even = i % 2 == 0
    Step${mark} one = all[${random.pick(['i % all.size()', 'at(a, all.size())', '0', '(i / 16) % all.size()'])}]
${lines.join('')}${moreFloat}  }
  ${floats.length > 0 ? 'show("${f} ${f2}")' : ''}
  return a ^ b ^ xs[3] ^ ys[0]
}
`;
  const calls = Array.from({ length: random.between(1, 3) }, () => `mix(hot${mark}(${random.pick(NUMBERS)}))`);
  const guarded = [...calls, `mix(${call})`].map((one) => `try { ${one} } catch (Exception e) { look(e) }\n`);
  return { declarations: text, run: guarded.join('') };
}
