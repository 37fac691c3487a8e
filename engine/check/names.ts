/** What a name means where it stands: a variable, a field, a constant of the language. */
import {
  K0301_UNKNOWN_NAME,
  K0304_UNKNOWN_FIELD,
  K0307_ASSIGN_CONSTANT,
  K0308_THIS_OUTSIDE,
  K0310_USED_BEFORE_ASSIGNED,
  K0312_READ_ONLY_FIELD,
  K0417_NOT_STATIC,
} from '../diagnostics/codes.generated';
import { CLASS_CLASS, CLASS_INPUT_STREAM, CLASS_OUTPUT_STREAM } from '../bytecode/builtins.generated';
import { FIELD_NAME, Node, aOf, kindOf, setSymbol } from '../syntax/ast';
import { ByteVector } from '../support/vectors';
import { Text, internBytes, internLiteral, textAddress, textByte, textLength } from '../support/texts';
import { useField } from './access';
import { currentClass, currentLambda, currentMethod, hasThis, noteThis } from './context';
import { stringType } from './conversions';
import { found, ownReference } from './functions';
import { seenThrough, selfType } from './generics';
import { findClass, findField, findFunction, findGlobal, findMethod, isSubclass, similarField } from './lookup';
import {
  ClassInfo,
  F_READ_ONLY,
  F_STATIC,
  FieldInfo,
  classes,
  LocalInfo,
  M_CONSTRUCTOR,
  MethodInfo,
  S_CLASS_VALUE,
  S_EOL,
  X_USED,
  S_FIELD,
  S_GLOBAL,
  S_LOCAL,
  S_STREAM,
  globals,
  locals,
  symbol,
} from './model';
import { consider, displayName, problem, startSuggestion, suggestion } from './problem';
import { checkHome } from './resolve';
import { UNASSIGNED, findLocal, know, knownType } from './scope';
import { WANT_TARGET, WANT_UPDATE } from './frames';
import { ERROR, Type, classType } from './types';

/** The type of a NAME or FIELD_NAME that is read or (WANT_TARGET) assigned; sets its symbol. */
export function resolveName(n: Node, want: i32): Type {
  const name = aOf(n);
  if (kindOf(n) == FIELD_NAME) return resolveOwnField(n, name, want);
  const local = findLocal(name);
  if (local) return resolveLocal(n, local, want);
  const c = currentClass();
  if (c) {
    const field = findField(c, name);
    if (field) return ownField(n, c, field, want);
  }
  const global = findGlobal(name);
  if (global) {
    setSymbol(n, symbol(S_GLOBAL, global.id));
    if (want != WANT_TARGET && currentMethod()) global.isReadInCode = true;
    if (global.isConstant && isAssigned(want)) problem(K0307_ASSIGN_CONSTANT, n, name);
    return global.type;
  }
  const known = languageName(n, name);
  if (known != ERROR) {
    if (isAssigned(want)) problem(K0307_ASSIGN_CONSTANT, n, name);
    return known;
  }
  if (!isAssigned(want)) {
    const type = ownReference(n, name);
    if (found) return type;
    const c = findClass(name);
    if (c) return classValue(n, c);
  }
  problem(K0301_UNKNOWN_NAME, n, displayName(name), unknownHint(name));
  return ERROR;
}

/** Is a value stored by whoever wants this? */
export function isAssigned(want: i32): bool {
  return want == WANT_TARGET || want == WANT_UPDATE;
}

function resolveLocal(n: Node, local: LocalInfo, want: i32): Type {
  setSymbol(n, symbol(S_LOCAL, local.id));
  capture(local);
  if (isAssigned(want)) local.assigned++;
  const type = knownType(local);
  if (isAssigned(want) && local.isConstant && type != UNASSIGNED) problem(K0307_ASSIGN_CONSTANT, n, local.name);
  if (want == WANT_TARGET) return local.type;
  local.used = true;
  if (type == UNASSIGNED) {
    problem(K0310_USED_BEFORE_ASSIGNED, n, local.name);
    know(local, local.type);
    return local.type;
  }
  return want == WANT_UPDATE ? local.type : type;
}

// The lambdas between here and where the variable belongs take it with them.
function capture(local: LocalInfo): void {
  let lambda = currentLambda();
  while (lambda !== null && lambda.id != local.lambda) {
    local.captured = true;
    if (!lambda.captures.includes(local.id)) lambda.captures.push(local.id);
    lambda = lambda.outer;
  }
}

