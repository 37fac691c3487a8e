/** `npm run test:fast`: what needs neither a virtual machine nor Debian packages. */
import { buildEngine } from './build.js';
import { sourceChecks } from './checks.js';
import { main } from './progress.js';
import { runAll } from './test-all.js';

// A third of the allocations that `npm test` fails at.
process.env['KONOHA_PLACES'] ??= '4';

await main(
  async () =>
    await runAll({ build: buildEngine, checks: sourceChecks(), projects: ['fast'], filters: process.argv.slice(2) }),
);
