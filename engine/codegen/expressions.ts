/** One step of generating an expression. */
import {
  N_ARRAY_SLICE,
  N_STREAM_ERR,
  N_CLASS_OF,
  N_STREAM_IN,
  N_STREAM_OUT,
  N_STRING_GET,
  N_STRING_SUBSTRING,
  builtinConstantValue,
} from '../bytecode/builtins.generated';
import {
  OP_ALEN,
  OP_CALLN,
  OP_FNEG,
  OP_GETI,
  OP_GETR,
  OP_IADDI,
  OP_INEG,
  OP_INOT,
  OP_ISA,
  OP_JNNULL,
  OP_LDI,
  OP_LDNULL,
  OP_MOV,
  OP_NEWA,
  OP_NEWAN,
  OP_UNBOX,
} from '../bytecode/opcodes.generated';
import { literalValue } from '../check/annotations';
import { isRange } from '../check/range';
import {
  S_CONSTANT,
  S_DYNAMIC,
  S_CLASS_VALUE,
  S_EOL,
  S_FIELD,
  S_GETTER,
  S_GLOBAL,
  S_LOCAL,
  S_REFERENCE,
  fields,
  locals,
  methods,
  symbolIndex,
  symbolKind,
} from '../check/model';
import { ANY as ANY_TYPE, FLOAT, INT, Type, classIdOf, elementOf, isArray, isReference, nonNull } from '../check/types';
import { floatOf } from '../numbers/read-float';
import { internLiteral } from '../support/texts';
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
  FIELD_NAME,
  FLOAT_LITERAL,
  FORMAT,
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
  Node,
  OR,
  STRING_LITERAL,
  SUPER,
  THIS,
  UNARY,
  U_MINUS,
  U_NOT,
  aOf,
  bOf,
  cOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { stepAssign, stepIncrement } from './assign';
import { stepBinary, stepInterpolation } from './binary';
import { generateGetter, stepCall, stepNew } from './calls';
import { stepCast } from './casts';
import { stepCondition, materialise } from './conditions';
import { elementKind, loadOp, pushOp } from './elements';
import { endErased } from './erased';
import { stepDirective, stepFormatText } from './formats';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jumpWide,
  jump,
  loadInt,
  loadString,
  newLabel,
  place,
  setTop,
  topRegister,
} from './emitter';
import {
  ANY,
  AS_IT_IS,
  CONDITION,
  VALUE,
  base,
  end,
  endTyped,
  generate,
  mode,
  node,
  own,
  result,
  setOwn,
  target,
  want,
} from './frames';
import { mayAssign } from './convert';
import { loadGlobal } from './globals';
import { generateLambda, selfRegister } from './lambdas';
import { stepReference } from './references';
import { loadShared } from './variables';
import { stepMapLiteral } from './map';
import { tellElements } from './type-codes';
import { endUnary, stepConvert, stepDynamicIndex, stepDynamicMember } from './dynamic';

/** Resumes the running frame, which is an expression. */
export function stepExpression(kind: i32, phase: i32): void {
  const n = node();
  if (mode() == CONDITION) return stepCondition(n, kind, phase);
  switch (kind) {
    case INT_LITERAL:
      return generateNumber(literalValue(n), INT);
    case FLOAT_LITERAL:
      return generateNumber(literalValue(n), FLOAT);
    case STRING_LITERAL: {
      const to = target();
      loadString(to, aOf(n));
      return end(to);
    }
    case BOOLEAN_LITERAL: {
      const to = target();
      emitWide(OP_LDI, to, aOf(n));
      return end(to);
    }
    case NULL_LITERAL: {
      const to = target();
      emit(OP_LDNULL, to, 0, 0);
      return end(to);
    }
    case NAME:
    case FIELD_NAME:
      return generateName(n, phase);
    case THIS:
    case SUPER:
      return end(selfRegister());
    case INTERPOLATION:
      return stepInterpolation(n, phase);
    case MEMBER:
      return stepMember(n, phase);
    case INDEX:
      return stepIndex(n, phase);
    case CALL:
      return stepCall(n, phase);
    case NEW:
      return stepNew(n, phase);
    case NEW_ARRAY:
      return stepNewArray(n, phase);
    case ARRAY_LITERAL:
      return stepArrayLiteral(n, phase);
    case MAP_LITERAL:
      return stepMapLiteral(n, phase);
    case UNARY:
      return stepUnary(n, phase);
    case INCREMENT:
      return stepIncrement(n, phase);
    case BINARY:
      return stepBinary(n, phase);
    case AND:
    case OR:
      return materialise(n, phase);
    case CONDITIONAL:
      return stepConditional(n, phase);
    case ASSIGN:
      return stepAssign(n, phase);
    case CAST:
      return stepCast(n, phase);
    case INSTANCEOF:
      return stepInstanceof(n, phase);
    case FORMAT:
      return stepDirective(n, phase);
    case FORMAT_TEXT:
      return stepFormatText(n, phase);
    case LAMBDA:
      return generateLambda(n);
    case CONVERT:
      return stepConvert(n, phase);
    default:
      return stepCoalesce(n, phase);
  }
}

