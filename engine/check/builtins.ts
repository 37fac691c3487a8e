/** Makes the built-in classes of the tables known to the checker; members are filled in when a class is first used. */
import {
  BUILTIN_CLASSES,
  CLASS_ARRAY,
  CLASS_EXCEPTION,
  TC_ANY,
  TC_ARRAY,
  TC_NULLABLE,
  TC_TYPE_VAR,
  TC_VOID,
  builtinClassFieldCount,
  builtinClassFirstField,
  builtinClassFirstMethod,
  builtinClassFlags,
  builtinClassMethodCount,
  builtinClassName,
  builtinClassSlots,
  builtinClassSuper,
  builtinFieldFlags,
  builtinFieldName,
  builtinFieldSlot,
  builtinFieldType,
  builtinMethodFirstParam,
  builtinMethodFlags,
  builtinMethodName,
  builtinMethodParamCount,
  builtinMethodResult,
  builtinNameAddress,
  builtinNameLength,
  builtinParamDefault,
  builtinParamDefaultKind,
  builtinParamName,
  builtinParamType,
} from '../bytecode/builtins.generated';
import { Text, intern, internLiteral } from '../support/texts';
import {
  C_BUILTIN,
  C_FILLED,
  C_OPEN,
  ClassInfo,
  F_HIDDEN,
  F_READ_ONLY,
  M_CONSTRUCTOR,
  M_FINAL,
  M_MAY_SLEEP,
  M_NATIVE,
  M_STATIC,
  M_USER_ONLY,
  MethodInfo,
  OPERATIONS,
  ParamInfo,
  addField,
  addMethod,
  classes,
} from './model';
import { ANY, Type, VOID, addClassType, arrayOf, classType, nullable, typeVariable } from './types';

function nameText(name: i32): Text {
  return intern(builtinNameAddress(name), builtinNameLength(name));
}

/** All built-in classes, without members. */
export function startBuiltins(): void {
  for (let id = 0; id < BUILTIN_CLASSES; id++) {
    const c = new ClassInfo();
    c.id = id;
    c.name = nameText(builtinClassName(id));
    c.superId = builtinClassSuper(id);
    c.slots = builtinClassSlots(id);
    c.flags = C_BUILTIN | (builtinClassFlags(id) & 1 ? C_OPEN : 0);
    c.depth = c.superId < 0 ? 0 : classes[c.superId].depth + 1;
    for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
    classes.push(c);
    addClassType(c.name);
    if (id == CLASS_ARRAY) c.variables.push(typeVariable(internLiteral('T'), id));
  }
}

/** 0 everywhere, 1 kernel only, 2 user space only. */
export function homeOf(id: i32): i32 {
  return id < BUILTIN_CLASSES ? builtinClassFlags(id) >> 1 : 0;
}

// A type of the tables, in a member of class `c`.
function decode(code: i32, c: ClassInfo): Type {
  const low = code & 0xffff;
  let type = low == TC_VOID ? VOID : low == TC_TYPE_VAR ? c.variables.get(0) : low == TC_ANY ? ANY : classType(low);
  if (code & TC_ARRAY) type = arrayOf(type);
  return code & TC_NULLABLE ? nullable(type) : type;
}

/** The class with its members. */
export function ensureFilled(c: ClassInfo): ClassInfo {
  if (c.flags & C_BUILTIN && !(c.flags & C_FILLED)) {
    c.flags |= C_FILLED;
    fillFields(c);
    fillMethods(c);
  }
  return c;
}

function fillFields(c: ClassInfo): void {
  const first = builtinClassFirstField(c.id);
  for (let i = 0; i < builtinClassFieldCount(c.id); i++) {
    const f = addField(nameText(builtinFieldName(first + i)), c.id, decode(builtinFieldType(first + i), c));
    f.slot = builtinFieldSlot(first + i);
    // Exceptions' message and cause may be set by classes below; the rest belongs to the runtime.
    f.flags = (builtinFieldFlags(first + i) ? F_HIDDEN : 0) | (c.id == CLASS_EXCEPTION ? 0 : F_READ_ONLY);
    c.fields.push(f);
  }
}

function fillMethods(c: ClassInfo): void {
  const first = builtinClassFirstMethod(c.id);
  let vslot = 0;
  for (let i = 0; i < builtinClassMethodCount(c.id); i++) {
    const m = addMethod(nameText(builtinMethodName(first + i)), c.id);
    const flags = builtinMethodFlags(first + i);
    m.native = first + i;
    m.flags =
      M_NATIVE |
      (flags & 1 ? M_STATIC : 0) |
      (flags & 2 ? 0 : M_FINAL) |
      (flags & 4 ? M_MAY_SLEEP : 0) |
      (flags & 8 ? M_USER_ONLY : 0);
    if (flags & 2) m.vslot = vslot++;
    const result = builtinMethodResult(first + i);
    m.result = decode(result, c);
    fillParams(c, m, builtinMethodFirstParam(first + i), builtinMethodParamCount(first + i));
    if (m.name == internLiteral('new')) {
      m.flags |= M_CONSTRUCTOR;
      c.constructorMethod = m;
    } else if (flags & 16) ownForInts(c, m.name)!.floats = m;
    else c.methods.push(m);
  }
}

// The method for ints that one for floats stands behind.
function ownForInts(c: ClassInfo, name: Text): MethodInfo | null {
  for (let i = 0; i < c.methods.length; i++) if (c.methods[i].name == name) return c.methods[i];
  return null;
}

function fillParams(c: ClassInfo, m: MethodInfo, first: i32, count: i32): void {
  for (let p = first; p < first + count; p++) {
    const param = new ParamInfo();
    const code = builtinParamType(p);
    param.name = nameText(builtinParamName(p));
    param.type = decode(code, c);
    param.defaultKind = builtinParamDefaultKind(p);
    const value = builtinParamDefault(p);
    param.defaultValue = value == -1 ? i64.MAX_VALUE : <i64>value;
    if (param.defaultKind == 2) param.defaultValue = 0;
    m.params.push(param);
  }
}
