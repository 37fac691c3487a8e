/** Every corpus file on Node; the format is in tests/README.md. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { compare, demand } from './support/compare.js';
import { corpusFiles, readScript, TESTS } from './support/corpus-files.js';
import { readExpectations } from './support/expectations.js';
import { runOnNode } from './support/run-on-node.js';

/** Codes of the diagnostics that the kernel's rules give. */
function codesInKernel(path: string, file: string): string[] {
  return compile(readFileSync(path), file, { kernel: true }).diagnostics.map(({ code }) => code);
}

describe('corpus on Node', () => {
  for (const file of corpusFiles('language', 'limit', 'diagnostics', 'regression', 'programs')) {
    const path = join(TESTS, file);
    const expected = readExpectations(path);
    test.skipIf('node' in expected.skip)(file, () => {
      const run = runOnNode(readScript(file), file, expected);
      demand(file, compare(expected, run));
      if (expected.userOnly)
        expect(codesInKernel(path, file), 'by the kernel’s rules').toEqual(
          expect.arrayContaining([expect.stringMatching(/^K0(108|702)$/)]),
        );
      const rendering = path.replace(/\.k$/, '.txt');
      if (existsSync(rendering)) expect(run.rendered).toBe(readFileSync(rendering, 'utf8'));
    });
  }
});
