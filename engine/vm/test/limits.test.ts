import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';
import { runCode, runImage, say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

describe('fuel', () => {
  test('one unit a back edge and a call', async () => {
    const b = new ImageBuilder().method({ name: 'f', frame: 1, code: [['RETV']] });
    const { iso, act, status } = await runCode(
      [['LDI', 1, 100], 'more', ['CALL', 2, 'f'], ['IADDI', 1, 1, -1], ['JGTI', 1, 0, 'more']],
      b,
      { fuel: 1000n },
    );
    expect(status).toBe(0);
    expect(iso.call('act_fuel', act)).toBe(1000n - 100n - 99n);
  });
  test('enough is enough, one less is not', async () => {
    const code: Line[] = [['LDI', 1, 100], 'more', ['IADDI', 1, 1, -1], ['JGTI', 1, 0, 'more']];
    expect((await runCode(code, undefined, { fuel: 99n })).status).toBe(0);
    const short = await runCode(code, undefined, { fuel: 98n });
    expect(short.status).toBe(1);
    expect(short.exception).toMatch(/^Timeout!!: the fuel of this call is used up\n/);
    expect(short.iso.call('exc_errno', short.act)).toBe(110);
  });
  test('every 65,536 units the host is asked; non-zero stops at once', async () => {
    const iso = await Isolate.create();
    const image = new ImageBuilder().method({ name: '<top>', frame: 32, code: ['on', ['JMP', 'on']] }).build();
    expect(iso.load(image)).toBe(0);
    const act = iso.activation(256, 1_000_000_000n);
    let asked = 0;
    iso.safepoint = (who) => {
      expect(who).toBe(act);
      return ++asked === 5 ? 1 : 0;
    };
    expect(iso.call('vm_run', act)).toBe(2);
    expect(asked).toBe(5);
    expect(iso.call('act_fuel', act)).toBe(1_000_000_000n - 5n * 65536n);
    iso.safepoint = () => 1;
    expect(iso.call('vm_run', act)).toBe(2);
  });
  test('Timeout can be caught; the next back edge throws again', async () => {
    const image = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        code: ['a', ['JMP', 'a'], 'b', ['RETV'], 'caught', ['LDS', 5, 'caught'], ...say(5), 'c', ['JMP', 'c']],
        handlers: [{ from: 'a', to: 'b', target: 'caught', cls: 'TIMEOUT_EXCEPTION', slot: 4 }],
      })
      .build();
    const { status, log, exception } = await runImage(image, { fuel: 1000n });
    expect([status, log]).toEqual([1, ['caught']]);
    expect(exception).toMatch(/^Timeout!!/);
  });
  test('a loop of handlers alone pays, too', async () => {
    const image = new ImageBuilder()
      .method({
        name: '<top>',
        frame: 32,
        code: ['a', ['LDNULL', 1], ['THROW', 1], 'b', ['RETV']],
        handlers: [{ from: 'a', to: 'b', target: 'a', cls: -1, slot: 4 }],
      })
      .build();
    const { status, exception } = await runImage(image, { fuel: 100_000n });
    expect(status).toBe(1);
    expect(exception).toMatch(/^Timeout!!/);
  });
  test('long texts cost fuel', async () => {
    const grow: Line[] = [
      ['LDS', 1, 'x'.repeat(1600)],
      ['MOV', 2, 1],
      ['SCAT', 3, 1, 2],
    ];
    const { iso, act } = await runCode(grow, undefined, { fuel: 1000n });
    expect(iso.call('act_fuel', act)).toBe(1000n - 200n);
  });
});

describe('depth', () => {
  const recursive = (frame: number): ImageBuilder =>
    new ImageBuilder().method({ name: 'f', frame, code: [['CALL', 1, 'f'], ['RETV']] });
  test('endless recursion', async () => {
    const { iso, act, status, exception } = await runCode([['CALL', 1, 'f']], recursive(4));
    expect(status).toBe(1);
    expect(exception).toMatch(/^StackOverflow!!: calls are nested too deep\n  at f /);
    expect(iso.call('exc_errno', act)).toBe(5);
  });
  test('counted in slots', async () => {
    const depthFor = async (slots: number): Promise<number> => {
      const b = new ImageBuilder()
        .global('n', 'int', false)
        .method({
          name: 'f',
          frame: 6,
          code: [['GGET', 0, 'n'], ['IADDI', 0, 0, 1], ['GPUTI', 0, 'n'], ['CALL', 1, 'f'], ['RETV']],
        })
        .method({
          name: '<top>',
          frame: 32,
          code: ['a', ['CALL', 1, 'f'], 'b', ['RETV'], 'c', ['GGET', 2, 'n'], ...show(2), ['RETV']],
          handlers: [{ from: 'a', to: 'b', target: 'c', cls: 'STACK_OVERFLOW_EXCEPTION', slot: 3 }],
        });
      return Number((await runImage(b.build({ top: '<top>' }), { slots })).log[0]);
    };
    // A frame of f starts 3 slots behind the caller's: window 1, two saved words.
    expect((await depthFor(4096)) - (await depthFor(4093))).toBe(1);
    expect(await depthFor(4096)).toBe(Math.floor((4096 - 2 - 3 - 6) / 3) + 1);
  });
  test('a frame that does not fit the segment', async () => {
    const image = new ImageBuilder().method({ name: '<top>', frame: 200, code: [['RETV']] }).build();
    expect((await runImage(image, { slots: 64 })).exception).toMatch(/^StackOverflow!!/);
  });
});
