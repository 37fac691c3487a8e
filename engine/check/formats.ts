/**
 * Formats: `"%04d %s"(n, s)`, `format("%04d %s", n, s)`, `n % "%04d"`. One whose text is known becomes the parts of a text
 * (INTERPOLATION), checked against the types of its values; any other is checked when the script runs.
 */
import {
  F_BAD_FLAGS,
  F_CHARACTER,
  F_DECIMAL,
  F_FLOAT,
  F_PERCENT,
  F_TEXT,
  F_TOO_WIDE,
  directiveEnd,
  formatKind,
  readDirective,
} from '../bytecode/format-directives';
import {
  K0401_TYPE_MISMATCH,
  K0411_VOID_VALUE,
  K0450_FORMAT_DIRECTIVE,
  K0451_FORMAT_COUNT,
  K0452_FORMAT_VALUE,
} from '../diagnostics/codes.generated';
import { report } from '../diagnostics/diagnostics';
import { addressBase } from '../diagnostics/lines';
import {
  FORMAT,
  FORMAT_TEXT,
  F_VALUE_FIRST,
  INTERPOLATION,
  NAME,
  Node,
  STRING_LITERAL,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  nextOf,
  setA,
  setB,
  setKind,
  setNext,
  setOp,
  setType,
  startOf,
  typeOf,
} from '../syntax/ast';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { fold } from './constants';
import { adapt, stringType } from './conversions';
import { WANT_ANY, frameX, frameY, leaveWith, resume, setFrameX, setFrameY, visit } from './frames';
import { findFunction, findGlobal } from './lookup';
import { numberText, problem } from './problem';
import { findLocal } from './scope';
import { inKernel } from './resolve';
import { ANY, ERROR, FLOAT, INT, VOID, typeName } from './types';

/** Is the call one of a format? Then it becomes a FORMAT_TEXT. */
export function takeFormat(n: Node, isMethod: bool): bool {
  const callee = <Node>aOf(n);
  const kind = kindOf(callee);
  if (kind == STRING_LITERAL || kind == INTERPOLATION) {
    setKind(n, FORMAT_TEXT);
    return true;
  }
  const name = aOf(callee);
  if (kind != NAME || name != internLiteral('format') || bOf(n) == 0 || isMethod) return false;
  if (findFunction(name) || findLocal(name) || findGlobal(name)) return false;
  const pattern = <Node>bOf(n);
  setA(n, <i32>pattern);
  setB(n, <i32>nextOf(pattern));
  setNext(pattern, 0);
  setKind(n, FORMAT_TEXT);
  return true;
}

/** Makes `value % pattern`, both of which were visited, a FORMAT_TEXT, and ends its frame. */
export function finishFormatOf(n: Node, value: Node, pattern: Node): void {
  setA(n, <i32>pattern);
  setB(n, <i32>value);
  setKind(n, FORMAT_TEXT);
  setOp(n, F_VALUE_FIRST);
  finish(n);
}

/** Checks a FORMAT_TEXT. Frame: X the value last visited, Y whether the pattern was. */
export function stepFormat(n: Node): void {
  resume();
  if (frameY() == 0) {
    setFrameY(1);
    return visit(<Node>aOf(n), stringType());
  }
  const next = frameX() == 0 ? <Node>bOf(n) : nextOf(<Node>frameX());
  if (next == 0) return finish(n);
  setFrameX(<i32>next);
  visit(next, WANT_ANY);
}

function finish(n: Node): void {
  const pattern = <Node>aOf(n);
  const type = typeOf(pattern);
  if (type != stringType() && type != ERROR)
    problem(K0401_TYPE_MISMATCH, pattern, internLiteral('String'), typeName(type));
  for (let value = <Node>bOf(n); value != 0; value = nextOf(value)) {
    if (typeOf(value) != VOID) continue;
    problem(K0411_VOID_VALUE, value, internLiteral('this call'));
    setType(value, ERROR);
  }
  const known = type == stringType() ? fold(pattern) : null;
  if (known) takeApart(n, pattern, <Text>known.value);
  leaveWith(stringType());
}

// ---- formats whose text is known ----

let tail: Node = 0;
let whole: Node = 0;

function append(part: Node): void {
  if (tail != 0) setNext(tail, part);
  else setA(whole, <i32>part);
  tail = part;
}

function appendText(pattern: Node, from: usize, to: usize): void {
  if (from == to) return;
  const bytes = new ByteVector(<i32>(to - from) + 8);
  bytes.bytes(from, <i32>(to - from));
  const literal = newNode(STRING_LITERAL, startOf(pattern), endOf(pattern));
  setA(literal, internBytes(bytes));
  setType(literal, stringType());
  append(literal);
}

