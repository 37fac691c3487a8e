/** Functions as values: a function's name where a value of a `Func` type is expected, and calls of such values. */
import { CLASS_FUNC, CLASS_OBJECT } from '../bytecode/builtins.generated';
import { IMG_CALL_PARAMETERS } from '../bytecode/image';
import { K0213_NOT_YET } from '../diagnostics/codes.generated';
import { Text, internBytes, internLiteral, textAddress, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { Node, setSymbol } from '../syntax/ast';
import { ensureFilled } from './builtins';
import { currentClass } from './context';
import { newMethod } from './declare';
import { findField, findFunction, findGlobal, findMethod } from './lookup';
import { ClassInfo, M_SYNTHETIC, MethodInfo, OPERATIONS, S_FUNCTION, classes, symbol } from './model';
import { problem } from './problem';
import { findLocal } from './scope';
import { ERROR, Type, addClassType, classType, funcType, isFunc, nonNull } from './types';

/** Is a variable or field of that name called, and not a method or function? */
export function namesFunctionValue(name: i32): bool {
  const local = findLocal(name);
  if (local) return isFunc(nonNull(local.type));
  const c = currentClass();
  if ((c && findMethod(c, name)) || findFunction(name)) return false;
  const field = c ? findField(c, name) : null;
  if (field) return isFunc(nonNull(field.type));
  const global = findGlobal(name);
  return global !== null && isFunc(nonNull(global.type));
}

/** Type of the function's name at `n` as a value; sets its symbol to the class of the value. */
export function functionValue(n: Node, f: MethodInfo): Type {
  if (f.variables.length > 0 || <u32>f.params.length > IMG_CALL_PARAMETERS) {
    problem(
      K0213_NOT_YET,
      n,
      internLiteral(
        f.variables.length > 0 ? 'a generic function as a value' : 'a function of that many parameters as a value',
      ),
      internLiteral('write a function that calls it'),
    );
    return ERROR;
  }
  if (f.valueClass < 0) f.valueClass = makeValueClass(f);
  setSymbol(n, symbol(S_FUNCTION, f.id));
  const params = new IntVector(4);
  for (let i = 0; i < f.params.length; i++) params.push(f.params[i].type);
  return funcType(params, f.result);
}

/** A class of the compiler's own, below `above`, whose name no class of a script can have. */
export function hiddenClass(name: Text, above: i32): ClassInfo {
  const c = new ClassInfo();
  c.id = classes.length;
  c.name = name;
  c.superId = above;
  c.above = classType(above);
  c.depth = classes[above].depth + 1;
  for (let i = 0; i < OPERATIONS; i++) c.handlers.push(null);
  const root = ensureFilled(classes[CLASS_OBJECT]);
  for (let i = 0; i < root.methods.length; i++) if (root.methods[i].vslot >= 0) c.vtable.push(root.methods[i]);
  classes.push(c);
  addClassType(name);
  return c;
}

// The class below Func whose objects stand for the function: its one method calls it. Id of the class.
function makeValueClass(f: MethodInfo): i32 {
  const name = new ByteVector(32);
  // A name that no class of a script can have.
  name.text('function ');
  name.bytes(textAddress(f.name), textLength(f.name));
  const c = hiddenClass(internBytes(name), CLASS_FUNC);
  const call = newMethod(c, f.name, f.node);
  call.flags = M_SYNTHETIC;
  call.bridged = f;
  call.result = f.result;
  for (let i = 0; i < f.params.length; i++) call.params.push(f.params[i]);
  call.vslot = c.vtable.length;
  c.vtable.push(call);
  return c.id;
}
