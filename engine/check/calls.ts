/** Checking calls and `new`: which method is meant, and its arguments. */
import { CLASS_ARRAY, N_OBJECT_NOTIFY, N_OBJECT_WAIT } from '../bytecode/builtins.generated';
import {
  K0302_UNKNOWN_CLASS,
  K0303_UNKNOWN_METHOD,
  K0305_UNKNOWN_FUNCTION,
  K0308_THIS_OUTSIDE,
  K0401_TYPE_MISMATCH,
  K0405_ARGUMENT_COUNT,
  K0414_NOT_CALLABLE,
  K0417_NOT_STATIC,
  K0420_NOT_ORDERED,
  K0424_NOT_WAITABLE,
  K0507_ABSTRACT_NEW,
  K0509_NO_CONSTRUCTOR,
  K0512_SUPER_MISPLACED,
} from '../diagnostics/codes.generated';
import {
  CALL,
  MEMBER,
  NAME,
  NEW,
  Node,
  SUPER,
  THIS,
  aOf,
  bOf,
  dOf,
  kindOf,
  nextOf,
  setSymbol,
  setType,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textByte } from '../support/texts';
import { currentClass, currentMethod, hasThis } from './context';
import { expectType, stringType } from './conversions';
import { expectCondition, namesClass, receiverType } from './expressions';
import { WANT_ANY, frameX, frameY, leaveWith, resume, setFrameX, setFrameY, visit } from './frames';
import {
  classOfType,
  findClass,
  findConstructor,
  findField,
  findFunction,
  findGlobal,
  findMethod,
  functions,
  similarMethod,
  superOf,
} from './lookup';
import {
  C_ABSTRACT,
  C_BOUND,
  C_BUILTIN,
  C_OPEN,
  M_ABSTRACT,
  M_CONSTRUCTOR,
  MethodInfo,
  ParamInfo,
  S_CLASS,
  S_METHOD,
  classes,
  methods,
  symbol,
  symbolIndex,
  symbolKind,
} from './model';
import { consider, displayName, numberText, problem, startSuggestion, suggestion } from './problem';
import { checkHome, resolveType, unknownClassHint } from './resolve';
import { findLocal, forgetNow, isConstantName } from './scope';
import { ERROR, INT, BOOLEAN, Type, VOID, arrayOf, elementOf, isArray, isClass, typeName } from './types';

/**
 * A call's node: its symbol is the method (S_METHOD) once it is known. Frame: X the argument last visited, Y its index + 1.
 * Phase 0 visits the receiver where there is one; from phase 1 on the arguments follow.
 */
export function stepCall(n: Node): void {
  const callee = <Node>aOf(n);
  const phase = resume();
  if (phase == 0) {
    if (kindOf(callee) == MEMBER && namesClass(<Node>aOf(callee)) < 0) {
      if (isUnknownClass(<Node>aOf(callee))) return leaveWith(unknownClass(<Node>aOf(callee)));
      return visit(<Node>aOf(callee), WANT_ANY);
    }
    findCallee(n, callee);
    return nextArgument(n);
  }
  if (phase == 1 && kindOf(callee) == MEMBER && symbolKind(symbolOf(<Node>aOf(callee))) != S_CLASS) {
    findMember(n, callee);
    return nextArgument(n);
  }
  checkArgument(n);
  nextArgument(n);
}

// A name as classes have them in front of a method, and nothing has that name. (Constants are all upper case.)
function isUnknownClass(object: Node): bool {
  if (kindOf(object) != NAME) return false;
  const name = aOf(object);
  const c = textByte(name, 0);
  if (c < 65 || c > 90 || isConstantName(name) || findLocal(name) || findGlobal(name)) return false;
  const own = currentClass();
  return !own || !findField(own, name);
}

function unknownClass(object: Node): Type {
  problem(K0302_UNKNOWN_CLASS, object, displayName(aOf(object)), unknownClassHint(aOf(object)));
  return ERROR;
}

function methodOf(n: Node): MethodInfo | null {
  return symbolKind(symbolOf(n)) == S_METHOD ? methods[symbolIndex(symbolOf(n))] : null;
}

/** `wait` of Object: its condition is code, not a value; a time limit makes it a boolean. */
function isWait(m: MethodInfo): bool {
  return m.native == N_OBJECT_WAIT;
}

function setMethod(n: Node, m: MethodInfo): void {
  setSymbol(n, symbol(S_METHOD, m.id));
}

// ---- who is called ----

function findCallee(n: Node, callee: Node): void {
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
      return setMethod(n, m);
    }
  }
  const f = findFunction(name);
  if (f) return setMethod(n, f);
  if (findLocal(name) || findGlobal(name)) return problem(K0414_NOT_CALLABLE, callee, name);
  problem(K0305_UNKNOWN_FUNCTION, callee, displayName(name), functionHint(name));
}

function functionHint(name: Text): Text {
  if (findClass(name)) return internLiteral('objects are made with new');
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
  if (!m) return problem(K0303_UNKNOWN_METHOD, callee, displayName(c.name), bOf(callee), similarMethod(c, bOf(callee)));
  if (!m.isStatic()) return problem(K0417_NOT_STATIC, callee, bOf(callee), displayName(c.name));
  setMethod(n, m);
}

