/** Where lines end: as in the source, but for the places at which the style decides. */
import type { Item } from './items.js';
import { holdsStatements, type Tok } from './roles.js';

/** What stands before an item: the line goes on, a line begins, or a blank line is between. */
export type Break = 0 | 1 | 2;

const JOINED = new Set(['else', 'catch', 'finally']);

export interface Breaks {
  /** By index of the item. */
  readonly breaks: readonly Break[];
  /** Tokens (by index among tokens) for which the style decided otherwise than the source. */
  readonly moved: ReadonlySet<number>;
}

/** `tokenAt`: by index of a token, its index among all items. */
export function breaksOf(items: readonly Item[], toks: readonly Tok[], tokenAt: readonly number[]): Breaks {
  const breaks: Break[] = items.map(({ lineEnds }, i) => (i === 0 ? 0 : (Math.min(lineEnds, 2) as Break)));
  const moved = new Set<number>();
  const hasComment = (token: number): boolean => token > 0 && tokenAt[token - 1]! < tokenAt[token]! - 1;
  const startsLine = (token: number): boolean => breaks[tokenAt[token]!]! > 0;
  const set = (token: number, value: Break): void => {
    breaks[tokenAt[token]!] = value;
    moved.add(token);
  };

  toks.forEach((tok, token) => {
    if (tok.belongsToHeader && startsLine(token) && !hasComment(token)) set(token, 0);
    const { bracket } = tok;
    if (tok.role !== 'open' || !bracket || !holdsStatements(bracket)) return;
    const [first, last] = [tokenAt[bracket.open]! + 1, tokenAt[bracket.close]!];
    let isOneLine = true;
    for (let i = first; i <= last; i++) isOneLine &&= items[i]!.lineEnds === 0 && !isLongComment(items[i]!);
    if (isOneLine) return;
    // A comment that ends the line of the brace stays there.
    if (items[first]!.kind === 'token' || items[first + 1]!.lineEnds === 0) {
      breaks[first] = 1;
      moved.add(token + 1);
    } else if (breaks[first] === 2) breaks[first] = 1;
    if (breaks[first + 1] === 2 && breaks[first] === 0) breaks[first + 1] = 1;
    breaks[last] = 1;
    moved.add(bracket.close);
  });

  toks.forEach((tok, token) => {
    const before = toks[token - 1];
    if (!JOINED.has(tok.text) || tok.role !== 'word' || before?.text !== '}' || hasComment(token)) return;
    if (startsLine(token) && startsLine(token - 1)) set(token, 0);
  });
  return { breaks, moved };
}

function isLongComment({ kind, text }: Item): boolean {
  return kind === 'comment' && text.includes('\n');
}
