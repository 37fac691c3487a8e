/** C structs of ioctl: from the caller's bytes to an object, and back. What lies where stands in the image's LAYOUTS. */
import { BUILTIN_CLASSES, CLASS_NULL_EXCEPTION, CLASS_OUT_OF_INDEX_EXCEPTION } from '../bytecode/builtins.generated';
import {
  IMG_CLASS_FIRST_FIELD,
  IMG_FIELD_BYTES,
  IMG_FIELD_NAME,
  IMG_KIND_BOOLEAN,
  IMG_KIND_I16,
  IMG_KIND_I32,
  IMG_KIND_I64,
  IMG_KIND_I8,
  IMG_KIND_TEXT,
  IMG_KIND_U16,
  IMG_KIND_U32,
  IMG_KIND_U8,
  IMG_LAYOUT_BYTES,
  IMG_LAYOUT_CLASS,
  IMG_LAYOUT_FIELD_BYTES,
  IMG_LAYOUT_FIELD_COUNT,
  IMG_LAYOUT_FIELD_KIND,
  IMG_LAYOUT_FIELD_OFFSET,
  IMG_LAYOUT_FIELD_SIZE,
  IMG_LAYOUT_FIELD_SLOT,
  IMG_LAYOUT_FIRST_FIELD,
  IMG_LAYOUT_SIZE,
  IMG_SEC_CLASSES,
  IMG_SEC_FIELDS,
  IMG_SEC_LAYOUTS,
  IMG_SEC_LAYOUT_FIELDS,
} from '../bytecode/image';
import { holder, recordOf } from '../bytecode/images';
import { classImage } from '../vm/classes';
import { constantAddress, constantLength } from '../vm/link';
import { STR_DATA, getField, getReference, newInstance, setField, setReferenceField } from '../vm/object';
import { need } from '../vm/reclaim';
import { throwMessage, throwNumbers } from './message';
import { DONE } from './native';
import { bytesOf } from './string';
import { sanitizedString } from './system';

function layoutRecord(layout: i32): usize {
  return recordOf(IMG_SEC_LAYOUTS, <u32>layout, IMG_LAYOUT_BYTES);
}

function firstField(index: i32): usize {
  const image = holder(IMG_SEC_LAYOUTS, <u32>index);
  const layout = layoutRecord(index);
  const fields = image + <usize>load<u32>(image, IMG_SEC_LAYOUT_FIELDS);
  return fields + <usize>(load<i32>(layout, IMG_LAYOUT_FIRST_FIELD) * IMG_LAYOUT_FIELD_BYTES);
}

/** Bytes of the struct of layout `layout`. */
export function structBytes(layout: i32): i32 {
  return load<i32>(layoutRecord(layout), IMG_LAYOUT_SIZE);
}

/** An integer of the struct, or a boolean. */
function loadNumber(at: usize, kind: i32): i64 {
  if (kind == IMG_KIND_I64) return load<i64>(at);
  if (kind == IMG_KIND_U8) return <i64>load<u8>(at);
  if (kind == IMG_KIND_I8) return <i64>load<i8>(at);
  if (kind == IMG_KIND_U16) return <i64>load<u16>(at);
  if (kind == IMG_KIND_I16) return <i64>load<i16>(at);
  if (kind == IMG_KIND_U32) return <i64>load<u32>(at);
  if (kind == IMG_KIND_I32) return <i64>load<i32>(at);
  return load<u8>(at) != 0 ? 1 : 0;
}

function textLength(at: usize, most: i32): i32 {
  let length = 0;
  while (length < most && load<u8>(at + <usize>length) != 0) length++;
  return length;
}

/**
 * The object that the `length` bytes at `from` are in C, without calling its constructor; 0: exception pending. A text
 * ends at its first NUL; bytes that are not UTF-8 become U+FFFD.
 */
