/**
 * The image as a listing for people: what the script is, its classes and globals, and each method with one line an
 * instruction. Names stand where the image holds indices; an index that leads nowhere is shown as `?` and its number.
 */
import { ByteVector } from '../support/vectors';
import {
  BUILTIN_CLASSES,
  NATIVES,
  builtinClassName,
  builtinMethodName,
  builtinMethodOwner,
  builtinNameAddress,
  builtinNameLength,
} from './builtins.generated';
import {
  IMG_CALL_COUNT,
  IMG_KINDS_HAS_RESULT,
  IMG_KINDS_RESULT,
  IMG_CLASS_BYTES,
  IMG_CLASS_FIELD_COUNT,
  IMG_CLASS_FIRST_FIELD,
  IMG_CLASS_FIRST_VTABLE,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_CLASS_NAME,
  IMG_CLASS_OPS,
  IMG_CLASS_SUPER,
  IMG_CLASS_VTABLE_COUNT,
  IMG_FIELD_BYTES,
  IMG_FIELD_NAME,
  IMG_FIELD_SLOT,
  IMG_FIELD_TYPE,
  IMG_GLOBAL_BYTES,
  IMG_GLOBAL_NAME,
  IMG_GLOBAL_TYPE,
  IMG_HANDLER_BYTES,
  IMG_HANDLER_CLASS,
  IMG_HANDLER_END,
  IMG_HANDLER_SLOT,
  IMG_HANDLER_START,
  IMG_HANDLER_TARGET,
  IMG_HOSTCALL_BYTES,
  IMG_HOSTCALL_NAME,
  IMG_HOSTCALL_SIGNATURE,
  IMG_INSTRUCTION_BYTES,
  IMG_INT_BYTES,
  IMG_ITABLE_BYTES,
  IMG_ITABLE_CLASS,
  IMG_ITABLE_IS,
  IMG_ITABLE_TARGET,
  IMG_ITABLE_WHAT,
  IMG_LINE_BYTES,
  IMG_LINE_LINE,
  IMG_LINE_PC,
  IMG_METHOD_BYTES,
  IMG_METHOD_CODE_COUNT,
  IMG_METHOD_FILE,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FIRST_HANDLER,
  IMG_METHOD_FIRST_LINE,
  IMG_METHOD_FRAME,
  IMG_METHOD_HANDLER_COUNT,
  IMG_METHOD_LINE_COUNT,
  IMG_METHOD_NAME,
  IMG_METHOD_PARAMS,
  IMG_METHOD_SIGNATURE,
  IMG_OPS_FLAGS,
  IMG_OPS_FLAG_STREAM,
  IMG_SEC_CLASSES,
  IMG_SEC_CODE,
  IMG_SEC_COUNT,
  IMG_SEC_FIELDS,
  IMG_SEC_GLOBALS,
  IMG_SEC_HANDLERS,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_INTS,
  IMG_SEC_ITABLE,
  IMG_SEC_LINES,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
  IMG_SEC_VTABLE,
  IMG_SITE_ARGUMENTS,
  IMG_SITE_BYTES,
  IMG_SITE_DYNAMIC,
  IMG_SITE_WHAT,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
  IMG_TYPE_ARRAY,
  IMG_TYPE_BOOLEAN,
  IMG_TYPE_CLASS_SHIFT,
  IMG_TYPE_ELEMENT_SHIFT,
  IMG_TYPE_FLOAT,
  IMG_TYPE_INT,
  IMG_TYPE_KIND,
  IMG_TYPE_NULLABLE,
  IMG_TYPE_UNSEEN,
  IMG_TYPE_VOID,
  IMG_VTABLE_BYTES,
  IMG_VTABLE_NATIVE,
  IMG_W_DEFAULT_DEVICE,
  IMG_W_DEVICE_MODE,
  IMG_W_FILE_NAME,
  IMG_W_LENGTH,
  IMG_W_MAIN,
  IMG_W_SCRIPT_NAME,
  IMG_W_TOP_METHOD,
} from './image';
import { baseOf, baseWord, holderFrom, recordFrom, totalOf } from './images';
import {
  KX_CLASS,
  KX_GLOBAL,
  KX_HOST,
  KX_IMM32,
  KX_INT,
  KX_KINDS,
  KX_METHOD,
  KX_NATIVE,
  KX_OFF32,
  KX_SITE,
  KX_STRING,
  KX_TYPE,
  K_CLASS,
  K_FIELD,
  K_IMM16,
  K_N,
  K_NONE,
  K_OFF16,
  K_VSLOT,
  K_WIN,
  OPCODES,
  opcodeName,
  operandKind,
} from './opcodes.generated';

