/** The flat exports of `compiler.wasm`; see docs/abi.md. One instance compiles one script. */
import {
  IMG_SEC_STRINGS,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
  IMG_W_DECLARATIONS,
} from '../bytecode/image';
import { imageAt, imageCount, recordOf, setImages } from '../bytecode/images';
import { verifyOutline } from '../bytecode/verifier';
import { BUILTIN_CLASSES } from '../bytecode/builtins.generated';
import { disassemble as disassembleImage } from '../bytecode/disassembler';
import { Settings } from '../check/annotations';
import { declareBound, listBound, useAllBound } from '../check/bound-classes';
import { check, lastValueType, markLast, startChecker } from '../check/checker';
import { C_LIBRARY, M_LIBRARY, classes, compiled, isOpenWorld, setOpenWorld } from '../check/model';
import { primeImage } from '../check/prime';
import { isRejected, startLenient } from '../check/lenient';
import { writeMembers, writeScope, writeStatics } from '../check/describe';
import { startResolve } from '../check/resolve';
import { Type, VOID, writeType } from '../check/types';
import { writeHeader } from '../codegen/c-header';
import { generateProgram } from '../codegen/generator';
import { writeImage } from '../codegen/image-writer';
import { startPrint } from '../codegen/print';
import { clearDiagnostics, diagnosticCode, diagnosticCount, errorCount } from '../diagnostics/diagnostics';
import { startLines } from '../diagnostics/lines';
import { renderDiagnostics } from '../diagnostics/render';
import { neededUnits, noteEarlierClass, noteEarlierMethod, startLibrary, wantWholeClasses } from '../library/units';
import { checkpoint, stopped } from '../support/checkpoint';
import { Text, intern, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { allowLastValue } from '../syntax/parse-headers';
import { askAbout, isMentioned } from '../syntax/mentions';
import { parseImported, resolveImports, scriptAddress, scriptLength, scriptName, splitFiles } from '../syntax/imports';
import { parse } from '../syntax/parser';

const KERNEL: i32 = 1;
const NO_PRINT: i32 = 2;
/** Further images may follow. */
const MORE: i32 = 4;
/** The last item's value is shown, with its type. */
const SHOW: i32 = 8;
/** It is what the top level gives. */
const VALUE: i32 = 16;
/** Ill-typed statements raise an exception if they are reached. */
const LENIENT: i32 = 32;

let image: ByteVector = new ByteVector(8);
let rendered: ByteVector = new ByteVector(8);
let listing: ByteVector = new ByteVector(8);
let cHeader: ByteVector = new ByteVector(8);
let lastType: Type = VOID;
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

/**
 * Takes over what an earlier image of the isolate declares; all of them in order, before `compile`, with the same flags. 0, or
 * a negative verifier code: it is no image that goes on from the one before it.
 */
export function prime(at: usize, len: i32, flags: i32): i32 {
  const verdict = verifyOutline(at, len);
  if (verdict != 0) return verdict;
  const list = new ByteVector(4 * (imageCount() + 1));
  for (let i = 0; i < imageCount(); i++) list.word(<i32>imageAt(i));
  list.word(<i32>at);
  setImages(list.address(), imageCount() + 1);
  startChecker();
  startResolve((flags & KERNEL) != 0);
  setOpenWorld();
  const constant = load<u32>(at, IMG_W_DECLARATIONS);
  let text = at;
  let length = 0;
  if (constant != 0) {
    const string = recordOf(IMG_SEC_STRINGS, constant - 1, IMG_STRING_BYTES);
    text = at + <usize>load<u32>(string, IMG_STRING_OFFSET);
    length = load<i32>(string, IMG_STRING_LENGTH);
  }
  begin(text, length, 0, 0, '<image>');
  primeImage(at, parse(text, length));
  clearDiagnostics();
  return 0;
}

// What diagnostics are about from now on.
function begin(text: usize, len: i32, name: usize, nameLen: i32, unnamed: string): void {
  intern(0, 0);
  fileName = nameLen > 0 ? intern(name, nameLen) : internLiteral(unnamed);
  startLines(text, len, fileName);
}

export function compile(src: usize, len: i32, name: usize, nameLen: i32, flags: i32): i32 {
  const isBundle = splitFiles(src, len);
  if (isBundle) {
    src = scriptAddress();
    len = scriptLength();
  }
  begin(src, len, name, nameLen, '<script>');
  if (isBundle) {
    fileName = scriptName();
    startLines(src, len, fileName);
  }
  startLibrary();
  const evalName = internLiteral('eval');
  askAbout(evalName);
  if ((flags & (SHOW | VALUE)) != 0) allowLastValue();
  const root = parse(src, len);
  if (isBundle) parseImported(root);
  if (stopped()) return -1;
  resolveImports(root, (flags & KERNEL) != 0);
  if (!wellFormed()) return errorCount();
  if ((flags & MORE) != 0 || isMentioned(evalName)) setOpenWorld();
  if ((flags & (SHOW | VALUE)) != 0) markLast(root, (flags & SHOW) != 0);
  if ((flags & LENIENT) != 0) startLenient();
  if (isOpenWorld) openLibrary();
  const units = neededUnits(root);
  settings = check(root, units, src, (flags & KERNEL) != 0);
  if (stopped()) return -1;
  if (isRejected()) return errorCount();
  const errors = errorCount();
  lastType = lastValueType(root);
  startPrint((flags & NO_PRINT) != 0);
  generateProgram(root, (flags & VALUE) != 0);
  if (checkpoint()) return -1;
  if (errorCount() > errors) return errorCount();
  image = writeImage(fileName, settings);
  return errors;
}

// What earlier images have of the library is not compiled again.
function openLibrary(): void {
  wantWholeClasses();
  for (let id = BUILTIN_CLASSES; id < classes.length; id++)
    if (classes[id].flags & C_LIBRARY) noteEarlierClass(classes[id].name);
  for (let i = 0; i < compiled.length; i++) {
    const m = compiled[i];
    if (m.flags & M_LIBRARY && m.owner >= 0 && !(classes[m.owner].flags & C_LIBRARY))
      noteEarlierMethod(classes[m.owner].name, m.name);
  }
}

// Errors in single tokens (codes below K0200) leave a tree that can be checked; others would only bring more of their own.
function wellFormed(): bool {
  for (let i = 0; i < diagnosticCount(); i++) if (diagnosticCode(i) >= 200) return false;
  return true;
}

/** Text of the type of the value that the last item has; empty if it has none, or there are errors. */
export function last_type(): usize {
  rendered = new ByteVector(64);
  if (lastType != VOID) writeType(lastType, rendered);
  return rendered.address();
}
export function last_type_len(): i32 {
  return rendered.length;
}

/**
 * Names that may follow, one a line: with a receiver, whose text was compiled, its members; of a class, whose name it is, the
 * static ones; without, all in scope.
 */
export function names(receiver: usize, len: i32): usize {
  listing = new ByteVector(1024);
  if (len == 0) writeScope(listing);
  else if (lastType != VOID) writeMembers(listing, lastType);
  else writeStatics(listing, intern(receiver, len));
  return listing.address();
}
export function names_len(): i32 {
  return listing.length;
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

/** Listing of one of the images that `prime` took over. */
export function disassemble_primed(index: i32): usize {
  listing = new ByteVector(4096);
  if (<u32>index < <u32>imageCount()) disassembleImage(imageAt(index), listing);
  return listing.address();
}

export function disassemble(): usize {
  listing = new ByteVector(4096);
  disassembleImage(image.address(), listing);
  return listing.address();
}
export function disassemble_len(): i32 {
  return listing.length;
}
