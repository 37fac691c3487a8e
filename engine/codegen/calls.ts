/** Calls: windows, arguments, defaults, which of CALL, CALLV and CALLN; `new`. */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_OBJECT,
  N_ARRAY_ADD,
  N_ARRAY_SIZE,
  N_OBJECT_WAIT,
} from '../bytecode/builtins.generated';
import {
  OP_ALEN,
  OP_CALL,
  OP_CALLF,
  OP_CALLI,
  OP_CALLN,
  OP_CALLV,
  OP_GGET,
  OP_GPUTR,
  OP_JNNULL,
  OP_LDI,
  OP_LDNULL,
  OP_MOV,
  OP_NEW,
} from '../bytecode/opcodes.generated';
import { IMG_CALL_COUNT, IMG_KINDS_HAS_RESULT, IMG_KINDS_RESULT } from '../bytecode/image';
import { objectType } from '../check/conversions';
import { instanceName } from '../check/declare';
import { box } from './boxes';
import { classOfType, findConstructor, superOf } from '../check/lookup';
import {
  C_INTERFACE,
  C_OPEN,
  C_SINGLETON,
  ClassInfo,
  DEFAULT_BOOLEAN,
  DEFAULT_COMPUTED,
  DEFAULT_FLOAT,
  DEFAULT_NULL,
  DEFAULT_STRING,
  M_ABSTRACT,
  M_BOUND,
  M_FINAL,
  M_OVERRIDDEN,
  MethodInfo,
  ParamInfo,
  S_CLASS,
  S_DYNAMIC,
  classes,
  isOpenWorld,
  methods,
  symbolIndex,
  symbolKind,
} from '../check/model';
import {
  BOOLEAN,
  FLOAT,
  INT,
  Type,
  VOID,
  argumentCount,
  argumentOf,
  elementOf,
  isReference,
  isVariable,
  nonNull,
  resultOf,
} from '../check/types';
import {
  C_VALUE,
  MEMBER,
  NAME,
  Node,
  SUPER,
  aOf,
  bOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jumpWide,
  newLabel,
  place,
  loadInt,
  loadString,
  newSite,
  setTop,
  topRegister,
} from './emitter';
import { elementKind, kindOfType, pushOp } from './elements';
import { close, endErased, open } from './erased';
import { selfRegister } from './lambdas';
import { stepDynamicCall } from './dynamic';
import { stepWait } from './wait';
import { ANY, AS_IT_IS, VALUE, end, endTyped, generate, own, result, setOwn } from './frames';

// ---- the call itself ----

/** Is it declared by an interface, so that the class of the object says which method is meant? */
function ofInterface(m: MethodInfo): bool {
  return m.owner >= 0 && (classes[m.owner].flags & C_INTERFACE) != 0 && !m.isStatic();
}

/** May a call of `m` on a receiver of class `c` mean a method below? */
export function isVirtual(m: MethodInfo, c: ClassInfo | null): bool {
  if (ofInterface(m)) return true;
  if (m.vslot < 0 || m.isStatic()) return false;
  if (isOpenWorld && m.owner >= BUILTIN_CLASSES) return (m.flags & (M_FINAL | M_BOUND)) == 0;
  if (m.native < 0) return (m.flags & (M_OVERRIDDEN | M_ABSTRACT)) != 0;
  // Object's own: a class that scripts cannot extend answers by itself.
  return c === null || (c.flags & C_OPEN) != 0;
}

/** Emits the call with its window at `window`. */
export function emitCall(m: MethodInfo, window: i32, virtual: bool): void {
  if (virtual && ofInterface(m)) emitWide(OP_CALLI, window, newSite(m.image, m.params.length + 1));
  else if (virtual) emit(OP_CALLV, window, m.vslot, m.owner);
  else if (m.native >= 0) emitWide(OP_CALLN, window, m.native);
  else emitWide(OP_CALL, window, m.image);
}

