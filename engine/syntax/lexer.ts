/** Source text to tokens, one at a time. Interpolations nest on a stack of the lexer's own. */
import {
  K0101_UNEXPECTED_CHARACTER,
  K0103_UNTERMINATED_COMMENT,
  K0107_NOT_UTF8,
  K0109_UNTERMINATED_INTERPOLATION,
} from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { checkpoint } from '../support/checkpoint';
import { Text, intern, internBytes } from '../support/texts';
import { decode, decodedLength, firstBadByte, isUnprintable } from '../support/utf8';
import { ByteVector, IntVector } from '../support/vectors';
import { mention } from './mentions';
import { numberEnd, numberIsMinimum, numberValue, scanNumber } from './lexer-numbers';
import { operatorEnd, scanOperator } from './lexer-operators';
import {
  QUOTE_DOUBLE,
  QUOTE_RAW,
  QUOTE_SINGLE,
  QUOTE_TRIPLE,
  pieceBroken,
  pieceEnd,
  pieceOpens,
  pieceText,
  scanPiece,
} from './lexer-strings';
import { byteAt, isDigit, isNamePart, isNameStart, isUpper, setSource, sourceAddress, sourceLength } from './source';
import { Token, defineWords, isWord, wordToken } from './tokens';

// The token read last.
export let tokenKind: i32 = Token.End;
export let tokenStart: i32 = 0;
export let tokenEnd: i32 = 0;
/** Name or text of the token; low half of an int. */
export let tokenValue: i32 = 0;
/** High half of an int. */
export let tokenHigh: i32 = 0;
/** Does a line begin between the token before it and this one? */
export let tokenOnNewLine: bool = false;
/** Is it the int 9223372036854775808, which needs a minus before it? */
export let tokenIsMinimum: bool = false;

const CHECK_EVERY: i32 = 4096;

let position: i32 = 0;
let nextCheck: i32 = CHECK_EVERY;
// Open interpolations: form of the string, its opening quote, its `${`, braces open within.
const interpolations = new IntVector(64);
const LEVEL: i32 = 4;
// Tails that are missing: the parser gets one token for each, so that its brackets match.
let missingTails: i32 = 0;

/** Starts with a text, whose first byte has the offset `base`. K0107 and no tokens at all if it is not UTF-8. */
export function startLexer(at: usize, length: i32, base: i32 = 0): void {
  defineWords();
  setSource(at, length, base);
  position = base;
  nextCheck = base + CHECK_EVERY;
  interpolations.length = 0;
  missingTails = 0;
  tokenKind = Token.End;
  const bad = firstBadByte(at, length);
  if (bad >= 0) {
    report(K0107_NOT_UTF8, base + bad, base + bad + 1, hexText(load<u8>(at + <usize>bad), 2));
    position = sourceLength;
    return;
  }
  if (length >= 3 && byteAt(base) == 0xef && byteAt(base + 1) == 0xbb && byteAt(base + 2) == 0xbf) position += 3;
  if (byteAt(position) == 35 && byteAt(position + 1) == 33) skipLine();
}

function hexText(value: i32, digits: i32): Text {
  const shown = new ByteVector(16);
  if (digits == 2) shown.text('0x');
  else shown.text('U+');
  for (let shift = (digits - 1) << 2; shift >= 0; shift -= 4) {
    const digit = (value >>> shift) & 15;
    shown.byte(digit < 10 ? 48 + digit : (digits == 2 ? 87 : 55) + digit);
  }
  return internBytes(shown);
}

function skipLine(): void {
  while (position < sourceLength && byteAt(position) != 10) position++;
}

function skipComment(): void {
  const start = position;
  let depth = 1;
  position += 2;
  while (depth > 0) {
    const c = byteAt(position);
    if (c < 0) {
      report(K0103_UNTERMINATED_COMMENT, start, start + 2);
      return;
    }
    if (c == 10) tokenOnNewLine = true;
    if (c == 47 && byteAt(position + 1) == 42) {
      depth++;
      position++;
    } else if (c == 42 && byteAt(position + 1) == 47) {
      depth--;
      position++;
    }
    position++;
  }
}

/** Passes white space and comments. Stops before the end of a line inside of an interpolation that may not span lines. */
function skipSpace(): void {
  for (;;) {
    const c = byteAt(position);
    if (c == 10) {
      if (missesTails()) return;
      tokenOnNewLine = true;
      position++;
    } else if (c == 32 || c == 9 || c == 13 || c == 12) {
      position++;
    } else if (c == 47 && byteAt(position + 1) == 47) {
      skipLine();
    } else if (c == 47 && byteAt(position + 1) == 42) {
      skipComment();
    } else {
      return;
    }
  }
}

