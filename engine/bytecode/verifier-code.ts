/** The instructions of one method: opcodes, operands, jump targets and call windows. */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_BOOLEAN,
  CLASS_FLOAT,
  CLASS_INT,
  CLASS_STRING,
  NATIVES,
  OBJECT_VSLOTS,
  builtinMethodFlags,
  builtinMethodParamCount,
} from './builtins.generated';
import {
  IMG_CLASS_BYTES,
  IMG_CLASS_FLAGS,
  IMG_CLASS_FLAG_ABSTRACT,
  IMG_DYNAMIC_ASKS,
  IMG_DYNAMIC_EACH,
  IMG_DYNAMIC_OPERATORS,
  IMG_DYNAMIC_UNARY,
  IMG_HOSTCALL_ARGUMENTS,
  IMG_HOSTCALL_BYTES,
  IMG_INSTRUCTION_BYTES,
  IMG_MAX_FRAME_SLOTS,
  IMG_CALL_COUNT,
  IMG_CALL_COUNT_MASK,
  IMG_CALL_PARAMETERS,
  IMG_KINDS_TOO_MANY,
  IMG_KIND_OF_BOOLEAN,
  IMG_KIND_OF_FLOAT,
  IMG_METHOD_BYTES,
  IMG_METHOD_CODE_COUNT,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FRAME,
  IMG_METHOD_PARAMS,
  IMG_NEEDS_FLOATS,
  IMG_SEC_CLASSES,
  IMG_SEC_CODE,
  IMG_SEC_GLOBALS,
  IMG_SEC_HOSTCALLS,
  IMG_SEC_INTS,
  IMG_SEC_METHODS,
  IMG_SEC_SITES,
  IMG_SEC_STRINGS,
  IMG_SITE_ARGUMENTS,
  IMG_SITE_BYTES,
  IMG_W_NEEDS,
  IMG_SITE_DYNAMIC,
} from './image';
import { baseOf, recordFrom, totalOf } from './images';
import { count } from './records';
import {
  KX_CLASS,
  KX_GLOBAL,
  KX_HOST,
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
  K_N,
  K_OFF16,
  K_R,
  K_VSLOT,
  K_WI,
  K_WIN,
  OPCODES,
  OP_FIRST_USER,
  OP_CALLI,
  OP_DGET,
  OP_DOP,
  OP_DPUT,
  OP_JMP,
  OP_LAST_USER,
  OP_NEW,
  OP_NEWA,
  OP_NEWAN,
  OP_RET,
  OP_RETV,
  OP_SCAT,
  OP_THROW,
  operandKind,
} from './opcodes.generated';
import { isTypeCode } from './verifier-types';
import {
  VE_CALL_SITE,
  VE_CLASS,
  VE_COUNT,
  VE_FALL_THROUGH,
  VE_FIELD,
  VE_GLOBAL,
  VE_HOST,
  VE_INT,
  VE_JUMP,
  VE_KINDS,
  VE_METHOD,
  VE_NATIVE,
  VE_NEW_CLASS,
  VE_OPCODE,
  VE_SLOT,
  VE_STRING,
  VE_TYPE,
  VE_VSLOT,
  VE_WINDOW,
} from './verifier-errors';

/** Slots that a call window keeps for the caller's state, in front of the arguments. */
const WINDOW_STATE: u32 = 2;

/** In a native's flags: the kernel does not have it. */
const USER_ONLY: i32 = 8;

/** Does the image say that it needs floats? */
function hasFloats(image: usize): bool {
  return (load<u32>(image + <usize>IMG_W_NEEDS) & (<u32>IMG_NEEDS_FLOATS)) != 0;
}

/** Is it a record of this very image? */
function isOwn(image: usize, section: i32, index: u32): bool {
  return index - baseOf(image, section) < count(image, section);
}

/** Arguments that native `id` reads from its window, `this` included. */
export function nativeArity(id: i32): u32 {
  return <u32>builtinMethodParamCount(id) + ((builtinMethodFlags(id) & 1) != 0 ? 0 : 1);
}

