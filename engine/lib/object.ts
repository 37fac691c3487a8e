/** Natives of Object, and waiting. They serve every built-in class: which one it is, they see from the object. */
import { CLASS_ARRAY, CLASS_STRING } from '../bytecode/builtins.generated';
import { STR_CHARS, STR_DATA, classOf, countChars, newString, newStringFrom } from '../vm/object';
import { notify, time } from '../vm/env';
import { need } from '../vm/reclaim';
import { classNameAddress, classNameLength } from '../vm/render';
import { arrayToString } from './array-text';
import { comparedBytes, equalReferences, hashOf } from './equality';
import { park, stackBytes } from '../vm/wait';
import {
  DONE,
  THROWN,
  WAITING,
  answer,
  answerBoolean,
  answerNew,
  answerNothing,
  chargeBytes,
  integer,
  reference,
} from './native';
import { referenceBytes, writeReference } from './value-text';

const CLOCK_BOOT: i32 = 0;
const NS_PER_MS: i64 = 1000000;

export function objectToString(act: usize, window: usize): i32 {
  const cls = classOf(reference(window, 0));
  if (cls == CLASS_STRING) return answerNew(window, reference(window, 0));
  if (cls == CLASS_ARRAY) return arrayToString(act, window);
  const bytes = referenceBytes(reference(window, 0));
  const status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  const text = newString(act, bytes, 0);
  if (!text) return answerNew(window, 0);
  writeReference(text + STR_DATA, reference(window, 0));
  store<u32>(text, <u32>countChars(text + STR_DATA, bytes), STR_CHARS);
  return answerNew(window, text);
}

export function objectEquals(act: usize, window: usize): i32 {
  const status = chargeBytes(act, <i64>comparedBytes(reference(window, 0)));
  return status != DONE ? status : answerBoolean(window, equalReferences(reference(window, 0), reference(window, 1)));
}

export function objectHashCode(act: usize, window: usize): i32 {
  const status = chargeBytes(act, <i64>comparedBytes(reference(window, 0)));
  return status != DONE ? status : answer(window, hashOf(reference(window, 0)));
}

export function objectGetClassName(act: usize, window: usize): i32 {
  const cls = classOf(reference(window, 0));
  need(act, <usize>classNameLength(cls) + 64);
  return answerNew(window, newStringFrom(act, classNameAddress(cls), classNameLength(cls)));
}

/**
 * Waits for the object, once: answers 0 when it was notified, 1 when the time in argument 2 (ns since boot; -1: none)
 * has come. The loop around it, with the condition, is generated code.
 */
export function objectWait(act: usize, window: usize): i32 {
  const until = integer(window, 2);
  if (until >= 0 && time(act, CLOCK_BOOT) >= until) return answer(window, 1);
  // The stack is copied away and back.
  const status = chargeBytes(act, (<i64>stackBytes(act)) << 1);
  if (status != DONE) return status;
  return park(act, reference(window, 0), until < 0 ? -1 : until) ? WAITING : THROWN;
}

/** Answers the time, in ns since boot, that is argument 0 in milliseconds from now; none of them is in the past. */
export function waitUntil(act: usize, window: usize): i32 {
  const now = time(act, CLOCK_BOOT);
  const milliseconds = integer(window, 0);
  if (milliseconds <= 0) return answer(window, now);
  const most = (i64.MAX_VALUE - now) / NS_PER_MS;
  return answer(window, milliseconds >= most ? i64.MAX_VALUE : now + milliseconds * NS_PER_MS);
}

export function objectNotify(act: usize, window: usize): i32 {
  notify(act, reference(window, 0));
  return answerNothing(window);
}
