/** Every corpus file on Node; the format is in tests/README.md. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compare, demand } from './support/compare.js';
import { corpusFiles, TESTS } from './support/corpus-files.js';
import { readExpectations } from './support/expectations.js';
import { runOnNode } from './support/run-on-node.js';

describe('corpus on Node', () => {
  for (const file of corpusFiles('language', 'limit', 'diagnostics', 'regression', 'programs')) {
    const path = join(TESTS, file);
    const expected = readExpectations(path);
    test.skipIf('node' in expected.skip)(file, () => {
      const run = runOnNode(readFileSync(path), file, expected);
      demand(file, compare(expected, run));
      const rendering = path.replace(/\.k$/, '.txt');
      if (existsSync(rendering)) expect(run.rendered).toBe(readFileSync(rendering, 'utf8'));
    });
  }
});
