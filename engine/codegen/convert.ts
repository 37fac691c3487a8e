/** Representations: text of a value, and what may change a variable behind a register's back. */
import { CLASS_OBJECT, N_OBJECT_TO_STRING } from '../bytecode/builtins.generated';
import { OP_B2S, OP_CALLN, OP_CALLV, OP_F2S, OP_I2S, OP_JNULL, OP_MOV } from '../bytecode/opcodes.generated';
import { assignedNames } from '../check/assigned';
import { stringType } from '../check/conversions';
import { BOOLEAN, FLOAT, INT, NULL, Type, elementOf, isArray, isPrimitive, mayBeNull, nonNull } from '../check/types';
import { Node } from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { emit, emitWide, jumpWide, newLabel, place, setTop, topRegister } from './emitter';

/** Virtual-table slot of `Object.toString`. */
const TO_STRING: i32 = 0;

/** R[register] := text of the value of this type in it. A null stays null: it reads "null". */
export function toText(register: i32, type: Type): void {
  if (type == INT) return emit(OP_I2S, register, register, 0);
  if (type == BOOLEAN) return emit(OP_B2S, register, register, 0);
  if (type == FLOAT) return emit(OP_F2S, register, register, 0);
  if (nonNull(type) == stringType() || type == NULL) return;
  const done = newLabel();
  if (mayBeNull(type)) jumpWide(OP_JNULL, register, done);
  const window = topRegister();
  setTop(window + 3);
  emit(OP_MOV, window + 2, register, 0);
  if (isPlainArray(nonNull(type))) emitWide(OP_CALLN, window, N_OBJECT_TO_STRING);
  else emit(OP_CALLV, window, TO_STRING, CLASS_OBJECT);
  emit(OP_MOV, register, window, 0);
  setTop(window);
  place(done);
}

// Is it an array whose elements no method need be asked for their text?
function isPlainArray(type: Type): bool {
  if (!isArray(type)) return false;
  const element = nonNull(elementOf(type));
  return isPrimitive(element) || element == stringType();
}

/** May running `later` assign a local variable? Then a register that is a variable's own must be copied before it. */
export function mayAssign(later: Node): bool {
  const names = new IntVector(4);
  assignedNames(later, false, names);
  return names.length > 0;
}
