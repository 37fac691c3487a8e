/** Puts the generated program together as an image (docs/image-format.md). */
import { BUILTIN_CLASSES, CLASS_EXCEPTION, CLASS_DEVICE } from '../bytecode/builtins.generated';
import {
  IMG_NEEDS_FLOATS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_FLAG_EXCEPTION,
  IMG_CLASS_FLAG_HANDLE,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_CLASS_FLAG_VALUE,
  IMG_FIELD_FLAG_FINAL,
  IMG_FIELD_FLAG_HIDDEN,
  IMG_GLOBAL_FLAG_REF,
  IMG_HEADER_BYTES,
  IMG_HOSTCALL_FLAG_STATIC,
  IMG_KINDS_HAS_RESULT,
  IMG_KINDS_PARAMETERS,
  IMG_KINDS_RESULT,
  IMG_KINDS_TOO_MANY,
  IMG_KIND_OF_REFERENCE,
  IMG_ITABLE_IS,
  IMG_MAGIC,
  IMG_METHOD_FLAG_RESULT_INT,
  IMG_METHOD_FLAG_RESULT_REF,
  IMG_METHOD_FLAG_STATIC,
  IMG_OPS_FLAG_STREAM,
  IMG_SEC_CLASSES,
  IMG_SEC_CODE,
  IMG_SEC_COUNT,
  IMG_SEC_FIELDS,
  IMG_SEC_GLOBALS,
  IMG_SEC_HANDLERS,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_INTS,
  IMG_SEC_IOCTLS,
  IMG_SEC_ITABLE,
  IMG_SEC_LAYOUTS,
  IMG_SEC_LAYOUT_FIELDS,
  IMG_SEC_LINES,
  IMG_SEC_METHODS,
  IMG_SEC_PATCHES,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
  IMG_SEC_TYPES,
  IMG_SEC_VTABLE,
  IMG_SECTIONS,
  IMG_VERSION,
  IMG_VTABLE_NATIVE,
  IMG_W_DECLARATIONS,
  IMG_W_DEFAULT_DEVICE,
  IMG_W_DEVICE_MODE,
  IMG_W_FILE_NAME,
  IMG_W_LENGTH,
  IMG_W_MAGIC,
  IMG_W_MAIN,
  IMG_W_NEEDS,
  IMG_W_SCRIPT_NAME,
  IMG_W_SPEC_HASH,
  IMG_W_TOP_METHOD,
  IMG_W_VERSION,
  sectionWord,
} from '../bytecode/image';
import { baseWord, imageCount, total } from '../bytecode/images';
import { SPEC_HASH } from '../bytecode/opcodes.generated';
import { Settings } from '../check/annotations';
import { hostName } from '../check/bound-classes';
import { isStreaming } from '../check/handlers';
import { signatureText } from '../check/inherit';
import { findFunction, isSubclass } from '../check/lookup';
import {
  C_ABSTRACT,
  C_BOUND,
  C_INTERFACE,
  F_HIDDEN,
  F_READ_ONLY,
  F_STATIC,
  M_LAMBDA,
  M_STATIC,
  OPERATIONS,
  ClassInfo,
  LayoutInfo,
  MethodInfo,
  classes,
  compiled,
  globals,
  isOpenWorld,
  layouts,
  patches,
} from '../check/model';
import { isValueClass } from '../check/value-types';
import { Type, VOID, classIdOf, isReference, nonNull, typeName } from '../check/types';
import { fileOf } from '../diagnostics/lines';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { startOf } from '../syntax/ast';
import { declarations } from './declarations';
import { kindOfType } from './elements';
import { code, handlers, ints, lines, namesMembers, needsFloats, sites, stringConstant, strings } from './emitter';
import { METHOD_RECORD, hostMethods, methodRecords, topGivesValue } from './generator';
import { describe, typeCode } from './type-codes';

