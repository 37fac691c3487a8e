/** Natives of Class: an object of it holds the id of the class that it stands for. */
import { CLASS_TYPE_EXCEPTION } from '../bytecode/builtins.generated';
import { classCount, classSuper, isInterface } from '../vm/classes';
import { BOX_VALUE, classOf, isInstance, newClass, newStringFrom } from '../vm/object';
import { need } from '../vm/reclaim';
import { classNameAddress, classNameLength } from '../vm/render';
import { throwNumbers } from './message';
import { answerBoolean, answerNew, integer, reference } from './native';

function answerClass(act: usize, window: usize, cls: i32): i32 {
  need(act, 64);
  return answerNew(window, newClass(act, cls));
}

function idOf(window: usize): i32 {
  return <i32>load<i64>(reference(window, 0), BOX_VALUE);
}

/** The class of an object. */
export function objectGetClass(act: usize, window: usize): i32 {
  return answerClass(act, window, classOf(reference(window, 0)));
}

/** The class whose id is argument 0, as code generation knows it. */
export function classById(act: usize, window: usize): i32 {
  const id = integer(window, 0);
  if (id < 0 || id >= <i64>classCount) return throwNumbers(act, CLASS_TYPE_EXCEPTION, 'there is no class {a}', id, 0);
  return answerClass(act, window, <i32>id);
}

export function classGetName(act: usize, window: usize): i32 {
  const cls = idOf(window);
  need(act, <usize>classNameLength(cls) + 64);
  return answerNew(window, newStringFrom(act, classNameAddress(cls), classNameLength(cls)));
}

/** Null where there is none. */
export function classGetSuperclass(act: usize, window: usize): i32 {
  const cls = idOf(window);
  const above = isInterface(cls) ? -1 : classSuper(cls);
  if (above >= 0) return answerClass(act, window, above);
  store<u64>(window, 0);
  return 0;
}

export function classIsInstance(window: usize): i32 {
  const value = reference(window, 1);
  return answerBoolean(window, value != 0 && isInstance(value, idOf(window)));
}
