/** Type syntax to types. */
import { CLASS_FLOAT } from '../bytecode/builtins.generated';
import {
  K0108_FLOAT_NOT_AVAILABLE,
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0401_TYPE_MISMATCH,
  K0702_NOT_IN_THIS_HOME,
  K0901_TOO_DEEP,
} from '../diagnostics/codes.generated';
import { Node, T_ARRAY, T_FUNC, T_NAME, T_NULLABLE, T_TUPLE, T_VAR, aOf, bOf, kindOf, nextOf } from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { homeOf } from './builtins';
import { TextMap, findClass, similarClass } from './lookup';
import { displayName, numberText, problem } from './problem';
import { BOOLEAN, ERROR, INT, MOST_PARTS, Type, VOID, arrayOf, classType, nullable, tookTooManyParts } from './types';

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

// Types that are to be resolved (nodes), and what is to be made of types already resolved (nodes, with bit 31).
const pending = new IntVector();
const resolved = new IntVector();
const READY: i32 = 1 << 31;

/** The type that a type node spells. `void` only where `allowVoid`. T_VAR gives ERROR. */
export function resolveType(node: Node, allowVoid: bool = false): Type {
  if (kindOf(node) == T_VAR) return ERROR;
  // Naming a bound class makes it, which resolves types: those of others lie below.
  const floor = pending.length;
  pending.push(<i32>node);
  while (pending.length > floor) {
    const next = pending.pop();
    if (next < 0) resolved.push(makeType(<Node>(next & ~READY)));
    else enterType(<Node>next);
  }
  const type = resolved.pop();
  if (type == VOID && !allowVoid) return refuseVoid(node);
  return type;
}

function refuseVoid(node: Node): Type {
  problem(
    K0401_TYPE_MISMATCH,
    node,
    internLiteral('a type that has values'),
    internLiteral('void'),
    internLiteral('only a method can be void'),
  );
  return ERROR;
}

// A type node: its parts first.
function enterType(n: Node): void {
  const kind = kindOf(n);
  pending.push((<i32>n) | READY);
  if (kind == T_FUNC) pending.push(bOf(n));
  if (kind == T_NAME) return enterAll(<Node>bOf(n));
  enterAll(<Node>aOf(n));
}

// The first one is resolved first.
function enterAll(first: Node): void {
  for (let n = first; n != 0; n = nextOf(n)) pending.push(0);
  let at = pending.length;
  for (let n = first; n != 0; n = nextOf(n)) pending.set(--at, <i32>n);
}

// The types of the nodes from `first` on.
function takeParts(first: Node): IntVector {
  const types = new IntVector(4);
  let at = resolved.length;
  for (let n = first; n != 0; n = nextOf(n)) at--;
  const from = at;
  for (let n = first; n != 0; n = nextOf(n)) {
    const type = resolved.get(at++);
    types.push(type == VOID ? refuseVoid(n) : type);
  }
  resolved.length = from;
  return types;
}

function takePart(n: Node): Type {
  const type = resolved.pop();
  return type == VOID ? refuseVoid(n) : type;
}

// The type of a node whose parts are resolved.
function makeType(n: Node): Type {
  const kind = kindOf(n);
  let type: Type = ERROR;
  if (kind == T_NAME) type = resolveName(n, aOf(n), takeParts(<Node>bOf(n)));
  else if (kind == T_ARRAY) type = arrayOf(takePart(<Node>aOf(n)));
  else if (kind == T_NULLABLE) type = nullable(takePart(<Node>aOf(n)));
  else if (kind == T_FUNC) {
    resolved.pop();
    takeParts(<Node>aOf(n));
    later(n, 'a function type', 'write a function with a name, and call it');
  } else if (kind == T_TUPLE) {
    takeParts(<Node>aOf(n));
    later(n, 'a tuple type', 'write a class for the values: class Pair(int a, String b);');
  } else {
    takePart(<Node>aOf(n));
    later(n, 'an iterator type', 'use an array');
  }
  if (tookTooManyParts()) problem(K0901_TOO_DEEP, n, numberText(<i64>MOST_PARTS));
  return type;
}

function later(n: Node, what: string, hint: string): void {
  problem(K0213_NOT_YET, n, internLiteral(what), internLiteral(hint));
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

function resolveName(node: Node, name: Text, types: IntVector): Type {
  if (types.length == 1 && name == internLiteral('Array')) return arrayOf(types.get(0));
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
