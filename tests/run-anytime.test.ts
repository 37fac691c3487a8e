/** Every script with errors, run as far as it goes: whatever is wrong, an image is right, and what it raises is an exception. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collector, compile, Isolate, textInput } from '@konoha/host-node';
import { expect, test } from 'vitest';
import { corpusFiles, TESTS } from './support/corpus-files.js';

test('scripts with errors are rejected, or run', () => {
  let ran = 0;
  for (const file of corpusFiles('language', 'diagnostics', 'regression')) {
    const compilation = compile(readFileSync(join(TESTS, file)), file, { lenient: true });
    if (compilation.errors === 0 || !compilation.runnable) continue;
    const { sink } = collector();
    const streams = { in: textInput(''), out: sink, err: sink };
    const outcome = new Isolate(compilation.image, { streams, loadFuel: 1_000_000n }).run();
    expect(['ok', 'exception'], file).toContain(outcome.status);
    ran++;
  }
  expect(ran).toBeGreaterThan(100);
});
