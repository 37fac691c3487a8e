import { describe, expect, test } from 'vitest';
import { ALL, compile, collector, Isolate, wasmCode, type NativeCode, type Outcome } from '@konoha/host-node';
import { ADDRESS, KIR_NAMES } from '../../src/jit/kir.js';

const HEADER_WORDS = 16;

/** KIR of a method without parameters: opcode, d, a, b, x, y, t of each record. */
function kir(records: readonly (readonly number[])[], entries: readonly number[] = [0]): Uint8Array {
  const bytes = new Uint8Array(4 * HEADER_WORDS + 16 * records.length);
  const view = new DataView(bytes.buffer);
  [0x3152494b, 0, 4, records.length, entries.length, ...entries].forEach((word, i) =>
    view.setUint32(4 * i, word, true),
  );
  records.forEach(([op = 0, d = 0, a = 0, b = 0, x = 0, y = 0, t = 0], i) => {
    const at = 4 * HEADER_WORDS + 16 * i;
    bytes.set([op, d, a, b], at);
    view.setInt32(at + 4, x, true);
    view.setInt32(at + 8, y, true);
    view.setUint32(at + 12, t, true);
  });
  return bytes;
}

const [LI, RET, LDF, JMP, JCCI, ADDRC, LDA, CALL] = (
  ['LI', 'RET', 'LDF', 'JMP', 'JCCI', 'ADDRC', 'LDA', 'CALL'] as const
).map((name) => KIR_NAMES.indexOf(name) + 1) as [number, number, number, number, number, number, number, number];
const MEMORY = new WebAssembly.Memory({ initial: 2 });
const RUNTIME = new WebAssembly.Instance(
  // (func (export "run") (param i32 i32 i32 i32) (result i32) i32.const -1)
  new WebAssembly.Module(
    Uint8Array.of(
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 9, 1, 0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 1, 0x7f, 3, 2, 1, 0],
      ...[7, 7, 1, 3, 0x72, 0x75, 0x6e, 0, 0, 10, 6, 1, 4, 0, 0x41, 0x7f, 0x0b],
    ),
  ),
).exports['run']!;

function code(): NativeCode {
  return wasmCode(ALL)({
    memory: () => MEMORY,
    buffer: () => MEMORY.buffer,
    runtime: () => RUNTIME,
    run: () => -1,
  });
}

describe('what is installed', () => {
  test('a method that returns a number', () => {
    const native = code();
    expect(
      native.install([
        kir([
          [LI, 2, 0, 0, 42],
          [RET, 0, 2],
        ]),
      ]),
    ).toBe(true);
    expect(native.enter(1024, 0, 0, 2048, 60_000, 65_536)).toBe(0);
    expect(new DataView(MEMORY.buffer).getBigInt64(2048 - 16, true)).toBe(42n);
    expect(new DataView(MEMORY.buffer).getInt32(1024 + 184, true)).toBe(60_000);
  });

  test('nothing of a unit in which one method is not known', () => {
    const native = code();
    expect(
      native.install([
        kir([
          [LI, 2, 0, 0, 42],
          [RET, 0, 2],
        ]),
        kir([[250]]),
      ]),
    ).toBe(false);
    expect(native.enter(1024, 0, 0, 2048, 60_000, 65_536)).toBe(3);
  });

  test.each([
    ['an unknown opcode', [[250]]],
    [
      'a slot outside of the frame',
      [
        [LDF, 2, 0, 0, 4],
        [RET, 0, 2],
      ],
    ],
    ['a jump to nowhere', [[JMP, 0, 0, 0, 0, 0, 77]]],
    ['an end without a return', [[LI, 2, 0, 0, 42]]],
    [
      'a condition that there is not',
      [
        [LI, 2],
        [JCCI, 0, 2, 0, 0, 9, 2],
        [RET, 0, 2],
      ],
    ],
    [
      'a load of three bytes',
      [
        [ADDRC, ADDRESS, 0, 0, 64],
        [LDA, 2, ADDRESS, 3],
        [RET, 0, 2],
      ],
    ],
    [
      'a call without what follows',
      [
        [CALL, 0, 0, 0, 0, 0, 1],
        [RET, 0, 2],
      ],
    ],
  ])('not %s', (_, records) => {
    expect(code().install([kir(records)])).toBe(false);
  });

  test('no bytes that are no KIR', () => {
    expect(code().install([new Uint8Array(10)])).toBe(false);
    expect(code().install([new Uint8Array(64)])).toBe(false);
  });
});

describe('what is refused', () => {
  const method = kir([
    [LI, 2, 0, 0, 42],
    [RET, 0, 2],
  ]);

  test.each([
    ['a method without code', [1024, 1, 0, 2048, 60_000, 65_536]],
    ['a method far behind all', [1024, 0x7fffffff, 0, 2048, 60_000, 65_536]],
    ['an entry that it has not', [1024, 0, 3, 2048, 60_000, 65_536]],
    ['too little fuel', [1024, 0, 0, 2048, 4096, 65_536]],
    ['more fuel than a slice', [1024, 0, 0, 2048, 65_537, 65_536]],
    ['negative fuel', [1024, 0, 0, 2048, -1, 65_536]],
    ['a frame behind the stack', [1024, 0, 0, 65_536 - 8, 60_000, 65_536]],
  ] as const)('%s', (_, [act, index, entry, fp, slice, limit]) => {
    const native = code();
    native.install([method]);
    expect(native.enter(act, index, entry, fp, slice, limit)).toBe(3);
  });

  test('everything after a reset', () => {
    const native = code();
    native.install([method]);
    native.reset();
    expect(native.enter(1024, 0, 0, 2048, 60_000, 65_536)).toBe(3);
    expect(native.install([method])).toBe(true);
    expect(native.enter(1024, 0, 0, 2048, 60_000, 65_536)).toBe(0);
  });
});

describe('deep recursion', () => {
  function run(source: string, native: boolean): { outcome: Outcome; output: string; fuel: bigint } {
    const { sink, text } = collector();
    const isolate = new Isolate(compile(source, 'deep.k').image, {
      heap: 64 << 20,
      stackSlots: 1 << 20,
      streams: { out: sink, err: sink, in: () => 0 },
      ...(native ? { native: wasmCode(ALL) } : {}),
    });
    return { outcome: isolate.run(), output: text(), fuel: isolate.fuel };
  }

  test.each([
    [
      'that ends',
      'int sum(int n) { if (n == 0) return 0; int rest = sum(n - 1); return rest + n; }\nOUT << sum(100000) << EOL;',
    ],
    ['that never ends', 'int down(int n) { int rest = down(n + 1); return rest + n; }\nOUT << down(0) << EOL;'],
    [
      'of two with many values',
      `int odd(int a, int b, int c, int d, int e, int f) { return even(b, c, d, e, f, a + 1) + a * b + c; }
int even(int a, int b, int c, int d, int e, int f) { return odd(f, a, b, c, d, e) + odd(a, b, c, d, e, f) + f; }
try { OUT << odd(1, 2, 3, 4, 5, 6) << EOL; } catch (StackOverflow!! e) { OUT << "caught" << EOL; }`,
    ],
  ])('%s', (_, source) => {
    expect(run(source, true)).toEqual(run(source, false));
  });
});
