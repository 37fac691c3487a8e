/** ioctl from text to ABI: command numbers, C structs in and out, and the header that a C program includes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '@konoha/host-node';
import * as img from '../engine/bytecode/image.js';
import { vmModule } from '../engine/vm/test/isolate.js';
import { Driver, OPEN, type Answer, type Call } from './support/device-driver.js';

beforeAll(async () => void (await vmModule()), 120_000);

const SCRIPT = `
@Name("my-tool")
@Magic(0x4b)
@Struct class AllKinds {
    @U8 int low;
    int wide;
    @I8 int small;
    @U16 int half;
    @I16 int signed;
    @U32 int word;
    @I32 int other;
    boolean open;
    @Size(6) String name = "";
    @U8 int register;
}
@Struct class Pair(int a, int b);
class Session { int count = 0; }
class HTTPTool extends Device<Session> {
    Session open() { return new Session(); }
    @Ioctl(1) void reset(Session s) { s.count = 0; }
    @Ioctl(2) int next(Session s) { return ++s.count; }
    @Ioctl(3) void setAll(AllKinds k) {
        Kernel.log("\${k.low} \${k.wide} \${k.small} \${k.half} \${k.signed} \${k.word} \${k.other} \${k.open} \${k.name} \${k.register}");
    }
    @Ioctl(4) Pair getPair(File f) { return new Pair(f.id, 7); }
    @Ioctl(5) AllKinds swap(AllKinds k, File f, Session s) { k.open = not k.open; k.name = k.name + "!"; return k; }
    @Ioctl(6) int bad() { return -1; }
    @Ioctl(7) Pair wait1() { wait(false, 5); return new Pair(1, 2); }
}
class Below extends HTTPTool { @Override int bad() { return 4; } }
new HTTPTool("a").register();
new Below("b").register();
@Ioctl(9) int Device.version() { return 3; }
`;

const none = (n: number, magic = 0x4b): number => (magic << 8) | n;
const write = (n: number, size: number): number => ((1 << 30) | (size << 16) | none(n)) >>> 0;
const read = (n: number, size: number): number => ((2 << 30) | (size << 16) | none(n)) >>> 0;
const both = (n: number, size: number): number => ((3 << 30) | (size << 16) | none(n)) >>> 0;
const ALL = 40;

/** The bytes of an AllKinds in C. */
function allKinds(fields: Partial<Record<'low' | 'half' | 'word' | 'open', number>> = {}, name = 'abc'): Uint8Array {
  const bytes = new Uint8Array(ALL);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, fields.low ?? 200);
  view.setBigInt64(8, -5n, true);
  view.setInt8(16, -2);
  view.setUint16(18, fields.half ?? 60_000, true);
  view.setInt16(20, -300, true);
  view.setUint32(24, fields.word ?? 4_000_000_000, true);
  view.setInt32(28, -70_000, true);
  view.setUint8(32, fields.open ?? 1);
  bytes.set(new TextEncoder().encode(name).subarray(0, 6), 33);
  view.setUint8(39, 9);
  return bytes;
}

async function ioctl(d: Driver, command: number, call: Call = {}, device = 0): Promise<Answer | 'ENOTTY'> {
  const method = d.iso.call('ioctl_method', d.act, d.iso.devices[device]?.device ?? 0, command | 0);
  if (method === 0) return 'ENOTTY';
  const answer = d.startMethod(method, call, d.act, device);
  if (answer.status !== 3) d.end();
  return answer;
}

