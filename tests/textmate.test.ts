/** The TextMate grammar in the engine that editors use, on snippets and against the real lexer on the whole corpus. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { scan, type TokenClass } from '@konoha/host-node';
import oniguruma from 'vscode-oniguruma';
import textmate, { type IGrammar } from 'vscode-textmate';
import { beforeAll, describe, expect, test } from 'vitest';
import { corpusFiles, TESTS } from './support/corpus-files.js';

const GRAMMAR = join(TESTS, '..', 'editors', 'konoha.tmLanguage.json');
let grammar: IGrammar;

beforeAll(async () => {
  const wasm = join(dirname(createRequire(import.meta.url).resolve('vscode-oniguruma')), 'onig.wasm');
  await oniguruma.loadWASM(new Uint8Array(readFileSync(wasm)).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: () => Promise.resolve(textmate.parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const loaded = await registry.loadGrammar('source.konoha');
  if (!loaded) throw new Error('the grammar cannot be loaded');
  grammar = loaded;
});

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Outermost first, without the language's own. */
  readonly scopes: readonly string[];
}

/** The whole text in pieces; a line's end belongs to none. */
function pieces(text: string): Piece[] {
  let state = textmate.INITIAL;
  let at = 0;
  return text.split('\n').flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    const start = at;
    at += line.length + 1;
    return tokens.map(({ startIndex, endIndex, scopes }) => ({
      text: line.slice(startIndex, endIndex),
      start: start + startIndex,
      end: start + Math.min(endIndex, line.length),
      scopes: scopes.slice(1),
    }));
  });
}

/** The innermost scope of each piece that has one, without `.konoha`. */
function colours(text: string): [string, string][] {
  return pieces(text)
    .filter(({ text: shown, scopes }) => scopes.length > 0 && shown.trim() !== '')
    .map(({ text: shown, scopes }) => [shown.trim(), scopes.at(-1)!.replace(/\.konoha$/, '')]);
}

describe('snippets', () => {
  test('keywords, types, names', () => {
    expect(colours('final int n = x instanceof Point ? 0xff : LIMIT;')).toEqual([
      ['final', 'storage.modifier'],
      ['int', 'storage.type.primitive'],
      ['n', 'variable.other'],
      ['=', 'keyword.operator'],
      ['x', 'variable.other'],
      ['instanceof', 'keyword.operator.word'],
      ['Point', 'entity.name.type'],
      ['?', 'keyword.operator'],
      ['0xff', 'constant.numeric.hex'],
      [':', 'keyword.operator'],
      ['LIMIT', 'constant.other'],
      [';', 'punctuation.separator'],
    ]);
  });

  test('words in their place, and as names', () => {
    expect(
      colours('foreach (String in in lines) in.to(this.class)').map(([text, scope]) => `${text} ${scope}`),
    ).toEqual(
      expect.arrayContaining([
        'foreach keyword.control',
        'String support.class',
        'in keyword.operator.word',
        'in variable.other',
        'to entity.name.function',
        'this variable.language.this',
        'class variable.other',
      ]),
    );
  });

  test('strings with interpolation, escapes within them', () => {
    expect(colours('"a\\n${f("b${c}")}d" e')).toEqual([
      ['"', 'punctuation.definition.string.begin'],
      ['a', 'string.quoted.double'],
      ['\\n', 'constant.character.escape'],
      ['${', 'punctuation.section.embedded.begin'],
      ['f', 'entity.name.function'],
      ['(', 'meta.embedded.expression'],
      ['"', 'punctuation.definition.string.begin'],
      ['b', 'string.quoted.double'],
      ['${', 'punctuation.section.embedded.begin'],
      ['c', 'variable.other'],
      ['}', 'punctuation.section.embedded.end'],
      ['"', 'punctuation.definition.string.end'],
      [')', 'meta.embedded.expression'],
      ['}', 'punctuation.section.embedded.end'],
      ['d', 'string.quoted.double'],
      ['"', 'punctuation.definition.string.end'],
      ['e', 'variable.other'],
    ]);
    expect(colours("'${a}\\q'")).toContainEqual(['\\q', 'invalid.illegal.escape']);
    expect(colours('@"a\\ ""b" c').at(-1)).toEqual(['c', 'variable.other']);
    expect(colours('"""\n"a" ${b}\n""" c')).toContainEqual(['b', 'variable.other']);
  });

  test('comments nest', () => {
    expect(colours('/* a /* b */ c\n*/ d // e')).toEqual([
      ['/*', 'comment.block'],
      ['a', 'comment.block'],
      ['/*', 'comment.block'],
      ['b', 'comment.block'],
      ['*/', 'comment.block'],
      ['c', 'comment.block'],
      ['*/', 'comment.block'],
      ['d', 'variable.other'],
      ['// e', 'comment.line.double-slash'],
    ]);
  });

  test('annotations, exceptions, handlers', () => {
    expect(colours('@Name("x") void Device.read(OutputStream out) { throw new IO!!(); }')).toEqual(
      expect.arrayContaining([
        ['@Name', 'storage.type.annotation'],
        ['void', 'storage.type.primitive'],
        ['Device', 'entity.name.type'],
        ['read', 'entity.name.function'],
        ['OutputStream', 'support.class'],
        ['throw', 'keyword.control'],
        ['new', 'keyword.control'],
        ['IO!!', 'entity.name.type.exception'],
      ]),
    );
    expect(colours('class Lost!! extends IO!! { int _n; }')).toEqual(
      expect.arrayContaining([
        ['class', 'storage.type.class'],
        ['Lost!!', 'entity.name.type.class'],
        ['_n', 'variable.other.member'],
      ]),
    );
    expect(colours('a != b').map(([text]) => text)).toEqual(['a', '!=', 'b']);
  });
});

const NAMES = /^(variable|entity|support|constant\.other)/;
/** What the innermost scope of a token must look like, by its class. */
const EXPECTED: Readonly<Partial<Record<TokenClass, RegExp>>> = {
  number: /^constant\.numeric/,
  string: /^punctuation\.definition\.string\.begin/,
  stringHead: /^punctuation\.definition\.string\.begin/,
  stringMiddle: /^punctuation\.section\.embedded\.end/,
  stringTail: /^punctuation\.section\.embedded\.end/,
  annotation: /^storage\.type\.annotation/,
  primitive: /^storage\.type\.primitive/,
  reserved: /^(keyword|storage|constant\.language|variable\.language)/,
  field: /^variable\.other\.member/,
  regex: /^string\.regexp/,
  name: NAMES,
};

/** Tokens of a script that have another colour than the lexer says. */
function disagreements(file: string): string[] {
  const text = readFileSync(join(TESTS, file), 'utf8');
  const { tokens, errors } = scan(text, file);
  if (errors > 0) return [];
  const all = pieces(text);
  let next = 0;
  return tokens.flatMap((token, i) => {
    while (all[next]!.end <= token.start) next++;
    const scope = all[next]!.scopes.at(-1) ?? '';
    const isMember = tokens[i - 1]?.text === '.' && token.class !== 'punctuation';
    const wanted = isMember ? NAMES : (EXPECTED[token.class] ?? /^(?!comment|string)/);
    return wanted.test(scope) ? [] : [`${file}: ${token.text} at ${token.start} is ${scope}`];
  });
}

test('agrees with the lexer about every token of the corpus', { timeout: 60_000 }, () => {
  const files = corpusFiles('language', 'limit', 'regression', 'programs', 'paper');
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap(disagreements)).toEqual([]);
});
