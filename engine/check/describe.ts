/** Names for a shell that completes them: members of a value or a class, and what is in scope at the top level. */
import { Text, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { classOfType, findClass, functions, superOf } from './lookup';
import { ClassInfo, F_HIDDEN, F_STATIC, M_CONSTRUCTOR, classes, globals } from './model';
import { displayName } from './problem';
import { Type, nonNull } from './types';

function line(out: ByteVector, name: Text): void {
  if (textLength(name) == 0) return;
  out.bytes(textAddress(name), textLength(name));
  out.byte(10);
}

/** Appends the names of the members that a value of the type has, one a line; some may come twice. */
export function writeMembers(out: ByteVector, type: Type): void {
  const c = classOfType(nonNull(type));
  if (c) writeClass(out, c, false);
}

/** Appends the names of the static members of the class of that name, if there is one. */
export function writeStatics(out: ByteVector, name: Text): void {
  const c = findClass(name);
  if (c) writeClass(out, c, true);
}

function writeClass(out: ByteVector, c: ClassInfo, isStatic: bool): void {
  let at: ClassInfo | null = c;
  while (at) {
    for (let i = 0; i < at.methods.length; i++) {
      const m = at.methods[i];
      if (m.isStatic() == isStatic && !(m.flags & M_CONSTRUCTOR)) line(out, m.name);
    }
    for (let i = 0; i < at.fields.length; i++) {
      const f = at.fields[i];
      if (((f.flags & F_STATIC) != 0) == isStatic && !(f.flags & F_HIDDEN)) line(out, f.name);
    }
    for (let i = 0; i < at.interfaces.length; i++) {
      const declared = classes[at.interfaces[i]].methods;
      for (let j = 0; j < declared.length; j++) if (declared[j].isStatic() == isStatic) line(out, declared[j].name);
    }
    at = superOf(at);
  }
}

/** Appends the names of all variables, functions and classes, one a line. */
export function writeScope(out: ByteVector): void {
  for (let i = 0; i < globals.length; i++) line(out, globals[i].name);
  for (let i = 0; i < functions.length; i++) line(out, functions[i].name);
  for (let i = 0; i < classes.length; i++) if (classes[i].flags != 0) line(out, displayName(classes[i].name));
}
