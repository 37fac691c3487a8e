/** Natives for formats: a number or text as a directive says, and a whole format that is only known when the script runs. */
import {
  CLASS_BOOLEAN,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_OUT_OF_INDEX_EXCEPTION,
  CLASS_SCRIPT_EXCEPTION,
  CLASS_STRING,
} from '../bytecode/builtins.generated';
import {
  F_BINARY,
  F_CHARACTER,
  F_DECIMAL,
  F_FLOAT,
  F_HEX_UPPER,
  F_OCTAL,
  F_PERCENT,
  F_TEXT,
  directiveEnd,
  formatHasZeros,
  formatIsLeft,
  formatKind,
  formatPrecision,
  formatWidth,
  readDirective,
} from '../bytecode/format-directives';
import { throwOutOfMemory } from '../vm/exceptions';
import { floatOf } from '../numbers/read-float';
import { writeFloatAt } from '../vm/float-text';
import { fixedBytes, writeFixedAt } from './float-format';
import { decimalLength, writeDecimalAt, writeLiteral } from '../vm/literal';
import { BOX_VALUE, MAX_PAYLOAD, STR_BYTES, STR_CHARS, STR_DATA, classOf, countChars, newString } from '../vm/object';
import { need } from '../vm/reclaim';
import { writeClassName } from '../vm/render';
import { sizeOf, slotOf } from './array';
import { throwNumbers, throwString } from './message';
import { DONE, answerNew, charge, chargeBytes, integer, reference } from './native';
import { byteOffset, encode, encodedLength, isCodePoint } from './utf8';

// ---- numbers ----

// Bits of a digit; 0: decimal.
function digitBits(kind: i32): u64 {
  if (kind == F_DECIMAL) return 0;
  return kind == F_OCTAL ? 3 : kind == F_BINARY ? 1 : 4;
}

function digitsOf(value: i64, kind: i32): i32 {
  const bits = digitBits(kind);
  if (bits == 0) return decimalLength(value) - (value < 0 ? 1 : 0);
  let digits = 1;
  for (let rest = (<u64>value) >> bits; rest != 0; rest >>= bits) digits++;
  return digits;
}

// Digits that are written, zeros in front included.
function bodyOf(value: i64, directive: i32): i32 {
  const digits = digitsOf(value, formatKind(directive));
  const precision = formatPrecision(directive);
  if (precision >= 0) return max(digits, precision);
  if (!formatHasZeros(directive)) return digits;
  return max(digits, formatWidth(directive) - (isSigned(value, directive) ? 1 : 0));
}

function isSigned(value: i64, directive: i32): bool {
  return value < 0 && formatKind(directive) == F_DECIMAL;
}

/** Bytes of a number as the directive says; all of them ASCII. */
function numberBytes(value: i64, directive: i32): i32 {
  return max(bodyOf(value, directive) + (isSigned(value, directive) ? 1 : 0), formatWidth(directive));
}

function fill(to: usize, c: u8, count: i32): usize {
  if (count <= 0) return to;
  memory.fill(to, c, <usize>count);
  return to + <usize>count;
}

/** Writes it; returns the address behind. */
function writeNumber(to: usize, value: i64, directive: i32): usize {
  const kind = formatKind(directive);
  const body = bodyOf(value, directive);
  const digits = digitsOf(value, kind);
  const spaces = formatWidth(directive) - body - (isSigned(value, directive) ? 1 : 0);
  let at = formatIsLeft(directive) ? to : fill(to, 32, spaces);
  if (isSigned(value, directive)) store<u8>(at++, 45);
  at = fill(at, 48, body - digits);
  const bits = digitBits(kind);
  if (bits == 0) {
    // The sign is written; of the least int only its digits are wanted.
    const signed = value < 0 ? 1 : 0;
    const kept = load<u8>(at - <usize>signed);
    writeDecimalAt(at - <usize>signed, value, digits + signed);
    if (signed != 0) store<u8>(at - 1, kept);
  } else {
    let rest = <u64>value;
    for (let i = digits - 1; i >= 0; i--) {
      const digit = <u32>(rest & (((<u64>1) << bits) - 1));
      store<u8>(at + <usize>i, <u8>(digit < 10 ? 48 + digit : (kind == F_HEX_UPPER ? 55 : 87) + digit));
      rest >>= bits;
    }
  }
  at += <usize>digits;
  return formatIsLeft(directive) ? fill(at, 32, spaces) : at;
}

// ---- texts ----

// A text as a directive shows it: where it is, bytes and characters of what is shown of it.
let shownAt: usize = 0;
let shownBytes: i32 = 0;
let shownChars: i32 = 0;
const SCRATCH_BYTES: usize = 256;
const scratch: usize = memory.data(256);

