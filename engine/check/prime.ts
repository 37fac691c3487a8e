/**
 * What earlier images of the isolate declare, for the program that goes on from them: their classes, methods and globals
 * under their own numbers. An image tells it as a text of declarations in Konoha, which is declared like any other; only
 * the numbers come from the image. `@At(n)` in front of a declaration is its method in the image, or of a static field its
 * global.
 */
import { BUILTIN_CLASSES, CLASS_OBJECT } from '../bytecode/builtins.generated';
import {
  IMG_CLASS_BYTES,
  IMG_CLASS_FIRST_VTABLE,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_FLAG_HANDLE,
  IMG_CLASS_NAME,
  IMG_CLASS_SLOTS,
  IMG_CLASS_SUPER,
  IMG_CLASS_VTABLE_COUNT,
  IMG_METHOD_BYTES,
  IMG_METHOD_OWNER,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_GLOBALS,
  IMG_SEC_METHODS,
  IMG_SEC_STRINGS,
  IMG_SEC_VTABLE,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
  IMG_VTABLE_NATIVE,
} from '../bytecode/image';
import { holder, imageCount, recordIn, recordOf, total, totalOf } from '../bytecode/images';
import {
  CLASS,
  FUNCTION,
  Node,
  ROOT,
  V_FINAL,
  aOf,
  bOf,
  cOf,
  kindOf,
  newNode,
  nextOf,
  opOf,
  setA,
  setF,
  setNext,
} from '../syntax/ast';
import { Text, intern } from '../support/texts';
import { IntVector } from '../support/vectors';
import { annotationOf, literalValue } from './annotations';
import { adoptBound, fillAdopted } from './bound-classes';
import { ensureFilled } from './builtins';
import { fieldConstant } from './constants';
import { declareAll } from './declare';
import { globalsByName } from './lookup';
import {
  C_ABSTRACT,
  ClassInfo,
  GlobalInfo,
  M_SYNTHETIC,
  OPERATIONS,
  addMethod,
  classes,
  compiled,
  globals,
  setPriming,
  startProgram,
} from './model';
import { resolveType } from './resolve';
import { isConstantName } from './scope';
import { addClassType } from './types';

/** The image being read; 0: none. */
let image: usize = 0;

/** Text of string constant `index` of the image. */
function textOf(index: u32): Text {
  const at = recordIn(image, IMG_SEC_STRINGS, index, IMG_STRING_BYTES);
  return intern(image + <usize>load<u32>(at, IMG_STRING_OFFSET), load<i32>(at, IMG_STRING_LENGTH));
}

/** Takes over the image at `at`, the last one so far, whose declarations have been parsed to `root`. */
export function primeImage(at: usize, root: Node): void {
  image = at;
  setPriming();
  const methods = load<u32>(at, IMG_SEC_METHODS + IMG_SEC_COUNT);
  for (let i: u32 = 0; i < methods; i++) {
    const owner = load<i32>(recordOf(IMG_SEC_METHODS, <u32>compiled.length, IMG_METHOD_BYTES), IMG_METHOD_OWNER);
    const m = addMethod(0, owner);
    m.image = compiled.length;
    m.flags = M_SYNTHETIC;
    compiled.push(m);
  }
  for (let i = load<u32>(at, IMG_SEC_GLOBALS + IMG_SEC_COUNT); i > 0; i--) {
    const g = new GlobalInfo();
    g.id = globals.length;
    globals.push(g);
  }
  const first = classes.length;
  const units = new IntVector(1);
  units.push(<i32>takeLibrary(root));
  declareAll(root, units);
  for (let id = first; id < classes.length; id++) classes[id].node = 0;
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    if (kindOf(n) == CLASS && annotationOf(n, 'Globals') != 0) primeGlobals(<Node>cOf(n));
  }
  // Whoever looks at a declaration later does not know these annotations.
  for (let i = compiled.length - <i32>methods; i < compiled.length; i++)
    if (compiled[i].node != 0) setF(compiled[i].node, 0);
  startProgram();
}

// Moves what `@Library` marks to a ROOT of its own.
function takeLibrary(root: Node): Node {
  const library = newNode(ROOT, 0, 0);
  let tail: Node = 0;
  let before: Node = 0;
  let n = <Node>aOf(root);
  while (n != 0) {
    const next = nextOf(n);
    if ((kindOf(n) == CLASS || kindOf(n) == FUNCTION) && annotationOf(n, 'Library') != 0) {
      if (before != 0) setNext(before, next);
      else setA(root, <i32>next);
      setNext(n, 0);
      if (tail != 0) setNext(tail, n);
      else setA(library, <i32>n);
      tail = n;
    } else before = n;
    n = next;
  }
  return library;
}

