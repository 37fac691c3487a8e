/**
 * Variables that are read before they have a value: a function may run above the declaration of a variable of the top level that
 * it reads, and then there is no object yet where its type promises one. Each item of the top level is followed into all
 * that it may run: what it calls, in every class that may answer; lambdas and functions as values, where they are made.
 * Code that was found harmless for one item is so for those below it, which have more values; so each body is looked at once.
 */
import { CLASS_OBJECT } from '../bytecode/builtins.generated';
import { K0319_READ_TOO_EARLY } from '../diagnostics/codes.generated';
import {
  ASSERT,
  ASSIGN,
  BINARY,
  BLOCK,
  B_ADD,
  B_SHL,
  CALL,
  CAST,
  CLASS,
  EXPRESSION,
  FIELD,
  FOREACH,
  FORMAT,
  FUNCTION,
  INTERPOLATION,
  LAMBDA,
  MAP_LITERAL,
  MEMBER,
  NEW,
  Node,
  PARAMETER,
  PRINT,
  SEQUENCE,
  VARIABLE,
  aOf,
  bOf,
  cOf,
  dOf,
  eOf,
  endOf,
  fOf,
  gOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { childFields } from './assigned';
import { isLenient, putDown } from './lenient';
import { classMethod, classOfType, isSubclass, superOf } from './lookup';
import { libraryClass } from './iterate';
import { stringType } from './conversions';
import {
  C_INTERFACE,
  C_OPEN,
  ClassInfo,
  F_STATIC,
  GlobalInfo,
  MethodInfo,
  S_DYNAMIC,
  S_GETTER,
  S_GLOBAL,
  S_METHOD,
  S_REFERENCE,
  S_SETTER,
  classes,
  compiled,
  firstClass,
  firstGlobal,
  firstMethod,
  globals,
  methods,
  references,
  symbolIndex,
  symbolKind,
} from './model';
import { accessorName } from './names';
import { displayName, problem } from './problem';
import { ANY, ERROR, Type, isClass, isPrimitive, isReference, nonNull, startsNull, typeName } from './types';

// Per global: has it no value yet, though its type says that it has one?
let unset = new IntVector(1);
// Per method and per class: was it reached? And per method: from which, as its id + 1, and from which node of the item.
let reached = new IntVector(1);
let made = new IntVector(1);
let from = new IntVector(1);
let origin = new IntVector(1);
// What the item reached and is still to be looked at.
const queue = new IntVector(16);
// What the item reached first: taken back where it reads too early, so that the next one finds it again.
const fresh = new IntVector(16);
const freshClasses = new IntVector(4);

// The item, the body that is being looked at (null: the item itself), its call, and what it was found to read.
let body: MethodInfo | null = null;
let call: Node = 0;
let early: GlobalInfo | null = null;
let reader: MethodInfo | null = null;
let place: Node = 0;

/** Reports all that a program's items may read too early; every body is checked. */
export function checkEarlyReads(root: Node): void {
  if (!mustLook()) return;
  reached = new IntVector(methods.length + 1);
  from = new IntVector(methods.length + 1);
  origin = new IntVector(methods.length + 1);
  for (let i = 0; i < methods.length; i++) {
    reached.push(0);
    from.push(0);
    origin.push(0);
  }
  made = new IntVector(classes.length + 1);
  for (let i = 0; i < classes.length; i++) made.push(0);
  for (let id = firstClass; id < classes.length; id++) {
    const c = classes[id];
    for (let i = 0; c.node != 0 && i < c.fields.length; i++) {
      const f = c.fields[i];
      if (!(f.flags & F_STATIC) || kindOf(f.node) != FIELD || cOf(f.node) == 0) continue;
      follow(<Node>cOf(f.node), 0);
      unset.set(f.slot, 0);
    }
  }
  next = firstGlobal;
  while (next < globals.length && kindOf(globals[next].node) == FIELD) next++;
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (kindOf(n) == CLASS || kindOf(n) == FUNCTION) continue;
    if (givesLambda(n)) settle(n);
    follow(n, n);
    settle(n);
  }
}

// Are there variables of which code other than the top level's own reads?
function mustLook(): bool {
  unset = new IntVector(globals.length + 1);
  let any: bool = false;
  for (let i = 0; i < globals.length; i++) {
    const g = globals[i];
    const is: bool = i >= firstGlobal && g.isReadInCode && g.node != 0 && isReference(g.type) && !startsNull(g.type);
    unset.push(is ? 1 : 0);
    if (is) any = true;
  }
  return any;
}

// The first variable of the top level that has no value yet; they are declared in the order of their items.
let next: i32 = 0;

// The variables that an item declares have their values.
function settle(n: Node): void {
  while (next < globals.length && isDeclaredBy(globals[next].node, n)) unset.set(next++, 0);
}

