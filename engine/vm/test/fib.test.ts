import { beforeAll, expect, test } from 'vitest';
import { ImageBuilder } from '../../bytecode/test/assembler.js';
import { Isolate, vmModule } from './isolate.js';

beforeAll(async () => void (await vmModule()), 120_000);

/** fib(n) by recursion; the result goes to the log as text. */
function fibImage(n: number): Uint8Array {
  return new ImageBuilder()
    .method({
      name: '<top>',
      frame: 8,
      code: [['LDI', 4, n], ['CALL', 2, 'fib'], ['I2S', 4, 2], ['CALLN', 2, 'KERNEL_LOG'], ['RETV']],
    })
    .method({
      name: 'fib',
      params: 1,
      frame: 6,
      flags: 4,
      code: [
        ['JGEI', 0, 2, 'more'],
        ['RET', 0],
        'more',
        ['IADDI', 3, 0, -1],
        ['CALL', 1, 'fib'],
        ['IADDI', 5, 0, -2],
        ['CALL', 3, 'fib'],
        ['IADD', 1, 1, 3],
        ['RET', 1],
      ],
    })
    .build();
}

test('fib', async () => {
  const iso = await Isolate.create();
  expect(iso.load(fibImage(20))).toBe(0);
  const act = iso.activation();
  expect(iso.call('vm_run', act)).toBe(0);
  expect(iso.logged).toEqual(['6:6765']);
});
