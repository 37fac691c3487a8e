/** Generic classes seen from outside: what their variables stand for in a member of a value. */
import { CLASS_ARRAY, CLASS_OBJECT } from '../bytecode/builtins.generated';
import { IntVector } from '../support/vectors';
import { classOfType, isSubclass } from './lookup';
import { C_INTERFACE, ClassInfo, MethodInfo, classes } from './model';
import { Bindings, substitute } from './substitution';
import {
  ERROR,
  Type,
  argumentCount,
  argumentOf,
  arrayOf,
  boundOf,
  classIdOf,
  classType,
  elementOf,
  instanceOf,
  isArray,
  isVariable,
  nonNull,
} from './types';

/** The type of `this` in the class: its variables stand for themselves. */
export function selfType(c: ClassInfo): Type {
  if (c.variables.length == 0) return classType(c.id);
  return c.id == CLASS_ARRAY ? arrayOf(c.variables.get(0)) : instanceOf(c.id, c.variables);
}

/** What the class's variables stand for in this type of it. */
export function bindingsOf(type: Type): Bindings {
  const bindings = new Bindings();
  if (isArray(type)) bindings.set(classes[CLASS_ARRAY].variables.get(0), elementOf(type));
  else {
    const id = classIdOf(type);
    for (let i = 0; i < argumentCount(type); i++) bindings.set(classes[id].variables.get(i), argumentOf(type, i));
  }
  return bindings;
}

/** Class id of a type, arrays included; -1 if it has none. */
export function classOf(type: Type): i32 {
  return isArray(type) ? CLASS_ARRAY : classIdOf(type);
}

/** The type above this one (non-null) whose class is `id`; itself if that is its class; ERROR if there is none. */
export function viewAs(type: Type, id: i32): Type {
  let t = type;
  // A bound may be a variable again; they cannot go round.
  while (isVariable(t) && boundOf(t) != 0) t = nonNull(boundOf(t));
  let at = classOf(t);
  if (at >= 0 && classes[id].flags & C_INTERFACE) return viewAsInterface(t, id);
  while (at >= 0 && at != id) {
    const c = classes[at];
    if (c.superId < 0) return ERROR;
    t = c.above == ERROR ? classType(c.superId) : argumentCount(t) > 0 ? substitute(c.above, bindingsOf(t)) : c.above;
    at = c.superId;
  }
  return at < 0 ? ERROR : t;
}

const above = new IntVector();

// Looks at all types above `type`.
function viewAsInterface(type: Type, id: i32): Type {
  if (!isSubclass(classOf(type), id)) return ERROR;
  if (classes[id].variables.length == 0) return classType(id);
  above.length = 0;
  above.push(type);
  while (above.length > 0) {
    const t = above.pop();
    const c = classes[classOf(t)];
    if (c.id == id) return t;
    const bindings = bindingsOf(t);
    if (c.above != ERROR) above.push(substitute(c.above, bindings));
    for (let i = 0; i < c.implemented.length; i++) {
      const next = c.implemented.get(i);
      if (isSubclass(classOf(next), id)) above.push(substitute(next, bindings));
    }
  }
  return ERROR;
}

/** `type`, which a member of class `owner` has where it is declared, as it is in a value of type `receiver`. */
export function seenThrough(type: Type, receiver: Type, owner: i32): Type {
  if (owner < 0 || classes[owner].variables.length == 0) return type;
  const view = viewAs(nonNull(receiver), owner);
  return view == ERROR ? type : substitute(type, bindingsOf(view));
}

/** Type of a parameter of a method as seen by a value of this type. */
export function parameterOf(m: MethodInfo, index: i32, receiver: Type): Type {
  return seenThrough(m.params[index].type, receiver, m.owner);
}

/** Class that a reference of this type must be of, when it comes from where a type variable stood; -1: any. */
export function castClass(type: Type): i32 {
  const c = classOfType(nonNull(type));
  return c === null || c.id == CLASS_OBJECT ? -1 : c.id;
}
