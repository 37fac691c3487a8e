/** What a call calls: a function, a method of an object or class, a value, one form of several. */
import { CLASS_SYSTEM, CLASS_ARRAY, N_OBJECT_NOTIFY, N_OBJECT_WAIT } from '../bytecode/builtins.generated';
import {
  K0302_UNKNOWN_CLASS,
  K0303_UNKNOWN_METHOD,
  K0305_UNKNOWN_FUNCTION,
  K0308_THIS_OUTSIDE,
  K0401_TYPE_MISMATCH,
  K0405_ARGUMENT_COUNT,
  K0406_MAY_BE_NULL,
  K0414_NOT_CALLABLE,
  K0417_NOT_STATIC,
  K0420_NOT_ORDERED,
  K0424_NOT_WAITABLE,
  K0507_ABSTRACT_NEW,
  K0512_SUPER_MISPLACED,
} from '../diagnostics/codes.generated';
import { sortsBy } from '../syntax/close-brackets';
import {
  CALL,
  C_VALUE,
  MEMBER,
  NAME,
  Node,
  SUPER,
  THIS,
  aOf,
  bOf,
  dOf,
  kindOf,
  nextOf,
  opOf,
  setA,
  setB,
  setKind,
  setNext,
  setOp,
  setSymbol,
  setType,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { Text, internLiteral, textByte } from '../support/texts';
import { ensureFilled } from './builtins';
import { useMethod } from './access';
import { currentClass, currentMethod, hasThis, noteThis } from './context';
import { stringType } from './conversions';
import { namesClass, receiverType } from './members';
import { WANT_ANY, setPhase } from './frames';
import {
  classOfType,
  findClass,
  findConstructor,
  findField,
  findFunction,
  findGlobal,
  findMethod,
  functions,
  ownMethod,
  similarMethod,
  superOf,
} from './lookup';
import {
  ClassInfo,
  F_STATIC,
  FieldInfo,
  M_ABSTRACT,
  M_CONSTRUCTOR,
  M_USER_ONLY,
  MethodInfo,
  S_CLASS,
  S_DYNAMIC,
  S_METHOD,
  classes,
  methods,
  symbol,
  symbolIndex,
  symbolKind,
} from './model';
import { consider, displayName, numberText, problem, startSuggestion, suggestion } from './problem';
import { checkHome, checkUserOnly, unknownClassHint } from './resolve';
import { namesFunctionValue } from './functions';
import { fieldType } from './names';
import { formByCount, functionForms, methodForms } from './overloads';
import { seenThrough, selfType } from './generics';
import { findLocal, isConstantName } from './scope';
import { ANY, BOOLEAN, ERROR, Type, elementOf, isFunc, isNumber, isPrimitive, nonNull, typeName } from './types';
import { argumentCount } from './arguments';

// `delegate(object, method)` says the same as `object.method`.
export function becomeMember(n: Node): void {
  const object = <Node>bOf(n);
  setKind(n, MEMBER);
  setA(n, <i32>object);
  setB(n, aOf(nextOf(object)));
  setNext(object, 0);
  setPhase(0);
}

// Is the callee an expression whose value is called?
export function isValue(callee: Node): bool {
  const kind = kindOf(callee);
  if (kind == NAME) return namesFunctionValue(aOf(callee));
  return kind != MEMBER && kind != SUPER && kind != THIS;
}

// What is called must be a function.
export function checkFunction(callee: Node): void {
  const type = typeOf(callee);
  if (type == ERROR || type == ANY || isFunc(type)) return;
  if (isFunc(nonNull(type))) problem(K0406_MAY_BE_NULL, callee, typeName(nonNull(type)));
  else problem(K0414_NOT_CALLABLE, callee, internLiteral('this value'));
  setType(callee, ERROR);
}

// Type of the function that a call of a value calls; ERROR if it calls none.
export function functionOf(n: Node): Type {
  const type = opOf(n) == C_VALUE ? typeOf(<Node>aOf(n)) : ERROR;
  return isFunc(type) ? type : ERROR;
}

// Type of the object whose method a name alone, or super(…), calls.
export function ownReceiver(callee: Node): Type {
  const c = currentClass();
  return c && (kindOf(callee) == NAME || kindOf(callee) == SUPER) ? selfType(c) : ERROR;
}

// A name as classes have them in front of a method, and nothing has that name. (Constants are all upper case.)
export function isUnknownClass(object: Node): bool {
  if (kindOf(object) != NAME) return false;
  const name = aOf(object);
  const c = textByte(name, 0);
  if (c < 65 || c > 90 || isConstantName(name) || findLocal(name) || findGlobal(name)) return false;
  const own = currentClass();
  return !own || !findField(own, name);
}

export function unknownClass(object: Node): Type {
  problem(K0302_UNKNOWN_CLASS, object, displayName(aOf(object)), unknownClassHint(aOf(object)));
  return ERROR;
}

export function methodOf(n: Node): MethodInfo | null {
  return symbolKind(symbolOf(n)) == S_METHOD ? methods[symbolIndex(symbolOf(n))] : null;
}

/** `wait` of Object: its condition is code, not a value; a time limit makes it a boolean. */
export function isWait(m: MethodInfo): bool {
  return m.native == N_OBJECT_WAIT;
}

export function setMethod(n: Node, m: MethodInfo): void {
  if (m.flags & M_USER_ONLY) checkUserOnly(kindOf(n) == CALL ? <Node>aOf(n) : n, m);
  useMethod(n, m);
  setSymbol(n, symbol(S_METHOD, m.id));
}

// The forms that the name of the call being looked at has, if there are several.
let foundForms: Array<MethodInfo> | null = null;

// They, for the call that is beginning.
export function formsFound(): Array<MethodInfo> | null {
  const found = foundForms;
  foundForms = null;
  return found;
}

// Notes the forms of a name, one of which is meant. False: there are none.
function takeForms(n: Node, forms: Array<MethodInfo>): bool {
  if (forms.length == 0) return false;
  const only = formByCount(forms, argumentCount(n));
  if (only) setForm(n, only);
  else foundForms = forms;
  return true;
}

// What a name alone calls may be a method of the object that is at hand.
export function setForm(n: Node, m: MethodInfo): void {
  const callee = <Node>aOf(n);
  if (kindOf(callee) == NAME && m.owner >= 0 && !m.isStatic()) {
    if (!hasThis()) problem(K0417_NOT_STATIC, callee, m.name, displayName(classes[m.owner].name));
    noteThis();
  }
  setMethod(n, m);
}

export function findCallee(n: Node, callee: Node): void {
  const kind = kindOf(callee);
  if (kind == NAME) return findPlain(n, callee, aOf(callee));
  if (kind == MEMBER) return findStatic(n, callee);
  if (kind == SUPER) return findSuperConstructor(n, callee);
  problem(K0414_NOT_CALLABLE, callee, internLiteral(kind == THIS ? 'this' : 'this value'));
}

function findPlain(n: Node, callee: Node, name: Text): void {
  const c = currentClass();
  if (c) {
    const m = findMethod(c, name);
    if (m) {
      if (!m.isStatic() && !hasThis()) problem(K0417_NOT_STATIC, callee, name, displayName(c.name));
      if (!m.isStatic()) noteThis();
      return setMethod(n, m);
    }
    if (takeForms(n, methodForms(c, name))) return;
  }
  const f = findFunction(name);
  if (f) return setMethod(n, f);
  if (takeForms(n, functionForms(name))) return;
  if (name == internLiteral('eval') && !findLocal(name) && !findGlobal(name))
    return setMethod(n, ownMethod(ensureFilled(classes[CLASS_SYSTEM]), name)!);
  if (findLocal(name) || findGlobal(name)) return problem(K0414_NOT_CALLABLE, callee, name);
  problem(K0305_UNKNOWN_FUNCTION, callee, displayName(name), functionHint(name));
}

function functionHint(name: Text): Text {
  if (findClass(name)) return internLiteral('objects are made with new');
  if (name == internLiteral('delegate')) return internLiteral('write delegate(object, method), or object.method');
  if (name == internLiteral('wait')) return internLiteral('name the object that is waited for: object.wait(condition)');
  if (name == internLiteral('notify')) return internLiteral('name the object that others wait for: object.notify()');
  startSuggestion(name);
  for (let i = 0; i < functions.length; i++) consider(functions[i].name);
  const c = currentClass();
  if (c) for (let i = 0; i < c.methods.length; i++) consider(c.methods[i].name);
  return suggestion();
}

function findStatic(n: Node, callee: Node): void {
  const object = <Node>aOf(callee);
  const id = namesClass(object);
  setSymbol(object, symbol(S_CLASS, id));
  const c = classes[id];
  checkHome(id, object, c.name);
  const m = findMethod(c, bOf(callee));
  const field: FieldInfo | null = m ? null : findField(c, bOf(callee));
  if (field && field.flags & F_STATIC && isFunc(nonNull(field.type))) {
    setOp(n, C_VALUE);
    setType(callee, fieldType(callee, field, WANT_ANY, ERROR));
    return checkFunction(callee);
  }
  if (!m && takeForms(n, staticForms(c, bOf(callee)))) return;
  if (!m) return problem(K0303_UNKNOWN_METHOD, callee, displayName(c.name), bOf(callee), similarMethod(c, bOf(callee)));
  if (!m.isStatic()) return problem(K0417_NOT_STATIC, callee, bOf(callee), displayName(c.name));
  setMethod(n, m);
}

function staticForms(c: ClassInfo, name: Text): Array<MethodInfo> {
  const all = methodForms(c, name);
  const found = new Array<MethodInfo>();
  for (let i = 0; i < all.length; i++) if (all[i].isStatic()) found.push(all[i]);
  return found;
}

export function findMember(n: Node, callee: Node): void {
  const object = <Node>aOf(callee);
  const name = bOf(callee);
  let type = receiverType(object);
  if (type == ERROR) return;
  if (type == ANY) return setSymbol(n, symbol(S_DYNAMIC, 0));
  let c = classOfType(type)!;
  if (kindOf(object) == SUPER) c = superOf(c)!;
  const m = findMethod(c, c.id == CLASS_ARRAY && sortsBy(n) ? internLiteral('sortBy') : name);
  const field: FieldInfo | null = m ? null : findField(c, name);
  if (field && kindOf(object) != SUPER && isFunc(nonNull(seenThrough(field.type, type, field.owner)))) {
    setOp(n, C_VALUE);
    setType(callee, fieldType(callee, field, WANT_ANY, type));
    return checkFunction(callee);
  }
  if (!m && takeForms(n, methodForms(c, name))) return;
  if (!m)
    return problem(
      K0303_UNKNOWN_METHOD,
      callee,
      kindOf(object) == SUPER ? displayName(c.name) : typeName(type),
      name,
      similarMethod(c, name),
    );
  if (kindOf(object) == SUPER && m.flags & M_ABSTRACT) problem(K0507_ABSTRACT_NEW, callee, name);
  setMethod(n, m);
  if (c.id == CLASS_ARRAY && m.native >= 0) checkArrayMethod(callee, name, type);
  const waits = m.native == N_OBJECT_WAIT || m.native == N_OBJECT_NOTIFY;
  if (waits && (isPrimitive(type) || type == stringType())) problem(K0424_NOT_WAITABLE, object, typeName(type));
}

// What only arrays of ints and strings can do.
function checkArrayMethod(callee: Node, name: Text, type: Type): void {
  const element = elementOf(type);
  const plain = isNumber(element) || element == stringType();
  if (name == internLiteral('sort') && !plain) problem(K0420_NOT_ORDERED, callee, typeName(element));
  if (name == internLiteral('join') && !plain && element != BOOLEAN)
    problem(K0401_TYPE_MISMATCH, callee, internLiteral('String[], int[] or boolean[]'), typeName(type));
}

function findSuperConstructor(n: Node, callee: Node): void {
  const m = currentMethod();
  const c = currentClass();
  if (!c || !m || !(m.flags & M_CONSTRUCTOR)) return problem(K0308_THIS_OUTSIDE, callee, internLiteral('super(…)'));
  m.callsSuper = true;
  if (!isFirstStatement(m, n)) problem(K0512_SUPER_MISPLACED, callee);
  const above = findConstructor(superOf(c)!);
  if (above) return setMethod(n, above);
  if (bOf(n) != 0)
    problem(K0405_ARGUMENT_COUNT, n, displayName(superOf(c)!.name), numberText(0), numberText(<i64>argumentCount(n)));
}

function isFirstStatement(m: MethodInfo, call: Node): bool {
  const body = <Node>dOf(m.node);
  const first = body == 0 ? 0 : <Node>aOf(body);
  return first != 0 && <Node>aOf(first) == call;
}
