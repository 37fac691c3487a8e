/** Instructions of user space's build, which has floats; the others are the same in both. */
import { beforeAll, describe, expect, test } from 'vitest';
import { opcodes, userOnly } from '../../../spec/opcodes.js';
import * as img from '../../bytecode/image.js';
import type { Line } from '../../bytecode/test/assembler.js';
import { vmModule } from './isolate.js';
import { runCode, runImage, say, show } from './run-code.js';
import { callImage, kinds, type Callee } from './function-image.js';

const FLOATS = { build: 'vm-user' } as const;
beforeAll(async () => {
  await vmModule(FLOATS.build);
}, 120_000);

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;
const used = new Set<string>();

function note(code: readonly Line[]): readonly Line[] {
  for (const line of code) if (typeof line !== 'string') used.add(line[0]);
  return code;
}

async function logOf(code: readonly Line[]): Promise<string[]> {
  const { status, log, exception } = await runCode(note(code), undefined, FLOATS);
  expect(exception).toBe('');
  expect(status).toBe(0);
  return log;
}

async function faultOf(code: readonly Line[]): Promise<string> {
  const { status, exception } = await runCode(note(code), undefined, FLOATS);
  expect(status).toBe(1);
  return exception.split('\n')[0] ?? '';
}

describe('floats', () => {
  const view = new DataView(new ArrayBuffer(8));
  /** The bits of a float, as LDC takes it. */
  const f = (value: number): bigint => {
    view.setFloat64(0, value);
    return view.getBigInt64(0);
  };
  const text = (slot: number): Line[] => [['F2S', slot, slot], ...say(slot)];
  const operands = (a: number, b: number): Line[] => [
    ['LDC', 1, f(a)],
    ['LDC', 2, f(b)],
  ];

  /** What an Any holds. */
  const box = (slot: number, value: number): Line[] => [
    ['LDC', slot, f(value)],
    ['BOXF', slot, slot],
  ];
  const int = (slot: number, value: number): Line[] => [
    ['LDI', slot, value],
    ['BOXI', slot, slot],
  ];
  const FLOAT = img.IMG_TYPE_FLOAT;
  const seen = (slot: number): Line[] => [['CONV', slot, FLOAT], ...text(slot)];

  test.each([
    [1, '3.5'],
    [2, '-0.5'],
    [3, '3.0'],
    [4, '0.75'],
    [5, '1.5'],
  ])('DOP %i of a float and an int', async (op, result) => {
    expect(await logOf([...box(0, 1.5), ...int(1, 2), ['DOP', 2, 0, op], ...seen(2)])).toEqual([result]);
  });
  test('DOP of one float', async () => {
    expect(await logOf([...box(0, 1.5), ['DOP', 2, 0, 18], ...seen(2)])).toEqual(['-1.5']);
    expect(await logOf([...box(0, 1.5), ['DOP', 2, 0, 20], ...seen(2)])).toEqual(['1.5']);
    expect(await faultOf([...box(0, 1.5), ['DOP', 2, 0, 19]])).toBe('ClassCast!!: operator ~ does not take Float');
    expect(await faultOf([...box(0, 1.5), ['DOP', 2, 0, 21]])).toContain('a number is not a condition');
    expect(await faultOf([...box(0, 1.5), ...int(1, 2), ['DOP', 2, 0, 6]])).toContain('operator &');
  });
  test('DOP compares floats and ints', async () => {
    const compare = (op: number, a: Line[], b: Line[]): Promise<string[]> =>
      logOf([...a, ...b, ['DOP', 2, 0, op], ...show(2)]);
    for (const [op, result] of [
      [12, '0'],
      [13, '1'],
      [14, '1'],
      [15, '1'],
      [16, '0'],
      [17, '0'],
    ] as const)
      expect(await compare(op, box(0, 1.5), int(1, 2))).toEqual([result]);
    for (const [op, result] of [
      [12, '1'],
      [13, '0'],
      [15, '1'],
      [17, '1'],
    ] as const)
      expect(await compare(op, int(0, 2), box(1, 2))).toEqual([result]);
    for (const [op, result] of [
      [12, '0'],
      [13, '1'],
      [14, '0'],
      [15, '0'],
      [16, '0'],
      [17, '0'],
    ] as const)
      expect(await compare(op, box(0, NaN), box(1, NaN))).toEqual([result]);
  });
  test('CONV makes an int a float, and nothing else', async () => {
    expect(await logOf([...int(0, 3), ...seen(0)])).toEqual(['3.0']);
    expect(
      await faultOf([
        ['LDS', 0, 'a'],
        ['CONV', 0, FLOAT],
      ]),
    ).toBe('ClassCast!!: String is not a value of type float');
    expect(await faultOf([...box(0, 1.5), ['CONV', 0, img.IMG_TYPE_INT]])).toBe(
      'ClassCast!!: Float is not a value of type int',
    );
    expect(
      await faultOf([
        ['LDNULL', 0],
        ['CONV', 0, FLOAT],
      ]),
    ).toContain('Null!!');
  });

  test.each([
    ['FADD', 0.1, 0.2, '0.30000000000000004'],
    ['FSUB', 1, 2.5, '-1.5'],
    ['FMUL', 1e200, 1e200, 'Infinity'],
    ['FDIV', 1, 3, '0.3333333333333333'],
    ['FDIV', -1, 0, '-Infinity'],
    ['FMOD', -7.5, 2, '-1.5'],
    ['FMOD', 1, 0, 'NaN'],
  ])('%s %d %d', async (op, a, b, result) => {
    expect(await logOf([...operands(a, b), [op, 3, 1, 2], ...text(3)])).toEqual([result]);
  });

  test.each([
    ['FEQ', 0, -0, '1'],
    ['FEQ', NaN, NaN, '0'],
    ['FLT', 1, 2, '1'],
    ['FLT', 2, 2, '0'],
    ['FLT', NaN, 2, '0'],
    ['FLE', 2, 2, '1'],
    ['FLE', 2, NaN, '0'],
  ])('%s %d %d', async (op, a, b, result) => {
    expect(await logOf([...operands(a, b), [op, 3, 1, 2], ...show(3)])).toEqual([result]);
  });

  test('FNEG, I2F, F2I', async () => {
    expect(await logOf([['LDC', 1, f(0)], ['FNEG', 1, 1], ...text(1)])).toEqual(['-0.0']);
    expect(await logOf([['LDI', 1, -3], ['I2F', 1, 1], ...text(1)])).toEqual(['-3.0']);
    const whole = async (value: number): Promise<string[]> =>
      await logOf([['LDC', 1, f(value)], ['F2I', 2, 1], ...show(2)]);
    expect(await whole(-2.9)).toEqual(['-2']);
    expect(await whole(NaN)).toEqual(['0']);
    expect(await whole(2 ** 63)).toEqual([String(MAX)]);
    expect(await whole(-(2 ** 63))).toEqual([String(MIN)]);
    expect(await whole(-Infinity)).toEqual([String(MIN)]);
  });

  test('boxes', async () => {
    const boxed: Line[] = [
      ['LDC', 1, f(2.5)],
      ['BOXF', 2, 1],
    ];
    expect(await logOf([...boxed, ['UNBOX', 4, 2], ...text(4)])).toEqual(['2.5']);
    const equal = async (a: number, b: number): Promise<string[]> =>
      await logOf([...operands(a, b), ['BOXF', 3, 1], ['BOXF', 4, 2], ['VEQ', 5, 3, 4], ...show(5)]);
    expect(await equal(0, -0)).toEqual(['1']);
    expect(await equal(NaN, NaN)).toEqual(['0']);
    expect(await faultOf([...boxed, ['CAST', 2, 'INT']])).toMatch(/^ClassCast!!/);
  });

  test('arrays of them, and of their boxes', async () => {
    const zero: Line[] = [
      ['LDC', 2, f(1.5)],
      ['LDI', 3, 0],
    ];
    expect(
      await logOf([
        ['NEWA', 1, 3, 0],
        ...zero,
        ['APUSHF', 1, 2],
        ['ALDI', 4, 1, 3],
        ...text(4),
        ['ALDR', 5, 1, 3],
        ['UNBOX', 5, 5],
        ...text(5),
      ]),
    ).toEqual(['1.5', '1.5']);
    expect(
      await logOf([
        ['NEWA', 1, 1, 0],
        ...zero,
        ['LDNULL', 5],
        ['APUSHR', 1, 5],
        ['ASTF', 1, 3, 2],
        ['ALDI', 4, 1, 3],
        ...text(4),
        ['APUSHF', 1, 2],
        ['ALEN', 6, 1],
        ...show(6),
      ]),
    ).toEqual(['1.5', '2']);
    expect(
      await faultOf([
        ['NEWA', 1, 3, 0],
        ['LDI', 2, 1],
        ['I2F', 4, 2],
        ['BOXI', 3, 2],
        ['APUSHR', 1, 3],
      ]),
    ).toBe('ClassCast!!: this array cannot hold such an element');
  });
});

