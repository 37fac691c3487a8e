import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { list, remove } from '../src/machine/list.js';
import { loadFiles } from '../src/machine/load.js';
import { newLines, showLog } from '../src/machine/log.js';
import { hasName, nameOfFile, withName } from '../src/machine/name-annotation.js';
import { parseStats } from '../src/machine/stats.js';
import { ratesOf, top, topTable } from '../src/machine/top.js';
import { rounded, sizeText } from '../src/machine/units.js';
import { BIN, Workplace, type Result } from './command.js';

vi.setConfig({ testTimeout: 60_000 });

const HELLO =
  'name=hello\tstate=live\tdevices=hello,hello-too\theap_used=3120\theap_size=131072\tcalls=200\terrors=3\tfuel=4000\tns=100000\t' +
  'uid=0\tpid=77\tcomm=cat\tloaded=1700000000000\tsha256=0123456789abcdef\twaiting=2\tquarantined=0\n';
const IDLE = HELLO.replace('hello', 'idle')
  .replace('devices=hello,hello-too', 'devices=-')
  .replace('ns=100000', 'ns=0');

/** A folder that looks like a machine's root. Its control files keep what is written to them. */
const place = new Workplace({
  'named.k': '// comment\n@Mode(0666) @Name("fine")\nvoid Device.open() { }\n',
  'plain.k': 'void Device.open() { }\n',
  'no good.k': 'void Device.open() { }\n',
});
const root = join(place.folder, 'root');
const file = (path: string): string => join(root, path);

function konoha(...args: string[]): Promise<Result> {
  return place.konoha(args, '', { KONOHA_ROOT: root, TZ: 'UTC' });
}

function failureOf(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

beforeEach(() => {
  for (const folder of ['dev', 'proc/konoha']) mkdirSync(file(folder), { recursive: true });
  for (const name of ['dev/konoha', 'dev/konoha-replace', 'proc/konoha/unload']) writeFileSync(file(name), '');
  writeFileSync(file('proc/konoha/stats'), HELLO + IDLE);
  writeFileSync(file('proc/konoha/status'), 'ok fine fine\n');
  writeFileSync(file('proc/konoha/log'), '[    1.000000] hello: one\n');
});
afterAll(() => place.remove());

describe('load and replace', () => {
  test('hand the text over as it is, and say what the module says', async () => {
    expect(await konoha('load', 'named.k')).toEqual({ status: 0, stdout: 'ok fine fine\n', stderr: '' });
    expect(readFileSync(file('dev/konoha'), 'utf8')).toBe(readFileSync(join(place.folder, 'named.k'), 'utf8'));
    expect((await konoha('replace', 'named.k')).status).toBe(0);
    expect(readFileSync(file('dev/konoha-replace'), 'utf8')).toContain('@Name("fine")');
  });

  test("a script without @Name gets its file's name, and lines stay where they are", async () => {
    await konoha('load', 'plain.k');
    expect(readFileSync(file('dev/konoha'), 'utf8')).toBe('@Name("plain") void Device.open() { }\n');
    writeFileSync(file('dev/konoha'), '');
    await konoha('load', '--name', 'other', 'plain.k');
    expect(readFileSync(file('dev/konoha'), 'utf8')).toBe('@Name("other") void Device.open() { }\n');
  });

  test("what the module refuses: its reasons with the file's name, status 1", async () => {
    writeFileSync(file('proc/konoha/status'), 'error K0401: no\n  --> <script>:1:9\n');
    expect(await konoha('load', 'plain.k')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'plain.k: error K0401: no\n  --> plain.k:1:9\n',
    });
    const { stdout } = await konoha('load', '--json', 'plain.k');
    expect(JSON.parse(stdout)).toMatchObject({ file: 'plain.k', loaded: false });
  });

  test('--json: what was loaded', async () => {
    const { stdout } = await konoha('load', '--json', 'named.k');
    expect(JSON.parse(stdout)).toEqual({ file: 'named.k', loaded: true, name: 'fine', devices: ['fine'] });
  });

  test.each([
    ['a name that is none', ['no good.k'], {}, /cannot be one/],
    ['a bad --name', ['plain.k'], { name: 'a b' }, /"a b" cannot be a name/],
    ['--name for several', ['plain.k', 'named.k'], { name: 'x' }, /--name is for one file/],
    ['--name beside @Name', ['named.k'], { name: 'x' }, /has an @Name of its own/],
    ['a missing file', ['none.k'], {}, /cannot read .*none\.k/],
  ])('%s: wrong usage, and nothing is loaded', (_what, files, options, message) => {
    const run = (): number =>
      loadFiles(
        files.map((name) => join(place.folder, name)),
        options,
        false,
      );
    expect(failureOf(run)).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) as string });
    expect(readFileSync(file('dev/konoha'), 'utf8')).toBe('');
  });
});

