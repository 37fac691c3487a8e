import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';
import { runCode, runImage, say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

function node(): ImageBuilder {
  return new ImageBuilder().global('head', 'Node', true).cls({
    name: 'Node',
    fields: [
      { name: 'value', type: 'int', ref: false },
      { name: 'next', type: 'Node', ref: true },
    ],
  });
}

describe('reclaim', () => {
  test('a million garbage objects stay flat', async () => {
    const { iso, status } = await runCode(
      [
        ['LDC', 1, 1_000_000n],
        'more',
        ['NEW', 2, 'Node'],
        ['NEW', 3, 'Node'],
        ['PUTR', 2, 1, 3],
        ['IADDI', 1, 1, -1],
        ['JGTI', 1, 0, 'more'],
      ],
      node(),
      { kib: 256 },
    );
    expect(status).toBe(0);
    expect(iso.stat(2)).toBeLessThan(150_000);
  });
  test('garbage texts, arrays and exceptions stay flat', async () => {
    const image = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        code: [
          ['LDC', 1, 100_000n],
          'more',
          ['I2S', 2, 1],
          ['MOV', 3, 2],
          ['SCAT', 4, 2, 2],
          ['NEWA', 5, 1, 8],
          ['APUSHR', 5, 4],
          ['BOXI', 6, 1],
          'try',
          ['LDNULL', 7],
          ['NNULL', 7],
          'tried',
          'caught',
          ['IADDI', 1, 1, -1],
          ['JGTI', 1, 0, 'more'],
          ['RETV'],
        ],
        handlers: [{ from: 'try', to: 'tried', target: 'caught', cls: -1, slot: 8 }],
      })
      .build();
    const { iso, status, exception } = await runImage(image, { kib: 256 });
    expect([status, exception]).toEqual([0, '']);
    expect(iso.stat(2)).toBeLessThan(150_000);
  });
  test('a list of 100,000 nodes is freed without recursion', async () => {
    const build: Line[] = [
      ['LDC', 1, 100_000n],
      'more',
      ['NEW', 2, 'Node'],
      ['PUTI', 2, 0, 1],
      ['GGET', 3, 'head'],
      ['PUTR', 2, 1, 3],
      ['GPUTR', 2, 'head'],
      ['IADDI', 1, 1, -1],
      ['JGTI', 1, 0, 'more'],
      ['LDI', 2, 0],
      ['GGET', 3, 'head'],
      'sum',
      ['GETI', 4, 3, 0],
      ['IADD', 2, 2, 4],
      ['GETR', 3, 3, 1],
      ['JNNULL', 3, 'sum'],
      ...show(2),
    ];
    const { iso, log, status } = await runCode(
      [
        ...build,
        ['LDNULL', 2],
        ['LDNULL', 3],
        ['GPUTR', 2, 'head'],
        ['LDC', 1, 20_000n],
        'churn',
        ['NEW', 2, 'Node'],
        ['IADDI', 1, 1, -1],
        ['JGTI', 1, 0, 'churn'],
      ],
      node(),
      { kib: 8192 },
    );
    expect([status, log]).toEqual([0, ['5000050000']]);
    expect(iso.stat(2)).toBeGreaterThan(3_500_000);
    expect(iso.stat(3)).toBeLessThan(20_000);
    expect(iso.stat(0)).toBeLessThan(1_500_000);
  });
  test('what only a frame refers to stays, in every frame', async () => {
    const b = node().method({
      name: 'deep',
      params: 1,
      frame: 16,
      code: [
        ['NEW', 1, 'Node'],
        ['PUTI', 1, 0, 0],
        ['JLEI', 0, 0, 'bottom'],
        ['IADDI', 5, 0, -1],
        ['CALL', 3, 'deep'],
        ['GETI', 2, 1, 0],
        ['IADD', 2, 2, 3],
        ['RET', 2],
        'bottom',
        ['LDC', 4, 50_000n],
        'churn',
        ['NEW', 6, 'Node'],
        ['IADDI', 4, 4, -1],
        ['JGTI', 4, 0, 'churn'],
        ['GETI', 2, 1, 0],
        ['RET', 2],
      ],
    });
    const { log, status } = await runCode([['LDI', 5, 100], ['CALL', 3, 'deep'], ...show(3)], b, { kib: 256 });
    expect([status, log]).toEqual([0, ['5050']]);
  });
  test('a child that a frame still uses outlives its parent', async () => {
    const { log } = await runCode(
      [
        ['NEW', 1, 'Node'],
        ['NEW', 2, 'Node'],
        ['LDI', 3, 77],
        ['PUTI', 2, 0, 3],
        ['PUTR', 1, 1, 2],
        ['GPUTR', 1, 'head'],
        ['LDNULL', 1],
        ['GPUTR', 1, 'head'],
        ['LDC', 4, 50_000n],
        'churn',
        ['NEW', 6, 'Node'],
        ['IADDI', 4, 4, -1],
        ['JGTI', 4, 0, 'churn'],
        ['GETI', 3, 2, 0],
        ...show(3),
      ],
      node(),
      { kib: 256 },
    );
    expect(log).toEqual(['77']);
  });
  test('integers that look like addresses harm nobody', async () => {
    const lines: Line[] = [];
    for (let i = 1; i < 24; i++) lines.push(['LDI', i, 16384 + i * 8 * 37]);
    const { status, log } = await runCode(
      [
        ...lines,
        ['LDC', 24, 20_000n],
        'churn',
        ['NEW', 25, 'Node'],
        ['PUTI', 25, 0, 24],
        ['IADDI', 24, 24, -1],
        ['IADDI', 1, 1, 8],
        ['IADDI', 2, 2, 1000],
        ['JGTI', 24, 0, 'churn'],
        ...show(24),
      ],
      node(),
      { kib: 256 },
    );
    expect([status, log]).toEqual([0, ['0']]);
  });
  test('elements of arrays are counted', async () => {
    const { log } = await runCode(
      [
        ['NEWA', 1, 1, 0],
        ['LDI', 2, 0],
        'fill',
        ['BOXI', 3, 2],
        ['APUSHR', 1, 3],
        ['IADDI', 2, 2, 1],
        ['JLTI', 2, 1000, 'fill'],
        ['LDC', 4, 50_000n],
        'churn',
        ['BOXI', 3, 4],
        ['ASTR', 1, 5, 3],
        ['IADDI', 4, 4, -1],
        ['IANDI', 5, 4, 511],
        ['JGTI', 4, 0, 'churn'],
        ['LDI', 2, 999],
        ['ALDR', 3, 1, 2],
        ['UNBOX', 3, 3],
        ...show(3),
        ['LDI', 2, 100],
        ['ALDR', 3, 1, 2],
        ['UNBOX', 3, 3],
        ...show(3),
      ],
      undefined,
      { kib: 256 },
    );
    expect(log).toEqual(['999', '100']);
  });
});

