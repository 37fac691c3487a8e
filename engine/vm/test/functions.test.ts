import { beforeAll, describe, expect, test } from 'vitest';
import { type Line } from '../../bytecode/test/assembler.js';
import { vmModule } from './isolate.js';
import { callImage as image, kinds, type Callee } from './function-image.js';
import { runImage, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const sum: Callee = {
  params: ['int', 'int'],
  result: 'int',
  code: [
    ['IADD', 3, 1, 2],
    ['RET', 3],
  ],
};

describe('CALLF', () => {
  test('of the same kinds calls as CALL does', async () => {
    const code: Line[] = [['LDI', 4, 30], ['LDI', 5, 12], ['CALLF', 1, kinds(['int', 'int'], 'int', true)], ...show(1)];
    expect((await runImage(image(sum, [...code, ['RETV']]))).log).toEqual(['42']);
  });

  test('boxes and opens arguments and results where the other side is generic', async () => {
    // The caller has boxes and wants one.
    const boxes: Line[] = [
      ['LDI', 8, 30],
      ['BOXI', 4, 8],
      ['BOXI', 5, 8],
      ['CALLF', 1, kinds(['object', 'object'], 'object', true)],
      ['CAST', 1, 'INT'],
      ['UNBOX', 1, 1],
      ...show(1),
      ['RETV'],
    ];
    expect((await runImage(image(sum, boxes))).log).toEqual(['60']);
    // The callee takes an object and gives one; the caller has a boolean and wants one.
    const same: Callee = { params: ['object'], result: 'object', code: [['RET', 1]] };
    const plain: Line[] = [['LDI', 4, 1], ['CALLF', 1, kinds(['boolean'], 'boolean', true)], ...show(1), ['RETV']];
    expect((await runImage(image(same, plain))).log).toEqual(['1']);
    const number: Line[] = [['LDI', 4, 77], ['CALLF', 1, kinds(['int'], 'int', true)], ...show(1), ['RETV']];
    expect((await runImage(image(same, number))).log).toEqual(['77']);
  });

  test('a result that nobody wants stays away', async () => {
    const code: Line[] = [['LDI', 4, 1], ['LDI', 5, 1], ['CALLF', 1, kinds(['int', 'int'], undefined, true)], ['RETV']];
    expect((await runImage(image(sum, code))).status).toBe(0);
  });

  test('what cannot be made fit is an exception', async () => {
    const failing = async (callee: Callee, code: readonly Line[]): Promise<string> =>
      (await runImage(image(callee, [...code, ['RETV']]))).exception.split('\n')[0] ?? '';
    const text: Line[] = [
      ['LDS', 4, 'x'],
      ['LDS', 5, 'y'],
      ['CALLF', 1, kinds(['object', 'object'], 'int', true)],
    ];
    expect(await failing(sum, text)).toMatch(/^ClassCast!!: a function was called with values of another kind/);
    const nothing: Line[] = [
      ['LDNULL', 4],
      ['LDNULL', 5],
      ['CALLF', 1, kinds(['object', 'object'], 'int', true)],
    ];
    expect(await failing(sum, nothing)).toMatch(/^Null!!/);
    const few: Line[] = [
      ['LDI', 4, 1],
      ['CALLF', 1, kinds(['int'], 'int', true)],
    ];
    expect(await failing(sum, few)).toMatch(/^NoSuchMethod!!: a function was called with another number/);
    const empty: Line[] = [
      ['LDNULL', 3],
      ['CALLF', 1, kinds([], 'int', true)],
    ];
    expect(await failing(sum, empty)).toMatch(/^Null!!: a function was called, but it is null/);
    const other: Line[] = [
      ['LDS', 3, 'no function'],
      ['CALLF', 1, kinds([], 'int', true)],
    ];
    expect(await failing(sum, other)).toMatch(/^NoSuchMethod!!/);
    const silent: Callee = { params: [], code: [['RETV']] };
    expect(await failing(silent, [['CALLF', 1, kinds([], 'int', true)]])).toMatch(/^ClassCast!!/);
    const real: Callee = { params: ['float'], result: 'int', code: [['RET', 1]] };
    expect(
      await failing(real, [
        ['LDI', 4, 1],
        ['CALLF', 1, kinds(['int'], 'int', true)],
      ]),
    ).toMatch(/^ClassCast!!/);
    const wrong: Callee = {
      params: [],
      result: 'object',
      code: [
        ['LDS', 1, 'x'],
        ['RET', 1],
      ],
    };
    expect(await failing(wrong, [['CALLF', 1, kinds([], 'int', true)]])).toMatch(/^ClassCast!!/);
  });

  test('an exception passes the frame between, which no trace shows', async () => {
    const thrower: Callee = {
      params: [],
      result: 'int',
      code: [
        ['LDI', 1, 0],
        ['IDIV', 1, 1, 1],
        ['RET', 1],
      ],
    };
    const { exception } = await runImage(image(thrower, [['CALLF', 1, kinds([], 'object', true)], ['RETV']]));
    expect(exception).toBe('Arithmetic!!: division by zero\n  at Add.call (test.k:7)\n  at <top> (test.k:1)\n');
  });

  test('calls without end are StackOverflow!!, with a frame between and without', async () => {
    for (const result of ['int', 'object'] as const) {
      const endless: Callee = {
        params: [],
        result: 'int',
        code: [
          ['MOV', 3, 0],
          ['CALLF', 1, kinds([], result, true)],
          ['RET', 1],
        ],
      };
      const { exception } = await runImage(image(endless, [['CALLF', 1, kinds([], result, true)], ['RETV']]));
      expect(exception).toMatch(/^StackOverflow!!/);
    }
  });

  test('a call costs one unit of fuel, a converting one too', async () => {
    for (const result of ['int', 'object'] as const) {
      const code: Line[] = [['LDI', 4, 1], ['LDI', 5, 1], ['CALLF', 1, kinds(['int', 'int'], result, true)], ['RETV']];
      const { iso, act } = await runImage(image(sum, code), { fuel: 1000n });
      expect(iso.call('act_fuel', act)).toBe(999n);
    }
  });
});
