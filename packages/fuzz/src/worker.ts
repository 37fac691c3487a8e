/** One thread of a run: makes, checks and minimises inputs. The parent watches `progress` and ends it if it hangs. */
import { parentPort, workerData } from 'node:worker_threads';
import { readCorpus } from './corpus.js';
import { kindNamed } from './kinds/all.js';
import { repeatRuns } from './kinds/judge.js';
import { minimise, signature } from './minimise.js';
import { Random } from './random.js';

/** What a thread is to do: inputs first, first + step, … below `end`, the n-th of the kind n modulo their number. */
export interface Task {
  readonly seed: number;
  readonly kinds: readonly string[];
  readonly first: number;
  readonly end: number;
  readonly step: number;
  /** Of each kind the first of so many inputs is run twice. */
  readonly repeatEvery: number;
  /** Signatures that are known: counted, not minimised again. */
  readonly known: readonly string[];
  /** [0]: beats, [1], [2]: index of the input at work, low and high part. */
  readonly progress: SharedArrayBuffer;
}

export type Message =
  | { readonly type: 'counts'; readonly counts: Readonly<Record<string, number>>; readonly done: number }
  | {
      readonly type: 'finding';
      readonly kind: string;
      readonly index: number;
      readonly problem: string;
      readonly extension: string;
      readonly input: Uint8Array;
      readonly minimised: boolean;
    }
  | { readonly type: 'again'; readonly signature: string };

const REPORT_MS = 1000;
const ATTEMPTS = 600;

export function kindOf(kinds: readonly string[], index: number): string {
  return kinds[index % kinds.length]!;
}

function work(task: Task): void {
  const beats = new Int32Array(task.progress);
  const known = new Set(task.known);
  const corpus = readCorpus();
  const counts: Record<string, number> = {};
  let [done, reported] = [0, Date.now()];
  const post = (message: Message): void => parentPort?.postMessage(message);
  for (let index = task.first; index < task.end; index += task.step) {
    Atomics.store(beats, 1, index | 0);
    Atomics.add(beats, 0, 1);
    const kind = kindNamed(kindOf(task.kinds, index));
    const input = kind.make(new Random(task.seed, index), corpus);
    repeatRuns(Math.floor(index / task.kinds.length) % task.repeatEvery === 0);
    const { problem, outcome } = kind.check(input);
    repeatRuns(true);
    counts[`${kind.name} ${outcome}`] = (counts[`${kind.name} ${outcome}`] ?? 0) + 1;
    done++;
    if (problem !== null) {
      if (known.has(signature(problem))) post({ type: 'again', signature: signature(problem) });
      else {
        known.add(signature(problem));
        const found = { type: 'finding', kind: kind.name, index, problem, extension: kind.extension(input) } as const;
        post({ ...found, input: kind.encode(input), minimised: false });
        const smaller = minimise(kind, input, problem, ATTEMPTS, () => Atomics.add(beats, 0, 1));
        const text = kind.check(smaller).problem ?? problem;
        post({ ...found, problem: text, input: kind.encode(smaller), minimised: true });
      }
    }
    if (Date.now() - reported > REPORT_MS) {
      reported = Date.now();
      post({ type: 'counts', counts: { ...counts }, done });
    }
  }
  post({ type: 'counts', counts, done });
}

if (parentPort) work(workerData as Task);
