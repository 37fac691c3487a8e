/** One step of generating a statement. */
import { isRange, isRangeType } from '../check/range';
import {
  CLASS_ARRAY,
  CLASS_ASSERTION_EXCEPTION,
  CLASS_TYPE_EXCEPTION,
  CLASS_STRING,
  N_EXCEPTION_NEW,
  N_OUTPUT_STREAM_PRINTLN,
  N_STREAM_OUT,
  N_STRING_EACH,
  N_SYSTEM_PRINT,
} from '../bytecode/builtins.generated';
import {
  OP_ALEN,
  OP_CALLN,
  OP_CAST,
  OP_GPUTI,
  OP_GPUTR,
  OP_IADDI,
  OP_ISA,
  OP_JEQ,
  OP_JEQI,
  OP_JF,
  OP_JLT,
  OP_JT,
  OP_LDI,
  OP_LDNULL,
  OP_MOV,
  OP_NEW,
  OP_NNULL,
  OP_SCAT,
  OP_SEQ,
  OP_THROW,
  OP_JLE,
} from '../bytecode/opcodes.generated';
import { LocalInfo, S_LOCAL, locals, symbolIndex, symbolKind } from '../check/model';
import { literalValue } from '../check/annotations';
import { stringType } from '../check/conversions';
import { convert, isConverted } from './boxes';
import { ANY as ANY_TYPE, BOOLEAN, INT, Type, isArray, isReference, writeType } from '../check/types';
import { currentMethodResult } from './generator';
import { diagnosticOf } from '../check/lenient';
import { addressBase, fileOf, lineOf } from '../diagnostics/lines';
import { writeMessage } from '../diagnostics/render';
import { Text, intern, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  ASSERT,
  ASSIGN,
  BLOCK,
  BOOLEAN_LITERAL,
  BREAK,
  CONTINUE,
  DO,
  EXPRESSION,
  E_SHOW,
  FOR,
  FOREACH,
  IF,
  LABELED,
  NAME,
  Node,
  PRINT,
  RETURN,
  STRING_LITERAL,
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
  endOf,
  gOf,
  kindOf,
  nextOf,
  opOf,
  startOf,
  symbolOf,
  typeOf,
  B_TO,
} from '../syntax/ast';
import { immediate } from './conditions';
import { toText } from './convert';
import { convert as convertAny, jumpOnSame } from './dynamic';
import {
  allocateRegister,
  atSource,
  emit,
  emitWide,
  jump,
  jumpCompare,
  jumpWide,
  loadInt,
  loadString,
  newLabel,
  place,
  setTop,
  topRegister,
} from './emitter';
import { enterLoop, leaveByReturn, leaveLoop, leaveLoopBy } from './exits';
import { loadOp } from './elements';
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
  setPhase,
} from './frames';
import { openRange, stepIterate } from './iterate';
import { stepTry } from './try';
import { declareLocal, makeShared, storeShared } from './variables';

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
  const exception = allocateRegister();
  setTop(exception + 6);
  emitWide(OP_NEW, exception, CLASS_TYPE_EXCEPTION);
  loadString(exception + 4, internBytes(message));
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