function show(at: usize, bytes: i32, chars: i32, directive: i32): void {
  shownAt = at;
  shownBytes = bytes;
  shownChars = chars;
  const precision = formatPrecision(directive);
  if (precision < 0 || precision >= chars) return;
  shownBytes = bytes == chars ? precision : byteOffset(at, bytes, precision);
  shownChars = precision;
}

function showScratch(end: usize, directive: i32): void {
  const bytes = <i32>(end - scratch);
  show(scratch, bytes, countChars(scratch, bytes), directive);
}

// The text of an object, or of null. What is neither text nor box was made a text where the format is called.
function showValue(ref: usize, directive: i32): void {
  if (!ref) return showScratch(writeLiteral(scratch, scratch + SCRATCH_BYTES, 'null'), directive);
  const cls = classOf(ref);
  if (cls == CLASS_STRING) return show(ref + STR_DATA, load<i32>(ref, STR_BYTES), load<i32>(ref, STR_CHARS), directive);
  const value = load<i64>(ref, BOX_VALUE);
  if (cls == CLASS_INT) {
    const digits = decimalLength(value);
    writeDecimalAt(scratch, value, digits);
    return showScratch(scratch + <usize>digits, directive);
  }
  if (cls == CLASS_FLOAT) return showScratch(writeFloatAt(scratch, <u64>value), directive);
  if (cls != CLASS_BOOLEAN) return showScratch(writeClassName(scratch, scratch + SCRATCH_BYTES, cls), directive);
  const end = scratch + SCRATCH_BYTES;
  showScratch(value != 0 ? writeLiteral(scratch, end, 'true') : writeLiteral(scratch, end, 'false'), directive);
}

// Code point to show; the scratch has its bytes.
function showCharacter(c: i32, directive: i32): void {
  encode(scratch, c);
  show(scratch, encodedLength(c), 1, directive);
}

function textBytes(directive: i32): i32 {
  return shownBytes + max(formatWidth(directive) - shownChars, 0);
}

function writeText(to: usize, directive: i32): usize {
  const spaces = formatWidth(directive) - shownChars;
  const at = formatIsLeft(directive) ? to : fill(to, 32, spaces);
  memory.copy(at, shownAt, <usize>shownBytes);
  const end = at + <usize>shownBytes;
  return formatIsLeft(directive) ? fill(end, 32, spaces) : end;
}

// ---- one value ----

function throwNoCharacter(act: usize, c: i64): i32 {
  return throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'no character has code point {a}', c, 0);
}

/** Answers the text of the int that is argument 0, as the directive that is argument 1 says. */
export function formatInt(act: usize, window: usize): i32 {
  const value = integer(window, 0);
  const directive = <i32>integer(window, 1);
  const isCharacter = formatKind(directive) == F_CHARACTER;
  if (isCharacter && !isCodePoint(value)) return throwNoCharacter(act, value);
  const status = chargeBytes(act, <i64>formatWidth(directive));
  if (status != DONE) return status;
  need(act, 2048);
  if (isCharacter) {
    showCharacter(<i32>value, directive);
    return answerShown(act, window, directive);
  }
  const bytes = numberBytes(value, directive);
  const text = newString(act, bytes, bytes);
  if (text) writeNumber(text + STR_DATA, value, directive);
  return answerNew(window, text);
}

function answerShown(act: usize, window: usize, directive: i32): i32 {
  const text = newString(act, textBytes(directive), max(shownChars, formatWidth(directive)));
  if (text) writeText(text + STR_DATA, directive);
  return answerNew(window, text);
}

/** Answers the text that is argument 0, as the directive that is argument 1 says. */
export function formatText(act: usize, window: usize): i32 {
  const directive = <i32>integer(window, 1);
  const bytes = <i64>load<i32>(reference(window, 0), STR_BYTES);
  const status = chargeBytes(act, bytes + <i64>formatWidth(directive));
  if (status != DONE) return status;
  need(act, <usize>bytes + 2048);
  showValue(reference(window, 0), directive);
  return answerShown(act, window, directive);
}

// ---- a whole format ----

// Why a format does not fit its values.
const FITS: i32 = 0;
const NO_DIRECTIVE: i32 = 1;
const WRONG_VALUE: i32 = 2;
const WRONG_COUNT: i32 = 3;
const NO_CHARACTER: i32 = 4;
// What the reason is about: the value or directive, counted from 1; how many directives there are; a code point.
let about: i64 = 0;
// Bytes of the text that the format gives.
let formattedBytes: i64 = 0;

