/** Method records with their exception tables and line tables; not their instructions. */
import { BUILTIN_CLASSES } from './builtins.generated';
import {
  IMG_HANDLER_BYTES,
  IMG_HANDLER_CLASS,
  IMG_HANDLER_END,
  IMG_HANDLER_SLOT,
  IMG_HANDLER_START,
  IMG_HANDLER_TARGET,
  IMG_KINDS_HAS_RESULT,
  IMG_KINDS_PARAMETERS,
  IMG_KINDS_RESULT,
  IMG_KINDS_TOO_MANY,
  IMG_KIND_OF_REFERENCE,
  IMG_LINE_BYTES,
  IMG_LINE_LINE,
  IMG_LINE_PC,
  IMG_MAX_FRAME_SLOTS,
  IMG_METHOD_BYTES,
  IMG_METHOD_CODE_COUNT,
  IMG_METHOD_FILE,
  IMG_METHOD_FIRST_CODE,
  IMG_METHOD_FIRST_HANDLER,
  IMG_METHOD_FIRST_LINE,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_RESULT_REF,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_FRAME,
  IMG_METHOD_HANDLER_COUNT,
  IMG_METHOD_INPUT,
  IMG_METHOD_KINDS,
  IMG_METHOD_LINE_COUNT,
  IMG_METHOD_NAME,
  IMG_METHOD_OUTPUT,
  IMG_METHOD_OWNER,
  IMG_METHOD_PARAMS,
  IMG_METHOD_RESERVED,
  IMG_METHOD_SHAPE,
  IMG_METHOD_SIGNATURE,
  IMG_SEC_CLASSES,
  IMG_SEC_CODE,
  IMG_SEC_HANDLERS,
  IMG_SEC_LAYOUTS,
  IMG_SEC_LINES,
  IMG_SEC_METHODS,
  IMG_SEC_STRINGS,
  IMG_SHAPE_HANDLER,
  IMG_SHAPE_IN,
  IMG_SHAPE_IOCTL,
  IMG_SHAPE_OUT,
  IMG_SHAPE_PARAMETERS,
  IMG_SHAPE_SEEK,
  IMG_SHAPE_STRUCT,
} from './image';
import { baseOf, totalOf } from './images';
import { count, word } from './records';
import {
  VE_HANDLER_CLASS,
  VE_HANDLER_RANGE,
  VE_HANDLER_SLOT,
  VE_LINE,
  VE_METHOD_CODE,
  VE_METHOD_FLAGS,
  VE_METHOD_FRAME,
  VE_METHOD_HANDLERS,
  VE_METHOD_KINDS,
  VE_METHOD_LINES,
  VE_METHOD_OWNER,
  VE_METHOD_SHAPE,
  VE_METHOD_STRUCTS,
  VE_NAME,
  VE_RESERVED,
} from './verifier-errors';

/** Does `first … first + records` lie inside of a section? */
function inside(image: usize, section: i32, first: u32, records: u32): bool {
  const total = count(image, section);
  return first <= total && records <= total - first;
}

function isClass(image: usize, cls: u32): bool {
  return cls == 0xffffffff || cls < <u32>BUILTIN_CLASSES + totalOf(image, IMG_SEC_CLASSES);
}

/** Catch ranges and targets lie inside the method, the exception's slot inside the frame. */
function verifyHandlers(image: usize, method: usize): i32 {
  const first = word(method, IMG_METHOD_FIRST_HANDLER);
  const length = word(method, IMG_METHOD_CODE_COUNT);
  for (let i: u32 = 0; i < word(method, IMG_METHOD_HANDLER_COUNT); i++) {
    const at = image + <usize>word(image, IMG_SEC_HANDLERS) + <usize>(first + i) * <usize>IMG_HANDLER_BYTES;
    const end = word(at, IMG_HANDLER_END);
    if (word(at, IMG_HANDLER_START) > end || end > length || word(at, IMG_HANDLER_TARGET) >= length)
      return VE_HANDLER_RANGE;
    if (!isClass(image, word(at, IMG_HANDLER_CLASS))) return VE_HANDLER_CLASS;
    if (word(at, IMG_HANDLER_SLOT) >= word(method, IMG_METHOD_FRAME)) return VE_HANDLER_SLOT;
  }
  return 0;
}

function verifyLines(image: usize, method: usize): i32 {
  const first = word(method, IMG_METHOD_FIRST_LINE);
  let before: u32 = 0;
  for (let i: u32 = 0; i < word(method, IMG_METHOD_LINE_COUNT); i++) {
    const at = image + <usize>word(image, IMG_SEC_LINES) + <usize>(first + i) * <usize>IMG_LINE_BYTES;
    const pc = word(at, IMG_LINE_PC);
    if (pc < before || pc >= word(method, IMG_METHOD_CODE_COUNT) || <i32>word(at, IMG_LINE_LINE) < 0) return VE_LINE;
    before = pc;
  }
  return 0;
}

/** A device handler takes its device and what its shape names: one parameter each, two for a seek. */
function verifyShape(method: usize): i32 {
  const shape = word(method, IMG_METHOD_SHAPE);
  if (shape == 0) return 0;
  if (
    shape > <u32>(IMG_SHAPE_PARAMETERS | IMG_SHAPE_HANDLER | IMG_SHAPE_IOCTL) ||
    (shape & (<u32>IMG_SHAPE_HANDLER)) == 0
  )
    return VE_METHOD_SHAPE;
  const seek: u32 = (shape & (<u32>IMG_SHAPE_SEEK)) != 0 ? 1 : 0;
  const parameters = <u32>popcnt<u32>(shape & (<u32>IMG_SHAPE_PARAMETERS)) + seek;
  return word(method, IMG_METHOD_PARAMS) == 1 + parameters ? 0 : VE_METHOD_SHAPE;
}

