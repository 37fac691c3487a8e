/**
 * From native ids to natives. A native is a function `classMethod` of this folder that takes its arguments from the
 * call's window and leaves its result there; what it does, and what it throws, stands in `spec/builtins.ts`.
 */
import {
  CLASS_NULL_EXCEPTION,
  CLASS_TYPE_EXCEPTION,
  N_ARRAY_ADD,
  N_ARRAY_CLEAR,
  N_ARRAY_CONTAINS,
  N_ARRAY_GET,
  N_ARRAY_INDEX_OF,
  N_ARRAY_INSERT,
  N_ARRAY_IS_EMPTY,
  N_ARRAY_JOIN,
  N_ARRAY_POP,
  N_ARRAY_REMOVE,
  N_ARRAY_REVERSE,
  N_ARRAY_SET,
  N_ARRAY_SIZE,
  N_ARRAY_SLICE,
  N_ARRAY_SORT,
  N_DEVICE_NEW,
  N_DEVICE_REGISTER,
  N_DEVICE_UNREGISTER,
  N_ERRNO_EXCEPTION_NEW,
  N_EXCEPTION_GET_STACK,
  N_EXCEPTION_NEW,
  N_FILE_IS_READABLE,
  N_FILE_IS_WRITABLE,
  N_FORMAT_INT,
  N_FORMAT_TEXT,
  N_FORMAT_VALUES,
  N_INPUT_STREAM_AVAILABLE,
  N_INPUT_STREAM_CLOSE,
  N_INPUT_STREAM_READ,
  N_INPUT_STREAM_READ_ALL,
  N_INPUT_STREAM_READ_LINE,
  N_INT_ABS,
  N_INT_MAX,
  N_INT_MIN,
  N_INT_TO_CHAR,
  N_INT_TO_HEX,
  N_KERNEL_LOG,
  N_KERNEL_TIME,
  N_KERNEL_VERSION,
  N_CLASS_GET_NAME,
  N_CLASS_GET_SUPERCLASS,
  N_CLASS_IS_INSTANCE,
  N_CLASS_OF,
  N_OBJECT_GET_CLASS,
  N_SYSTEM_ARGS,
  N_SYSTEM_ENV,
  N_SYSTEM_EXIT,
  N_MAIN_ARGS,
  N_MATH_ABS,
  N_MATH_MAX,
  N_MATH_MIN,
  N_MATH_MULDIV,
  N_MATH_POW,
  N_MATH_SQRT,
  N_OBJECT_EQUALS,
  N_OBJECT_GET_CLASS_NAME,
  N_OBJECT_HASH_CODE,
  N_OBJECT_NOTIFY,
  N_OBJECT_TO_STRING,
  N_OBJECT_WAIT,
  N_OUTPUT_STREAM_FLUSH,
  N_OUTPUT_STREAM_PRINT,
  N_OUTPUT_STREAM_PRINTLN,
  N_OUTPUT_STREAM_PRINT_INT,
  N_OUTPUT_STREAM_WRITE,
  N_OUTPUT_STREAM_WRITE_BYTE,
  N_STREAM_ERR,
  N_STREAM_IN,
  N_STREAM_OUT,
  N_STRING_BYTE_SIZE,
  N_STRING_CODES,
  N_STRING_CODE_AT,
  N_STRING_COMPARE_TO,
  N_STRING_CONTAINS,
  N_STRING_EACH,
  N_STRING_ENDS_WITH,
  N_STRING_GET,
  N_STRING_INDEX_OF,
  N_STRING_IS_EMPTY,
  N_STRING_LAST_INDEX_OF,
  N_STRING_LOWER,
  N_STRING_REPEAT,
  N_STRING_REPLACE,
  N_STRING_REVERSE,
  N_STRING_SIZE,
  N_STRING_SPLIT,
  N_STRING_STARTS_WITH,
  N_STRING_SUBSTRING,
  N_STRING_TO_INT,
  N_STRING_TRIM,
  N_STRING_UPPER,
  N_SYSTEM_EVAL,
  N_SYSTEM_GC,
  N_SYSTEM_NANO_TIME,
  N_SYSTEM_PRINT,
  N_SYSTEM_TIME,
  N_TASK_CURRENT,
  N_WAIT_UNTIL,
  builtinMethodFirstParam,
  builtinMethodFlags,
} from '../bytecode/builtins.generated';
import { classById, classGetName, classGetSuperclass, classIsInstance, objectGetClass } from './class';
import { systemEnv, systemExit } from './process';
import {
  arrayAdd,
  arrayClear,
  arrayContains,
  arrayGet,
  arrayIndexOf,
  arrayInsert,
  arrayIsEmpty,
  arrayPop,
  arrayRemove,
  arrayReverse,
  arraySet,
  arraySize,
  arraySlice,
} from './array';
import { arraySort } from './array-sort';
import { arrayJoin } from './array-text';
import { streamErr, streamIn, streamOut } from './console';
import { systemEval } from './eval';
import { deviceNew, deviceRegister, deviceUnregister } from './device';
import { errnoExceptionNew, exceptionGetStack, exceptionNew } from './exception';
import { formatInt, formatText, formatValues } from './format';
import { inputAvailable, inputClose, inputRead, inputReadAll, inputReadLine } from './input-stream';
import {
  integerAbs,
  integerMax,
  integerMin,
  integerToChar,
  integerToHex,
  mathMuldiv,
  mathPow,
  mathSqrt,
} from './integer';
import { callFloat } from './float';
import { throwNumbers } from './message';
import { DONE, reference } from './native';
import {
  objectEquals,
  objectGetClassName,
  objectHashCode,
  objectNotify,
  objectToString,
  objectWait,
  waitUntil,
} from './object';
import { outputFlush, outputPrint, outputPrintInt, outputPrintln, outputWriteByte } from './output-stream';
import {
  stringByteSize,
  stringCodeAt,
  stringCompareTo,
  stringContains,
  stringEndsWith,
  stringGet,
  stringIndexOf,
  stringIsEmpty,
  stringLastIndexOf,
  stringSize,
  stringStartsWith,
  stringSubstring,
  stringToInt,
  stringTrim,
} from './string';
import {
  stringCodes,
  stringEach,
  stringLower,
  stringRepeat,
  stringReplace,
  stringReverse,
  stringSplit,
  stringUpper,
} from './string-build';
import {
  fileIsReadable,
  fileIsWritable,
  kernelLog,
  kernelTime,
  kernelVersion,
  systemGc,
  mainArgs,
  systemPrint,
  systemTime,
  taskCurrent,
} from './system';

