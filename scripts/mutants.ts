/**
 * `npm run mutants`: how many small mistakes in the engine do the tests notice? Each mutant is the engine with one line
 * changed; it is killed when a test fails, does not end, or the build refuses it. A change that compiles to the same wasm
 * is no mutant, and neither is one that does not compile.
 */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Random } from '@konoha/fuzz/random';
import { BUILD, ROOT } from '@konoha/vm';
import { Command, InvalidArgumentError } from 'commander';
import { buildEngine } from './build.js';
import { Copy } from './mutants/copy.js';
import { apply, mutationsOf, type Mutation } from './mutants/mutate.js';
import { main } from './progress.js';
import { tryRun } from './run.js';

const ENGINES = ['vm', 'compiler'] as const;
/** The tests that a change of the engine is meant to meet; the cheapest first. */
const TESTS = [
  'tests/corpus.test.ts',
  'tests/devices.test.ts',
  'tests/ioctl.test.ts',
  'tests/examples.test.ts',
  'engine',
];
const PATIENCE_MS = 180_000;
const ROOMS = ['abi', 'bytecode', 'check', 'codegen', 'diagnostics', 'lib', 'support', 'syntax', 'vm'];
/** Looks at the heap in tests only. */
const LEFT_OUT = /\.generated\.ts$|hostile|(^|\/)tools\.ts$/;

const asc = createRequire(import.meta.url).resolve('assemblyscript/bin/asc');

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
  .parse()
  .opts<{ count: number; seed: number; least: number }>();

interface Place {
  readonly file: string;
  readonly mutation: Mutation;
}

function allPlaces(): Place[] {
  return ROOMS.flatMap((room) => readdirSync(join(ROOT, 'engine', room)).map((name) => join('engine', room, name)))
    .filter((file) => file.endsWith('.ts') && !LEFT_OUT.test(file))
    .sort()
    .flatMap((file) => mutationsOf(readFileSync(join(ROOT, file), 'utf8')).map((mutation) => ({ file, mutation })));
}

/** Compiles the copy's engine; its hash, or undefined if it does not compile. */
async function compile(root: string): Promise<string | undefined> {
  const results = await Promise.all(
    ENGINES.map((engine) =>
      tryRun(
        process.execPath,
        [asc, `engine/abi/${engine}.ts`, '--config', 'engine/asconfig.json', '--target', engine, '--noColors'],
        { cwd: root },
      ),
    ),
  );
  if (results.some(({ status }) => status !== 0)) return undefined;
  const hash = createHash('sha256');
  for (const engine of ENGINES) hash.update(readFileSync(join(root, 'build', 'engine', `${engine}.wasm`)));
  return hash.digest('hex');
}

/** What killed it; undefined: all tests passed. */
async function killer(root: string): Promise<string | undefined> {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'fast', '--bail', '1', ...TESTS], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  return await new Promise((resolve) => {
    const late = setTimeout(() => {
      process.kill(-child.pid!, 'SIGKILL');
      resolve('it does not end');
    }, PATIENCE_MS);
    child.once('close', (status) => {
      clearTimeout(late);
      const [, test = 'a test'] = /FAIL\s+\S+\s+(.*)/.exec(output) ?? [];
      resolve(status === 0 ? undefined : test);
    });
  });
}

await main(async () => {
  await buildEngine();
  const copy = new Copy();
  try {
    const original = await compile(copy.root);
    const found = await killer(copy.root);
    if (original === undefined || found !== undefined)
      throw new Error(`the tests fail without a mutant: ${found ?? 'the engine does not compile'}`);
    const places = allPlaces();
    const random = new Random(options.seed, 0);
    const seen = new Set<number>();
    const alive: string[] = [];
    const lines: string[] = [];
    let made = 0;
    while (made < options.count && seen.size < places.length) {
      const index = random.below(places.length);
      if (seen.has(index)) continue;
      seen.add(index);
      const { file, mutation } = places[index]!;
      const text = readFileSync(join(ROOT, file), 'utf8');
      writeFileSync(join(copy.root, file), apply(text, mutation));
      const hash = await compile(copy.root);
      const real = hash !== undefined && hash !== original;
      const by = real ? await killer(copy.root) : undefined;
      writeFileSync(join(copy.root, file), text);
      if (!real) continue;
      made++;
      const line = `${relative('.', file)}:${mutation.line}: ${mutation.what}`;
      if (by === undefined) alive.push(line);
      lines.push(`${by === undefined ? 'ALIVE ' : 'killed'} ${line}${by === undefined ? '' : `   (${by})`}`);
      console.log(`${made}/${options.count} ${lines.at(-1)}`);
    }
    const killed = made - alive.length;
    mkdirSync(join(BUILD, 'mutants'), { recursive: true });
    writeFileSync(join(BUILD, 'mutants', `seed-${options.seed}.txt`), `${lines.join('\n')}\n`);
    console.log(
      `${made} mutants of ${places.length} places (seed ${options.seed}): ${killed} killed, ${alive.length} alive`,
    );
    return killed * 100 >= options.least * made ? 0 : 1;
  } finally {
    copy.remove();
  }
});
