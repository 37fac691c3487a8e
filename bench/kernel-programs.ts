/** Table 1 of the paper, in the kernel: what the programs cost in C, as native code and interpreted, on one kernel in one boot. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERIES, requireKernel } from '@konoha/vm';
import { step } from '../scripts/progress.js';
import { buildTools } from './build.js';
import { Guest } from './guest.js';
import { PROGRAMS, type Program } from './programs.js';
import type { Measured, Options, Table } from './table.js';

const ROUNDS = 5;
/** Native code is made while these run. */
const WARM_UP = 5;
const FOLDER = '/bench/programs';
/** Enough for any of them: limits are not what is measured. */
const FUEL = 1_000_000_000;
const HEAP = '4M';

export const KERNEL_PROGRAMS: Table = {
  name: 'kernel-programs',
  about: 'the programs of Table 1 in the kernel: C, native code, interpreter; instructions',
  onKernels: true,
  measure,
};

interface Row {
  readonly program: string;
  /** Instructions of one open+close, in which the program runs: the median of the rounds, less what a device of the same kind costs that does nothing. */
  readonly c: number;
  readonly native: number;
  readonly interpreted: number;
}

interface KernelResult {
  /** As `uname -r` says it. */
  readonly kernel: string;
  readonly rows: readonly Row[];
}

async function measure({ rounds = ROUNDS, kernel: only }: Options): Promise<Measured> {
  const results: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    const texts = Object.fromEntries(
      PROGRAMS.flatMap((program) =>
        (['native', 'plain'] as const).map((kind) => [`${FOLDER}/${program.name}-${kind}.k`, script(program, kind)]),
      ),
    );
    const rows = await step(`Measuring programs on Linux ${kernel.release}`, () =>
      Guest.use(kernel, tools, texts, (guest) => measurePrograms(guest, rounds)),
    );
    results.push({ kernel: kernel.release, rows });
  }
  return { data: { unit: 'instructions', results }, markdown: markdown(results) };
}

/** How many times C's instructions something takes, of all rows together. */
function mean(rows: readonly Row[], side: 'native' | 'interpreted'): number {
  return Math.exp(rows.reduce((sum, row) => sum + Math.log(row[side] / row.c), 0) / rows.length);
}

function markdown(results: readonly KernelResult[]): string {
  const lines = [
    '| kernel | program | C (gcc -O2) | native code | to C | interpreter | to C |',
    '|---|---|--:|--:|--:|--:|--:|',
  ];
  for (const { kernel, rows } of results) {
    const ratios = (native: number, interpreted: number, c: number): string[] =>
      [native, interpreted].map((value) => (value / c).toFixed(2));
    for (const { program, c, native, interpreted } of rows) {
      const [ofNative, ofInterpreter] = ratios(native, interpreted, c);
      lines.push(`| ${kernel} | ${program} | ${c} | ${native} | ${ofNative} | ${interpreted} | ${ofInterpreter} |`);
    }
    const others = rows.filter(({ program }) => program !== 'fibo');
    const [ofNative, ofInterpreter] = [mean(others, 'native').toFixed(2), mean(others, 'interpreted').toFixed(2)];
    lines.push(`| ${kernel} | *geometric mean without fibo* | | | ${ofNative} | | ${ofInterpreter} |`);
  }
  return lines.join('\n');
}

/** The program's text, with a device whose opening does what its `main` does. @throws if it is not of the form that all have */
export function script({ name, fewer }: Program, kind: 'native' | 'plain'): string {
  const text = readFileSync(join(ROOT, 'bench', 'programs', name, `${name}.k`), 'utf8');
  const main = /void main\(String\[\] args\) \{([^]*)\n {4}OUT << ([^\n]*) << EOL;\n\}\n$/.exec(text);
  if (!main) throw new Error(`programs/${name}/${name}.k does not end in a main that prints one line at its end`);
  const [all, body = '', value = ''] = main;
  const own = text.slice(0, -all.length).replace(/^@Heap\(.*\)\n/m, '');
  const args = fewer.map((arg) => `"${arg}"`).join(', ');
  return `@Name("kbench-${name}-${kind}") @Fuel(${FUEL}) @Heap("${HEAP}")
${own}
int computed(String[] args) {${body}
    return ${value};
}

int result = 0;
String[] arguments = [${args}];

void Device.open() {
    result = computed(arguments);
}

void Device.read(OutputStream out) {
    out << result << EOL;
}
`;
}

/** @throws if a result is wrong */
async function measurePrograms(guest: Guest, rounds: number): Promise<Row[]> {
  const parameters = PROGRAMS.map(({ name, fewer }) => `'${name}="${fewer.join(' ')}"'`).join(' ');
  for (const command of ['c_device.ko', `kbench_programs.ko ${parameters}`])
    await guest.shell(`insmod /bench/${command}`);
  await guest.setJit(1);
  await guest.shell(`cat /bench/scripts/kbench-empty.k > /dev/konoha`);
  const nothing = async (path: string): Promise<number> =>
    (await guest.costs(`/bench/rounds ${WARM_UP} 101 ${path} open`)).median;
  const [emptyC, emptyKonoha] = [await nothing('/dev/kbench-c'), await nothing('/dev/kbench-empty')];

  const cost = async ({ name, prints }: Program, path: string): Promise<number> => {
    const { median } = await guest.costs(`/bench/rounds ${WARM_UP} ${rounds} ${path} open`);
    const result = (await guest.shell(`cat ${path}`)).trim();
    if (result !== prints) throw new Error(`${name}: ${path} computed ${result}, not ${prints}: the result is void.`);
    return median;
  };
  const konoha = async (program: Program, kind: 'native' | 'plain'): Promise<number> => {
    const { name } = program;
    await guest.setJit(kind === 'native' ? 1 : 0);
    await guest.shell(`cat ${FOLDER}/${name}-${kind}.k > /dev/konoha`);
    const instructions = await cost(program, `/dev/kbench-${name}-${kind}`);
    await guest.shell(`echo kbench-${name}-${kind} > /proc/konoha/unload`);
    return instructions - emptyKonoha;
  };
  const rows: Row[] = [];
  for (const program of PROGRAMS) {
    const c = (await cost(program, `/dev/kbench-c-${program.name}`)) - emptyC;
    rows.push({
      program: program.name,
      c,
      native: await konoha(program, 'native'),
      interpreted: await konoha(program, 'plain'),
    });
  }
  return rows;
}
