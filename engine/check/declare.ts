/**
 * Before any body is checked: classes in the order parents before children, then their members and the functions,
 * so that everything may be used before it is defined.
 */
import { BUILTIN_CLASSES, CLASS_DEVICE, CLASS_EXCEPTION, CLASS_OBJECT } from '../bytecode/builtins.generated';
import {
  K0207_MISPLACED_ANNOTATION,
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0306_ALREADY_DEFINED,
  K0311_NAME_STYLE,
  K0401_TYPE_MISMATCH,
  K0410_CANNOT_INFER,
  K0444_CANNOT_BE_GENERIC,
  K0501_CYCLIC_CLASS,
  K0502_FINAL_CLASS,
  K0510_METHOD_NEEDS_BODY,
  K0511_FIELD_HIDES,
  K0514_EXTENDS_INTERFACE,
  K0516_INTERFACE_MEMBER,
  K0520_NO_SINGLETON,
} from '../diagnostics/codes.generated';
import {
  BOOLEAN_LITERAL,
  CLASS,
  FIELD,
  FLOAT_LITERAL,
  FUNCTION,
  F_TRANSLATOR,
  INTERFACE,
  INT_LITERAL,
  Node,
  STRING_LITERAL,
  T_NAME,
  T_VAR,
  aOf,
  bOf,
  cOf,
  dOf,
  eOf,
  gOf,
  newNode,
  kindOf,
  nextOf,
  opOf,
  V_FINAL,
  V_OWNER,
  startOf,
} from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { accessFlags } from './access';
import {
  A_ABSTRACT,
  A_CONST,
  A_SINGLETON,
  A_FINAL,
  A_OVERLOAD,
  A_PRIVATE,
  A_STATIC,
  A_STRUCT,
  annotationOf,
  declarationFlags,
} from './annotations';
import { ensureFilled, startBuiltins } from './builtins';
import { declareInterfaces } from './interfaces';
import {
  checkBounds,
  checkHome,
  floatHere,
  isTypeName,
  resolveType,
  setTypeScope,
  unknownClassHint,
  wrongArguments,
} from './resolve';
import {
  TextMap,
  classesByName,
  findClass,
  findField,
  findFunction,
  functions,
  functionsByName,
  inLibrary,
  isSubclass,
  libraryClasses,
  ownMethod,
  setInLibrary,
  superOf,
} from './lookup';
import {
  C_ABSTRACT,
  C_CONST,
  C_SINGLETON,
  C_BUILTIN,
  C_LIBRARY,
  C_INTERFACE,
  C_OPEN,
  ClassInfo,
  F_HIDDEN,
  F_READ_ONLY,
  F_STATIC,
  GlobalInfo,
  M_ABSTRACT,
  M_CONSTRUCTOR,
  M_FINAL,
  M_LIBRARY,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  OPERATIONS,
  ParamInfo,
  addField,
  addMethod,
  classes,
  compiled,
  firstClass,
  firstMethod,
  globals,
  priming,
} from './model';
import { primeBefore, primeRest, primedIndex, primedInstance } from './prime';
import { displayName, numberText, problem } from './problem';
import { fileOf, isImportedOffset, isLibraryOffset, lineOf } from '../diagnostics/lines';
import {
  ANY,
  BOOLEAN,
  ERROR,
  INT,
  Type,
  VOID,
  addClassType,
  classIdOf,
  classType,
  isClass,
  isPrimitive,
  isVariable,
  nameOf,
  nullable,
  setBound,
  typeName,
  typeVariable,
} from './types';
import { fieldConstant } from './constants';
import { defaultType, readDefault } from './defaults';
import { Told } from './results';
import { nameForm, refuseForms } from './overloads';
import { addTranslator } from './translators';
import { isTupleClass } from '../syntax/tuples';

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

// ---- classes ----

const pending = new IntVector();
// Per pending class: 0 not seen, 1 on the chain being followed, 2 done.
const states = new IntVector();

