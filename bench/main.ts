/** The measurements. Called by `npm run bench`, which has set up and built everything before. */
import { Command } from 'commander';
import { SERIES, requireKernel } from '@konoha/vm';
import { UserError, main, step } from '../scripts/progress.js';
import { buildTools } from './build.js';
import { measureOpenClose } from './open-close.js';
import { openCloseTable, writeResults, type KernelResult } from './report.js';

const ROUNDS = 2000;

await main(async () => {
  const program = new Command('npm run bench --')
    .description('Measures open+close of a device in C and in Konoha, in instructions.')
    .option('--rounds <count>', 'open+close of each device', String(ROUNDS))
    .option('--kernel <series>', `one kernel only, and nothing is written: ${SERIES.map((s) => s.name).join(' or ')}`)
    .parse();
  const { rounds: given, kernel: only } = program.opts<{ rounds: string; kernel?: string }>();
  const rounds = Number(given);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 1_000_000)
    throw new UserError(`--rounds ${given}: give a number from 1 to 1000000.`);
  const openClose: KernelResult[] = [];
  for (const series of only === undefined ? SERIES.map(({ name }) => name) : [only]) {
    const kernel = requireKernel(series);
    const tools = await buildTools(kernel);
    const rows = await step(`Measuring open+close on Linux ${kernel.release}`, () =>
      measureOpenClose(kernel, tools, rounds),
    );
    openClose.push({ kernel: kernel.release, rows });
  }
  console.log(openCloseTable(openClose));
  if (only !== undefined) return;
  const command = rounds === ROUNDS ? 'npm run bench' : `npm run bench -- --rounds ${rounds}`;
  await writeResults({ command, unit: 'instructions per open+close', openClose });
});
