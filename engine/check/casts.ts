/** Casts and `instanceof`. */
import { CLASS_ARRAY } from '../bytecode/builtins.generated';
import { K0213_NOT_YET, K0412_BAD_CAST, K0443_UNKNOWN_AT_RUN_TIME } from '../diagnostics/codes.generated';
import { T_NAME, Node, aOf, bOf, kindOf, setType, typeOf } from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { assignable, castable } from './conversions';
import { WANT_ANY, leaveWith, resume, visit } from './frames';
import { classOfType, findClass } from './lookup';
import { ClassInfo, MethodInfo } from './model';
import { findTranslator, translate } from './translators';
import { displayName, joined, problem } from './problem';
import { isTypeVariable, resolveType } from './resolve';
import { selfType } from './generics';
import { Inference } from './inference';
import {
  BOOLEAN,
  ERROR,
  VOID,
  Type,
  classType,
  isArray,
  isInstance,
  isNullable,
  isReference,
  isVariable,
  nonNull,
  typeName,
} from './types';
import { rejectVoid } from './expressions';

export function stepCast(n: Node): void {
  const value = <Node>bOf(n);
  if (resume() == 0) {
    const type = resolveType(<Node>aOf(n));
    setType(<Node>aOf(n), type);
    return visit(value, type > VOID ? type : WANT_ANY);
  }
  if (rejectVoid(value)) return leaveWith(ERROR);
  const to = typeOf(<Node>aOf(n));
  const from = typeOf(value);
  const translator: MethodInfo | null = to != ERROR && !assignable(from, to) ? findTranslator(from, to, false) : null;
  if (translator) {
    translate(n, value, translator);
    return leaveWith(translator.result);
  }
  if (to != ERROR && from != ERROR && !castable(from, to)) {
    if (isVariable(nonNull(to)))
      problem(K0443_UNKNOWN_AT_RUN_TIME, n, typeName(to), internLiteral('take a value of that type as a parameter'));
    else problem(K0412_BAD_CAST, n, typeName(from), typeName(to));
    return leaveWith(ERROR);
  }
  leaveWith(to);
}

export function stepInstanceof(n: Node): void {
  const value = <Node>aOf(n);
  const tested = <Node>bOf(n);
  if (resume() == 0) {
    const c = bareClass(tested);
    setType(tested, c ? classType(c.id) : resolveType(tested));
    return visit(value, WANT_ANY);
  }
  const type = typeOf(tested);
  const from = typeOf(value);
  if (rejectVoid(value)) return leaveWith(BOOLEAN);
  if (isArray(type) || isNullable(type))
    problem(K0213_NOT_YET, tested, internLiteral('instanceof with such a type'), internLiteral('test for a class'));
  else if (isVariable(type) || isInstance(type))
    problem(
      K0443_UNKNOWN_AT_RUN_TIME,
      tested,
      typeName(type),
      isInstance(type) ? joined('write instanceof ', displayName(classOfType(type)!.name), '') : 0,
    );
  else if (type != ERROR && from != ERROR) testFor(n, type, from);
  leaveWith(BOOLEAN);
}

/** The generic class that a type node names without arguments, or null. */
export function bareClass(type: Node): ClassInfo | null {
  if (kindOf(type) != T_NAME || bOf(type) != 0 || isTypeVariable(aOf(type))) return null;
  const c = findClass(aOf(type));
  return c && c.variables.length > 0 && c.id != CLASS_ARRAY ? c : null;
}

// What the value is known to be if the test succeeds: of a generic class only if its own type tells the arguments.
function testFor(n: Node, type: Type, from: Type): void {
  const c = classOfType(type)!;
  let to = type;
  if (c.variables.length > 0) {
    const told = new Inference();
    for (let i = 0; i < c.variables.length; i++) told.variables.push(c.variables.get(i));
    told.expect(selfType(c), from);
    if (told.unknown() == ERROR) to = told.see(selfType(c));
    setType(<Node>bOf(n), to);
  }
  if (!isReference(from) || !castable(from, to)) problem(K0412_BAD_CAST, n, typeName(from), typeName(to));
}
