/** The corpus as native code in the hostile build: reclaiming at every chance changes nothing, so native code hides no reference. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ALL, wasmCode } from '@konoha/host-node';
import { beforeEach, describe, expect, test } from 'vitest';
import { corpusFiles, TESTS } from '../../../tests/support/corpus-files.js';
import { readExpectations } from '../../../tests/support/expectations.js';
import { runOnNode } from '../../../tests/support/run-on-node.js';
import { RECLAIM, hostileModule } from '../src/engine/hostile.js';

const LOAD_FUEL = 30_000n;
/** `npm run test:fast`, which has fewer places (hostile.test.ts), takes every so many files. */
const EVERY = Number(process.env['KONOHA_PLACES'] ?? 12) < 12 ? 8 : 1;

describe.each([
  ['reclaiming', RECLAIM.always],
  ['collecting all cycles', RECLAIM.all],
  ['collecting cycles in steps', RECLAIM.steps],
])('native code, %s at every chance', (_name, reclaim) => {
  beforeEach(async () => await setImmediate());
  const files = corpusFiles('language', 'limit', 'regression', 'programs').filter((_, index) => index % EVERY === 0);
  for (const file of files) {
    const path = join(TESTS, file);
    const expected = readExpectations(path);
    test.skipIf('node' in expected.skip)(file, () => {
      const source = readFileSync(path);
      const build = {
        module: hostileModule(),
        prepare: (call: (name: string, how: number) => number): void => void call('hostile_reclaim', reclaim),
      };
      const options = { ...expected, loadFuel: LOAD_FUEL, build };
      const [native, interpreted] = [runOnNode(source, file, options, wasmCode(ALL)), runOnNode(source, file, options)];
      // When memory is looked for costs fuel, and the two do so at different times.
      expect({ ...native, fuel: 0n }).toEqual({ ...interpreted, fuel: 0n });
    });
  }
});