export function readStruct(act: usize, layout: i32, from: usize, length: i32): usize {
  const at = layoutRecord(layout);
  const size = load<i32>(at, IMG_LAYOUT_SIZE);
  if (length != size) {
    throwNumbers(act, CLASS_OUT_OF_INDEX_EXCEPTION, 'the struct has {a} bytes, {b} came', <i64>size, <i64>length);
    return 0;
  }
  const fields = load<i32>(at, IMG_LAYOUT_FIELD_COUNT);
  // A byte that is no UTF-8 becomes three; each text has a header.
  need(act, <usize>(size * 3 + fields * 64 + 256));
  const ref = newInstance(act, load<i32>(at, IMG_LAYOUT_CLASS));
  if (!ref) return 0;
  let field = firstField(layout);
  for (let i = 0; i < fields; i++) {
    const kind = load<i32>(field, IMG_LAYOUT_FIELD_KIND);
    const slot = load<i32>(field, IMG_LAYOUT_FIELD_SLOT);
    const place = from + <usize>load<u32>(field, IMG_LAYOUT_FIELD_OFFSET);
    if (kind == IMG_KIND_TEXT) {
      const text = sanitizedString(act, place, textLength(place, load<i32>(field, IMG_LAYOUT_FIELD_SIZE)));
      if (!text) return 0;
      setReferenceField(ref, slot, text);
    } else setField(ref, slot, loadNumber(place, kind));
    field += IMG_LAYOUT_FIELD_BYTES;
  }
  return ref;
}

function throwField(act: usize, layout: usize, slot: i32, cls: i32, message: string, a: i64, b: i64): i32 {
  const owner = load<i32>(layout, IMG_LAYOUT_CLASS);
  const record = classImage(owner);
  const image = holder(IMG_SEC_CLASSES, <u32>(owner - BUILTIN_CLASSES));
  const index = load<i32>(record, IMG_CLASS_FIRST_FIELD) + slot;
  const name = load<u32>(
    image + <usize>load<u32>(image, IMG_SEC_FIELDS) + <usize>(index * IMG_FIELD_BYTES),
    IMG_FIELD_NAME,
  );
  return throwMessage(act, cls, message, a, b, constantAddress(name), constantLength(name));
}

/** Does the number fit into `bytes` bytes? Kinds of signed integers are even. */
function fits(value: i64, kind: i32, bytes: i32): bool {
  if (kind == IMG_KIND_I64 || kind == IMG_KIND_BOOLEAN) return true;
  const bits = <i64>(bytes << 3);
  const signed = (kind & 1) == 0;
  const least: i64 = signed ? -((<i64>1) << (bits - 1)) : 0;
  const most: i64 = ((<i64>1) << (signed ? bits - 1 : bits)) - 1;
  return value >= least && value <= most;
}

function storeNumber(at: usize, value: i64, bytes: i32): void {
  if (bytes == 8) store<i64>(at, value);
  else if (bytes == 4) store<i32>(at, <i32>value);
  else if (bytes == 2) store<i16>(at, <i16>value);
  else store<i8>(at, <i8>value);
}

/**
 * Writes the object as C has it to the `structBytes` bytes at `to`, gaps as 0; a status. `OutOfIndex!!` if a number or a
 * text, which needs a NUL behind it, does not fit.
 */
export function writeStruct(act: usize, layout: i32, ref: usize, to: usize): i32 {
  const at = layoutRecord(layout);
  memory.fill(to, 0, <usize>load<u32>(at, IMG_LAYOUT_SIZE));
  let field = firstField(layout);
  for (let i = 0; i < load<i32>(at, IMG_LAYOUT_FIELD_COUNT); i++) {
    const kind = load<i32>(field, IMG_LAYOUT_FIELD_KIND);
    const slot = load<i32>(field, IMG_LAYOUT_FIELD_SLOT);
    const bytes = load<i32>(field, IMG_LAYOUT_FIELD_SIZE);
    const place = to + <usize>load<u32>(field, IMG_LAYOUT_FIELD_OFFSET);
    if (kind == IMG_KIND_TEXT) {
      const text = getReference(ref, slot);
      if (!text) return throwField(act, at, slot, CLASS_NULL_EXCEPTION, 'the field {s} of the struct is null', 0, 0);
      const length = bytesOf(text);
      if (length >= bytes)
        return throwField(
          act,
          at,
          slot,
          CLASS_OUT_OF_INDEX_EXCEPTION,
          'the text of {a} bytes in the field {s} does not fit into {b} with a NUL behind it',
          <i64>length,
          <i64>bytes,
        );
      memory.copy(place, text + STR_DATA, <usize>length);
    } else {
      const value = getField(ref, slot);
      if (!fits(value, kind, bytes))
        return throwField(
          act,
          at,
          slot,
          CLASS_OUT_OF_INDEX_EXCEPTION,
          (kind & 1) == 0
            ? '{a} in the field {s} does not fit into {b} bits with a sign'
            : '{a} in the field {s} does not fit into {b} bits',
          value,
          <i64>(bytes << 3),
        );
      storeNumber(place, value, bytes);
    }
    field += IMG_LAYOUT_FIELD_BYTES;
  }
  return DONE;
}