/** May an instruction make an instance of class `cls`, which is in range? Strings, arrays and boxes have instructions of their own. */
function constructible(image: usize, cls: u32): bool {
  if (cls < <u32>BUILTIN_CLASSES) {
    const c = <i32>cls;
    return c != CLASS_INT && c != CLASS_BOOLEAN && c != CLASS_FLOAT && c != CLASS_STRING && c != CLASS_ARRAY;
  }
  const record = recordFrom(image, IMG_SEC_CLASSES, cls - <u32>BUILTIN_CLASSES, IMG_CLASS_BYTES);
  return (load<u32>(record + <usize>IMG_CLASS_FLAGS) & (<u32>IMG_CLASS_FLAG_ABSTRACT)) == 0;
}

/** The operand in `Bx`. `pc` is the instruction's own. */
function checkWide(image: usize, op: i32, kind: i32, value: i32, window: u32, frame: u32, pc: u32, length: u32): i32 {
  const v = <u32>value;
  if (kind == KX_OFF32) return checkJump(pc, value, length);
  if (kind == KX_INT) return isOwn(image, IMG_SEC_INTS, v) ? 0 : VE_INT;
  if (kind == KX_STRING) return isOwn(image, IMG_SEC_STRINGS, v) ? 0 : VE_STRING;
  if (kind == KX_GLOBAL) return v < totalOf(image, IMG_SEC_GLOBALS) ? 0 : VE_GLOBAL;
  if (kind == KX_CLASS) {
    if (v >= <u32>BUILTIN_CLASSES + totalOf(image, IMG_SEC_CLASSES)) return VE_CLASS;
    return op == OP_NEW && !constructible(image, v) ? VE_NEW_CLASS : 0;
  }
  if (kind == KX_METHOD) {
    if (v >= totalOf(image, IMG_SEC_METHODS)) return VE_METHOD;
    const callee = recordFrom(image, IMG_SEC_METHODS, v, IMG_METHOD_BYTES);
    return window + WINDOW_STATE + load<u32>(callee + <usize>IMG_METHOD_PARAMS) <= frame ? 0 : VE_WINDOW;
  }
  if (kind == KX_NATIVE) {
    if (v >= <u32>NATIVES || ((builtinMethodFlags(value) & USER_ONLY) != 0 && !hasFloats(image))) return VE_NATIVE;
    return window + WINDOW_STATE + nativeArity(value) <= frame ? 0 : VE_WINDOW;
  }
  if (kind == KX_HOST) {
    if (!isOwn(image, IMG_SEC_HOSTCALLS, v)) return VE_HOST;
    const call = recordFrom(image, IMG_SEC_HOSTCALLS, v, IMG_HOSTCALL_BYTES);
    return window + load<u32>(call + <usize>IMG_HOSTCALL_ARGUMENTS) <= frame ? 0 : VE_SLOT;
  }
  if (kind == KX_KINDS) {
    const count = (v & IMG_CALL_COUNT_MASK) >> IMG_CALL_COUNT;
    if (count > IMG_CALL_PARAMETERS || (v & IMG_KINDS_TOO_MANY) != 0) return VE_KINDS;
    return window + WINDOW_STATE + 1 + count <= frame ? 0 : VE_WINDOW;
  }
  if (kind == KX_SITE) {
    if (!isOwn(image, IMG_SEC_SITES, v)) return VE_CALL_SITE;
    const site = recordFrom(image, IMG_SEC_SITES, v, IMG_SITE_BYTES);
    const given = load<u32>(site + <usize>IMG_SITE_ARGUMENTS);
    if (((given & IMG_SITE_DYNAMIC) != 0) != (op != OP_CALLI)) return VE_CALL_SITE;
    const count = given & ~IMG_SITE_DYNAMIC;
    if ((op == OP_DGET && count != 1) || (op == OP_DPUT && count != 2)) return VE_CALL_SITE;
    return window + WINDOW_STATE + count <= frame ? 0 : VE_WINDOW;
  }
  if (kind == KX_TYPE) return isTypeCode(image, v) ? 0 : VE_TYPE;
  return 0;
}

function checkJump(pc: u32, offset: i32, length: u32): i32 {
  const target = <i64>pc + 1 + <i64>offset;
  return target >= 0 && target < <i64>length ? 0 : VE_JUMP;
}

