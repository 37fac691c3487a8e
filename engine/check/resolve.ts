/** Type syntax to types. */
import { CLASS_FLOAT } from '../bytecode/builtins.generated';
import {
  K0108_FLOAT_NOT_AVAILABLE,
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0401_TYPE_MISMATCH,
  K0702_NOT_IN_THIS_HOME,
} from '../diagnostics/codes.generated';
import { Node, T_ARRAY, T_NAME, T_NULLABLE, T_VAR, aOf, bOf, kindOf } from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { homeOf } from './builtins';
import { TextMap, findClass, similarClass } from './lookup';
import { displayName, problem } from './problem';
import { BOOLEAN, ERROR, INT, Type, VOID, arrayOf, classType, nullable } from './types';

// Not types: what an alias may stand for besides.
const FLOAT_ALIAS: i32 = 1000;
const LATER: i32 = 1001;

const aliases = new TextMap();
let kernel: bool = false;

/** For which home the script is. */
export function startResolve(inKernel: bool): void {
  kernel = inKernel;
}

/** To be called once. */
export function startAliases(): void {
  alias('int long short char Int Integer', INT);
  alias('boolean Boolean', BOOLEAN);
  alias('void', VOID);
  alias('float double Float', FLOAT_ALIAS);
  alias('Any dynamic Map Iterator Range Bytes Func Class Regex', LATER);
}

function alias(names: string, type: i32): void {
  let from = 0;
  for (let i = 0; i <= names.length; i++) {
    if (i == names.length || names.charCodeAt(i) == 32) {
      aliases.set(internLiteral(names.substring(from, i)), type);
      from = i + 1;
    }
  }
}

/** Is this script for the kernel? */
export function inKernel(): bool {
  return kernel;
}

/** Reports a class that this home does not have. */
export function checkHome(id: i32, node: Node, name: Text): void {
  const home = homeOf(id);
  if (home == 1 && !kernel) problem(K0702_NOT_IN_THIS_HOME, node, displayName(name), internLiteral('in user space'));
}

/** The type that a type node spells. `void` only where `allowVoid`. T_VAR gives ERROR. */
export function resolveType(node: Node, allowVoid: bool = false): Type {
  const suffixes = new IntVector(4);
  let n = node;
  while (kindOf(n) == T_ARRAY || kindOf(n) == T_NULLABLE) {
    suffixes.push(kindOf(n));
    n = <Node>aOf(n);
  }
  if (kindOf(n) == T_VAR) return ERROR;
  if (kindOf(n) != T_NAME) return ERROR;
  let type = resolveName(n, aOf(n));
  if (type == VOID && (suffixes.length > 0 || !allowVoid)) {
    problem(
      K0401_TYPE_MISMATCH,
      n,
      internLiteral('a type that has values'),
      internLiteral('void'),
      internLiteral('only a method can be void'),
    );
    type = ERROR;
  }
  while (suffixes.length > 0) type = suffixes.pop() == T_ARRAY ? arrayOf(type) : nullable(type);
  return type;
}

/** Reports a type argument, which only `extends Device<…>` takes. */
export function refuseArgument(node: Node): void {
  if (bOf(node) != 0)
    problem(
      K0213_NOT_YET,
      node,
      internLiteral('a type with type arguments'),
      internLiteral('an array is written T[]; only a class that extends Device<State> has one'),
    );
}

function resolveName(node: Node, name: Text): Type {
  refuseArgument(node);
  const known = aliases.get(name);
  if (known == FLOAT_ALIAS) {
    problem(K0108_FLOAT_NOT_AVAILABLE, node);
    return ERROR;
  }
  // A class of the script's own may have the name of one that is to come.
  if (known == LATER && !findClass(name)) {
    problem(
      K0213_NOT_YET,
      node,
      displayName(name),
      internLiteral('use int, boolean, String, arrays or a class of your own'),
    );
    return ERROR;
  }
  if (known >= 0 && known != LATER) return known;
  const c = findClass(name);
  if (!c || c.id == CLASS_FLOAT) {
    problem(K0302_UNKNOWN_CLASS, node, displayName(name), unknownClassHint(name));
    return ERROR;
  }
  checkHome(c.id, node, name);
  return classType(c.id);
}

/** What to do about a class that is not there: a name like it, or how a binding brings it. */
export function unknownClassHint(name: Text): Text {
  const similar = similarClass(name);
  if (similar != 0) return similar;
  return internLiteral(
    kernel
      ? 'if a module binds it, insert that module first: /proc/konoha/bindings shows what is bound'
      : 'if a binding declares it, name that file: --bindings FILE',
  );
}

/** Is this name an alias of int or boolean (so that `int.abs` and the like make no sense)? */
export function isPrimitiveName(name: Text): bool {
  return aliases.get(name) == INT || aliases.get(name) == BOOLEAN;
}
