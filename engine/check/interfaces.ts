/** Interfaces: what a class implements, and which of its methods answers each method that an interface declares. */
import {
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0501_CYCLIC_CLASS,
  K0503_OVERRIDE_DIFFERS,
  K0513_NOT_AN_INTERFACE,
  K0515_NOT_IMPLEMENTED,
  K0517_INTERFACE_TWICE,
  K0902_TOO_MANY,
} from '../diagnostics/codes.generated';
import { Node, T_NAME, aOf, eOf, kindOf, nextOf } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { bridgeMethod, needsBridge, sameSignature, signatureText } from './inherit';
import { classMethod, findClass, setInLibrary } from './lookup';
import { C_ABSTRACT, C_INTERFACE, C_LIBRARY, ClassInfo, M_ABSTRACT, MethodInfo, classes } from './model';
import { displayName, problem } from './problem';
import { unknownClassHint } from './resolve';

/** Interfaces of one class at most. */
const MOST: i32 = 64;

/** Reads what classes implement and interfaces extend. Runs when all classes are known, parents before children. */
export function declareInterfaces(): void {
  for (let id = 0; id < classes.length; id++) if (classes[id].node != 0) readInterfaces(classes[id]);
  setInLibrary(false);
  // An interface may be declared below those that extend it.
  for (let id = 0; id < classes.length; id++) if (classes[id].node != 0) closeOver(classes[id]);
}

// First those that the class itself names.
function readInterfaces(c: ClassInfo): void {
  setInLibrary((c.flags & C_LIBRARY) != 0);
  for (let n = <Node>eOf(c.node); n != 0; n = nextOf(n)) {
    if (kindOf(n) != T_NAME) {
      problem(K0213_NOT_YET, n, internLiteral('implementing such a type'), internLiteral('name an interface'));
      continue;
    }
    const above = findClass(aOf(n));
    if (!above) {
      problem(K0302_UNKNOWN_CLASS, n, displayName(aOf(n)), unknownClassHint(aOf(n)));
      continue;
    }
    if (!(above.flags & C_INTERFACE)) problem(K0513_NOT_AN_INTERFACE, n, displayName(above.name));
    else if (above.id == c.id) problem(K0501_CYCLIC_CLASS, n, displayName(c.name));
    else if (c.interfaces.includes(above.id)) problem(K0517_INTERFACE_TWICE, n, displayName(above.name));
    else c.interfaces.push(above.id);
  }
}

// Then those above these, and those of the class above.
function closeOver(c: ClassInfo): void {
  if (c.superId >= 0) addAll(c, classes[c.superId]);
  for (let i = 0; i < c.interfaces.length; i++) {
    const above = classes[c.interfaces[i]];
    if (above.interfaces.includes(c.id) && c.flags & C_INTERFACE) {
      problem(K0501_CYCLIC_CLASS, c.node, displayName(c.name));
      above.interfaces.length = 0;
      continue;
    }
    addAll(c, above);
    if (c.interfaces.length <= MOST) continue;
    problem(K0902_TOO_MANY, c.node, internLiteral('interfaces of one class'), internLiteral('64'));
    c.interfaces.length = MOST;
    return;
  }
}

function addAll(c: ClassInfo, from: ClassInfo): void {
  for (let i = 0; i < from.interfaces.length && c.interfaces.length <= MOST; i++)
    if (from.interfaces[i] != c.id && !c.interfaces.includes(from.interfaces[i])) c.interfaces.push(from.interfaces[i]);
}

/** Finds the method that answers each method of the class' interfaces. Runs when its virtual table is made. */
export function answerInterfaces(c: ClassInfo): void {
  for (let i = 0; i < c.interfaces.length; i++) {
    const declared = classes[c.interfaces[i]].methods;
    for (let j = 0; j < declared.length; j++) if (!declared[j].isStatic()) answer(c, declared[j]);
  }
}

function answer(c: ClassInfo, wanted: MethodInfo): void {
  const own = classMethod(c, wanted.name);
  const m = own ? own : inheritedBody(c, wanted);
  if (!m) {
    if (!(c.flags & C_ABSTRACT))
      problem(
        K0515_NOT_IMPLEMENTED,
        c.node,
        displayName(c.name),
        signatureText(wanted, c),
        displayName(classes[wanted.owner].name),
      );
    return;
  }
  if (!sameSignature(m, wanted, c)) {
    // A class above was not made for this interface: then the class that names it is where they meet.
    problem(
      K0503_OVERRIDE_DIFFERS,
      m.owner == c.id && m.node != 0 ? m.node : c.node,
      displayName(wanted.name),
      displayName(classes[wanted.owner].name),
      signatureText(wanted, c),
    );
    return;
  }
  if (c.flags & C_ABSTRACT) return;
  c.answers.push(wanted);
  c.answers.push(needsBridge(m, wanted) ? bridgeMethod(c, m, wanted) : m);
}

// A body that an interface brings: that of the interface furthest below. None if two that do not know each other have one.
function inheritedBody(c: ClassInfo, wanted: MethodInfo): MethodInfo | null {
  let found: MethodInfo | null = null;
  for (let i = 0; i < c.interfaces.length; i++) {
    const declared = classes[c.interfaces[i]].methods;
    for (let j = 0; j < declared.length; j++) {
      const m = declared[j];
      if (m.name != wanted.name || m.flags & M_ABSTRACT || m.isStatic()) continue;
      if (!found || classes[m.owner].interfaces.includes(found.owner)) found = m;
      else if (!classes[found.owner].interfaces.includes(m.owner)) return null;
    }
  }
  return found;
}
