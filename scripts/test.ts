/** `npm test`: everything, on every kernel. The last line is `N passed, N failed`. */
import { SERIES, VARIANTS, requireKernel } from '@konoha/vm';
import { build, buildEngine } from './build.js';
import { moduleCheck, sourceChecks } from './checks.js';
import { main } from './progress.js';
import { setUp } from './setup.js';
import { runAll } from './test-all.js';

await main(async () => {
  await setUp();
  const kernels = SERIES.map(({ name }) => requireKernel(name));
  return await runAll({
    build: async () => {
      await buildEngine();
      await build(kernels, VARIANTS);
    },
    checks: [...sourceChecks(), ...kernels.map(moduleCheck)],
    projects: ['fast', 'kernel'],
    filters: process.argv.slice(2),
  });
});
