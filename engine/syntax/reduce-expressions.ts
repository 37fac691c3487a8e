/** Operators that bind tighter than what comes next get their right operand. */
import { K0211_BAD_ASSIGNMENT_TARGET } from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import {
  aOf,
  ASSIGN,
  BINARY,
  B_IN,
  B_TO,
  B_UNTIL,
  bOf,
  CAST,
  CONDITIONAL,
  endOf,
  ERROR_EXPRESSION,
  FIELD_NAME,
  INCREMENT,
  INDEX,
  FLOAT_LITERAL,
  INT_LITERAL,
  kindOf,
  MEMBER,
  NAME,
  newNode,
  Node,
  setA,
  setB,
  setC,
  setEnd,
  setOp,
  setStart,
  startOf,
  U_MINUS,
  UNARY,
} from './ast';
import {
  ASSIGNMENT,
  CAST_TO,
  entryA,
  entryB,
  entryC,
  entryKind,
  FALLBACK,
  LAMBDA_BODY,
  OPERATION,
  OTHERWISE,
  PREFIX,
} from './expression-stack';
import { operand, pop, setOperand } from './expression-state';
import { binaryOf, nodeKindOf, P_ASSIGN, P_CONDITIONAL, P_PREFIX, precedenceOf } from './operators';
import { noteRange, noteRangePlace } from './range-values';
import { isTupleLiteral } from './tuples';

/** Can it be assigned to? */
export function isTarget(node: Node): bool {
  const kind = kindOf(node);
  return kind == NAME || kind == FIELD_NAME || kind == MEMBER || kind == INDEX || kind == ERROR_EXPRESSION;
}

/** K0211 unless it can be assigned to. */
export function checkTarget(target: Node): void {
  // A tuple of places is taken apart where a statement begins with it; elsewhere the checker refuses it.
  if (!isTarget(target) && !isTupleLiteral(target)) report(K0211_BAD_ASSIGNMENT_TARGET, startOf(target), endOf(target));
}

function entryPrecedence(): i32 {
  switch (entryKind()) {
    case OTHERWISE:
      return P_CONDITIONAL;
    case ASSIGNMENT:
    case LAMBDA_BODY:
      return P_ASSIGN;
    case OPERATION:
    case FALLBACK:
      return precedenceOf(entryA());
    case PREFIX:
    case CAST_TO:
      return P_PREFIX;
    default:
      return 0;
  }
}

/** Finishes entries of at least `precedence`; of more than it for an operator that groups to the right. */
export function reduce(precedence: i32, toTheRight: bool): void {
  const least = toTheRight ? precedence + 1 : precedence;
  while (entryPrecedence() >= least) finishEntry();
}

function finishEntry(): void {
  const a = entryA();
  const b = <Node>entryB();
  const c = entryC();
  switch (entryKind()) {
    case OTHERWISE: {
      const node = newNode(CONDITIONAL, startOf(b), endOf(operand));
      setA(node, <i32>b);
      setB(node, c);
      setC(node, <i32>operand);
      setOperand(node);
      break;
    }
    case LAMBDA_BODY:
      setB(b, <i32>operand);
      setEnd(b, endOf(operand));
      setOperand(b);
      break;
    case ASSIGNMENT:
      setOperand(pair(ASSIGN, a, b));
      break;
    case OPERATION:
    case FALLBACK: {
      const nodeKind = nodeKindOf(a);
      const op = nodeKind == BINARY ? binaryOf(a) : 0;
      if (op == B_TO || op == B_UNTIL) noteRange();
      if (op == B_IN) noteRangePlace(operand);
      setOperand(pair(nodeKind, op, b));
      break;
    }
    case PREFIX:
      setOperand(finishPrefix(a, (<i32>b) & 0xffff, (<i32>b) >>> 16));
      break;
    default: {
      const node = newNode(CAST, a, endOf(operand));
      setA(node, <i32>b);
      setB(node, <i32>operand);
      setOperand(node);
    }
  }
  pop();
}

function pair(nodeKind: i32, op: i32, left: Node): Node {
  const node = newNode(nodeKind, startOf(left), endOf(operand));
  setOp(node, op);
  setA(node, <i32>left);
  setB(node, <i32>operand);
  return node;
}

/** In the high half of a float. */
const SIGN_BIT: i32 = 1 << 31;

function finishPrefix(from: i32, nodeKind: i32, op: i32): Node {
  if (nodeKind == UNARY && op == U_MINUS && kindOf(operand) == INT_LITERAL) {
    // A negative literal is a literal, so that the smallest int and `case -1` are.
    const low = aOf(operand);
    setA(operand, -low);
    setB(operand, ~bOf(operand) + (low == 0 ? 1 : 0));
    setStart(operand, from);
    return operand;
  }
  if (nodeKind == UNARY && op == U_MINUS && kindOf(operand) == FLOAT_LITERAL) {
    setB(operand, bOf(operand) ^ SIGN_BIT);
    setStart(operand, from);
    return operand;
  }
  if (nodeKind == INCREMENT) checkTarget(operand);
  const node = newNode(nodeKind, from, endOf(operand));
  setOp(node, op);
  setA(node, <i32>operand);
  return node;
}
