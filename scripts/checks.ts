/** Checks of the source that need no running: types, style, layers, generated files. Each counts as one test. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE, ROOT, moduleFolder, sampleFolder, type Kernel } from '@konoha/vm';
import { tryRun } from './run.js';

export interface Check {
  readonly name: string;
  /** What is wrong, as text to show; null when nothing is. */
  run(): Promise<string | null>;
}

/** A program whose exit status is the verdict. `bin` is one of node_modules/.bin. */
function program(name: string, bin: string, ...options: string[]): Check {
  return {
    name,
    run: async () => {
      const { status, stdout, stderr } = await tryRun(join(ROOT, 'node_modules', '.bin', bin), options, { cwd: ROOT });
      return status === 0 ? null : (stdout + stderr).trim() || `${bin} ended with status ${status}`;
    },
  };
}

/** Files that have not changed since they were found right are not looked at again. */
const PRETTIER_CACHE = ['--cache', '--cache-strategy', 'content', '--cache-location', join(CACHE, 'prettier')];

function incremental(name: string): string[] {
  return ['--incremental', '--tsBuildInfoFile', join(CACHE, `${name}.tsbuildinfo`)];
}

/** Those that need neither Debian packages nor a kernel. */
export function sourceChecks(): Check[] {
  return [
    program('types: tools and tests', 'tsc', '--noEmit', ...incremental('tools'), '-p', 'tsconfig.json'),
    program('types: engine', 'tsc', '--noEmit', ...incremental('engine'), '-p', 'engine/tsconfig.json'),
    program('generated files are fresh', 'tsx', 'spec/generate.ts', '--check'),
    program(
      'layers',
      'depcruise',
      '--config',
      '.dependency-cruiser.cjs',
      'engine',
      'spec',
      'host/node',
      'packages',
      'scripts',
    ),
    program('lint', 'eslint', '--max-warnings', '0', '.'),
    program('format', 'prettier', '--check', '--log-level', 'warn', ...PRETTIER_CACHE, '.'),
  ];
}

/** Files of ours in the module's folder; what is translated is wasm2c's. */
const TRANSLATED = /^(engine-)?(compiler|vm)\.[ch]$/;

/** Whether the build of konoha.ko had a word to say: gcc's W=1, sparse, objtool, modpost. */
export function moduleCheck(kernel: Kernel): Check {
  return {
    name: `konoha.ko and its sample for ${kernel.release} build without a warning`,
    run: () => {
      const logs = [moduleFolder(kernel), sampleFolder(kernel)].map((folder) => join(folder, 'build.log'));
      const missing = logs.find((log) => !existsSync(log));
      if (missing !== undefined) return Promise.resolve(`${missing} is missing; type: npm run build`);
      const lines = logs.flatMap((log) => readFileSync(log, 'utf8').split('\n')).filter(isComplaint);
      return Promise.resolve(lines.length > 0 ? lines.join('\n') : null);
    },
  };
}

function isComplaint(line: string): boolean {
  if (!/\b(warning|error|WARNING|ERROR)\b:?/.test(line)) return false;
  const file = /^(\S+?):\d+/.exec(line)?.[1];
  return file === undefined || !TRANSLATED.test(basename(file));
}
