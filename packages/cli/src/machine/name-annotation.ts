/** A script without @Name gets its file's name: so `konoha load counter.k` makes /dev/counter. */
import { basename } from 'node:path';

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/;
/** What may stand between annotations: white space, comments. */
const SPACE = /^(\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)/;
const ANNOTATION = /^@([A-Za-z_]\w*)/;
/** Arguments in parentheses, with texts in them that may hold parentheses. */
const ARGUMENTS = /^\s*\((?:[^()"]|"(?:[^"\\]|\\.)*")*\)/;

/** Is there an @Name among the annotations in front of a script's first item? */
export function hasName(text: string): boolean {
  let rest = text.replace(/^\ufeff/, '');
  for (;;) {
    const space = SPACE.exec(rest);
    if (space) {
      rest = rest.slice(space[0].length);
      continue;
    }
    const annotation = ANNOTATION.exec(rest);
    if (!annotation) return false;
    if (annotation[1] === 'Name') return true;
    rest = rest.slice(annotation[0].length);
    rest = rest.slice(ARGUMENTS.exec(rest)?.[0].length ?? 0);
  }
}

/** The name that a file gives, or null: it cannot be one. */
export function nameOfFile(path: string): string | null {
  const name = basename(path).replace(/\.k$/, '');
  return NAME.test(name) ? name : null;
}

export function isValidName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The text with its name in front. Lines keep their numbers; in the first one, columns move by the annotation's
 * length.
 */
export function withName(text: string, name: string): string {
  return `@Name("${name}") ${text.replace(/^\ufeff/, '')}`;
}
