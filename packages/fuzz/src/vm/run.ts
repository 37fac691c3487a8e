/** A run in a booted kernel: batches of inputs, the kernel's log after each, and the way from a batch to its input. */
import { requireKernel, type Kernel } from '@konoha/vm';
import { readCorpus } from '../corpus.js';
import { Findings } from '../findings.js';
import { packInputs, vmInput, type VmInput } from './archive.js';
import { VmSession, type NativeSetting } from './session.js';

export interface VmRunOptions {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly kinds: readonly string[];
  readonly kernel: string;
  readonly mostFindings: number;
  /** How native code is made; undefined: in turn, as `SETTINGS` says. */
  readonly native?: NativeSetting | undefined;
}

/** Most batches with all of it native; the others as an administrator may want it. */
const NATIVE: NativeSetting = { jit: 2, harden: 0, enable: 1 };
const SETTINGS: readonly NativeSetting[] = [
  NATIVE,
  NATIVE,
  { ...NATIVE, jit: 0 },
  NATIVE,
  { ...NATIVE, harden: 1 },
  NATIVE,
  { ...NATIVE, jit: 1 },
  NATIVE,
  { ...NATIVE, harden: 2 },
  NATIVE,
  { ...NATIVE, enable: 0 },
];

/** Inputs of one machine, and of one batch. */
const CHUNK = 4000;
const BATCH = 200;

/** @returns the number of different findings */
export async function runInVm(options: VmRunOptions): Promise<number> {
  const kernel = requireKernel(options.kernel);
  const kinds = options.kinds.map((kind) => `--kind ${kind}`).join(' ');
  const findings = new Findings(`--vm --kernel ${options.kernel} ${kinds}`);
  const counts = new Map<string, number>();
  const corpus = readCorpus();
  const started = Date.now();
  let [done, stopped] = [0, false];
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));
  for (let first = options.first; first < options.first + options.count && !stopped; first += CHUNK) {
    const size = Math.min(CHUNK, options.first + options.count - first);
    const inputs = Array.from({ length: size }, (_, at) => vmInput(options.kinds, options.seed, first + at, corpus));
    const chunk = new Chunk(kernel, options, first, inputs, findings);
    for (let at = 0; at < size && !stopped && findings.count < options.mostFindings; at += BATCH) {
      const batch = Math.min(BATCH, size - at);
      chunk.native = options.native ?? SETTINGS[((first + at) / BATCH) % SETTINGS.length] ?? NATIVE;
      for (const [what, number] of await chunk.run(at, batch)) counts.set(what, (counts.get(what) ?? 0) + number);
      done += batch;
      console.error(
        `${done} of ${options.count} inputs, ${Math.round((Date.now() - started) / 1000)} s, ${findings.count} findings`,
      );
    }
    await chunk.end();
    if (findings.count >= options.mostFindings) break;
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(
    `Linux ${kernel.release}, seed ${options.seed}: ${done} inputs in ${seconds} s, ${findings.count} findings`,
  );
  for (const [what, number] of [...counts].sort()) console.log(`  ${String(number).padStart(8)} ${what}`);
  for (const line of findings.summary()) console.log(`  finding: ${line}`);
  return findings.count;
}

/** The inputs that one machine is given; after a problem the next batch gets a fresh one. */
class Chunk {
  private readonly archive: Buffer;
  private session: VmSession | null = null;
  native = NATIVE;

  constructor(
    private readonly kernel: Kernel,
    private readonly options: VmRunOptions,
    private readonly first: number,
    private readonly inputs: readonly VmInput[],
    private readonly findings: Findings,
  ) {
    this.archive = packInputs(inputs, options.seed, first);
  }

  /** @returns counts of what happened */
  async run(at: number, count: number): Promise<ReadonlyMap<string, number>> {
    const { problem, counts, broken } = await this.attempt(at, count);
    for (const { at: input, what } of broken) this.report(input, what);
    if (problem !== null) await this.narrow(at, count, problem);
    return counts;
  }

  async end(): Promise<void> {
    const { session } = this;
    this.session = null;
    try {
      const complaints = (await session?.end()) ?? [];
      if (complaints.length > 0) this.report(0, `after the module was removed: ${complaints.join('\n')}`);
    } catch (error) {
      this.report(0, `the module cannot be removed: ${(error as Error).message}`);
      await session?.kill();
    }
  }

  private async attempt(
    at: number,
    count: number,
  ): Promise<{
    problem: string | null;
    counts: ReadonlyMap<string, number>;
    broken: readonly { at: number; what: string }[];
  }> {
    try {
      const programsAlone = this.options.kinds.every((kind) => kind === 'programs');
      this.session ??= await VmSession.boot(this.kernel, this.archive, programsAlone);
      const { counts, broken, complaints } = await this.session.batch(at, count, this.native);
      if (complaints.length === 0) return { problem: null, counts, broken };
      await this.fresh();
      return { problem: complaints.slice(0, 3).join('\n'), counts, broken };
    } catch (error) {
      await this.fresh();
      return { problem: (error as Error).message, counts: new Map(), broken: [] };
    }
  }

  private async fresh(): Promise<void> {
    await this.session?.kill();
    this.session = null;
  }

  /** Halves the batch, each half in a machine of its own, until one input is left or the problem does not come back. */
  private async narrow(at: number, count: number, problem: string): Promise<void> {
    let [from, size, last] = [at, count, problem];
    while (size > 1) {
      const half = Math.ceil(size / 2);
      const front = await this.attempt(from, half);
      await this.fresh();
      const back = front.problem === null ? await this.attempt(from + half, size - half) : null;
      await this.fresh();
      if (front.problem !== null) [size, last] = [half, front.problem];
      else if (back && back.problem !== null) [from, size, last] = [from + half, size - half, back.problem];
      else return this.report(from, `in a batch of ${size}, and in neither half: ${last}`);
    }
    this.report(from, last);
  }

  private report(at: number, problem: string): void {
    const { kind, extension, text } = this.inputs[Math.min(at, this.inputs.length - 1)]!;
    const index = this.first + at;
    const { jit, harden, enable } = this.native;
    const where = `${problem} (jit ${jit}, bpf_jit_harden ${harden}, bpf_jit_enable ${enable})`;
    this.findings.add({
      kind,
      seed: this.options.seed,
      index,
      problem: where,
      extension,
      input: text,
      minimised: true,
    });
    this.findings.again(problem.slice(0, 120));
  }
}
