/** The words of the language, read from where the lexer keeps them. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Relative to the repository. */
export const WORDS_SOURCE = 'engine/syntax/tokens.ts';

export interface Words {
  readonly reserved: readonly string[];
  /** Names, except in their place. */
  readonly soft: readonly string[];
  readonly primitives: readonly string[];
}

/** @throws Error when the lexer's lists are not where they were */
export function languageWords(): Words {
  const path = join(dirname(fileURLToPath(import.meta.url)), '..', WORDS_SOURCE);
  const source = readFileSync(path, 'utf8');
  const list = (name: string): string[] => {
    const text = new RegExp(`^const ${name}: string =([^;]+);`, 'm').exec(source)?.[1];
    if (text === undefined)
      throw new Error(`${WORDS_SOURCE}: there is no list ${name}; teach spec/words.ts its new place`);
    return [...text.matchAll(/'([^']*)'/g)].flatMap(([, part = '']) => part.trim().split(/\s+/));
  };
  const all = list('WORDS');
  const firstSoft = all.indexOf('in');
  if (firstSoft < 0) throw new Error(`${WORDS_SOURCE}: the words that are names elsewhere no longer begin with "in"`);
  return { reserved: all.slice(0, firstSoft), soft: all.slice(firstSoft), primitives: list('PRIMITIVES') };
}
