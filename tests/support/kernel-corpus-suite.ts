/** Makes one vitest test of every corpus file, on one kernel. */
import { join } from 'node:path';
import { requireKernel } from '@konoha/vm';
import { afterAll, describe, test } from 'vitest';
import { compare, demand } from './compare.js';
import { corpusFiles, TESTS } from './corpus-files.js';
import { readExpectations } from './expectations.js';
import { KernelCorpus } from './kernel-corpus.js';

const TIMEOUT_MS = 180_000;

export function kernelCorpusSuite(series: string): void {
  describe(`corpus on kernel ${series}`, () => {
    const corpus = new KernelCorpus(requireKernel(series));
    for (const file of corpusFiles('language', 'limit', 'regression')) {
      const expected = readExpectations(join(TESTS, file));
      test.skipIf('kernel' in expected.skip)(file, { timeout: TIMEOUT_MS }, async () => {
        demand(file, compare(expected, await corpus.run(file)));
      });
    }
    afterAll(() => corpus.end(), TIMEOUT_MS);
  });
}
