/**
 * The image verifier: structure and references of an image, before anything of it is linked.
 *
 * Linear in the image's length, whatever its records say: ranges that records claim of a section (fields, virtual
 * tables, code, handlers, lines, string bytes) may not add up to more than there is. Allocates nothing.
 * What it guarantees, and what it leaves to others, stands in `docs/image-format.md`.
 */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_EXCEPTION,
  CLASS_FUNC,
  CLASS_OBJECT,
  OBJECT_VSLOTS,
  builtinClassFlags,
  builtinClassSlots,
  builtinClassSuper,
} from './builtins.generated';
import {
  IMG_BASE_SITES,
  IMG_CLASS_BYTES,
  IMG_CLASS_FIELD_COUNT,
  IMG_CLASS_FIRST_FIELD,
  IMG_CLASS_FIRST_VTABLE,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_CLASS_FLAG_EXCEPTION,
  IMG_CLASS_FLAG_HANDLE,
  IMG_CLASS_FLAG_INTERFACE,
  IMG_CLASS_NAME,
  IMG_CLASS_OPS,
  IMG_CLASS_SLOTS,
  IMG_CLASS_SUPER,
  IMG_CLASS_VTABLE_COUNT,
  IMG_FIELD_BYTES,
  IMG_FIELD_FLAGS,
  IMG_FIELD_FLAG_FINAL,
  IMG_FIELD_FLAG_HIDDEN,
  IMG_FIELD_NAME,
  IMG_FIELD_SLOT,
  IMG_FIELD_TYPE,
  IMG_GLOBAL_BYTES,
  IMG_GLOBAL_FLAGS,
  IMG_GLOBAL_NAME,
  IMG_GLOBAL_TYPE,
  IMG_HANDLER_BYTES,
  IMG_HEADER_BYTES,
  IMG_HOSTCALL_ARGUMENTS,
  IMG_HOSTCALL_BYTES,
  IMG_HOSTCALL_CLASS,
  IMG_HOSTCALL_FLAGS,
  IMG_HOSTCALL_NAME,
  IMG_HOSTCALL_SIGNATURE,
  IMG_INSTRUCTION_BYTES,
  IMG_INT_BYTES,
  IMG_IOCTL_BYTES,
  IMG_ITABLE_BYTES,
  IMG_LAYOUT_BYTES,
  IMG_LAYOUT_FIELD_BYTES,
  IMG_LINE_BYTES,
  IMG_MAGIC,
  IMG_MAX_FRAME_SLOTS,
  IMG_MAX_HOST_ARGUMENTS,
  IMG_METHOD_BYTES,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_RESULT_INT,
  IMG_METHOD_FLAG_RESULT_REF,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_PARAMS,
  IMG_METHOD_SHAPE,
  IMG_OPS_BYTES,
  IMG_OPS_FLAGS,
  IMG_OPS_HANDLERS,
  IMG_OPS_IOCTL,
  IMG_OPS_OPEN,
  IMG_OPS_POLL,
  IMG_OPS_READ,
  IMG_OPS_SEEK,
  IMG_OPS_WRITE,
  IMG_PATCH_BYTES,
  IMG_PATCH_CLASS,
  IMG_PATCH_METHOD,
  IMG_PATCH_SLOT,
  IMG_SECTIONS,
  IMG_SEC_CLASSES,
  IMG_SEC_CODE,
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
  IMG_NEEDS_FLOATS,
  IMG_SHAPE_FILE,
  IMG_SHAPE_HANDLER,
  IMG_SHAPE_IN,
  IMG_SHAPE_OUT,
  IMG_SHAPE_SEEK,
  IMG_SHAPE_SESSION,
  IMG_SITE_BYTES,
  IMG_STRING_BYTES,
  IMG_STRING_LENGTH,
  IMG_STRING_OFFSET,
  IMG_TYPE_WORD_BYTES,
  IMG_VERSION,
  IMG_VTABLE_BYTES,
  IMG_VTABLE_NATIVE,
  IMG_W_DECLARATIONS,
  IMG_W_DEFAULT_DEVICE,
  IMG_W_DEVICE_MODE,
  IMG_W_FILE_NAME,
  IMG_W_LENGTH,
  IMG_W_MAGIC,
  IMG_W_MAIN,
  IMG_W_NEEDS,
  IMG_W_RESERVED0,
  IMG_W_RESERVED2,
  IMG_W_SCRIPT_NAME,
  IMG_W_SPEC_HASH,
  IMG_W_TOP_METHOD,
  IMG_W_VERSION,
  sectionWord,
} from './image';
import { baseOf, baseWord, holderFrom, recordFrom, recordIn, total, totalOf } from './images';
import { count, record, word } from './records';
import { SPEC_HASH } from './opcodes.generated';
import { nativeArity, verifyCode } from './verifier-code';
import {
  VE_ALIGNMENT,
  VE_BASE,
  VE_CLASS_COUNT,
  VE_CLASS_FIELDS,
  VE_CLASS_FLAGS,
  VE_CLASS_SLOTS,
  VE_CLASS_SUPER,
  VE_CLASS_VTABLE,
  VE_DEFAULT_DEVICE,
  VE_DEVICE_MODE,
  VE_FIELD_FLAGS,
  VE_FIELD_SLOT,
  VE_GLOBAL_FLAGS,
  VE_HOSTCALL,
  VE_LENGTH,
  VE_MAGIC,
  VE_MAIN,
  VE_NAME,
  VE_NEEDS,
  VE_OPS_FLAGS,
  VE_OPS_METHOD,
  VE_PATCH,
  VE_RESERVED,
  VE_SECTION,
  VE_SECTION_OVERLAP,
  VE_SPEC_HASH,
  VE_STRING_BOUNDS,
  VE_STRING_TOTAL,
  VE_STRING_UTF8,
  VE_TOP_METHOD,
  VE_TRUNCATED,
  VE_VERSION,
  VE_VTABLE_ARITY,
  VE_VTABLE_ENTRY,
} from './verifier-errors';
import { isInterface, verifyInterfaces } from './verifier-interfaces';
import { isTypeCode, verifyTypes } from './verifier-types';
import { verifyIoctls, verifyLayouts } from './verifier-ioctls';
import { verifyMethods } from './verifier-methods';

