/** Functions of the host, as the VM calls them: records of arguments and results, handles, what must be refused. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';
import { FRAME, show, say } from './run-code.js';

beforeAll(async () => void (await vmModule()), 120_000);

const [NULL, INT, BOOLEAN, STRING, HANDLE] = [0, 1, 2, 3, 4];

interface Record {
  readonly kind: number;
  readonly value: bigint;
  readonly text: string;
}
/** What a function of the host sees and gives. */
class Call {
  constructor(
    private readonly iso: Isolate,
    readonly name: string,
    private readonly at: number,
    readonly count: number,
  ) {}
  private get view(): DataView {
    return new DataView(this.iso.exports.memory.buffer);
  }
  get args(): Record[] {
    return Array.from({ length: this.count }, (_, index) => {
      const at = this.at + 16 * index;
      const [kind, value] = [this.view.getUint32(at, true), this.view.getBigInt64(at + 8, true)];
      const text = kind === STRING ? this.iso.text(Number(value), this.view.getUint32(at + 4, true)) : '';
      return { kind, value, text };
    });
  }
  give(kind: number, value: bigint | number, length = 0): void {
    this.view.setUint32(this.at, kind, true);
    this.view.setUint32(this.at + 4, length, true);
    this.view.setBigInt64(this.at + 8, BigInt(value), true);
  }
  giveText(text: string | Uint8Array): void {
    const area = this.at + 16 * Math.max(this.count, 1);
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    expect(this.view.getUint32(area + 4, true)).toBe(4096);
    const to = Number(this.view.getBigInt64(area + 8, true));
    new Uint8Array(this.iso.exports.memory.buffer).set(bytes, to);
    this.give(STRING, to, bytes.length);
  }
}

interface Outcome {
  readonly status: number;
  readonly log: string[];
  readonly exception: string;
  readonly errno: number;
  readonly iso: Isolate;
}

/** Runs code whose calls of the host `body` answers. */
async function run(
  builder: ImageBuilder,
  code: readonly Line[],
  body: (call: Call) => number | undefined,
): Promise<Outcome> {
  const iso = await Isolate.create(512);
  iso.hostCall = (name, at, count) => body(new Call(iso, name, at, count)) ?? 0;
  const image = builder.method({ name: '<top>', frame: FRAME, code: [...code, ['RETV']] }).build({ top: '<top>' });
  expect(iso.load(image)).toBe(0);
  const act = iso.activation(4096, 100_000n);
  const status = iso.call('vm_run', act);
  const exception = status === 1 ? iso.exception(act) : '';
  const errno = status === 1 ? iso.call('exc_errno', act) : 0;
  return { iso, status, exception, errno, log: iso.logged.map((line) => line.slice(2)) };
}

const handle = { name: 'handle', type: 'int', ref: false };
const bound = (): ImageBuilder =>
  new ImageBuilder()
    .cls({ name: 'Dice', fields: [handle], flags: 4 })
    .cls({ name: 'Plain', fields: [{ name: 'number', type: 'int', ref: false }] })
    .host('Dice.new', 'N(H)')
    .host('Dice.roll', 'I(H)')
    .host('Dice.copy', 'H(H)', 'Dice')
    .host('Dice.find', 'h()', 'Dice')
    .host('Dice.see', 'V(O)');
const made: Line[] = [
  ['NEW', 2, 'Dice'],
  ['MOV', 0, 2],
  ['CALLH', 0, 'Dice.new'],
];

