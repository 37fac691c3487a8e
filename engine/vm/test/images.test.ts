/** Isolates that take further images: what the new one may name, and what a refused one leaves behind. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import * as img from '../../bytecode/image.js';
import { Isolate, vmModule } from './isolate.js';
import { say } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const codes = new Map(
  [
    ...readFileSync(new URL('../../bytecode/verifier-errors.ts', import.meta.url), 'utf8').matchAll(
      /(VE_\w+): i32 = (-\d+)/g,
    ),
  ].map(([, name = '', number]) => [name, Number(number)]),
);

/** A class with a method in its table, a global, a function. */
const first = (): ImageBuilder =>
  new ImageBuilder()
    .method({ name: '<top>', frame: 8, code: [['LDI', 0, 7], ['GPUTI', 0, 'count'], ['RETV']] })
    .method({
      name: 'double',
      params: 1,
      flags: 5,
      frame: 4,
      code: [
        ['IADD', 1, 0, 0],
        ['RET', 1],
      ],
    })
    .method({
      name: 'A.name',
      owner: 'A',
      params: 1,
      flags: 2,
      frame: 4,
      code: [
        ['LDS', 1, 'old'],
        ['RET', 1],
      ],
    })
    .method({
      name: 'A.other',
      owner: 'A',
      params: 1,
      flags: 2,
      frame: 4,
      code: [
        ['LDS', 1, 'other'],
        ['RET', 1],
      ],
    })
    .cls({ name: 'A', fields: [{ name: 'x', type: 'int', ref: false }], vtable: [0, 1, 2, 'A.name'] })
    .global('count', 'int', false)
    .global('kept', 'A', true);

async function machine(kib = 512): Promise<{ iso: Isolate; builder: ImageBuilder; act: number }> {
  const iso = await Isolate.create(kib);
  const builder = first();
  expect(iso.load(builder.build())).toBe(0);
  const act = iso.activation();
  expect(iso.call('vm_run', act)).toBe(0);
  return { iso, builder, act };
}

/** One more image with this top level. */
const next = (after: ImageBuilder, ...code: Line[]): ImageBuilder =>
  new ImageBuilder(after).method({ name: '<top>', frame: 32, code: [...code, ['RETV']] });

/** Adds the image and runs it; what it wrote. */
function more(iso: Isolate, act: number, builder: ImageBuilder): string[] {
  expect(iso.loadMore(builder.build())).toBe(0);
  iso.logged.length = 0;
  const status = iso.call('vm_run_more', act);
  return status === 0 ? iso.logged : [iso.exception(act)];
}

const CALL_NAME: Line[] = [['NEW', 10, 'A'], ['MOV', 14, 10], ['CALLV', 12, 3], ...say(12)];

