/** Finding classes, methods and fields by name. */
import { CLASS_ARRAY, CLASS_FUNC, CLASS_OBJECT } from '../bytecode/builtins.generated';
import { IntVector } from '../support/vectors';
import { Text } from '../support/texts';
import {
  C_INTERFACE,
  ClassInfo,
  F_HIDDEN,
  FieldInfo,
  GlobalInfo,
  M_ABSTRACT,
  M_LIBRARY,
  MethodInfo,
  classes,
  globals,
} from './model';
import { considerBound, fillingBound, useBound } from './bound-classes';
import { ensureFilled } from './builtins';
import { homeMethod } from './foreign-names';
import { consider, joined, startSuggestion, suggestion } from './problem';
import { Type, boundOf, classIdOf, isArray, isFunc, isVariable } from './types';

/** A map from a text to a small number, open addressing. */
export class TextMap {
  private keys: IntVector;
  private values: IntVector;
  private size: i32 = 64;
  private used: i32 = 0;

  constructor() {
    this.keys = new IntVector(64);
    this.values = new IntVector(64);
    for (let i = 0; i < 64; i++) {
      this.keys.push(-1);
      this.values.push(-1);
    }
  }

  private slot(key: Text): i32 {
    let at = (key * 0x61c88647) & (this.size - 1);
    while (this.keys.get(at) != -1 && this.keys.get(at) != key) at = (at + 1) & (this.size - 1);
    return at;
  }

  /** The number of `key`, or -1. */
  get(key: Text): i32 {
    return this.values.get(this.slot(key));
  }

  set(key: Text, value: i32): void {
    const at = this.slot(key);
    if (this.keys.get(at) == -1) this.used++;
    this.keys.set(at, key);
    this.values.set(at, value);
    if (this.used * 2 > this.size) this.grow();
  }

  private grow(): void {
    const oldKeys = this.keys;
    const oldValues = this.values;
    const oldSize = this.size;
    this.size = oldSize * 2;
    this.keys = new IntVector(this.size);
    this.values = new IntVector(this.size);
    for (let i = 0; i < this.size; i++) {
      this.keys.push(-1);
      this.values.push(-1);
    }
    for (let i = 0; i < oldSize; i++) {
      if (oldKeys.get(i) == -1) continue;
      const at = this.slot(oldKeys.get(i));
      this.keys.set(at, oldKeys.get(i));
      this.values.set(at, oldValues.get(i));
    }
  }
}

/** Class ids, function (method) ids and global ids by name. */
export const classesByName = new TextMap();
export const functionsByName = new TextMap();
export const globalsByName = new TextMap();
export const functions = new Array<MethodInfo>();

/** Classes of the library that are written in Konoha. A script's class of such a name hides it from the script, not from the library. */
export const libraryClasses = new TextMap();

/** Is it code of the library that is looked at? */
export let inLibrary: bool = false;

export function setInLibrary(value: bool): void {
  inLibrary = value;
}

/** The class of that name, or null: the script's, the library's, or one that the host binds. */
export function findClass(name: Text): ClassInfo | null {
  let id = fillingBound ? useBound(name) : inLibrary ? libraryClasses.get(name) : -1;
  if (id < 0) id = classesByName.get(name);
  if (id < 0) id = useBound(name);
  if (id < 0) id = libraryClasses.get(name);
  return id < 0 ? null : ensureFilled(classes[id]);
}

export function findFunction(name: Text): MethodInfo | null {
  const index = functionsByName.get(name);
  return index < 0 ? null : functions[index];
}

export function findGlobal(name: Text): GlobalInfo | null {
  const id = globalsByName.get(name);
  return id < 0 ? null : globals[id];
}

/** The class above, or null. */
export function superOf(c: ClassInfo): ClassInfo | null {
  return c.superId < 0 ? null : ensureFilled(classes[c.superId]);
}

/** Is `id` the class `above` or below it, or does it implement the interface `above`? */
export function isSubclass(id: i32, above: i32): bool {
  if (id >= 0 && above >= 0 && classes[above].flags & C_INTERFACE)
    return id == above || classes[id].interfaces.includes(above);
  let c = id;
  while (c >= 0) {
    if (c == above) return true;
    c = classes[c].superId;
  }
  return false;
}

