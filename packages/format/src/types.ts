/** Signs that belong to a type: the brackets of `Map<K, V>`, and the `?` of `String?`. */
import type { Item } from './items.js';
import type { Bracket, Tok } from './roles.js';
import { MODIFIERS } from './words.js';

const WITHIN = new Set([',', '?', '[', ']', '(', ')', '.', '..', 'extends', '&']);

/**
 * Indices of the `<`, `>`, `>>`, `=>` … that belong to type arguments: `<` touches the name of a class or of a function that
 * is declared, and up to the matching `>` nothing stands but types.
 */
export function genericEnds(items: readonly Item[], newLine: readonly boolean[]): ReadonlySet<number> {
  const ends = new Set<number>();
  for (let i = 1; i < items.length; i++) {
    if (items[i]!.text !== '<' || items[i]!.gap > 0 || newLine[i] || ends.has(i)) continue;
    if (takesArguments(i - 1, items)) for (const end of endsFrom(items, i)) ends.add(end);
  }
  return ends;
}

function takesArguments(i: number, items: readonly Item[]): boolean {
  const { class: kind, text } = items[i]!;
  if (kind !== 'name') return false;
  if (/^\p{Lu}/u.test(text)) return true;
  // `T first<T>(T[] a)`
  const before = items[i - 1];
  return (
    before !== undefined &&
    (before.class === 'name' || before.class === 'primitive' || /^(\]|\?|\.|>+)$/.test(before.text))
  );
}

function endsFrom(items: readonly Item[], open: number): number[] {
  const ends = [];
  let depth = 0;
  for (let i = open; i < items.length; i++) {
    const { class: kind, text } = items[i]!;
    if (text === '<') depth++;
    else if (/^>+$/.test(text)) depth -= text.length;
    else if (text !== '=>') {
      if (kind === 'name' || kind === 'primitive' || WITHIN.has(text)) continue;
      return [];
    }
    ends.push(i);
    if (depth === 0) return ends;
    if (depth < 0) return [];
  }
  return [];
}

/** Is the `?` at `i` that of a type that may be null, rather than the one of `a ? b : c`? The tokens before have roles. */
export function isNullable(
  i: number,
  toks: readonly Tok[],
  items: readonly Item[],
  newLine: readonly boolean[],
  around: Bracket | null,
): boolean {
  const before = toks[i - 1];
  // The grammar asks for this: a type's ? touches the type.
  if (!before || items[i]!.gap > 0 || newLine[i]) return false;
  const endsType =
    before.item.class === 'name' ||
    before.item.class === 'primitive' ||
    before.text === ']' ||
    before.text === '..' ||
    isTuple(i - 1, toks) ||
    before.role === 'generic';
  if (!endsType) return false;
  const start = typeStart(i - 1, toks);
  const front = toks[start - 1];
  if (front?.role === 'binary' && ['to', 'as', 'instanceof', 'is?'].includes(front.text)) return true;
  const isDeclared =
    toks[start]!.startsStatement ||
    front?.role === 'annotation' ||
    front?.bracket?.kind === 'annotation' ||
    (front !== undefined && MODIFIERS.has(front.text));
  const next = items[i + 1];
  const behind = items[i + 2]?.text ?? '';
  if (!next || newLine[i + 1]) return false;
  if (next.text === '[') return front?.text === 'new' || behind === ']';
  if ([')', ',', '>', '>>', ']', '=', '=>', ';', '{', '}', '??', '?'].includes(next.text)) return true;
  if (next.class !== 'name' && next.class !== 'softWord') return false;
  if (isDeclared) return true;
  if (around?.kind === 'for' && around.open === start - 1) return true;
  return (around?.kind === 'paren' || around?.kind === 'header') && [',', ')', '='].includes(behind);
}

/** The `(` of the `)` at `close`. */
function openerOf(close: number, toks: readonly Tok[]): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (toks[i]!.text === ')') depth++;
    if (toks[i]!.text === '(' && --depth === 0) return i;
  }
  return 0;
}

/** Is the token at `close` the `)` of a tuple or its type: with a comma within, and no call's? */
function isTuple(close: number, toks: readonly Tok[]): boolean {
  if (toks[close]?.text !== ')') return false;
  const open = openerOf(close, toks);
  const front = toks[open - 1];
  const isCall =
    front !== undefined && (/^(name|string|stringTail)$/.test(front.item.class) || /^[)\]]$/.test(front.text));
  let depth = 0;
  for (let i = open; i < close; i++) {
    const { text } = toks[i]!;
    if (text === '(' || text === '[' || text === '{' || text === '<') depth++;
    else if (text === ')' || text === ']' || text === '}') depth--;
    else if (/^>+$/.test(text)) depth -= text.length;
    else if (text === ',' && depth === 1) return !isCall;
  }
  return false;
}

/** First token of the type that ends at `end`. */
function typeStart(end: number, toks: readonly Tok[]): number {
  let i = end;
  while (i > 0 && (toks[i]!.text === ']' || toks[i]!.text === '[' || toks[i]!.role === 'nullable')) i--;
  if (isTuple(i, toks)) return openerOf(i, toks);
  if (toks[i]!.role === 'generic') {
    let depth = 0;
    for (; i > 0; i--) {
      if (toks[i]!.role !== 'generic' || toks[i]!.text === '=>') continue;
      depth += toks[i]!.text === '<' ? 1 : -toks[i]!.text.length;
      if (depth === 0) break;
    }
    i--;
  }
  return Math.max(i, 0);
}