/** The number that `@At` gives the declaration; -1, which nothing has, if there is none. */
export function primedIndex(declaration: Node): i32 {
  const at = annotationOf(declaration, 'At');
  const index = at != 0 && bOf(at) != 0 ? <i32>literalValue(<Node>bOf(at)) : -1;
  return <u32>index < <u32>compiled.length ? index : compiled.length - 1;
}

/** Global of the one object of a @Singleton class, which `@Instance(n)` in front of the class gives. */
export function primedInstance(declaration: Node): i32 {
  const at = annotationOf(declaration, 'Instance');
  const index = at != 0 && bOf(at) != 0 ? <i32>literalValue(<Node>bOf(at)) : -1;
  return <u32>index < <u32>globals.length ? index : 0;
}

/** Makes the classes that lie in front of the one of that name, which no declaration names. */
export function primeBefore(name: Text): void {
  const last = <i32>totalOf(image, IMG_SEC_CLASSES);
  for (let i = classes.length - BUILTIN_CLASSES; i < last; i++) {
    const record = recordIn(image, IMG_SEC_CLASSES, <u32>i, IMG_CLASS_BYTES);
    if (textOf(load<u32>(record, IMG_CLASS_NAME)) == name) return primeUpTo(BUILTIN_CLASSES + i);
  }
}

/** Makes those that are left. */
export function primeRest(): void {
  primeUpTo(BUILTIN_CLASSES + <i32>totalOf(image, IMG_SEC_CLASSES));
}

// Classes without declarations: those that the compiler made, and bound ones, whose declarations the host has.
function primeUpTo(end: i32): void {
  while (classes.length < end) {
    const record = recordIn(image, IMG_SEC_CLASSES, <u32>(classes.length - BUILTIN_CLASSES), IMG_CLASS_BYTES);
    const name = textOf(load<u32>(record, IMG_CLASS_NAME));
    const flags = load<i32>(record, IMG_CLASS_FLAGS);
    if (flags & IMG_CLASS_FLAG_HANDLE && adoptBound(name)) continue;
    const c = new ClassInfo();
    c.id = classes.length;
    c.name = name;
    c.superId = load<i32>(record, IMG_CLASS_SUPER);
    c.depth = classes[c.superId].depth + 1;
    c.slots = load<i32>(record, IMG_CLASS_SLOTS);
    if (flags & IMG_CLASS_FLAG_ABSTRACT) c.flags |= C_ABSTRACT;
    for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
    classes.push(c);
    addClassType(name);
  }
}

// The fields of the class that stands for the script's variables.
function primeGlobals(first: Node): void {
  for (let n = first; n != 0; n = nextOf(n)) {
    const at = annotationOf(n, 'At');
    const index = at != 0 && bOf(at) != 0 ? <i32>literalValue(<Node>bOf(at)) : -1;
    if (<u32>index >= <u32>globals.length) continue;
    const g = globals[index];
    g.name = bOf(n);
    g.type = resolveType(<Node>aOf(n));
    g.isConstant = isConstantName(g.name) || opOf(n) == V_FINAL;
    g.constant = fieldConstant(n, g.type);
    globalsByName.set(g.name, g.id);
  }
}

/** Reads the virtual tables, which later images may have changed, when all earlier images are known. */
export function finishPriming(): void {
  startProgram();
  if (imageCount() == 0) return;
  fillAdopted();
  const root = ensureFilled(classes[CLASS_OBJECT]);
  for (let id = BUILTIN_CLASSES; id < BUILTIN_CLASSES + <i32>total(IMG_SEC_CLASSES); id++) {
    const index = <u32>(id - BUILTIN_CLASSES);
    const c = classes[id];
    if (c.vtable.length > 0) continue;
    const at = holder(IMG_SEC_CLASSES, index);
    const record = recordIn(at, IMG_SEC_CLASSES, index, IMG_CLASS_BYTES);
    let entry = at + <usize>load<u32>(at, IMG_SEC_VTABLE) + ((<usize>load<u32>(record, IMG_CLASS_FIRST_VTABLE)) << 2);
    for (let slot = 0; slot < load<i32>(record, IMG_CLASS_VTABLE_COUNT); slot++) {
      const method = load<u32>(entry);
      entry += 4;
      if (method & IMG_VTABLE_NATIVE) {
        for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot == slot) c.vtable.push(root.methods[i]);
      } else {
        const m = compiled[<i32>method];
        if (m.vslot < 0) m.vslot = slot;
        c.vtable.push(m);
      }
    }
  }
}
