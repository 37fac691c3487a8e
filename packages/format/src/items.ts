/** A source as tokens and comments, each with what separated it from the one before. */
import type { Token, TokenClass } from '@konoha/host-node';

export interface Item {
  readonly kind: 'token' | 'comment';
  /** Of a comment: 'comment'. */
  readonly class: TokenClass | 'comment';
  readonly text: string;
  /** Line ends between the item before and this one. */
  readonly lineEnds: number;
  /** Blanks before it on its line; for the first on a line, its indentation. */
  readonly gap: number;
  /** Columns before it on its line, wide characters counting two. */
  readonly column: number;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const TAB = 4;

/** Columns that a text takes on a terminal; a tab stands for four. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += character === '\t' ? TAB : 1;
  return columns + (text.match(WIDE)?.length ?? 0);
}

/** Byte order mark and `#!` line in front of a source, which are no tokens. */
export function prologue(source: string): string {
  return /^\ufeff?(#![^\n]*\n?)?/.exec(source)![0];
}

/** Tokens and comments in the order of the source. The tokens must be those of `source`. */
export function itemsOf(source: string, tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  let at = prologue(source).length;
  let lineEnds = 0;
  let gapStart = at;
  const put = (kind: Item['kind'], kindClass: Item['class'], start: number, end: number): void => {
    const line = source.lastIndexOf('\n', start - 1) + 1;
    const gap = width(source.slice(Math.max(gapStart, line), start));
    items.push({
      kind,
      class: kindClass,
      text: source.slice(start, end),
      lineEnds,
      gap,
      column: width(source.slice(line, start)),
    });
    at = gapStart = end;
    lineEnds = 0;
  };
  const space = (end: number): void => {
    while (at < end) {
      if (source.startsWith('//', at)) put('comment', 'comment', at, lineCommentEnd(source, at));
      else if (source.startsWith('/*', at)) put('comment', 'comment', at, blockCommentEnd(source, at));
      else if (source[at++] === '\n') lineEnds++;
    }
  };
  for (const token of splitArrows(source, tokens)) {
    space(token.start);
    put('token', token.class, token.start, token.end);
  }
  space(source.length);
  return items;
}

/** The lexer takes the longest sign: `<=>` of `Func<=>R>` is `<=` and `>`, `>=>` is `>=` and `>`. Here they are `<` or `>` and `=>`. */
function splitArrows(source: string, tokens: readonly Token[]): Token[] {
  const split = [...tokens];
  for (let i = 1; i < split.length; i++) {
    const [before, token] = [split[i - 1]!, split[i]!];
    if (before.end !== token.start || source.slice(token.start, token.end) !== '>') continue;
    if (!/^(<|>+)=$/.test(source.slice(before.start, before.end))) continue;
    split[i - 1] = { ...before, end: before.end - 1 };
    split[i] = { ...token, start: token.start - 1 };
  }
  return split;
}

function lineCommentEnd(source: string, start: number): number {
  const end = source.indexOf('\n', start);
  return start + source.slice(start, end < 0 ? source.length : end).trimEnd().length;
}

/** Comments nest. */
function blockCommentEnd(source: string, start: number): number {
  let depth = 0;
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  for (let match = marks.exec(source); match; match = marks.exec(source)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return source.length;
}