/** At a line's end: closes every interpolation from the outermost one-line string on, with an error at the innermost. */
function missesTails(): bool {
  let level = 0;
  while (level < interpolations.length && interpolations.get(level) == QUOTE_TRIPLE) level += LEVEL;
  if (level >= interpolations.length) return false;
  closeInterpolations(level);
  return true;
}

function closeInterpolations(level: i32): void {
  const open = interpolations.get(interpolations.length - LEVEL + 2);
  report(K0109_UNTERMINATED_INTERPOLATION, open, open + 2);
  missingTails = (interpolations.length - level) / LEVEL;
  interpolations.length = level;
}

function finish(kind: i32, end: i32): void {
  tokenKind = kind;
  tokenEnd = end;
  position = end;
}

function finishPiece(closed: i32, open: i32): void {
  tokenValue = pieceText;
  finish(pieceOpens ? open : closed, pieceEnd);
}

function startString(form: i32, quoteBytes: i32): void {
  const opener = tokenStart;
  let from = opener + quoteBytes;
  // Text that begins on the line below the quotes does not begin with a line end.
  if (form == QUOTE_TRIPLE) {
    if (byteAt(from) == 10) from += 1;
    else if (byteAt(from) == 13 && byteAt(from + 1) == 10) from += 2;
  }
  // Within an interpolation of one line, what has no end is the interpolation (K0109): this quote was to be its string's.
  scanPiece(from, form, opener, interpolations.length > 0 && form != QUOTE_TRIPLE && form != QUOTE_RAW);
  if (pieceBroken && interpolations.length > 0) return finish(Token.Bad, pieceEnd);
  if (pieceOpens) {
    interpolations.push(form);
    interpolations.push(opener);
    interpolations.push(pieceEnd - 2);
    interpolations.push(0);
  }
  finishPiece(Token.String, Token.StringHead);
}

function continueString(): void {
  const level = interpolations.length - LEVEL;
  scanPiece(position + 1, interpolations.get(level), interpolations.get(level + 1), false);
  if (pieceOpens) interpolations.set(level + 2, pieceEnd - 2);
  else interpolations.length = level;
  finishPiece(Token.StringTail, Token.StringMiddle);
}

/** Follows braces; returns whether `}` ends an interpolation. */
function countBrace(c: i32): bool {
  const braces = interpolations.length - 1;
  if (braces < 0) return false;
  if (c == 123) {
    interpolations.set(braces, interpolations.get(braces) + 1);
  } else {
    if (interpolations.get(braces) == 0) return true;
    interpolations.set(braces, interpolations.get(braces) - 1);
  }
  return false;
}

/** A character beyond ASCII that is no part of a name: spaces, punctuation, full-width forms, controls. */
function isForeign(point: i32): bool {
  return (
    isUnprintable(point) ||
    (point >= 0xa0 && point <= 0xbf && point != 0xaa && point != 0xb5 && point != 0xba) ||
    (point >= 0x2000 && point <= 0x206f) ||
    (point >= 0x3000 && point <= 0x3020 && point != 0x3005 && point != 0x3007) ||
    (point >= 0xff00 && point <= 0xff0f) ||
    (point >= 0xff1a && point <= 0xff20) ||
    (point >= 0xff3b && point <= 0xff40) ||
    (point >= 0xff5b && point <= 0xff65) ||
    point >= 0xe0000
  );
}

function nameEnd(at: i32): i32 {
  while (isNamePart(byteAt(at))) {
    if (byteAt(at) < 128) {
      at++;
      continue;
    }
    if (isForeign(decode(sourceAddress + <usize>at, sourceLength - at))) break;
    at += decodedLength;
  }
  return at;
}

/** `Name!!` is the exception class `NameException`, `Exception!!` is `Exception`. */
function exceptionName(start: i32, end: i32): Text {
  const name = new ByteVector(64);
  name.bytes(sourceAddress + <usize>start, end - start);
  const plain = internBytes(name);
  name.length = 0;
  name.text('Exception');
  if (internBytes(name) == plain) return plain;
  name.length = 0;
  name.bytes(sourceAddress + <usize>start, end - start);
  name.text('Exception');
  return internBytes(name);
}

function word(afterDot: bool): void {
  const start = tokenStart;
  const end = nameEnd(start);
  if (end == start) {
    unexpected();
    return;
  }
  if (byteAt(start) == 95 && end - start > 1 && !isDigit(byteAt(start + 1))) {
    tokenValue = intern(sourceAddress + <usize>(start + 1), end - start - 1);
    mention(tokenValue);
    finish(Token.FieldName, end);
    return;
  }
  if (isUpper(byteAt(start)) && byteAt(end) == 33 && byteAt(end + 1) == 33) {
    tokenValue = exceptionName(start, end);
    mention(tokenValue);
    finish(Token.Name, end + 2);
    return;
  }
  tokenValue = intern(sourceAddress + <usize>start, end - start);
  mention(tokenValue);
  if (!afterDot && end - start == 2 && byteAt(end) == 63 && byteAt(start) == 105) {
    if (byteAt(start + 1) == 115) return finish(Token.IsQuestion, end + 1);
    if (byteAt(start + 1) == 110) return finish(Token.InQuestion, end + 1);
  }
  finish(wordToken(tokenValue), end);
}

