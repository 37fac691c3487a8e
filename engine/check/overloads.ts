/**
 * `@Overload`: functions and methods that share a name and differ in what they take. Each is declared under a name of its own, `area(int)`, so
 * that overriding and interfaces see every form apart; a call by the common name chooses among them.
 */
import {
  K0207_MISPLACED_ANNOTATION,
  K0306_ALREADY_DEFINED,
  K0410_CANNOT_INFER,
  K0521_NO_FORM,
} from '../diagnostics/codes.generated';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { Node, nextOf, typeOf } from '../syntax/ast';
import { annotationOf } from './annotations';
import { assignable } from './conversions';
import { lineText } from './declare';
import { seenThrough } from './generics';
import { isKnownNow } from './inference';
import { findFunction, functions, superOf } from './lookup';
import { ClassInfo, MethodInfo, classes } from './model';
import { displayName, problem } from './problem';
import { ANY, ERROR, NULL, Type, argumentCount, argumentOf, isFunc, nonNull, typeName, writeType } from './types';

/** Names the method, whose signature is read, as one form of many. */
export function nameForm(m: MethodInfo): void {
  const out = new ByteVector(32);
  out.bytes(textAddress(m.name), textLength(m.name));
  out.byte(40);
  for (let i = 0; i < m.params.length; i++) {
    if (i > 0) out.byte(44);
    writeType(m.params[i].type, out);
  }
  out.byte(41);
  m.common = m.name;
  m.name = internBytes(out);
  if (m.variables.length > 0)
    problem(
      K0207_MISPLACED_ANNOTATION,
      annotationOf(m.node, 'Overload'),
      internLiteral('@Overload'),
      internLiteral('a generic method takes all types by itself'),
    );
}

/** Reports a name that is declared both with and without `@Overload`. */
export function refuseForms(n: Node, name: Text, c: ClassInfo | null): void {
  const list = c ? c.methods : functions;
  for (let i = 0; i < list.length; i++)
    if (list[i].common == name) return problem(K0306_ALREADY_DEFINED, n, displayName(name), lineText(list[i].node));
}

function addForms(found: Array<MethodInfo>, list: Array<MethodInfo>, name: Text): void {
  for (let i = 0; i < list.length; i++) {
    if (list[i].common != name) continue;
    // A later entry of a shell may have replaced a function.
    let isOverridden = list[i].owner < 0 && findFunction(list[i].name) != list[i];
    for (let j = 0; j < found.length; j++) if (found[j].name == list[i].name) isOverridden = true;
    if (!isOverridden) found.push(list[i]);
  }
}

/** All forms of a function of that name. */
export function functionForms(name: Text): Array<MethodInfo> {
  const found = new Array<MethodInfo>();
  addForms(found, functions, name);
  return found;
}

/** All forms of a method of that name, of the class, those above it and its interfaces. */
export function methodForms(owner: ClassInfo, name: Text): Array<MethodInfo> {
  const found = new Array<MethodInfo>();
  let c: ClassInfo | null = owner;
  while (c) {
    addForms(found, c.methods, name);
    c = superOf(c);
  }
  for (let i = 0; i < owner.interfaces.length; i++) addForms(found, classes[owner.interfaces[i]].methods, name);
  return found;
}

/** The one form that takes so many arguments; null: there are none or several. */
export function formByCount(forms: Array<MethodInfo>, count: i32): MethodInfo | null {
  let only: MethodInfo | null = null;
  for (let i = 0; i < forms.length; i++) {
    if (count < forms[i].required() || count > forms[i].params.length) continue;
    if (only) return null;
    only = forms[i];
  }
  return only;
}

function paramType(m: MethodInfo, index: i32, receiver: Type): Type {
  return seenThrough(m.params[index].type, receiver, m.owner);
}

function takes(m: MethodInfo, first: Node, receiver: Type): bool {
  let index = 0;
  for (let a = first; a != 0; a = nextOf(a)) {
    if (index == m.params.length || !assignable(typeOf(a), paramType(m, index, receiver))) return false;
    index++;
  }
  return index >= m.required();
}

