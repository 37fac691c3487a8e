/** CPU time of other programs: their own and the system's for them, with all threads. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD, ROOT } from '@konoha/vm';
import { buildIfStale, withBuildLock } from '../scripts/freshness.js';
import { CommandError, run, tryRun } from '../scripts/run.js';

export interface Timed {
  /** Seconds of CPU. */
  readonly seconds: number;
  /** What it printed, without white space around it. */
  readonly output: string;
}

const SOURCE = join(ROOT, 'bench', 'cpu-time.c');
const PROGRAM = join(BUILD, 'bench', 'cpu-time');

/** Builds what measures. @throws CommandError with what gcc says */
export async function buildCpuTime(): Promise<void> {
  await withBuildLock(() =>
    buildIfStale('bench-cpu-time', [SOURCE], [PROGRAM], '', async () => {
      mkdirSync(join(BUILD, 'bench'), { recursive: true });
      await run('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', PROGRAM, SOURCE]);
    }),
  );
}

/** Runs a command to its end; buildCpuTime() comes first. @throws CommandError if its status is not 0 */
export async function cpuTime(command: readonly string[]): Promise<Timed> {
  const result = await tryRun(PROGRAM, command);
  const microseconds = /^cpu-time (\d+)$/m.exec(result.stderr)?.[1];
  if (result.status !== 0 || microseconds === undefined) throw new CommandError(command.join(' '), result);
  return { seconds: Number(microseconds) / 1e6, output: result.stdout.trim() };
}
