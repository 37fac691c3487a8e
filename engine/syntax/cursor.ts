/** The parser's view of the tokens: a window of bounded look-ahead, errors about what was found, and resynchronising. */
import {
  K0201_EXPECTED_TOKEN,
  K0204_EXPECTED_NAME,
  K0206_UNCLOSED,
  K0213_NOT_YET,
  K0901_TOO_DEEP,
} from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { stopped } from '../support/checkpoint';
import { Text, internBytes, internLiteral } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  nextToken,
  startLexer,
  tokenEnd,
  tokenHigh,
  tokenIsMinimum,
  tokenKind,
  tokenOnNewLine,
  tokenStart,
  tokenValue,
} from './lexer';
import { sourceAddress } from './source';
import { Token, describeToken, isNameLike } from './tokens';

/** How many tokens ahead may be looked at. */
export const LOOK_AHEAD: i32 = 62;
/** Levels that constructs may nest. */
export const MOST_LEVELS: i32 = 256;

// A ring of tokens: kind, start, end, value, high, flags.
const RING: i32 = 64;
const BYTES: i32 = 24;
const ON_NEW_LINE: i32 = 1;
const IS_MINIMUM: i32 = 2;
const ring: usize = memory.data(1536);
let first: i32 = 0;
let filled: i32 = 0;

/** Byte behind the token passed last. */
export let lastEnd: i32 = 0;
/** Tokens passed so far. */
export let passed: i32 = 0;
/** Set when parsing cannot go on sensibly (nested too deep, stopped by the host): everything unwinds without a word. */
export let gaveUp: bool = false;

let levels: i32 = 0;

/** Starts with a text; see `startLexer`. */
export function startCursor(at: usize, length: i32, base: i32): void {
  startLexer(at, length, base);
  first = 0;
  filled = 0;
  lastEnd = base;
  passed = 0;
  levels = 0;
  reportedStart = -1;
  statementMark = 0;
  gaveUp = false;
}

function slot(ahead: i32): usize {
  while (filled <= ahead) {
    nextToken();
    const at = ring + <usize>(((first + filled) & (RING - 1)) * BYTES);
    store<i32>(at, tokenKind);
    store<i32>(at, tokenStart, 4);
    store<i32>(at, tokenEnd, 8);
    store<i32>(at, tokenValue, 12);
    store<i32>(at, tokenHigh, 16);
    store<i32>(at, (tokenOnNewLine ? ON_NEW_LINE : 0) | (tokenIsMinimum ? IS_MINIMUM : 0), 20);
    filled++;
  }
  return ring + <usize>(((first + ahead) & (RING - 1)) * BYTES);
}

/** Kind of the token `ahead` tokens on, at most LOOK_AHEAD. */
export function kindAt(ahead: i32): i32 {
  return gaveUp ? <i32>Token.End : load<i32>(slot(ahead));
}
/** Kind of the token that is next. */
export function kind(): i32 {
  return kindAt(0);
}
export function startAt(ahead: i32): i32 {
  return load<i32>(slot(ahead), 4);
}
export function endAt(ahead: i32): i32 {
  return load<i32>(slot(ahead), 8);
}
export function valueAt(ahead: i32): i32 {
  return load<i32>(slot(ahead), 12);
}
/** First byte of the next token. */
export function start(): i32 {
  return startAt(0);
}
/** Byte behind the next token. */
export function end(): i32 {
  return endAt(0);
}
/** Value of the next token: a text, or the low half of an int. */
export function value(): i32 {
  return valueAt(0);
}
export function highHalf(): i32 {
  return load<i32>(slot(0), 16);
}
export function isMinimum(): bool {
  return (load<i32>(slot(0), 20) & IS_MINIMUM) != 0;
}
export function onNewLineAt(ahead: i32): bool {
  return (load<i32>(slot(ahead), 20) & ON_NEW_LINE) != 0;
}
/** Does the next token begin a line? */
export function onNewLine(): bool {
  return onNewLineAt(0);
}

/** Passes the next token; the end stays where it is. */
export function advance(): void {
  if (kind() == Token.End) return;
  lastEnd = end();
  first = (first + 1) & (RING - 1);
  filled--;
  passed++;
}

/** Passes one `>`: of `>>`, `>>>` and what else begins with `>` only the first sign; `>=>` is `>` and `=>`. */
export function takeGreater(): bool {
  const token = kind();
  const rest = behindGreater(token);
  if (rest < 0) return token == Token.Greater && take(token);
  const from = start();
  if (rest == Token.FatArrow) {
    if (kindAt(1) != Token.Greater || startAt(1) != end()) return false;
    store<i32>(slot(1), rest);
    store<i32>(slot(1), from + 1, 4);
    store<i32>(slot(1), load<i32>(slot(1), 20) & ~ON_NEW_LINE, 20);
    advance();
  } else {
    store<i32>(slot(0), rest);
    store<i32>(slot(0), from + 1, 4);
    store<i32>(slot(0), load<i32>(slot(0), 20) & ~ON_NEW_LINE, 20);
  }
  lastEnd = from + 1;
  return true;
}

// What is left of a token without its first sign, which is `>`; -1 if nothing is, or it is another.
function behindGreater(token: i32): i32 {
  switch (token) {
    case Token.Shr:
      return Token.Greater;
    case Token.Ushr:
      return Token.Shr;
    case Token.GreaterEqual:
      return Token.FatArrow;
    case Token.ShrAssign:
      return Token.GreaterEqual;
    case Token.UshrAssign:
      return Token.ShrAssign;
    default:
      return -1;
  }
}

/** Passes the next token if it is of this kind. */
export function take(wanted: i32): bool {
  if (kind() != wanted) return false;
  advance();
  return true;
}

