/** Conditions: jumps on the truth of an expression, and truth as a value. */
import { CLASS_CLASS, CLASS_OBJECT } from '../bytecode/builtins.generated';
import {
  OP_BNOT,
  OP_CALLV,
  OP_FEQ,
  OP_FLE,
  OP_FLT,
  OP_IEQ,
  OP_ILE,
  OP_ILT,
  OP_INE,
  OP_JEQ,
  OP_JEQI,
  OP_JF,
  OP_JGEI,
  OP_JGTI,
  OP_JLE,
  OP_JLEI,
  OP_JLT,
  OP_JLTI,
  OP_JNE,
  OP_JNEI,
  OP_JNNULL,
  OP_JNULL,
  OP_JT,
  OP_LDI,
  OP_MOV,
  OP_REQ,
  OP_SCMP,
  OP_SEQ,
  OP_VEQ,
} from '../bytecode/opcodes.generated';
import { literalValue } from '../check/annotations';
import { stringType } from '../check/conversions';
import { isValueType } from '../check/value-types';
import {
  ANY as ANY_TYPE,
  BOOLEAN,
  FLOAT,
  INT,
  classType,
  isReference,
  isVariable,
  nonNull,
  nullable,
} from '../check/types';
import {
  AND,
  BINARY,
  BOOLEAN_LITERAL,
  B_EQ,
  B_GE,
  B_GT,
  B_LE,
  B_LT,
  B_NE,
  INT_LITERAL,
  NULL_LITERAL,
  Node,
  OR,
  UNARY,
  U_MINUS,
  U_NOT,
  aOf,
  bOf,
  kindOf,
  opOf,
  typeOf,
} from '../syntax/ast';
import { isDynamicBinary, jumpOnTruth, stepDynamicBinary, stepDynamicComparison } from './dynamic';
import { emit, emitWide, jump, jumpCompare, jumpWide, newLabel, place, setTop, topRegister } from './emitter';
import {
  ANY,
  AS_IT_IS,
  CONDITION,
  VALUE,
  dest,
  end,
  endStatement,
  generate,
  own,
  result,
  setOwn,
  target,
  want,
} from './frames';
import { keep, operands } from './expressions';

/** Virtual-table slot of `Object.equals`. */
const EQUALS: i32 = 1;

export function isComparison(n: Node): bool {
  return kindOf(n) == BINARY && opOf(n) >= B_EQ && opOf(n) <= B_GE;
}

/** A step in CONDITION mode: jumps to `dest` if the node is as `want` says. */
export function stepCondition(n: Node, kind: i32, phase: i32): void {
  const truth = want() == 1;
  if (kind == BOOLEAN_LITERAL) {
    if ((aOf(n) == 1) == truth) jump(dest());
    return endStatement();
  }
  if (kind == AND || kind == OR) return stepLogic(n, kind == AND, truth, phase);
  if (kind == UNARY && opOf(n) == U_NOT) {
    if (phase == 0) return generate(<Node>aOf(n), CONDITION, dest(), truth ? 0 : 1);
    return endStatement();
  }
  if (isComparison(n)) return stepComparison(n, truth, phase);
  if (phase == 0) return generate(n, VALUE, ANY, AS_IT_IS);
  if (typeOf(n) == ANY_TYPE) jumpOnTruth(result(), truth, dest(), n);
  else if (isReference(typeOf(n))) jumpWide(truth ? OP_JNNULL : OP_JNULL, result(), dest());
  else jumpWide(truth ? OP_JT : OP_JF, result(), dest());
  endStatement();
}

// Own 0: label behind, where the first operand alone decides against the jump.
function stepLogic(n: Node, isAnd: bool, truth: bool, phase: i32): void {
  const both = isAnd == truth;
  if (phase == 0) {
    if (!both) return generate(<Node>aOf(n), CONDITION, dest(), want());
    setOwn(0, newLabel());
    return generate(<Node>aOf(n), CONDITION, own(0), truth ? 0 : 1);
  }
  if (phase == 1) return generate(<Node>bOf(n), CONDITION, dest(), want());
  if (both) place(own(0));
  endStatement();
}

/** The comparison that holds exactly when `op` does not. */
function inverse(op: i32): i32 {
  if (op == B_EQ) return B_NE;
  if (op == B_NE) return B_EQ;
  if (op == B_LT) return B_GE;
  if (op == B_GE) return B_LT;
  return op == B_LE ? B_GT : B_LE;
}

/** Does this int literal (perhaps negated) fit into an instruction? Its value, or 65536. */
export function immediate(n: Node): i32 {
  let value: i64 = 65536;
  if (kindOf(n) == INT_LITERAL) value = literalValue(n);
  else if (kindOf(n) == UNARY && opOf(n) == U_MINUS && kindOf(<Node>aOf(n)) == INT_LITERAL)
    value = -literalValue(<Node>aOf(n));
  return value >= -32768 && value <= 32767 ? <i32>value : 65536;
}

