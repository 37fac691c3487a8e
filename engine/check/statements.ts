/** One step of checking a statement: scopes, reachability, what branches tell about variables. */
import { CLASS_EXCEPTION } from '../bytecode/builtins.generated';
import {
  K0210_NOT_A_STATEMENT,
  K0302_UNKNOWN_CLASS,
  K0306_ALREADY_DEFINED,
  K0309_UNKNOWN_LABEL,
  K0410_CANNOT_INFER,
  K0411_VOID_VALUE,
  K0413_NOT_EXCEPTION,
  K0602_RETURN_VALUE,
  K0603_RETURN_NOTHING,
  K0604_BREAK_OUTSIDE,
  K0605_UNREACHABLE,
  K0607_RETURN_OUTSIDE,
  K0310_USED_BEFORE_ASSIGNED,
} from '../diagnostics/codes.generated';
import {
  ASSERT,
  ASSIGN,
  BINARY,
  BLOCK,
  BOOLEAN_LITERAL,
  BREAK,
  B_SHL,
  CALL,
  CONTINUE,
  DO,
  EMPTY,
  ERROR_EXPRESSION,
  EXPRESSION,
  FIELD_NAME,
  MEMBER,
  NAME,
  THIS,
  FOR,
  FOREACH,
  IF,
  INCREMENT,
  INT_LITERAL,
  LABELED,
  LAMBDA,
  NEW,
  PRINT,
  RETURN,
  SEQUENCE,
  SWITCH,
  THROW,
  TRY,
  T_VAR,
  USING,
  VARIABLE,
  V_HIDDEN,
  WHILE,
  Node,
  aOf,
  bOf,
  cOf,
  dOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  opOf,
  symbolOf,
  setA,
  setB,
  setC,
  setD,
  setSymbol,
  setType,
  startOf,
  typeOf,
} from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import {
  currentClass,
  currentLambda,
  currentMethod,
  findExit,
  isAlive,
  noteBreak,
  popExit,
  pushExit,
  noteUnreachable,
  setAlive,
  setLabel,
  takeLabel,
} from './context';
import { constantOf } from './constants';
import { adapt, expectType, objectType, stringType } from './conversions';
import { lineText } from './declare';
import { expectCondition, rejectVoid, savedStates } from './expressions';
import { isRange } from './range';
import { noteResult } from './results';
import {
  WANT_ANY,
  WANT_NOTHING,
  frameNode,
  frameX,
  frameY,
  leave,
  resume,
  setFrameX,
  setFrameY,
  visit,
  WANT_RANGE,
} from './frames';
import { findClass, findField, findGlobal, globalsByName, isSubclass } from './lookup';
import { addNothing, addResult } from './lambdas';
import {
  GlobalInfo,
  LocalInfo,
  M_CONSTRUCTOR,
  S_GLOBAL,
  S_LOCAL,
  firstGlobal,
  isOpenWorld,
  globals,
  locals,
  symbol,
  symbolIndex,
  symbolKind,
} from './model';
import { elementType } from './iterate';
import { assume } from './narrow';
import { displayName, problem } from './problem';
import { resolveType, unknownClassHint } from './resolve';
import {
  declareLocal,
  findLocal,
  enterScope,
  know,
  forgetNow,
  isConstantName,
  isFinal,
  leaveScope,
  mergeKnown,
  restoreKnown,
  saveKnown,
  scopeDepth,
} from './scope';
import {
  ANY,
  ERROR,
  INT,
  NULL,
  VOID,
  Type,
  classIdOf,
  classType,
  definite,
  isFunc,
  isNullable,
  isPrimitive,
  mayBeNull,
  nonNull,
  plain,
  startsNull,
  typeName,
} from './types';
import { checkFieldsSet } from './fields';
import { stepTry } from './try';
import { stepSwitch } from './switch';

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

// ---- variables ----

