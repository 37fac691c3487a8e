import { beforeAll, describe, expect, test } from 'vitest';
import { vmModule } from '../../vm/test/isolate.js';
import { Program, answer, type Literal } from './program.js';

beforeAll(async () => {
  await vmModule();
}, 120_000);

const max = 9_223_372_036_854_775_807n;
/** Native, kind of its result, arguments, what comes of it. */
const cases: [string, 'int' | 'boolean' | 'object', Literal[], string][] = [
  ['SIZE', 'int', ['日本語abc'], '6'],
  ['SIZE', 'int', [''], '0'],
  ['SIZE', 'int', [null], '! Null!!: String.size was called, but the object is null'],
  ['GET', 'object', ['a日c😀', 3], '😀'],
  ['GET', 'object', ['abcdefgh日', 8], '日'],
  ['GET', 'object', ['abc', 3], '! OutOfIndex!!: index 3 is outside of a string of size 3'],
  ['GET', 'object', ['abc', -1], '! OutOfIndex!!: index -1 is outside of a string of size 3'],
  ['CODE_AT', 'int', ['xé日😀', 3], String(0x1f600)],
  ['CODE_AT', 'int', ['', 0], '! OutOfIndex!!: index 0 is outside of a string of size 0'],
  ['INDEX_OF', 'int', ['日本本日', '本', 2], '2'],
  ['INDEX_OF', 'int', ['abcabc', 'abc', 1], '3'],
  ['INDEX_OF', 'int', ['abc', 'abcd', 0], '-1'],
  ['INDEX_OF', 'int', ['abc', '', 3], '3'],
  ['INDEX_OF', 'int', ['abc', '', 4], '-1'],
  ['INDEX_OF', 'int', ['abc', 'a', -7], '0'],
  ['INDEX_OF', 'int', ['abc', null, 0], '! Null!!: argument text of String.indexOf is null'],
  ['LAST_INDEX_OF', 'int', ['abcabca', 'abca'], '3'],
  ['LAST_INDEX_OF', 'int', ['日本日', '日'], '2'],
  ['LAST_INDEX_OF', 'int', ['abc', 'x'], '-1'],
  ['LAST_INDEX_OF', 'int', ['abc', ''], '3'],
  ['STARTS_WITH', 'boolean', ['日本', '日'], 'true'],
  ['STARTS_WITH', 'boolean', ['a', 'ab'], 'false'],
  ['ENDS_WITH', 'boolean', ['日本', '本'], 'true'],
  ['ENDS_WITH', 'boolean', ['xab', 'ax'], 'false'],
  ['CONTAINS', 'boolean', ['hello', 'ell'], 'true'],
  ['CONTAINS', 'boolean', ['hello', 'elx'], 'false'],
  ['IS_EMPTY', 'boolean', [''], 'true'],
  ['TRIM', 'object', [' \t日 本\u3000\n'], '日 本'],
  ['TRIM', 'object', [' \u3000 '], ''],
  ['SUBSTRING', 'object', ['a日本b', 1, 3], '日本'],
  ['SUBSTRING', 'object', ['a日本b', 2, max], '本b'],
  ['SUBSTRING', 'object', ['abc', 3, max], ''],
  ['SUBSTRING', 'object', ['abc', 4, max], '! OutOfIndex!!: from 4 is outside of a string of size 3'],
  ['SUBSTRING', 'object', ['abc', -1, 2], '! OutOfIndex!!: from -1 is outside of a string of size 3'],
  ['SUBSTRING', 'object', ['abc', 2, 1], '! OutOfIndex!!: from 2 lies behind to 1'],
  ['SPLIT', 'object', ['a,b,,c,', ','], '[a, b, , c, ]'],
  ['SPLIT', 'object', ['', ','], '[]'],
  ['SPLIT', 'object', ['日--本', '--'], '[日, 本]'],
  ['SPLIT', 'object', ['日a', ''], '[日, a]'],
  ['REPLACE', 'object', ['aaa', 'aa', 'b'], 'ba'],
  ['REPLACE', 'object', ['日本日', '日', 'xyz'], 'xyz本xyz'],
  ['REPLACE', 'object', ['abc', '', 'x'], 'abc'],
  ['REPLACE', 'object', ['abab', 'b', ''], 'aa'],
  ['UPPER', 'object', ['az[`{éAZ'], 'AZ[`{éAZ'],
  ['LOWER', 'object', ['AZ[@Éaz'], 'az[@Éaz'],
  ['REPEAT', 'object', ['日x', 3], '日x日x日x'],
  ['REPEAT', 'object', ['x', -1], ''],
  ['REPEAT', 'object', ['', max], ''],
  ['REPEAT', 'object', ['x', max], '! OutOfMemory!!: the heap of this script is used up'],
  ['REVERSE', 'object', ['a日😀b'], 'b😀日a'],
  ['TO_INT', 'int', [' -42\n'], '-42'],
  ['TO_INT', 'int', ['+0xfF'], '255'],
  ['TO_INT', 'int', ['9223372036854775807'], '9223372036854775807'],
  ['TO_INT', 'int', ['-9223372036854775808'], '-9223372036854775808'],
  ['TO_INT', 'int', ['9223372036854775808'], '! Script!!: "9223372036854775808" does not fit into an int'],
  ['TO_INT', 'int', ['-9223372036854775809'], '! Script!!: "-9223372036854775809" does not fit into an int'],
  ['TO_INT', 'int', ['0x8000000000000000'], '! Script!!: "0x8000000000000000" does not fit into an int'],
  ['TO_INT', 'int', ['12x'], '! Script!!: "12x" is not a whole number'],
  ['TO_INT', 'int', [''], '! Script!!: "" is not a whole number'],
  ['TO_INT', 'int', ['-'], '! Script!!: "-" is not a whole number'],
  ['TO_INT', 'int', ['0x'], '! Script!!: "0x" is not a whole number'],
  ['TO_INT', 'int', ['1'.repeat(70)], `! Script!!: "${'1'.repeat(64)}..." does not fit into an int`],
  ['COMPARE_TO', 'int', ['abc', 'abd'], '-1'],
  ['COMPARE_TO', 'int', ['b', 'abd'], '1'],
  ['COMPARE_TO', 'int', ['ab', 'ab'], '0'],
  ['COMPARE_TO', 'int', ['\uffee', '😀'], '-1'],
  ['EACH', 'object', ['日b😀'], '[日, b, 😀]'],
];

