/** A run on Node: threads that check inputs, watched, so that an input that hangs is a finding and not the end. */
import { Worker } from 'node:worker_threads';
import { readCorpus } from './corpus.js';
import { Findings, HANG } from './findings.js';
import { kindNamed } from './kinds/all.js';
import { Random } from './random.js';
import { kindOf, type Message, type Task } from './worker.js';

export interface RunOptions {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly kinds: readonly string[];
  readonly jobs: number;
  /** Of each kind the first of so many inputs is run twice. */
  readonly repeatEvery: number;
  /** The run ends after so many different findings. */
  readonly mostFindings: number;
}

const HANG_MS = 20_000;
const WATCH_MS = 1000;
const SHOW_MS = 30_000;

/** @returns the number of different findings */
export async function runOnNode(options: RunOptions): Promise<number> {
  const findings = new Findings(options.kinds.map((kind) => `--kind ${kind}`).join(' '));
  const totals = Array.from({ length: options.jobs }, () => new Map<string, number>());
  const finished = { done: 0, stopped: false };
  const started = Date.now();
  // Ended early, it still says what it has done.
  const stop = (): void => void (finished.stopped = true);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const show = (): void => {
    const seconds = (Date.now() - started) / 1000;
    const rate = Math.round(finished.done / seconds);
    console.error(`${finished.done} of ${options.count} inputs, ${rate} a second, ${findings.count} findings`);
  };
  const timer = setInterval(show, SHOW_MS);
  await Promise.all(totals.map((counts, job) => thread(options, job, counts, findings, finished)));
  clearInterval(timer);
  const sum = new Map<string, number>();
  for (const counts of totals) for (const [what, count] of counts) sum.set(what, (sum.get(what) ?? 0) + count);
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`seed ${options.seed}: ${finished.done} inputs in ${seconds} s, ${findings.count} findings`);
  for (const [what, count] of [...sum].sort()) console.log(`  ${String(count).padStart(8)} ${what}`);
  for (const line of findings.summary()) console.log(`  finding: ${line}`);
  return findings.count;
}

/** One job, with as many threads behind each other as hang. */
async function thread(
  options: RunOptions,
  job: number,
  counts: Map<string, number>,
  findings: Findings,
  finished: { done: number; stopped: boolean },
): Promise<void> {
  const end = options.first + options.count;
  let first = options.first + job;
  while (first < end && findings.count < options.mostFindings && !finished.stopped) {
    const progress = new SharedArrayBuffer(16);
    const task: Task = { ...options, first, end, step: options.jobs, known: findings.signatures, progress };
    const hung = await watch(task, counts, findings, finished, options.mostFindings);
    if (hung === null) return;
    addHang(options, hung, findings);
    finished.done++;
    first = hung + options.jobs;
  }
}

function addHang(options: RunOptions, index: number, findings: Findings): void {
  const kind = kindNamed(kindOf(options.kinds, index));
  const input = kind.make(new Random(options.seed, index), readCorpus());
  const extension = kind.extension(input);
  findings.add({
    kind: kind.name,
    seed: options.seed,
    index,
    problem: HANG,
    extension,
    input: kind.encode(input),
    minimised: false,
  });
}

/** @returns the index of the input that hung; null: the thread did all */
async function watch(
  task: Task,
  totals: Map<string, number>,
  findings: Findings,
  finished: { done: number; stopped: boolean },
  mostFindings: number,
): Promise<number | null> {
  const beats = new Int32Array(task.progress);
  const before = new Map(totals);
  const doneBefore = { mine: 0 };
  const worker = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: task });
  return await new Promise<number | null>((resolve, reject) => {
    let [beat, since] = [-1, Date.now()];
    const timer = setInterval(() => {
      if (finished.stopped) return void worker.terminate();
      const now = Atomics.load(beats, 0);
      if (now !== beat || now === 0) [beat, since] = [now, Date.now()];
      else if (Date.now() - since > HANG_MS) {
        const index = Atomics.load(beats, 1);
        clearInterval(timer);
        void worker.terminate().then(() => resolve(index));
      }
    }, WATCH_MS);
    worker.on('message', (message: Message) => {
      if (message.type === 'counts') {
        finished.done += message.done - doneBefore.mine;
        doneBefore.mine = message.done;
        for (const [what, count] of Object.entries(message.counts)) totals.set(what, (before.get(what) ?? 0) + count);
      } else if (message.type === 'again') findings.again(message.signature);
      else findings.add({ ...message, seed: task.seed });
      if (findings.count >= mostFindings) void worker.terminate();
    });
    worker.once('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    worker.once('exit', () => {
      clearInterval(timer);
      resolve(null);
    });
  });
}
