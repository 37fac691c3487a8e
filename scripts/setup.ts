/**
 * Makes a Debian 12 machine ready: Debian packages, and the kernels that everything is tested on.
 * A second run finds everything in place and takes a fraction of a second.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { KERNELS, SERIES, findKernel, type Series } from '@konoha/vm';
import { UserError, main, step } from './progress.js';
import { run, tryRun } from './run.js';

/** The one list of Debian packages, each with what it is for. */
const DEBIAN_PACKAGES: Readonly<Record<string, string>> = {
  'qemu-system-x86': 'runs the kernels',
  'busybox-static': "the guest's small tools",
  bash: "the guest's shell",
  coreutils: "the guest's cat, tee, dd, cp",
  kmod: 'finds the drivers that the guest needs',
  'xz-utils': 'unpacks compressed drivers',
  gcc: 'builds the guest agent',
  'gcc-12': 'builds konoha.ko: the compiler that built the kernels',
  'libc6-dev': 'the guest agent is a static program',
  make: 'kbuild',
  mawk: 'kbuild, and the translation of the engine',
  binutils: 'looks for float instructions in konoha.ko',
  libelf1: "kbuild's objtool",
  libssl3: "kbuild's module signing tool",
  pahole: "kbuild's type information (BTF) of konoha.ko",
  sparse: "the kernel's static checker",
  perl: "kbuild's and checkpatch's scripts",
};

/** Does all that is missing. @throws UserError with the line to type, if it needs rights that we do not have */
export async function setUp(): Promise<void> {
  await installDebianPackages(DEBIAN_PACKAGES);
  for (const series of SERIES) {
    if (!findKernel(series.name)) await fetchKernel(series);
  }
}

/**
 * Installs what of a list is missing.
 * @param packages each with what it is for
 * @throws UserError with the line to type, if it needs rights that we do not have
 */
export async function installDebianPackages(packages: Readonly<Record<string, string>>): Promise<void> {
  const missing = await missingDebianPackages(Object.keys(packages));
  if (missing.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  const prefix = await rootPrefix();
  if (!prefix) {
    const list = missing.map((name) => `  ${name.padEnd(18)} ${packages[name]!}`).join('\n');
    throw new UserError(
      `These Debian packages are missing:\n${list}\n\nType this, then try again:\n\n  sudo ${line}\n`,
    );
  }
  const apt = async (...options: string[]): Promise<void> => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run(prefix[0] ?? 'apt-get', [...prefix.slice(1), ...(prefix.length ? ['apt-get'] : []), ...options], { env });
  };
  await step('Updating the list of Debian packages', () => apt('update', '-q'));
  await step(`Installing ${missing.join(' ')}`, () =>
    apt('install', '-q', '-y', '--no-install-recommends', ...missing),
  );
}

async function missingDebianPackages(names: readonly string[]): Promise<string[]> {
  const { status, stdout, stderr } = await tryRun('dpkg-query', ['-W', '-f', '${Package} ${Status}\n', ...names]);
  if (status === 127)
    throw new UserError(`Konoha is built and tested on Debian 12; there is no dpkg-query here.\n${stderr}`);
  const installed = new Set(
    stdout.split('\n').flatMap((line) => (line.endsWith(' ok installed') ? [line.split(' ')[0]!] : [])),
  );
  return names.filter((name) => !installed.has(name));
}

/** What to put before a command to run it as root: nothing, sudo, or null if that is not possible without asking. */
async function rootPrefix(): Promise<string[] | null> {
  if (process.getuid?.() === 0) return [];
  const { status } = await tryRun('sudo', ['-n', 'true']);
  return status === 0 ? ['sudo', '-n', 'env', 'DEBIAN_FRONTEND=noninteractive'] : null;
}

/**
 * Downloads a kernel with the headers that modules for it are built with, and unpacks them into the cache. Nothing
 * of it is installed: an installed kernel would become the machine's own at its next start.
 */
async function fetchKernel(series: Series): Promise<void> {
  await step(`Fetching Debian's kernel ${series.name}`, async () => {
    const image = await dependency(series.imagePackage, /^linux-image-\d/);
    const release = image.replace('linux-image-', '');
    const headers = `linux-headers-${release}`;
    const packages = [
      image,
      headers,
      await dependency(headers, /-common$/),
      await dependency(headers, /^linux-kbuild-/),
    ];
    mkdirSync(KERNELS, { recursive: true });
    // Unpacked beside its place and renamed when complete: an interrupted run leaves nothing half done.
    const draft = mkdtempSync(join(KERNELS, '.draft-'));
    try {
      const root = join(draft, 'root');
      await unpackDebianPackages(packages, draft, root);
      relocateHeaders(root, headers, packages[2]!);
      await run('depmod', ['-b', root, release]);
      rmSync(join(KERNELS, release), { recursive: true, force: true });
      renameSync(root, join(KERNELS, release));
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    if (!findKernel(series.name)) throw new Error(`the packages ${packages.join(', ')} do not hold what was expected`);
  });
}

/** Downloads packages into a folder and unpacks them, without installing, into another. */
export async function unpackDebianPackages(packages: readonly string[], folder: string, to: string): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? ['-o', 'APT::Sandbox::User=root'] : [];
  await run('apt-get', [...asRoot, '-q', 'download', ...packages], { cwd: folder });
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb'))) {
    await run('dpkg', ['-x', join(folder, file), to]);
  }
}

/** The headers' Makefile names its other half by an absolute path; all else in them is relative. */
function relocateHeaders(root: string, headers: string, common: string): void {
  const makefile = join(root, 'usr', 'src', headers, 'Makefile');
  if (!existsSync(makefile)) throw new Error(`${headers} has no Makefile where it was expected`);
  writeFileSync(makefile, `include $(dir $(abspath $(lastword $(MAKEFILE_LIST))))../${common}/Makefile\n`);
}

/** The one package of that shape on which another depends. */
async function dependency(of: string, shape: RegExp): Promise<string> {
  return await askApt(of, async () => {
    const { stdout } = await tryRun('apt-cache', ['depends', '--important', of]);
    const names = [...stdout.matchAll(/^\s*\|?Depends: (\S+)$/gm)].map((match) => match[1]!);
    return names.find((name) => shape.test(name));
  });
}

/** The version of a package that apt would fetch. */
export async function debianVersion(of: string): Promise<string> {
  return await askApt(of, async () => {
    const { stdout } = await tryRun('apt-cache', ['show', '--no-all-versions', of]);
    return /^Version: (\S+)$/m.exec(stdout)?.[1];
  });
}

/** Asks again after an update of apt's lists. @throws UserError if apt does not know the package then either */
async function askApt(about: string, ask: () => Promise<string | undefined>): Promise<string> {
  let found = await ask();
  if (!found) {
    const prefix = await rootPrefix();
    if (prefix)
      await run(prefix[0] ?? 'apt-get', [...prefix.slice(1), ...(prefix.length ? ['apt-get'] : []), 'update', '-q']);
    found = await ask();
  }
  if (found) return found;
  throw new UserError(
    `apt does not know the package ${about}.\n` +
      `Check that /etc/apt/sources.list names bookworm and bookworm-security, then type:\n\n  sudo apt-get update\n`,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(setUp);