describe('arguments', () => {
  test('arrive as they are declared, behind them room for text', async () => {
    const seen: Record[] = [];
    const { status } = await run(
      new ImageBuilder().host('A.f', 'V(IBSso)'),
      [
        ['LDC', 0, -5_000_000_000n],
        ['LDI', 1, 7],
        ['LDS', 2, 'é'],
        ['LDNULL', 3],
        ['LDNULL', 4],
        ['CALLH', 0, 'A.f'],
      ],
      (call) => {
        seen.push(...call.args);
        return 0;
      },
    );
    expect(status).toBe(0);
    expect(seen.map(({ kind }) => kind)).toEqual([INT, BOOLEAN, STRING, NULL, NULL]);
    expect([seen[0]?.value, seen[1]?.value, seen[2]?.text]).toEqual([-5_000_000_000n, 1n, 'é']);
  });
  test('of type Object are what they are', async () => {
    const kinds: number[] = [];
    await run(
      bound(),
      [
        ...made,
        ['MOV', 0, 2],
        ['CALLH', 0, 'Dice.see'],
        ['LDI', 1, 9],
        ['BOXI', 0, 1],
        ['CALLH', 0, 'Dice.see'],
        ['BOXB', 0, 1],
        ['CALLH', 0, 'Dice.see'],
        ['LDS', 0, 'x'],
        ['CALLH', 0, 'Dice.see'],
      ],
      (call) => {
        if (call.name === 'Dice.new') call.give(HANDLE, 5);
        else kinds.push(call.args[0]?.kind ?? -1);
        return 0;
      },
    );
    expect(kinds).toEqual([HANDLE, INT, BOOLEAN, STRING]);
  });
  test.each<[string, string, Line[], string]>([
    ['null for a String', 'V(S)', [['LDNULL', 0]], 'Null!!: argument 1 of A.f is null'],
    [
      'null for an object',
      'V(IH)',
      [
        ['LDI', 0, 1],
        ['LDNULL', 1],
      ],
      'Null!!: argument 2 of A.f is null',
    ],
    ['an array', 'V(O)', [['NEWA', 0, 0, 1]], 'ClassCast!!: argument 1 of A.f cannot leave the script'],
    [
      'an object without a handle',
      'V(H)',
      [['NEW', 0, 'Plain']],
      'ClassCast!!: argument 0 of A.f cannot leave the script',
    ],
    ['a String for an object', 'V(H)', [['LDS', 0, 'x']], 'ClassCast!!: argument 0 of A.f cannot leave the script'],
    ['an object for a String', 'V(S)', [['NEW', 0, 'Dice']], 'ClassCast!!: argument 1 of A.f cannot leave the script'],
  ])('%s does not reach the host', async (_, signature, code, message) => {
    let calls = 0;
    const { exception } = await run(bound().host('A.f', signature), [...code, ['CALLH', 0, 'A.f']], () => {
      calls++;
      return 0;
    });
    expect(exception.split('\n')[0]).toBe(message);
    expect(calls).toBe(0);
  });
  test('that are long cost fuel', async () => {
    const { exception } = await run(
      new ImageBuilder().host('A.f', 'V(S)'),
      [['LDS', 1, 'x'.repeat(60_000)], 'again', ['MOV', 0, 1], ['CALLH', 0, 'A.f'], ['JMP', 'again']],
      () => 0,
    );
    expect(exception).toContain('Timeout!!');
  });
});

describe('results', () => {
  const text = (bytes: string | Uint8Array, signature = 'S()'): Promise<Outcome> =>
    run(new ImageBuilder().host('A.f', signature), [['CALLH', 0, 'A.f'], ...say(0)], (call) => {
      call.giveText(bytes);
      return 0;
    });
  test('texts are copied, and become UTF-8', async () => {
    expect((await text('木の葉')).log).toEqual(['木の葉']);
    expect((await text('', 's()')).log).toEqual(['']);
    expect((await text('x'.repeat(4096))).log).toEqual(['x'.repeat(4096)]);
    expect((await text(Uint8Array.of(0x61, 0xff, 0x62))).log).toEqual(['a\ufffdb']);
    expect((await text(new Uint8Array(4096).fill(0xff))).log).toEqual(['\ufffd'.repeat(4096)]);
  });
  test('a length beyond the room is cut', async () => {
    const { log } = await run(new ImageBuilder().host('A.f', 'S()'), [['CALLH', 0, 'A.f'], ...say(0)], (call) => {
      call.giveText('x'.repeat(4096));
      call.give(STRING, 0, 0xffffffff);
      return 0;
    });
    expect(log).toEqual(['x'.repeat(4096)]);
  });
  test('integers are taken over', async () => {
    const { log } = await run(new ImageBuilder().host('A.f', 'I()'), [['CALLH', 0, 'A.f'], ...show(0)], (call) => {
      call.give(INT, -(2n ** 63n));
      return 0;
    });
    expect(log).toEqual(['-9223372036854775808']);
  });
  test.each([
    ['I()', BOOLEAN, 1],
    ['I()', NULL, 0],
    ['B()', INT, 1],
    ['S()', NULL, 0],
    ['S()', HANDLE, 3],
    ['s()', INT, 0],
    ['H()', NULL, 0],
    ['h()', HANDLE, 0],
    ['H()', 99, 0],
  ])('%s does not take kind %i', async (signature, kind, value) => {
    const cls = /^h/i.test(signature) ? 'Dice' : 0;
    const { exception, iso } = await run(bound().host('A.f', signature, cls), [['CALLH', 0, 'A.f']], (call) => {
      call.give(kind, value);
      return 0;
    });
    expect(exception).toContain('Type!!: A.f did not give what its declaration says');
    expect(iso.dropped).toEqual(kind === HANDLE && value !== 0 ? [value] : []);
  });
});

