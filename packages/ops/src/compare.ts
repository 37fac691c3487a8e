/** Compares what two targets made of one operation script. */
import type { TranscriptEntry } from './run.js';

/** Times at the beginning of a log's lines: two machines never agree on them. */
const LOG_TIME = /\[ *\d+\.\d{6}\]/g;
const TIME = '[time]';
/** In /proc/konoha/stats. */
const PROCESS_AND_TIME = /(?<=\\t)(pid|loaded)=\d+/g;
/** Characters of an outcome that a difference shows. */
const SHOWN = 240;

export interface NamedTranscript {
  /** The target, as a difference shows it. */
  readonly name: string;
  readonly entries: readonly TranscriptEntry[];
}

/**
 * The first difference, as lines to show; null: they are equal. A line of the script that says what its text must match
 * has a text that may vary; it is not compared, and neither are the times of log lines. Of two logs the one that goes
 * further back may begin with what the other does not have: a machine keeps it for many scripts.
 */
export function compareTranscripts(file: string, one: NamedTranscript, other: NamedTranscript): string | null {
  const count = Math.max(one.entries.length, other.entries.length);
  for (let index = 0; index < count; index++) {
    const [left, right] = [one.entries[index], other.entries[index]];
    if (left && right && isEqual(left, right)) continue;
    const { line, text } = (left ?? right)!;
    const shown = excerpts(describe(left, line), describe(right, line));
    const width = Math.max(one.name.length, other.name.length);
    return [
      `${file}:${line}: ${text}`,
      `- ${one.name.padEnd(width)}  ${shown[0]}`,
      `+ ${other.name.padEnd(width)}  ${shown[1]}`,
    ].join('\n');
  }
  return null;
}

function isEqual(left: TranscriptEntry, right: TranscriptEntry): boolean {
  if (left.line !== right.line || left.text !== right.text) return false;
  if (left.varies && right.varies) return true;
  const [one, other] = [left, right].map(({ outcome }) => splitLog(outcome));
  return one!.before === other!.before && endsAlike(one!.log, other!.log);
}

/** Where log lines begin in an outcome, which is one line with escapes. */
function splitLog(outcome: string): { before: string; log: string } {
  const text = outcome.replace(LOG_TIME, TIME).replace(PROCESS_AND_TIME, '$1=…');
  const at = text.indexOf(TIME);
  return at < 0 ? { before: text, log: '' } : { before: text.slice(0, at), log: text.slice(at) };
}

/** One log may go further back than the other, but must not be empty where the other is not. */
function endsAlike(one: string, other: string): boolean {
  if (one === '' || other === '') return one === other;
  return one.endsWith(other) || other.endsWith(one);
}

/** Long texts: what is around the first character that differs. */
function excerpts(one: string, other: string): [string, string] {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  const cut = (text: string): string => {
    if (text.length <= SHOWN) return text;
    const from = Math.max(at - SHOWN / 4, 0);
    const [before, behind] = [from > 0 ? '… ' : '', from + SHOWN < text.length ? ' …' : ''];
    return `${before}${text.slice(from, from + SHOWN)}${behind}`;
  };
  return [cut(one), cut(other)];
}

function describe(entry: TranscriptEntry | undefined, line: number): string {
  if (!entry) return '(nothing: it has ended)';
  return entry.line === line ? entry.outcome : `line ${entry.line}: ${entry.outcome}`;
}