// Own: as in loops; 4 register of the array, the index is behind it.
function stepForeach(n: Node, phase: i32): void {
  const over = <Node>cOf(n);
  if (isRange(over) || isRangeType(typeOf(over))) return stepCount(n, over, phase);
  if (gOf(n) != 0) return stepIterate(n, over, phase);
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(over, VALUE, own(4), AS_IT_IS);
  }
  const array = own(4);
  const local = locals[symbolIndex(symbolOf(n))];
  if (phase == 1) {
    setTop(array + 2);
    if (typeOf(over) == ANY_TYPE) eachOfAny(array);
    else if (!isArray(typeOf(over))) {
      setTop(array + 5);
      emit(OP_MOV, array + 4, array, 0);
      emitWide(OP_CALLN, array + 2, N_STRING_EACH);
      emit(OP_MOV, array, array + 2, 0);
      setTop(array + 2);
    }
    local.register = allocateRegister();
    enter(n);
    emitWide(OP_LDI, array + 1, 0);
    jump(own(3));
    place(own(0));
    const to = valueRegister(local);
    loadElement(to, array, typeOf(<Node>aOf(n)), local.type);
    finishRound(local, to);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  emit(OP_IADDI, array + 1, array + 1, 1);
  place(own(3));
  atSource(startOf(n));
  const length = allocateRegister();
  emit(OP_ALEN, length, array, 0);
  jumpCompare(OP_JLT, array + 1, length, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}

// Through a range: own 4 holds the number, the register behind it the end. The variable is a copy: it may be assigned.
function stepCount(n: Node, range: Node, phase: i32): void {
  const isValue = !isRange(range);
  if (phase == 0) {
    setOwn(4, allocateRegister());
    return generate(isValue ? range : <Node>aOf(range), VALUE, own(4), AS_IT_IS);
  }
  const at = own(4);
  if (phase == 1 && !isValue) return generate(<Node>bOf(range), VALUE, allocateRegister(), AS_IT_IS);
  const isWhole = isValue || opOf(range) == B_TO;
  if (phase <= 2) {
    if (isValue) openRange(at, typeOf(range));
    setPhase(3);
    setTop(at + 2);
    const local = locals[symbolIndex(symbolOf(n))];
    local.register = allocateRegister();
    enter(n);
    jump(own(3));
    place(own(0));
    const to = valueRegister(local);
    if (isConverted(INT, local.type)) convert(to, at, INT, local.type);
    else emit(OP_MOV, to, at, 0);
    finishRound(local, to);
    return generate(<Node>dOf(n), EFFECT, 0, 0);
  }
  place(own(1));
  // The end may be the greatest int: nothing is counted beyond it.
  if (isWhole) jumpCompare(OP_JEQ, at, at + 1, own(2));
  emit(OP_IADDI, at, at, 1);
  place(own(3));
  atSource(startOf(n));
  jumpCompare(isWhole ? OP_JLE : OP_JLT, at, at + 1, own(0));
  place(own(2));
  leaveLoop();
  endStatement();
}

// Where a round's value goes first; a shared variable is another one in each round.
function valueRegister(local: LocalInfo): i32 {
  return local.isShared() ? allocateRegister() : local.register;
}

function finishRound(local: LocalInfo, value: i32): void {
  if (!local.isShared()) return;
  makeShared(local);
  storeShared(local, value);
  setTop(local.register + 1);
}

// R[array] := the array that foreach goes through: itself, or the characters of a text.
function eachOfAny(array: i32): void {
  const isArray = newLabel();
  setTop(array + 5);
  emit(OP_ISA, array + 2, array, CLASS_STRING);
  jumpWide(OP_JF, array + 2, isArray);
  emit(OP_MOV, array + 4, array, 0);
  emitWide(OP_CALLN, array + 2, N_STRING_EACH);
  emit(OP_MOV, array, array + 2, 0);
  place(isArray);
  emit(OP_NNULL, array, 0, 0);
  emitWide(OP_CAST, array, CLASS_ARRAY);
  setTop(array + 2);
}

function loadElement(to: i32, array: i32, element: Type, type: Type): void {
  emit(loadOp(element), to, array, array + 1);
  if (isConverted(element, type)) convert(to, to, element, type);
  if (element == ANY_TYPE) convertAny(to, type);
}

// ---- switch ----

// Own: 0 register of the value, 1 break label, 2 first case label, 3 the case being generated, 4 its statement, 5 its number.
function stepSwitch(n: Node, phase: i32): void {
  if (phase == 0) {
    setOwn(0, allocateRegister());
    return generate(<Node>aOf(n), VALUE, own(0), AS_IT_IS);
  }
  if (phase == 1) {
    setTop(own(0) + 1);
    dispatch(n);
    setOwn(3, bOf(n));
    return beginCase(n, 0);
  }
  nextOfCase(n, nextOf(<Node>own(4)));
}

function dispatch(n: Node): void {
  setOwn(1, newLabel());
  let fallback = own(1);
  let first = -1;
  const test = allocateRegister();
  if (typeOf(<Node>aOf(n)) == ANY_TYPE) allocateRegister();
  for (let c = <Node>bOf(n); c != 0; c = nextOf(c)) {
    const label = newLabel();
    if (first < 0) first = label;
    if (aOf(c) == 0) fallback = label;
    else if (typeOf(<Node>aOf(n)) == ANY_TYPE) jumpIfSame(<Node>aOf(c), own(0), test, label);
    else jumpIfEqual(<Node>aOf(c), own(0), test, label);
  }
  jump(fallback);
  setOwn(2, first);
  enterLoop(n, own(1), own(1));
}

function jumpIfEqual(constant: Node, value: i32, test: i32, label: i32): void {
  if (kindOf(constant) == STRING_LITERAL) {
    loadString(test, aOf(constant));
    emit(OP_SEQ, test, test, value);
    return jumpWide(OP_JT, test, label);
  }
  if (kindOf(constant) == BOOLEAN_LITERAL) return jumpCompare(OP_JEQI, value, aOf(constant), label);
  if (immediate(constant) != 65536) return jumpCompare(OP_JEQI, value, immediate(constant), label);
  loadInt(test, literalValue(constant));
  jumpCompare(OP_JEQ, value, test, label);
}

// The same for an Any: the constant is an object too.
function jumpIfSame(constant: Node, value: i32, test: i32, label: i32): void {
  const kind = kindOf(constant);
  if (kind == STRING_LITERAL) loadString(test, aOf(constant));
  else if (kind == BOOLEAN_LITERAL) emitWide(OP_LDI, test, aOf(constant));
  else loadInt(test, literalValue(constant));
  jumpOnSame(test, kind == STRING_LITERAL ? ANY_TYPE : kind == BOOLEAN_LITERAL ? BOOLEAN : INT, value, label);
}

// Labels of the cases were made in a row.
function beginCase(n: Node, number: i32): void {
  if (own(3) == 0) {
    place(own(1));
    leaveLoop();
    return endStatement();
  }
  setOwn(5, number);
  place(own(2) + number);
  nextOfCase(n, <Node>bOf(<Node>own(3)));
}

function nextOfCase(n: Node, statement: Node): void {
  if (statement == 0) {
    setOwn(3, <i32>nextOf(<Node>own(3)));
    return beginCase(n, own(5) + 1);
  }
  setOwn(4, <i32>statement);
  generate(statement, EFFECT, 0, 0);
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

let leaveOutPrint: bool = false;

/** Is `print` left out? */
export function startStatements(noPrint: bool): void {
  leaveOutPrint = noPrint;
}

function sourceText(n: Node): Text {
  return intern(addressBase(startOf(n)) + <usize>startOf(n), endOf(n) - startOf(n));
}

function assertionText(condition: Node): Text {
  const out = new ByteVector();
  out.text('assertion failed: ');
  const text = sourceText(condition);
  out.bytes(textAddress(text), textLength(text));
  return internBytes(out);
}

// print a, b+1 is System.print("[file:line] a=1, 2"). Own: 0 first register, 1 registers in use, 2 the part generated last.
function stepPrint(n: Node, phase: i32): void {
  const shows = opOf(n) == E_SHOW;
  if (leaveOutPrint && !shows) return endStatement();
  if (phase == 0) {
    setOwn(0, topRegister());
    addLiteral(shows ? internLiteral(quotes(n) ? '=> "' : '=> ') : printHead(n));
  } else {
    const register = own(0) + own(1);
    setTop(register + 1);
    toText(register, typeOf(<Node>own(2)));
    setOwn(1, own(1) + 1);
    joinParts();
  }
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>own(2));
  if (next == 0) {
    if (!shows) return finishPrint();
    addLiteral(typeTail(n));
    return finishShow();
  }
  const label = shows ? 0 : partLabel(next, phase == 0);
  if (label != 0) addLiteral(label);
  setOwn(2, <i32>next);
  const register = own(0) + own(1);
  setTop(register + 1);
  generate(next, VALUE, register, AS_IT_IS);
}

// Does a text to be shown stand in quotes?
function quotes(n: Node): bool {
  return typeOf(<Node>aOf(n)) == stringType();
}

// What stands behind a value that is shown: ` : T`
function typeTail(n: Node): Text {
  const out = new ByteVector();
  if (quotes(n)) out.byte(34);
  out.text(' : ');
  writeType(typeOf(<Node>aOf(n)), out);
  return internBytes(out);
}

function addLiteral(text: Text): void {
  const register = own(0) + own(1);
  setTop(register + 1);
  loadString(register, text);
  setOwn(1, own(1) + 1);
}

function joinParts(): void {
  if (own(1) < 48) return;
  emit(OP_SCAT, own(0), own(0), own(1));
  setOwn(1, 1);
}

function printHead(n: Node): Text {
  const out = new ByteVector();
  out.byte(91);
  const file = fileOf(startOf(n));
  out.bytes(textAddress(file), textLength(file));
  out.byte(58);
  out.decimal(<i64>lineOf(startOf(n)));
  out.text('] ');
  return internBytes(out);
}

// `a=` in front of a variable, and a comma in front of all but the first.
function partLabel(part: Node, isFirst: bool): Text {
  const out = new ByteVector();
  if (!isFirst) out.text(', ');
  if (kindOf(part) == NAME) {
    const name = sourceText(part);
    out.bytes(textAddress(name), textLength(name));
    out.byte(61);
  }
  return internBytes(out);
}

// OUT.println of what was joined.
function finishShow(): void {
  const text = own(0);
  emit(OP_SCAT, text, text, own(1));
  setTop(text + 5);
  emitWide(OP_CALLN, text + 1, N_STREAM_OUT);
  emit(OP_MOV, text + 4, text, 0);
  emit(OP_MOV, text + 3, text + 1, 0);
  emitWide(OP_CALLN, text + 1, N_OUTPUT_STREAM_PRINTLN);
  endStatement();
}

function finishPrint(): void {
  const text = own(0);
  emit(OP_SCAT, text, text, own(1));
  setTop(text + 4);
  emit(OP_MOV, text + 3, text, 0);
  emitWide(OP_CALLN, text + 1, N_SYSTEM_PRINT);
  endStatement();
}
