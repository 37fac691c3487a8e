/** Arrays as text. */
import { CLASS_ARRAY } from '../bytecode/builtins.generated';
import {
  ARR_FLAG_REFS,
  MAX_PAYLOAD,
  STR_BYTES,
  STR_CHARS,
  STR_DATA,
  classOf,
  countChars,
  newString,
} from '../vm/object';
import { joinTexts, textBytes } from '../vm/text';
import { throwOutOfMemory } from '../vm/exceptions';
import { writeLiteral } from '../vm/literal';
import { need } from '../vm/reclaim';
import { kindOf, sizeOf, slotOf } from './array';
import { DONE, answerNew, chargeBytes, reference } from './native';
import { elementBytes, writeElement } from './value-text';

/** Arrays within arrays that are gone into; what lies deeper is an `Array`. */
const MOST_LEVELS: i32 = 16;
/** Steps between two looks at the fuel. */
const STEPS: i32 = 4096;
// Per level: the array, and the place of its next element.
const levels: usize = memory.data(128, 4);

function enterLevel(level: i32, array: usize): void {
  store<u32>(levels + ((<usize>level) << 3), <u32>array);
  store<i32>(levels + ((<usize>level) << 3), 0, 4);
}

/**
 * Goes through the elements of an array, and of arrays in it: their texts, with `bytes` bytes of `separator` between them, nested arrays
 * in brackets, go to `to`, or are only measured if that is 0. The bytes; -1: an exception is pending, or the host stops it.
 */
function walk(act: usize, array: usize, separator: usize, bytes: i32, to: usize): i64 {
  let level = 0;
  let length: i64 = 0;
  let steps = 0;
  enterLevel(0, array);
  while (level >= 0) {
    const at = levels + ((<usize>level) << 3);
    const inner = <usize>load<u32>(at);
    const index = load<i32>(at, 4);
    if (!to && ++steps == STEPS) {
      steps = 0;
      status = chargeBytes(act, (<i64>STEPS) << 4);
      if (status != DONE || length > <i64>MAX_PAYLOAD) return status != DONE ? -1 : length;
    }
    if (index == sizeOf(inner)) {
      if (level-- > 0) length = put(to, length, 93);
      continue;
    }
    store<i32>(at, index + 1, 4);
    const own = level == 0 ? bytes : 2;
    if (index > 0) {
      if (to) memory.copy(to + <usize>length, level == 0 ? separator : comma, <usize>own);
      length += <i64>own;
    }
    const kind = kindOf(inner);
    const slot = slotOf(inner, index);
    if (kind == ARR_FLAG_REFS && level + 1 < MOST_LEVELS && isArrayRef(<usize>load<u32>(slot))) {
      enterLevel(++level, <usize>load<u32>(slot));
      length = put(to, length, 91);
    } else if (to) length = <i64>(writeElement(to + <usize>length, slot, kind) - to);
    else length += <i64>elementBytes(slot, kind);
  }
  return length;
}

// How the last walk ended.
let status: i32 = 0;

function put(to: usize, length: i64, byte: u8): i64 {
  if (to) store<u8>(to + <usize>length, byte);
  return length + 1;
}

function isArrayRef(ref: usize): bool {
  return ref != 0 && classOf(ref) == CLASS_ARRAY;
}

/**
 * Answers the texts of argument 0's elements, with `bytes` bytes of a separator between them (at `separator`, or the
 * text of argument 1 when that is 0), in brackets if wanted.
 */
function joined(act: usize, window: usize, separator: usize, bytes: i32, brackets: bool): i32 {
  // An element is looked at twice; one that is a reference costs a look at its object.
  const slots = (<i64>sizeOf(reference(window, 0))) << (kindOf(reference(window, 0)) == ARR_FLAG_REFS ? 5 : 4);
  status = chargeBytes(act, slots);
  if (status != DONE) return status;
  const inner = walk(act, reference(window, 0), separator, bytes, 0);
  if (inner < 0) return status;
  const length = inner + (brackets ? 2 : 0);
  status = chargeBytes(act, length);
  if (status != DONE) return status;
  if (length > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>length + 64);
  const text = newString(act, <i32>length, 0);
  if (!text) return answerNew(window, 0);
  const between = separator != 0 ? separator : reference(window, 1) + STR_DATA;
  let to = text + STR_DATA;
  if (brackets) to = writeLiteral(to, to + 1, '[');
  to += <usize>walk(act, reference(window, 0), between, bytes, to);
  if (brackets) writeLiteral(to, to + 1, ']');
  store<u32>(text, <u32>countChars(text + STR_DATA, <i32>length), STR_CHARS);
  return answerNew(window, text);
}

const comma: usize = memory.data<u8>([44, 32]);

/** `join` of an array that holds nothing but strings, as most do; NOT_TEXTS: it is no such array. */
function joinedTexts(act: usize, window: usize): i32 {
  const array = reference(window, 0);
  const count = <u32>sizeOf(array);
  if (count == 0 || kindOf(array) != ARR_FLAG_REFS || textBytes(slotOf(array, 0), 1) < 0) return NOT_TEXTS;
  status = chargeBytes(act, (<i64>count) << 5);
  if (status != DONE) return status;
  const bytes = textBytes(slotOf(array, 0), count);
  if (bytes < 0) return NOT_TEXTS;
  const length = bytes + <i64>(count - 1) * <i64>load<u32>(reference(window, 1), STR_BYTES);
  status = chargeBytes(act, length);
  if (status != DONE) return status;
  if (length > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>length + 64);
  return answerNew(window, joinTexts(act, slotOf(array, 0), count, <i32>bytes, reference(window, 1)));
}

const NOT_TEXTS: i32 = -1;

export function arrayJoin(act: usize, window: usize): i32 {
  const answered = joinedTexts(act, window);
  if (answered != NOT_TEXTS) return answered;
  return joined(act, window, 0, load<i32>(reference(window, 1), STR_BYTES), false);
}

/** `[1, 2, 3]`: an array's elements as `join` spells them. */
export function arrayToString(act: usize, window: usize): i32 {
  return joined(act, window, comma, 2, true);
}