// Does `a` take only what `b` takes too, as far as so many arguments go?
function isNarrower(a: MethodInfo, b: MethodInfo, count: i32, receiver: Type): bool {
  for (let i = 0; i < count; i++) {
    const from = paramType(a, i, receiver);
    const to = paramType(b, i, receiver);
    if ((from == ANY && to != ANY) || !assignable(from, to)) return false;
  }
  return true;
}

/** The form that the arguments from `first` on, all checked, mean: the narrowest that takes them. Null: reported, if they are not wrong themselves. */
export function chooseForm(n: Node, forms: Array<MethodInfo>, first: Node, receiver: Type): MethodInfo | null {
  let count = 0;
  for (let a = first; a != 0; a = nextOf(a)) {
    if (typeOf(a) == ERROR) return null;
    count++;
  }
  let best: MethodInfo | null = null;
  for (let i = 0; i < forms.length; i++)
    if (takes(forms[i], first, receiver) && (!best || isNarrower(forms[i], best, count, receiver))) best = forms[i];
  let isClear = best !== null;
  for (let i = 0; i < forms.length && best; i++)
    if (forms[i] != best && takes(forms[i], first, receiver) && !isNarrower(best, forms[i], count, receiver))
      isClear = false;
  if (isClear) return best;
  const found = new ByteVector(32);
  for (let a = first; a != 0; a = nextOf(a)) {
    if (a != first) found.text(', ');
    const type = typeName(typeOf(a));
    found.bytes(textAddress(type), textLength(type));
  }
  problem(
    K0521_NO_FORM,
    n,
    displayName(forms[0].common),
    internBytes(found),
    formsText(forms, best ? 'several do, none of them narrower than the others: ' : 'there are '),
  );
  return null;
}

// Does it take what a function of type `want` takes, as far as that is known? `isClassMember`: one that is not static takes its object first.
function fitsWanted(m: MethodInfo, want: Type, isClassMember: bool, receiver: Type): bool {
  const skip = isClassMember && !m.isStatic() ? 1 : 0;
  if (argumentCount(want) != m.params.length + skip) return false;
  for (let i = 0; i < m.params.length; i++) {
    const given = argumentOf(want, i + skip);
    if (isKnownNow(given) && given != paramType(m, i, receiver)) return false;
  }
  return true;
}

/**
 * The form that a common name as a value means at `n`, where a function of type `want` is expected. Null: reported.
 */
export function chooseValue(
  n: Node,
  forms: Array<MethodInfo>,
  want: Type,
  isClassMember: bool,
  receiver: Type,
): MethodInfo | null {
  const fitting = new Array<MethodInfo>();
  const isFunction = want > NULL && isFunc(nonNull(want));
  for (let i = 0; i < forms.length && isFunction; i++)
    if (fitsWanted(forms[i], nonNull(want), isClassMember, receiver)) fitting.push(forms[i]);
  for (let i = 0; i < fitting.length; i++) {
    let isClear = true;
    for (let j = 0; j < fitting.length; j++)
      if (j != i && !isNarrower(fitting[i], fitting[j], fitting[i].params.length, receiver)) isClear = false;
    if (isClear) return fitting[i];
  }
  if (want == ERROR) return null;
  const name = displayName(forms[0].common);
  if (isFunction && fitting.length == 0) {
    const types = new ByteVector(32);
    for (let i = 0; i < argumentCount(nonNull(want)); i++) {
      if (i > 0) types.text(', ');
      writeType(argumentOf(nonNull(want), i), types);
    }
    problem(K0521_NO_FORM, n, name, internBytes(types), formsText(forms, 'there are '));
  } else problem(K0410_CANNOT_INFER, n, name, formsText(forms, 'a Func type where it goes to tells which is meant: '));
  return null;
}

function formsText(forms: Array<MethodInfo>, before: string): Text {
  const out = new ByteVector(64);
  out.text(before);
  for (let i = 0; i < forms.length; i++) {
    if (i > 0) out.text(', ');
    out.bytes(textAddress(forms[i].name), textLength(forms[i].name));
  }
  return internBytes(out);
}
