/** `print`, and the values that a shell shows. */
import { N_OUTPUT_STREAM_PRINTLN, N_STREAM_OUT, N_SYSTEM_PRINT } from '../bytecode/builtins.generated';
import { OP_CALLN, OP_MOV, OP_SCAT } from '../bytecode/opcodes.generated';
import { stringType } from '../check/conversions';
import { writeType } from '../check/types';
import { addressBase, fileOf, lineOf } from '../diagnostics/lines';
import { Text, intern, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { E_SHOW, NAME, Node, aOf, endOf, kindOf, nextOf, opOf, startOf, typeOf } from '../syntax/ast';
import { toText } from './convert';
import { emit, emitWide, loadString, setTop, topRegister } from './emitter';
import { AS_IT_IS, VALUE, endStatement, generate, own, setOwn } from './frames';

let leaveOutPrint: bool = false;

/** Is `print` left out? */
export function startPrint(noPrint: bool): void {
  leaveOutPrint = noPrint;
}

/** The text of a node in the script. */
export function sourceText(n: Node): Text {
  return intern(addressBase(startOf(n)) + <usize>startOf(n), endOf(n) - startOf(n));
}

// Own: 0 first register, 1 registers in use, 2 the part generated last.
/** Resumes a PRINT: print a, b+1 is System.print("[file:line] a=1, 2"). */
export function stepPrint(n: Node, phase: i32): void {
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
