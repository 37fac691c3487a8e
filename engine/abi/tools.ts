/** The flat exports of `tools.wasm`, for Node only; see docs/abi.md. One instance reads one text: `scan` or `analyse`. */
import { check } from '../check/checker';
import { diagnosticCount, errorCount } from '../diagnostics/diagnostics';
import { startLines } from '../diagnostics/lines';
import { renderDiagnostics } from '../diagnostics/render';
import { neededUnits, startLibrary } from '../library/units';
import { stopped } from '../support/checkpoint';
import { Text, intern, internLiteral } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { writeSymbols } from '../tools/symbols';
import { parseImported, resolveImports, scriptAddress, scriptLength, scriptName, splitFiles } from '../syntax/imports';
import { nextToken, startLexer, tokenEnd, tokenKind, tokenOnNewLine, tokenStart } from '../syntax/lexer';
import { parse } from '../syntax/parser';
import { Token } from '../syntax/tokens';

// What a token is to a tool: the third column of a row.
const BAD: i32 = 0;
const NAME: i32 = 1;
const FIELD: i32 = 2;
const ANNOTATION: i32 = 3;
const NUMBER: i32 = 4;
const STRING: i32 = 5;
const STRING_HEAD: i32 = 6;
const STRING_MIDDLE: i32 = 7;
const STRING_TAIL: i32 = 8;
const REGEX: i32 = 9;
const PUNCTUATION: i32 = 10;
const PRIMITIVE: i32 = 11;
const RESERVED: i32 = 12;
const SOFT_WORD: i32 = 13;

// A row: start, end, class, does it begin a line.
const rows: IntVector = new IntVector(1024);
const COLUMNS: i32 = 4;

let rendered: ByteVector = new ByteVector(8);
let symbols: ByteVector = new ByteVector(8);

export function source_alloc(len: i32): usize {
  return heap.alloc(<usize>len + 1);
}

export function scan(src: usize, len: i32, name: usize, nameLen: i32): i32 {
  intern(0, 0);
  const fileName: Text = nameLen > 0 ? intern(name, nameLen) : internLiteral('<script>');
  startLines(src, len, fileName);
  parse(src, len);
  if (stopped()) return -1;
  startLexer(src, len);
  nextToken();
  while (tokenKind != Token.End && !stopped()) {
    rows.push(tokenStart);
    rows.push(tokenEnd);
    rows.push(classOf(tokenKind));
    rows.push(tokenOnNewLine ? 1 : 0);
    nextToken();
  }
  return stopped() ? -1 : errorCount();
}

function classOf(kind: i32): i32 {
  switch (kind) {
    case Token.Bad:
      return BAD;
    case Token.Name:
      return NAME;
    case Token.FieldName:
      return FIELD;
    case Token.Annotation:
      return ANNOTATION;
    case Token.Int:
    case Token.Float:
      return NUMBER;
    case Token.String:
      return STRING;
    case Token.StringHead:
      return STRING_HEAD;
    case Token.StringMiddle:
      return STRING_MIDDLE;
    case Token.StringTail:
      return STRING_TAIL;
    case Token.Regex:
      return REGEX;
    case Token.Primitive:
      return PRIMITIVE;
    default:
      return kind >= Token.In ? SOFT_WORD : kind >= Token.If ? RESERVED : PUNCTUATION;
  }
}

/**
 * Checks a script, or a bundle of files as `compile` takes it, and lists what it declares and uses (engine/tools/symbols.ts), as far as
 * it is understood: errors are no obstacle, their places alone are not listed. Bytes of the listing, or -1: stopped.
 */
export function analyse(src: usize, len: i32, name: usize, nameLen: i32, kernel: i32): i32 {
  const isBundle = splitFiles(src, len);
  if (isBundle) {
    src = scriptAddress();
    len = scriptLength();
  }
  intern(0, 0);
  startLines(src, len, isBundle ? scriptName() : nameLen > 0 ? intern(name, nameLen) : internLiteral('<script>'));
  startLibrary();
  const root = parse(src, len);
  if (isBundle) parseImported(root);
  if (stopped()) return -1;
  resolveImports(root, kernel != 0);
  check(root, neededUnits(root), src, kernel != 0);
  if (stopped()) return -1;
  symbols = writeSymbols(root);
  return symbols.length;
}
export function symbols_ptr(): usize {
  return symbols.address();
}

export function token_count(): i32 {
  return rows.length / COLUMNS;
}
export function tokens_ptr(): usize {
  return rows.address();
}
export function diag_count(): i32 {
  return diagnosticCount();
}
export function diag_render(format: i32): usize {
  rendered = new ByteVector(1024);
  renderDiagnostics(rendered, format);
  return rendered.address();
}
export function diag_render_len(): i32 {
  return rendered.length;
}