function stepComparison(n: Node, truth: bool, phase: i32): void {
  const left = <Node>aOf(n);
  const right = <Node>bOf(n);
  const op = truth ? opOf(n) : inverse(opOf(n));
  if (kindOf(left) == NULL_LITERAL || kindOf(right) == NULL_LITERAL) {
    const other = kindOf(left) == NULL_LITERAL ? right : left;
    if (phase == 0) return generate(other, VALUE, ANY, AS_IT_IS);
    jumpWide(op == B_EQ ? OP_JNULL : OP_JNNULL, result(), dest());
    return endStatement();
  }
  if (isDynamicBinary(n)) return stepDynamicComparison(n, truth, phase);
  if (comparesFloats(n)) {
    if (!operands(n, phase, left, right, FLOAT, FLOAT)) return;
    // What does not hold is not the inverse: nothing holds of NaN.
    const to = target();
    compareFloats(opOf(n), to, own(0), own(1));
    jumpWide((opOf(n) == B_NE) == truth ? OP_JF : OP_JT, to, dest());
    return endStatement();
  }
  if (typeOf(left) == INT && immediate(right) != 65536) {
    if (phase == 0) return generate(left, VALUE, ANY, AS_IT_IS);
    jumpCompare(immediateJump(op), result(), immediate(right), dest());
    return endStatement();
  }
  if (!comparands(n, phase, left, right)) return;
  if (!isReference(typeOf(left)) && !isReference(typeOf(right))) compareJump(op, own(0), own(1));
  else textJump(n, op);
  endStatement();
}

// Both in registers: an int or boolean that is compared with one that may be null is boxed, as that is.
function comparands(n: Node, phase: i32, left: Node, right: Node): bool {
  const type = nonNull(typeOf(left));
  const isMixed = isReference(typeOf(left)) != isReference(typeOf(right));
  if (!isMixed || (type != INT && type != BOOLEAN)) return operands(n, phase, left, right, AS_IT_IS);
  if (phase == 0) generate(left, VALUE, ANY, nullable(type));
  else if (phase == 1) {
    setOwn(0, keep(result(), right));
    generate(right, VALUE, ANY, nullable(type));
  } else setOwn(1, result());
  return phase == 2;
}

function immediateJump(op: i32): i32 {
  if (op == B_EQ) return OP_JEQI;
  if (op == B_NE) return OP_JNEI;
  if (op == B_LT) return OP_JLTI;
  if (op == B_LE) return OP_JLEI;
  return op == B_GT ? OP_JGTI : OP_JGEI;
}

function compareJump(op: i32, a: i32, b: i32): void {
  if (op == B_EQ) jumpCompare(OP_JEQ, a, b, dest());
  else if (op == B_NE) jumpCompare(OP_JNE, a, b, dest());
  else if (op == B_LT) jumpCompare(OP_JLT, a, b, dest());
  else if (op == B_LE) jumpCompare(OP_JLE, a, b, dest());
  else if (op == B_GT) jumpCompare(OP_JLT, b, a, dest());
  else jumpCompare(OP_JLE, b, a, dest());
}

// References: strings by text, others by identity.
function textJump(n: Node, op: i32): void {
  if (comparesValues(n)) {
    const equal = valuesEqual(own(0), own(1));
    return jumpWide(op == B_EQ ? OP_JT : OP_JF, equal, dest());
  }
  const to = target();
  if (op == B_EQ || op == B_NE) {
    emit(equalityOp(n), to, own(0), own(1));
    return jumpWide(op == B_EQ ? OP_JT : OP_JF, to, dest());
  }
  emit(OP_SCMP, to, own(0), own(1));
  jumpCompare(immediateJump(op), to, 0, dest());
}

// Is one of them of a class whose objects `==` compares by their `equals`?
function comparesValues(n: Node): bool {
  return isValueType(nonNull(typeOf(<Node>aOf(n)))) || isValueType(nonNull(typeOf(<Node>bOf(n))));
}

// A new register := are both the same object, or does `equals` of the first say that they are equal?
function valuesEqual(a: i32, b: i32): i32 {
  const window = topRegister();
  const done = newLabel();
  setTop(window + 4);
  emit(OP_REQ, window, a, b);
  jumpWide(OP_JT, window, done);
  jumpWide(OP_JNULL, a, done);
  emit(OP_MOV, window + 2, a, 0);
  emit(OP_MOV, window + 3, b, 0);
  emit(OP_CALLV, window, EQUALS, CLASS_OBJECT);
  place(done);
  return window;
}

