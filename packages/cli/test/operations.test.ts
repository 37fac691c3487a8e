import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { sim } from '../src/sim.js';
import { test as runTests } from '../src/test.js';
import { Workplace } from './command.js';

vi.setConfig({ testTimeout: 60_000 });

const DRIVER = '@Name("hi")\nvoid Device.read(OutputStream out) { out << "hi" << EOL; }\n';
const place = new Workplace({
  'hi.k': DRIVER,
  'hi.ops': '# It answers.\nload hi.k\n$ cat /dev/hi\n  expect "hi\\n"\n',
  'untested.k': DRIVER,
  'bound.k': '@Name("bound")\nvoid Device.read(OutputStream out) { out << Words.count("a b"); }\n',
  'words.mjs':
    "export const declarations = '@Native class Words { @Static int count(String text); }'; export const classes = { Words: { count: (t) => BigInt(t.split(' ').length) } };",
  'bound.ops': '$ cat /dev/bound\n  expect "2"\n',
  'bad.k': 'int x = "a";\nvoid Device.open() { }\n',
  'use.ops': '$ cat /dev/hi\n  expect contains "hi"\nopen /dev/nothing r\n  expect ENOENT\n',
  'wrong.ops': 'load hi.k\n$ cat /dev/hi\n  expect "ho\\n"\n',
  'shell.ops': 'load hi.k\n$ for i in 1 2; do cat /dev/hi; done\n',
  'mistake.ops': 'laod hi.k\n',
  'notes.txt': '',
});
mkdirSync(join(place.folder, 'good'));
writeFileSync(join(place.folder, 'good', 'hi.k'), DRIVER);
writeFileSync(join(place.folder, 'good', 'hi.ops'), 'load hi.k\n$ cat /dev/hi\n  expect "hi\\n"\n');
mkdirSync(join(place.folder, 'empty'));
afterAll(() => place.remove());

const inPlace = (name: string): string => join(place.folder, name);
const usage = (message: RegExp): object => ({
  exitCode: 2,
  message: expect.stringMatching(message) as string,
});

describe('konoha sim', () => {
  test('loads drivers, then performs the script', async () => {
    expect(await place.konoha(['sim', 'hi.k', 'use.ops'])).toEqual({
      status: 0,
      stdout: 'load hi.k   → 71\n$ cat /dev/hi\nhi\nopen /dev/nothing r   → ENOENT\n',
      stderr: '',
    });
  });

  test('--bind: drivers may use the classes of a JavaScript module', async () => {
    expect(await place.konoha(['sim', '--bind', 'words.mjs', 'bound.k', 'bound.ops'])).toMatchObject({ status: 0 });
    expect(await place.konoha(['sim', 'bound.k', 'bound.ops'])).toMatchObject({ status: 1 });
  });

  test('without a script: what became of the load', async () => {
    expect((await place.konoha(['sim', 'hi.k'])).stdout).toContain('ok hi hi\n');
  });

  test('a driver with errors: the diagnostics, status 1', async () => {
    const { status, stderr } = await place.konoha(['sim', 'bad.k', 'use.ops']);
    expect(status).toBe(1);
    expect(stderr).toContain('found EINVAL');
    expect(stderr).toContain('error K0401');
  });

  test('an expectation that does not hold: file, line, what was found', async () => {
    const { status, stderr } = await place.konoha(['sim', 'wrong.ops']);
    expect([status, stderr]).toEqual([1, 'wrong.ops:2: $ cat /dev/hi\n  expected "ho\\n"\n  found status 0 "hi\\n"\n']);
  });

  test('--json: one object an operation', async () => {
    const { stdout } = await place.konoha(['sim', '--json', 'hi.ops']);
    expect(JSON.parse(stdout.trimEnd().split('\n')[1]!)).toEqual({
      line: 3,
      text: '$ cat /dev/hi',
      outcome: 'status 0 "hi\\n"',
    });
  });

  test.each([
    ['what needs a shell', ['shell.ops'], /shell\.ops: line 2: the simulator has no shell: /],
    ['a mistake in the script', ['mistake.ops'], /mistake\.ops:1: there is no operation "laod"/],
    ['a missing file', ['none.k', 'hi.ops'], /cannot read .*none\.k/],
    ['a missing script', ['none.ops'], /cannot read .*none\.ops/],
    ['two scripts', ['hi.ops', 'use.ops'], /hi\.ops: the operation script stands last/],
  ])('%s: wrong usage, and nothing is done', async (_what, files, message) => {
    await expect(sim(files.map(inPlace), {})).rejects.toMatchObject(usage(message));
  });
});

describe('konoha test', () => {
  test('a driver by its name, a script, a folder', async () => {
    const { status, stdout } = await place.konoha(['test', 'hi.k', 'good', 'use.ops', 'good/hi.ops']);
    // Each once; the last but one finds no driver that it could use.
    expect([status, stdout.split('\n').at(-2)]).toEqual([1, '2 passed, 1 failed']);
  });

  test('this folder: what fails is shown, what is left out says why', async () => {
    const { status, stdout } = await place.konoha(['test', 'good', 'wrong.ops', 'shell.ops']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ok {3}good\/hi\.ops \(2 operations, \d+ ms\)$/m);
    expect(stdout).toContain('FAIL wrong.ops\n     wrong.ops:2: $ cat /dev/hi\n');
    expect(stdout).toContain('skip shell.ops: line 2: the simulator has no shell: ');
    expect(stdout).toContain('1 passed, 1 failed, 1 skipped\n');
  });

  test('what was only left out was not tested', async () => {
    expect(await place.konoha(['test', 'shell.ops'])).toMatchObject({ status: 1, stderr: 'nothing was tested\n' });
  });

  test('--json', async () => {
    const { stdout } = await place.konoha(['test', '--json', 'good', 'shell.ops']);
    const results = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(results).toEqual([
      expect.objectContaining({ file: 'good/hi.ops', target: 'simulator', result: 'passed', operations: 2 }),
      expect.objectContaining({ file: 'shell.ops', result: 'skipped', reason: expect.stringContaining('line 2') }),
    ]);
  });

  test.each([
    ['a driver without a test', 'untested.k', {}, /there is no .*untested\.ops/],
    ['a folder without tests', 'empty', {}, /there is no test in .*empty/],
    ['a path that is not there', 'none.txt', {}, /there is no such file/],
    ['what is neither', 'notes.txt', {}, /is neither an operation script/],
    ['a mistake in a script', 'mistake.ops', {}, /mistake\.ops:1: there is no operation "laod"/],
    ['a kernel that is not there', 'hi.k', { vm: true, kernel: '2.4' }, /2\.4/],
  ])('%s: wrong usage', async (_what, path, options, message) => {
    const run = runTests([inPlace(path)], { kernel: '6.12', ...options });
    await expect(run).rejects.toMatchObject(usage(message));
  });
});
