import { beforeAll, describe, expect, test } from 'vitest';
import { Isolate, vmModule } from '../../vm/test/isolate.js';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Program } from './program.js';

beforeAll(async () => {
  await vmModule();
}, 120_000);

describe('OUT', () => {
  test('leaves by whole lines, in order, and the rest at the end', async () => {
    const program = new Program();
    const out = program.call('STREAM_OUT', 'object');
    program.call('OUTPUT_STREAM_PRINT', 'int', out, 'a');
    program.call('OUTPUT_STREAM_PRINT_INT', 'int', out, -12);
    program.call('OUTPUT_STREAM_PRINTLN', 'int', out, 'b');
    program.call('OUTPUT_STREAM_WRITE', 'int', out, 'one\ntwo\nthr');
    program.call('OUTPUT_STREAM_WRITE_BYTE', 'int', out, 0x141);
    program.call('OUTPUT_STREAM_PRINTLN', 'int', program.call('STREAM_ERR', 'object'), 'err');
    const { isolate } = await program.run();
    expect(isolate.output).toEqual(['1:a-12b\n', '1:one\ntwo\n', '2:err\n', '1:thrA']);
  });
  test('is one object, flushed on demand, and lines longer than its buffer come through', async () => {
    const program = new Program();
    const out = program.call('STREAM_OUT', 'object');
    program.show(program.call('OBJECT_EQUALS', 'boolean', out, program.call('STREAM_OUT', 'object')));
    program.call('OUTPUT_STREAM_PRINT', 'int', out, 'x');
    program.call('OUTPUT_STREAM_FLUSH', 'int', out);
    program.call('OUTPUT_STREAM_PRINT', 'int', out, 'y'.repeat(2500));
    program.call('OUTPUT_STREAM_PRINTLN', 'int', out, '');
    const { isolate, lines } = await program.run();
    expect(lines).toEqual(['true']);
    expect(isolate.output[0]).toBe('1:x');
    expect(isolate.output.map((line) => line.slice(2)).join('')).toBe(`x${'y'.repeat(2500)}\n`);
  });
  test('an unfinished line survives an exception', async () => {
    const program = new Program();
    program.call('OUTPUT_STREAM_PRINT', 'int', program.call('STREAM_OUT', 'object'), 'half');
    program.call('ARRAY_POP', 'int', program.empty(0));
    const { isolate, exception } = await program.run();
    expect(exception).toBe('OutOfIndex!!: pop of an empty array');
    expect(isolate.output).toEqual(['1:half']);
  });
  test('print goes to ERR', async () => {
    const program = new Program();
    program.call('SYSTEM_PRINT', 'int', '[a.k:1] x=1');
    expect((await program.run()).isolate.output).toEqual(['2:[a.k:1] x=1\n']);
  });
});

