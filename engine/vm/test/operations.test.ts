import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type BuildOptions } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';
import { say } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const OUT = 9;
const IN = 10;
const OUT_FILE = 13;

/** A device: `read` sends a counter and the file's offset, `write` logs its first byte, `close` throws. */
function deviceImage(options: BuildOptions = {}): Uint8Array {
  return new ImageBuilder()
    .global('n', 'int', false)
    .global('kept', 'OutputStream', true)
    .global('keptIn', 'InputStream', true)
    .method({ name: '<top>', frame: 2, code: [['RETV']] })
    .method({
      name: 'Device.read',
      owner: 'DEVICE',
      params: 3,
      frame: 32,
      shape: OUT_FILE,
      code: [
        ['GGET', 5, 'n'],
        ['IADDI', 5, 5, 1],
        ['GPUTI', 5, 'n'],
        ['MOV', 10, 1],
        ['MOV', 11, 5],
        ['CALLN', 8, 'OUTPUT_STREAM_PRINT_INT'],
        ['GETI', 11, 2, 3],
        ['CALLN', 8, 'OUTPUT_STREAM_PRINT_INT'],
        ['RETV'],
      ],
    })
    .method({
      name: 'Device.write',
      owner: 'DEVICE',
      params: 2,
      frame: 32,
      shape: IN,
      code: [
        ['MOV', 10, 1],
        ['CALLN', 8, 'INPUT_STREAM_READ_ALL'],
        ['NNULL', 8],
        ...say(8),
        ['GPUTR', 1, 'keptIn'],
        ['RETV'],
      ],
    })
    .method({ name: 'Device.open', owner: 'DEVICE', params: 1, frame: 4, shape: 8, code: [['NNULL', 0], ['RETV']] })
    .method({
      name: 'Device.close',
      owner: 'DEVICE',
      params: 1,
      frame: 4,
      shape: 8,
      code: [
        ['LDNULL', 1],
        ['THROW', 1],
      ],
    })
    .method({
      name: 'keep',
      owner: 'DEVICE',
      params: 2,
      frame: 32,
      shape: OUT,
      code: [['MOV', 10, 1], ['LDI', 11, 65], ['CALLN', 8, 'OUTPUT_STREAM_WRITE_BYTE'], ['GPUTR', 1, 'kept'], ['RETV']],
    })
    .method({
      name: 'useKept',
      owner: 'DEVICE',
      params: 2,
      frame: 32,
      shape: OUT,
      code: [['GGET', 10, 'kept'], ['LDI', 11, 66], ['CALLN', 8, 'OUTPUT_STREAM_WRITE_BYTE'], ['RETV']],
    })
    .method({
      name: 'flood',
      owner: 'DEVICE',
      params: 2,
      frame: 32,
      shape: OUT,
      code: [['MOV', 10, 1], ['LDI', 11, 65], 'more', ['CALLN', 8, 'OUTPUT_STREAM_WRITE_BYTE'], ['JMP', 'more']],
    })
    .build({
      scriptName: 'dev',
      deviceMode: 0o640,
      defaultDevice: { open: 'Device.open', read: 'Device.read', write: 'Device.write', close: 'Device.close' },
      ...options,
    });
}

async function loaded(): Promise<{
  iso: Isolate;
  act: number;
  device: number;
  op: (method: number) => number;
  output: () => string;
}> {
  const iso = await Isolate.create(256);
  expect(iso.load(deviceImage())).toBe(0);
  const act = iso.activation(1024);
  expect(iso.call('vm_run', act)).toBe(0);
  const device = iso.devices[0]?.device ?? 0;
  const view = (): DataView => new DataView(iso.exports.memory.buffer);
  return {
    iso,
    act,
    device,
    op: (method) => iso.call('op_call', act, method, device),
    output: () => {
      const io = iso.call('act_io', act);
      return iso.text(view().getUint32(io + 32, true), view().getUint32(io + 36, true));
    },
  };
}

const [READ, WRITE, OPEN, CLOSE, KEEP, USE_KEPT, FLOOD] = [2, 3, 4, 5, 6, 7, 8];

test('the default device is registered with its name, mode and operations', async () => {
  const { iso, device } = await loaded();
  expect(iso.devices).toEqual([{ device, ops: [OPEN, READ, WRITE, CLOSE, 0, 0, 0, 0], name: 'dev', mode: 0o640 }]);
});

test('a name that is taken is EEXIST; nothing is left of the device', async () => {
  const iso = await Isolate.create(256);
  iso.registerStatus = -17;
  expect(iso.load(deviceImage())).toBe(0);
  const act = iso.activation();
  expect(iso.call('vm_run', act)).toBe(1);
  expect(iso.call('exc_errno', act)).toBe(17);
  expect(iso.exception(act)).toBe('Errno!!: device name dev is taken\n');
});

