import { describe, expect, test } from 'vitest';
import { parseOperationScript } from '../src/parse.js';
import { runOperationScript } from '../src/run.js';
import { OverdueError, type MemoryUse, type Outcome, type Request, type Target } from '../src/target.js';

type Answer = Partial<Outcome> | Error | (() => Promise<Partial<Outcome>>);

/** Answers requests by their verb, from a list that was given; notes what was asked. */
class FakeTarget implements Target {
  readonly asked: string[] = [];
  readonly files = new Map<string, string>();
  memories: MemoryUse[] = [];

  constructor(private readonly answers: Record<string, Answer[]> = {}) {}

  async perform(process: string, request: Request): Promise<Outcome> {
    const { verb, ...rest } = request;
    this.asked.push(`${process} ${verb} ${Object.values(rest).join(' ')}`.trim());
    const answer = this.answers[verb]?.shift() ?? (request.verb === 'write' ? { value: request.data.length } : {});
    if (answer instanceof Error) throw answer;
    return outcome(typeof answer === 'function' ? await answer() : answer);
  }

  kill(process: string, signal: number): Promise<Outcome> {
    this.asked.push(`kill ${process} ${signal}`);
    return Promise.resolve(outcome({ value: signal }));
  }

  exit(process: string, status: number): Promise<Outcome> {
    this.asked.push(`exit ${process} ${status}`);
    return Promise.resolve(outcome({ value: status }));
  }

  putFile(path: string, contents: string): Promise<void> {
    this.files.set(path, contents);
    return Promise.resolve();
  }

  kernelLog(): Promise<string> {
    return Promise.resolve('one\ntwo\n');
  }

  memory(): Promise<MemoryUse> {
    return Promise.resolve(this.memories.length > 1 ? this.memories.shift()! : this.memories[0]!);
  }
}

function outcome(given: Partial<Outcome>): Outcome {
  const data = given.data ?? Buffer.alloc(0);
  return { value: data.length, error: null, milliseconds: 1, ...given, data };
}

async function run(target: Target, ...lines: string[]): Promise<string[]> {
  const script = parseOperationScript(lines.join('\n'), 't.ops');
  return (await runOperationScript(script, target)).map((entry) => `${entry.line} ${entry.outcome}`);
}

const text = (data: string): Partial<Outcome> => ({ data: Buffer.from(data) });
const error = (name: string): Partial<Outcome> => ({ value: -1, error: name });

