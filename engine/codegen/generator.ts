/** Generates the code of every method: the top level, functions, methods, constructors. */
import { OP_CALLH, OP_LDNULL, OP_MOV, OP_PUTI, OP_PUTR, OP_RET, OP_RETV } from '../bytecode/opcodes.generated';
import { callsSuper } from '../check/checker';
import { findConstructor, superOf } from '../check/lookup';
import {
  ClassInfo,
  F_STATIC,
  FieldInfo,
  M_BOUND,
  M_CONSTRUCTOR,
  M_LAMBDA,
  M_OVERRIDDEN,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  ParamInfo,
  classes,
  compiled,
  firstClass,
  firstMethod,
  locals,
} from '../check/model';
import { parameterOf, selfType } from '../check/generics';
import { syntheticMethod } from '../check/declare-methods';
import { objectType } from '../check/conversions';
import { fileOf, isImportedOffset } from '../diagnostics/lines';
import { Type, VOID, isReference, nullable } from '../check/types';
import { checkpoint } from '../support/checkpoint';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import {
  CLASS,
  EMPTY,
  EXPRESSION,
  E_VALUE,
  FIELD,
  FUNCTION,
  Node,
  aOf,
  cOf,
  dOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  typeOf,
} from '../syntax/ast';
import { emitCall, loadDefaults, setConstructed, superConstructor } from './calls';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  endMethod,
  frameSlots,
  handlers,
  here,
  lines,
  methodFirstCode,
  methodFirstHandler,
  methodFirstLine,
  setTop,
  startMethod,
  topRegister,
} from './emitter';
import { IMG_SEC_HOSTCALLS } from '../bytecode/image';
import { total } from '../bytecode/images';
import { close, closed, open } from './erased';
import { startExits } from './exits';
import { ANY, EFFECT, VALUE, result } from './frames';
import { generateLambdaBody } from './lambdas';
import { generateReferenceCall } from './references';
import { generateAll } from './run';
import { storeGlobal, throwDiagnostic } from './statements';
import { share } from './variables';

/** Per method in image order: frame slots, first instruction, instructions, first handler, handlers, first line, lines. */
export const methodRecords = new IntVector(256);
export const METHOD_RECORD: i32 = 7;
/** Bound methods in the order of the image's HOSTCALLS. */
export const hostMethods = new Array<MethodInfo>();

/** Does the top level give the value of the last item, boxed or null? */
export let topGivesValue: bool = false;

let resultType: Type = VOID;

/** What the method being generated returns. */
export function currentMethodResult(): Type {
  return resultType;
}

/** Generates everything; the top level becomes the last method of the image. */
export function generateProgram(root: Node, giveValue: bool): void {
  for (let id = firstClass; id < classes.length; id++) if (classes[id].node != 0) completeConstructor(classes[id]);
  // Lambdas join the methods as they are met, those of the top level too.
  generateFrom(firstMethod);
  const imported = generateImported(root);
  const next = compiled.length;
  generateTop(root, imported, giveValue);
  if (next == compiled.length) return;
  const top = new IntVector(METHOD_RECORD);
  for (let i = 0; i < METHOD_RECORD; i++) top.push(methodRecords.pop());
  generateFrom(next);
  while (top.length > 0) methodRecords.push(top.pop());
}

// Methods from this one on; returns their number then.
function generateFrom(first: i32): i32 {
  let i = first;
  for (; i < compiled.length && !checkpoint(); i++) generateMethod(compiled[i]);
  return i;
}

// The top level of each imported file is a method of its own, so that traces name the file: those that have one, in order.
function generateImported(root: Node): MethodInfo[] {
  const tops = new Array<MethodInfo>();
  let n = <Node>aOf(root);
  while (n != 0 && isImportedOffset(startOf(n))) {
    const file = fileOf(startOf(n));
    let top: MethodInfo | null = null;
    for (; n != 0 && isImportedOffset(startOf(n)) && fileOf(startOf(n)) == file; n = nextOf(n)) {
      if (isDeclaration(n) || checkpoint()) continue;
      if (!top) {
        top = topOf(n);
        tops.push(top);
        resultType = VOID;
        startMethod(0);
        startExits(false);
      }
      generateAll(n, EFFECT, 0, 0);
    }
    if (!top) continue;
    finishMethod();
    generateFrom(top.image + 1);
  }
  return tops;
}

