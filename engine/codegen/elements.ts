/** What the type of a value tells instructions: which ones elements of arrays take, and kinds of arguments and results. */
import { IMG_KIND_OF_BOOLEAN, IMG_KIND_OF_FLOAT, IMG_KIND_OF_INT, IMG_KIND_OF_REFERENCE } from '../bytecode/image';
import {
  OP_ALDI,
  OP_ALDR,
  OP_APUSHB,
  OP_APUSHF,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTB,
  OP_ASTF,
  OP_ASTI,
  OP_ASTR,
} from '../bytecode/opcodes.generated';
import { BOOLEAN, FLOAT, Type, isReference } from '../check/types';

/** Kind of the elements, as NEWA and NEWAN take it: 0 ints, 1 references, 2 truth values, 3 floats. */
export function elementKind(element: Type): i32 {
  return <i32>kindOfType(element);
}

export function loadOp(element: Type): i32 {
  return isReference(element) ? OP_ALDR : OP_ALDI;
}

export function storeOp(element: Type): i32 {
  return isReference(element) ? OP_ASTR : element == BOOLEAN ? OP_ASTB : element == FLOAT ? OP_ASTF : OP_ASTI;
}

export function pushOp(element: Type): i32 {
  if (isReference(element)) return OP_APUSHR;
  return element == BOOLEAN ? OP_APUSHB : element == FLOAT ? OP_APUSHF : OP_APUSHI;
}

/** IMG_KIND_OF_*: how arguments and results of the type are passed. */
export function kindOfType(type: Type): u32 {
  if (isReference(type)) return IMG_KIND_OF_REFERENCE;
  return type == BOOLEAN ? IMG_KIND_OF_BOOLEAN : type == FLOAT ? IMG_KIND_OF_FLOAT : IMG_KIND_OF_INT;
}