describe('IN', () => {
  async function lines(input: string | Uint8Array<ArrayBuffer>, calls: (program: Program) => void): Promise<string[]> {
    const program = new Program();
    calls(program);
    const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
    const outcome = await program.run({ ready: (isolate) => (isolate.input = bytes) });
    expect(outcome.exception).toBe('');
    return outcome.lines;
  }
  const read = (program: Program, name: string, kind: 'int' | 'object'): void => {
    program.show(program.call(`INPUT_STREAM_${name}`, kind, program.call('STREAM_IN', 'object')));
  };
  test('by lines', async () => {
    expect(
      await lines('one\r\n\n日本\nlast', (p) => {
        for (let i = 0; i < 6; i++) read(p, 'READ_LINE', 'object');
      }),
    ).toEqual(['one', '', '日本', 'last', 'null', 'null']);
  });
  test('by bytes, then the rest', async () => {
    expect(
      await lines('ab日', (p) => {
        read(p, 'READ', 'int');
        read(p, 'AVAILABLE', 'int');
        read(p, 'READ_ALL', 'object');
        read(p, 'READ', 'int');
        read(p, 'READ_ALL', 'object');
      }),
    ).toEqual(['97', '4', 'b日', '-1', '']);
  });
  test('bytes that are not UTF-8 become U+FFFD, one each', async () => {
    expect(
      await lines(Uint8Array.of(97, 0xff, 0xe3, 0x81, 98, 0xed, 0xa0, 0x80, 0xe6, 0x97, 0xa5), (p) => {
        const text = p.call('INPUT_STREAM_READ_ALL', 'object', p.call('STREAM_IN', 'object'));
        p.show(text).show(p.call('STRING_SIZE', 'int', text));
      }),
    ).toEqual(['a\ufffd\ufffd\ufffdb\ufffd\ufffd\ufffd日', '9']);
  });
  test('characters of more bytes, and bytes that are none, at every place of a plain line', async () => {
    const places = Array.from({ length: 42 }, (_, i) => i);
    const bytes = places.flatMap((i) => {
      const line = new TextEncoder().encode(`${'x'.repeat(i)}é?${'y'.repeat(41 - i)}`);
      line[i + 2] = 0xff;
      return [...line, 10];
    });
    const read = await lines(Uint8Array.from(bytes), (p) => {
      const stream = p.call('STREAM_IN', 'object');
      for (const _ of places) {
        const line = p.call('INPUT_STREAM_READ_LINE', 'object', stream);
        p.show(line).show(p.call('STRING_SIZE', 'int', line));
      }
    });
    expect(read).toEqual(places.flatMap((i) => [`${'x'.repeat(i)}é\ufffd${'y'.repeat(41 - i)}`, '43']));
  });
  test('a line longer than any buffer', async () => {
    expect(
      await lines(`${'x'.repeat(50_000)}\nend`, (p) => {
        const stream = p.call('STREAM_IN', 'object');
        p.show(p.call('STRING_SIZE', 'int', p.call('INPUT_STREAM_READ_LINE', 'object', stream)));
        p.show(p.call('INPUT_STREAM_READ_LINE', 'object', stream));
      }),
    ).toEqual(['50000', 'end']);
  });
  test('closed, it is at its end', async () => {
    expect(
      await lines('abc', (p) => {
        read(p, 'READ', 'int');
        p.call('INPUT_STREAM_CLOSE', 'int', p.call('STREAM_IN', 'object'));
        read(p, 'READ', 'int');
        read(p, 'READ_LINE', 'object');
        read(p, 'AVAILABLE', 'int');
      }),
    ).toEqual(['97', '-1', 'null', '0']);
  });
});

