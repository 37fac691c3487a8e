import { describe, expect, test } from 'vitest';
import { compare, type Observed } from './compare.js';
import { parseExpectations } from './expectations.js';

function diagnostic(
  code: string,
  line: number,
  column: number,
  severity: 'error' | 'warning' = 'error',
): Observed['diagnostics'][number] {
  return { code, line, column, severity, message: 'm' };
}
const nothing = { diagnostics: [], output: '' };

describe('what a corpus file says', () => {
  test('output, in the order of the file', () => {
    const expected = parseExpectations('OUT << 1 << EOL;  // expect: 1\n// expect:\n// expect:  two \n');
    expect(expected.output).toEqual(['1', '', ' two ']);
    expect(expected.problems).toEqual([]);
  });
  test('errors with and without a column, several in a line', () => {
    for (const between of [' //', ',', '']) {
      expect(parseExpectations(`x  // error K0301 @1${between} error K0210\n`).errors).toEqual([
        { line: 1, code: 'K0301', column: 1 },
        { line: 1, code: 'K0210', column: undefined },
      ]);
    }
  });
  test('a runtime error beside code has a line, alone it has none', () => {
    expect(parseExpectations('f(); // runtime error: IO!! no disk').exception).toEqual({
      name: 'IO!!',
      message: 'no disk',
      line: 1,
    });
    expect(parseExpectations('f();\n// runtime error: IO!!').exception).toEqual({
      name: 'IO!!',
      message: undefined,
      line: undefined,
    });
  });
  test('rules, args, input, skips', () => {
    const expected = parseExpectations(
      '// rule: T01 accepts\n// args: a  b\n// input: x y\n// skip kernel: why\n// home: kernel\n// expect nothing',
    );
    expect(expected).toMatchObject({
      rules: [{ rule: 'T01', verdict: 'accepts' }],
      args: ['a', 'b'],
      input: 'x y\n',
      skip: { kernel: 'why' },
      kernelRules: true,
      userOnly: false,
      problems: [],
    });
  });
  test.each([
    ['nothing at all', 'f();'],
    ['a misspelt error', 'f(); // error 301'],
    ['output of a script that has errors', 'f(); // error K0301 @1\n// expect: 1'],
    ['a rejecting rule without an error', '// rule: T01 rejects\n// expect: 1'],
    ['a rule without a verdict', '// rule: T01\n// expect: 1'],
    ['a skip without a reason', '// skip kernel:\n// expect: 1'],
  ])('%s is a fault of the file', (_, text) => {
    expect(parseExpectations(text).problems).not.toEqual([]);
  });
});

describe('comparing', () => {
  test.each([
    ['a missing line', '// expect: 1\n// expect: 2', { output: '1\n' }],
    ['a line too many', '// expect: 1', { output: '1\n2\n' }],
    ['another line', '// expect: 1', { output: '2\n' }],
    ['output where none is expected', '// expect nothing', { output: 'x\n' }],
    ['a missing error', 'f() // error K0301 @1', {}],
    ['an error in another column', 'f() // error K0301 @1', { diagnostics: [diagnostic('K0301', 1, 2)] }],
    ['an error in another line', 'f() // error K0301 @1', { diagnostics: [diagnostic('K0301', 2, 1)] }],
    [
      'an error too many',
      'f() // error K0301 @1',
      { diagnostics: [diagnostic('K0301', 1, 1), diagnostic('K0302', 3, 1)] },
    ],
    ['an error where none is expected', '// expect nothing', { diagnostics: [diagnostic('K0301', 1, 1)] }],
    [
      'a warning where none is expected',
      '// warning none\n// expect nothing',
      { diagnostics: [diagnostic('K0606', 1, 1, 'warning')] },
    ],
    ['a missing exception', 'f() // runtime error: IO!!', {}],
    ['an exception that nobody expects', '// expect nothing', { exception: 'IO!!: x' }],
    ['another exception', 'f() // runtime error: IO!!', { exception: 'Null!!: x\n  at <top> (a.k:1)' }],
    ['another message', 'f() // runtime error: IO!! a', { exception: 'IO!!: b\n  at <top> (a.k:1)' }],
    ['an exception from another line', 'f() // runtime error: IO!!', { exception: 'IO!!: b\n  at <top> (a.k:2)' }],
  ])('%s is told', (_, text, observed) => {
    expect(compare(parseExpectations(text), { ...nothing, ...observed })).not.toEqual([]);
  });
  test('what is as expected passes', () => {
    const expected = parseExpectations('OUT << 1 // expect: 1\nf() // runtime error: IO!! a b');
    const observed = { ...nothing, output: '1\n', exception: 'IO!!: a b\n  at <top> (a.k:2)\n' };
    expect(compare(expected, observed)).toEqual([]);
    expect(compare(expected, { ...observed, exception: 'IOException: a b\n  at <top> (a.k:2)\n' })).toEqual([]);
  });
});
