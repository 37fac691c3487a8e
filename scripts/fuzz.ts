/** `npm run fuzz`: builds what packages/fuzz needs, then runs it. With --vm that is a module with a door for images too. */
import { join } from 'node:path';
import { ROOT, requireKernel } from '@konoha/vm';
import { build, buildEngine } from './build.js';
import { main } from './progress.js';
import { tryRun } from './run.js';
import { setUp } from './setup.js';

const DEFAULT_KERNEL = '6.12';

/** The value of --kernel, in either spelling. */
function kernelOf(words: readonly string[]): string {
  const at = words.findIndex((word) => word === '--kernel' || word.startsWith('--kernel='));
  if (at < 0) return DEFAULT_KERNEL;
  return words[at]!.split('=')[1] ?? words[at + 1] ?? DEFAULT_KERNEL;
}

await main(async () => {
  const words = process.argv.slice(2);
  await buildEngine();
  if (words.includes('--vm')) {
    await setUp();
    await build([requireKernel(kernelOf(words))], ['test']);
  }
  const options = ['--import', 'tsx', join('packages', 'fuzz', 'src', 'main.ts'), ...words];
  const { status } = await tryRun(process.execPath, options, { cwd: ROOT, inherit: true });
  return status;
});
