/**
 * The border between generic code, to which every value of a type variable is a reference, and code that knows what the
 * variable stands for.
 */
import { OP_CAST, OP_UNBOX } from '../bytecode/opcodes.generated';
import { castClass } from '../check/generics';
import { Type, isReference, isVariable, nonNull } from '../check/types';
import { typeOf } from '../syntax/ast';
import { box, boxClass } from './boxes';
import { allocateRegister, emit, emitWide } from './emitter';
import { EFFECT, VALUE, end, endTyped, mode, node, want } from './frames';

// Class that what stands where `declared` was declared must be of to be a `type`; -1: it needs no look.
function neededClass(declared: Type, type: Type): i32 {
  if (!isVariable(nonNull(declared))) return -1;
  const needed = isReference(type) ? castClass(type) : boxClass(type);
  return needed == castClass(declared) ? -1 : needed;
}

/** R[register], a temporary, read from where `declared` is declared, becomes a value in the representation of `type`. */
export function open(register: i32, declared: Type, type: Type): void {
  const needed = neededClass(declared, type);
  if (needed >= 0) emitWide(OP_CAST, register, needed);
  if (isReference(declared) && !isReference(type)) emit(OP_UNBOX, register, register, 0);
}

/** Ends the frame of an expression whose value, read from where `declared` is declared, is in a temporary register. */
export function endErased(register: i32, declared: Type): void {
  const type = typeOf(node());
  if (mode() == EFFECT || !isVariable(nonNull(declared))) return end(register);
  if (mode() == VALUE && want() >= 0 && isReference(want()) && !isReference(type)) {
    // Opened only to be boxed again.
    const needed = neededClass(declared, type);
    if (needed >= 0) emitWide(OP_CAST, register, needed);
    return endTyped(register, declared);
  }
  open(register, declared, type);
  end(register);
}

/** The register of R[register], of type `type`, in the representation of `declared`: itself, or a box of it. */
export function closed(register: i32, declared: Type, type: Type): i32 {
  if (!isReference(declared) || isReference(type)) return register;
  const boxed = allocateRegister();
  box(boxed, register, type);
  return boxed;
}

/** R[register], of type `type`, becomes a value in the representation of `declared`. */
export function close(register: i32, declared: Type, type: Type): void {
  if (isReference(declared) && !isReference(type)) box(register, register, type);
}