/** Bytes of a string literal that are shown. */
const CLIP: i32 = 48;
/** Column where a listing's remarks begin. */
const REMARKS: i32 = 44;

function word(at: usize, offset: i32): i32 {
  return load<i32>(at + <usize>offset);
}

function count(image: usize, section: i32): i32 {
  return word(image, section + IMG_SEC_COUNT);
}

function record(image: usize, section: i32, index: i32, bytes: i32): usize {
  return baseWord(section) != 0
    ? recordFrom(image, section, <u32>index, bytes)
    : image + <usize>word(image, section) + <usize>(index * bytes);
}

/** Does the image, or an earlier one of its isolate, have record `index`? */
function has(image: usize, section: i32, index: i32): bool {
  return <u32>index < totalOf(image, section);
}

/** Address of the bytes of a string, which is there. */
function textOf(image: usize, index: i32): usize {
  const at = record(image, IMG_SEC_STRINGS, index, IMG_STRING_BYTES);
  return holderFrom(image, IMG_SEC_STRINGS, <u32>index) + <usize>word(at, IMG_STRING_OFFSET);
}

function unknown(out: ByteVector, index: i32): void {
  out.text('?');
  out.decimal(<i64>index);
}

function stringOf(image: usize, out: ByteVector, index: i32): void {
  if (!has(image, IMG_SEC_STRINGS, index)) {
    unknown(out, index);
    return;
  }
  const at = record(image, IMG_SEC_STRINGS, index, IMG_STRING_BYTES);
  out.bytes(textOf(image, index), word(at, IMG_STRING_LENGTH));
}

/** The string in quotes, escaped, on one line; a long one is cut between two characters. */
function quoted(image: usize, out: ByteVector, index: i32): void {
  if (!has(image, IMG_SEC_STRINGS, index)) {
    unknown(out, index);
    return;
  }
  const at = record(image, IMG_SEC_STRINGS, index, IMG_STRING_BYTES);
  const bytes = textOf(image, index);
  const length = word(at, IMG_STRING_LENGTH);
  let shown = length;
  if (shown > CLIP) {
    shown = CLIP;
    while (shown > 0 && (load<u8>(bytes + <usize>shown) & 0xc0) == 0x80) shown--;
  }
  out.byte(34);
  for (let i = 0; i < shown; i++) {
    const c = <i32>load<u8>(bytes + <usize>i);
    if (c == 10) out.text('\\n');
    else if (c == 9) out.text('\\t');
    else if (c == 34) out.text('\\"');
    else if (c == 92) out.text('\\\\');
    else if (c < 32 || c == 127) {
      out.text('\\x');
      hexDigit(out, c >> 4);
      hexDigit(out, c & 15);
    } else out.byte(c);
  }
  out.byte(34);
  if (shown < length) {
    out.text('... (');
    out.decimal(<i64>length);
    out.text(' bytes)');
  }
}

function hexDigit(out: ByteVector, digit: i32): void {
  out.byte(digit < 10 ? 48 + digit : 87 + digit);
}

function builtinName(out: ByteVector, name: i32): void {
  out.bytes(builtinNameAddress(name), builtinNameLength(name));
}

function className(image: usize, out: ByteVector, cls: i32): void {
  if (<u32>cls < <u32>BUILTIN_CLASSES) builtinName(out, builtinClassName(cls));
  else if (has(image, IMG_SEC_CLASSES, cls - BUILTIN_CLASSES)) {
    stringOf(image, out, word(record(image, IMG_SEC_CLASSES, cls - BUILTIN_CLASSES, IMG_CLASS_BYTES), IMG_CLASS_NAME));
  } else unknown(out, cls);
}