/** Class ids must fit into 16 bits of an object's header. */
const MAX_CLASSES: u32 = 65535;

/** Record of class `cls`, which is no built-in one: of this image or an earlier one. */
function classRecord(image: usize, cls: u32): usize {
  return recordFrom(image, IMG_SEC_CLASSES, cls - <u32>BUILTIN_CLASSES, IMG_CLASS_BYTES);
}

function methodRecord(image: usize, method: u32): usize {
  return recordFrom(image, IMG_SEC_METHODS, method, IMG_METHOD_BYTES);
}

/** Is it a string of this very image? */
function isString(image: usize, index: u32): bool {
  return index - baseOf(image, IMG_SEC_STRINGS) < count(image, IMG_SEC_STRINGS);
}

/** Bytes of one record of a section. */
function recordBytes(section: i32): u32 {
  if (section == IMG_SEC_STRINGS) return <u32>IMG_STRING_BYTES;
  if (section == IMG_SEC_INTS) return <u32>IMG_INT_BYTES;
  if (section == IMG_SEC_CLASSES) return <u32>IMG_CLASS_BYTES;
  if (section == IMG_SEC_FIELDS) return <u32>IMG_FIELD_BYTES;
  if (section == IMG_SEC_METHODS) return <u32>IMG_METHOD_BYTES;
  if (section == IMG_SEC_VTABLE) return <u32>IMG_VTABLE_BYTES;
  if (section == IMG_SEC_HANDLERS) return <u32>IMG_HANDLER_BYTES;
  if (section == IMG_SEC_LINES) return <u32>IMG_LINE_BYTES;
  if (section == IMG_SEC_GLOBALS) return <u32>IMG_GLOBAL_BYTES;
  if (section == IMG_SEC_IOCTLS) return <u32>IMG_IOCTL_BYTES;
  if (section == IMG_SEC_LAYOUTS) return <u32>IMG_LAYOUT_BYTES;
  if (section == IMG_SEC_LAYOUT_FIELDS) return <u32>IMG_LAYOUT_FIELD_BYTES;
  if (section == IMG_SEC_HOSTCALLS) return <u32>IMG_HOSTCALL_BYTES;
  if (section == IMG_SEC_PATCHES) return <u32>IMG_PATCH_BYTES;
  if (section == IMG_SEC_SITES) return <u32>IMG_SITE_BYTES;
  if (section == IMG_SEC_ITABLE) return <u32>IMG_ITABLE_BYTES;
  if (section == IMG_SEC_TYPES) return <u32>IMG_TYPE_WORD_BYTES;
  return <u32>IMG_INSTRUCTION_BYTES;
}

