/** Makes one vitest test of every corpus file, on one kernel. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireKernel } from '@konoha/vm';
import { afterAll, describe, expect, test } from 'vitest';
import { compare, demand } from './compare.js';
import { corpusFiles, readScript, TESTS } from './corpus-files.js';
import { readExpectations } from './expectations.js';
import { nestingKinds } from './nesting.js';
import { KernelCorpus } from './kernel-corpus.js';

const TIMEOUT_MS = 180_000;

/** Does the file import none? The module is given one text. */
function isAlone(file: string): boolean {
  return readScript(file).length === readFileSync(join(TESTS, file)).length;
}

/**
 * @param name of the kernel: a series, or "debug"
 * @param parameters of the module
 */
export function kernelCorpusSuite(name: string, parameters?: string): void {
  describe(['corpus on kernel', name, ...(parameters ? [parameters] : [])].join(' '), () => {
    const corpus = new KernelCorpus(requireKernel(name), parameters);
    for (const file of corpusFiles('language', 'limit', 'regression', 'programs')) {
      const expected = readExpectations(join(TESTS, file));
      test.skipIf('kernel' in expected.skip)(file, { timeout: TIMEOUT_MS }, async () => {
        demand(file, compare(expected, await (isAlone(file) ? corpus.run(file) : corpus.runSource(readScript(file)))));
      });
    }
    for (const [kind, make] of Object.entries(nestingKinds)) {
      test(`200 levels of ${kind} within the kernel's stack`, { timeout: TIMEOUT_MS }, async () => {
        const { source, output } = make(200);
        const run = await corpus.runSource(source);
        expect([run.diagnostics, run.exception?.split('\n')[0], run.output]).toEqual([
          [],
          kind === 'while' ? 'IO!!' : undefined,
          output,
        ]);
      });
      test(`1,000 levels of ${kind} are a diagnostic`, { timeout: TIMEOUT_MS }, async () => {
        const run = await corpus.runSource(make(1000).source);
        expect(run.diagnostics.map(({ code }) => code)).toEqual(['K0901']);
      });
    }
    afterAll(() => corpus.end(), TIMEOUT_MS);
  });
}
