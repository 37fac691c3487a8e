/** Compiles the copy's engine, within this process: once warm, that takes less than a second. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import ts from 'typescript';

const ENGINES = ['vm', 'vm-user', 'compiler'] as const;
export type Engine = (typeof ENGINES)[number];

function entryOf(engine: Engine): string {
  return `engine/abi/${engine === 'vm-user' ? 'vm' : engine}.ts`;
}

/** `fast`: as quick to compile as it gets. `product`: as the build does; what is the same wasm then is no mutant. */
export type Level = 'fast' | 'product';

/** Files of the engine that `entry` holds, itself included. */
function closure(root: string, entry: string, seen = new Set<string>()): Set<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const { fileName } of ts.preProcessFile(readFileSync(join(root, entry), 'utf8')).importedFiles)
    if (fileName.startsWith('.')) closure(root, relative(root, resolve(root, dirname(entry), `${fileName}.ts`)), seen);
  return seen;
}

/** The engines that a file is part of. */
export function enginesOf(root: string): (file: string) => Engine[] {
  const files = ENGINES.map((engine) => closure(root, entryOf(engine)));
  return (file) => ENGINES.filter((_, index) => files[index]!.has(file));
}

/** Compiles; the hash of what came out, or undefined if it does not compile. */
export async function compileEngines(
  root: string,
  engines: readonly Engine[],
  level: Level,
): Promise<string | undefined> {
  const hash = createHash('sha256');
  const deaf = { write: (): void => undefined };
  const before = process.cwd();
  process.chdir(root);
  try {
    for (const engine of engines) {
      const options = [entryOf(engine), '--config', 'engine/asconfig.json', '--target', engine, '--noColors'];
      const { error } = await asc.main(level === 'fast' ? [...options, '-O0'] : options, {
        stdout: deaf,
        stderr: deaf,
      });
      if (error) return undefined;
      hash.update(readFileSync(join('build', 'engine', `${engine}.wasm`)));
    }
    return hash.digest('hex');
  } finally {
    process.chdir(before);
  }
}
