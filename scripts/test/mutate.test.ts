import { expect, test } from 'vitest';
import { apply, mutationsOf } from '../mutants/mutate.js';

const mutants = (text: string): string[] => mutationsOf(text).map((mutation) => apply(text, mutation));

test('operators, conditions, numbers, statements', () => {
  expect(mutants('a = b < c;')).toEqual([';', 'a = b <= c;']);
  expect(mutants('if (a && !b) return 7;')).toEqual([
    'if (!(a && !b)) return 7;',
    'if (a || !b) return 7;',
    'if (a && b) return 7;',
    'if (a && !b) return 8;',
  ]);
  expect(mutants('const on: bool = true;')).toEqual(['const on: bool = false;']);
});

test('types, imports and the constructor above are left alone', () => {
  expect(mutants("import { a } from './b';\nclass C extends D { x: i32; constructor() { super(); } }")).toEqual([]);
});

test('where a mutation is', () => {
  expect(mutationsOf('x;\ny = 1;').map(({ line, what }) => [line, what])).toEqual([
    [2, 'the statement is left out'],
    [2, '1 is one more'],
  ]);
});
