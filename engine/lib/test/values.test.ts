import { beforeAll, describe, expect, test } from 'vitest';
import { Isolate, vmModule } from '../../vm/test/isolate.js';
import type { ImageBuilder } from '../../bytecode/test/assembler.js';
import { Program, answer, type Literal } from './program.js';

beforeAll(async () => {
  await vmModule();
}, 120_000);

const least = -9_223_372_036_854_775_808n;
const cases: [string, 'int' | 'boolean' | 'object', Literal[], string][] = [
  ['INT_TO_HEX', 'object', [255], 'ff'],
  ['INT_TO_HEX', 'object', [0], '0'],
  ['INT_TO_HEX', 'object', [-1], 'ffffffffffffffff'],
  ['INT_ABS', 'int', [-5], '5'],
  ['INT_ABS', 'int', [least], String(least)],
  ['INT_MIN', 'int', [3, -4], '-4'],
  ['INT_MAX', 'int', [3, -4], '3'],
  ['INT_TO_CHAR', 'object', [0x65e5], '日'],
  ['INT_TO_CHAR', 'object', [0xd800], '! OutOfIndex!!: no character has code point 55296'],
  ['INT_TO_CHAR', 'object', [0x110000], '! OutOfIndex!!: no character has code point 1114112'],
  ['INT_TO_CHAR', 'object', [-1], '! OutOfIndex!!: no character has code point -1'],
  ['MATH_ABS', 'int', [-7], '7'],
  ['MATH_MIN', 'int', [1, 2], '1'],
  ['MATH_MAX', 'int', [1, 2], '2'],
  ['MATH_POW', 'int', [3, 4], '81'],
  ['MATH_POW', 'int', [-2, 63], String(least)],
  ['MATH_POW', 'int', [0, 0], '1'],
  ['MATH_POW', 'int', [2, 9223372036854775807n], '0'],
  ['MATH_POW', 'int', [2, -1], '! Arithmetic!!: exponent -1 is negative'],
  ['MATH_SQRT', 'int', [0], '0'],
  ['MATH_SQRT', 'int', [15], '3'],
  ['MATH_SQRT', 'int', [16], '4'],
  ['MATH_SQRT', 'int', [9223372036854775807n], '3037000499'],
  ['MATH_SQRT', 'int', [-1], '! Arithmetic!!: -1 has no square root: it is negative'],
  ['OBJECT_EQUALS', 'boolean', ['ab', 'ab'], 'true'],
  ['OBJECT_EQUALS', 'boolean', ['ab', null], 'false'],
  ['OBJECT_EQUALS', 'boolean', [[1n], [1n]], 'false'],
  ['OBJECT_GET_CLASS_NAME', 'object', [['a']], 'Array'],
  ['OBJECT_TO_STRING', 'object', [[true, false]], '[true, false]'],
  ['SYSTEM_TIME', 'int', [], '1700000000000'],
  ['SYSTEM_NANO_TIME', 'int', [], '123456789'],
  ['KERNEL_TIME', 'int', [], '123456789'],
  ['KERNEL_VERSION', 'object', [], 'test 1.0'],
];
test.each(cases)('%s', async (name, kind, args, expected) => expect(await answer(name, kind, ...args)).toBe(expected));

test('boxes and objects', async () => {
  const program = new Program();
  const [one, other, yes, object] = [
    program.slot('object'),
    program.slot('object'),
    program.slot('object'),
    program.slot('object'),
  ];
  program.emit(
    ['LDI', 300, -7],
    ['BOXI', one.slot, 300],
    ['BOXI', other.slot, 300],
    ['LDI', 300, 1],
    ['BOXB', yes.slot, 300],
    ['NEW', object.slot, 0],
  );
  program
    .show(one)
    .show(yes)
    .show(object)
    .show(program.call('OBJECT_EQUALS', 'boolean', one, other))
    .show(program.call('OBJECT_EQUALS', 'boolean', one, yes));
  program
    .show(program.call('OBJECT_HASH_CODE', 'int', one))
    .show(program.call('OBJECT_EQUALS', 'boolean', object, object));
  const hashes = ['ab', program.call('STRING_REPEAT', 'object', 'ab', 1)].map((text) =>
    program.call('OBJECT_HASH_CODE', 'int', text),
  );
  program.emit(['IEQ', 300, hashes[0]?.slot ?? 0, hashes[1]?.slot ?? 0]).show({ slot: 300, kind: 'boolean' });
  expect((await program.run()).lines).toEqual(['-7', 'true', 'Object', 'true', 'false', '-7', 'true', 'true']);
});

describe('exceptions', () => {
  test('message, text, stack', async () => {
    const program = new Program();
    const e = program.slot('object');
    program.emit(['NEW', e.slot, 'IO_EXCEPTION']);
    program.call('EXCEPTION_NEW', 'int', e, 'disk 日 full', null);
    program
      .show(e)
      .show(program.call('OBJECT_GET_CLASS_NAME', 'object', e))
      .show(program.call('EXCEPTION_GET_STACK', 'object', e));
    program.emit('try', ['THROW', e.slot], 'caught').show(program.call('EXCEPTION_GET_STACK', 'object', e));
    const handlers = [{ from: 'try', to: 'caught', target: 'caught', cls: -1, slot: 379 }];
    expect((await program.run({ handlers })).lines).toEqual([
      'IO!!: disk 日 full',
      'IOException',
      '',
      '  at <top> (test.k:1)\n',
    ]);
  });
  test('Errno!! has its errno; an exception without a message is its name', async () => {
    const program = new Program();
    const e = program.slot('object');
    program.emit(['NEW', e.slot, 'ERRNO_EXCEPTION']);
    program.call('ERRNO_EXCEPTION_NEW', 'int', e, 16, '');
    program.show(e).emit(['THROW', e.slot]);
    const { lines, isolate, act } = await program.run();
    expect(lines).toEqual(['Errno!!']);
    expect(isolate.call('exc_errno', act)).toBe(16);
  });
});

