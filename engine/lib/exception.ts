/** Natives of Exception and Errno!!. */
import {
  SLOT_ERRNO_EXCEPTION_ERRNO,
  SLOT_EXCEPTION_CAUSE,
  SLOT_EXCEPTION_MESSAGE,
} from '../bytecode/builtins.generated';
import { newStringFrom, setField, setReferenceField } from '../vm/object';
import { need } from '../vm/reclaim';
import { renderBuffer, renderStack } from '../vm/render';
import { DONE, answerNew, answerNothing, chargeBytes, integer, reference } from './native';

export function exceptionNew(window: usize): i32 {
  const exception = reference(window, 0);
  setReferenceField(exception, SLOT_EXCEPTION_MESSAGE, reference(window, 1));
  setReferenceField(exception, SLOT_EXCEPTION_CAUSE, reference(window, 2));
  return answerNothing(window);
}

export function errnoExceptionNew(window: usize): i32 {
  const exception = reference(window, 0);
  setField(exception, SLOT_ERRNO_EXCEPTION_ERRNO, integer(window, 1));
  setReferenceField(exception, SLOT_EXCEPTION_MESSAGE, reference(window, 2));
  return answerNothing(window);
}

/** Answers one line a frame; nothing before the exception was thrown. */
export function exceptionGetStack(act: usize, window: usize): i32 {
  const bytes = renderStack(reference(window, 0));
  const status = chargeBytes(act, <i64>bytes);
  if (status != DONE) return status;
  need(act, <usize>bytes + 64);
  return answerNew(window, newStringFrom(act, renderBuffer(), bytes));
}
