/** Classes of the library whose objects are values: `==` compares them by their `equals`. */
import { internLiteral } from '../support/texts';
import { MOST_ELEMENTS, tupleClassName } from '../syntax/tuples';
import { libraryClasses } from './lookup';
import { isRangeType } from './range';
import { isTupleType } from './tuple';
import { Type } from './types';

/** Are objects of this type (never null) equal when what is in them is? */
export function isValueType(type: Type): bool {
  return isRangeType(type) || isTupleType(type);
}

/** The same of a class. */
export function isValueClass(id: i32): bool {
  if (libraryClasses.get(internLiteral('Range')) == id) return true;
  for (let count = 2; count <= MOST_ELEMENTS; count++) if (libraryClasses.get(tupleClassName(count)) == id) return true;
  return false;
}

/** Has the program such a class, or an earlier image of it? */
export function hasValueClasses(): bool {
  if (libraryClasses.get(internLiteral('Range')) >= 0) return true;
  for (let count = 2; count <= MOST_ELEMENTS; count++) if (libraryClasses.get(tupleClassName(count)) >= 0) return true;
  return false;
}