// Measures the text, writing it to `to` if that is not 0; FITS or what is wrong.
function formatAll(pattern: usize, values: usize, to: usize): i32 {
  let at = pattern + STR_DATA;
  const end = at + <usize>load<u32>(pattern, STR_BYTES);
  let used = 0;
  let out = to;
  formattedBytes = 0;
  while (at < end) {
    const from = at;
    while (at < end && load<u8>(at) != 37) at++;
    if (to) memory.copy(out, from, at - from);
    out += at - from;
    formattedBytes += <i64>(at - from);
    if (at >= end) break;
    const directive = readDirective(at, end);
    at = directiveEnd;
    about = <i64>used + 1;
    if (directive < 0 || (!isDefined(FLOATS) && formatKind(directive) == F_FLOAT)) return NO_DIRECTIVE;
    if (formatKind(directive) == F_PERCENT) {
      if (to) store<u8>(out, 37);
      out++;
      formattedBytes++;
      continue;
    }
    used++;
    if (used > sizeOf(values)) continue;
    const wrong = formatOne(<usize>load<u32>(slotOf(values, used - 1)), directive, to != 0 ? out : 0);
    if (wrong != FITS) return wrong;
    out += <usize>lastBytes;
    formattedBytes += <i64>lastBytes;
  }
  about = <i64>used;
  return used == sizeOf(values) ? FITS : WRONG_COUNT;
}

let lastBytes: i32 = 0;

function formatOne(ref: usize, directive: i32, to: usize): i32 {
  const kind = formatKind(directive);
  if (kind == F_TEXT) showValue(ref, directive);
  else {
    if (isDefined(FLOATS) && kind == F_FLOAT) return formatReal(ref, directive, to);
    if (!ref || classOf(ref) != CLASS_INT) return WRONG_VALUE;
    const value = load<i64>(ref, BOX_VALUE);
    if (kind != F_CHARACTER) {
      lastBytes = numberBytes(value, directive);
      if (to) writeNumber(to, value, directive);
      return FITS;
    }
    if (!isCodePoint(value)) {
      about = value;
      return NO_CHARACTER;
    }
    showCharacter(<i32>value, directive);
  }
  lastBytes = textBytes(directive);
  if (to) writeText(to, directive);
  return FITS;
}

// %f: of a float, or of an int.
function formatReal(ref: usize, directive: i32, to: usize): i32 {
  if (!ref || (classOf(ref) != CLASS_INT && classOf(ref) != CLASS_FLOAT)) return WRONG_VALUE;
  const value = load<i64>(ref, BOX_VALUE);
  const bits = classOf(ref) == CLASS_FLOAT ? <u64>value : floatOf(value);
  lastBytes = fixedBytes(bits, directive);
  if (to) writeFixedAt(to, bits, directive);
  return FITS;
}

function throwUnfit(act: usize, why: i32, pattern: usize, values: usize): i32 {
  if (why == NO_CHARACTER) return throwNoCharacter(act, about);
  const cls = CLASS_SCRIPT_EXCEPTION;
  if (why == NO_DIRECTIVE) return throwString(act, cls, 'directive {a} of the format "{s}" is none', about, pattern);
  if (why == WRONG_VALUE)
    return throwString(act, cls, 'value {a} does not fit its directive of the format "{s}"', about, pattern);
  return throwNumbers(act, cls, 'the format takes {a} values, found {b}', about, <i64>sizeOf(values));
}

/** Answers the format that is argument 0 with the values of the array that is argument 1. Throws `Script!!` if they do not fit. */
export function formatValues(act: usize, window: usize): i32 {
  let status = chargeBytes(act, (<i64>load<i32>(reference(window, 0), STR_BYTES)) << 1);
  if (status != DONE) return status;
  status = charge(act, <i64>sizeOf(reference(window, 1)));
  if (status != DONE) return status;
  const why = formatAll(reference(window, 0), reference(window, 1), 0);
  if (why != FITS) return throwUnfit(act, why, reference(window, 0), reference(window, 1));
  const bytes = formattedBytes;
  status = chargeBytes(act, bytes);
  if (status != DONE) return status;
  if (bytes > <i64>MAX_PAYLOAD - 64) return throwOutOfMemory(act);
  need(act, <usize>bytes + 64);
  const text = newString(act, <i32>bytes, 0);
  if (!text) return answerNew(window, 0);
  formatAll(reference(window, 0), reference(window, 1), text + STR_DATA);
  store<u32>(text, <u32>countChars(text + STR_DATA, <i32>bytes), STR_CHARS);
  return answerNew(window, text);
}
