/** 200 levels of each kind of nesting compile and run; 1,000 give the diagnostic K0901, quickly and without a trap. */
import { describe, expect, test } from 'vitest';
import { runOnNode } from '../support/run-on-node.js';

const times = (text: string, count: number): string => text.repeat(count);

/** Scripts that nest `n` levels, and what they print. */
const kinds: Record<string, (n: number) => { source: string; output: string }> = {
  parentheses: (n) => ({ source: `OUT << ${times('(', n)}1${times(')', n)} << EOL`, output: '1\n' }),
  'unary minus': (n) => ({
    source: `int x = 1\nOUT << ${times('- ', n)}x << EOL`,
    output: n % 2 === 0 ? '1\n' : '-1\n',
  }),
  'unary not': (n) => ({
    source: `boolean x = true\nOUT << ${times('!', n)}x << EOL`,
    output: n % 2 === 0 ? 'true\n' : 'false\n',
  }),
  assignment: (n) => ({ source: `int a\nint b = 0\nb = ${times('a = ', n)}7\nOUT << b << EOL`, output: '7\n' }),
  'call arguments': (n) => ({
    source: `int f(int x) { return x + 1; }\nOUT << ${times('f(', n)}0${times(')', n)} << EOL`,
    output: `${n}\n`,
  }),
  'array literals': (n) => ({
    source: `var a = ${times('[', n)}1${times(']', n)}\nOUT << a.size() << EOL`,
    output: '1\n',
  }),
  blocks: (n) => ({ source: `${times('{ ', n)}OUT << 1 << EOL${times(' }', n)}`, output: '1\n' }),
  if: (n) => ({ source: `boolean x = true\n${times('if (x) { ', n)}OUT << 1 << EOL${times(' }', n)}`, output: '1\n' }),
  'if without braces': (n) => ({ source: `boolean x = true\n${times('if (x) ', n)}OUT << 1 << EOL`, output: '1\n' }),
  'else if': (n) => ({
    source: `int f(int x) {\n${Array.from({ length: n }, (_, i) => `if (x == ${i}) return ${i + 1}\nelse `).join('')}return -1\n}\nOUT << f(${n - 1}) << f(-5) << EOL`,
    output: `${n}-1\n`,
  }),
  interpolation: (n) => ({ source: `OUT << ${times('"${', n)}1${times('}"', n)} << EOL`, output: '1\n' }),
  while: (n) => ({
    source: `${times('while (true) { ', n)}OUT << 1 << EOL; throw new IO!!()${times(' }', n)}`,
    output: '1\n',
  }),
  conditional: (n) => ({ source: `boolean x = false\nOUT << (${times('x ? 1 : ', n)}2) << EOL`, output: '2\n' }),
  'method arguments': (n) => ({
    source: `OUT << ${times('"a".indexOf("" + ', n)}1${times(')', n)} << EOL`,
    output: '-1\n',
  }),
  index: (n) => ({ source: `int[] a = [0]\nOUT << ${times('a[', n)}0${times(']', n)} << EOL`, output: '0\n' }),
  try: (n) => ({ source: `${times('try { ', n)}OUT << 1 << EOL${times(' } finally { }', n)}`, output: '1\n' }),
};

const options = { kernelRules: true, args: [], input: '' };

describe('nesting', () => {
  for (const [kind, make] of Object.entries(kinds)) {
    test(`200 levels of ${kind} compile and run`, () => {
      const { source, output } = make(200);
      const run = runOnNode(source, 'nesting.k', options);
      expect(run.rendered).toBe('');
      expect(run.output).toBe(output);
    });
    test(`1,000 levels of ${kind} are a diagnostic`, () => {
      const started = performance.now();
      const run = runOnNode(make(1000).source, 'nesting.k', options);
      expect(run.diagnostics.map(({ code }) => code)).toEqual(['K0901']);
      expect(performance.now() - started).toBeLessThan(2000);
    });
    test(`50,000 levels of ${kind} are a diagnostic`, () => {
      const run = runOnNode(make(50_000).source, 'nesting.k', options);
      expect(run.diagnostics.map(({ code }) => code)).toContain('K0901');
    });
  }

  test('long chains that do not nest are not limited', () => {
    const sum = runOnNode(`OUT << ${Array.from({ length: 3000 }, () => '1').join(' + ')} << EOL`, 'chain.k', options);
    expect([sum.rendered, sum.output]).toEqual(['', '3000\n']);
    const array = runOnNode(
      `int[] a = [${Array.from({ length: 3000 }, () => '1').join(', ')}]\nOUT << a.size() << EOL`,
      'chain.k',
      options,
    );
    expect([array.rendered, array.output]).toEqual(['', '3000\n']);
    const calls = runOnNode(`OUT << "a"${times('.upper()', 1000)} << EOL`, 'chain.k', options);
    expect([calls.rendered, calls.output]).toEqual(['', 'A\n']);
    const statements = runOnNode(`int n = 0\n${times('n++\n', 5000)}OUT << n << EOL`, 'chain.k', options);
    expect([statements.rendered, statements.output]).toEqual(['', '5000\n']);
  });
});