describe('operations', () => {
  test('output and file', async () => {
    const { iso, act, op, output } = await loaded();
    const io = iso.call('act_io', act);
    new DataView(iso.exports.memory.buffer).setBigInt64(io + 16, 900n, true);
    for (let i = 1; i < 5; i++) {
      expect(op(READ)).toBe(0);
      expect(output()).toBe(`${i}900`);
      iso.call('op_end', act);
      expect(output()).toBe('');
    }
  });
  test('input', async () => {
    const { iso, act, op } = await loaded();
    for (const text of ['hello', '', 'x'.repeat(9000), 'again']) {
      const bytes = new TextEncoder().encode(text);
      const at = iso.call('op_input', act, bytes.length);
      new Uint8Array(iso.exports.memory.buffer).set(bytes, at);
      expect(op(WRITE)).toBe(0);
      iso.call('op_end', act);
    }
    expect(iso.logged.map((l) => l.slice(2)).map((l) => l.slice(0, 8))).toEqual(['hello', '', 'xxxxxxxx', 'again']);
  });
  test("an exception is the operation's errno, and gone at its end", async () => {
    const { iso, act, op } = await loaded();
    expect(op(OPEN)).toBe(0);
    iso.call('op_end', act);
    expect(op(CLOSE)).toBe(1);
    expect(iso.call('exc_errno', act)).toBe(5);
    expect(iso.exception(act)).toMatch(/^Null!!: an exception was thrown, but it is null\n  at Device\.close/);
    iso.call('op_end', act);
    expect(iso.exception(act)).toBe('');
    expect(op(OPEN)).toBe(0);
  });
  test('a stream that a script keeps is closed, the next call gets another', async () => {
    const { iso, act, op, output } = await loaded();
    expect(op(KEEP)).toBe(0);
    expect(output()).toBe('A');
    iso.call('op_end', act);
    expect(op(USE_KEPT)).toBe(1);
    expect(iso.exception(act)).toMatch(/^IO!!/);
    iso.call('op_end', act);
    expect(op(READ)).toBe(0);
    expect(output()).toBe('10');
    iso.call('op_end', act);
  });
  test('more than 64 KiB of output is an exception; the buffer does not stay', async () => {
    const { iso, act, op, output } = await loaded();
    const before = iso.stat(0);
    expect(op(FLOOD)).toBe(1);
    expect(iso.exception(act)).toMatch(/^IO!!/);
    expect(output()).toBe('');
    iso.call('op_end', act);
    for (let i = 0; i < 20; i++) {
      expect(op(READ)).toBe(0);
      iso.call('op_end', act);
    }
    expect(iso.stat(0)).toBeLessThan(before + 80_000);
  });
  test('100,000 operations use no more memory', async () => {
    const { iso, act, op } = await loaded();
    const round = (): void => {
      for (let i = 0; i < 50_000; i++) {
        iso.call('act_set_fuel', act, 1000n);
        op(READ);
        iso.call('op_end', act);
      }
    };
    round();
    const level = iso.stat(2);
    round();
    expect(iso.stat(2)).toBe(level);
  });
  test('no such method, not a handler, no device', async () => {
    const { iso, act, op, device } = await loaded();
    for (const method of [0, -1, 99, 1]) {
      expect(op(method)).toBe(1);
      expect(iso.exception(act)).toMatch(/^NoSuchMethod!!/);
      iso.call('op_end', act);
    }
    expect(iso.call('op_call', act, OPEN ?? 0, 0)).toBe(1);
    iso.call('op_end', act);
    iso.call('device_drop', act, device);
  });
  test('input that does not fit is OutOfMemory', async () => {
    const { iso, act } = await loaded();
    for (const length of [1 << 22, -1]) {
      expect(iso.call('op_input', act, length)).toBe(0);
      expect(iso.call('exc_errno', act)).toBe(12);
      iso.call('op_end', act);
    }
  });
});

test('main receives the arguments', async () => {
  const iso = await Isolate.create(256);
  iso.args = ['one', 'zwei'];
  const image = new ImageBuilder()
    .method({ name: '<top>', frame: 2, code: [['RETV']] })
    .method({
      name: 'main',
      params: 1,
      frame: 32,
      flags: 1,
      code: [['LDI', 1, 1], ['ALDR', 2, 0, 1], ...say(2), ['ALEN', 1, 0], ['I2S', 2, 1], ...say(2), ['RETV']],
    })
    .build({ main: 'main' });
  expect(iso.load(image)).toBe(0);
  expect(iso.call('vm_run', iso.activation())).toBe(0);
  expect(iso.logged).toEqual(['6:zwei', '6:2']);
});

describe('images', () => {
  test('a second image is refused', async () => {
    const { iso } = await loaded();
    expect(iso.load(deviceImage())).toBe(-16);
  });
  test('flipped words never trap the loader; what it accepts runs or throws, within its fuel', async () => {
    const image = deviceImage();
    let accepted = 0;
    for (let at = 0; at + 4 <= image.length; at += 4) {
      for (const flip of [1, 0x80, 0x10000, 0x80000000]) {
        const bad = image.slice();
        const view = new DataView(bad.buffer);
        view.setUint32(at, (view.getUint32(at, true) ^ flip) >>> 0, true);
        const iso = await Isolate.create(128);
        const before = iso.stat(0);
        const verdict = iso.load(bad);
        if (verdict !== 0) {
          expect(verdict === -12 || verdict <= -1000).toBe(true);
          if (verdict !== -12) expect(iso.stat(0)).toBe(before);
          continue;
        }
        accepted++;
        const act = iso.activation(256, 100_000n);
        try {
          expect([0, 1, 2, 3]).toContain(iso.call('vm_run', act));
        } catch (error) {
          // Slots of the wrong kind are left to the sandbox: they may trap, nothing else.
          if (!(error instanceof WebAssembly.RuntimeError)) throw error;
        }
      }
    }
    expect(accepted).toBeGreaterThan(0);
  }, 60_000);
});
