/**
 * Builds what runs: tables → engine (wasm) → C → konoha.ko for each kernel. Only what is stale, by content.
 *
 *   build/engine/{compiler,vm,tools}.wasm   what Node runs
 *   build/engine/vm-user.wasm               the VM of user space: vm.wasm and floats, which no kernel gets
 *   build/engine/vm-hostile.wasm            the same for tests, in which memory fails when told to
 *   build/command/                          the konoha command, as JavaScript
 *   build/wasm2c/{compiler,vm}.{c,h}        the same, translated; tools.wasm stays on Node
 *   build/module/RELEASE/konoha.ko          the same, inside the kernel
 *   build/module/RELEASE-test/…             with what tests of its insides need (KONOHA_TEST=1)
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';
import {
  BUILD,
  DEBUG,
  ROOT,
  SERIES,
  VARIANTS,
  defaultVariant,
  moduleFolder,
  modulePath,
  requireKernel,
  sampleFolder,
} from '@konoha/vm';
import type { Kernel, ModuleVariant } from '@konoha/vm';
import { buildCommand } from './build-command.js';
import { buildIfStale, listFiles, withBuildLock } from './freshness.js';
import { floatsInObject, floatsInWasm, wabtProgram } from './float-scan.js';
import { UserError, main, step } from './progress.js';
import { run, tryRun } from './run.js';
import { setUp } from './setup.js';

/** What the kernel module holds. */
const IN_KERNEL = ['compiler', 'vm'] as const;
/** What user space runs besides. */
const IN_USER_SPACE = ['vm-user', 'tools'] as const;
export const ENGINES = [...IN_KERNEL, ...IN_USER_SPACE] as const;
export type Engine = (typeof ENGINES)[number];

/** The hostile build of the VM (engine/vm/hostile.ts), which no kernel gets. */
const HOSTILE = 'vm-hostile';

/** Builds of the VM that have a switch defined: their entry file is another's. */
const ENTRIES: Readonly<Record<string, string>> = { 'vm-user': 'vm' };

/** Builds that may hold float instructions: those that define FLOATS (asconfig.json). */
const WITH_FLOATS: readonly string[] = ['vm-user', HOSTILE];

/** The compiler's flags, one target for each engine. */
const ASC_CONFIG = join('engine', 'asconfig.json');

const require = createRequire(import.meta.url);

export function enginePath(engine: Engine | typeof HOSTILE): string {
  return join(BUILD, 'engine', `${engine}.wasm`);
}

/** Builds all that needs no kernel: the engine, and the command that runs it. */
export async function buildEngine(): Promise<void> {
  await withBuildLock(async () => {
    await compileEngines([...ENGINES, HOSTILE]);
    await buildCommand();
  });
}

async function compileEngines(engines: readonly (Engine | typeof HOSTILE)[]): Promise<void> {
  // The lexer keeps the words of the language, which the editors' grammar is made from.
  const specification = [
    ...listFiles(join(ROOT, 'spec')),
    ...listFiles(join(ROOT, 'stdlib')),
    join(ROOT, 'engine', 'syntax', 'tokens.ts'),
  ].filter((path) => !path.includes('node_modules'));
  await buildIfStale('spec', specification, [], '', async () => {
    await step('Generating tables', () =>
      run(process.execPath, ['--import', 'tsx', 'spec/generate.ts'], { cwd: ROOT }),
    );
  });
  const sources = listFiles(join(ROOT, 'engine')).filter((path) => path.endsWith('.ts') && !path.includes('/test/'));
  await Promise.all(engines.map((engine) => compileEngine(engine, sources)));
}

async function compileEngine(engine: Engine | typeof HOSTILE, sources: readonly string[]): Promise<void> {
  const entry = join('engine', 'abi', `${ENTRIES[engine] ?? engine}.ts`);
  const output = enginePath(engine);
  if (!existsSync(join(ROOT, entry))) throw new UserError(`${entry} is missing: the engine cannot be built.`);
  const asc = require.resolve('assemblyscript/bin/asc');
  const { version } = require('assemblyscript/package.json') as { version: string };
  const salt = `${version} ${readFileSync(join(ROOT, ASC_CONFIG), 'utf8')}`;
  const text = output.replace(/\.wasm$/, '.wat');
  await buildIfStale(`engine-${engine}`, sources, [output, text], salt, async () => {
    await step(`Compiling the engine (${engine})`, async () => {
      mkdirSync(join(BUILD, 'engine'), { recursive: true });
      await run(
        process.execPath,
        [asc, entry, '--config', ASC_CONFIG, '--target', engine, '--outFile', output, '--textFile', text, '--noColors'],
        { cwd: ROOT },
      );
      const floats = await floatsInWasm(output);
      if (WITH_FLOATS.includes(engine)) {
        // The scan that finds none in the kernel's builds must be able to find some.
        if (floats.length === 0) throw new UserError(`${output} holds no float instruction: FLOATS is not defined.`);
      } else if (floats.length > 0) {
        rmSync(output);
        throw new UserError(
          `engine/abi/${engine}.ts brings in floating point, which the kernel may not use:\n  ${floats.join('\n  ')}\n` +
            'Usual causes: "/" or Math on a number without an integer type, global parseInt (use I32.parseInt).',
        );
      }
    });
  });
}

