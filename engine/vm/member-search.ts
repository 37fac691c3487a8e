/** Finding methods and fields by name, for members of an Any: in the images and in the tables of built-in classes. */
import {
  BUILTIN_CLASSES,
  CLASS_EXCEPTION,
  builtinClassFieldCount,
  builtinClassFirstField,
  builtinClassFirstMethod,
  builtinClassMethodCount,
  builtinFieldFlags,
  builtinFieldName,
  builtinMethodFlags,
  builtinMethodName,
  builtinNameAddress,
  builtinNameLength,
  N_OBJECT_WAIT,
} from '../bytecode/builtins.generated';
import {
  IMG_CLASS_FIELD_COUNT,
  IMG_CLASS_FIRST_FIELD,
  IMG_FIELD_BYTES,
  IMG_FIELD_FLAGS,
  IMG_FIELD_FLAG_HIDDEN,
  IMG_FIELD_NAME,
  IMG_METHOD_BYTES,
  IMG_METHOD_NAME,
  IMG_METHOD_OWNER,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_FIELDS,
  IMG_SEC_METHODS,
  IMG_SEC_TYPES,
  IMG_VTABLE_NATIVE,
} from '../bytecode/image';
import { baseOf, holder, imageAt, imageCount, total } from '../bytecode/images';
import { classImage, classSuper, isInterface } from './classes';
import { NO_TARGET, answerOf, implementsInterface } from './interfaces';
import { constantAddress, constantLength } from './link';
import { isSubclass } from './object';

/** A field of the image: this, and the address of its record; a field of a built-in class: this, and its row. */
export const TARGET_FIELD: u32 = 0x40000000;
export const TARGET_BUILTIN_FIELD: u32 = 0x20000000;

/** In a native's flags: the kernel does not have it. */
const USER_ONLY: i32 = 8;

function sameBytes(a: usize, b: usize, length: i32): bool {
  for (let i: usize = 0; i < <usize>length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
  return true;
}

/** Is the text the builtin name? */
function isName(name: i32, at: usize, length: i32): bool {
  return builtinNameLength(name) == length && sameBytes(builtinNameAddress(name), at, length);
}

/** Is string constant `index`, `Class.method`, a method of that name? */
function isMethodName(index: u32, at: usize, length: i32): bool {
  const own = constantLength(index);
  if (own <= length) return false;
  const tail = constantAddress(index) + <usize>(own - length);
  return load<u8>(tail - 1) == 46 && sameBytes(tail, at, length);
}

/** Address of the description of method `index`: the type code of its result, then parameters. 0: it is not called by name. */
export function description(index: u32): usize {
  const image = holder(IMG_SEC_METHODS, index);
  if (load<u32>(image, IMG_SEC_TYPES + IMG_SEC_COUNT) == 0) return 0;
  const types = image + <usize>load<u32>(image, IMG_SEC_TYPES);
  const first = load<u32>(types + ((<usize>(index - baseOf(image, IMG_SEC_METHODS))) << 2));
  return first == 0 ? 0 : types + ((<usize>first) << 2);
}

/** Units of fuel that one search costs. */
export function searchCost(): i64 {
  return <i64>(total(IMG_SEC_METHODS) >> 3) + 1;
}

/** Native of that name in built-in class `cls` itself, or -1. */
function ownNative(cls: i32, at: usize, length: i32): i32 {
  const first = builtinClassFirstMethod(cls);
  for (let id = first; id < first + builtinClassMethodCount(cls); id++) {
    if ((builtinMethodFlags(id) & 1) != 0 || id == N_OBJECT_WAIT || !isName(builtinMethodName(id), at, length))
      continue;
    if (!isDefined(FLOATS) && (builtinMethodFlags(id) & USER_ONLY) != 0) continue;
    // A constructor is no method.
    return length == 3 && load<u8>(at) == 110 && load<u8>(at, 2) == 119 ? -1 : id;
  }
  return -1;
}

/** The method that an object of class `cls` has under a name: a method index, or IMG_VTABLE_NATIVE and a native id, or NO_TARGET. */
export function findMethod(cls: i32, at: usize, length: i32): u32 {
  let found: u32 = NO_TARGET;
  let owner = -1;
  let declared: u32 = NO_TARGET;
  for (let n = 0; n < imageCount(); n++) {
    const image = imageAt(n);
    const base = baseOf(image, IMG_SEC_METHODS);
    let record = image + <usize>load<u32>(image, IMG_SEC_METHODS);
    for (let i: u32 = 0; i < load<u32>(image, IMG_SEC_METHODS + IMG_SEC_COUNT); i++, record += IMG_METHOD_BYTES) {
      const declaring = load<i32>(record, IMG_METHOD_OWNER);
      if (declaring < 0 || !isMethodName(load<u32>(record, IMG_METHOD_NAME), at, length) || !description(base + i))
        continue;
      if (isInterface(declaring)) {
        if (implementsInterface(cls, declaring)) declared = base + i;
      } else if (isSubclass(cls, declaring) && (owner < 0 || isSubclass(declaring, owner))) {
        owner = declaring;
        found = base + i;
      }
    }
  }
  for (let c = cls; c >= 0 && (owner < 0 || c != owner); c = classSuper(c)) {
    if (c >= BUILTIN_CLASSES) continue;
    const id = ownNative(c, at, length);
    if (id >= 0) return (<u32>id) | IMG_VTABLE_NATIVE;
  }
  if (found != NO_TARGET || declared == NO_TARGET) return found;
  return answerOf(cls, declared);
}

/** Record of a field of class `cls` of an image, as a target, or NO_TARGET. */
function ownField(cls: i32, at: usize, length: i32): u32 {
  const record = classImage(cls);
  const image = holder(IMG_SEC_CLASSES, <u32>(cls - BUILTIN_CLASSES));
  let field =
    image +
    <usize>load<u32>(image, IMG_SEC_FIELDS) +
    <usize>(load<i32>(record, IMG_CLASS_FIRST_FIELD) * IMG_FIELD_BYTES);
  for (let left = load<u32>(record, IMG_CLASS_FIELD_COUNT); left != 0; left--, field += IMG_FIELD_BYTES) {
    const name = load<u32>(field, IMG_FIELD_NAME);
    if ((load<u32>(field, IMG_FIELD_FLAGS) & IMG_FIELD_FLAG_HIDDEN) != 0) continue;
    if (constantLength(name) == length && sameBytes(constantAddress(name), at, length))
      return TARGET_FIELD | (<u32>field);
  }
  return NO_TARGET;
}

/** The field that an object of class `cls` has under a name, as a target, or NO_TARGET. Hidden ones are none. */
export function findField(cls: i32, at: usize, length: i32): u32 {
  for (let c = cls; c >= 0; c = classSuper(c)) {
    if (c >= BUILTIN_CLASSES) {
      const field = ownField(c, at, length);
      if (field != NO_TARGET) return field;
      continue;
    }
    const first = builtinClassFirstField(c);
    for (let f = first; f < first + builtinClassFieldCount(c); f++)
      if (builtinFieldFlags(f) == 0 && isName(builtinFieldName(f), at, length)) return TARGET_BUILTIN_FIELD | (<u32>f);
  }
  return NO_TARGET;
}

/** May scripts set a field of a built-in class: is it one of an exception? */
export function isSettable(owner: i32): bool {
  return owner == CLASS_EXCEPTION;
}
