/**
 * The corpus without a test runner, up to the first file that fails; runs in a copy of the repository. The name of that
 * file is all that it writes, and the exit status is 1 then.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compare } from '../../tests/support/compare.js';
import { corpusFiles, readScript, TESTS } from '../../tests/support/corpus-files.js';
import { readExpectations } from '../../tests/support/expectations.js';
import { runOnNode } from '../../tests/support/run-on-node.js';

function fails(file: string): boolean {
  const path = join(TESTS, file);
  const expected = readExpectations(path);
  if ('node' in expected.skip) return false;
  try {
    const run = runOnNode(readScript(file), file, expected);
    if (compare(expected, run).length > 0) return true;
    const rendering = path.replace(/\.k$/, '.txt');
    return existsSync(rendering) && run.rendered !== readFileSync(rendering, 'utf8');
  } catch {
    return true;
  }
}

const found = corpusFiles('language', 'diagnostics', 'regression', 'limit', 'programs').find(fails);
if (found !== undefined) {
  console.log(found);
  process.exitCode = 1;
}
