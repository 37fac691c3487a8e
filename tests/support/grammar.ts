/** Reads the grammar of docs/language-grammar.md, notation as the page says, and finds out which parts of it a text uses. */
import { scan, type Token, type TokenClass } from '@konoha/host-node';
import { documentBlocks } from './document.js';

type Part =
  | { readonly kind: 'rule' | 'word'; readonly name: string }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Part[] }
  /** `[x]` and `{x}`: in use when x stood there at least once. */
  | { readonly kind: 'optional' | 'repeated'; readonly of: Part }
  /** `x,…` */
  | { readonly kind: 'list'; readonly of: Part }
  /** `~x`: in the line of what is before it; `~~x`: touching it. */
  | { readonly kind: 'line' | 'touch'; readonly of: Part };

export interface Grammar {
  readonly rules: ReadonlyMap<string, Part>;
  /** Everything that a text may use or not, with the way it is written. */
  readonly uses: ReadonlyMap<Part, string>;
}

/** Tokens that the page names without quotes. */
const TOKENS: Readonly<Record<string, (token: Token) => boolean>> = {
  name: ({ class: c }) => c === 'name' || c === 'softWord',
  Name: ({ class: c, text }) => c === 'name' && /^\p{Lu}/u.test(text),
  word: ({ class: c }) => ['name', 'softWord', 'reserved', 'primitive'].includes(c),
  primitive: ({ class: c }) => c === 'primitive',
  field: ({ class: c }) => c === 'field',
  '@Name': ({ class: c }) => c === 'annotation',
  number: ({ class: c }) => c === 'number',
  text: ({ class: c }) => c === 'string',
  textBegin: ({ class: c }) => c === 'stringHead',
  textMiddle: ({ class: c }) => c === 'stringMiddle',
  textEnd: ({ class: c }) => c === 'stringTail',
  regex: ({ class: c }) => c === 'regex',
};
const PLAIN: readonly TokenClass[] = ['punctuation', 'reserved', 'softWord', 'name', 'primitive', 'field'];

/** The page's grammar. @throws Error with what in it cannot be read */
export function readGrammar(): Grammar {
  const rules = new Map<string, Part>();
  const uses = new Map<Part, string>();
  const blocks = documentBlocks('language-grammar.md').filter(({ language }) => language === 'ebnf');
  // A rule goes on in lines that begin with a space.
  const texts = blocks.flatMap(({ text }) => text.replace(/\s*\/\/.*$/gm, '').split(/\n(?=\w)/));
  for (const text of texts) {
    const [, name = '', body = ''] = /^(\w+)\s*=(.*)$/s.exec(text.trim()) ?? [];
    if (name === '') continue;
    if (rules.has(name)) throw new Error(`the grammar has two rules ${name}`);
    rules.set(name, new RuleReader(name, body, uses).read());
  }
  const named = (part: Part): string[] =>
    part.kind === 'rule'
      ? [part.name]
      : 'of' in part
        ? named(part.of)
        : 'parts' in part
          ? part.parts.flatMap(named)
          : [];
  for (const [name, part] of rules)
    for (const other of named(part))
      if (!rules.has(other) && !(other in TOKENS) && other !== 'end')
        throw new Error(`rule ${name} of the grammar names ${other}, which is neither a rule nor a token`);
  return { rules, uses };
}

/** Recursive descent over the page's own notation. */
class RuleReader {
  private readonly tokens: string[];
  private at = 0;

  constructor(
    private readonly name: string,
    body: string,
    private readonly uses: Map<Part, string>,
  ) {
    this.tokens = body.match(/"[^"]*"|,…|@?\w+|~~|~|[[\]{}()|]|\S/g) ?? [];
  }

  read(): Part {
    const part = this.choice();
    if (this.at < this.tokens.length) throw new Error(`rule ${this.name}: what is "${this.tokens[this.at]}"?`);
    return part;
  }

  private choice(): Part {
    const alternatives: Part[] = [];
    do {
      const from = this.at;
      const part: Part = { kind: 'sequence', parts: this.sequence() };
      alternatives.push(part);
      this.note(part, from);
    } while (this.skip('|'));
    return alternatives.length === 1 ? alternatives[0]! : { kind: 'choice', parts: alternatives };
  }

  private sequence(): Part[] {
    const parts: Part[] = [];
    while (this.at < this.tokens.length && !['|', ')', ']', '}'].includes(this.tokens[this.at]!)) {
      const part = this.one();
      parts.push(this.skip(',…') ? { kind: 'list', of: part } : part);
    }
    return parts;
  }

  private one(): Part {
    const from = this.at;
    const token = this.tokens[this.at++]!;
    if (token === '~' || token === '~~') return { kind: token === '~' ? 'line' : 'touch', of: this.one() };
    if (token === '(' || token === '[' || token === '{') {
      const of = this.choice();
      const end = token === '(' ? ')' : token === '[' ? ']' : '}';
      if (!this.skip(end)) throw new Error(`rule ${this.name}: a ${token} without ${end}`);
      if (token === '(') return of;
      const part: Part = { kind: token === '[' ? 'optional' : 'repeated', of };
      this.note(part, from);
      return part;
    }
    if (token.startsWith('"')) return { kind: 'word', name: token.slice(1, -1) };
    if (!/^@?\w+$/.test(token)) throw new Error(`rule ${this.name}: what is "${token}"?`);
    return { kind: 'rule', name: token };
  }