test.each(cases)('String.%s', async (name, kind, args, expected) => {
  expect(await answer(`STRING_${name}`, kind, ...args)).toBe(expected);
});

test('sizes of what is built are right', async () => {
  const program = new Program();
  for (const made of [
    program.call('STRING_REPLACE', 'object', '日本日', '日', 'éx'),
    program.call('STRING_TRIM', 'object', ' 日本 '),
    program.call('STRING_SUBSTRING', 'object', '日本語', 1, max),
    program.call('ARRAY_JOIN', 'object', ['日', '本'], '、'),
  ])
    program.show(program.call('STRING_SIZE', 'int', made));
  expect((await program.run()).lines).toEqual(['5', '2', '2', '3']);
});

describe('search', () => {
  /** Texts of a and b, where searches have many near misses. */
  function* texts(length: number): Generator<string> {
    for (let bits = 0; bits < 2 ** length; bits++)
      yield bits.toString(2).padStart(length, '0').replaceAll('0', 'a').replaceAll('1', 'b');
  }
  test('agrees with JavaScript on all short texts of two letters', async () => {
    const wrong: string[] = [];
    for (const needle of [...texts(1), ...texts(2), ...texts(3), ...texts(4), 'ababa', 'aabaa', 'abaaba']) {
      const program = new Program();
      const hays = [...texts(7)].filter((_, i) => i % 3 === needle.length % 3).slice(0, 40);
      for (const hay of hays) {
        program
          .show(program.call('STRING_INDEX_OF', 'int', hay, needle, 1))
          .show(program.call('STRING_LAST_INDEX_OF', 'int', hay, needle));
      }
      const { lines } = await program.run();
      hays.forEach((hay, i) => {
        if (Number(lines[2 * i]) !== hay.indexOf(needle, 1) || Number(lines[2 * i + 1]) !== hay.lastIndexOf(needle))
          wrong.push(`${needle} in ${hay}`);
      });
    }
    expect(wrong).toEqual([]);
  });
  test('is linear: the worst of all texts costs no more fuel than its length says, and ends at once', async () => {
    const program = new Program();
    const hay = program.call('STRING_REPEAT', 'object', 'a', 100_000);
    const needle = program.call('STRING_REPEAT', 'object', 'a', 50_000);
    const wanted = program.slot('object');
    program.emit(['MOV', 370, needle.slot], ['LDS', 371, 'b'], ['SCAT', wanted.slot, 370, 2]);
    program
      .show(program.call('STRING_INDEX_OF', 'int', hay, wanted, 0))
      .show(program.call('STRING_LAST_INDEX_OF', 'int', hay, wanted));
    const start = performance.now();
    const { lines, isolate, act } = await program.run({ kib: 4096, fuel: 100_000n });
    expect(lines).toEqual(['-1', '-1']);
    expect(performance.now() - start).toBeLessThan(2000);
    expect(Number(isolate.call('act_fuel', act))).toBeLessThan(80_000);
  });
});

test('long work needs fuel', async () => {
  const program = new Program();
  program.call('STRING_REPEAT', 'object', 'abcd', 100_000);
  expect((await program.run({ fuel: 1000n })).exception).toBe('Timeout!!: the fuel of this call is used up');
});

test('a bomb is OutOfMemory!!, and there is memory for more afterwards', async () => {
  const program = new Program();
  const to = program.slot('object');
  program.emit(
    ['LDS', to.slot, 'x'],
    'try',
    ['MOV', 382, to.slot],
    ['LDI', 383, 2],
    ['CALLN', 380, 'STRING_REPEAT'],
    ['MOV', to.slot, 380],
    ['JMP', 'try'],
  );
  program.emit('caught', ['LDNULL', to.slot], ['LDNULL', 380], ['LDNULL', 382]);
  program.show(program.call('STRING_SIZE', 'int', program.call('STRING_REPEAT', 'object', 'y', 60_000)));
  const handlers = [{ from: 'try', to: 'caught', target: 'caught', cls: 'OUT_OF_MEMORY_EXCEPTION', slot: 379 }];
  const { lines, exception } = await program.run({ kib: 256, handlers });
  expect({ lines, exception }).toEqual({ lines: ['60000'], exception: '' });
});

test('the host is asked within long work, and its stop is heard', async () => {
  const program = new Program();
  const text = program.call('STRING_REPEAT', 'object', 'abcd', 500_000);
  program.call('STRING_UPPER', 'object', text);
  program.call('STRING_REVERSE', 'object', text);
  let asked = 0;
  const { exception } = await program.run({
    kib: 16384,
    ready: (isolate) => (isolate.safepoint = () => (++asked === 2 ? 1 : 0)),
  });
  expect({ exception, asked }).toEqual({ exception: 'status 2', asked: 2 });
});
