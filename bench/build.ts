/** Builds what is measured with: the C device for a kernel, and the programs that run in the guest. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUILD, ROOT, type Kernel } from '@konoha/vm';
import { buildIfStale, listFiles, withBuildLock } from '../scripts/freshness.js';
import { step } from '../scripts/progress.js';
import { run } from '../scripts/run.js';

export interface Tools {
  /** The C devices for the kernel, a module each. */
  readonly modules: readonly string[];
  /** The measuring programs, static. */
  readonly programs: readonly string[];
}

/** @throws CommandError with what make or gcc says */
export async function buildTools(kernel: Kernel): Promise<Tools> {
  return await withBuildLock(async () => ({ modules: await buildModules(kernel), programs: await buildPrograms() }));
}

async function buildModules(kernel: Kernel): Promise<string[]> {
  const sources = listFiles(join(ROOT, 'bench', 'module'));
  const folder = join(BUILD, 'bench', kernel.release);
  const modules = sources
    .filter((path) => path.endsWith('.c'))
    .map((path) => join(folder, `${basename(path, '.c')}.ko`));
  await buildIfStale(`bench-module-${kernel.release}`, sources, modules, kernel.release, async () => {
    await step(`Building the C devices for ${kernel.release}`, async () => {
      mkdirSync(folder, { recursive: true });
      for (const path of sources) copyFileSync(path, join(folder, basename(path)));
      await run('make', ['-C', kernel.headers, `M=${folder}`, 'W=1', 'modules']);
    });
  });
  return modules;
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
