/**
 * Natives of String that look at text or answer a piece of it; those that build new text are in string-build.ts.
 * Positions count characters; where all are ASCII, they are byte offsets.
 */
import { CLASS_OUT_OF_INDEX_EXCEPTION, CLASS_SCRIPT_EXCEPTION } from '../bytecode/builtins.generated';
import { STR_BYTES, STR_CHARS, STR_DATA, countChars, newString } from '../vm/object';
import { need } from '../vm/reclaim';
import { compareBytes, compareStrings, copyBytes } from '../vm/text';
import { throwNumbers, throwString } from './message';
import { DONE, answer, answerBoolean, answerNew, chargeBytes, integer, reference } from './native';
import { find, findLast } from './search';
import { byteOffset, charBytes, decode, isSpace } from './utf8';

/** Length of a string in bytes. */
export function bytesOf(text: usize): i32 {
  return load<i32>(text, STR_BYTES);
}

/** Length of a string in characters. */
export function charsOf(text: usize): i32 {
  return load<i32>(text, STR_CHARS);
}

function isAscii(text: usize): bool {
  return bytesOf(text) == charsOf(text);
}

/** Byte offset of character `index`, 0 … size, of a string. */
function offsetOf(text: usize, index: i32): i32 {
  return isAscii(text) ? index : byteOffset(text + STR_DATA, bytesOf(text), index);
}

/** Character position of byte `offset` of a string. */
function positionOf(text: usize, offset: i32): i32 {
  return isAscii(text) || offset <= 0 ? offset : countChars(text + STR_DATA, offset);
}

/** Fuel for finding character `index`. A status. */
function chargeSeek(act: usize, text: usize, index: i32): i32 {
  return isAscii(text) ? DONE : chargeBytes(act, (<i64>index) << 2);
}

/** A string of part of a string's bytes; `chars` as many characters. 0: exception pending. */
export function slice(act: usize, text: usize, offset: i32, bytes: i32, chars: i32): usize {
  const part = newString(act, bytes, chars);
  if (part) copyBytes(part + STR_DATA, text + STR_DATA + <usize>offset, <usize>bytes);
  return part;
}

export function stringSize(window: usize): i32 {
  return answer(window, <i64>charsOf(reference(window, 0)));
}

export function stringByteSize(window: usize): i32 {
  return answer(window, <i64>bytesOf(reference(window, 0)));
}

export function stringIsEmpty(window: usize): i32 {
  return answerBoolean(window, bytesOf(reference(window, 0)) == 0);
}

/** Is argument 1 the position of a character? Throws `OutOfIndex!!` and says no otherwise. */
function checkIndex(act: usize, window: usize): i32 {
  const size = <i64>charsOf(reference(window, 0));
  const index = integer(window, 1);
  if (index >= 0 && index < size) return chargeSeek(act, reference(window, 0), <i32>index);
  return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'index {a} is outside of a string of size {b}', index, size);
}

export function stringGet(act: usize, window: usize): i32 {
  const status = checkIndex(act, window);
  if (status != DONE) return status;
  need(act, 64);
  const text = reference(window, 0);
  const offset = offsetOf(text, <i32>integer(window, 1));
  return answerNew(window, slice(act, text, offset, charBytes(<u32>load<u8>(text + STR_DATA + <usize>offset)), 1));
}

export function stringCodeAt(act: usize, window: usize): i32 {
  const status = checkIndex(act, window);
  if (status != DONE) return status;
  const text = reference(window, 0);
  return answer(window, <i64>decode(text + STR_DATA + <usize>offsetOf(text, <i32>integer(window, 1))));
}

/** Position of argument 1 in `this` at or behind character `from`, or -1. The fuel is taken already. */
function search(window: usize, from: i32): i32 {
  const text = reference(window, 0);
  const wanted = reference(window, 1);
  const start = offsetOf(text, from);
  const found = find(text + STR_DATA + <usize>start, bytesOf(text) - start, wanted + STR_DATA, bytesOf(wanted));
  return found < 0 ? -1 : positionOf(text, start + found);
}

function chargeSearch(act: usize, window: usize): i32 {
  return chargeBytes(act, <i64>bytesOf(reference(window, 0)) + <i64>bytesOf(reference(window, 1)));
}

export function stringIndexOf(act: usize, window: usize): i32 {
  const status = chargeSearch(act, window);
  if (status != DONE) return status;
  const size = <i64>charsOf(reference(window, 0));
  let from = integer(window, 2);
  if (from < 0) from = 0;
  if (from > size) return answer(window, -1);
  return answer(window, <i64>search(window, <i32>from));
}

export function stringContains(act: usize, window: usize): i32 {
  const status = chargeSearch(act, window);
  return status != DONE ? status : answerBoolean(window, search(window, 0) >= 0);
}

export function stringLastIndexOf(act: usize, window: usize): i32 {
  const status = chargeSearch(act, window);
  if (status != DONE) return status;
  const text = reference(window, 0);
  const wanted = reference(window, 1);
  return answer(
    window,
    <i64>positionOf(text, findLast(text + STR_DATA, bytesOf(text), wanted + STR_DATA, bytesOf(wanted))),
  );
}

