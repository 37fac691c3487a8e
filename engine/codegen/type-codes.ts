/** Types as the image has them, for what is checked when the script runs. */
import {
  IMG_DEFAULT_BOOLEAN,
  IMG_DEFAULT_FLOAT,
  IMG_DEFAULT_INT,
  IMG_DEFAULT_NONE,
  IMG_DEFAULT_NULL,
  IMG_DEFAULT_SHIFT,
  IMG_DEFAULT_SMALL,
  IMG_DEFAULT_STRING,
  IMG_MAX_DYNAMIC_ARGUMENTS,
  IMG_TYPE_ARRAY,
  IMG_TYPE_BOOLEAN,
  IMG_TYPE_CLASS_SHIFT,
  IMG_TYPE_ELEMENT,
  IMG_TYPE_ELEMENT_SHIFT,
  IMG_TYPE_FLOAT,
  IMG_TYPE_INT,
  IMG_TYPE_NULLABLE,
  IMG_TYPE_REF,
  IMG_TYPE_UNSEEN,
  IMG_TYPE_VOID,
} from '../bytecode/image';
import { CLASS_ARRAY } from '../bytecode/builtins.generated';
import { OP_ATYPE } from '../bytecode/opcodes.generated';
import { isChecked } from '../check/conversions';

import {
  DEFAULT_BOOLEAN,
  DEFAULT_FLOAT,
  DEFAULT_INT,
  DEFAULT_NULL,
  DEFAULT_STRING,
  M_CONSTRUCTOR,
  M_STATIC,
  MethodInfo,
  ParamInfo,
} from '../check/model';
import {
  ANY,
  BOOLEAN,
  FLOAT,
  INT,
  Type,
  VOID,
  arrayOf,
  boundOf,
  elementOf,
  isArray,
  isNullable,
  isReference,
  classIdOf,
  isVariable,
  nonNull,
} from '../check/types';
import { IntVector } from '../support/vectors';
import { emitWide, intConstant, stringConstant } from './emitter';

/** The type code of a type. */
export function typeCode(type: Type): i32 {
  if (type == INT) return IMG_TYPE_INT;
  if (type == BOOLEAN) return IMG_TYPE_BOOLEAN;
  if (type == FLOAT) return IMG_TYPE_FLOAT;
  if (type == VOID) return IMG_TYPE_VOID;
  const bound = isVariable(nonNull(type)) ? boundOf(nonNull(type)) : 0;
  if (bound != 0) return typeCode(bound) | (isNullable(type) ? IMG_TYPE_NULLABLE : 0);
  // What is declared as a type variable without a bound may be any object.
  if (type == ANY || isVariable(nonNull(type))) return IMG_TYPE_REF | IMG_TYPE_NULLABLE;
  const code = IMG_TYPE_REF | (isNullable(type) ? IMG_TYPE_NULLABLE : 0);
  const t = nonNull(type);
  if (!isArray(t)) {
    // Nothing but a function is a Func, and what it takes cannot be told.
    return isChecked(t) ? code | (classIdOf(t) << IMG_TYPE_CLASS_SHIFT) : code | IMG_TYPE_UNSEEN;
  }
  if (!isChecked(t)) return code | IMG_TYPE_UNSEEN;
  const element = elementCode(elementOf(t));
  return code | IMG_TYPE_ARRAY | ((element & 15) << IMG_TYPE_ELEMENT_SHIFT) | (element & ~0xffff);
}

/** Lets the new array in a register know what its elements are, if it may be asked when the script runs. */
export function tellElements(register: i32, element: Type): void {
  if (isReference(element) && isChecked(arrayOf(element))) emitWide(OP_ATYPE, register, elementCode(element));
}

/** The type code of elements as ATYPE takes it. */
function elementCode(element: Type): i32 {
  if (!isReference(element) || element == ANY) return typeCode(element);
  return (
    IMG_TYPE_REF | (isNullable(element) ? IMG_TYPE_NULLABLE : 0) | (classIdOf(nonNull(element)) << IMG_TYPE_CLASS_SHIFT)
  );
}

function defaultCode(p: ParamInfo): i32 {
  if (p.defaultKind == DEFAULT_NULL) return IMG_DEFAULT_NULL;
  if (p.defaultKind == DEFAULT_BOOLEAN) return IMG_DEFAULT_BOOLEAN | ((<i32>p.defaultValue) << IMG_DEFAULT_SHIFT);
  if (p.defaultKind == DEFAULT_STRING)
    return IMG_DEFAULT_STRING | (stringConstant(<i32>p.defaultValue) << IMG_DEFAULT_SHIFT);
  if (p.defaultKind == DEFAULT_FLOAT) return IMG_DEFAULT_FLOAT | (intConstant(p.defaultValue) << IMG_DEFAULT_SHIFT);
  if (p.defaultKind != DEFAULT_INT) return IMG_DEFAULT_NONE;
  const small = (<i32>p.defaultValue) << IMG_DEFAULT_SHIFT;
  if (<i64>(small >> IMG_DEFAULT_SHIFT) == p.defaultValue) return IMG_DEFAULT_SMALL | small;
  return IMG_DEFAULT_INT | (intConstant(p.defaultValue) << IMG_DEFAULT_SHIFT);
}

/** Appends the description of a method; nothing for one that is not called by name. Returns whether there is one. */
export function describe(m: MethodInfo, words: IntVector): bool {
  if (m.flags & (M_CONSTRUCTOR | M_STATIC) || m.params.length >= IMG_MAX_DYNAMIC_ARGUMENTS) return false;
  words.push(typeCode(m.result));
  for (let i = 0; i < m.params.length; i++) {
    const type = m.params[i].type;
    const isElement = m.owner == CLASS_ARRAY && isVariable(nonNull(type));
    words.push(typeCode(type) | (isElement ? IMG_TYPE_ELEMENT : 0));
    words.push(defaultCode(m.params[i]));
  }
  return true;
}
