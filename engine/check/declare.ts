/**
 * Before any body is checked: classes in the order parents before children, then their members and the functions,
 * so that everything may be used before it is defined.
 */
import { CLASS_DEVICE, CLASS_EXCEPTION } from '../bytecode/builtins.generated';
import {
  K0213_NOT_YET,
  K0306_ALREADY_DEFINED,
  K0401_TYPE_MISMATCH,
  K0511_FIELD_HIDES,
  K0516_INTERFACE_MEMBER,
  K0520_NO_SINGLETON,
} from '../diagnostics/codes.generated';
import {
  BOOLEAN_LITERAL,
  FIELD,
  FLOAT_LITERAL,
  FUNCTION,
  INT_LITERAL,
  Node,
  STRING_LITERAL,
  T_VAR,
  aOf,
  bOf,
  cOf,
  dOf,
  newNode,
  kindOf,
  nextOf,
  opOf,
  V_FINAL,
  startOf,
} from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { accessFlags } from './access';
import { A_CONST, A_STATIC, declarationFlags } from './annotations';
import { startBuiltins } from './builtins';
import { declareInterfaces } from './interfaces';
import { checkBounds, floatHere, resolveType, setTypeScope } from './resolve';
import { classesByName, findClass, findField, isSubclass, setInLibrary, superOf } from './lookup';
import {
  C_ABSTRACT,
  C_CONST,
  C_SINGLETON,
  C_LIBRARY,
  C_INTERFACE,
  ClassInfo,
  F_HIDDEN,
  F_READ_ONLY,
  F_STATIC,
  GlobalInfo,
  M_CONSTRUCTOR,
  M_SYNTHETIC,
  MethodInfo,
  addField,
  classes,
  globals,
  priming,
} from './model';
import { primeRest, primedIndex, primedInstance } from './prime';
import { displayName, numberText, problem } from './problem';
import { fileOf, isImportedOffset, isLibraryOffset, lineOf } from '../diagnostics/lines';
import { BOOLEAN, ERROR, INT, Type, VOID, classType, isClass, nullable, typeName } from './types';
import { fieldConstant } from './constants';
import { collectClasses, makeClasses, completeHeader } from './declare-classes';
import { newMethod, declareMethod, readParams, declareFunction } from './declare-methods';

function inFile(line: Text, file: Text): Text {
  const out = new ByteVector(64);
  out.bytes(textAddress(line), textLength(line));
  out.text(' of ');
  out.bytes(textAddress(file), textLength(file));
  return internBytes(out);
}

/** Line of a node, as text, for messages that point elsewhere. */
export function lineText(node: Node): Text {
  if (isLibraryOffset(startOf(node))) return internLiteral('the library');
  const line = numberText(<i64>lineOf(startOf(node)));
  return isImportedOffset(startOf(node)) ? inFile(line, fileOf(startOf(node))) : line;
}

/** Built-in classes and their names. */
export function startDeclarations(): void {
  startBuiltins();
  for (let i = 0; i < classes.length; i++) classesByName.set(classes[i].name, i);
}

/** All declarations of the script, and of the units of the library that it needs: classes, their members, functions. */
export function declareAll(root: Node, units: IntVector): void {
  const first = classes.length;
  setInLibrary(true);
  for (let i = 0; i < units.length; i++) collectClasses(<Node>units.get(i));
  makeClasses();
  setInLibrary(false);
  collectClasses(root);
  makeClasses();
  if (priming) primeRest();
  declareInterfaces();
  for (let id = first; id < classes.length; id++) {
    if (classes[id].node == 0) continue;
    setInLibrary((classes[id].flags & C_LIBRARY) != 0);
    completeHeader(classes[id]);
  }
  checkBounds();
  for (let id = first; id < classes.length; id++) {
    if (classes[id].node == 0) continue;
    setInLibrary((classes[id].flags & C_LIBRARY) != 0);
    declareMembers(classes[id]);
  }
  setInLibrary(true);
  for (let i = 0; i < units.length; i++) declareFunctions(<Node>units.get(i));
  setInLibrary(false);
  declareFunctions(root);
}

function declareFunctions(root: Node): void {
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) if (kindOf(n) == FUNCTION) declareFunction(n);
}

