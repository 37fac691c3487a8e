/** Java's binary operators, their precedence, and which of them go on from the line before. */
import {
  AND,
  B_ADD,
  B_AND,
  B_DIV,
  B_EQ,
  B_GE,
  B_GT,
  B_IN,
  B_LE,
  B_LT,
  B_MOD,
  B_MUL,
  B_NE,
  B_OR,
  B_SHL,
  B_SHR,
  B_SUB,
  B_TO,
  B_UNTIL,
  B_USHR,
  B_XOR,
  BINARY,
  COALESCE,
  OR,
} from './ast';
import { Token } from './tokens';

// Precedences; a higher one binds tighter.
export const P_ASSIGN: i32 = 1;
export const P_CONDITIONAL: i32 = 2;
export const P_COALESCE: i32 = 3;
export const P_OR: i32 = 4;
export const P_AND: i32 = 5;
export const P_BIT_OR: i32 = 6;
export const P_BIT_XOR: i32 = 7;
export const P_BIT_AND: i32 = 8;
export const P_EQUALITY: i32 = 9;
export const P_RELATION: i32 = 10;
export const P_RANGE: i32 = 11; // a to b, a until b
export const P_SHIFT: i32 = 12;
export const P_SUM: i32 = 13;
export const P_PRODUCT: i32 = 14;
export const P_CAST: i32 = 15; // x to T, x as T
export const P_PREFIX: i32 = 16;

// Of a packed operator.
export function precedenceOf(operator: i32): i32 {
  return operator >>> 16;
}
/** Node kind: BINARY, AND, OR or COALESCE. */
export function nodeKindOf(operator: i32): i32 {
  return (operator >>> 8) & 0xff;
}
/** B_* of a BINARY. */
export function binaryOf(operator: i32): i32 {
  return operator & 0xff;
}

function pack(precedence: i32, node: i32, op: i32): i32 {
  return (precedence << 16) | (node << 8) | op;
}

/** The binary operator that a token is, packed; 0 if it is none. Assignments, `?`, `instanceof` and casts are not among them. */
export function binaryOperator(token: i32): i32 {
  switch (token) {
    case Token.Coalesce:
      return pack(P_COALESCE, COALESCE, 0);
    case Token.Or:
      return pack(P_OR, OR, 0);
    case Token.And:
      return pack(P_AND, AND, 0);
    case Token.BitOr:
      return pack(P_BIT_OR, BINARY, B_OR);
    case Token.BitXor:
      return pack(P_BIT_XOR, BINARY, B_XOR);
    case Token.BitAnd:
      return pack(P_BIT_AND, BINARY, B_AND);
    case Token.Equal:
      return pack(P_EQUALITY, BINARY, B_EQ);
    case Token.NotEqual:
      return pack(P_EQUALITY, BINARY, B_NE);
    case Token.Less:
      return pack(P_RELATION, BINARY, B_LT);
    case Token.LessEqual:
      return pack(P_RELATION, BINARY, B_LE);
    case Token.Greater:
      return pack(P_RELATION, BINARY, B_GT);
    case Token.GreaterEqual:
      return pack(P_RELATION, BINARY, B_GE);
    case Token.InQuestion:
      return pack(P_RELATION, BINARY, B_IN);
    case Token.To:
      return pack(P_RANGE, BINARY, B_TO);
    case Token.Until:
      return pack(P_RANGE, BINARY, B_UNTIL);
    case Token.Shl:
      return pack(P_SHIFT, BINARY, B_SHL);
    case Token.Shr:
      return pack(P_SHIFT, BINARY, B_SHR);
    case Token.Ushr:
      return pack(P_SHIFT, BINARY, B_USHR);
    case Token.Add:
      return pack(P_SUM, BINARY, B_ADD);
    case Token.Sub:
      return pack(P_SUM, BINARY, B_SUB);
    case Token.Mul:
      return pack(P_PRODUCT, BINARY, B_MUL);
    case Token.Div:
      return pack(P_PRODUCT, BINARY, B_DIV);
    case Token.Mod:
    case Token.ModWord:
      return pack(P_PRODUCT, BINARY, B_MOD);
    default:
      return 0;
  }
}

/** For an assignment token: 0 for `=`, the B_* of a compound one; -1 for other tokens. */
export function assignmentOperator(token: i32): i32 {
  switch (token) {
    case Token.Assign:
      return 0;
    case Token.AddAssign:
      return B_ADD;
    case Token.SubAssign:
      return B_SUB;
    case Token.MulAssign:
      return B_MUL;
    case Token.DivAssign:
      return B_DIV;
    case Token.ModAssign:
      return B_MOD;
    case Token.AndAssign:
      return B_AND;
    case Token.OrAssign:
      return B_OR;
    case Token.XorAssign:
      return B_XOR;
    case Token.ShlAssign:
      return B_SHL;
    case Token.ShrAssign:
      return B_SHR;
    case Token.UshrAssign:
      return B_USHR;
    default:
      return -1;
  }
}

/** Could this operator, as the first token of a line, begin a statement of its own instead of going on from the line before? */
export function mayStartStatement(token: i32): bool {
  return (
    token == Token.To ||
    token == Token.As ||
    token == Token.Until ||
    token == Token.ModWord ||
    token == Token.BracketOpen ||
    token == Token.ParenOpen ||
    token == Token.BraceOpen ||
    token == Token.Increment ||
    token == Token.Decrement
  );
}
