/** One step of generating a statement. */
import { CLASS_ASSERTION_EXCEPTION, CLASS_TYPE_EXCEPTION, N_EXCEPTION_NEW } from '../bytecode/builtins.generated';
import { OP_CALLN, OP_GPUTI, OP_GPUTR, OP_LDNULL, OP_MOV, OP_NEW, OP_THROW } from '../bytecode/opcodes.generated';
import { S_LOCAL, locals, symbolIndex, symbolKind } from '../check/model';
import { Type, isReference } from '../check/types';
import { currentMethodResult } from './generator';
import { diagnosticOf } from '../check/lenient';
import { writeMessage } from '../diagnostics/render';
import { Text, internBytes, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  ASSERT,
  ASSIGN,
  BLOCK,
  BREAK,
  CONTINUE,
  DO,
  EXPRESSION,
  FOR,
  FOREACH,
  IF,
  LABELED,
  NAME,
  Node,
  PRINT,
  RETURN,
  SWITCH,
  THROW,
  TRY,
  SEQUENCE,
  VARIABLE,
  V_HIDDEN,
  WHILE,
  aOf,
  bOf,
  cOf,
  dOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jump,
  loadString,
  newLabel,
  place,
  setTop,
  topRegister,
} from './emitter';
import { enterLoop, leaveByReturn, leaveLoop, leaveLoopBy } from './exits';
import {
  ANY,
  AS_IT_IS,
  CONDITION,
  EFFECT,
  VALUE,
  base,
  endKeeping,
  endStatement,
  generate,
  node,
  own,
  result,
  setOwn,
} from './frames';
import { stepForeach } from './foreach';
import { sourceText, stepPrint } from './print';
import { stepSwitch } from './switch';
import { stepTry } from './try';
import { declareLocal, storeShared } from './variables';

/** Resumes the running frame, which is a statement. */
export function stepStatement(kind: i32, phase: i32): void {
  const n = node();
  if (phase == 0 && kind != BLOCK) {
    atSource(startOf(n));
    const wrong = diagnosticOf(n);
    if (wrong >= 0) return stepWrong(n, kind, wrong);
  }
  switch (kind) {
    case BLOCK:
      return stepList(phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(0)));
    case SEQUENCE:
      return stepSequence(n, phase);
    case VARIABLE:
      return stepVariable(n, phase);
    case EXPRESSION:
      return stepExpressionStatement(n, phase);
    case IF:
      return stepIf(n, phase);
    case WHILE:
      return stepWhile(n, phase);
    case DO:
      return stepDo(n, phase);
    case FOR:
      return stepFor(n, phase);
    case FOREACH:
      return stepForeach(n, phase);
    case LABELED:
      if (phase == 0) return generate(<Node>bOf(n), EFFECT, 0, 0);
      return endStatement();
    case SWITCH:
      return stepSwitch(n, phase);
    case BREAK:
    case CONTINUE:
      leaveLoopBy(<Node>symbolOf(n), kind == BREAK);
      return endStatement();
    case RETURN:
      return stepReturn(n, phase);
    case THROW:
      if (phase == 0) return generate(<Node>aOf(n), VALUE, ANY, AS_IT_IS);
      atSource(startOf(n));
      emit(OP_THROW, result(), 0, 0);
      return endStatement();
    case TRY:
      return stepTry(n, phase);
    case ASSERT:
      return stepAssert(n, phase);
    case PRINT:
      return stepPrint(n, phase);
    default:
      return endStatement();
  }
}

// Own 0: the statement generated last.
function stepList(next: Node): void {
  if (next == 0) return endStatement();
  setOwn(0, <i32>next);
  generate(next, EFFECT, 0, 0);
}

// Own 0: the statement generated last; 1: has one declared a variable that outlives the whole?
function stepSequence(n: Node, phase: i32): void {
  if (phase > 0 && declares(<Node>own(0))) setOwn(1, 1);
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(0));
  if (next == 0) return own(1) != 0 ? endKeeping() : endStatement();
  setOwn(0, <i32>next);
  generate(next, EFFECT, 0, 0);
}

