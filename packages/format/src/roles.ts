/** What each token does where it stands: by its neighbours and the brackets around it, as the grammar would read it. */
import type { Item } from './items.js';
import {
  BARE_HEADERS,
  BINARY_SIGNS,
  BINARY_WORDS,
  CLASS_WORDS,
  HEADER_TAILS,
  HEADER_WORDS,
  LONE_WORDS,
  MODIFIERS,
  OPERAND_WORDS,
  PREFIX_SIGNS,
  SOFT_BINARY_WORDS,
} from './words.js';
import { genericEnds, isNullable } from './types.js';

export type Role =
  | 'operand'
  | 'word'
  | 'annotation'
  | 'binary'
  | 'prefix'
  | 'postfix'
  | 'open'
  | 'close'
  | 'comma'
  | 'semicolon'
  | 'dot'
  | 'nullable'
  | 'generic'
  | 'bar'
  | 'label'
  | 'asWritten';

/** What holds statements is `block`, `class` or `switch`; `literal` are the braces of a value. */
export type BracketKind =
  'block' | 'class' | 'switch' | 'literal' | 'header' | 'for' | 'paren' | 'annotation' | 'index' | 'interpolation';

export interface Bracket {
  readonly kind: BracketKind;
  readonly open: number;
  /** −1 while it is open. */
  close: number;
  /** A block that is a value: of a lambda or a function without name. */
  readonly isValue: boolean;
}

export interface Tok {
  readonly item: Item;
  readonly text: string;
  role: Role;
  /** Is it the end of a value, so that a sign behind it has two operands? */
  endsOperand: boolean;
  /** Does a statement, declaration, `case` or `else` begin with it? */
  startsStatement: boolean;
  /** Is that statement the body of an `if`, `for`, `else` … without braces? */
  isBody: boolean;
  /** Of an opening or closing token. */
  bracket: Bracket | null;
  /** `{` that belongs to the header before it, wherever it stands. */
  belongsToHeader: boolean;
}

interface Frame {
  readonly bracket: Bracket | null;
  /** First token of the statement, or −1 between statements. */
  statement: number;
  ternaries: number;
  bars: number;
  /** `do` whose `while` is to come. */
  dos: number;
  /** The next statement is the body of a header. */
  bodyNext: boolean;
  /** The statement declares a function: its `{` is its body. */
  isFunction: boolean;
}

/** Is it a bracket whose contents are statements? */
export function holdsStatements(bracket: Bracket | null): boolean {
  return bracket === null || bracket.kind === 'block' || bracket.kind === 'class' || bracket.kind === 'switch';
}

/** The tokens with their roles; `newLine` says which of them begin a line. */
export function rolesOf(items: readonly Item[], newLine: readonly boolean[]): Tok[] {
  return new Roles(items, newLine).run();
}

class Roles {
  private readonly toks: Tok[] = [];
  private readonly frames: Frame[] = [this.frame(null)];
  private readonly generics: ReadonlySet<number>;

  constructor(
    private readonly items: readonly Item[],
    private readonly newLine: readonly boolean[],
  ) {
    this.generics = genericEnds(items, newLine);
  }

  run(): Tok[] {
    this.items.forEach((item, i) => {
      this.toks.push({
        item,
        text: item.text,
        role: 'operand',
        endsOperand: false,
        startsStatement: false,
        isBody: false,
        bracket: null,
        belongsToHeader: false,
      });
      this.read(i);
    });
    return this.toks;
  }

  private frame(bracket: Bracket | null): Frame {
    return { bracket, statement: -1, ternaries: 0, bars: 0, dos: 0, bodyNext: false, isFunction: false };
  }

  private get top(): Frame {
    return this.frames[this.frames.length - 1]!;
  }

  private text(i: number): string {
    return this.items[i]?.text ?? '';
  }

  private read(i: number): void {
    const tok = this.toks[i]!;
    const before = this.toks[i - 1];
    const kind = tok.item.class;
    if (tok.text === '{' && kind === 'punctuation') return this.openBrace(i, before);
    if (this.closes(i)) return this.close(i);
    this.beginStatement(i);
    const afterDot = before?.role === 'dot';
    if (kind === 'stringHead') return this.open(i, 'interpolation');
    if (kind === 'annotation') return this.set(tok, 'annotation', true);
    if (kind === 'reserved' && !afterDot) return this.word(i);
    if (kind === 'softWord' && !afterDot && this.isBinaryWord(i, before)) return this.set(tok, 'binary', false);
    if (kind !== 'punctuation' || afterDot) return this.set(tok, 'operand', true);
    this.sign(i, before);
  }

  private set(tok: Tok, role: Role, endsOperand: boolean): void {
    tok.role = role;
    tok.endsOperand = endsOperand;
  }

