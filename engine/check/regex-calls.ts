/** `s.split(regex)` and `s.replace(regex, with)`: methods of String that take a Regex in place of a text are the library's of Regex. */
import { N_STRING_REPLACE, N_STRING_SPLIT } from '../bytecode/builtins.generated';
import {
  MEMBER,
  NAME,
  Node,
  aOf,
  bOf,
  endOf,
  kindOf,
  newNode,
  setA,
  setB,
  setNext,
  setSymbol,
  startOf,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { libraryClass } from './iterate';
import { ownMethod } from './lookup';
import { MethodInfo, S_CLASS, S_METHOD, symbol } from './model';
import { classType } from './types';

/** Is the argument of a call of `m`, the first of them if `index` is 0, a Regex where a text is expected? */
export function takesRegex(m: MethodInfo, index: i32, argument: Node): bool {
  if (index != 0 || (m.native != N_STRING_SPLIT && m.native != N_STRING_REPLACE)) return false;
  const c = libraryClass('Regex');
  return c !== null && typeOf(argument) == classType(c.id);
}

/** Makes the checked CALL `n` one of the library's method: `Regex.splitText(s, regex)`. */
export function callRegex(n: Node, m: MethodInfo): void {
  const callee = <Node>aOf(n);
  if (kindOf(callee) != MEMBER || bOf(n) == 0 || !takesRegex(m, 0, <Node>bOf(n))) return;
  const c = libraryClass('Regex')!;
  const name = internLiteral(m.native == N_STRING_SPLIT ? 'splitText' : 'replaceText');
  const method = ownMethod(c, name);
  if (!method) return;
  const object = <Node>aOf(callee);
  const owner = newNode(NAME, startOf(callee), endOf(callee));
  setA(owner, c.name);
  setSymbol(owner, symbol(S_CLASS, c.id));
  setA(callee, <i32>owner);
  setB(callee, name);
  setNext(object, <Node>bOf(n));
  setB(n, <i32>object);
  setSymbol(n, symbol(S_METHOD, method.id));
}
