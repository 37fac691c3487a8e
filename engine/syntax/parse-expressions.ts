/**
 * Expressions: operator precedence on an explicit stack. The parser alternates between wanting an operand and having
 * one; what an operand must wait for is an entry (`expression-stack.ts`).
 */
import { K0201_EXPECTED_TOKEN, K0204_EXPECTED_NAME, K0211_BAD_ASSIGNMENT_TARGET } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { internLiteral, textLength } from '../support/texts';
import {
  ARRAY_LITERAL,
  ASSIGN,
  BINARY,
  CALL,
  CAST,
  CONDITIONAL,
  ERROR_EXPRESSION,
  FIELD_NAME,
  INCREMENT,
  INDEX,
  INSTANCEOF,
  INTERPOLATION,
  INT_LITERAL,
  I_POST_MINUS,
  I_POST_PLUS,
  I_PRE_MINUS,
  I_PRE_PLUS,
  MEMBER,
  NAME,
  NEW,
  NEW_ARRAY,
  Node,
  STRING_LITERAL,
  SUPER,
  THIS,
  UNARY,
  U_COMPLEMENT,
  U_MINUS,
  U_NOT,
  U_PLUS,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  setA,
  setB,
  setC,
  setEnd,
  setKind,
  setNext,
  setOp,
  setStart,
  startOf,
} from './ast';
import {
  advance,
  end,
  enter,
  gaveUp,
  isMissingTail,
  kind,
  kindAt,
  leave,
  lineCloses,
  notYet,
  onNewLine,
  reportFound,
  reportUnclosed,
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
  FALLBACK,
  OPERATION,
  OTHERWISE,
  PAREN,
  PARTS,
  PREFIX,
  SUBSCRIPT,
  THEN,
  emptyEntries,
  entryA,
  entryB,
  entryC,
  entryCount,
  entryKind,
  isBracket,
  isLevel,
  popEntry,
  pushEntry,
  setEntryC,
} from './expression-stack';
import {
  P_ASSIGN,
  P_CAST,
  P_COALESCE,
  P_CONDITIONAL,
  P_PREFIX,
  P_RELATION,
  assignmentOperator,
  binaryOf,
  binaryOperator,
  mayStartStatement,
  nodeKindOf,
  precedenceOf,
} from './operators';
import { errorSince, isCast, parseNewType, parseSimpleOperand, refuseOperand, reportNoOperand } from './parse-operands';
import { isCapitalAt, parseType } from './parse-types';
import { Token, isWord } from './tokens';

/** Did the last expression end in an error that the statement must recover from? */
export let failed: bool = false;
/** Brackets that were open when it did. */
export let openBrackets: i32 = 0;

// The operand at hand, 0 while one is wanted.
let operand: Node = 0;
// Brackets open around the next token, the caller's included.
let brackets: i32 = 0;

function push(entry: i32, a: i32, b: i32, c: i32): void {
  if (isLevel(entry) && !enter(start(), end())) {
    failed = true;
    return;
  }
  if (isBracket(entry)) brackets++;
  pushEntry(entry, a, b, c);
  operand = 0;
}

function pop(): void {
  const entry = entryKind();
  if (isLevel(entry)) leave();
  if (isBracket(entry)) brackets--;
  popEntry();
}

// Does the next statement begin right where the error is, all brackets forgotten?
let resumesHere: bool = false;

function fail(): void {
  failed = true;
}

/** Drops what is on the stack, noting the brackets that stay open. */
function unwind(): void {
  openBrackets = 0;
  while (entryCount() > 0) {
    if (isBracket(entryKind())) openBrackets++;
    pop();
  }
  if (resumesHere) openBrackets = 0;
}

/**
 * Parses an expression. `insideBrackets`: within the caller's own brackets, so that line ends do not count. After an
 * error (`failed`) the result is an ERROR_EXPRESSION, and the caller resynchronises with `openBrackets`.
 */
export function parseExpression(insideBrackets: bool): Node {
  const from = start();
  emptyEntries();
  failed = false;
  resumesHere = false;
  openBrackets = 0;
  brackets = insideBrackets ? 1 : 0;
  push(BASE, 0, 0, 0);
  for (;;) {
    if (operand == 0) beginOperand();
    else if (!continueOperand() && !failed) {
      reduce(P_ASSIGN, false);
      if (entryKind() == BASE) break;
      closeEntry();
    }
    if (failed || gaveUp) {
      failed = true;
      unwind();
      return errorSince(from);
    }
  }
  popEntry();
  return operand;
}