describe('a further image', () => {
  test('calls functions and reads globals of the first', async () => {
    const { iso, act, builder } = await machine();
    const b = next(builder, ['GGET', 6, 'count'], ['CALL', 4, 'double'], ['I2S', 5, 4], ...say(5));
    expect(more(iso, act, b)).toEqual(['6:14']);
  });

  test('has constants and globals of its own, also behind others', async () => {
    const { iso, act, builder } = await machine();
    const b = next(builder, ['LDC', 1, 1n << 40n], ['GPUTI', 1, 'big']).global('big', 'int', false);
    expect(more(iso, act, b)).toEqual([]);
    const c = next(b, ['GGET', 1, 'big'], ['LDC', 2, 1n << 41n], ['IADD', 1, 1, 2], ['I2S', 1, 1], ...say(1));
    expect(more(iso, act, c)).toEqual(['6:3298534883328']);
    const d = next(c, ['LDS', 1, 'text'], ...say(1), ['LDC', 2, 1n << 42n], ['I2S', 2, 2], ...say(2));
    expect(more(iso, act, d)).toEqual(['6:text', '6:4398046511104']);
    expect(iso.call('image_count')).toBe(4);
  });

  test('gives back the integers that it had copied for the one before', async () => {
    const grown = async (constants: boolean): Promise<number> => {
      const { iso, act, builder } = await machine();
      let last = builder;
      const add = (at: number): void => {
        last = next(last, constants ? ['LDC', 1, (1n << 40n) + BigInt(at)] : ['LDI', 1, at]);
        expect(more(iso, act, last)).toEqual([]);
      };
      for (let at = 0; at < 10; at++) add(at);
      const before = iso.stat(0);
      for (let at = 10; at < 60; at++) add(at);
      return Number(iso.stat(0)) - Number(before);
    };
    // Fifty integers of eight bytes in one block, and each in its image: kept copies would be sixteen KiB.
    expect((await grown(true)) - (await grown(false))).toBeLessThan(4096);
  });

  test('implements interfaces of the first, and is called at its sites', async () => {
    const iso = await Isolate.create(512);
    const value = (cls: string, text: string): Parameters<ImageBuilder['method']>[0] => ({
      name: `${cls}.value`,
      owner: cls,
      params: 1,
      flags: 2,
      frame: 4,
      code: [
        ['LDS', 1, text],
        ['RET', 1],
      ],
    });
    const builder = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        code: [['NEW', 6, 'A'], ['CALL', 4, 'valueOf'], ['NEW', 8, 'B'], ...say(4), ['RETV']],
      })
      .method({ name: 'I.value', owner: 'I', params: 1, flags: 2, frame: 1, code: [['RETV']] })
      .method({
        name: 'valueOf',
        params: 1,
        flags: 3,
        frame: 4,
        code: [
          ['MOV', 3, 0],
          ['CALLI', 1, 'I.value'],
          ['RET', 1],
        ],
      })
      .method(value('A', 'a'))
      .cls({ name: 'I', flags: 10 })
      .cls({ name: 'A', vtable: [0, 1, 2, 'A.value'] })
      .cls({ name: 'B', super: 'A', vtable: [0, 1, 2, 'A.value'] })
      .answer('A', 'I')
      .answer('A', 'I.value', 'A.value');
    expect(iso.load(builder.build())).toBe(0);
    const act = iso.activation();
    expect(iso.call('vm_run', act)).toBe(0);
    const b = next(builder, ['NEW', 6, 'C'], ['CALL', 4, 'valueOf'], ...say(4), ['CALLI', 4, 'I.value'], ...say(4))
      .method(value('C', 'c'))
      .cls({ name: 'C', vtable: [0, 1, 2, 'C.value'] })
      .answer('C', 'I')
      .answer('C', 'I.value', 'C.value');
    expect(more(iso, act, b)).toEqual(['6:c', '6:c']);
    const c = next(b, ['NEW', 6, 'A'], ['CALL', 4, 'valueOf'], ...say(4), ['ISA', 1, 6, 'I'], ['B2S', 1, 1], ...say(1));
    expect(more(iso, act, c)).toEqual(['6:a', '6:true']);
    const wrong = next(c).answer('A', 'I');
    expect(iso.loadMore(wrong.build())).toBe(codes.get('VE_ITABLE'));
  });

  test('has classes below those of the first', async () => {
    const { iso, act, builder } = await machine();
    const b = next(
      builder,
      ['NEW', 10, 'B'],
      ['MOV', 14, 10],
      ['CALLV', 12, 3],
      ...say(12),
      ['ISA', 1, 10, 'A'],
      ['B2S', 1, 1],
      ...say(1),
    )
      .cls({ name: 'B', super: 'A', fields: [{ name: 'y', type: 'A', ref: true }], vtable: [0, 1, 2, 'B.name'] })
      .method({
        name: 'B.name',
        owner: 'B',
        params: 1,
        flags: 2,
        frame: 4,
        code: [
          ['LDS', 1, 'below'],
          ['RET', 1],
        ],
      });
    expect(more(iso, act, b)).toEqual(['6:below', '6:true']);
    const c = next(b, ['NEW', 10, 'C'], ['MOV', 14, 10], ['CALLV', 12, 3], ...say(12)).cls({
      name: 'C',
      super: 'B',
      vtable: [0, 1, 2, 'A.other'],
    });
    expect(more(iso, act, c)).toEqual(['6:other']);
  });

  test('replaces an entry of the table of a class that is there', async () => {
    const { iso, act, builder } = await machine();
    const before = next(builder, ...CALL_NAME);
    expect(more(iso, act, before)).toEqual(['6:old']);
    const b = next(before, ...CALL_NAME)
      .method({
        name: 'A.newer',
        owner: 'A',
        params: 1,
        flags: 2,
        frame: 4,
        code: [
          ['LDS', 1, 'new'],
          ['RET', 1],
        ],
      })
      .patch('A', 3, 'A.newer');
    expect(more(iso, act, b)).toEqual(['6:new']);
  });

  test('names its own file and lines in a trace, and older ones theirs', async () => {
    const { iso, act, builder } = await machine();
    const b = new ImageBuilder(builder).method({
      name: '<top>',
      frame: 8,
      code: [['LDI', 0, 0], ['IDIV', 1, 0, 0], ['RETV']],
      lines: [[0, 3]],
    });
    expect(iso.loadMore(b.build({ file: 'second.k' }))).toBe(0);
    expect(iso.call('vm_run_more', act)).toBe(1);
    expect(iso.exception(act)).toContain('at <top> (second.k:3)');
  });

  test('catches what it throws', async () => {
    const { iso, act, builder } = await machine();
    const b = new ImageBuilder(builder).method({
      name: '<top>',
      frame: 32,
      code: [
        'from',
        ['LDI', 0, 0],
        ['IDIV', 1, 0, 0],
        'to',
        ['RETV'],
        'caught',
        ['LDS', 1, 'caught'],
        ...say(1),
        ['RETV'],
      ],
      handlers: [{ from: 'from', to: 'to', target: 'caught', cls: -1, slot: 2 }],
    });
    expect(more(iso, act, b)).toEqual(['6:caught']);
  });

  test('comes while a call waits, which goes on', async () => {
    const { iso, builder, act } = await machine();
    const b = next(
      builder,
      ['NEW', 1, 'A'],
      ['MOV', 24, 1],
      ['LDC', 26, -1n],
      ['MOV', 22, 1],
      ['MOV', 24, 26],
      ['CALLN', 20, 'OBJECT_WAIT'],
      ...CALL_NAME,
    );
    expect(iso.loadMore(b.build())).toBe(0);
    expect(iso.call('vm_run_more', act)).toBe(3);
    const other = iso.activation();
    let last = b;
    for (let i = 0; i < 20; i++) {
      last = next(last, ...CALL_NAME)
        .global(`g${i}`, 'int', false)
        .cls({ name: `K${i}` });
      expect(more(iso, other, last)).toEqual(['6:old']);
    }
    iso.logged.length = 0;
    expect(iso.call('op_resume', act, 0)).toBe(0);
    expect(iso.logged).toEqual(['6:old']);
  });
});

