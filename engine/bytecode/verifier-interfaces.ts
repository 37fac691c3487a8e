/** Sites, where calls look up their methods, and the table of what answers the methods of interfaces. */
import { BUILTIN_CLASSES, NATIVES, builtinMethodFlags } from './builtins.generated';
import {
  IMG_CLASS_BYTES,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_ITABLE_BYTES,
  IMG_ITABLE_CLASS,
  IMG_ITABLE_IS,
  IMG_ITABLE_TARGET,
  IMG_ITABLE_WHAT,
  IMG_MAX_DYNAMIC_ARGUMENTS,
  IMG_METHOD_BYTES,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_OWNER,
  IMG_METHOD_PARAMS,
  IMG_SEC_CLASSES,
  IMG_SEC_ITABLE,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
  IMG_SITE_ARGUMENTS,
  IMG_SITE_BYTES,
  IMG_SITE_CLASS,
  IMG_SITE_DYNAMIC,
  IMG_SITE_TARGET,
  IMG_SITE_WHAT,
  IMG_VTABLE_NATIVE,
} from './image';
import { baseOf, recordFrom, totalOf } from './images';
import { count, record, word } from './records';
import { nativeArity } from './verifier-code';
import { VE_ITABLE, VE_ITABLE_TARGET, VE_SITE } from './verifier-errors';

/** Is class `cls` an interface of the image, or of an earlier one? */
export function isInterface(image: usize, cls: u32): bool {
  if (cls < <u32>BUILTIN_CLASSES || cls - <u32>BUILTIN_CLASSES >= totalOf(image, IMG_SEC_CLASSES)) return false;
  const at = recordFrom(image, IMG_SEC_CLASSES, cls - <u32>BUILTIN_CLASSES, IMG_CLASS_BYTES);
  return (word(at, IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_INTERFACE)) != 0;
}

/** The record of an instance method; 0: there is none of that index. */
function instanceMethod(image: usize, index: u32): usize {
  if (index >= totalOf(image, IMG_SEC_METHODS)) return 0;
  const at = recordFrom(image, IMG_SEC_METHODS, index, IMG_METHOD_BYTES);
  if ((word(at, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0 || word(at, IMG_METHOD_PARAMS) == 0) return 0;
  return at;
}

/** The record of a method that an interface declares; 0: it is none. */
function declaredMethod(image: usize, index: u32): usize {
  const at = instanceMethod(image, index);
  return at && isInterface(image, word(at, IMG_METHOD_OWNER)) ? at : 0;
}

/** Parameters of the method that a table's entry names, the object included; 0: it is none that an object has. */
function targetArity(image: usize, target: u32): u32 {
  if ((target & IMG_VTABLE_NATIVE) != 0) {
    const native = target & ~IMG_VTABLE_NATIVE;
    if (native >= <u32>NATIVES || (builtinMethodFlags(<i32>native) & 1) != 0) return 0;
    return nativeArity(<i32>native);
  }
  const at = instanceMethod(image, target);
  return at ? word(at, IMG_METHOD_PARAMS) : 0;
}

/** Every site calls a method that an interface declares, or names a member of an Any; nothing was looked up yet. */
function verifySites(image: usize): i32 {
  for (let i: u32 = 0; i < count(image, IMG_SEC_SITES); i++) {
    const at = record(image, IMG_SEC_SITES, i, IMG_SITE_BYTES);
    const given = word(at, IMG_SITE_ARGUMENTS);
    if (word(at, IMG_SITE_CLASS) != 0 || word(at, IMG_SITE_TARGET) != 0) return VE_SITE;
    if ((given & IMG_SITE_DYNAMIC) != 0) {
      if (word(at, IMG_SITE_WHAT) >= totalOf(image, IMG_SEC_STRINGS)) return VE_SITE;
      const count = given & ~IMG_SITE_DYNAMIC;
      if (count == 0 || count > <u32>IMG_MAX_DYNAMIC_ARGUMENTS) return VE_SITE;
      continue;
    }
    const method = declaredMethod(image, word(at, IMG_SITE_WHAT));
    if (!method || given != word(method, IMG_METHOD_PARAMS)) return VE_SITE;
  }
  return 0;
}

/** Verifies sites and interface table; classes and methods are verified already. Returns 0 or a `VE_` code. */
export function verifyInterfaces(image: usize): i32 {
  let before: u64 = 0;
  for (let i: u32 = 0; i < count(image, IMG_SEC_ITABLE); i++) {
    const at = record(image, IMG_SEC_ITABLE, i, IMG_ITABLE_BYTES);
    const cls = word(at, IMG_ITABLE_CLASS);
    const what = word(at, IMG_ITABLE_WHAT);
    const target = word(at, IMG_ITABLE_TARGET);
    if (cls < <u32>BUILTIN_CLASSES + baseOf(image, IMG_SEC_CLASSES)) return VE_ITABLE;
    if (cls - <u32>BUILTIN_CLASSES >= totalOf(image, IMG_SEC_CLASSES)) return VE_ITABLE;
    const key = ((<u64>cls) << 32) | (<u64>what);
    if (key <= before) return VE_ITABLE;
    before = key;
    if ((what & IMG_ITABLE_IS) != 0) {
      if (!isInterface(image, what & ~IMG_ITABLE_IS) || target != 0) return VE_ITABLE;
      continue;
    }
    const declared = declaredMethod(image, what);
    if (!declared) return VE_ITABLE;
    if (targetArity(image, target) != word(declared, IMG_METHOD_PARAMS)) return VE_ITABLE_TARGET;
  }
  return verifySites(image);
}
