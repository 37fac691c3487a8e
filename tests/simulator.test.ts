/** Every operation script that the simulator can perform holds there; the others say why they are left out. */
import { relative } from 'node:path';
import { describe, test } from 'vitest';
import { ROOT } from '@konoha/vm';
import { findScripts, simulate } from './support/simulated.js';

describe('in the simulator', () => {
  for (const path of findScripts(['tests', 'examples'])) {
    test(relative(ROOT, path), async (context) => {
      const outcome = await simulate(path);
      if (typeof outcome === 'string') context.skip(outcome);
    });
  }
});