  /** Begins a statement with this token if the one before is complete. */
  private beginStatement(i: number): void {
    const { top } = this;
    if (!holdsStatements(top.bracket)) return;
    const tok = this.toks[i]!;
    const before = this.toks[i - 1];
    if (top.statement >= 0 && this.newLine[i] && before && this.isComplete(before) && !this.continues(i))
      top.statement = -1;
    if (top.statement >= 0) return;
    tok.startsStatement = true;
    tok.isBody = top.bodyNext && tok.text !== '{';
    Object.assign(top, { statement: i, ternaries: 0, bars: 0, bodyNext: false, isFunction: false });
  }

  private endStatement(): void {
    this.top.statement = -1;
  }

  private isComplete(tok: Tok): boolean {
    return tok.endsOperand || tok.role === 'close' || (tok.role === 'word' && LONE_WORDS.has(tok.text));
  }

  private continues(i: number): boolean {
    const text = this.text(i);
    if (text === '++' || text === '--') return false;
    const sign = BINARY_SIGNS.has(text) || BINARY_WORDS.has(text) || HEADER_TAILS.has(text);
    return sign || ['.', '?.', '?', ':', ',', '::', '..'].includes(text);
  }

  private word(i: number): void {
    const tok = this.toks[i]!;
    const { text } = tok;
    const { top } = this;
    if (OPERAND_WORDS.has(text)) return this.set(tok, 'operand', true);
    if (text === 'instanceof') return this.set(tok, 'binary', false);
    this.set(tok, 'word', false);
    if (text === 'do') top.dos++;
    if (BARE_HEADERS.has(text)) {
      top.bodyNext = true;
      this.endStatement();
    }
  }

  private isBinaryWord(i: number, before: Tok | undefined): boolean {
    if (!SOFT_BINARY_WORDS.has(this.text(i)) || !before?.endsOperand || this.newLine[i]) return false;
    const next = this.items[i + 1];
    return next !== undefined && (next.class !== 'punctuation' || ['(', '[', '-', '+', '!', '~'].includes(next.text));
  }

  private sign(i: number, before: Tok | undefined): void {
    const tok = this.toks[i]!;
    const { text } = tok;
    const operandBefore = before?.endsOperand === true && !tok.startsStatement;
    if (this.generics.has(i)) return this.set(tok, 'generic', text !== '<' && text !== '=>');
    switch (text) {
      case '..':
        return this.set(tok, 'nullable', true);
      case '(':
        return this.open(i, this.parenKind(i, before));
      case '[':
        return this.open(i, 'index');
      case ';':
        this.set(tok, 'semicolon', false);
        if (holdsStatements(this.top.bracket)) this.endStatement();
        return;
      case ',':
        return this.set(tok, 'comma', false);
      case '.':
      case '?.':
        return this.set(tok, 'dot', false);
      case '?':
        return this.question(i);
      case ':':
        return this.colon(i);
      case '++':
      case '--':
        return operandBefore && !(this.newLine[i] ?? false)
          ? this.set(tok, 'postfix', true)
          : this.set(tok, 'prefix', false);
      case '|':
        return this.bar(tok, operandBefore);
    }
    if (PREFIX_SIGNS.has(text) && (!operandBefore || text === '!' || text === '~' || text === 'not'))
      return this.set(tok, 'prefix', false);
    if (BINARY_SIGNS.has(text) || BINARY_WORDS.has(text)) return this.set(tok, 'binary', false);
    this.set(tok, 'asWritten', false);
  }

  // |x| is the size of x.
  private bar(tok: Tok, operandBefore: boolean): void {
    if (!operandBefore) {
      this.top.bars++;
      return this.set(tok, 'prefix', false);
    }
    if (this.top.bars === 0) return this.set(tok, 'binary', false);
    this.top.bars--;
    this.set(tok, 'bar', true);
  }

  private question(i: number): void {
    const tok = this.toks[i]!;
    if (isNullable(i, this.toks, this.items, this.newLine, this.top.bracket)) return this.set(tok, 'nullable', true);
    this.top.ternaries++;
    this.set(tok, 'binary', false);
  }

  private colon(i: number): void {
    const { top } = this;
    const tok = this.toks[i]!;
    if (top.ternaries > 0) {
      top.ternaries--;
      return this.set(tok, 'binary', false);
    }
    if (top.bracket?.kind === 'for') return this.set(tok, 'binary', false);
    if (top.bracket?.kind === 'literal') return this.set(tok, 'label', false);
    if (!holdsStatements(top.bracket)) return this.set(tok, 'asWritten', false);
    const first = this.text(top.statement);
    // A translator, `String : (Person p) { … }`: no loop, which a label would have behind it, begins so.
    if (this.text(i + 1) === '(' && !['case', 'default', 'assert'].includes(first)) {
      this.set(tok, 'binary', false);
      return this.endStatement();
    }
    if (first === 'case' || first === 'default' || i - 1 === top.statement) {
      this.set(tok, 'label', false);
      return this.endStatement();
    }
    this.set(tok, first === 'assert' ? 'binary' : 'asWritten', false);
  }

