/**
 * Builds the debug kernel from Debian's source package, for `npm run test:debug-kernel` alone: it takes several
 * minutes, and 2 GB while it is at work. What stays in the cache is its image, and what modules are built with.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DEBUG_KERNEL_CONFIG,
  DEBUG_SERIES,
  KERNELS,
  debugKernelFolder,
  findDebugKernel,
  type Kernel,
} from '@konoha/vm';
import { main, step } from './progress.js';
import { run } from './run.js';
import { debianVersion, installDebianPackages, unpackDebianPackages } from './setup.js';

const SOURCE_PACKAGE = `linux-source-${DEBUG_SERIES}`;

/** Needed besides those of scripts/setup.ts. */
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  bc: "the debug kernel's build computes constants with it",
  bison: "the debug kernel's configuration language",
  flex: 'the same',
  'libelf-dev': "the debug kernel's objtool",
};

/** The compiler that builds Debian's kernels, and our module. */
export const COMPILER = ['CC=gcc-12', 'HOSTCC=gcc-12'] as const;

/** Finds or builds it. */
export async function setUpDebugKernel(): Promise<Kernel> {
  const present = findDebugKernel();
  if (present) return present;
  await installDebianPackages(DEBIAN_PACKAGES);
  const version = await debianVersion(SOURCE_PACKAGE);
  mkdirSync(KERNELS, { recursive: true });
  // Built beside its place and renamed when complete: an interrupted run leaves nothing half done.
  const draft = mkdtempSync(join(KERNELS, '.draft-'));
  try {
    const source = await step(`Fetching ${SOURCE_PACKAGE} ${version}`, () => fetchSource(draft));
    await step('Building the debug kernel (several minutes)', () => compile(source));
    const root = await gather(source, draft);
    const place = debugKernelFolder(version);
    rmSync(place, { recursive: true, force: true });
    renameSync(root, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  const built = findDebugKernel();
  if (!built) throw new Error(`the build of ${SOURCE_PACKAGE} ${version} has not left what was expected`);
  return built;
}

/** @returns the folder of the source */
async function fetchSource(draft: string): Promise<string> {
  const unpacked = join(draft, 'package');
  await unpackDebianPackages([SOURCE_PACKAGE], draft, unpacked);
  const folder = join(unpacked, 'usr', 'src');
  await run('tar', ['-C', draft, '-xJf', join(folder, `${SOURCE_PACKAGE}.tar.xz`)]);
  rmSync(unpacked, { recursive: true });
  return join(draft, SOURCE_PACKAGE);
}

async function compile(source: string): Promise<void> {
  const make = async (targets: readonly string[], env: Record<string, string> = {}): Promise<void> => {
    await run('make', [...COMPILER, ...targets], { cwd: source, env });
  };
  await make(['allnoconfig'], { KCONFIG_ALLCONFIG: DEBUG_KERNEL_CONFIG });
  expectConfig(readFileSync(join(source, '.config'), 'utf8'));
  await make([`-j${availableParallelism() + 1}`, 'bzImage', 'modules']);
}

/** kconfig drops without a word what depends on something that is off. @throws naming what it has dropped */
export function expectConfig(config: string, wanted = readFileSync(DEBUG_KERNEL_CONFIG, 'utf8')): void {
  const set = new Set(config.split('\n'));
  const missing = wanted.split('\n').filter((line) => {
    const [, name, value] = /^(CONFIG_\w+)=(.+)$/.exec(line) ?? [];
    if (name === undefined) return false;
    return value === 'n' ? [...set].some((other) => other.startsWith(`${name}=`)) : !set.has(line);
  });
  if (missing.length > 0)
    throw new Error(`packages/vm/debug-kernel.config asks for what this kernel does not have: ${missing.join(', ')}`);
}

/** What of the source tree modules are built with; the rest (gigabytes) is not kept. */
const KEPT = ['.config', 'Makefile', 'Module.symvers', 'System.map', 'arch', 'include', 'scripts', 'tools'];
const BUILT_OF_TOOLS = join('tools', 'objtool', 'objtool');

/** Arranges image and headers as Debian's packages do. @returns the folder */
async function gather(source: string, draft: string): Promise<string> {
  const release = (await run('make', ['-s', 'kernelrelease'], { cwd: source })).trim();
  const root = join(draft, 'root');
  const headers = join(root, 'usr', 'src', `linux-headers-${release}`);
  mkdirSync(join(root, 'boot'), { recursive: true });
  mkdirSync(join(root, 'usr', 'src'), { recursive: true });
  copyFileSync(join(source, 'arch', 'x86', 'boot', 'bzImage'), join(root, 'boot', `vmlinuz-${release}`));
  await run('make', ['modules_install', `INSTALL_MOD_PATH=${root}`], { cwd: source });
  rmSync(join(root, 'lib', 'modules', release, 'build'), { force: true });
  // Without a module of its own the kernel gets no list of all symbols.
  if (!existsSync(join(source, 'Module.symvers')))
    copyFileSync(join(source, 'vmlinux.symvers'), join(source, 'Module.symvers'));

  const objtool = readFileSync(join(source, BUILT_OF_TOOLS));
  const remove = (...path: string[]): void => rmSync(join(source, ...path), { recursive: true, force: true });
  for (const name of readdirSync(source)) if (!KEPT.includes(name)) remove(name);
  for (const name of readdirSync(join(source, 'arch'))) if (name !== 'x86' && name !== 'Kconfig') remove('arch', name);
  remove('tools');
  mkdirSync(join(source, 'tools', 'objtool'), { recursive: true });
  writeFileSync(join(source, BUILT_OF_TOOLS), objtool, { mode: 0o755 });
  await run('find', [join(source, 'arch'), '-name', '*.[acoS]', '-delete']);
  renameSync(source, headers);
  return root;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(async () => void (await setUpDebugKernel()));
