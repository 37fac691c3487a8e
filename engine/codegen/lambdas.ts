/** Lambdas: the objects that they are, and the methods that those have. */
import { CLASS_FUNC } from '../bytecode/builtins.generated';
import {
  OP_GETI,
  OP_GETR,
  OP_GGET,
  OP_GPUTR,
  OP_JNNULL,
  OP_NEW,
  OP_PUTI,
  OP_PUTR,
  OP_RET,
} from '../bytecode/opcodes.generated';
import { objectType } from '../check/conversions';
import { hiddenClass } from '../check/functions';
import {
  ClassInfo,
  FieldInfo,
  GlobalInfo,
  LambdaInfo,
  MethodInfo,
  addField,
  classes,
  compiled,
  globals,
  lambdas,
  locals,
  symbolIndex,
} from '../check/model';
import { Type, VOID, isReference } from '../check/types';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { ASSIGN, CALL, INCREMENT, L_BLOCK, NEW, Node, bOf, kindOf, opOf, startOf, symbolOf } from '../syntax/ast';
import { allocateRegister, atSource, emit, emitWide, jumpWide, newLabel, place } from './emitter';
import { ANY, AS_IT_IS, EFFECT, VALUE, end, result, target } from './frames';
import { generateAll } from './run';
import { throwDiagnostic } from './statements';
import { share } from './variables';

let self: i32 = 0;

/** Register of `this`: 0, but in a lambda, where register 0 is the lambda. */
export function selfRegister(): i32 {
  return self;
}

// ---- objects ----

/** Emits R[to] := the one object of class `cls`, which has no fields; it is made when it is first met. `instance`: its global, -1 if there is none yet. Returns that. */
export function loadInstance(to: i32, cls: i32, instance: i32): i32 {
  let index = instance;
  if (index < 0) {
    const g = new GlobalInfo();
    g.id = globals.length;
    g.type = objectType();
    globals.push(g);
    index = g.id;
  }
  const known = newLabel();
  emitWide(OP_GGET, to, index);
  jumpWide(OP_JNNULL, to, known);
  emitWide(OP_NEW, to, cls);
  emitWide(OP_GPUTR, to, index);
  place(known);
  return index;
}

/** Generates a LAMBDA: an object with what it captures. */
export function generateLambda(n: Node): void {
  const info = lambdas[symbolIndex(symbolOf(n))];
  if (info.method.owner < 0) makeClass(info);
  const c = classes[info.method.owner];
  const to = target();
  atSource(startOf(n));
  if (c.fields.length == 0) {
    info.instance = loadInstance(to, c.id, info.instance);
    return end(to);
  }
  emitWide(OP_NEW, to, c.id);
  let slot = 0;
  if (info.usesThis) emit(OP_PUTR, to, slot++, self);
  for (let i = 0; i < info.captures.length; i++) {
    const field = c.fields[slot];
    emit(isReference(field.type) ? OP_PUTR : OP_PUTI, to, slot++, locals[info.captures.get(i)].register);
  }
  end(to);
}

function makeClass(info: LambdaInfo): void {
  const c = hiddenClass(internLiteral('a lambda'), CLASS_FUNC);
  if (info.usesThis) addCapture(c, objectType());
  for (let i = 0; i < info.captures.length; i++) {
    const local = locals[info.captures.get(i)];
    addCapture(c, local.isShared() ? objectType() : local.type);
  }
  const m = info.method;
  m.owner = c.id;
  m.image = compiled.length;
  compiled.push(m);
  m.vslot = c.vtable.length;
  c.vtable.push(m);
}

function addCapture(c: ClassInfo, type: Type): void {
  const f: FieldInfo = addField(internLiteral('captured'), c.id, type);
  f.slot = c.slots++;
  c.fields.push(f);
}

// ---- methods ----

/** Generates the body of a lambda's method, whose parameters have their registers. */
export function generateLambdaBody(m: MethodInfo): void {
  const n = m.node;
  const info = lambdas[symbolIndex(symbolOf(n))];
  const c = classes[m.owner];
  atSource(startOf(n));
  let slot = 0;
  if (info.usesThis) {
    self = allocateRegister();
    emit(OP_GETR, self, 0, slot++);
  }
  // What the variables' registers are in the method around it, which may be generated later.
  const before = new IntVector(8);
  for (let i = 0; i < info.captures.length; i++) {
    const local = locals[info.captures.get(i)];
    before.push(local.register);
    local.register = allocateRegister();
    emit(isReference(c.fields[slot].type) ? OP_GETR : OP_GETI, local.register, 0, slot);
    slot++;
  }
  for (let i = 0; i < m.params.length; i++) share(locals[m.params[i].local]);
  generateBody(m, <Node>bOf(n), opOf(n) == L_BLOCK);
  for (let i = 0; i < info.captures.length; i++) locals[info.captures.get(i)].register = before.get(i);
  self = 0;
}

function generateBody(m: MethodInfo, body: Node, isBlock: bool): void {
  if (isBlock) {
    generateAll(body, EFFECT, 0, 0);
    if (m.missingReturn >= 0) throwDiagnostic(m.missingReturn);
  } else if (m.result == VOID) {
    const kind = kindOf(body);
    const isEffect = kind == CALL || kind == ASSIGN || kind == INCREMENT || kind == NEW;
    generateAll(body, isEffect ? EFFECT : VALUE, isEffect ? 0 : ANY, AS_IT_IS);
  } else {
    generateAll(body, VALUE, ANY, m.result);
    emit(OP_RET, result(), 0, 0);
  }
}
