/** Operators and conditions. */
import { CLASS_OUTPUT_STREAM } from '../bytecode/builtins.generated';
import {
  K0211_BAD_ASSIGNMENT_TARGET,
  K0402_BAD_OPERANDS,
  K0403_BAD_OPERAND,
  K0404_NOT_COMPARABLE,
  K0406_MAY_BE_NULL,
  K0407_NOT_BOOLEAN,
  K0415_NO_NULL,
  K0416_ELEMENTS_DIFFER,
} from '../diagnostics/codes.generated';
import {
  B_ADD,
  B_AND,
  B_EQ,
  B_GE,
  B_IN,
  B_LT,
  B_MOD,
  B_NE,
  B_OR,
  B_SHL,
  B_XOR,
  CAST,
  NAME,
  T_NAME,
  U_COMPLEMENT,
  U_NOT,
  Node,
  aOf,
  bOf,
  cOf,
  kindOf,
  opOf,
  setA,
  setB,
  setKind,
  setOp,
  typeOf,
} from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { currentClass } from './context';
import { adapt, assignable, commonType, comparable, expectType, stringType, widens } from './conversions';
import { finishFormatOf } from './formats';
import { WANT_ANY, WANT_NOTHING, WANT_RANGE, WANT_UPDATE, frameWant, leaveWith, resume, visit } from './frames';
import { findClass, findField, isSubclass } from './lookup';
import { takeTextOperator } from './text-operators';
import { assume } from './narrow';
import { problem } from './problem';
import { isTypeVariable } from './resolve';
import { finishIn, finishRange, isRange } from './range';
import { findLocal, mergeKnown, restoreKnown, saveKnown } from './scope';
import {
  ANY,
  BOOLEAN,
  ERROR,
  FLOAT,
  INT,
  NULL,
  VOID,
  Type,
  classIdOf,
  elementOf,
  isArray,
  isNullable,
  isNumber,
  isReference,
  mayBeNull,
  nonNull,
  typeName,
} from './types';
import { findGlobal } from './lookup';
import { isTupleType } from './tuple';
import { isTarget } from './assign';
import { savedStates, rejectVoid } from './expressions';

const OPERATORS = '? + - * / % & | ^ << >> >>> == != < <= > >= to until in? ';

/** How an operator is spelt. */
export function operatorText(op: i32): Text {
  let at = 0;
  let from = 0;
  for (let i = 0; i < OPERATORS.length; i++) {
    if (OPERATORS.charCodeAt(i) != 32) continue;
    if (at == op) return internLiteral(OPERATORS.substring(from, i));
    from = i + 1;
    at++;
  }
  return 0;
}

/** Reports a condition that is neither boolean nor a test for null. */
export function expectCondition(n: Node): void {
  const type = typeOf(n);
  if (type == BOOLEAN || type == ERROR || type == ANY) return;
  if (type == VOID) {
    rejectVoid(n);
    return;
  }
  if (isNullable(type) && isReference(nonNull(type))) return;
  problem(
    K0407_NOT_BOOLEAN,
    n,
    typeName(type),
    internLiteral(type == INT ? 'write x != 0' : isNullable(type) ? 'write x != null' : 'write a comparison'),
  );
}

export function stepUnary(n: Node): void {
  const operand = <Node>aOf(n);
  if (resume() == 0) return visit(operand, WANT_ANY);
  if (opOf(n) == U_NOT) {
    expectCondition(operand);
    return leaveWith(BOOLEAN);
  }
  const type = typeOf(operand);
  if (type == ANY) return leaveWith(ANY);
  if (type == FLOAT && opOf(n) != U_COMPLEMENT) return leaveWith(FLOAT);
  if (type != INT && type != ERROR) {
    if (isNullable(type) && isNumber(nonNull(type))) problem(K0406_MAY_BE_NULL, operand, typeName(nonNull(type)));
    else problem(K0403_BAD_OPERAND, n, internLiteral(opOf(n) == 1 ? '-' : opOf(n) == 3 ? '~' : '+'), typeName(type));
  }
  leaveWith(INT);
}

