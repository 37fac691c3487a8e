/** The shell's grammar, as far as the simulator understands it: lists of pipelines of simple commands. */
import { NoShell, lex, type Token } from './lex.js';

export interface Redirection {
  readonly operator: '>' | '>>' | '<' | '2>' | '2>>' | '&>' | '2>&1' | '>&2';
  /** Empty for the last two. */
  readonly path: string;
}

export interface SimpleCommand {
  readonly words: readonly string[];
  readonly redirections: readonly Redirection[];
}

export interface Pipeline {
  /** When it is run, by the exit status of what came before. */
  readonly when: 'always' | 'success' | 'failure';
  readonly commands: readonly SimpleCommand[];
}

const KEYWORDS = new Set(['if', 'for', 'while', 'until', 'case', 'function', 'select', 'time', 'do', 'done', 'then']);
const WITHOUT_PATH: readonly string[] = ['2>&1', '>&2'];
const REDIRECTIONS: readonly string[] = ['>', '>>', '<', '2>', '2>>', '&>', ...WITHOUT_PATH];

/** @throws NoShell */
export function parseShell(line: string): Pipeline[] {
  const tokens = lex(line);
  const pipelines: Pipeline[] = [];
  let when: Pipeline['when'] = 'always';
  let commands: SimpleCommand[] = [];
  let [words, redirections]: [string[], Redirection[]] = [[], []];
  const endCommand = (): void => {
    if (words.length === 0) throw new NoShell(redirections.length > 0 ? 'redirections alone' : 'a command is missing');
    commands.push({ words, redirections });
    [words, redirections] = [[], []];
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.kind === 'word') {
      if (words.length === 0) checkCommandWord(token.text);
      words.push(token.text);
    } else if (REDIRECTIONS.includes(token.text)) {
      const operator = token.text as Redirection['operator'];
      const path = WITHOUT_PATH.includes(operator) ? '' : takePath(tokens[++index]);
      redirections.push({ operator, path });
    } else {
      endCommand();
      if (token.text === '|') continue;
      pipelines.push({ when, commands });
      commands = [];
      when = ({ ';': 'always', '&&': 'success', '||': 'failure' } as const)[token.text as ';' | '&&' | '||'];
    }
  }
  if (words.length > 0 || redirections.length > 0 || when !== 'always' || commands.length > 0) {
    endCommand();
    pipelines.push({ when, commands });
  }
  return pipelines;
}

function checkCommandWord(word: string): void {
  if (KEYWORDS.has(word)) throw new NoShell(`"${word}"`);
  if (/^[A-Za-z_]\w*=/.test(word)) throw new NoShell('variables and substitutions');
}

function takePath(token: Token | undefined): string {
  if (token?.kind !== 'word') throw new NoShell('a redirection without a path');
  return token.text;
}
