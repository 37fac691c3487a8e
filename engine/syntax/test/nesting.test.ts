import { describe, expect, test } from 'vitest';
import { parse } from './syntax-wasm.js';

const nest: Record<string, (levels: number) => string> = {
  parentheses: (n) => `x = ${'('.repeat(n)}1${')'.repeat(n)}`,
  unary: (n) => `x = ${'- '.repeat(n)}y`,
  'unary words': (n) => `x = ${'not '.repeat(n)}y`,
  assignment: (n) => `${'x = '.repeat(n)}1`,
  'call arguments': (n) => `${'f('.repeat(n)}${')'.repeat(n)}`,
  subscripts: (n) => `x = ${'a['.repeat(n)}1${']'.repeat(n)}`,
  'array literals': (n) => `x = ${'['.repeat(n)}${']'.repeat(n)}`,
  'conditional operators': (n) => `x = ${'a ? b : '.repeat(n)}c`,
  'conditional operators to the left': (n) => `x = ${'a ? '.repeat(n)}b${' : c'.repeat(n)}`,
  fallbacks: (n) => `x = ${'a ?? '.repeat(n)}b`,
  casts: (n) => `x = ${'(A) '.repeat(n)}b`,
  'array types': (n) => `int${'[]'.repeat(n)} x`,
  'new array types': (n) => `x = new int${'[]'.repeat(n)}[3]`,
  blocks: (n) => '{\n'.repeat(n) + 'f()\n' + '}\n'.repeat(n),
  'if in if': (n) => 'if (a) {\n'.repeat(n) + 'f()\n' + '}\n'.repeat(n),
  'if without braces': (n) => 'if (a) '.repeat(n) + 'f()',
  'else if': (n) => 'if (a) { }' + ' else if (a) { }'.repeat(n),
  loops: (n) => 'while (a) '.repeat(n) + 'f()',
  switches: (n) => 'switch (a) { case 1: '.repeat(n) + 'f() ' + '}'.repeat(n),
  tries: (n) => 'try {\n'.repeat(n) + 'f()\n' + '} finally { }\n'.repeat(n),
  lambdas: (n) => `x = ${'a => '.repeat(n)}b`,
  interpolation: (n) => 'x = ' + '"${'.repeat(n) + 'y' + '}"'.repeat(n),
};

describe('200 levels', () => {
  for (const [what, make] of Object.entries(nest)) test(what, () => expect(parse(make(200)).codes).toEqual([]));
});

describe('1,000 and 100,000 levels are a diagnostic, at once', () => {
  for (const [what, make] of Object.entries(nest)) {
    test(what, () => {
      for (const levels of [1000, 100_000]) {
        const begin = performance.now();
        expect(parse(make(levels)).diagnostics.map((d) => d.code)).toEqual(['K0901']);
        expect(performance.now() - begin).toBeLessThan(1000);
      }
    });
  }
  test('openers that nothing closes', () => {
    for (const opener of [
      '(',
      '[',
      '{',
      '"${',
      'f(',
      'if (',
      'class A { ',
      'switch (x) { case ',
      'a ? ',
      'int f() { ',
    ]) {
      expect(parse(opener.repeat(50_000)).errors, opener).toBeGreaterThan(0);
    }
  });
});

test('bodies of lambdas nest 16 deep, and cost no more than that', () => {
  const nested = (levels: number): string => `x = ${'a => { y = '.repeat(levels)}1${' }'.repeat(levels)}`;
  expect(parse(nested(16)).codes).toEqual([]);
  for (const levels of [17, 10_000]) {
    const begin = performance.now();
    expect(parse(nested(levels)).diagnostics.map((d) => d.code)).toEqual(['K0901']);
    expect(performance.now() - begin).toBeLessThan(2000);
  }
  expect(parse('x = a => {\n'.repeat(10_000)).errors).toBeGreaterThan(0);
});

describe('what is long but not nested', () => {
  test('10,000 terms', () => expect(parse(`x = 1${' + 1'.repeat(10_000)}`).codes).toEqual([]));
  test('10,000 members and calls', () => expect(parse(`x${'.y()'.repeat(10_000)}`).codes).toEqual([]));
  test('10,000 arguments', () => expect(parse(`f(1${', 1'.repeat(10_000)})`).codes).toEqual([]));
  test('20,000 statements', () => expect(parse('x = 1\n'.repeat(20_000)).codes).toEqual([]));
  test('20,000 declarators', () => expect(parse(`int x${', x'.repeat(20_000)}`).codes).toEqual([]));
  test('a comment nested 100,000 times', () =>
    expect(parse('/*'.repeat(100_000) + '*/'.repeat(100_000)).codes).toEqual([]));
  test('mistakes in every line take linear time', () => {
    const begin = performance.now();
    for (const line of ['f(a b', 'x = (', 'int f(', 'a ${', '@A @B', 'if (', 'A<B,C<D,E', '(a, b, c, d', 'x = "${'])
      parse(`${line}\n`.repeat(20_000));
    expect(performance.now() - begin).toBeLessThan(8000);
  });
});