/** Each section lies behind the header and inside the image, aligned, and no two share a byte. */
function verifySections(image: usize, length: u32): i32 {
  for (let i = 0; i < IMG_SECTIONS; i++) {
    const s = sectionWord(i);
    const offset = word(image, s);
    const records = count(image, s);
    const align: u32 = s == IMG_SEC_INTS || s == IMG_SEC_CODE ? 7 : 3;
    if (offset < <u32>IMG_HEADER_BYTES || offset > length || (offset & align) != 0) return VE_SECTION;
    if (records > (length - offset) / recordBytes(s)) return VE_SECTION;
    const end = offset + records * recordBytes(s);
    for (let j = 0; j < i; j++) {
      const other = sectionWord(j);
      const from = word(image, other);
      const to = from + count(image, other) * recordBytes(other);
      if (offset < to && from < end) return VE_SECTION_OVERLAP;
    }
  }
  return 0;
}

/** Is it UTF-8, without surrogates and overlong forms? */
function isUtf8(at: usize, bytes: u32): bool {
  let p = at;
  const end = at + <usize>bytes;
  while (p < end) {
    const lead = <u32>load<u8>(p);
    p++;
    if (lead < 0x80) continue;
    const more: i32 = lead >= 0xc2 && lead < 0xe0 ? 1 : (lead & 0xf0) == 0xe0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    if (more == 0 || p + <usize>more > end) return false;
    const second = <u32>load<u8>(p);
    if (
      (lead == 0xe0 && second < 0xa0) ||
      (lead == 0xed && second > 0x9f) ||
      (lead == 0xf0 && second < 0x90) ||
      (lead == 0xf4 && second > 0x8f)
    )
      return false;
    for (let i = 0; i < more; i++) {
      if ((load<u8>(p) & 0xc0) != 0x80) return false;
      p++;
    }
  }
  return true;
}

function verifyStrings(image: usize, length: u32): i32 {
  const strings = count(image, IMG_SEC_STRINGS);
  let total: u64 = 0;
  for (let i: u32 = 0; i < strings; i++) {
    const at = record(image, IMG_SEC_STRINGS, i, IMG_STRING_BYTES);
    const offset = word(at, IMG_STRING_OFFSET);
    const bytes = word(at, IMG_STRING_LENGTH);
    if (offset > length || bytes > length - offset) return VE_STRING_BOUNDS;
    total += <u64>bytes;
    if (total > <u64>length) return VE_STRING_TOTAL;
    if (!isUtf8(image + <usize>offset, bytes)) return VE_STRING_UTF8;
  }
  return 0;
}

/** Is built-in class `cls` an exception? */
function isBuiltinException(cls: u32): bool {
  let c = <i32>cls;
  while (c >= 0 && c != CLASS_EXCEPTION) c = builtinClassSuper(c);
  return c == CLASS_EXCEPTION;
}

