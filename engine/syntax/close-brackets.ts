/** What is done where an operand within brackets is complete: the next one, the closing token, or an error. */
import { K0201_EXPECTED_TOKEN } from '../diagnostics/codes.generated';
import { internLiteral, textLength } from '../support/texts';
import { demand } from './mentions';
import {
  CALL,
  INDEX,
  INT_LITERAL,
  MEMBER,
  NEW,
  aOf,
  bOf,
  kindOf,
  newNode,
  Node,
  opOf,
  setA,
  setB,
  setEnd,
  setNext,
  setOp,
  setStart,
  startOf,
  STRING_LITERAL,
} from './ast';
import {
  advance,
  end,
  isMissingTail,
  kind,
  lineCloses,
  notYet,
  onNewLine,
  reportFound,
  reportUnclosed,
  start,
  value,
} from './cursor';
import {
  ARGUMENTS,
  ARRAY_SIZE,
  ELEMENTS,
  ENTRIES,
  entryA,
  entryB,
  entryC,
  entryKind,
  OTHERWISE,
  PAREN,
  PARTS,
  setEntryC,
  THEN,
  TUPLE,
} from './expression-stack';
import { fail, failAbandoned, failed, operand, pop, push, setOperand } from './expression-state';
import { parseKeyName } from './parse-operands';
import { noteRangePlace } from './range-values';
import { Token } from './tokens';
import { finishTuple } from './tuples';

/** The operand is complete within the top entry: takes the `,`, the closing token, or reports that it is missing. */
export function closeEntry(): void {
  const token = kind();
  switch (entryKind()) {
    case PAREN:
      if (entryB() == BARS) return closeBars();
      if (token == Token.ParenClose) {
        setStart(operand, entryA());
        setEnd(operand, end());
        advance();
        pop();
        return;
      }
      if (token == Token.Comma) {
        const node = newNode(NEW, entryA(), end());
        const first = operand;
        const opener = entryA();
        pop();
        push(TUPLE, opener, <i32>node, <i32>first);
        setB(node, <i32>first);
        return wantNext();
      }
      return missing('(', ')', '`)`');
    case TUPLE:
      append();
      if (token == Token.Comma) return wantNext();
      if (token != Token.ParenClose) return missing('(', ')', '`,` or `)`');
      finishTuple(<Node>entryB(), end());
      return closeWith(<Node>entryB());
    case ARGUMENTS:
      append();
      if (token == Token.ParenClose) return closeArguments();
      if (token == Token.Comma) return wantNext();
      return missing('(', ')', '`,` or `)`');
    case ELEMENTS:
      append();
      if (token == Token.BracketClose) return closeElements();
      if (token != Token.Comma) return missing('[', ']', '`,` or `]`');
      wantNext();
      if (kind() == Token.BracketClose) closeElements();
      return;
    case ENTRIES:
      return closeKeyOrValue();
    case PARTS:
      return closePart();
    case THEN:
      return closeThen();
    default:
      if (token == Token.BracketClose) return closeSubscript();
      return missing('[', ']', '`]`');
  }
}

// A key of a map literal is complete, or the value behind it.
function closeKeyOrValue(): void {
  const node = <Node>entryB();
  const token = kind();
  append();
  if (opOf(node) == 0) {
    if (token != Token.Colon) return missing('{', '}', '`:`');
    setOp(node, 1);
    return wantNext();
  }
  setOp(node, 0);
  if (token == Token.BraceClose) return closeElements();
  if (token != Token.Comma) return missing('{', '}', '`,` or `}`');
  wantNext();
  if (kind() == Token.BraceClose) closeElements();
  else setOperand(parseKeyName());
}

/** What makes a PAREN one of bars: its b. */
export const BARS: i32 = 1;

