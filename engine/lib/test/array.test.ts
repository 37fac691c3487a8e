import { beforeAll, describe, expect, test } from 'vitest';
import type { Line } from '../../bytecode/test/assembler.js';
import { vmModule } from '../../vm/test/isolate.js';
import { Program, answer, type Literal } from './program.js';

beforeAll(async () => {
  await vmModule();
}, 120_000);

/** Native, arguments, the array afterwards (or the exception). */
const changes: [string, Literal[], string][] = [
  ['ADD', [[1n, 2n], 3], '[1, 2, 3]'],
  ['ADD', [['a'], 'b'], '[a, b]'],
  ['INSERT', [['a', 'b'], 1, 'x'], '[a, x, b]'],
  ['INSERT', [[1n], 1, 2], '[1, 2]'],
  ['INSERT', [[1n], 2, 2], '! OutOfIndex!!: index 2 is outside of an array of size 1, and not its end'],
  ['SET', [['a', 'b'], 1, 'x'], '[a, x]'],
  ['SET', [[1n], 1, 5], '! OutOfIndex!!: index 1 is outside of an array of size 1'],
  ['REMOVE', [['a', 'b', 'c'], 1], '[a, c]'],
  ['REMOVE', [[1n], -1], '! OutOfIndex!!: index -1 is outside of an array of size 1'],
  ['POP', [[1n, 2n]], '[1]'],
  ['CLEAR', [['a', 'b']], '[]'],
  ['REVERSE', [['a', 'b', 'c']], '[c, b, a]'],
  ['REVERSE', [[1n, 2n]], '[2, 1]'],
  [
    'SORT',
    [[3n, -1n, 2n, 9223372036854775807n, -9223372036854775808n]],
    '[-9223372036854775808, -1, 2, 3, 9223372036854775807]',
  ],
  ['SORT', [['b', '日', 'a', 'ab', '']], '[, a, ab, b, 日]'],
  ['SORT', [[true, false]], '[false, true]'],
];
test.each(changes)('Array.%s changes', async (name, args, expected) => {
  const program = new Program();
  const [first, ...rest] = args;
  const array = program.value(first ?? null);
  program.call(`ARRAY_${name}`, 'int', array, ...rest);
  program.show(array);
  const { lines, exception } = await program.run();
  expect(exception ? `! ${exception}` : lines.join('\n')).toBe(expected);
});

const answers: [string, 'int' | 'boolean' | 'object', Literal[], string][] = [
  ['SIZE', 'int', [['a', 'b']], '2'],
  ['SIZE', 'int', [null], '! Null!!: Array.size was called, but the object is null'],
  ['IS_EMPTY', 'boolean', [[1n]], 'false'],
  ['GET', 'int', [[7n, 8n], 1], '8'],
  ['GET', 'object', [['a', 'b'], 1], 'b'],
  ['GET', 'int', [[7n], 1], '! OutOfIndex!!: index 1 is outside of an array of size 1'],
  ['REMOVE', 'object', [['a', 'b'], 0], 'a'],
  ['POP', 'object', [['a', 'b']], 'b'],
  ['INDEX_OF', 'int', [['a', 'b', 'b'], 'b'], '1'],
  ['INDEX_OF', 'int', [[5n, 6n], 7], '-1'],
  ['CONTAINS', 'boolean', [['a', 'b'], 'b'], 'true'],
  ['CONTAINS', 'boolean', [[1n], 2], 'false'],
  ['SLICE', 'object', [['a', 'b', 'c'], 1, 3], '[b, c]'],
  ['SLICE', 'object', [[true, false], 1, 2], '[false]'],
  ['SLICE', 'object', [[1n, 2n], 2, 2], '[]'],
  ['SLICE', 'object', [[1n], 1, 0], '! OutOfIndex!!: from 1 lies behind to 0'],
  ['SLICE', 'object', [[1n], 2, 2], '! OutOfIndex!!: from 2 is outside of an array of size 1'],
  ['SLICE', 'object', [[1n], 0, 2], '! OutOfIndex!!: to 2 is outside of an array of size 1'],
  ['JOIN', 'object', [['a', '日'], '、'], 'a、日'],
  ['JOIN', 'object', [[1n, -20n], ' '], '1 -20'],
  ['JOIN', 'object', [[true, false], '+'], 'true+false'],
];
test.each(answers)('Array.%s answers', async (name, kind, args, expected) => {
  expect(await answer(`ARRAY_${name}`, kind, ...args)).toBe(expected);
});

test('an empty array', async () => {
  const program = new Program();
  const array = program.empty(1);
  for (const name of ['REVERSE', 'SORT', 'CLEAR']) program.call(`ARRAY_${name}`, 'int', array);
  program
    .show(array)
    .show(program.call('ARRAY_JOIN', 'object', array, ','))
    .show(program.call('ARRAY_INDEX_OF', 'int', array, 'a'));
  program.show(program.call('ARRAY_IS_EMPTY', 'boolean', array)).call('ARRAY_POP', 'object', array);
  const { lines, exception } = await program.run();
  expect(lines).toEqual(['[]', '', '-1', 'true']);
  expect(exception).toBe('OutOfIndex!!: pop of an empty array');
});

