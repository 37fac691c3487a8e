/** Handlers of devices from text to ABI: what they receive, what their results become. */
import { beforeAll, describe, expect, test } from 'vitest';
import { vmModule } from '../engine/vm/test/isolate.js';
import { CLOSE, Driver, OPEN, POLL, READ, SEEK, WRITE, text } from './support/device-driver.js';

beforeAll(async () => void (await vmModule()), 120_000);

describe('results', () => {
  const device = (body: string): Promise<Driver> => Driver.load(`@Name("d")\n${body}`);

  test('write says how much it took; one without a result takes all', async () => {
    const some = await device('int Device.write(InputStream in) { in.read(); in.read(); return 2; }');
    expect(some.run(WRITE, { input: 'hello' })).toMatchObject({ status: 0, result: 2n });
    const all = await device('void Device.write(InputStream in) { }');
    expect(all.run(WRITE, { input: 'hello' })).toMatchObject({ status: 0, result: 5n });
  });
  test.each(['-1', '6', '9223372036854775807', '(0 - 9223372036854775807)'])(
    '%s of 5 bytes is an exception',
    async (n) => {
      const d = await device(`int Device.write(InputStream in) { return ${n}; }`);
      expect(d.run(WRITE, { input: 'hello' })).toMatchObject({ status: 1, errno: 5 });
      expect(d.run(WRITE, { input: 'hello' }).exception).toMatch(/^OutOfIndex!!: write took -?\d+ of 5 bytes$/);
    },
  );
  test('poll answers a mask', async () => {
    const d = await device(
      'int Device.poll(File f) { return File.POLLIN | File.POLLHUP | (f.nonblock ? File.POLLOUT : 0); }',
    );
    expect(d.run(POLL).result).toBe(17n);
    expect(d.run(POLL, { nonblock: true }).result).toBe(21n);
  });
  test('seek receives where to, the file where it is; a negative position is an exception', async () => {
    const d = await device(
      'int Device.seek(int offset, int whence, File f) { return whence == File.SEEK_CUR ? f.offset + offset : offset; }',
    );
    expect(d.run(SEEK, { offset: 7n, position: 100n }).result).toBe(7n);
    expect(d.run(SEEK, { offset: -7n, position: 100n, whence: 1 }).result).toBe(93n);
    expect(d.run(SEEK, { offset: -101n, position: 100n, whence: 1 })).toMatchObject({
      status: 1,
      exception: 'OutOfIndex!!: seek came to the position -1',
    });
  });
  test('the record names all six operations', async () => {
    const d = await device(
      'void Device.open() {} void Device.read(OutputStream o, File f) {} void Device.write(InputStream i) {} ' +
        'void Device.close() {} int Device.poll() { return 0; } int Device.seek(int o, int w) { return o; }',
    );
    expect(d.operations()).toEqual([1, 2, 3, 4, 5, 6, 0, 1]);
  });
});

const SESSIONS = `
class Session { int count = 0; String name = ""; }
class Counter extends Device<Session> {
    int opened = 0;
    Session open() { var s = new Session(); s.name = "session \${++opened}"; return s; }
    void read(OutputStream out, File f, Session s) { out << s.name << ":" << ++s.count; }
    void write(InputStream in, Session s) { s.name = in.readAll(); }
    int poll(Session s) { return s.count; }
    void close(Session s) { Kernel.log("closed \${s.name}"); }
}
class Below extends Counter {
    @Override void close(Session s) { Kernel.log("below"); super.close(s); }
}
new Counter("a").register();
new Below("b").register();
`;

