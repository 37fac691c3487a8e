/**
 * Classes that the host binds: declared in Konoha as `@Native class` whose methods have no bodies; each method is a
 * function of the host. A declared class becomes a class of the program when a script first names it, so that an image
 * holds, and its isolate uses, only those that the script uses.
 */
import { CLASS_OBJECT, N_OBJECT_NOTIFY, N_OBJECT_WAIT } from '../bytecode/builtins.generated';
import {
  K0306_ALREADY_DEFINED,
  K0503_OVERRIDE_DIFFERS,
  K0508_FINAL_METHOD,
  K0711_NOT_IN_BINDING,
  K0712_BINDING_TYPE,
  K0902_TOO_MANY,
} from '../diagnostics/codes.generated';
import { lineOf } from '../diagnostics/lines';
import { CLASS, EMPTY, FUNCTION, Node, aOf, bOf, cOf, dOf, eOf, fOf, kindOf, nextOf, startOf } from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { objectType, stringType } from './conversions';
import { readSignature } from './declare-methods';
import { markOverridden, sameSignature, signatureText } from './inherit';
import { TextMap, classesByName, findMethod, ownMethod, superOf } from './lookup';
import {
  C_BOUND,
  ClassInfo,
  F_HIDDEN,
  OPERATIONS,
  M_BOUND,
  M_CONSTRUCTOR,
  M_FINAL,
  MethodInfo,
  addField,
  addMethod,
  classes,
  compiled,
} from './model';
import { consider, displayName, joined, numberText, problem } from './problem';
import { BOOLEAN, ERROR, INT, Type, VOID, addClassType, classIdOf, isNullable, nonNull, typeName } from './types';

/** Most parameters of a bound method, `this` not counted. */
export const MOST_PARAMETERS: i32 = 14;

// Per declared class: its name and node; the class of the program once it is used, or -1.
const names = new IntVector(16);
const nodes = new IntVector(16);
const used = new IntVector(16);
const byName = new TextMap();

// Classes whose members are still to be made.
const unfilled = new IntVector(16);
/** Are members of bound classes being made? Then a class name means a bound class before one of the script's. */
export let fillingBound: bool = false;

// ---- declarations ----

/** Takes the declarations of a parsed text; what cannot stand in one is reported. */
export function declareBound(root: Node): void {
  for (let a = <Node>fOf(root); a != 0; a = nextOf(a)) refuse(a, 'an annotation of a script');
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (kindOf(n) == EMPTY) continue;
    if (kindOf(n) != CLASS || !isMarked(n)) refuse(n, kindOf(n) == CLASS ? 'a class that is not @Native' : 'this');
    else declareClass(n);
  }
}

function refuse(node: Node, what: string): void {
  problem(K0711_NOT_IN_BINDING, node, internLiteral(what));
}

/** Is the declaration annotated `@Native`? */
export function isMarked(declaration: Node): bool {
  const native = internLiteral('Native');
  for (let a = <Node>fOf(declaration); a != 0; a = nextOf(a)) if (aOf(a) == native) return true;
  return false;
}

function declareClass(n: Node): void {
  const name = aOf(n);
  const old = byName.get(name);
  if (old >= 0 || classesByName.get(name) >= 0) {
    const where = old < 0 ? internLiteral('the library') : numberText(<i64>lineOf(startOf(<Node>nodes.get(old))));
    return problem(K0306_ALREADY_DEFINED, n, displayName(name), where);
  }
  const c = textByte(name, 0);
  if (c < 65 || c > 90) return refuse(n, 'a class name without a capital letter');
  if (bOf(n) != 0) return refuse(<Node>bOf(n), 'extends');
  if (dOf(n) != 0) return refuse(<Node>dOf(n), 'a field');
  if (cOf(n) == 0) return refuse(n, 'a class without methods');
  for (let m = <Node>cOf(n); m != 0; m = nextOf(m)) {
    if (kindOf(m) != FUNCTION) return refuse(m, 'a field');
    if (dOf(m) != 0) return refuse(m, 'a method with a body');
    if (eOf(m) != 0) return refuse(m, 'a method of another class');
  }
  byName.set(name, names.length);
  names.push(name);
  nodes.push(<i32>n);
  used.push(-1);
}

/** Offers the names of all declared classes as suggestions. */
export function considerBound(): void {
  for (let i = 0; i < names.length; i++) consider(names.get(i));
}

/** Makes all declared classes, so that everything in them is checked. */
export function useAllBound(): void {
  for (let i = 0; i < names.length; i++) useBound(names.get(i));
}

// ---- classes of the program ----

/** Makes the declared class of that name a class of the program: its id, or -1 if there is none. */
export function useBound(name: Text): i32 {
  const index = byName.get(name);
  if (index < 0) return -1;
  if (used.get(index) >= 0) return used.get(index);
  const id = makeBound(name, index);
  if (!fillingBound) fillAll();
  return id;
}

/** Gives the declared class of that name, which an earlier image has, the next class id; false: nothing declares it any more. */
export function adoptBound(name: Text): bool {
  const index = byName.get(name);
  if (index < 0) return false;
  makeBound(name, index);
  return true;
}

/** Makes the members of the adopted classes, when all earlier images are known: methods of the program's own. */
export function fillAdopted(): void {
  fillAll();
}

