/** Natives of String that build new text: split, replace, case, repeat, reverse. */
import { CLASS_STRING } from '../bytecode/builtins.generated';
import { throwOutOfMemory } from '../vm/exceptions';
import {
  ARR_DATA,
  ARR_FLAG_REFS,
  ARR_SIZE,
  MAX_PAYLOAD,
  STR_DATA,
  countChars,
  newArray,
  newString,
  retain,
  setElementClass,
} from '../vm/object';
import { need } from '../vm/reclaim';
import { DONE, answerNew, charge, chargeBytes, integer, reference } from './native';
import { find } from './search';
import { bytesOf, charsOf, slice } from './string';
import { charBytes, decode } from './utf8';

/** Heap bytes that a short string of its own takes, its place in an array included. */
const STRING_BYTES: i64 = 48;

/** Appends a string that was just made to an array that has room for it. */
function append(array: usize, part: usize): void {
  const size = load<u32>(array, ARR_SIZE);
  store<u64>(<usize>load<u32>(array, ARR_DATA) + ((<usize>size) << 3), <u64>part);
  store<u32>(array, size + 1, ARR_SIZE);
  retain(part);
}

/** Answers the characters of argument 0 as an array of strings. */
export function stringEach(act: usize, window: usize): i32 {
  const chars = <i64>charsOf(reference(window, 0));
  const status = charge(act, chars);
  if (status != DONE) return status;
  if (chars * STRING_BYTES > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
  need(act, <usize>(chars * STRING_BYTES) + 64);
  const text = reference(window, 0);
  const array = newArray(act, ARR_FLAG_REFS, <i32>chars);
  if (!array) return answerNew(window, 0);
  setElementClass(array, CLASS_STRING, false);
  let offset = 0;
  while (offset < bytesOf(text)) {
    const length = charBytes(<u32>load<u8>(text + STR_DATA + <usize>offset));
    const part = slice(act, text, offset, length, 1);
    if (!part) return answerNew(window, 0);
    append(array, part);
    offset += length;
  }
  return answerNew(window, array);
}

/** Answers the code points of `this`. */
export function stringCodes(act: usize, window: usize): i32 {
  const chars = <i64>charsOf(reference(window, 0));
  const status = charge(act, chars >> 1);
  if (status != DONE) return status;
  if (chars << 3 > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
  need(act, <usize>(chars << 3) + 64);
  const array = newArray(act, 0, <i32>chars);
  if (!array) return answerNew(window, 0);
  const text = reference(window, 0) + STR_DATA;
  const data = <usize>load<u32>(array, ARR_DATA);
  let at = text;
  for (let i: usize = 0; i < <usize>chars; i++) {
    store<i64>(data + (i << 3), <i64>decode(at));
    at += <usize>charBytes(<u32>load<u8>(at));
  }
  store<u32>(array, <u32>chars, ARR_SIZE);
  return answerNew(window, array);
}

/** How often argument 1, which is not empty, stands in `this`; each occurrence behind the last. */
function occurrences(window: usize): i32 {
  const text = reference(window, 0);
  const wanted = reference(window, 1);
  let count = 0;
  let from = 0;
  while (true) {
    const found = find(text + STR_DATA + <usize>from, bytesOf(text) - from, wanted + STR_DATA, bytesOf(wanted));
    if (found < 0) return count;
    count++;
    from += found + bytesOf(wanted);
  }
}

export function stringSplit(act: usize, window: usize): i32 {
  if (bytesOf(reference(window, 1)) == 0) return stringEach(act, window);
  // The text is searched twice and copied once.
  const bytes = <i64>bytesOf(reference(window, 0));
  let status = chargeBytes(act, bytes * 3 + <i64>bytesOf(reference(window, 1)));
  if (status != DONE) return status;
  const parts = <i64>occurrences(window) + 1;
  status = charge(act, parts);
  if (status != DONE) return status;
  const room = bytes + parts * STRING_BYTES;
  if (room > <i64>MAX_PAYLOAD) return throwOutOfMemory(act);
  need(act, <usize>room + 64);
  const text = reference(window, 0);
  const separator = reference(window, 1);
  const array = newArray(act, ARR_FLAG_REFS, <i32>parts);
  if (!array) return answerNew(window, 0);
  setElementClass(array, CLASS_STRING, false);
  let from = 0;
  for (let i: i64 = 0; i < parts; i++) {
    const left = bytesOf(text) - from;
    const found = find(text + STR_DATA + <usize>from, left, separator + STR_DATA, bytesOf(separator));
    const length = found < 0 ? left : found;
    const part = slice(act, text, from, length, countChars(text + STR_DATA + <usize>from, length));
    if (!part) return answerNew(window, 0);
    append(array, part);
    from += length + bytesOf(separator);
  }
  return answerNew(window, array);
}

export function stringReplace(act: usize, window: usize): i32 {
  const bytes = <i64>bytesOf(reference(window, 0));
  const oldBytes = <i64>bytesOf(reference(window, 1));
  const newBytes = <i64>bytesOf(reference(window, 2));
  if (oldBytes == 0) return answerNew(window, reference(window, 0));
  let status = chargeBytes(act, bytes * 2 + oldBytes);
  if (status != DONE) return status;
  const count = <i64>occurrences(window);
  if (count == 0) return answerNew(window, reference(window, 0));
  const length = bytes + count * (newBytes - oldBytes);
  status = charge(act, count + (length >> 4));
  if (status != DONE) return status;
  if (length > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>length + 64);
  const text = reference(window, 0);
  const old = reference(window, 1);
  const put = reference(window, 2);
  const result = newString(act, <i32>length, charsOf(text) + <i32>count * (charsOf(put) - charsOf(old)));
  if (!result) return answerNew(window, 0);
  let from = text + STR_DATA;
  const end = from + <usize>bytes;
  let to = result + STR_DATA;
  for (let i: i64 = 0; i < count; i++) {
    const found = <usize>find(from, <i32>(end - from), old + STR_DATA, <i32>oldBytes);
    memory.copy(to, from, found);
    to += found;
    memory.copy(to, put + STR_DATA, <usize>newBytes);
    to += <usize>newBytes;
    from += found + <usize>oldBytes;
  }
  memory.copy(to, from, end - from);
  return answerNew(window, result);
}

/** A copy of `this` in which the ASCII letters `first` … `first` + 25 have the other case. */
function otherCase(act: usize, window: usize, first: u32): i32 {
  const bytes = bytesOf(reference(window, 0));
  const status = chargeBytes(act, <i64>bytes * 2);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  const text = reference(window, 0);
  const result = slice(act, text, 0, bytes, charsOf(text));
  if (!result) return answerNew(window, 0);
  const end = result + STR_DATA + <usize>bytes;
  for (let p = result + STR_DATA; p < end; p++) {
    const c = <u32>load<u8>(p);
    if (c - first < 26) store<u8>(p, <u8>(c ^ 32));
  }
  return answerNew(window, result);
}

export function stringUpper(act: usize, window: usize): i32 {
  return otherCase(act, window, 97);
}

export function stringLower(act: usize, window: usize): i32 {
  return otherCase(act, window, 65);
}

export function stringRepeat(act: usize, window: usize): i32 {
  const unit = bytesOf(reference(window, 0));
  const wanted = integer(window, 1);
  const times = wanted < 0 || unit == 0 ? 0 : wanted;
  if (unit != 0 && times > <i64>(MAX_PAYLOAD - 64) / <i64>unit) return throwOutOfMemory(act);
  const bytes = <i32>times * unit;
  const status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  const text = reference(window, 0);
  const result = newString(act, bytes, <i32>times * charsOf(text));
  if (!result || bytes == 0) return answerNew(window, result);
  const start = result + STR_DATA;
  memory.copy(start, text + STR_DATA, <usize>unit);
  // Each round doubles what is there.
  for (let done = unit; done < bytes; done <<= 1)
    memory.copy(start + <usize>done, start, <usize>min(done, bytes - done));
  return answerNew(window, result);
}

export function stringReverse(act: usize, window: usize): i32 {
  const bytes = bytesOf(reference(window, 0));
  const status = chargeBytes(act, <i64>bytes * 4);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  const text = reference(window, 0);
  const result = newString(act, bytes, charsOf(text));
  if (!result) return answerNew(window, 0);
  let to = result + STR_DATA + <usize>bytes;
  for (let offset = 0; offset < bytes;) {
    const length = <usize>charBytes(<u32>load<u8>(text + STR_DATA + <usize>offset));
    to -= length;
    memory.copy(to, text + STR_DATA + <usize>offset, length);
    offset += <i32>length;
  }
  return answerNew(window, result);
}