function collectClasses(root: Node): void {
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (kindOf(n) != CLASS || (priming && annotationOf(n, 'Globals') != 0)) continue;
    const name = aOf(n);
    const first = pendingIndex(name);
    // A bound class of that name is hidden, and so is one of an earlier image.
    const old = classesByName.get(name);
    if ((old >= 0 && (old < BUILTIN_CLASSES || old >= firstClass) && !priming) || first >= 0) {
      problem(
        K0306_ALREADY_DEFINED,
        n,
        displayName(name),
        first >= 0 ? lineText(<Node>pending.get(first)) : internLiteral('the library'),
      );
      continue;
    }
    const c = textByte(name, 0);
    if (c >= 97 && c <= 122)
      problem(
        K0311_NAME_STYLE,
        n,
        name,
        internLiteral('a capital letter'),
        internLiteral('class names do: class Counter'),
      );
    pendingNames.set(name, pending.length);
    pending.push(<i32>n);
    states.push(0);
  }
}

// Makes the classes that were collected, and forgets their names: a script's class may have the name of one of the library.
function makeClasses(): void {
  for (let i = 0; i < pending.length; i++) finishChain(i);
  pendingNames = new TextMap();
}

let pendingNames = new TextMap();

function pendingIndex(name: Text): i32 {
  return pendingNames.get(name);
}

// Follows the chain of classes above until one is known, then makes them from the top down.
function finishChain(start: i32): void {
  const chain = new IntVector(4);
  let at = start;
  while (at >= 0 && states.get(at) == 0) {
    states.set(at, 1);
    chain.push(at);
    const above = <Node>bOf(<Node>pending.get(at));
    at = above != 0 && kindOf(above) == T_NAME ? pendingIndex(aOf(above)) : -1;
    if (at >= 0 && states.get(at) == 1) {
      const node = <Node>pending.get(at);
      problem(K0501_CYCLIC_CLASS, <Node>bOf(node), displayName(aOf(node)));
      break;
    }
  }
  while (chain.length > 0) {
    const index = chain.pop();
    states.set(index, 2);
    makeClass(<Node>pending.get(index));
  }
}

function makeClass(node: Node): void {
  if (priming) primeBefore(aOf(node));
  const c = new ClassInfo();
  // First: naming a bound class makes it.
  c.superId = superFor(node);
  c.id = classes.length;
  c.name = aOf(node);
  c.node = node;
  c.flags = C_OPEN;
  c.depth = classes[c.superId].depth + 1;
  for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
  classes.push(c);
  addClassType((inLibrary || priming) && isTupleClass(c.name) ? internLiteral('(') : displayName(c.name));
  if (inLibrary) {
    c.flags |= C_LIBRARY;
    libraryClasses.set(c.name, c.id);
  } else classesByName.set(c.name, c.id);
  declareVariables(c.variables, <Node>gOf(node), c.id);
  const flags = declarationFlags(node, false);
  if (opOf(node) == INTERFACE) c.flags |= C_INTERFACE | C_ABSTRACT;
  if (flags & A_FINAL) c.flags &= ~C_OPEN;
  if (flags & A_CONST) c.flags |= C_CONST;
  if (flags & A_SINGLETON) c.flags |= C_SINGLETON;
  if (flags & A_ABSTRACT) c.flags |= C_ABSTRACT;
  c.flags |= accessFlags(flags);
}

function superFor(node: Node): i32 {
  const above = <Node>bOf(node);
  if (above == 0) return CLASS_OBJECT;
  if (kindOf(above) != T_NAME) {
    problem(K0213_NOT_YET, above, internLiteral('extending such a type'), internLiteral('extend a class'));
    return CLASS_OBJECT;
  }
  const c = findClass(aOf(above));
  if (!c) {
    // A class of a cycle is not there yet; it was reported.
    if (pendingIndex(aOf(above)) < 0)
      problem(K0302_UNKNOWN_CLASS, above, displayName(aOf(above)), unknownClassHint(aOf(above)));
    return CLASS_OBJECT;
  }
  checkHome(c.id, above, c.name);
  if (c.flags & C_INTERFACE) {
    problem(K0514_EXTENDS_INTERFACE, above, displayName(c.name));
    return CLASS_OBJECT;
  }
  if (!(c.flags & C_OPEN)) problem(K0502_FINAL_CLASS, above, displayName(c.name));
  return c.id;
}

