import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle } from '@konoha/host-node';

/** The repository's `tests` folder. */
export const TESTS = dirname(dirname(fileURLToPath(import.meta.url)));

/** The corpus file `file` for the compiler: with the files that it imports. */
export function readScript(file: string): Uint8Array {
  const read = (name: string): Uint8Array | null =>
    existsSync(join(TESTS, name)) ? new Uint8Array(readFileSync(join(TESTS, name))) : null;
  return bundle(file, read(file)!, read);
}

/** All `*.k` files below these folders of `tests`, sorted, relative to it; those that lie in `parts` are only imported. */
export function corpusFiles(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(TESTS, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.k') && !/\/parts(\/|$)/.test(entry.parentPath))
    .map((entry) => relative(TESTS, join(entry.parentPath, entry.name)))
    .sort();
}