/** Writes the image of the checked and generated program. */
export function writeImage(fileName: Text, settings: Settings): ByteVector {
  const out = new ByteVector(8192);
  for (let i = 0; i < IMG_HEADER_BYTES; i += 4) out.word(0);
  writeClasses(out);
  writeMethods(out, fileName);
  writeHandlersAndLines(out);
  writeGlobals(out);
  writeIoctls(out);
  writeLayouts(out);
  section(out, IMG_SEC_CODE, code.length >> 3);
  out.bytes(code.address(), code.length);
  writeTypes(out);
  section(out, IMG_SEC_INTS, ints.length >> 3);
  out.bytes(ints.address(), ints.length);
  writeHostCalls(out);
  writePatches(out);
  writeSites(out);
  writeInterfaceTable(out);
  const device = writeDefaultDevice(out);
  out.setWord(IMG_W_DEFAULT_DEVICE, device);
  const main = findFunction(internLiteral('main'));
  out.setWord(IMG_W_MAGIC, <i32>IMG_MAGIC);
  out.setWord(IMG_W_VERSION, <i32>IMG_VERSION);
  out.setWord(IMG_W_SPEC_HASH, <i32>SPEC_HASH);
  out.setWord(IMG_W_TOP_METHOD, compiled.length);
  out.setWord(IMG_W_MAIN, main && imageCount() == 0 ? main.image + 1 : 0);
  out.setWord(IMG_W_FILE_NAME, stringConstant(fileName));
  out.setWord(IMG_W_SCRIPT_NAME, stringConstant(settings.name));
  out.setWord(IMG_W_DEVICE_MODE, settings.mode);
  out.setWord(IMG_W_NEEDS, needsFloats ? IMG_NEEDS_FLOATS : 0);
  if (isOpenWorld) out.setWord(IMG_W_DECLARATIONS, stringConstant(declarations()) + 1);
  writeBases(out);
  writeStrings(out);
  out.align(8);
  out.setWord(IMG_W_LENGTH, out.length);
  return out;
}

function writeBases(out: ByteVector): void {
  for (let i = 0; i < IMG_SECTIONS; i++) {
    const word = sectionWord(i);
    if (baseWord(word) != 0) out.setWord(baseWord(word), <i32>total(word));
  }
}

function writePatches(out: ByteVector): void {
  section(out, IMG_SEC_PATCHES, patches.length / 3);
  for (let i = 0; i < patches.length; i++) out.word(patches.get(i));
}

// Every section begins 8-aligned.
function section(out: ByteVector, word: i32, count: i32): void {
  out.align(8);
  out.setWord(word, out.length);
  out.setWord(word + IMG_SEC_COUNT, count);
}

// ---- classes ----

// Bound classes that the program uses for the first time come behind those of earlier images.
function ownClass(): i32 {
  return BUILTIN_CLASSES + <i32>total(IMG_SEC_CLASSES);
}

// Fields and virtual tables are collected while the classes are written.
function writeClasses(out: ByteVector): void {
  const fieldWords = new IntVector(64);
  const tableWords = new IntVector(64);
  section(out, IMG_SEC_CLASSES, classes.length - ownClass());
  for (let id = ownClass(); id < classes.length; id++) writeClass(out, classes[id], fieldWords, tableWords);
  section(out, IMG_SEC_FIELDS, fieldWords.length >> 2);
  for (let i = 0; i < fieldWords.length; i++) out.word(fieldWords.get(i));
  section(out, IMG_SEC_VTABLE, tableWords.length);
  for (let i = 0; i < tableWords.length; i++) out.word(tableWords.get(i));
}

function fieldFlags(flags: i32): i32 {
  return (flags & F_READ_ONLY ? IMG_FIELD_FLAG_FINAL : 0) | (flags & F_HIDDEN ? IMG_FIELD_FLAG_HIDDEN : 0);
}

