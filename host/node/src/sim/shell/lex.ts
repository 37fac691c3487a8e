/** Splits a line of shell into words and operators, as far as the simulator understands it. */

/** The simulator has no shell for this; the text says why. */
export class NoShell extends Error {
  constructor(what: string) {
    super(`the simulator has no shell: ${what}`);
    this.name = 'NoShell';
  }
}

export type Token = { kind: 'word'; text: string } | { kind: 'operator'; text: string };

// Longest first.
const OPERATORS = ['2>&1', '>&2', '2>>', '2>', '&>', '&&', '||', '>>', '>', '<', '|', ';', '\n'];
const SPECIAL: Readonly<Record<string, string>> = {
  $: 'variables and substitutions',
  '`': 'substitutions',
  '*': 'patterns of file names',
  '?': 'patterns of file names',
  '[': 'patterns of file names',
  '(': 'subshells and functions',
  ')': 'subshells and functions',
  '{': 'groups and expansions in braces',
  '}': 'groups and expansions in braces',
  '&': 'commands in the background',
  '!': 'negations',
  '~': 'home directories',
  '#': 'comments',
};

/** @throws NoShell */
export function lex(line: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const rest = line.slice(at);
    const space = /^[ \t]+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
    if (operator) {
      tokens.push({ kind: 'operator', text: operator === '\n' ? ';' : operator });
      at += operator.length;
      continue;
    }
    const [text, length] = lexWord(rest);
    tokens.push({ kind: 'word', text });
    at += length;
  }
  return tokens;
}

/** The word at the beginning, and how many characters it takes. */
function lexWord(line: string): [string, number] {
  let word = '';
  let at = 0;
  // `[` is a command of its own where it stands alone, and its bracket a word.
  if (/^[[\]](?=\s|$)/.test(line)) return [line[0]!, 1];
  while (at < line.length) {
    const character = line[at]!;
    if (/[\s;|<>]/.test(character)) break;
    if (character === "'") {
      const end = line.indexOf("'", at + 1);
      if (end < 0) throw new NoShell('a quote without end');
      word += line.slice(at + 1, end);
      at = end + 1;
    } else if (character === '"') {
      const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(line.slice(at));
      if (!quoted) throw new NoShell('a quote without end');
      const special = /(?<!\\)(?:\\\\)*([$`])/.exec(quoted[1]!);
      if (special) throw new NoShell(SPECIAL[special[1]!]!);
      word += quoted[1]!.replace(/\\([$`"\\])/g, '$1').replace(/\\\n/g, '');
      at += quoted[0].length;
    } else if (character === '\\') {
      word += line[at + 1] ?? '';
      at += 2;
    } else {
      const special = SPECIAL[character];
      // Inside of a word these two mean nothing.
      if (special && !(word !== '' && '#!'.includes(character))) throw new NoShell(special);
      word += character;
      at++;
    }
  }
  return [word, at];
}
