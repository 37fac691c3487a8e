import { describe, expect, test } from 'vitest';
import { dump } from './dump.js';
import { parse } from './syntax-wasm.js';

describe('each mistake is one error, and what follows is read', () => {
  const cases: [string, string[]][] = [
    ['x = "a\ny = 1', ['K0102 1:5']],
    ['x = "a ${b" + 1\ny = 1', ['K0109 1:8']],
    ['x = "a ${b\ny = 1', ['K0109 1:8']],
    ['x = "a ${\ny = 1', ['K0109 1:8']],
    ['x = "a ${"b ${c\ny = 1', ['K0109 1:13']],
    ['x = (1 + 2\ny = 1', ['K0206 1:5']],
    ['f(a, b\ny = 1', ['K0206 1:2']],
    ['x = [1, 2\ny = 1', ['K0206 1:5']],
    ['f(a,\n  b\n  c)\ny = 1', ['K0201 3:3']],
    ['f(a b)\ny = 1', ['K0201 1:5']],
    ['foo bar baz\ny = 1', ['K0209 1:5']],
    ['if (a b) { c() }\ny = 1', ['K0201 1:7']],
    ['if a > b { c() }\ny = 1', ['K0201 1:4']],
    ['while (a { c() }\ny = 1', ['K0206 1:7']],
    ['x = 1 +\n}\ny = 1', ['K0202 2:1']],
    ['x = # 1\ny = 1', ['K0101 1:5']],
    ['a, b = b, a, c\ny = 1', ['K0219 1:8']],
    ['a, b\ny = 1', ['K0209 1:2']],
    ['x = (1, 2\ny = 1', ['K0206 1:5']],
    ['x = 1 + * 2\ny = 1', ['K0202 1:9']],
    ['1 + 2\ny = 1', ['K0210 1:1']],
    ['f() = 1\ny = 1', ['K0211 1:1']],
    ['int = 3\ny = 1', ['K0204 1:5']],
    ['class { }\ny = 1', ['K0204 1:7']],
    ['class A { foo() { } }\ny = 1', ['K0205 1:11']],
    ['class A { 3; int b }\ny = 1', ['K0201 1:11']],
    ['int f(int) { }\ny = 1', ['K0204 1:10']],
    ['int f( { }\ny = 1', ['K0206 1:6']],
    ['try { }\ny = 1', ['K0212 1:1']],
    ['else { }\ny = 1', ['K0203 1:1']],
    ['switch (x) { f(); g(); case 1: h() }\ny = 1', ['K0201 1:14']],
    ['switch (x) { case 1 f() }\ny = 1', ['K0201 1:21']],
    ['for (int i = 0; i < 3, i++) { }\ny = 1', ['K0201 1:22']],
    ['int _x = 1\ny = 1', ['K0311 1:5']],
    ['x: y()\ny = 1', ['K0201 1:4']],
    ['x = a[1 = 2]\ny = 1', ['K0201 1:9']],
    ['x = 1\n* 2\n) + 3 + 4\n* 5 5\ny = 1', ['K0203 3:1', 'K0202 4:1']],
    ['x = 1\n] ] ]\ny = 1', ['K0203 2:1']],
    ['f()\n= 3\ny = 1', ['K0211 1:1']],
    ['x = 1\npackage a.b\nint 5 6\ny = 1', ['K0213 2:1', 'K0204 3:5']],
    ['x = /* a', ['K0103 1:5', 'K0202 1:9']],
  ];
  for (const [source, expected] of cases) {
    test(JSON.stringify(source), () => {
      const parsed = parse(source);
      const codes = parsed.codes;
      expect(codes, parsed.render(0)).toEqual(expected);
      if (source.endsWith('y = 1')) expect(dump(parsed)).toMatch(/\(= y 1\)\)$/);
    });
  }
});

describe('what never ends is told where it begins', () => {
  for (const [source, code] of [
    ['int f() {\n x = 1', 'K0206 1:9'],
    ['class A {\n int x', 'K0206 1:9'],
    ['switch (x) { case 1:', 'K0206 1:12'],
    ['f(a', 'K0206 1:2'],
    ['x = """a\nb', 'K0102 1:5'],
    ['x = @"a\nb', 'K0102 1:5'],
    ['x = """a ${b', 'K0109 1:10'],
    ['a() /* b /* c */', 'K0103 1:5'],
  ] as const) {
    test(JSON.stringify(source), () => expect(parse(source).codes).toEqual([code]));
  }
});

