/** Diagnostics as text: for people (plain or with colours) and for programs (a JSON object a line). */
import { Text, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import {
  K0903_TOO_MANY_ERRORS,
  SEVERITY_ERROR,
  hintAddress,
  hintLength,
  labelAddress,
  labelLength,
  severityOf,
  titleAddress,
  titleLength,
} from './codes.generated';
import { diagnosticCode, diagnosticCount, diagnosticEnd, diagnosticStart, sortDiagnostics } from './diagnostics';
import { chooseExcerpt, chooseText, clamp, columnOf, putCarets, putExcerpt, putPadding } from './excerpt';
import { fileOf, lineOf } from './lines';
import { fillIn, putJson, putPrintable } from './message';

export const PLAIN: i32 = 0;
export const ANSI: i32 = 1;
export const JSON_LINES: i32 = 2;
/** Errors alone, `file:line:column: message (code)`, a line each. */
export const SHORT: i32 = 3;

const scratch = new ByteVector(256);
let out: ByteVector = scratch;
let colours: bool = false;

/** Begins a colour (SGR parameters), or ends it with `0`. */
function colour(parameters: string): void {
  if (!colours) return;
  out.byte(27);
  out.byte(91);
  out.text(parameters);
  out.byte(109);
}

function putCode(code: i32): void {
  out.byte(75);
  for (let power = 1000; power > 0; power /= 10) out.byte(48 + ((code / power) % 10));
}

function putFile(file: Text): void {
  if (textLength(file) > 0) putPrintable(out, textAddress(file), textLength(file));
  else out.text('<script>');
}

function digitsOf(value: i32): i32 {
  let digits = 1;
  for (let rest = value / 10; rest > 0; rest /= 10) digits++;
  return digits;
}

function spaces(count: i32): void {
  for (; count > 0; count--) out.byte(32);
}

/** Fills a template in, for a terminal. */
function putTemplate(at: usize, length: i32, index: i32): void {
  scratch.length = 0;
  fillIn(scratch, at, length, index);
  putPrintable(out, scratch.address(), scratch.length);
}

function isFilledIn(at: usize, length: i32, index: i32): bool {
  scratch.length = 0;
  fillIn(scratch, at, length, index);
  return scratch.length > 0;
}

function putSeverity(isError: bool): void {
  out.text(isError ? 'error' : 'warning');
}

/** The margin left of the source: `   |`. */
function putMargin(width: i32): void {
  colour('1;34');
  spaces(width + 2);
  out.byte(124);
  colour('0');
}

function putPlace(index: i32, isError: bool): void {
  const code = diagnosticCode(index);
  const start = clamp(diagnosticStart(index));
  const end = clamp(diagnosticEnd(index));
  const line = lineOf(start);
  const width = digitsOf(line);
  colour('1;34');
  spaces(width + 1);
  out.text('--> ');
  colour('0');
  putFile(fileOf(start));
  out.byte(58);
  out.decimal(line);
  out.byte(58);
  out.decimal(columnOf(start));
  out.byte(10);
  putMargin(width);
  out.byte(10);
  chooseExcerpt(start);
  colour('1;34');
  out.byte(32);
  out.decimal(line);
  out.text(' | ');
  colour('0');
  putExcerpt(out);
  out.byte(10);
  putMargin(width);
  out.byte(32);
  putPadding(out, start);
  colour(isError ? '1;31' : '1;33');
  putCarets(out, start, end);
  if (isFilledIn(labelAddress(code), labelLength(code), index)) {
    out.byte(32);
    putTemplate(labelAddress(code), labelLength(code), index);
  }
  colour('0');
  out.byte(10);
  if (isFilledIn(hintAddress(code), hintLength(code), index)) {
    colour('1;34');
    spaces(width + 2);
    out.text('= ');
    colour('0');
    colour('1');
    out.text('help: ');
    colour('0');
    putTemplate(hintAddress(code), hintLength(code), index);
    out.byte(10);
  }
}

function putForPeople(index: i32): void {
  const code = diagnosticCode(index);
  const isError = severityOf(code) == SEVERITY_ERROR;
  colour(isError ? '1;31' : '1;33');
  putSeverity(isError);
  out.byte(32);
  putCode(code);
  colour('0');
  colour('1');
  out.text(': ');
  putTemplate(titleAddress(code), titleLength(code), index);
  colour('0');
  out.byte(10);
  if (code != K0903_TOO_MANY_ERRORS) putPlace(index, isError);
}

/** Appends an error as exceptions carry it: `message (code)`. */
export function writeMessage(to: ByteVector, index: i32): void {
  const code = diagnosticCode(index);
  out = to;
  putTemplate(titleAddress(code), titleLength(code), index);
  out.text(' (');
  putCode(code);
  out.byte(41);
}

function putLine(index: i32): void {
  const start = clamp(diagnosticStart(index));
  putFile(fileOf(start));
  out.byte(58);
  out.decimal(lineOf(start));
  out.byte(58);
  out.decimal(columnOf(start));
  out.text(': ');
  writeMessage(out, index);
  out.byte(10);
}

function putKey(key: string): void {
  out.byte(34);
  out.text(key);
  out.text('":');
}

function putTemplateValue(key: string, at: usize, length: i32, index: i32): void {
  out.byte(44);
  putKey(key);
  scratch.length = 0;
  fillIn(scratch, at, length, index);
  putJson(out, scratch.address(), scratch.length);
}

function putNumber(key: string, value: i32): void {
  out.byte(44);
  putKey(key);
  out.decimal(value);
}

function putObject(index: i32): void {
  const code = diagnosticCode(index);
  const start = clamp(diagnosticStart(index));
  const end = clamp(diagnosticEnd(index));
  const file = fileOf(start);
  out.byte(123);
  putKey('code');
  out.byte(34);
  putCode(code);
  out.text('",');
  putKey('severity');
  out.byte(34);
  putSeverity(severityOf(code) == SEVERITY_ERROR);
  out.byte(34);
  putTemplateValue('message', titleAddress(code), titleLength(code), index);
  putTemplateValue('label', labelAddress(code), labelLength(code), index);
  putTemplateValue('hint', hintAddress(code), hintLength(code), index);
  out.byte(44);
  putKey('file');
  scratch.length = 0;
  scratch.text('<script>');
  if (textLength(file) > 0) putJson(out, textAddress(file), textLength(file));
  else putJson(out, scratch.address(), scratch.length);
  putNumber('line', lineOf(start));
  putNumber('column', columnOf(start));
  putNumber('endLine', lineOf(end));
  putNumber('endColumn', columnOf(end));
  out.text('}\n');
}

/**
 * Appends every diagnostic, in the order of the source, to `to`. `lines.ts` must have been given the texts. `format` is
 * PLAIN, ANSI, JSON_LINES or SHORT. For people there is an empty line between two.
 */
export function renderDiagnostics(to: ByteVector, format: i32): void {
  out = to;
  colours = format == ANSI;
  sortDiagnostics();
  for (let i = 0; i < diagnosticCount(); i++) {
    chooseText(diagnosticStart(i));
    if (format == JSON_LINES) {
      putObject(i);
    } else if (format == SHORT) {
      if (severityOf(diagnosticCode(i)) == SEVERITY_ERROR) putLine(i);
    } else {
      if (i > 0) out.byte(10);
      putForPeople(i);
    }
  }
}
