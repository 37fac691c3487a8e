import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';
import { say, show } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const [NORMAL, EXCEPTION, KILLED, WAITING] = [0, 1, 2, 3];
const [WOKEN, TIME, EINTR, EAGAIN, EDEADLK] = [0, 1, 4, 11, 35];
const READ = 2;

/** Waits once for the object in a slot, with a time in ns or -1; R[20] tells whether the time is over. */
const wait = (object: number, until = -1n): Line[] => [
  ['MOV', 22, object],
  ['LDC', 24, until],
  ['CALLN', 20, 'OBJECT_WAIT'],
];

function builder(): ImageBuilder {
  return new ImageBuilder()
    .global('gate', 'Node', true)
    .global('kept', 'Node', true)
    .global('cursor', 'Node', true)
    .cls({
      name: 'Node',
      fields: [
        { name: 'value', type: 'int', ref: false },
        { name: 'next', type: 'Node', ref: true },
      ],
    });
}

interface Machine {
  readonly iso: Isolate;
  readonly act: () => number;
  readonly io: (act: number, offset: number) => number;
  readonly until: (act: number) => bigint;
  readonly output: (act: number) => string;
  readonly device: () => number;
}

/** An isolate with these handlers: method numbers from 2 on; `gate` is a Node made by the top level. */
async function machine(
  handlers: readonly { code: readonly Line[]; params?: number; shape?: number }[],
  options: { kib?: number; slots?: number; extra?: (b: ImageBuilder) => ImageBuilder } = {},
): Promise<Machine> {
  let b = builder().method({ name: '<top>', frame: 32, code: [['NEW', 1, 'Node'], ['GPUTR', 1, 'gate'], ['RETV']] });
  handlers.forEach((h, i) => {
    b = b.method({
      name: `handler${i}`,
      owner: 'DEVICE',
      params: h.params ?? 1,
      shape: h.shape ?? 8,
      frame: 32,
      code: [['GGET', 31, 'gate'], ...h.code, ['RETV']],
    });
  });
  if (options.extra) b = options.extra(b);
  const iso = await Isolate.create(options.kib ?? 512);
  const image = b.build({
    top: '<top>',
    defaultDevice: { [handlers[0]?.shape === 9 ? 'read' : 'open']: 'handler0' },
    scriptName: 'd',
  });
  expect(iso.load(image)).toBe(0);
  const act = (): number => iso.activation(options.slots ?? 1024);
  const first = act();
  expect(iso.call('vm_run', first)).toBe(NORMAL);
  iso.call('op_end', first);
  iso.call('act_free', first);
  const view = (): DataView => new DataView(iso.exports.memory.buffer);
  const io = (a: number, offset: number): number => view().getUint32(iso.call('act_io', a) + offset, true);
  return {
    iso,
    act,
    io,
    until: (a) => view().getBigInt64(iso.call('act_io', a) + 64, true),
    output: (a) => iso.text(io(a, 32), io(a, 36)),
    device: () => iso.devices[0]?.device ?? 0,
  };
}

