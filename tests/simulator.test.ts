/** Every operation script that the simulator can perform holds there, interpreted and as native code; the others say why they are left out. */
import { relative } from 'node:path';
import { ALL, wasmCode } from '@konoha/host-node';
import { compareTranscripts } from '@konoha/ops';
import { describe, expect, test } from 'vitest';
import { ROOT } from '@konoha/vm';
import { findScripts, simulate } from './support/simulated.js';

describe('in the simulator', () => {
  for (const path of findScripts(['tests', 'examples'])) {
    test(relative(ROOT, path), async (context) => {
      const outcome = await simulate(path);
      if (typeof outcome === 'string') return context.skip(outcome);
      const native = await simulate(path, wasmCode({ ...ALL, baseline: true }));
      if (typeof native === 'string') throw new Error(native);
      const interpreted = { name: 'the interpreter', entries: outcome };
      expect(compareTranscripts(path, interpreted, { name: 'native code', entries: native })).toBeNull();
    });
  }
});
