/** Arrays as text. */
import { ARR_FLAG_REFS, MAX_PAYLOAD, STR_BYTES, STR_CHARS, STR_DATA, countChars, newString } from '../vm/object';
import { throwOutOfMemory } from '../vm/exceptions';
import { writeLiteral } from '../vm/literal';
import { need } from '../vm/reclaim';
import { kindOf, sizeOf, slotOf } from './array';
import { DONE, answerNew, chargeBytes, reference } from './native';
import { elementBytes, writeElement } from './value-text';

/** Bytes of the elements' texts, with `between` bytes between two of them. */
function textBytes(array: usize, between: i64): i64 {
  const size = sizeOf(array);
  const kind = kindOf(array);
  let bytes: i64 = size > 1 ? <i64>(size - 1) * between : 0;
  for (let i = 0; i < size; i++) bytes += <i64>elementBytes(slotOf(array, i), kind);
  return bytes;
}

/**
 * Answers the texts of argument 0's elements, with `bytes` bytes of a separator between them (at `separator`, or the
 * text of argument 1 when that is 0), in brackets if wanted.
 */
function joined(act: usize, window: usize, separator: usize, bytes: i32, brackets: bool): i32 {
  // An element is looked at twice; one that is a reference costs a look at its object.
  const slots = (<i64>sizeOf(reference(window, 0))) << (kindOf(reference(window, 0)) == ARR_FLAG_REFS ? 5 : 4);
  let status = chargeBytes(act, slots);
  if (status != DONE) return status;
  const length = textBytes(reference(window, 0), <i64>bytes) + (brackets ? 2 : 0);
  status = chargeBytes(act, length);
  if (status != DONE) return status;
  if (length > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>length + 64);
  const text = newString(act, <i32>length, 0);
  if (!text) return answerNew(window, 0);
  const array = reference(window, 0);
  const kind = kindOf(array);
  const between = separator != 0 ? separator : reference(window, 1) + STR_DATA;
  let to = text + STR_DATA;
  if (brackets) to = writeLiteral(to, to + 1, '[');
  for (let i = 0; i < sizeOf(array); i++) {
    if (i > 0) {
      memory.copy(to, between, <usize>bytes);
      to += <usize>bytes;
    }
    to = writeElement(to, slotOf(array, i), kind);
  }
  if (brackets) writeLiteral(to, to + 1, ']');
  store<u32>(text, <u32>countChars(text + STR_DATA, <i32>length), STR_CHARS);
  return answerNew(window, text);
}

export function arrayJoin(act: usize, window: usize): i32 {
  return joined(act, window, 0, load<i32>(reference(window, 1), STR_BYTES), false);
}

const comma: usize = memory.data<u8>([44, 32]);

/** `[1, 2, 3]`: an array's elements as `join` spells them. */
export function arrayToString(act: usize, window: usize): i32 {
  return joined(act, window, comma, 2, true);
}