export function stepIncrement(n: Node): void {
  const target = <Node>aOf(n);
  if (resume() == 0) {
    if (!isTarget(target)) {
      problem(K0211_BAD_ASSIGNMENT_TARGET, target);
      return leaveWith(ERROR);
    }
    return visit(target, WANT_UPDATE);
  }
  const type = typeOf(target);
  if (type == ANY) return leaveWith(ANY);
  if (!isNumber(type) && type != ERROR)
    problem(K0403_BAD_OPERAND, n, internLiteral(opOf(n) % 2 == 1 ? '++' : '--'), typeName(type));
  leaveWith(type == FLOAT ? FLOAT : INT);
}

// `x to A`, where A is a class and nothing else has the name, is a cast.
export function toCast(n: Node): void {
  const to = <Node>bOf(n);
  if (to == 0 || kindOf(to) != NAME) return;
  const name = aOf(to);
  if (findLocal(name) || findGlobal(name)) return;
  const c = currentClass();
  if (c && findField(c, name)) return;
  if (!findClass(name) && !isTypeVariable(name)) return;
  setKind(n, CAST);
  setOp(n, 0);
  setKind(to, T_NAME);
  setB(n, aOf(n));
  setA(n, <i32>to);
}

export function stepBinary(n: Node): void {
  const phase = resume();
  if (phase == 0 || (phase == 1 && bOf(n) != 0))
    return visit(<Node>(phase == 0 ? aOf(n) : bOf(n)), phase == 0 ? WANT_ANY : wantedOnTheRight(n));
  if (isRange(n)) return finishRange(n);
  if (opOf(n) == B_IN) return finishIn(n, <Node>aOf(n), <Node>bOf(n));
  const left = <Node>aOf(n);
  const right = <Node>bOf(n);
  if (rejectVoid(left) || rejectVoid(right)) return leaveWith(ERROR);
  if (opOf(n) == B_MOD && typeOf(right) == stringType()) return finishFormatOf(n, left, right);
  const text = takeTextOperator(n);
  if (text != ERROR) return leaveWith(text);
  leaveWith(binaryType(n, opOf(n), left, right, typeOf(left), typeOf(right)));
}

// What is sent to an array is an element of it.
function wantedOnTheRight(n: Node): i32 {
  if (opOf(n) == B_IN && isRange(<Node>bOf(n))) return WANT_RANGE;
  const left = typeOf(<Node>aOf(n));
  if (opOf(n) <= B_NE && opOf(n) >= B_EQ && left > ERROR && isTupleType(nonNull(left))) return left;
  return opOf(n) == B_SHL && isArray(left) ? elementOf(left) : WANT_ANY;
}

/** Is the operator looked at when it runs, because an operand is an Any? What is sent or joined only is not. */
export function isDynamic(op: i32, a: Type, b: Type): bool {
  if (a != ANY && b != ANY) return false;
  if (op == B_ADD) return nonNull(a) != stringType() && nonNull(b) != stringType();
  return op != B_SHL || a == ANY || !(isArray(a) || isSubclass(classIdOf(a), CLASS_OUTPUT_STREAM));
}

