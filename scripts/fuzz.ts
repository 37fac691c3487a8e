/** `npm run fuzz`: builds the engine, then packages/fuzz. */
import { join } from 'node:path';
import { ROOT } from '@konoha/vm';
import { buildEngine } from './build.js';
import { main } from './progress.js';
import { tryRun } from './run.js';

await main(async () => {
  await buildEngine();
  const options = ['--import', 'tsx', join('packages', 'fuzz', 'src', 'main.ts'), ...process.argv.slice(2)];
  const { status } = await tryRun(process.execPath, options, { cwd: ROOT, inherit: true });
  return status;
});
