/** Table 1 of the paper, in the kernel: what fib costs in C, as native code and interpreted, on one kernel in one boot. */
import { SERIES, requireKernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools } from './build.js';
import { Guest } from './guest.js';
import type { Measured, Options, Table } from './table.js';

const ROUNDS = 20;
const WARM_UP = 10;
/** fib(20), as all sides define it. */
const RESULT = 6765;
const PARAMETER = '/sys/module/konoha/parameters/jit';

export const KERNEL_FIB: Table = {
  name: 'kernel-fib',
  about: 'fib(20) in the kernel: C, native code, interpreter; instructions',
  onKernels: true,
  measure,
};

interface Row {
  readonly name: string;
  /** Of one open+close, in which the number is computed: the median of the rounds. */
  readonly total: number;
  /** The same less what a device of the same kind costs that does nothing. */
  readonly instructions: number;
  readonly ratioToC: number;
}

interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
}

interface Subject {
  readonly name: string;
  readonly path: string;
  /** A device of the same kind that does nothing. */
  readonly empty: string;
}

const SUBJECTS: readonly Subject[] = [
  { name: 'C (gcc -O2)', path: '/dev/kbench-c-fib', empty: '/dev/kbench-c' },
  { name: 'Konoha, native code', path: '/dev/kbench-fib-native', empty: '/dev/kbench-empty' },
  { name: 'Konoha, interpreter', path: '/dev/kbench-fib', empty: '/dev/kbench-empty' },
];

async function measure({ rounds = ROUNDS, kernel: only }: Options): Promise<Measured> {
  const results: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    const rows = await step(`Measuring fib on Linux ${kernel.release}`, () =>
      Guest.use(kernel, tools, {}, (guest) => measureFib(guest, rounds)),
    );
    results.push({ kernel: kernel.release, rows });
  }
  return { data: { unit: 'instructions per fib(20)', results }, markdown: markdown(results) };
}

function markdown(results: readonly KernelResult[]): string {
  const lines = ['| kernel | fib(20) | instructions | to C |', '|---|---|--:|--:|'];
  for (const { kernel, rows } of results)
    for (const { name, instructions, ratioToC } of rows)
      lines.push(`| ${kernel} | ${name} | ${instructions} | ${ratioToC.toFixed(2)} |`);
  return lines.join('\n');
}

/** @throws if a result is wrong */
async function measureFib(guest: Guest, rounds: number): Promise<Row[]> {
  for (const name of ['c_device', 'c_fib']) await guest.shell(`insmod /bench/${name}.ko`);
  const before = (await guest.shell(`cat ${PARAMETER}`)).trim();
  const load = 'cat /bench/scripts/kbench-empty.k > /dev/konoha && cat /bench/scripts/kbench-fib.k > /dev/konoha';
  await guest.shell(`echo 0 > ${PARAMETER} && ${load}`);
  const native = 'sed s/kbench-fib/kbench-fib-native/ /bench/scripts/kbench-fib.k > /dev/konoha';
  await guest.shell(`echo 1 > ${PARAMETER} && ${native} && echo ${before} > ${PARAMETER}`);
  const rows: Omit<Row, 'ratioToC'>[] = [];
  for (const { name, path, empty } of SUBJECTS) {
    const nothing = await guest.costs(`/bench/rounds ${WARM_UP} 101 ${empty} open`);
    const { median } = await guest.costs(`/bench/rounds ${WARM_UP} ${rounds} ${path} open`);
    const result = Number(await guest.shell(`cat ${path}`));
    if (result !== RESULT) throw new Error(`${path} computed ${result}, not ${RESULT}: the result is void.`);
    rows.push({ name, total: median, instructions: median - nothing.median });
  }
  const c = rows[0]!.instructions;
  return rows.map((row) => ({ ...row, ratioToC: Number((row.instructions / c).toFixed(2)) }));
}
