/**
 * Scripts in the hostile build: some allocations fail, safe points reclaim, freed memory is filled, the VM stack is
 * tiny. The script does what it did in peace, or says that memory or stack is out; the heap stays whole.
 */
import { compileChecked } from '../engine/compile.js';
import { ContractError, TrapError, demand } from '../engine/contract.js';
import { PEACE, RECLAIM, allocations, hostileModule, setHostility, type Hostility } from '../engine/hostile.js';
import { FuzzIsolate } from '../engine/isolate.js';
import { program } from '../generate/program.js';
import { HEAP, LOAD_FUEL, useDevices } from './judge.js';
import type { Kind, Verdict } from './kind.js';
import { textCuts } from './scripts.js';

export interface HostileInput {
  readonly source: Uint8Array;
  readonly kernel: boolean;
  readonly hostility: Hostility;
}

/** What is seen of a run, and how many allocations it took. */
export interface HostileRun {
  /** `no memory`: for image, stack or activation. */
  readonly end: 'ran' | 'exception' | 'no memory';
  readonly exception: string;
  readonly output: string;
  readonly allocations: number;
  /** An operation of a device ended by hostility; others went on after it. */
  readonly hit: boolean;
}

const BY_HOSTILITY = /^(OutOfMemory|StackOverflow)!!/;

export interface RunLimits {
  readonly heap: number;
  readonly fuel: number;
  readonly input?: Uint8Array;
}

/** Loads, runs, uses the devices, and looks at the heap after each of them. */
export function runHostile(
  image: Uint8Array,
  hostility: Hostility,
  limits: RunLimits = { heap: HEAP, fuel: LOAD_FUEL },
): HostileRun {
  const isolate = new FuzzIsolate(hostileModule(), { heap: limits.heap, trusted: true });
  if (limits.input) isolate.setInput(limits.input);
  setHostility(isolate, hostility);
  const code = isolate.load(image);
  demand(code === 0 || code === -12, () => `the verifier refuses the compiler's image: ${code}`);
  const act = code === 0 && isolate.takeStack(hostility.slots) ? isolate.newActivation() : 0;
  const none = { end: 'no memory', exception: '', output: '', allocations: allocations(isolate), hit: false } as const;
  if (act === 0) return none;
  let result = isolate.run(act, limits.fuel);
  isolate.checkHeap();
  let hit = false;
  if (result.status === 0)
    useDevices(isolate, act, (_, answer) => {
      isolate.checkHeap();
      hit ||= BY_HOSTILITY.test(answer.exception);
      if (answer.status === 1) result = answer;
    });
  const taken = allocations(isolate);
  isolate.freeActivation(act);
  isolate.checkHeap();
  recovers(isolate);
  const end = result.status === 0 ? 'ran' : 'exception';
  return { end, exception: result.exception, output: isolate.consoleText(), allocations: taken, hit };
}

/** When memory is there again, so is an activation. */
function recovers(isolate: FuzzIsolate): void {
  setHostility(isolate, PEACE);
  const act = isolate.newActivation();
  demand(act !== 0 || isolate.stat(1) - isolate.stat(0) < 8192, () => 'no activation although memory is there again');
  if (act !== 0) isolate.freeActivation(act);
  isolate.checkHeap();
}

/** What differs from the run in peace and may not; null: nothing. `may`: see `mayDiffer`. */
export function compareRuns(peace: HostileRun, hostile: HostileRun, may: boolean): string | null {
  if (hostile.end === 'no memory' || hostile.hit || may) return null;
  if (hostile.end === 'exception' && BY_HOSTILITY.test(hostile.exception))
    return peace.output.startsWith(hostile.output)
      ? null
      : `before ${first(hostile)} it says other things than in peace`;
  if (hostile.end !== peace.end || first(hostile) !== first(peace))
    return `it ends by ${first(hostile) || 'itself'}, in peace by ${first(peace) || 'itself'}`;
  return hostile.output === peace.output ? null : 'its output is another than in peace';
}

/** A trace may be missing, for it takes memory; class and message are not. */
function first({ exception }: HostileRun): string {
  return exception.split('\n')[0] ?? '';
}

/** May a script notice an exception, where one is thrown, or where an object lies? Then it may well do other things. */
export function mayDiffer(source: Uint8Array): boolean {
  return /\b(catch|finally|getStack|hashCode)\b/.test(Buffer.from(source).toString('latin1'));
}

function check({ source, kernel, hostility }: HostileInput): Verdict {
  try {
    const { image } = compileChecked(source, kernel);
    if (!image) return { problem: null, outcome: 'rejected' };
    const peace = runHostile(image, PEACE);
    const hostile = runHostile(image, hostility);
    const problem = compareRuns(peace, hostile, mayDiffer(source));
    if (problem !== null) throw new ContractError(problem);
    const outcome = BY_HOSTILITY.test(hostile.exception) ? 'out of memory or stack' : hostile.end;
    return { problem: null, outcome };
  } catch (error) {
    if (error instanceof ContractError || error instanceof TrapError)
      return { problem: error.message, outcome: 'finding' };
    throw error;
  }
}

const TAG = /^\/\/ hostility: (.*)\n/;

export const hostile: Kind<HostileInput> = {
  name: 'hostile',
  make: (random, corpus) => {
    const kernel = random.chance(60);
    const text = program(random, { noise: 0, device: kernel && random.chance(50), size: random.between(4, 20) });
    const source = random.chance(20) ? random.pick(corpus.texts) : Buffer.from(text);
    const hostility = {
      reclaim: random.pick([RECLAIM.due, RECLAIM.always, RECLAIM.all, RECLAIM.steps, RECLAIM.steps]),
      failFrom: random.chance(70) ? random.between(1, random.chance(50) ? 60 : 400) : 0,
      failures: random.pick([1, 1, 2, 3, 10, 1_000_000]),
      slots: random.pick([64, 80, 128, 1024]),
    };
    return { source: new Uint8Array(source), kernel, hostility };
  },
  check,
  cuts: (input) => textCuts(input.source, (source) => ({ ...input, source })),
  extension: ({ kernel }) => (kernel ? '.hostile.kernel.k' : '.hostile.user.k'),
  encode: ({ source, hostility }) =>
    Buffer.concat([Buffer.from(`// hostility: ${JSON.stringify(hostility)}\n`), source]),
  decode: (bytes, name) => {
    const text = Buffer.from(bytes);
    const [head = '', json = '{}'] = TAG.exec(text.toString('latin1')) ?? [];
    const hostility = { ...PEACE, ...(JSON.parse(json) as Partial<Hostility>) };
    return { source: new Uint8Array(text.subarray(head.length)), kernel: name.includes('.kernel.'), hostility };
  },
};
