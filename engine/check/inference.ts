/**
 * What the type variables of a call or of `new` stand for: told by the arguments, and by what is expected where they say
 * nothing. One Inference for each call being checked, innermost last.
 */
import { IntVector } from '../support/vectors';
import { commonType, assignable } from './conversions';
import { viewAs, classOf } from './generics';
import { MethodInfo } from './model';
import { Bindings, hasBase, substitute } from './substitution';
import {
  ERROR,
  NULL,
  Type,
  VOID,
  argumentCount,
  argumentOf,
  elementOf,
  hasVariables,
  isArray,
  isFunc,
  isInstance,
  isNullable,
  isVariable,
  nonNull,
  ownerOf,
  nameOf,
  nullable,
  plain,
  typeVariable,
} from './types';

export class Inference {
  /** The variables to be told. */
  readonly variables: IntVector = new IntVector(2);
  /** What is known of them. */
  readonly bindings: Bindings = new Bindings();
  /** What the method's own variables are called in this call. */
  readonly names: Bindings = new Bindings();
  /** The forms that the call chooses among when its arguments are checked; null: it is known what is called. */
  forms: Array<MethodInfo> | null = null;
  /** Type of the receiver, or of what is made; ERROR if there is none. */
  receiver: Type = ERROR;

  /** Is this one of the variables that the call is to tell? */
  isOpen(variable: Type): bool {
    for (let i = 0; i < this.variables.length; i++) if (this.variables.get(i) == variable) return true;
    return false;
  }

  /** The variables of a method, new ones if the receiver's type has variables too, which may be the same. */
  open(m: MethodInfo): void {
    for (let i = 0; i < m.variables.length; i++) {
      let variable = m.variables.get(i);
      if (this.receiver != ERROR && hasVariables(this.receiver)) {
        const own = typeVariable(nameOf(variable), ownerOf(variable));
        this.names.set(variable, own);
        variable = own;
      }
      this.variables.push(variable);
    }
  }

  /** `type`, which is the method's, as this call sees it: what is not known yet stays. */
  see(type: Type): Type {
    if (this.variables.length == 0) return type;
    return substitute(substitute(type, this.names), this.bindings);
  }

  /** Is all known that the type, as `see` gives it, needs? */
  isKnown(type: Type): bool {
    if (this.variables.length == 0 || !hasVariables(type)) return true;
    looked.length = 0;
    looked.push(type);
    while (looked.length > 0) {
      const t = looked.pop();
      if (!hasVariables(t)) continue;
      if (isVariable(t)) {
        if (this.isOpen(t) && !this.bindings.has(t)) return false;
        continue;
      }
      if (hasBase(t)) looked.push(elementOf(t));
      for (let i = 0; i < argumentCount(t); i++) looked.push(argumentOf(t, i));
    }
    return true;
  }

  /** Tells variables of `pattern`, the method's own type, by a value of type `found` that goes there. */
  learn(pattern: Type, found: Type): void {
    if (this.variables.length == 0 || found <= VOID) return;
    pairs.length = 0;
    addPair(substitute(pattern, this.names), plain(found), true);
    while (pairs.length > 0) {
      const mayWiden = pairs.pop() != 0;
      const subject = pairs.pop();
      this.match(pairs.pop(), subject, mayWiden);
    }
  }

  private match(pattern: Type, subject: Type, mayWiden: bool): void {
    if (!hasVariables(pattern)) return;
    if (isVariable(pattern)) return this.bind(pattern, subject, mayWiden);
    if (isNullable(pattern)) {
      if (subject != NULL) addPair(elementOf(pattern), nonNull(subject), mayWiden);
      return;
    }
    if (subject == NULL) return;
    let s = nonNull(subject);
    if (isArray(pattern)) {
      if (isArray(s)) addPair(elementOf(pattern), elementOf(s), false);
      return;
    }
    if (isInstance(pattern)) {
      const id = classOf(pattern);
      s = viewAs(s, id);
      if (s == ERROR || !isInstance(s)) return;
    } else if (isFunc(pattern) != isFunc(s)) return;
    if (argumentCount(pattern) != argumentCount(s)) return;
    for (let i = 0; i < argumentCount(pattern); i++) addPair(argumentOf(pattern, i), argumentOf(s, i), false);
    if (isFunc(pattern) && elementOf(s) > VOID) addPair(elementOf(pattern), elementOf(s), false);
  }

  private bind(variable: Type, type: Type, mayWiden: bool): void {
    if (!this.isOpen(variable) || type <= VOID) return;
    if (type == NULL) {
      if (mayWiden) this.nulls.push(variable);
      return;
    }
    if (!this.bindings.has(variable)) return this.bindings.set(variable, plain(type));
    const before = this.bindings.get(variable);
    if (!mayWiden || this.isFixed(variable) || assignable(type, before)) return;
    const common = commonType(before, type);
    if (common > VOID) this.bindings.set(variable, common);
  }

  // Variables that a null was given for.
  private nulls: IntVector = new IntVector(2);

  /** All arguments are seen: where a null was among them, the variable may be null. */
  finish(): void {
    for (let i = 0; i < this.nulls.length; i++) {
      const variable = this.nulls.get(i);
      if (this.bindings.has(variable) && !this.isFixed(variable))
        this.bindings.set(variable, nullable(this.bindings.get(variable)));
    }
  }

  // Told by what is expected, so that arguments cannot change it.
  private fixed: IntVector = new IntVector(2);

  private isFixed(variable: Type): bool {
    for (let i = 0; i < this.fixed.length; i++) if (this.fixed.get(i) == variable) return true;
    return false;
  }

  /** Tells variables that still are unknown by the type that is expected of the result. */
  expect(result: Type, expected: Type): void {
    if (this.variables.length == 0 || expected <= NULL) return;
    const pattern = nonNull(substitute(result, this.names));
    const type = nonNull(expected);
    if (!hasVariables(pattern)) return;
    const id = classOf(type);
    const view = isVariable(pattern) || id < 0 ? pattern : viewAs(pattern, id);
    if (view == ERROR) return;
    this.learn(view, isVariable(view) && isNullable(expected) ? expected : type);
    for (let i = 0; i < this.variables.length; i++)
      if (this.bindings.has(this.variables.get(i))) this.fixed.push(this.variables.get(i));
  }

  /** The first variable that nothing told; ERROR if all are known. */
  unknown(): Type {
    for (let i = 0; i < this.variables.length; i++)
      if (!this.bindings.has(this.variables.get(i))) return this.variables.get(i);
    return ERROR;
  }
}

const looked = new IntVector();
// Pattern, what is to match it, and whether a wider type would do.
const pairs = new IntVector();

function addPair(pattern: Type, subject: Type, mayWiden: bool): void {
  pairs.push(pattern);
  pairs.push(subject);
  pairs.push(mayWiden ? 1 : 0);
}

/** The calls being checked. */
const calls = new Array<Inference>();

export function pushCall(call: Inference): void {
  calls.push(call);
}
/** Is all known that the type needs, as the innermost call sees it? */
export function isKnownNow(type: Type): bool {
  return calls.length == 0 || calls[calls.length - 1].isKnown(type);
}
export function currentCall(): Inference {
  return calls[calls.length - 1];
}
export function popCall(): Inference {
  return calls.pop();
}
