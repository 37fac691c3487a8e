/** Table 3 of the paper: what open+close of a device costs, written in C and in Konoha, on one kernel in one boot. */
import { join } from 'node:path';
import { GuestTarget, Machine, ROOT, SERIES, insertModule, konohaFiles, requireKernel, type Kernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools, type Tools } from './build.js';
import type { Measured, Options, Table } from './table.js';

const ROUNDS = 2000;

export const OPEN_CLOSE: Table = {
  name: 'open-close',
  about: 'the paper’s Table 3: open+close of a device in C and in Konoha, instructions',
  onKernels: true,
  measure,
};

interface Row {
  readonly name: string;
  readonly rounds: number;
  /** Of one open+close: the median of all rounds, which the few that were interrupted do not touch. */
  readonly instructions: number;
  /** The least of all rounds. */
  readonly minimum: number;
  /** The mean, with whatever interrupted a round. */
  readonly mean: number;
  /** To the C device's instructions. */
  readonly ratioToC: number;
  /** What was typed in the guest. */
  readonly command: string;
}

interface Subject {
  readonly name: string;
  readonly path: string;
  /** It answers a read with the number of its opens. */
  readonly counts: boolean;
}

interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
}

/** The two system calls alone. */
const BASE = '/dev/null';
const C_DEVICE = 'C';
const SUBJECTS: readonly Subject[] = [
  { name: BASE, path: '/dev/null', counts: false },
  { name: C_DEVICE, path: '/dev/kbench-c', counts: true },
  { name: 'Konoha, empty handler', path: '/dev/kbench-empty', counts: false },
  { name: 'Konoha', path: '/dev/kbench', counts: true },
];
const SCRIPTS = ['kbench', 'kbench-empty'];

const WARM_UP = 200;
const SHELL_TIMEOUT_MS = 300_000;
const LOOP_INSTRUCTIONS = 20_000;
/** What surrounds the loop in rounds.c: a test, a call, the loop's own set-up. */
const LOOP_MARGIN = 20;

async function measure({ rounds = ROUNDS, kernel: only }: Options): Promise<Measured> {
  const results: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    const rows = await step(`Measuring open+close on Linux ${kernel.release}`, () =>
      measureOpenClose(kernel, tools, rounds),
    );
    results.push({ kernel: kernel.release, rows });
  }
  return { data: { unit: 'instructions per open+close', results }, markdown: markdown(results) };
}

/** The rows as a table in Markdown; the paper's own row comes last. */
function markdown(results: readonly KernelResult[]): string {
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

function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** @throws if a device did not count every open, the clock does not count instructions, or the kernel complains */
async function measureOpenClose(kernel: Kernel, tools: Tools, rounds: number): Promise<Row[]> {
  const files = [
    ...konohaFiles(kernel),
    { host: tools.module, guest: '/bench/c_device.ko' },
    { host: tools.rounds, guest: '/bench/rounds' },
    { host: join(ROOT, 'bench', 'scripts'), guest: '/bench/scripts' },
  ];
  const machine = await Machine.boot({ kernel, files, icount: true });
  try {
    const target = new GuestTarget(machine);
    await insertModule(target, kernel);
    await shell(target, 'insmod /bench/c_device.ko');
    for (const script of SCRIPTS) await shell(target, `cat /bench/scripts/${script}.k > /dev/konoha`);
    await requireInstructionClock(target);
    const measured: Omit<Row, 'ratioToC'>[] = [];
    for (const subject of SUBJECTS) measured.push(await measureDevice(target, subject, rounds));
    const complaints = [...(await target.logComplaints()), ...machine.consoleComplaints()];
    if (complaints.length > 0) throw new Error(`The kernel complains:\n${complaints.join('\n')}`);
    const c = measured.find(({ name }) => name === C_DEVICE)!.instructions;
    return measured.map((row) => ({ ...row, ratioToC: Number((row.instructions / c).toFixed(3)) }));
  } finally {
    await machine.end();
  }
}

async function measureDevice(target: GuestTarget, subject: Subject, rounds: number): Promise<Omit<Row, 'ratioToC'>> {
  const command = `/bench/rounds ${WARM_UP} ${rounds} ${subject.path}`;
  const before = subject.counts ? await readCount(target, subject.path) : 0;
  const { total, minimum, median } = await runRounds(target, command);
  if (subject.counts) {
    const after = await readCount(target, subject.path);
    // The second reading opens the device as well.
    const expected = before + WARM_UP + rounds + 1;
    if (after !== expected)
      throw new Error(`${subject.path} counted ${after} opens, and there were ${expected}: the result is void.`);
  }
  return { name: subject.name, rounds, instructions: median, minimum, mean: Math.round(total / rounds), command };
}

/** The counter is worth nothing unless a loop of known length costs what it must. */
async function requireInstructionClock(target: GuestTarget): Promise<void> {
  const { median } = await runRounds(target, '/bench/rounds 10 101');
  if (median >= LOOP_INSTRUCTIONS && median <= LOOP_INSTRUCTIONS + LOOP_MARGIN) return;
  throw new Error(
    `A loop of ${LOOP_INSTRUCTIONS} instructions costs ${median} on the guest's clock: it does not count instructions.`,
  );
}

async function runRounds(
  target: GuestTarget,
  command: string,
): Promise<{ total: number; minimum: number; median: number }> {
  const output = await shell(target, command);
  const found = /^total (\d+) minimum (\d+) median (\d+) maximum \d+$/m.exec(output);
  if (!found) throw new Error(`"${command}" answered: ${output}`);
  return { total: Number(found[1]), minimum: Number(found[2]), median: Number(found[3]) };
}

async function readCount(target: GuestTarget, path: string): Promise<number> {
  const output = await shell(target, `cat ${path}`);
  if (!/^\d+\n$/.test(output)) throw new Error(`${path} answered no count: ${JSON.stringify(output)}`);
  return Number(output);
}

async function shell(target: GuestTarget, command: string): Promise<string> {
  const outcome = await target.perform('main', { verb: 'shell', command }, SHELL_TIMEOUT_MS);
  const output = outcome.data.toString();
  if (outcome.value === 0 && !outcome.error) return output;
  const status = outcome.error ?? `status ${outcome.value}`;
  throw new Error(`"${command}" failed in the guest (${status}): ${output}\n${await target.kernelLog()}`);
}
