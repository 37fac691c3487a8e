/** Builds what is measured with: the C device for a kernel, and the programs that run in the guest. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { BUILD, ROOT, type Kernel } from '@konoha/vm';
import { buildIfStale, listFiles, withBuildLock } from '../scripts/freshness.js';
import { step } from '../scripts/progress.js';
import { run } from '../scripts/run.js';

export interface Tools {
  /** The C devices for the kernel, a module each. */
  readonly modules: readonly string[];
  /** cuse.ko and what it needs, in the order in which they are inserted. */
  readonly cuse: readonly string[];
  /** The measuring programs, static. */
  readonly programs: readonly string[];
}

/** @throws CommandError with what make or gcc says */
export async function buildTools(kernel: Kernel): Promise<Tools> {
  return await withBuildLock(async () => ({
    modules: await buildModules(kernel),
    cuse: await unpackCuse(kernel),
    programs: await buildPrograms(),
  }));
}

const MODULES = ['c_device', 'c_io_device', 'kbench_programs'];

async function buildModules(kernel: Kernel): Promise<string[]> {
  const own = listFiles(join(ROOT, 'bench', 'module'));
  const programs = listFiles(join(ROOT, 'bench', 'programs')).filter((path) => path.endsWith('.c'));
  const folder = join(BUILD, 'bench', kernel.release);
  const modules = MODULES.map((name) => join(folder, `${name}.ko`));
  await buildIfStale(`bench-module-${kernel.release}`, [...own, ...programs], modules, kernel.release, async () => {
    await step(`Building the C devices for ${kernel.release}`, async () => {
      mkdirSync(join(folder, 'programs'), { recursive: true });
      for (const path of own) copyFileSync(path, join(folder, relative(join(ROOT, 'bench', 'module'), path)));
      for (const path of programs) copyFileSync(path, join(folder, 'programs', basename(path)));
      await run('make', ['-C', kernel.headers, `M=${folder}`, 'W=1', 'modules']);
    });
  });
  return modules;
}

/** The kernel package's own modules, decompressed. */
async function unpackCuse({ root, release }: Kernel): Promise<string[]> {
  const options = ['-d', root, '-S', release, '--show-depends', '--ignore-install', 'cuse'];
  const packed = [...(await run('modprobe', options)).matchAll(/^insmod (\S+)/gm)].map((match) => match[1]!);
  const folder = join(BUILD, 'bench', release);
  mkdirSync(folder, { recursive: true });
  const unpacked: string[] = [];
  for (const path of packed) {
    const to = join(folder, basename(path, '.xz'));
    copyFileSync(path, join(folder, basename(path)));
    if (path.endsWith('.xz')) await run('xz', ['--decompress', '--force', join(folder, basename(path))]);
    unpacked.push(to);
  }
  return unpacked;
}

async function buildPrograms(): Promise<string[]> {
  const sources = listFiles(join(ROOT, 'bench', 'guest'));
  const folder = join(BUILD, 'bench');
  const main = sources.filter((path) => path.endsWith('.c'));
  const programs = main.map((path) => join(folder, basename(path, '.c')));
  await buildIfStale('bench-programs', sources, programs, '', async () => {
    mkdirSync(folder, { recursive: true });
    for (const [i, path] of main.entries())
      await run('gcc', ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-o', programs[i]!, path]);
  });
  return programs;
}
