/** Headers `( … )` of statements: conditions, `for`, `foreach`, `catch`. */
import { K0201_EXPECTED_TOKEN, K0210_NOT_A_STATEMENT } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { Text, internLiteral } from '../support/texts';
import {
  ASSIGN,
  BINARY,
  B_SHL,
  CALL,
  CATCH,
  ERROR_EXPRESSION,
  EXPRESSION,
  FOR,
  FOREACH,
  INCREMENT,
  NEW,
  Node,
  VARIABLE,
  V_FINAL,
  aOf,
  cOf,
  endOf,
  kindOf,
  newNode,
  opOf,
  setA,
  setB,
  setC,
  setE,
  setOp,
  setEnd,
  setNext,
  startOf,
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
  reportFound,
  reportUnclosed,
  skipHeader,
  start,
  take,
} from './cursor';
import { behindPlaces, isTakingApart, parsePlaces } from './parse-simple-statements';
import { assignAll, assignList, hiddenName } from './tuples';
import { declaratorBrackets, declaratorFailed, isTypedDeclaration, parseDeclarators } from './parse-declarations';
import { failed, openBrackets } from './expression-state';
import { parseExpression } from './parse-expressions';
import { errorSince } from './parse-operands';
import { behindType, inferredType, parseType } from './parse-types';
import { noteRangePlace } from './range-values';
import { Token, isNameLike } from './tokens';

// The `(` of the header being parsed.
let opener: i32 = 0;

function open(): bool {
  opener = start();
  if (take(Token.ParenOpen)) return true;
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('`(`'));
  return false;
}

function close(wanted: string): void {
  if (take(Token.ParenClose)) return;
  if (kind() == Token.End || kind() == Token.BraceOpen || kind() == Token.BraceClose || onNewLine())
    reportUnclosed(opener, 1, '(', ')');
  else reportFound(K0201_EXPECTED_TOKEN, internLiteral(wanted));
  skipHeader(1);
}

/** After an error in an expression of the header. */
function recover(): void {
  skipHeader(openBrackets + 1);
}

/** `(expression)`. Without parentheses: an error, and the expression is read all the same. */
export function parseCondition(): Node {
  const from = start();
  if (!open()) {
    if (kind() == Token.BraceOpen || kind() == Token.End || onNewLine()) return errorSince(from);
    const bare = parseExpression(false);
    if (failed) skipHeader(openBrackets);
    return bare;
  }
  const condition = parseExpression(true);
  if (failed) recover();
  else close('`)`');
  return condition;
}

/** Has this expression an effect, so that it may be a statement? */
export function hasEffect(expression: Node): bool {
  const kind = kindOf(expression);
  if (kind == BINARY) return opOf(expression) == B_SHL;
  return kind == CALL || kind == NEW || kind == ASSIGN || kind == INCREMENT || kind == ERROR_EXPRESSION;
}

/** May the last statement of the text be any expression, because somebody wants its value? */
export let lastMayBeValue: bool = false;

export function allowLastValue(): void {
  lastMayBeValue = true;
}

/** K0210 if it has none. */
export function requireEffect(expression: Node): void {
  if (!hasEffect(expression)) report(K0210_NOT_A_STATEMENT, startOf(expression), endOf(expression));
}

/** An EXPRESSION statement. */
export function expressionStatement(expression: Node): Node {
  const node = newNode(EXPRESSION, startOf(expression), endOf(expression));
  setA(node, <i32>expression);
  return node;
}

/** Is `( T x in`, `( T x :`, `( x in`, `( var x in` or `( (a, b) in` next? */
function isIteration(): bool {
  const behind = behindPlaces(1, true);
  if (behind > 0 && (kindAt(behind) == Token.In || kindAt(behind) == Token.Colon)) return true;
  let name = 1;
  if (kindAt(1) == Token.Var || kindAt(1) == Token.Def || kindAt(1) == Token.Final) name = 2;
  if (kindAt(1) == Token.Final && behindType(2) > 0 && isNameLike(kindAt(behindType(2)))) name = behindType(2);
  else if (name == 1 && !(kindAt(2) == Token.In || kindAt(2) == Token.Colon)) name = behindType(1);
  if (name < 0 || !isNameLike(kindAt(name))) return false;
  return kindAt(name + 1) == Token.In || kindAt(name + 1) == Token.Colon;
}

// Did a part of the header end in an error? The header is passed then.
let broken: bool = false;

function breakOff(openWithin: i32): void {
  broken = true;
  skipHeader(openWithin + 1);
}

function expressionPart(): Node {
  const node = parseExpression(true);
  if (failed) breakOff(openBrackets);
  return node;
}

