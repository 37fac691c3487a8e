import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { Workplace } from './command.js';

vi.setConfig({ testTimeout: 60_000 });

const DRIVER = '@Name("hi")\nvoid Device.read(OutputStream out) { out << "hi" << EOL; }\n';
const place = new Workplace({
  'hi.k': DRIVER,
  'hi.ops': '# It answers.\nload hi.k\n$ cat /dev/hi\n  expect "hi\\n"\n',
  'untested.k': DRIVER,
  'bad.k': 'int x = "a";\nvoid Device.open() { }\n',
  'use.ops': '$ cat /dev/hi\n  expect contains "hi"\nopen /dev/nothing r\n  expect ENOENT\n',
  'wrong.ops': 'load hi.k\n$ cat /dev/hi\n  expect "ho\\n"\n',
  'shell.ops': 'load hi.k\n$ for i in 1 2; do cat /dev/hi; done\n',
  'mistake.ops': 'laod hi.k\n',
});
mkdirSync(join(place.folder, 'good'));
writeFileSync(join(place.folder, 'good', 'hi.k'), DRIVER);
writeFileSync(join(place.folder, 'good', 'hi.ops'), 'load hi.k\n$ cat /dev/hi\n  expect "hi\\n"\n');
mkdirSync(join(place.folder, 'empty'));
afterAll(() => place.remove());

describe('konoha sim', () => {
  test('loads drivers, then performs the script', async () => {
    expect(await place.konoha(['sim', 'hi.k', 'use.ops'])).toEqual({
      status: 0,
      stdout: 'load hi.k   → 71\n$ cat /dev/hi\nhi\nopen /dev/nothing r   → ENOENT\n',
      stderr: '',
    });
  });

  test('a script that loads what it needs', async () => {
    expect((await place.konoha(['sim', 'hi.ops'])).status).toBe(0);
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
    ['what needs a shell', ['sim', 'shell.ops'], 'shell.ops: line 2: the simulator has no shell: '],
    ['a mistake in the script', ['sim', 'mistake.ops'], 'mistake.ops:1: there is no operation "laod"'],
    ['a missing file', ['sim', 'none.k', 'hi.ops'], 'cannot read none.k'],
    ['a missing script', ['sim', 'none.ops'], 'cannot read none.ops'],
    ['two scripts', ['sim', 'hi.ops', 'use.ops'], 'hi.ops: the operation script stands last'],
  ])('%s: status 2, and nothing is done', async (_what, args, reason) => {
    const { status, stdout, stderr } = await place.konoha(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(reason);
  });
});

describe('konoha test', () => {
  test('a driver by its name, a script, a folder', async () => {
    for (const path of ['hi.k', 'hi.ops', 'good']) {
      const { status, stdout } = await place.konoha(['test', path]);
      expect([status, stdout.split('\n').at(-2)]).toEqual([0, '1 passed, 0 failed']);
    }
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
    ['a driver without a test', ['test', 'untested.k'], 'there is no untested.ops'],
    ['a folder without tests', ['test', 'empty'], 'there is no test in empty'],
    ['what is neither', ['test', '../none.txt'], 'there is no such file'],
    ['a mistake in a script', ['test', 'mistake.ops'], 'mistake.ops:1: there is no operation "laod"'],
    ['a kernel that is not there', ['test', '--vm', '--kernel', '2.4', 'hi.k'], '2.4'],
  ])('%s: status 2', async (_what, args, reason) => {
    const { status, stderr } = await place.konoha(args);
    expect(status).toBe(2);
    expect(stderr).toContain(reason);
  });
});
