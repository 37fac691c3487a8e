import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shellCommand } from '../src/repl/commands.js';
import { typedBefore } from '../src/repl/complete.js';
import { isOpen } from '../src/repl/entry-text.js';
import { historyPath } from '../src/repl/history.js';
import { BIN, Workplace } from './command.js';

const SLOW = { timeout: 60_000 };
const place = new Workplace();
afterAll(() => place.remove());

describe('an entry goes on in the next line', () => {
  test.each([
    'int f(int n) {',
    'f(1,',
    '[1, 2',
    'x = 1 +',
    '/* a comment',
    'String s = """one\ntwo',
    'if (a) {\n  b()',
    '"a ${1 +',
  ])('%j', (text) => expect(isOpen(text)).toBe(true));
  test.each(['', '1 + 1', 'int f() { }', 'f(1))', '"abc', '}', 'int = 3', 'x = 1 + ; y'])('not %j', (text) =>
    expect(isOpen(text)).toBe(false),
  );
});

test('commands, abbreviated too', () => {
  expect(shellCommand('1 + 1')).toBeUndefined();
  expect(shellCommand(':type  a + b ')).toEqual({ name: 'type', argument: 'a + b' });
  expect(shellCommand(':q')).toEqual({ name: 'quit', argument: '' });
  expect(shellCommand(':nope')).toContain('unknown command :nope');
  expect(shellCommand(':type')).toContain('takes an expression');
});

test.each([
  ['pri', { word: 'pri' }],
  ['x = list.si', { word: 'si', receiver: 'list' }],
  ['"a b".', { word: '', receiver: '"a b"' }],
  ['f(1, g(2)).a[0].na', { word: 'na', receiver: 'f(1, g(2)).a[0]' }],
  ['new P("a").', { word: '', receiver: 'new P("a")' }],
  ['1 + ', { word: '' }],
])('what is completed in %j', (line, expected) => expect(typedBefore(line)).toEqual(expected));

test('where the history lies', () => {
  expect(historyPath({ HOME: '/home/a' })).toBe('/home/a/.konoha_history');
  expect(historyPath({ HOME: '/home/a', XDG_STATE_HOME: '/s' })).toBe('/s/konoha/history');
});

describe('konoha repl, from a pipe', SLOW, () => {
  test('shows values with types, keeps what is defined, goes over lines', async () => {
    const entries =
      'int x = 20\nint twice(int n) {\n  return n * 2\n}\ntwice(x) + 2\n[x]\n"${x}!"\n:type twice(1)\n:dis twice\n';
    const { status, stdout, stderr } = await place.konoha(['repl'], entries);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 4)).toEqual(['=> 42 : int', '=> [20] : int[]', '=> "20!" : String', 'int']);
    expect(stdout).toContain('method 2 twice: int twice(int n)');
  });

  test('what is wrong is told, leaves what was there alone, and is the exit status', async () => {
    const entries = 'int x = 1\nint y = "a"\ny\nx / 0\n:type x +\n:dis nothing\nx\n';
    const { status, stdout, stderr } = await place.konoha(['repl'], entries);
    expect(status).toBe(1);
    expect(stdout).toBe('=> 1 : int\n');
    expect(stderr).toContain('--> <shell 2>:1:9');
    expect(stderr).toContain('error K0301');
    expect(stderr).toContain('Arithmetic!!: division by zero\n  at <top> (<shell 4>:1)');
    expect(stderr).toContain('nothing is named nothing');
  });

  test('an entry that throws before it gives a variable its value leaves the old one', async () => {
    const input =
      'int[] xs = [1]\nint[] f() { throw new IO!!("no"); }\nint[] xs = f()\nxs\nvar ys = f()\nys\nys = [2]\nys\n';
    const { stdout, stderr } = await place.konoha(['repl'], input);
    expect(stdout).toBe('=> [1] : int[]\n=> [2] : int[]\n');
    expect(stderr).toContain('Null!!: ys has no value yet');
  });

  test('an entry that the input ends in is taken as it is', async () => {
    const { status, stdout } = await place.konoha(['repl'], '1 + 1');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '=> 2 : int\n' });
    expect((await place.konoha(['repl'], 'int f() {\n')).stderr).toContain('K0206');
  });

  test.each(['off', 'all'])('with --jit %s, the same', async (jit) => {
    const entries =
      'int sum(int n) { int s = 0; for (int i = 0; i < n; i++) s += i * i % 7; return s; }\nsum(5000)\nint one = 1\nsum(5000) + one\n';
    const { status, stdout } = await place.konoha(['repl', '--jit', jit], entries);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '=> 9997 : int\n=> 9998 : int\n' });
  });

  test('System.exit ends the shell with its status', async () => {
    const run = await place.konoha(['repl'], '1 + 1\nSystem.exit(3)\n2 + 2\n');
    expect(run).toEqual({ status: 3, stdout: '=> 2 : int\n', stderr: '' });
  });

  test('an entry that needs more memory than there is', async () => {
    const { status, stderr, stdout } = await place.konoha(
      ['repl', '--heap', '128K'],
      'int[] a = []\nwhile (true) a << 1\na.clear()\n7\n',
    );
    expect(stderr).toContain('OutOfMemory!!');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '=> 7 : int\n' });
  });
});