describe('a call that waits', () => {
  test('returns 3, says for what, and goes on where it was', async () => {
    const m = await machine([{ code: [['LDI', 9, 77], ...wait(31, 5_000_000_000n), ...show(20), ...show(9)] }]);
    for (const [reason, over] of [
      [WOKEN, '0'],
      [TIME, '1'],
    ] as const) {
      const act = m.act();
      expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
      expect([m.io(act, 56) !== 0, m.until(act)]).toEqual([true, 5_000_000_000n]);
      expect(m.iso.call('op_resume', act, reason)).toBe(NORMAL);
      expect(m.iso.logged.splice(0)).toEqual([`6:${over}`, '6:77']);
      m.iso.call('op_end', act);
    }
  });
  test('without a time says -1; a time that has come already does not wait', async () => {
    const m = await machine([{ code: wait(31) }, { code: [...wait(31, 100n), ...show(20)] }]);
    const act = m.act();
    expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
    expect(m.until(act)).toBe(-1n);
    expect(m.iso.call('op_call', act, READ + 1, m.device())).toBe(NORMAL);
    expect(m.iso.logged).toEqual(['6:1']);
  });
  test.each([
    [EINTR, 'Interrupted!!: waiting was interrupted', 4],
    [EAGAIN, 'Errno!!: the call would wait', 11],
    [EDEADLK, 'Errno!!: nothing could ever notify', 35],
    [110, 'Errno!!: waiting failed', 110],
  ])('resumed with %i throws %s', async (reason, text, errno) => {
    const m = await machine([{ code: wait(31) }]);
    const act = m.act();
    m.iso.call('op_call', act, READ, m.device());
    expect(m.iso.call('op_resume', act, reason)).toBe(EXCEPTION);
    expect(m.iso.exception(act)).toBe(`${text}\n  at handler0 (test.k)\n`);
    expect(m.iso.call('exc_errno', act)).toBe(errno);
    m.iso.call('op_end', act);
    expect(m.iso.call('op_resume', act, WOKEN)).toBe(EXCEPTION);
    expect(m.iso.exception(act)).toMatch(/^NoSuchMethod!!: no call waits here/);
  });
  test('may catch that and wait again', async () => {
    const m = await machine([], {
      extra: (b) =>
        b.method({
          name: 'handler0',
          owner: 'DEVICE',
          params: 1,
          shape: 8,
          frame: 32,
          code: [
            ['GGET', 31, 'gate'],
            'from',
            ...wait(31),
            'to',
            ['LDS', 5, 'woken'],
            ...say(5),
            ['RETV'],
            'caught',
            ['LDS', 5, 'caught'],
            ...say(5),
            ['JMP', 'from'],
          ],
          handlers: [{ from: 'from', to: 'to', target: 'caught', cls: 'INTERRUPTED_EXCEPTION', slot: 6 }],
        }),
    });
    const act = m.act();
    const statuses = [
      m.iso.call('op_call', act, READ, m.device()),
      m.iso.call('op_resume', act, EINTR),
      m.iso.call('op_resume', act, EINTR),
      m.iso.call('op_resume', act, WOKEN),
    ];
    expect(statuses).toEqual([WAITING, WAITING, WAITING, NORMAL]);
    expect(m.iso.logged).toEqual(['6:caught', '6:caught', '6:woken']);
  });
  test('keeps its output over the wait', async () => {
    const byte = (value: number): Line[] => [
      ['MOV', 10, 1],
      ['LDI', 11, value],
      ['CALLN', 8, 'OUTPUT_STREAM_WRITE_BYTE'],
    ];
    const m = await machine([{ params: 2, shape: 9, code: [...byte(65), ...wait(31), ...byte(66)] }]);
    const [one, two] = [m.act(), m.act()];
    for (const act of [one, two]) expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
    expect(m.output(one)).toBe('');
    for (const act of [two, one]) {
      expect(m.iso.call('op_resume', act, WOKEN)).toBe(NORMAL);
      expect(m.output(act)).toBe('AB');
    }
  });
  test('notify reaches the host', async () => {
    const m = await machine([
      { code: wait(31) },
      {
        code: [
          ['MOV', 22, 31],
          ['CALLN', 20, 'OBJECT_NOTIFY'],
        ],
      },
    ]);
    const [waiter, waker] = [m.act(), m.act()];
    m.iso.call('op_call', waiter, READ, m.device());
    expect(m.iso.call('op_call', waker, READ + 1, m.device())).toBe(NORMAL);
    expect(m.iso.notified).toEqual([m.io(waiter, 56)]);
  });
});

/** Goes down `R[0]` calls with an object of its own in each frame, waits at the bottom, and adds the objects' values up. */
const deep = (b: ImageBuilder): ImageBuilder =>
  b.method({
    name: 'deep',
    params: 1,
    frame: 32,
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
      ['GGET', 31, 'gate'],
      ...wait(31),
      ['LDI', 2, 0],
      ['RET', 2],
    ],
  });

/** Fills the stack to its end again and again, and makes garbage. */
const churn = (b: ImageBuilder): ImageBuilder =>
  b.method({
    name: 'down',
    params: 1,
    frame: 16,
    code: [['NEW', 2, 'Node'], ['PUTI', 2, 0, 0], ['IADDI', 5, 0, 1], ['CALL', 3, 'down'], ['RETV']],
  });
const churning: Line[] = [
  ['LDC', 9, 50_000n],
  'more',
  ['NEW', 8, 'Node'],
  ['IADDI', 9, 9, -1],
  ['JGTI', 9, 0, 'more'],
  ['LDI', 12, 0],
  ['CALL', 10, 'down'],
];

