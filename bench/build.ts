/** Builds what is measured with: the C device for a kernel, and the program that runs in the guest. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUILD, ROOT, type Kernel } from '@konoha/vm';
import { buildIfStale, listFiles, withBuildLock } from '../scripts/freshness.js';
import { step } from '../scripts/progress.js';
import { run } from '../scripts/run.js';

export interface Tools {
  /** c_device.ko for the kernel. */
  readonly module: string;
  /** The measuring program, static. */
  readonly rounds: string;
}

/** @throws CommandError with what make or gcc says */
export async function buildTools(kernel: Kernel): Promise<Tools> {
  return await withBuildLock(async () => ({ module: await buildModule(kernel), rounds: await buildRounds() }));
}

async function buildModule(kernel: Kernel): Promise<string> {
  const sources = listFiles(join(ROOT, 'bench', 'module'));
  const folder = join(BUILD, 'bench', kernel.release);
  const module = join(folder, 'c_device.ko');
  await buildIfStale(`bench-module-${kernel.release}`, sources, [module], kernel.release, async () => {
    await step(`Building c_device.ko for ${kernel.release}`, async () => {
      mkdirSync(folder, { recursive: true });
      for (const path of sources) copyFileSync(path, join(folder, basename(path)));
      await run('make', ['-C', kernel.headers, `M=${folder}`, 'W=1', 'modules']);
    });
  });
  return module;
}

async function buildRounds(): Promise<string> {
  const source = join(ROOT, 'bench', 'guest', 'rounds.c');
  const program = join(BUILD, 'bench', 'rounds');
  await buildIfStale('bench-rounds', [source], [program], '', async () => {
    mkdirSync(join(BUILD, 'bench'), { recursive: true });
    await run('gcc', ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-o', program, source]);
  });
  return program;
}
