/**
 * Expressions: operator precedence on an explicit stack. The parser alternates between wanting an operand and having
 * one; what an operand must wait for is an entry (`expression-stack.ts`).
 */
import { sourceByte } from './lexer';
import { K0201_EXPECTED_TOKEN, K0204_EXPECTED_NAME } from '../diagnostics/codes.generated';
import { internLiteral, textLength } from '../support/texts';
import {
  ARRAY_LITERAL,
  BINARY,
  CALL,
  CAST,
  endOf,
  I_POST_MINUS,
  I_POST_PLUS,
  I_PRE_MINUS,
  I_PRE_PLUS,
  INCREMENT,
  INSTANCEOF,
  INTERPOLATION,
  kindOf,
  L_BLOCK,
  MAP_LITERAL,
  MEMBER,
  NAME,
  N_DIAMOND,
  NEW,
  NEW_ARRAY,
  newNode,
  Node,
  opOf,
  setA,
  setB,
  setEnd,
  setNext,
  setOp,
  startOf,
  STRING_LITERAL,
  T_NAME,
  U_COMPLEMENT,
  U_MINUS,
  U_NOT,
  U_PLUS,
  UNARY,
} from './ast';
import { BARS, closeArguments, closeElements, closeEntry } from './close-brackets';
import {
  advance,
  end,
  gaveUp,
  kind,
  kindAt,
  startAt,
  endAt,
  notYet,
  onNewLine,
  reportFound,
  skipBalanced,
  start,
  value,
} from './cursor';
import {
  ARGUMENTS,
  ARRAY_SIZE,
  ASSIGNMENT,
  BASE,
  CAST_TO,
  ELEMENTS,
  ENTRIES,
  entryB,
  entryKind,
  FALLBACK,
  innermostB,
  LAMBDA_BODY,
  OPERATION,
  PAREN,
  PARTS,
  popEntry,
  PREFIX,
  SUBSCRIPT,
  THEN,
} from './expression-stack';
import {
  brackets,
  fail,
  failed,
  openMaps,
  operand,
  push,
  setOperand,
  startExpression,
  unwind,
} from './expression-state';
import {
  assignmentOperator,
  binaryOf,
  binaryOperator,
  mayStartStatement,
  P_ASSIGN,
  P_CAST,
  P_COALESCE,
  P_CONDITIONAL,
  P_RELATION,
  precedenceOf,
} from './operators';
import {
  errorSince,
  isCast,
  isObjectLiteral,
  leaf,
  parseKeyName,
  parseNewType,
  parseSimpleOperand,
  parseRegex,
  reportNoOperand,
} from './parse-operands';
import { isLambda, parseLambdaHead } from './parse-lambdas';
import { isCapitalAt, parseType } from './parse-types';
import { demand } from './mentions';
import { noteRange } from './range-values';
import { checkTarget, isTarget, reduce } from './reduce-expressions';
import { isWord, Token } from './tokens';

/**
 * Parses an expression. `insideBrackets`: within the caller's own brackets, so that line ends do not count. After an
 * error (`failed`) the result is an ERROR_EXPRESSION, and the caller resynchronises with `openBrackets`.
 */
export function parseExpression(insideBrackets: bool): Node {
  const from = start();
  startExpression(insideBrackets);
  for (;;) {
    if (operand == 0) beginOperand();
    else if (!continueOperand() && !failed) {
      reduce(P_ASSIGN, false);
      if (entryKind() == BASE) break;
      closeEntry();
    }
    if (failed || gaveUp) {
      fail();
      unwind();
      passMaps();
      return errorSince(from);
    }
  }
  popEntry();
  return operand;
}

// Behind an error: the rest of the map literals around it, as far as they are in its line. Their `}` would close the block around.
function passMaps(): void {
  let depth = openMaps;
  while (depth > 0 && kind() != Token.Semicolon && kind() != Token.End && !onNewLine()) {
    if (kind() == Token.BraceOpen) depth++;
    if (kind() == Token.BraceClose) depth--;
    advance();
  }
}

// Wanting an operand.

