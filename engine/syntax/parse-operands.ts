/** Operands that take no stack: names, literals, `new`. */
import { K0202_EXPECTED_EXPRESSION, K0201_EXPECTED_TOKEN } from '../diagnostics/codes.generated';
import { internBytes, internLiteral } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  BOOLEAN_LITERAL,
  CALL,
  ERROR_EXPRESSION,
  FIELD_NAME,
  FLOAT_LITERAL,
  INT_LITERAL,
  MEMBER,
  NAME,
  NULL_LITERAL,
  Node,
  STRING_LITERAL,
  SUPER,
  THIS,
  T_ARRAY,
  T_NULLABLE,
  newNode,
  setA,
  setB,
  setNext,
  startOf,
} from './ast';
import {
  advance,
  end,
  enter,
  highHalf,
  isMinimum,
  isMissingTail,
  kind,
  kindAt,
  lastEnd,
  leave,
  onNewLineAt,
  reportFound,
  start,
  startAt,
  endAt,
  value,
} from './cursor';
import { sourceByte } from './lexer';
import { reportTooLarge } from './lexer-numbers';
import { demand } from './mentions';
import { behindType, isCapitalAt, parseTypeName } from './parse-types';
import { Token, isNameLike, isWord } from './tokens';

/** A node for the next token, which is passed. */
export function leaf(nodeKind: i32, a: i32): Node {
  const node = newNode(nodeKind, start(), end());
  setA(node, a);
  advance();
  return node;
}

/** An ERROR_EXPRESSION over the source bytes since `from`. */
export function errorSince(from: i32): Node {
  return newNode(ERROR_EXPRESSION, from, lastEnd < from ? from : lastEnd);
}

function parseInt64(negated: bool): Node {
  if (isMinimum() && !negated) reportTooLarge(start(), end());
  const low = value();
  const high = highHalf();
  const node = leaf(INT_LITERAL, low);
  setB(node, high);
  return node;
}

/** A name, literal, `this` or `super`; 0 if the next token is none. `negated`: a minus stands before it. */
export function parseSimpleOperand(negated: bool): Node {
  const token = kind();
  switch (token) {
    case Token.Int:
      return parseInt64(negated);
    case Token.Float: {
      const high = highHalf();
      const node = leaf(FLOAT_LITERAL, value());
      setB(node, high);
      return node;
    }
    case Token.String:
      return leaf(STRING_LITERAL, value());
    case Token.FieldName:
      return leaf(FIELD_NAME, value());
    case Token.True:
      return leaf(BOOLEAN_LITERAL, 1);
    case Token.False:
      return leaf(BOOLEAN_LITERAL, 0);
    case Token.Null:
      return leaf(NULL_LITERAL, 0);
    case Token.This:
      return leaf(THIS, 0);
    case Token.Super: {
      const node = leaf(SUPER, 0);
      if (kind() != Token.Dot && kind() != Token.ParenOpen)
        reportFound(K0201_EXPECTED_TOKEN, internLiteral('`.` or `(` after super'));
      return node;
    }
    default:
      return isNameLike(token) ? leaf(NAME, value()) : 0;
  }
}

/** Is an object literal next: `Point{x: …`? */
export function isObjectLiteral(): bool {
  if (!isCapitalAt(0) || kindAt(1) != Token.BraceOpen || startAt(1) != endAt(0)) return false;
  return isWord(kindAt(2)) && kindAt(3) == Token.Colon;
}

/** A name as key of a map literal, which is its text; 0 if the next tokens are none with a colon. */
export function parseKeyName(): Node {
  const token = kind();
  const isValue = token == Token.True || token == Token.False || token == Token.Null;
  return isWord(token) && !isValue && kindAt(1) == Token.Colon ? leaf(STRING_LITERAL, value()) : 0;
}

/** Is `(` here the beginning of a cast: a type in parentheses, then an operand on the same line? */
export function isCast(insideBrackets: bool): bool {
  if (kindAt(1) != Token.Primitive && kindAt(1) != Token.ParenOpen && !isCapitalAt(1)) return false;
  const close = behindType(1);
  if (close < 0 || kindAt(close) != Token.ParenClose) return false;
  if (!insideBrackets && onNewLineAt(close + 1)) return false;
  const next = kindAt(close + 1);
  const plain = close == 2;
  switch (next) {
    case Token.Add:
    case Token.Sub:
      return kindAt(1) == Token.Primitive;
    case Token.BracketOpen:
      return !plain;
    case Token.Int:
    case Token.Float:
    case Token.String:
    case Token.StringHead:
    case Token.FieldName:
    case Token.ParenOpen:
    case Token.Not:
    case Token.Complement:
    case Token.True:
    case Token.False:
    case Token.Null:
    case Token.This:
    case Token.Super:
    case Token.New:
      return true;
    case Token.To:
    case Token.As:
    case Token.In:
    case Token.Until:
    case Token.ModWord:
      return kindAt(1) == Token.Primitive;
    default:
      return isNameLike(next);
  }
}

/** `/pattern/flags`: RegexLiterals.regexLiteral(pattern, flags), which gives the same Regex each time. */
export function parseRegex(): Node {
  const from = start();
  const to = end();
  const pattern = new ByteVector(32);
  let at = from + 1;
  let next = sourceByte(at);
  while (next != 47) {
    // A slash that is escaped is one.
    if (next == 92 && sourceByte(at + 1) == 47) at++;
    else if (next == 92) pattern.byte(sourceByte(at++));
    pattern.byte(sourceByte(at++));
    next = sourceByte(at);
  }
  const first = newNode(STRING_LITERAL, from, to);
  setA(first, internBytes(pattern));
  const flags = newNode(STRING_LITERAL, from, to);
  const letters = new ByteVector(8);
  for (let i = at + 1; i < to; i++) letters.byte(sourceByte(i));
  setA(flags, internBytes(letters));
  setNext(first, flags);
  const owner = newNode(NAME, from, to);
  setA(owner, internLiteral('RegexLiterals'));
  const callee = newNode(MEMBER, from, to);
  setA(callee, <i32>owner);
  setB(callee, internLiteral('regexLiteral'));
  const call = newNode(CALL, from, to);
  setA(call, <i32>callee);
  setB(call, <i32>first);
  demand(internLiteral('RegexLiterals'));
  demand(internLiteral('regexLiteral'));
  advance();
  return call;
}

/** K0202 at the next token, unless the lexer has said what is wrong. */
export function reportNoOperand(): void {
  if (!isMissingTail()) reportFound(K0202_EXPECTED_EXPRESSION);
}

/** The type behind `new`, up to `(` or the `[` of a size; 0 and K0205 if there is none. */
export function parseNewType(): Node {
  let type = parseTypeName();
  if (type == 0) return 0;
  let wrapper = newTypeWrapper();
  let wrapped = 0;
  while (wrapper != 0 && enter(startOf(type), lastEnd)) {
    wrapped++;
    if (wrapper == T_ARRAY) advance();
    advance();
    const node = newNode(wrapper, startOf(type), lastEnd);
    setA(node, <i32>type);
    type = node;
    wrapper = newTypeWrapper();
  }
  leave(wrapped);
  return type;
}

function newTypeWrapper(): i32 {
  if (kind() == Token.Question && start() == lastEnd) return T_NULLABLE;
  return kind() == Token.BracketOpen && kindAt(1) == Token.BracketClose ? T_ARRAY : 0;
}
