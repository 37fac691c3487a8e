/** Statements without a body, and the end of a statement. */
import {
  K0201_EXPECTED_TOKEN,
  K0203_EXPECTED_STATEMENT,
  K0204_EXPECTED_NAME,
  K0209_EXPECTED_LINE_END,
  K0218_IMPORT_MISPLACED,
} from '../diagnostics/codes.generated';
import { errorCount, report } from '../diagnostics/diagnostics';
import { internLiteral } from '../support/texts';
import {
  ASSERT,
  ASSIGN,
  EMPTY,
  IMPORT,
  Node,
  PRINT,
  RETURN,
  THROW,
  VARIABLE,
  aOf,
  bOf,
  kindOf,
  newNode,
  opOf,
  setA,
  setB,
  setEnd,
  setKind,
  setNext,
  startOf,
  USING,
} from './ast';
import {
  advance,
  end,
  expectName,
  kind,
  kindAt,
  lastEnd,
  notYet,
  onNewLine,
  onNewLineAt,
  reportFound,
  skipBalanced,
  skipStatement,
  start,
  take,
  value,
} from './cursor';
import { failed, openBrackets } from './expression-state';
import { parseExpression, parseExpressions } from './parse-expressions';
import { expressionStatement, lastMayBeValue, requireEffect } from './parse-headers';
import { behindType, inferredType, isCapitalAt, parseType } from './parse-types';
import { isTarget } from './reduce-expressions';
import { assignAll, assignList, isTupleLiteral } from './tuples';
import { Token, isNameLike } from './tokens';

/** Does a statement end before the next token: `;`, a new line, `}` or the end of the file? */
export function atStatementEnd(): bool {
  const token = kind();
  return token == Token.Semicolon || token == Token.BraceClose || token == Token.End || onNewLine();
}

/** Passes the end of a statement; false, K0209 and resynchronised if there is none. */
export function endStatement(): bool {
  if (take(Token.Semicolon)) return true;
  if (atStatementEnd()) return true;
  reportFound(K0209_EXPECTED_LINE_END);
  if (kind() != Token.Else) skipStatement(0);
  return false;
}

/** The end of a statement whose last part was an expression: resynchronises if that failed. */
export function endExpression(): bool {
  if (!failed) return endStatement();
  skipStatement(openBrackets);
  return false;
}

function finish(node: Node): Node {
  setEnd(node, lastEnd);
  return node;
}

export function emptyStatement(): Node {
  return newNode(EMPTY, start(), start());
}

/** `break` and `continue`: the word, and a label on its line. */
export function parseJump(nodeKind: i32): Node {
  const node = newNode(nodeKind, start(), end());
  advance();
  if (!onNewLine() && isNameLike(kind())) {
    setA(node, value());
    advance();
  }
  finish(node);
  endStatement();
  return node;
}

/** `return`, with a value if one begins on its line. */
export function parseReturn(): Node {
  const node = newNode(RETURN, start(), end());
  advance();
  if (atStatementEnd()) {
    endStatement();
    return node;
  }
  setA(node, <i32>parseExpression(false));
  finish(node);
  endExpression();
  return node;
}

export function parseThrow(): Node {
  const node = newNode(THROW, start(), end());
  advance();
  setA(node, <i32>parseExpression(false));
  finish(node);
  endExpression();
  return node;
}

/** `assert e`, `assert e : message`, `assert(e)`. */
export function parseAssert(): Node {
  const node = newNode(ASSERT, start(), end());
  advance();
  setA(node, <i32>parseExpression(false));
  if (!failed && (take(Token.Colon) || take(Token.Comma))) setB(node, <i32>parseExpression(false));
  finish(node);
  endExpression();
  return node;
}

/** `print a, b`. */
export function parsePrint(): Node {
  const node = newNode(PRINT, start(), end());
  advance();
  setA(node, <i32>parseExpressions(false));
  finish(node);
  endExpression();
  return node;
}

/** An expression as a statement. */
export function parseExpressionStatement(): Node {
  const errors = errorCount();
  const expression = parseExpression(false);
  const node = expressionStatement(expression);
  if (failed) {
    skipStatement(openBrackets);
    return node;
  }
  const isTuple = kindOf(expression) == ASSIGN && opOf(expression) == 0 && isTupleLiteral(<Node>aOf(expression));
  if (isTuple && kind() != Token.Comma) {
    endStatement();
    return assignAll(<Node>bOf(<Node>aOf(expression)), <Node>bOf(expression));
  }
  const first = isTarget(expression) || (kindOf(expression) == ASSIGN && isTarget(<Node>aOf(expression)));
  if (kind() == Token.Comma && first) return parseSeveral(expression, node);
  if (endStatement() && errorCount() == errors && !(lastMayBeValue && kind() == Token.End)) requireEffect(expression);
  return node;
}

// `a, b = c, d`, the first expression being read.
function parseSeveral(first: Node, alone: Node): Node {
  const comma = start();
  let last = first;
  while (take(Token.Comma)) {
    const next = parseExpression(false);
    setNext(last, next);
    last = next;
    if (!failed) continue;
    skipStatement(openBrackets);
    return alone;
  }
  const sequence = assignList(first);
  if (sequence == 0) {
    setNext(first, 0);
    report(K0209_EXPECTED_LINE_END, comma, comma + 1, internLiteral('`,`'));
    skipStatement(0);
    return alone;
  }
  endStatement();
  return sequence;
}