describe('a device', () => {
  /** A default device whose handler runs `code`; slot 0 is the device, slot 1 the stream. */
  async function device(
    operation: 'read' | 'write',
    code: readonly Line[],
    extra?: (builder: ImageBuilder) => void,
  ): Promise<{
    isolate: Isolate;
    act: number;
    run: (input?: Uint8Array<ArrayBuffer>) => number;
    output: () => string;
  }> {
    const builder = new ImageBuilder().method({ name: '<top>', frame: 1, code: [['RETV']] });
    builder.method({
      name: 'handler',
      owner: 'DEVICE',
      params: 2,
      frame: 20,
      shape: operation === 'read' ? 9 : 10,
      code: [...code, ['RETV']],
    });
    extra?.(builder);
    const isolate = await Isolate.create(1024);
    expect(isolate.load(builder.build({ scriptName: 'test', defaultDevice: { [operation]: 'handler' } }))).toBe(0);
    const act = isolate.activation();
    expect(isolate.call('vm_run', act)).toBe(0);
    const registered = isolate.devices[0];
    if (!registered) throw new Error('no device');
    const io = isolate.call('act_io', act);
    const word = (at: number): number => new DataView(isolate.exports.memory.buffer).getUint32(io + at, true);
    const run = (input = new Uint8Array()): number => {
      const at = isolate.call('op_input', act, input.length);
      new Uint8Array(isolate.exports.memory.buffer).set(input, at);
      return isolate.call('op_call', act, registered.ops[operation === 'read' ? 1 : 2] ?? 0, registered.device);
    };
    return { isolate, act, run, output: () => isolate.text(word(32), word(36)) };
  }
  const print = (native: string, ...load: Line[]): Line[] => [['MOV', 12, 1], ...load, ['CALLN', 10, native]];

  test('gathers what its reader gets', async () => {
    const { isolate, act, run, output } = await device('read', [
      ...print('OUTPUT_STREAM_PRINT', ['LDS', 13, 'n=']),
      ...print('OUTPUT_STREAM_PRINT_INT', ['LDI', 13, 42]),
      ...print('OUTPUT_STREAM_PRINTLN', ['LDS', 13, ' 日']),
      ...print('OUTPUT_STREAM_WRITE_BYTE', ['LDI', 13, 65]),
      ...print('OUTPUT_STREAM_FLUSH'),
    ]);
    for (let i = 0; i < 3; i++) {
      expect(run()).toBe(0);
      expect(output()).toBe('n=42 日\nA');
      isolate.call('op_end', act);
    }
    expect(isolate.output).toEqual([]);
  });
  test('takes 65,536 bytes and not one more', async () => {
    const fill: Line[] = [
      ['LDS', 2, 'x'],
      ['MOV', 12, 2],
      ['LDI', 13, 65535],
      ['CALLN', 10, 'STRING_REPEAT'],
      ['MOV', 3, 10],
      ...print('OUTPUT_STREAM_PRINT', ['MOV', 13, 3]),
      ...print('OUTPUT_STREAM_WRITE_BYTE', ['LDI', 13, 65]),
    ];
    const full = await device('read', fill);
    expect(full.run()).toBe(0);
    expect(full.output().length).toBe(65536);
    const over = await device('read', [...fill, ...print('OUTPUT_STREAM_WRITE_BYTE', ['LDI', 13, 65])]);
    expect(over.run()).toBe(1);
    expect(over.isolate.exception(over.act)).toMatch(/^IO!!: more than 65536 bytes of output that nobody has read\n/);
    expect(over.isolate.call('exc_errno', over.act)).toBe(5);
  });
  test('a kept stream is over when the operation is', async () => {
    const { isolate, act, run } = await device(
      'read',
      [
        ['GGET', 2, 'kept'],
        ['GPUTR', 1, 'kept'],
        ['JNULL', 2, 'first'],
        ['MOV', 12, 2],
        ['LDS', 13, 'late'],
        ['CALLN', 10, 'OUTPUT_STREAM_PRINT'],
        'first',
      ],
      (b) => b.global('kept', 'OutputStream?', true),
    );
    expect(run()).toBe(0);
    isolate.call('op_end', act);
    expect(run()).toBe(1);
    expect(isolate.exception(act)).toMatch(/^IO!!: the operation that this stream belongs to is over\n/);
  });
  test('reads what its writer sent', async () => {
    const { isolate, act, run } = await device('write', [
      ['MOV', 12, 1],
      ['CALLN', 10, 'INPUT_STREAM_READ_LINE'],
      ['MOV', 12, 10],
      ['CALLN', 10, 'KERNEL_LOG'],
      ['MOV', 12, 1],
      ['CALLN', 10, 'INPUT_STREAM_AVAILABLE'],
      ['I2S', 12, 10],
      ['CALLN', 10, 'KERNEL_LOG'],
      ['MOV', 12, 1],
      ['CALLN', 10, 'INPUT_STREAM_READ_ALL'],
      ['MOV', 12, 10],
      ['CALLN', 10, 'KERNEL_LOG'],
      ['MOV', 12, 1],
      ['CALLN', 10, 'INPUT_STREAM_READ'],
      ['I2S', 12, 10],
      ['CALLN', 10, 'KERNEL_LOG'],
    ]);
    for (const [input, expected] of [
      ['one\ntwo日', ['one', '6', 'two日', '-1']],
      ['x\n', ['x', '0', '', '-1']],
    ] as const) {
      isolate.logged.length = 0;
      expect(run(new TextEncoder().encode(input))).toBe(0);
      expect(isolate.logged).toEqual(expected.map((line) => `6:${line}`));
      isolate.call('op_end', act);
    }
  });
});
