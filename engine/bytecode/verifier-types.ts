/** Type codes, and the descriptions of methods that may be called by name. */
import { BUILTIN_CLASSES } from './builtins.generated';
import {
  IMG_DEFAULT_FLOAT,
  IMG_DEFAULT_INT,
  IMG_DEFAULT_KIND,
  IMG_DEFAULT_NONE,
  IMG_DEFAULT_SHIFT,
  IMG_DEFAULT_STRING,
  IMG_MAX_DYNAMIC_ARGUMENTS,
  IMG_METHOD_BYTES,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_PARAMS,
  IMG_SEC_CLASSES,
  IMG_SEC_COUNT,
  IMG_SEC_INTS,
  IMG_SEC_METHODS,
  IMG_SEC_STRINGS,
  IMG_SEC_TYPES,
  IMG_TYPE_ARRAY,
  IMG_TYPE_BITS,
  IMG_TYPE_FLOAT,
  IMG_TYPE_ELEMENT_SHIFT,
  IMG_TYPE_CLASS_SHIFT,
  IMG_TYPE_KIND,
  IMG_TYPE_REF,
  IMG_TYPE_VOID,
} from './image';
import { totalOf } from './images';
import { VE_TYPES } from './verifier-errors';

// Kind and nullable of elements: numbers and truth values are never null.
function isElementCode(code: u32): bool {
  const kind = code & (<u32>IMG_TYPE_KIND);
  return kind <= <u32>IMG_TYPE_FLOAT && (kind == <u32>IMG_TYPE_REF || code == kind);
}

/** Is `code` a type code, of a class that is there? */
export function isTypeCode(image: usize, code: u32): bool {
  if ((code & ~IMG_TYPE_BITS) != 0) return false;
  const kind = code & (<u32>IMG_TYPE_KIND);
  if (kind != <u32>IMG_TYPE_REF) return kind <= <u32>IMG_TYPE_VOID && code == kind;
  const element = (code >> IMG_TYPE_ELEMENT_SHIFT) & 15;
  if ((code & (<u32>IMG_TYPE_ARRAY)) == 0 ? element != 0 : !isElementCode(element)) return false;
  return code >> IMG_TYPE_CLASS_SHIFT < <u32>BUILTIN_CLASSES + totalOf(image, IMG_SEC_CLASSES);
}

/** Is it a default of the image? */
function isDefault(image: usize, code: u32): bool {
  const kind = (<i32>code) & IMG_DEFAULT_KIND;
  const index = code >> IMG_DEFAULT_SHIFT;
  if (kind == IMG_DEFAULT_INT || kind == IMG_DEFAULT_FLOAT) return index < totalOf(image, IMG_SEC_INTS);
  if (kind == IMG_DEFAULT_STRING) return index < totalOf(image, IMG_SEC_STRINGS);
  return kind > IMG_DEFAULT_NONE ? kind < IMG_DEFAULT_INT : code == 0;
}

/** Verifies TYPES; methods and classes are verified already. Returns 0 or a `VE_` code. */
export function verifyTypes(image: usize): i32 {
  const words = load<u32>(image + <usize>(IMG_SEC_TYPES + IMG_SEC_COUNT));
  if (words == 0) return 0;
  const methods = load<u32>(image + <usize>(IMG_SEC_METHODS + IMG_SEC_COUNT));
  const at = image + <usize>load<u32>(image + <usize>IMG_SEC_TYPES);
  if (words < methods) return VE_TYPES;
  let method = image + <usize>load<u32>(image + <usize>IMG_SEC_METHODS);
  for (let i: u32 = 0; i < methods; i++) {
    const first = load<u32>(at + ((<usize>i) << 2));
    const parameters = load<u32>(method + <usize>IMG_METHOD_PARAMS);
    const isStatic = (load<u32>(method + <usize>IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0;
    method += IMG_METHOD_BYTES;
    if (first == 0) continue;
    // Few parameters: descriptions may share words, and each is gone through.
    if (isStatic || parameters == 0 || parameters > <u32>IMG_MAX_DYNAMIC_ARGUMENTS) return VE_TYPES;
    if (first < methods || first >= words || words - first < parameters * 2 - 1) return VE_TYPES;
    let code = at + ((<usize>first) << 2);
    if (!isTypeCode(image, load<u32>(code))) return VE_TYPES;
    for (let p: u32 = 1; p < parameters; p++, code += 8)
      if (!isTypeCode(image, load<u32>(code, 4)) || !isDefault(image, load<u32>(code, 8))) return VE_TYPES;
  }
  return 0;
}
