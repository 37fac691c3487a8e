/** Values of the primitive types on their way to a place of another one: boxes, and ints that become floats. */
import { CLASS_BOOLEAN, CLASS_FLOAT, CLASS_INT } from '../bytecode/builtins.generated';
import { OP_BOXB, OP_BOXF, OP_BOXI, OP_I2F } from '../bytecode/opcodes.generated';
import { widens } from '../check/conversions';
import { BOOLEAN, FLOAT, Type, isPrimitive, isReference } from '../check/types';
import { emit } from './emitter';

/** Class of the box of a primitive type. */
export function boxClass(type: Type): i32 {
  return type == BOOLEAN ? CLASS_BOOLEAN : type == FLOAT ? CLASS_FLOAT : CLASS_INT;
}

/** R[to] := box of R[from], which is of a primitive type. */
export function box(to: i32, from: i32, type: Type): void {
  emit(type == BOOLEAN ? OP_BOXB : type == FLOAT ? OP_BOXF : OP_BOXI, to, from, 0);
}

/** Has a value of `type` to be changed to go to a place of type `place`? */
export function isConverted(type: Type, place: Type): bool {
  return isPrimitive(type) && (isReference(place) || widens(type, place));
}

/** R[to] := R[from], of `type`, as a place of type `place` holds it, where `isConverted`. */
export function convert(to: i32, from: i32, type: Type, place: Type): void {
  let at = from;
  let now = type;
  if (widens(type, place)) {
    emit(OP_I2F, to, from, 0);
    at = to;
    now = FLOAT;
  }
  if (isReference(place)) box(to, at, now);
}
