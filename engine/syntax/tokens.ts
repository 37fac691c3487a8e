/** Kinds of tokens, the words of the language, and how a diagnostic names a token. */
import { ByteVector, IntVector } from '../support/vectors';
import { Text, intern, internBytes, internLiteral } from '../support/texts';

export const enum Token {
  End,
  Bad, // reported already
  Name,
  FieldName, // `_x`; value: the name without the underscore
  Annotation, // `@Name`; value: the name
  Int, // value, high: the number
  Float,
  String, // value: the text
  StringHead, // `"text${`; value: the text
  StringMiddle, // `}text${`
  StringTail, // `}text"`; no bytes long when the lexer reported that it is missing
  Regex,
  ParenOpen,
  ParenClose,
  BracketOpen,
  BracketClose,
  BraceOpen,
  BraceClose,
  Semicolon,
  Comma,
  Dot,
  DotDot,
  SafeDot,
  Question,
  Coalesce,
  CoalesceAssign,
  Colon,
  ColonColon,
  Arrow,
  FatArrow,
  Assign,
  AddAssign,
  SubAssign,
  MulAssign,
  DivAssign,
  ModAssign,
  AndAssign,
  OrAssign,
  XorAssign,
  ShlAssign,
  ShrAssign,
  UshrAssign,
  Add,
  Sub,
  Mul,
  Div,
  Mod,
  BitAnd,
  BitOr,
  BitXor,
  Complement,
  Shl,
  Shr,
  Ushr,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  And,
  Or,
  Not,
  Increment,
  Decrement,
  IsQuestion, // `is?`
  InQuestion, // `in?`
  Primitive, // int boolean void …; value: the name

  // Words, in the order of WORDS.
  If,
  Else,
  While,
  Do,
  For,
  Foreach,
  Switch,
  Case,
  Default,
  Break,
  Continue,
  Return,
  Try,
  Catch,
  Finally,
  Throw,
  Assert,
  Class,
  Extends,
  New,
  This,
  Super,
  True,
  False,
  Null,
  InstanceOf,
  Var,
  Def,
  Final,
  // Words that are operators or introduce something in their place, and names elsewhere.
  In,
  To,
  As,
  Until,
  ModWord,
  Print,
  Function,
  Implements,
  Interface,
  Enum,
  Using,
  Import,
  Namespace,
  Package,
  Public,
  Protected,
  Private,
  Static,
  Abstract,
  Synchronized,
  Throws,
}

const WORDS: string =
  'if else while do for foreach switch case default break continue return try catch finally throw assert class extends new this super true false null instanceof var def final ' +
  'in to as until mod print function implements interface enum using import namespace package public protected private static abstract synchronized throws';
const PRIMITIVES: string = 'int boolean void float long short char byte double';

// Token of a word by its text; 0 is none.
const tokenOfText = new IntVector(128);

function define(text: Text, token: i32): void {
  while (tokenOfText.length <= text) tokenOfText.push(0);
  tokenOfText.set(text, token);
}

/** Enters each word of `list`, with tokens from `first` on, or all with `first`. */
function defineAll(list: string, first: i32, counting: bool): void {
  const word = new ByteVector(16);
  let token = first;
  for (let i = 0; i <= list.length; i++) {
    const c: i32 = i < list.length ? list.charCodeAt(i) : 32;
    if (c != 32) {
      word.byte(c);
      continue;
    }
    define(internBytes(word), token);
    word.length = 0;
    if (counting) token++;
  }
}

/** Must be called once before `wordToken`. */
export function defineWords(): void {
  if (tokenOfText.length > 0) return;
  defineAll(WORDS, Token.If, true);
  defineAll(PRIMITIVES, Token.Primitive, false);
  define(internLiteral('and'), Token.And);
  define(internLiteral('or'), Token.Or);
  define(internLiteral('not'), Token.Not);
}

/** The word's token, `Token.Name` if it is an ordinary name. */
export function wordToken(text: Text): i32 {
  const token: i32 = text < tokenOfText.length ? tokenOfText.get(text) : 0;
  return token != 0 ? token : <i32>Token.Name;
}

/** May this token be a name where one is wanted? */
export function isNameLike(token: i32): bool {
  return token == Token.Name || token >= Token.In;
}

/** Is it written as a word (so that it may follow a dot)? */
export function isWord(token: i32): bool {
  return token == Token.Name || token == Token.Primitive || token >= Token.If;
}

const LONGEST_SHOWN: i32 = 40;

/** How a diagnostic names a token that covers these source bytes. */
export function describeToken(token: i32, at: usize, length: i32): Text {
  if (token == Token.End) return internLiteral('the end of the file');
  if (token == Token.String || token == Token.StringHead) return internLiteral('a string');
  if ((token == Token.StringMiddle || token == Token.StringTail) && length > 1) length = 1;
  const shown = new ByteVector(64);
  shown.byte(96);
  let taken = length;
  if (taken > LONGEST_SHOWN) {
    taken = LONGEST_SHOWN;
    while (taken > 0 && (load<u8>(at + <usize>taken) & 0xc0) == 0x80) taken--;
  }
  shown.bytes(at, taken);
  if (taken < length) shown.codePoint(0x2026);
  shown.byte(96);
  return intern(shown.address(), shown.length);
}