describe('a parked stack', () => {
  const waiter: Line[] = [['LDI', 12, 20], ['CALL', 10, 'deep'], ...show(10)];
  test('and all that only it refers to outlive other calls and reclaims', async () => {
    const m = await machine([{ code: waiter }, { code: churning }], { slots: 2048, extra: (b) => churn(deep(b)) });
    const waiters = [m.act(), m.act(), m.act()];
    const other = m.act();
    const before = m.iso.stat(3);
    for (const act of waiters) expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
    for (let i = 0; i < 3; i++) {
      expect(m.iso.call('op_call', other, READ + 1, m.device())).toBe(EXCEPTION);
      expect(m.iso.exception(other)).toMatch(/^StackOverflow!!/);
      m.iso.call('op_end', other);
      m.iso.call('act_set_fuel', other, 10_000_000n);
    }
    for (const act of waiters.reverse()) {
      expect(m.iso.call('op_resume', act, WOKEN)).toBe(NORMAL);
      m.iso.call('op_end', act);
    }
    expect(m.iso.logged).toEqual(['6:210', '6:210', '6:210']);
    m.iso.call('op_call', other, READ + 1, m.device());
    m.iso.call('op_end', other);
    m.iso.call('op_call', other, READ + 1, m.device());
    m.iso.call('op_end', other);
    expect(m.iso.stat(3)).toBeLessThan(before + 3000);
  });
  test('is given back by act_free and op_end, with what it referred to', async () => {
    const m = await machine([{ code: waiter }, { code: churning.slice(0, 5) }], {
      slots: 2048,
      extra: (b) => churn(deep(b)),
    });
    const other = m.act();
    const level = (): readonly number[] => {
      // Twice: the first makes a reclaim due, the second has nothing new of its own.
      for (let i = 0; i < 2; i++) {
        m.iso.call('act_set_fuel', other, 10_000_000n);
        expect(m.iso.call('op_call', other, READ + 1, m.device())).toBe(NORMAL);
        m.iso.call('op_end', other);
      }
      return [m.iso.stat(0), m.iso.stat(3)];
    };
    m.iso.call('op_call', other, READ, m.device());
    m.iso.call('op_end', other);
    const before = level();
    for (let i = 0; i < 50; i++) {
      const act = m.act();
      expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
      if (i % 2 === 0) m.iso.call('op_end', act);
      m.iso.call('act_free', act);
    }
    expect(level()).toEqual(before);
  });
  test('without memory for it, wait throws OutOfMemory, and the call goes on with it', async () => {
    const hoard: Line[] = [
      ['LDI', 12, 190],
      ['GGET', 13, 'gate'],
      ['PUTR', 13, 1, 13],
      'more',
      ['NEW', 8, 'Node'],
      ['GGET', 9, 'kept'],
      ['PUTR', 8, 1, 9],
      ['GPUTR', 8, 'kept'],
      ['JMP', 'more'],
    ];
    const m = await machine(
      [{ code: hoard }, { code: waiter.map((l): Line => (l[1] === 12 ? ['LDI', 12, 190] : l)) }],
      {
        kib: 256,
        slots: 8192,
        extra: deep,
      },
    );
    const act = m.act();
    expect(m.iso.call('op_call', act, READ, m.device())).toBe(EXCEPTION);
    m.iso.call('op_end', act);
    expect(m.iso.call('op_call', act, READ + 1, m.device())).toBe(EXCEPTION);
    expect(m.iso.exception(act)).toMatch(/^OutOfMemory!!/);
    expect(m.iso.call('op_resume', act, WOKEN)).toBe(EXCEPTION);
  });
  test('ends where the stack ends, after it was unparked too', async () => {
    const m = await machine([{ code: [...wait(31), ['LDI', 12, 0], ['CALL', 10, 'down']] }], { extra: churn });
    const act = m.act();
    expect(m.iso.call('op_call', act, READ, m.device())).toBe(WAITING);
    expect(m.iso.call('op_resume', act, WOKEN)).toBe(EXCEPTION);
    expect(m.iso.exception(act)).toMatch(/^StackOverflow!!/);
  });
});

describe('fuel', () => {
  const loop: Line[] = ['loop', ...wait(31), ['JMP', 'loop']];
  test('is kept over waits and ends them', async () => {
    const m = await machine([{ code: loop }]);
    const act = m.act();
    m.iso.call('act_set_fuel', act, 1000n);
    let status = m.iso.call('op_call', act, READ, m.device());
    let waits = 0;
    let fuel = 1000;
    while (status === WAITING) {
      const left = Number(m.iso.call('act_fuel', act));
      expect(left).toBeLessThan(fuel);
      fuel = left;
      waits++;
      status = m.iso.call('op_resume', act, WOKEN);
    }
    expect([status, waits > 10]).toEqual([EXCEPTION, true]);
    expect(m.iso.exception(act)).toMatch(/^Timeout!!/);
  });
  test('a host that says stop ends the call for good', async () => {
    const m = await machine([{ code: loop }]);
    m.iso.safepoint = () => 1;
    const act = m.act();
    m.iso.call('act_set_fuel', act, 200_000n);
    let status = m.iso.call('op_call', act, READ, m.device());
    while (status === WAITING) status = m.iso.call('op_resume', act, WOKEN);
    expect(status).toBe(KILLED);
    expect(m.iso.call('op_resume', act, WOKEN)).toBe(EXCEPTION);
  });
});

test('the script itself may wait: top level, then main, then its device', async () => {
  const text = (word: string): Line[] => [['LDS', 5, word], ...say(5)];
  const body = (word: string): Line[] => [['NEW', 1, 'Node'], ...wait(1), ...text(word), ['RETV']];
  const image = builder()
    .method({ name: '<top>', frame: 32, code: body('top') })
    .method({ name: 'main', frame: 32, flags: 1, code: body('main') })
    .method({ name: 'open', owner: 'DEVICE', params: 1, shape: 8, frame: 2, code: [['RETV']] })
    .build({ top: '<top>', main: 'main', defaultDevice: { open: 'open' }, scriptName: 'd' });
  const iso = await Isolate.create(256);
  expect(iso.load(image)).toBe(0);
  const act = iso.activation(1024);
  expect(iso.call('vm_run', act)).toBe(WAITING);
  expect(iso.call('op_resume', act, TIME)).toBe(WAITING);
  expect([iso.logged, iso.devices.length]).toEqual([['6:top'], 0]);
  expect(iso.call('op_resume', act, TIME)).toBe(NORMAL);
  expect([iso.logged, iso.devices.length]).toEqual([['6:top', '6:main'], 1]);
});
