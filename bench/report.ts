/** Writes what was measured: numbers for programs, pages and pictures for people. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { ROOT } from '@konoha/vm';
import type { Measured } from './table.js';

const RESULTS = join(ROOT, 'bench', 'results.json');
const PAGE = join(ROOT, 'docs', 'benchmarks.md');
const CHARTS = join(ROOT, 'docs', 'charts');

/**
 * @param table its name
 * @param command what gives these numbers again
 * @throws if docs/benchmarks.md has lost the marks between which the table stands
 */
export async function writeTable(table: string, command: string, { data, markdown, charts }: Measured): Promise<void> {
  // The page comes first: without its marks, nothing is written.
  writeFileSync(PAGE, between(readFileSync(PAGE, 'utf8'), table, markdown));
  const results = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Record<string, unknown>) : {};
  results[table] = { command, ...data };
  writeFileSync(RESULTS, await format(JSON.stringify(results), { filepath: RESULTS, printWidth: 120 }));
  for (const [name, svg] of Object.entries(charts ?? {})) {
    mkdirSync(CHARTS, { recursive: true });
    writeFileSync(join(CHARTS, name), svg);
  }
}

/** The page with a table's text between its marks in place of what was there. @throws if there are none */
export function between(page: string, table: string, text: string): string {
  const [begin, end] = [`<!-- ${table}: written by npm run bench -->`, `<!-- end of ${table} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no "${begin}" … "${end}" to write into.`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
}
