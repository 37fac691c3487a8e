/** Checking calls and `new`: which method is meant, and its arguments. */
import { CLASS_SYSTEM, CLASS_ARRAY, N_OBJECT_NOTIFY, N_OBJECT_WAIT } from '../bytecode/builtins.generated';
import {
  K0302_UNKNOWN_CLASS,
  K0303_UNKNOWN_METHOD,
  K0305_UNKNOWN_FUNCTION,
  K0308_THIS_OUTSIDE,
  K0401_TYPE_MISMATCH,
  K0405_ARGUMENT_COUNT,
  K0406_MAY_BE_NULL,
  K0410_CANNOT_INFER,
  K0414_NOT_CALLABLE,
  K0417_NOT_STATIC,
  K0420_NOT_ORDERED,
  K0424_NOT_WAITABLE,
  K0440_TYPE_ARGUMENTS,
  K0507_ABSTRACT_NEW,
  K0509_NO_CONSTRUCTOR,
  K0512_SUPER_MISPLACED,
  K0902_TOO_MANY,
} from '../diagnostics/codes.generated';
import { sortsBy } from '../syntax/close-brackets';
import {
  CALL,
  CAST,
  C_VALUE,
  LAMBDA,
  MEMBER,
  NAME,
  NEW,
  N_DIAMOND,
  Node,
  SUPER,
  THIS,
  T_NAME,
  aOf,
  bOf,
  copyNode,
  dOf,
  kindOf,
  newNode,
  nextOf,
  opOf,
  setA,
  setB,
  setKind,
  setNext,
  setOp,
  setSymbol,
  setType,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { ensureFilled } from './builtins';
import { useClass, useMethod } from './access';
import { currentClass, currentMethod, hasThis, noteThis } from './context';
import { expectType, stringType, widens } from './conversions';
import { bareClass, expectCondition, namesClass, receiverType, rejectVoid } from './expressions';
import {
  WANT_ANY,
  frameWant,
  frameX,
  frameY,
  leaveWith,
  resume,
  setFrameX,
  setFrameY,
  setPhase,
  visit,
} from './frames';
import { stepFormat, takeFormat } from './formats';
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
  C_ABSTRACT,
  C_BOUND,
  C_BUILTIN,
  C_OPEN,
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
import { checkHome, checkUserOnly, fitsBound, resolveType, unknownClassHint } from './resolve';
import { isDelegate, namesFunctionValue } from './functions';
import { widenResult } from './lambdas';
import { fieldType } from './names';
import { chooseForm, formByCount, functionForms, methodForms } from './overloads';
import { Inference, currentCall, popCall, pushCall } from './inference';
import { seenThrough, selfType } from './generics';
import { isGuessing } from './results';
import { callRegex, takesRegex } from './regex-calls';
import { findLocal, forgetNow, isConstantName } from './scope';
import {
  ANY,
  BOOLEAN,
  ERROR,
  FLOAT,
  NULL,
  Type,
  VOID,
  boundOf,
  elementOf,
  isArray,
  isClass,
  isFunc,
  isInstance,
  isNumber,
  isPrimitive,
  isVariable,
  nameOf,
  argumentCount as argumentsIn,
  argumentOf,
  nonNull,
  resultOf,
  typeName,
} from './types';

/**
 * A call's node: its symbol is the method (S_METHOD) once it is known. Frame: X the argument last visited, Y its index + 1.
 * Phase 0 visits the receiver where there is one; from phase 1 on the arguments follow.
 */
export function stepCall(n: Node): void {
  const callee = <Node>aOf(n);
  const phase = resume();
  if (phase == 0) {
    const c = currentClass();
    if (takeFormat(n, c !== null && kindOf(callee) == NAME && findMethod(c, aOf(callee)) !== null))
      return stepFormat(n);
    if (kindOf(callee) == MEMBER && namesClass(<Node>aOf(callee)) < 0) {
      if (isUnknownClass(<Node>aOf(callee))) return leaveWith(unknownClass(<Node>aOf(callee)));
      return visit(<Node>aOf(callee), WANT_ANY);
    }
    if (isDelegate(callee, <Node>bOf(n))) return becomeMember(n);
    if (isValue(callee)) {
      setOp(n, C_VALUE);
      return visit(callee, WANT_ANY);
    }
    findCallee(n, callee);
    // A static field's value is called: there is nothing more to visit.
    if (opOf(n) == C_VALUE) setPhase(2);
    return beginArguments(n, methodOf(n), opOf(n) == C_VALUE ? ERROR : ownReceiver(callee));
  }
  if (phase == 1 && opOf(n) == C_VALUE) {
    if (typeOf(callee) == ANY) setSymbol(n, symbol(S_DYNAMIC, 0));
    checkFunction(callee);
    return beginArguments(n, null, ERROR);
  }
  if (phase == 1 && kindOf(callee) == MEMBER && symbolKind(symbolOf(<Node>aOf(callee))) != S_CLASS)
    return continueCall(n);
  checkArgument(n);
  nextArgument(n);
}

// `delegate(object, method)` says the same as `object.method`.
function becomeMember(n: Node): void {
  const object = <Node>bOf(n);
  setKind(n, MEMBER);
  setA(n, <i32>object);
  setB(n, aOf(nextOf(object)));
  setNext(object, 0);
  setPhase(0);
}

/** Goes on with a CALL of a method whose object is checked. */
export function continueCall(n: Node): void {
  const callee = <Node>aOf(n);
  findMember(n, callee);
  const type = typeOf(<Node>aOf(callee));
  beginArguments(n, methodOf(n), type > NULL ? nonNull(type) : ERROR);
}

// Is the callee an expression whose value is called?
function isValue(callee: Node): bool {
  const kind = kindOf(callee);
  if (kind == NAME) return namesFunctionValue(aOf(callee));
  return kind != MEMBER && kind != SUPER && kind != THIS;
}

// What is called must be a function.
function checkFunction(callee: Node): void {
  const type = typeOf(callee);
  if (type == ERROR || type == ANY || isFunc(type)) return;
  if (isFunc(nonNull(type))) problem(K0406_MAY_BE_NULL, callee, typeName(nonNull(type)));
  else problem(K0414_NOT_CALLABLE, callee, internLiteral('this value'));
  setType(callee, ERROR);
}

// Type of the function that a call of a value calls; ERROR if it calls none.
function functionOf(n: Node): Type {
  const type = opOf(n) == C_VALUE ? typeOf(<Node>aOf(n)) : ERROR;
  return isFunc(type) ? type : ERROR;
}

// Type of the object whose method a name alone, or super(…), calls.
function ownReceiver(callee: Node): Type {
  const c = currentClass();
  return c && (kindOf(callee) == NAME || kindOf(callee) == SUPER) ? selfType(c) : ERROR;
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
  if (m.flags & M_USER_ONLY) checkUserOnly(kindOf(n) == CALL ? <Node>aOf(n) : n, m);
  useMethod(n, m);
  setSymbol(n, symbol(S_METHOD, m.id));
}

// ---- who is called ----

// The forms that the name of the call being looked at has, if there are several.
let foundForms: Array<MethodInfo> | null = null;

// Notes the forms of a name, one of which is meant. False: there are none.
function takeForms(n: Node, forms: Array<MethodInfo>): bool {
  if (forms.length == 0) return false;
  const only = formByCount(forms, argumentCount(n));
  if (only) setForm(n, only);
  else foundForms = forms;
  return true;
}

// What a name alone calls may be a method of the object that is at hand.
function setForm(n: Node, m: MethodInfo): void {
  const callee = <Node>aOf(n);
  if (kindOf(callee) == NAME && m.owner >= 0 && !m.isStatic()) {
    if (!hasThis()) problem(K0417_NOT_STATIC, callee, m.name, displayName(classes[m.owner].name));
    noteThis();
  }
  setMethod(n, m);
}

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

function findMember(n: Node, callee: Node): void {
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

// ---- arguments ----

function argumentCount(n: Node): i32 {
  let count = 0;
  for (let a = <Node>bOf(n); a != 0; a = nextOf(a)) count++;
  return count;
}

// Type of a parameter as this call sees it; what is not known yet stays.
function paramType(m: MethodInfo, index: i32): Type {
  const call = currentCall();
  return call.see(seenThrough(m.params[index].type, call.receiver, m.owner));
}

/** Begins the arguments of a call of `m` (null: unknown) on, or making, a value of type `receiver`. */
function beginArguments(n: Node, m: MethodInfo | null, receiver: Type): void {
  const call = new Inference();
  call.receiver = receiver;
  call.forms = foundForms;
  foundForms = null;
  if (kindOf(n) == NEW && receiver != ERROR && bOf(<Node>aOf(n)) == 0 && isInstance(receiver)) {
    const c = classOfType(receiver)!;
    for (let i = 0; i < c.variables.length; i++) call.variables.push(c.variables.get(i));
    call.expect(receiver, frameWant());
  }
  if (m && m.variables.length > 0) {
    call.open(m);
    // A result like Box<T> is told by what is expected of it; a bare T takes what the arguments say.
    const result = seenThrough(m.result, receiver, m.owner);
    if (!isVariable(nonNull(result))) call.expect(result, frameWant());
  }
  pushCall(call);
  nextArgument(n);
}

// Lambdas come last where the other arguments tell what type variables stand for. Frame Y then has LAMBDAS_NOW.
function nextArgument(n: Node): void {
  const m = methodOf(n);
  const lambdasLast = currentCall().variables.length > 0;
  let lambdasNow = (frameY() & LAMBDAS_NOW) != 0;
  let index = frameY() & ~LAMBDAS_NOW;
  let next = index == 0 ? <Node>bOf(n) : nextOf(<Node>frameX());
  while (lambdasLast) {
    while (next != 0 && (kindOf(next) == LAMBDA) != lambdasNow) {
      next = nextOf(next);
      index++;
    }
    if (next != 0 || lambdasNow) break;
    lambdasNow = true;
    next = <Node>bOf(n);
    index = 0;
  }
  if (next == 0) return leaveWith(finishCall(n));
  setFrameX(<i32>next);
  setFrameY((index + 1) | (lambdasNow ? LAMBDAS_NOW : 0));
  // The condition of `wait` is looked at again and again, as that of a loop is.
  const repeated = m !== null && isWait(m) && index == 0;
  if (repeated) forgetNow(next, false);
  let want = m && !repeated && index < m.params.length ? paramType(m, index) : WANT_ANY;
  const called = functionOf(n);
  if (index < argumentsIn(called)) want = argumentOf(called, index);
  // What no parameter is there for has been, or will be, reported.
  else if (currentCall().forms) want = WANT_ANY;
  else if (!m || index >= m.params.length) want = ERROR;
  if (want > VOID && !currentCall().isKnown(want) && !isFunc(nonNull(want))) want = WANT_ANY;
  visit(next, want == VOID ? WANT_ANY : want);
}

const LAMBDAS_NOW: i32 = 1 << 20;

function checkArgument(n: Node): void {
  const argument = <Node>frameX();
  const index = (frameY() & ~LAMBDAS_NOW) - 1;
  const m = methodOf(n);
  const called = functionOf(n);
  if (index < argumentsIn(called)) expectType(argument, typeOf(argument), argumentOf(called, index));
  if (symbolKind(symbolOf(n)) == S_DYNAMIC) rejectVoid(argument);
  if (!m) return;
  if (isWait(m) && index == 0) return expectCondition(argument);
  if (index >= m.params.length || takesRegex(m, index, argument)) return;
  if (m.floats && typeOf(argument) == FLOAT) {
    setMethod(n, m.floats!);
    return;
  }
  const call = currentCall();
  call.learn(seenThrough(m.params[index].type, call.receiver, m.owner), typeOf(argument));
  if (call.variables.length == 0) expectArgument(argument, m.params[index].type, paramType(m, index));
}

// Code that takes what a type variable stands for does not know that it is a float: an int is made one before.
function expectArgument(argument: Node, declared: Type, type: Type): void {
  if (!expectType(argument, typeOf(argument), type)) return;
  if (isVariable(nonNull(declared)) && widens(typeOf(argument), type)) widenHere(argument);
}

/** Turns a node, an int, into a cast of it to float. */
function widenHere(n: Node): void {
  const inner = copyNode(n);
  const type = newNode(T_NAME, startOf(n), startOf(n));
  setA(type, internLiteral('float'));
  setType(type, FLOAT);
  setKind(n, CAST);
  setOp(n, 0);
  setA(n, <i32>type);
  setB(n, <i32>inner);
  setSymbol(n, 0);
  setType(n, FLOAT);
}

function finishCall(n: Node): Type {
  const ints = methodOf(n);
  if (ints && ints.floats && frameWant() > NULL && nonNull(frameWant()) == FLOAT) setMethod(n, ints.floats!);
  const call = popCall();
  if (call.forms) takeForm(n, call);
  const m = methodOf(n);
  if (kindOf(n) == NEW) {
    if (m) checkCount(n, m);
    return call.variables.length > 0 ? finishNew(n, call) : typeOf(<Node>aOf(n));
  }
  const called = functionOf(n);
  if (called != ERROR) {
    if (argumentCount(n) != argumentsIn(called))
      problem(
        K0405_ARGUMENT_COUNT,
        n,
        typeName(called),
        numberText(<i64>argumentsIn(called)),
        numberText(<i64>argumentCount(n)),
      );
    return resultOf(called);
  }
  if (symbolKind(symbolOf(n)) == S_DYNAMIC) return finishDynamic(n);
  if (!m) return kindOf(<Node>aOf(n)) == SUPER ? VOID : ERROR;
  checkCount(n, m);
  callRegex(n, m);
  if (isWait(m)) return argumentCount(n) > 1 ? BOOLEAN : VOID;
  if (m.told && !isGuessing && m.result == ERROR)
    problem(K0410_CANNOT_INFER, n, displayName(m.name), internLiteral('write the type of its result'));
  const result = seenThrough(m.result, call.receiver, m.owner);
  if (call.variables.length == 0) return result;
  call.finish();
  if (frameWant() > NULL && call.unknown() != ERROR) call.expect(result, frameWant());
  return isTold(n, m.name, call) ? call.see(result) : ERROR;
}

// Chooses the form that the arguments mean, which become what it takes.
function takeForm(n: Node, call: Inference): void {
  const m = chooseForm(n, call.forms!, <Node>bOf(n), call.receiver);
  if (!m) return;
  setForm(n, m);
  let index = 0;
  for (let a = <Node>bOf(n); a != 0; a = nextOf(a)) {
    const declared = m.params[index++].type;
    expectArgument(a, declared, seenThrough(declared, call.receiver, m.owner));
  }
}

/** Reports variables that nothing tells, and ones that may not stand for what was told. */
function isTold(n: Node, name: Text, call: Inference): bool {
  const unknown = call.unknown();
  if (unknown != ERROR) {
    if (!hasErrors(n))
      problem(
        K0410_CANNOT_INFER,
        n,
        joinedTexts(nameOf(unknown), ' of ', displayName(name)),
        internLiteral('its arguments do not tell it: give the result to a variable that has a type'),
      );
    return false;
  }
  // What later arguments told counts for the earlier ones too.
  const m = methodOf(n);
  let index = 0;
  for (let a = <Node>bOf(n); m && a != 0 && index < m.params.length; a = nextOf(a)) {
    const declared = m.params[index++].type;
    const type = call.see(seenThrough(declared, call.receiver, m.owner));
    if (kindOf(a) == LAMBDA) widenResult(a, type);
    expectArgument(a, declared, type);
  }
  for (let i = 0; i < call.variables.length; i++) {
    const variable = call.variables.get(i);
    if (boundOf(variable) != 0) fitsBound(call.bindings.get(variable), variable, call.see(boundOf(variable)), n);
  }
  return true;
}

// Was something wrong with an argument?
function hasErrors(n: Node): bool {
  for (let a = <Node>bOf(n); a != 0; a = nextOf(a)) if (typeOf(a) == ERROR) return true;
  return false;
}

function joinedTexts(a: Text, between: string, b: Text): Text {
  const out = new ByteVector(32);
  out.bytes(textAddress(a), textLength(a));
  out.text(between);
  out.bytes(textAddress(b), textLength(b));
  return internBytes(out);
}

/** Arguments of a call that is looked at when it runs, at most. */
const MOST_ARGUMENTS: i32 = 14;

function finishDynamic(n: Node): Type {
  const most = numberText(<i64>MOST_ARGUMENTS);
  if (argumentCount(n) > MOST_ARGUMENTS) problem(K0902_TOO_MANY, n, internLiteral('arguments for an Any'), most);
  return ANY;
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

/** `new C(…)`: like a call of its constructor. `new Box(1)` and `new Box<>(1)` tell the type arguments by its arguments. */
export function stepNew(n: Node): void {
  const phase = resume();
  if (phase == 0) {
    const made = <Node>aOf(n);
    const open = bareClass(made);
    const type = open ? selfType(open) : resolveType(made);
    setType(made, type);
    if (opOf(n) == N_DIAMOND && !open && type != ERROR)
      problem(K0440_TYPE_ARGUMENTS, made, typeName(type), numberText(0), internLiteral('leave <> out'));
    if (type != ERROR) findNew(n, type);
    beginArguments(n, methodOf(n), type);
    return;
  }
  checkArgument(n);
  nextArgument(n);
}

// The type of what `new` makes, where its arguments were to be told.
function finishNew(n: Node, call: Inference): Type {
  const c = classOfType(call.receiver)!;
  const made = <Node>aOf(n);
  call.finish();
  if (call.unknown() != ERROR && frameWant() > NULL) call.expect(call.receiver, frameWant());
  if (!isTold(n, c.name, call)) {
    setType(made, ERROR);
    return ERROR;
  }
  const type = call.see(call.receiver);
  setType(made, type);
  return type;
}

function findNew(n: Node, type: Type): void {
  if (!isClass(type) && !isInstance(type)) {
    problem(
      K0509_NO_CONSTRUCTOR,
      n,
      typeName(type),
      internLiteral(
        isArray(type)
          ? 'write [] for an empty array'
          : isVariable(type)
            ? 'what it stands for is not known when the script runs: take the object as a parameter'
            : 'write a literal',
      ),
    );
    return;
  }
  const c = classOfType(type)!;
  if (c.flags & C_ABSTRACT) problem(K0507_ABSTRACT_NEW, n, displayName(c.name));
  useClass(n, c);
  const m = findConstructor(c);
  if (m) return setMethod(n, m);
  if (c.flags & C_BOUND)
    problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name), internLiteral('its binding declares no constructor'));
  else if (c.flags & C_BUILTIN && !(c.flags & C_OPEN)) problem(K0509_NO_CONSTRUCTOR, n, displayName(c.name));
  else if (bOf(n) != 0)
    problem(K0405_ARGUMENT_COUNT, n, displayName(c.name), numberText(0), numberText(<i64>argumentCount(n)));
}