describe('a script', () => {
  test('keeps descriptors by process and name', async () => {
    const target = new FakeTarget({ open: [{ value: 3 }, { value: 4 }] });
    await run(target, 'p1: open /a r -> fd', 'p2: open /b r -> fd', 'p1: close fd', 'p2: close fd');
    expect(target.asked.slice(2)).toEqual(['p1 close 3', 'p2 close 4']);
  });

  test('gives a transcript without times', async () => {
    const target = new FakeTarget({
      read: [text('hi\n'), error('ENODEV')],
      shell: [{ value: 2, ...text('no') }],
      poll: [{ value: 1 }],
    });
    const transcript = await run(
      target,
      'read 3 9',
      'read 3 9',
      'expect ENODEV',
      '$ x',
      'expect status 2',
      'poll 3 in 1 ms',
    );
    expect(transcript).toEqual(['1 3 "hi\\n"', '2 ENODEV', '4 status 2 "no"', '6 events: in']);
  });

  test('reads all that there is, in pieces', async () => {
    const target = new FakeTarget({ read: [text('ab'), text('c'), text('')] });
    expect(await run(target, 'read 3 all', 'expect "abc"', 'expect 3')).toEqual(['1 3 "abc"']);
  });

  test('goes on while an operation blocks, and collects it', async () => {
    let arrive: (value: Partial<Outcome>) => void = () => undefined;
    const blocked = new Promise<Partial<Outcome>>((resolve) => (arrive = resolve));
    const write = (): Promise<Partial<Outcome>> => {
      arrive(text('late'));
      return Promise.resolve({ value: 4 });
    };
    const target = new FakeTarget({ read: [() => blocked], write: [write] });
    expect(await run(target, 'p1: async read 3 9', 'p2: write 3 "x"', 'p1: join', 'expect "late"')).toEqual([
      '1 started',
      '2 4',
      '3 4 "late"',
    ]);
  });

  test('load is open, write, close: the first error is its own, and it always closes', async () => {
    const target = new FakeTarget({
      open: [{ value: 5 }, { value: 6 }],
      read: [text('src'), text('')],
      close: [{}, error('EINVAL')],
    });
    expect(await run(target, 'load /s.k', 'expect EINVAL')).toEqual(['1 EINVAL']);
    expect(target.asked).toContain('main write 6 src');
    const refused = new FakeTarget({
      open: [{ value: 5 }, { value: 6 }],
      read: [text('src'), text('')],
      write: [error('EFBIG')],
    });
    expect(await run(refused, 'load /s.k', 'expect EFBIG')).toEqual(['1 EFBIG']);
    expect(refused.asked.at(-1)).toBe('main close 6');
    const full = new FakeTarget({
      open: [{ value: 5 }, { value: 6 }],
      read: [text('src'), text('')],
      write: [{ value: 0 }],
    });
    expect(await run(full, 'load /s.k', 'expect ENOSPC')).toEqual(['1 ENOSPC']);
  });

  test('makes each point fail until there is none, and takes back what has succeeded', async () => {
    const target = new FakeTarget({
      'fail-nth': [
        { ...error('ENOMEM'), injected: true },
        { value: 4, injected: true },
        { ...error('EFAULT'), injected: true },
        { value: 5, injected: false },
      ],
    });
    const lines = [
      'fail-nth each open /x r',
      'undo sleep 1 ms',
      'expect value == 3',
      'expect "EFAULT\\nENOMEM\\nok\\n"',
    ];
    expect(await run(target, ...lines)).toEqual(['1 "EFAULT\\nENOMEM\\nok\\n"']);
    expect(target.asked).toEqual([
      'main fail-nth 1 [object Object]',
      'main fail-nth 2 [object Object]',
      'main close 4',
      'main sleep 1',
      'main fail-nth 3 [object Object]',
      'main fail-nth 4 [object Object]',
      'main close 5',
      'main sleep 1',
    ]);
  });

  test('makes a load fail as one request, and passes its outcome on', async () => {
    const target = new FakeTarget({
      open: [{ value: 5 }],
      read: [text('src'), text('')],
      'fail-nth': [{ ...error('ENOMEM'), injected: true }],
    });
    expect(await run(target, 'fail-nth 7 load /s.k', 'expect ENOMEM')).toEqual(['1 ENOMEM']);
  });

  test('repeats', async () => {
    const target = new FakeTarget();
    await run(target, 'repeat 2', 'close 3', 'repeat 2', 'close 4', 'end', 'end');
    expect(target.asked.map((line) => line.slice(-1)).join('')).toBe('344344');
  });

  test('tries again until it is right', async () => {
    const target = new FakeTarget({ shell: ['a', 'a', 'b'].map((data) => ({ value: 0, ...text(data) })) });
    expect(await run(target, 'eventually $ x', 'expect "b"')).toEqual(['1 status 0 "b"']);
    expect(target.asked.length).toBe(3);
  });

  test('sees memory come back late, and says how much does not', async () => {
    const target = new FakeTarget();
    target.memories = [
      { freeKiB: 1000, slabKiB: 50 },
      { freeKiB: 500, slabKiB: 50 },
      { freeKiB: 995, slabKiB: 52 },
    ];
    expect(await run(target, 'memory mark', 'memory back within 10 kB')).toEqual(['2 back']);
  });
});

test('a target may keep what was freed', async () => {
  const target = Object.assign(new FakeTarget(), { memoryNoiseKiB: 100 });
  target.memories = [
    { freeKiB: 1000, slabKiB: 50 },
    { freeKiB: 890, slabKiB: 160 },
  ];
  expect(await run(target, 'memory mark', 'memory back within 10 kB')).toEqual(['2 back']);
});