/** One error for a run of characters that belong nowhere. */
function unexpected(): void {
  const start = tokenStart;
  const point = decode(sourceAddress + <usize>start, sourceLength - start);
  const length = decodedLength;
  let end = start + length;
  while (
    end < sourceLength &&
    memory.compare(sourceAddress + <usize>start, sourceAddress + <usize>end, <usize>length) == 0
  )
    end += length;
  const invisible = isUnprintable(point) || point == 0xa0 || (point >= 0x2000 && point <= 0x200f) || point == 0x3000;
  report(
    K0101_UNEXPECTED_CHARACTER,
    start,
    start + length,
    invisible ? hexText(point, point > 0xffff ? 6 : 4) : intern(sourceAddress + <usize>start, length),
  );
  finish(Token.Bad, end);
}

/** Can the token before be the end of an operand, so that `/` divides? */
function endsOperand(kind: i32): bool {
  switch (kind) {
    case Token.Name:
    case Token.FieldName:
    case Token.Int:
    case Token.Float:
    case Token.String:
    case Token.StringTail:
    case Token.Regex:
    case Token.Bad:
    case Token.ParenClose:
    case Token.BracketClose:
    case Token.BraceClose:
    case Token.Increment:
    case Token.Decrement:
    case Token.This:
    case Token.Super:
    case Token.True:
    case Token.False:
    case Token.Null:
      return true;
    default:
      return kind >= Token.In;
  }
}

/** End of the regex literal at `start`, or 0 if its line has no second slash. */
function regexEnd(start: i32): i32 {
  let at = start + 1;
  while (byteAt(at) >= 0 && byteAt(at) != 10) {
    if (byteAt(at) == 47) return nameEnd(at + 1);
    at += byteAt(at) == 92 && byteAt(at + 1) != 10 ? 2 : 1;
  }
  return 0;
}

/** A byte of the text that is being read; -1 outside of it. */
export function sourceByte(offset: i32): i32 {
  return byteAt(offset);
}

/** Reads the next token. Behind the last one, and when the host stopped the compiler, that is `Token.End`. */
export function nextToken(): void {
  const before = tokenKind;
  tokenOnNewLine = false;
  tokenIsMinimum = false;
  if (missingTails == 0) skipSpace();
  if (position >= nextCheck) {
    nextCheck = position + CHECK_EVERY;
    if (checkpoint()) position = sourceLength;
  }
  if (position >= sourceLength && interpolations.length > 0) closeInterpolations(0);
  tokenStart = position;
  tokenValue = 0;
  tokenHigh = 0;
  if (missingTails > 0) {
    missingTails--;
    return finish(Token.StringTail, position);
  }
  const c = byteAt(position);
  const next = byteAt(position + 1);
  if (c < 0) return finish(Token.End, position);
  if (isNameStart(c)) return word(before == Token.Dot || before == Token.SafeDot);
  if (isDigit(c) || (c == 46 && isDigit(next) && !endsOperand(before))) {
    const kind = scanNumber(position);
    tokenValue = <i32>numberValue;
    tokenHigh = <i32>(numberValue >> 32);
    tokenIsMinimum = kind == Token.Int && numberIsMinimum;
    return finish(kind, numberEnd);
  }
  if (c == 34) {
    if (next == 34 && byteAt(position + 2) == 34) return startString(QUOTE_TRIPLE, 3);
    return startString(QUOTE_DOUBLE, 1);
  }
  if (c == 39) return startString(QUOTE_SINGLE, 1);
  if (c == 64 && next == 34) return startString(QUOTE_RAW, 2);
  if (c == 64 && isNameStart(next)) {
    const end = nameEnd(position + 1);
    if (end > position + 1) {
      tokenValue = intern(sourceAddress + <usize>(position + 1), end - position - 1);
      return finish(Token.Annotation, end);
    }
  }
  if ((c == 123 || c == 125) && countBrace(c)) return continueString();
  if (c == 47 && !endsOperand(before)) {
    const end = regexEnd(position);
    if (end > 0) return finish(Token.Regex, end);
  }
  const kind = scanOperator(position);
  if (kind == Token.Bad) return unexpected();
  finish(kind, operatorEnd);
}

/** Is the token read last written as a word? */
export function tokenIsWord(): bool {
  return isWord(tokenKind);
}
