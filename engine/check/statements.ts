/** One step of checking a statement: scopes, reachability, what branches tell about variables. */
import { CLASS_EXCEPTION } from '../bytecode/builtins.generated';
import {
  K0210_NOT_A_STATEMENT,
  K0302_UNKNOWN_CLASS,
  K0411_VOID_VALUE,
  K0413_NOT_EXCEPTION,
  K0602_RETURN_VALUE,
  K0603_RETURN_NOTHING,
  K0605_UNREACHABLE,
  K0607_RETURN_OUTSIDE,
} from '../diagnostics/codes.generated';
import {
  ASSERT,
  ASSIGN,
  BINARY,
  BLOCK,
  BREAK,
  B_SHL,
  CALL,
  CONTINUE,
  DO,
  EMPTY,
  ERROR_EXPRESSION,
  EXPRESSION,
  FOR,
  FOREACH,
  IF,
  INCREMENT,
  INT_LITERAL,
  LABELED,
  NEW,
  PRINT,
  RETURN,
  SEQUENCE,
  SWITCH,
  THROW,
  TRY,
  USING,
  VARIABLE,
  WHILE,
  Node,
  aOf,
  bOf,
  cOf,
  kindOf,
  nextOf,
  opOf,
  setB,
  setC,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { currentLambda, currentMethod, isAlive, noteUnreachable, setAlive, setLabel } from './context';
import { adapt, expectType, stringType } from './conversions';
import { expectCondition } from './operators';
import { rejectVoid, savedStates } from './expressions';
import { noteResult } from './results';
import { WANT_ANY, WANT_NOTHING, frameNode, frameX, leave, resume, setFrameX, visit } from './frames';
import { findClass, isSubclass } from './lookup';
import { addNothing, addResult } from './lambdas';
import { M_CONSTRUCTOR } from './model';
import { assume } from './narrow';
import { displayName, problem } from './problem';
import { unknownClassHint } from './resolve';
import { enterScope, leaveScope, mergeKnown, restoreKnown, saveKnown } from './scope';
import { ANY, ERROR, INT, VOID, Type, classIdOf, classType, isNullable, typeName } from './types';
import { checkFieldsSet } from './fields';
import { stepTry } from './try';
import { stepSwitch } from './switch';
import { branch, stepWhile, stepDo, stepFor, stepForeach, stepBreak } from './loops';
import { stepVariable } from './variables';

/** Resumes the running frame, which is a statement. */
export function stepStatement(kind: i32): void {
  const n = frameNode();
  switch (kind) {
    case BLOCK:
      return stepBlock(n);
    case SEQUENCE:
      return stepSequence(n);
    case VARIABLE:
      return stepVariable(n);
    case EXPRESSION:
      return stepExpressionStatement(n);
    case IF:
      return stepIf(n);
    case WHILE:
      return stepWhile(n);
    case DO:
      return stepDo(n);
    case FOR:
      return stepFor(n);
    case FOREACH:
      return stepForeach(n);
    case LABELED:
      if (resume() > 0) return leave();
      setLabel(aOf(n));
      return visitStatement(<Node>bOf(n));
    case SWITCH:
      return stepSwitch(n);
    case BREAK:
    case CONTINUE:
      return stepBreak(n, kind == BREAK);
    case RETURN:
      return stepReturn(n);
    case THROW:
      return stepThrow(n);
    case TRY:
      return stepTry(n);
    case ASSERT:
      return stepAssert(n);
    case PRINT:
      return stepPrint(n);
    case USING:
      return stepUsing(n);
    default:
      resume();
      return leave();
  }
}

// All classes are there without it; one that does not exist is a mistake all the same.
function stepUsing(n: Node): void {
  resume();
  if (aOf(n) != 0 && !findClass(aOf(n))) problem(K0302_UNKNOWN_CLASS, n, displayName(aOf(n)), unknownClassHint(aOf(n)));
  leave();
}

/** Checks a statement next; one that cannot be reached is reported, once. */
export function visitStatement(n: Node): void {
  if (!isAlive() && kindOf(n) != EMPTY) {
    problem(K0605_UNREACHABLE, n);
    noteUnreachable();
  }
  visit(n, WANT_NOTHING);
}

function stepBlock(n: Node): void {
  const phase = resume();
  if (phase == 0) enterScope();
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>frameX());
  if (next == 0) {
    leaveScope();
    return leave();
  }
  setFrameX(<i32>next);
  visitStatement(next);
}

