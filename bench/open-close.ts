/**
 * Table 3 of the paper, what open+close of a device costs, and other system calls: written in C and in Konoha, on one
 * kernel in one boot, in instructions.
 */
import { basename } from 'node:path';
import { SERIES, requireKernel, type Kernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools, type Tools } from './build.js';
import { Guest } from './guest.js';
import type { Measured, Options, Table } from './table.js';

const ROUNDS = 2000;

export const OPEN_CLOSE: Table = {
  name: 'open-close',
  about: 'the paper’s Table 3: open+close, read, write and ioctl of a device in C and in Konoha, instructions',
  onKernels: true,
  measure,
};

interface Row {
  readonly operation: string;
  readonly device: string;
  readonly rounds: number;
  /** Of one round: the median of all, which the few that were interrupted do not touch. */
  readonly instructions: number;
  /** The least of all rounds. */
  readonly minimum: number;
  /** The mean, with whatever interrupted a round. */
  readonly mean: number;
  /** To the C device's instructions for the same operation. */
  readonly ratioToC: number;
  /** What was typed in the guest. */
  readonly command: string;
}

interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
}

interface Subject {
  readonly device: string;
  readonly path: string;
  /** It answers a read with the number of its opens. */
  readonly counts?: true;
}

interface Operation {
  readonly name: string;
  /** For rounds.c, behind the path. */
  readonly options: string;
  readonly subjects: readonly Subject[];
}

const C = 'C';
const NATIVE = 'Konoha, native code';
const INTERPRETER = 'Konoha, interpreter';
const IO: readonly Subject[] = [
  { device: C, path: '/dev/kbench-io-c' },
  { device: NATIVE, path: '/dev/kbench-io-native' },
  { device: INTERPRETER, path: '/dev/kbench-io-plain' },
  { device: 'C through CUSE', path: '/dev/kbench-cuse' },
];
const OPERATIONS: readonly Operation[] = [
  {
    name: 'open+close',
    options: 'open',
    subjects: [
      // The two system calls alone.
      { device: '/dev/null', path: '/dev/null' },
      { device: C, path: '/dev/kbench-c', counts: true },
      { device: `${NATIVE}, empty handler`, path: '/dev/kbench-empty-native' },
      { device: NATIVE, path: '/dev/kbench-native', counts: true },
      { device: `${INTERPRETER}, empty handler`, path: '/dev/kbench-empty-plain' },
      { device: INTERPRETER, path: '/dev/kbench-plain', counts: true },
      { device: 'C through CUSE', path: '/dev/kbench-cuse' },
    ],
  },
  { name: 'read 1 B', options: 'read 1', subjects: IO },
  { name: 'read 4 KiB', options: 'read 4096', subjects: IO },
  { name: 'write 16 B', options: 'write 16', subjects: IO },
  { name: 'write 4 KiB', options: 'write 4096', subjects: IO },
  { name: 'ioctl', options: 'count', subjects: IO },
  { name: 'ioctl, a struct', options: 'turn', subjects: IO },
];
export const SCRIPTS = ['kbench', 'kbench-empty', 'kbench-io'];
/** How each script is loaded: by what is added to its name, the module's parameter `jit`. */
const WAYS = { native: 1, plain: 0 } as const;

const WARM_UP = 200;

async function measure({ rounds = ROUNDS, kernel: only }: Options): Promise<Measured> {
  const results: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    const rows = await step(`Measuring system calls on Linux ${kernel.release}`, () =>
      measureKernel(kernel, tools, rounds),
    );
    results.push({ kernel: kernel.release, rows });
  }
  return { data: { unit: 'instructions of one operation', results }, markdown: markdown(results) };
}

/** The rows as a table in Markdown; the paper's own row comes last. */
function markdown(results: readonly KernelResult[]): string {
  const lines = ['| kernel | operation | device | instructions | more than C | to C |', '|---|---|---|--:|--:|--:|'];
  for (const { kernel, rows } of results) {
    for (const { operation, device, instructions, ratioToC } of rows) {
      const more = instructions - ofC(rows, operation);
      lines.push(`| ${kernel} | ${operation} | ${device} | ${instructions} | ${more} | ${percent(ratioToC)} |`);
    }
  }
  lines.push(
    '| the paper, Table 3 | open | C | 1.66 ms | | 100.0 % |',
    '| the paper, Table 3 | open | Konoha | 2.55 ms | | 153.6 % |',
  );
  return lines.join('\n');
}

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

function ofC(rows: readonly Omit<Row, 'ratioToC'>[], of: string): number {
  return rows.find(({ operation, device }) => operation === of && device === C)!.instructions;
}

/** @throws if a device did not do what it must, and for what Guest.use throws */
async function measureKernel(kernel: Kernel, tools: Tools, rounds: number): Promise<Row[]> {
  return await Guest.use(kernel, tools, {}, async (guest) => {
    for (const path of [...tools.modules, ...tools.cuse]) await guest.shell(`insmod /bench/${basename(path)}`);
    await guest.shell('/bench/cuse_device kbench-cuse');
    for (const [way, jit] of Object.entries(WAYS)) {
      await guest.setJit(jit);
      for (const script of SCRIPTS) {
        const text = `sed 's/@Name("${script}")/@Name("${script}-${way}")/' /bench/scripts/${script}.k`;
        await guest.shell(`${text} > /tmp/script.k && cat /tmp/script.k > /dev/konoha`);
      }
    }
    const measured: Omit<Row, 'ratioToC'>[] = [];
    for (const operation of OPERATIONS)
      for (const subject of operation.subjects) measured.push(await measureDevice(guest, operation, subject, rounds));
    return measured.map((row) => ({
      ...row,
      ratioToC: Number((row.instructions / ofC(measured, row.operation)).toFixed(3)),
    }));
  });
}

async function measureDevice(
  guest: Guest,
  { name, options }: Operation,
  { device, path, counts }: Subject,
  rounds: number,
): Promise<Omit<Row, 'ratioToC'>> {
  const command = `/bench/rounds ${WARM_UP} ${rounds} ${path} ${options}`;
  const before = counts ? await readCount(guest, path) : 0;
  const { total, minimum, median } = await guest.costs(command);
  if (counts) {
    const after = await readCount(guest, path);
    // The second reading opens the device as well.
    const expected = before + WARM_UP + rounds + 1;
    if (after !== expected)
      throw new Error(`${path} counted ${after} opens, and there were ${expected}: the result is void.`);
  }
  const mean = Math.round(total / rounds);
  return { operation: name, device, rounds, instructions: median, minimum, mean, command };
}

async function readCount(guest: Guest, path: string): Promise<number> {
  const output = await guest.shell(`cat ${path}`);
  if (!/^\d+\n$/.test(output)) throw new Error(`${path} answered no count: ${JSON.stringify(output)}`);
  return Number(output);
}