describe('a refused image leaves all as it was', () => {
  type Spoil = (bytes: Uint8Array, set: (word: number, value: number) => void) => void;
  const base = (word: number): [string, Spoil] => ['VE_BASE', (_, set) => set(word, 0)];
  test.each<[string, Spoil]>([
    base(img.IMG_BASE_CLASSES),
    base(img.IMG_BASE_METHODS),
    base(img.IMG_BASE_GLOBALS),
    base(img.IMG_BASE_STRINGS),
    ['VE_TOP_METHOD', (_, set) => set(img.IMG_W_TOP_METHOD, 0)],
    ['VE_MAIN', (_, set) => set(img.IMG_W_MAIN, 2)],
    ['VE_NAME', (_, set) => set(img.IMG_W_FILE_NAME, 0)],
  ])('%s', async (name, spoil) => {
    const { iso, act, builder } = await machine();
    const used = iso.stat(0);
    const bytes = next(builder, ...CALL_NAME).build();
    const view = new DataView(bytes.buffer);
    spoil(bytes, (word, value) => view.setUint32(word, value, true));
    expect(iso.loadMore(bytes)).toBe(codes.get(name));
    expect(iso.stat(0)).toBe(used);
    expect(more(iso, act, next(builder, ...CALL_NAME))).toEqual(['6:old']);
  });

  const patched =
    (change: (b: ImageBuilder) => ImageBuilder): ((after: ImageBuilder) => ImageBuilder) =>
    (after) =>
      change(
        next(after)
          .method({
            name: 'A.newer',
            owner: 'A',
            params: 1,
            flags: 2,
            frame: 4,
            code: [
              ['LDNULL', 1],
              ['RET', 1],
            ],
          })
          .method({
            name: 'wide',
            owner: 'A',
            params: 2,
            flags: 2,
            frame: 4,
            code: [
              ['LDNULL', 1],
              ['RET', 1],
            ],
          })
          .method({
            name: 'static',
            params: 1,
            flags: 3,
            frame: 4,
            code: [
              ['LDNULL', 1],
              ['RET', 1],
            ],
          })
          .cls({ name: 'Own' }),
      );
  test.each([
    ['a class of its own', patched((b) => b.patch('Own', 0, 'A.newer'))],
    ['a built-in class', patched((b) => b.patch(0, 0, 'A.newer'))],
    ['a slot that is not there', patched((b) => b.patch('A', 4, 'A.newer'))],
    ['a method of an earlier image', patched((b) => b.patch('A', 3, 'A.other'))],
    ['another number of parameters', patched((b) => b.patch('A', 3, 'wide'))],
    ['a static method', patched((b) => b.patch('A', 3, 'static'))],
  ])('a patch of %s', async (_, make) => {
    const { iso, act, builder } = await machine();
    expect(iso.loadMore(make(builder).build())).toBe(codes.get('VE_PATCH'));
    expect(more(iso, act, next(builder, ...CALL_NAME))).toEqual(['6:old']);
  });

  test('strings and integers of an earlier image are not its own', async () => {
    const { iso, builder } = await machine();
    expect(iso.loadMore(next(builder, ['LDS', 0, 0]).build())).toBe(codes.get('VE_STRING'));
    expect(iso.loadMore(next(builder, ['LDC', 0, 0]).build())).toBe(codes.get('VE_INT'));
    expect(iso.loadMore(next(builder, ['GGET', 0, 2]).build())).toBe(codes.get('VE_GLOBAL'));
    expect(iso.loadMore(next(builder, ['CALL', 0, 5]).build())).toBe(codes.get('VE_METHOD'));
  });

  test('no memory', async () => {
    const { iso, act, builder } = await machine(128);
    let last = builder;
    let code = 0;
    for (let i = 0; i < 500 && code === 0; i++) {
      const b = next(last, ...CALL_NAME).cls({ name: `K${i}`, super: 'A', vtable: [0, 1, 2, 'A.name'] });
      for (let g = 0; g < 20; g++) b.global(`g${i}.${g}`, 'A', true);
      code = iso.loadMore(b.build());
      if (code === 0) last = b;
    }
    expect(code).toBe(-12);
    const used = iso.stat(0);
    expect(
      iso.loadMore(
        next(last, ...CALL_NAME)
          .global('g', 'int', false)
          .build(),
      ) <= 0,
    ).toBe(true);
    expect(iso.stat(0)).toBeGreaterThanOrEqual(used);
    iso.logged.length = 0;
    expect(iso.call('vm_run_more', act)).toBe(0);
    expect(iso.logged).toEqual(['6:old']);
  });

  test('there is none to go on from', async () => {
    const iso = await Isolate.create(512);
    expect(iso.loadMore(first().build())).toBe(-2);
    expect(iso.load(first().build())).toBe(0);
    expect(iso.load(first().build())).toBe(-16);
  });
});
