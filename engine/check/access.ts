/** Who may use a member, and who is warned: @Private, @Deprecated. */
import { K0518_PRIVATE_MEMBER, K0610_DEPRECATED } from '../diagnostics/codes.generated';
import { Node, bOf, kindOf, STRING_LITERAL, aOf } from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { A_DEPRECATED, A_PRIVATE, annotationOf } from './annotations';
import { currentClass, currentMethod } from './context';
import { ClassInfo, FieldInfo, M_CONSTRUCTOR, MethodInfo, X_DEPRECATED, X_PRIVATE, X_USED, classes } from './model';
import { displayName, problem } from './problem';

/** What a declaration's annotations (A_*) are as flags of a class, method or field. */
export function accessFlags(annotations: i32): i32 {
  return (annotations & A_PRIVATE ? X_PRIVATE : 0) | (annotations & A_DEPRECATED ? X_DEPRECATED : 0);
}

/** Notes that a method is used at `n`. */
export function useMethod(n: Node, m: MethodInfo): void {
  const isOwn = currentMethod() == m;
  if (!isOwn) m.flags |= X_USED;
  if (m.flags & X_PRIVATE) usePrivate(n, m.flags & M_CONSTRUCTOR ? internLiteral('the constructor') : m.name, m.owner);
  if (m.flags & X_DEPRECATED && !isOwn) warn(n, m.name, m.node);
}

/** The same of a field. */
export function useField(n: Node, f: FieldInfo): void {
  f.flags |= X_USED;
  if (f.flags & X_PRIVATE) usePrivate(n, f.name, f.owner);
  if (f.flags & X_DEPRECATED) warn(n, f.name, f.node);
}

/** The same of a class of which an object is made. */
export function useClass(n: Node, c: ClassInfo): void {
  c.flags |= X_USED;
  if (c.flags & X_DEPRECATED) warn(n, c.name, c.node);
}

function usePrivate(n: Node, name: Text, owner: i32): void {
  const c = currentClass();
  if (owner >= 0 && (!c || c.id != owner)) problem(K0518_PRIVATE_MEMBER, n, name, displayName(classes[owner].name));
}

// What is to be used instead stands in the annotation.
function warn(n: Node, name: Text, declaration: Node): void {
  const annotation = declaration == 0 ? 0 : annotationOf(declaration, 'Deprecated');
  const text = annotation == 0 ? 0 : <Node>bOf(annotation);
  problem(K0610_DEPRECATED, n, displayName(name), text != 0 && kindOf(text) == STRING_LITERAL ? aOf(text) : 0);
}
