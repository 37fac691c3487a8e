/** Arguments of calls and of `new`: what is wanted of each, what they tell, whether they fit. */
import { K0405_ARGUMENT_COUNT, K0410_CANNOT_INFER, K0902_TOO_MANY } from '../diagnostics/codes.generated';
import {
  CAST,
  LAMBDA,
  NEW,
  Node,
  T_NAME,
  aOf,
  bOf,
  copyNode,
  kindOf,
  newNode,
  nextOf,
  setA,
  setB,
  setKind,
  setOp,
  setSymbol,
  setType,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { expectType, widens } from './conversions';
import { expectCondition } from './operators';
import { rejectVoid } from './expressions';
import { WANT_ANY, frameWant, frameX, frameY, leaveWith, setFrameX, setFrameY, visit } from './frames';
import { classOfType } from './lookup';
import { M_CONSTRUCTOR, MethodInfo, S_DYNAMIC, classes, symbolKind } from './model';
import { displayName, numberText, problem } from './problem';
import { fitsBound } from './resolve';
import { widenResult } from './lambdas';
import { chooseForm } from './overloads';
import { Inference, currentCall, pushCall } from './inference';
import { seenThrough } from './generics';
import { takesRegex } from './regex-calls';
import { forgetNow } from './scope';
import {
  ANY,
  ERROR,
  FLOAT,
  Type,
  VOID,
  boundOf,
  isFunc,
  isInstance,
  isVariable,
  nameOf,
  argumentCount as argumentsIn,
  argumentOf,
  nonNull,
} from './types';
import { functionOf, methodOf, isWait, setMethod, formsFound, setForm } from './callee';
import { finishCall } from './calls';

export function argumentCount(n: Node): i32 {
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
export function beginArguments(n: Node, m: MethodInfo | null, receiver: Type): void {
  const call = new Inference();
  call.receiver = receiver;
  call.forms = formsFound();
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
export function nextArgument(n: Node): void {
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

export function checkArgument(n: Node): void {
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

// Chooses the form that the arguments mean, which become what it takes.
export function takeForm(n: Node, call: Inference): void {
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
export function isTold(n: Node, name: Text, call: Inference): bool {
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

export function finishDynamic(n: Node): Type {
  const most = numberText(<i64>MOST_ARGUMENTS);
  if (argumentCount(n) > MOST_ARGUMENTS) problem(K0902_TOO_MANY, n, internLiteral('arguments for an Any'), most);
  return ANY;
}

export function checkCount(n: Node, m: MethodInfo): void {
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