describe('the state of an open file', () => {
  test('is what open returned, for each file its own', async () => {
    const d = await Driver.load(SESSIONS);
    const one = d.run(OPEN).session;
    const two = d.run(OPEN).session;
    expect(new Set([0, one, two]).size).toBe(3);
    expect(text(d.run(READ, { session: one }))).toBe('session 1:1');
    expect(text(d.run(READ, { session: two }))).toBe('session 2:1');
    d.run(WRITE, { session: one, input: 'first' });
    expect(text(d.run(READ, { session: one }))).toBe('first:2');
    expect([d.run(POLL, { session: one }).result, d.run(POLL, { session: two }).result]).toEqual([2n, 1n]);
    const below = d.run(OPEN, {}, 1).session;
    d.run(CLOSE, { session: below }, 1);
    expect(d.iso.logged).toEqual(['6:below', '6:closed session 1']);
  });
  test('lives until it is dropped, and no longer', async () => {
    const d = await Driver.load(SESSIONS, 256);
    const kept = d.run(OPEN).session;
    const rounds = (): number => {
      for (let i = 0; i < 3000; i++) {
        const { session } = d.run(OPEN);
        d.run(READ, { session });
        d.iso.call('session_drop', d.act, session);
      }
      return d.iso.stat(2);
    };
    const level = rounds();
    expect(rounds()).toBe(level);
    expect(text(d.run(READ, { session: kept }))).toBe('session 1:1');
  });
  test('without one, a handler that takes it throws', async () => {
    const d = await Driver.load(SESSIONS);
    for (const session of [0, 8, 0xfffffff0, 123457])
      expect(d.run(READ, { session }).exception).toBe('Null!!: the file has no state: its open returned none');
    d.iso.call('session_drop', d.act, 0);
    d.iso.call('session_drop', d.act, 0xfffffff0);
  });
  test('of an open that failed there is none', async () => {
    const d = await Driver.load(
      'class S { } S Device.open(File f) { if (f.nonblock) throw new IOException("no"); return new S(); } void Device.close(S s) { }',
    );
    expect(d.run(OPEN, { nonblock: true })).toMatchObject({ status: 1, session: 0 });
    expect(d.run(OPEN).session).not.toBe(0);
  });
  test('may be waited for in open, and a call that waits keeps it', async () => {
    const d = await Driver.load(`
      class Gate { boolean open = false; }
      var gate = new Gate();
      class S { int n = 42; }
      S Device.open() { var s = new S(); gate.wait(gate.open); return s; }
      void Device.read(OutputStream out, S s) { gate.wait(s.n == 43); out << s.n; }
      void Device.write(InputStream in, S s) { s.n++; gate.open = true; gate.notify(); }
    `);
    const [opener, reader] = [d.activation(), d.activation()];
    expect(d.start(OPEN, {}, opener).status).toBe(3);
    const first = d.start(OPEN, {}, reader);
    expect(first.status).toBe(3);
    d.iso.call('act_free', reader);
    const garbage = d.activation();
    expect(d.start(WRITE, { input: 'x', session: 0 }, garbage).status).toBe(1);
    expect(d.resume(0, opener).status).toBe(3);
  });
});

test('a blocked reader and its writer', async () => {
  const d = await Driver.load(`
    int[] queue = [];
    class Lock { }
    var lock = new Lock();
    void Device.read(OutputStream out, File f) {
        lock.wait(queue.size() > 0);
        while (queue.size() > 0) out.writeByte(queue.remove(0));
    }
    int Device.write(InputStream in) {
        lock.wait(queue.size() < 4);
        int n = 0;
        while (queue.size() < 4 and in.available() > 0) { queue.add(in.read()); n++; }
        lock.notify();
        return n;
    }
  `);
  const [reader, writer] = [d.activation(), d.activation()];
  expect(d.start(READ, {}, reader).status).toBe(3);
  const wrote = d.start(WRITE, { input: 'abcdef' }, writer);
  expect([wrote.status, wrote.result]).toEqual([0, 4n]);
  expect(d.iso.notified).toEqual([d.waits(reader).object]);
  d.end(writer);
  expect(d.start(WRITE, { input: 'ef' }, writer).status).toBe(3);
  expect(text(d.resume(0, reader))).toBe('abcd');
  d.end(reader);
  expect(d.resume(0, writer)).toMatchObject({ status: 0, result: 2n });
  d.end(writer);
  expect(d.start(READ, {}, reader).status).toBe(0);
  d.end(reader);
  expect(d.start(READ, { nonblock: true }, reader).status).toBe(3);
  expect(d.resume(11, reader)).toMatchObject({ status: 1, errno: 11 });
});