describe('out of memory', () => {
  const bomb: Line[] = [['NEWA', 1, 0, 0], 'more', ['APUSHI', 1, 1], ['JMP', 'more']];
  test('is an exception with errno ENOMEM, and rendered', async () => {
    const { iso, act, status, exception } = await runCode(bomb, undefined, { kib: 256 });
    expect(status).toBe(1);
    expect(exception).toBe('OutOfMemory!!: the heap of this script is used up\n  at <top> (test.k)\n');
    expect(iso.call('exc_errno', act)).toBe(12);
  });
  test('can be caught, and memory is there again', async () => {
    const b = node();
    b.method({
      name: '<top>',
      frame: 32,
      code: [
        'a',
        ['NEW', 2, 'Node'],
        ['GGET', 3, 'head'],
        ['PUTR', 2, 1, 3],
        ['GPUTR', 2, 'head'],
        ['JMP', 'a'],
        'b',
        'c',
        ['LDNULL', 2],
        ['LDNULL', 3],
        ['GPUTR', 2, 'head'],
        ['LDC', 5, 1000n],
        ['NEWAN', 4, 5, 0],
        ['ALEN', 6, 4],
        ...show(6),
        ['RETV'],
      ],
      handlers: [{ from: 'a', to: 'b', target: 'c', cls: 'OUT_OF_MEMORY_EXCEPTION', slot: 7 }],
    });
    const { status, log } = await runImage(b.build({ top: '<top>' }), { kib: 256 });
    expect([status, log]).toEqual([0, ['1000']]);
  });
  test('a doubling text ends in it, not in a trap', async () => {
    const { exception } = await runCode(
      [['LDS', 1, 'x'.repeat(64)], 'more', ['MOV', 2, 1], ['SCAT', 1, 1, 2], ['JMP', 'more']],
      undefined,
      { kib: 1024 },
    );
    expect(exception).toMatch(/^OutOfMemory!!/);
  });
  test('too small a memory, image or stack is refused', async () => {
    await expect(Isolate.create(64)).rejects.toThrow('vm_init: -12');
    const iso = await Isolate.create(128);
    expect(iso.call('image_alloc', 1 << 20)).toBe(0);
    expect(iso.call('image_alloc', -1)).toBe(0);
    expect(iso.call('act_new')).toBe(0);
    for (const slots of [1 << 19, -1, 0, 63]) expect(iso.call('vm_stack', slots)).toBe(-12);
    expect(iso.call('vm_stack', 64)).toBe(0);
    expect(iso.call('vm_stack', 64)).toBe(-12);
    expect(iso.call('act_new')).not.toBe(0);
  });
});

