/**
 * `npm run mutants`: how many small mistakes in the engine do the tests notice? Each mutant is the engine with one line
 * changed; it is killed when a test fails, does not end, or the build refuses it. A change that compiles to the same wasm
 * is no mutant, and neither is one that does not compile. What is cheap comes first: compiled without optimising, the
 * corpus is run up to the first file that fails; only what lives through it meets the test runner, and the optimiser.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { Random } from '@konoha/fuzz/random';
import { BUILD, ROOT } from '@konoha/vm';
import { Command, InvalidArgumentError } from 'commander';
import { buildEngine } from './build.js';
import { compileEngines, enginesOf, type Engine } from './mutants/compile.js';
import { Copy } from './mutants/copy.js';
import { apply, mutationsOf, type Mutation } from './mutants/mutate.js';
import { main } from './progress.js';

const ALL: readonly Engine[] = ['vm', 'vm-user', 'compiler'];
/** What the corpus does not show: the cheapest first. */
const TESTS = ['tests/devices.test.ts', 'tests/ioctl.test.ts', 'tests/run-anytime.test.ts', 'tests/examples.test.ts'];
const UNIT_TESTS = ['engine', 'host/node/test/jit', 'tests/native.test.ts', 'tests/any-cache.test.ts'];
/** Seconds of a processor, several times what the tests take: how busy the machine is does not matter. */
const PATIENCE = { corpus: 30, tests: 200 } as const;
const LOST_MS = 1_800_000;
const ROOMS = [
  'abi',
  'bytecode',
  'check',
  'codegen',
  'diagnostics',
  'jit',
  'lib',
  'library',
  'numbers',
  'support',
  'syntax',
  'vm',
];
/** Looks at the heap in tests only; or is for editors. */
const LEFT_OUT = /\.generated\.ts$|hostile|(^|\/)tools\.ts$/;

function number(text: string): number {
  const n = Number(text);
  if (!Number.isInteger(n) || n < 0) throw new InvalidArgumentError('a number from 0 is wanted');
  return n;
}

const options = new Command('mutants')
  .description('Changes one line of the engine at a time, and counts the changes that the tests notice.')
  .option('--count <n>', 'mutants', number, 100)
  .option('--seed <n>', 'another seed, other mutants', number, 1)
  .option('--least <percent>', 'exit status 1 if fewer are killed', number, 90)
  .option('--only <text>', 'those alone whose file:line holds this')
  .parse()
  .opts<{ count: number; seed: number; least: number; only?: string }>();

interface Place {
  readonly file: string;
  readonly mutation: Mutation;
}

function allPlaces(): Place[] {
  return ROOMS.flatMap((room) => readdirSync(join(ROOT, 'engine', room)).map((name) => join('engine', room, name)))
    .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
    .sort()
    .flatMap((file) => mutationsOf(readFileSync(join(ROOT, file), 'utf8')).map((mutation) => ({ file, mutation })))
    .filter(({ file, mutation }) => `${file}:${mutation.line}:`.includes(options.only ?? ''));
}

/** Runs Node in the copy. @returns what it says when it fails, `it does not end`, or undefined if all is well */
async function failure(
  root: string,
  args: readonly string[],
  patience: number,
  pattern: RegExp,
): Promise<string | undefined> {
  const limited = ['-c', `ulimit -t ${patience}; exec "$@"`, 'sh', process.execPath, ...args];
  const child = spawn('sh', limited, { cwd: root, stdio: ['ignore', 'pipe', 'ignore'], detached: true });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return await new Promise((resolve) => {
    const late = setTimeout(() => {
      process.kill(-child.pid!, 'SIGKILL');
      resolve('it does not end');
    }, LOST_MS);
    child.once('close', (status, signal) => {
      clearTimeout(late);
      if (signal) return resolve('it does not end');
      resolve(status === 0 ? undefined : (pattern.exec(output)?.[1]?.trim() ?? 'a test'));
    });
  });
}

const corpus = (root: string): Promise<string | undefined> =>
  failure(root, ['--import', 'tsx', join('scripts', 'mutants', 'quick.ts')], PATIENCE.corpus, /^(.*)$/m);

const vitest = (root: string, tests: readonly string[]): Promise<string | undefined> =>
  failure(
    root,
    [join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', 'fast', '--bail', '1', ...tests],
    PATIENCE.tests,
    /FAIL\s+(.*)/,
  );

/** What killed it; undefined: all tests passed. */
const killer = async (root: string): Promise<string | undefined> =>
  (await corpus(root)) ?? (await vitest(root, TESTS)) ?? (await vitest(root, UNIT_TESTS));

await main(async () => {
  setPriority(constants.priority.PRIORITY_LOW);
  await buildEngine();
  const copy = new Copy();
  try {
    const { root } = copy;
    const engines = enginesOf(root);
    /** By the engines that are compiled: what the unchanged ones are. */
    const product = new Map<string, string | undefined>();
    for (const some of [ALL, ...ALL.map((one) => [one])])
      product.set(some.join(), await compileEngines(root, some, 'product'));
    const quick = await compileEngines(root, ALL, 'fast');
    const found = await killer(root);
    if (quick === undefined || found !== undefined)
      throw new Error(`the tests fail without a mutant: ${found ?? 'the engine does not compile'}`);
    const places = allPlaces();
    const random = new Random(options.seed, 0);
    const seen = new Set<number>();
    const lines: string[] = [];
    let [made, alive, equal] = [0, 0, 0];
    mkdirSync(join(BUILD, 'mutants'), { recursive: true });
    while (made < options.count && seen.size < places.length) {
      const index = random.below(places.length);
      if (seen.has(index)) continue;
      seen.add(index);
      const { file, mutation } = places[index]!;
      const text = readFileSync(join(root, file), 'utf8');
      const changed = engines(file);
      writeFileSync(join(root, file), apply(text, mutation));
      const compiles = (await compileEngines(root, changed, 'fast')) !== undefined;
      const by = compiles ? await killer(root) : undefined;
      const lives = compiles && by === undefined;
      const isEqual = lives && (await compileEngines(root, changed, 'product')) === product.get(changed.join());
      writeFileSync(join(root, file), text);
      await compileEngines(root, changed, 'fast');
      if (isEqual) equal++;
      if (!compiles || isEqual) continue;
      made++;
      if (lives) alive++;
      const line = `${lives ? 'ALIVE ' : 'killed'} ${file}:${mutation.line}: ${mutation.what}${lives ? '' : `   (${by})`}`;
      lines.push(line);
      console.log(`${made}/${options.count} ${line}`);
      writeFileSync(join(BUILD, 'mutants', `seed-${options.seed}.txt`), `${lines.join('\n')}\n`);
    }
    const killed = made - alive;
    console.log(
      `${made} mutants of ${places.length} places (seed ${options.seed}): ${killed} killed, ${alive} alive; ${equal} more were no change`,
    );
    return killed * 100 >= options.least * made ? 0 : 1;
  } finally {
    copy.remove();
  }
});