describe('a script fails', () => {
  test.each<[string, Record<string, Answer[]>, string[], string]>([
    [
      'when an operation without expectations has an errno',
      { close: [error('EBADF')] },
      ['close 9'],
      't.ops:1: close 9\n  expected success\n  found EBADF',
    ],
    ['when a command fails silently', { shell: [{ value: 1 }] }, ['$ false'], 'expected success\n  found status 1'],
    ['when text differs', { read: [text('a')] }, ['read 3 1', 'expect "b"'], 'expected "b"\n  found 1 "a"'],
    [
      'when it succeeds against expectation',
      { read: [text('a')] },
      ['read 3 1', 'expect ENODEV'],
      'expected ENODEV\n  found 1 "a"',
    ],
    [
      'when right text comes with an error',
      { read: [{ ...text('a'), error: 'EIO' }] },
      ['read 3 1', 'expect "a"'],
      'expected success\n  found EIO "a"',
    ],
    [
      'when it takes too long',
      { close: [{ milliseconds: 50 }] },
      ['close 3', 'expect within 10 ms'],
      'expected an answer within 10 ms',
    ],
    ['when a process dies meanwhile', { read: [error('died')] }, ['read 3 1'], 'found the process died meanwhile'],
    ['when a descriptor has no such name', {}, ['close fd'], 'main has no descriptor "fd"'],
    ['when a result is not collected', {}, ['p1: async read 3 1'], 'its result was never collected'],
    [
      'when a busy process is given more',
      { read: [async () => await new Promise<never>(() => undefined)] },
      ['p1: async read 3 1', 'p1: close 3'],
      'p1 is still in its operation of line 1',
    ],
    ['when there is nothing to join', {}, ['join'], 'main has no asynchronous operation to join'],
    [
      'when an operation is overdue, with the place where it is stuck',
      { read: [new OverdueError(20, '    State: D')] },
      ['read 3 1'],
      'it did not come back within 20 s\n    State: D',
    ],
    [
      'when a joined operation was overdue',
      { read: [new OverdueError(20, '')] },
      ['p1: async read 3 1', 'p1: join'],
      't.ops:1: p1: async read 3 1',
    ],
    ['when memory was not marked', {}, ['memory back within 1 kB'], 'there is no "memory mark" above'],
  ])('%s', async (_name, answers, lines, message) => {
    await expect(run(new FakeTarget(answers), ...lines)).rejects.toThrow(message);
  });

  test('when the operation fails without a failure of the kernel, or cannot be taken back', async () => {
    const plain = new FakeTarget({ 'fail-nth': [{ ...error('EIO'), injected: false }] });
    await expect(run(plain, 'fail-nth each close 3')).rejects.toThrow('found EIO');
    const stuck = new FakeTarget({ 'fail-nth': [{ value: 0, injected: true }], lseek: [error('ESPIPE')] });
    await expect(run(stuck, 'fail-nth each read 3 1', 'undo lseek 3 0 set')).rejects.toThrow('its undo has failed');
    const dead = new FakeTarget({ 'fail-nth': [{ ...error('died'), injected: true }] });
    await expect(run(dead, 'fail-nth each close 3')).rejects.toThrow('the process died meanwhile');
  });

  test('a load whose process dies asks nothing more of it', async () => {
    const target = new FakeTarget({
      open: [{ value: 5 }, { value: 6 }],
      read: [text('src'), text('')],
      write: [error('died')],
    });
    await run(target, 'load /s.k', 'expect any');
    expect(target.asked.at(-1)).toBe('main write 6 src');
  });

  test('but not when the process was killed', async () => {
    const target = new FakeTarget();
    expect(await run(target, 'p1: async read 3 1', 'p1: kill', 'expect 9')).toEqual(['1 started', '2 9']);
  });
});
