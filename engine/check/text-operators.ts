/** `s * n` and `s / separator`: calls of String's `repeat` and `split`, as which they go on. */
import { CLASS_STRING } from '../bytecode/builtins.generated';
import {
  B_DIV,
  B_MUL,
  CALL,
  MEMBER,
  Node,
  aOf,
  bOf,
  newNode,
  opOf,
  setA,
  setB,
  setKind,
  setOp,
  setSymbol,
  startOf,
  endOf,
  typeOf,
} from '../syntax/ast';
import { internLiteral } from '../support/texts';
import { ensureFilled } from './builtins';
import { stringType } from './conversions';
import { ownMethod } from './lookup';
import { S_METHOD, classes, symbol } from './model';
import { ERROR, INT, Type } from './types';

/** Makes the BINARY, whose operands were checked, such a call; ERROR if it is none, else the type of its value. */
export function takeTextOperator(n: Node): Type {
  const text = stringType();
  const right = typeOf(<Node>bOf(n));
  if (typeOf(<Node>aOf(n)) != text) return ERROR;
  const repeats = opOf(n) == B_MUL && right == INT;
  if (!repeats && !(opOf(n) == B_DIV && right == text)) return ERROR;
  const name = internLiteral(repeats ? 'repeat' : 'split');
  const method = ownMethod(ensureFilled(classes[CLASS_STRING]), name)!;
  const callee = newNode(MEMBER, startOf(n), endOf(n));
  setA(callee, aOf(n));
  setB(callee, name);
  setKind(n, CALL);
  setOp(n, 0);
  setA(n, <i32>callee);
  setSymbol(n, symbol(S_METHOD, method.id));
  return method.result;
}
