/** Declaring classes: those above before those below, then their headers. */
import { BUILTIN_CLASSES, CLASS_DEVICE, CLASS_EXCEPTION, CLASS_OBJECT } from '../bytecode/builtins.generated';
import {
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0306_ALREADY_DEFINED,
  K0311_NAME_STYLE,
  K0401_TYPE_MISMATCH,
  K0444_CANNOT_BE_GENERIC,
  K0501_CYCLIC_CLASS,
  K0502_FINAL_CLASS,
  K0514_EXTENDS_INTERFACE,
} from '../diagnostics/codes.generated';
import { CLASS, INTERFACE, Node, T_NAME, aOf, bOf, eOf, gOf, kindOf, nextOf, opOf, V_OWNER } from '../syntax/ast';
import { Text, internLiteral, textByte } from '../support/texts';
import { IntVector } from '../support/vectors';
import { accessFlags } from './access';
import { A_ABSTRACT, A_CONST, A_SINGLETON, A_FINAL, A_STRUCT, annotationOf, declarationFlags } from './annotations';
import { checkHome, resolveType, setTypeScope, unknownClassHint } from './resolve';
import { TextMap, classesByName, findClass, inLibrary, isSubclass, libraryClasses } from './lookup';
import {
  C_ABSTRACT,
  C_CONST,
  C_SINGLETON,
  C_LIBRARY,
  C_INTERFACE,
  C_OPEN,
  ClassInfo,
  OPERATIONS,
  classes,
  firstClass,
  priming,
} from './model';
import { primeBefore } from './prime';
import { displayName, problem } from './problem';
import {
  ERROR,
  addClassType,
  classIdOf,
  classType,
  isPrimitive,
  isVariable,
  nameOf,
  setBound,
  typeName,
  typeVariable,
} from './types';
import { isTupleClass } from '../syntax/tuples';
import { lineText } from './declare';

const pending = new IntVector();

// Per pending class: 0 not seen, 1 on the chain being followed, 2 done.
const states = new IntVector();

export function collectClasses(root: Node): void {
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
export function makeClasses(): void {
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
export function declareVariables(variables: IntVector, first: Node, owner: i32): void {
  for (let n = first; n != 0; n = nextOf(n)) {
    if (opOf(n) == V_OWNER) continue;
    for (let i = 0; i < variables.length; i++)
      if (nameOf(variables.get(i)) == aOf(n)) problem(K0306_ALREADY_DEFINED, n, aOf(n), lineText(n));
    variables.push(typeVariable(aOf(n), owner));
  }
}

/** Their bounds, where they have a meaning. */
export function resolveBounds(variables: IntVector, first: Node): void {
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
export function completeHeader(c: ClassInfo): void {
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
