import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { vmModule } from './isolate.js';
import { runCode, runImage, say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

/** Lines that throw a new exception of a class, with a message. */
function raise(cls: string, message: string): Line[] {
  return [
    ['NEW', 20, cls],
    ['LDS', 21, message],
    ['PUTR', 20, 0, 21],
    ['THROW', 20],
  ];
}

/** A script whose top level calls `outer`, which calls `inner`, which throws. */
function nested(handlerClass: string | number): Uint8Array {
  return new ImageBuilder()
    .cls({ name: 'MyException', super: 'IO_EXCEPTION', flags: 1 })
    .method({
      name: '<top>',
      frame: 32,
      lines: [
        [0, 1],
        [2, 2],
      ],
      code: ['try', ['CALL', 1, 'outer'], 'tried', ['RETV'], 'caught', ['GETR', 5, 4, 0], ...say(5), ['RETV']],
      handlers: [{ from: 'try', to: 'tried', target: 'caught', cls: handlerClass, slot: 4 }],
    })
    .method({ name: 'outer', frame: 8, lines: [[0, 10]], code: [['NOP'], ['CALL', 1, 'inner'], ['RETV']] })
    .method({
      name: 'Thing.inner',
      file: 'lib/thing.k',
      frame: 32,
      lines: [
        [0, 20],
        [3, 23],
      ],
      code: [...raise('MyException', 'broken')],
    })
    .method({ name: 'inner', frame: 8, lines: [[0, 0]], code: [['CALL', 1, 'Thing.inner'], ['RETV']] })
    .build({ file: 'a.k' });
}

describe('handlers', () => {
  test('a handler catches its class and those below', async () => {
    for (const cls of [-1, 'MyException', 'IO_EXCEPTION', 'EXCEPTION']) {
      const { status, log } = await runImage(nested(cls));
      expect([status, log]).toEqual([0, ['broken']]);
    }
  });
  test('others do not; the trace names methods, their files and lines', async () => {
    const { status, exception, iso, act } = await runImage(nested('SCRIPT_EXCEPTION'));
    expect(status).toBe(1);
    expect(exception).toBe(
      'My!!: broken\n  at Thing.inner (lib/thing.k:23)\n  at inner (a.k)\n  at outer (a.k:10)\n  at <top> (a.k:1)\n',
    );
    expect(iso.call('exc_errno', act)).toBe(5);
  });
  test('the first match wins and ranges are exclusive', async () => {
    const image = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        code: [
          'a',
          ...raise('IO_EXCEPTION', 'one'),
          'b',
          ['LDI', 1, 0],
          ['RETV'],
          'first',
          ['LDI', 1, 1],
          ...show(1),
          'c',
          ...raise('IO_EXCEPTION', 'two'),
          'd',
          'second',
          ['LDI', 1, 2],
          ...show(1),
          ['RETV'],
        ],
        handlers: [
          { from: 'a', to: 'b', target: 'first', cls: 'IO_EXCEPTION', slot: 2 },
          { from: 'a', to: 'b', target: 'second', cls: -1, slot: 2 },
          { from: 'c', to: 'd', target: 'second', cls: -1, slot: 2 },
        ],
      })
      .build();
    expect((await runImage(image)).log).toEqual(['1', '2']);
  });
  test('a rethrow keeps the first trace', async () => {
    const image = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        lines: [
          [0, 1],
          [1, 5],
        ],
        code: ['try', ['CALL', 1, 'f'], 'tried', ['RETV'], 'caught', ['THROW', 4]],
        handlers: [{ from: 'try', to: 'tried', target: 'caught', cls: -1, slot: 4 }],
      })
      .method({ name: 'f', frame: 32, lines: [[0, 9]], code: raise('ARITHMETIC_EXCEPTION', '') })
      .build();
    expect((await runImage(image)).exception).toBe('Arithmetic!!\n  at f (test.k:9)\n  at <top> (test.k:1)\n');
  });
  test('causes are rendered, a cycle of them ends', async () => {
    const { exception } = await runCode([
      ['NEW', 1, 'IO_EXCEPTION'],
      ['NEW', 2, 'NULL_EXCEPTION'],
      ['PUTR', 1, 1, 2],
      ['PUTR', 2, 1, 1],
      ['THROW', 1],
    ]);
    expect(exception.split('\n').filter((l) => l.startsWith('caused by')).length).toBe(7);
  });
  test('a long trace keeps both ends', async () => {
    const b = new ImageBuilder().method({
      name: 'down',
      params: 1,
      frame: 32,
      code: [
        ['JGTI', 0, 0, 'more'],
        ...raise('IO_EXCEPTION', 'deep'),
        'more',
        ['IADDI', 3, 0, -1],
        ['CALL', 1, 'down'],
        ['RETV'],
      ],
    });
    const { exception } = await runCode(
      [
        ['LDI', 3, 99],
        ['CALL', 1, 'down'],
      ],
      b,
    );
    const lines = exception.trimEnd().split('\n');
    expect(lines.length).toBe(1 + 32);
    expect(lines[24]).toBe('  ... 70 more');
    expect(lines.at(-1)).toBe('  at <top> (test.k)');
  });
  test('text that does not fit stays whole UTF-8', async () => {
    const { exception } = await runCode(raise('IO_EXCEPTION', '日'.repeat(3000)));
    expect(exception).not.toContain('\ufffd');
    expect(exception).toContain('  at <top> (test.k)\n');
  });
});

describe('errno', () => {
  const cases = [
    ['IO_EXCEPTION', 5],
    ['SECURITY_EXCEPTION', 1],
    ['OUT_OF_MEMORY_EXCEPTION', 12],
    ['TIMEOUT_EXCEPTION', 110],
    ['INTERRUPTED_EXCEPTION', 4],
    ['NULL_EXCEPTION', 5],
    ['ASSERTION_EXCEPTION', 5],
  ] as const;
  test.each(cases)('%s %i', async (cls, errno) => {
    const { iso, act } = await runCode(raise(cls, 'x'));
    expect(iso.call('exc_errno', act)).toBe(errno);
  });
  test('Errno carries its own, if that is one', async () => {
    for (const [number, errno] of [
      [17, 17],
      [0, 5],
      [-3, 5],
      [4096, 5],
    ] as const) {
      const { iso, act } = await runCode([
        ['NEW', 1, 'ERRNO_EXCEPTION'],
        ['LDI', 2, number],
        ['PUTI', 1, 3, 2],
        ['THROW', 1],
      ]);
      expect(iso.call('exc_errno', act)).toBe(errno);
    }
  });
});
