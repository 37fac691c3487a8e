import { describe, expect, test } from 'vitest';
import { SimulatedMachine } from '../../src/sim/index.js';
import { refusal, runShell } from '../../src/sim/shell/run.js';
import { loaded, simulate } from './simulate.js';

async function shell(line: string): Promise<[number, string]> {
  const machine = new SimulatedMachine();
  machine.putFile('/tmp/three', 'one\ntwo\nthree\n');
  const { status, output } = await runShell(machine, machine.spawn('main'), line);
  return [status, output.toString()];
}

// What bash 5.2 and coreutils 9.1 print on a real machine.
test.each<[string, number, string]>([
  ['echo a  b', 0, 'a b\n'],
  ['echo -n \'a  b\' "c\\"d"', 0, 'a  b c"d'],
  ["echo -e 'x\\ty'", 0, 'x\ty\n'],
  ["printf 'a\\nb\\0'", 0, 'a\nb\0'],
  ['cat /tmp/three', 0, 'one\ntwo\nthree\n'],
  ['cat /tmp/none /tmp/three', 1, 'cat: /tmp/none: No such file or directory\none\ntwo\nthree\n'],
  ['cat < /tmp/three', 0, 'one\ntwo\nthree\n'],
  ['cat', 0, ''],
  ['head -1 /tmp/three', 0, 'one\n'],
  ['head -c 5 /tmp/three', 0, 'one\nt'],
  ['head -1 /tmp/none', 1, "head: cannot open '/tmp/none' for reading: No such file or directory\n"],
  ['tail -n 1 /tmp/three', 0, 'three\n'],
  ['cat /tmp/three | tail -2 | head -1', 0, 'two\n'],
  ['grep t /tmp/three', 0, 'two\nthree\n'],
  ['grep -c ^t /tmp/three', 0, '2\n'],
  ['grep -c x /tmp/three', 1, '0\n'],
  ['grep -v e /tmp/three', 0, 'two\n'],
  ['grep -A1 one /tmp/three', 0, 'one\ntwo\n'],
  ['grep x /tmp/three', 1, ''],
  ["cut -d'n' -f1 /tmp/three", 0, 'o\ntwo\nthree\n'],
  ['wc -l /tmp/three', 0, '3 /tmp/three\n'],
  ['ls /tmp/three /tmp/none', 2, "ls: cannot access '/tmp/none': No such file or directory\n/tmp/three\n"],
  ['ls /proc/konoha', 0, 'eval\nlist\nlog\nstats\nstatus\nunload\n'],
  ["stat -c '%a %F' /dev/konoha", 0, '600 character special file\n'],
  ['test -c /dev/null && echo yes', 0, 'yes\n'],
  ['[ -f /dev/null ] || echo no', 0, 'no\n'],
  ['false; echo after', 0, 'after\n'],
  ['false && echo never', 1, ''],
  ['echo x > /dev/full', 1, 'bash: line 1: echo: write error: No space left on device\n'],
  ['cat /tmp/three > /dev/full', 1, 'cat: write error: No space left on device\n'],
  ['echo x > /nowhere/x', 1, 'bash: line 1: /nowhere/x: No such file or directory\n'],
  ['echo 1 > /tmp/new; echo 2 >> /tmp/new; cat /tmp/new', 0, '1\n2\n'],
  ['cat /tmp/none 2> /dev/null', 1, ''],
  ['cat /tmp/none > /tmp/both 2>&1; cat /tmp/both', 0, 'cat: /tmp/none: No such file or directory\n'],
  ['chmod 640 /tmp/three; stat -c %a /tmp/three', 0, '640\n'],
])('%s', async (line, status, output) => {
  expect(await shell(line)).toEqual([status, output]);
});

describe('what it is no shell for, it says before it begins', () => {
  test.each([
    ['for i in 1 2; do echo x; done', '"for"'],
    ['echo $HOME', 'variables'],
    ['echo "$HOME"', 'variables'],
    ['cat /tmp/*', 'patterns of file names'],
    ['(echo a)', 'subshells'],
    ['sleep 1 &', 'background'],
    ['{ echo a; }', 'groups'],
    ['x=1', 'variables'],
    ['rmmod konoha', 'rmmod'],
    ['cat -A /tmp/three', 'cat -A'],
    ['grep o.e /tmp/three', 'patterns of grep'],
    ["printf '%d' 1", 'printf with arguments'],
    ['echo `ls`', 'substitutions'],
    ['cat |', 'a command is missing'],
    ["echo 'a", 'a quote without end'],
  ])('%s', (line, reason) => {
    expect(refusal(line)).toContain('the simulator has no shell: ');
    expect(refusal(line)).toContain(reason);
  });
});

test('a device sees the program that reads it, and the shell that opens it', async () => {
  const outcomes = await simulate(`${loaded(
    'who',
    `
String opener = "";
void Device.open() { opener = Task.current().comm; }
void Device.read(OutputStream out) { out << opener << " " << Task.current().comm << EOL; }
`,
  )}
$ cat /dev/who
$ cat < /dev/who
$ head -1 /dev/who
p1: open /dev/who r -> fd
p1: read fd 100
`);
  expect(outcomes.slice(1)).toEqual([
    'status 0 "cat cat\\n"',
    'status 0 "bash cat\\n"',
    'status 0 "head head\\n"',
    '3',
    '6 "p1 p1\\n"',
  ]);
});
