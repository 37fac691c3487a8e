import { describe, expect, test } from 'vitest';
import { SimulatedMachine } from '../../src/sim/index.js';
import { loaded, simulate } from './simulate.js';

const FIFO = loaded(
  'fifo',
  `
String text = "";
void Device.read(OutputStream out, File f) { wait(text.size() > 0); out << text; text = ""; }
void Device.write(InputStream in) { text = in.readAll(); notify(); }
`,
);

describe('calls that wait', () => {
  test('a reader gets what a writer brings later', async () => {
    const outcomes = await simulate(`${FIFO}
r: open /dev/fifo r -> fd
r: async read fd 100
w: open /dev/fifo w -> fd
w: write fd "late"
r: join
  expect "late"
`);
    expect(outcomes.at(-1)).toBe('4 "late"');
  });

  test('several readers of several files, and each text goes to one of them', async () => {
    await simulate(`${FIFO}
a: open /dev/fifo r -> fd
b: open /dev/fifo r -> fd
a: async read fd 100
b: async read fd 100
$ grep waiting=2 /proc/konoha/stats
  expect contains "name=fifo"
$ printf one > /dev/fifo
a: join
  expect "one"
$ printf two > /dev/fifo
b: join
  expect "two"
`);
  });

  test('a second reader of one file comes after the first, or not at all if it may not block', async () => {
    await simulate(`${FIFO}
r: open /dev/fifo r nonblock -> fd
r: read fd 10
  expect EAGAIN
`);
  });

  test('a killed reader is gone, and the script goes on', async () => {
    await simulate(`${FIFO}
r: open /dev/fifo r -> fd
r: async read fd 100
r: kill
  expect 9
$ cat /proc/konoha/stats
  expect contains "waiting=0"
  expect contains "errors=0"
$ printf more > /dev/fifo
q: open /dev/fifo r -> fd
q: read fd 100
  expect "more"
`);
  });

  test('nothing comes: the operation is overdue, and that takes no time', async () => {
    const start = Date.now();
    await expect(
      simulate(`${FIFO}timeout 60 s\nr: open /dev/fifo r -> fd\nr: async read fd 100\nr: join\n`),
    ).rejects.toThrow('it did not come back within 60 s');
    expect(Date.now() - start).toBeLessThan(5000);
  });

  test('unload ends a wait', async () => {
    await simulate(`${FIFO}
r: open /dev/fifo r -> fd
r: async read fd 100
unload fifo
r: join
  expect ENODEV
`);
  });

  test('sleeping takes time on the clock of the machine only', async () => {
    const machine = new SimulatedMachine();
    const [real, simulated] = [Date.now(), machine.clock.now()];
    await simulate('timeout 2000 s\nrepeat 3\nsleep 1200 s\nend', machine);
    expect(machine.clock.now() - simulated).toBeGreaterThanOrEqual(3_600_000);
    expect(Date.now() - real).toBeLessThan(5000);
  });
});