describe('ioctl', () => {
  test('finds its method by the whole command, in the class of the device', async () => {
    const d = await Driver.load(SCRIPT);
    const { session } = d.run(OPEN);
    expect([d.operations(0)[6], d.operations(1)[6]]).toEqual([1, 1]);
    expect(await ioctl(d, none(2), { session })).toMatchObject({ status: 0, result: 1n });
    expect(await ioctl(d, none(2), { session })).toMatchObject({ status: 0, result: 2n });
    expect(await ioctl(d, none(1), { session })).toMatchObject({ status: 0, result: 0n });
    expect(await ioctl(d, none(2), { session })).toMatchObject({ status: 0, result: 1n });
    expect(await ioctl(d, none(9))).toMatchObject({ status: 0, result: 3n });
    expect(await ioctl(d, none(6), {}, 1)).toMatchObject({ status: 0, result: 4n });
    for (const command of [
      0,
      none(0),
      none(3),
      none(2, 0xe7),
      write(2, 8),
      read(3, ALL),
      write(3, ALL - 8),
      0xffffffff,
    ])
      expect(await ioctl(d, command)).toBe('ENOTTY');
    expect(d.iso.call('ioctl_method', d.act, 0, none(2))).toBe(0);
    expect(d.iso.call('ioctl_method', d.act, 0x7ffffff8, none(2))).toBe(0);
  });
  test('a number that no ioctl can return is an exception', async () => {
    const d = await Driver.load(SCRIPT);
    expect(await ioctl(d, none(6))).toMatchObject({ status: 1, exception: 'OutOfIndex!!: ioctl cannot return -1' });
  });
  test('takes a struct apart', async () => {
    const d = await Driver.load(SCRIPT);
    await ioctl(d, write(3, ALL), { input: allKinds() });
    await ioctl(d, write(3, ALL), { input: allKinds({ open: 0, low: 0 }, 'abcdefgh') });
    await ioctl(d, write(3, ALL), { input: allKinds({ open: 77 }, '\u6728') });
    const broken = allKinds();
    broken.set([0x61, 0xff, 0x62, 0, 0x63, 0x64], 33);
    await ioctl(d, write(3, ALL), { input: broken });
    const rest = '-5 -2 60000 -300 4000000000 -70000';
    expect(d.iso.logged).toEqual([
      `6:200 ${rest} true abc 9`,
      `6:0 ${rest} false abcdef 9`,
      `6:200 ${rest} true \u6728 9`,
      `6:200 ${rest} true a\ufffdb 9`,
    ]);
  });
  test('of another size than the bytes that came is an exception', async () => {
    const d = await Driver.load(SCRIPT);
    for (const input of [new Uint8Array(ALL - 1), new Uint8Array(0), new Uint8Array(ALL + 1)])
      expect(await ioctl(d, write(3, ALL), { input })).toMatchObject({
        status: 1,
        exception: `OutOfIndex!!: the struct has 40 bytes, ${input.length} came`,
      });
    expect(await ioctl(d, write(3, ALL))).toMatchObject({ status: 1 });
  });
  test('gives a struct back, its gaps empty', async () => {
    const d = await Driver.load(SCRIPT);
    const { session } = d.run(OPEN);
    const pair = await ioctl(d, read(4, 16));
    expect(pair).toMatchObject({
      status: 0,
      result: 0n,
      output: new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]),
    });
    const input = allKinds();
    input.fill(0xaa, 1, 8);
    input[17] = 0xaa;
    const swapped = await ioctl(d, both(5, ALL), { input, session });
    expect(swapped).toMatchObject({ status: 0, output: allKinds({ open: 0 }, 'abc!') });
    expect(await ioctl(d, both(5, ALL), { input: allKinds({}, 'abcde'), session })).toMatchObject({
      status: 1,
      exception: 'OutOfIndex!!: the text of 6 bytes in the field name does not fit into 6 with a NUL behind it',
      output: new Uint8Array(0),
    });
  });
  test('may wait before it does', async () => {
    const d = await Driver.load(SCRIPT);
    expect(await ioctl(d, read(7, 16))).toMatchObject({ status: 3 });
    expect(d.resume(1).output).toEqual(new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]));
  });
  test.each([
    ['@U8', '-1', '8 bits'],
    ['@U8', '256', '8 bits'],
    ['@I8', '128', '8 bits with a sign'],
    ['@I8', '-129', '8 bits with a sign'],
    ['@U16', '65536', '16 bits'],
    ['@I16', '-32769', '16 bits with a sign'],
    ['@U32', '4294967296', '32 bits'],
    ['@U32', '-1', '32 bits'],
    ['@I32', '2147483648', '32 bits with a sign'],
  ])('%s does not hold %s', async (width, value, room) => {
    const d = await Driver.load(
      `@Struct class One { ${width} int value; } @Ioctl(1) One Device.get() { var o = new One(); o.value = ${value}; return o; }`,
    );
    const size = Number(/\d+/.exec(width)?.[0]) / 8;
    const command = ((2 << 30) | (size << 16) | (0xe7 << 8) | 1) >>> 0;
    expect(await ioctl(d, command)).toMatchObject({
      status: 1,
      exception: `OutOfIndex!!: ${value} in the field value does not fit into ${room}`,
    });
  });
  test('10,000 of them use no more memory', async () => {
    const d = await Driver.load(SCRIPT, 256);
    const { session } = d.run(OPEN);
    const round = async (): Promise<number> => {
      for (let i = 0; i < 5000; i++) await ioctl(d, both(5, ALL), { input: allKinds(), session });
      return d.iso.stat(2);
    };
    const level = await round();
    expect(await round()).toBe(level);
  });
});