function writeClass(out: ByteVector, c: ClassInfo, fieldWords: IntVector, tableWords: IntVector): void {
  const firstField = fieldWords.length >> 2;
  for (let i = 0; i < c.fields.length; i++) {
    const f = c.fields[i];
    if (f.flags & F_STATIC) continue;
    fieldWords.push(stringConstant(f.name));
    fieldWords.push(stringConstant(typeName(f.type)));
    fieldWords.push(f.slot);
    fieldWords.push(typeCode(f.type) | fieldFlags(f.flags));
  }
  const firstEntry = tableWords.length;
  for (let i = 0; i < c.vtable.length; i++) tableWords.push(tableEntry(c.vtable[i]));
  out.word(stringConstant(c.name));
  out.word(c.superId);
  out.word(firstField);
  out.word((fieldWords.length >> 2) - firstField);
  out.word(c.slots);
  out.word(firstEntry);
  out.word(tableWords.length - firstEntry);
  out.word(
    (isSubclass(c.id, CLASS_EXCEPTION) ? IMG_CLASS_FLAG_EXCEPTION : 0) |
      (c.flags & C_ABSTRACT ? IMG_CLASS_FLAG_ABSTRACT : 0) |
      (c.flags & C_BOUND ? IMG_CLASS_FLAG_HANDLE : 0) |
      (c.flags & C_INTERFACE ? IMG_CLASS_FLAG_INTERFACE : 0) |
      (isValueClass(c.id) ? IMG_CLASS_FLAG_VALUE : 0),
  );
  writeOperations(out, c);
}

// A method as tables have it.
function tableEntry(m: MethodInfo): i32 {
  return m.native >= 0 ? (<i32>IMG_VTABLE_NATIVE) | m.native : m.image;
}

function writeOperations(out: ByteVector, c: ClassInfo): void {
  for (let i = 0; i < OPERATIONS; i++) {
    const m = c.handlers[i];
    out.word(m ? m.image + 1 : 0);
  }
  out.word(c.ioctls.length > 0 ? 1 : 0);
  const read = c.handlers[1];
  out.word(read && isStreaming(read) ? IMG_OPS_FLAG_STREAM : 0);
}

// Methods on Device itself make the script's own device. Its record's offset, or 0.
function writeDefaultDevice(out: ByteVector): i32 {
  const c = classes[CLASS_DEVICE];
  let any = false;
  for (let i = 0; i < OPERATIONS; i++) if (c.handlers[i]) any = true;
  if (c.ioctls.length > 0) any = true;
  if (!any) return 0;
  out.align(8);
  const at = out.length;
  writeOperations(out, c);
  return at;
}

// ---- ioctl ----

function isOwn(id: i32): bool {
  return id < BUILTIN_CLASSES || id >= ownClass();
}

/** Every device class' commands, inherited ones too: nobody looks further than the class of the object. */
function writeIoctls(out: ByteVector): void {
  let count = 0;
  for (let id = 0; id < classes.length; id++) if (isOwn(id)) count += classes[id].ioctls.length;
  section(out, IMG_SEC_IOCTLS, count);
  for (let id = 0; id < classes.length; id++) {
    if (!isOwn(id)) continue;
    const ioctls = classes[id].ioctls;
    for (let i = 0; i < ioctls.length; i++) {
      out.word(id);
      out.word(<i32>ioctls[i].command);
      out.word(ioctls[i].method.image);
    }
  }
}

function writeLayouts(out: ByteVector): void {
  const words = new IntVector(64);
  section(out, IMG_SEC_LAYOUTS, layouts.length);
  for (let i = 0; i < layouts.length; i++) {
    const layout = layouts[i];
    out.word(layout.owner);
    out.word(layout.size);
    out.word(words.length >> 2);
    out.word(layout.fields.length);
    for (let j = 0; j < layout.fields.length; j++) {
      const entry = layout.fields[j];
      words.push(entry.field.slot);
      words.push(entry.offset);
      words.push(entry.kind);
      words.push(entry.size);
    }
  }
  section(out, IMG_SEC_LAYOUT_FIELDS, words.length >> 2);
  for (let i = 0; i < words.length; i++) out.word(words.get(i));
}

