/** Blanks between two tokens of one line: none or one. */
import type { Tok } from './roles.js';

const SIGN = /[-+*/%<>=!&|^?.:~]/;
const WORD = /[\p{L}\p{N}_]/u;

/** `written`: was there a blank in the source? */
export function blanksBetween(before: Tok, tok: Tok, written: boolean): 0 | 1 {
  const wanted = wantedBetween(before, tok, written);
  return wanted === 0 && written && wouldJoin(before, tok) ? 1 : wanted;
}

/** Might the lexer read the two as something else when they touch? */
function wouldJoin(before: Tok, tok: Tok): boolean {
  const [last, first] = [before.text.at(-1)!, tok.text[0]!];
  if (WORD.test(last) && WORD.test(first)) return true;
  if (before.item.class === 'number' && first === '.') return true;
  return SIGN.test(last) && SIGN.test(first);
}

function wantedBetween(before: Tok, tok: Tok, written: boolean): 0 | 1 {
  const asWritten = written ? 1 : 0;
  const [a, b] = [before.role, tok.role];
  if (before.item.class === 'stringHead' || before.item.class === 'stringMiddle') return 0;
  if (tok.item.class === 'stringTail' || tok.item.class === 'stringMiddle') return 0;
  if (b === 'semicolon' && isHeaderEnd(before)) return asWritten;
  if (b === 'comma' || b === 'semicolon' || b === 'postfix' || b === 'bar' || b === 'nullable' || b === 'label')
    return 0;
  if (a === 'dot' || b === 'dot') return 0;
  if (a === 'asWritten' || b === 'asWritten') return asWritten;
  if (tok.text === '}') return insideBrace(tok, asWritten);
  if (b === 'close') return 0;
  if (before.text === '{') return insideBrace(before, asWritten);
  if (a === 'open') return 0;
  if (a === 'prefix') return before.text === 'not' ? 1 : 0;
  if (b === 'generic') return 0;
  if ((before.text === '<' || before.text === '=>') && a === 'generic') return 0;
  if (tok.text === '(') return beforeParen(before, tok, asWritten);
  if (tok.text === '[' && tok.role === 'open') return beforeIndex(before, asWritten);
  if (tok.text === '{' && tok.bracket?.kind === 'literal') return before.role === 'operand' ? asWritten : 1;
  return 1;
}

/** Behind it a `;` is a body that does nothing. */
function isHeaderEnd({ role, text, bracket }: Tok): boolean {
  return role === 'word' ? text === 'else' : bracket?.kind === 'header' || bracket?.kind === 'for';
}

function insideBrace(brace: Tok, asWritten: 0 | 1): 0 | 1 {
  return brace.bracket?.kind === 'literal' ? asWritten : 1;
}

function beforeParen(before: Tok, tok: Tok, asWritten: 0 | 1): 0 | 1 {
  switch (before.role) {
    case 'annotation':
      return tok.bracket?.kind === 'annotation' ? 0 : 1;
    case 'operand':
      // `print (a)` prints, `print(a)` may do so or call.
      return before.text === 'print' && before.startsStatement ? asWritten : 0;
    case 'generic':
    case 'nullable':
      return 0;
    case 'word':
      return before.text === 'assert' ? asWritten : 1;
    case 'binary':
      // `1 to (n)` is a range, `String to(int n)` declares.
      return before.item.class === 'softWord' ? asWritten : 1;
    case 'close':
      // A cast, or a call of what a call gave.
      return before.bracket?.kind === 'paren' || before.bracket?.kind === 'index' ? asWritten : 1;
    default:
      return 1;
  }
}

function beforeIndex(before: Tok, asWritten: 0 | 1): 0 | 1 {
  if (before.role === 'binary') return before.item.class === 'softWord' ? asWritten : 1;
  if (before.role === 'close') return before.bracket?.kind === 'header' || before.bracket?.kind === 'for' ? 1 : 0;
  if (before.role === 'operand') return before.text === 'print' && before.startsStatement ? asWritten : 0;
  return before.role === 'nullable' || before.role === 'generic' ? 0 : 1;
}
