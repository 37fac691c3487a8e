/** Checking calls and `new`: which method is meant, and its arguments. */
import { K0405_ARGUMENT_COUNT, K0410_CANNOT_INFER } from '../diagnostics/codes.generated';
import {
  C_VALUE,
  MEMBER,
  NAME,
  NEW,
  Node,
  SUPER,
  aOf,
  bOf,
  kindOf,
  opOf,
  setOp,
  setSymbol,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { currentClass } from './context';
import { asksClass, namesClass } from './members';
import { WANT_ANY, frameWant, leaveWith, resume, setPhase, visit } from './frames';
import { stepFormat, takeFormat } from './formats';
import { findMethod } from './lookup';
import { S_CLASS, S_DYNAMIC, symbol, symbolKind } from './model';
import { displayName, numberText, problem } from './problem';
import { isDelegate } from './functions';
import { popCall } from './inference';
import { seenThrough } from './generics';
import { isGuessing } from './results';
import { callRegex } from './regex-calls';
import {
  ANY,
  BOOLEAN,
  ERROR,
  FLOAT,
  NULL,
  Type,
  VOID,
  argumentCount as argumentsIn,
  nonNull,
  resultOf,
  typeName,
} from './types';
import {
  argumentCount,
  beginArguments,
  nextArgument,
  checkArgument,
  takeForm,
  isTold,
  finishDynamic,
  checkCount,
} from './arguments';
import {
  becomeMember,
  isValue,
  checkFunction,
  functionOf,
  ownReceiver,
  isUnknownClass,
  unknownClass,
  methodOf,
  isWait,
  setMethod,
  findCallee,
  findMember,
} from './callee';
import { finishNew } from './new';

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
    if (kindOf(callee) == MEMBER && (namesClass(<Node>aOf(callee)) < 0 || asksClass(callee))) {
      if (namesClass(<Node>aOf(callee)) < 0 && isUnknownClass(<Node>aOf(callee)))
        return leaveWith(unknownClass(<Node>aOf(callee)));
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

/** Goes on with a CALL of a method whose object is checked. */
export function continueCall(n: Node): void {
  const callee = <Node>aOf(n);
  findMember(n, callee);
  const type = typeOf(<Node>aOf(callee));
  beginArguments(n, methodOf(n), type > NULL ? nonNull(type) : ERROR);
}

export function finishCall(n: Node): Type {
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