/** Puts the defaults of the parameters from `from` on into the window's arguments, which begin at `first`. */
export function loadDefaults(m: MethodInfo, from: i32, first: i32): void {
  for (let i = from; i < m.params.length; i++) {
    const p = m.params[i];
    const to = first + i;
    setTop(to + 1);
    if (p.defaultKind == DEFAULT_COMPUTED) computeDefault(m, p, first, to);
    else if (p.defaultKind == DEFAULT_STRING) loadString(to, <i32>p.defaultValue);
    else if (p.defaultKind == DEFAULT_NULL) emit(OP_LDNULL, to, 0, 0);
    else {
      loadInt(to, p.defaultValue);
      if (isReference(p.type))
        box(to, to, p.defaultKind == DEFAULT_BOOLEAN ? BOOLEAN : p.defaultKind == DEFAULT_FLOAT ? FLOAT : INT);
    }
  }
}

// Calls the method that gives the default, with the object and the arguments in front.
function computeDefault(m: MethodInfo, p: ParamInfo, first: i32, to: i32): void {
  const computing = p.computed!;
  const window = topRegister();
  const firstOwn = window + (computing.isStatic() ? 2 : 3);
  setTop(firstOwn + computing.params.length);
  if (!computing.isStatic()) emit(OP_MOV, window + 2, first - 1, 0);
  for (let i = 0; i < computing.params.length; i++) {
    emit(OP_MOV, firstOwn + i, first + i, 0);
    // A constructor that is inherited may know its parameters by other types.
    open(firstOwn + i, m.params[i].type, computing.params[i].type);
    close(firstOwn + i, computing.params[i].type, m.params[i].type);
  }
  emitCall(computing, window, false);
  open(window, computing.result, p.type);
  emit(OP_MOV, to, window, 0);
  setTop(to + 1);
}

/** Type of the place an argument goes to: natives of arrays take elements as the caller sees them. */
function argumentType(n: Node, m: MethodInfo, index: i32): Type {
  const type = m.params[index].type;
  if (!isVariable(type) || !seesElements(m)) return type;
  return seenElement(n);
}

// Element of the array whose method a call is of; in a method of arrays itself their variable.
function seenElement(n: Node): Type {
  const callee = <Node>aOf(n);
  return hasReceiver(callee) ? elementOf(nonNull(typeOf(<Node>aOf(callee)))) : classes[CLASS_ARRAY].variables.get(0);
}

// ---- CALL nodes ----

function methodOf(n: Node): MethodInfo {
  return methods[symbolIndex(symbolOf(n))];
}

/** Is there an object in front: `x.m()`, and not `Class.m()` or `super.m()`? */
export function hasReceiver(callee: Node): bool {
  if (kindOf(callee) != MEMBER) return false;
  const object = <Node>aOf(callee);
  return symbolKind(symbolOf(object)) != S_CLASS || kindOf(object) != NAME;
}

// Own: 0 window, 1 index of the next argument, 2 the next argument, 3 first argument register.

