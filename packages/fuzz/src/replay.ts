/** Checks inputs that were kept in files. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { KINDS } from './kinds/all.js';
import type { AnyKind } from './kinds/kind.js';

/** By the file's name, as `Kind.extension` makes it; any other `.k` is a script for the kernel. */
function kindOfFile(path: string): AnyKind {
  const name = basename(path);
  const wanted = name.endsWith('.knhi')
    ? 'images'
    : name.endsWith('.files.json')
      ? 'files'
      : name.includes('.hostile.')
        ? 'hostile'
        : name.includes('.program.')
          ? 'programs'
          : 'scripts';
  return KINDS.find((kind) => kind.name === wanted)!;
}

/** @returns how many of them have a problem */
export function replay(paths: readonly string[]): number {
  let problems = 0;
  for (const path of paths) {
    const kind = kindOfFile(path);
    const { problem, outcome } = kind.check(kind.decode(readFileSync(path), basename(path)));
    console.log(`${path}: ${problem ?? `nothing is wrong (${outcome})`}`);
    if (problem !== null) problems++;
  }
  return problems;
}
