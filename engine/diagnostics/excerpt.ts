/** The line of the source that a diagnostic is about, with carets below; and columns. */
import { decode, decodedLength, isUnprintable, isWide } from '../support/utf8';
import { ByteVector } from '../support/vectors';
import { addressBase, endOffset, firstOffset, lineStart } from './lines';
import { putPrintable } from './message';

// A line longer than this many characters is clipped around the carets, to this many before and behind their begin.
const LONGEST_LINE: i32 = 160;
const BEFORE: i32 = 50;
const BEHIND: i32 = 90;

// The text that is shown: its bytes are at `source` + offset, from `sourceFirst` on and up to `sourceBytes`.
let source: usize = 0;
let sourceFirst: i32 = 0;
let sourceBytes: i32 = 0;

// The column computed last: diagnostics come in order, so a long line is walked once.
let knownOffset: i32 = -1;
let knownColumn: i32 = 0;

/** The functions below are about the text of this offset from now on; `lines.ts` must know it. */
export function chooseText(offset: i32): void {
  const base = addressBase(offset);
  if (base != source) knownOffset = -1;
  source = base;
  sourceFirst = firstOffset(offset);
  sourceBytes = endOffset(offset);
}

/** The offset, moved into the text. */
export function clamp(offset: i32): i32 {
  return offset < sourceFirst ? sourceFirst : offset > sourceBytes ? sourceBytes : offset;
}

/** Bytes of the character at `offset`, 1 for one that is not UTF-8. */
function step(offset: i32): i32 {
  decode(source + <usize>offset, sourceBytes - offset);
  return decodedLength;
}

function isByteOrderMark(offset: i32): bool {
  if (offset != sourceFirst || sourceBytes - offset < 3) return false;
  return decode(source + <usize>offset, sourceBytes - offset) == 0xfeff;
}

/** Column of a byte offset in characters from 1; a byte order mark is none. */
export function columnOf(offset: i32): i32 {
  const first = lineStart(offset);
  let at = first;
  let column = 1;
  if (knownOffset >= first && knownOffset <= offset) {
    at = knownOffset;
    column = knownColumn;
  }
  while (at < offset) {
    if (!isByteOrderMark(at)) column++;
    at += step(at);
  }
  knownOffset = offset;
  knownColumn = column;
  return column;
}

/** Byte behind the last character of the line that begins at `first`, its line end not included. */
function lineEnd(first: i32): i32 {
  let at = first;
  while (at < sourceBytes && load<u8>(source + <usize>at) != 10) at++;
  if (at > first && load<u8>(source + <usize>(at - 1)) == 13) at--;
  return at;
}

/** `count` characters before `offset`, but not before `least`. */
function back(offset: i32, count: i32, least: i32): i32 {
  let at = offset;
  for (; count > 0 && at > least; count--) {
    at--;
    while (at > least && (load<u8>(source + <usize>at) & 0xc0) == 0x80) at--;
  }
  return at;
}

function forward(offset: i32, count: i32, most: i32): i32 {
  let at = offset;
  for (; count > 0 && at < most; count--) at += step(at);
  return at > most ? most : at;
}

// What part of which line is shown: bytes.
let from: i32 = 0;
let to: i32 = 0;
let clippedBefore: bool = false;
let clippedBehind: bool = false;

/** Chooses the part of the line of `start` to show. */
export function chooseExcerpt(start: i32): void {
  const first = lineStart(start);
  const last = lineEnd(first);
  from = first;
  to = last;
  if (last - first > LONGEST_LINE) {
    from = back(start < last ? start : last, BEFORE, first);
    to = forward(start, BEHIND, last);
  }
  clippedBefore = from > first;
  clippedBehind = to < last;
  if (isByteOrderMark(from)) from += 3;
}

/** Appends the chosen part of the line. */
export function putExcerpt(out: ByteVector): void {
  if (clippedBefore) out.codePoint(0x2026);
  let at = from;
  while (at < to) {
    const bytes = step(at);
    if (load<u8>(source + <usize>at) == 9) out.byte(9);
    else putPrintable(out, source + <usize>at, bytes);
    at += bytes;
  }
  if (clippedBehind) out.codePoint(0x2026);
}

/** Cells of a terminal that the character at `offset` takes as `putExcerpt` writes it. */
function cells(offset: i32): i32 {
  const point = decode(source + <usize>offset, sourceBytes - offset);
  return !isUnprintable(point) && isWide(point) ? 2 : 1;
}

/** Appends white space up to the column of `start` below the excerpt: a tab below a tab, two spaces below a wide character. */
export function putPadding(out: ByteVector, start: i32): void {
  if (clippedBefore) out.byte(32);
  let at = from;
  while (at < start && at < to) {
    const isTab = load<u8>(source + <usize>at) == 9;
    for (let n = isTab ? 1 : cells(at); n > 0; n--) out.byte(isTab ? 9 : 32);
    at += step(at);
  }
}

/** Appends carets below `start` … `end` - 1, at least one; a span of several lines is marked to the end of its first. */
export function putCarets(out: ByteVector, start: i32, end: i32): void {
  const last = end > to ? to : end;
  if (start >= last) out.byte(94);
  let at = start;
  while (at < last) {
    for (let n = cells(at); n > 0; n--) out.byte(94);
    at += step(at);
  }
}
