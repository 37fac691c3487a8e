/** Tuples: objects of the library's classes `TupleOf2` and so on, whose fields `item0`, … hold the elements. */
import { K0211_BAD_ASSIGNMENT_TARGET, K0401_TYPE_MISMATCH, K0428_NO_ELEMENT } from '../diagnostics/codes.generated';
import { INT_LITERAL, MEMBER, Node, X_PART, bOf, cOf, kindOf, opOf, setB, setKind, setOp } from '../syntax/ast';
import { internLiteral, Text } from '../support/texts';
import { MOST_ELEMENTS, tupleClassName } from '../syntax/tuples';
import { literalValue } from './annotations';
import { frameWant, leaveWith } from './frames';
import { classOfType, findField, libraryClasses } from './lookup';
import { fieldType, isAssigned } from './names';
import { numberText, problem } from './problem';
import { ERROR, Type, argumentCount, classIdOf, isInstance, typeName } from './types';

/** Is it a tuple's type (never null)? */
export function isTupleType(type: Type): bool {
  if (!isInstance(type)) return false;
  const count = argumentCount(type);
  return count >= 2 && count <= MOST_ELEMENTS && libraryClasses.get(tupleClassName(count)) == classIdOf(type);
}

function itemName(index: i32): Text {
  switch (index) {
    case 0:
      return internLiteral('item0');
    case 1:
      return internLiteral('item1');
    case 2:
      return internLiteral('item2');
    case 3:
      return internLiteral('item3');
    case 4:
      return internLiteral('item4');
    default:
      return internLiteral('item5');
  }
}

/** Is it `t[0]`, of a tuple? */
export function isElement(n: Node, type: Type): bool {
  return opOf(n) == X_PART || (type > ERROR && isTupleType(type));
}

/** Ends the frame of the INDEX `n`, of a tuple, whose type is `type`: its element, which is a field; the index is a literal. */
export function finishElement(n: Node, type: Type): void {
  if (type == ERROR) return leaveWith(ERROR);
  const count = isTupleType(type) ? argumentCount(type) : 0;
  const index = <Node>bOf(n);
  const value = kindOf(index) == INT_LITERAL ? literalValue(index) : -1;
  if (opOf(n) == X_PART && count != cOf(n)) {
    // Once for all parts of it.
    if (value == 0) problem(K0401_TYPE_MISMATCH, n, joinedCount(cOf(n)), typeName(type));
    return leaveWith(ERROR);
  }
  if (value < 0 || value >= <i64>count) {
    problem(K0428_NO_ELEMENT, index, typeName(type), numberText(<i64>(count - 1)));
    return leaveWith(ERROR);
  }
  if (isAssigned(frameWant())) {
    problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    return leaveWith(ERROR);
  }
  const field = findField(classOfType(type)!, itemName(<i32>value))!;
  setKind(n, MEMBER);
  setOp(n, 0);
  setB(n, field.name);
  leaveWith(fieldType(n, field, frameWant(), type));
}

function joinedCount(count: i32): Text {
  switch (count) {
    case 2:
      return internLiteral('a tuple of 2');
    case 3:
      return internLiteral('a tuple of 3');
    case 4:
      return internLiteral('a tuple of 4');
    case 5:
      return internLiteral('a tuple of 5');
    default:
      return internLiteral('a tuple of 6');
  }
}
