/** What type variables stand for, and putting that into types. Without native recursion. */
import { IntVector } from '../support/vectors';
import {
  ERROR,
  Type,
  alike,
  argumentCount,
  argumentOf,
  elementOf,
  hasVariables,
  isArray,
  isFunc,
  isNullable,
  isVariable,
} from './types';

/** Types by variable. */
export class Bindings {
  readonly variables: IntVector = new IntVector(4);
  readonly types: IntVector = new IntVector(4);

  /** What the variable stands for; ERROR if nothing is known of it. */
  get(variable: Type): Type {
    for (let i = 0; i < this.variables.length; i++) if (this.variables.get(i) == variable) return this.types.get(i);
    return ERROR;
  }

  has(variable: Type): bool {
    for (let i = 0; i < this.variables.length; i++) if (this.variables.get(i) == variable) return true;
    return false;
  }

  set(variable: Type, type: Type): void {
    for (let i = 0; i < this.variables.length; i++) {
      if (this.variables.get(i) != variable) continue;
      this.types.set(i, type);
      return;
    }
    this.variables.push(variable);
    this.types.push(type);
  }
}

// Work of `substitute`: types to enter (as they are) and to rebuild (complemented); what was rebuilt.
const work = new IntVector();
const built = new IntVector();

/** `type` with what the variables in it stand for; those that are not bound stay. */
export function substitute(type: Type, bindings: Bindings): Type {
  if (!hasVariables(type)) return type;
  work.length = 0;
  built.length = 0;
  work.push(type);
  while (work.length > 0) {
    const next = work.pop();
    if (next < 0) rebuild(~next);
    else if (!hasVariables(next)) built.push(next);
    else if (isVariable(next)) built.push(bindings.has(next) ? bindings.get(next) : next);
    else enterParts(next);
  }
  return built.pop();
}

/** Is there a type besides its parts: the element of an array, what is nullable, the result of a function? */
export function hasBase(type: Type): bool {
  return isArray(type) || isNullable(type) || isFunc(type);
}

function enterParts(type: Type): void {
  work.push(~type);
  if (hasBase(type)) work.push(elementOf(type));
  for (let i = argumentCount(type) - 1; i >= 0; i--) work.push(argumentOf(type, i));
}

function rebuild(type: Type): void {
  const base = hasBase(type) ? built.pop() : ERROR;
  const count = argumentCount(type);
  const made = alike(type, base, built, count);
  built.length -= count;
  built.push(made);
}