/** Resumes a CALL. */
export function stepCall(n: Node, phase: i32): void {
  const callee = <Node>aOf(n);
  if (kindOf(callee) == SUPER) return stepSuper(n, phase);
  if (symbolKind(symbolOf(n)) == S_DYNAMIC) return stepDynamicCall(n, phase);
  if (opOf(n) == C_VALUE) return stepValueCall(n, phase);
  const m = methodOf(n);
  if (m.native == N_OBJECT_WAIT) return stepWait(n, phase);
  if (phase == 0) {
    const window = topRegister();
    setOwn(0, window);
    setOwn(2, bOf(n));
    setOwn(3, window + (m.isStatic() ? 2 : 3));
    setTop(window + 3);
    if (hasReceiver(callee) && !m.isStatic()) {
      if (isInline(callee, m)) {
        setTop(window);
        return generate(<Node>aOf(callee), VALUE, ANY, AS_IT_IS);
      }
      // What Object declares takes an object: an int or boolean is boxed for it.
      return generate(<Node>aOf(callee), VALUE, window + 2, m.owner == CLASS_OBJECT ? objectType() : AS_IT_IS);
    }
    if (!m.isStatic()) emit(OP_MOV, window + 2, selfRegister(), 0);
  }
  if (isInline(callee, m)) return stepInline(n, m, phase);
  if (!nextArgument(n, m)) return;
  loadDefaults(m, own(1), own(3));
  setTop(own(3) + m.params.length);
  atSource(startOf(callee) < startOf(n) ? startOf(callee) : startOf(n));
  const object = kindOf(callee) == MEMBER ? <Node>aOf(callee) : 0;
  const isSuper = object != 0 && kindOf(object) == SUPER;
  const c =
    object != 0 && !m.isStatic() && !isSuper
      ? classOfType(nonNull(typeOf(object)))
      : m.owner >= 0
        ? classes[m.owner]
        : null;
  if (seesElements(m)) emitWide(OP_LDI, own(0), elementKind(seenElement(n)));
  emitCall(m, own(0), !isSuper && isVirtual(m, c));
  if (seesElements(m)) end(own(0));
  else endErased(own(0), m.result);
}

/** Does the native of Array take or give an element? It has it as its caller sees it, and is told how that is. */
export function seesElements(m: MethodInfo): bool {
  if (m.native < 0 || m.owner != CLASS_ARRAY) return false;
  if (isVariable(m.result)) return true;
  for (let i = 0; i < m.params.length; i++) if (isVariable(m.params[i].type)) return true;
  return false;
}

// Pushes the next argument; true when all are in their registers.
function nextArgument(n: Node, m: MethodInfo): bool {
  const argument = <Node>own(2);
  if (argument == 0) return true;
  const index = own(1);
  setOwn(1, index + 1);
  setOwn(2, <i32>nextOf(argument));
  const register = own(3) + index;
  setTop(register + 1);
  generate(argument, VALUE, register, argumentType(n, m, index));
  return false;
}

// ---- function values ----

// A call of what an expression gives; own as above.
function stepValueCall(n: Node, phase: i32): void {
  const callee = <Node>aOf(n);
  const type = typeOf(callee);
  if (phase == 0) {
    const window = topRegister();
    setOwn(0, window);
    setOwn(2, bOf(n));
    setOwn(3, window + 3);
    setTop(window + 3);
    return generate(callee, VALUE, window + 2, AS_IT_IS);
  }
  const argument = <Node>own(2);
  if (argument != 0) {
    const index = own(1);
    setOwn(1, index + 1);
    setOwn(2, <i32>nextOf(argument));
    setTop(own(3) + index + 1);
    return generate(argument, VALUE, own(3) + index, argumentOf(type, index));
  }
  setTop(own(3) + argumentCount(type));
  atSource(startOf(n));
  emitWide(OP_CALLF, own(0), <i32>callKinds(type));
  end(own(0));
}

// What a call of a function of this type passes and wants, as CALLF has it.
function callKinds(type: Type): u32 {
  const result = resultOf(type);
  let kinds: u32 = result == VOID ? 0 : IMG_KINDS_HAS_RESULT | (kindOfType(result) << IMG_KINDS_RESULT);
  for (let i = 0; i < argumentCount(type); i++) kinds |= kindOfType(argumentOf(type, i)) << (<u32>i * 2);
  return kinds | ((<u32>argumentCount(type)) << IMG_CALL_COUNT);
}

// ---- what has an instruction of its own ----

function isInline(callee: Node, m: MethodInfo): bool {
  return hasReceiver(callee) && (m.native == N_ARRAY_SIZE || m.native == N_ARRAY_ADD);
}