function makeBound(name: Text, index: i32): i32 {
  const c = new ClassInfo();
  c.id = classes.length;
  c.name = name;
  c.superId = CLASS_OBJECT;
  c.flags = C_BOUND;
  c.depth = 1;
  for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
  classes.push(c);
  addClassType(name);
  if (classesByName.get(name) < 0) classesByName.set(name, c.id);
  used.set(index, c.id);
  // What the host gave for the object; no script can name it.
  const handle = addField(internLiteral('handle'), c.id, INT);
  handle.flags = F_HIDDEN;
  c.fields.push(handle);
  c.slots = 1;
  unfilled.push(index);
  return c.id;
}

// Members name further classes: those are filled here too, one after the other rather than one within the other.
function fillAll(): void {
  fillingBound = true;
  while (unfilled.length > 0) {
    const index = unfilled.pop();
    fill(classes[used.get(index)], <Node>nodes.get(index));
  }
  fillingBound = false;
}

function fill(c: ClassInfo, node: Node): void {
  const root = superOf(c)!;
  for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot >= 0) c.vtable.push(root.methods[i]);
  for (let n = <Node>cOf(node); n != 0; n = nextOf(n)) {
    const isConstructor = aOf(n) == 0;
    const name = isConstructor ? internLiteral('new') : bOf(n);
    if (isConstructor ? c.constructorMethod !== null : ownMethod(c, name) !== null) {
      problem(K0306_ALREADY_DEFINED, n, bOf(n), internLiteral('this class'));
      continue;
    }
    const m = addMethod(isConstructor ? c.name : name, c.id);
    m.image = compiled.length;
    compiled.push(m);
    readSignature(m, n);
    m.flags |= M_BOUND | M_FINAL | (isConstructor ? M_CONSTRUCTOR : 0);
    if (isConstructor) c.constructorMethod = m;
    else c.methods.push(m);
    m.host = hostSignature(m, n);
    if (!isConstructor) place(c, m, n);
  }
}

// A method of Object that classes may override takes its virtual slot; the others stay Object's.
function place(c: ClassInfo, m: MethodInfo, node: Node): void {
  const old = findMethod(superOf(c)!, m.name);
  if (!old || old.native == N_OBJECT_WAIT || old.native == N_OBJECT_NOTIFY) return;
  if (old.vslot < 0) return problem(K0508_FINAL_METHOD, node, displayName(m.name));
  if (!sameSignature(m, old, c))
    return problem(K0503_OVERRIDE_DIFFERS, node, displayName(m.name), internLiteral('Object'), signatureText(old));
  m.vslot = old.vslot;
  c.vtable[m.vslot] = m;
  markOverridden(c, m.name);
}

// ---- signatures ----

/** What the host is told of the method: `I(HIS)`; docs/abi.md has the letters. */
function hostSignature(m: MethodInfo, node: Node): Text {
  const out = new ByteVector(16);
  if (m.flags & M_CONSTRUCTOR) out.byte(78);
  else out.byte(letterOf(m.result, <Node>aOf(node), true));
  out.byte(40);
  if (!m.isStatic()) out.byte(72);
  let p = <Node>cOf(node);
  for (let i = 0; i < m.params.length; i++) {
    out.byte(letterOf(m.params[i].type, p, false));
    p = nextOf(p);
  }
  out.byte(41);
  if (m.params.length > MOST_PARAMETERS)
    problem(K0902_TOO_MANY, node, internLiteral('parameters of a bound method'), numberText(<i64>MOST_PARAMETERS));
  return internBytes(out);
}

// The letter of a type; lower case: it may be null.
function letterOf(type: Type, node: Node, isResult: bool): i32 {
  if (type == INT) return 73;
  if (type == BOOLEAN) return 66;
  if (type == VOID) return 86;
  if (type == ERROR) return 63;
  const lower = isNullable(type) ? 32 : 0;
  const value = nonNull(type);
  if (value == stringType()) return 83 + lower;
  if (value == objectType() && !isResult) return 79 + lower;
  const id = classIdOf(value);
  if (id >= 0 && (classes[id].flags & C_BOUND) != 0) return 72 + lower;
  problem(K0712_BINDING_TYPE, node, joined(isResult ? 'give ' : 'take ', typeName(type), ''));
  return 63;
}

/** Lists the methods of all declared classes, which are made: `Class.method SIGNATURE[ static]`, one a line. */
export function listBound(out: ByteVector): void {
  for (let i = 0; i < compiled.length; i++) {
    const m = compiled[i];
    if (!(m.flags & M_BOUND)) continue;
    const name = hostName(m);
    out.bytes(textAddress(name), textLength(name));
    out.byte(32);
    out.bytes(textAddress(m.host), textLength(m.host));
    if (m.isStatic()) out.text(' static');
    out.byte(10);
  }
}

/** Under which name the host binds the method: `Class.method`, a constructor `Class.new`. */
export function hostName(m: MethodInfo): Text {
  const out = new ByteVector(32);
  const owner = classes[m.owner].name;
  out.bytes(textAddress(owner), textLength(owner));
  out.byte(46);
  if (m.flags & M_CONSTRUCTOR) out.text('new');
  else out.bytes(textAddress(m.name), textLength(m.name));
  return internBytes(out);
}