// Wanting an operand.

function beginOperand(): void {
  const from = start();
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
    case Token.BracketOpen: {
      const node = newNode(ARRAY_LITERAL, from, end());
      push(ELEMENTS, from, <i32>node, 0);
      advance();
      if (kind() == Token.BracketClose) closeElements();
      return;
    }
    case Token.ParenOpen:
      if (isCast(brackets > 0)) return beginCast();
      operand = refuseOperand();
      if (operand != 0 || start() != from) return;
      push(PAREN, from, 0, 0);
      advance();
      return;
    default:
      break;
  }
  operand = refuseOperand();
  if (operand != 0 || start() != from) return;
  operand = parseSimpleOperand(entryKind() == PREFIX && entryB() == (UNARY | (U_MINUS << 16)));
  if (operand != 0) return;
  if (kind() == Token.StringTail && entryKind() == PARTS) {
    // `${}`
    reportNoOperand();
    operand = errorSince(from);
    return;
  }
  if (kind() != Token.BitOr) reportNoOperand();
  fail();
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
  const isArray = kind() == Token.BracketOpen;
  if (!isArray && kind() != Token.ParenOpen) {
    if (kind() != Token.BraceOpen) {
      reportFound(K0201_EXPECTED_TOKEN, internLiteral('`(` or `[`'));
      return fail();
    }
    const brace = start();
    skipBalanced();
    notYet(brace, brace + 1, 'a list of elements behind new', 'write [a, b, c]');
    operand = errorSince(from);
    return;
  }
  const node = newNode(isArray ? NEW_ARRAY : NEW, from, end());
  setA(node, <i32>type);
  push(isArray ? ARRAY_SIZE : ARGUMENTS, start(), <i32>node, 0);
  advance();
  if (!isArray && kind() == Token.ParenClose) closeArguments();
}

// Having one.