// A declaration, or `name = value` as a statement, whose NAME declares it.
function isDeclaredBy(node: Node, n: Node): bool {
  if (node == n) return true;
  if (kindOf(n) == SEQUENCE) {
    for (let part = <Node>aOf(n); part != 0; part = nextOf(part)) if (isDeclaredBy(node, part)) return true;
    return false;
  }
  if (kindOf(n) != EXPRESSION || kindOf(<Node>aOf(n)) != ASSIGN) return false;
  return <Node>aOf(<Node>aOf(n)) == node;
}

// Is a lambda all that it gives a variable? It does not run before the variable has it.
function givesLambda(n: Node): bool {
  if (kindOf(n) == VARIABLE) return cOf(n) != 0 && kindOf(<Node>cOf(n)) == LAMBDA;
  if (kindOf(n) != EXPRESSION || kindOf(<Node>aOf(n)) != ASSIGN) return false;
  return kindOf(<Node>bOf(<Node>aOf(n))) == LAMBDA;
}

// Follows an item into all that it may run. `statement` answers for it, or 0.
function follow(item: Node, statement: Node): void {
  early = null;
  body = null;
  fresh.length = 0;
  freshClasses.length = 0;
  scan(item);
  while (queue.length > 0) {
    const m = methods[queue.pop()];
    body = m;
    call = <Node>origin.get(m.id);
    enter(m);
  }
  const g = found();
  if (!g) return;
  for (let i = 0; i < fresh.length; i++) reached.set(fresh.get(i), 0);
  for (let i = 0; i < freshClasses.length; i++) made.set(freshClasses.get(i), 0);
  problem(K0319_READ_TOO_EARLY, place, g.name, path(g), typeName(g.type));
  if (isLenient && statement != 0) putDown(innermost(statement, place));
}

function found(): GlobalInfo | null {
  return early;
}

// The innermost statement in `n`, one itself, that `inside` is part of.
function innermost(n: Node, inside: Node): Node {
  let found = n;
  stack.length = 0;
  stack.push(<i32>n);
  while (stack.length > 0) {
    const at = <Node>stack.pop();
    const kind = kindOf(at);
    if (startOf(at) > startOf(inside) || endOf(at) < endOf(inside)) continue;
    if (kind > BLOCK) found = at;
    const mask = kind == LAMBDA ? 2 : childFields(kind);
    for (let i = 0; i < 4; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(at + <usize>(16 + (i << 2))); child != 0; child = nextOf(child))
        stack.push(<i32>child);
    }
  }
  return found;
}

// The code of a method.
function enter(m: MethodInfo): void {
  for (let i = 0; i < m.params.length; i++) if (m.params[i].computed) reach(m.params[i].computed!);
  if (m.bridged) reach(m.bridged!);
  if (m.node == 0) return;
  if (kindOf(m.node) == FUNCTION && dOf(m.node) != 0) scan(<Node>dOf(m.node));
  // What computes a default.
  if (kindOf(m.node) == PARAMETER && cOf(m.node) != 0) scan(<Node>cOf(m.node));
}

// `calls f, which calls g, which reads s`
function path(g: GlobalInfo): Text {
  const chain = new IntVector(8);
  let m = reader;
  while (m) {
    chain.push(m.id);
    const before = from.get(m.id);
    m = before == 0 ? null : methods[before - 1];
  }
  const out = new ByteVector(64);
  let first: bool = true;
  while (chain.length > 0) {
    const next = methods[chain.pop()];
    out.text(first ? 'calls ' : ', which calls ');
    first = false;
    if (next.owner >= 0) {
      append(out, displayName(classes[next.owner].name));
      out.byte(46);
    }
    append(out, displayName(next.name));
  }
  out.text(first ? 'reads ' : ', which reads ');
  append(out, g.name);
  return internBytes(out);
}

function append(out: ByteVector, text: Text): void {
  out.bytes(textAddress(text), textLength(text));
}

// ---- what code runs ----

const stack = new IntVector(32);

function scan(root: Node): void {
  stack.length = 0;
  stack.push(<i32>root);
  while (stack.length > 0) {
    const top = stack.pop();
    // Complemented: what the values of fields are made of, which are not the item's own code.
    const n = <Node>(top < 0 ? ~top : top);
    const kind = kindOf(n);
    if (!body && top >= 0) call = n;
    if (kind < BLOCK) scanExpression(n, kind);
    else if (kind == FOREACH) {
      if (eOf(n) != 0) reach(methods[eOf(n) - 1]);
      if (fOf(n) != 0) reach(methods[fOf(n) - 1]);
      if (gOf(n) != 0) reach(methods[gOf(n) - 1]);
    }
    if (kind == PRINT || kind == ASSERT) asText(n, kind);
    let mask = kind == LAMBDA ? 2 : childFields(kind);
    if (kind == ASSIGN && opOf(n) == 0) {
      // The variable is not read.
      mask = 2;
      const target = <Node>aOf(n);
      visitSymbol(target, false);
      if (childFields(kindOf(target)) & 1) stack.push(top < 0 ? ~aOf(target) : aOf(target));
      if (childFields(kindOf(target)) & 2) stack.push(top < 0 ? ~bOf(target) : bOf(target));
    }
    for (let i = 0; i < 4; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(n + <usize>(16 + (i << 2))); child != 0; child = nextOf(child))
        stack.push(top < 0 ? ~(<i32>child) : <i32>child);
    }
  }
}