/** Operand of kind `kind` in a 16-bit field. */
function checkNarrow(
  image: usize,
  kind: i32,
  value: u32,
  window: u32,
  frame: u32,
  vslots: u32,
  pc: u32,
  length: u32,
): i32 {
  if (kind >= K_WI && kind <= K_R) return value < frame ? 0 : VE_SLOT;
  if (kind == K_OFF16) return checkJump(pc, <i32>(<i16>value), length);
  if (kind == K_FIELD) return value < <u32>IMG_MAX_FRAME_SLOTS ? 0 : VE_FIELD;
  if (kind == K_CLASS) return value < <u32>BUILTIN_CLASSES + totalOf(image, IMG_SEC_CLASSES) ? 0 : VE_CLASS;
  if (kind == K_WIN) return value + WINDOW_STATE <= frame ? 0 : VE_WINDOW;
  if (kind == K_VSLOT) {
    if (value >= vslots) return VE_VSLOT;
    // The slots of `Object` may lead to natives, which have no frame of their own to check: their arguments must be there.
    const arity = value < <u32>OBJECT_VSLOTS ? nativeArity(<i32>value) : 1;
    return window + WINDOW_STATE + arity <= frame ? 0 : VE_WINDOW;
  }
  return 0;
}

/** Counts: the joined slots lie in the frame, the element kind of a new array is known. */
function checkCount(image: usize, op: i32, b: u32, c: u32, frame: u32): i32 {
  const kinds: u32 = hasFloats(image) ? IMG_KIND_OF_FLOAT : IMG_KIND_OF_BOOLEAN;
  if (op == OP_SCAT) return b + c <= frame ? 0 : VE_SLOT;
  if (op == OP_NEWA) return b <= kinds ? 0 : VE_COUNT;
  if (op == OP_NEWAN) return c <= kinds ? 0 : VE_COUNT;
  if (op == OP_DOP) {
    if (c >= <u32>IMG_DYNAMIC_OPERATORS) return VE_COUNT;
    const isUnary = (c >= <u32>IMG_DYNAMIC_UNARY && c < <u32>IMG_DYNAMIC_ASKS) || c == <u32>IMG_DYNAMIC_EACH;
    return isUnary || b + 1 < frame ? 0 : VE_SLOT;
  }
  return 0;
}

/**
 * Checks the instructions of the method record at `method`, whose counts and ranges are known to be right.
 * `vslots` is the length of the longest virtual table. Returns 0 or a `VE_` code.
 */
export function verifyCode(image: usize, method: usize, vslots: u32): i32 {
  const frame = load<u32>(method + <usize>IMG_METHOD_FRAME);
  const length = load<u32>(method + <usize>IMG_METHOD_CODE_COUNT);
  const code =
    image +
    <usize>load<u32>(image + <usize>IMG_SEC_CODE) +
    <usize>(load<u32>(method + <usize>IMG_METHOD_FIRST_CODE) * <u32>IMG_INSTRUCTION_BYTES);
  const floats = hasFloats(image);
  let op = OP_RETV;
  for (let pc: u32 = 0; pc < length; pc++) {
    const at = code + <usize>(pc << 3);
    op = <i32>load<u16>(at);
    if (op >= OPCODES || (op >= OP_FIRST_USER && op <= OP_LAST_USER && !floats)) return VE_OPCODE;
    const a = <u32>load<u16>(at, 2);
    const b = <u32>load<u16>(at, 4);
    const c = <u32>load<u16>(at, 6);
    let error = checkNarrow(image, operandKind(op, 0), a, a, frame, vslots, pc, length);
    if (error != 0) return error;
    const kind = operandKind(op, 1);
    if (kind >= 32) {
      error = checkWide(image, op, kind, load<i32>(at, 4), a, frame, pc, length);
    } else {
      error = checkNarrow(image, kind, b, a, frame, vslots, pc, length);
      if (error != 0) return error;
      const last = operandKind(op, 2);
      error = checkNarrow(image, last, c, a, frame, vslots, pc, length);
      if (error == 0 && (last == K_N || kind == K_N)) error = checkCount(image, op, b, c, frame);
    }
    if (error != 0) return error;
  }
  return op == OP_JMP || op == OP_RET || op == OP_RETV || op == OP_THROW ? 0 : VE_FALL_THROUGH;
}