function slotsOf(image: usize, cls: u32): u32 {
  if (cls < <u32>BUILTIN_CLASSES) return <u32>builtinClassSlots(<i32>cls);
  return word(classRecord(image, cls), IMG_CLASS_SLOTS);
}

/** Parameters of virtual-table entry `slot` of class `cls`, which is verified and has that slot. */
function virtualArity(image: usize, cls: u32, slot: u32): u32 {
  if (cls < <u32>BUILTIN_CLASSES) return nativeArity(<i32>slot);
  const at = classRecord(image, cls);
  const owner = holderFrom(image, IMG_SEC_CLASSES, cls - <u32>BUILTIN_CLASSES);
  const entry = word(record(owner, IMG_SEC_VTABLE, word(at, IMG_CLASS_FIRST_VTABLE) + slot, IMG_VTABLE_BYTES), 0);
  if ((entry & IMG_VTABLE_NATIVE) != 0) return nativeArity(<i32>slot);
  return word(methodRecord(image, entry), IMG_METHOD_PARAMS);
}

/** Every entry leads to an instance method, or to `Object`'s own native of that slot; overriding keeps the number of parameters. */
function verifyVtable(image: usize, at: usize, above: u32): i32 {
  const first = word(at, IMG_CLASS_FIRST_VTABLE);
  const entries = word(at, IMG_CLASS_VTABLE_COUNT);
  const inherited =
    above < <u32>BUILTIN_CLASSES ? <u32>OBJECT_VSLOTS : word(classRecord(image, above), IMG_CLASS_VTABLE_COUNT);
  if (entries < inherited) return VE_CLASS_VTABLE;
  for (let slot: u32 = 0; slot < entries; slot++) {
    const entry = word(record(image, IMG_SEC_VTABLE, first + slot, IMG_VTABLE_BYTES), 0);
    if ((entry & IMG_VTABLE_NATIVE) != 0) {
      // The natives of `Object` are the first of all, in the order of their slots.
      if ((entry ^ IMG_VTABLE_NATIVE) != slot || slot >= <u32>OBJECT_VSLOTS) return VE_VTABLE_ENTRY;
      continue;
    }
    if (entry >= totalOf(image, IMG_SEC_METHODS)) return VE_VTABLE_ENTRY;
    const method = methodRecord(image, entry);
    if ((word(method, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0) return VE_VTABLE_ENTRY;
    const arity = word(method, IMG_METHOD_PARAMS);
    if (arity == 0 || (slot < inherited && arity != virtualArity(image, above, slot))) return VE_VTABLE_ARITY;
  }
  return 0;
}

/** A device operations record; its methods are device handlers. */
function verifyOps(image: usize, ops: usize): i32 {
  for (let i = 0; i < IMG_OPS_HANDLERS; i++) {
    const method = word(ops, i << 2);
    if (method == 0) continue;
    if (method > totalOf(image, IMG_SEC_METHODS)) return VE_OPS_METHOD;
    if (!isOperation(methodRecord(image, method - 1), i << 2)) return VE_OPS_METHOD;
  }
  return word(ops, IMG_OPS_IOCTL) <= 1 && word(ops, IMG_OPS_FLAGS) <= 1 ? 0 : VE_OPS_FLAGS;
}

/** Has the method the shape and the kind of result that a handler of this operation has? */
function isOperation(method: usize, operation: i32): bool {
  const shape = <i32>word(method, IMG_METHOD_SHAPE);
  const result = (<i32>word(method, IMG_METHOD_FLAGS)) & (IMG_METHOD_FLAG_RESULT_REF | IMG_METHOD_FLAG_RESULT_INT);
  const kind = shape & ~(IMG_SHAPE_FILE | IMG_SHAPE_SESSION);
  if (operation == IMG_OPS_READ) return kind == (IMG_SHAPE_HANDLER | IMG_SHAPE_OUT) && result == 0;
  if (operation == IMG_OPS_WRITE)
    return kind == (IMG_SHAPE_HANDLER | IMG_SHAPE_IN) && result != IMG_METHOD_FLAG_RESULT_REF;
  if (operation == IMG_OPS_SEEK)
    return kind == (IMG_SHAPE_HANDLER | IMG_SHAPE_SEEK) && result == IMG_METHOD_FLAG_RESULT_INT;
  if (kind != IMG_SHAPE_HANDLER) return false;
  if (operation == IMG_OPS_POLL) return result == IMG_METHOD_FLAG_RESULT_INT;
  if (operation == IMG_OPS_OPEN) return result != IMG_METHOD_FLAG_RESULT_INT && (shape & IMG_SHAPE_SESSION) == 0;
  return result == 0;
}

function verifyFields(image: usize, at: usize, inherited: u32): i32 {
  const first = word(at, IMG_CLASS_FIRST_FIELD);
  const fields = word(at, IMG_CLASS_FIELD_COUNT);
  for (let i: u32 = 0; i < fields; i++) {
    const field = record(image, IMG_SEC_FIELDS, first + i, IMG_FIELD_BYTES);
    if (!isString(image, word(field, IMG_FIELD_NAME)) || !isString(image, word(field, IMG_FIELD_TYPE))) return VE_NAME;
    if (word(field, IMG_FIELD_SLOT) != inherited + i) return VE_FIELD_SLOT;
    if (!isTypeCode(image, word(field, IMG_FIELD_FLAGS) & ~(<u32>(IMG_FIELD_FLAG_FINAL | IMG_FIELD_FLAG_HIDDEN))))
      return VE_FIELD_FLAGS;
  }
  return 0;
}

/** Does `first … first + records` lie inside of a section of `of` records? */
function inside(first: u32, records: u32, total: u32): bool {
  return first <= total && records <= total - first;
}

/** Is class `cls`, which is in range, one whose objects hold a handle of the host? */
function isHandleClass(image: usize, cls: u32): bool {
  if (cls < <u32>BUILTIN_CLASSES) return false;
  return (word(classRecord(image, cls), IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_HANDLE)) != 0;
}

/** All classes; the method records are verified already. */
function verifyClasses(image: usize): i32 {
  const classes = count(image, IMG_SEC_CLASSES);
  let fields: u64 = 0;
  let entries: u64 = 0;
  for (let i: u32 = 0; i < classes; i++) {
    const at = record(image, IMG_SEC_CLASSES, i, IMG_CLASS_BYTES);
    if (!isString(image, word(at, IMG_CLASS_NAME))) return VE_NAME;
    const above = word(at, IMG_CLASS_SUPER);
    if (above >= <u32>BUILTIN_CLASSES + baseOf(image, IMG_SEC_CLASSES) + i) return VE_CLASS_SUPER;
    // The compiler extends Func where scripts cannot.
    if (above < <u32>BUILTIN_CLASSES && (builtinClassFlags(<i32>above) & 1) == 0 && above != <u32>CLASS_FUNC)
      return VE_CLASS_SUPER;

    const own = word(at, IMG_CLASS_FIELD_COUNT);
    fields += <u64>own;
    if (
      !inside(word(at, IMG_CLASS_FIRST_FIELD), own, count(image, IMG_SEC_FIELDS)) ||
      fields > <u64>count(image, IMG_SEC_FIELDS)
    )
      return VE_CLASS_FIELDS;
    const inherited = slotsOf(image, above);
    const slots = word(at, IMG_CLASS_SLOTS);
    if (slots != inherited + own || slots > <u32>IMG_MAX_FRAME_SLOTS) return VE_CLASS_SLOTS;
    let error = verifyFields(image, at, inherited);
    if (error != 0) return error;

    const flags = word(at, IMG_CLASS_FLAGS);
    const exception: u32 =
      above < <u32>BUILTIN_CLASSES
        ? isBuiltinException(above)
          ? 1
          : 0
        : word(classRecord(image, above), IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_EXCEPTION);
    if (flags > 31 || (flags & (<u32>IMG_CLASS_FLAG_EXCEPTION)) != exception) return VE_CLASS_FLAGS;

    // A handle is the only field, in the first slot, and no other class brings one along.
    if ((flags & (<u32>IMG_CLASS_FLAG_HANDLE)) != 0) {
      const field = record(image, IMG_SEC_FIELDS, word(at, IMG_CLASS_FIRST_FIELD), IMG_FIELD_BYTES);
      if (above != <u32>CLASS_OBJECT || own != 1 || (word(field, IMG_FIELD_FLAGS) & ~(<u32>IMG_FIELD_FLAG_HIDDEN)) != 0)
        return VE_CLASS_FLAGS;
    }
    if (isHandleClass(image, above) || isInterface(image, above)) return VE_CLASS_SUPER;
    // An interface holds nothing, and no object is of it.
    if ((flags & (<u32>IMG_CLASS_FLAG_INTERFACE)) != 0) {
      const alone = (<u32>IMG_CLASS_FLAG_INTERFACE) | (<u32>IMG_CLASS_FLAG_ABSTRACT);
      if (above != <u32>CLASS_OBJECT || own != 0 || flags != alone) return VE_CLASS_FLAGS;
    }

    const table = word(at, IMG_CLASS_VTABLE_COUNT);
    entries += <u64>table;
    if (
      !inside(word(at, IMG_CLASS_FIRST_VTABLE), table, count(image, IMG_SEC_VTABLE)) ||
      entries > <u64>count(image, IMG_SEC_VTABLE)
    )
      return VE_CLASS_VTABLE;
    error = verifyVtable(image, at, above);
    if (error == 0) error = verifyOps(image, at + <usize>IMG_CLASS_OPS);
    if (error != 0) return error;
  }
  return 0;
}

/** Is `c` one of the ASCII letters of `letters`? */
function isOneOf(c: u32, letters: u64): bool {
  for (let rest = letters; rest != 0; rest >>= 8) if (<u64>c == (rest & 0xff)) return true;
  return false;
}

// "VIBSsHhN" and "IBSsHhOo", as bytes of a number.
const RESULTS: u64 = 0x4e68487353424956;
const PARAMETERS: u64 = 0x6f4f684873534249;

/** Functions of the host: the verified classes that they give objects of, signatures like `I(HIS)`. */
function verifyHostCalls(image: usize): i32 {
  for (let i: u32 = 0; i < count(image, IMG_SEC_HOSTCALLS); i++) {
    const at = record(image, IMG_SEC_HOSTCALLS, i, IMG_HOSTCALL_BYTES);
    const signature = word(at, IMG_HOSTCALL_SIGNATURE);
    if (!isString(image, word(at, IMG_HOSTCALL_NAME)) || !isString(image, signature)) return VE_NAME;
    const text = recordIn(image, IMG_SEC_STRINGS, signature, IMG_STRING_BYTES);
    const letters = image + <usize>word(text, IMG_STRING_OFFSET);
    const parameters = word(at, IMG_HOSTCALL_ARGUMENTS);
    if (parameters > <u32>IMG_MAX_HOST_ARGUMENTS || word(text, IMG_STRING_LENGTH) != parameters + 3) return VE_HOSTCALL;
    const isStatic = word(at, IMG_HOSTCALL_FLAGS);
    if (isStatic > 1 || (isStatic == 0 && (parameters == 0 || load<u8>(letters, 2) != 72))) return VE_HOSTCALL;
    const result = <u32>load<u8>(letters);
    if (!isOneOf(result, RESULTS) || load<u8>(letters, 1) != 40) return VE_HOSTCALL;
    for (let p: u32 = 0; p < parameters; p++)
      if (!isOneOf(<u32>load<u8>(letters + 2 + <usize>p), PARAMETERS)) return VE_HOSTCALL;
    if (load<u8>(letters + 2 + <usize>parameters) != 41) return VE_HOSTCALL;
    // A constructor gives its first argument the handle.
    if (result == 78 && isStatic != 0) return VE_HOSTCALL;
    const cls = word(at, IMG_HOSTCALL_CLASS);
    if ((result & ~(<u32>32)) != 72) {
      if (cls != 0) return VE_HOSTCALL;
    } else if (cls >= <u32>BUILTIN_CLASSES + totalOf(image, IMG_SEC_CLASSES) || !isHandleClass(image, cls))
      return VE_HOSTCALL;
  }
  return 0;
}

function verifyGlobals(image: usize): i32 {
  const globals = count(image, IMG_SEC_GLOBALS);
  for (let i: u32 = 0; i < globals; i++) {
    const at = record(image, IMG_SEC_GLOBALS, i, IMG_GLOBAL_BYTES);
    if (!isString(image, word(at, IMG_GLOBAL_NAME)) || !isString(image, word(at, IMG_GLOBAL_TYPE))) return VE_NAME;
    if (word(at, IMG_GLOBAL_FLAGS) > 1) return VE_GLOBAL_FLAGS;
  }
  return 0;
}

/** What the header says of the script: top level, `main`, names, the default device. */
function verifyEntryPoints(image: usize, length: u32): i32 {
  const methods = count(image, IMG_SEC_METHODS);
  const before = baseOf(image, IMG_SEC_METHODS);
  const top = word(image, IMG_W_TOP_METHOD);
  if (top - before >= methods || word(methodRecord(image, top), IMG_METHOD_PARAMS) != 0) return VE_TOP_METHOD;
  const main = word(image, IMG_W_MAIN);
  if (main != 0 && (main - 1 - before >= methods || word(methodRecord(image, main - 1), IMG_METHOD_PARAMS) > 1))
    return VE_MAIN;
  const declarations = word(image, IMG_W_DECLARATIONS);
  if (declarations != 0 && !isString(image, declarations - 1)) return VE_NAME;
  if (!isString(image, word(image, IMG_W_FILE_NAME)) || !isString(image, word(image, IMG_W_SCRIPT_NAME)))
    return VE_NAME;
  const mode = <i32>word(image, IMG_W_DEVICE_MODE);
  if (mode < -1 || mode > 0o777) return VE_DEVICE_MODE;
  const ops = word(image, IMG_W_DEFAULT_DEVICE);
  if (ops == 0) return 0;
  if (ops < <u32>IMG_HEADER_BYTES || (ops & 3) != 0 || ops > length || length - ops < <u32>IMG_OPS_BYTES)
    return VE_DEFAULT_DEVICE;
  return verifyOps(image, image + <usize>ops);
}

function reservedAreZero(image: usize): bool {
  if (word(image, IMG_W_RESERVED0) != 0 || (word(image, IMG_W_NEEDS) & ~(<u32>IMG_NEEDS_FLOATS)) != 0) return false;
  for (let i = IMG_W_RESERVED2; i < IMG_BASE_SITES; i += 4) if (word(image, i) != 0) return false;
  return true;
}

/** Does the image go on where the last one of the isolate ended? */
function followsOn(image: usize): bool {
  for (let i = 0; i < IMG_SECTIONS; i++) {
    const section = sectionWord(i);
    if (baseWord(section) != 0 && baseOf(image, section) != total(section)) return false;
  }
  return true;
}

/** Replaced entries: of Array and of classes of earlier images, by instance methods of this one with as many parameters. */
function verifyPatches(image: usize): i32 {
  for (let i: u32 = 0; i < count(image, IMG_SEC_PATCHES); i++) {
    const at = record(image, IMG_SEC_PATCHES, i, IMG_PATCH_BYTES);
    const cls = word(at, IMG_PATCH_CLASS);
    const slot = word(at, IMG_PATCH_SLOT);
    const method = word(at, IMG_PATCH_METHOD);
    if (cls == <u32>CLASS_ARRAY) {
      if (slot >= <u32>OBJECT_VSLOTS) return VE_PATCH;
    } else {
      if (cls < <u32>BUILTIN_CLASSES || cls - <u32>BUILTIN_CLASSES >= baseOf(image, IMG_SEC_CLASSES)) return VE_PATCH;
      if (slot >= word(classRecord(image, cls), IMG_CLASS_VTABLE_COUNT)) return VE_PATCH;
    }
    if (method - baseOf(image, IMG_SEC_METHODS) >= count(image, IMG_SEC_METHODS)) return VE_PATCH;
    const to = methodRecord(image, method);
    if ((word(to, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0) return VE_PATCH;
    if (word(to, IMG_METHOD_PARAMS) != virtualArity(image, cls, slot)) return VE_PATCH;
  }
  return 0;
}

/** Length of the longest virtual table; a later image may call into those of earlier ones, which nobody goes through again. */
function longestVtable(image: usize): u32 {
  if (baseOf(image, IMG_SEC_CLASSES) != 0) return 0x10000;
  let longest = <u32>OBJECT_VSLOTS;
  for (let i: u32 = 0; i < count(image, IMG_SEC_CLASSES); i++) {
    const entries = word(record(image, IMG_SEC_CLASSES, i, IMG_CLASS_BYTES), IMG_CLASS_VTABLE_COUNT);
    if (entries > longest) longest = entries;
  }
  return longest;
}

/**
 * Verifies that the `length` bytes at `image` have the outline of an image that goes on from the last one: header, sections
 * and strings. Returns 0 or a `VE_` code.
 */
export function verifyOutline(image: usize, length: i32): i32 {
  if (length < IMG_HEADER_BYTES) return VE_TRUNCATED;
  if ((image & 7) != 0) return VE_ALIGNMENT;
  if (word(image, IMG_W_MAGIC) != IMG_MAGIC) return VE_MAGIC;
  if (word(image, IMG_W_VERSION) != IMG_VERSION) return VE_VERSION;
  if (word(image, IMG_W_SPEC_HASH) != SPEC_HASH) return VE_SPEC_HASH;
  if (word(image, IMG_W_LENGTH) != <u32>length) return VE_LENGTH;
  if (!reservedAreZero(image)) return VE_RESERVED;
  let error = verifySections(image, <u32>length);
  if (error == 0 && !followsOn(image)) error = VE_BASE;
  if (error == 0 && totalOf(image, IMG_SEC_CLASSES) > MAX_CLASSES - <u32>BUILTIN_CLASSES) error = VE_CLASS_COUNT;
  return error == 0 ? verifyStrings(image, <u32>length) : error;
}

/**
 * Verifies the image of `length` bytes at `image`, which must lie inside of linear memory.
 * Returns 0, or the `VE_` code of the first fault found.
 */
export function verify(image: usize, length: i32): i32 {
  let error = verifyOutline(image, length);
  if (error == 0 && !isDefined(FLOATS) && word(image, IMG_W_NEEDS) != 0) error = VE_NEEDS;
  if (error == 0) error = verifyMethods(image);
  if (error == 0) error = verifyClasses(image);
  if (error == 0) error = verifyPatches(image);
  if (error == 0) error = verifyInterfaces(image);
  if (error == 0) error = verifyTypes(image);
  if (error == 0) error = verifyLayouts(image);
  if (error == 0) error = verifyIoctls(image);
  if (error == 0) error = verifyHostCalls(image);
  if (error == 0) error = verifyGlobals(image);
  if (error == 0) error = verifyEntryPoints(image, <u32>length);
  if (error != 0) return error;
  const vslots = longestVtable(image);
  for (let i: u32 = 0; i < count(image, IMG_SEC_METHODS); i++) {
    error = verifyCode(image, record(image, IMG_SEC_METHODS, i, IMG_METHOD_BYTES), vslots);
    if (error != 0) return error;
  }
  return 0;
}