  private parenKind(i: number, before: Tok | undefined): BracketKind {
    if (before?.role === 'annotation' && !(this.newLine[i] ?? false)) return 'annotation';
    if (before?.role !== 'word' || !HEADER_WORDS.has(before.text)) {
      this.top.isFunction ||= this.declaresFunction(i);
      return 'paren';
    }
    if (before.text === 'while' && this.top.dos > 0) {
      this.top.dos--;
      return 'paren';
    }
    return before.text === 'for' || before.text === 'foreach' ? 'for' : 'header';
  }

  /** Is what stands before the parenthesis `Type name`, `Type Owner.name`, or a constructor's name? */
  private declaresFunction(paren: number): boolean {
    const { top, toks } = this;
    if (!holdsStatements(top.bracket) || top.statement < 0) return false;
    const isName = (i: number): boolean => ['name', 'softWord'].includes(this.items[i]?.class ?? '');
    const endsType = (i: number): boolean => {
      if (i < top.statement) return false;
      const { class: kind, text } = this.items[i]!;
      return (
        kind === 'name' ||
        kind === 'primitive' ||
        text === 'var' ||
        text === 'def' ||
        text === ']' ||
        toks[i]!.role === 'nullable' ||
        toks[i]!.role === 'generic'
      );
    };
    if (!isName(paren - 1)) return false;
    if (endsType(paren - 2)) return true;
    if (this.text(paren - 2) === '.' && isName(paren - 3) && endsType(paren - 4)) return true;
    const before = toks[paren - 2];
    const isFirst = paren - 1 === top.statement || (before !== undefined && MODIFIERS.has(before.text));
    return top.bracket?.kind === 'class' && isFirst;
  }

  private open(i: number, kind: BracketKind, isValue = false): void {
    const tok = this.toks[i]!;
    tok.bracket = { kind, open: i, close: -1, isValue };
    this.set(tok, 'open', false);
    this.frames.push(this.frame(tok.bracket));
  }

  private openBrace(i: number, before: Tok | undefined): void {
    const { top } = this;
    const tok = this.toks[i]!;
    const header = before?.role === 'close' ? before.bracket : null;
    const first = top.statement >= 0 ? this.declarationWord(top.statement) : '';
    const isClass = CLASS_WORDS.has(first);
    const isHeaders =
      holdsStatements(top.bracket) &&
      (top.bodyNext || (top.statement >= 0 && (isClass || (top.isFunction && header?.kind === 'paren'))));
    tok.belongsToHeader = isHeaders;
    if (!isHeaders) this.beginStatement(i);
    top.bodyNext = false;
    if (isClass && isHeaders) return this.open(i, 'class');
    if (header?.kind === 'header' && this.text(header.open - 1) === 'switch') return this.open(i, 'switch');
    const isValue = before?.text === '=>' || (header !== null && this.text(header.open - 1) === 'function');
    const isBlock = isHeaders || isValue || header !== null || tok.startsStatement || before === undefined;
    this.open(i, isBlock ? 'block' : 'literal', isValue);
  }

  /** The first word of a declaration behind its annotations and modifiers. */
  private declarationWord(from: number): string {
    let i = from;
    while (this.items[i]?.class === 'annotation' || MODIFIERS.has(this.text(i))) i++;
    return this.text(i);
  }

  private closes(i: number): boolean {
    const { class: kind, text } = this.items[i]!;
    if (kind === 'stringTail' || kind === 'stringMiddle') return true;
    return kind === 'punctuation' && (text === ')' || text === ']' || text === '}');
  }

  /** `(int)`: a sign behind it has one operand. */
  private isPrimitiveCast(open: number, close: number): boolean {
    if (this.items[open + 1]?.class !== 'primitive') return false;
    for (let i = open + 2; i < close; i++) if (!['[', ']', '?'].includes(this.text(i))) return false;
    return true;
  }

  private close(i: number): void {
    const tok = this.toks[i]!;
    tok.bracket = this.frames.length > 1 ? this.frames.pop()!.bracket : null;
    if (tok.bracket) tok.bracket.close = i;
    const { top } = this;
    if (tok.item.class === 'stringMiddle') return this.open(i, 'interpolation');
    const kind = tok.bracket?.kind;
    const isCast = kind === 'paren' && this.isPrimitiveCast(tok.bracket!.open, i);
    this.set(
      tok,
      'close',
      (kind === 'paren' && !isCast) || kind === 'index' || kind === 'literal' || kind === 'interpolation',
    );
    if (tok.bracket?.isValue) tok.endsOperand = true;
    else if (holdsStatements(tok.bracket)) this.endStatement();
    if (!holdsStatements(top.bracket)) return;
    if (kind === 'header' || kind === 'for') {
      top.bodyNext = true;
      this.endStatement();
    }
    if (kind === 'annotation') this.endStatement();
  }
}
