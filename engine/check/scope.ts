/**
 * Local variables in scope, and what is known of each at this point of the program: its narrowed type, or that it has no value yet.
 * What is known is a vector, one entry for each variable in scope; branches copy and merge it.
 */
import { K0306_ALREADY_DEFINED, K0606_UNUSED_VARIABLE } from '../diagnostics/codes.generated';
import { NAME, Node, V_FINAL, kindOf, opOf } from '../syntax/ast';
import { Text, textByte, textLength } from '../support/texts';
import { IntVector } from '../support/vectors';
import { lineText } from './declare';
import { currentLambda } from './context';
import { objectType } from './conversions';
import { isSubclass } from './lookup';
import { LocalInfo, classes, locals } from './model';
import { problem } from './problem';
import { ANY, Type, classIdOf, definite, isClass, mayBeNull } from './types';
import { isMeantUnused } from './unused';
import { assignedNames } from './assigned';
import { isAssignedInLambda, timesAssigned } from './shared';

/** The entry of a variable that has no value yet. */
export const UNASSIGNED: Type = -1;

// Ids of the locals in scope, and where each open scope begins.
const active = new IntVector();
const marks = new IntVector();
/** What is known: narrowed type by position in scope. */
let known = new IntVector();

/** Begins a function: nothing is in scope. */
export function startScopes(): void {
  active.length = 0;
  marks.length = 0;
  known.length = 0;
}

export function enterScope(): void {
  marks.push(active.length);
}

/** Leaves a scope; unused variables are reported. */
export function leaveScope(): void {
  const mark = marks.pop();
  while (active.length > mark) {
    const local = locals[active.pop()];
    if (!local.used && !local.isParameter && !isMeantUnused(local.name))
      problem(K0606_UNUSED_VARIABLE, local.node, local.name);
  }
  if (known.length > mark) known.length = mark;
}

/** Open scopes in this function. */
export function scopeDepth(): i32 {
  return marks.length;
}

function positionOf(name: Text): i32 {
  for (let i = active.length - 1; i >= 0; i--) if (locals[active.get(i)].name == name) return i;
  return -1;
}

/** The variable of that name, or null. */
export function findLocal(name: Text): LocalInfo | null {
  const at = positionOf(name);
  return at < 0 ? null : locals[active.get(at)];
}

/** Puts a variable into the innermost scope. */
export function declareLocal(name: Text, type: Type, node: Node, hasValue: bool): LocalInfo {
  const old = findLocal(name);
  if (old) problem(K0306_ALREADY_DEFINED, node, name, lineText(old.node));
  const local = new LocalInfo();
  local.id = locals.length;
  local.name = name;
  local.type = type;
  local.node = node;
  local.isConstant = isConstantName(name) || isFinal(node);
  const lambda = currentLambda();
  if (lambda) local.lambda = lambda.id;
  locals.push(local);
  active.push(local.id);
  known.push(hasValue ? type : UNASSIGNED);
  return local;
}

/** An entry without a name: it is only known whether the field that it stands for has a value. Returns its id. */
export function declareTracker(type: Type): i32 {
  const local = new LocalInfo();
  local.id = locals.length;
  local.name = -1;
  local.type = type;
  local.isParameter = true;
  locals.push(local);
  active.push(local.id);
  known.push(UNASSIGNED);
  return local.id;
}

/** Is the variable of this declaration, or of a first assignment's NAME, declared with `final`? */
export function isFinal(n: Node): bool {
  return kindOf(n) != NAME && opOf(n) == V_FINAL;
}

/** UPPER_CASE: assigned once. */
export function isConstantName(name: Text): bool {
  let letters = 0;
  for (let i = 0; i < textLength(name); i++) {
    const c = textByte(name, i);
    if (c >= 97 && c <= 122) return false;
    if (c > 127) return false;
    if (c >= 65 && c <= 90) letters++;
  }
  return letters > 0;
}

/** What is known of a variable in scope: a type, or UNASSIGNED. */
export function knownType(local: LocalInfo): Type {
  for (let i = active.length - 1; i >= 0; i--) if (active.get(i) == local.id) return known.get(i);
  return local.type;
}

/** Notes what is known of a variable from here on. */
export function know(local: LocalInfo, narrowed: Type): void {
  // What a lambda may change at any time is only known to be what it was declared as.
  const type = narrowed != UNASSIGNED && isAssignedInLambda(local.name) ? local.type : narrowed;
  for (let i = active.length - 1; i >= 0; i--) {
    if (active.get(i) == local.id) {
      known.set(i, type);
      return;
    }
  }
}

/** A lambda begins, which runs some time: what may be assigned until then is only known to be what it was declared as. */
export function forgetShared(): void {
  for (let i = 0; i < active.length; i++) {
    const local = locals[active.get(i)];
    if (known.get(i) == UNASSIGNED || local.name < 0) continue;
    if (timesAssigned(local.name) > (kindOf(local.node) == NAME ? 1 : 0)) known.set(i, local.type);
  }
}

/** A copy of all that is known. */
export function saveKnown(): IntVector {
  const copy = new IntVector(known.length + 1);
  for (let i = 0; i < known.length; i++) copy.push(known.get(i));
  return copy;
}

/** Makes `saved` what is known; it is copied. Variables declared since have no value on this way. */
export function restoreKnown(saved: IntVector): void {
  for (let i = 0; i < known.length; i++) known.set(i, i < saved.length ? saved.get(i) : UNASSIGNED);
}

function declared(position: i32): Type {
  return locals[active.get(position)].type;
}

/** What a variable of type `type` is known to be if it is known to be `a` on one way, and `b` on the other. */
function eitherType(type: Type, a: Type, b: Type): Type {
  if (isPlainClass(a) && isPlainClass(b)) {
    if (isSubclass(classIdOf(a), classIdOf(b))) return b;
    if (isSubclass(classIdOf(b), classIdOf(a))) return a;
  }
  if (type == ANY || mayBeNull(a) || mayBeNull(b)) return type;
  return mayBeNull(type) ? definite(type, objectType()) : type;
}

function isPlainClass(type: Type): bool {
  return isClass(type) && classes[classIdOf(type)].variables.length == 0;
}

/** What is known when either may have happened: `into` becomes the merge of both. */
export function mergeKnown(into: IntVector, other: IntVector): void {
  const n = into.length < other.length ? into.length : other.length;
  into.length = n;
  for (let i = 0; i < n && i < active.length; i++) {
    const a = into.get(i);
    const b = other.get(i);
    if (a != b) into.set(i, a == UNASSIGNED || b == UNASSIGNED ? UNASSIGNED : eitherType(declared(i), a, b));
  }
}

/** Forgets in `saved` what is known of the variables that the list from `first` assigns. */
export function forgetAssigned(saved: IntVector, first: Node, list: bool): void {
  if (first == 0) return;
  const names = new IntVector(8);
  assignedNames(first, list, names);
  for (let i = 0; i < names.length; i++) {
    const at = positionOf(names.get(i));
    if (at >= 0 && at < saved.length && saved.get(at) != UNASSIGNED) saved.set(at, declared(at));
  }
}

/** Forgets what is known now of the variables that the list from `first` assigns. */
export function forgetNow(first: Node, list: bool): void {
  forgetAssigned(known, first, list);
}
