/**
 * Every corpus file with its methods compiled to wasm, as eagerly as can be: output, exceptions and the fuel that is left must be those
 * of the interpreter.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL, wasmCode, type NativeCode, type NativeHost } from '@konoha/host-node';
import { corpusFiles, TESTS } from './support/corpus-files.js';
import { readExpectations } from './support/expectations.js';
import { runOnNode } from './support/run-on-node.js';
import { usesUpMemory } from './support/uses-up-memory.js';

const LOAD_FUEL = 500_000n;

let units = 0;
let refused = 0;

function counted(host: NativeHost): NativeCode {
  const code = wasmCode(ALL)(host);
  const install = code.install.bind(code);
  return Object.assign(code, {
    install(unit: readonly Uint8Array[]) {
      units++;
      const done = install(unit);
      if (!done) refused++;
      return done;
    },
  });
}

describe('native code as wasm', () => {
  // The test runner takes one that never listens for dead.
  beforeEach(async () => await setImmediate());
  for (const file of corpusFiles('language', 'limit', 'regression', 'programs')) {
    const path = join(TESTS, file);
    const expected = readExpectations(path);
    test.skipIf('node' in expected.skip)(file, () => {
      const source = readFileSync(path);
      const options = { ...expected, loadFuel: LOAD_FUEL };
      const [native, interpreted] = [runOnNode(source, file, options, counted), runOnNode(source, file, options)];
      const usedUp = usesUpMemory(source, interpreted.exception);
      expect(usedUp ? { ...native, fuel: interpreted.fuel } : native).toEqual(interpreted);
    });
  }

  afterAll(() => {
    expect(units).toBeGreaterThan(300);
    expect(refused).toBe(0);
  });
});
