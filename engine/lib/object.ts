/** Natives of Object. They serve every built-in class: which one it is, they see from the object. */
import { CLASS_ARRAY, CLASS_STRING } from '../bytecode/builtins.generated';
import { STR_CHARS, STR_DATA, classOf, countChars, newString, newStringFrom } from '../vm/object';
import { need } from '../vm/reclaim';
import { classNameAddress, classNameLength } from '../vm/render';
import { arrayToString } from './array-text';
import { comparedBytes, equalReferences, hashOf } from './equality';
import { DONE, answer, answerBoolean, answerNew, chargeBytes, reference } from './native';
import { referenceBytes, writeReference } from './value-text';

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
