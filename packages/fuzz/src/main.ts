/** What `npm run fuzz` runs when all is built. */
import { Command, InvalidArgumentError } from 'commander';
import { KINDS } from './kinds/all.js';
import { replay } from './replay.js';
import { runOnNode } from './run.js';
import { VM_KINDS } from './vm/archive.js';
import { runInVm } from './vm/run.js';

const NAMES = KINDS.map(({ name }) => name);

interface Options {
  readonly count: number;
  readonly seed?: number;
  readonly first: number;
  readonly kind?: string[];
  readonly jobs: number;
  readonly repeatEvery: number;
  readonly maxFindings: number;
  readonly replay?: string[];
  readonly vm?: true;
  readonly kernel: string;
  readonly jit?: number;
  readonly harden?: number;
}

function natural(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** 31)
    throw new InvalidArgumentError('It must be a number from 0 to 2147483647.');
  return value;
}

function kinds(text: string, before: string[] = []): string[] {
  if (!NAMES.includes(text)) throw new InvalidArgumentError(`There are: ${NAMES.join(', ')}.`);
  return [...before, text];
}

const program = new Command('npm run fuzz --')
  .description(
    'Feeds the engine with random inputs that depend on the seed alone. What breaks its contract is made smaller, kept\n' +
      'in build/fuzz and printed with the line that repeats it; the exit status is 1 then. See docs/fuzzing.md.',
  )
  .option('--count <n>', 'how many inputs', natural, 10_000)
  .option('--seed <s>', 'where they come from; another one every time if it is left out', natural)
  .option('--first <i>', 'number of the first input', natural, 0)
  .option('--kind <kind>', `${NAMES.join(', ')}; may be repeated; all in turn if it is left out`, kinds)
  .option('--jobs <j>', 'threads', natural, 1)
  .option('--repeat-every <n>', 'of so many inputs of a kind, one is compiled and run twice; 1: all', natural, 8)
  .option('--vm', `in a booted kernel, through /dev/konoha: ${VM_KINDS.join(', ')}`)
  .option('--kernel <series>', 'the kernel of --vm', '6.12')
  .option('--jit <n>', "the module's parameter in --vm, in all batches", natural)
  .option('--harden <n>', 'net.core.bpf_jit_harden in --vm, in all batches', natural)
  .option('--max-findings <n>', 'stop after so many different ones', natural, 20)
  .option('--replay <file...>', 'check inputs that were kept')
  .parse();
const options = program.opts<Options>();
const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
const { first, count, maxFindings: mostFindings } = options;
if (options.replay) process.exitCode = replay(options.replay) > 0 ? 1 : 0;
else {
  const possible: readonly string[] = options.vm ? VM_KINDS : NAMES;
  const chosen = options.kind ?? possible;
  const strange = chosen.filter((kind) => !possible.includes(kind));
  if (strange.length > 0) program.error(`--vm has no ${strange.join(', ')}; it has ${possible.join(', ')}.`);
  const run = { seed, first, count, kinds: chosen, mostFindings };
  const { jit, harden } = options;
  const isSet = jit !== undefined || harden !== undefined;
  const native = isSet ? { jit: jit ?? 2, harden: harden ?? 0, enable: 1 } : undefined;
  const found = options.vm
    ? await runInVm({ ...run, kernel: options.kernel, native })
    : await runOnNode({ ...run, jobs: Math.max(1, options.jobs), repeatEvery: Math.max(1, options.repeatEvery) });
  process.exitCode = found > 0 ? 1 : 0;
}