function topOf(first: Node): MethodInfo {
  const m = new MethodInfo();
  m.id = compiled.length;
  m.image = compiled.length;
  m.name = internLiteral('<top>');
  m.flags = M_STATIC | M_SYNTHETIC;
  m.result = VOID;
  m.node = first;
  compiled.push(m);
  return m;
}

function isDeclaration(n: Node): bool {
  return kindOf(n) == CLASS || kindOf(n) == FUNCTION || kindOf(n) == EMPTY;
}

function finishMethod(): void {
  // Nothing may run off the end, even where the checker knows that it cannot.
  emit(OP_RETV, 0, 0, 0);
  endMethod();
  methodRecords.push(frameSlots());
  methodRecords.push(methodFirstCode());
  methodRecords.push(here());
  methodRecords.push(methodFirstHandler());
  methodRecords.push(handlers.length / 5 - methodFirstHandler());
  methodRecords.push(methodFirstLine());
  methodRecords.push((lines.length >> 1) - methodFirstLine());
}

function generateTop(root: Node, imported: MethodInfo[], giveValue: bool): void {
  topGivesValue = giveValue;
  resultType = VOID;
  startMethod(0);
  startExits(false);
  for (let id = firstClass; id < classes.length; id++) {
    const c = classes[id];
    if (c.node == 0) continue;
    for (let i = 0; i < c.fields.length; i++) {
      if (c.fields[i].flags & F_STATIC && hasValue(c.fields[i])) initialise(c.fields[i]);
    }
  }
  for (let i = 0; i < imported.length; i++) {
    const window = topRegister();
    setTop(window + 2);
    emitCall(imported[i], window, false);
    setTop(window);
  }
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (isDeclaration(n) || isImportedOffset(startOf(n))) continue;
    if (checkpoint()) return;
    if (kindOf(n) == EXPRESSION && opOf(n) == E_VALUE && typeOf(<Node>aOf(n)) != VOID) {
      atSource(startOf(n));
      generateAll(<Node>aOf(n), VALUE, ANY, nullable(objectType()));
      emit(OP_RET, result(), 0, 0);
    } else generateAll(n, EFFECT, 0, 0);
  }
  if (giveValue) {
    const none = allocateRegister();
    emit(OP_LDNULL, none, 0, 0);
    emit(OP_RET, none, 0, 0);
  }
  finishMethod();
}

function generateMethod(m: MethodInfo): void {
  const parameters = m.params.length + (m.flags & M_STATIC ? 0 : 1);
  resultType = m.result;
  startMethod(parameters);
  startExits(m.result != VOID);
  if (m.reference !== null) generateReferenceCall(m, m.reference!);
  else if (m.bridged !== null) generateBridge(m, m.bridged!);
  else if (m.flags & M_BOUND) generateHostCall(m, parameters);
  else if (m.flags & M_CONSTRUCTOR) generateConstructor(m);
  else if (m.flags & M_LAMBDA) {
    placeParameters(m);
    generateLambdaBody(m);
  } else if (dOf(m.node) != 0) {
    placeParameters(m);
    shareParameters(m);
    generateAll(<Node>dOf(m.node), EFFECT, 0, 0);
    if (m.missingReturn >= 0) throwDiagnostic(m.missingReturn);
  }
  finishMethod();
}

// The whole body of a bound method; its arguments are where the instruction wants them.
function generateHostCall(m: MethodInfo, parameters: i32): void {
  setTop(parameters > 0 ? parameters : 1);
  emitWide(OP_CALLH, 0, <i32>total(IMG_SEC_HOSTCALLS) + hostMethods.length);
  hostMethods.push(m);
  if (m.result != VOID) emit(OP_RET, 0, 0, 0);
}

// Calls the method that the bridge stands for, arguments and result in the representation that each side knows.
function generateBridge(m: MethodInfo, to: MethodInfo): void {
  atSource(startOf(m.node));
  const window = topRegister();
  const first = window + (to.isStatic() ? 2 : 3);
  setTop(first + m.params.length);
  if (!to.isStatic()) emit(OP_MOV, window + 2, 0, 0);
  for (let i = 0; i < m.params.length; i++) {
    emit(OP_MOV, first + i, 1 + i, 0);
    open(first + i, m.params[i].type, to.params[i].type);
  }
  emitCall(to, window, (to.flags & M_OVERRIDDEN) != 0);
  if (m.result != VOID) emit(OP_RET, closed(window, m.result, to.result), 0, 0);
}

