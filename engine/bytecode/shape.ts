/** How a call of a function value sees the method behind it: kinds and number of its parameters, and its result. */
import {
  IMG_CALL_COUNT,
  IMG_CALL_PARAMETERS,
  IMG_KINDS_TOO_MANY,
  IMG_METHOD_FLAGS,
  IMG_METHOD_FLAG_STATIC,
  IMG_METHOD_KINDS,
  IMG_METHOD_PARAMS,
} from './image';

/** Shape of a method that CALLF never calls. */
export const NO_SHAPE: u32 = 0xffffffff;

/** The kinds of CALLF for which the METHOD record at `method` takes and gives values as they are. */
export function shapeOf(method: usize): u32 {
  const kinds = load<u32>(method, IMG_METHOD_KINDS);
  const isStatic = (load<u32>(method, IMG_METHOD_FLAGS) & (<u32>IMG_METHOD_FLAG_STATIC)) != 0;
  const count = load<u32>(method, IMG_METHOD_PARAMS) - 1;
  if (isStatic || count > IMG_CALL_PARAMETERS || (kinds & IMG_KINDS_TOO_MANY) != 0) return NO_SHAPE;
  return kinds | (count << IMG_CALL_COUNT);
}
