/** A script and what it imports, in one text: the form that the compiler takes apart again (docs/abi.md). */
import { dirname, isAbsolute, join, normalize } from 'node:path/posix';
import { scan, type Token } from './scanner.js';

/** The bytes of a file; null: there is none. */
export type ReadFile = (name: string) => Uint8Array | null;

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** What a file imports, as written, in order: `import` at the beginning of a statement, and a text in its line. */
function importsOf(source: string): string[] {
  if (!/\bimport\b/.test(source)) return [];
  const { tokens } = scan(source);
  const begins = ({ newLine }: Token, before: Token | undefined): boolean =>
    newLine || !before || before.text === ';' || before.text === '}';
  return tokens.flatMap((token, index) => {
    const path = tokens[index + 1];
    if (token.text !== 'import' || path?.class !== 'string' || path.newLine) return [];
    return begins(token, tokens[index - 1]) ? [path.text.slice(1, -1)] : [];
  });
}

/**
 * `bytes`, if the script imports nothing; otherwise one text that holds it and all that it imports, each file once and
 * behind those that it imports itself; files that import one another come in some order. What cannot be read is left out:
 * the compiler says so, with its place.
 * @param name the script's file; imports are looked for beside the file that they are in
 */
export function bundle(name: string, bytes: Uint8Array, read: ReadFile): Uint8Array {
  const files = new Map<string, Uint8Array | null>();
  const visit = (file: string, source: Uint8Array): void => {
    for (const path of importsOf(text(source))) {
      const wanted = isAbsolute(path) ? normalize(path) : join(dirname(file), path);
      if (wanted === normalize(name) || files.has(wanted)) continue;
      files.set(wanted, null);
      const found = read(wanted);
      if (!found) continue;
      visit(wanted, found);
      // Behind what it imports.
      files.delete(wanted);
      files.set(wanted, found);
    }
  };
  visit(name, bytes);
  const all = [...files].flatMap(([file, found]) => (found ? [[file, found] as const] : []));
  if (files.size === 0) return bytes;
  const part = ([file, found]: readonly [string, Uint8Array]): Buffer =>
    Buffer.concat([Buffer.from(`#file ${found.length} ${file}\n`), found, Buffer.from('\n')]);
  return new Uint8Array(Buffer.concat([[normalize(name), bytes] as const, ...all].map(part)));
}