// A literal: an int, or the bits of a float. An int goes to a place for floats as one.
function generateNumber(value: i64, type: Type): void {
  const widened = type == INT && mode() == VALUE && want() == FLOAT;
  const to = target();
  loadInt(to, widened ? <i64>floatOf(value) : value);
  endTyped(to, widened ? FLOAT : type);
}

// ---- names ----

function generateName(n: Node, phase: i32): void {
  const s = symbolOf(n);
  const index = symbolIndex(s);
  const kind = symbolKind(s);
  if (kind == S_LOCAL) {
    const local = locals[index];
    if (local.isShared()) {
      const to = target();
      loadShared(to, local);
      return endLoaded(n, to, local.type);
    }
    return endLoaded(n, local.register, local.type);
  }
  if (kind == S_GLOBAL) {
    const to = target();
    loadGlobal(to, index);
    return end(to);
  }
  if (kind == S_FIELD) {
    const to = target();
    loadField(to, selfRegister(), index);
    return endErased(to, fields[index].type);
  }
  if (kind == S_REFERENCE) return stepReference(n, phase);
  if (kind == S_CLASS_VALUE) {
    setTop(base());
    const window = topRegister();
    setTop(window + 3);
    loadInt(window + 2, <i64>index);
    emitWide(OP_CALLN, window, N_CLASS_OF);
    return end(window);
  }
  if (kind == S_EOL) {
    const to = target();
    loadString(to, internLiteral('\n'));
    return end(to);
  }
  // S_STREAM
  setTop(base());
  const window = topRegister();
  setTop(window + 2);
  emitWide(OP_CALLN, window, index == 0 ? N_STREAM_IN : index == 1 ? N_STREAM_OUT : N_STREAM_ERR);
  end(window);
}

// A variable declared `int?` that is known not to be null is read as the int in its box.
function endLoaded(n: Node, register: i32, stored: Type): void {
  if (isReference(stored) && !isReference(typeOf(n))) {
    const to = target();
    emit(OP_UNBOX, to, register, 0);
    return end(to);
  }
  end(register);
}

/** R[to] := field of the object in R[object] */
export function loadField(to: i32, object: i32, id: i32): void {
  const f = fields[id];
  emit(isReference(f.type) ? OP_GETR : OP_GETI, to, object, f.slot);
}

// ---- members and elements ----

function stepMember(n: Node, phase: i32): void {
  const kind = symbolKind(symbolOf(n));
  const index = symbolIndex(symbolOf(n));
  if (kind == S_GLOBAL) {
    const to = target();
    loadGlobal(to, index);
    return end(to);
  }
  if (kind == S_CONSTANT) {
    const to = target();
    loadInt(to, builtinConstantValue(index));
    return end(to);
  }
  if (kind == S_REFERENCE) return stepReference(n, phase);
  if (kind == S_DYNAMIC) return stepDynamicMember(n, phase);
  if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
  const object = result();
  atSource(startOf(n));
  if (kind == S_GETTER) return generateGetter(object, methods[index], nonNull(typeOf(<Node>aOf(n))));
  const to = target();
  loadField(to, object, index);
  endErased(to, fields[index].type);
}

/** Generates a (X) then b (Y) of a node into registers; true when both are there. Used by all that has two operands. */
export function operands(
  n: Node,
  phase: i32,
  first: Node,
  second: Node,
  secondWant: i32,
  firstWant: i32 = AS_IT_IS,
): bool {
  if (phase == 0) {
    generate(first, VALUE, ANY, firstWant);
    return false;
  }
  if (phase == 1) {
    setOwn(0, keep(result(), second));
    generate(second, VALUE, ANY, secondWant);
    return false;
  }
  setOwn(1, result());
  return true;
}

/** A register that `later` cannot change: a variable's own is copied if `later` assigns any. */
export function keep(register: i32, later: Node): i32 {
  if (register >= base() || !mayAssign(later)) return register;
  const copy = allocateRegister();
  emit(OP_MOV, copy, register, 0);
  return copy;
}

function stepIndex(n: Node, phase: i32): void {
  if (typeOf(<Node>aOf(n)) == ANY_TYPE) return stepDynamicIndex(n, phase);
  if (isRange(<Node>bOf(n))) return stepSlice(n, <Node>bOf(n), phase);
  if (!operands(n, phase, <Node>aOf(n), <Node>bOf(n), AS_IT_IS)) return;
  atSource(startOf(n));
  const type = nonNull(typeOf(<Node>aOf(n)));
  if (isArray(type)) {
    const to = target();
    emit(loadOp(elementOf(type)), to, own(0), own(1));
    return end(to);
  }
  const window = topRegister();
  setTop(window + 4);
  emit(OP_MOV, window + 2, own(0), 0);
  emit(OP_MOV, window + 3, own(1), 0);
  emitWide(OP_CALLN, window, N_STRING_GET);
  end(window);
}

