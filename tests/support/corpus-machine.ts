/** The booted kernel in which corpus files run, with the module and the sample binding in it. After a crash there is a fresh one. */
import { defaultVariant, GuestTarget, insertModule, insertSample, konohaFiles, Machine, type Kernel } from '@konoha/vm';

const CPUS = 2;

export interface CorpusMachineOptions {
  /** Of the module. */
  readonly parameters?: string | undefined;
  /** Called for each machine that is booted. */
  readonly booted?: () => void;
}

export class CorpusMachine {
  private target: GuestTarget | null = null;

  constructor(
    private readonly kernel: Kernel,
    private readonly options: CorpusMachineOptions = {},
  ) {}

  /**
   * Does something there; whatever fails ends the machine.
   * @throws what `work` throws, and when the kernel complains, hangs or crashes
   */
  async with<T>(work: (target: GuestTarget) => Promise<T>): Promise<T> {
    const target = await this.prepare();
    try {
      await target.begin();
      const result = await work(target);
      const problems = await target.logComplaints();
      if (problems.length > 0) throw new Error(problems.join('\n'));
      return result;
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  /** Ends the machine. */
  async end(): Promise<void> {
    const machine = this.target?.machine;
    this.target = null;
    machine?.kill('the corpus is done');
    await machine?.ended;
  }

  private async prepare(): Promise<GuestTarget> {
    if (this.target) return this.target;
    const machine = await Machine.boot({ kernel: this.kernel, smp: CPUS, files: konohaFiles(this.kernel) });
    this.target = new GuestTarget(machine);
    this.options.booted?.();
    await insertModule(this.target, this.kernel, defaultVariant(this.kernel), this.options.parameters);
    await insertSample(this.target);
    return this.target;
  }
}

/** What a shell command puts out there. */
export async function shell(target: GuestTarget, command: string, timeoutMs: number): Promise<string> {
  const { data } = await target.perform('corpus', { verb: 'shell', command }, timeoutMs);
  return data.toString();
}