function resolveOwnField(n: Node, name: Text, want: i32): Type {
  const c = currentClass();
  if (!c) {
    const spelt = underscored(name);
    problem(K0308_THIS_OUTSIDE, n, spelt);
    return ERROR;
  }
  const field = findField(c, name);
  if (field) return ownField(n, c, field, want);
  problem(K0304_UNKNOWN_FIELD, n, displayName(c.name), name, similarField(c, name));
  return ERROR;
}

// A field of the class whose method this is; in a static method there is no object that has it.
function ownField(n: Node, c: ClassInfo, field: FieldInfo, want: i32): Type {
  if (!(field.flags & F_STATIC)) noteThis();
  if (hasThis() || field.flags & F_STATIC) return fieldType(n, field, want, selfType(c));
  problem(K0417_NOT_STATIC, n, field.name, displayName(c.name));
  return ERROR;
}

function underscored(name: Text): Text {
  const out = new ByteVector();
  out.byte(95);
  out.bytes(textAddress(name), textLength(name));
  return internBytes(out);
}

/** The type of a field that is used at `n`, of an object of type `receiver` (ERROR: of none); sets the node's symbol. */
export function fieldType(n: Node, field: FieldInfo, want: i32, receiver: Type): Type {
  useField(n, field);
  if (field.flags & F_STATIC && want != WANT_TARGET && field.slot < globals.length)
    globals[field.slot].isReadInCode = true;
  setSymbol(n, field.flags & F_STATIC ? symbol(S_GLOBAL, field.slot) : symbol(S_FIELD, field.id));
  if (isAssigned(want) && field.flags & F_READ_ONLY && !mayInitialise(field)) {
    problem(K0312_READ_ONLY_FIELD, n, field.name, displayName(classNameOf(field)));
  }
  return receiver == ERROR ? field.type : seenThrough(field.type, receiver, field.owner);
}

// A constructor of a class below may set what the library's class declares.
function mayInitialise(field: FieldInfo): bool {
  const m = currentMethod();
  return m !== null && (m.flags & M_CONSTRUCTOR) != 0 && isSubclass(m.owner, field.owner);
}

function classNameOf(field: FieldInfo): Text {
  return classes[field.owner].name;
}

// IN, OUT, ERR and EOL; ERROR if it is none of them.
function languageName(n: Node, name: Text): Type {
  if (name == internLiteral('OUT')) {
    setSymbol(n, symbol(S_STREAM, 1));
    return classType(CLASS_OUTPUT_STREAM);
  }
  if (name == internLiteral('ERR')) {
    setSymbol(n, symbol(S_STREAM, 2));
    return classType(CLASS_OUTPUT_STREAM);
  }
  if (name == internLiteral('IN')) {
    setSymbol(n, symbol(S_STREAM, 0));
    return classType(CLASS_INPUT_STREAM);
  }
  if (name == internLiteral('EOL')) {
    setSymbol(n, symbol(S_EOL, 0));
    return stringType();
  }
  return ERROR;
}

// The name of a class as a value.
function classValue(n: Node, c: ClassInfo): Type {
  c.flags |= X_USED;
  checkHome(c.id, n, c.name);
  setSymbol(n, symbol(S_CLASS_VALUE, c.id));
  return classType(CLASS_CLASS);
}

function unknownHint(name: Text): Text {
  if (findFunction(name)) return internLiteral('it is a function: it cannot be assigned to');
  if (findClass(name)) return internLiteral('it is a class');
  startSuggestion(name);
  for (let i = 0; i < locals.length; i++) if (findLocal(locals[i].name)) consider(locals[i].name);
  for (let i = 0; i < globals.length; i++) consider(globals[i].name);
  const c = currentClass();
  if (c) for (let i = 0; i < c.fields.length; i++) consider(c.fields[i].name);
  return suggestion();
}

/** The getter (`getAge`, `isAge`) or setter (`setAge`) of a property, or null. */
export function accessor(c: ClassInfo, prefix: string, name: Text, params: i32): MethodInfo | null {
  const m = findMethod(c, accessorName(prefix, name));
  return m && m.params.length == params && !m.isStatic() && m.variables.length == 0 ? m : null;
}

/** `getAge` of `age`. */
export function accessorName(prefix: string, name: Text): Text {
  const out = new ByteVector();
  out.text(prefix);
  const first = textByte(name, 0);
  out.byte(first >= 97 && first <= 122 ? first - 32 : first);
  if (textLength(name) > 1) out.bytes(textAddress(name) + 1, textLength(name) - 1);
  return internBytes(out);
}
