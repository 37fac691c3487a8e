/** Runs an operation script on a target and judges it. */
import { posix } from 'node:path';
import { describeOutcome, findMismatch } from './expect.js';
import { failEach, failing } from './fail-nth.js';
import { OverdueError, type MemoryUse, type Outcome, type Request, type Target } from './target.js';
import type { Descriptor, Operation, OperationScript, OperationStep, Step } from './ast.js';

/** One line of a transcript: comparable between runs and between targets. */
export interface TranscriptEntry {
  readonly line: number;
  readonly text: string;
  readonly outcome: string;
  /** The script says by `matches` that the text differs from run to run. */
  readonly varies?: true;
}

/** An expectation does not hold, or the script cannot go on: file, line, what was expected, what was found. */
export class OperationFailure extends Error {
  constructor(
    readonly file: string,
    readonly line: number,
    text: string,
    problem: string,
  ) {
    super(`${file}:${line}: ${text}\n  ${problem}`);
  }
}

const EVENTUALLY_MS = 5000;
const POLL_INTERVAL_MS = 100;
const CHUNK = 65_536;
const UNLOAD = '/proc/konoha/unload';
/** The process is gone: to ask it for more would start another of its name. */
const DIED = 'died';

/** Told of every operation when it is over. */
export type Observer = (step: OperationStep, outcome: Outcome) => void;

/**
 * Runs all steps.
 * @param observe for showing progress; called before an outcome is judged
 * @param home the machine's folder in which `load` and `replace` look for a path without a slash in front
 * @returns the transcript
 * @throws OperationFailure at the first expectation that does not hold; TargetGoneError
 */
export async function runOperationScript(
  script: OperationScript,
  target: Target,
  observe: Observer = () => undefined,
  home = '/',
): Promise<TranscriptEntry[]> {
  const run = new Run(script, target, observe, home);
  await run.steps(script.steps);
  run.expectAllCollected();
  return run.transcript;
}

interface Waiting {
  readonly step: OperationStep;
  readonly outcome: Promise<Outcome | Error>;
}

class Run {
  readonly transcript: TranscriptEntry[] = [];
  /** Results of asynchronous operations that no `join` has collected yet, one a process. */
  private readonly waiting = new Map<string, Waiting>();
  private readonly variables = new Map<string, number>();
  private mark: MemoryUse | null = null;

  constructor(
    private readonly script: OperationScript,
    private readonly target: Target,
    private readonly observe: Observer,
    private readonly home: string,
  ) {}