describe('ls, rm, log, top', () => {
  test('ls', async () => {
    const { stdout } = await konoha('ls');
    expect(stdout.split('\n')).toEqual([
      'NAME   STATE  DEVICES                       MEMORY  CALLS  ERRORS  LOADED',
      'hello  live   /dev/hello /dev/hello-too  3.0K/128K    200       3  2023-11-14 22:13:20',
      'idle   live   -                          3.0K/128K    200       3  2023-11-14 22:13:20',
      '',
    ]);
    const json = (await konoha('ls', '--json')).stdout.split('\n')[0]!;
    expect(JSON.parse(json)).toMatchObject({ name: 'hello', devices: ['hello', 'hello-too'], waiting: 2 });
  });

  test('ls of a module of another version', async () => {
    writeFileSync(file('proc/konoha/stats'), 'name=hello\tstate=live\n');
    const { status, stderr } = await konoha('ls');
    expect([status, stderr]).toEqual([
      1,
      'konoha: /proc/konoha/stats has no field "devices": this module is of another version\n',
    ]);
  });

  test('rm writes each name', async () => {
    expect(await konoha('rm', 'hello')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readFileSync(file('proc/konoha/unload'), 'utf8')).toBe('hello');
  });

  test('log', async () => {
    expect(await konoha('log')).toEqual({ status: 0, stdout: '[    1.000000] hello: one\n', stderr: '' });
  });

  test('log -f goes on', async () => {
    const child = spawn(process.execPath, [BIN, 'log', '-f'], { env: { ...process.env, KONOHA_ROOT: root } });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
    await vi.waitFor(() => expect(text).toContain('one\n'), { timeout: 30_000 });
    appendFileSync(file('proc/konoha/log'), '[    2.000000] hello: two\n');
    await vi.waitFor(() => expect(text).toBe('[    1.000000] hello: one\n[    2.000000] hello: two\n'), {
      timeout: 30_000,
    });
    child.kill();
  });

  test('top, once: since the scripts were loaded', async () => {
    const { status, stdout } = await konoha('top');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^NAME +STATE +CALLS\/S +NS\/CALL +FUEL\/CALL/);
    expect(stdout).toMatch(/^hello +live .* 500 +20 .*uid 0 cat\[77\] +0123456789ab$/m);
    writeFileSync(file('proc/konoha/stats'), '');
    expect((await konoha('top')).stdout).toContain('no script is loaded\n');
  });

  test('without the module: what is missing, and the way out', async () => {
    const named = join(place.folder, 'named.k');
    vi.stubEnv('KONOHA_ROOT', join(place.folder, 'nowhere'));
    const commands = [
      (): unknown => list({}),
      (): unknown => remove(['x']),
      (): unknown => loadFiles([named], {}, false),
      (): unknown => loadFiles([named], {}, true),
    ];
    const failures = [
      ...commands.map(failureOf),
      ...(await Promise.all([showLog({}), top({ interval: 1 })].map((run) => run.catch((error: unknown) => error)))),
    ];
    for (const failure of failures) {
      expect(failure).toMatchObject({
        exitCode: 2,
        message: expect.stringContaining('konoha.ko is not loaded on this machine') as string,
      });
    }
    vi.unstubAllEnvs();
  });
});

describe('parts', () => {
  test.each([
    ['@Name("a") int x = 1;', true],
    ['/* @Name */ // @Name\n@Mode(0666)\n@Name("a")\n', true],
    ['@Heap(1 << 20) @Fuel(100) @Name("x")', true],
    ['@Other("a ) \\" (") @Name("x")', true],
    ['\ufeff@Name("a")', true],
    ['int x = 1;\n@Name("a")\n', false],
    ['// @Name("a")\nint x;', false],
    ['@Mode(0666) void Device.open() { }', false],
    ['', false],
  ])('has a name: %j', (text, expected) => {
    expect(hasName(text)).toBe(expected);
  });

  test('names of files', () => {
    expect(['/a/counter.k', 'x', 'a b.k', '.k'].map(nameOfFile)).toEqual(['counter', 'x', null, null]);
    expect(withName('a\nb', 'n').split('\n')).toEqual(['@Name("n") a', 'b']);
  });

  test('new lines of a log that is a ring', () => {
    expect(newLines('a\nb\n', 'a\nb\nc\n')).toBe('c\n');
    expect(newLines('a\nb\nc\n', 'b\nc\nd\n')).toBe('d\n');
    expect(newLines('a\n', 'a\n')).toBe('');
    expect(newLines('', 'a\n')).toBe('a\n');
    expect(newLines('a\nb\n', 'x\ny\n')).toBe('(lines were lost here)\nx\ny\n');
  });

  test('rates are those between two looks', () => {
    const then = { at: 10_000, scripts: parseStats(HELLO) };
    const now = {
      at: 12_000,
      scripts: parseStats(HELLO.replace('calls=200', 'calls=300').replace('ns=100000', 'ns=150000')),
    };
    const [rates] = ratesOf(now, then);
    expect(rates).toMatchObject({ callsPerSecond: 50, nsPerCall: 500, fuelPerCall: 0 });
    // Loaded again meanwhile: it begins anew.
    const again = parseStats(HELLO.replace('loaded=1700000000000', 'loaded=11000'));
    expect(ratesOf({ at: 12_000, scripts: again }, then)[0]!.callsPerSecond).toBe(200);
    expect(topTable(ratesOf({ at: 12_000, scripts: parseStats(IDLE) }, then))).toMatch(/idle +live .* - /);
  });

  test('sizes and numbers', () => {
    expect([0, 1023, 1024, 1536, 131072, 1 << 20, 5 << 19].map(sizeText)).toEqual([
      '0',
      '1023',
      '1K',
      '1.5K',
      '128K',
      '1M',
      '2.5M',
    ]);
    expect([0, 0.25, 9.96, 12.5, 3].map(rounded)).toEqual(['0', '0.3', '10.0', '13', '3']);
  });
});