describe('types', () => {
  test.each([
    ['Box<int, > b\ny = 1', ['K0205 1:10']],
    ['Func<int> f\ny = 1', ['K0201 1:9']],
    ['x = new Box<(int)>(1)\ny = 1', ['K0201 1:17']],
    ['class A<1> { }\ny = 1', ['K0204 1:9']],
    ['class A<T { }\ny = 1', ['K0201 1:11']],
    ['class A<T extends > { }\ny = 1', ['K0205 1:19']],
    ['T f<T, >() { }\ny = 1', ['K0204 1:8']],
  ])('%s', (source, codes) => {
    const parsed = parse(source);
    expect(parsed.codes, parsed.render(0)).toEqual(codes);
    expect(dump(parsed)).toMatch(/\(= y 1\)\)$/);
  });
  test('nest as deep as other things', () => {
    const nested = (depth: number): string => `${'A<'.repeat(depth)}B${'>'.repeat(depth)}`;
    expect(parse(`class C extends A<${nested(9)}> { }`).codes).toEqual([]);
    expect(parse(`T f<T extends ${nested(5000)}>() { }`).codes).toEqual(['K0209 1:4']);
    expect(parse(`class C<T extends ${nested(5000)}> { }`).codes).toEqual(['K0901 1:531']);
  });
});

describe('what is not there yet is K0213 alone', () => {
  const later = [
    'x = 1..10',
    'x = a?.b',
    'x ??= 1',
    'x = A::b',
    'package a.b',
    'enum A { B, C }',
    'int a[] = [1]',
    'int f() throws A { }',
    'public int f() { }',
    'static int x = 1',
    'int f() { int g() { } }',
    'x = new int[2][3]',
    'x = new int[] {1}',
    'try { } catch (A | B e) { }',
    'switch (x) { case 1 -> f() }',
    'class A extends B(1) { }',
  ];
  for (const source of later) {
    test(source, () => {
      const parsed = parse(`${source}\ny = 1`);
      expect(new Set(parsed.diagnostics.map((d) => d.code)), parsed.render(0)).toEqual(new Set(['K0213']));
      expect(parsed.diagnostics.every((d) => d.hint !== '')).toBe(true);
      expect(dump(parsed)).toMatch(/\(= y 1\)\)$/);
    });
  }
});

describe('the text itself', () => {
  test('what is not UTF-8 is K0107 at its byte, and nothing else', () => {
    for (const bytes of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe3, 0x81]]) {
      const parsed = parse(Buffer.concat([Buffer.from('x = "'), Buffer.from(bytes), Buffer.from('" y z')]));
      expect(parsed.codes).toEqual(['K0107 1:6']);
    }
  });
  test('a space that looks like one is named', () => {
    expect(parse('x =\u30001').diagnostics[0]?.message).toBe('unexpected character U+3000');
    expect(parse('x = 1 \u0000').diagnostics[0]?.message).toBe('unexpected character U+0000');
  });
  test('numbers', () => {
    expect(parse('x = 9223372036854775808').codes).toEqual(['K0104 1:5']);
    expect(parse('x = -(9223372036854775808)').codes).toEqual(['K0104 1:7']);
    expect(parse('x = 0x1ffffffffffffffff').codes).toEqual(['K0104 1:5']);
    expect(parse('x = 1e3 + 1.5 + 2.5e-1 + .5').codes).toEqual([]);
    for (const bad of ['08', '0x', '0b12', '1_', '12ab', '10L', '1.5f', '1.5_', '1e999'])
      expect(parse(`x = ${bad}`).codes).toEqual(['K0105 1:5']);
  });
  test('escapes', () => {
    expect(parse(String.raw`x = "\q \x4 \u{} \u{110000} \u{d800} \日"`).diagnostics.map((d) => d.code)).toEqual(
      Array(6).fill('K0106'),
    );
  });
});

test('after a hundred errors one says that there are more', () => {
  const parsed = parse('1\n'.repeat(300));
  expect(parsed.diagnostics.length).toBe(101);
  expect(parsed.diagnostics[100]?.code).toBe('K0903');
});

test('the host can stop the parser', () => {
  let calls = 0;
  const parsed = parse('x = 1\n'.repeat(10_000), () => (++calls >= 5 ? 1 : 0));
  expect(calls).toBe(5);
  expect(parsed.errors).toBe(0);
});
