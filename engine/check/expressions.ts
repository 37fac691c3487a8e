/** One step of checking an expression. Children are visited through `frames`; the type ends up in the node. */
import {
  BUILTIN_CONSTANTS,
  CLASS_ARRAY,
  CLASS_OUTPUT_STREAM,
  builtinConstantIsFloat,
  builtinConstantName,
  builtinConstantOwner,
  builtinNameAddress,
  builtinNameLength,
} from '../bytecode/builtins.generated';
import {
  K0211_BAD_ASSIGNMENT_TARGET,
  K0213_NOT_YET,
  K0304_UNKNOWN_FIELD,
  K0307_ASSIGN_CONSTANT,
  K0308_THIS_OUTSIDE,
  K0401_TYPE_MISMATCH,
  K0402_BAD_OPERANDS,
  K0403_BAD_OPERAND,
  K0404_NOT_COMPARABLE,
  K0406_MAY_BE_NULL,
  K0407_NOT_BOOLEAN,
  K0408_NOT_INDEXABLE,
  K0410_CANNOT_INFER,
  K0411_VOID_VALUE,
  K0412_BAD_CAST,
  K0415_NO_NULL,
  K0416_ELEMENTS_DIFFER,
  K0417_NOT_STATIC,
  K0421_PRIMITIVE_HAS_NO_FIELDS,
  K0422_ARRAY_NEEDS_VALUES,
  K0443_UNKNOWN_AT_RUN_TIME,
} from '../diagnostics/codes.generated';
import {
  AND,
  ARRAY_LITERAL,
  ASSIGN,
  BINARY,
  BOOLEAN_LITERAL,
  B_ADD,
  B_AND,
  B_EQ,
  B_GE,
  B_IN,
  B_LT,
  B_MOD,
  B_NE,
  B_OR,
  B_SHL,
  B_TO,
  B_XOR,
  CALL,
  CAST,
  CONDITIONAL,
  CONVERT,
  ERROR_EXPRESSION,
  FIELD_NAME,
  FLOAT_LITERAL,
  FORMAT_TEXT,
  INCREMENT,
  INDEX,
  INSTANCEOF,
  INTERPOLATION,
  INT_LITERAL,
  LAMBDA,
  MAP_LITERAL,
  MEMBER,
  NAME,
  NEW,
  NEW_ARRAY,
  NULL_LITERAL,
  OR,
  STRING_LITERAL,
  SUPER,
  THIS,
  T_NAME,
  UNARY,
  U_COMPLEMENT,
  U_NOT,
  Node,
  aOf,
  bOf,
  cOf,
  kindOf,
  nextOf,
  opOf,
  setA,
  setB,
  setKind,
  setOp,
  setSymbol,
  setType,
  symbolOf,
  typeOf,
} from '../syntax/ast';
import { Text, intern, internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { stepCall, stepNew } from './calls';
import { useMethod } from './access';
import { currentClass, hasThis, noteThis } from './context';
import {
  adapt,
  assignable,
  castable,
  commonType,
  comparable,
  expectType,
  objectType,
  stringType,
  widens,
} from './conversions';
import { noteFieldSet } from './fields';
import { finishFormatOf, stepFormat } from './formats';
import { classReference, found, memberReference } from './functions';
import { stepLambda } from './lambdas';
import {
  WANT_ANY,
  WANT_NOTHING,
  WANT_RANGE,
  WANT_TARGET,
  WANT_UPDATE,
  frameNode,
  frameWant,
  frameX,
  leaveWith,
  resume,
  setFrameX,
  visit,
} from './frames';
import { classOfType, findClass, findField, inLibrary, isSubclass, similarField } from './lookup';
import {
  F_STATIC,
  S_CLASS,
  S_CONSTANT,
  S_DYNAMIC,
  S_GETTER,
  S_LOCAL,
  S_SETTER,
  X_USED,
  ClassInfo,
  MethodInfo,
  locals,
  symbol,
  symbolIndex,
  symbolKind,
} from './model';
import { accessor, fieldType, isAssigned, resolveName } from './names';
import { findTranslator, translate } from './translators';
import { takeTextOperator } from './text-operators';
import { assume } from './narrow';
import { consider, displayName, joined, problem, startSuggestion, suggestion } from './problem';
import { checkHome, floatHere, isTypeVariable, resolveType } from './resolve';
import { openObject } from './object-literal';
import { hasElements, stepElement } from './elements';
import { stepMapLiteral } from './map';
import { finishIn, finishPart, finishRange, isRange, isRangeType } from './range';
import { parameterOf, seenThrough, selfType } from './generics';
import { Inference } from './inference';
import { declareInferred } from './statements';
import { findLocal, know, mergeKnown, restoreKnown, saveKnown } from './scope';
import {
  ANY,
  BOOLEAN,
  ERROR,
  FLOAT,
  INT,
  NULL,
  VOID,
  Type,
  arrayOf,
  classIdOf,
  classType,
  definite,
  elementOf,
  isArray,
  isInstance,
  isNullable,
  isNumber,
  isPrimitive,
  isReference,
  isVariable,
  mayBeNull,
  nonNull,
  plain,
  startsNull,
  typeName,
} from './types';
import { findGlobal } from './lookup';
import { finishElement, isElement, isTupleType } from './tuple';

/** What is known, saved by the conditions being checked; innermost last. */
export const savedStates = new Array<IntVector>();

/** Resumes the running frame, which is an expression. */
export function stepExpression(kind: i32): void {
  const n = frameNode();
  switch (kind) {
    case INT_LITERAL:
      return leaveWith(INT);
    case FLOAT_LITERAL:
      return leaveWith(floatHere(n));
    case STRING_LITERAL:
      return leaveWith(stringType());
    case BOOLEAN_LITERAL:
      return leaveWith(BOOLEAN);
    case NULL_LITERAL:
      return leaveWith(NULL);
    case ERROR_EXPRESSION:
      return leaveWith(ERROR);
    case NAME:
    case FIELD_NAME:
      return leaveWith(resolveName(n, frameWant()));
    case THIS:
    case SUPER:
      return stepThis(n);
    case INTERPOLATION:
      return stepInterpolation(n);
    case MEMBER:
      return stepMember(n);
    case INDEX:
      return stepIndex(n);
    case CALL:
      return stepCall(n);
    case NEW:
      return stepNew(n);
    case NEW_ARRAY:
      return stepNewArray(n);
    case ARRAY_LITERAL:
      return stepArrayLiteral(n);
    case MAP_LITERAL:
      if (bOf(n) == 0) return stepMapLiteral(n);
      return openObject(n) ? stepNew(n) : leaveWith(ERROR);
    case UNARY:
      return stepUnary(n);
    case INCREMENT:
      return stepIncrement(n);
    case BINARY:
      if (opOf(n) == B_TO) toCast(n);
      return kindOf(n) == CAST ? stepCast(n) : stepBinary(n);
    case AND:
    case OR:
      return stepLogic(n, kind == AND);
    case CONDITIONAL:
      return stepConditional(n);
    case ASSIGN:
      return stepAssign(n);
    case CAST:
      return stepCast(n);
    case INSTANCEOF:
      return stepInstanceof(n);
    case FORMAT_TEXT:
      return stepFormat(n);
    case LAMBDA:
      return stepLambda(n);
    case CONVERT:
      return leaveWith(typeOf(n));
    default:
      return stepCoalesce(n);
  }
}

function stepThis(n: Node): void {
  if (hasThis()) {
    noteThis();
    return leaveWith(selfType(currentClass()!));
  }
  problem(K0308_THIS_OUTSIDE, n, internLiteral(kindOf(n) == THIS ? 'this' : 'super'));
  leaveWith(ERROR);
}

/** Reports a value that is void; returns whether it is one. */
export function rejectVoid(n: Node): bool {
  if (typeOf(n) != VOID) return false;
  problem(K0411_VOID_VALUE, n, internLiteral('this call'));
  setType(n, ERROR);
  return true;
}

function stepInterpolation(n: Node): void {
  const phase = resume();
  const previous = <Node>frameX();
  if (phase > 0 && previous != 0) rejectVoid(previous);
  const next = phase == 0 ? <Node>aOf(n) : nextOf(previous);
  if (next == 0) return leaveWith(stringType());
  setFrameX(<i32>next);
  visit(next, WANT_ANY);
}

// ---- members and elements ----

function stepMember(n: Node): void {
  const object = <Node>aOf(n);
  if (resume() == 0) {
    if (kindOf(object) == NAME && staticMember(n, object)) return;
    return visit(object, WANT_ANY);
  }
  leaveWith(memberType(n, object, bOf(n), frameWant()));
}

/** Is this name a class and no variable? Then it is the receiver of static members. */
export function namesClass(n: Node): i32 {
  const name = aOf(n);
  if (kindOf(n) != NAME || findLocal(name) || findGlobal(name)) return -1;
  const own = currentClass();
  if (own && findField(own, name)) return -1;
  const c = findClass(name);
  if (c && !inLibrary) c.flags |= X_USED;
  return c ? c.id : -1;
}

function staticMember(n: Node, object: Node): bool {
  const id = namesClass(object);
  if (id < 0) return false;
  const c = findClass(aOf(object))!;
  setSymbol(object, symbol(S_CLASS, id));
  const field = findField(c, bOf(n));
  if (field && field.flags & F_STATIC) {
    leaveWith(fieldType(n, field, frameWant(), ERROR));
    return true;
  }
  const constant = field ? -1 : constantOf(id, bOf(n));
  if (constant >= 0) {
    checkHome(id, object, c.name);
    if (isAssigned(frameWant())) problem(K0307_ASSIGN_CONSTANT, n, bOf(n));
    setSymbol(n, symbol(S_CONSTANT, constant));
    leaveWith(builtinConstantIsFloat(constant) != 0 ? floatHere(n) : INT);
    return true;
  }
  const type = isAssigned(frameWant()) ? ERROR : classReference(n, c, bOf(n));
  if (!isAssigned(frameWant()) && found) {
    checkHome(id, object, c.name);
    leaveWith(type);
    return true;
  }
  if (field) problem(K0417_NOT_STATIC, n, bOf(n), displayName(c.name));
  else problem(K0304_UNKNOWN_FIELD, n, displayName(c.name), bOf(n), similarStatic(c, bOf(n)));
  leaveWith(ERROR);
  return true;
}

function constantName(constant: i32): Text {
  const name = builtinConstantName(constant);
  return intern(builtinNameAddress(name), builtinNameLength(name));
}

/** Row of a constant of a built-in class, or -1. */
function constantOf(id: i32, name: Text): i32 {
  for (let i = 0; i < BUILTIN_CONSTANTS; i++) {
    if (builtinConstantOwner(i) == id && constantName(i) == name) return i;
  }
  return -1;
}

function similarStatic(c: ClassInfo, name: Text): Text {
  startSuggestion(name);
  for (let i = 0; i < BUILTIN_CONSTANTS; i++) if (builtinConstantOwner(i) == c.id) consider(constantName(i));
  for (let i = 0; i < c.fields.length; i++) if (c.fields[i].flags & F_STATIC) consider(c.fields[i].name);
  const hint = suggestion();
  return hint != 0 ? hint : similarField(c, name);
}

/** Reports a receiver that may be null; returns its non-null type. */
export function receiverType(object: Node): Type {
  const type = typeOf(object);
  if (mayBeNull(type) && type != ANY) problem(K0406_MAY_BE_NULL, object, typeName(nonNull(type)));
  if (rejectVoid(object)) return ERROR;
  return type == NULL ? ERROR : nonNull(type);
}

function memberType(n: Node, object: Node, name: Text, want: i32): Type {
  const type = receiverType(object);
  if (type == ERROR) return ERROR;
  if (type == ANY) {
    setSymbol(n, symbol(S_DYNAMIC, 0));
    return ANY;
  }
  const c = classOfType(type)!;
  const field = findField(c, name);
  if (isAssigned(want)) {
    const setter = accessor(c, 'set', name, 1);
    if (setter && !field && want == WANT_TARGET) {
      useMethod(n, setter);
      setSymbol(n, symbol(S_SETTER, setter.id));
      return parameterOf(setter, 0, type);
    }
  } else {
    let getter = accessor(c, 'get', name, 0);
    if (!getter) getter = accessor(c, 'is', name, 0);
    if (getter && !field) {
      useMethod(n, getter);
      setSymbol(n, symbol(S_GETTER, getter.id));
      return seenThrough(getter.result, type, getter.owner);
    }
  }
  if (field) return fieldType(n, field, want, type);
  if (!isAssigned(want)) {
    const reference = memberReference(n, c, name, type);
    if (found) return reference;
  }
  if (isPrimitive(type)) problem(K0421_PRIMITIVE_HAS_NO_FIELDS, n, typeName(type));
  else problem(K0304_UNKNOWN_FIELD, n, typeName(type), name, similarField(c, name));
  return ERROR;
}

function stepIndex(n: Node): void {
  const phase = resume();
  const part = isRange(<Node>bOf(n));
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  const object = typeOf(<Node>aOf(n));
  if (object > NULL && hasElements(nonNull(object))) {
    if (phase == 2) receiverType(<Node>aOf(n));
    return stepElement(n, nonNull(object), phase);
  }
  if (phase == 1 && isElement(n, object)) return finishElement(n, receiverType(<Node>aOf(n)));
  if (phase == 1) return visit(<Node>bOf(n), part ? WANT_RANGE : INT);
  const type = receiverType(<Node>aOf(n));
  if (part && type != ERROR) {
    if (isAssigned(frameWant())) problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    if (isArray(type) || type == stringType()) return leaveWith(type);
  }
  if (type == ANY && !part) return leaveWith(rejectVoid(<Node>bOf(n)) ? ERROR : ANY);
  if (isRangeType(typeOf(<Node>bOf(n))) && (isArray(type) || type == stringType())) return finishPart(n, type);
  expectType(<Node>bOf(n), typeOf(<Node>bOf(n)), INT);
  if (isArray(type)) return leaveWith(elementOf(type));
  if (type == stringType()) {
    if (isAssigned(frameWant())) problem(K0211_BAD_ASSIGNMENT_TARGET, n);
    return leaveWith(type);
  }
  if (type != ERROR) problem(K0408_NOT_INDEXABLE, n, typeName(type));
  leaveWith(ERROR);
}

// ---- arrays ----

function stepNewArray(n: Node): void {
  const size = <Node>bOf(n);
  if (resume() == 0) {
    if (size != 0) return visit(size, INT);
  } else expectType(size, typeOf(size), INT);
  const element = resolveType(<Node>aOf(n));
  setType(<Node>aOf(n), element);
  if (isReference(element) && !startsNull(element) && element != ERROR)
    problem(K0422_ARRAY_NEEDS_VALUES, n, typeName(element));
  leaveWith(arrayOf(element));
}

function stepArrayLiteral(n: Node): void {
  const phase = resume();
  const want = frameWant() > 0 ? nonNull(frameWant()) : ERROR;
  const element: Type = want != ERROR && isArray(want) ? elementOf(want) : ERROR;
  if (phase == 0 && aOf(n) == 0) {
    if (want == ANY) return leaveWith(arrayOf(ANY));
    if (element == ERROR && frameWant() != ERROR)
      problem(K0410_CANNOT_INFER, n, internLiteral('[]'), internLiteral('write int[] xs = [] or the like'));
    return leaveWith(element == ERROR ? ERROR : want);
  }
  const next = phase == 0 ? <Node>aOf(n) : nextOf(<Node>frameX());
  if (next != 0) {
    setFrameX(<i32>next);
    return visit(next, element == ERROR ? WANT_ANY : element);
  }
  leaveWith(element == ERROR ? arrayOf(inferElements(n)) : checkElements(n, want, element));
}

function checkElements(n: Node, whole: Type, element: Type): Type {
  for (let e = <Node>aOf(n); e != 0; e = nextOf(e)) expectType(e, typeOf(e), element);
  return whole;
}

function inferElements(n: Node): Type {
  let common = plain(typeOf(<Node>aOf(n)));
  if (rejectVoid(<Node>aOf(n))) return ERROR;
  for (let e = nextOf(<Node>aOf(n)); e != 0; e = nextOf(e)) {
    if (rejectVoid(e)) return ERROR;
    const joint = commonType(common, typeOf(e));
    if (joint == VOID && frameWant() == ANY) return ANY;
    if (joint == VOID) {
      problem(K0416_ELEMENTS_DIFFER, e, typeName(common), typeName(typeOf(e)));
      return ERROR;
    }
    common = joint;
  }
  if (common == NULL && frameWant() == ANY) return ANY;
  if (common == NULL) {
    problem(
      K0410_CANNOT_INFER,
      n,
      internLiteral('these nulls'),
      internLiteral('write String?[] xs = [null] or the like'),
    );
    return ERROR;
  }
  return common;
}

// ---- operators ----

const OPERATORS = '? + - * / % & | ^ << >> >>> == != < <= > >= to until in? ';

/** How an operator is spelt. */
export function operatorText(op: i32): Text {
  let at = 0;
  let from = 0;
  for (let i = 0; i < OPERATORS.length; i++) {
    if (OPERATORS.charCodeAt(i) != 32) continue;
    if (at == op) return internLiteral(OPERATORS.substring(from, i));
    from = i + 1;
    at++;
  }
  return 0;
}

/** Reports a condition that is neither boolean nor a test for null. */
export function expectCondition(n: Node): void {
  const type = typeOf(n);
  if (type == BOOLEAN || type == ERROR || type == ANY) return;
  if (type == VOID) {
    rejectVoid(n);
    return;
  }
  if (isNullable(type) && isReference(nonNull(type))) return;
  problem(
    K0407_NOT_BOOLEAN,
    n,
    typeName(type),
    internLiteral(type == INT ? 'write x != 0' : isNullable(type) ? 'write x != null' : 'write a comparison'),
  );
}

function stepUnary(n: Node): void {
  const operand = <Node>aOf(n);
  if (resume() == 0) return visit(operand, WANT_ANY);
  if (opOf(n) == U_NOT) {
    expectCondition(operand);
    return leaveWith(BOOLEAN);
  }
  const type = typeOf(operand);
  if (type == ANY) return leaveWith(ANY);
  if (type == FLOAT && opOf(n) != U_COMPLEMENT) return leaveWith(FLOAT);
  if (type != INT && type != ERROR) {
    if (isNullable(type) && isNumber(nonNull(type))) problem(K0406_MAY_BE_NULL, operand, typeName(nonNull(type)));
    else problem(K0403_BAD_OPERAND, n, internLiteral(opOf(n) == 1 ? '-' : opOf(n) == 3 ? '~' : '+'), typeName(type));
  }
  leaveWith(INT);
}

function stepIncrement(n: Node): void {
  const target = <Node>aOf(n);
  if (resume() == 0) {
    if (!isTarget(target)) {
      problem(K0211_BAD_ASSIGNMENT_TARGET, target);
      return leaveWith(ERROR);
    }
    return visit(target, WANT_UPDATE);
  }
  const type = typeOf(target);
  if (type == ANY) return leaveWith(ANY);
  if (!isNumber(type) && type != ERROR)
    problem(K0403_BAD_OPERAND, n, internLiteral(opOf(n) % 2 == 1 ? '++' : '--'), typeName(type));
  leaveWith(type == FLOAT ? FLOAT : INT);
}

// `x to A`, where A is a class and nothing else has the name, is a cast.
function toCast(n: Node): void {
  const to = <Node>bOf(n);
  if (to == 0 || kindOf(to) != NAME) return;
  const name = aOf(to);
  if (findLocal(name) || findGlobal(name)) return;
  const c = currentClass();
  if (c && findField(c, name)) return;
  if (!findClass(name) && !isTypeVariable(name)) return;
  setKind(n, CAST);
  setOp(n, 0);
  setKind(to, T_NAME);
  setB(n, aOf(n));
  setA(n, <i32>to);
}

function stepBinary(n: Node): void {
  const phase = resume();
  if (phase == 0 || (phase == 1 && bOf(n) != 0))
    return visit(<Node>(phase == 0 ? aOf(n) : bOf(n)), phase == 0 ? WANT_ANY : wantedOnTheRight(n));
  if (isRange(n)) return finishRange(n);
  if (opOf(n) == B_IN) return finishIn(n, <Node>aOf(n), <Node>bOf(n));
  const left = <Node>aOf(n);
  const right = <Node>bOf(n);
  if (rejectVoid(left) || rejectVoid(right)) return leaveWith(ERROR);
  if (opOf(n) == B_MOD && typeOf(right) == stringType()) return finishFormatOf(n, left, right);
  const text = takeTextOperator(n);
  if (text != ERROR) return leaveWith(text);
  leaveWith(binaryType(n, opOf(n), left, right, typeOf(left), typeOf(right)));
}

// What is sent to an array is an element of it.
function wantedOnTheRight(n: Node): i32 {
  if (opOf(n) == B_IN && isRange(<Node>bOf(n))) return WANT_RANGE;
  const left = typeOf(<Node>aOf(n));
  if (opOf(n) <= B_NE && opOf(n) >= B_EQ && left > ERROR && isTupleType(nonNull(left))) return left;
  return opOf(n) == B_SHL && isArray(left) ? elementOf(left) : WANT_ANY;
}

/** Is the operator looked at when it runs, because an operand is an Any? What is sent or joined only is not. */
export function isDynamic(op: i32, a: Type, b: Type): bool {
  if (a != ANY && b != ANY) return false;
  if (op == B_ADD) return nonNull(a) != stringType() && nonNull(b) != stringType();
  return op != B_SHL || a == ANY || !(isArray(a) || isSubclass(classIdOf(a), CLASS_OUTPUT_STREAM));
}

/** The type of `a op b`; reports operands that do not fit. */
function binaryType(n: Node, op: i32, left: Node, right: Node, a: Type, b: Type): Type {
  if (op >= B_EQ && op <= B_NE) {
    if (!comparable(a, b)) problem(K0404_NOT_COMPARABLE, n, typeName(a), typeName(b));
    return BOOLEAN;
  }
  const text = stringType();
  if (op == B_ADD && (nonNull(a) == text || nonNull(b) == text)) return text;
  const ordering = op >= B_LT && op <= B_GE;
  if (a == ERROR || b == ERROR) return ordering ? BOOLEAN : op == B_SHL ? a : a == ERROR ? b : a;
  if (isDynamic(op, a, b)) return ordering ? BOOLEAN : ANY;
  if (a == INT && b == INT) return ordering ? BOOLEAN : INT;
  if (isNumber(a) && isNumber(b) && (ordering || op <= B_MOD)) return ordering ? BOOLEAN : FLOAT;
  if (ordering && a == text && b == text) return BOOLEAN;
  if ((op == B_AND || op == B_OR || op == B_XOR) && a == BOOLEAN && b == BOOLEAN) return BOOLEAN;
  if (op == B_SHL && isArray(a)) {
    expectType(right, b, elementOf(a));
    return a;
  }
  if (op == B_SHL && isSubclass(classIdOf(a), CLASS_OUTPUT_STREAM)) return a;
  const na = nonNull(a);
  const nb = nonNull(b);
  if (a != na && (isNumber(na) || isArray(na) || isSubclass(classIdOf(na), CLASS_OUTPUT_STREAM)))
    problem(K0406_MAY_BE_NULL, left, typeName(na));
  else if (b != nb && isNumber(a) && isNumber(nb)) problem(K0406_MAY_BE_NULL, right, typeName(nb));
  else problem(K0402_BAD_OPERANDS, n, operatorText(op), typeName(a), typeName(b));
  return ordering ? BOOLEAN : ERROR;
}

function stepLogic(n: Node, isAnd: bool): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    savedStates.push(saveKnown());
    assume(<Node>aOf(n), isAnd);
    return visit(<Node>bOf(n), WANT_ANY);
  }
  expectCondition(<Node>bOf(n));
  const before = savedStates.pop();
  mergeKnown(before, saveKnown());
  restoreKnown(before);
  leaveWith(BOOLEAN);
}

