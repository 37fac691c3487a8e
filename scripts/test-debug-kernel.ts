/**
 * `npm run test:debug-kernel`: the kernel's own detectors of errors look on while the tests run. Builds the kernel
 * first if it is not there. The last line is `N passed, N failed`.
 */
import { build } from './build.js';
import { moduleCheck } from './checks.js';
import { checkpatch } from './checkpatch.js';
import { setUpDebugKernel } from './debug-kernel.js';
import { main } from './progress.js';
import { setUp } from './setup.js';
import { runAll } from './test-all.js';

await main(async () => {
  await setUp();
  const kernel = await setUpDebugKernel();
  return await runAll({
    build: () => build([kernel]),
    checks: [checkpatch(kernel), moduleCheck(kernel)],
    projects: ['debug-kernel'],
    filters: process.argv.slice(2),
  });
});
