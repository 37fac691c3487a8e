/** Bound classes on Node: what the kernel's tests/kernel/bindings say of C, said of JavaScript. */
import { describe, expect, test } from 'vitest';
import {
  bind,
  BindError,
  BindingError,
  collector,
  compile,
  Isolate,
  type Binding,
  type Outcome,
} from '../src/index.js';

const DECLARATIONS = `
@Native class Sums {
    @Static int isqrt(int n);
    @Static boolean even(int n);
    @Static String name(String first, String? last = null);
    @Static String? find(String key);
    @Static void fail(int errno, String why);
    @Static int count();
    @Static String describe(Object? value);
    @Static int broken();
}
@Native class Stats {
    Stats(int first = 0);
    void add(int value);
    int max();
    Stats copy();
    Stats? none();
    void merge(Stats other);
    void free();
    @Override String toString();
}
@Native class Other {
    Other();
    int value();
}
`;

class Stats {
  readonly values: bigint[] = [];
  constructor(first: bigint) {
    if (first < 0n) throw new BindingError(22, 'a first value below 0');
    this.values.push(first);
  }
  add(value: bigint): void {
    this.values.push(value);
  }
  max(): bigint {
    return this.values.reduce((a, b) => (a > b ? a : b));
  }
  copy(): Stats {
    const made = new Stats(0n);
    for (const value of this.values) made.add(value);
    return made;
  }
  none(): null {
    return null;
  }
  merge(other: Stats): void {
    this.values.push(...other.values);
  }
  free(): void {
    binding.free(this);
  }
  toString(): string {
    return `Stats of ${this.values.join(',')}`;
  }
}
class Other {
  value(): bigint {
    return 7n;
  }
}

let freed = 0;
let calls = 0;
const binding: Binding = bind(
  DECLARATIONS,
  {
    Stats,
    Other,
    Sums: {
      isqrt: (n: bigint) => BigInt(Math.floor(Math.sqrt(Number(n)))),
      even: (n: bigint) => n % 2n === 0n,
      name: (first: string, last: string | null) => (last === null ? first : `${first} ${last}`),
      find: (key: string) => (key === 'a' ? 'found' : null),
      fail: (errno: bigint, why: string) => {
        throw new BindingError(Number(errno), why);
      },
      count: () => ++calls,
      describe: (value: unknown) => `${typeof value} ${String(value)}`,
      broken: () => 'text',
    },
  },
  { free: () => freed++ },
);

function run(source: string, options: { heap?: number } = {}): { outcome: Outcome; output: string; isolate: Isolate } {
  const compilation = compile(source, 'b.k', { bindings: [binding] });
  expect(compilation.render('plain').includes('error') ? compilation.render('plain') : '').toBe('');
  const out = collector();
  const streams = { in: () => 0, out: out.sink, err: out.sink };
  const isolate = new Isolate(compilation.image, { streams, bindings: [binding], ...options });
  return { outcome: isolate.run(), output: out.text(), isolate };
}

function output(source: string): string {
  const { outcome, output } = run(source);
  return outcome.status === 'ok' ? output : outcome.status === 'exception' ? outcome.text : outcome.status;
}

describe('static methods', () => {
  test.each([
    ['Sums.isqrt(90)', '9'],
    ['Sums.even(4)', 'true'],
    ['Sums.name("Ada")', 'Ada'],
    ['Sums.name("Ada", "Lovelace")', 'Ada Lovelace'],
    ['Sums.name("木の葉")', '木の葉'],
    ['Sums.find("a") ?? "nothing"', 'found'],
    ['Sums.find("b") ?? "nothing"', 'nothing'],
    ['Sums.describe(5)', 'bigint 5'],
    ['Sums.describe(true)', 'boolean true'],
    ['Sums.describe("x")', 'string x'],
    ['Sums.describe(null)', 'object null'],
    ['Sums.describe(new Stats(3))', 'object Stats of 3'],
  ])('%s is %s', (expression, expected) => {
    expect(output(`OUT << (${expression}) << EOL`)).toBe(`${expected}\n`);
  });
  test('without parameters', () => {
    calls = 0;
    expect(output('OUT << Sums.count() + Sums.count() << EOL')).toBe('3\n');
  });
});

