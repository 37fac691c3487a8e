/** Formats scripts: layout alone. The tokens, their order and every comment stay; so does the meaning. */
import { scan, type Scan } from '@konoha/host-node';
import { breaksOf } from './breaks.js';
import { itemsOf, prologue } from './items.js';
import { layOut } from './layout.js';
import { joinLines } from './lines.js';
import { rolesOf } from './roles.js';

export type Formatted =
  | { readonly status: 'ok'; readonly text: string }
  /** The script has errors of syntax; they are in `scan`. */
  | { readonly status: 'errors'; readonly scan: Scan };

/** The formatter would have changed more than layout: a bug of it. The script was not touched. */
export class FormatError extends Error {
  constructor(name: string, where: string) {
    super(
      `${name} cannot be formatted without changing it, at ${where}; this is a bug of konoha fmt, please report it`,
    );
    this.name = 'FormatError';
  }
}

/**
 * Formats a script, given as text or as bytes. The result is checked: it has the same tokens on the same sides of line ends, except where the
 * style moves a brace or an `else`.
 * @param name file name for diagnostics
 * @throws FormatError, EngineTrap, EngineMissingError
 */
export function format(source: string | Uint8Array, name = ''): Formatted {
  const decoded = decode(source);
  if (decoded === null) return { status: 'errors', scan: scan(source, name) };
  const text = decoded.replaceAll('\r\n', '\n');
  const before = scan(text, name);
  if (before.errors !== 0) return { status: 'errors', scan: before };
  const items = itemsOf(text, before.tokens);
  const tokenAt = items.flatMap(({ kind }, i) => (kind === 'token' ? [i] : []));
  const newLine = before.tokens.map((token) => token.newLine);
  const toks = rolesOf(
    tokenAt.map((i) => items[i]!),
    newLine,
  );
  const { breaks, moved } = breaksOf(items, toks, tokenAt);
  const first = prologue(text);
  const body = joinLines(layOut(items, toks, breaks));
  const result = (first === '' || first.endsWith('\n') || body === '' ? first : `${first}\n`) + body;
  compare(name || '<script>', before, scan(result, name), moved);
  return { status: 'ok', text: result };
}

/** Null for what is not UTF-8. */
function decode(source: string | Uint8Array): string | null {
  if (typeof source === 'string') return source;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(source);
  } catch {
    return null;
  }
}

function compare(name: string, before: Scan, after: Scan, moved: ReadonlySet<number>): void {
  before.tokens.forEach((token, i) => {
    const same = after.tokens[i];
    // Empty lines in front of the first token go.
    const mayMove = i === 0 || moved.has(i);
    if (same?.text !== token.text || same.class !== token.class || (same.newLine !== token.newLine && !mayMove))
      throw new FormatError(name, JSON.stringify(token.text));
  });
  if (after.errors !== 0 || after.tokens.length !== before.tokens.length) throw new FormatError(name, 'its end');
}