function methodName(image: usize, out: ByteVector, method: i32): void {
  if (has(image, IMG_SEC_METHODS, method))
    stringOf(image, out, word(record(image, IMG_SEC_METHODS, method, IMG_METHOD_BYTES), IMG_METHOD_NAME));
  else unknown(out, method);
}

function nativeName(out: ByteVector, native: i32): void {
  if (<u32>native >= <u32>NATIVES) {
    unknown(out, native);
    return;
  }
  const owner = builtinMethodOwner(native);
  if (owner >= 0) {
    builtinName(out, builtinClassName(owner));
    out.byte(46);
  }
  builtinName(out, builtinMethodName(native));
}

/** `host Dice.roll I(I)` */
function hostFunction(image: usize, out: ByteVector, index: i32): void {
  out.text('host ');
  if (!has(image, IMG_SEC_HOSTCALLS, index)) {
    unknown(out, index);
    return;
  }
  const at = record(image, IMG_SEC_HOSTCALLS, index, IMG_HOSTCALL_BYTES);
  stringOf(image, out, word(at, IMG_HOSTCALL_NAME));
  out.byte(32);
  stringOf(image, out, word(at, IMG_HOSTCALL_SIGNATURE));
}

function site(image: usize, out: ByteVector, index: i32): void {
  if (!has(image, IMG_SEC_SITES, index)) return unknown(out, index);
  const at = record(image, IMG_SEC_SITES, index, IMG_SITE_BYTES);
  const count = load<u32>(at + <usize>IMG_SITE_ARGUMENTS);
  if ((count & IMG_SITE_DYNAMIC) == 0) return methodName(image, out, word(at, IMG_SITE_WHAT));
  out.byte(46);
  stringOf(image, out, word(at, IMG_SITE_WHAT));
  out.byte(47);
  out.decimal(<i64>((count & ~IMG_SITE_DYNAMIC) - 1));
}

/** A type code: `int`, `Stone?`, `int[]`. */
function typeOfCode(image: usize, out: ByteVector, code: i32): void {
  const kind = code & IMG_TYPE_KIND;
  if (kind == IMG_TYPE_INT) return out.text('int');
  if (kind == IMG_TYPE_BOOLEAN) return out.text('boolean');
  if (kind == IMG_TYPE_FLOAT) return out.text('float');
  if (kind == IMG_TYPE_VOID) return out.text('void');
  if (code & IMG_TYPE_ARRAY) {
    typeOfCode(image, out, ((code >> IMG_TYPE_ELEMENT_SHIFT) & 15) | (code & ~0xffff));
    out.text('[]');
  } else if (code & IMG_TYPE_UNSEEN) out.byte(42);
  else className(image, out, code >>> IMG_TYPE_CLASS_SHIFT);
  if ((code & IMG_TYPE_NULLABLE) != 0) out.byte(63);
}

const KIND_NAMES = 'int    Object booleanfloat  ';

function kindName(out: ByteVector, kind: i32): void {
  out.text(KIND_NAMES.substring(kind * 7, kind * 7 + 7).trim());
}

/** `(int, Object) => int`: any reference is an Object. */
function kinds(out: ByteVector, value: i32): void {
  const count = (value >>> IMG_CALL_COUNT) & 15;
  out.byte(40);
  for (let i = 0; i < count; i++) {
    if (i > 0) out.text(', ');
    kindName(out, (value >>> (i * 2)) & 3);
  }
  out.text(') => ');
  if ((value & (<i32>IMG_KINDS_HAS_RESULT)) == 0) out.text('void');
  else kindName(out, (value >>> IMG_KINDS_RESULT) & 3);
}

function slot(out: ByteVector, index: i32): void {
  out.byte(82);
  out.decimal(<i64>index);
}

function target(out: ByteVector, pc: i32): void {
  out.text('-> ');
  out.decimal(<i64>pc);
}

/** Spaces until the line that began at `start` is `width` long, one at least. */
function pad(out: ByteVector, start: i32, width: i32): void {
  do out.byte(32);
  while (out.length - start < width);
}

