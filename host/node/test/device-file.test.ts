import { describe, expect, test } from 'vitest';
import { DeviceFile, type OpenOptions } from '../src/device-file.js';
import type { Device, Operations } from '../src/device.js';
import type { FileState, HandlerCaller, OperationResult, Outcome } from '../src/outcome.js';

const ALL: Operations = { open: 1, read: 2, write: 3, close: 4, streaming: false };
const names = ['', 'open', 'read', 'write', 'close'];

/** Answers handlers as told and notes the calls. */
class Handlers implements HandlerCaller {
  readonly calls: string[] = [];
  readonly files: FileState[] = [];
  readonly dropped: number[] = [];
  input = '';
  /** What `write` takes of its input, at most; what `open` returns. */
  takes = Infinity;
  session = 0;
  constructor(private readonly answer: (operation: string, call: number) => string | Outcome = () => '') {}

  operate(_device: Device, method: number, file: FileState, input?: Uint8Array): OperationResult {
    const operation = names[method] ?? '';
    this.calls.push(operation);
    this.files.push({ ...file });
    if (input) this.input = new TextDecoder().decode(input);
    const answer = this.answer(operation, this.calls.filter((call) => call === operation).length);
    const result = Math.min(input?.length ?? 0, this.takes);
    const session = operation === 'open' ? this.session : 0;
    if (typeof answer === 'string')
      return { outcome: { status: 'ok' }, output: new TextEncoder().encode(answer), result, session };
    return { outcome: answer, output: new Uint8Array(0), result: 0, session: 0 };
  }

  dropSession(session: number): void {
    this.dropped.push(session);
  }
}

function open(handlers: Handlers, operations: Partial<Operations> = {}, options: OpenOptions = {}): DeviceFile {
  const file = new DeviceFile(
    handlers,
    { name: 'd', object: 8, mode: 0o600, operations: { ...ALL, ...operations } },
    1,
    options,
  );
  expect(file.start()).toEqual({ status: 'ok' });
  return file;
}

const text = (transfer: unknown): unknown =>
  transfer instanceof Uint8Array ? new TextDecoder().decode(transfer) : transfer;
const failure = { status: 'exception', errno: 5, text: 'IO!!' } as const;

describe('an open file of a device', () => {
  test('reads one snapshot in parts, then the end', () => {
    const handlers = new Handlers((_, call) => `text ${call}`);
    const file = open(handlers);
    expect([4, 100, 100].map((count) => text(file.read(count)))).toEqual(['text', ' 1', '']);
    expect(handlers.calls).toEqual(['open', 'read']);
  });

  test('reads anew after seeking to 0, and elsewhere from the same snapshot', () => {
    const file = open(new Handlers((_, call) => `text ${call}`));
    file.read(100);
    file.seek(5);
    expect(text(file.read(100))).toBe('1');
    file.seek(0);
    expect(text(file.read(100))).toBe('text 2');
  });

  test('a streaming handler is called whenever nothing is left', () => {
    const handlers = new Handlers((_, call) => (call < 3 ? `ab${call}` : ''));
    const file = open(handlers, { streaming: true });
    expect([2, 9, 9, 9].map((count) => text(file.read(count)))).toEqual(['ab', '1', 'ab2', '']);
    expect(handlers.files.map((state) => state.count)).toEqual([0, 2, 9, 9]);
    expect(file.seek(0)).toMatchObject({ errno: 29 });
  });

  test('a write hands over at most 64 KiB and says so', () => {
    const handlers = new Handlers();
    const file = open(handlers);
    expect(file.write('x'.repeat(70_000))).toBe(65_536);
    expect(handlers.input).toHaveLength(65_536);
    expect(file.write('rest')).toBe(4);
    expect(handlers.files.at(-1)?.offset).toBe(65_536);
  });

  test('a write that takes a part says so, and one that takes nothing is EAGAIN', () => {
    const handlers = new Handlers();
    const file = open(handlers);
    handlers.takes = 3;
    expect([file.write('hello'), file.write('lo')]).toEqual([3, 2]);
    handlers.takes = 0;
    expect([file.write('x'), file.write('')]).toEqual([expect.objectContaining({ errno: 11 }), 0]);
  });

  test('the state that open returned goes to the others, and is dropped after close', () => {
    const handlers = new Handlers();
    handlers.session = 88;
    const file = open(handlers);
    file.read(1);
    file.write('x');
    expect(handlers.dropped).toEqual([]);
    file.close();
    file.close();
    expect(handlers.files.map(({ session }) => session)).toEqual([0, 88, 88, 88]);
    expect(handlers.dropped).toEqual([88]);
  });

  test('exceptions of handlers are failures', () => {
    const file = open(new Handlers((operation) => (operation === 'open' ? '' : failure)));
    expect([file.read(1), file.write('x'), file.close()]).toEqual([failure, failure, failure]);
    const refused = new DeviceFile(
      new Handlers(() => failure),
      { name: 'd', object: 8, mode: 0o600, operations: ALL },
      1,
      {},
    );
    expect(refused.start()).toEqual(failure);
    expect(refused.read(1)).toMatchObject({ errno: 9 });
  });

  test('what is missing: no read is the end, no write is EINVAL, no open or close is fine', () => {
    const handlers = new Handlers();
    const file = open(handlers, { open: 0, read: 0, write: 0, close: 0 });
    expect([text(file.read(1)), file.write('x'), file.close()]).toEqual([
      '',
      expect.objectContaining({ errno: 22 }),
      { status: 'ok' },
    ]);
    expect(handlers.calls).toEqual([]);
  });

  test('access is kept', () => {
    expect(open(new Handlers(), {}, { access: 'r' }).write('x')).toMatchObject({ errno: 9 });
    expect(open(new Handlers(), {}, { access: 'w' }).read(1)).toMatchObject({ errno: 9 });
    const handlers = new Handlers();
    open(handlers, {}, { access: 'w', nonblock: true });
    expect(handlers.files[0]).toMatchObject({ mode: 2, nonblock: true, flags: 0o4001 });
  });

  test('closes once, and is of no use after', () => {
    const handlers = new Handlers();
    const file = open(handlers);
    file.close();
    file.close();
    expect(handlers.calls).toEqual(['open', 'close']);
    expect(file.read(1)).toMatchObject({ errno: 9 });
  });
});