/** Does argument 1 stand in `this`, at its beginning or end? */
function matches(act: usize, window: usize, atEnd: bool): i32 {
  const text = reference(window, 0);
  const part = reference(window, 1);
  const bytes = bytesOf(part);
  const status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  if (bytes > bytesOf(text)) return answerBoolean(window, false);
  const at = text + STR_DATA + (atEnd ? <usize>(bytesOf(text) - bytes) : 0);
  return answerBoolean(window, compareBytes(at, <u32>bytes, part + STR_DATA, <u32>bytes) == 0);
}

export function stringStartsWith(act: usize, window: usize): i32 {
  return matches(act, window, false);
}

export function stringEndsWith(act: usize, window: usize): i32 {
  return matches(act, window, true);
}

export function stringCompareTo(act: usize, window: usize): i32 {
  const text = reference(window, 0);
  const other = reference(window, 1);
  const status = chargeBytes(act, <i64>min(bytesOf(text), bytesOf(other)));
  return status != DONE ? status : answer(window, <i64>compareStrings(text, other));
}

/** Bytes of white space at the front of a text. */
export function spaceInFront(at: usize, bytes: i32): i32 {
  let p = 0;
  while (p < bytes && isSpace(decode(at + <usize>p))) p += charBytes(<u32>load<u8>(at + <usize>p));
  return p;
}

/** Length of a text without the white space at its end. */
export function lengthWithoutSpace(at: usize, bytes: i32): i32 {
  let end = bytes;
  while (end > 0) {
    let start = end - 1;
    while (start > 0 && (load<u8>(at + <usize>start) & 0xc0) == 0x80) start--;
    if (!isSpace(decode(at + <usize>start))) break;
    end = start;
  }
  return end;
}

export function stringTrim(act: usize, window: usize): i32 {
  const bytes = bytesOf(reference(window, 0));
  const status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  const text = reference(window, 0);
  const start = spaceInFront(text + STR_DATA, bytes);
  const end = start + lengthWithoutSpace(text + STR_DATA + <usize>start, bytes - start);
  if (start == 0 && end == bytes) return answerNew(window, text);
  return answerNew(
    window,
    slice(act, text, start, end - start, countChars(text + STR_DATA + <usize>start, end - start)),
  );
}

export function stringSubstring(act: usize, window: usize): i32 {
  const size = <i64>charsOf(reference(window, 0));
  const from = integer(window, 1);
  let to = integer(window, 2);
  if (from < 0 || from > size)
    return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'from {a} is outside of a string of size {b}', from, size);
  if (from > to) return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'from {a} lies behind to {b}', from, to);
  if (to > size) to = size;
  const status = chargeBytes(act, to << 2);
  if (status != DONE) return status;
  need(act, ((<usize>(to - from)) << 2) + 64);
  const text = reference(window, 0);
  if (from == 0 && to == size) return answerNew(window, text);
  const start = offsetOf(text, <i32>from);
  const end = isAscii(text)
    ? <i32>to
    : start + byteOffset(text + STR_DATA + <usize>start, bytesOf(text) - start, <i32>(to - from));
  return answerNew(window, slice(act, text, start, end - start, <i32>(to - from)));
}

/** Value of a digit, 99 if it is none. */
function digitValue(c: u32): u64 {
  if (c >= 48 && c <= 57) return <u64>(c - 48);
  const lower = c | 32;
  return lower >= 97 && lower <= 102 ? <u64>(lower - 87) : 99;
}

export function stringToInt(act: usize, window: usize): i32 {
  const text = reference(window, 0);
  const status = chargeBytes(act, <i64>bytesOf(text));
  if (status != DONE) return status;
  let p = text + STR_DATA;
  let end = p + <usize>bytesOf(text);
  p += <usize>spaceInFront(p, bytesOf(text));
  end = p + <usize>lengthWithoutSpace(p, <i32>(end - p));
  const negative = p < end && load<u8>(p) == 45;
  if (p < end && (negative || load<u8>(p) == 43)) p++;
  let base: u64 = 10;
  if (end - p > 2 && load<u8>(p) == 48 && (load<u8>(p, 1) | 32) == 120) {
    base = 16;
    p += 2;
  }
  let valid = p < end;
  let fits = true;
  let value: u64 = 0;
  // The magnitude of the smallest int is one more than that of the largest.
  const limit: u64 = negative ? 0x8000000000000000 : 0x7fffffffffffffff;
  for (; p < end && valid; p++) {
    const digit = digitValue(<u32>load<u8>(p));
    if (digit >= base) valid = false;
    else if (value > (limit - digit) / base) fits = false;
    else value = value * base + digit;
  }
  if (!valid) return throwString(act, CLASS_SCRIPT_EXCEPTION, '"{s}" is not a whole number', 0, text);
  if (!fits) return throwString(act, CLASS_SCRIPT_EXCEPTION, '"{s}" does not fit into an int', 0, text);
  return answer(window, negative ? <i64>(0 - value) : <i64>value);
}