  private skip(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private note(part: Part, from: number): void {
    this.uses.set(part, `${this.name}: ${this.tokens.slice(from, this.at).join(' ').replaceAll(' ,…', ',…')}`);
  }
}

/** A part that was found: where it ends, and what it is made of. */
interface Found {
  readonly end: number;
  readonly part: Part;
  readonly made: readonly Found[];
}

/** A text's tokens; `>>` may close two lists of types, so it is two of them. */
interface Piece extends Token {
  readonly touches: boolean;
}

/** `Func<=>R>`: the lexer knows no `<` before `=>`. */
function withoutArrows(token: Token, index: number, all: readonly Token[]): Token[] {
  const [before, next] = [all[index - 1], all[index + 1]];
  if (token.text === '<=' && next?.text === '>' && next.start === token.end)
    return [{ ...token, text: '<', end: token.start + 1 }];
  if (token.text === '>' && before?.text === '<=' && before.end === token.start)
    return [{ ...token, text: '=>', start: token.start - 1 }];
  return [token];
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  // Within ( ), [ ] and ${ } no line ends.
  const open: string[] = [];
  let end = -1;
  for (const token of scan(text).tokens.flatMap(withoutArrows)) {
    if (token.text === '}' || token.text === ')' || token.text === ']' || token.class === 'stringTail') open.pop();
    const inBrackets = ['(', '[', '$'].includes(open.at(-1) ?? '');
    const count = /^>>>?$/.test(token.text) ? token.text.length : 1;
    for (let i = 0; i < count; i++)
      found.push({
        ...token,
        text: count > 1 ? '>' : token.text,
        newLine: token.newLine && !inBrackets && i === 0,
        touches: i > 0 || token.start === end,
      });
    end = token.end;
    if (['(', '[', '{'].includes(token.text)) open.push(token.text);
    else if (token.class === 'stringHead') open.push('$');
  }
  return found;
}

/**
 * Derives a text from the rule `script`: of several ways the one that goes furthest.
 * @returns the parts of the grammar that it uses, or the line in which no way goes on
 */
export function derive(grammar: Grammar, text: string): ReadonlySet<Part> | { readonly stuckInLine: number } {
  const tokens = pieces(text);
  const memo = new Map<string, (Found | null)[]>();
  let furthest = 0;

  const optional = (part: Part, found: Found | null, at: number): Found =>
    found ? { end: found.end, part, made: [found] } : { end: at, part: NONE, made: [] };
  const match = (part: Part, at: number): Found | null => {
    furthest = Math.max(furthest, at);
    const token = tokens[at];
    switch (part.kind) {
      case 'word': {
        if (!token) return null;
        const shift = /^>>>?$/.test(part.name) ? part.name.length : 0;
        if (shift > 0) {
          const all = tokens.slice(at, at + shift);
          const fits = all.length === shift && all.every((one, i) => one.text === '>' && (i === 0 || one.touches));
          return fits ? { end: at + shift, part, made: [] } : null;
        }
        return PLAIN.includes(token.class) && token.text === part.name ? { end: at + 1, part, made: [] } : null;
      }
      case 'rule': {
        if (part.name === 'end') {
          if (token?.text === ';') return { end: at + 1, part, made: [] };
          return !token || token.newLine || token.text === '}' ? { end: at, part, made: [] } : null;
        }
        const rule = grammar.rules.get(part.name);
        if (!rule) return token && TOKENS[part.name]!(token) ? { end: at + 1, part, made: [] } : null;
        const known = memo.get(part.name) ?? [];
        memo.set(part.name, known);
        const before = known[at];
        if (before !== undefined) return before;
        const inner = match(rule, at);
        return (known[at] = inner && { end: inner.end, part, made: [inner] });
      }
      case 'line':
        return token && !token.newLine ? match(part.of, at) : null;
      case 'touch':
        return token?.touches ? match(part.of, at) : null;
      case 'optional':
        return optional(part, match(part.of, at), at);
      case 'choice':
        return part.parts
          .map((one) => match(one, at))
          .reduce((best, one) => (one && (!best || one.end > best.end) ? one : best), null);
      case 'sequence': {
        const made: Found[] = [];
        let end = at;
        for (const one of part.parts) {
          const found = match(one, end);
          if (!found) return null;
          made.push(found);
          end = found.end;
        }
        return { end, part, made };
      }
      case 'repeated':
      case 'list': {
        const made: Found[] = [];
        let end = at;
        for (;;) {
          const from: number =
            made.length > 0 && part.kind === 'list' ? (tokens[end]?.text === ',' ? end + 1 : -1) : end;
          const found = from < 0 ? null : match(part.of, from);
          if (!found || found.end === end) break;
          made.push(found);
          end = found.end;
        }
        if (made.length === 0) return part.kind === 'list' ? null : { end, part: NONE, made };
        return { end, part, made };
      }
    }
  };

  const whole = match({ kind: 'rule', name: 'script' }, 0);
  if (!whole || whole.end < tokens.length) {
    const offset = tokens[Math.min(furthest, tokens.length - 1)]?.start ?? 0;
    return { stuckInLine: text.slice(0, offset).split('\n').length };
  }
  const used = new Set<Part>();
  const left = [whole];
  for (let one = left.pop(); one; one = left.pop()) {
    used.add(one.part);
    left.push(...one.made);
  }
  return used;
}

const NONE: Part = { kind: 'sequence', parts: [] };
