/** Binary operators, joined texts, sends. */
import { isRange } from '../check/range';
import {
  N_OUTPUT_STREAM_PRINT,
  N_OUTPUT_STREAM_PRINT_INT,
  N_ARRAY_CONTAINS,
  N_STRING_CONTAINS,
} from '../bytecode/builtins.generated';
import {
  OP_CALLN,
  OP_FADD,
  OP_FDIV,
  OP_FMOD,
  OP_FMUL,
  OP_FSUB,
  OP_IADD,
  OP_IADDI,
  OP_IAND,
  OP_IANDI,
  OP_IDIV,
  OP_IMOD,
  OP_IMUL,
  OP_IMULI,
  OP_IOR,
  OP_ISHL,
  OP_ISHLI,
  OP_ISHR,
  OP_ISHRI,
  OP_ISUB,
  OP_IUSHR,
  OP_IUSHRI,
  OP_IXOR,
  OP_MOV,
  OP_SCAT,
  OP_ILE,
  OP_ILT,
  OP_LDI,
} from '../bytecode/opcodes.generated';
import { stringType } from '../check/conversions';
import { classOfType } from '../check/lookup';
import { MethodInfo, S_METHOD, methods, symbolIndex, symbolKind } from '../check/model';
import { ANY as ANY_TYPE, FLOAT, INT, elementOf, isArray, isReference, mayBeNull, nonNull } from '../check/types';
import {
  BINARY,
  B_ADD,
  B_AND,
  B_DIV,
  B_MOD,
  B_MUL,
  B_OR,
  B_SHL,
  B_SHR,
  B_SUB,
  B_USHR,
  B_XOR,
  Node,
  aOf,
  bOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
  B_IN,
  B_TO,
} from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { immediate, isComparison, materialise } from './conditions';
import { emitCall, isVirtual } from './calls';
import { toText } from './convert';
import { atSource, emit, emitWide, setTop, topRegister, allocateRegister } from './emitter';
import { elementKind, pushOp } from './elements';
import { isDynamicBinary, stepDynamicBinary, stepDynamicContains } from './dynamic';
import { keep, operands } from './expressions';
import { ANY, AS_IT_IS, VALUE, end, generate, own, result, setOwn, target } from './frames';

/** Resumes a BINARY in VALUE mode. */
export function stepBinary(n: Node, phase: i32): void {
  if (isComparison(n)) return materialise(n, phase);
  if (opOf(n) == B_IN) return isRange(<Node>bOf(n)) ? stepWithin(n, <Node>bOf(n), phase) : stepContains(n, phase);
  if (isDynamicBinary(n)) return stepDynamicBinary(n, phase);
  const type = typeOf(n);
  if (opOf(n) == B_SHL && isReference(type)) return isArray(type) ? stepPush(n, phase) : stepSend(n, phase);
  if (isJoin(n)) return stepJoin(n, phase);
  const right = <Node>bOf(n);
  if (type == FLOAT) {
    if (!operands(n, phase, <Node>aOf(n), right, FLOAT, FLOAT)) return;
    const to = target();
    emit(floatOp(opOf(n)), to, own(0), own(1));
    return end(to);
  }
  const constant = immediateFor(opOf(n), right);
  if (constant != 65536) {
    if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
    const from = result();
    const to = target();
    emit(immediateOp(opOf(n)), to, from, constant);
    return end(to);
  }
  if (!operands(n, phase, <Node>aOf(n), right, AS_IT_IS)) return;
  const a = own(0);
  const b = own(1);
  const to = target();
  arithmetic(opOf(n), to, a, b, n);
  end(to);
}

// `x in? a to b`. Own: 0 the value, 1 the beginning.
function stepWithin(n: Node, range: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, allocateRegister());
    return generate(<Node>aOf(n), VALUE, own(0), AS_IT_IS);
  }
  if (phase == 1) {
    setOwn(1, allocateRegister());
    return generate(<Node>aOf(range), VALUE, own(1), AS_IT_IS);
  }
  if (phase == 2) return generate(<Node>bOf(range), VALUE, allocateRegister(), AS_IT_IS);
  emit(opOf(range) == B_TO ? OP_ILE : OP_ILT, own(1) + 1, own(0), own(1) + 1);
  emit(OP_ILE, own(0), own(1), own(0));
  emit(OP_IAND, own(0), own(0), own(1) + 1);
  end(own(0));
}

// `x in? xs`: a call of contains, or of what the checker found in the class. Own 0: its window.
function stepContains(n: Node, phase: i32): void {
  let m: MethodInfo | null = null;
  if (symbolKind(symbolOf(n)) == S_METHOD) m = methods[symbolIndex(symbolOf(n))];
  const type = nonNull(typeOf(<Node>bOf(n)));
  if (type == ANY_TYPE) return stepDynamicContains(n, phase);
  if (phase == 0) {
    setOwn(0, topRegister());
    setTop(own(0) + 4);
    const place = m ? m.params[0].type : isArray(type) ? elementOf(type) : AS_IT_IS;
    return generate(<Node>aOf(n), VALUE, own(0) + 3, place);
  }
  setTop(own(0) + 4);
  if (phase == 1) return generate(<Node>bOf(n), VALUE, own(0) + 2, AS_IT_IS);
  atSource(startOf(n));
  if (m) {
    emitCall(m, own(0), isVirtual(m, classOfType(type)));
    return end(own(0));
  }
  if (isArray(type)) emitWide(OP_LDI, own(0), elementKind(elementOf(type)));
  emitWide(OP_CALLN, own(0), isArray(type) ? N_ARRAY_CONTAINS : N_STRING_CONTAINS);
  end(own(0));
}

