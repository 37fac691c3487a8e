/**
 * Translators, `String : (Person p) { … }`: functions that make a value of one type of one of another. A cast calls them; those that are
 * `@Semantic` are called wherever such a value is wanted, too.
 */
import { K0306_ALREADY_DEFINED, K0519_NO_TRANSLATOR } from '../diagnostics/codes.generated';
import {
  CALL,
  FUNCTION,
  F_TRANSLATOR,
  NAME,
  Node,
  copyNode,
  kindOf,
  newNode,
  opOf,
  setA,
  setB,
  setKind,
  setOp,
  setSymbol,
  setType,
  startOf,
} from '../syntax/ast';
import { useMethod } from './access';
import { A_SEMANTIC, declarationFlags } from './annotations';
import { assignable } from './conversions';
import { lineText } from './declare';
import { MethodInfo, S_METHOD, X_SEMANTIC, firstMethod, priming, symbol } from './model';
import { displayName, problem } from './problem';
import { ANY, ERROR, NULL, Type, VOID, isVariable, mayBeNull, typeName } from './types';

const translators = new Array<MethodInfo>();

/** Is it the declaration of one? */
export function isTranslator(declaration: Node): bool {
  return kindOf(declaration) == FUNCTION && opOf(declaration) == F_TRANSLATOR;
}

/** Takes a translator, whose signature is read. */
export function addTranslator(m: MethodInfo): void {
  if (declarationFlags(m.node, true) & A_SEMANTIC) m.flags |= X_SEMANTIC;
  if (m.params.length != 1 || m.result == ERROR || m.params[0].type == ERROR) return;
  const from = m.params[0].type;
  const isOdd = from == ANY || m.result == ANY || m.result == VOID || isVariable(from) || mayBeNull(from);
  if (isOdd || assignable(from, m.result))
    return problem(K0519_NO_TRANSLATOR, m.node, typeName(from), typeName(m.result));
  for (let i = 0; i < translators.length; i++) {
    const old = translators[i];
    if (old.params[0].type != from || old.result != m.result) continue;
    // One of a later entry of a shell takes its place.
    if (old.image < firstMethod && !priming) translators[i] = m;
    else problem(K0306_ALREADY_DEFINED, m.node, displayName(m.name), lineText(old.node));
    return;
  }
  translators.push(m);
}

/** The translator that makes a value of type `to` of one of type `from`, or null: the one for just that type, or for the nearest above it. */
export function findTranslator(from: Type, to: Type, implicit: bool): MethodInfo | null {
  if (from <= NULL || to <= NULL || from == ANY || to == ANY || mayBeNull(from)) return null;
  let best: MethodInfo | null = null;
  for (let i = 0; i < translators.length; i++) {
    const m = translators[i];
    const takes = m.params[0].type;
    if (!assignable(m.result, to) || !assignable(from, takes)) continue;
    if (implicit && !(m.flags & X_SEMANTIC)) continue;
    if (!best || assignable(takes, best.params[0].type)) best = m;
  }
  return best;
}

/** Makes the value at `n` what a translator makes of it: a call. */
export function translate(n: Node, value: Node, m: MethodInfo): void {
  const callee = newNode(NAME, startOf(n), startOf(n));
  setA(callee, m.name);
  const argument = value == n ? copyNode(n) : value;
  setKind(n, CALL);
  setOp(n, 0);
  setA(n, <i32>callee);
  setB(n, <i32>argument);
  setType(n, m.result);
  useMethod(n, m);
  setSymbol(n, symbol(S_METHOD, m.id));
}
