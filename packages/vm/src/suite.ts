/**
 * Runs a series of operation scripts on one booted kernel. The module is inserted once; each script finds a clean
 * machine and answers for what it leaves behind. After a crash, or a mess that cannot be cleaned up, the next script
 * gets a fresh machine.
 */
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import {
  HOME,
  TargetGoneError,
  driversBeside,
  parseOperationScript,
  runOperationScript,
  type Feature,
  type Requirements,
  type TranscriptEntry,
} from '@konoha/ops';
import { GuestTarget } from './guest-target.js';
import { defaultVariant, insertModule, konohaFiles, removeModule, type ModuleVariant } from './konoha-guest.js';
import type { Kernel } from './kernels.js';
import { Machine } from './machine.js';
import { ROOT } from './paths.js';

const HOME_TIMEOUT_MS = 20_000;

export interface SuiteOptions {
  readonly kernel: Kernel;
  readonly smp: number;
  /** Parameters of the module: `jit=2`. */
  readonly parameters?: string | undefined;
}

/** A script does not apply to this kernel; `reason` quotes its own requirement. */
export class NotApplicable extends Error {}

export class Suite {
  private machine: Machine | null = null;
  private target: GuestTarget | null = null;
  private inserted: ModuleVariant | null = null;

  constructor(private readonly options: SuiteOptions) {}

  /**
   * Runs one script file.
   * @returns its transcript
   * @throws an error that names file, line and cause; NotApplicable
   */
  async runFile(path: string): Promise<readonly TranscriptEntry[]> {
    const inside = relative(ROOT, path);
    const shown = inside.startsWith('..') ? path : inside;
    const script = parseOperationScript(readFileSync(path, 'utf8'), shown);
    const reason = notApplicable(script.requirements, this.options.kernel);
    if (reason !== null) throw new NotApplicable(reason);
    const target = await this.prepare(script.requirements);
    let failure: Error | null = null;
    let transcript: readonly TranscriptEntry[] = [];
    try {
      await target.begin();
      const home = await prepareHome(target, path, inside);
      transcript = await runOperationScript(script, target, undefined, home);
    } catch (error) {
      failure = error as Error;
    }
    const problems = await this.cleanUp(target, failure);
    if (problems.length === 0 && failure === null) return transcript;
    const messages = [...(failure ? [failure.message] : []), ...problems];
    throw new Error(messages.join('\n'));
  }

  /** Takes the module out and ends the machine. @throws if the module cannot be removed or the log is dirty */
  async end(): Promise<void> {
    if (!this.machine || !this.target) return;
    const problems: string[] = [];
    if (this.inserted) {
      await this.target.begin();
      await removeModule(this.target).catch((error: Error) => problems.push(error.message));
      problems.push(...(await this.target.findLeaks()));
      problems.push(...(await this.target.clean()));
    }
    const machine = this.machine;
    this.forget();
    await machine.end();
    if (problems.length > 0) throw new Error(`after the last script:\n${problems.join('\n')}`);
  }

  private async prepare({ module, features }: Requirements): Promise<GuestTarget> {
    const { kernel, smp, parameters } = this.options;
    if (!this.machine || !this.target) {
      this.machine = await Machine.boot({ kernel, smp, files: konohaFiles(kernel) });
      this.target = new GuestTarget(this.machine);
    }
    const variant = features.includes('test-module') ? 'test' : defaultVariant(kernel);
    if (module && this.inserted !== variant) {
      if (this.inserted) await removeModule(this.target);
      this.inserted = null;
      await insertModule(this.target, kernel, variant, parameters);
      this.inserted = variant;
    }
    return this.target;
  }

  /** What the script has left behind. A machine that is not clean afterwards is thrown away. */
  private async cleanUp(target: GuestTarget, failure: Error | null): Promise<string[]> {
    if (failure instanceof TargetGoneError) {
      const complaints = this.machine?.consoleComplaints() ?? [];
      this.machine?.kill('a script has brought it down');
      await this.machine?.ended;
      this.forget();
      return complaints.map((line) => `console: ${line}`);
    }
    let problems: string[];
    try {
      problems = await target.clean();
    } catch (error) {
      if (!(error instanceof TargetGoneError)) throw error;
      problems = [error.message];
    }
    if (problems.length > 0) {
      this.machine?.kill('it is not clean');
      await this.machine?.ended;
      this.forget();
    }
    return problems;
  }

  private forget(): void {
    this.machine = null;
    this.target = null;
    this.inserted = null;
  }
}

/** The machine's folder with the drivers beside a script. The repository's own are there from the start. */
async function prepareHome(target: GuestTarget, path: string, inside: string): Promise<string> {
  if (/^(examples|tests)\//.test(inside)) return `/${dirname(inside)}`;
  const command = `rm -rf ${HOME} && mkdir ${HOME}`;
  const made = await target.perform('cleaner', { verb: 'shell', command }, HOME_TIMEOUT_MS);
  if (made.value !== 0) throw new Error(`${HOME} cannot be made in the guest: ${made.data.toString()}`);
  for (const file of driversBeside(path)) await target.putFile(file.path, file.contents);
  return HOME;
}

/** What can be had on every kernel. */
const ALWAYS: readonly Feature[] = ['test-module', 'preemption', 'shell'];

function notApplicable({ kernelFrom, kernelTo, features }: Requirements, { series, debug }: Kernel): string | null {
  const missing = features.find((feature) => !ALWAYS.includes(feature) && !debug);
  if (missing !== undefined) return `requires ${missing}`;
  if (kernelFrom !== undefined && compareSeries(series, kernelFrom) < 0) return `requires kernel >= ${kernelFrom}`;
  if (kernelTo !== undefined && compareSeries(series, kernelTo) > 0) return `requires kernel <= ${kernelTo}`;
  return null;
}

function compareSeries(left: string, right: string): number {
  return left.localeCompare(right, 'en', { numeric: true });
}