describe('objects', () => {
  test('are made, used, given and converted to text', () => {
    expect(
      output(`
        Stats s = new Stats(4)
        s.add(9)
        Stats t = s.copy()
        t.add(20)
        s.merge(t)
        OUT << s.max() << " " << t << " " << (s.none() == null) << EOL`),
    ).toBe('20 Stats of 0,4,9,20 true\n');
  });
  test('that nobody holds are freed while the script runs, the others with the isolate', () => {
    freed = 0;
    const { isolate } = run(`
      Stats kept = new Stats(1)
      for (int i = 0; i < 1000; i++) { new Stats(i) }`);
    expect(freed).toBeGreaterThan(800);
    expect(freed + isolate.handles).toBe(1001);
    isolate.dispose();
    expect(freed).toBe(1001);
    expect(isolate.handles).toBe(0);
  });
  test('that were freed are refused, and freed once', () => {
    freed = 0;
    const { outcome, isolate } = run('Stats s = new Stats(1)\ns.free()\ns.add(2)');
    expect(outcome).toMatchObject({ status: 'exception', errno: 9 });
    expect(outcome).toMatchObject({ text: expect.stringContaining('Stats.add: argument 0 was freed') as string });
    isolate.dispose();
    expect(freed).toBe(1);
  });
  test('of other classes are no arguments', () => {
    expect(output('Object o = new Other()\nStats s = new Stats()\ns.merge((Stats)o)')).toContain('ClassCast!!');
    expect(output('Object o = [1]\nOUT << Sums.describe(o)')).toContain('ClassCast!!');
  });
  test('of a class are told from others by instanceof', () => {
    expect(output('Object o = new Other()\nOUT << (o instanceof Stats) << (o instanceof Other) << EOL')).toBe(
      'falsetrue\n',
    );
  });
});

describe('exceptions', () => {
  test.each([
    [5, 'IO!!'],
    [12, 'OutOfMemory!!'],
    [1, 'Security!!'],
    [110, 'Timeout!!'],
    [4, 'Interrupted!!'],
    [16, 'Errno!!'],
  ])('errno %i is %s', (errno, name) => {
    const { outcome } = run(`Sums.fail(${errno}, "because")`);
    expect(outcome).toMatchObject({ status: 'exception', errno });
    expect(outcome).toMatchObject({ text: expect.stringMatching(`^${name}: because\n`) as string });
  });
  test('have the stack of the script', () => {
    expect(output('void f() {\n  Sums.fail(16, "x")\n}\nf()')).toMatch(/at Sums\.fail.*\n.*at f \(b\.k:2\)\n/);
  });
  test('can be caught', () => {
    expect(output('try { Sums.fail(16, "x") } catch (Errno!! e) { OUT << e.errno << e.message << EOL }')).toBe('16x\n');
  });
  test('leave no object behind', () => {
    const { outcome, isolate } = run('new Stats(-1)');
    expect(outcome).toMatchObject({ errno: 22 });
    expect(isolate.handles).toBe(0);
  });
  test('a result of another type is one', () => {
    expect(output('Sums.broken()')).toContain('Sums.broken did not give what its declaration says');
  });
});

describe('limits', () => {
  test('handles that are held', () => {
    const { outcome, isolate } = run('Stats[] all = []\nwhile (true) { all << new Stats() }');
    expect(outcome).toMatchObject({ errno: 24 });
    isolate.dispose();
  });
  test('an image does not run without its binding', () => {
    const { image } = compile('OUT << Sums.isqrt(4)', '', { bindings: [binding] });
    expect(() => new Isolate(image)).toThrow('a bound class is missing');
  });
  test('an image holds only the classes that it uses', () => {
    expect(compile('OUT << 1', '', { bindings: [binding] }).disassemble()).not.toContain('Stats');
    const listing = compile('OUT << Sums.isqrt(4)', '', { bindings: [binding] }).disassemble();
    expect(listing).toContain('CALLH');
    expect(listing).not.toContain('Stats');
  });
});

