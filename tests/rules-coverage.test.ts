/** Every typing rule has an accepting and a rejecting corpus file; prints those that have not. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { typingRules } from '../spec/typing-rules.js';
import { corpusFiles, TESTS } from './support/corpus-files.js';
import { expectCovered } from './support/covered.js';
import { readExpectations } from './support/expectations.js';

const marks = corpusFiles('language', 'limit', 'diagnostics', 'regression').flatMap((file) =>
  readExpectations(join(TESTS, file)).rules.map((mark) => ({ file, ...mark })),
);

for (const verdict of ['accepts', 'rejects'] as const) {
  test(`every typing rule has a test that it ${verdict}`, () => {
    const without = typingRules.filter(({ id }) => !marks.some((mark) => mark.rule === id && mark.verdict === verdict));
    expectCovered(
      `typing rules with a test that it ${verdict}`,
      typingRules.length,
      without.map(({ id, text }) => `${id} ${text}`),
    );
  });
}

test('every rule that a test names exists', () => {
  const known = new Set(typingRules.map(({ id }) => id));
  expect(marks.filter(({ rule }) => !known.has(rule)).map(({ file, rule }) => `${file}: ${rule}`)).toEqual([]);
});

test('rules are numbered without gaps', () => {
  expect(typingRules.map(({ id }) => id)).toEqual(
    typingRules.map((_, index) => `T${String(index + 1).padStart(2, '0')}`),
  );
});
