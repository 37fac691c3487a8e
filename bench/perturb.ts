/**
 * Another text of the same program: every name of its own is another, two parameters have changed places, and there are
 * constants and a function that nobody needs. An engine that is faster with the one than with the other knows the
 * program, not the language.
 */
import { scan, type Token } from '@konoha/host-node';

/** Names that mean something to the engine. */
const KEPT = new Set(['main', 'toString', 'equals', 'hashCode']);
const UPPER = /^[A-Z][A-Z0-9_]+$/;
const CAPITAL = /^[A-Z]/;
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
const DEAD_FUNCTION = 'int nobodyCallsThis(int n) { return n + 1; }';

/** A piece of the text: what stands in front of a token (white space, comments), and the token. */
interface Piece {
  readonly token: Token;
  readonly before: string;
}

/**
 * @param source a program without errors of syntax, in which a function and another thing never share a name
 * @throws if the text has errors of syntax
 */
export function perturb(source: string): string {
  const { tokens, errors } = scan(source);
  if (errors > 0) throw new Error('a text with errors of syntax cannot be perturbed');
  const pieces = tokens.map((token, i) => ({ token, before: source.slice(tokens[i - 1]?.end ?? 0, token.start) }));
  const names = renamed(tokens);
  const writer = new Writer(pieces, names, membersOf(tokens), swapped(tokens));
  const head = annotationsEnd(tokens);
  return `${writer.write(0, head)}\n${DEAD_FUNCTION}\n${writer.write(head, pieces.length)}\n`;
}

/** Every name that the text declares, with its new one. */
function renamed(tokens: readonly Token[]): Map<string, string> {
  const names = new Map<string, string>();
  tokens.forEach(({ class: kind, text }, i) => {
    if (kind !== 'name' || KEPT.has(text) || names.has(text)) return;
    if (!isClassName(tokens, i) && !(endsType(tokens[i - 1]) && /^(?:[=;,():]|in)$/.test(tokens[i + 1]?.text ?? '')))
      return;
    const n = names.size + 1;
    names.set(text, UPPER.test(text) ? `Q_${n}` : CAPITAL.test(text) ? `Quux${n}` : `q${n}`);
  });
  return names;
}

/** Names that are declared in classes: only they are ours behind a dot. */
function membersOf(tokens: readonly Token[]): Set<string> {
  const members = new Set<string>();
  tokens.forEach((_, i) => {
    if (!isClassName(tokens, i)) return;
    const head = tokens.slice(i, i + 2).some(({ text }) => text === '(') ? closing(tokens, i + 1) : i;
    const body = tokens.findIndex(({ text }, at) => at > head && (text === '{' || text === ';'));
    const end = tokens[body]?.text === '{' ? closing(tokens, body) : body;
    for (const { class: kind, text } of tokens.slice(i + 1, end)) if (kind === 'name') members.add(text);
  });
  return members;
}

function isClassName(tokens: readonly Token[], i: number): boolean {
  return tokens[i - 1]?.text === 'class' || tokens[i - 1]?.text === 'interface';
}

function endsType(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.class === 'name' || token.class === 'primitive' || [']', '?', '>'].includes(token.text);
}

/** Functions and methods that take two parameters or more, wherever something of their name is declared. */
function swapped(tokens: readonly Token[]): Set<string> {
  const arities = new Map<string, Set<number>>();
  tokens.forEach((_, i) => {
    if (!declaresFunction(tokens, i)) return;
    const name = tokens[i]!.text;
    arities.set(name, (arities.get(name) ?? new Set()).add(argumentsOf(tokens, i + 1).length));
  });
  const several = [...arities].filter(([name, found]) => !KEPT.has(name) && found.size === 1 && Math.min(...found) > 1);
  return new Set(several.map(([name]) => name));
}

/** Is this the name of a function or method where it is declared? */
function declaresFunction(tokens: readonly Token[], i: number): boolean {
  if (tokens[i]?.class !== 'name' || tokens[i + 1]?.text !== '(' || !endsType(tokens[i - 1])) return false;
  const behind = tokens[closing(tokens, i + 1) + 1]?.text;
  return behind === '{' || behind === ';';
}

/** Where the bracket that opens at `at` closes. */
function closing(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (OPENING.has(tokens[i]!.text)) depth++;
    else if (CLOSING.has(tokens[i]!.text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The parts between commas of a list in brackets that opens at `at`: first token, and the one behind the last. */
function argumentsOf(tokens: readonly Token[], at: number): [number, number][] {
  const end = closing(tokens, at);
  if (end === at + 1) return [];
  const parts: [number, number][] = [];
  let from = at + 1;
  let depth = 0;
  for (let i = at + 1; i < end; i++) {
    const { text } = tokens[i]!;
    if (OPENING.has(text)) depth++;
    else if (CLOSING.has(text)) depth--;
    else if (text === ',' && depth === 0) {
      parts.push([from, i]);
      from = i + 1;
    }
  }
  return [...parts, [from, end]];
}

/** Annotations of the whole script stand first, and must stay there. */
function annotationsEnd(tokens: readonly Token[]): number {
  let at = 0;
  while (/^@(?:Heap|Fuel|Name)$/.test(tokens[at]?.text ?? '')) at = closing(tokens, at + 1) + 1;
  return at;
}

class Writer {
  private dead = 0;
  private readonly tokens: readonly Token[];

  constructor(
    private readonly pieces: readonly Piece[],
    private readonly names: ReadonlyMap<string, string>,
    private readonly members: ReadonlySet<string>,
    private readonly swapped: ReadonlySet<string>,
  ) {
    this.tokens = pieces.map(({ token }) => token);
  }

  write(from: number, to: number): string {
    let text = '';
    for (let i = from; i < to; i++) {
      text += this.piece(i);
      if (!this.tokens[i + 1] || this.tokens[i + 1]!.text !== '(') continue;
      const declared = declaresFunction(this.tokens, i);
      const name = this.tokens[i]!.text;
      if (this.swapped.has(name) && this.tokens[i - 1]?.text !== 'new') {
        const parts = argumentsOf(this.tokens, i + 1).map(([first, last]) => this.write(first, last).trim());
        const [one = '', two = '', ...others] = parts;
        text += `(${[two, one, ...others].join(', ')})`;
        i = closing(this.tokens, i + 1);
      } else if (declared) {
        const end = closing(this.tokens, i + 1);
        text += this.write(i + 1, end + 1);
        i = end;
      }
      if (declared && this.tokens[i + 1]?.text === '{') {
        text += `${this.piece(++i)} int unneeded${++this.dead} = ${this.dead};`;
      }
    }
    return text;
  }

  private piece(i: number): string {
    const { token, before } = this.pieces[i]!;
    const foreign = this.tokens[i - 1]?.text === '.' && !this.members.has(token.text);
    if (token.class === 'name' && !foreign) return before + (this.names.get(token.text) ?? token.text);
    // `_count` is `this.count`.
    if (token.class === 'field') {
      const name = token.text.replace(/^_/, '');
      return `${before}_${this.names.get(name) ?? name}`;
    }
    return before + token.text;
  }
}
