/** `npm run bench`: set-up and build, then the measurements of bench/main.ts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, SERIES, requireKernel } from '@konoha/vm';
import { build } from './build.js';
import { UserError, main } from './progress.js';
import { tryRun } from './run.js';
import { setUp } from './setup.js';

await main(async () => {
  const entry = join('bench', 'main.ts');
  if (!existsSync(join(ROOT, entry))) throw new UserError(`${entry} is missing: there is nothing to measure.`);
  await setUp();
  await build(SERIES.map(({ name }) => requireKernel(name)));
  const options = ['--import', 'tsx', entry, ...process.argv.slice(2)];
  const { status } = await tryRun(process.execPath, options, { cwd: ROOT, inherit: true });
  return status;
});
