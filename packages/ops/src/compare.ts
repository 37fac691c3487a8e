/** Compares what two targets made of one operation script. */
import type { TranscriptEntry } from './run.js';

/** Times at the beginning of a log's lines: two machines never agree on them. */
const LOG_TIME = /\[ *\d+\.\d{6}\]/g;

export interface NamedTranscript {
  /** The target, as a difference shows it. */
  readonly name: string;
  readonly entries: readonly TranscriptEntry[];
}

/**
 * The first difference, as lines to show; null: they are equal. A line of the script that says what its text must match
 * has a text that may vary; it is not compared, and neither are the times of log lines.
 */
export function compareTranscripts(file: string, one: NamedTranscript, other: NamedTranscript): string | null {
  const count = Math.max(one.entries.length, other.entries.length);
  for (let index = 0; index < count; index++) {
    const [left, right] = [one.entries[index], other.entries[index]];
    if (left && right && isEqual(left, right)) continue;
    const { line, text } = (left ?? right)!;
    const width = Math.max(one.name.length, other.name.length);
    return [
      `${file}:${line}: ${text}`,
      `- ${one.name.padEnd(width)}  ${describe(left, line)}`,
      `+ ${other.name.padEnd(width)}  ${describe(right, line)}`,
    ].join('\n');
  }
  return null;
}

function isEqual(left: TranscriptEntry, right: TranscriptEntry): boolean {
  if (left.line !== right.line || left.text !== right.text) return false;
  if (left.varies && right.varies) return true;
  return left.outcome.replace(LOG_TIME, '[time]') === right.outcome.replace(LOG_TIME, '[time]');
}

function describe(entry: TranscriptEntry | undefined, line: number): string {
  if (!entry) return '(nothing: it has ended)';
  return entry.line === line ? entry.outcome : `line ${entry.line}: ${entry.outcome}`;
}