/** The type variables that a class or method declares; `owner` as of `typeVariable`. */
function declareVariables(variables: IntVector, first: Node, owner: i32): void {
  for (let n = first; n != 0; n = nextOf(n)) {
    if (opOf(n) == V_OWNER) continue;
    for (let i = 0; i < variables.length; i++)
      if (nameOf(variables.get(i)) == aOf(n)) problem(K0306_ALREADY_DEFINED, n, aOf(n), lineText(n));
    variables.push(typeVariable(aOf(n), owner));
  }
}

/** Their bounds, where they have a meaning. */
function resolveBounds(variables: IntVector, first: Node): void {
  let at = 0;
  for (let n = first; n != 0; n = nextOf(n)) {
    if (opOf(n) == V_OWNER) continue;
    const variable = variables.get(at++);
    if (bOf(n) == 0) continue;
    const bound = resolveType(<Node>bOf(n));
    if (bound == ERROR) continue;
    // One that is declared later could be bound by this one.
    const isLater = isVariable(bound) && bound >= variable;
    if ((classIdOf(bound) < 0 && !isVariable(bound)) || isPrimitive(bound) || isLater)
      problem(K0401_TYPE_MISMATCH, <Node>bOf(n), internLiteral('a class'), typeName(bound));
    else setBound(variable, bound);
  }
}

// Bounds of its variables, and the type that it extends: all classes are known by name.
function completeHeader(c: ClassInfo): void {
  setTypeScope(c, null, false);
  resolveBounds(c.variables, <Node>gOf(c.node));
  const extended = <Node>bOf(c.node);
  c.above = classType(c.superId);
  const isNamed = extended != 0 && kindOf(extended) == T_NAME && c.superId != CLASS_OBJECT;
  if (isNamed && (classes[c.superId].variables.length > 0 || (bOf(extended) != 0 && c.superId != CLASS_DEVICE))) {
    const above = resolveType(extended);
    if (above != ERROR) c.above = above;
  }
  for (let n = <Node>eOf(c.node); n != 0; n = nextOf(n)) {
    if (kindOf(n) != T_NAME || !findClass(aOf(n))) continue;
    const type = resolveType(n);
    if (type != ERROR && classes[classIdOf(type)].flags & C_INTERFACE) c.implemented.push(type);
  }
  if (c.variables.length == 0) return;
  const isStruct = (declarationFlags(c.node, false) & A_STRUCT) != 0;
  const isKernels = isSubclass(c.id, CLASS_DEVICE) || isSubclass(c.id, CLASS_EXCEPTION);
  if (!isStruct && !isKernels) return;
  problem(
    K0444_CANNOT_BE_GENERIC,
    <Node>gOf(c.node),
    displayName(c.name),
    internLiteral(
      isStruct
        ? 'a struct in C has no variables'
        : isSubclass(c.id, CLASS_DEVICE)
          ? 'the kernel makes no difference between its objects'
          : 'catch could not tell its objects apart',
    ),
  );
}

// ---- members ----

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

/** A method with code in the image; `computes`: the method of which it computes a default. */
export function newMethod(c: ClassInfo | null, name: Text, node: Node, computes: MethodInfo | null = null): MethodInfo {
  const m = addMethod(name, c ? c.id : -1);
  m.node = node;
  if (inLibrary) m.flags |= M_LIBRARY;
  if (priming) {
    // What computes a default of a method comes right behind it.
    const index = computes ? computes.image + computes.computedDefaults + 1 : primedIndex(node);
    m.image = index < compiled.length ? index : compiled.length - 1;
    compiled[m.image] = m;
    return m;
  }
  m.image = compiled.length;
  compiled.push(m);
  return m;
}

