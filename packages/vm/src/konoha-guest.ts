/** What Konoha adds to a bare guest: the module, the examples, the tests' scripts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestTarget } from './guest-target.js';
import type { GuestFile } from './initramfs.js';
import type { Kernel } from './kernels.js';
import { BUILD, ROOT } from './paths.js';

/**
 * Which konoha.ko: as it is shipped, or with what tests of its insides need (KONOHA_TEST=1: docs/kernel-module.md).
 * The debug kernel has the latter only.
 */
export const VARIANTS = ['plain', 'test'] as const;
export type ModuleVariant = (typeof VARIANTS)[number];

export function defaultVariant(kernel: Kernel): ModuleVariant {
  return kernel.debug ? 'test' : 'plain';
}

/** The kernel's usual one is konoha.ko there, whichever it is. */
function pathInGuest(kernel: Kernel, variant: ModuleVariant): string {
  return `/usr/lib/konoha/${variant === defaultVariant(kernel) ? 'konoha' : 'konoha-test'}.ko`;
}

/** The folder in which the build makes the module for a kernel. */
export function moduleFolder(kernel: Kernel, variant = defaultVariant(kernel)): string {
  return join(BUILD, 'module', variant === 'test' ? `${kernel.release}-test` : kernel.release);
}

const SAMPLE_IN_GUEST = '/usr/lib/konoha/konoha_math.ko';

/** The folder in which the build makes the sample of a binding, for one module: symbols tie it to that. */
export function sampleFolder(kernel: Kernel, variant = defaultVariant(kernel)): string {
  return `${moduleFolder(kernel, variant)}-konoha_math`;
}

/** Where the build leaves it. */
export function samplePath(kernel: Kernel, variant = defaultVariant(kernel)): string {
  return join(sampleFolder(kernel, variant), 'konoha_math.ko');
}

/** Where the build leaves the module for a kernel. */
export function modulePath(kernel: Kernel, variant = defaultVariant(kernel)): string {
  return join(moduleFolder(kernel, variant), 'konoha.ko');
}

/** The module as far as it has been built, /examples and /tests. */
export function konohaFiles(kernel: Kernel): GuestFile[] {
  const files: GuestFile[] = [
    { host: join(ROOT, 'examples'), guest: '/examples' },
    { host: join(ROOT, 'tests'), guest: '/tests' },
    ...VARIANTS.map((variant) => ({ host: modulePath(kernel, variant), guest: pathInGuest(kernel, variant) })),
    { host: samplePath(kernel), guest: SAMPLE_IN_GUEST },
  ];
  return files.filter(({ host }) => existsSync(host));
}

/** @throws saying what insmod or the kernel's log says */
export async function insertModule(
  target: GuestTarget,
  kernel: Kernel,
  variant = defaultVariant(kernel),
  parameters = '',
): Promise<void> {
  if (!existsSync(modulePath(kernel, variant)))
    throw new Error(`konoha.ko (${variant}) has not been built for ${kernel.release}; type: npm run build`);
  await target.begin();
  const command = `insmod ${pathInGuest(kernel, variant)} ${parameters}`;
  const insertion = await target.perform('main', { verb: 'shell', command }, 30_000);
  if (insertion.value === 0) return;
  const log = await target.kernelLog();
  throw new Error(`konoha.ko (${variant}) cannot be inserted: ${insertion.data.toString()}${log.replace(/^/gm, '  ')}`);
}

/** Inserts the sample of a binding, behind the module. @throws saying what insmod says */
export async function insertSample(target: GuestTarget): Promise<void> {
  const insertion = await target.perform('main', { verb: 'shell', command: `insmod ${SAMPLE_IN_GUEST}` }, 30_000);
  if (insertion.value !== 0) throw new Error(`konoha_math.ko cannot be inserted: ${insertion.data.toString()}`);
}

/** @throws saying what rmmod says */
export async function removeModule(target: GuestTarget): Promise<void> {
  const removal = await target.perform('main', { verb: 'shell', command: 'rmmod konoha' }, 20_000);
  if (removal.value !== 0) throw new Error(`rmmod konoha: ${removal.data.toString()}`);
}