/** `number`, right-aligned in `width` columns. */
function aligned(out: ByteVector, number: i32, width: i32): void {
  let digits = 1;
  for (let rest = number; rest >= 10; rest /= 10) digits++;
  for (; digits < width; digits++) out.byte(32);
  out.decimal(<i64>number);
}

function narrow(image: usize, out: ByteVector, kind: i32, value: i32, pc: i32): void {
  if (kind == K_IMM16) out.decimal(<i64>(<i16>value));
  else if (kind == K_N) out.decimal(<i64>value);
  else if (kind == K_OFF16) target(out, pc + 1 + <i32>(<i16>value));
  else if (kind == K_FIELD) {
    out.text('field ');
    out.decimal(<i64>value);
  } else if (kind == K_VSLOT) {
    out.text('virtual ');
    out.decimal(<i64>value);
  } else if (kind == K_CLASS) className(image, out, value);
  else slot(out, value);
}

function wide(image: usize, out: ByteVector, kind: i32, value: i32, pc: i32): void {
  if (kind == KX_IMM32) out.decimal(<i64>value);
  else if (kind == KX_OFF32) target(out, pc + 1 + value);
  else if (kind == KX_STRING) quoted(image, out, value);
  else if (kind == KX_CLASS) className(image, out, value);
  else if (kind == KX_METHOD) methodName(image, out, value);
  else if (kind == KX_NATIVE) nativeName(out, value);
  else if (kind == KX_HOST) hostFunction(image, out, value);
  else if (kind == KX_KINDS) kinds(out, value);
  else if (kind == KX_SITE) site(image, out, value);
  else if (kind == KX_TYPE) typeOfCode(image, out, value);
  else if (kind == KX_INT && has(image, IMG_SEC_INTS, value))
    out.decimal(load<i64>(record(image, IMG_SEC_INTS, value, IMG_INT_BYTES)));
  else if (kind == KX_GLOBAL && has(image, IMG_SEC_GLOBALS, value)) {
    stringOf(image, out, word(record(image, IMG_SEC_GLOBALS, value, IMG_GLOBAL_BYTES), IMG_GLOBAL_NAME));
  } else unknown(out, value);
}

function instruction(image: usize, out: ByteVector, at: usize, pc: i32): void {
  aligned(out, pc, 6);
  out.text('  ');
  const op = <i32>load<u16>(at);
  if (op >= OPCODES) {
    unknown(out, op);
    out.byte(10);
    return;
  }
  const name = opcodeName(op);
  let length = 8;
  while (length > 0 && load<u8>(name + <usize>(length - 1)) == 32) length--;
  out.bytes(name, length);
  const start = out.length - length;
  let shown = 0;
  for (let n = 0; n < 3; n++) {
    const kind = operandKind(op, n);
    if (kind == K_NONE) continue;
    if (shown++ == 0) pad(out, start, 9);
    else out.text(', ');
    if (kind >= 32) wide(image, out, kind, load<i32>(at + 4), pc);
    else narrow(image, out, kind, <i32>load<u16>(at + <usize>(2 + (n << 1))), pc);
    if (kind == K_WIN) out.text('..');
  }
  out.byte(10);
}

function handlers(image: usize, out: ByteVector, method: usize): void {
  for (let i = 0; i < word(method, IMG_METHOD_HANDLER_COUNT); i++) {
    const at = record(image, IMG_SEC_HANDLERS, word(method, IMG_METHOD_FIRST_HANDLER) + i, IMG_HANDLER_BYTES);
    out.text('  catch ');
    out.decimal(<i64>word(at, IMG_HANDLER_START));
    out.text(' .. ');
    out.decimal(<i64>word(at, IMG_HANDLER_END));
    out.byte(32);
    const cls = word(at, IMG_HANDLER_CLASS);
    if (cls < 0) out.text('any');
    else className(image, out, cls);
    out.byte(32);
    target(out, word(at, IMG_HANDLER_TARGET));
    out.text(', ');
    slot(out, word(at, IMG_HANDLER_SLOT));
    out.byte(10);
  }
}

