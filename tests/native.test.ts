/**
 * Every corpus file with its methods lowered, as eagerly as can be, and their KIR run by a machine that checks it: output, exceptions and
 * the fuel that is left must be those of the interpreter.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { NativeCode, NativeHost } from '@konoha/host-node';
import { KirMachine, readKir } from '../engine/jit/test/kir-machine.js';
import { corpusFiles, TESTS } from './support/corpus-files.js';
import { readExpectations } from './support/expectations.js';
import { runOnNode } from './support/run-on-node.js';
import { usesUpMemory } from './support/uses-up-memory.js';

const LOAD_FUEL = 60_000n;

let entered = 0;

function eager({ buffer, run }: NativeHost): NativeCode {
  const machine = new KirMachine(() => ({ buffer: buffer() }), run);
  return {
    slice: 4,
    heat: 1,
    install(unit) {
      machine.install(unit.map(readKir));
      return true;
    },
    enter(...args) {
      entered++;
      return machine.enter(...args);
    },
    reset: () => machine.reset(),
  };
}

describe('native code on Node', () => {
  // The test runner takes one that never listens for dead.
  beforeEach(async () => await setImmediate());
  for (const file of corpusFiles('language', 'limit', 'regression', 'programs')) {
    const path = join(TESTS, file);
    const expected = readExpectations(path);
    test.skipIf('node' in expected.skip)(file, () => {
      const source = readFileSync(path);
      // A slow machine: what takes long here is cut short on both sides, and ends in Timeout!!.
      const options = { ...expected, loadFuel: LOAD_FUEL };
      const [native, interpreted] = [runOnNode(source, file, options, eager), runOnNode(source, file, options)];
      const usedUp = usesUpMemory(source, interpreted.exception);
      expect(usedUp ? { ...native, fuel: interpreted.fuel } : native).toEqual(interpreted);
    });
  }

  afterAll(() => {
    expect(entered).toBeGreaterThan(10_000);
  });
});
