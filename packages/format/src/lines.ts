/** Lines of the result, and what stands in columns in them: comments behind code, bodies of one line. */
import { width } from './items.js';

export interface Line {
  readonly indent: number;
  readonly blankBefore: boolean;
  /** Without indentation; may hold line ends, in strings and comments. */
  text: string;
  /** The first `{ … }` that is all in this line: where it begins in `text`, and where it stood in the source. */
  body: { readonly at: number; readonly column: number; readonly gap: number } | null;
  /** Comment behind the code. */
  comment: { readonly text: string; readonly column: number; readonly gap: number } | null;
}

/** Columns of a line's last row, without its comment. */
function codeWidth({ indent, text }: Line): number {
  const lineEnd = text.lastIndexOf('\n');
  return lineEnd < 0 ? indent + width(text) : width(text.slice(lineEnd + 1));
}

/** Bodies of neighbouring lines that stood in one column stand in one column. */
function alignBodies(lines: readonly Line[]): void {
  for (let i = 0; i < lines.length;) {
    const first = lines[i]!;
    let end = i + 1;
    if (first.body) {
      while (end < lines.length && !lines[end]!.blankBefore && lines[end]!.body?.column === first.body.column) end++;
      const group = lines.slice(i, end);
      if (group.some(({ body }) => body!.gap > 1) && group.length > 1) {
        const columns = group.map(({ indent, text, body }) => indent + width(text.slice(0, body!.at)));
        const most = Math.max(...columns);
        group.forEach((line, n) => {
          const { at } = line.body!;
          line.text = line.text.slice(0, at) + ' '.repeat(most - columns[n]!) + line.text.slice(at);
        });
      }
    }
    i = end;
  }
}

/** Blanks before each line's comment: comments that stood in one column, without a blank line between, stay in one. */
function commentGaps(lines: readonly Line[]): Map<Line, number> {
  const gaps = new Map<Line, number>();
  let group: Line[] = [];
  const finish = (): void => {
    const gap = Math.max(1, Math.min(...group.map(({ comment }) => comment!.gap)));
    const column = Math.max(...group.map(codeWidth)) + gap;
    for (const line of group) gaps.set(line, column - codeWidth(line));
    group = [];
  };
  for (const line of lines) {
    if (group.length > 0 && (line.blankBefore || (line.comment && line.comment.column !== group[0]!.comment!.column)))
      finish();
    if (line.comment) group.push(line);
  }
  if (group.length > 0) finish();
  return gaps;
}

/** The text of all lines. */
export function joinLines(lines: readonly Line[]): string {
  alignBodies(lines);
  const gaps = commentGaps(lines);
  return lines
    .map((line) => {
      const comment = line.comment ? ' '.repeat(gaps.get(line)!) + line.comment.text : '';
      return `${line.blankBefore ? '\n' : ''}${' '.repeat(line.indent)}${line.text}${comment}\n`;
    })
    .join('');
}
