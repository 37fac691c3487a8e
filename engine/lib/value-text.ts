/** Values as text, measured before they are written, so that joining many makes no strings in between. */
import {
  CLASS_BOOLEAN,
  CLASS_CLASS,
  CLASS_EXCEPTION,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_STRING,
  SLOT_EXCEPTION_MESSAGE,
} from '../bytecode/builtins.generated';
import { floatLength, writeFloatAt } from '../vm/float-text';
import { decimalLength, writeDecimalAt, writeLiteral } from '../vm/literal';
import {
  ARR_FLAG_BOOLEANS,
  ARR_FLAG_FLOATS,
  ARR_FLAG_REFS,
  BOX_VALUE,
  STR_BYTES,
  STR_DATA,
  classOf,
  getReference,
  isSubclass,
} from '../vm/object';
import { classNameAddress, classNameLength, writeClassName } from '../vm/render';
import { copyBytes } from '../vm/text';

/** Room for a class' name in the spelling of scripts; longer ones are cut. */
const NAME_BYTES: usize = 256;
const nameBuffer: usize = memory.data(256);

function booleanBytes(value: i64): i32 {
  return value != 0 ? 4 : 5;
}

function writeBoolean(to: usize, value: i64): usize {
  return value != 0 ? writeLiteral(to, to + 4, 'true') : writeLiteral(to, to + 5, 'false');
}

function writeInteger(to: usize, value: i64): usize {
  const length = decimalLength(value);
  writeDecimalAt(to, value, length);
  return to + <usize>length;
}

/** Bytes of an exception's class in the spelling of scripts, `IO!!`, which is then in `nameBuffer`. */
function exceptionNameBytes(cls: i32): i32 {
  return <i32>(writeClassName(nameBuffer, nameBuffer + NAME_BYTES, cls) - nameBuffer);
}

/** Bytes of the text of the object `ref` or of null, as `writeReference` writes it. */
export function referenceBytes(ref: usize): i32 {
  if (!ref) return 4;
  const cls = classOf(ref);
  if (cls == CLASS_STRING) return load<i32>(ref, STR_BYTES);
  if (cls == CLASS_INT) return decimalLength(load<i64>(ref, BOX_VALUE));
  if (cls == CLASS_BOOLEAN) return booleanBytes(load<i64>(ref, BOX_VALUE));
  if (cls == CLASS_FLOAT) return floatLength(load<u64>(ref, BOX_VALUE));
  if (cls == CLASS_CLASS) return classNameLength(<i32>load<i64>(ref, BOX_VALUE));
  if (!isSubclass(cls, CLASS_EXCEPTION)) return classNameLength(cls);
  const message = getReference(ref, SLOT_EXCEPTION_MESSAGE);
  const bytes = message ? load<i32>(message, STR_BYTES) : 0;
  return exceptionNameBytes(cls) + (bytes == 0 ? 0 : 2 + bytes);
}

/** Writes a string's or box' value, an exception's class and message, another object's class, or `null`; returns the address behind. */
export function writeReference(to: usize, ref: usize): usize {
  if (!ref) return writeLiteral(to, to + 4, 'null');
  const cls = classOf(ref);
  if (cls == CLASS_INT) return writeInteger(to, load<i64>(ref, BOX_VALUE));
  if (cls == CLASS_BOOLEAN) return writeBoolean(to, load<i64>(ref, BOX_VALUE));
  if (cls == CLASS_FLOAT) return writeFloatAt(to, load<u64>(ref, BOX_VALUE));
  let at = to;
  let text = ref;
  if (cls != CLASS_STRING) {
    if (!isSubclass(cls, CLASS_EXCEPTION)) {
      const named = cls == CLASS_CLASS ? <i32>load<i64>(ref, BOX_VALUE) : cls;
      memory.copy(to, classNameAddress(named), <usize>classNameLength(named));
      return to + <usize>classNameLength(named);
    }
    const name = <usize>exceptionNameBytes(cls);
    memory.copy(to, nameBuffer, name);
    at += name;
    text = getReference(ref, SLOT_EXCEPTION_MESSAGE);
    if (!text || load<i32>(text, STR_BYTES) == 0) return at;
    at = writeLiteral(at, at + 2, ': ');
  }
  const bytes = <usize>load<u32>(text, STR_BYTES);
  copyBytes(at, text + STR_DATA, bytes);
  return at + bytes;
}

/** Bytes of the text of an array's element; `kind` is the array's. */
export function elementBytes(slot: usize, kind: u32): i32 {
  if (kind == ARR_FLAG_REFS) return referenceBytes(<usize>load<u32>(slot));
  if (kind == ARR_FLAG_FLOATS) return floatLength(load<u64>(slot));
  return kind == ARR_FLAG_BOOLEANS ? booleanBytes(load<i64>(slot)) : decimalLength(load<i64>(slot));
}

/** Writes the text of an array's element; returns the address behind. */
export function writeElement(to: usize, slot: usize, kind: u32): usize {
  if (kind == ARR_FLAG_REFS) return writeReference(to, <usize>load<u32>(slot));
  if (kind == ARR_FLAG_FLOATS) return writeFloatAt(to, load<u64>(slot));
  return kind == ARR_FLAG_BOOLEANS ? writeBoolean(to, load<i64>(slot)) : writeInteger(to, load<i64>(slot));
}