describe('accounts', () => {
  test('an activation gives all back', async () => {
    const iso = await Isolate.create();
    iso.call('act_free', iso.activation(1024));
    const before = iso.stat(0);
    const acts = Array.from({ length: 5 }, () => iso.activation());
    expect(iso.stat(0)).toBe(before + 5 * 192);
    for (const act of [2, 0, 4, 1, 3]) iso.call('act_free', acts[act] ?? 0);
    expect(iso.stat(0)).toBe(before);
  });
  test('the same script again and again uses no more', async () => {
    const { iso, act } = await runCode([
      ['LDC', 1, 5000n],
      'more',
      ['I2S', 2, 1],
      ['SCAT', 3, 1, 0],
      ['NEWA', 4, 1, 20],
      ['APUSHR', 4, 2],
      ['IADDI', 1, 1, -1],
      ['JGTI', 1, 0, 'more'],
      ['LDS', 5, 'x'],
      ...say(5),
    ]);
    const level = iso.stat(2);
    for (let i = 0; i < 50; i++) expect(iso.call('vm_run', act)).toBe(0);
    expect(iso.stat(2)).toBeLessThan(level + 4096);
  });
});

describe('cycles', () => {
  /** Counts down in slot 1 from `rounds`; each round drops two nodes that refer to each other. */
  const rings = (rounds: bigint): Line[] => [
    ['LDC', 1, rounds],
    'more',
    ['NEW', 2, 'Node'],
    ['NEW', 3, 'Node'],
    ['PUTR', 2, 1, 3],
    ['PUTR', 3, 1, 2],
    ['IADDI', 1, 1, -1],
    ['JGTI', 1, 0, 'more'],
  ];

  test('a million rounds of dropped cycles stay flat', async () => {
    const { iso, status } = await runCode(rings(1_000_000n), node(), { kib: 256 });
    expect(status).toBe(0);
    expect(iso.stat(2)).toBeLessThan(200_000);
    expect(iso.stat(5)).toBeGreaterThan(100);
    // Where one of a pair has lost its references, counts may free the other first.
    expect(iso.stat(6)).toBeGreaterThan(1_900_000);
    expect(iso.stat(6)).toBeLessThanOrEqual(2_000_000);
  });

  test('a collection is made in steps of a bounded number of objects', async () => {
    const { iso } = await runCode(
      [
        ['LDC', 1, 100_000n],
        'grow',
        ['NEW', 2, 'Node'],
        ['GGET', 3, 'head'],
        ['PUTR', 2, 1, 3],
        ['GPUTR', 2, 'head'],
        ['IADDI', 1, 1, -1],
        ['JGTI', 1, 0, 'grow'],
        ...rings(20_000n),
      ],
      node(),
      { kib: 8192 },
    );
    // 100,000 objects are in use: one begins at a quarter of the memory, and the next steps come with the next garbage.
    expect(iso.stat(5)).toBeGreaterThanOrEqual(1);
    expect(iso.stat(5)).toBeLessThan(20);
    expect(iso.stat(3)).toBeGreaterThanOrEqual(100_000);
  });

  test('System.gc frees all of them at once, and costs fuel', async () => {
    const before = 10_000_000n;
    const { iso, act, status } = await runCode(
      [...rings(1000n), ['LDNULL', 2], ['LDNULL', 3], ['CALLN', 26, 'SYSTEM_GC']],
      node(),
      { kib: 512, fuel: before },
    );
    expect(status).toBe(0);
    expect(iso.stat(6)).toBe(2000);
    expect(iso.stat(3)).toBeLessThan(30);
    expect(before - BigInt(iso.call('act_fuel', act))).toBeGreaterThanOrEqual(1000n + 2000n / 64n);
  });

  test('memory that cycles take is had back before OutOfMemory!!', async () => {
    // Each round takes most of the memory at once, in an array that holds itself.
    const { status, exception } = await runCode(
      [
        ['LDC', 1, 300n],
        ['LDC', 4, 9000n],
        'more',
        ['NEWAN', 2, 4, 1],
        ['LDI', 5, 0],
        ['ASTR', 2, 5, 2],
        ['LDNULL', 2],
        ['IADDI', 1, 1, -1],
        ['JGTI', 1, 0, 'more'],
      ],
      node(),
      { kib: 128, slots: 256 },
    );
    expect([status, exception]).toEqual([0, '']);
  });
});
