/** What a condition tells about variables: `x != null`, `if(x)`, `x instanceof T`, and their combinations. */
import {
  AND,
  B_EQ,
  B_NE,
  BINARY,
  INSTANCEOF,
  NAME,
  NULL_LITERAL,
  Node,
  OR,
  UNARY,
  U_NOT,
  aOf,
  bOf,
  kindOf,
  opOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { S_LOCAL, classes, locals, symbolIndex, symbolKind } from './model';
import { UNASSIGNED, know, knownType } from './scope';
import { ANY, NULL, classIdOf, definite, isClass, isReference, mayBeNull } from './types';
import { objectType } from './conversions';

/** Narrows what is known, given that `condition` was `truth`. */
export function assume(condition: Node, truth: bool): void {
  // Pairs of node and truth.
  const stack = new IntVector(8);
  stack.push(<i32>condition);
  stack.push(truth ? 1 : 0);
  while (stack.length > 0) {
    const holds = stack.pop() != 0;
    const n = <Node>stack.pop();
    const kind = kindOf(n);
    if ((kind == AND && holds) || (kind == OR && !holds)) {
      stack.push(bOf(n));
      stack.push(holds ? 1 : 0);
      stack.push(aOf(n));
      stack.push(holds ? 1 : 0);
    } else if (kind == UNARY && opOf(n) == U_NOT) {
      stack.push(aOf(n));
      stack.push(holds ? 0 : 1);
    } else if (kind == BINARY && (opOf(n) == B_EQ || opOf(n) == B_NE)) {
      const other = kindOf(<Node>aOf(n)) == NULL_LITERAL ? <Node>bOf(n) : <Node>aOf(n);
      const isNullTest = kindOf(<Node>aOf(n)) == NULL_LITERAL || kindOf(<Node>bOf(n)) == NULL_LITERAL;
      if (isNullTest && (opOf(n) == B_NE) == holds) notNull(other);
    } else if (kind == NAME && holds) notNull(n);
    else if (kind == INSTANCEOF && holds) becomes(<Node>aOf(n), typeOf(<Node>bOf(n)));
  }
}

function notNull(n: Node): void {
  if (kindOf(n) != NAME || symbolKind(symbolOf(n)) != S_LOCAL) return;
  const local = locals[symbolIndex(symbolOf(n))];
  const type = knownType(local);
  if (type != UNASSIGNED && mayBeNull(type) && type != ANY && type != NULL) know(local, definite(type, objectType()));
}

// A variable that was tested by instanceof is seen as that class, where both are references.
function becomes(n: Node, type: i32): void {
  if (type == 0 || kindOf(n) != NAME || symbolKind(symbolOf(n)) != S_LOCAL) return;
  // Of a generic class without its arguments nothing would be known.
  if (isClass(type) && classes[classIdOf(type)].variables.length > 0) return;
  const local = locals[symbolIndex(symbolOf(n))];
  if (knownType(local) != UNASSIGNED && (isReference(type) || local.type == ANY)) know(local, type);
}
