/** The measurements. Called by `npm run bench`. */
import { Command, Option } from 'commander';
import { SERIES, requireKernel } from '@konoha/vm';
import { build, buildEngine } from '../scripts/build.js';
import { UserError, main } from '../scripts/progress.js';
import { setUp } from '../scripts/setup.js';
import { KERNEL_PROGRAMS } from './kernel-programs.js';
import { LOAD } from './load.js';
import { OPEN_CLOSE } from './open-close.js';
import { PROFILE } from './profile.js';
import { writeTable } from './report.js';
import { TABLE_1 } from './table1.js';
import type { Options, Table } from './table.js';

/** All there are, in the order in which they are measured. */
const TABLES: readonly Table[] = [TABLE_1, KERNEL_PROGRAMS, OPEN_CLOSE, PROFILE, LOAD];
const MOST_ROUNDS = 1_000_000;

await main(async () => {
  const list = TABLES.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n');
  const program = new Command('npm run bench --')
    .description(`Measures, and writes docs/benchmarks.md and bench/results.json. Tables:\n\n${list}`)
    .addOption(new Option('--table <name>', 'one table only').choices(TABLES.map(({ name }) => name)))
    .option('--rounds <count>', 'how often each thing is done')
    .option('--kernel <series>', `one kernel only: ${SERIES.map(({ name }) => name).join(' or ')}; nothing is written`)
    .option('--show', 'nothing is written')
    .parse();
  const given = program.opts<{ table?: string; rounds?: string; kernel?: string; show?: true }>();
  const options: Options = {
    ...(given.rounds === undefined ? {} : { rounds: roundsOf(given.rounds) }),
    ...(given.kernel === undefined ? {} : { kernel: given.kernel }),
  };
  const tables = TABLES.filter(({ name, onKernels }) =>
    given.table === undefined ? given.kernel === undefined || onKernels : name === given.table,
  );
  await setUp();
  const kernels = given.kernel === undefined ? SERIES.map(({ name }) => name) : [given.kernel];
  if (tables.some(({ onKernels }) => onKernels)) await build(kernels.map(requireKernel));
  else await buildEngine();
  const complaints: string[] = [];
  for (const table of tables) {
    const measured = await table.measure(options);
    console.log(measured.markdown);
    complaints.push(...(measured.complaints ?? []));
    const rounds = given.rounds === undefined ? '' : ` --rounds ${given.rounds}`;
    if (given.kernel !== undefined || given.show) continue;
    await writeTable(table.name, `npm run bench -- --table ${table.name}${rounds}`, measured);
  }
  for (const complaint of complaints) console.error(complaint);
  return complaints.length === 0 ? 0 : 1;
});

function roundsOf(text: string): number {
  const rounds = Number(text);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS) return rounds;
  throw new UserError(`--rounds ${text}: give a number from 1 to ${MOST_ROUNDS}.`);
}