/** Translates the engine to C. */
async function translateEngine(): Promise<string[]> {
  const folder = join(BUILD, 'wasm2c');
  const outputs: string[] = [];
  for (const engine of IN_KERNEL) {
    const files = [join(folder, `${engine}.c`), join(folder, `${engine}.h`)];
    outputs.push(...files);
    await buildIfStale(`wasm2c-${engine}`, [enginePath(engine)], files, '', async () => {
      await step(`Translating the engine to C (${engine})`, async () => {
        mkdirSync(folder, { recursive: true });
        // --num-outputs would split large output over files; one file keeps kbuild's part simple.
        await run(process.execPath, [wabtProgram('wasm2c'), enginePath(engine), '-n', engine, '-o', files[0]!]);
      });
    });
  }
  return outputs;
}

/**
 * Builds all that is stale for these kernels, and no part of the engine that they do not need.
 * @param variants of the module; the debug kernel gets its own, whatever is asked for
 * @throws UserError, CommandError with what went wrong
 */
export async function build(kernels: readonly Kernel[], variants: readonly ModuleVariant[] = ['plain']): Promise<void> {
  await withBuildLock(async () => {
    await compileEngines(IN_KERNEL);
    const translated = await translateEngine();
    for (const kernel of kernels) {
      const built = kernel.debug ? [defaultVariant(kernel)] : variants;
      for (const variant of built) await buildModule(kernel, variant, translated);
      for (const variant of built) await buildSample(kernel, variant);
    }
  });
}

async function buildModule(kernel: Kernel, variant: ModuleVariant, translated: readonly string[]): Promise<void> {
  const source = join(ROOT, 'host', 'linux');
  if (!existsSync(join(source, 'Kbuild')))
    throw new UserError('host/linux/Kbuild is missing: the module cannot be built.');
  const files = listFiles(source).filter((path) => !path.includes('/test/'));
  const folder = moduleFolder(kernel, variant);
  const module = modulePath(kernel, variant);
  const what = `konoha.ko for ${kernel.release}${variant === 'test' ? ', with tests of its insides' : ''}`;
  await buildIfStale(`module-${basename(folder)}`, [...files, ...translated], [module], kernel.root, async () => {
    await step(`Building ${what}`, async () => {
      mkdirSync(folder, { recursive: true });
      for (const path of files) copyIfChanged(path, join(folder, relative(source, path)));
      for (const path of translated) copyIfChanged(path, join(folder, relative(join(BUILD, 'wasm2c'), path)));
      rmSync(module, { force: true });
      const options = ['-C', kernel.headers, `M=${folder}`, `-j2`, 'W=1', 'C=1'];
      if (variant === 'test') options.push('KONOHA_TEST=1');
      // Debian's headers name the compiler themselves.
      if (kernel.debug) options.push('CC=gcc-12', 'HOSTCC=gcc-12');
      options.push('modules');
      const { status, stdout, stderr } = await tryRun('make', options);
      writeFileSync(join(folder, 'build.log'), stdout + stderr);
      if (status !== 0 || !existsSync(module))
        throw new UserError(`${what} cannot be built:\n${lastLines(stderr || stdout, 40)}`);
      const floats = await floatsInObject(module);
      if (floats.length > 0) {
        rmSync(module);
        throw new UserError(`konoha.ko holds floating-point instructions:\n  ${floats.join('\n  ')}`);
      }
    });
  });
}

/** The sample of a binding (docs/bindings.md), against the module that it will meet. */
async function buildSample(kernel: Kernel, variant: ModuleVariant): Promise<void> {
  const source = join(ROOT, 'samples', 'konoha_math');
  const [folder, konoha] = [sampleFolder(kernel, variant), moduleFolder(kernel, variant)];
  const symbols = join(konoha, 'Module.symvers');
  if (!existsSync(symbols)) return;
  const module = join(folder, 'konoha_math.ko');
  const inputs = [...listFiles(source), symbols, join(konoha, 'include', 'konoha.h')];
  await buildIfStale(`sample-${basename(folder)}`, inputs, [module], kernel.root, async () => {
    await step(`Building konoha_math.ko for ${kernel.release}`, async () => {
      // kbuild does not notice other versions of the symbols.
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      for (const path of listFiles(source)) copyIfChanged(path, join(folder, relative(source, path)));
      const options = ['-C', kernel.headers, `M=${folder}`, `KONOHA=${konoha}`, `KBUILD_EXTRA_SYMBOLS=${symbols}`];
      if (kernel.debug) options.push('CC=gcc-12', 'HOSTCC=gcc-12');
      const { status, stdout, stderr } = await tryRun('make', [...options, 'W=1', 'C=1', 'modules']);
      writeFileSync(join(folder, 'build.log'), stdout + stderr);
      if (status !== 0 || !existsSync(module))
        throw new UserError(
          `konoha_math.ko cannot be built for ${kernel.release}:\n${lastLines(stderr || stdout, 40)}`,
        );
    });
  });
}

/** Keeps the file's time if its contents are the same, so that kbuild compiles only what has changed. */
function copyIfChanged(from: string, to: string): void {
  const contents = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(contents)) return;
  mkdirSync(join(to, '..'), { recursive: true });
  writeFileSync(to, contents);
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

async function command(): Promise<void> {
  const program = new Command('npm run build --')
    .description('Builds the engine, and konoha.ko for the kernels that are tested on.')
    .option('--engine', 'the engine alone: needs no Debian packages')
    .option('--kernel <series>', `one kernel only: ${[...SERIES.map(({ name }) => name), DEBUG].join(', ')}`)
    .parse();
  const { engine, kernel } = program.opts<{ engine?: true; kernel?: string }>();
  await buildEngine();
  if (engine) return;
  await setUp();
  await build((kernel === undefined ? SERIES.map(({ name }) => name) : [kernel]).map(requireKernel), VARIANTS);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main(command);
