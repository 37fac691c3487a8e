/**
 * Names that nobody uses: parameters, functions, private members, classes that `using` names. Variables are reported where their scope
 * ends. A name that begins with `unused` is meant to be so.
 */
import { CLASS_DEVICE, CLASS_SYSTEM } from '../bytecode/builtins.generated';
import {
  K0611_UNUSED_PRIVATE,
  K0612_UNUSED_PARAMETER,
  K0613_UNUSED_FUNCTION,
  K0614_UNUSED_USING,
} from '../diagnostics/codes.generated';
import { errorCount } from '../diagnostics/diagnostics';
import { isImportedOffset } from '../diagnostics/lines';
import { internLiteral, Text, textByte, textLength } from '../support/texts';
import { CLASS, EMPTY, FUNCTION, Node, USING, aOf, cOf, dOf, kindOf, nextOf, startOf } from '../syntax/ast';
import { isDemanded } from '../syntax/mentions';
import { ensureFilled } from './builtins';
import { isTranslator } from './translators';
import { findClass, findFunction, findMethod, interfaceMethod, isSubclass, ownMethod, superOf } from './lookup';
import {
  C_INTERFACE,
  ClassInfo,
  M_ABSTRACT,
  M_BOUND,
  M_CONSTRUCTOR,
  M_LAMBDA,
  M_LIBRARY,
  M_OVERRIDDEN,
  M_SYNTHETIC,
  MethodInfo,
  X_DEPRECATED,
  X_PRIVATE,
  X_USED,
  X_VALUE,
  classes,
  compiled,
  firstClass,
  firstMethod,
  isOpenWorld,
  locals,
} from './model';
import { displayName, problem } from './problem';

/** Does the name say that nobody is to use it? */
export function isMeantUnused(name: Text): bool {
  const wanted = 'unused';
  if (textLength(name) < wanted.length) return false;
  for (let i = 0; i < wanted.length; i++) if (textByte(name, i) != wanted.charCodeAt(i)) return false;
  return true;
}

/** Warns of them, when all bodies have been checked. In a shell later entries may use what there is. */
export function reportUnused(root: Node): void {
  if (isOpenWorld) return;
  reportPrivate();
  // What is wrong may be just the place that uses it.
  if (errorCount() > 0) return;
  const system = ensureFilled(classes[CLASS_SYSTEM]);
  const evaluates = (ownMethod(system, internLiteral('eval'))!.flags & X_USED) != 0;
  const reportsFunctions = !evaluates && isProgram(root);
  for (let i = firstMethod; i < compiled.length; i++) {
    const m = compiled[i];
    if (m.flags & (M_SYNTHETIC | M_BOUND | M_LAMBDA | M_LIBRARY) || !isDeclared(m)) continue;
    if (reportsFunctions && isUnusedFunction(m)) problem(K0613_UNUSED_FUNCTION, m.node, m.name);
    else if (dOf(m.node) != 0 && !m.bridged && decidesParameters(m)) reportParameters(m);
  }
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) if (kindOf(n) == USING) reportUsing(n);
}

function reportPrivate(): void {
  for (let id = firstClass; id < classes.length; id++) {
    const c = classes[id];
    if (c.node == 0) continue;
    for (let i = 0; i < c.methods.length; i++) {
      const m = c.methods[i];
      if ((m.flags & (X_PRIVATE | X_USED)) == X_PRIVATE && !isMeantUnused(m.name))
        problem(K0611_UNUSED_PRIVATE, m.node, m.name);
    }
    for (let i = 0; i < c.fields.length; i++) {
      const f = c.fields[i];
      if ((f.flags & (X_PRIVATE | X_USED)) == X_PRIVATE && !isMeantUnused(f.name))
        problem(K0611_UNUSED_PRIVATE, f.node, f.name);
    }
  }
}

// Does it stand in the script, and is no default's of its own?
function isDeclared(m: MethodInfo): bool {
  if (m.node == 0 || kindOf(m.node) != FUNCTION) return false;
  if (m.owner < 0) return findFunction(m.name) == m || isTranslator(m.node);
  return classes[m.owner].constructorMethod == m || classes[m.owner].methods.includes(m);
}

// Does the script do something? A file of declarations alone is there for others.
function isProgram(root: Node): bool {
  for (let n = <Node>aOf(root); n != 0; n = nextOf(n)) {
    const kind = kindOf(n);
    if (kind != CLASS && kind != FUNCTION && kind != EMPTY && kind != USING && !isImportedOffset(startOf(n)))
      return true;
  }
  for (let i = firstMethod; i < compiled.length; i++) {
    const m = compiled[i];
    if (m.owner < 0 ? m.name == internLiteral('main') : isSubclass(m.owner, CLASS_DEVICE)) return true;
  }
  return false;
}

function isUnusedFunction(m: MethodInfo): bool {
  if (m.owner >= 0 || m.flags & (X_USED | X_DEPRECATED) || isImportedOffset(startOf(m.node))) return false;
  return m.name != internLiteral('main') && !isMeantUnused(m.name);
}

// Is it the method itself that says what it takes, and not one that it overrides, its callers or the kernel?
function decidesParameters(m: MethodInfo): bool {
  // What one form of several takes may be there for its type alone.
  if (m.flags & (X_VALUE | M_OVERRIDDEN | M_ABSTRACT) || m.common != 0) return false;
  if (m.owner < 0) return m.name != internLiteral('main');
  const c = classes[m.owner];
  if (m.isStatic() || m.flags & M_CONSTRUCTOR) return true;
  if (c.flags & C_INTERFACE || isSubclass(c.id, CLASS_DEVICE) || interfaceMethod(c, m.name)) return false;
  const above: ClassInfo | null = superOf(c);
  return above === null || findMethod(above, m.name) === null;
}

function reportParameters(m: MethodInfo): void {
  let node = <Node>cOf(m.node);
  for (let i = 0; i < m.params.length && node != 0; i++) {
    const p = m.params[i];
    const used = p.local >= 0 && (locals[p.local].used || locals[p.local].assigned > 0);
    if (p.local >= 0 && !used && !isMeantUnused(p.name) && !isUsedByDefault(m, i))
      problem(K0612_UNUSED_PARAMETER, node, p.name);
    node = nextOf(node);
  }
}

// Does the default of a later parameter use it?
function isUsedByDefault(m: MethodInfo, index: i32): bool {
  for (let i = index + 1; i < m.params.length; i++) {
    const computing = m.params[i].computed;
    if (computing === null || index >= computing.params.length) continue;
    const local = computing.params[index].local;
    if (local >= 0 && locals[local].used) return true;
  }
  return false;
}

function reportUsing(n: Node): void {
  const c = aOf(n) != 0 && !isImportedOffset(startOf(n)) ? findClass(aOf(n)) : null;
  // A literal names Regex by itself.
  if (c && c.name == internLiteral('Regex') && isDemanded(internLiteral('regexLiteral'))) return;
  if (c && !(c.flags & X_USED)) problem(K0614_UNUSED_USING, n, displayName(c.name));
}
