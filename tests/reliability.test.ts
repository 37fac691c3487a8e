/** docs/reliability.md says what the fault tests say. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '@konoha/vm';
import { expect, test } from 'vitest';
import { faultTable, readFault, readFaults } from './support/faults.js';

const PAGE = join(ROOT, 'docs', 'reliability.md');
const BEGIN = '<!-- from the headers of tests/kernel/faults: UPDATE=1 npx vitest run tests/reliability.test.ts -->\n';
const END = '\n<!-- end -->';

test("the table of docs/reliability.md is that of the tests' headers", () => {
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(BEGIN) + BEGIN.length;
  const to = page.indexOf(END);
  expect([page.includes(BEGIN), to >= from]).toEqual([true, true]);
  const table = faultTable(readFaults());
  if (process.env['UPDATE']) writeFileSync(PAGE, page.slice(0, from) + table + page.slice(to));
  else expect(page.slice(from, to)).toBe(table);
});

test('a header names fault, outcome, and what would be without', () => {
  const text = '# A loop: it ends.\n# Without this, it does not.\nrequires fault-injection\n$ true\n';
  expect(readFault('a.ops', text)).toEqual({ file: 'a.ops', fault: 'A loop', outcome: 'it ends', kernels: 'debug' });
  expect(() => readFault('b.ops', '# A loop ends.\n$ true\n')).toThrow('b.ops: its first line must be');
  expect(() => readFault('c.ops', '# A loop: it ends.\n$ true\n')).toThrow('c.ops: its second line must be');
});
