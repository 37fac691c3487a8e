import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const MOST_LINES = 1000;

/** Where the shell keeps its history: `$XDG_STATE_HOME/konoha/history`, else `~/.konoha_history`. */
export function historyPath(env: NodeJS.ProcessEnv = process.env): string {
  const state = env['XDG_STATE_HOME'];
  return state ? join(state, 'konoha', 'history') : join(env['HOME'] ?? homedir(), '.konoha_history');
}

/** The lines of the history, the last one first, as readline wants them; none if the file cannot be read. */
export function readHistory(path: string): string[] {
  try {
    return existsSync(path)
      ? readFileSync(path, 'utf8').split('\n').filter(Boolean).reverse().slice(0, MOST_LINES)
      : [];
  } catch {
    return [];
  }
}

/** Writes the history, which readline has with the last line first. What cannot be written is not kept. */
export function writeHistory(path: string, lines: readonly string[]): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(
      path,
      [...lines.slice(0, MOST_LINES)]
        .reverse()
        .map((line) => `${line}\n`)
        .join(''),
      { mode: 0o600 },
    );
  } catch {
    // A home that is read-only has no history.
  }
}
