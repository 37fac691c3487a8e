/** `npm run coverage`: what of the language, its library and its rules no file of the corpus exercises. */
import { join } from 'node:path';
import { ROOT } from '@konoha/vm';
import { buildEngine } from './build.js';
import { main } from './progress.js';
import { tryRun } from './run.js';

await main(async () => {
  await buildEngine();
  const vitest = join(ROOT, 'node_modules', '.bin', 'vitest');
  const options = ['run', 'coverage.test', '--project=fast', '--reporter=dot', '--disable-console-intercept'];
  const { status } = await tryRun(vitest, options, { cwd: ROOT, inherit: true, env: { KONOHA_COVERAGE: '1' } });
  return status;
});
