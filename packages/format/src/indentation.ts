/** How far a line is indented, by the statements and brackets that it stands in. */
import { holdsStatements, type Bracket, type Tok } from './roles.js';

export const STEP = 4;

interface Level {
  readonly bracket: Bracket | null;
  /** Of the line that closes it. */
  readonly outer: number;
  /** Of the lines in it. */
  readonly inner: number;
  /** Of the line in which the statement began. */
  statement: number;
  /** Of the header whose body comes next. */
  header: number;
  /** Of each `if` whose `else` may still come, and of `try`. */
  ifs: number[];
  tries: number;
  /** In a `switch`, behind the first `case`. */
  inCase: boolean;
}

function level(bracket: Bracket | null, outer: number, inner: number): Level {
  return { bracket, outer, inner, statement: inner, header: inner, ifs: [], tries: inner, inCase: false };
}

export class Indentation {
  private readonly levels: Level[] = [level(null, 0, 0)];
  /** Of the current line. */
  private line = 0;

  private get top(): Level {
    return this.levels[this.levels.length - 1]!;
  }

  /** For the line that begins with this token (or with comments before it on that line). */
  ofLine(tok: Tok): number {
    this.line = this.compute(tok);
    return this.line;
  }

  /** For a comment on a line of its own above `next`, or above the end of the file. */
  ofComment(next: Tok | undefined): number {
    const { top } = this;
    if (next && next.role !== 'close') return this.compute(next);
    return top.inner + (top.inCase ? STEP : 0);
  }

  private compute(tok: Tok): number {
    const { top } = this;
    if (tok.role === 'close' || tok.item.class === 'stringMiddle') return top.outer;
    if (!holdsStatements(top.bracket)) return top.inner;
    if (tok.belongsToHeader) return top.statement;
    if (!tok.startsStatement) return top.statement + STEP;
    if (tok.text === 'else') return top.ifs.at(-1) ?? top.inner;
    if (tok.text === 'catch' || tok.text === 'finally') return top.tries;
    if (tok.isBody) return top.header + STEP;
    const isCase = tok.text === 'case' || tok.text === 'default';
    return top.inner + (top.inCase && !isCase ? STEP : 0);
  }

  /** Takes note of a token, after `ofLine` if it begins a line. */
  pass(tok: Tok): void {
    const { top } = this;
    if (tok.role === 'close' || tok.item.class === 'stringMiddle') {
      if (this.levels.length > 1) this.levels.pop();
      if (tok.item.class !== 'stringMiddle') return;
    } else if (tok.startsStatement) this.passStatement(tok, top);
    if (tok.bracket && (tok.role === 'open' || tok.item.class === 'stringMiddle')) this.open(tok.bracket);
  }

  private passStatement(tok: Tok, top: Level): void {
    top.statement = this.line;
    top.header = this.line;
    if (tok.text === 'else') top.ifs.pop();
    else if (!tok.isBody && tok.text !== 'catch' && tok.text !== 'finally') top.ifs = [];
    if (tok.text === 'if') top.ifs.push(this.line);
    if (tok.text === 'try') top.tries = this.line;
    if (top.bracket?.kind === 'switch' && (tok.text === 'case' || tok.text === 'default')) top.inCase = true;
  }

  private open(bracket: Bracket): void {
    const { top } = this;
    const ofStatement = holdsStatements(bracket) && holdsStatements(top.bracket) && !bracket.isValue;
    const outer = ofStatement ? top.statement : this.line;
    this.levels.push(level(bracket, outer, outer + STEP));
  }
}
