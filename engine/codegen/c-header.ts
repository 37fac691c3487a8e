/** The C header of a script's ioctl commands: its @Struct classes and a macro for each command. */
import {
  IMG_KIND_BOOLEAN,
  IMG_KIND_I16,
  IMG_KIND_I32,
  IMG_KIND_I64,
  IMG_KIND_I8,
  IMG_KIND_TEXT,
  IMG_KIND_U16,
  IMG_KIND_U32,
} from '../bytecode/image';
import { CLASS_DEVICE } from '../bytecode/builtins.generated';
import { Settings } from '../check/annotations';
import { ClassInfo, IoctlInfo, LayoutField, LayoutInfo, classes, layouts } from '../check/model';
import { Text, textAddress, textByte, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';

const C_WORDS =
  ' auto break case char const continue default do double else enum extern float for goto if inline int long register ' +
  'restrict return short signed sizeof static struct switch typedef union unsigned void volatile while class delete new ' +
  'private public protected template this throw try catch operator namespace using virtual friend bool true false ';

function isCWord(name: Text): bool {
  const length = textLength(name);
  for (let at = 0; at + length + 1 < C_WORDS.length; at++) {
    if (C_WORDS.charCodeAt(at) != 32 || C_WORDS.charCodeAt(at + 1 + length) != 32) continue;
    let same = 0;
    while (same < length && C_WORDS.charCodeAt(at + 1 + same) == textByte(name, same)) same++;
    if (same == length) return true;
  }
  return false;
}

function isUpperByte(c: i32): bool {
  return c >= 65 && c <= 90;
}

function isLowerByte(c: i32): bool {
  return c >= 97 && c <= 122;
}

/** `lockState` and `LockState` as `lock_state`, or `LOCK_STATE`. */
function writeSnake(out: ByteVector, name: Text, upper: bool): void {
  const length = textLength(name);
  for (let i = 0; i < length; i++) {
    const c = textByte(name, i);
    const before = i > 0 ? textByte(name, i - 1) : 0;
    const after = i + 1 < length ? textByte(name, i + 1) : 0;
    const begins = isUpperByte(c) && i > 0 && before != 95 && (!isUpperByte(before) || isLowerByte(after));
    if (begins) out.byte(95);
    if (c == 45 || c == 46) out.byte(95);
    else if (upper && isLowerByte(c)) out.byte(c - 32);
    else if (!upper && isUpperByte(c)) out.byte(c + 32);
    else out.byte(c);
  }
}

function writeText(out: ByteVector, text: Text): void {
  out.bytes(textAddress(text), textLength(text));
}

function writeType(out: ByteVector, kind: i32): void {
  if (kind == IMG_KIND_I64) out.text('__s64');
  else if (kind == IMG_KIND_I8) out.text('__s8');
  else if (kind == IMG_KIND_I16) out.text('__s16');
  else if (kind == IMG_KIND_U16) out.text('__u16');
  else if (kind == IMG_KIND_I32) out.text('__s32');
  else if (kind == IMG_KIND_U32) out.text('__u32');
  else if (kind == IMG_KIND_TEXT) out.text('char');
  else out.text('__u8');
}

function writeField(out: ByteVector, entry: LayoutField): void {
  out.byte(9);
  writeType(out, entry.kind);
  out.byte(32);
  writeText(out, entry.field.name);
  if (isCWord(entry.field.name)) out.byte(95);
  if (entry.kind == IMG_KIND_TEXT) {
    out.byte(91);
    out.decimal(<i64>entry.size);
    out.byte(93);
  }
  // On some 32-bit machines a long long is aligned to 4.
  if (entry.kind == IMG_KIND_I64) out.text(' __attribute__((aligned(8)))');
  out.byte(59);
  if (entry.kind == IMG_KIND_BOOLEAN) out.text('\t/* 0 or 1 */');
  out.byte(10);
}

function writeStructName(out: ByteVector, layout: LayoutInfo): void {
  out.text('struct ');
  writeSnake(out, classes[layout.owner].name, false);
}

function writeStruct(out: ByteVector, layout: LayoutInfo): void {
  out.byte(10);
  writeStructName(out, layout);
  out.text(' {\n');
  for (let i = 0; i < layout.fields.length; i++) writeField(out, layout.fields[i]);
  out.text('};\n');
}

function hex(value: u32): i32 {
  return <i32>(value < 10 ? 48 + value : 87 + value);
}

/** `#define COUNTER_SET_RANGE _IOW(0xe7, 1, struct range)` */
function writeCommand(out: ByteVector, c: ClassInfo, scriptName: Text, ioctl: IoctlInfo): void {
  out.text('#define ');
  if (c.id != CLASS_DEVICE) writeSnake(out, c.name, true);
  else if (textLength(scriptName) > 0) writeSnake(out, scriptName, true);
  else out.text('KONOHA');
  out.byte(95);
  const m = ioctl.method;
  writeSnake(out, m.name, true);
  out.text(m.input ? (m.output ? ' _IOWR(0x' : ' _IOW(0x') : m.output ? ' _IOR(0x' : ' _IO(0x');
  const magic = (ioctl.command >> 8) & 0xff;
  out.byte(hex(magic >> 4));
  out.byte(hex(magic & 15));
  out.text(', ');
  out.decimal(<i64>ioctl.number);
  const layout = m.input ? m.input : m.output;
  if (layout) {
    out.text(', ');
    writeStructName(out, layout);
  }
  out.text(')\n');
}

/** `Range.k` as `RANGE_K_H`: what keeps a header from being read twice. */
function writeGuard(out: ByteVector, fileName: Text): void {
  out.text('KONOHA_');
  let from = textLength(fileName);
  while (from > 0 && textByte(fileName, from - 1) != 47) from--;
  for (let i = from; i < textLength(fileName); i++) {
    const c = textByte(fileName, i);
    const digit = c >= 48 && c <= 57;
    out.byte(isLowerByte(c) ? c - 32 : isUpperByte(c) || digit ? c : 95);
  }
  out.text('_H');
}

/** A file name for a comment, which it cannot end. */
function writeFileName(out: ByteVector, fileName: Text): void {
  for (let i = 0; i < textLength(fileName); i++) {
    const c = textByte(fileName, i);
    out.byte(c == 42 || c < 32 ? 95 : c);
  }
}

/** Does the class itself declare the command (and not one above it)? */
function isOwn(c: ClassInfo, ioctl: IoctlInfo): bool {
  if (c.id == CLASS_DEVICE) return true;
  const above = classes[c.superId].ioctls;
  for (let i = 0; i < above.length; i++) if (above[i].command == ioctl.command) return false;
  return true;
}

/** The header of the checked program. Empty: it has neither structs nor commands. */
export function writeHeader(fileName: Text, settings: Settings): ByteVector {
  const out = new ByteVector(1024);
  let commands = 0;
  for (let id = 0; id < classes.length; id++) commands += classes[id].ioctls.length;
  if (commands == 0 && layouts.length == 0) return out;
  out.text('/* Made by "konoha header" of ');
  writeFileName(out, fileName);
  out.text('; do not edit. */\n#ifndef ');
  writeGuard(out, fileName);
  out.text('\n#define ');
  writeGuard(out, fileName);
  out.text('\n\n#include <linux/ioctl.h>\n#include <linux/types.h>\n');
  for (let i = 0; i < layouts.length; i++) writeStruct(out, layouts[i]);
  for (let id = 0; id < classes.length; id++) {
    const c = classes[id];
    let first = true;
    for (let i = 0; i < c.ioctls.length; i++) {
      if (!isOwn(c, c.ioctls[i])) continue;
      if (first) out.byte(10);
      first = false;
      writeCommand(out, c, settings.name, c.ioctls[i]);
    }
  }
  out.text('\n#endif\n');
  return out;
}