test('Task.current is the calling task, one object while nothing about it changes', async () => {
  const program = new Program();
  const task = program.call('TASK_CURRENT', 'object');
  for (let slot = 0; slot < 4; slot++) program.emit(['GETI', 300, task.slot, slot]).show({ slot: 300, kind: 'int' });
  program.emit(['GETR', 300, task.slot, 4]).show({ slot: 300, kind: 'object' });
  program
    .emit(['REQ', 301, task.slot, program.call('TASK_CURRENT', 'object').slot])
    .show({ slot: 301, kind: 'boolean' });
  expect((await program.run()).lines).toEqual(['100', '101', '102', '103', 'vitest', 'true']);
});

test('arguments of main', async () => {
  const program = new Program();
  program.show(program.call('MAIN_ARGS', 'object'));
  expect((await program.run({ ready: (isolate) => (isolate.args = ['a', '日本', 'x'.repeat(5000)]) })).lines).toEqual([
    `[a, 日本, ${'x'.repeat(5000)}]`,
  ]);
  const empty = new Program();
  empty.show(empty.call('MAIN_ARGS', 'object'));
  expect((await empty.run()).lines).toEqual(['[]']);
});

describe('Device', () => {
  const withClasses = (program: Program): ImageBuilder =>
    program.builder
      .method({ name: 'Hello.read', params: 2, frame: 2, shape: 9, code: [['RETV']] })
      .method({ name: 'Loud.open', params: 1, frame: 1, shape: 8, code: [['RETV']] })
      .method({ name: 'Device.close', params: 1, frame: 1, shape: 8, code: [['RETV']] })
      .cls({ name: 'Hello', super: 'DEVICE', ops: { read: 'Hello.read', flags: 1 } })
      .cls({ name: 'Loud', super: 'Hello', ops: { open: 'Loud.open' } });
  function make(program: Program, cls: string, name: string): { slot: number; kind: 'object' } {
    const device = program.slot('object');
    program.emit(['NEW', device.slot, cls]);
    program.call('DEVICE_NEW', 'int', device, name);
    return { slot: device.slot, kind: 'object' };
  }
  async function register(
    name: string,
    ready?: (isolate: Isolate) => void,
    more?: (program: Program, device: { slot: number; kind: 'object' }) => void,
  ): Promise<{ exception: string; isolate: Isolate }> {
    const program = new Program();
    withClasses(program);
    const device = make(program, 'Loud', name);
    program.call('DEVICE_REGISTER', 'int', device);
    more?.(program, device);
    return program.run({ image: { deviceMode: 0o644 }, ...(ready ? { ready } : {}) });
  }

  test('each handler comes from the nearest class, those on Device last', async () => {
    const program = new Program();
    withClasses(program);
    program.call('DEVICE_REGISTER', 'int', make(program, 'Loud', 'loud-1_x'));
    program.call('DEVICE_REGISTER', 'int', make(program, 'Hello', ''));
    const { isolate, exception } = await program.run({
      image: { deviceMode: 0o644, defaultDevice: { close: 'Device.close' } },
    });
    expect(exception).toBe('');
    const [loud, hello] = isolate.devices;
    expect(loud).toMatchObject({ name: 'loud-1_x', mode: 0o644, ops: [2, 1, 0, 3, 0, 0, 0, 1] });
    expect(hello).toMatchObject({ name: '', ops: [0, 1, 0, 3, 0, 0, 0, 1] });
  });
  test.each(['1abc', '-a', 'a/b', 'a b', '日', 'x'.repeat(32), 'a.b', 'a\0'])('name %j is not valid', async (name) => {
    expect((await register(name)).exception).toBe(
      `IO!!: device name "${name}" is not valid: at most 31 letters, digits, - and _, a letter first`,
    );
  });
  test('the longest name', async () => expect((await register('Z'.repeat(31))).exception).toBe(''));
  test.each([
    [-17, 'IO!!: device name hello is taken'],
    [-16, 'IO!!: device hello comes too late: devices are registered while their script is loaded'],
    [-12, 'OutOfMemory!!: the heap of this script is used up'],
    [-22, 'IO!!: registering device hello failed, errno 22'],
  ])('the host says %i', async (status, text) => {
    expect((await register('hello', (isolate) => (isolate.registerStatus = status))).exception).toBe(text);
  });
  test('twice is an error, and so is taking away what is not there', async () => {
    expect((await register('hello', undefined, (p, d) => p.call('DEVICE_REGISTER', 'int', d))).exception).toBe(
      'IO!!: device hello is registered already',
    );
    const gone = await register('hello', undefined, (p, d) => {
      p.call('DEVICE_UNREGISTER', 'int', d);
      p.call('DEVICE_UNREGISTER', 'int', d);
    });
    expect(gone.exception).toBe('IO!!: device hello is not registered');
  });
  test('a registered object stays alive until the host drops it', async () => {
    const { isolate } = await register('hello');
    const device = isolate.devices[0]?.device ?? 0;
    const count = (): number => new DataView(isolate.exports.memory.buffer).getInt32(device + 4, true);
    expect(count()).toBe(1);
    isolate.call('device_drop', 0, device);
    expect(count()).toBe(0);
  });
});
