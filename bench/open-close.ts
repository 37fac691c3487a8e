/** Table 3 of the paper: what open+close of a device costs, written in C and in Konoha, on one kernel in one boot. */
import { join } from 'node:path';
import { GuestTarget, Machine, ROOT, insertModule, konohaFiles, type Kernel } from '@konoha/vm';
import type { Tools } from './build.js';

export interface Row {
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

/** The two system calls alone. */
export const BASE = '/dev/null';
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

/** @throws if a device did not count every open, the clock does not count instructions, or the kernel complains */
export async function measureOpenClose(kernel: Kernel, tools: Tools, rounds: number): Promise<Row[]> {
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
    for (const subject of SUBJECTS) measured.push(await measure(target, subject, rounds));
    const complaints = [...(await target.logComplaints()), ...machine.consoleComplaints()];
    if (complaints.length > 0) throw new Error(`The kernel complains:\n${complaints.join('\n')}`);
    const c = measured.find(({ name }) => name === C_DEVICE)!.instructions;
    return measured.map((row) => ({ ...row, ratioToC: Number((row.instructions / c).toFixed(3)) }));
  } finally {
    await machine.end();
  }
}

async function measure(target: GuestTarget, subject: Subject, rounds: number): Promise<Omit<Row, 'ratioToC'>> {
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