// Did this statement of a SEQUENCE give a variable of the script's its register?
function declares(n: Node): bool {
  if (kindOf(n) == VARIABLE) return opOf(n) != V_HIDDEN && symbolKind(symbolOf(n)) == S_LOCAL;
  const e = <Node>aOf(n);
  if (kindOf(n) != EXPRESSION || kindOf(e) != ASSIGN || kindOf(<Node>aOf(e)) != NAME) return false;
  const s = symbolOf(<Node>aOf(e));
  return symbolKind(s) == S_LOCAL && locals[symbolIndex(s)].register >= base();
}

// ---- variables ----

function stepVariable(n: Node, phase: i32): void {
  const s = symbolOf(n);
  const index = symbolIndex(s);
  const value = <Node>cOf(n);
  if (symbolKind(s) == S_LOCAL) {
    const local = locals[index];
    if (phase == 0) {
      declareLocal(local);
      if (value != 0 && local.isShared()) return generate(value, VALUE, ANY, local.type);
      if (value != 0) return generate(value, VALUE, local.register, local.type);
    } else if (local.isShared()) storeShared(local, result());
    setTop(local.register + 1);
    return endKeeping();
  }
  const type = typeOf(n) != 0 ? typeOf(n) : typeOf(<Node>aOf(n));
  if (phase == 0) {
    if (value != 0) return generate(value, VALUE, ANY, type);
    // Globals begin as 0, false or null; null texts and arrays are reported by the checker.
    return endStatement();
  }
  storeGlobal(index, result(), type);
  endStatement();
}

/** Global[index] := R[register] */
export function storeGlobal(index: i32, register: i32, type: Type): void {
  emitWide(isReference(type) ? OP_GPUTR : OP_GPUTI, register, index);
}

/** Throws `Type!!` with the text of a diagnostic. */
export function throwDiagnostic(index: i32): void {
  const message = new ByteVector();
  writeMessage(message, index);
  throwMessage(CLASS_TYPE_EXCEPTION, internBytes(message));
}

/** Throws an exception of a built-in class. */
export function throwMessage(cls: i32, message: Text): void {
  const exception = allocateRegister();
  setTop(exception + 6);
  emitWide(OP_NEW, exception, cls);
  loadString(exception + 4, message);
  emit(OP_MOV, exception + 3, exception, 0);
  emit(OP_LDNULL, exception + 5, 0, 0);
  emitWide(OP_CALLN, exception + 1, N_EXCEPTION_NEW);
  emit(OP_THROW, exception, 0, 0);
}

// An ill-typed statement throws. A variable that it declares is there behind it, though nothing comes so far.
function stepWrong(n: Node, kind: i32, wrong: i32): void {
  const base = topRegister();
  throwDiagnostic(wrong);
  setTop(base);
  let s = kind == VARIABLE ? symbolOf(n) : 0;
  if (kind == EXPRESSION && kindOf(<Node>aOf(n)) == ASSIGN) s = symbolOf(<Node>aOf(<Node>aOf(n)));
  if (symbolKind(s) != S_LOCAL || locals[symbolIndex(s)].register >= 0) return endStatement();
  locals[symbolIndex(s)].register = allocateRegister();
  endKeeping();
}

// The first assignment to a name declares a variable that outlives the statement.
function stepExpressionStatement(n: Node, phase: i32): void {
  const e = <Node>aOf(n);
  if (phase > 0) {
    if (own(0) == 0) return endStatement();
    setTop(own(1) + 1);
    return endKeeping();
  }
  if (kindOf(e) == ASSIGN && kindOf(<Node>aOf(e)) == NAME && symbolKind(symbolOf(<Node>aOf(e))) == S_LOCAL) {
    const local = locals[symbolIndex(symbolOf(<Node>aOf(e)))];
    if (local.register < 0) {
      declareLocal(local);
      setOwn(0, 1);
      setOwn(1, local.register);
    }
  }
  generate(e, EFFECT, 0, AS_IT_IS);
}

// ---- branches and loops ----