/** The class whose methods a value of this (non-null) type has; null for void and errors. */
export function classOfType(type: Type): ClassInfo | null {
  let t = type;
  while (isVariable(t) && boundOf(t) != 0) t = boundOf(t);
  if (isArray(t)) return ensureFilled(classes[CLASS_ARRAY]);
  const id = isFunc(t) ? CLASS_FUNC : isVariable(t) ? CLASS_OBJECT : classIdOf(t);
  return id < 0 ? null : ensureFilled(classes[id]);
}

/** A class' own method. Where a script and the library both add one of a name to a class, each means its own. */
export function ownMethod(c: ClassInfo, name: Text): MethodInfo | null {
  let found: MethodInfo | null = null;
  for (let i = 0; i < c.methods.length; i++) {
    const m = c.methods[i];
    if (m.name != name) continue;
    if (((m.flags & M_LIBRARY) != 0) == inLibrary) return m;
    found = m;
  }
  return found;
}

/** The method of that name in the class or above it, interfaces included. */
export function findMethod(c: ClassInfo, name: Text): MethodInfo | null {
  if (c.flags & C_INTERFACE) {
    const own = ownMethod(c, name);
    if (own) return own;
    const above = interfaceMethod(c, name);
    if (above) return above;
  }
  const m = classMethod(c, name);
  return m ? m : interfaceMethod(c, name);
}

/** The method of that name in the class or a class above it. */
export function classMethod(c: ClassInfo, name: Text): MethodInfo | null {
  let at: ClassInfo | null = c;
  while (at) {
    const m = ownMethod(at, name);
    if (m) return m;
    at = superOf(at);
  }
  return null;
}

/** The method of that name that an interface of the class declares: one with a body first. */
export function interfaceMethod(c: ClassInfo, name: Text): MethodInfo | null {
  let found: MethodInfo | null = null;
  for (let i = 0; i < c.interfaces.length; i++) {
    const m = ownMethod(classes[c.interfaces[i]], name);
    if (m && !m.isStatic() && (!found || found.flags & M_ABSTRACT)) found = m;
  }
  return found;
}

/** The field of that name in the class or above it; hidden ones are not found. */
export function findField(c: ClassInfo, name: Text): FieldInfo | null {
  let at: ClassInfo | null = c;
  while (at) {
    for (let i = 0; i < at.fields.length; i++) {
      if (at.fields[i].name == name && !(at.fields[i].flags & F_HIDDEN)) return at.fields[i];
    }
    at = superOf(at);
  }
  return null;
}

/** The constructor that `new` calls: its own, or the nearest inherited one; null if there is none. */
export function findConstructor(c: ClassInfo): MethodInfo | null {
  let at: ClassInfo | null = c;
  while (at) {
    if (at.constructorMethod) return at.constructorMethod;
    at = superOf(at);
  }
  return null;
}

// What to write for a method that other languages call so; 0: the class has none.
function ownWord(c: ClassInfo, name: Text): Text {
  const home = homeMethod(name);
  if (home == 0 || !findMethod(c, home)) return 0;
  return joined('write ', home, '()');
}

/** A hint naming the method of the class that is meant, or the nearest one. */
export function similarMethod(c: ClassInfo, name: Text): Text {
  const own = ownWord(c, name);
  if (own != 0) return own;
  startSuggestion(name);
  let at: ClassInfo | null = c;
  while (at) {
    for (let i = 0; i < at.methods.length; i++) consider(at.methods[i].name);
    at = superOf(at);
  }
  for (let i = 0; i < c.interfaces.length; i++) {
    const declared = classes[c.interfaces[i]].methods;
    for (let j = 0; j < declared.length; j++) consider(declared[j].name);
  }
  return suggestion();
}

/** A hint naming the nearest field of the class, or the method that is meant. */
export function similarField(c: ClassInfo, name: Text): Text {
  const own = ownWord(c, name);
  if (own != 0) return own;
  startSuggestion(name);
  let at: ClassInfo | null = c;
  while (at) {
    for (let i = 0; i < at.fields.length; i++) if (!(at.fields[i].flags & F_HIDDEN)) consider(at.fields[i].name);
    at = at.id == CLASS_OBJECT ? null : superOf(at);
  }
  return suggestion();
}

/** A hint naming the nearest class. */
export function similarClass(name: Text): Text {
  startSuggestion(name);
  for (let i = 0; i < classes.length; i++) consider(classes[i].name);
  considerBound();
  return suggestion();
}
