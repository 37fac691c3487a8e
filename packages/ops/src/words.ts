/** Splits one line of an operation script into words, quoted texts, patterns. */

export type Word =
  { kind: 'word'; text: string } | { kind: 'text'; text: string } | { kind: 'pattern'; pattern: RegExp };

/** A mistake in an operation script: `file:line: what`. */
export class ScriptError extends Error {
  constructor(file: string, line: number, what: string) {
    super(`${file}:${line}: ${what}`);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', '\\': '\\', '"': '"' };

/**
 * @throws Error with what is wrong, without a place; the parser adds it
 */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    if (rest.startsWith('#')) break;
    const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest);
    const pattern = /^\/((?:[^/\\]|\\.)+)\/([imsu]*)(?=\s|$)/.exec(rest);
    if (quoted) {
      words.push({ kind: 'text', text: unescapeText(quoted[1]!) });
      at += quoted[0].length;
    } else if (rest.startsWith('"')) {
      throw new Error('this text has no closing quote');
    } else if (pattern && words.at(-1)?.kind === 'word' && (words.at(-1) as { text: string }).text === 'matches') {
      // Only behind `matches`: elsewhere a slash begins a path.
      words.push({ kind: 'pattern', pattern: new RegExp(pattern[1]!, pattern[2]) });
      at += pattern[0].length;
    } else {
      const word = /^\S+/.exec(rest)![0];
      words.push({ kind: 'word', text: word });
      at += word.length;
    }
  }
  return words;
}

/** `\n \t \r \0 \\ \"`, `\xHH` for one byte below 0x80, `\u{H…}` for a character. */
export function unescapeText(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|.)/gs, (_whole, escape: string) => {
    if (escape.length > 1) return String.fromCodePoint(parseInt(escape.replace(/[xu{}]/g, ''), 16));
    const character = ESCAPES[escape];
    if (character === undefined)
      throw new Error(`\\${escape} is no escape; there are \\n \\t \\r \\0 \\\\ \\" \\xHH \\u{H}`);
    return character;
  });
}

/** As it would be written in a script. */
export function quote(data: Buffer | string): string {
  const text = typeof data === 'string' ? data : data.toString('utf8');
  // Bytes that are no UTF-8 are shown as such rather than as replacement characters.
  if (typeof data !== 'string' && !Buffer.from(text).equals(data)) return `bytes ${data.toString('hex')}`;
  return `"${text.replace(/[\\"\u0000-\u001f\u007f]/g, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  const known = Object.entries(ESCAPES).find(([, value]) => value === character);
  return known ? `\\${known[0]}` : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
