/** Type syntax to types. */
import { CLASS_SYSTEM, CLASS_ARRAY } from '../bytecode/builtins.generated';
import { IMG_CALL_PARAMETERS } from '../bytecode/image';
import {
  K0108_FLOAT_NOT_AVAILABLE,
  K0213_NOT_YET,
  K0302_UNKNOWN_CLASS,
  K0401_TYPE_MISMATCH,
  K0440_TYPE_ARGUMENTS,
  K0441_OUTSIDE_OF_BOUND,
  K0442_STATIC_HAS_NO_VARIABLE,
  K0702_NOT_IN_THIS_HOME,
  K0901_TOO_DEEP,
} from '../diagnostics/codes.generated';
import { Node, T_ARRAY, T_FUNC, T_NAME, T_NULLABLE, T_TUPLE, T_VAR, aOf, bOf, kindOf, nextOf } from '../syntax/ast';
import { Text, internLiteral } from '../support/texts';
import { IntVector } from '../support/vectors';
import { homeOf } from './builtins';
import { libraryClass } from './iterate';
import { homeName } from './foreign-names';
import { TextMap, findClass, inLibrary, similarClass } from './lookup';
import { assignable } from './conversions';
import { bindingsOf, selfType } from './generics';
import { fillingBound } from './bound-classes';
import { ClassInfo, MethodInfo, X_USED, classes } from './model';
import { displayName, joined, numberText, problem } from './problem';
import { substitute } from './substitution';
import {
  ANY,
  BOOLEAN,
  ERROR,
  FLOAT,
  INT,
  MOST_PARTS,
  Type,
  VOID,
  argumentOf,
  arrayOf,
  boundOf,
  classIdOf,
  classType,
  funcType,
  instanceOf,
  isInstance,
  nameOf,
  nullable,
  tookTooManyParts,
  typeName,
} from './types';
import { MOST_ELEMENTS, tupleClassName } from '../syntax/tuples';

// Not types: what an alias may stand for besides.
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
  alias('float double Float', FLOAT);
  alias('Any dynamic', ANY);
  alias('Func Regex', LATER);
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

// Was it said that there is no float? Once is enough: all that has to do with it changes together.
let floatRefused: bool = false;

/** FLOAT; in the kernel, which has none, ERROR: `node` is where a float comes from. */
export function floatHere(node: Node): Type {
  if (!kernel) return FLOAT;
  if (!floatRefused) problem(K0108_FLOAT_NOT_AVAILABLE, node);
  floatRefused = true;
  return ERROR;
}

/** Is this script for the kernel? */
export function inKernel(): bool {
  return kernel;
}

/** Reports a class that this home does not have. */
export function checkHome(id: i32, node: Node, name: Text): void {
  const home = homeOf(id);
  if (home == 2 && kernel) floatHere(node);
  if (home == 1 && !kernel) problem(K0702_NOT_IN_THIS_HOME, node, displayName(name), internLiteral('in user space'));
}

/** The same of a method that only user space has: of a process, or because it is about floats. */
export function checkUserOnly(node: Node, m: MethodInfo): void {
  if (m.owner != CLASS_SYSTEM) floatHere(node);
  else if (kernel) problem(K0702_NOT_IN_THIS_HOME, node, joined('System.', m.name, ''), internLiteral('in the kernel'));
}

// Types that are to be resolved (nodes), and what is to be made of types already resolved (nodes, with bit 31).
const pending = new IntVector();
const resolved = new IntVector();
const READY: i32 = 1 << 31;

/** Is it the name of a type? */
export function isTypeName(name: Text): bool {
  return aliases.get(name) >= 0 || findClass(name) !== null;
}

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
    const gives = resolved.pop();
    type = functionType(n, takeParts(<Node>aOf(n)), gives);
  } else if (kind == T_TUPLE) {
    const elements = takeParts(<Node>aOf(n));
    const c = elements.length <= MOST_ELEMENTS ? findClass(tupleClassName(elements.length)) : null;
    if (c && !elements.includes(ERROR)) type = instance(c, n, elements);
  } else {
    const elements = new IntVector(1);
    elements.push(takePart(<Node>aOf(n)));
    const c = libraryClass('Iterator');
    if (c && elements.get(0) != ERROR) type = instance(c, n, elements);
  }
  if (tookTooManyParts()) problem(K0901_TOO_DEEP, n, numberText(<i64>MOST_PARTS));
  return type;
}

function functionType(n: Node, params: IntVector, result: Type): Type {
  if (<u32>params.length <= IMG_CALL_PARAMETERS) return funcType(params, result);
  later(n, 'a function type with more than 12 parameters', 'give it an object that has the values');
  return ERROR;
}

function later(n: Node, what: string, hint: string): void {
  problem(K0213_NOT_YET, n, internLiteral(what), internLiteral(hint));
}