// Of two references: texts by text, objects by identity; what a variable stands for may be either, or a number in a box.
function equalityOp(n: Node): i32 {
  if (comparesText(n)) return OP_SEQ;
  const type = nonNull(typeOf(<Node>aOf(n)));
  if (type == INT || type == BOOLEAN || type == classType(CLASS_CLASS)) return OP_VEQ;
  return isVariable(nonNull(typeOf(<Node>aOf(n)))) || isVariable(nonNull(typeOf(<Node>bOf(n)))) ? OP_VEQ : OP_REQ;
}

function comparesText(n: Node): bool {
  return nonNull(typeOf(<Node>aOf(n))) == stringType() && nonNull(typeOf(<Node>bOf(n))) == stringType();
}

/** A step that makes a truth a value: comparisons in one instruction where there is one, 0 or 1 by jumps otherwise. */
export function materialise(n: Node, phase: i32): void {
  if (isComparison(n) && kindOf(<Node>aOf(n)) != NULL_LITERAL && kindOf(<Node>bOf(n)) != NULL_LITERAL)
    return stepCompareValue(n, phase);
  if (kindOf(n) == UNARY && typeOf(<Node>aOf(n)) == BOOLEAN && !isJumpy(<Node>aOf(n))) {
    if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
    const from = result();
    const to = target();
    emit(OP_BNOT, to, from, 0);
    return end(to);
  }
  if (phase == 0) {
    setOwn(0, newLabel());
    return generate(n, CONDITION, own(0), 0);
  }
  const to = target();
  const done = newLabel();
  emitWide(OP_LDI, to, 1);
  jump(done);
  place(own(0));
  emitWide(OP_LDI, to, 0);
  place(done);
  end(to);
}

function isJumpy(n: Node): bool {
  return kindOf(n) == AND || kindOf(n) == OR;
}

/** Is it a comparison of which one side is a float? */
function comparesFloats(n: Node): bool {
  return typeOf(<Node>aOf(n)) == FLOAT || typeOf(<Node>bOf(n)) == FLOAT;
}

// R[to] := a op b, of floats; of B_NE the opposite.
function compareFloats(op: i32, to: i32, a: i32, b: i32): void {
  if (op == B_EQ || op == B_NE) emit(OP_FEQ, to, a, b);
  else if (op == B_LT) emit(OP_FLT, to, a, b);
  else if (op == B_LE) emit(OP_FLE, to, a, b);
  else if (op == B_GT) emit(OP_FLT, to, b, a);
  else emit(OP_FLE, to, b, a);
}

function stepCompareValue(n: Node, phase: i32): void {
  if (isDynamicBinary(n)) return stepDynamicBinary(n, phase);
  if (comparesFloats(n)) {
    if (!operands(n, phase, <Node>aOf(n), <Node>bOf(n), FLOAT, FLOAT)) return;
    const truth = target();
    compareFloats(opOf(n), truth, own(0), own(1));
    if (opOf(n) == B_NE) emit(OP_BNOT, truth, truth, 0);
    return end(truth);
  }
  if (!comparands(n, phase, <Node>aOf(n), <Node>bOf(n))) return;
  const op = opOf(n);
  const a = own(0);
  const b = own(1);
  if (comparesValues(n)) {
    const equal = valuesEqual(a, b);
    const to = target();
    emit(op == B_NE ? OP_BNOT : OP_MOV, to, equal, 0);
    return end(to);
  }
  const to = target();
  if (!isReference(typeOf(<Node>aOf(n))) && !isReference(typeOf(<Node>bOf(n)))) compareValue(op, to, a, b);
  else if (op == B_EQ || op == B_NE) {
    emit(equalityOp(n), to, a, b);
    if (op == B_NE) emit(OP_BNOT, to, to, 0);
  } else {
    emit(OP_SCMP, to, a, b);
    // -1, 0, 1 against 0, without a second register.
    const yes = newLabel();
    const done = newLabel();
    jumpCompare(immediateJump(op), to, 0, yes);
    emitWide(OP_LDI, to, 0);
    jump(done);
    place(yes);
    emitWide(OP_LDI, to, 1);
    place(done);
  }
  end(to);
}

function compareValue(op: i32, to: i32, a: i32, b: i32): void {
  if (op == B_EQ) emit(OP_IEQ, to, a, b);
  else if (op == B_NE) emit(OP_INE, to, a, b);
  else if (op == B_LT) emit(OP_ILT, to, a, b);
  else if (op == B_LE) emit(OP_ILE, to, a, b);
  else if (op == B_GT) emit(OP_ILT, to, b, a);
  else emit(OP_ILE, to, b, a);
}
