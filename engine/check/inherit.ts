/** Overriding: virtual tables, abstract classes; device handlers are in handlers.ts. Runs when all members are declared, parents before children. */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_DEVICE,
  CLASS_OBJECT,
  N_OBJECT_NOTIFY,
  N_OBJECT_WAIT,
} from '../bytecode/builtins.generated';
import { imageCount } from '../bytecode/images';
import {
  K0503_OVERRIDE_DIFFERS,
  K0504_NOTHING_TO_OVERRIDE,
  K0508_FINAL_METHOD,
  K0510_METHOD_NEEDS_BODY,
} from '../diagnostics/codes.generated';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, textAddress, textLength } from '../support/texts';
import { A_OVERRIDE, declarationFlags } from './annotations';
import { ensureFilled } from './builtins';
import { checkState, findHandlers, isHandler } from './handlers';
import { findIoctls } from './ioctls';
import { answerInterfaces } from './interfaces';
import { interfaceMethod, isSubclass, ownMethod, superOf } from './lookup';
import {
  C_ABSTRACT,
  C_BOUND,
  C_BUILTIN,
  C_INTERFACE,
  ClassInfo,
  M_ABSTRACT,
  M_FINAL,
  M_LIBRARY,
  M_OVERRIDDEN,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  classes,
  firstClass,
  firstMethod,
  patches,
} from './model';
import { displayName, problem } from './problem';
import { ERROR, isReference, isVariable, nonNull, writeType } from './types';
import { newMethod } from './declare-methods';
import { castClass, parameterOf, seenThrough, selfType } from './generics';
import { startResults, takeResults } from './results';
import { Bindings, substitute } from './substitution';

/** Completes all classes. */
export function inheritAll(): void {
  startResults();
  for (let id = 0; id < classes.length; id++) {
    const c = classes[id];
    takeResults(c);
    // Devices of earlier images are what they are.
    if (isSubclass(id, CLASS_DEVICE) && (id >= firstClass || imageCount() == 0)) {
      findHandlers(ensureFilled(c));
      findIoctls(c);
      checkState(c);
    }
    if (id == CLASS_ARRAY) placeInArray(c);
    if (c.node != 0) makeTable(c);
    if (c.node != 0) answerInterfaces(c);
    else if (id >= BUILTIN_CLASSES) for (let i = 0; i < c.methods.length; i++) placeLate(c, c.methods[i]);
  }
}

// The library's own toString of arrays, where the program has it, asks the elements: it takes the place of the native.
function placeInArray(c: ClassInfo): void {
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.native >= 0 || !(m.flags & M_LIBRARY) || m.image < firstMethod) continue;
    const old = ownMethod(ensureFilled(classes[CLASS_OBJECT]), m.name);
    if (!old || old.vslot < 0) continue;
    patches.push(CLASS_ARRAY);
    patches.push(old.vslot);
    patches.push(m.image);
  }
}

// A method that is added to a class of an earlier image takes the slot of the one that it replaces or overrides, here and in the
// classes below that inherit that. Others get none: the slots behind may be those of a class below.
function placeLate(c: ClassInfo, m: MethodInfo): void {
  if (m.image < firstMethod || m.isStatic()) return;
  let old = m.replaced;
  if (old) {
    if (old.vslot < 0 || !sameSignature(m, old, c)) return;
  } else {
    old = overridden(c, m.name);
    if (!old || old.native == N_OBJECT_WAIT || old.native == N_OBJECT_NOTIFY) return;
    if (!sameSignature(m, old, c)) return differs(m, old, c);
    if (old.flags & M_FINAL || old.vslot < 0) return problem(K0508_FINAL_METHOD, m.node, displayName(m.name));
  }
  m.vslot = old.vslot;
  const former = c.vtable[m.vslot];
  for (let id = c.id; id < firstClass; id++) {
    const below = classes[id];
    if (below.flags & C_BOUND || !isSubclass(id, c.id) || below.vtable[m.vslot] != former) continue;
    below.vtable[m.vslot] = m;
    patches.push(id);
    patches.push(m.vslot);
    patches.push(m.image);
  }
}

function differs(m: MethodInfo, old: MethodInfo, c: ClassInfo): void {
  problem(
    K0503_OVERRIDE_DIFFERS,
    m.node,
    displayName(m.name),
    displayName(classes[old.owner].name),
    signatureText(old, c),
  );
}

/** `int next(int n)`, as an error message shows it, seen from class `c`. */
export function signatureText(m: MethodInfo, c: ClassInfo | null = null): Text {
  const receiver = c ? selfType(c) : ERROR;
  const out = new ByteVector();
  if (m.result != ERROR) {
    writeType(receiver == ERROR ? m.result : seenThrough(m.result, receiver, m.owner), out);
    out.byte(32);
  }
  out.bytes(textAddress(m.name), textLength(m.name));
  out.byte(40);
  for (let i = 0; i < m.params.length; i++) {
    if (i > 0) out.text(', ');
    writeType(receiver == ERROR ? m.params[i].type : parameterOf(m, i, receiver), out);
    out.byte(32);
    out.bytes(textAddress(m.params[i].name), textLength(m.params[i].name));
  }
  out.byte(41);
  return internBytes(out);
}

// The nearest method of that name above the class that a call could mean.
function overridden(c: ClassInfo, name: Text): MethodInfo | null {
  let at = superOf(c);
  while (at) {
    const m = ownMethod(at, name);
    if (m) return m;
    at = superOf(at);
  }
  return null;
}