/** A method that the compiler makes: a constructor for field values. */
export function syntheticMethod(c: ClassInfo, name: Text): MethodInfo {
  const m = newMethod(c, name, c.node);
  m.flags |= M_SYNTHETIC | M_CONSTRUCTOR | (c.flags & C_LIBRARY ? M_LIBRARY : 0);
  m.result = VOID;
  return m;
}

function declareMethod(c: ClassInfo, n: Node): void {
  const isConstructor = aOf(n) == 0;
  const form: MethodInfo | null = isConstructor ? null : declareForm(c, n);
  const name: Text = form ? form.name : bOf(n);
  const old = isConstructor ? c.constructorMethod : ownMethod(c, name);
  // What a script and the library add to a class is apart.
  const isSame = old !== null && (old.native >= 0 || ((old.flags & M_LIBRARY) != 0) == inLibrary);
  if (old && isSame && !isEarlier(old)) {
    problem(
      K0306_ALREADY_DEFINED,
      n,
      displayName(name),
      old.node == 0 ? internLiteral('the library') : lineText(old.node),
    );
    return;
  }
  const declares = (c.flags & C_INTERFACE) != 0;
  if (declares && isConstructor) return problem(K0516_INTERFACE_MEMBER, n, internLiteral('a constructor'));
  const m = form ? form : newMethod(c, name, n);
  if (isConstructor) m.flags |= M_CONSTRUCTOR;
  if (!form) readSignature(m, n);
  if (declares && m.flags & M_FINAL) problem(K0516_INTERFACE_MEMBER, n, internLiteral('final methods'));
  if (isConstructor) c.constructorMethod = m;
  else if (old && isSame) {
    m.replaced = old;
    c.methods[c.methods.indexOf(old)] = m;
  } else c.methods.push(m);
  if (dOf(n) == 0) {
    const mayLack = (declares && !priming) || ((declarationFlags(n, true) & A_ABSTRACT) != 0 && !(c.flags & C_BUILTIN));
    if (isConstructor || m.flags & M_STATIC || !mayLack) needsBody(n, name);
    else m.flags |= M_ABSTRACT;
  }
}

// One of several functions (`c` null) or methods of a name; null: it is none, and must be alone.
function declareForm(c: ClassInfo | null, n: Node): MethodInfo | null {
  const name = bOf(n);
  if (!(declarationFlags(n, true) & A_OVERLOAD)) {
    if (!inLibrary) refuseForms(n, name, c);
    return null;
  }
  const plain = c ? ownMethod(c, name) : findFunction(name);
  if (plain && (plain.flags & M_LIBRARY) == 0 && !isEarlier(plain))
    problem(
      K0306_ALREADY_DEFINED,
      n,
      displayName(name),
      plain.node == 0 ? internLiteral('the library') : lineText(plain.node),
    );
  const m = newMethod(c, name, n);
  if (!c) m.flags |= M_STATIC;
  readSignature(m, n);
  if (!c) m.flags |= M_STATIC;
  nameForm(m);
  return m;
}

/** Is it a method of an earlier image, which the program may replace? */
function isEarlier(m: MethodInfo): bool {
  return m.image >= 0 && (priming || m.image < firstMethod);
}

// What an earlier image declares has its body there.
function needsBody(n: Node, name: Text): void {
  if (!priming) problem(K0510_METHOD_NEEDS_BODY, n, displayName(name));
}

/** Result, parameters and flags of a method from its declaration. */
export function readSignature(m: MethodInfo, n: Node): void {
  const flags = declarationFlags(n, true);
  if (flags & A_STATIC) m.flags |= M_STATIC;
  // Nobody else knows a private method, so nobody overrides it.
  if (flags & (A_FINAL | A_PRIVATE)) m.flags |= M_FINAL;
  if (flags & A_PRIVATE && m.owner < 0) misplacedPrivate(n);
  m.flags |= accessFlags(flags);
  const c = m.owner >= 0 ? classes[m.owner] : null;
  checkOwnerVariables(c, <Node>gOf(n));
  declareVariables(m.variables, <Node>gOf(n), ~m.id);
  setTypeScope(c, m, (m.flags & M_STATIC) != 0);
  resolveBounds(m.variables, <Node>gOf(n));
  if (aOf(n) == 0) m.result = VOID;
  else if (kindOf(<Node>aOf(n)) == T_VAR) readInferred(m, n);
  else m.result = resolveType(<Node>aOf(n), true);
  readParams(m, <Node>cOf(n));
}

