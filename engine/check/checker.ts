/** Checks a whole program: declarations first, then the top level, then every body. */
import { CLASS_OUTPUT_STREAM, CLASS_STRING } from '../bytecode/builtins.generated';
import {
  K0310_USED_BEFORE_ASSIGNED,
  K0506_SUPER_NOT_CALLED,
  K0601_MISSING_RETURN,
  K0401_TYPE_MISMATCH,
} from '../diagnostics/codes.generated';
import {
  ASSIGN,
  BLOCK,
  CALL,
  CLASS,
  EMPTY,
  ERROR_EXPRESSION,
  EXPRESSION,
  E_SHOW,
  E_VALUE,
  FIELD,
  FUNCTION,
  INCREMENT,
  Node,
  PRINT,
  SUPER,
  aOf,
  cOf,
  dOf,
  kindOf,
  nextOf,
  opOf,
  setKind,
  setOp,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { errorCount } from '../diagnostics/diagnostics';
import { checkpoint } from '../support/checkpoint';
import { IntVector } from '../support/vectors';
import { reportUnused } from './unused';
import { Settings, readSettings } from './annotations';
import { hasUnreachable, isAlive, startContext } from './context';
import { Type, arrayOf, classIdOf, classType, ERROR, VOID, startTypes, typeName } from './types';
import { declareAll, startDeclarations } from './declare';
import { checkEarlyReads } from './early';
import { stepExpression } from './expressions';
import { fieldConstant } from './constants';
import { expectType } from './conversions';
import { WANT_NOTHING, frameDepth, nextFrame, visit } from './frames';
import { checkFieldsSet, mustBeGiven, needsValue, reportUnset, stopTracking, trackFields } from './fields';
import { inheritAll } from './inherit';
import { refuseIoctl, refuseMagic, startIoctls } from './ioctls';
import { makeLayouts } from './layouts';
import { blame, forgive, isLenient, lastError } from './lenient';
import { findConstructor, superOf } from './lookup';
import {
  C_LIBRARY,
  ClassInfo,
  F_STATIC,
  M_BOUND,
  M_CONSTRUCTOR,
  M_LIBRARY,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  classes,
  compiled,
  firstClass,
  firstMethod,
  globals,
} from './model';
import { finishPriming } from './prime';
import { displayName, problem } from './problem';
import { startAliases, startResolve } from './resolve';
import { finishResult, isGuessing, tellResults } from './results';
import { declareLocal, enterScope, leaveScope, startScopes } from './scope';
import { lookAtAssignments } from './shared';
import { stepStatement, visitStatement } from './statements';

let started: bool = false;

/** Readies types and the library's classes, once. */
export function startChecker(): void {
  if (started) return;
  started = true;
  startTypes();
  startAliases();
  startDeclarations();
}

/** Checks the program and the units of the library that it needs (ROOTs); the result is in the nodes and the model. `source` is the address of the text. */
export function check(root: Node, units: IntVector, source: usize, kernel: bool): Settings {
  startChecker();
  startResolve(kernel);
  finishPriming();
  const settings = readSettings(root, source);
  declareAll(root, units);
  makeLayouts();
  startIoctls(settings.magic);
  for (let i = firstMethod; i < compiled.length; i++)
    if (!(compiled[i].flags & (M_SYNTHETIC | M_BOUND))) refuseIoctl(compiled[i]);
  for (let id = firstClass; id < classes.length; id++) if (classes[id].node != 0) refuseMagic(classes[id]);
  inheritAll();
  checkTopLevel(root);
  for (let id = firstClass; id < classes.length; id++) if (classes[id].node != 0) checkFieldValues(classes[id]);
  for (let i = firstMethod; i < compiled.length; i++)
    if (!(compiled[i].flags & (M_SYNTHETIC | M_BOUND)) && !compiled[i].isChecked) {
      tellResults(<Node>dOf(compiled[i].node), false);
      if (!compiled[i].isChecked) checkBody(compiled[i]);
    }
  checkEarlyReads(root);
  reportUnused(root);
  return settings;
}

/** Asks for the value of the program's last item, if it is an expression that is no assignment: to show it, or as its result. */
export function markLast(root: Node, show: bool): void {
  let last: Node = 0;
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) if (kindOf(n) != EMPTY) last = n;
  if (last == 0 || kindOf(last) != EXPRESSION) return;
  const kind = kindOf(<Node>aOf(last));
  if (kind == ERROR_EXPRESSION || (show && (kind == ASSIGN || kind == INCREMENT))) return;
  setOp(last, show ? E_SHOW : E_VALUE);
}

/** Type of the value that `markLast` asked for; VOID if there is none. */
export function lastValueType(root: Node): Type {
  let type: Type = VOID;
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n))
    if ((kindOf(n) == EXPRESSION || kindOf(n) == PRINT) && opOf(n) != 0) type = typeOf(<Node>aOf(n));
  return type;
}

// What is shown is printed; a send to a stream, and what has no value, are not.
function showLast(n: Node): void {
  const type = typeOf(<Node>aOf(n));
  if (opOf(n) != E_SHOW || type == VOID || type == ERROR || classIdOf(type) == CLASS_OUTPUT_STREAM) return;
  setKind(n, PRINT);
}