// Makes the node an INTERPOLATION of the format's texts and values.
function takeApart(n: Node, pattern: Node, text: Text): void {
  whole = n;
  tail = 0;
  let value = <Node>bOf(n);
  let given = 0;
  for (let v = value; v != 0; v = nextOf(v)) given++;
  const start = textAddress(text);
  const end = start + <usize>textLength(text);
  let at = start;
  let from = start;
  let directives = 0;
  let isWrong = false;
  setA(n, 0);
  while (at < end) {
    if (load<u8>(at) != 37) {
      at++;
      continue;
    }
    appendText(pattern, from, at);
    const directive = readDirective(at, end);
    const behind = directiveEnd;
    const kind = formatKind(directive);
    if (directive < 0 || (kind == F_FLOAT && inKernel())) {
      reportDirective(pattern, text, at, behind, directive);
      isWrong = true;
    }
    if (directive >= 0 && kind == F_PERCENT) {
      appendText(pattern, at, at + 1);
    } else {
      directives++;
      if (value != 0) {
        const next = nextOf(value);
        setNext(value, 0);
        if (directive >= 0) appendValue(pattern, text, value, directive, at, behind);
        value = next;
      }
    }
    at = behind;
    from = at;
  }
  appendText(pattern, from, end);
  if (given != directives && !isWrong)
    problem(K0451_FORMAT_COUNT, n, numberText(<i64>directives), numberText(<i64>given));
  setKind(n, INTERPOLATION);
  setB(n, 0);
  setOp(n, 0);
}

function appendValue(pattern: Node, text: Text, value: Node, directive: i32, at: usize, behind: usize): void {
  const kind = formatKind(directive);
  const type = typeOf(value);
  // What is only converted needs no more than an interpolation does.
  if (directive == F_TEXT || (directive == F_DECIMAL && type == INT)) return append(value);
  const fits = kind == F_TEXT || type == INT || type == ANY || type == ERROR || (kind == F_FLOAT && type == FLOAT);
  if (!fits && !(kind == F_FLOAT && inKernel())) {
    const directiveText = new ByteVector(16);
    directiveText.bytes(at, <i32>(behind - at));
    reportAt(
      K0452_FORMAT_VALUE,
      pattern,
      text,
      at,
      behind,
      internBytes(directiveText),
      internLiteral(
        kind == F_CHARACTER
          ? 'the code point of a character, an int'
          : kind == F_FLOAT
            ? 'a float or an int'
            : 'an int',
      ),
      typeName(type),
    );
    return;
  }
  if (type == ANY && kind != F_TEXT) adapt(value, kind == F_FLOAT ? FLOAT : INT);
  const part = newNode(FORMAT, startOf(value), endOf(value));
  setA(part, <i32>value);
  setB(part, directive);
  setType(part, stringType());
  append(part);
}

// ---- where a directive stands in the source ----

function reportDirective(pattern: Node, text: Text, at: usize, behind: usize, directive: i32): void {
  // What stands there, with the character that is no conversion.
  let end = behind;
  const last = textAddress(text) + <usize>textLength(text);
  if (directive == -1 && end < last) {
    end++;
    while (end < last && (load<u8>(end) & 0xc0) == 0x80) end++;
  }
  const shown = new ByteVector(16);
  shown.bytes(at, <i32>(end - at));
  const hint =
    directive == F_TOO_WIDE
      ? 'widths and precisions go up to 999'
      : directive == F_BAD_FLAGS
        ? '0 fills numbers from the left, and %c has no precision'
        : directive >= 0
          ? 'a kernel has no float: scale an int'
          : 'directives are %d %x %X %o %b %c %s %f, with - or 0, a width and .precision between; %% is a percent sign';
  reportAt(K0450_FORMAT_DIRECTIVE, pattern, text, at, end, internBytes(shown), internLiteral(hint), 0);
}

// Reports at the bytes of the source that the text's bytes are from, or at the whole pattern if that cannot be told.
function reportAt(code: i32, pattern: Node, text: Text, at: usize, end: usize, a: Text, b: Text, c: Text): void {
  let nth = 0;
  for (let p = textAddress(text); p < at; p++) if (load<u8>(p) == 37) nth++;
  let all = nth;
  for (let p = at; p < textAddress(text) + <usize>textLength(text); p++) if (load<u8>(p) == 37) all++;
  let start = startOf(pattern);
  let stop = endOf(pattern);
  // Where each percent sign is written as such, the directive is at the one that has its number.
  if (kindOf(pattern) == STRING_LITERAL && percentSigns(pattern) == all) {
    const base = addressBase(start);
    let from = start;
    for (; from < stop; from++) if (load<u8>(base + <usize>from) == 37 && nth-- == 0) break;
    start = from;
    stop = from + <i32>(end - at);
  }
  report(code, start, stop, a, b, c);
}

function percentSigns(pattern: Node): i32 {
  const base = addressBase(startOf(pattern));
  let count = 0;
  for (let i = startOf(pattern); i < endOf(pattern); i++) if (load<u8>(base + <usize>i) == 37) count++;
  return count;
}