// `|x|`: x.size()
function closeBars(): void {
  if (kind() != Token.BitOr) return missing('|', '|', '`|`');
  const size = newNode(MEMBER, entryA(), end());
  setA(size, <i32>operand);
  setB(size, internLiteral('size'));
  const node = newNode(CALL, entryA(), end());
  setA(node, <i32>size);
  closeWith(node);
}

function append(): void {
  if (entryC() != 0) setNext(<Node>entryC(), operand);
  else if (entryKind() == ARGUMENTS) setB(<Node>entryB(), <i32>operand);
  else setA(<Node>entryB(), <i32>operand);
  setEntryC(operand);
}

function wantNext(): void {
  advance();
  setOperand(0);
}

function closeWith(node: Node): void {
  setEnd(node, end());
  advance();
  pop();
  setOperand(node);
}

/** Is it `xs.sort(order)`? The library calls that `sortBy`. */
export function sortsBy(call: Node): bool {
  if (kindOf(call) != CALL || bOf(call) == 0 || kindOf(<Node>aOf(call)) != MEMBER) return false;
  return bOf(<Node>aOf(call)) == internLiteral('sort');
}

/** At the `)` of arguments. */
export function closeArguments(): void {
  if (failed) return;
  if (sortsBy(<Node>entryB())) demand(internLiteral('sortBy'));
  // It may be a Regex that a String is split or replaced by.
  const callee = kindOf(<Node>entryB()) == CALL ? <Node>aOf(<Node>entryB()) : 0;
  if (callee != 0 && kindOf(callee) == MEMBER && bOf(callee) == internLiteral('split'))
    demand(internLiteral('splitText'));
  if (callee != 0 && kindOf(callee) == MEMBER && bOf(callee) == internLiteral('replace'))
    demand(internLiteral('replaceText'));
  closeWith(<Node>entryB());
}

/** At the `]` of an array. */
export function closeElements(): void {
  if (!failed) closeWith(<Node>entryB());
}

function closeSubscript(): void {
  const inner = operand;
  const outer = <Node>entryB();
  if (entryKind() == ARRAY_SIZE) {
    setB(outer, <i32>inner);
    closeWith(outer);
    if (kind() == Token.BracketOpen && !onNewLine()) {
      notYet(start(), end(), 'an array of arrays made at once', 'fill an array with new arrays in a loop');
      fail();
    }
    return;
  }
  noteRangePlace(inner);
  // It may be a Range.
  if (kindOf(inner) != INT_LITERAL) {
    demand(internLiteral('rangePart'));
    demand(internLiteral('rangeText'));
  }
  const node = newNode(INDEX, startOf(outer), end());
  setA(node, <i32>outer);
  setB(node, <i32>inner);
  closeWith(node);
}

/** An operand of an interpolation ends: at the text that goes on, or at the quote. */
function closePart(): void {
  const token = kind();
  if (token != Token.StringMiddle && token != Token.StringTail) {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('`}`'));
    return fail();
  }
  append();
  if (textLength(value()) > 0) {
    const text = newNode(STRING_LITERAL, start(), end());
    setA(text, value());
    setOperand(text);
    append();
  }
  if (token == Token.StringTail) closeWith(<Node>entryB());
  else wantNext();
}

function closeThen(): void {
  if (kind() != Token.Colon) {
    reportFound(K0201_EXPECTED_TOKEN, internLiteral('`:`'));
    return fail();
  }
  const condition = entryB();
  const then = operand;
  pop();
  push(OTHERWISE, 0, condition, <i32>then);
  advance();
}

/** Reports what should close the top entry: at the opener if the text goes on without it, else at the token that stands there. */
function missing(open: string, close: string, wanted: string): void {
  const token = kind();
  const abandoned = onNewLine() && !lineCloses();
  if (token == Token.End || token == Token.BraceClose || token == Token.Semicolon || abandoned)
    reportUnclosed(entryA(), 1, open, close);
  else if (!isMissingTail()) reportFound(K0201_EXPECTED_TOKEN, internLiteral(wanted));
  if (abandoned) failAbandoned();
  else fail();
}
