import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's `tests` folder. */
export const TESTS = dirname(dirname(fileURLToPath(import.meta.url)));

/** All `*.k` files below these folders of `tests`, sorted, relative to it. */
export function corpusFiles(...folders: string[]): string[] {
  return folders
    .flatMap((folder) => readdirSync(join(TESTS, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.k'))
    .map((entry) => relative(TESTS, join(entry.parentPath, entry.name)))
    .sort();
}