/** Passes the `;` behind a part. */
function endPart(): void {
  if (broken || take(Token.Semicolon)) return;
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('`;`'));
  breakOff(0);
}

function parseInitial(): Node {
  const isFinal = take(Token.Final);
  if (isFinal || kind() == Token.Var || kind() == Token.Def || isTypedDeclaration()) {
    const type = parseType();
    const variables: Node = type != 0 ? parseDeclarators(VARIABLE, type, isFinal, true) : 0;
    if (type == 0 || declaratorFailed) breakOff(type != 0 ? declaratorBrackets : 0);
    return variables;
  }
  if (isTakingApart()) {
    const places = parsePlaces();
    advance();
    const value = expressionPart();
    return assignAll(places, value);
  }
  const begin = expressionPart();
  if (!broken && kind() == Token.Comma && !hasEffect(begin)) return parseSeveral(begin);
  const first = expressionStatement(begin);
  let tail = first;
  requireEffect(begin);
  while (!broken && take(Token.Comma)) {
    const node = expressionStatement(expressionPart());
    requireEffect(<Node>aOf(node));
    setNext(tail, node);
    tail = node;
  }
  return first;
}

// `a, b = 0, 10`, the first place passed.
function parseSeveral(first: Node): Node {
  let tail = first;
  while (!broken && take(Token.Comma)) {
    const next = expressionPart();
    setNext(tail, next);
    tail = next;
  }
  const several: Node = broken ? 0 : assignList(first);
  if (several != 0) return several;
  requireEffect(first);
  setNext(first, 0);
  return expressionStatement(first);
}

function parseUpdates(): Node {
  const first = expressionPart();
  requireEffect(first);
  let tail = first;
  while (!broken && take(Token.Comma)) {
    const node = expressionPart();
    requireEffect(node);
    setNext(tail, node);
    tail = node;
  }
  return first;
}

/** The header of `for` or `foreach`, the word passed: a FOR or FOREACH node without its body. */
export function parseForHeader(from: i32, each: bool): Node {
  if (kind() == Token.ParenOpen && (each || isIteration())) return parseIteration(from);
  const node = newNode(FOR, from, end());
  if (!open()) return node;
  broken = false;
  if (kind() != Token.Semicolon) setA(node, <i32>parseInitial());
  endPart();
  if (!broken && kind() != Token.Semicolon) setB(node, <i32>expressionPart());
  endPart();
  if (!broken && kind() != Token.ParenClose) setC(node, <i32>parseUpdates());
  if (!broken) close('`)`');
  setEnd(node, lastEnd);
  return node;
}

function parseIteration(from: i32): Node {
  const node = newNode(FOREACH, from, end());
  open();
  if (take(Token.Final)) setOp(node, V_FINAL);
  let type: Node = 0;
  let name: Text = 0;
  const behind = behindPlaces(0, true);
  if (behind > 0 && (kindAt(behind) == Token.In || kindAt(behind) == Token.Colon)) {
    const places = parsePlaces();
    type = inferredType(startOf(places), startOf(places));
    name = hiddenName(places, 0);
    // Until it has its body.
    setE(node, <i32>places);
  } else if (isNameLike(kind()) && (kindAt(1) == Token.In || kindAt(1) == Token.Colon))
    type = inferredType(start(), start());
  else type = parseType();
  if (name == 0 && type != 0) name = expectName();
  setA(node, <i32>(type != 0 ? type : inferredType(start(), start())));
  setB(node, name);
  if (name != 0 && (take(Token.In) || take(Token.Colon))) {
    setC(node, <i32>parseExpression(true));
    noteRangePlace(<Node>cOf(node));
    if (failed) skipHeader(openBrackets + 1);
    else close('`)`');
  } else {
    if (name != 0) reportFound(K0201_EXPECTED_TOKEN, internLiteral('`in`'));
    setC(node, <i32>errorSince(start()));
    skipHeader(1);
  }
  setEnd(node, lastEnd);
  return node;
}

/** `catch(T e)`, the next token being `catch`: a CATCH node without its block. */
export function parseCatchHeader(): Node {
  const node = newNode(CATCH, start(), end());
  advance();
  setA(node, <i32>inferredType(start(), start()));
  if (!open()) return node;
  if (take(Token.Final)) setOp(node, V_FINAL);
  const type = parseType();
  if (type != 0) setA(node, <i32>type);
  if (type != 0 && kind() == Token.BitOr) {
    notYet(start(), end(), 'several classes in one catch', 'write a catch for each');
    skipHeader(1);
    return node;
  }
  const name = type != 0 ? expectName() : 0;
  setB(node, name);
  if (name != 0) close('`)`');
  else skipHeader(1);
  setEnd(node, lastEnd);
  return node;
}
