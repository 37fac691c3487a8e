/** C structs and the commands of devices. Classes, methods and fields are verified already. */
import { BUILTIN_CLASSES, CLASS_DEVICE, CLASS_OBJECT } from './builtins.generated';
import {
  IMG_CLASS_BYTES,
  IMG_CLASS_FIELD_COUNT,
  IMG_CLASS_FIRST_FIELD,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_SUPER,
  IMG_FIELD_BYTES,
  IMG_FIELD_FLAGS,
  IMG_IOCTL_BYTES,
  IMG_IOCTL_CLASS,
  IMG_IOCTL_COMMAND,
  IMG_IOCTL_METHOD,
  IMG_KIND_BOOLEAN,
  IMG_KIND_I64,
  IMG_KIND_TEXT,
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
  IMG_MAX_STRUCT_BYTES,
  IMG_METHOD_BYTES,
  IMG_METHOD_INPUT,
  IMG_METHOD_OUTPUT,
  IMG_METHOD_SHAPE,
  IMG_SEC_CLASSES,
  IMG_SEC_FIELDS,
  IMG_SEC_IOCTLS,
  IMG_SEC_LAYOUTS,
  IMG_SEC_LAYOUT_FIELDS,
  IMG_SEC_METHODS,
  IMG_SHAPE_IOCTL,
  IMG_TYPE_KIND,
  IMG_TYPE_REF,
} from './image';
import { baseOf, recordFrom, totalOf } from './images';
import { count, record, word } from './records';
import { VE_IOCTL, VE_LAYOUT, VE_LAYOUT_FIELD } from './verifier-errors';

/** Bytes of a kind that is not a text. */
function kindBytes(kind: u32): u32 {
  if (kind == <u32>IMG_KIND_I64) return 8;
  if (kind == <u32>IMG_KIND_BOOLEAN) return 1;
  return (<u32>1) << ((kind - 1) >> 1);
}

/** Each field of the class has its place, in order, aligned, without overlap. */
function verifyField(image: usize, cls: usize, at: usize, index: u32, from: u32, size: u32): i32 {
  const kind = word(at, IMG_LAYOUT_FIELD_KIND);
  const offset = word(at, IMG_LAYOUT_FIELD_OFFSET);
  const bytes = word(at, IMG_LAYOUT_FIELD_SIZE);
  if (word(at, IMG_LAYOUT_FIELD_SLOT) != index || kind > <u32>IMG_KIND_TEXT) return VE_LAYOUT_FIELD;
  const isText = kind == <u32>IMG_KIND_TEXT;
  if (isText ? bytes == 0 : bytes != kindBytes(kind)) return VE_LAYOUT_FIELD;
  if (offset < from || bytes > size || offset > size - bytes) return VE_LAYOUT_FIELD;
  if (!isText && (offset & (bytes - 1)) != 0) return VE_LAYOUT_FIELD;
  const field = record(image, IMG_SEC_FIELDS, word(cls, IMG_CLASS_FIRST_FIELD) + index, IMG_FIELD_BYTES);
  const isReference = (word(field, IMG_FIELD_FLAGS) & (<u32>IMG_TYPE_KIND)) == <u32>IMG_TYPE_REF;
  return isReference == isText ? 0 : VE_LAYOUT_FIELD;
}

/** Layouts belong to classes of the image that extend Object and lay out all of their fields. */
export function verifyLayouts(image: usize): i32 {
  let total: u64 = 0;
  for (let i: u32 = 0; i < count(image, IMG_SEC_LAYOUTS); i++) {
    const at = record(image, IMG_SEC_LAYOUTS, i, IMG_LAYOUT_BYTES);
    const id = word(at, IMG_LAYOUT_CLASS) - <u32>BUILTIN_CLASSES - baseOf(image, IMG_SEC_CLASSES);
    const size = word(at, IMG_LAYOUT_SIZE);
    const fields = word(at, IMG_LAYOUT_FIELD_COUNT);
    const first = word(at, IMG_LAYOUT_FIRST_FIELD);
    total += <u64>fields;
    if (id >= count(image, IMG_SEC_CLASSES) || size == 0 || size > <u32>IMG_MAX_STRUCT_BYTES) return VE_LAYOUT;
    if (total > <u64>count(image, IMG_SEC_LAYOUT_FIELDS)) return VE_LAYOUT;
    if (first > count(image, IMG_SEC_LAYOUT_FIELDS) - fields) return VE_LAYOUT;
    const cls = record(image, IMG_SEC_CLASSES, id, IMG_CLASS_BYTES);
    if (word(cls, IMG_CLASS_SUPER) != <u32>CLASS_OBJECT || word(cls, IMG_CLASS_FIELD_COUNT) != fields) return VE_LAYOUT;
    if ((word(cls, IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_ABSTRACT)) != 0) return VE_LAYOUT;
    let from: u32 = 0;
    for (let f: u32 = 0; f < fields; f++) {
      const field = record(image, IMG_SEC_LAYOUT_FIELDS, first + f, IMG_LAYOUT_FIELD_BYTES);
      const error = verifyField(image, cls, field, f, from, size);
      if (error != 0) return error;
      from = word(field, IMG_LAYOUT_FIELD_OFFSET) + word(field, IMG_LAYOUT_FIELD_SIZE);
    }
  }
  return 0;
}

/** What a command says of direction and size is what its method takes and gives. */
function commandFits(image: usize, method: usize, command: u32): bool {
  const input = word(method, IMG_METHOD_INPUT);
  const output = word(method, IMG_METHOD_OUTPUT);
  const layout = input != 0 ? input : output;
  const size =
    layout != 0 ? word(recordFrom(image, IMG_SEC_LAYOUTS, layout - 1, IMG_LAYOUT_BYTES), IMG_LAYOUT_SIZE) : 0;
  const direction: u32 = (input != 0 ? 1 : 0) | (output != 0 ? 2 : 0);
  return command >> 30 == direction && ((command >> 16) & 0x3fff) == size;
}

/** Commands lead from a device's class to a method that answers an ioctl. */
export function verifyIoctls(image: usize): i32 {
  for (let i: u32 = 0; i < count(image, IMG_SEC_IOCTLS); i++) {
    const at = record(image, IMG_SEC_IOCTLS, i, IMG_IOCTL_BYTES);
    const cls = word(at, IMG_IOCTL_CLASS);
    const method = word(at, IMG_IOCTL_METHOD);
    const own =
      cls - <u32>BUILTIN_CLASSES - baseOf(image, IMG_SEC_CLASSES) < count(image, IMG_SEC_CLASSES) &&
      cls >= <u32>BUILTIN_CLASSES;
    if ((cls != <u32>CLASS_DEVICE && !own) || method >= totalOf(image, IMG_SEC_METHODS)) return VE_IOCTL;
    const to = recordFrom(image, IMG_SEC_METHODS, method, IMG_METHOD_BYTES);
    if ((word(to, IMG_METHOD_SHAPE) & (<u32>IMG_SHAPE_IOCTL)) == 0) return VE_IOCTL;
    if (!commandFits(image, to, word(at, IMG_IOCTL_COMMAND))) return VE_IOCTL;
  }
  return 0;
}
