/** Which instructions elements of an array of this type take. */
import {
  OP_ALDI,
  OP_ALDR,
  OP_APUSHB,
  OP_APUSHI,
  OP_APUSHR,
  OP_ASTB,
  OP_ASTI,
  OP_ASTR,
} from '../bytecode/opcodes.generated';
import { BOOLEAN, Type, isReference } from '../check/types';

/** Kind of the elements, as NEWA and NEWAN take it: 0 ints, 1 references, 2 truth values. */
export function elementKind(element: Type): i32 {
  return isReference(element) ? 1 : element == BOOLEAN ? 2 : 0;
}

export function loadOp(element: Type): i32 {
  return isReference(element) ? OP_ALDR : OP_ALDI;
}

export function storeOp(element: Type): i32 {
  return isReference(element) ? OP_ASTR : element == BOOLEAN ? OP_ASTB : OP_ASTI;
}

export function pushOp(element: Type): i32 {
  return isReference(element) ? OP_APUSHR : element == BOOLEAN ? OP_APUSHB : OP_APUSHI;
}
