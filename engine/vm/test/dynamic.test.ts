/** CONV, ATYPE, DOP, DGET, DPUT, DCALL, DRES: values that are looked at when the code runs. */
import { beforeAll, describe, expect, test } from 'vitest';
import * as img from '../../bytecode/image.js';
import { generatedConstant, ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { vmModule } from './isolate.js';
import { runCode, say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const INT = img.IMG_TYPE_INT;
const BOOLEAN = img.IMG_TYPE_BOOLEAN;
const VOID = img.IMG_TYPE_VOID;
const ANY = img.IMG_TYPE_REF | img.IMG_TYPE_NULLABLE;
const of = (cls: string): number =>
  img.IMG_TYPE_REF | (generatedConstant('builtins', `CLASS_${cls}`) << img.IMG_TYPE_CLASS_SHIFT);
const STRING = of('STRING');
const arrayOf = (element: number): number =>
  img.IMG_TYPE_REF | img.IMG_TYPE_ARRAY | ((element & 15) << img.IMG_TYPE_ELEMENT_SHIFT) | (element & ~0xffff);

const boxed = (slot: number, value: number): Line[] => [
  ['LDI', slot, value],
  ['BOXI', slot, slot],
];
const truth = (slot: number, value: boolean): Line[] => [
  ['LDI', slot, value ? 1 : 0],
  ['BOXB', slot, slot],
];

async function logOf(code: readonly Line[], builder = new ImageBuilder()): Promise<string[]> {
  const { log, exception } = await runCode(code, builder);
  expect(exception).toBe('');
  return log;
}

async function faultOf(code: readonly Line[], builder = new ImageBuilder()): Promise<string> {
  return (await runCode(code, builder)).exception.split('\n')[0]!;
}

describe('CONV', () => {
  test('opens boxes and leaves objects', async () => {
    expect(
      await logOf([
        ...boxed(0, 7),
        ['CONV', 0, INT],
        ...show(0),
        ...truth(0, true),
        ['CONV', 0, BOOLEAN],
        ...show(0),
        ['LDS', 0, 'x'],
        ['CONV', 0, STRING],
        ...say(0),
        ['LDNULL', 0],
        ['CONV', 0, ANY],
      ]),
    ).toEqual(['7', '1', 'x']);
  });
  test.each<[string, Line[], number]>([
    ['ClassCast!!: String is not a value of type int', [['LDS', 0, 'x']], INT],
    ['ClassCast!!: Int is not a value of type boolean', boxed(0, 1), BOOLEAN],
    ['ClassCast!!: Int is not a value of type String', boxed(0, 1), STRING],
    ['Null!!: null is not a value of type int', [['LDNULL', 0]], INT],
    ['Null!!: null is not a value of type String', [['LDNULL', 0]], STRING],
    ['ClassCast!!: int[] is not a value of type boolean[]', [['NEWA', 0, 0, 0]], arrayOf(BOOLEAN)],
    ['ClassCast!!: array of unknown elements is not a value of type String[]', [['NEWA', 0, 1, 0]], arrayOf(STRING)],
    ['ClassCast!!: what it consists of cannot be told', [['NEWA', 0, 1, 0]], ANY | img.IMG_TYPE_UNSEEN],
  ])('%s', async (message, code, type) => expect(await faultOf([...code, ['CONV', 0, type]])).toBe(message));
  test('gives null in place of an exception where the code says so', async () => {
    const code = STRING | img.IMG_TYPE_NULLABLE | img.IMG_TYPE_ELSE_NULL;
    expect(
      await logOf([...boxed(0, 1), ['CONV', 0, code], ['JNNULL', 0, 'no'], ['LDI', 1, 5], ...show(1), 'no', ['NOP']]),
    ).toEqual(['5']);
  });
});

test('ATYPE: an array knows what its elements are', async () => {
  const names: Line[] = [
    ['NEWA', 0, 1, 0],
    ['ATYPE', 0, STRING],
  ];
  expect(await logOf([...names, ['CONV', 0, arrayOf(STRING)], ['ALEN', 0, 0], ...show(0)])).toEqual(['0']);
  const maybe = STRING | img.IMG_TYPE_NULLABLE;
  expect(await faultOf([...names, ['CONV', 0, arrayOf(maybe)]])).toBe(
    'ClassCast!!: String[] is not a value of type String?[]',
  );
  const push = (value: Line[]): Line[] => [...names, ['MOV', 1, 0], ...value, ['DOP', 1, 1, 9]];
  expect(await logOf([...push([['LDS', 2, 'x']]), ['ALEN', 3, 0], ...show(3)])).toEqual(['1']);
  expect(await faultOf(push(boxed(2, 4)))).toBe('ClassCast!!: Int cannot be an element of String[]');
  expect(await faultOf(push([['LDNULL', 2]]))).toBe('ClassCast!!: null cannot be an element of String[]');
});

describe('DOP', () => {
  const both = (a: Line[], b: Line[], op: number): Line[] => [...a, ...b, ['DOP', 2, 0, op]];
  const ints = (a: number, b: number, op: number): Line[] => both(boxed(0, a), boxed(1, b), op);
  test.each([
    [1, 9],
    [2, 5],
    [3, 14],
    [4, 3],
    [5, 1],
    [6, 2],
    [7, 7],
    [8, 5],
    [9, 28],
    [10, 1],
    [11, 1],
  ])('operator %i of 7 and 2', async (op, value) => {
    expect(await logOf([...ints(7, 2, op), ['CONV', 2, INT], ...show(2)])).toEqual([String(value)]);
  });
  test('orders', async () => {
    for (const [op, value] of [
      [14, 0],
      [15, 0],
      [16, 1],
      [17, 1],
    ] as const)
      expect(await logOf([...ints(7, 2, op), ...show(2)])).toEqual([String(value)]);
    expect(await logOf([['LDS', 0, 'a'], ['LDS', 1, 'b'], ['DOP', 2, 0, 14], ...show(2)])).toEqual(['1']);
  });
  test('of one operand', async () => {
    for (const [op, value] of [
      [18, -7],
      [19, -8],
      [20, 7],
    ] as const)
      expect(await logOf([...boxed(0, 7), ['DOP', 2, 0, op], ['CONV', 2, INT], ...show(2)])).toEqual([String(value)]);
  });
  test('truth', async () => {
    const holds = (value: Line[]): Promise<string[]> => logOf([...value, ['DOP', 2, 0, 21], ...show(2)]);
    expect(await holds(truth(0, true))).toEqual(['1']);
    expect(await holds(truth(0, false))).toEqual(['0']);
    expect(await holds([['LDNULL', 0]])).toEqual(['0']);
    expect(await holds([['LDS', 0, '']])).toEqual(['1']);
    expect(await faultOf([...boxed(0, 1), ['DOP', 2, 0, 21]])).toContain('a number is not a condition');
  });
  test('joins', async () => {
    expect(await logOf([...both([['LDS', 0, 'a']], boxed(1, 5), 1), ...say(2)])).toEqual(['a5']);
    expect(await logOf([...both(truth(0, false), [['LDS', 1, 'a']], 1), ...say(2)])).toEqual(['falsea']);
    expect(await logOf([...both([['LDNULL', 0]], [['LDS', 1, 'a']], 1), ...say(2)])).toEqual(['nulla']);
    expect(await logOf([['LDS', 0, 'a'], ['NEW', 1, 0n], ['DOP', 2, 0, 22], ...show(2)])).toEqual(['1']);
    expect(await logOf([['LDS', 0, 'a'], ...boxed(1, 1), ['DOP', 2, 0, 22], ...show(2)])).toEqual(['0']);
  });
  test('asks for equals, and for iterators', async () => {
    expect(await logOf([['LDS', 0, 'a'], ['LDS', 1, 'b'], ['DOP', 2, 0, 23], ...show(2)])).toEqual(['0']);
    expect(await logOf([['LDNULL', 0], ['LDNULL', 1], ['DOP', 2, 0, 23], ...show(2)])).toEqual(['0']);
    expect(await faultOf([...boxed(0, 1), ['DOP', 2, 0, 24]])).toBe('ClassCast!!: cannot iterate over Int');
    expect(
      await faultOf([
        ['LDNULL', 0],
        ['DOP', 2, 0, 24],
      ]),
    ).toContain('Null!!');
  });
  test('faults', async () => {
    expect(await faultOf(ints(1, 0, 4))).toBe('Arithmetic!!: division by zero');
    expect(await faultOf(both([['LDS', 0, 'a']], boxed(1, 1), 2))).toBe(
      'ClassCast!!: operator - does not take String and Int',
    );
    expect(await faultOf(both([['LDNULL', 0]], boxed(1, 1), 14))).toBe('Null!!: operator < does not take null and Int');
    // The numbers between, which no compiler emits, do no harm.
    for (const op of [0, 11]) expect(await faultOf(both([['LDS', 0, 'a']], boxed(1, 1), op))).toContain('ClassCast');
  });
});

/** Classes with members: Stone {int weight, String name; twice(), hit(by, n = 3)} and Leaf {twice()}. */
function builder(): ImageBuilder {
  return new ImageBuilder()
    .cls({
      name: 'Stone',
      fields: [
        { name: 'weight', type: 'int', ref: false },
        { name: 'note', type: 'Object', ref: true },
      ],
      vtable: [0, 1, 2, 'Stone.twice'],
    })
    .cls({ name: 'Leaf' })
    .method({
      name: 'Stone.twice',
      owner: 'Stone',
      params: 1,
      flags: 4,
      frame: 4,
      types: [INT],
      code: [
        ['GETI', 1, 0, 0],
        ['IADD', 1, 1, 1],
        ['RET', 1],
      ],
    })
    .method({
      name: 'Stone.hit',
      owner: 'Stone',
      params: 3,
      flags: 2,
      kinds: img.IMG_KINDS_HAS_RESULT | (1 << img.IMG_KINDS_RESULT) | 1,
      frame: 6,
      types: [STRING, STRING, 0, INT, (3 << img.IMG_DEFAULT_SHIFT) | img.IMG_DEFAULT_SMALL],
      code: [
        ['MOV', 3, 1],
        ['I2S', 4, 2],
        ['SCAT', 3, 3, 2],
        ['RET', 3],
      ],
    })
    .method({ name: 'Leaf.twice', owner: 'Leaf', params: 1, frame: 1, types: [VOID], code: [['RETV']] });
}

describe('members', () => {
  const stone: Line[] = [
    ['NEW', 6, 'Stone'],
    ['LDI', 7, 21],
    ['PUTI', 6, 0, 7],
    ['MOV', 2, 6],
  ];
  test('DGET and DPUT: fields', async () => {
    const b = builder();
    const get = b.member('weight', 1);
    const put = b.member('weight', 2);
    expect(
      await logOf(
        [
          ...stone,
          ['DGET', 0, get],
          ['DRES', 0],
          ['CONV', 0, INT],
          ...show(0),
          ['MOV', 2, 6],
          ...boxed(3, 5),
          ['DPUT', 0, put],
          ['GETI', 0, 6, 0],
          ...show(0),
        ],
        b,
      ),
    ).toEqual(['21', '5']);
    const text: Line[] = [...stone, ['LDS', 3, 'x'], ['DPUT', 0, 1]];
    const c = builder();
    c.member('weight', 1);
    c.member('weight', 2);
    expect(await faultOf(text, c)).toBe('ClassCast!!: String is not a value of type int');
  });
  test('DCALL and DRES: methods, defaults, natives', async () => {
    const b = builder();
    const twice = b.member('twice', 1);
    const hit = b.member('hit', 2);
    const size = b.member('size', 1);
    expect(
      await logOf(
        [
          ...stone,
          ['DCALL', 0, twice],
          ['DRES', 0],
          ['CONV', 0, INT],
          ...show(0),
          ['MOV', 2, 6],
          ['LDS', 3, 'by'],
          ['DCALL', 0, hit],
          ['DRES', 0],
          ...say(0),
          ['LDS', 2, 'four'],
          ['DCALL', 0, size],
          ['DRES', 0],
          ['CONV', 0, INT],
          ...show(0),
        ],
        b,
      ),
    ).toEqual(['42', 'by3', '4']);
  });
  test('a place remembers the class that it met last, and sees another one', async () => {
    const b = builder();
    const twice = b.member('twice', 1);
    b.method({
      name: 'ask',
      params: 1,
      flags: 5,
      kinds: img.IMG_KINDS_HAS_RESULT | 1,
      frame: 5,
      code: [
        ['MOV', 3, 0],
        ['DCALL', 1, twice],
        ['DRES', 1],
        ['JNULL', 1, 'nothing'],
        ['CONV', 1, INT],
        ['RET', 1],
        'nothing',
        ['LDI', 1, -1],
        ['RET', 1],
      ],
    });
    const ask: Line[] = [['CALL', 8, 'ask'], ...show(8)];
    expect(
      await logOf([...stone, ['MOV', 10, 6], ...ask, ['NEW', 10, 'Leaf'], ...ask, ['MOV', 10, 6], ...ask], b),
    ).toEqual(['42', '-1', '42']);
  });
  const tried = async (name: string, parameters: number, code: Line[], op = 'DCALL'): Promise<string> => {
    const b = builder();
    const site = b.member(name, parameters);
    return faultOf([...code, [op, 0, site]], b);
  };
  test('faults', async () => {
    expect(await tried('roll', 1, stone)).toBe('NoSuchMethod!!: Stone has no method roll');
    expect(await tried('roll', 1, stone, 'DGET')).toBe('NoSuchMethod!!: Stone has no field roll');
    expect(await tried('twice', 2, [...stone, ['LDNULL', 3]])).toBe(
      'NoSuchMethod!!: Stone.twice takes 0 arguments, found 1',
    );
    expect(await tried('hit', 1, stone)).toBe('NoSuchMethod!!: Stone.hit takes 1 to 2 arguments, found 0');
    expect(await tried('hit', 2, [...stone, ...boxed(3, 1)])).toBe('ClassCast!!: Int is not a value of type String');
    expect(await tried('twice', 1, [['LDNULL', 2]])).toBe('Null!!: twice was called, but the object is null');
    expect(await tried('weight', 1, [['LDNULL', 2]], 'DGET')).toBe('Null!!: weight was read, but the object is null');
    expect(await tried('', 1, stone)).toBe('ClassCast!!: Stone is no function that can be called from an Any');
    expect(await tried('weight', 1, stone)).toBe('NoSuchMethod!!: Stone has no method weight');
  });
  test('a call of a place that another instruction has filled does no harm', async () => {
    const b = builder();
    const site = b.member('weight', 1);
    const code: Line[] = [...stone, ['DGET', 0, site], ['MOV', 2, 6], ['DCALL', 0, site]];
    expect(await faultOf(code, b)).toBe('NoSuchMethod!!: Stone has no method weight');
    // The result of nothing: whatever the window holds is no method.
    expect(
      await logOf([
        ['LDI', 1, -5],
        ['DRES', 0],
        ['LDI', 1, 1 << 30],
        ['DRES', 0],
      ]),
    ).toEqual([]);
  });
  test('too deep', async () => {
    const b = builder();
    const site = b.member('down', 1);
    b.method({
      name: 'Leaf.down',
      owner: 'Leaf',
      params: 1,
      frame: 100,
      types: [VOID],
      code: [['MOV', 3, 0], ['DCALL', 1, site], ['RETV']],
    });
    expect(
      await faultOf(
        [
          ['NEW', 2, 'Leaf'],
          ['DCALL', 0, site],
        ],
        b,
      ),
    ).toBe('StackOverflow!!: calls are nested too deep');
  });
});