function declareMembers(c: ClassInfo): void {
  setTypeScope(c, null, false);
  const above = superOf(c)!;
  c.slots = above.slots;
  const extended = <Node>bOf(c.node);
  if (above.id == CLASS_DEVICE && extended != 0 && bOf(extended) != 0) c.session = sessionType(<Node>bOf(extended));
  const header = <Node>dOf(c.node);
  if (header != 0) {
    const m = newMethod(c, c.name, c.node);
    m.flags |= M_CONSTRUCTOR | M_SYNTHETIC;
    m.result = VOID;
    readParams(m, header);
    c.constructorMethod = m;
    for (let p = header; p != 0; p = nextOf(p)) declareField(c, p, bOf(p), m.params[paramIndex(m, bOf(p))].type, 0);
  }
  if (c.flags & C_SINGLETON) declareInstance(c);
  for (let n = <Node>cOf(c.node); n != 0; n = nextOf(n)) {
    if (kindOf(n) == FIELD && c.flags & C_INTERFACE) problem(K0516_INTERFACE_MEMBER, n, internLiteral('fields'));
    else if (kindOf(n) == FIELD) {
      const flags = declarationFlags(n, false);
      setTypeScope(c, null, (flags & A_STATIC) != 0);
      declareField(c, n, bOf(n), fieldType(n), flags);
    } else if (kindOf(n) == FUNCTION) declareMethod(c, n);
  }
}

// The one object of a @Singleton class lies in a static field that only `new` knows.
function declareInstance(c: ClassInfo): void {
  if (c.flags & (C_ABSTRACT | C_INTERFACE) || c.variables.length > 0 || isSubclass(c.id, CLASS_EXCEPTION))
    return problem(K0520_NO_SINGLETON, c.node, displayName(c.name));
  const f = addField(instanceName(), c.id, nullable(classType(c.id)));
  f.node = newNode(FIELD, startOf(c.node), startOf(c.node));
  f.flags = F_STATIC | F_HIDDEN;
  c.fields.push(f);
  if (priming) {
    f.slot = primedInstance(c.node);
    return;
  }
  const g = new GlobalInfo();
  g.id = globals.length;
  g.type = f.type;
  g.node = f.node;
  globals.push(g);
  f.slot = g.id;
}

/** Name of that field, which no script can write. */
export function instanceName(): Text {
  return internLiteral('<instance>');
}

// The S of `extends Device<S>`.
function sessionType(node: Node): Type {
  const type = resolveType(node);
  if (type == ERROR || isClass(type)) return type;
  problem(
    K0401_TYPE_MISMATCH,
    node,
    internLiteral('a class'),
    typeName(type),
    internLiteral('the state of an open file is an object'),
  );
  return ERROR;
}

function paramIndex(m: MethodInfo, name: Text): i32 {
  for (let i = 0; i < m.params.length; i++) if (m.params[i].name == name) return i;
  return 0;
}

// `var x = 5` as a field takes the type of its literal; other values need a type.
function fieldType(n: Node): Type {
  const type = <Node>aOf(n);
  if (kindOf(type) != T_VAR) return resolveType(type);
  const value = <Node>cOf(n);
  if (value != 0 && kindOf(value) == INT_LITERAL) return INT;
  if (value != 0 && kindOf(value) == FLOAT_LITERAL) return floatHere(value);
  if (value != 0 && kindOf(value) == BOOLEAN_LITERAL) return BOOLEAN;
  if (value != 0 && kindOf(value) == STRING_LITERAL) return classType(findClass(internLiteral('String'))!.id);
  problem(K0213_NOT_YET, type, internLiteral('var for a field'), internLiteral('write its type'));
  return ERROR;
}

function declareField(c: ClassInfo, n: Node, name: Text, type: Type, flags: i32): void {
  for (let i = 0; i < c.fields.length; i++) {
    if (c.fields[i].name != name) continue;
    problem(K0306_ALREADY_DEFINED, n, name, lineText(c.fields[i].node));
    return;
  }
  const above = superOf(c)!;
  const hidden = findField(above, name);
  if (hidden) {
    problem(K0511_FIELD_HIDES, n, name, displayName(classes[hidden.owner].name));
    return;
  }
  const f = addField(name, c.id, type);
  f.node = n;
  if ((kindOf(n) == FIELD && (opOf(n) == V_FINAL || flags & A_CONST)) || c.flags & C_CONST) f.flags |= F_READ_ONLY;
  f.flags |= accessFlags(flags);
  if (flags & A_STATIC) {
    f.flags |= F_STATIC;
    c.fields.push(f);
    if (priming) {
      f.slot = primedIndex(n);
      if (f.flags & F_READ_ONLY && f.slot < globals.length) globals[f.slot].constant = fieldConstant(n, type);
      return;
    }
    const g = new GlobalInfo();
    g.id = globals.length;
    g.name = name;
    g.type = type;
    g.node = n;
    g.isConstant = (f.flags & F_READ_ONLY) != 0;
    if (g.isConstant) g.constant = fieldConstant(n, type);
    globals.push(g);
    f.slot = g.id;
  } else {
    f.slot = c.slots++;
    c.fields.push(f);
  }
}