// `xs[a to b]`: slice of an array, substring of a text. Own 0: the window of the call.
function stepSlice(n: Node, range: Node, phase: i32): void {
  const array = isArray(nonNull(typeOf(<Node>aOf(n))));
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 3);
    return generate(<Node>aOf(n), VALUE, own(0) + 2, AS_IT_IS);
  }
  const last = own(0) + 4;
  setTop(own(0) + phase + 3);
  if (phase == 1) return generate(<Node>aOf(range), VALUE, own(0) + 3, AS_IT_IS);
  setTop(last + 1);
  if (phase == 2 && bOf(range) != 0) return generate(<Node>bOf(range), VALUE, last, AS_IT_IS);
  atSource(startOf(n));
  if (bOf(range) == 0) {
    if (array) emit(OP_ALEN, last, own(0) + 2, 0);
    else loadInt(last, i64.MAX_VALUE);
  } else if (opOf(range) == B_TO) emit(OP_IADDI, last, last, 1);
  emitWide(OP_CALLN, own(0), array ? N_ARRAY_SLICE : N_STRING_SUBSTRING);
  end(own(0));
}

// ---- arrays ----

function stepNewArray(n: Node, phase: i32): void {
  const element = typeOf(<Node>aOf(n));
  if (phase == 0 && bOf(n) != 0) return generate(<Node>bOf(n), VALUE, ANY, AS_IT_IS);
  atSource(startOf(n));
  const size = result();
  const to = target();
  if (bOf(n) == 0) emit(OP_NEWA, to, elementKind(element), 0);
  else emit(OP_NEWAN, to, size, elementKind(element));
  tellElements(to, element);
  end(to);
}

// Built in a register of its own: the elements may read the variable that the array goes to.
function stepArrayLiteral(n: Node, phase: i32): void {
  const element = elementOf(typeOf(n));
  if (phase == 0) {
    let count = 0;
    for (let e = <Node>aOf(n); e != 0; e = nextOf(e)) count++;
    setOwn(0, allocateRegister());
    atSource(startOf(n));
    emit(OP_NEWA, own(0), elementKind(element), count < 4096 ? count : 4096);
    tellElements(own(0), element);
  } else {
    emit(pushOp(element), own(0), result(), 0);
    setTop(own(0) + 1);
  }
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(1));
  if (next == 0) return end(own(0));
  setOwn(1, <i32>next);
  generate(next, VALUE, ANY, element);
}

// ---- operators ----

function stepUnary(n: Node, phase: i32): void {
  const operand = <Node>aOf(n);
  if (opOf(n) == U_NOT) return materialise(n, phase);
  if (phase == 0) {
    if (opOf(n) == U_MINUS && kindOf(operand) == INT_LITERAL) return generateNumber(-literalValue(operand), INT);
    return generate(operand, VALUE, ANY, AS_IT_IS);
  }
  const from = result();
  if (typeOf(operand) == ANY_TYPE) return endUnary(n, from);
  if (opOf(n) != U_MINUS && opOf(n) != 3) return end(from);
  const to = target();
  emit(opOf(n) != U_MINUS ? OP_INOT : typeOf(n) == FLOAT ? OP_FNEG : OP_INEG, to, from, 0);
  end(to);
}

function stepInstanceof(n: Node, phase: i32): void {
  if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
  const from = result();
  const to = target();
  emit(OP_ISA, to, from, classIdOf(typeOf(<Node>bOf(n))));
  end(to);
}

// Own: 0 else label, 1 end label, 2 register of the value.
function stepConditional(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, newLabel());
    setOwn(1, newLabel());
    setOwn(2, allocateRegister());
    return generate(<Node>aOf(n), CONDITION, own(0), 0);
  }
  if (phase == 1) return generate(<Node>bOf(n), VALUE, own(2), typeOf(n));
  if (phase == 2) {
    jump(own(1));
    place(own(0));
    return generate(<Node>cOf(n), VALUE, own(2), typeOf(n));
  }
  place(own(1));
  end(own(2));
}

// Own: 0 end label, 1 register.
function stepCoalesce(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, newLabel());
    setOwn(1, allocateRegister());
    return generate(<Node>aOf(n), VALUE, own(1), AS_IT_IS);
  }
  if (phase == 1) {
    // `int? ?? int` is an int: the box is opened on the way out.
    const type = typeOf(n);
    if (isReference(type)) jumpWide(OP_JNNULL, own(1), own(0));
    else {
      const other = newLabel();
      setOwn(2, other);
      jumpWide(OP_JNNULL, own(1), other);
    }
    return generate(<Node>bOf(n), VALUE, own(1), type);
  }
  if (!isReference(typeOf(n))) {
    jump(own(0));
    place(own(2));
    emit(OP_UNBOX, own(1), own(1), 0);
  }
  place(own(0));
  end(own(1));
}