/** R[to] := R[a] op R[b] for ints and booleans. */
export function arithmetic(op: i32, to: i32, a: i32, b: i32, n: Node): void {
  if (op == B_DIV || op == B_MOD) atSource(startOf(n));
  emit(arithmeticOp(op), to, a, b);
}

/** The instruction for `op` of two floats. */
export function floatOp(op: i32): i32 {
  if (op == B_ADD) return OP_FADD;
  if (op == B_SUB) return OP_FSUB;
  if (op == B_MUL) return OP_FMUL;
  return op == B_DIV ? OP_FDIV : OP_FMOD;
}

function arithmeticOp(op: i32): i32 {
  switch (op) {
    case B_ADD:
      return OP_IADD;
    case B_SUB:
      return OP_ISUB;
    case B_MUL:
      return OP_IMUL;
    case B_DIV:
      return OP_IDIV;
    case B_MOD:
      return OP_IMOD;
    case B_AND:
      return OP_IAND;
    case B_OR:
      return OP_IOR;
    case B_XOR:
      return OP_IXOR;
    case B_SHL:
      return OP_ISHL;
    case B_SHR:
      return OP_ISHR;
    default:
      return OP_IUSHR;
  }
}

/** The immediate that an instruction for `op` can hold, or 65536. A subtraction adds the negative. */
export function immediateFor(op: i32, right: Node): i32 {
  const value = immediate(right);
  if (value == 65536) return value;
  if (op == B_SUB) return value == -32768 ? 65536 : -value;
  return op == B_ADD || op == B_MUL || op == B_AND || op == B_SHL || op == B_SHR || op == B_USHR ? value : 65536;
}

export function immediateOp(op: i32): i32 {
  switch (op) {
    case B_MUL:
      return OP_IMULI;
    case B_AND:
      return OP_IANDI;
    case B_SHL:
      return OP_ISHLI;
    case B_SHR:
      return OP_ISHRI;
    case B_USHR:
      return OP_IUSHRI;
    default:
      return OP_IADDI;
  }
}

// ---- sends ----

// out << value: what is sent becomes text and goes to print; ints without a string. Own 0: the stream, 1: the window.
function stepSend(n: Node, phase: i32): void {
  if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
  const right = <Node>bOf(n);
  if (phase == 1) {
    setOwn(0, keep(result(), right));
    const window = topRegister();
    setOwn(1, window);
    setTop(window + 4);
    return generate(right, VALUE, window + 3, AS_IT_IS);
  }
  const window = own(1);
  const isInt = typeOf(right) == INT;
  if (!isInt) {
    toText(window + 3, typeOf(right));
    // print takes no null; joining a single text reads it as "null".
    if (mayBeNull(typeOf(right))) emit(OP_SCAT, window + 3, window + 3, 1);
  }
  atSource(startOf(right));
  emit(OP_MOV, window + 2, own(0), 0);
  emitWide(OP_CALLN, window, isInt ? N_OUTPUT_STREAM_PRINT_INT : N_OUTPUT_STREAM_PRINT);
  end(own(0));
}

function stepPush(n: Node, phase: i32): void {
  const element = elementOf(typeOf(n));
  if (!operands(n, phase, <Node>aOf(n), <Node>bOf(n), element)) return;
  atSource(startOf(n));
  emit(pushOp(element), own(0), own(1), 0);
  end(own(0));
}

// ---- texts ----

/** A text made of parts: `a + b` where one side is a String. */
function isJoin(n: Node): bool {
  return kindOf(n) == BINARY && opOf(n) == B_ADD && typeOf(n) == stringType();
}

/** Registers that one SCAT joins at most. */
const CHUNK: i32 = 64;

// The operands of all chains being generated, innermost last.
const chain = new IntVector(64);

// Own: 0 first register, 1 parts in registers, 2 where this chain begins, 3 the next operand, 4 the operand being generated.
function stepJoin(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(2, chain.length);
    let left = n;
    while (isJoin(left)) {
      chain.push(bOf(left));
      left = <Node>aOf(left);
    }
    chain.push(<i32>left);
    // The chain was collected from the right.
    setOwn(3, chain.length - 1);
    setOwn(0, topRegister());
  } else addPart(<Node>own(4));
  if (own(3) < own(2)) {
    chain.length = own(2);
    return finishText();
  }
  const next = <Node>chain.get(own(3));
  setOwn(3, own(3) - 1);
  nextPart(next);
}

/** Resumes an INTERPOLATION. */
export function stepInterpolation(n: Node, phase: i32): void {
  if (phase == 0) setOwn(0, topRegister());
  else addPart(<Node>own(4));
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(4));
  if (next == 0) return finishText();
  nextPart(next);
}

function nextPart(part: Node): void {
  setOwn(4, <i32>part);
  const register = own(0) + own(1);
  setTop(register + 1);
  generate(part, VALUE, register, AS_IT_IS);
}

// The part is in its register: made text, counted; a full chunk is joined.
function addPart(part: Node): void {
  const register = own(0) + own(1);
  setTop(register + 1);
  atSource(startOf(part));
  toText(register, typeOf(part));
  setOwn(1, own(1) + 1);
  if (own(1) < CHUNK) return;
  emit(OP_SCAT, own(0), own(0), own(1));
  setOwn(1, 1);
}

function finishText(): void {
  const first = own(0);
  const count = own(1);
  const to = target();
  // A text alone is itself; null is none.
  if (count == 1 && !mayBeNull(typeOf(<Node>own(4)))) emit(OP_MOV, to, first, 0);
  else emit(OP_SCAT, to, first, count);
  end(to);
}
