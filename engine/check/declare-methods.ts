/** Declaring methods and functions: their signatures. */
import {
  K0207_MISPLACED_ANNOTATION,
  K0302_UNKNOWN_CLASS,
  K0306_ALREADY_DEFINED,
  K0410_CANNOT_INFER,
  K0510_METHOD_NEEDS_BODY,
  K0516_INTERFACE_MEMBER,
} from '../diagnostics/codes.generated';
import { F_TRANSLATOR, Node, T_VAR, aOf, bOf, cOf, dOf, eOf, gOf, kindOf, nextOf, opOf, V_OWNER } from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { accessFlags } from './access';
import { A_ABSTRACT, A_FINAL, A_OVERLOAD, A_PRIVATE, A_STATIC, annotationOf, declarationFlags } from './annotations';
import { ensureFilled } from './builtins';
import { checkHome, isTypeName, resolveType, setTypeScope, unknownClassHint, wrongArguments } from './resolve';
import { findClass, findFunction, functions, functionsByName, inLibrary, ownMethod } from './lookup';
import {
  C_BUILTIN,
  C_LIBRARY,
  C_INTERFACE,
  ClassInfo,
  M_ABSTRACT,
  M_CONSTRUCTOR,
  M_FINAL,
  M_LIBRARY,
  M_STATIC,
  M_SYNTHETIC,
  MethodInfo,
  ParamInfo,
  addMethod,
  classes,
  compiled,
  firstMethod,
  priming,
} from './model';
import { primedIndex } from './prime';
import { displayName, problem } from './problem';
import { ANY, ERROR, Type, VOID, nameOf } from './types';
import { defaultType, readDefault } from './defaults';
import { Told } from './results';
import { nameForm, refuseForms } from './overloads';
import { addTranslator } from './translators';
import { lineText } from './declare';
import { declareVariables, resolveBounds } from './declare-classes';

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

export function declareMethod(c: ClassInfo, n: Node): void {
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

export function readParams(m: MethodInfo, first: Node): void {
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

function declareTranslator(n: Node, name: Text): void {
  const m = newMethod(null, name, n);
  m.flags |= M_STATIC;
  readSignature(m, n);
  m.flags |= M_STATIC;
  if (dOf(n) == 0) needsBody(n, name);
  addTranslator(m);
}

export function declareFunction(n: Node): void {
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