// Runs frames until only `floor` are left.
function run(floor: i32): void {
  while (frameDepth() > floor) {
    const kind = nextFrame();
    const errors = errorCount();
    if (kind < BLOCK) stepExpression(kind);
    else stepStatement(kind);
    if (isLenient && !isGuessing) blame(errors);
  }
}

/** Checks one node, with all below it. */
export function checkNode(n: Node, want: i32): void {
  const floor = frameDepth();
  visit(n, want);
  run(floor);
}

function checkTopLevel(root: Node): void {
  startContext(null);
  startScopes();
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    const kind = kindOf(n);
    if (kind == CLASS || kind == FUNCTION) continue;
    if (checkpoint()) return;
    tellResults(n, false);
    const floor = frameDepth();
    const errors = errorCount();
    lookAtAssignments(n);
    visitStatement(n);
    // That it is never reached: all else comes while it is checked.
    if (isLenient) forgive(errorCount() - errors);
    run(floor);
    if (kind == EXPRESSION) showLast(n);
  }
}

// ---- fields ----

function checkFieldValues(c: ClassInfo): void {
  const m = new MethodInfo();
  m.owner = c.id;
  m.flags = M_CONSTRUCTOR;
  for (let i = 0; i < c.fields.length; i++) {
    const f = c.fields[i];
    if (mustBeGiven(f)) problem(K0310_USED_BEFORE_ASSIGNED, f.node, f.name);
    if (kindOf(f.node) != FIELD || cOf(f.node) == 0) continue;
    const value = <Node>cOf(f.node);
    tellResults(value, false);
    m.flags = (f.flags & F_STATIC ? M_CONSTRUCTOR | M_STATIC : M_CONSTRUCTOR) | (c.flags & C_LIBRARY ? M_LIBRARY : 0);
    startContext(m);
    startScopes();
    lookAtAssignments(value);
    checkNode(value, f.type);
    expectType(value, typeOf(value), f.type);
    if (f.flags & F_STATIC && globals[f.slot].isConstant) globals[f.slot].constant = fieldConstant(f.node, f.type);
  }
  // A header's parameters are fields with values; other fields of such a class need values of their own.
  if (c.constructorMethod && !(c.constructorMethod!.flags & M_SYNTHETIC)) return;
  for (let i = 0; i < c.fields.length; i++) if (needsValue(c.fields[i])) reportUnset(c.fields[i]);
  const above = findConstructor(superOf(c)!);
  if (c.constructorMethod && above && above.required() > 0)
    problem(K0506_SUPER_NOT_CALLED, c.node, displayName(c.name));
}

// The constructor above must be called when it needs arguments.
function checkConstructor(m: MethodInfo): void {
  const above = findConstructor(superOf(classes[m.owner])!);
  if (above && above.required() > 0 && !m.callsSuper)
    problem(K0506_SUPER_NOT_CALLED, m.node, displayName(classes[m.owner].name));
}

/** Does the constructor's body begin with super(…)? */
export function callsSuper(body: Node): bool {
  const first = <Node>aOf(body);
  if (first == 0 || kindOf(first) != EXPRESSION) return false;
  const e = <Node>aOf(first);
  return kindOf(e) == CALL && kindOf(<Node>aOf(e)) == SUPER;
}

// ---- bodies ----

/** Checks a method's body. */
export function checkBody(m: MethodInfo): void {
  const body = <Node>dOf(m.node);
  m.isChecked = true;
  if (body == 0 || checkpoint()) return;
  startContext(m);
  startScopes();
  lookAtAssignments(body);
  enterScope();
  let node = <Node>cOf(m.node);
  for (let i = 0; i < m.params.length; i++) {
    const local = declareLocal(m.params[i].name, m.params[i].type, node, true);
    local.isParameter = true;
    m.params[i].local = local.id;
    node = nextOf(node);
  }
  const isConstructor = (m.flags & M_CONSTRUCTOR) != 0;
  if (isConstructor) trackFields(classes[m.owner]);
  checkNode(body, WANT_NOTHING);
  if (isConstructor && isAlive()) checkFieldsSet(m);
  if (m.told) finishResult(m);
  if (isAlive() && !hasUnreachable() && m.result != VOID && m.result != ERROR) reportMissingReturn(m);
  leaveScope();
  if (isConstructor) {
    stopTracking(classes[m.owner]);
    checkConstructor(m);
  }
  if (m.owner < 0 && m.name == internLiteral('main')) checkMain(m);
}

// A method that ends without its result raises what is reported here, if it comes to that.
function reportMissingReturn(m: MethodInfo): void {
  problem(K0601_MISSING_RETURN, m.node, displayName(m.name), typeName(m.result));
  if (!isLenient) return;
  forgive(1);
  m.missingReturn = lastError();
}

// main() or main(String[] args), of type void.
function checkMain(m: MethodInfo): void {
  const text = arrayOf(classType(CLASS_STRING));
  if (m.params.length > 1 || (m.params.length == 1 && m.params[0].type != text)) {
    problem(K0401_TYPE_MISMATCH, m.node, internLiteral('main(String[] args)'), internLiteral('other parameters'));
  }
}