function stepVariable(n: Node): void {
  const value = <Node>cOf(n);
  const inferred = kindOf(<Node>aOf(n)) == T_VAR;
  if (resume() == 0) {
    const type = inferred ? ERROR : resolveType(<Node>aOf(n));
    setType(<Node>aOf(n), type);
    if (value != 0 && kindOf(value) == LAMBDA && isFunc(nonNull(type))) {
      // It may call itself by the name: it does not run before the variable has it.
      declare(n, bOf(n), type, n, true, nonNull(type));
    }
    if (value != 0) return visit(value, inferred ? typeOfPlace(<Node>dOf(n)) : type);
    if (inferred) problem(K0410_CANNOT_INFER, n, bOf(n), internLiteral('give it a value, or write its type'));
    declare(n, bOf(n), type, n, false, ERROR);
    return leave();
  }
  if (inferred) {
    declareInferred(n, value, n);
    return leave();
  }
  const type = typeOf(<Node>aOf(n));
  expectType(value, typeOf(value), type);
  if (kindOf(value) != LAMBDA || !isFunc(nonNull(type))) {
    declare(n, bOf(n), type, n, true, typeOf(value));
    noteConstant(n, value, type);
  } else if (symbolKind(symbolOf(n)) == S_LOCAL) {
    const local = locals[symbolIndex(symbolOf(n))];
    // Captured before it has its value.
    if (local.captured) local.assigned++;
  }
  leave();
}

// What a variable of the compiler's own, which holds a value until all are computed, is given to: the type of that place, if it can be told now.
function typeOfPlace(place: Node): i32 {
  if (place == 0) return WANT_ANY;
  if (kindOf(place) == VARIABLE) return kindOf(<Node>aOf(place)) == T_VAR ? WANT_ANY : resolveType(<Node>aOf(place));
  const type = declaredType(place);
  return type > VOID ? type : WANT_ANY;
}

// The type that a variable, or a field of this object, was declared with; ERROR: it is new, or another place.
function declaredType(place: Node): Type {
  const kind = kindOf(place);
  const isOwn = kind == FIELD_NAME || (kind == MEMBER && kindOf(<Node>aOf(place)) == THIS);
  if (!isOwn && kind != NAME) return ERROR;
  const name: Text = kind == MEMBER ? bOf(place) : aOf(place);
  const local: LocalInfo | null = isOwn ? null : findLocal(name);
  if (local) return local.type;
  const c = currentClass();
  const field = c ? findField(c, name) : null;
  if (field) return field.type;
  const global: GlobalInfo | null = isOwn ? null : findGlobal(name);
  return global ? global.type : ERROR;
}

// Of the compiler's own?
function isHidden(n: Node): bool {
  return kindOf(n) == VARIABLE && opOf(n) == V_HIDDEN;
}

/** Is a variable declared here the script's own, visible in all functions? */
function isGlobalScope(): bool {
  return currentMethod() === null && scopeDepth() == 0;
}

// One that is declared again, in a later entry of a shell, with the same type stays where it is: should its new value throw, it has the old one.
function isSameVariable(old: GlobalInfo, type: Type): bool {
  return isOpenWorld && old.id < firstGlobal && old.type == type && !old.isConstant;
}

// `found`: type of the first value, ERROR if there is none.
function declare(n: Node, name: Text, type: Type, symbolNode: Node, hasValue: bool, found: Type): void {
  if (!isGlobalScope() || isHidden(n)) {
    const local = declareLocal(name, type, n, hasValue);
    setSymbol(symbolNode, symbol(S_LOCAL, local.id));
    if (hasValue && isNullable(type) && found != ERROR && !mayBeNull(found)) know(local, definite(type, objectType()));
    return;
  }
  const old = findGlobal(name);
  if (old && old.id >= firstGlobal) problem(K0306_ALREADY_DEFINED, n, name, lineText(old.node));
  if (old && hasValue && isSameVariable(old, type) && !isConstantName(name) && !isFinal(n)) {
    setSymbol(symbolNode, symbol(S_GLOBAL, old.id));
    return;
  }
  const g = new GlobalInfo();
  g.id = globals.length;
  g.name = name;
  g.type = type;
  g.node = n;
  g.isConstant = isConstantName(name) || isFinal(n);
  globals.push(g);
  globalsByName.set(name, g.id);
  setSymbol(symbolNode, symbol(S_GLOBAL, g.id));
  if (!hasValue && type != ERROR && !isPrimitive(type) && !startsNull(type)) {
    problem(K0310_USED_BEFORE_ASSIGNED, n, name);
  }
}

