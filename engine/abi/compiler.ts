/** The flat exports of `compiler.wasm`; see docs/abi.md. One instance compiles one script. */
import { disassemble as disassembleImage } from '../bytecode/disassembler';
import { Settings } from '../check/annotations';
import { declareBound, listBound, useAllBound } from '../check/bound-classes';
import { check, startChecker } from '../check/checker';
import { writeHeader } from '../codegen/c-header';
import { generateProgram } from '../codegen/generator';
import { writeImage } from '../codegen/image-writer';
import { startStatements } from '../codegen/statements';
import { diagnosticCode, diagnosticCount, errorCount } from '../diagnostics/diagnostics';
import { startLines } from '../diagnostics/lines';
import { renderDiagnostics } from '../diagnostics/render';
import { neededUnits, startLibrary } from '../library/units';
import { checkpoint, stopped } from '../support/checkpoint';
import { Text, intern, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { parse } from '../syntax/parser';

const KERNEL: i32 = 1;
const NO_PRINT: i32 = 2;

let image: ByteVector = new ByteVector(8);
let rendered: ByteVector = new ByteVector(8);
let listing: ByteVector = new ByteVector(8);
let cHeader: ByteVector = new ByteVector(8);
let settings: Settings = new Settings();
let fileName: Text = 0;

export function source_alloc(len: i32): usize {
  return heap.alloc(<usize>len + 1);
}

/** Address for `len` bytes of declarations; see `declare`. */
export function declare_alloc(len: i32): usize {
  return heap.alloc(<usize>len + 1);
}

/**
 * Declares the classes of a binding, before `compile`. Returns the number of errors, which `diag_render` renders; then
 * the instance is of no further use. -1: stopped.
 */
export function declare(text: usize, len: i32, name: usize, nameLen: i32): i32 {
  begin(text, len, name, nameLen, '<binding>');
  const root = parse(text, len);
  if (stopped()) return -1;
  if (errorCount() > 0) return errorCount();
  startChecker();
  declareBound(root);
  return errorCount();
}

/**
 * Checks all that was declared. Returns the number of errors; none: `declared_ptr` is a list of the methods that the host
 * must bind, `Class.method SIGNATURE` a line.
 */
export function declared(): i32 {
  startChecker();
  useAllBound();
  listing = new ByteVector(1024);
  if (errorCount() == 0) listBound(listing);
  return errorCount();
}
export function declared_ptr(): usize {
  return listing.address();
}
export function declared_len(): i32 {
  return listing.length;
}

// What diagnostics are about from now on.
function begin(text: usize, len: i32, name: usize, nameLen: i32, unnamed: string): void {
  intern(0, 0);
  fileName = nameLen > 0 ? intern(name, nameLen) : internLiteral(unnamed);
  startLines(text, len, fileName);
}

export function compile(src: usize, len: i32, name: usize, nameLen: i32, flags: i32): i32 {
  begin(src, len, name, nameLen, '<script>');
  startLibrary();
  const root = parse(src, len);
  if (stopped()) return -1;
  if (!wellFormed()) return errorCount();
  const units = neededUnits(root);
  settings = check(root, units, src, (flags & KERNEL) != 0);
  if (stopped()) return -1;
  if (errorCount() > 0) return errorCount();
  startStatements(src, fileName, (flags & NO_PRINT) != 0);
  generateProgram(root);
  if (checkpoint()) return -1;
  if (errorCount() > 0) return errorCount();
  image = writeImage(fileName, settings);
  return 0;
}

// Errors in single tokens (codes below K0200) leave a tree that can be checked; others would only bring more of their own.
function wellFormed(): bool {
  for (let i = 0; i < diagnosticCount(); i++) if (diagnosticCode(i) >= 200) return false;
  return true;
}

export function image_ptr(): usize {
  return image.address();
}
export function image_len(): i32 {
  return image.length;
}
export function meta_name_ptr(): usize {
  return textAddress(settings.name);
}
export function meta_name_len(): i32 {
  return textLength(settings.name);
}
export function meta_heap(): i32 {
  return settings.heap;
}
export function meta_fuel(): i64 {
  return settings.fuel;
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

export function header(): usize {
  cHeader = writeHeader(fileName, settings);
  return cHeader.address();
}
export function header_len(): i32 {
  return cHeader.length;
}

export function disassemble(): usize {
  listing = new ByteVector(4096);
  disassembleImage(image.address(), listing);
  return listing.address();
}
export function disassemble_len(): i32 {
  return listing.length;
}