describe('handles', () => {
  const dice = (call: Call, next: () => number): number => {
    if (call.name === 'Dice.roll') call.give(INT, call.args[0]?.value ?? -1);
    else call.give(HANDLE, next());
    return 0;
  };
  test('come with every use of their object', async () => {
    let last = 40;
    const { log, iso } = await run(
      bound(),
      [
        ...made,
        ['MOV', 0, 2],
        ['CALLH', 0, 'Dice.roll'],
        ...show(0),
        ['MOV', 0, 2],
        ['CALLH', 0, 'Dice.copy'],
        ['CALLH', 0, 'Dice.roll'],
        ...show(0),
        ['CALLH', 0, 'Dice.find'],
        ['CALLH', 0, 'Dice.roll'],
        ...show(0),
      ],
      (call) => dice(call, () => ++last),
    );
    expect(log).toEqual(['41', '42', '43']);
    expect(iso.dropped).toEqual([]);
  });
  test('are dropped once when nobody holds the object, soon and in any number', async () => {
    let last = 0;
    const { iso, status } = await run(
      bound(),
      [['LDI', 3, 1000], 'again', ...made, ['IADDI', 3, 3, -1], ['JGTI', 3, 0, 'again']],
      (call) => dice(call, () => ++last),
    );
    expect(status).toBe(0);
    expect(iso.dropped.length).toBeGreaterThan(200);
    expect(new Set(iso.dropped).size).toBe(iso.dropped.length);
    expect(Math.max(...iso.dropped)).toBeLessThanOrEqual(1000);
  });
  test('are not given to an object that has one', async () => {
    let last = 6;
    const { exception, iso } = await run(bound(), [...made, ['MOV', 0, 2], ['CALLH', 0, 'Dice.new']], (call) =>
      dice(call, () => ++last),
    );
    expect(exception).toContain('Type!!');
    expect(iso.dropped).toEqual([8]);
  });
  test('are 0 for an object whose making failed', async () => {
    const { log } = await run(bound(), [['NEW', 0, 'Dice'], ['CALLH', 0, 'Dice.roll'], ...show(0)], (call) =>
      dice(call, () => 1),
    );
    expect(log).toEqual(['0']);
  });
});

describe('exceptions', () => {
  test.each([
    [1, 'Security!!'],
    [4, 'Interrupted!!'],
    [5, 'IO!!'],
    [12, 'OutOfMemory!!'],
    [22, 'Errno!!'],
    [110, 'Timeout!!'],
  ])('errno %i is %s', async (errno, name) => {
    const outcome = await run(new ImageBuilder().host('A.f', 'V()'), [['CALLH', 0, 'A.f']], (call) => {
      call.giveText('because');
      return -errno;
    });
    expect(outcome.exception).toMatch(new RegExp(`^${name}: because\n  at <top>`));
    expect(outcome.errno).toBe(errno);
  });
  test('without a message, or with a bad one, name the function', async () => {
    for (const length of [0, 4097, 0xffffffff]) {
      const outcome = await run(new ImageBuilder().host('A.f', 'V()'), [['CALLH', 0, 'A.f']], (call) => {
        call.give(STRING, 0, length);
        return -71;
      });
      expect(outcome.exception).toContain('Errno!!: A.f failed, errno 71\n');
      expect(outcome.errno).toBe(71);
    }
  });
});

test('a function that the host does not know refuses the image', async () => {
  const iso = await Isolate.create(512);
  iso.bound.push = () => -1;
  const builder = new ImageBuilder().host('A.f', 'V()').method({ name: '<top>', frame: 1, code: [['RETV']] });
  expect(iso.load(builder.build())).toBe(-2);
});