/** Where the mask of arguments that are never null begins in a method's flags. */
const NON_NULL_SHIFT: i32 = 8;
const FLAG_STATIC: i32 = 1;

/** Throws `Null!!` if an argument of the mask is null. */
function checkNulls(act: usize, id: i32, window: usize, mask: i32): i32 {
  for (let i = 0; mask >> i != 0; i++) {
    if (((mask >> i) & 1) == 0 || reference(window, i) != 0) continue;
    const instance = (builtinMethodFlags(id) & FLAG_STATIC) == 0;
    if (i == 0 && instance)
      return throwNumbers(act, CLASS_NULL_EXCEPTION, '{m} was called, but the object is null', <i64>id, 0);
    const parameter = builtinMethodFirstParam(id) + i - (instance ? 1 : 0);
    return throwNumbers(act, CLASS_NULL_EXCEPTION, 'argument {p} of {m} is null', <i64>id, <i64>parameter);
  }
  return DONE;
}

/**
 * Calls native `id` with its arguments at `window` + 16, `this` first, 8 bytes each; the result goes to `window`.
 * 0: done, 1: an exception is pending, 2: the host stops the call, 3: the call waits.
 */
export function callNative(act: usize, id: i32, window: usize): i32 {
  const mask = builtinMethodFlags(id) >> NON_NULL_SHIFT;
  // Of most natives it is the object alone.
  if (mask != 0 && (mask != 1 || reference(window, 0) == 0)) {
    const status = checkNulls(act, id, window, mask);
    if (status != DONE) return status;
  }
  switch (id) {
    case N_OBJECT_TO_STRING:
      return objectToString(act, window);
    case N_OBJECT_EQUALS:
      return objectEquals(act, window);
    case N_OBJECT_HASH_CODE:
      return objectHashCode(act, window);
    case N_OBJECT_GET_CLASS_NAME:
      return objectGetClassName(act, window);
    case N_OBJECT_WAIT:
      return objectWait(act, window);
    case N_OBJECT_NOTIFY:
      return objectNotify(act, window);
    case N_INT_TO_HEX:
      return integerToHex(act, window);
    case N_INT_ABS:
      return integerAbs(window);
    case N_INT_MIN:
      return integerMin(window);
    case N_INT_MAX:
      return integerMax(window);
    case N_INT_TO_CHAR:
      return integerToChar(act, window);
    case N_STRING_SIZE:
      return stringSize(window);
    case N_STRING_GET:
      return stringGet(act, window);
    case N_STRING_CODE_AT:
      return stringCodeAt(act, window);
    case N_STRING_CODES:
      return stringCodes(act, window);
    case N_STRING_BYTE_SIZE:
      return stringByteSize(window);
    case N_STRING_INDEX_OF:
      return stringIndexOf(act, window);
    case N_STRING_LAST_INDEX_OF:
      return stringLastIndexOf(act, window);
    case N_STRING_STARTS_WITH:
      return stringStartsWith(act, window);
    case N_STRING_ENDS_WITH:
      return stringEndsWith(act, window);
    case N_STRING_CONTAINS:
      return stringContains(act, window);
    case N_STRING_IS_EMPTY:
      return stringIsEmpty(window);
    case N_STRING_TRIM:
      return stringTrim(act, window);
    case N_STRING_SUBSTRING:
      return stringSubstring(act, window);
    case N_STRING_SPLIT:
      return stringSplit(act, window);
    case N_STRING_REPLACE:
      return stringReplace(act, window);
    case N_STRING_UPPER:
      return stringUpper(act, window);
    case N_STRING_LOWER:
      return stringLower(act, window);
    case N_STRING_REPEAT:
      return stringRepeat(act, window);
    case N_STRING_REVERSE:
      return stringReverse(act, window);
    case N_STRING_TO_INT:
      return stringToInt(act, window);
    case N_STRING_COMPARE_TO:
      return stringCompareTo(act, window);
    case N_ARRAY_SIZE:
      return arraySize(window);
    case N_ARRAY_IS_EMPTY:
      return arrayIsEmpty(window);
    case N_ARRAY_ADD:
      return arrayAdd(act, window);
    case N_ARRAY_INSERT:
      return arrayInsert(act, window);
    case N_ARRAY_GET:
      return arrayGet(act, window);
    case N_ARRAY_SET:
      return arraySet(act, window);
    case N_ARRAY_REMOVE:
      return arrayRemove(act, window);
    case N_ARRAY_POP:
      return arrayPop(act, window);
    case N_ARRAY_CLEAR:
      return arrayClear(act, window);
    case N_ARRAY_INDEX_OF:
      return arrayIndexOf(act, window);
    case N_ARRAY_CONTAINS:
      return arrayContains(act, window);
    case N_ARRAY_REVERSE:
      return arrayReverse(act, window);
    case N_ARRAY_SORT:
      return arraySort(act, window);
    case N_ARRAY_SLICE:
      return arraySlice(act, window);
    case N_ARRAY_JOIN:
      return arrayJoin(act, window);
    case N_EXCEPTION_NEW:
      return exceptionNew(window);
    case N_EXCEPTION_GET_STACK:
      return exceptionGetStack(act, window);
    case N_ERRNO_EXCEPTION_NEW:
      return errnoExceptionNew(window);
    case N_OUTPUT_STREAM_PRINT:
    case N_OUTPUT_STREAM_WRITE:
      return outputPrint(act, window);
    case N_OUTPUT_STREAM_PRINTLN:
      return outputPrintln(act, window);
    case N_OUTPUT_STREAM_WRITE_BYTE:
      return outputWriteByte(act, window);
    case N_OUTPUT_STREAM_PRINT_INT:
      return outputPrintInt(act, window);
    case N_OUTPUT_STREAM_FLUSH:
      return outputFlush(act, window);
    case N_INPUT_STREAM_READ:
      return inputRead(act, window);
    case N_INPUT_STREAM_READ_LINE:
      return inputReadLine(act, window);
    case N_INPUT_STREAM_READ_ALL:
      return inputReadAll(act, window);
    case N_INPUT_STREAM_AVAILABLE:
      return inputAvailable(window);
    case N_INPUT_STREAM_CLOSE:
      return inputClose(window);
    case N_FILE_IS_READABLE:
      return fileIsReadable(window);
    case N_FILE_IS_WRITABLE:
      return fileIsWritable(window);
    case N_TASK_CURRENT:
      return taskCurrent(act, window);
    case N_KERNEL_LOG:
      return kernelLog(act, window);
    case N_KERNEL_TIME:
      return kernelTime(act, window);
    case N_KERNEL_VERSION:
      return kernelVersion(act, window);
    case N_DEVICE_NEW:
      return deviceNew(window);
    case N_DEVICE_REGISTER:
      return deviceRegister(act, window);
    case N_DEVICE_UNREGISTER:
      return deviceUnregister(act, window);
    case N_SYSTEM_TIME:
      return systemTime(act, window);
    case N_SYSTEM_NANO_TIME:
      return kernelTime(act, window);
    case N_SYSTEM_GC:
      return systemGc(act, window);
    case N_SYSTEM_PRINT:
      return systemPrint(act, window);
    case N_SYSTEM_EVAL:
      return systemEval(act, window);
    case N_MATH_ABS:
      return integerAbs(window);
    case N_MATH_MIN:
      return integerMin(window);
    case N_MATH_MAX:
      return integerMax(window);
    case N_MATH_POW:
      return mathPow(act, window);
    case N_MATH_SQRT:
      return mathSqrt(act, window);
    case N_MATH_MULDIV:
      return mathMuldiv(act, window);
    case N_STREAM_IN:
      return streamIn(act, window);
    case N_STREAM_OUT:
      return streamOut(act, window);
    case N_STREAM_ERR:
      return streamErr(act, window);
    case N_MAIN_ARGS:
      return mainArgs(act, window);
    case N_OBJECT_GET_CLASS:
      return objectGetClass(act, window);
    case N_CLASS_GET_NAME:
      return classGetName(act, window);
    case N_CLASS_GET_SUPERCLASS:
      return classGetSuperclass(act, window);
    case N_CLASS_IS_INSTANCE:
      return classIsInstance(window);
    case N_CLASS_OF:
      return classById(act, window);
    case N_STRING_EACH:
      return stringEach(act, window);
    case N_FORMAT_INT:
      return formatInt(act, window);
    case N_FORMAT_TEXT:
      return formatText(act, window);
    case N_FORMAT_VALUES:
      return formatValues(act, window);
    case N_WAIT_UNTIL:
      return waitUntil(act, window);
    default:
      if (isDefined(FLOATS)) {
        if (id == N_SYSTEM_ARGS) return mainArgs(act, window);
        if (id == N_SYSTEM_ENV) return systemEnv(act, window);
        return id == N_SYSTEM_EXIT ? systemExit(act, window) : callFloat(act, id, window);
      }
      return throwNumbers(act, CLASS_TYPE_EXCEPTION, 'there is no native {a}', <i64>id, 0);
  }
}
