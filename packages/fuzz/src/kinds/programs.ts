/**
 * Well-typed programs: the compiler takes them, they end without an exception, and say the same in `vm.wasm` and in the
 * hostile build that reclaims at every chance. In a kernel each of them checks its checksum against that of Node.
 */
import { compile, engineModule, EngineTrap } from '@konoha/host-node';
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
/** Of 8 bytes; what the kernel gives a script with that heap. */
const SLOTS = HEAP / 64;
const FUEL = 5_000_000;
/** How the hostile build runs a program: every other one, chosen by its length. */
const RECLAIMS = [RECLAIM.always, RECLAIM.all, RECLAIM.steps] as const;

/** What a program prints. @throws ContractError if it is rejected, or does not end well */
export function runProgram(source: Uint8Array, kernel: boolean): { image: Uint8Array; output: string } {
  const image = compiled(source, kernel);
  const isolate = new FuzzIsolate(engineModule('vm'), { heap: HEAP, trusted: true });
  const code = isolate.load(image);
  demand(code === 0, () => `the verifier refuses the compiler's image: ${code}`);
  demand(isolate.takeStack(SLOTS), () => 'no memory for the stack');
  const act = isolate.newActivation();
  demand(act !== 0, () => 'no memory for an activation');
  const { status, exception } = isolate.run(act, FUEL);
  demand(status === 0, () => `it ends by ${exception.split('\n')[0]}`);
  isolate.checkHeap();
  return { image, output: isolate.consoleText() };
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
    const { image, output } = runProgram(source, kernel);
    const reclaim = RECLAIMS[source.length % (2 * RECLAIMS.length)];
    if (reclaim === undefined) return { problem: null, outcome: 'ran' };
    const limits = { heap: HEAP, fuel: FUEL };
    const hostile = runHostile(image, { ...PEACE, reclaim, slots: SLOTS }, limits);
    demand(hostile.end === 'ran', () => `reclaiming (${reclaim}), it ends by ${hostile.exception.split('\n')[0]}`);
    demand(hostile.output === output, () => `reclaiming (${reclaim}), its output is another`);
    return { problem: null, outcome: 'ran, and ran reclaiming' };
  } catch (error) {
    if (error instanceof ContractError || error instanceof TrapError)
      return { problem: error.message, outcome: 'finding' };
    throw error;
  }
}

/** The program that throws unless it comes to the same checksum as here. */
export function selfChecking(source: Uint8Array): Uint8Array {
  const { output } = runProgram(source, true);
  const total = output.trimEnd().split('\n').at(-1);
  return Buffer.concat([
    source,
    Buffer.from(`if (total != ${total}) throw new IO!!("total \${total}, on Node ${total}")\n`),
  ]);
}

export const programs: Kind<ScriptInput> = {
  name: 'programs',
  make: (random: Random) => ({
    kernel: random.chance(60),
    source: new Uint8Array(Buffer.from(typedProgram(random, random.between(4, 40)))),
  }),
  check,
  cuts: (input) => textCuts(input.source, (source) => ({ ...input, source })),
  extension: ({ kernel }) => (kernel ? '.program.kernel.k' : '.program.user.k'),
  encode: ({ source }) => source,
  decode: (source, file) => ({ source, kernel: file.includes('.kernel.') }),
};