describe('sort', () => {
  /** An array of `count` numbers of a simple generator, sorted, checked in the script itself. */
  function sorted(count: number): Program {
    const program = new Program();
    const array = program.empty(0);
    // x := x * 6364136223846793005 + 1442695040888963407
    program.emit(
      ['LDI', 300, 1],
      ['LDC', 301, 6364136223846793005n],
      ['LDC', 302, 1442695040888963407n],
      ['LDI', 303, count],
    );
    program.emit(
      'fill',
      ['IMUL', 300, 300, 301],
      ['IADD', 300, 300, 302],
      ['ISHRI', 304, 300, 40],
      ['APUSHI', array.slot, 304],
      ['IADDI', 303, 303, -1],
      ['JGTI', 303, 0, 'fill'],
    );
    program.call('ARRAY_SORT', 'int', array);
    program.emit(
      ['LDI', 303, 1],
      ['ALEN', 306, array.slot],
      'check',
      ['IADDI', 305, 303, -1],
      ['ALDI', 304, array.slot, 305],
      ['ALDI', 305, array.slot, 303],
    );
    program.emit(
      ['JLE', 304, 305, 'fine'],
      ['LDI', 307, -1],
      ['JMP', 'bad'],
      'fine',
      ['IADDI', 303, 303, 1],
      ['JLT', 303, 306, 'check'],
      ['MOV', 307, 303],
      'bad',
    );
    return program.show({ slot: 307, kind: 'int' });
  }
  test.each([2, 3, 7, 8, 100, 4097])('%i numbers', async (count) => {
    const { lines, exception } = await sorted(count).run();
    expect({ lines, exception }).toEqual({ lines: [String(count)], exception: '' });
  });
  test('is stable', async () => {
    const program = new Program();
    const texts = Array.from({ length: 40 }, (_, i) => program.call('STRING_UPPER', 'object', i % 2 === 0 ? 'b' : 'a'));
    const array = program.empty(1);
    for (const text of texts) program.emit(['APUSHR', array.slot, text.slot]);
    program.call('ARRAY_SORT', 'int', array);
    const order = [...texts.filter((_, i) => i % 2 === 1), ...texts.filter((_, i) => i % 2 === 0)];
    order.forEach((text, i) =>
      program.emit(
        ['LDI', 300, i],
        ['ALDR', 301, array.slot, 300],
        ['REQ', 302, 301, text.slot],
        ['JT', 302, `same${i}`],
        ['LDNULL', 303],
        ['THROW', 303],
        `same${i}`,
      ),
    );
    expect((await program.run()).exception).toBe('');
  });
  test('keeps all elements when the fuel ends', async () => {
    const ended = new Set<string>();
    for (const fuel of [400n, 5_000n, 20_000n, 60_000n, 2_000_000n]) {
      const program = new Program();
      const texts = ['d', 'c', 'b', 'a'].map((end) => program.value('x'.repeat(2000) + end));
      const array = program.empty(1);
      program.emit(['LDI', 300, 64], 'fill');
      for (const text of texts) program.emit(['APUSHR', array.slot, text.slot]);
      program
        .emit(['IADDI', 300, 300, -1], ['JGTI', 300, 0, 'fill'], ['LDI', 306, 0], 'try')
        .call('ARRAY_SORT', 'int', array);
      program.emit(['LDI', 306, 1], 'caught');
      // No loop and no call from here: they would need fuel. How often is each text there?
      program.emit(...texts.map((_, k): Line => ['LDI', 310 + k, 0]));
      for (let i = 0; i < 256; i++) {
        program.emit(['LDI', 301, i], ['ALDR', 304, array.slot, 301]);
        texts.forEach((text, k) => program.emit(['REQ', 305, 304, text.slot], ['IADD', 310 + k, 310 + k, 305]));
      }
      for (const slot of [306, 310, 311, 312, 313]) program.emit(['I2S', 382, slot], ['CALLN', 380, 'KERNEL_LOG']);
      const handlers = [{ from: 'try', to: 'caught', target: 'caught', cls: 'TIMEOUT_EXCEPTION', slot: 379 }];
      const { lines, exception } = await program.run({ fuel, handlers });
      expect(exception).toBe('');
      expect(lines.slice(1)).toEqual(['64', '64', '64', '64']);
      ended.add(lines[0] ?? '');
    }
    expect([...ended].sort()).toEqual(['0', '1']);
  });
  test('other elements have no order', async () => {
    const program = new Program();
    const array = program.empty(1);
    program
      .emit(['NEW', 300, 0], ['APUSHR', array.slot, 300], ['APUSHR', array.slot, 300])
      .call('ARRAY_SORT', 'int', array);
    expect((await program.run()).exception).toBe('ClassCast!!: objects of class Object have no order');
  });
});

test('a hundred thousand elements added and removed stay within the heap', async () => {
  const program = new Program();
  const array = program.empty(1);
  program.emit(
    ['LDI', 300, 100_000],
    'loop',
    ['I2S', 301, 300],
    ['MOV', 382, array.slot],
    ['MOV', 383, 301],
    ['CALLN', 380, 'ARRAY_ADD'],
  );
  program.emit(
    ['MOV', 382, array.slot],
    ['CALLN', 380, 'ARRAY_POP'],
    ['IADDI', 300, 300, -1],
    ['JGTI', 300, 0, 'loop'],
  );
  program.show(program.call('ARRAY_SIZE', 'int', array));
  const { lines, exception, isolate } = await program.run({ kib: 256 });
  expect({ lines, exception }).toEqual({ lines: ['0'], exception: '' });
  expect(isolate.stat(3)).toBeLessThan(10_000);
});
