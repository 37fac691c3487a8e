/** What Konoha adds to a bare guest: the module, the examples, the tests' scripts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestTarget } from './guest-target.js';
import type { GuestFile } from './initramfs.js';
import type { Kernel } from './kernels.js';
import { BUILD, ROOT } from './paths.js';

const MODULE_IN_GUEST = '/usr/lib/konoha/konoha.ko';

/** Where the build leaves the module for a kernel. */
export function modulePath(kernel: Kernel): string {
  return join(BUILD, 'module', kernel.release, 'konoha.ko');
}

/** The module if it has been built, /examples and /tests. */
export function konohaFiles(kernel: Kernel): GuestFile[] {
  const files: GuestFile[] = [
    { host: join(ROOT, 'examples'), guest: '/examples' },
    { host: join(ROOT, 'tests'), guest: '/tests' },
    { host: modulePath(kernel), guest: MODULE_IN_GUEST },
  ];
  return files.filter(({ host }) => existsSync(host));
}

/** @throws saying what insmod or the kernel's log says */
export async function insertModule(target: GuestTarget, kernel: Kernel): Promise<void> {
  if (!existsSync(modulePath(kernel)))
    throw new Error(`konoha.ko has not been built for ${kernel.release}; type: npm run build`);
  await target.begin();
  const insertion = await target.perform('main', { verb: 'shell', command: `insmod ${MODULE_IN_GUEST}` }, 30_000);
  if (insertion.value === 0) return;
  const log = await target.kernelLog();
  throw new Error(`konoha.ko cannot be inserted: ${insertion.data.toString()}${log.replace(/^/gm, '  ')}`);
}