// A method's parameters are the first locals that were declared for it: they carry its PARAMETER nodes.
function placeParameters(m: MethodInfo): void {
  const first = m.flags & M_STATIC ? 0 : 1;
  for (let i = 0; i < m.params.length; i++) if (m.params[i].local >= 0) locals[m.params[i].local].register = first + i;
}

// Those that lambdas share with the method move to objects of their own.
function shareParameters(m: MethodInfo): void {
  for (let i = 0; i < m.params.length; i++) if (m.params[i].local >= 0) share(locals[m.params[i].local]);
}

// ---- constructors ----

function hasValue(f: FieldInfo): bool {
  return kindOf(f.node) == FIELD && cOf(f.node) != 0;
}

function hasFieldValues(c: ClassInfo): bool {
  for (let i = 0; i < c.fields.length; i++) if (!(c.fields[i].flags & F_STATIC) && hasValue(c.fields[i])) return true;
  return false;
}

// A class whose fields have values, but no constructor: it gets one with the parameters of the one above.
function completeConstructor(c: ClassInfo): void {
  if (c.constructorMethod || !hasFieldValues(c)) return;
  const above = findConstructor(superOf(c)!);
  const m = syntheticMethod(c, c.name);
  if (above) {
    for (let i = 0; i < above.params.length; i++) {
      const p = new ParamInfo();
      p.name = above.params[i].name;
      p.type = parameterOf(above, i, selfType(c));
      p.defaultKind = above.params[i].defaultKind;
      p.defaultValue = above.params[i].defaultValue;
      p.computed = above.params[i].computed;
      m.params.push(p);
    }
  }
  c.constructorMethod = m;
}

// First the constructor above, then the values of the fields, then the body.
function generateConstructor(m: MethodInfo): void {
  const c = classes[m.owner];
  setConstructed(c);
  atSource(startOf(m.node));
  if (kindOf(m.node) == CLASS) {
    callAbove(m, dOf(c.node) == 0);
    initialiseFields(c);
    if (dOf(c.node) != 0) storeHeader(c, m);
  } else {
    placeParameters(m);
    shareParameters(m);
    const body = <Node>dOf(m.node);
    let statement = <Node>aOf(body);
    if (callsSuper(body)) {
      generateAll(statement, EFFECT, 0, 0);
      statement = nextOf(statement);
    } else callAbove(m, false);
    initialiseFields(c);
    for (; statement != 0; statement = nextOf(statement)) generateAll(statement, EFFECT, 0, 0);
  }
  setConstructed(null);
}

// Calls the constructor above, with this method's own arguments (`pass`) or its defaults.
function callAbove(m: MethodInfo, pass: bool): void {
  const above = superConstructor();
  if (!above) return;
  const window = topRegister();
  setTop(window + 3 + above.params.length);
  emit(OP_MOV, window + 2, 0, 0);
  if (pass) {
    for (let i = 0; i < above.params.length; i++) {
      const to = window + 3 + i;
      emit(OP_MOV, to, 1 + i, 0);
      close(to, above.params[i].type, m.params[i].type);
    }
  }
  if (!pass) loadDefaults(above, 0, window + 3);
  emitCall(above, window, false);
  setTop(window);
}

function initialiseFields(c: ClassInfo): void {
  for (let i = 0; i < c.fields.length; i++)
    if (!(c.fields[i].flags & F_STATIC) && hasValue(c.fields[i])) initialise(c.fields[i]);
}

function initialise(f: FieldInfo): void {
  const floor = topRegister();
  const value = <Node>cOf(f.node);
  atSource(startOf(value));
  generateAll(value, VALUE, ANY, f.type);
  if (f.flags & F_STATIC) storeGlobal(f.slot, result(), f.type);
  else emit(isReference(f.type) ? OP_PUTR : OP_PUTI, 0, f.slot, result());
  setTop(floor);
}

// class Person(String name, int age): every parameter is a field.
function storeHeader(c: ClassInfo, m: MethodInfo): void {
  for (let i = 0; i < m.params.length; i++) {
    for (let j = 0; j < c.fields.length; j++) {
      const f = c.fields[j];
      if (f.name == m.params[i].name) emit(isReference(f.type) ? OP_PUTR : OP_PUTI, 0, f.slot, 1 + i);
    }
  }
}