function disassembleMethod(image: usize, out: ByteVector, index: i32): void {
  const method = record(image, IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  const start = out.length;
  out.text('method ');
  out.decimal(<i64>index);
  out.byte(32);
  methodName(image, out, index);
  out.text(': ');
  stringOf(image, out, word(method, IMG_METHOD_SIGNATURE));
  pad(out, start, REMARKS);
  out.text('; parameters ');
  out.decimal(<i64>word(method, IMG_METHOD_PARAMS));
  out.text(', frame ');
  out.decimal(<i64>word(method, IMG_METHOD_FRAME));
  if (word(method, IMG_METHOD_FILE) != word(image, IMG_W_FILE_NAME)) {
    out.text(', from ');
    stringOf(image, out, word(method, IMG_METHOD_FILE));
  }
  out.byte(10);
  let line = word(method, IMG_METHOD_FIRST_LINE);
  const lastLine = line + word(method, IMG_METHOD_LINE_COUNT);
  for (let pc = 0; pc < word(method, IMG_METHOD_CODE_COUNT); pc++) {
    while (line < lastLine) {
      const entry = record(image, IMG_SEC_LINES, line, IMG_LINE_BYTES);
      if (word(entry, IMG_LINE_PC) > pc) break;
      if (word(entry, IMG_LINE_LINE) == 0) out.text('  no line\n');
      else {
        out.text('  line ');
        out.decimal(<i64>word(entry, IMG_LINE_LINE));
        out.byte(10);
      }
      line++;
    }
    instruction(
      image,
      out,
      record(image, IMG_SEC_CODE, word(method, IMG_METHOD_FIRST_CODE) + pc, IMG_INSTRUCTION_BYTES),
      pc,
    );
  }
  handlers(image, out, method);
}

/** One operation of a device operations record: `  open Hello.open`. */
function operation(image: usize, out: ByteVector, ops: usize, index: i32, name: string): void {
  const method = word(ops, index << 2);
  if (method == 0) return;
  out.text('  ');
  out.text(name);
  out.byte(32);
  methodName(image, out, method - 1);
  if (index == 1 && (word(ops, IMG_OPS_FLAGS) & IMG_OPS_FLAG_STREAM) != 0) out.text(' (streaming)');
  out.byte(10);
}

function operations(image: usize, out: ByteVector, ops: usize): void {
  operation(image, out, ops, 0, 'open');
  operation(image, out, ops, 1, 'read');
  operation(image, out, ops, 2, 'write');
  operation(image, out, ops, 3, 'close');
  operation(image, out, ops, 4, 'poll');
  operation(image, out, ops, 5, 'seek');
}

/** What the class implements, and the methods that answer. */
function answers(image: usize, out: ByteVector, cls: i32): void {
  for (let i = 0; i < count(image, IMG_SEC_ITABLE); i++) {
    const at = record(image, IMG_SEC_ITABLE, i, IMG_ITABLE_BYTES);
    if (word(at, IMG_ITABLE_CLASS) != cls) continue;
    const what = word(at, IMG_ITABLE_WHAT);
    const isClass = (what & IMG_ITABLE_IS) != 0;
    out.text(isClass ? '  implements ' : '  answers ');
    if (isClass) className(image, out, what & ~IMG_ITABLE_IS);
    else {
      methodName(image, out, what);
      out.text(' by ');
      entry(image, out, load<u32>(at + <usize>IMG_ITABLE_TARGET));
    }
    out.byte(10);
  }
}

/** A method as tables have it. */
function entry(image: usize, out: ByteVector, target: u32): void {
  if ((target & IMG_VTABLE_NATIVE) != 0) nativeName(out, <i32>(target & ~IMG_VTABLE_NATIVE));
  else methodName(image, out, <i32>target);
}

function disassembleClass(image: usize, out: ByteVector, index: i32): void {
  const at = record(image, IMG_SEC_CLASSES, index, IMG_CLASS_BYTES);
  out.byte(10);
  const flags = word(at, IMG_CLASS_FLAGS);
  const isInterface = (flags & IMG_CLASS_FLAG_INTERFACE) != 0;
  if (!isInterface && (flags & IMG_CLASS_FLAG_ABSTRACT) != 0) out.text('abstract ');
  out.text(isInterface ? 'interface ' : 'class ');
  stringOf(image, out, word(at, IMG_CLASS_NAME));
  if (!isInterface) {
    out.text(' extends ');
    className(image, out, word(at, IMG_CLASS_SUPER));
  }
  out.byte(10);
  answers(image, out, BUILTIN_CLASSES + index);
  for (let i = 0; i < word(at, IMG_CLASS_FIELD_COUNT); i++) {
    const field = record(image, IMG_SEC_FIELDS, word(at, IMG_CLASS_FIRST_FIELD) + i, IMG_FIELD_BYTES);
    out.text('  field ');
    out.decimal(<i64>word(field, IMG_FIELD_SLOT));
    out.byte(32);
    stringOf(image, out, word(field, IMG_FIELD_TYPE));
    out.byte(32);
    stringOf(image, out, word(field, IMG_FIELD_NAME));
    out.byte(10);
  }
  for (let i = 0; i < word(at, IMG_CLASS_VTABLE_COUNT); i++) {
    const target = load<u32>(record(image, IMG_SEC_VTABLE, word(at, IMG_CLASS_FIRST_VTABLE) + i, IMG_VTABLE_BYTES));
    out.text('  virtual ');
    out.decimal(<i64>i);
    out.byte(32);
    entry(image, out, target);
    out.byte(10);
  }
  operations(image, out, at + <usize>IMG_CLASS_OPS);
}

function disassembleHeader(image: usize, out: ByteVector): void {
  out.text('script ');
  stringOf(image, out, word(image, IMG_W_FILE_NAME));
  const name = word(image, IMG_W_SCRIPT_NAME);
  if (
    has(image, IMG_SEC_STRINGS, name) &&
    word(record(image, IMG_SEC_STRINGS, name, IMG_STRING_BYTES), IMG_STRING_LENGTH) > 0
  ) {
    out.text(', name ');
    stringOf(image, out, name);
  }
  out.text(', ');
  out.decimal(<i64>word(image, IMG_W_LENGTH));
  out.text(' bytes, ');
  out.decimal(<i64>count(image, IMG_SEC_CODE));
  out.text(' instructions\n  top level ');
  methodName(image, out, word(image, IMG_W_TOP_METHOD));
  out.byte(10);
  const main = word(image, IMG_W_MAIN);
  if (main != 0) {
    out.text('  main ');
    methodName(image, out, main - 1);
    out.byte(10);
  }
  const ops = word(image, IMG_W_DEFAULT_DEVICE);
  if (ops != 0) {
    out.text('default device');
    const mode = word(image, IMG_W_DEVICE_MODE);
    if (mode >= 0) {
      out.text(', mode 0');
      hexDigit(out, (mode >> 6) & 7);
      hexDigit(out, (mode >> 3) & 7);
      hexDigit(out, mode & 7);
    }
    out.byte(10);
    operations(image, out, image + <usize>ops);
  }
}

/** Appends the listing of the verified image at `image` to `out`, UTF-8. */
export function disassemble(image: usize, out: ByteVector): void {
  disassembleHeader(image, out);
  for (let i = 0; i < count(image, IMG_SEC_GLOBALS); i++) {
    const at = record(image, IMG_SEC_GLOBALS, <i32>baseOf(image, IMG_SEC_GLOBALS) + i, IMG_GLOBAL_BYTES);
    out.text('global ');
    stringOf(image, out, word(at, IMG_GLOBAL_TYPE));
    out.byte(32);
    stringOf(image, out, word(at, IMG_GLOBAL_NAME));
    out.byte(10);
  }
  for (let i = 0; i < count(image, IMG_SEC_CLASSES); i++)
    disassembleClass(image, out, <i32>baseOf(image, IMG_SEC_CLASSES) + i);
  for (let i = 0; i < count(image, IMG_SEC_METHODS); i++) {
    out.byte(10);
    disassembleMethod(image, out, <i32>baseOf(image, IMG_SEC_METHODS) + i);
  }
}
