/** Classes of the library whose objects are values: `==` compares them by their `equals`. */
import { isRangeType } from './range';
import { isTupleType } from './tuple';
import { Type } from './types';

/** Are objects of this type (never null) equal when what is in them is? */
export function isValueType(type: Type): bool {
  return isRangeType(type) || isTupleType(type);
}
