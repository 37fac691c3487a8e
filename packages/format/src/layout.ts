/** Items to lines: breaks, indentation and blanks, put together. */
import type { Break } from './breaks.js';
import type { Item } from './items.js';
import { Indentation } from './indentation.js';
import type { Line } from './lines.js';
import { holdsStatements, type Tok } from './roles.js';
import { blanksBetween } from './spacing.js';

/** `breaks` are by item; `toks` are the items that are tokens. */
export function layOut(items: readonly Item[], toks: readonly Tok[], breaks: readonly Break[]): Line[] {
  return new Layout(items, toks, breaks).run();
}

class Layout {
  private readonly lines: Line[] = [];
  private readonly indentation = new Indentation();
  private line: Line = { indent: 0, blankBefore: false, text: '', body: null, comment: null };

  constructor(
    private readonly items: readonly Item[],
    private readonly toks: readonly Tok[],
    private readonly breaks: readonly Break[],
  ) {}

  run(): Line[] {
    let token = 0;
    this.items.forEach((item, i) => {
      const beginsLine = i === 0 || this.breaks[i]! > 0;
      if (item.kind === 'comment') return this.comment(item, i, beginsLine, this.toks[token]);
      this.token(token, i, beginsLine);
      token++;
    });
    return this.lines;
  }

  private begin(indent: number, i: number): void {
    this.line = { indent, blankBefore: this.breaks[i] === 2, text: '', body: null, comment: null };
    this.lines.push(this.line);
  }

  private token(index: number, i: number, beginsLine: boolean): void {
    const tok = this.toks[index]!;
    if (beginsLine) this.begin(this.indentation.ofLine(tok), i);
    else {
      const before = this.items[i - 1]!;
      const written = tok.item.gap > 0;
      const blanks = before.kind === 'comment' ? (written ? 1 : 0) : blanksBetween(this.toks[index - 1]!, tok, written);
      this.line.text += ' '.repeat(blanks);
    }
    if (tok.text === '{' && this.isBodyInLine(tok) && this.line.body === null && !this.line.text.includes('\n'))
      this.line.body = { at: this.line.text.length, column: tok.item.column, gap: tok.item.gap };
    this.line.text += tok.text;
    this.indentation.pass(tok);
  }

  /** Is it the body of a declaration or header, closed on its own line? */
  private isBodyInLine({ bracket, belongsToHeader }: Tok): boolean {
    return (
      belongsToHeader && bracket !== null && holdsStatements(bracket) && this.staysInLine(bracket.open, bracket.close)
    );
  }

  private staysInLine(open: number, close: number): boolean {
    for (let i = open + 1; i <= close; i++) if (this.toks[i]!.item.lineEnds > 0) return false;
    return true;
  }

  /** Does it stand right below a comment behind code, in the same column? */
  private continuesComment({ text, lineEnds, column }: Item): boolean {
    return lineEnds === 1 && text.startsWith('//') && column > 0 && this.line.comment?.column === column;
  }

  private comment(item: Item, i: number, beginsLine: boolean, next: Tok | undefined): void {
    const endsLine = i + 1 === this.items.length || this.breaks[i + 1]! > 0;
    if (beginsLine && this.continuesComment(item)) {
      this.begin(0, i);
      this.line.comment = { text: item.text, column: item.column, gap: item.column };
    } else if (beginsLine) {
      // With code behind it, it is that code's line.
      this.begin(endsLine || !next ? this.indentation.ofComment(next) : this.indentation.ofLine(next), i);
      this.line.text = reindent(item, this.line.indent);
    } else if (endsLine) this.line.comment = { text: item.text, column: item.column, gap: item.gap };
    else this.line.text += (item.gap > 0 || this.line.text.endsWith(',') ? ' ' : '') + item.text;
  }
}

/** A comment's further lines move with its first. */
function reindent({ text, column }: Item, indent: number): string {
  return text
    .split('\n')
    .map((line, i) => {
      if (i === 0) return line.trimEnd();
      const content = line.trimStart();
      const old = line.slice(0, line.length - content.length).replaceAll('\t', '    ').length;
      return content === '' ? '' : ' '.repeat(Math.max(0, old + indent - column)) + content.trimEnd();
    })
    .join('\n');
}