describe('CALLF', () => {
  test('boxes and opens floats', async () => {
    const half: Callee = {
      params: ['float'],
      result: 'float',
      code: [
        ['FADD', 2, 1, 1],
        ['RET', 2],
      ],
    };
    const boxes: Line[] = [
      ['LDI', 8, 3],
      ['I2F', 8, 8],
      ['BOXF', 4, 8],
      ['CALLF', 1, kinds(['object'], 'object', true)],
      ['CAST', 1, 'FLOAT'],
      ['UNBOX', 1, 1],
      ['F2I', 1, 1],
      ...show(1),
      ['RETV'],
    ];
    expect((await runImage(callImage(half, boxes), FLOATS)).log).toEqual(['6']);
    const generic: Callee = { params: ['object'], result: 'object', code: [['RET', 1]] };
    const floats: Line[] = [
      ['LDI', 4, 3],
      ['I2F', 4, 4],
      ['CALLF', 1, kinds(['float'], 'float', true)],
      ['F2I', 1, 1],
      ...show(1),
      ['RETV'],
    ];
    expect((await runImage(callImage(generic, floats), FLOATS)).log).toEqual(['3']);
  });
});

test('every opcode of user space ran', () => {
  const names = opcodes.map((o) => o.name);
  const own = names.slice(names.indexOf(userOnly.first), names.indexOf(userOnly.last) + 1);
  expect(own.filter((name) => !used.has(name))).toEqual([]);
});