function scanExpression(n: Node, kind: i32): void {
  visitSymbol(n, true);
  switch (kind) {
    case NEW: {
      const c = typeOf(n) > ERROR ? classOfType(typeOf(n)) : null;
      if (c) make(c);
      return;
    }
    case MAP_LITERAL: {
      const c = libraryClass('Map');
      if (!c) return;
      make(c);
      for (let i = 0; i < c.methods.length; i++) reach(c.methods[i]);
      return;
    }
    case CALL: {
      // What a value of type Any answers with is not known.
      const callee = <Node>aOf(n);
      if (kindOf(callee) == MEMBER && typeOf(<Node>aOf(callee)) == ANY) reachNamed(bOf(callee), -1);
      return;
    }
    case INTERPOLATION:
    case FORMAT:
    case BINARY:
    case ASSIGN:
    case CAST:
      return asText(n, kind);
  }
}

function visitSymbol(n: Node, isRead: bool): void {
  const index = symbolIndex(symbolOf(n));
  switch (symbolKind(symbolOf(n))) {
    case S_GLOBAL:
      if (isRead && !early && unset.get(index) != 0) {
        early = globals[index];
        reader = body;
        place = call;
      }
      return;
    case S_METHOD:
    case S_GETTER:
    case S_SETTER:
      return reach(methods[index]);
    case S_REFERENCE:
      return reach(references[index].target);
    case S_DYNAMIC:
      if (kindOf(n) == MEMBER) reachAccessors(bOf(n));
      return;
  }
}

// What a member of an Any may be.
function reachAccessors(name: Text): void {
  reachNamed(accessorName('get', name), -1);
  reachNamed(accessorName('is', name), -1);
  reachNamed(accessorName('set', name), -1);
}

// What becomes text does so by its toString.
function asText(n: Node, kind: i32): void {
  if (kind == BINARY && opOf(n) != B_ADD && opOf(n) != B_SHL) return;
  if (kind == BINARY || kind == ASSIGN) {
    if (kind == ASSIGN && opOf(n) == 0) return;
    operandToText(n, <Node>bOf(n));
    return operandToText(n, <Node>aOf(n));
  }
  if (kind == CAST) {
    if (typeOf(n) == stringType()) operandToText(n, <Node>bOf(n));
    return;
  }
  for (let e = <Node>aOf(n); e != 0; e = nextOf(e)) operandToText(n, e);
}

function operandToText(n: Node, operand: Node): void {
  const whole = call;
  if (call == n) call = operand;
  toText(typeOf(operand));
  call = whole;
}

function toText(type: Type): void {
  const t = nonNull(type);
  if (t <= ERROR || isPrimitive(t) || t == stringType()) return;
  const name = internLiteral('toString');
  const c = isClass(t) ? classOfType(t) : null;
  if (!c || c.flags & C_INTERFACE) return reachNamed(name, -1);
  const own = classMethod(c, name);
  if (own) mark(own);
  if (c.flags & C_OPEN || c.id == CLASS_OBJECT) reachNamed(name, c.id);
}

// A call: of the method, or of what stands for it in a class below.
function reach(m: MethodInfo): void {
  if (!mark(m)) return;
  if (m.owner >= 0 && (m.vslot >= 0 || classes[m.owner].flags & C_INTERFACE))
    reachNamed(m.name, classes[m.owner].flags & C_INTERFACE ? -1 : m.owner);
}

// All methods of that name, of classes below `owner`, or of any (-1).
function reachNamed(name: Text, owner: i32): void {
  for (let i = firstMethod; i < compiled.length; i++) {
    const m = compiled[i];
    if (m.name == name && m.owner >= 0 && (owner < 0 || isSubclass(m.owner, owner))) mark(m);
  }
}

function mark(m: MethodInfo): bool {
  if (m.id >= reached.length || reached.get(m.id) != 0) return false;
  reached.set(m.id, 1);
  fresh.push(m.id);
  from.set(m.id, body ? body!.id + 1 : 0);
  origin.set(m.id, <i32>call);
  queue.push(m.id);
  return true;
}

// An object is made: values of fields and constructors, up to the top.
function make(c: ClassInfo): void {
  let at: ClassInfo | null = c;
  while (at && at.node != 0 && made.get(at.id) == 0) {
    made.set(at.id, 1);
    freshClasses.push(at.id);
    if (at.constructorMethod) mark(at.constructorMethod!);
    for (let i = 0; i < at.fields.length; i++) {
      const f = at.fields[i];
      if (!(f.flags & F_STATIC) && kindOf(f.node) == FIELD && cOf(f.node) != 0) stack.push(~cOf(f.node));
    }
    at = superOf(at);
  }
}