function stepInline(n: Node, m: MethodInfo, phase: i32): void {
  const array = <Node>aOf(<Node>aOf(n));
  const element = elementOf(nonNull(typeOf(array)));
  if (phase == 1) {
    setOwn(4, result());
    if (m.native == N_ARRAY_ADD) {
      // The array stays in a register of its own while the element is computed.
      const kept = allocateRegister();
      emit(OP_MOV, kept, own(4), 0);
      setOwn(4, kept);
      return generate(<Node>bOf(n), VALUE, ANY, element);
    }
  }
  atSource(startOf(n));
  if (m.native == N_ARRAY_ADD) {
    emit(pushOp(element), own(4), result(), 0);
    return end(own(0));
  }
  setTop(own(0) + 1);
  emit(OP_ALEN, own(0), own(4), 0);
  end(own(0));
}

// ---- constructors ----

// super(…): the constructor above, on this object; nothing if there is none.
function stepSuper(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, topRegister());
    setOwn(2, bOf(n));
    setOwn(3, topRegister() + 3);
  }
  const m = superConstructor();
  if (!m) return endTyped(own(0), VOID);
  if (!nextArgument(n, m)) return;
  loadDefaults(m, own(1), own(3));
  setTop(own(3) + m.params.length);
  emit(OP_MOV, own(0) + 2, 0, 0);
  atSource(startOf(n));
  emitCall(m, own(0), false);
  endTyped(own(0), VOID);
}

/** Class whose constructor is being generated. */
let constructed: ClassInfo | null = null;

export function setConstructed(c: ClassInfo | null): void {
  constructed = c;
}

/** The constructor that the running constructor calls first, or null. */
export function superConstructor(): MethodInfo | null {
  return findConstructor(superOf(constructed!)!);
}

/** Resumes a NEW. Own: as in calls; 4 the object, 5 label behind, where there is one object of the class. */
export function stepNew(n: Node, phase: i32): void {
  const c = classOfType(typeOf(<Node>aOf(n)))!;
  const m = findConstructor(c);
  if (phase == 0) {
    const object = allocateRegister();
    setOwn(4, object);
    atSource(startOf(n));
    if (c.flags & C_SINGLETON) {
      setOwn(5, newLabel());
      emitWide(OP_GGET, object, instanceOf(c));
      jumpWide(OP_JNNULL, object, own(5));
    }
    emitWide(OP_NEW, object, c.id);
    if (!m) return finishNew(c, object);
    setOwn(0, topRegister());
    setOwn(2, bOf(n));
    setOwn(3, topRegister() + 3);
    setTop(topRegister() + 3);
  }
  if (!nextArgument(n, m!)) return;
  loadDefaults(m!, own(1), own(3));
  setTop(own(3) + m!.params.length);
  emit(OP_MOV, own(0) + 2, own(4), 0);
  atSource(startOf(n));
  emitCall(m!, own(0), false);
  finishNew(c, own(4));
}

// The one object of a class is kept when its constructor has run.
function finishNew(c: ClassInfo, object: i32): void {
  if (c.flags & C_SINGLETON) {
    emitWide(OP_GPUTR, object, instanceOf(c));
    place(own(5));
  }
  end(object);
}

// Global of the one object of a class.
function instanceOf(c: ClassInfo): i32 {
  for (let i = 0; i < c.fields.length; i++) if (c.fields[i].name == instanceName()) return c.fields[i].slot;
  return 0;
}

// ---- accessors ----

/** `x.age` as a call of its getter; ends the frame. */
export function generateGetter(object: i32, m: MethodInfo, type: Type): void {
  const window = topRegister();
  setTop(window + 3);
  emit(OP_MOV, window + 2, object, 0);
  emitCall(m, window, isVirtual(m, classOfType(type)));
  endErased(window, m.result);
}

/** `x.age = value` as a call of its setter. */
export function generateSetter(object: i32, m: MethodInfo, value: i32, type: Type): void {
  const window = topRegister();
  setTop(window + 4);
  emit(OP_MOV, window + 2, object, 0);
  emit(OP_MOV, window + 3, value, 0);
  emitCall(m, window, isVirtual(m, classOfType(type)));
  setTop(window);
}