/** Takes what goes on with the operand: a postfix, an operator. False if the expression within the top bracket ends here. */
function continueOperand(): bool {
  const token = kind();
  if (brackets == 0 && onNewLine() && mayStartStatement(token)) return false;
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
      if (kindAt(1) == Token.Primitive || isCapitalAt(1)) {
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

/** An operator that the language will have, but has not yet: K0213. Some are read as what they are closest to. */
function refuseOperator(): bool {
  switch (kind()) {
    case Token.To:
    case Token.Until:
    case Token.DotDot:
      notYet(start(), end(), 'a range', 'count with for(int i = a; i <= b; i++)');
      break;
    case Token.InQuestion:
      notYet(start(), end(), 'in?', 'write xs.contains(x)');
      break;
    case Token.CoalesceAssign:
      notYet(start(), end(), '??=', 'write x = x ?? y');
      break;
    case Token.ColonColon:
      notYet(start(), end(), 'a method reference', 'call the method');
      break;
    case Token.FatArrow:
    case Token.Arrow:
      notYet(start(), end(), 'a lambda', 'write a function with a name, and call it');
      break;
    default:
      return false;
  }
  fail();
  return true;
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
  operand = node;
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
  operand = node;
}

function typeOperator(nodeKind: i32): void {
  const node = newNode(nodeKind, startOf(operand), end());
  advance();
  const type = parseType();
  if (type == 0) return fail();
  setEnd(node, endOf(type));
  setA(node, nodeKind == CAST ? <i32>type : <i32>operand);
  setB(node, nodeKind == CAST ? <i32>operand : <i32>type);
  operand = node;
}

function beginCall(): void {
  const callee = kindOf(operand);
  const node = newNode(CALL, startOf(operand), end());
  setA(node, <i32>operand);
  if (callee == STRING_LITERAL || callee == INTERPOLATION) {
    notYet(startOf(operand), end(), 'formatting', 'write "…${x}…"');
    setKind(node, ERROR_EXPRESSION);
  } else if (callee != NAME && callee != FIELD_NAME && callee != MEMBER && callee != SUPER && callee != THIS && callee != ERROR_EXPRESSION) {
    notYet(start(), end(), 'calling a value', 'call a function or a method by its name');
    setKind(node, ERROR_EXPRESSION);
  }
  push(ARGUMENTS, start(), <i32>node, 0);
  if (failed) return;
  advance();
  if (kind() == Token.ParenClose) closeArguments();
}

function isTarget(node: Node): bool {
  const kind = kindOf(node);
  return kind == NAME || kind == FIELD_NAME || kind == MEMBER || kind == INDEX || kind == ERROR_EXPRESSION;
}

/** K0211 unless it can be assigned to. */
function checkTarget(target: Node): void {
  if (!isTarget(target)) report(K0211_BAD_ASSIGNMENT_TARGET, startOf(target), endOf(target));
}

// Reducing: the operators that bind tighter than what comes get their right operand.

function entryPrecedence(): i32 {
  switch (entryKind()) {
    case OTHERWISE:
      return P_CONDITIONAL;
    case ASSIGNMENT:
      return P_ASSIGN;
    case OPERATION:
    case FALLBACK:
      return precedenceOf(entryA());
    case PREFIX:
    case CAST_TO:
      return P_PREFIX;
    default:
      return 0;
  }
}

/** Finishes entries of at least `precedence`; of more than it for an operator that groups to the right. */
function reduce(precedence: i32, toTheRight: bool): void {
  const least = toTheRight ? precedence + 1 : precedence;
  while (entryPrecedence() >= least) finishEntry();
}

function finishEntry(): void {
  const a = entryA();
  const b = <Node>entryB();
  const c = entryC();
  switch (entryKind()) {
    case OTHERWISE: {
      const node = newNode(CONDITIONAL, startOf(b), endOf(operand));
      setA(node, <i32>b);
      setB(node, c);
      setC(node, <i32>operand);
      operand = node;
      break;
    }
    case ASSIGNMENT:
      operand = pair(ASSIGN, a, b);
      break;
    case OPERATION:
    case FALLBACK: {
      const nodeKind = nodeKindOf(a);
      operand = pair(nodeKind, nodeKind == BINARY ? binaryOf(a) : 0, b);
      break;
    }
    case PREFIX:
      operand = finishPrefix(a, <i32>b & 0xffff, <i32>b >>> 16);
      break;
    default: {
      const node = newNode(CAST, a, endOf(operand));
      setA(node, <i32>b);
      setB(node, <i32>operand);
      operand = node;
    }
  }
  pop();
}

function pair(nodeKind: i32, op: i32, left: Node): Node {
  const node = newNode(nodeKind, startOf(left), endOf(operand));
  setOp(node, op);
  setA(node, <i32>left);
  setB(node, <i32>operand);
  return node;
}

function finishPrefix(from: i32, nodeKind: i32, op: i32): Node {
  if (nodeKind == UNARY && op == U_MINUS && kindOf(operand) == INT_LITERAL) {
    // A negative literal is a literal, so that the smallest int and `case -1` are.
    const low = aOf(operand);
    setA(operand, -low);
    setB(operand, ~bOf(operand) + (low == 0 ? 1 : 0));
    setStart(operand, from);
    return operand;
  }
  if (nodeKind == INCREMENT) checkTarget(operand);
  const node = newNode(nodeKind, from, endOf(operand));
  setOp(node, op);
  setA(node, <i32>operand);
  return node;
}

// Closing brackets.

/** The operand is complete within the top entry: takes the `,`, the closing token, or reports that it is missing. */
function closeEntry(): void {
  const token = kind();
  switch (entryKind()) {
    case PAREN:
      if (token == Token.ParenClose) {
        setStart(operand, entryA());
        setEnd(operand, end());
        advance();
        pop();
        return;
      }
      if (token == Token.Comma) {
        notYet(start(), end(), 'a tuple', 'write a class with fields, or an array');
        return fail();
      }
      return missing('(', ')', '`)`');
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
    case PARTS:
      return closePart();
    case THEN:
      return closeThen();
    default:
      if (token == Token.BracketClose) return closeSubscript();
      return missing('[', ']', '`]`');
  }
}

function append(): void {
  if (entryC() != 0) setNext(<Node>entryC(), operand);
  else if (entryKind() == ARGUMENTS) setB(<Node>entryB(), <i32>operand);
  else setA(<Node>entryB(), <i32>operand);
  setEntryC(operand);
}

function wantNext(): void {
  advance();
  operand = 0;
}

function closeWith(node: Node): void {
  setEnd(node, end());
  advance();
  pop();
  operand = node;
}

function closeArguments(): void {
  if (!failed) closeWith(<Node>entryB());
}

function closeElements(): void {
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
    operand = text;
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
  if (token == Token.End || token == Token.BraceClose || token == Token.Semicolon || abandoned) reportUnclosed(entryA(), 1, open, close);
  else if (!isMissingTail()) reportFound(K0201_EXPECTED_TOKEN, internLiteral(wanted));
  fail();
  resumesHere = abandoned;
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