function makeTable(c: ClassInfo): void {
  const above = superOf(c)!;
  if (c.flags & C_INTERFACE) return checkInterface(c);
  if (above.flags & C_BUILTIN) {
    const root = ensureFilled(classes[CLASS_OBJECT]);
    for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot >= 0) c.vtable.push(root.methods[i]);
  } else for (let i = 0; i < above.vtable.length; i++) c.vtable.push(above.vtable[i]);
  for (let i = 0; i < c.methods.length; i++) placeMethod(c, c.methods[i]);
  for (let i = 0; i < c.vtable.length; i++) {
    if (!(c.vtable[i].flags & M_ABSTRACT)) continue;
    if (!(c.flags & C_ABSTRACT)) problem(K0510_METHOD_NEEDS_BODY, c.node, displayName(c.vtable[i].name));
    c.flags |= C_ABSTRACT;
  }
}

// An interface has no table: calls of its methods go by the class of the object. What it declares of Object's own stays that.
function checkInterface(c: ClassInfo): void {
  const root = ensureFilled(classes[CLASS_OBJECT]);
  for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot >= 0) c.vtable.push(root.methods[i]);
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    const old = ownMethod(root, m.name);
    if (old && old.flags & M_FINAL) problem(K0508_FINAL_METHOD, m.node, displayName(m.name));
    else if (old && !sameSignature(m, old, c))
      problem(K0503_OVERRIDE_DIFFERS, m.node, displayName(m.name), displayName(root.name), signatureText(old));
    else if (!old && declarationFlags(m.node, true) & A_OVERRIDE && !interfaceMethod(c, m.name))
      problem(K0504_NOTHING_TO_OVERRIDE, m.node, displayName(m.name));
  }
}

function placeMethod(c: ClassInfo, m: MethodInfo): void {
  const old = overridden(c, m.name);
  if (!old || old.native == N_OBJECT_WAIT || old.native == N_OBJECT_NOTIFY) {
    // The kernel's own device does nothing on an operation; a handler overrides that. Own names for waiting are hidden.
    if (declarationFlags(m.node, true) & A_OVERRIDE && !isHandler(c, m) && !interfaceMethod(c, m.name))
      problem(K0504_NOTHING_TO_OVERRIDE, m.node, displayName(m.name));
    if (!m.isStatic()) {
      m.vslot = c.vtable.length;
      c.vtable.push(m);
    }
    return;
  }
  if (isHandler(c, m) && old.vslot < 0) {
    // A device's handlers are called by the kernel, each class with its own: no table needed.
    if (!m.isStatic()) {
      m.vslot = c.vtable.length;
      c.vtable.push(m);
    }
    return;
  }
  if (!sameSignature(m, old, c)) {
    differs(m, old, c);
    return;
  }
  if (old.flags & M_FINAL || old.vslot < 0) {
    problem(K0508_FINAL_METHOD, m.node, displayName(m.name));
    return;
  }
  if (needsBridge(m, old)) {
    // Calls that know only the class above come through the bridge, others go right to it.
    m.vslot = c.vtable.length;
    c.vtable.push(m);
    c.vtable[old.vslot] = bridgeMethod(c, m, old);
  } else {
    m.vslot = old.vslot;
    c.vtable[m.vslot] = m;
  }
  markOverridden(c, m.name);
}

/** Notes that the methods of that name above the class are overridden. */
export function markOverridden(c: ClassInfo, name: Text): void {
  let at = superOf(c);
  while (at) {
    const m = ownMethod(at, name);
    if (m) m.flags |= M_OVERRIDDEN;
    at = superOf(at);
  }
}

/** Do `a` and `b`, of class `c` or those above it, take and give the same? */
export function sameSignature(a: MethodInfo, b: MethodInfo, c: ClassInfo): bool {
  if ((a.flags & M_STATIC) != (b.flags & M_STATIC) || a.params.length != b.params.length) return false;
  if (a.variables.length != b.variables.length) return false;
  const names = new Bindings();
  for (let i = 0; i < a.variables.length; i++) names.set(b.variables.get(i), a.variables.get(i));
  const own = seenThrough(a.result, selfType(c), a.owner);
  const result = substitute(seenThrough(b.result, selfType(c), b.owner), names);
  if (own != result && own != ERROR && result != ERROR) return false;
  for (let i = 0; i < a.params.length; i++) {
    const x = parameterOf(a, i, selfType(c));
    const y = substitute(parameterOf(b, i, selfType(c)), names);
    if (x != y && x != ERROR && y != ERROR) return false;
  }
  return true;
}

/** Would a caller that knows only `old` pass or expect something else than `m` takes or gives? */
export function needsBridge(m: MethodInfo, old: MethodInfo): bool {
  if (isReference(m.result) != isReference(old.result)) return true;
  for (let i = 0; i < m.params.length; i++) {
    const type = m.params[i].type;
    const before = nonNull(old.params[i].type);
    if (isReference(type) != isReference(before)) return true;
    // What was any object is a certain one now: that is looked at.
    if (isVariable(before) && castClass(type) != castClass(before)) return true;
  }
  return false;
}

/** A method that `old`'s callers can call, and that calls `m`. */
export function bridgeMethod(c: ClassInfo, m: MethodInfo, old: MethodInfo): MethodInfo {
  const bridge = newMethod(c, m.name, m.node);
  bridge.flags = M_SYNTHETIC;
  bridge.bridged = m;
  bridge.result = old.result;
  for (let i = 0; i < old.params.length; i++) bridge.params.push(old.params[i]);
  bridge.vslot = old.vslot;
  return bridge;
}
