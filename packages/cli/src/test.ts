/** `konoha test`: drivers' tests, in the simulator and on kernels. */
import { compareTranscripts, type TranscriptEntry } from '@konoha/ops';
import type { Command } from 'commander';
import { CommandError } from './command-error.js';
import { ensureEngine } from './engine-build.js';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.js';
import { findTests } from './operation-files.js';
import { jitOption, type Jit } from './jit.js';
import { writeAll } from './output.js';
import { Skipped, kernelRunner, simulatorRunner, type Runner } from './test-runs.js';

export interface TestOptions {
  readonly json?: boolean;
  readonly sim?: boolean;
  readonly vm?: boolean;
  readonly kernel: string;
  /** In the simulator. */
  readonly jit?: Jit;
}

type Result = 'passed' | 'failed' | 'skipped';

/** One test on one target; `comparison` when it is about both. */
interface Report {
  readonly file: string;
  readonly target: string;
  readonly result: Result;
  readonly milliseconds: number;
  /** Why it was skipped, or what is wrong. */
  readonly reason?: string;
  readonly operations?: number;
}

/** Adds the command to the command line. */
export function testCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('test')
    .description("runs drivers' tests: the operation script NAME.ops beside NAME.k")
    .argument('[path...]', 'folders, operation scripts, or drivers that have one (default: this folder)')
    .option('--sim', 'in the simulator (default)')
    .option('--vm', 'on a real kernel in a virtual machine; with --sim on both, which must agree')
    .option('--kernel <series>', 'of the virtual machine: 6.1 or 6.12', '6.12')
    .addOption(jitOption())
    .option('--json', 'results as JSON, one object a line')
    .exitOverride()
    .action(async (paths: string[], options: TestOptions) => {
      finish(await test(paths.length > 0 ? paths : ['.'], options));
    });
}

/** The exit status. @throws CommandError */
export async function test(paths: readonly string[], options: TestOptions): Promise<number> {
  const files = findTests(paths);
  ensureEngine();
  const runners: Runner[] = [];
  if (options.sim || !options.vm) runners.push(simulatorRunner(options.jit));
  if (options.vm) runners.push(await kernelRunner(options.kernel));
  const counts: Record<Result, number> = { passed: 0, failed: 0, skipped: 0 };
  const note = (report: Report): void => {
    counts[report.result]++;
    writeAll(1, options.json ? `${JSON.stringify(report)}\n` : describe(report, runners.length > 1));
  };
  for (const file of files) await testFile(file, runners, note);
  for (const runner of runners) {
    const [error, milliseconds] = await timed(() => runner.end());
    if (error instanceof Error)
      note({ file: '', target: runner.name, result: 'failed', milliseconds, reason: error.message });
  }
  if (!options.json) writeAll(1, summary(counts));
  if (counts.failed > 0) return EXIT_FAILED;
  if (counts.passed > 0) return EXIT_OK;
  if (!options.json) writeAll(2, 'nothing was tested\n');
  return EXIT_FAILED;
}

async function testFile(file: string, runners: readonly Runner[], note: (report: Report) => void): Promise<void> {
  const transcripts: { name: string; entries: readonly TranscriptEntry[] }[] = [];
  for (const { name, run } of runners) {
    const [outcome, milliseconds] = await timed(() => run(file));
    const base = { file, target: name, milliseconds };
    if (outcome instanceof CommandError) throw outcome;
    if (outcome instanceof Skipped) note({ ...base, result: 'skipped', reason: outcome.message });
    else if (outcome instanceof Error) note({ ...base, result: 'failed', reason: outcome.message });
    else {
      note({ ...base, result: 'passed', operations: outcome.length });
      transcripts.push({ name, entries: outcome });
    }
  }
  const [one, other] = transcripts;
  if (!one || !other) return;
  const reason = compareTranscripts(file, one, other);
  const target = `${one.name} and ${other.name}`;
  if (reason !== null) note({ file, target, result: 'failed', milliseconds: 0, reason: `${target} differ\n${reason}` });
}

/** What came of it, or the error; and the time it took. */
async function timed<T>(work: () => Promise<T>): Promise<[T | Error, number]> {
  const start = performance.now();
  const outcome = await work().catch((error: unknown) => error as Error);
  return [outcome, Math.round(performance.now() - start)];
}

function describe({ file, target, result, milliseconds, reason, operations }: Report, several: boolean): string {
  const where = several || file === '' ? ` [${target}]` : '';
  const word = { passed: 'ok  ', failed: 'FAIL', skipped: 'skip' }[result];
  const what = result === 'passed' ? ` (${operations} operations, ${milliseconds} ms)` : '';
  if (result === 'skipped') return `${word} ${file}${where}: ${reason}\n`;
  const details = reason === undefined ? '' : `${reason.replace(/\n?$/, '\n').replace(/^(?=.)/gm, '     ')}`;
  return `${word} ${file}${where}${what}\n${details}`;
}

function summary({ passed, failed, skipped }: Record<Result, number>): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
}
