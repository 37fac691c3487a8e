import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { enginePath, type EngineName } from '@konoha/host-node';
import { CommandError } from './command-error.js';
import { EXIT_USAGE } from './exit-codes.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * Builds the engine's wasm when this checkout has none yet. Its progress goes to standard error.
 * @throws CommandError when the build fails
 */
export function ensureEngine(parts: readonly EngineName[] = ['compiler', 'vm', 'vm-user']): void {
  if (parts.every((part) => existsSync(enginePath(part)))) return;
  process.stderr.write('building the engine (once, some 10 seconds) …\n');
  const result = spawnSync(process.execPath, ['scripts/bootstrap.mjs', 'build', '--engine'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (result.status !== 0)
    throw new CommandError(
      'the engine could not be built: see the messages above, then try "npm run build"',
      EXIT_USAGE,
    );
}