test('konoha repl --kernel without the module says so', SLOW, async () => {
  const { status, stderr } = await place.konoha(['repl', '--kernel'], '1\n', { KONOHA_ROOT: place.folder });
  expect(status).toBe(2);
  expect(stderr).toContain('konoha.ko is not loaded');
});

/** The shell at a pseudo terminal: each step waits for a text, then types. */
async function typed(steps: readonly (readonly [string, string])[]): Promise<string> {
  const { PATH } = process.env;
  const env = { PATH, HOME: place.folder, TERM: 'dumb' };
  const child = spawn('script', ['-qefc', `"${process.execPath}" "${BIN}" repl`, '/dev/null'], { env });
  let shown = '';
  let from = 0;
  // A step that waits in vain is told with what was shown.
  const lost = setTimeout(() => {
    shown += '\n(never ended)';
    child.kill();
  }, 45_000);
  const left = [...steps];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    for (let step = left[0]; step; step = left[0]) {
      const at = shown.indexOf(step[0], from);
      if (at < 0) return;
      from = at + step[0].length;
      left.shift();
      child.stdin.write(step[1]);
    }
  });
  return await new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(lost);
      resolve(shown + left.map(([text]) => `\n(never shown: ${text})`).join(''));
    });
  });
}

describe('konoha repl, at a terminal', SLOW, () => {
  test('prompts, completes, stops a run without ending, keeps a history', async () => {
    const shown = await typed([
      ['konoha> ', 'int counter = 41; counter\r'],
      ['=> 41 : int', ''],
      ['konoha> ', 'coun\t'],
      ['counter', ' + 1\r'],
      ['=> 42 : int', ''],
      ['konoha> ', 'while (true) { }\r'],
      ['while (true) { }', '\x03'],
      ['interrupted', ''],
      ['konoha> ', '"abc".startsW\t'],
      ['startsWith', '("a")\r'],
      ['=> true : boolean', ''],
      ['konoha> ', 'half typ\x03'],
      ['konoha> ', '(1 +\r'],
      ['...> ', '2)\r'],
      ['=> 3 : int', '\x04'],
    ]);
    expect(shown).toContain('=> 3 : int');
    expect(shown).not.toMatch(/error|never/);
    const history = join(place.folder, '.konoha_history');
    expect(existsSync(history)).toBe(true);
    expect(readFileSync(history, 'utf8')).toContain('int counter = 41; counter\n');
  });

  test('a Ctrl-D that is typed while an entry runs ends the shell behind it', async () => {
    const shown = await typed([['konoha> ', 'int i = 0; while (i < 1000000) i++; i\r\x04']]);
    expect(shown).toContain('=> 1000000 : int');
    expect(shown).not.toContain('never');
  });
});