describe('bind', () => {
  const f = (): number => 1;
  test.each([
    ['a syntax error', '@Native class A { int f( }', {}, 'K02'],
    ['a body', '@Native class A { @Static int f() { return 1; } }', { A: {} }, 'K0711'],
    ['a field', '@Native class A { int x; int f(); }', { A: {} }, 'K0711'],
    ['a plain class', 'class A { int f(); }', { A: {} }, 'K0711'],
    ['a class above', '@Native class A extends Device { int f(); }', { A: {} }, 'K0711'],
    ['a statement', 'OUT << 1', {}, 'K0711'],
    ['an array', '@Native class A { @Static int f(int[] x); }', { A: { f } }, 'K0712'],
    ['an Object result', '@Native class A { @Static Object f(); }', { A: { f } }, 'K0712'],
    ['an unknown class', '@Native class A { @Static B f(); }', { A: { f } }, 'K0302'],
    ['the name of a class of the library', '@Native class Math { @Static int f(); }', { Math: {} }, 'K0306'],
    ['two methods of a name', '@Native class A { @Static int f(); @Static int f(int x); }', { A: {} }, 'K0306'],
    ['another toString', '@Native class A { int toString(); }', { A: {} }, 'K0503'],
    ['a missing function', '@Native class A { @Static int f(); }', { A: {} }, 'A.f is declared, but has no function'],
    ['an undeclared class', '@Native class A { @Static int f(); }', { A: { f }, B: {} }, 'B has functions'],
  ])('refuses %s', (_, declarations, implementation, message) => {
    expect(() => bind(declarations, implementation as Record<string, object>)).toThrow(BindError);
    expect(() => bind(declarations, implementation as Record<string, object>)).toThrow(message);
  });
  test('names the file and the line', () => {
    expect(() => bind('\n@Native class A { int x; }', {})).toThrow('<binding>:2');
  });
});

describe('a script', () => {
  const errors = (source: string, kernel = false): string =>
    compile(source, 'b.k', { bindings: [binding], kernel }).render('plain');
  test.each([
    ['Sums.isqrt("4")', 'K0401'],
    ['Sums.isqrt()', 'K0405'],
    ['int x = Sums.name("a")', 'K0401'],
    ['String x = Sums.find("a")', 'K0406'],
    ['Sums.isqrtt(4)', 'K0303'],
    ['Stats s = new Other()', 'K0401'],
    ['new Stats().merge(new Other())', 'K0401'],
    ['new Stats().handle = 5', 'K0304'],
    ['new Sums()', 'K0509'],
    ['class Mine extends Stats { }', 'K0502'],
    ['Sum.isqrt(4)', 'did you mean Sums?'],
    ['@Native class Mine { int f(); }', 'K0207'],
  ])('%s is an error', (source, message) => {
    expect(errors(source)).toContain(message);
  });
  test('is told how to get a class that nobody bound', () => {
    expect(errors('Telescope.point(4)')).toContain('--bindings FILE');
    expect(errors('Telescope.point(4)', true)).toContain('/proc/konoha/bindings');
    expect(errors('Telescope.point(4)', true)).toContain('K0302');
  });
  test('may have a class of the name of a bound one', () => {
    expect(
      output('class Other { int value() { return 1 } }\nOUT << new Other().value() << new Stats(2).max() << EOL'),
    ).toBe('12\n');
  });
  test('may add methods to a bound class', () => {
    expect(output('int Stats.twice() { return 2 * this.max() }\nOUT << new Stats(4).twice() << EOL')).toBe('8\n');
  });
});
