import { describe, expect, test } from 'vitest';
import type { OperationStep } from '../src/ast.js';
import { parseOperationScript } from '../src/parse.js';
import { quote, unescapeText } from '../src/words.js';

function steps(...lines: string[]): OperationStep[] {
  return parseOperationScript(lines.join('\n'), 't.ops').steps as OperationStep[];
}

function operation(line: string): unknown {
  return steps(line)[0]!.operation;
}

function problem(...lines: string[]): string {
  try {
    parseOperationScript(lines.join('\n'), 't.ops');
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

describe('operations', () => {
  test.each<[string, unknown]>([
    ['open /dev/hello rw nonblock', { verb: 'open', path: '/dev/hello', flags: 0o4002, mode: 0o644 }],
    ['open "/tmp/a b" w create mode 600', { verb: 'open', path: '/tmp/a b', flags: 0o101, mode: 0o600 }],
    ['open /x r', { verb: 'open', path: '/x', flags: 0, mode: 0o644 }],
    ['read fd 10', { verb: 'read', fd: 'fd', length: 10 }],
    ['read 3 all', { verb: 'read', fd: 3, length: 'all' }],
    ['pread fd 4 100', { verb: 'pread', fd: 'fd', length: 4, offset: 100 }],
    ['write fd "a\\n"', { verb: 'write', fd: 'fd', data: Buffer.from('a\n') }],
    ['write fd "ab" times 2', { verb: 'write', fd: 'fd', data: Buffer.from('abab') }],
    ['write fd bytes 00ff', { verb: 'write', fd: 'fd', data: Buffer.from([0, 255]) }],
    ['lseek fd -1 end', { verb: 'lseek', fd: 'fd', offset: -1, whence: 2 }],
    ['poll fd in out 200 ms', { verb: 'poll', fd: 'fd', events: 5, timeoutMs: 200 }],
    ['ioctl fd 0x4b01 0102', { verb: 'ioctl', fd: 'fd', request: 0x4b01, data: Buffer.from([1, 2]) }],
    ['ioctl-value fd 7 8', { verb: 'ioctl-value', fd: 'fd', request: 7, value: 8 }],
    ['close fd', { verb: 'close', fd: 'fd' }],
    ['sleep 2 s', { verb: 'sleep', milliseconds: 2000 }],
    ['$ echo "# x" | cat  # not ours', { verb: 'shell', command: 'echo "# x" | cat  # not ours' }],
    ['load /a.k', { verb: 'load', path: '/a.k', device: '/dev/konoha' }],
    ['replace /a.k', { verb: 'load', path: '/a.k', device: '/dev/konoha-replace' }],
    ['kill', { verb: 'kill', signal: 9 }],
    ['read fd 100 at kernel', { verb: 'read-at', fd: 'fd', length: 100, where: 'kernel' }],
    ['read fd 100 slow 500 ms', { verb: 'read-slow', fd: 'fd', length: 100, milliseconds: 500 }],
    ['write fd 8 at half', { verb: 'write-at', fd: 'fd', length: 8, where: 'half' }],
    ['write fd "ab" slow 1 s', { verb: 'write-slow', fd: 'fd', data: Buffer.from('ab'), milliseconds: 1000 }],
    ['ioctl 3 0x6b00 at null', { verb: 'ioctl-at', fd: 3, request: 0x6b00, where: 'null' }],
    [
      'stress /dev/x rw processes 100 for 20 s',
      { verb: 'stress', path: '/dev/x', flags: 2, processes: 100, milliseconds: 20_000 },
    ],
    ['fail-nth 3 read fd 10', { verb: 'fail-nth', nth: 3, operation: { verb: 'read', fd: 'fd', length: 10 } }],
    [
      'fail-nth each load /a.k',
      { verb: 'fail-nth', nth: 'each', operation: { verb: 'load', path: '/a.k', device: '/dev/konoha' } },
    ],
    ['memory back within 64 kB', { verb: 'memory-back', withinKiB: 64 }],
  ])('%s', (line, expected) => {
    expect(operation(line)).toEqual(expected);
  });

  test('belong to a process, may be asynchronous, may keep a descriptor', () => {
    const [first, second, third] = steps('p1: open /x r -> fd', 'p1: async read fd 1  # comment', 'join');
    expect(first).toMatchObject({ process: 'p1', saveAs: 'fd', asynchronous: false, line: 1 });
    expect(second).toMatchObject({ process: 'p1', asynchronous: true, line: 2 });
    expect(third).toMatchObject({ process: 'main' });
  });

  test('of each failure may be taken back', () => {
    const [step] = steps('p: fail-nth each load /a.k', '  undo unload a', '  expect value > 3');
    expect(step).toMatchObject({ process: 'p', undo: { verb: 'unload', name: 'a' } });
  });

  test('a shell line may hold an arrow and a colon', () => {
    const [step] = steps('p2: $ echo a -> b: c');
    expect(step).toMatchObject({ process: 'p2', operation: { verb: 'shell', command: 'echo a -> b: c' } });
    expect(step!.saveAs).toBeUndefined();
  });
});

describe('expectations', () => {
  test('belong to the operation above', () => {
    const [step] = steps(
      'read 3 10',
      '  expect ENODEV',
      '  expect -1',
      '  expect value >= 5',
      '  expect status not 0',
      '  expect "a\\tb"',
      '  expect not contains "#"',
      '  expect matches /^a\\/b$/m',
      '  expect events in hup',
      '  expect within 2 s',
    );
    expect(step!.expectations).toEqual([
      { kind: 'error', name: 'ENODEV' },
      { kind: 'value', relation: '==', value: -1 },
      { kind: 'value', relation: '>=', value: 5 },
      { kind: 'status', negated: true, status: 0 },
      { kind: 'data', data: Buffer.from('a\tb') },
      { kind: 'contains', negated: true, text: '#' },
      { kind: 'matches', negated: false, pattern: /^a\/b$/m },
      { kind: 'events', events: 0x11 },
      { kind: 'within', milliseconds: 2000 },
    ]);
  });
});

describe('other lines', () => {
  test('files keep their text as it is', () => {
    const script = parseOperationScript('file /tmp/a.k <<END\n  # a\n\n"b\nEND\n$ true', 't.ops');
    expect(script.steps[0]).toEqual({ kind: 'file', line: 1, path: '/tmp/a.k', contents: '  # a\n\n"b\n' });
  });

  test('repeats nest', () => {
    const script = parseOperationScript('repeat 2\nrepeat 3\n$ a\nend\n$ b\nend', 't.ops');
    expect(script.steps).toMatchObject([
      { kind: 'repeat', times: 2, steps: [{ kind: 'repeat', times: 3 }, { kind: 'operation' }] },
    ]);
  });

  test('requirements and the timeout', () => {
    const script = parseOperationScript('requires kernel >= 6.6\nrequires no-module\ntimeout 90 s\n$ a', 't.ops');
    expect(script.requirements).toEqual({ kernelFrom: '6.6', module: false, features: [], timeoutMs: 90_000 });
    const debug = parseOperationScript('requires fault-injection\nrequires test-module\n$ a', 't.ops');
    expect(debug.requirements.features).toEqual(['fault-injection', 'test-module']);
  });
});

describe('mistakes name file, line and cause', () => {
  test.each<[string[], string]>([
    [['', 'opne /x r'], 't.ops:2: there is no operation "opne"; there are: open read'],
    [['open /x'], 't.ops:1: say how to open it: r w rw'],
    [['open /x r extra'], 't.ops:1: nothing more was expected here: extra'],
    [['expect ok'], 't.ops:1: "expect" needs an operation above it'],
    [['$ a', 'expect sometimes'], 't.ops:2: "sometimes" cannot be expected'],
    [['$ a', 'expect "b'], 't.ops:2: this text has no closing quote'],
    [['write fd "\\q"'], 't.ops:1: \\q is no escape'],
    [['read fd ten'], 't.ops:1: how many bytes must be an integer, not "ten"'],
    [['read f-d 1'], 't.ops:1: "f-d" is no descriptor'],
    [['sleep 5'], 't.ops:1: "ms" or "s" is missing here'],
    [['read fd 1 -> x'], 't.ops:1: only "open" and "dup" give a descriptor to keep; "read" does not'],
    [['repeat 3', '$ a'], 't.ops:1: this "repeat" has no "end"'],
    [['end'], 't.ops:1: "end" without "repeat"'],
    [['repeat 3', 'end'], 't.ops:2: nothing is repeated here'],
    [['file /a <<X', 'text'], 't.ops:1: this file has no closing line "X"'],
    [['# only a comment'], 't.ops:1: the script has no operation'],
    [['requires kernel > 6.1', '$ a'], 't.ops:1: write "requires kernel >= 6.1" or "<=", not ">"'],
    [
      ['requires luck', '$ a'],
      't.ops:1: a script may require "kernel", "no-module", debug, fault-injection, test-module',
    ],
    [['read fd 1 at home'], 't.ops:1: "home" is no place; there are null bad kernel readonly half'],
    [['stress /x r processes 0 for 1 s'], 't.ops:1: 1 to 1000 processes'],
    [['fail-nth 0 close 3'], 't.ops:1: the first is 1'],
    [['fail-nth each kill'], 't.ops:1: fail-nth takes one of open read'],
    [['fail-nth 2 close 3', 'undo close 4'], 't.ops:2: "undo" belongs to a "fail-nth each" above it'],
    [['eventually async read 3 1'], 't.ops:1: "eventually" waits, "async" does not: choose one'],
  ])('%s', (lines, message) => {
    expect(problem(...lines)).toContain(message);
  });
});

describe('texts', () => {
  test('what is quoted reads back as it was', () => {
    for (const text of ['', 'a "b" \\ \n\t\r\0', 'シス', '\u001b[0m']) {
      expect(unescapeText(quote(text).slice(1, -1))).toBe(text);
    }
  });

  test('bytes that are no UTF-8 are shown in hex', () => {
    expect(quote(Buffer.from([0xff, 0x00]))).toBe('bytes ff00');
  });
});