/** An ioctl names the layouts of the structs that it takes and gives, nothing else does. */
function verifyStructs(image: usize, method: usize): i32 {
  const shape = <i32>word(method, IMG_METHOD_SHAPE);
  const input = word(method, IMG_METHOD_INPUT);
  const output = word(method, IMG_METHOD_OUTPUT);
  const layouts = totalOf(image, IMG_SEC_LAYOUTS);
  if (input > layouts || output > layouts) return VE_METHOD_STRUCTS;
  const ioctl = (shape & IMG_SHAPE_IOCTL) != 0;
  if (ioctl && (shape & (IMG_SHAPE_OUT | IMG_SHAPE_IN | IMG_SHAPE_SEEK)) != 0) return VE_METHOD_STRUCTS;
  const takes = (shape & IMG_SHAPE_STRUCT) != 0;
  const gives = ioctl && (word(method, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_RESULT_REF)) != 0;
  if ((takes && !ioctl) || takes != (input != 0) || gives != (output != 0)) return VE_METHOD_STRUCTS;
  return input != 0 && output != 0 && input != output ? VE_METHOD_STRUCTS : 0;
}

/** The kinds say as much about parameters and result as flags and number do, and nothing of what is not there. */
function verifyKinds(method: usize): i32 {
  const kinds = word(method, IMG_METHOD_KINDS);
  const flags = word(method, IMG_METHOD_FLAGS);
  let parameters = word(method, IMG_METHOD_PARAMS);
  if (parameters != 0 && (flags & (<u32>IMG_METHOD_FLAG_STATIC)) == 0) parameters--;
  const isMany: bool = parameters > IMG_KINDS_PARAMETERS;
  const rest: u32 = isMany
    ? kinds & ((1 << IMG_KINDS_RESULT) - 1)
    : (kinds & ((1 << IMG_KINDS_RESULT) - 1)) >> (parameters * 2);
  const hasResult: bool = (flags & 6) != 0;
  const result = (kinds >> IMG_KINDS_RESULT) & 3;
  if (((kinds & IMG_KINDS_TOO_MANY) != 0) != isMany || ((kinds & IMG_KINDS_HAS_RESULT) != 0) != hasResult || rest != 0)
    return VE_METHOD_KINDS;
  const isReference: bool = (flags & (<u32>IMG_METHOD_FLAG_RESULT_REF)) != 0;
  return (hasResult || result == 0) && (result == IMG_KIND_OF_REFERENCE) == isReference ? 0 : VE_METHOD_KINDS;
}

function verifyRecord(image: usize, method: usize): i32 {
  const strings = count(image, IMG_SEC_STRINGS);
  const before = baseOf(image, IMG_SEC_STRINGS);
  if (
    word(method, IMG_METHOD_NAME) - before >= strings ||
    word(method, IMG_METHOD_SIGNATURE) - before >= strings ||
    word(method, IMG_METHOD_FILE) - before >= strings
  )
    return VE_NAME;
  if (!isClass(image, word(method, IMG_METHOD_OWNER))) return VE_METHOD_OWNER;
  const flags = word(method, IMG_METHOD_FLAGS);
  if (flags > 7 || (flags & 6) == 6) return VE_METHOD_FLAGS;
  const frame = word(method, IMG_METHOD_FRAME);
  if (frame > <u32>IMG_MAX_FRAME_SLOTS || word(method, IMG_METHOD_PARAMS) > frame) return VE_METHOD_FRAME;
  const code = word(method, IMG_METHOD_CODE_COUNT);
  if (code == 0 || !inside(image, IMG_SEC_CODE, word(method, IMG_METHOD_FIRST_CODE), code)) return VE_METHOD_CODE;
  if (!inside(image, IMG_SEC_HANDLERS, word(method, IMG_METHOD_FIRST_HANDLER), word(method, IMG_METHOD_HANDLER_COUNT)))
    return VE_METHOD_HANDLERS;
  if (!inside(image, IMG_SEC_LINES, word(method, IMG_METHOD_FIRST_LINE), word(method, IMG_METHOD_LINE_COUNT)))
    return VE_METHOD_LINES;
  for (let i = IMG_METHOD_RESERVED; i < IMG_METHOD_BYTES; i += 4) if (word(method, i) != 0) return VE_RESERVED;
  let error = verifyKinds(method);
  if (error == 0) error = verifyShape(method);
  return error != 0 ? error : verifyStructs(image, method);
}

/** Verifies all method records. Returns 0 or a `VE_` code. */
export function verifyMethods(image: usize): i32 {
  let code: u64 = 0;
  let handlers: u64 = 0;
  let lines: u64 = 0;
  for (let i: u32 = 0; i < count(image, IMG_SEC_METHODS); i++) {
    const method = image + <usize>word(image, IMG_SEC_METHODS) + <usize>i * <usize>IMG_METHOD_BYTES;
    let error = verifyRecord(image, method);
    if (error != 0) return error;
    code += <u64>word(method, IMG_METHOD_CODE_COUNT);
    handlers += <u64>word(method, IMG_METHOD_HANDLER_COUNT);
    lines += <u64>word(method, IMG_METHOD_LINE_COUNT);
    if (code > <u64>count(image, IMG_SEC_CODE)) return VE_METHOD_CODE;
    if (handlers > <u64>count(image, IMG_SEC_HANDLERS)) return VE_METHOD_HANDLERS;
    if (lines > <u64>count(image, IMG_SEC_LINES)) return VE_METHOD_LINES;
    error = verifyHandlers(image, method);
    if (error == 0) error = verifyLines(image, method);
    if (error != 0) return error;
  }
  return 0;
}
