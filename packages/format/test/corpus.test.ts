/** Formatting never changes what a script means: on every script of the repository that parses. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile, scan, type Scan } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { format } from '../src/index.js';
import { itemsOf } from '../src/items.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const FOLDERS = ['examples', 'bench/scripts', 'tests/language', 'tests/limit', 'tests/regression', 'tests/paper'];
const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.k'))
    .map((name) => join(folder, name)),
);

/** Tokens and comments without what is layout: lines of a comment are compared without their indentation. */
function content(source: string): string[] {
  return itemsOf(source, scan(source).tokens).map(({ text, kind }) =>
    kind === 'comment' ? text.replace(/[ \t]*\n[ \t]*/g, '\n') : text,
  );
}

/** Instructions, constants, classes and methods: the listing without line numbers; in the kernel if not elsewhere. */
function program(source: string): string | null {
  for (const kernel of [false, true]) {
    const compilation = compile(source, 'x.k', { kernel });
    if (compilation.errors === 0) return withoutLines(compilation.disassemble());
  }
  return null;
}

function withoutLines(listing: string): string {
  return listing.replace(/^ *line \d+\n/gm, '').replace(/^script .*/, '');
}

function formatted(source: string): string {
  const result = format(source, 'x.k');
  expect(result.status).toBe('ok');
  return result.status === 'ok' ? result.text : '';
}

/** The same tokens on the same lines, with other blanks. */
function disturbed(source: string, { tokens }: Scan): string {
  let result = '';
  let at = 0;
  tokens.forEach((token, i) => {
    const gap = source.slice(at, token.start);
    const inString = tokens[i - 1]?.class === 'stringHead' || tokens[i - 1]?.class === 'stringMiddle';
    result += /^[ \t]+$/.test(gap) ? '  \t ' : gap.replace(/\n[ \t]*/g, inString ? '\n' : '\n  \n   ');
    result += token.text;
    at = token.end;
  });
  return result + source.slice(at);
}

describe.each(files)('%s', (file) => {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const parsed = scan(source, file);

  test.skipIf(parsed.errors > 0)('keeps its tokens, comments and instructions; twice is as once', () => {
    const once = formatted(source);
    expect(content(once)).toEqual(content(source));
    expect(formatted(once)).toBe(once);
    expect(program(once)).toBe(program(source));
  });

  test.skipIf(parsed.errors > 0)('does not depend on how it was indented', () => {
    const wild = disturbed(source, parsed);
    const once = formatted(wild);
    expect(content(once)).toEqual(content(wild));
    expect(formatted(once)).toBe(once);
  });
});

test('the corpus has scripts that parse, and some that do not', () => {
  const bad = files.filter((file) => scan(readFileSync(join(ROOT, file), 'utf8')).errors > 0);
  expect(files.length - bad.length).toBeGreaterThan(300);
  expect(files).toContain(join('examples', 'log.k'));
});