// ---- methods ----

function writeMethods(out: ByteVector, fileName: Text): void {
  const first = <i32>total(IMG_SEC_METHODS);
  section(out, IMG_SEC_METHODS, compiled.length + 1 - first);
  for (let i = first; i < compiled.length; i++) {
    const m = compiled[i];
    writeMethod(
      out,
      i,
      qualifiedName(m),
      m.owner,
      signatureText(m),
      methodFlags(m),
      m.params.length + (m.flags & M_STATIC ? 0 : 1),
      m.shape,
      m.input,
      m.output,
      kindsOf(m),
      m.node != 0 ? fileOf(startOf(m.node)) : fileName,
    );
  }
  writeMethod(
    out,
    compiled.length,
    internLiteral('<top>'),
    -1,
    internLiteral('void <top>()'),
    IMG_METHOD_FLAG_STATIC | (topGivesValue ? IMG_METHOD_FLAG_RESULT_REF : 0),
    0,
    0,
    null,
    null,
    topGivesValue ? <i32>(IMG_KINDS_HAS_RESULT | (IMG_KIND_OF_REFERENCE << IMG_KINDS_RESULT)) : 0,
    fileName,
  );
}

/** What parameters and result are, for the image. */
function kindsOf(m: MethodInfo): i32 {
  let kinds: u32 = m.result == VOID ? 0 : IMG_KINDS_HAS_RESULT | (kindOfType(m.result) << IMG_KINDS_RESULT);
  if (<u32>m.params.length > IMG_KINDS_PARAMETERS) return kinds | IMG_KINDS_TOO_MANY;
  for (let i = 0; i < m.params.length; i++) kinds |= kindOfType(m.params[i].type) << (<u32>i * 2);
  return kinds;
}

function methodFlags(m: MethodInfo): i32 {
  const result: Type = m.result;
  return (
    (m.flags & M_STATIC ? IMG_METHOD_FLAG_STATIC : 0) |
    (result == VOID ? 0 : isReference(result) ? IMG_METHOD_FLAG_RESULT_REF : IMG_METHOD_FLAG_RESULT_INT)
  );
}

function qualifiedName(m: MethodInfo): Text {
  if (m.owner < 0 || m.flags & M_LAMBDA) return m.name;
  const out = new ByteVector();
  const owner = classes[m.owner].name;
  out.bytes(textAddress(owner), textLength(owner));
  out.byte(46);
  if (m.name == owner) out.text('new');
  else out.bytes(textAddress(m.name), textLength(m.name));
  return internBytes(out);
}

function writeMethod(
  out: ByteVector,
  index: i32,
  name: Text,
  owner: i32,
  signature: Text,
  flags: i32,
  params: i32,
  shape: i32,
  input: LayoutInfo | null,
  output: LayoutInfo | null,
  kinds: i32,
  file: Text,
): void {
  out.word(stringConstant(name));
  out.word(owner);
  out.word(stringConstant(signature));
  out.word(flags);
  out.word(params);
  for (let i = 0; i < METHOD_RECORD; i++)
    out.word(methodRecords.get((index - <i32>total(IMG_SEC_METHODS)) * METHOD_RECORD + i));
  out.word(shape);
  const firstLayout = <i32>total(IMG_SEC_LAYOUTS) + 1;
  out.word(input ? firstLayout + input.id : 0);
  out.word(output ? firstLayout + output.id : 0);
  out.word(kinds);
  out.word(stringConstant(file));
  out.word(0);
}

function writeHandlersAndLines(out: ByteVector): void {
  section(out, IMG_SEC_HANDLERS, handlers.length / 5);
  for (let i = 0; i < handlers.length; i++) out.word(handlers.get(i));
  section(out, IMG_SEC_LINES, lines.length >> 1);
  for (let i = 0; i < lines.length; i++) out.word(lines.get(i));
}