function stepConditional(n: Node): void {
  const phase = resume();
  const want = frameWant() == WANT_NOTHING ? WANT_ANY : frameWant();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  if (phase == 1) {
    expectCondition(<Node>aOf(n));
    savedStates.push(saveKnown());
    assume(<Node>aOf(n), true);
    return visit(<Node>bOf(n), want);
  }
  if (phase == 2) {
    const before = savedStates.pop();
    savedStates.push(saveKnown());
    restoreKnown(before);
    assume(<Node>aOf(n), false);
    return visit(<Node>cOf(n), want);
  }
  const other = savedStates.pop();
  mergeKnown(other, saveKnown());
  restoreKnown(other);
  if (rejectVoid(<Node>bOf(n)) || rejectVoid(<Node>cOf(n))) return leaveWith(ERROR);
  const a = typeOf(<Node>bOf(n));
  const b = typeOf(<Node>cOf(n));
  // A wanted type that both fit is the best common type.
  if (want > VOID && assignable(a, want) && assignable(b, want)) {
    adapt(<Node>bOf(n), want);
    adapt(<Node>cOf(n), want);
    return leaveWith(want);
  }
  const common = commonType(a, b);
  if (common == VOID) problem(K0416_ELEMENTS_DIFFER, n, typeName(a), typeName(b));
  leaveWith(common == VOID ? ERROR : common);
}

