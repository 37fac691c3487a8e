/** Writes results: bench/results.json for programs, the table in docs/benchmarks.md for people. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { ROOT } from '@konoha/vm';
import { BASE, type Row } from './open-close.js';

export interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
}

export interface Results {
  /** What gives these numbers again. */
  readonly command: string;
  /** What the numbers count. */
  readonly unit: string;
  readonly openClose: readonly KernelResult[];
}

const RESULTS = join(ROOT, 'bench', 'results.json');
const PAGE = join(ROOT, 'docs', 'benchmarks.md');
const BEGIN = '<!-- results: written by npm run bench -->';
const END = '<!-- end of results -->';

/** The rows as a table in Markdown; the paper's own row comes last. */
export function openCloseTable(results: readonly KernelResult[]): string {
  const lines = ['| kernel | device | instructions per open+close | over /dev/null | to C |', '|---|---|--:|--:|--:|'];
  for (const { kernel, rows } of results) {
    const base = rows.find(({ name }) => name === BASE)?.instructions ?? 0;
    for (const { name, instructions, ratioToC } of rows)
      lines.push(`| ${kernel} | ${name} | ${instructions} | ${instructions - base} | ${percent(ratioToC)} |`);
  }
  lines.push(
    '| the paper, Table 3 | C | 1.66 ms | | 100.0 % |',
    '| the paper, Table 3 | Konoha | 2.55 ms | | 153.6 % |',
  );
  return lines.join('\n');
}

/** @throws if docs/benchmarks.md has lost the marks between which the table stands */
export async function writeResults(results: Results): Promise<void> {
  writeFileSync(RESULTS, await format(JSON.stringify(results), { filepath: RESULTS, printWidth: 120 }));
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/benchmarks.md has no "${BEGIN}" … "${END}" to write into.`);
  const text = `${page.slice(0, begin + BEGIN.length)}\n\n${openCloseTable(results.openClose)}\n\n${page.slice(end)}`;
  writeFileSync(PAGE, text);
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}