  async steps(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      switch (step.kind) {
        case 'file':
          await this.target.putFile(step.path, step.contents);
          break;
        case 'mark':
          this.mark = await this.target.memory();
          break;
        case 'repeat':
          for (let round = 0; round < step.times; round++) await this.steps(step.steps);
          break;
        case 'operation':
          await this.operation(step);
          break;
      }
    }
  }

  expectAllCollected(): void {
    for (const [process, { step }] of this.waiting) {
      throw this.failure(step, `its result was never collected; write "${process}: join", or kill the process`);
    }
  }

  private async operation(step: OperationStep): Promise<void> {
    const { verb } = step.operation;
    const waiting = this.waiting.get(step.process);
    if (waiting && verb !== 'join' && verb !== 'kill')
      throw this.failure(step, `${step.process} is still in its operation of line ${waiting.step.line}; join it first`);
    if (!step.asynchronous) {
      const outcome = step.eventually ? await this.performUntilRight(step) : await this.perform(step);
      this.judge(step, outcome);
      return;
    }
    if (step.expectations.length > 0) throw this.failure(step, 'expect the result at the "join", not here');
    this.note(step, 'started');
    this.waiting.set(step.process, {
      step,
      outcome: this.perform(step).catch((error: unknown) => error as Error),
    });
  }

  private judge(step: OperationStep, outcome: Outcome): void {
    const found = describeOutcome(step.operation, outcome);
    this.observe(step, outcome);
    this.note(step, found);
    const mismatch = findMismatch(step.operation, outcome, step.expectations);
    if (mismatch !== null) throw this.failure(step, `${mismatch}\n  found ${found}`);
    if (step.saveAs !== undefined && outcome.error === null)
      this.variables.set(`${step.process}.${step.saveAs}`, outcome.value);
  }

  private async performUntilRight(step: OperationStep): Promise<Outcome> {
    const patience = new Patience(this.target);
    for (;;) {
      const outcome = await this.perform(step);
      if (findMismatch(step.operation, outcome, step.expectations) === null || patience.isOver) return outcome;
      await patience.pause();
    }
  }

  private async perform(step: OperationStep): Promise<Outcome> {
    try {
      return await this.dispatch(step);
    } catch (error) {
      if (!(error instanceof OverdueError)) throw error;
      throw this.failure(step, `${error.message}\n${error.details}`);
    }
  }

  private async dispatch(step: OperationStep): Promise<Outcome> {
    const { operation, process } = step;
    const timeoutMs = this.script.requirements.timeoutMs;
    switch (operation.verb) {
      case 'join':
        return await this.join(step);
      case 'kill':
        this.waiting.delete(process);
        return await this.target.kill(process, operation.signal, timeoutMs);
      case 'exit':
        return await this.target.exit(process, operation.status, timeoutMs);
      case 'kernel-log':
        return succeeded(0, Buffer.from(await this.target.kernelLog()));
      case 'memory-back':
        return await this.memoryBack(step, operation.withinKiB);
      case 'load':
        return await this.load(process, this.atHome(operation.path), operation.device);
      case 'unload':
        return await this.writeOnce(process, UNLOAD, operation.name);
      case 'read':
        if (operation.length === 'all') return await this.readAll(process, this.descriptor(step, operation.fd));
        return await this.request(process, {
          ...operation,
          ...this.numbered(step, operation),
          length: operation.length,
        });
      case 'stress':
        return await this.target.perform(process, operation, timeoutMs + operation.milliseconds);
      case 'fail-nth':
        return await this.failNth(step, operation.nth, operation.operation);
      case 'open':
      case 'sleep':
      case 'setuid':
      case 'shell':
        return await this.request(process, operation);
      default:
        return await this.request(process, { ...operation, ...this.numbered(step, operation) });
    }
  }

  private async failNth(step: OperationStep, nth: number | 'each', operation: Operation): Promise<Outcome> {
    const { process } = step;
    const request = await this.singleRequest(step, operation);
    if ('outcome' in request) return request.outcome;
    if (nth !== 'each') return await this.request(process, failing(nth, request));
    return await failEach({
      round: async (round) => await this.request(process, failing(round, request)),
      undo: async ({ value }) => await this.undo(step, request, value),
    });
  }

  /** An operation that is one request; or the outcome, if what it needs first has failed. */
  private async singleRequest(step: OperationStep, operation: Operation): Promise<Request | { outcome: Outcome }> {
    switch (operation.verb) {
      case 'load': {
        const text = await this.readFile(step.process, this.atHome(operation.path));
        return text.error === null
          ? { verb: 'write-file', path: operation.device, data: text.data }
          : { outcome: text };
      }
      case 'unload':
        return { verb: 'write-file', path: UNLOAD, data: Buffer.from(operation.name) };
      case 'open':
        return operation;
      default: {
        // The parser lets nothing else through but what works on a descriptor.
        const { fd } = operation as { fd: Descriptor };
        return { ...operation, fd: this.descriptor(step, fd) } as Request;
      }
    }
  }

  private async undo(step: OperationStep, request: Request, value: number): Promise<void> {
    if (request.verb === 'open' || request.verb === 'dup')
      await this.request(step.process, { verb: 'close', fd: value });
    if (step.undo === undefined) return;
    const outcome = await this.dispatch({ ...step, operation: step.undo });
    const mismatch = findMismatch(step.undo, outcome, []);
    if (mismatch !== null)
      throw this.failure(step, `its undo has failed: ${mismatch}, found ${describeOutcome(step.undo, outcome)}`);
  }

  private atHome(path: string): string {
    return posix.join(path.startsWith('/') ? '/' : this.home, path);
  }

  private numbered(step: OperationStep, { fd }: { fd: Descriptor }): { fd: number } {
    return { fd: this.descriptor(step, fd) };
  }

  private async request(process: string, request: Request): Promise<Outcome> {
    return await this.target.perform(process, request, this.script.requirements.timeoutMs);
  }

  private descriptor(step: OperationStep, fd: Descriptor): number {
    if (typeof fd === 'number') return fd;
    const number = this.variables.get(`${step.process}.${fd}`);
    if (number === undefined) throw this.failure(step, `${step.process} has no descriptor "${fd}"`);
    return number;
  }

  private async join(step: OperationStep): Promise<Outcome> {
    const waiting = this.waiting.get(step.process);
    if (!waiting) throw this.failure(step, `${step.process} has no asynchronous operation to join`);
    this.waiting.delete(step.process);
    const outcome = await waiting.outcome;
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  /** Reads up to end of file or error; an error after some data is reported with the data. */
  private async readAll(process: string, fd: number): Promise<Outcome> {
    const parts: Buffer[] = [];
    for (;;) {
      const outcome = await this.request(process, { verb: 'read', fd, length: CHUNK });
      parts.push(outcome.data);
      if (outcome.error !== null || outcome.value === 0) {
        const data = Buffer.concat(parts);
        return { ...outcome, value: outcome.error === null ? data.length : outcome.value, data };
      }
    }
  }

  /** `cat path > device`, without a shell: the first error among open, write and close. */
  private async load(process: string, path: string, device: string): Promise<Outcome> {
    const text = await this.readFile(process, path);
    return text.error === null ? await this.writeFile(process, device, text.data) : text;
  }

  private async readFile(process: string, path: string): Promise<Outcome> {
    const source = await this.request(process, { verb: 'open', path, flags: 0, mode: 0 });
    if (source.error !== null) return source;
    const text = await this.readAll(process, source.value);
    if (text.error === DIED) return text;
    await this.request(process, { verb: 'close', fd: source.value });
    return text;
  }

  private async writeOnce(process: string, path: string, text: string): Promise<Outcome> {
    return await this.writeFile(process, path, Buffer.from(text));
  }

  private async writeFile(process: string, path: string, data: Buffer): Promise<Outcome> {
    const file = await this.request(process, { verb: 'open', path, flags: 1, mode: 0 });
    if (file.error !== null) return file;
    let written: Outcome = succeeded(0);
    let done = 0;
    while (done < data.length && written.error === null) {
      written = await this.request(process, { verb: 'write', fd: file.value, data: data.subarray(done, done + CHUNK) });
      // As GNU's programs see it: a device that takes nothing and reports nothing is full.
      if (written.error === null && written.value <= 0) written = { ...written, error: 'ENOSPC' };
      done += Math.max(written.value, 0);
    }
    if (written.error === DIED) return written;
    const closed = await this.request(process, { verb: 'close', fd: file.value });
    if (written.error !== null) return written;
    return closed.error !== null ? closed : succeeded(data.length);
  }

  /** Memory comes back late (deferred frees), so this looks again for up to 5 s. */
  private async memoryBack(step: OperationStep, withinKiB: number): Promise<Outcome> {
    if (!this.mark) throw this.failure(step, 'there is no "memory mark" above');
    const patience = new Patience(this.target);
    const allowed = withinKiB + (this.target.memoryNoiseKiB ?? 0);
    for (;;) {
      const now = await this.target.memory();
      const missing = this.mark.freeKiB - now.freeKiB;
      const slab = now.slabKiB - this.mark.slabKiB;
      if (missing <= allowed && slab <= allowed) return succeeded(0);
      if (patience.isOver)
        throw this.failure(step, `after 5 s: ${missing} kB less memory is free, ${slab} kB more are in slabs`);
      await patience.pause();
    }
  }

  private note(step: OperationStep, outcome: string): void {
    const varies = step.expectations.some(({ kind }) => kind === 'matches');
    this.transcript.push({ line: step.line, text: step.text, outcome, ...(varies ? { varies } : {}) });
  }

  private failure(step: OperationStep, problem: string): OperationFailure {
    return new OperationFailure(this.script.file, step.line, step.text, problem);
  }
}

function succeeded(value: number, data: Buffer = Buffer.alloc(0)): Outcome {
  return { value, error: null, data, milliseconds: 0 };
}

/** 5 s of trying again, by the machine's time. */
class Patience {
  private readonly deadline = Date.now() + EVENTUALLY_MS;
  private paused = 0;

  constructor(private readonly target: Target) {}

  get isOver(): boolean {
    return this.paused > EVENTUALLY_MS || Date.now() > this.deadline;
  }

  async pause(): Promise<void> {
    this.paused += POLL_INTERVAL_MS;
    if (this.target.pause) await this.target.pause(POLL_INTERVAL_MS);
    else await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL_MS));
  }
}
