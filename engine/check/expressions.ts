/** One step of checking an expression. Children are visited through `frames`; the type ends up in the node. */
import { K0308_THIS_OUTSIDE, K0411_VOID_VALUE } from '../diagnostics/codes.generated';
import {
  AND,
  ARRAY_LITERAL,
  ASSIGN,
  BINARY,
  BOOLEAN_LITERAL,
  B_TO,
  CALL,
  CAST,
  CONDITIONAL,
  CONVERT,
  ERROR_EXPRESSION,
  FIELD_NAME,
  FLOAT_LITERAL,
  FORMAT_TEXT,
  INCREMENT,
  INDEX,
  INSTANCEOF,
  INTERPOLATION,
  INT_LITERAL,
  LAMBDA,
  MAP_LITERAL,
  MEMBER,
  NAME,
  NEW,
  NEW_ARRAY,
  NULL_LITERAL,
  OR,
  STRING_LITERAL,
  SUPER,
  THIS,
  UNARY,
  Node,
  aOf,
  bOf,
  kindOf,
  nextOf,
  opOf,
  setType,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { stepCall } from './calls';
import { stepNew } from './new';
import { currentClass, hasThis, noteThis } from './context';
import { stringType } from './conversions';
import { stepFormat } from './formats';
import { stepLambda } from './lambdas';
import { WANT_ANY, frameNode, frameWant, frameX, leaveWith, resume, setFrameX, visit } from './frames';
import { resolveName } from './names';
import { problem } from './problem';
import { floatHere } from './resolve';
import { openObject } from './object-literal';
import { stepMapLiteral } from './map';
import { selfType } from './generics';
import { BOOLEAN, ERROR, INT, NULL, VOID } from './types';
import { stepNewArray, stepArrayLiteral } from './arrays';
import { stepAssign } from './assign';
import { stepCast, stepInstanceof } from './casts';
import { stepMember, stepIndex } from './members';
import { stepUnary, stepIncrement, toCast, stepBinary, stepLogic, stepConditional, stepCoalesce } from './operators';

/** What is known, saved by the conditions being checked; innermost last. */
export const savedStates = new Array<IntVector>();

/** Resumes the running frame, which is an expression. */
export function stepExpression(kind: i32): void {
  const n = frameNode();
  switch (kind) {
    case INT_LITERAL:
      return leaveWith(INT);
    case FLOAT_LITERAL:
      return leaveWith(floatHere(n));
    case STRING_LITERAL:
      return leaveWith(stringType());
    case BOOLEAN_LITERAL:
      return leaveWith(BOOLEAN);
    case NULL_LITERAL:
      return leaveWith(NULL);
    case ERROR_EXPRESSION:
      return leaveWith(ERROR);
    case NAME:
    case FIELD_NAME:
      return leaveWith(resolveName(n, frameWant()));
    case THIS:
    case SUPER:
      return stepThis(n);
    case INTERPOLATION:
      return stepInterpolation(n);
    case MEMBER:
      return stepMember(n);
    case INDEX:
      return stepIndex(n);
    case CALL:
      return stepCall(n);
    case NEW:
      return stepNew(n);
    case NEW_ARRAY:
      return stepNewArray(n);
    case ARRAY_LITERAL:
      return stepArrayLiteral(n);
    case MAP_LITERAL:
      if (bOf(n) == 0) return stepMapLiteral(n);
      return openObject(n) ? stepNew(n) : leaveWith(ERROR);
    case UNARY:
      return stepUnary(n);
    case INCREMENT:
      return stepIncrement(n);
    case BINARY:
      if (opOf(n) == B_TO) toCast(n);
      return kindOf(n) == CAST ? stepCast(n) : stepBinary(n);
    case AND:
    case OR:
      return stepLogic(n, kind == AND);
    case CONDITIONAL:
      return stepConditional(n);
    case ASSIGN:
      return stepAssign(n);
    case CAST:
      return stepCast(n);
    case INSTANCEOF:
      return stepInstanceof(n);
    case FORMAT_TEXT:
      return stepFormat(n);
    case LAMBDA:
      return stepLambda(n);
    case CONVERT:
      return leaveWith(typeOf(n));
    default:
      return stepCoalesce(n);
  }
}

function stepThis(n: Node): void {
  if (hasThis()) {
    noteThis();
    return leaveWith(selfType(currentClass()!));
  }
  problem(K0308_THIS_OUTSIDE, n, internLiteral(kindOf(n) == THIS ? 'this' : 'super'));
  leaveWith(ERROR);
}

/** Reports a value that is void; returns whether it is one. */
export function rejectVoid(n: Node): bool {
  if (typeOf(n) != VOID) return false;
  problem(K0411_VOID_VALUE, n, internLiteral('this call'));
  setType(n, ERROR);
  return true;
}

function stepInterpolation(n: Node): void {
  const phase = resume();
  const previous = <Node>frameX();
  if (phase > 0 && previous != 0) rejectVoid(previous);
  const next = phase == 0 ? <Node>aOf(n) : nextOf(previous);
  if (next == 0) return leaveWith(stringType());
  setFrameX(<i32>next);
  visit(next, WANT_ANY);
}