function misplacedPrivate(n: Node): void {
  problem(
    K0207_MISPLACED_ANNOTATION,
    annotationOf(n, 'Private'),
    internLiteral('@Private'),
    internLiteral('it belongs to a member of a class'),
  );
}

// `def f() {…}`: the body tells the result.
function readInferred(m: MethodInfo, n: Node): void {
  if (dOf(n) != 0) m.told = new Told();
  else problem(K0410_CANNOT_INFER, <Node>aOf(n), displayName(m.name), internLiteral('write the type of its result'));
}

// `T Box<T>.first()` names the variables that the class declares.
function checkOwnerVariables(c: ClassInfo | null, first: Node): void {
  let at = 0;
  let fits = true;
  let named = false;
  for (let n = first; n != 0; n = nextOf(n)) {
    if (opOf(n) != V_OWNER) continue;
    named = true;
    if (!c || at >= c.variables.length || nameOf(c.variables.get(at)) != aOf(n) || bOf(n) != 0) fits = false;
    at++;
  }
  if (named && c && (!fits || at != c.variables.length)) wrongArguments(c, first);
}

// Its constant default tells the type; without a default it takes everything.
function untypedParameter(p: Node): Type {
  if (cOf(p) == 0 && !isTypeName(bOf(p))) return ANY;
  const type = defaultType(p);
  if (type != ERROR) return type;
  const hint = cOf(p) == 0 ? 'write its name behind the type' : 'write its type, or give it a constant as default';
  problem(K0410_CANNOT_INFER, p, bOf(p), internLiteral(hint));
  return ERROR;
}

function readParams(m: MethodInfo, first: Node): void {
  for (let p = first; p != 0; p = nextOf(p)) {
    const param = new ParamInfo();
    param.name = bOf(p);
    for (let i = 0; i < m.params.length; i++) {
      if (m.params[i].name == param.name) problem(K0306_ALREADY_DEFINED, p, param.name, lineText(p));
    }
    if (kindOf(<Node>aOf(p)) == T_VAR) {
      param.type = untypedParameter(p);
    } else param.type = resolveType(<Node>aOf(p));
    readDefault(param, p, m);
    m.params.push(param);
  }
}

// ---- functions ----

function declareTranslator(n: Node, name: Text): void {
  const m = newMethod(null, name, n);
  m.flags |= M_STATIC;
  readSignature(m, n);
  m.flags |= M_STATIC;
  if (dOf(n) == 0) needsBody(n, name);
  addTranslator(m);
}

function declareFunction(n: Node): void {
  const name = bOf(n);
  const owner = eOf(n);
  if (owner != 0) {
    const c = findClass(owner);
    if (!c) {
      problem(K0302_UNKNOWN_CLASS, n, displayName(owner), unknownClassHint(owner));
      return;
    }
    checkHome(c.id, n, c.name);
    declareMethod(ensureFilled(c), n);
    return;
  }
  if (opOf(n) == F_TRANSLATOR) return declareTranslator(n, name);
  const form = declareForm(null, n);
  const own: Text = form ? form.name : name;
  const at = functionsByName.get(own);
  if (at >= 0 && !isEarlier(functions[at])) {
    problem(K0306_ALREADY_DEFINED, n, own, lineText(functions[at].node));
    return;
  }
  const m = form ? form : newMethod(null, name, n);
  m.flags |= M_STATIC;
  if (!form) readSignature(m, n);
  m.flags |= M_STATIC;
  if (dOf(n) == 0) needsBody(n, name);
  functionsByName.set(own, functions.length);
  functions.push(m);
}