function writeHostCalls(out: ByteVector): void {
  section(out, IMG_SEC_HOSTCALLS, hostMethods.length);
  for (let i = 0; i < hostMethods.length; i++) {
    const m = hostMethods[i];
    const result = classIdOf(nonNull(m.result));
    out.word(stringConstant(hostName(m)));
    out.word(stringConstant(m.host));
    // A class whose objects it gives: the VM makes them.
    out.word(result >= BUILTIN_CLASSES ? result : 0);
    out.word(m.params.length + (m.flags & M_STATIC ? 0 : 1));
    out.word(m.flags & M_STATIC ? IMG_HOSTCALL_FLAG_STATIC : 0);
  }
}

// The cache of each site is empty.
function writeSites(out: ByteVector): void {
  section(out, IMG_SEC_SITES, sites.length >> 1);
  for (let i = 0; i < sites.length; i += 2) {
    out.word(sites.get(i));
    out.word(sites.get(i + 1));
    out.word(0);
    out.word(0);
  }
}

// What is called by name is described: the top level is not. Where neither this image nor a later one calls so, nothing is.
function writeTypes(out: ByteVector): void {
  if (!namesMembers && !isOpenWorld) return section(out, IMG_SEC_TYPES, 0);
  const before = <i32>total(IMG_SEC_METHODS);
  const first = compiled.length + 1 - before;
  const words = new IntVector(256);
  section(out, IMG_SEC_TYPES, 0);
  for (let i = before; i < compiled.length; i++) {
    const at = first + words.length;
    out.word(describe(compiled[i], words) ? at : 0);
  }
  out.word(0);
  for (let i = 0; i < words.length; i++) out.word(words.get(i));
  out.setWord(IMG_SEC_TYPES + IMG_SEC_COUNT, first + words.length);
}

// Ascending by class, then by what: the virtual machine looks it up by halves.
function writeInterfaceTable(out: ByteVector): void {
  const words = new IntVector(64);
  for (let id = ownClass(); id < classes.length; id++) {
    const c = classes[id];
    if (c.flags & C_ABSTRACT) continue;
    const first = words.length;
    for (let i = 0; i < c.answers.length; i += 2)
      insert(words, first, id, c.answers[i].image, tableEntry(c.answers[i + 1]));
    for (let i = 0; i < c.interfaces.length; i++) insert(words, first, id, (<i32>IMG_ITABLE_IS) | c.interfaces[i], 0);
  }
  section(out, IMG_SEC_ITABLE, words.length / 3);
  for (let i = 0; i < words.length; i++) out.word(words.get(i));
}

// Puts a row of class `id` into its place among those from `first` on.
function insert(words: IntVector, first: i32, id: i32, what: i32, target: i32): void {
  let at = words.length;
  words.push(id);
  words.push(what);
  words.push(target);
  for (; at > first && words.get(at - 2) > what; at -= 3) {
    words.set(at + 1, words.get(at - 2));
    words.set(at + 2, words.get(at - 1));
    words.set(at - 2, what);
    words.set(at - 1, target);
  }
}

function writeGlobals(out: ByteVector): void {
  const first = <i32>total(IMG_SEC_GLOBALS);
  section(out, IMG_SEC_GLOBALS, globals.length - first);
  for (let i = first; i < globals.length; i++) {
    out.word(stringConstant(globals[i].name));
    out.word(stringConstant(typeName(globals[i].type)));
    out.word(isReference(globals[i].type) ? IMG_GLOBAL_FLAG_REF : 0);
  }
}

// Last, when no more constants are added: the table, then the bytes.
function writeStrings(out: ByteVector): void {
  section(out, IMG_SEC_STRINGS, strings.length);
  let at = out.length + strings.length * 8;
  for (let i = 0; i < strings.length; i++) {
    out.word(at);
    out.word(textLength(strings.get(i)));
    at += textLength(strings.get(i));
  }
  for (let i = 0; i < strings.length; i++) out.bytes(textAddress(strings.get(i)), textLength(strings.get(i)));
}