function findMember(n: Node, callee: Node): void {
  const object = <Node>aOf(callee);
  const name = bOf(callee);
  let type = receiverType(object);
  if (type == ERROR) return;
  let c = classOfType(type)!;
  if (kindOf(object) == SUPER) c = superOf(c)!;
  const m = findMethod(c, name);
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
  if (c.id == CLASS_ARRAY) checkArrayMethod(callee, name, type);
  const waits = m.native == N_OBJECT_WAIT || m.native == N_OBJECT_NOTIFY;
  if (waits && (type == INT || type == BOOLEAN || type == stringType()))
    problem(K0424_NOT_WAITABLE, object, typeName(type));
}

// What only arrays of ints and strings can do.
function checkArrayMethod(callee: Node, name: Text, type: Type): void {
  const element = elementOf(type);
  const plain = element == INT || element == stringType();
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

// ---- arguments ----

function argumentCount(n: Node): i32 {
  let count = 0;
  for (let a = <Node>bOf(n); a != 0; a = nextOf(a)) count++;
  return count;
}

/** Element type of the receiver, for methods of arrays; ERROR otherwise. */
function elementFor(n: Node): Type {
  const callee = <Node>aOf(n);
  if (kindOf(n) != CALL || kindOf(callee) != MEMBER) return ERROR;
  const type = typeOf(<Node>aOf(callee));
  return type > VOID && isArray(type) ? elementOf(type) : ERROR;
}

function paramType(n: Node, p: ParamInfo): Type {
  if (!p.isTypeVariable) return p.type;
  const element = elementFor(n);
  return p.isArrayOfVariable ? arrayOf(element) : element;
}

function nextArgument(n: Node): void {
  const index = frameY();
  const next = index == 0 ? <Node>bOf(n) : nextOf(<Node>frameX());
  if (next == 0) return leaveWith(finishCall(n));
  setFrameX(<i32>next);
  setFrameY(index + 1);
  const m = methodOf(n);
  // The condition of `wait` is looked at again and again, as that of a loop is.
  const repeated = m !== null && isWait(m) && index == 0;
  if (repeated) forgetNow(next, false);
  const want = m && !repeated && index < m.params.length ? paramType(n, m.params[index]) : WANT_ANY;
  visit(next, want > VOID ? want : WANT_ANY);
}

function checkArgument(n: Node): void {
  const argument = <Node>frameX();
  const index = frameY() - 1;
  const m = methodOf(n);
  if (!m) return;
  if (isWait(m) && index == 0) return expectCondition(argument);
  if (index < m.params.length) expectType(argument, typeOf(argument), paramType(n, m.params[index]));
}

function finishCall(n: Node): Type {
  const m = methodOf(n);
  if (kindOf(n) == NEW) {
    if (m) checkCount(n, m);
    return typeOf(<Node>aOf(n));
  }
  if (!m) return kindOf(<Node>aOf(n)) == SUPER ? VOID : ERROR;
  checkCount(n, m);
  if (isWait(m)) return argumentCount(n) > 1 ? BOOLEAN : VOID;
  if (!m.resultIsVariable) return m.result;
  const element = elementFor(n);
  return m.resultIsArrayOfVariable ? arrayOf(element) : element;
}

function checkCount(n: Node, m: MethodInfo): void {
  const count = argumentCount(n);
  const least = m.required();
  if (count >= least && count <= m.params.length) return;
  const name = m.flags & M_CONSTRUCTOR ? displayName(classes[m.owner].name) : m.name;
  problem(K0405_ARGUMENT_COUNT, n, name, rangeText(least, m.params.length), numberText(<i64>count));
}

function rangeText(least: i32, most: i32): Text {
  const out = new ByteVector(16);
  out.decimal(<i64>least);
  if (most != least) {
    out.text(' to ');
    out.decimal(<i64>most);
  }
  return internBytes(out);
}

// ---- new ----

/** `new C(…)`: like a call of its constructor. */
export function stepNew(n: Node): void {
  const phase = resume();
  if (phase == 0) {
    const type = resolveType(<Node>aOf(n));
    setType(<Node>aOf(n), type);
    if (type != ERROR) findNew(n, type);
    return nextArgument(n);
  }
  checkArgument(n);
  nextArgument(n);
}

function findNew(n: Node, type: Type): void {
  if (!isClass(type)) {
    problem(
      K0509_NO_CONSTRUCTOR,
      n,
      typeName(type),
      internLiteral(isArray(type) ? 'write [] for an empty array' : 'write a literal'),
    );
    return;
  }
  const c = classOfType(type)!;
  if (c.flags & C_ABSTRACT) problem(K0507_ABSTRACT_NEW, n, displayName(c.name));
  const m = findConstructor(c);
  if (m) return setMethod(n, m);
  if (c.flags & C_BOUND)
    problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name), internLiteral('its binding declares no constructor'));
  else if (c.flags & C_BUILTIN && !(c.flags & C_OPEN)) problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name));
  else if (bOf(n) != 0)
    problem(K0405_ARGUMENT_COUNT, n, displayName(c.name), numberText(0), numberText(<i64>argumentCount(n)));
}
