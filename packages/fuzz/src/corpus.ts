/** The scripts that mutations start from: the repository's own tests and examples. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@konoha/host-node';

const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const FOLDERS = ['tests/language', 'tests/diagnostics', 'tests/limit', 'tests/regression', 'tests/paper', 'examples'];
/** Longer ones cost time and find nothing that short ones do not. */
const LONGEST = 4096;
const MOST_IMAGES = 400;

export interface Corpus {
  readonly texts: readonly Buffer[];
  /** Images of those that compile. Made at the first use. */
  readonly images: readonly Uint8Array[];
}

/** Reads all scripts of the repository that are not too long, in the order of their paths. */
export function readCorpus(): Corpus {
  const texts = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.k') && statSync(join(ROOT, folder, name)).size <= LONGEST)
      .sort()
      .map((name) => readFileSync(join(ROOT, folder, name))),
  );
  let images: Uint8Array[] | undefined;
  return {
    texts,
    get images() {
      images ??= texts.flatMap((text) => {
        const compilation = compile(text, 'corpus.k', { kernel: true });
        return compilation.errors === 0 ? [compilation.image] : [];
      });
      return images.slice(0, MOST_IMAGES);
    },
  };
}