function stepCoalesce(n: Node): void {
  const phase = resume();
  if (phase == 0) return visit(<Node>aOf(n), WANT_ANY);
  const a = typeOf(<Node>aOf(n));
  if (phase == 1) {
    savedStates.push(saveKnown());
    return visit(<Node>bOf(n), a == NULL || a == ERROR ? WANT_ANY : nonNull(a));
  }
  const before = savedStates.pop();
  mergeKnown(before, saveKnown());
  restoreKnown(before);
  if (rejectVoid(<Node>aOf(n)) || rejectVoid(<Node>bOf(n))) return leaveWith(ERROR);
  if (a != ERROR && !mayBeNull(a)) problem(K0415_NO_NULL, <Node>aOf(n), typeName(a));
  let common = commonType(nonNull(a), typeOf(<Node>bOf(n)));
  // The int in a box does not become a float.
  if (widens(nonNull(a), common)) common = VOID;
  if (common == VOID) problem(K0416_ELEMENTS_DIFFER, n, typeName(a), typeName(typeOf(<Node>bOf(n))));
  leaveWith(common == VOID ? ERROR : a == NULL ? typeOf(<Node>bOf(n)) : common);
}

// ---- assignment ----

/** Can a value be stored there? */
function isTarget(n: Node): bool {
  const kind = kindOf(n);
  return kind == NAME || kind == FIELD_NAME || kind == MEMBER || kind == INDEX || kind == ERROR_EXPRESSION;
}

