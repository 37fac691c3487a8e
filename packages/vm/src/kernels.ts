/**
 * The kernels that everything is tested on: stock Debian packages, found through the meta packages that a user
 * would install, unpacked into the cache with their headers and never installed. And the debug kernel, built from
 * Debian's source of one of them, for the tests that ask for it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEBUG_KERNEL_CONFIG, KERNELS } from './paths.js';

export interface Series {
  /** As people type it: `--kernel 6.12`. */
  readonly name: string;
  readonly imagePackage: string;
  readonly headersPackage: string;
}

export const SERIES: readonly Series[] = [
  { name: '6.1', imagePackage: 'linux-image-cloud-amd64', headersPackage: 'linux-headers-cloud-amd64' },
  { name: '6.12', imagePackage: 'linux-image-6.12-cloud-amd64', headersPackage: 'linux-headers-6.12-cloud-amd64' },
];

/** The debug kernel's name, as people type it: `--kernel debug`. */
export const DEBUG = 'debug';
/** What it is built from. */
export const DEBUG_SERIES = '6.12';

export interface Kernel {
  /** What it is called here: a series, or "debug". */
  readonly name: string;
  readonly series: string;
  /** As `uname -r` says it. */
  readonly release: string;
  /** The bootable image. */
  readonly image: string;
  /** The folder to give as `modprobe -d`. */
  readonly root: string;
  /** Where modules are built against it: headers and kbuild. */
  readonly headers: string;
  /** Checks itself (KASAN, lockdep, …) and can make its own allocations fail; several times slower, and needs more memory. */
  readonly debug: boolean;
}

/** @throws with the known names if there is no such series. */
export function findSeries(name: string): Series {
  const series = SERIES.find((candidate) => candidate.name === name);
  if (!series)
    throw new Error(`There is no kernel "${name}" here; choose one of ${SERIES.map((s) => s.name).join(', ')}.`);
  return series;
}

/** Whether a release such as `6.12.117+deb12-cloud-amd64` is of a series such as `6.12`. */
export function isOfSeries(release: string, series: string): boolean {
  return release.startsWith(series + '.');
}

/** The unpacked kernel of a series with its headers; undefined before the set-up has run. */
export function findKernel(seriesName: string, cache = KERNELS): Kernel | undefined {
  const series = findSeries(seriesName);
  return newest(
    foldersOf(cache)
      .filter((folder) => isOfSeries(folder, series.name))
      .map((release) => kernelIn(join(cache, release), release, series.name, series.name)),
  );
}

/** What all versions of the debug kernel have in common: how it is configured. */
export function debugKernelKey(config = readFileSync(DEBUG_KERNEL_CONFIG, 'utf8')): string {
  return createHash('sha256').update(config).digest('hex').slice(0, 12);
}

/** Where the debug kernel of a version of its source lives; a name that no series begins with. */
export function debugKernelFolder(version: string, cache = KERNELS): string {
  return join(cache, `debug-${version.replace(/[^\w.+~-]/g, '_')}-${debugKernelKey()}`);
}

/** The debug kernel of the present configuration, whatever the version of its source; undefined before it was built. */
export function findDebugKernel(cache = KERNELS): Kernel | undefined {
  return newest(
    foldersOf(cache)
      .filter((folder) => folder.startsWith('debug-') && folder.endsWith(`-${debugKernelKey()}`))
      .flatMap((folder) =>
        foldersOf(join(cache, folder, 'lib', 'modules')).map((release) =>
          kernelIn(join(cache, folder), release, DEBUG_SERIES, DEBUG),
        ),
      ),
  );
}

function foldersOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function kernelIn(root: string, release: string, series: string, name: string): Kernel {
  const image = join(root, 'boot', `vmlinuz-${release}`);
  const headers = join(root, 'usr', 'src', `linux-headers-${release}`);
  return { name, series, release, root, image, headers, debug: name === DEBUG };
}

function newest(kernels: readonly Kernel[]): Kernel | undefined {
  return kernels
    .filter((kernel) => existsSync(kernel.image) && existsSync(kernel.headers))
    .sort((a, b) => a.release.localeCompare(b.release, 'en', { numeric: true }))
    .at(-1);
}

/**
 * @param name a series, or "debug"
 * @throws saying what to type if the kernel is not there
 */
export function requireKernel(name: string): Kernel {
  const kernel = name === DEBUG ? findDebugKernel() : findKernel(name);
  if (kernel) return kernel;
  throw new Error(
    name === DEBUG
      ? 'The debug kernel has not been built; type: npm run test:debug-kernel'
      : `Kernel ${name} has not been fetched; type: npm run setup`,
  );
}
