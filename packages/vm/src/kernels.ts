/**
 * The kernels that everything is tested on: stock Debian packages, found through the meta packages that a user
 * would install, unpacked into the cache with their headers and never installed.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KERNELS } from './paths.js';

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

export interface Kernel {
  readonly series: string;
  /** As `uname -r` says it. */
  readonly release: string;
  /** The bootable image. */
  readonly image: string;
  /** The folder to give as `modprobe -d`. */
  readonly root: string;
  /** Where modules are built against it: headers and kbuild. */
  readonly headers: string;
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
  if (!existsSync(cache)) return undefined;
  const kernels = readdirSync(cache)
    .filter((release) => isOfSeries(release, series.name))
    .map((release) => ({
      series: series.name,
      release,
      root: join(cache, release),
      image: join(cache, release, 'boot', `vmlinuz-${release}`),
      headers: join(cache, release, 'usr', 'src', `linux-headers-${release}`),
    }))
    .filter((kernel) => existsSync(kernel.image) && existsSync(kernel.headers));
  return kernels.sort((a, b) => a.release.localeCompare(b.release, 'en', { numeric: true })).at(-1);
}

/** @throws saying what to type if the kernel is not there. */
export function requireKernel(seriesName: string): Kernel {
  const kernel = findKernel(seriesName);
  if (!kernel) throw new Error(`Kernel ${seriesName} has not been fetched; type: npm run setup`);
  return kernel;
}