// Own: 0 else label, 1 end label.
function stepIf(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, newLabel());
    setOwn(1, newLabel());
    return generate(<Node>aOf(n), CONDITION, own(0), 0);
  }
  if (phase == 1) return generate(<Node>bOf(n), EFFECT, 0, 0);
  if (phase == 2 && cOf(n) != 0) {
    jump(own(1));
    place(own(0));
    return generate(<Node>cOf(n), EFFECT, 0, 0);
  }
  if (cOf(n) == 0) place(own(0));
  place(own(1));
  endStatement();
}

// Loops are turned around: the condition stands behind the body, so that a round takes one jump.
// Own: 0 body label, 1 continue label, 2 break label, 3 label of the condition.
export function enter(n: Node): void {
  setOwn(0, newLabel());
  setOwn(1, newLabel());
  setOwn(2, newLabel());
  setOwn(3, newLabel());
  enterLoop(n, own(2), own(1));
}

function stepWhile(n: Node, phase: i32): void {
  if (phase == 0) {
    enter(n);
    jump(own(1));
    place(own(0));
    return generate(<Node>bOf(n), EFFECT, 0, 0);
  }
  if (phase == 1) {
    place(own(1));
    atSource(startOf(n));
    return generate(<Node>aOf(n), CONDITION, own(0), 1);
  }
  place(own(2));
  leaveLoop();
  endStatement();
}

function stepDo(n: Node, phase: i32): void {
  if (phase == 0) {
    enter(n);
    place(own(0));
    return generate(<Node>aOf(n), EFFECT, 0, 0);
  }
  if (phase == 1) {
    place(own(1));
    return generate(<Node>bOf(n), CONDITION, own(0), 1);
  }
  place(own(2));
  leaveLoop();
  endStatement();
}

// Own: as in loops; 4 the stage (0 init, 1 body, 2 updates, 3 condition), 5 the list element generated last.
function stepFor(n: Node, phase: i32): void {
  if (own(4) == 0) {
    const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(5));
    if (next != 0) {
      setOwn(5, <i32>next);
      return generate(next, EFFECT, 0, 0);
    }
    enter(n);
    if (bOf(n) != 0) jump(own(3));
    place(own(0));
    setOwn(4, 1);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  if (own(4) <= 2) {
    if (own(4) == 1) place(own(1));
    const next = own(4) == 1 ? <Node>cOf(n) : nextOf(<Node>own(5));
    setOwn(4, 2);
    if (next != 0) {
      setOwn(5, <i32>next);
      atSource(startOf(next));
      return generate(next, EFFECT, 0, AS_IT_IS);
    }
    place(own(3));
    setOwn(4, 3);
    if (bOf(n) != 0) {
      atSource(startOf(n));
      return generate(<Node>bOf(n), CONDITION, own(0), 1);
    }
    jump(own(0));
  }
  place(own(2));
  leaveLoop();
  endStatement();
}

// ---- the rest ----

function stepReturn(n: Node, phase: i32): void {
  const value = <Node>aOf(n);
  if (phase == 0 && value != 0) return generate(value, VALUE, ANY, currentMethodResult());
  leaveByReturn(value != 0 ? result() : -1);
  endStatement();
}

// Own: 0 label behind, 1 register of the exception.
function stepAssert(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, newLabel());
    return generate(<Node>aOf(n), CONDITION, own(0), 1);
  }
  if (phase == 1) {
    setOwn(1, allocateRegister());
    setTop(own(1) + 6);
    emitWide(OP_NEW, own(1), CLASS_ASSERTION_EXCEPTION);
    if (bOf(n) != 0) return generate(<Node>bOf(n), VALUE, own(1) + 4, AS_IT_IS);
    loadString(own(1) + 4, assertionText(<Node>aOf(n)));
  }
  emit(OP_MOV, own(1) + 3, own(1), 0);
  emit(OP_LDNULL, own(1) + 5, 0, 0);
  emitWide(OP_CALLN, own(1) + 1, N_EXCEPTION_NEW);
  emit(OP_THROW, own(1), 0, 0);
  place(own(0));
  endStatement();
}

function assertionText(condition: Node): Text {
  const out = new ByteVector();
  out.text('assertion failed: ');
  const text = sourceText(condition);
  out.bytes(textAddress(text), textLength(text));
  return internBytes(out);
}
