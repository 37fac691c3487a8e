/** Which local variables a part of the program assigns: what is known of them must be forgotten where that part may have run. */
import {
  AND,
  ARRAY_LITERAL,
  ASSERT,
  ASSIGN,
  BINARY,
  BLOCK,
  CALL,
  CASE,
  CAST,
  CATCH,
  COALESCE,
  CONDITIONAL,
  CONVERT,
  DO,
  EXPRESSION,
  FOR,
  FOREACH,
  FORMAT,
  FORMAT_TEXT,
  IF,
  INCREMENT,
  INDEX,
  INSTANCEOF,
  INTERPOLATION,
  LAMBDA,
  LABELED,
  MAP_LITERAL,
  MEMBER,
  NAME,
  NEW,
  NEW_ARRAY,
  Node,
  OR,
  PRINT,
  RETURN,
  SEQUENCE,
  SWITCH,
  THROW,
  TRY,
  UNARY,
  VARIABLE,
  WHILE,
  aOf,
  kindOf,
  nextOf,
} from '../syntax/ast';
import { IntVector } from '../support/vectors';

const A: i32 = 1;
const B: i32 = 2;
const C: i32 = 4;
const D: i32 = 8;

/** Which of a … d of a node hold (lists of) nodes that run, as bits. */
export function childFields(kind: i32): i32 {
  switch (kind) {
    case INTERPOLATION:
    case CONVERT:
    case MEMBER:
    case ARRAY_LITERAL:
    case MAP_LITERAL:
    case FORMAT:
    case UNARY:
    case INCREMENT:
    case INSTANCEOF:
    case BLOCK:
    case SEQUENCE:
    case EXPRESSION:
    case RETURN:
    case THROW:
    case PRINT:
      return A;
    case INDEX:
    case CALL:
    case BINARY:
    case AND:
    case OR:
    case ASSIGN:
    case COALESCE:
    case FORMAT_TEXT:
    case WHILE:
    case DO:
    case SWITCH:
    case CASE:
    case ASSERT:
      return A | B;
    case NEW:
    case NEW_ARRAY:
    case CAST:
    case LABELED:
      return B;
    case CONDITIONAL:
    case IF:
    case TRY:
      return A | B | C;
    case FOR:
      return A | B | C | D;
    case FOREACH:
      return C | D;
    case VARIABLE:
    case CATCH:
      return C;
    default:
      return 0;
  }
}

/**
 * Appends the names of all variables assigned in the tree at `root`, once for each assignment, to `all`, and to `inLambdas` too
 * where that is in a lambda.
 */
export function assignments(root: Node, all: IntVector, inLambdas: IntVector): void {
  // Nodes, complemented within lambdas.
  const stack = new IntVector(32);
  stack.push(<i32>root);
  while (stack.length > 0) {
    const top = stack.pop();
    const n = <Node>(top < 0 ? ~top : top);
    const kind = kindOf(n);
    const inside: bool = top < 0 || kind == LAMBDA;
    if ((kind == ASSIGN || kind == INCREMENT) && kindOf(<Node>aOf(n)) == NAME) {
      all.push(aOf(<Node>aOf(n)));
      if (inside) inLambdas.push(aOf(<Node>aOf(n)));
    }
    const mask = kind == LAMBDA ? B : childFields(kind);
    for (let i = 0; i < 4; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(n + <usize>(16 + (i << 2))); child != 0; child = nextOf(child))
        stack.push(inside ? ~(<i32>child) : <i32>child);
    }
  }
}

/** Appends the names of all variables assigned in the list that starts at `first` (its successors included if `list`). What lambdas in it assign is not among them. */
export function assignedNames(first: Node, list: bool, names: IntVector): void {
  const stack = new IntVector(32);
  for (let n = first; n != 0; n = list ? nextOf(n) : 0) stack.push(<i32>n);
  while (stack.length > 0) {
    const n = <Node>stack.pop();
    const kind = kindOf(n);
    if ((kind == ASSIGN || kind == INCREMENT) && kindOf(<Node>aOf(n)) == NAME) names.push(aOf(<Node>aOf(n)));
    const mask = childFields(kind);
    for (let i = 0; i < 4; i++) {
      if (!(mask & (1 << i))) continue;
      for (let child = <Node>load<i32>(n + <usize>(16 + (i << 2))); child != 0; child = nextOf(child))
        stack.push(<i32>child);
    }
  }
}