/** Stops parsing; `kind` is `Token.End` from now on. */
export function giveUp(): void {
  gaveUp = true;
}

/** One level deeper, for a construct that begins at these bytes. False, K0901 and given up beyond MOST_LEVELS. */
export function enter(from: i32, to: i32): bool {
  if (levels == MOST_LEVELS) {
    const most = new ByteVector(16);
    most.decimal(MOST_LEVELS);
    report(K0901_TOO_DEEP, from, to, internBytes(most));
    giveUp();
    return false;
  }
  levels++;
  return true;
}
/** `count` levels up. */
export function leave(count: i32 = 1): void {
  levels -= count;
}

/** How a diagnostic names the next token. */
export function found(): Text {
  return describeToken(kind(), sourceAddress + <usize>start(), end() - start());
}

// Where the last error about a token was: a second one about the same token would only confuse.
let reportedStart: i32 = -1;

/** Reports `code` at the next token, with what was found as its last text. Silent about tokens that are errors already. */
export function reportFound(code: i32, wanted: Text = 0): void {
  if (gaveUp || stopped() || kind() == Token.Bad || isMissingTail() || reportedStart == start()) return;
  reportedStart = start();
  if (wanted != 0) report(code, start(), end(), wanted, found());
  else report(code, start(), end(), found());
}

/** Does the lexer know already that the string ended too early? */
export function isMissingTail(): bool {
  return kind() == Token.StringTail && start() == end();
}

/** Passes the wanted token, or reports K0201 with this description. */
export function expect(wanted: i32, description: string): bool {
  if (take(wanted)) return true;
  reportFound(K0201_EXPECTED_TOKEN, internLiteral(description));
  return false;
}

/** Passes a name and returns it; 0 and K0204 if there is none. */
export function expectName(): Text {
  if (!isNameLike(kind())) {
    reportFound(K0204_EXPECTED_NAME);
    return 0;
  }
  const name = value();
  advance();
  return name;
}

/** K0206 at the byte or bytes that open a construct. */
export function reportUnclosed(opener: i32, length: i32, open: string, close: string): void {
  if (!gaveUp && !stopped()) report(K0206_UNCLOSED, opener, opener + length, internLiteral(open), internLiteral(close));
}

/** K0213 for these source bytes. */
export function notYet(from: i32, to: i32, what: string, hint: string): void {
  if (!gaveUp) report(K0213_NOT_YET, from, to, internLiteral(what), internLiteral(hint));
}

// What opens and closes, for skipping.
function opens(token: i32): bool {
  return (
    token == Token.ParenOpen || token == Token.BracketOpen || token == Token.BraceOpen || token == Token.StringHead
  );
}
function closes(token: i32): bool {
  return (
    token == Token.ParenClose || token == Token.BracketClose || token == Token.BraceClose || token == Token.StringTail
  );
}

/** Can this token only be the beginning of a statement or declaration? */
function startsStatement(token: i32): bool {
  switch (token) {
    case Token.If:
    case Token.While:
    case Token.Do:
    case Token.For:
    case Token.Foreach:
    case Token.Switch:
    case Token.Case:
    case Token.Default:
    case Token.Break:
    case Token.Continue:
    case Token.Return:
    case Token.Try:
    case Token.Throw:
    case Token.Assert:
    case Token.Class:
    case Token.Var:
    case Token.Def:
    case Token.Final:
    case Token.Annotation:
      return true;
    default:
      return false;
  }
}

/** Does the line that the next token begins close more than it opens, so that it goes on with brackets from before? */
export function lineCloses(): bool {
  let depth = 0;
  for (let i = 0; i < LOOK_AHEAD; i++) {
    const token = kindAt(i);
    if (token == Token.End || (i > 0 && onNewLineAt(i))) return false;
    if (opens(token)) depth++;
    else if (closes(token) && --depth < 0) return token != Token.BraceClose;
  }
  return false;
}

/** Passes what the next token opens, up to what closes it. Stops at the end. */
export function skipBalanced(): void {
  let depth = 0;
  do {
    const token = kind();
    if (opens(token)) depth++;
    else if (closes(token)) depth--;
    advance();
  } while (depth > 0 && kind() != Token.End);
}

// Tokens passed when the statement began.
let statementMark: i32 = 0;

/** A statement begins at the next token: resynchronising goes beyond that. */
export function markStatement(): void {
  statementMark = passed;
}

/**
 * After an error, with `open` brackets open since the statement began: goes to where the next statement can begin: behind
 * `;`, to a new line outside of brackets, to a new line with a word that begins a statement, or to `}`.
 */
export function skipStatement(open: i32): void {
  let depth = open;
  let braces = 0;
  for (;;) {
    const token = kind();
    if (token == Token.End) return;
    if (braces == 0) {
      if (token == Token.BraceClose) return;
      if (token == Token.Semicolon) return advance();
      if (onNewLine() && passed > statementMark && (depth <= 0 || startsStatement(token))) return;
      // A block that follows is parsed, not skipped: its statements deserve their own errors.
      if (token == Token.BraceOpen && depth <= 0 && passed > statementMark) return;
    }
    if (token == Token.BraceOpen) braces++;
    else if (token == Token.BraceClose) braces--;
    else if (braces == 0) depth += opens(token) ? 1 : closes(token) ? -1 : 0;
    advance();
  }
}

/** After an error in a header `( … )` with `open` brackets open, its own included: goes behind its end, or to a body or new statement. */
export function skipHeader(open: i32): void {
  let depth = open;
  while (depth > 0) {
    const token = kind();
    if (token == Token.End || token == Token.BraceOpen || token == Token.BraceClose) return;
    if (onNewLine() && startsStatement(token)) return;
    if (opens(token)) depth++;
    else if (closes(token)) depth--;
    advance();
  }
}
