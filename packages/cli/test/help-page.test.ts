import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BEGIN, helpPage } from '../src/help-page.js';
import { commandLine } from '../src/main.js';

test('docs/command-line.md has what the command line has (npx tsx packages/cli/src/write-help-page.ts)', () => {
  const page = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');
  const expected = helpPage(commandLine(() => undefined));
  expect(expected).toContain('## konoha test');
  expect(page.slice(page.indexOf(BEGIN))).toBe(expected);
});