function stepAssign(n: Node): void {
  const phase = resume();
  const target = <Node>aOf(n);
  const value = <Node>bOf(n);
  if (phase == 0) {
    if (!isTarget(target)) problem(K0211_BAD_ASSIGNMENT_TARGET, target);
    else if (kindOf(target) == NAME && opOf(n) == 0 && frameWant() == WANT_NOTHING && isNewName(target)) {
      // The first assignment to a name declares it; the value comes first, so it cannot use the name.
      setFrameX(1);
      return visit(value, WANT_ANY);
    } else return visit(target, opOf(n) == 0 ? WANT_TARGET : WANT_UPDATE);
    setType(target, ERROR);
  }
  if (frameX() == 1) {
    const type = declareInferred(target, value, target);
    return leaveWith(type);
  }
  if (phase <= 1 && frameX() == 0) {
    setFrameX(2);
    if (opOf(n) == 0 && kindOf(value) == LAMBDA) knowItself(target);
    return visit(value, opOf(n) == 0 && typeOf(target) > VOID ? typeOf(target) : WANT_ANY);
  }
  const type = typeOf(target);
  let found = typeOf(value);
  if (opOf(n) != 0) {
    if (rejectVoid(value)) return leaveWith(ERROR);
    found = binaryType(n, opOf(n), target, value, type, found);
    if (type != ERROR && !assignable(found, type)) problem(K0401_TYPE_MISMATCH, value, typeName(type), typeName(found));
  } else if (type != ERROR) expectType(value, found, type);
  noteAssigned(target, found);
  leaveWith(type);
}

// A lambda may call itself by the variable that it is assigned to: it does not run before that.
function knowItself(target: Node): void {
  if (kindOf(target) != NAME || symbolKind(symbolOf(target)) != S_LOCAL) return;
  const local = locals[symbolIndex(symbolOf(target))];
  know(local, local.type);
}

function isNewName(target: Node): bool {
  const name = aOf(target);
  if (findLocal(name) || findGlobal(name)) return false;
  const c = currentClass();
  return !(c && findField(c, name));
}

// A variable that was given something that is not null is known to be that.
function noteAssigned(target: Node, found: Type): void {
  noteFieldSet(target);
  if (kindOf(target) != NAME || symbolKind(symbolOf(target)) != S_LOCAL) return;
  const local = locals[symbolIndex(symbolOf(target))];
  const isNull = found == ERROR || mayBeNull(found);
  know(local, isNullable(local.type) && !isNull ? definite(local.type, objectType()) : local.type);
}

// ---- casts ----

function stepCast(n: Node): void {
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

function stepInstanceof(n: Node): void {
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