// Own statements, in the scope around it.
function stepSequence(n: Node): void {
  const next = resume() == 0 ? <Node>aOf(n) : nextOf(<Node>frameX());
  if (next == 0) return leave();
  setFrameX(<i32>next);
  visitStatement(next);
}

function stepExpressionStatement(n: Node): void {
  const e = <Node>aOf(n);
  if (resume() == 0) {
    visit(e, WANT_NOTHING);
    return;
  }
  const kind = kindOf(e);
  const isSend = kind == BINARY && opOf(e) == B_SHL && typeOf(e) != INT;
  if (
    kind != ASSIGN &&
    kind != CALL &&
    kind != INCREMENT &&
    kind != NEW &&
    kind != ERROR_EXPRESSION &&
    !isSend &&
    opOf(n) == 0 &&
    typeOf(e) != ERROR
  )
    problem(K0210_NOT_A_STATEMENT, n);
  leave();
}

function stepIf(n: Node): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    savedStates.push(saveKnown());
    assume(<Node>aOf(n), true);
    setB(n, branch(<Node>bOf(n)));
    return visitStatement(<Node>bOf(n));
  }
  if (phase == 2) {
    setFrameX(isAlive() ? 1 : 0);
    const before = savedStates.pop();
    savedStates.push(saveKnown());
    restoreKnown(before);
    assume(<Node>aOf(n), false);
    setAlive(true);
    setC(n, branch(<Node>cOf(n)));
    if (cOf(n) != 0) return visitStatement(<Node>cOf(n));
  }
  const thenState = savedStates.pop();
  const thenAlive = frameX() == 1;
  if (thenAlive && isAlive()) {
    mergeKnown(thenState, saveKnown());
    restoreKnown(thenState);
  } else if (thenAlive) restoreKnown(thenState);
  setAlive(thenAlive || isAlive());
  leave();
}

function stepReturn(n: Node): void {
  const value = <Node>aOf(n);
  const m = currentMethod();
  const lambda = currentLambda();
  const infers = lambda !== null && lambda.infersResult;
  if (resume() == 0) {
    if (!m) {
      problem(K0607_RETURN_OUTSIDE, n);
      setAlive(false);
      return leave();
    }
    if (value != 0) return visit(value, m.result > VOID ? m.result : WANT_ANY);
    if (m.flags & M_CONSTRUCTOR) checkFieldsSet(m);
    if (infers) addNothing(lambda!, n);
    else if (m.told) noteResult(m, n, VOID);
    else if (m.result != VOID && m.result != ERROR)
      problem(K0603_RETURN_NOTHING, n, displayName(m.name), typeName(m.result));
  } else if (infers) addResult(lambda!, value);
  else if (m!.told) {
    if (!rejectVoid(value)) noteResult(m!, value, typeOf(value));
  } else if (m!.result == VOID) problem(K0602_RETURN_VALUE, n, displayName(m!.name));
  else expectType(value, typeOf(value), m!.result);
  setAlive(false);
  leave();
}

function stepThrow(n: Node): void {
  const value = <Node>aOf(n);
  if (resume() == 0) return visit(value, WANT_ANY);
  expectException(value, typeOf(value));
  setAlive(false);
  leave();
}

/** Reports a type that is no exception; an Any becomes one. */
export function expectException(n: Node, type: Type): void {
  if (type == ERROR) return;
  if (type == ANY && kindOf(n) >= INT_LITERAL) return adapt(n, classType(CLASS_EXCEPTION));
  if (isNullable(type) || type == VOID || !isSubclass(classIdOf(type), CLASS_EXCEPTION))
    problem(K0413_NOT_EXCEPTION, n, typeName(type));
}

function stepAssert(n: Node): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    if (bOf(n) != 0) return visit(<Node>bOf(n), stringType());
  } else expectType(<Node>bOf(n), typeOf(<Node>bOf(n)), stringType());
  assume(<Node>aOf(n), true);
  leave();
}

function stepPrint(n: Node): void {
  const phase = resume();
  const previous = <Node>frameX();
  if (phase > 0 && typeOf(previous) == VOID) problem(K0411_VOID_VALUE, previous, internLiteral('this call'));
  const next = phase == 0 ? <Node>aOf(n) : nextOf(previous);
  if (next == 0) return leave();
  setFrameX(<i32>next);
  visit(next, WANT_ANY);
}