const hasGcc = ((): boolean => {
  try {
    execFileSync('gcc', ['-fsyntax-only', '-xc', '-'], {
      input: '#include <linux/ioctl.h>\n',
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    return true;
  } catch {
    return false;
  }
})();

/** Asserts that C sees the structs and commands of the header as the image has them. */
function assertions(image: Uint8Array): string[] {
  const view = new DataView(image.buffer, image.byteOffset, image.length);
  const word = (at: number): number => view.getUint32(at, true);
  const text = (index: number): string => {
    const at = word(img.IMG_SEC_STRINGS) + index * img.IMG_STRING_BYTES;
    const from = word(at);
    return new TextDecoder().decode(image.subarray(from, from + word(at + img.IMG_STRING_LENGTH)));
  };
  const lines: string[] = [];
  const builtins = word(word(img.IMG_SEC_LAYOUTS)) - classIndex(image, 'AllKinds');
  for (let i = 0; i < word(img.IMG_SEC_LAYOUTS + img.IMG_SEC_COUNT); i++) {
    const at = word(img.IMG_SEC_LAYOUTS) + i * img.IMG_LAYOUT_BYTES;
    const cls = word(img.IMG_SEC_CLASSES) + (word(at) - builtins) * img.IMG_CLASS_BYTES;
    const struct = `struct ${text(word(cls))
      .replace(/(?<=[a-z])[A-Z]/g, '_$&')
      .toLowerCase()}`;
    lines.push(`_Static_assert(sizeof(${struct}) == ${word(at + img.IMG_LAYOUT_SIZE)}, "size");`);
    for (let f = 0; f < word(at + img.IMG_LAYOUT_FIELD_COUNT); f++) {
      const entry =
        word(img.IMG_SEC_LAYOUT_FIELDS) + (word(at + img.IMG_LAYOUT_FIRST_FIELD) + f) * img.IMG_LAYOUT_FIELD_BYTES;
      const field = word(img.IMG_SEC_FIELDS) + (word(cls + img.IMG_CLASS_FIRST_FIELD) + f) * img.IMG_FIELD_BYTES;
      const name = text(word(field)).replace(/^(register|signed)$/, '$1_');
      lines.push(
        `_Static_assert(offsetof(${struct}, ${name}) == ${word(entry + img.IMG_LAYOUT_FIELD_OFFSET)}, "${name}");`,
      );
      lines.push(
        `_Static_assert(sizeof(((${struct} *)0)->${name}) == ${word(entry + img.IMG_LAYOUT_FIELD_SIZE)}, "${name}");`,
      );
    }
  }
  return lines;
}

/** Index of a class among the image's. */
function classIndex(image: Uint8Array, name: string): number {
  const view = new DataView(image.buffer, image.byteOffset, image.length);
  const word = (at: number): number => view.getUint32(at, true);
  for (let i = 0; i < word(img.IMG_SEC_CLASSES + img.IMG_SEC_COUNT); i++) {
    const string =
      word(img.IMG_SEC_STRINGS) + word(word(img.IMG_SEC_CLASSES) + i * img.IMG_CLASS_BYTES) * img.IMG_STRING_BYTES;
    const from = word(string);
    if (new TextDecoder().decode(image.subarray(from, from + word(string + 4))) === name) return i;
  }
  throw new Error(`no class ${name}`);
}

describe('the C header', () => {
  const compilation = (): ReturnType<typeof compile> => compile(SCRIPT, 'tools/my tool.k', { kernel: true });

  test('reads like this', () => {
    expect(compilation().header()).toMatchSnapshot();
  });
  test('of a script without ioctl and structs is empty', () => {
    expect(compile('void Device.open() { }', 'x.k', { kernel: true }).header()).toBe('');
  });
  test.skipIf(!hasGcc)('means to gcc what the engine means', () => {
    const folder = mkdtempSync(join(tmpdir(), 'konoha-header-'));
    try {
      const made = compilation();
      writeFileSync(join(folder, 'tool.h'), made.header());
      const commands: readonly (readonly [string, number])[] = [
        ['HTTP_TOOL_RESET', none(1)],
        ['HTTP_TOOL_NEXT', none(2)],
        ['HTTP_TOOL_SET_ALL', write(3, ALL)],
        ['HTTP_TOOL_GET_PAIR', read(4, 16)],
        ['HTTP_TOOL_SWAP', both(5, ALL)],
        ['MY_TOOL_VERSION', none(9)],
      ];
      const checks = [
        ...assertions(made.image),
        ...commands.map(([name, value]) => `_Static_assert((unsigned int)${name} == ${value}u, "${name}");`),
      ];
      expect(checks.length).toBeGreaterThan(25);
      const source = ['#include <stddef.h>', '#include "tool.h"', '#include "tool.h"', ...checks, ''].join('\n');
      for (const language of ['-std=c11', '-std=gnu17'])
        execFileSync('gcc', ['-fsyntax-only', '-Wall', '-Wextra', '-Werror', language, '-I', folder, '-xc', '-'], {
          input: source,
        });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