function beginOperand(): void {
  const from = start();
  if (isLambda()) return beginLambda();
  switch (kind()) {
    case Token.Sub:
      return prefix(UNARY, U_MINUS);
    case Token.Add:
      return prefix(UNARY, U_PLUS);
    case Token.Not:
      return prefix(UNARY, U_NOT);
    case Token.Complement:
      return prefix(UNARY, U_COMPLEMENT);
    case Token.Increment:
      return prefix(INCREMENT, I_PRE_PLUS);
    case Token.Decrement:
      return prefix(INCREMENT, I_PRE_MINUS);
    case Token.New:
      return beginNew();
    case Token.StringHead:
      return beginInterpolation();
    case Token.BitOr:
      push(PAREN, from, BARS, 0);
      advance();
      return;
    case Token.BracketOpen: {
      const node = newNode(ARRAY_LITERAL, from, end());
      push(ELEMENTS, from, <i32>node, 0);
      advance();
      if (kind() == Token.BracketClose) closeElements();
      return;
    }
    case Token.BraceOpen:
      return beginMap();
    case Token.Name:
      if (isObjectLiteral()) return beginMap();
      break;
    case Token.ParenOpen:
      if (isCast(brackets > 0)) return beginCast();
      push(PAREN, from, 0, 0);
      advance();
      return;
    default:
      break;
  }
  if (kind() == Token.Regex) return setOperand(parseRegex());
  setOperand(parseSimpleOperand(entryKind() == PREFIX && entryB() == (UNARY | (U_MINUS << 16))));
  if (operand != 0) return;
  if (kind() == Token.StringTail && entryKind() == PARTS) {
    // `${}`
    reportNoOperand();
    setOperand(errorSince(from));
    return;
  }
  reportNoOperand();
  fail();
}

function beginLambda(): void {
  const node = parseLambdaHead();
  if (node == 0) return fail();
  if (opOf(node) == L_BLOCK) setOperand(node);
  else push(LAMBDA_BODY, startOf(node), <i32>node, 0);
}

function beginMap(): void {
  const node = newNode(MAP_LITERAL, start(), end());
  if (kind() == Token.BraceOpen) demand(internLiteral('Map'));
  else setB(node, <i32>leaf(T_NAME, value()));
  push(ENTRIES, start(), <i32>node, 0);
  if (failed) return;
  advance();
  if (kind() == Token.BraceClose) closeElements();
  else setOperand(parseKeyName());
}

function prefix(nodeKind: i32, op: i32): void {
  push(PREFIX, start(), nodeKind | (op << 16), 0);
  advance();
}

function beginCast(): void {
  const from = start();
  advance();
  const type = parseType();
  advance();
  push(CAST_TO, from, <i32>type, 0);
}

function beginInterpolation(): void {
  const node = newNode(INTERPOLATION, start(), end());
  let tail: Node = 0;
  if (textLength(value()) > 0) {
    tail = newNode(STRING_LITERAL, start(), end());
    setA(tail, value());
    setA(node, <i32>tail);
  }
  push(PARTS, start(), <i32>node, <i32>tail);
  advance();
}

function beginNew(): void {
  const from = start();
  advance();
  const type = parseNewType();
  if (type == 0) return fail();
  const isDiamond = kind() == Token.Less && kindAt(1) == Token.Greater;
  if (isDiamond) {
    advance();
    advance();
  }
  const isArray = kind() == Token.BracketOpen;
  if (!isArray && kind() != Token.ParenOpen) {
    if (kind() != Token.BraceOpen) {
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`(` or `[`'));
      return fail();
    }
    const brace = start();
    skipBalanced();
    notYet(brace, brace + 1, 'a list of elements behind new', 'write [a, b, c]');
    setOperand(errorSince(from));
    return;
  }
  const node = newNode(isArray ? NEW_ARRAY : NEW, from, end());
  setA(node, <i32>type);
  if (isDiamond) setOp(node, N_DIAMOND);
  push(isArray ? ARRAY_SIZE : ARGUMENTS, start(), <i32>node, 0);
  advance();
  if (!isArray && kind() == Token.ParenClose) closeArguments();
}

// Having one.

