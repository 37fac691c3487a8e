/**
 * Well-typed programs: the compiler takes them; they end by themselves, or by an exception that a typed program may throw; and they do the same
 * as native code, fuel included, and in the hostile build that reclaims at every chance. In a kernel each of them checks its checksum against that of Node.
 */
import { ALL, compile, engineModule, EngineTrap, wasmCode, type Eagerness } from '@konoha/host-node';
import { compileChecked } from '../engine/compile.js';
import { ContractError, TrapError, demand } from '../engine/contract.js';
import { PEACE, RECLAIM } from '../engine/hostile.js';
import { FuzzIsolate } from '../engine/isolate.js';
import type { Random } from '../random.js';
import { typedProgram } from '../typed/program.js';
import { runHostile } from './hostile.js';
import type { Kind, Verdict } from './kind.js';
import { textCuts, type ScriptInput } from './scripts.js';

const HEAP = 1 << 20;
/** The stack that the kernel gives a script. */
const BYTES_PER_SLOT = 64;
const FUEL = 5_000_000;
/** How the hostile build runs a program: one of four, chosen by its length. */
const RECLAIMS = [RECLAIM.always, RECLAIM.all, RECLAIM.steps] as const;
const ONE_IN = 4;
/** Each is native code as soon as can be, and one in four also when some of it has run for a while. */
const SOON: Eagerness = { ...ALL, baseline: true };
const HOT: Eagerness = { slice: 64, heat: 2, baseline: true };
/** What a program that is well typed never ends by. */
const WRONG = /^(ClassCast|NoSuchMethod|Fatal|Null|Type|Timeout|StackOverflow|OutOfMemory)!!/;

interface ProgramRun {
  readonly output: string;
  /** Rendered, with its trace; empty: it ended by itself. */
  readonly exception: string;
  readonly fuel: number;
  readonly methods: number;
}

function runImage(image: Uint8Array, kernel: boolean, heap = HEAP, eagerness?: Eagerness): ProgramRun {
  const native = eagerness ? { native: wasmCode(eagerness) } : {};
  const isolate = new FuzzIsolate(engineModule(kernel ? 'vm' : 'vm-user'), { heap, trusted: true, ...native });
  const code = isolate.load(image);
  demand(code === 0, () => `the verifier refuses the compiler's image: ${code}`);
  demand(isolate.takeStack(heap / BYTES_PER_SLOT), () => 'no memory for the stack');
  const act = isolate.newActivation();
  demand(act !== 0, () => 'no memory for an activation');
  const { exception } = isolate.run(act, FUEL);
  demand(!WRONG.test(exception), () => `it ends by ${exception.split('\n')[0]}`);
  isolate.checkHeap();
  return { output: isolate.consoleText(), exception, fuel: isolate.fuelLeft(act), methods: isolate.nativeMethods };
}

/** What a program prints. @throws ContractError if it is rejected, or does not end well */
export function runProgram(source: Uint8Array, kernel: boolean, heap = HEAP): ProgramRun & { image: Uint8Array } {
  const image = compiled(source, kernel);
  return { image, ...runImage(image, kernel, heap) };
}

/** The same as native code: what differs is a finding. @returns methods that had it */
function demandSame(image: Uint8Array, kernel: boolean, interpreted: ProgramRun, eagerness: Eagerness): number {
  const native = runImage(image, kernel, HEAP, eagerness);
  const differs = (['output', 'exception', 'fuel'] as const).find((what) => native[what] !== interpreted[what]);
  demand(
    differs === undefined,
    () =>
      `as native code (slice ${eagerness.slice}), its ${differs!} is another: ${JSON.stringify(firstDifference(String(native[differs!]), String(interpreted[differs!])))}`,
  );
  return native.methods;
}

function firstDifference(native: string, interpreted: string): readonly [string | undefined, string | undefined] {
  const [a, b] = [native.split('\n'), interpreted.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  return [a[at], b[at]];
}

function compiled(source: Uint8Array, kernel: boolean): Uint8Array {
  // One in some has all checked that the compiler says.
  if (source.length % 8 === 0) compileChecked(source, kernel);
  try {
    const compilation = compile(source, 'program.k', { kernel });
    const first =
      compilation.errors > 0 ? compilation.diagnostics.find(({ severity }) => severity === 'error') : undefined;
    demand(first === undefined, () => `rejected: ${first!.code} ${first!.message}`);
    return compilation.image;
  } catch (error) {
    if (error instanceof EngineTrap) throw new TrapError(`compiler: ${error.message}`, { cause: error });
    throw error;
  }
}

function check({ source, kernel }: ScriptInput): Verdict {
  try {
    const run = runProgram(source, kernel);
    const methods = demandSame(run.image, kernel, run, SOON);
    if (source.length % ONE_IN === 0) demandSame(run.image, kernel, run, HOT);
    const ran = `${run.exception === '' ? 'ran' : 'exception'}${methods > 0 ? ', native' : ''}`;
    if (source.length % ONE_IN !== 1) return { problem: null, outcome: ran };
    const reclaim = RECLAIMS[(source.length >>> 2) % RECLAIMS.length]!;
    const hostile = runHostile(
      run.image,
      { ...PEACE, reclaim, slots: HEAP / BYTES_PER_SLOT },
      { heap: HEAP, fuel: FUEL },
    );
    demand(hostile.exception === run.exception, () => `reclaiming (${reclaim}), it ends by ${first(hostile)}`);
    demand(hostile.output === run.output, () => `reclaiming (${reclaim}), its output is another`);
    return { problem: null, outcome: `${ran}, reclaiming` };
  } catch (error) {
    if (error instanceof ContractError || error instanceof TrapError)
      return { problem: error.message, outcome: 'finding' };
    throw error;
  }
}

function first({ exception }: { readonly exception: string }): string {
  return exception.split('\n')[0] || 'itself';
}

/** Native code takes some memory for a while when it is made: so much that it is never scarce. */
const KERNEL_HEAP = 512 << 10;

/**
 * The program that throws unless it comes to the same checksum as here, and stays loaded. Its first line tells the driver that it must load, and
 * what fuel that takes.
 */
export function selfChecking(source: Uint8Array): Uint8Array {
  const { output } = runProgram(source, true, KERNEL_HEAP);
  const total = output.trimEnd().split('\n').at(-1);
  const check = `if (total != ${total}) throw new IO!!("total \${total}, on Node ${total}")\n`;
  const text = `@Heap(${KERNEL_HEAP})\n${Buffer.from(source).toString()}${check}void Device.close() { }\n`;
  const { fuel } = runProgram(Buffer.from(text), true, KERNEL_HEAP);
  return Buffer.from(`// must load ${FUEL - fuel}\n${text}`);
}

function make(random: Random, kernel: boolean): ScriptInput {
  return { kernel, source: new Uint8Array(Buffer.from(typedProgram(random, random.between(4, 40), !kernel))) };
}

/** Input `index` of a run in a kernel. */
export function programOfKernel(random: Random): Uint8Array {
  return make(random, true).source;
}

export const programs: Kind<ScriptInput> = {
  name: 'programs',
  make: (random) => make(random, random.chance(60)),
  check,
  cuts: (input) => textCuts(input.source, (source) => ({ ...input, source })),
  extension: ({ kernel }) => (kernel ? '.program.kernel.k' : '.program.user.k'),
  encode: ({ source }) => source,
  decode: (source, file) => ({ source, kernel: file.includes('.kernel.') }),
};
