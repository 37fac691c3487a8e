/** What loading a script costs, from the close of /dev/konoha to the finished device, and what memory a loaded script takes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERIES, requireKernel, type Kernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools, type Tools } from './build.js';
import { Guest } from './guest.js';
import { NAME, scriptOf } from './load-script.js';
import type { Measured, Options, Table } from './table.js';

const ROUNDS = 5;
/** Lines of the scripts that are loaded, multiples of ten. */
const LINES = [10, 100, 1000] as const;
/** So many others are there meanwhile. */
const OTHERS = [1, 10, 100, 1000] as const;

export const LOAD: Table = {
  name: 'load',
  about: 'loading a script of 10, 100, 1,000 lines, instructions; memory of a loaded script',
  onKernels: true,
  measure,
};

interface Row {
  readonly lines: number;
  /** Scripts that were loaded already. */
  readonly others: number;
  /** The median of all rounds. */
  readonly instructions: number;
  readonly minimum: number;
  readonly rounds: number;
  /** What was typed in the guest. */
  readonly command: string;
}

interface Memory {
  /** Between so many loaded scripts and so many. */
  readonly from: number;
  readonly to: number;
  /** Bytes of the kernel's memory that each of them took. */
  readonly bytes: number;
  readonly command: string;
}

interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
  readonly memory: readonly Memory[];
}

async function measure({ rounds = ROUNDS, kernel: only }: Options): Promise<Measured> {
  const results: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    results.push(await step(`Measuring loads on Linux ${kernel.release}`, () => measureKernel(kernel, tools, rounds)));
  }
  return { data: { unit: 'instructions of one load', results }, markdown: markdown(results) };
}

async function measureKernel(kernel: Kernel, tools: Tools, rounds: number): Promise<KernelResult> {
  const texts: Record<string, string> = Object.fromEntries(LINES.map((n) => [`/bench/${n}.k`, scriptOf(n)]));
  // Its name would be the same for all of them.
  texts['/bench/hello.k'] = readFileSync(join(ROOT, 'examples', 'hello.k'), 'utf8').replace(/^@Name\(.*\)$/m, '');
  return await Guest.use(kernel, tools, texts, async (guest) => {
    const rows: Row[] = [];
    const memory: Memory[] = [];
    let loaded = 0;
    for (const others of OTHERS) {
      const command = `/bench/loads fill /bench/hello.k ${loaded + 1} ${others}`;
      const before = await usedBytes(guest);
      await guest.shell(command);
      const bytes = Math.round(((await usedBytes(guest)) - before) / (others - loaded));
      // One alone is less than what else changes meanwhile.
      if (loaded > 0) memory.push({ from: loaded, to: others, bytes, command });
      loaded = others;
      for (const lines of LINES) rows.push(await measureLoad(guest, lines, others, rounds));
    }
    return { kernel: kernel.release, rows, memory };
  });
}

async function measureLoad(guest: Guest, lines: number, others: number, rounds: number): Promise<Row> {
  const command = `/bench/loads ${rounds} /bench/${lines}.k ${NAME}`;
  const { median, minimum } = await guest.costs(command);
  return { lines, others, instructions: median, minimum, rounds, command };
}

/**
 * Memory of the kernel's that is in use: vmalloc, where a script's memory lies, and slab. Free memory would tell less:
 * it leaves out what each CPU keeps for itself, which is more than many scripts take.
 */
async function usedBytes(guest: Guest): Promise<number> {
  const text = await guest.shell('echo 1 > /proc/sys/vm/stat_refresh; cat /proc/meminfo');
  const kibibytes = ['VmallocUsed', 'Slab'].map((name) => new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]);
  if (kibibytes.includes(undefined)) throw new Error(`/proc/meminfo answered: ${text}`);
  return kibibytes.reduce((sum, count) => sum + Number(count) * 1024, 0);
}

function markdown(results: readonly KernelResult[]): string {
  const lines = [
    `| kernel | lines | ${OTHERS.map((n) => `${n} loaded`).join(' | ')} |`,
    `|---|--:|${'--:|'.repeat(OTHERS.length)}`,
  ];
  for (const { kernel, rows } of results) {
    for (const count of LINES) {
      const cells = rows.filter((row) => row.lines === count).map(({ instructions }) => instructions);
      lines.push(`| ${kernel} | ${count} | ${cells.join(' | ')} |`);
    }
  }
  lines.push('', '| kernel | loaded scripts | KiB of memory for each |', '|---|---|--:|');
  for (const { kernel, memory } of results)
    for (const { from, to, bytes } of memory)
      lines.push(`| ${kernel} | ${from} → ${to} | ${(bytes / 1024).toFixed(0)} |`);
  return lines.join('\n');
}
