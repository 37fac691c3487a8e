/** Pieces of string literals: text up to the closing quote or to `${`. */
import { K0102_UNTERMINATED_STRING, K0106_BAD_ESCAPE } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { Text, intern, internBytes, internLiteral } from '../support/texts';
import { decode, decodedLength } from '../support/utf8';
import { ByteVector } from '../support/vectors';
import { byteAt, sourceAddress, sourceLength } from './source';

// Forms of string literals.
export const QUOTE_DOUBLE: i32 = 0; // "…" escapes and interpolation
export const QUOTE_TRIPLE: i32 = 1; // """…""" the same, over several lines
export const QUOTE_SINGLE: i32 = 2; // '…' escapes
export const QUOTE_RAW: i32 = 3; // @"…" nothing but "" for a quote; over several lines

/** Text of the piece read last. */
export let pieceText: Text = 0;
/** Byte behind it, and behind the quote or `${` that ended it. */
export let pieceEnd: i32 = 0;
/** Did it have no end? */
export let pieceBroken: bool = false;
/** Did `${` end it? */
export let pieceOpens: bool = false;

const buffer = new ByteVector(256);

function hexDigit(c: i32): i32 {
  if (c >= 48 && c <= 57) return c - 48;
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function badEscape(start: i32, end: i32): i32 {
  report(K0106_BAD_ESCAPE, start, end, intern(sourceAddress + <usize>(start + 1), end - start - 1));
  return end;
}

/** \xHH: a code point up to 255. */
function hexEscape(at: i32): i32 {
  const high = hexDigit(byteAt(at + 2));
  const low = high < 0 ? -1 : hexDigit(byteAt(at + 3));
  if (low < 0) return badEscape(at, at + 2);
  buffer.codePoint((high << 4) | low);
  return at + 4;
}

/** \u{H…} with 1 to 6 digits, or Java's \uHHHH. */
function unicodeEscape(at: i32): i32 {
  const braces = byteAt(at + 2) == 123;
  let end = braces ? at + 3 : at + 2;
  const first = end;
  let point = 0;
  const most = braces ? 6 : 4;
  while (end < first + most && hexDigit(byteAt(end)) >= 0) point = (point << 4) | hexDigit(byteAt(end++));
  if (end == first || (braces ? byteAt(end) != 125 : end - first < 4)) return badEscape(at, at + 2);
  if (braces) end++;
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return badEscape(at, end);
  buffer.codePoint(point);
  return end;
}

/** Resolves the escape whose backslash is at `at` into the buffer; returns the byte behind it. */
function escape(at: i32): i32 {
  let c = byteAt(at + 1);
  switch (c) {
    case 110: // n
      c = 10;
      break;
    case 116: // t
      c = 9;
      break;
    case 114: // r
      c = 13;
      break;
    case 48: // 0
      c = 0;
      break;
    case 92: // \
    case 34: // "
    case 39: // '
    case 36: // $
      break;
    case 120:
      return hexEscape(at);
    case 117:
      return unicodeEscape(at);
    case -1:
    case 10:
    case 13:
      return badEscape(at, at + 1);
    default:
      decode(sourceAddress + <usize>(at + 1), sourceLength - at - 1);
      return badEscape(at, at + 1 + decodedLength);
  }
  buffer.byte(c);
  return at + 2;
}

function endsAt(at: i32, form: i32): bool {
  if (form == QUOTE_SINGLE) return byteAt(at) == 39;
  if (byteAt(at) != 34) return false;
  return form != QUOTE_TRIPLE || (byteAt(at + 1) == 34 && byteAt(at + 2) == 34 && byteAt(at + 3) != 34);
}

/**
 * Reads a piece of a literal of this form from `at`, behind its quote or `}`. `opener` is where the literal begins, for
 * K0102 (unless `quiet`) when it has no end; the piece then ends with the line, or the file if the form spans lines.
 */
export function scanPiece(at: i32, form: i32, opener: i32, quiet: bool): void {
  buffer.length = 0;
  pieceOpens = false;
  pieceBroken = false;
  const spansLines = form == QUOTE_TRIPLE || form == QUOTE_RAW;
  const interpolates = form == QUOTE_DOUBLE || form == QUOTE_TRIPLE;
  for (;;) {
    const c = byteAt(at);
    if (c < 0 || ((c == 10 || c == 13) && !spansLines)) {
      pieceBroken = true;
      if (quiet) break;
      const width = form == QUOTE_TRIPLE ? 3 : form == QUOTE_RAW ? 2 : 1;
      report(
        K0102_UNTERMINATED_STRING,
        opener,
        opener + width,
        internLiteral(form == QUOTE_TRIPLE ? '"""' : form == QUOTE_SINGLE ? "'" : '"'),
      );
      break;
    }
    if (endsAt(at, form)) {
      if (form == QUOTE_RAW && byteAt(at + 1) == 34) {
        buffer.byte(34);
        at += 2;
        continue;
      }
      at += form == QUOTE_TRIPLE ? 3 : 1;
      break;
    }
    if (c == 92 && form != QUOTE_RAW) {
      at = escape(at);
    } else if (c == 36 && interpolates && byteAt(at + 1) == 123) {
      at += 2;
      pieceOpens = true;
      break;
    } else {
      // A line ends with \n, however the file says it.
      if (c != 13 || byteAt(at + 1) != 10) buffer.byte(c);
      at++;
    }
  }
  pieceText = internBytes(buffer);
  pieceEnd = at;
}
