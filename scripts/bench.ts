/** `npm run bench`: the measurements of bench/main.ts. */
import { join } from 'node:path';
import { ROOT } from '@konoha/vm';
import { main } from './progress.js';
import { tryRun } from './run.js';

await main(async () => {
  const options = ['--import', 'tsx', join('bench', 'main.ts'), ...process.argv.slice(2)];
  const { status } = await tryRun(process.execPath, options, { cwd: ROOT, inherit: true });
  return status;
});