/** The type of `a op b`; reports operands that do not fit. */
export function binaryType(n: Node, op: i32, left: Node, right: Node, a: Type, b: Type): Type {
  if (op >= B_EQ && op <= B_NE) {
    if (!comparable(a, b)) problem(K0404_NOT_COMPARABLE, n, typeName(a), typeName(b));
    return BOOLEAN;
  }
  const text = stringType();
  if (op == B_ADD && (nonNull(a) == text || nonNull(b) == text)) return text;
  const ordering = op >= B_LT && op <= B_GE;
  if (a == ERROR || b == ERROR) return ordering ? BOOLEAN : op == B_SHL ? a : a == ERROR ? b : a;
  if (isDynamic(op, a, b)) return ordering ? BOOLEAN : ANY;
  if (a == INT && b == INT) return ordering ? BOOLEAN : INT;
  if (isNumber(a) && isNumber(b) && (ordering || op <= B_MOD)) return ordering ? BOOLEAN : FLOAT;
  if (ordering && a == text && b == text) return BOOLEAN;
  if ((op == B_AND || op == B_OR || op == B_XOR) && a == BOOLEAN && b == BOOLEAN) return BOOLEAN;
  if (op == B_SHL && isArray(a)) {
    expectType(right, b, elementOf(a));
    return a;
  }
  if (op == B_SHL && isSubclass(classIdOf(a), CLASS_OUTPUT_STREAM)) return a;
  const na = nonNull(a);
  const nb = nonNull(b);
  if (a != na && (isNumber(na) || isArray(na) || isSubclass(classIdOf(na), CLASS_OUTPUT_STREAM)))
    problem(K0406_MAY_BE_NULL, left, typeName(na));
  else if (b != nb && isNumber(a) && isNumber(nb)) problem(K0406_MAY_BE_NULL, right, typeName(nb));
  else problem(K0402_BAD_OPERANDS, n, operatorText(op), typeName(a), typeName(b));
  return ordering ? BOOLEAN : ERROR;
}

export function stepLogic(n: Node, isAnd: bool): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    savedStates.push(saveKnown());
    assume(<Node>aOf(n), isAnd);
    return visit(<Node>bOf(n), WANT_ANY);
  }
  expectCondition(<Node>bOf(n));
  const before = savedStates.pop();
  mergeKnown(before, saveKnown());
  restoreKnown(before);
  leaveWith(BOOLEAN);
}

export function stepConditional(n: Node): void {
  const phase = resume();
  const want = frameWant() == WANT_NOTHING ? WANT_ANY : frameWant();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    savedStates.push(saveKnown());
    assume(<Node>aOf(n), true);
    return visit(<Node>bOf(n), want);
  }
  if (phase == 2) {
    const before = savedStates.pop();
    savedStates.push(saveKnown());
    restoreKnown(before);
    assume(<Node>aOf(n), false);
    return visit(<Node>cOf(n), want);
  }
  const other = savedStates.pop();
  mergeKnown(other, saveKnown());
  restoreKnown(other);
  if (rejectVoid(<Node>bOf(n)) || rejectVoid(<Node>cOf(n))) return leaveWith(ERROR);
  const a = typeOf(<Node>bOf(n));
  const b = typeOf(<Node>cOf(n));
  // A wanted type that both fit is the best common type.
  if (want > VOID && assignable(a, want) && assignable(b, want)) {
    adapt(<Node>bOf(n), want);
    adapt(<Node>cOf(n), want);
    return leaveWith(want);
  }
  const common = commonType(a, b);
  if (common == VOID) problem(K0416_ELEMENTS_DIFFER, n, typeName(a), typeName(b));
  leaveWith(common == VOID ? ERROR : common);
}

export function stepCoalesce(n: Node): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  const a = typeOf(<Node>aOf(n));
  if (phase == 1) {
    savedStates.push(saveKnown());
    return visit(<Node>bOf(n), a == NULL || a == ERROR ? WANT_ANY : nonNull(a));
  }
  const before = savedStates.pop();
  mergeKnown(before, saveKnown());
  restoreKnown(before);
  if (rejectVoid(<Node>aOf(n)) || rejectVoid(<Node>bOf(n))) return leaveWith(ERROR);
  if (a != ERROR && !mayBeNull(a)) problem(K0415_NO_NULL, <Node>aOf(n), typeName(a));
  let common = commonType(nonNull(a), typeOf(<Node>bOf(n)));
  // The int in a box does not become a float.
  if (widens(nonNull(a), common)) common = VOID;
  if (common == VOID) problem(K0416_ELEMENTS_DIFFER, n, typeName(a), typeName(typeOf(<Node>bOf(n))));
  leaveWith(common == VOID ? ERROR : a == NULL ? typeOf(<Node>bOf(n)) : common);
}
