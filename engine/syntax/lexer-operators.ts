/** Operators and punctuation; the longest one wins. */
import { byteAt } from './source';
import { Token } from './tokens';

/** Byte behind the operator read last. */
export let operatorEnd: i32 = 0;

function is(kind: i32, end: i32): i32 {
  operatorEnd = end;
  return kind;
}

/** `c` alone, doubled, or before `=`: `+` `++` `+=`. A kind of 0 is none. */
function family(at: i32, alone: i32, doubled: i32, withAssign: i32): i32 {
  const next = byteAt(at + 1);
  if (next == byteAt(at) && doubled != 0) return is(doubled, at + 2);
  if (next == 61 && withAssign != 0) return is(withAssign, at + 2);
  return is(alone, at + 1);
}

function less(at: i32): i32 {
  if (byteAt(at + 1) != 60) return family(at, Token.Less, 0, Token.LessEqual);
  return byteAt(at + 2) == 61 ? is(Token.ShlAssign, at + 3) : is(Token.Shl, at + 2);
}

function greater(at: i32): i32 {
  if (byteAt(at + 1) != 62) return family(at, Token.Greater, 0, Token.GreaterEqual);
  if (byteAt(at + 2) != 62) return byteAt(at + 2) == 61 ? is(Token.ShrAssign, at + 3) : is(Token.Shr, at + 2);
  return byteAt(at + 3) == 61 ? is(Token.UshrAssign, at + 4) : is(Token.Ushr, at + 3);
}

function question(at: i32): i32 {
  const next = byteAt(at + 1);
  if (next == 63) return byteAt(at + 2) == 61 ? is(Token.CoalesceAssign, at + 3) : is(Token.Coalesce, at + 2);
  if (next == 46) return is(Token.SafeDot, at + 2);
  return is(Token.Question, at + 1);
}

/** The operator at `at`; `Token.Bad` if there is none. */
export function scanOperator(at: i32): i32 {
  const next = byteAt(at + 1);
  switch (byteAt(at)) {
    case 33: // !
      return next == 61 ? is(Token.NotEqual, at + 2) : is(Token.Not, at + 1);
    case 37: // %
      return family(at, Token.Mod, 0, Token.ModAssign);
    case 38: // &
      return family(at, Token.BitAnd, Token.And, Token.AndAssign);
    case 40:
      return is(Token.ParenOpen, at + 1);
    case 41:
      return is(Token.ParenClose, at + 1);
    case 42: // *
      return family(at, Token.Mul, 0, Token.MulAssign);
    case 43: // +
      return family(at, Token.Add, Token.Increment, Token.AddAssign);
    case 44:
      return is(Token.Comma, at + 1);
    case 45: // -
      return next == 62 ? is(Token.Arrow, at + 2) : family(at, Token.Sub, Token.Decrement, Token.SubAssign);
    case 46:
      return family(at, Token.Dot, Token.DotDot, 0);
    case 47: // /
      return family(at, Token.Div, 0, Token.DivAssign);
    case 58:
      return family(at, Token.Colon, Token.ColonColon, 0);
    case 59:
      return is(Token.Semicolon, at + 1);
    case 60:
      return less(at);
    case 61: // =
      return next == 62 ? is(Token.FatArrow, at + 2) : family(at, Token.Assign, Token.Equal, 0);
    case 62:
      return greater(at);
    case 63:
      return question(at);
    case 91:
      return is(Token.BracketOpen, at + 1);
    case 93:
      return is(Token.BracketClose, at + 1);
    case 94: // ^
      return family(at, Token.BitXor, 0, Token.XorAssign);
    case 123:
      return is(Token.BraceOpen, at + 1);
    case 124: // |
      return family(at, Token.BitOr, Token.Or, Token.OrAssign);
    case 125:
      return is(Token.BraceClose, at + 1);
    case 126: // ~
      return is(Token.Complement, at + 1);
    default:
      return Token.Bad;
  }
}
