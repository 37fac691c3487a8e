/** Traces name the lines of the library's files, though a script takes in only the parts that it needs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TESTS } from './support/corpus-files.js';
import { runOnNode } from './support/run-on-node.js';

test.each([
  ['"abc".padLeft(9, "").size()', 'String.padLeft', 'StringPadding.of('],
  ['new Range(1, 2).toArray().map((int n) => n / 0).size()', 'Array.map', '<< f(x)'],
])('%s', (expression, frame, text) => {
  const { exception = '' } = runOnNode(`OUT << ${expression};`, 'a.k', { kernelRules: false, args: [], input: '' });
  const [, file = '', line] = new RegExp(`at ${frame} \\((stdlib/\\S+):(\\d+)\\)`).exec(exception) ?? [];
  expect(file, exception).not.toBe('');
  expect(readFileSync(join(TESTS, '..', file), 'utf8').split('\n')[Number(line) - 1]).toContain(text);
});
