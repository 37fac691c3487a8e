/**
 * Functions and methods as values: `fib`, `object.method`, `Class.method`, `delegate(object, method)`. Each is an object of a
 * class of its own below Func, which the code generator makes when it meets the first of them.
 */
import { CLASS_OBJECT, N_OBJECT_NOTIFY, N_OBJECT_WAIT } from '../bytecode/builtins.generated';
import { K0213_NOT_YET, K0410_CANNOT_INFER, K0417_NOT_STATIC } from '../diagnostics/codes.generated';
import { Text, internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { NAME, Node, aOf, kindOf, nextOf, setSymbol } from '../syntax/ast';
import { ensureFilled } from './builtins';
import { useMethod } from './access';
import { currentClass, hasThis, noteThis } from './context';
import { frameWant } from './frames';
import { parameterOf, seenThrough, selfType, viewAs } from './generics';
import { checkParameterCount } from './lambdas';
import { findField, findFunction, findGlobal, findMethod } from './lookup';
import { chooseValue, functionForms, methodForms } from './overloads';
import {
  ClassInfo,
  MethodInfo,
  OPERATIONS,
  ReferenceInfo,
  S_REFERENCE,
  X_VALUE,
  classes,
  references,
  symbol,
} from './model';
import { displayName, problem } from './problem';
import { findLocal } from './scope';
import {
  ANY,
  ERROR,
  NULL,
  Type,
  addClassType,
  argumentCount,
  argumentOf,
  classType,
  funcType,
  isFunc,
  nonNull,
} from './types';

/** A function, or a static method. */
export const REFERENCE_STATIC: i32 = 0;
/** A method of the object that is at hand. */
export const REFERENCE_BOUND: i32 = 1;
/** A method whose object is the first argument. */
export const REFERENCE_UNBOUND: i32 = 2;

/** Is a variable or field of that name called, and not a method or function? */
export function namesFunctionValue(name: i32): bool {
  const local = findLocal(name);
  if (local) return isCallable(local.type);
  const c = currentClass();
  if ((c && findMethod(c, name)) || findFunction(name)) return false;
  const field = c ? findField(c, name) : null;
  if (field) return isCallable(field.type);
  const global = findGlobal(name);
  return global !== null && isCallable(global.type);
}

/** May a value of the type be called? An Any may turn out to be a function. */
function isCallable(type: Type): bool {
  return type == ANY || isFunc(nonNull(type));
}

/** Type of the name at `n` as a method of `this` or a function, if it is one, and its symbol; ERROR if it is none. `found`: whether it is. */
export function ownReference(n: Node, name: Text): Type {
  found = true;
  const c = currentClass();
  const m = c ? findMethod(c, name) : null;
  if (c && m && m.isStatic()) return referenceTo(n, m, REFERENCE_STATIC, ERROR);
  if (c && m && hasThis()) {
    noteThis();
    return referenceTo(n, m, REFERENCE_BOUND, selfType(c));
  }
  if (c && !m) {
    const forms = methodForms(c, name);
    if (forms.length > 0) return ownForm(n, forms, selfType(c));
  }
  const f = findFunction(name);
  if (f) return referenceTo(n, f, REFERENCE_STATIC, ERROR);
  const forms = functionForms(name);
  found = forms.length > 0;
  return found ? ownForm(n, forms, ERROR) : ERROR;
}

// Type of a name that several functions have, or several methods of `this`.
function ownForm(n: Node, forms: Array<MethodInfo>, self: Type): Type {
  const m = chooseValue(n, forms, frameWant(), false, self);
  if (!m) return ERROR;
  if (m.owner < 0 || m.isStatic()) return referenceTo(n, m, REFERENCE_STATIC, ERROR);
  if (!hasThis()) {
    problem(K0417_NOT_STATIC, n, displayName(m.common), displayName(classes[m.owner].name));
    return ERROR;
  }
  noteThis();
  return referenceTo(n, m, REFERENCE_BOUND, self);
}

/** Did the name that was looked for mean something? */
export let found: bool = false;

/** Type of `object.name`, where that is a method of an object of type `receiver` and class `c`. */
export function memberReference(n: Node, c: ClassInfo, name: Text, receiver: Type): Type {
  let m = findMethod(c, name);
  const forms = m ? new Array<MethodInfo>() : methodForms(c, name);
  found = m !== null || forms.length > 0;
  if (forms.length > 0) m = chooseValue(n, forms, frameWant(), false, receiver);
  if (!m) return ERROR;
  return referenceTo(n, m, m.isStatic() ? REFERENCE_STATIC : REFERENCE_BOUND, receiver);
}

/** Type of `C.name`, where that is a method of the class: one that is not static takes its object as its first argument. */
export function classReference(n: Node, c: ClassInfo, name: Text): Type {
  let m = findMethod(c, name);
  const forms = m ? new Array<MethodInfo>() : methodForms(c, name);
  found = m !== null || forms.length > 0;
  if (forms.length > 0) m = chooseValue(n, forms, frameWant(), true, selfType(c));
  if (!m) return ERROR;
  if (m.isStatic()) return referenceTo(n, m, REFERENCE_STATIC, ERROR);
  let receiver = selfType(c);
  if (c.variables.length > 0) {
    // What is expected tells what the variables of the class stand for.
    const want = frameWant() > NULL && isFunc(nonNull(frameWant())) ? nonNull(frameWant()) : ERROR;
    receiver = want != ERROR && argumentCount(want) > 0 ? viewAs(nonNull(argumentOf(want, 0)), c.id) : ERROR;
    if (receiver == ERROR) {
      problem(
        K0410_CANNOT_INFER,
        n,
        displayName(c.name),
        internLiteral('give it to a variable that has a Func type, or write a lambda'),
      );
      return ERROR;
    }
  }
  return referenceTo(n, m, REFERENCE_UNBOUND, receiver);
}

/** Type of `m`, a method of an object of type `receiver`, as a value; the symbol of `n` then is the reference. */
function referenceTo(n: Node, m: MethodInfo, form: i32, receiver: Type): Type {
  const waits = m.native == N_OBJECT_WAIT || m.native == N_OBJECT_NOTIFY;
  if (m.variables.length > 0 || waits) {
    problem(
      K0213_NOT_YET,
      n,
      internLiteral(waits ? 'waiting as a value' : 'a generic function as a value'),
      internLiteral('write a lambda that calls it'),
    );
    return ERROR;
  }
  useMethod(n, m);
  m.flags |= X_VALUE;
  const types = new IntVector(4);
  if (form == REFERENCE_UNBOUND) types.push(receiver);
  for (let i = 0; i < m.params.length; i++) types.push(parameterOf(m, i, receiver));
  if (!checkParameterCount(n, types.length)) return ERROR;
  let index = 0;
  while (index < references.length && !isThe(references[index], m, form, receiver)) index++;
  if (index == references.length) {
    const r = new ReferenceInfo();
    r.target = m;
    r.form = form;
    r.receiver = receiver;
    r.type = funcType(types, seenThrough(m.result, receiver, m.owner));
    references.push(r);
  }
  setSymbol(n, symbol(S_REFERENCE, index));
  return references[index].type;
}

function isThe(r: ReferenceInfo, m: MethodInfo, form: i32, receiver: Type): bool {
  return r.target == m && r.form == form && r.receiver == receiver;
}

/** Is the call one of `delegate(object, method)`, and not of something that the script defines under that name? */
export function isDelegate(callee: Node, first: Node): bool {
  if (kindOf(callee) != NAME || aOf(callee) != internLiteral('delegate') || first == 0) return false;
  const second = nextOf(first);
  if (second == 0 || nextOf(second) != 0 || kindOf(second) != NAME) return false;
  const name = aOf(callee);
  const c = currentClass();
  return (
    !findLocal(name) && !findGlobal(name) && !findFunction(name) && !(c && (findMethod(c, name) || findField(c, name)))
  );
}

/** A class of the compiler's own, below `above`, whose name no class of a script can have. */
export function hiddenClass(name: Text, above: i32): ClassInfo {
  const c = new ClassInfo();
  c.id = classes.length;
  c.name = name;
  c.superId = above;
  c.above = classType(above);
  c.depth = classes[above].depth + 1;
  for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
  const root = ensureFilled(classes[CLASS_OBJECT]);
  for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot >= 0) c.vtable.push(root.methods[i]);
  classes.push(c);
  addClassType(name);
  return c;
}
