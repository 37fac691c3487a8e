/** Assignment: plain, compound, increments. */
import {
  OP_FADD,
  OP_GPUTI,
  OP_GPUTR,
  OP_IADDI,
  OP_MOV,
  OP_PUTI,
  OP_PUTR,
  OP_SCAT,
} from '../bytecode/opcodes.generated';
import {
  S_DYNAMIC,
  S_FIELD,
  S_GLOBAL,
  S_LOCAL,
  S_METHOD,
  S_SETTER,
  fields,
  locals,
  methods,
  symbolIndex,
  symbolKind,
} from '../check/model';
import { stringType } from '../check/conversions';
import { isDynamic } from '../check/operators';
import { ANY as ANY_TYPE, FLOAT, Type, elementOf, isArray, isReference, nonNull } from '../check/types';
import {
  B_ADD,
  B_SHL,
  INDEX,
  I_POST_MINUS,
  I_POST_PLUS,
  I_PRE_PLUS,
  MEMBER,
  NAME,
  Node,
  VARIABLE,
  aOf,
  bOf,
  kindOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { floatOf } from '../numbers/read-float';
import { arithmetic, floatOp } from './binary';
import { generateSetter } from './calls';
import { loadMapElement, storeMapElement } from './map';
import { mayAssign, toText } from './convert';
import { loadOp, pushOp, storeOp } from './elements';
import { closed, open } from './erased';
import { combineDynamic, incrementDynamic, loadElement, loadMember, storeElement, storeMember } from './dynamic';
import { allocateRegister, atSource, emit, emitWide, loadInt, topRegister } from './emitter';
import { loadGlobal } from './globals';
import { selfRegister } from './lambdas';
import { declareLocal, loadShared, storeShared } from './variables';
import { keep, loadField } from './expressions';
import {
  ANY,
  AS_IT_IS,
  EFFECT,
  VALUE,
  end,
  endStatement,
  generate,
  mode,
  own,
  result,
  setOwn,
  setPhase,
} from './frames';

// Own: 0 register of the object, 1 of the index, 2 of the current value.
const VALUE_PHASE: i32 = 10;

/** Does storing there need an object in a register first? */
function needsObject(target: Node): bool {
  return kindOf(target) == INDEX || (kindOf(target) == MEMBER && symbolKind(symbolOf(target)) != S_GLOBAL);
}

/** Type of the place itself (a narrowed variable keeps its declared one). */
function placeType(target: Node): Type {
  if (symbolKind(symbolOf(target)) == S_LOCAL && (kindOf(target) == NAME || kindOf(target) == VARIABLE))
    return locals[symbolIndex(symbolOf(target))].type;
  return typeOf(target);
}

/** Is it an element of an Any? */
function isDynamicElement(target: Node): bool {
  return kindOf(target) == INDEX && typeOf(<Node>aOf(target)) == ANY_TYPE;
}

// Visits object and index of the target; true when they are in registers.
function prepare(target: Node, later: Node, phase: i32): bool {
  if (!needsObject(target)) return true;
  if (phase == 0) {
    generate(<Node>aOf(target), VALUE, ANY, AS_IT_IS);
    return false;
  }
  if (phase == 1) {
    const index = kindOf(target) == INDEX ? <Node>bOf(target) : later;
    let object = keep(result(), index);
    if (later != 0) object = keep(object, later);
    setOwn(0, object);
    if (kindOf(target) != INDEX) return true;
    generate(<Node>bOf(target), VALUE, ANY, isDynamicElement(target) ? ANY_TYPE : AS_IT_IS);
    return false;
  }
  setOwn(1, later == 0 ? result() : keep(result(), later));
  return true;
}

// Is it a variable whose value is in its register?
function isOwnRegister(target: Node): bool {
  const s = symbolOf(target);
  return kindOf(target) != INDEX && symbolKind(s) == S_LOCAL && !locals[symbolIndex(s)].isShared();
}

function isMapElement(target: Node): bool {
  return kindOf(target) == INDEX && symbolKind(symbolOf(target)) == S_METHOD;
}

// R[to] := what the target holds; a variable's own register is returned as it is.
function load(target: Node): i32 {
  const s = symbolOf(target);
  if (isOwnRegister(target)) return locals[symbolIndex(s)].register;
  if (isMapElement(target)) return loadMapElement(target, own(0), own(1));
  const to = allocateRegister();
  if (kindOf(target) != INDEX && symbolKind(s) == S_LOCAL) loadShared(to, locals[symbolIndex(s)]);
  else if (isDynamicElement(target)) loadElement(to, own(0), own(1));
  else if (kindOf(target) == INDEX) emit(loadOp(typeOf(target)), to, own(0), own(1));
  else if (symbolKind(s) == S_DYNAMIC) loadMember(to, own(0), target);
  else if (symbolKind(s) == S_GLOBAL) loadGlobal(to, symbolIndex(s));
  else {
    loadField(to, kindOf(target) == MEMBER ? own(0) : selfRegister(), symbolIndex(s));
    open(to, fields[symbolIndex(s)].type, typeOf(target));
  }
  return to;
}

function store(target: Node, value: i32): void {
  const s = symbolOf(target);
  const index = symbolIndex(s);
  const isRef = isReference(placeType(target));
  if (isMapElement(target)) return storeMapElement(target, own(0), own(1), value);
  if (isDynamicElement(target)) return storeElement(own(0), own(1), value);
  if (symbolKind(s) == S_DYNAMIC) return storeMember(own(0), target, value);
  if (kindOf(target) == INDEX) {
    emit(storeOp(typeOf(target)), own(0), own(1), value);
    return;
  }
  const kind = symbolKind(s);
  if (kind == S_LOCAL) {
    const register = locals[index].register;
    if (locals[index].isShared()) storeShared(locals[index], value);
    else if (register != value) emit(OP_MOV, register, value, 0);
  } else if (kind == S_GLOBAL) emitWide(isRef ? OP_GPUTR : OP_GPUTI, value, index);
  else if (kind == S_FIELD)
    emit(
      isReference(fields[index].type) ? OP_PUTR : OP_PUTI,
      kindOf(target) == MEMBER ? own(0) : selfRegister(),
      fields[index].slot,
      closed(value, fields[index].type, typeOf(target)),
    );
  else if (kind == S_SETTER) {
    const stored = closed(value, methods[index].params[0].type, typeOf(target));
    generateSetter(own(0), methods[index], stored, nonNull(typeOf(<Node>aOf(target))));
  }
}

function finish(register: i32): void {
  if (mode() == EFFECT) return endStatement();
  end(register);
}

/** Resumes an ASSIGN. */
export function stepAssign(n: Node, phase: i32): void {
  const target = <Node>aOf(n);
  const value = <Node>bOf(n);
  if (phase < VALUE_PHASE) {
    if (!prepare(target, value, phase)) return;
    setPhase(VALUE_PHASE);
    return opOf(n) == 0 ? generateValue(target, value) : generateOperand(n, target, value);
  }
  atSource(startOf(n));
  if (opOf(n) == 0) {
    const from = result();
    store(target, from);
    return finish(from);
  }
  const current = own(2);
  const to = isOwnRegister(target) ? locals[symbolIndex(symbolOf(target))].register : current;
  combine(n, opOf(n), to, current, result(), typeOf(target), typeOf(value));
  store(target, to);
  finish(to);
}

// A variable's value is computed right into its register.
function generateValue(target: Node, value: Node): void {
  const s = symbolOf(target);
  if (symbolKind(s) == S_LOCAL && kindOf(target) == NAME) {
    const local = locals[symbolIndex(s)];
    if (local.register < 0) declareLocal(local);
    if (local.isShared()) return generate(value, VALUE, ANY, local.type);
    return generate(value, VALUE, local.register, local.type);
  }
  generate(value, VALUE, ANY, placeType(target));
}

function generateOperand(n: Node, target: Node, value: Node): void {
  let current = load(target);
  if (symbolKind(symbolOf(target)) == S_LOCAL && mayAssign(value)) {
    const copy = allocateRegister();
    emit(OP_MOV, copy, current, 0);
    current = copy;
  }
  const isText = isTextual(n, typeOf(target), typeOf(value));
  if (isText && current < topRegister() - 1) {
    // Joining needs both texts side by side.
    const copy = allocateRegister();
    emit(OP_MOV, copy, current, 0);
    current = copy;
  }
  setOwn(2, current);
  if (isText) {
    const beside = allocateRegister();
    return generate(value, VALUE, beside, AS_IT_IS);
  }
  const isPush = opOf(n) == B_SHL && isArray(typeOf(target));
  generate(value, VALUE, ANY, isPush ? elementOf(typeOf(target)) : typeOf(target) == FLOAT ? FLOAT : AS_IT_IS);
}

function isTextual(n: Node, type: Type, valueType: Type): bool {
  return opOf(n) == B_ADD && (nonNull(type) == stringType() || nonNull(valueType) == stringType());
}

function combine(n: Node, op: i32, to: i32, current: i32, operand: i32, type: Type, valueType: Type): void {
  if (isTextual(n, type, valueType)) {
    toText(current, type);
    toText(operand, valueType);
    return emit(OP_SCAT, to, current, 2);
  }
  if (isDynamic(op, type, valueType)) {
    atSource(startOf(n));
    return combineDynamic(op, to, current, operand, type, valueType);
  }
  if (op == B_SHL && isArray(type)) {
    emit(pushOp(elementOf(type)), current, operand, 0);
    if (to != current) emit(OP_MOV, to, current, 0);
    return;
  }
  if (type == FLOAT) return emit(floatOp(op), to, current, operand);
  arithmetic(op, to, current, operand, n);
}

// R[to] := R[from] + delta
function step(to: i32, from: i32, delta: i32, isFloat: bool): void {
  if (!isFloat) return emit(OP_IADDI, to, from, delta);
  const one = allocateRegister();
  loadInt(one, <i64>floatOf(<i64>delta));
  emit(OP_FADD, to, from, one);
}

/** Resumes an INCREMENT. */
export function stepIncrement(n: Node, phase: i32): void {
  const target = <Node>aOf(n);
  if (!prepare(target, 0, phase)) return;
  const op = opOf(n);
  const delta = op == I_PRE_PLUS || op == I_POST_PLUS ? 1 : -1;
  const current = load(target);
  const isFloat = typeOf(target) == FLOAT;
  const isLocal = isOwnRegister(target);
  atSource(startOf(n));
  if (typeOf(target) == ANY_TYPE) return stepDynamicIncrement(target, current, delta, op);
  if (mode() == EFFECT || (op != I_POST_PLUS && op != I_POST_MINUS)) {
    step(current, current, delta, isFloat);
    store(target, current);
    return finish(current);
  }
  // The old value is the result.
  if (isLocal) {
    const old = allocateRegister();
    emit(OP_MOV, old, current, 0);
    step(current, current, delta, isFloat);
    return finish(old);
  }
  const next = allocateRegister();
  step(next, current, delta, isFloat);
  store(target, next);
  finish(current);
}

// The new value is an object of its own: the old one stays what it was.
function stepDynamicIncrement(target: Node, current: i32, delta: i32, op: i32): void {
  const old = allocateRegister();
  const next = allocateRegister();
  emit(OP_MOV, old, current, 0);
  incrementDynamic(next, current, delta);
  store(target, next);
  finish(op == I_POST_PLUS || op == I_POST_MINUS ? old : next);
}