/** Declares the variable named by `n` (a VARIABLE, or the NAME of a first assignment) with the type of its value; returns it. */
export function declareInferred(n: Node, value: Node, symbolNode: Node): Type {
  let type = plain(typeOf(value));
  const name = kindOf(n) == VARIABLE ? bOf(n) : aOf(n);
  if (type == VOID) {
    problem(K0411_VOID_VALUE, value, internLiteral('this call'));
    type = ERROR;
  } else if (type == NULL && !isHidden(n)) {
    problem(K0410_CANNOT_INFER, value, name, internLiteral('write its type: String? x = null'));
    type = ERROR;
  }
  declare(n, name, type, symbolNode, true, type);
  noteConstant(symbolNode, value, type);
  setType(symbolNode, type);
  return type;
}

// A constant's value may be known here already.
function noteConstant(symbolNode: Node, value: Node, type: Type): void {
  const index = symbolIndex(symbolOf(symbolNode));
  if (symbolKind(symbolOf(symbolNode)) == S_LOCAL) {
    if (locals[index].isConstant) locals[index].constant = constantOf(value, type);
  } else if (globals[index].isConstant) globals[index].constant = constantOf(value, type);
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

// ---- branches ----

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

// A branch that declares a variable without being a block becomes one: the variable is not known behind it.
function branch(n: Node): i32 {
  if (n == 0 || (kindOf(n) != VARIABLE && kindOf(n) != EXPRESSION && kindOf(n) != SEQUENCE)) return <i32>n;
  const block = newNode(BLOCK, startOf(n), endOf(n));
  setA(block, <i32>n);
  return <i32>block;
}

function isTrue(n: Node): bool {
  return n == 0 || (kindOf(n) == BOOLEAN_LITERAL && aOf(n) == 1);
}

/** Ends a loop: what is known after it is `exit` (not met if null) merged with all breaks. */
function endLoop(exit: bool): void {
  const e = popExit();
  const breakState = e.breakState;
  if (exit && breakState) {
    mergeKnown(breakState, saveKnown());
    restoreKnown(breakState);
  } else if (breakState) restoreKnown(breakState);
  setAlive(exit || e.hasBreak);
}

function stepWhile(n: Node): void {
  const phase = resume();
  const condition = <Node>aOf(n);
  if (phase == 0) {
    forgetNow(n, false);
    pushExit(n, takeLabel(), true);
    return visit(condition, WANT_ANY);
  }
  if (phase == 1) {
    expectCondition(condition);
    savedStates.push(saveKnown());
    assume(condition, true);
    setB(n, branch(<Node>bOf(n)));
    return visitStatement(<Node>bOf(n));
  }
  restoreKnown(savedStates.pop());
  assume(condition, false);
  endLoop(!isTrue(condition));
  leave();
}

function stepDo(n: Node): void {
  const phase = resume();
  const condition = <Node>bOf(n);
  if (phase == 0) {
    forgetNow(n, false);
    savedStates.push(saveKnown());
    pushExit(n, takeLabel(), true);
    setA(n, branch(<Node>aOf(n)));
    return visitStatement(<Node>aOf(n));
  }
  if (phase == 1) {
    // A continue comes here with what was known at its own point: only what held at the start is sure.
    const start = savedStates.pop();
    if (hasContinue(n)) {
      mergeKnown(start, saveKnown());
      restoreKnown(start);
      setAlive(true);
    }
    setFrameY(isAlive() ? 1 : 0);
    setAlive(true);
    return visit(condition, WANT_ANY);
  }
  expectCondition(condition);
  assume(condition, false);
  endLoop(frameY() == 1 && !isTrue(condition));
  leave();
}

// Marked by the continue statement itself.
function hasContinue(n: Node): bool {
  return typeOf(n) != 0;
}

// Frame: X the list element last visited; Y the stage: 0 init statements, 1 condition, 2 body, 3 updates.
function stepFor(n: Node): void {
  if (resume() == 0) enterScope();
  const stage = frameY();
  const previous = <Node>frameX();
  if (stage == 0) {
    const next = previous == 0 ? <Node>aOf(n) : nextOf(previous);
    if (next != 0) {
      setFrameX(<i32>next);
      return visitStatement(next);
    }
    return enterForHead(n);
  }
  if (stage == 1) {
    expectCondition(<Node>bOf(n));
    return enterForBody(n);
  }
  if (stage == 2) setAlive(true);
  const next = stage == 2 ? <Node>cOf(n) : nextOf(previous);
  if (next != 0) {
    setFrameY(3);
    setFrameX(<i32>next);
    return visit(next, WANT_NOTHING);
  }
  restoreKnown(savedStates.pop());
  if (bOf(n) != 0) assume(<Node>bOf(n), false);
  endLoop(!isTrue(<Node>bOf(n)));
  leaveScope();
  leave();
}

function enterForHead(n: Node): void {
  forgetNow(<Node>bOf(n), false);
  forgetNow(<Node>cOf(n), true);
  forgetNow(<Node>dOf(n), false);
  pushExit(n, takeLabel(), true);
  if (bOf(n) == 0) return enterForBody(n);
  setFrameY(1);
  visit(<Node>bOf(n), WANT_ANY);
}

function enterForBody(n: Node): void {
  savedStates.push(saveKnown());
  if (bOf(n) != 0) assume(<Node>bOf(n), true);
  setFrameY(2);
  setD(n, branch(<Node>dOf(n)));
  visitStatement(<Node>dOf(n));
}

function stepForeach(n: Node): void {
  const phase = resume();
  const over = <Node>cOf(n);
  if (phase == 0) return visit(over, isRange(over) ? WANT_RANGE : WANT_ANY);
  if (phase == 1) {
    enterScope();
    const element = elementType(n, over);
    let type = element;
    if (kindOf(<Node>aOf(n)) != T_VAR) {
      type = resolveType(<Node>aOf(n));
      if (element != ERROR) expectType(<Node>aOf(n), element, type);
    }
    const local = declareLocal(bOf(n), type, n, true);
    local.used = true;
    setSymbol(n, symbol(S_LOCAL, local.id));
    setType(<Node>aOf(n), element);
    forgetNow(<Node>dOf(n), false);
    pushExit(n, takeLabel(), true);
    savedStates.push(saveKnown());
    setD(n, branch(<Node>dOf(n)));
    return visitStatement(<Node>dOf(n));
  }
  restoreKnown(savedStates.pop());
  endLoop(true);
  leaveScope();
  leave();
}

// ---- leaving ----

function stepBreak(n: Node, isBreak: bool): void {
  resume();
  const label = aOf(n);
  const e = findExit(label, !isBreak);
  if (!e) {
    if (label != 0) problem(K0309_UNKNOWN_LABEL, n, label);
    else problem(K0604_BREAK_OUTSIDE, n, internLiteral(isBreak ? 'break' : 'continue'));
  } else {
    setSymbol(n, <i32>e.node);
    if (isBreak) noteBreak(e);
    // A loop that was continued keeps a mark for `do`, whose condition can then be reached from here.
    else setType(e.node, 1);
  }
  setAlive(false);
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