/** Is `(int n, String s) =` next: a tuple that is taken apart into variables? */
export function isTakingApart(): bool {
  const behind = behindPlaces(0, false);
  return behind > 0 && kindAt(behind) == Token.Assign;
}

/** Tokens to behind the `)` of `(int n, String s)`, whose `(` is the token `from`; `(n, s)` too if `bare`; -1: it is none. */
export function behindPlaces(from: i32, bare: bool): i32 {
  if (kindAt(from) != Token.ParenOpen) return -1;
  let at = from + 1;
  while (true) {
    const alone = bare && (kindAt(at + 1) == Token.Comma || kindAt(at + 1) == Token.ParenClose);
    const name = alone ? at : kindAt(at) == Token.Var ? at + 1 : behindType(at);
    if (name < 0 || !isNameLike(kindAt(name))) return -1;
    if (kindAt(name + 1) == Token.ParenClose) return at > from + 1 ? name + 2 : -1;
    if (kindAt(name + 1) != Token.Comma) return -1;
    at = name + 2;
  }
}

/** `(int n, String s) = f()`. */
export function parseTakingApart(): Node {
  const first = parsePlaces();
  advance();
  const value = parseExpression(false);
  endExpression();
  return assignAll(first, value);
}

/** `(int n, String s)`, or without types: a chain of VARIABLE. */
export function parsePlaces(): Node {
  let first: Node = 0;
  let last: Node = 0;
  do {
    advance();
    const from = start();
    const isBare = isNameLike(kind()) && (kindAt(1) == Token.Comma || kindAt(1) == Token.ParenClose);
    const type = isBare ? inferredType(from, from) : parseType();
    const variable = newNode(VARIABLE, from, end());
    setA(variable, <i32>(type != 0 ? type : inferredType(from, from)));
    setB(variable, expectName());
    setEnd(variable, lastEnd);
    if (last != 0) setNext(last, variable);
    else first = variable;
    last = variable;
  } while (kind() == Token.Comma);
  advance();
  return first;
}

/** `namespace konoha.text`: which namespace a file's declarations are of; 0: the word is a name here. */
export function parseNamespace(top: bool): Node {
  if (onNewLineAt(1) || !isNameLike(kindAt(1))) return 0;
  const node = newNode(EMPTY, start(), end());
  advance();
  advance();
  while (take(Token.Dot)) {
    if (isNameLike(kind())) advance();
    else reportFound(K0204_EXPECTED_NAME);
  }
  setEnd(node, lastEnd);
  if (!top) report(K0218_IMPORT_MISPLACED, startOf(node), lastEnd, internLiteral('namespace'));
  endStatement();
  return node;
}

/** `import "file.k"`, or `using package.Class`, for which `import` may stand; 0: the word is a name here. `top`: this is the top level of a file. */
export function parseImport(top: bool): Node {
  const isImport = kind() == Token.Import && kindAt(1) == Token.String;
  if (onNewLineAt(1) || (!isImport && !isNameLike(kindAt(1)))) return 0;
  const word = internLiteral(kind() == Token.Import ? 'import' : 'using');
  const node = newNode(isImport ? IMPORT : USING, start(), end());
  advance();
  setA(node, value());
  advance();
  while (!isImport && take(Token.Dot)) {
    setA(node, kind() == Token.Mul ? 0 : value());
    if (isNameLike(kind()) || kind() == Token.Mul) advance();
    else reportFound(K0204_EXPECTED_NAME);
  }
  setEnd(node, lastEnd);
  if (!top) report(K0218_IMPORT_MISPLACED, startOf(node), lastEnd, word);
  endStatement();
  if (!top) setKind(node, EMPTY);
  return node;
}

/**
 * Statements that the language will have, but has not yet (`using`, `enum`, …), and words that cannot begin one:
 * reported, passed, and an EMPTY for them. 0 if none is here.
 */
export function refuseStatement(): Node {
  const node = emptyStatement();
  const from = start();
  switch (kind()) {
    case Token.Package:
      if (!isNameLike(kindAt(1)) || onNewLineAt(1)) return 0;
      notYet(from, end(), 'package', 'write namespace');
      skipStatement(0);
      return node;
    case Token.Enum:
      if (!isCapitalAt(1)) return 0;
      notYet(from, end(), 'enum', 'write constants in UPPER CASE');
      while (kind() != Token.BraceOpen && kind() != Token.End && !atLineEnd()) advance();
      if (kind() == Token.BraceOpen) skipBalanced();
      return node;
    case Token.Else:
    case Token.Case:
    case Token.Default:
    case Token.Catch:
    case Token.Finally:
    case Token.BraceClose:
      // Not passed: a `}` closes what is around a body that is missing.
      reportFound(K0203_EXPECTED_STATEMENT);
      return node;
    case Token.Extends:
    case Token.ParenClose:
    case Token.BracketClose:
    case Token.Comma:
    case Token.Colon:
      reportFound(K0203_EXPECTED_STATEMENT);
      skipStatement(0);
      return node;
    default:
      return 0;
  }
}

function atLineEnd(): bool {
  return onNewLineAt(1) && kindAt(1) != Token.BraceOpen;
}

/** K0201 for a label before something that is no loop. */
export function reportNoLoop(): void {
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('a loop'));
}