// Whose type variables have a meaning, and whether those of the class have none.
let scopeClass: ClassInfo | null = null;
let scopeMethod: MethodInfo | null = null;
let scopeIsStatic: bool = false;

/** The types resolved from here on stand in a member of this class (null: in none), in this method. */
export function setTypeScope(c: ClassInfo | null, m: MethodInfo | null, isStatic: bool): void {
  scopeClass = c;
  scopeMethod = m;
  scopeIsStatic = isStatic;
}

/** The type variable of that name here; ERROR if there is none. */
function findVariable(node: Node, name: Text): Type {
  // Nothing of a binding is generic.
  if (fillingBound) return ERROR;
  const m = scopeMethod;
  if (m) for (let i = 0; i < m.variables.length; i++) if (nameOf(m.variables.get(i)) == name) return m.variables.get(i);
  const c = scopeClass;
  if (c)
    for (let i = 0; i < c.variables.length; i++) {
      if (nameOf(c.variables.get(i)) != name) continue;
      if (scopeIsStatic) problem(K0442_STATIC_HAS_NO_VARIABLE, node, name);
      return c.variables.get(i);
    }
  return ERROR;
}

/** Is this the name of a type variable here? */
export function isTypeVariable(name: Text): bool {
  const m = scopeMethod;
  if (m) for (let i = 0; i < m.variables.length; i++) if (nameOf(m.variables.get(i)) == name) return true;
  const c = scopeClass;
  if (c) for (let i = 0; i < c.variables.length; i++) if (nameOf(c.variables.get(i)) == name) return true;
  return false;
}

// Instances whose arguments are to be looked at when the classes are complete: type and node.
const unchecked = new IntVector();
let isComplete: bool = false;

/** The classes above all classes are known: arguments named before are compared with their bounds, later ones at once. */
export function checkBounds(): void {
  isComplete = true;
  for (let i = 0; i < unchecked.length; i += 2) checkBound(unchecked.get(i), <Node>unchecked.get(i + 1));
  unchecked.length = 0;
}

function checkBound(type: Type, node: Node): void {
  if (!isInstance(type)) return;
  const c = classes[classIdOf(type)];
  const bindings = bindingsOf(type);
  for (let i = 0; i < c.variables.length; i++) {
    const bound = boundOf(c.variables.get(i));
    if (bound != 0) fitsBound(argumentOf(type, i), c.variables.get(i), substitute(bound, bindings), node);
  }
}

/** Reports an argument that is not what its variable must be. */
export function fitsBound(argument: Type, variable: Type, bound: Type, node: Node): void {
  if (!assignable(argument, bound))
    problem(K0441_OUTSIDE_OF_BOUND, node, typeName(argument), nameOf(variable), typeName(bound));
}

/** Reports a wrong number of type arguments. */
export function wrongArguments(c: ClassInfo, node: Node): void {
  const n = c.variables.length;
  problem(
    K0440_TYPE_ARGUMENTS,
    node,
    displayName(c.name),
    numberText(<i64>n),
    n == 0 ? internLiteral('leave them out') : joined('write ', typeName(selfType(c)), ', with types in their place'),
  );
}

/** The class with these type arguments, which are looked at. */
export function instance(c: ClassInfo, node: Node, types: IntVector): Type {
  if (c.variables.length != types.length) {
    wrongArguments(c, node);
    return ERROR;
  }
  if (types.length == 0) return classType(c.id);
  if (c.id == CLASS_ARRAY) return arrayOf(types.get(0));
  const type = instanceOf(c.id, types);
  if (isComplete) checkBound(type, node);
  else {
    unchecked.push(type);
    unchecked.push(<i32>node);
  }
  return type;
}

function resolveName(node: Node, name: Text, types: IntVector): Type {
  const variable = types.length == 0 ? findVariable(node, name) : ERROR;
  if (variable != ERROR) return variable;
  const known = aliases.get(name);
  if (known == FLOAT) return floatHere(node);
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
  if (!c) {
    problem(K0302_UNKNOWN_CLASS, node, displayName(name), unknownClassHint(name));
    return ERROR;
  }
  if (!inLibrary) c.flags |= X_USED;
  checkHome(c.id, node, name);
  return instance(c, node, types);
}

/** What to do about a class that is not there: what it is called here, a name like it, or how a binding brings it. */
export function unknownClassHint(name: Text): Text {
  const home = homeName(name);
  if (home != 0) return home;
  const similar = similarClass(name);
  if (similar != 0) return similar;
  return internLiteral(
    kernel
      ? 'if a module binds it, insert that module first: /proc/konoha/bindings shows what is bound'
      : 'if a binding declares it, name that file: --bindings FILE',
  );
}

/** Is this name an alias of int, boolean or float (so that `int.abs` and the like make no sense)? */
export function isPrimitiveName(name: Text): bool {
  const type = aliases.get(name);
  return type == INT || type == BOOLEAN || type == FLOAT;
}