/** Takes what goes on with the operand: a postfix, an operator. False if the expression within the top bracket ends here. */
function continueOperand(): bool {
  const token = kind();
  if (brackets == 0 && onNewLine() && mayStartStatement(token)) return false;
  if (token == Token.BitOr && innermostB() == BARS) return false;
  switch (token) {
    case Token.Dot:
    case Token.SafeDot:
      member();
      return true;
    case Token.BracketOpen:
      push(SUBSCRIPT, start(), <i32>operand, 0);
      advance();
      return true;
    case Token.ParenOpen:
      beginCall();
      return true;
    case Token.Increment:
    case Token.Decrement:
      increment(token == Token.Increment ? I_POST_PLUS : I_POST_MINUS);
      return true;
    case Token.Question:
      reduce(P_CONDITIONAL, true);
      push(THEN, start(), <i32>operand, 0);
      advance();
      return true;
    case Token.InstanceOf:
    case Token.IsQuestion:
      reduce(P_RELATION, false);
      typeOperator(INSTANCEOF);
      return true;
    case Token.To:
    case Token.As:
      if (kindAt(1) == Token.Primitive || (isCapitalAt(1) && !(token == Token.To && isLimit()))) {
        reduce(P_CAST, false);
        typeOperator(CAST);
        return true;
      }
      break;
    default:
      break;
  }
  if (refuseOperator()) return true;
  const operator = binaryOperator(token);
  if (operator != 0) {
    const precedence = precedenceOf(operator);
    reduce(precedence, precedence == P_COALESCE);
    if ((token == Token.To || token == Token.Until) && kindAt(1) == Token.BracketClose && entryKind() == SUBSCRIPT) {
      openRange(operator);
      return true;
    }
    push(precedence == P_COALESCE ? FALLBACK : OPERATION, operator, <i32>operand, 0);
    advance();
    return true;
  }
  const assignment = assignmentOperator(token);
  if (assignment < 0) return false;
  reduce(P_ASSIGN, true);
  // `a[1 = 2`: what is wrong is the bracket.
  if (entryKind() == SUBSCRIPT && !isTarget(operand)) return false;
  checkTarget(operand);
  push(ASSIGNMENT, assignment, <i32>operand, 0);
  advance();
  return true;
}

// Is the name behind `to` a constant's, `1 to LIMIT`? The checker makes a cast of it where it is a class's.
function isLimit(): bool {
  const at = startAt(1);
  for (let i = at; i < endAt(1); i++) {
    const c = sourceByte(i);
    if ((c >= 97 && c <= 122) || c > 127 || c == 33) return false;
  }
  if (kindAt(2) == Token.BracketOpen) return kindAt(3) != Token.BracketClose;
  return kindAt(2) != Token.Question || startAt(2) != endAt(1);
}

/** An operator that the language will have, but has not yet: K0213. Some are read as what they are closest to. */
function refuseOperator(): bool {
  switch (kind()) {
    case Token.DotDot:
      notYet(start(), end(), 'a range with dots', 'write a to b, or a until b without b itself');
      break;
    case Token.CoalesceAssign:
      notYet(start(), end(), '??=', 'write x = x ?? y');
      break;
    case Token.ColonColon:
      notYet(start(), end(), '::', 'write object.method, or Class.method');
      break;
    case Token.FatArrow:
    case Token.Arrow:
      if (kindOf(operand) != NAME) return false;
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`=>` behind a name, or behind names in parentheses'));
      break;
    default:
      return false;
  }
  fail();
  return true;
}

// `s[1 to]`: up to the end.
function openRange(operator: i32): void {
  const node = newNode(BINARY, startOf(operand), end());
  setOp(node, binaryOf(operator));
  setA(node, <i32>operand);
  noteRange();
  advance();
  setOperand(node);
}

function member(): void {
  if (kind() == Token.SafeDot) notYet(start(), end(), '?.', 'test it first: if(x != null) { … }');
  advance();
  if (!isWord(kind())) {
    if (kind() == Token.FieldName) reportFieldName();
    else reportFound(K0204_EXPECTED_NAME);
    return fail();
  }
  const node = newNode(MEMBER, startOf(operand), end());
  setA(node, <i32>operand);
  setB(node, value());
  advance();
  setOperand(node);
}

function reportFieldName(): void {
  reportFound(K0201_EXPECTED_TOKEN, internLiteral('a name without underscore (_x alone is this.x)'));
}

function increment(op: i32): void {
  const node = newNode(INCREMENT, startOf(operand), end());
  checkTarget(operand);
  setOp(node, op);
  setA(node, <i32>operand);
  advance();
  setOperand(node);
}

function typeOperator(nodeKind: i32): void {
  const node = newNode(nodeKind, startOf(operand), end());
  advance();
  const type = parseType();
  if (type == 0) return fail();
  setEnd(node, endOf(type));
  setA(node, nodeKind == CAST ? <i32>type : <i32>operand);
  setB(node, nodeKind == CAST ? <i32>operand : <i32>type);
  setOperand(node);
}

function beginCall(): void {
  const node = newNode(CALL, startOf(operand), end());
  setA(node, <i32>operand);
  push(ARGUMENTS, start(), <i32>node, 0);
  if (failed) return;
  advance();
  if (kind() == Token.ParenClose) closeArguments();
}

/** Passes expressions with commas between; chained through `next`. Stops at the first failure. */
export function parseExpressions(insideBrackets: bool): Node {
  const head = parseExpression(insideBrackets);
  let tail = head;
  while (!failed && kind() == Token.Comma) {
    advance();
    const node = parseExpression(insideBrackets);
    setNext(tail, node);
    tail = node;
  }
  return head;
}
