/** Constant expressions: what the compiler knows the value of, as labels of cases must be. Floats are none. */
import { builtinConstantIsFloat, builtinConstantValue } from '../bytecode/builtins.generated';
import {
  BINARY,
  BOOLEAN_LITERAL,
  B_ADD,
  B_AND,
  B_DIV,
  B_MOD,
  B_MUL,
  B_OR,
  B_SHL,
  B_SHR,
  B_SUB,
  B_USHR,
  B_XOR,
  INT_LITERAL,
  MEMBER,
  NAME,
  Node,
  STRING_LITERAL,
  UNARY,
  U_COMPLEMENT,
  U_MINUS,
  U_NOT,
  aOf,
  bOf,
  cOf,
  endOf,
  kindOf,
  newNode,
  opOf,
  setA,
  setB,
  setType,
  startOf,
  symbolOf,
} from '../syntax/ast';
import { Text, internBytes, textAddress, textLength } from '../support/texts';
import { ByteVector, IntVector } from '../support/vectors';
import { literalValue } from './annotations';
import { stringType } from './conversions';
import { S_CONSTANT, S_GLOBAL, S_LOCAL, globals, locals, symbolIndex, symbolKind } from './model';
import { BOOLEAN, ERROR, INT, Type } from './types';

/** A value that the compiler knows: an int, 0 or 1, or the Text of a String. */
export class Constant {
  constructor(
    readonly type: Type,
    readonly value: i64,
  ) {}
}

// Nodes to be folded; a complement: both operands of the node are, or its only one.
const todo = new IntVector();
const values = new Array<Constant>();

/** The value of a checked expression, if it is a constant one; else null. */
export function fold(expression: Node): Constant | null {
  todo.length = 0;
  values.length = 0;
  todo.push(<i32>expression);
  while (todo.length > 0) {
    const next = todo.pop();
    const n = <Node>(next < 0 ? ~next : next);
    const kind = kindOf(n);
    if (kind != UNARY && kind != BINARY) {
      const known = leafValue(n, kind);
      if (!known) return null;
      values.push(known);
    } else if (next < 0) {
      const right = values.pop();
      const result = kind == UNARY ? unary(opOf(n), right) : binary(opOf(n), values.pop(), right);
      if (!result) return null;
      values.push(result);
    } else {
      todo.push(~next);
      if (kind == BINARY) {
        if (bOf(n) == 0) return null;
        todo.push(bOf(n));
      }
      todo.push(aOf(n));
    }
  }
  // The right operand was folded last.
  return values.pop();
}

function leafValue(n: Node, kind: i32): Constant | null {
  if (kind == INT_LITERAL) return new Constant(INT, literalValue(n));
  if (kind == BOOLEAN_LITERAL) return new Constant(BOOLEAN, <i64>aOf(n));
  if (kind == STRING_LITERAL) return new Constant(stringType(), <i64>aOf(n));
  if (kind != NAME && kind != MEMBER) return null;
  const index = symbolIndex(symbolOf(n));
  const what = symbolKind(symbolOf(n));
  if (what == S_CONSTANT)
    return builtinConstantIsFloat(index) != 0 ? null : new Constant(INT, builtinConstantValue(index));
  if (what == S_LOCAL) return locals[index].constant;
  return what == S_GLOBAL ? globals[index].constant : null;
}

function unary(op: i32, a: Constant): Constant | null {
  if (a.type == BOOLEAN) return op == U_NOT ? new Constant(BOOLEAN, 1 - a.value) : null;
  if (a.type != INT || op == U_NOT) return null;
  return new Constant(INT, op == U_MINUS ? -a.value : op == U_COMPLEMENT ? ~a.value : a.value);
}

function binary(op: i32, a: Constant, b: Constant): Constant | null {
  const text = stringType();
  if (op == B_ADD && (a.type == text || b.type == text)) return join(a, b);
  if (a.type != INT || b.type != INT) return null;
  const x = a.value;
  const y = b.value;
  if (op == B_ADD) return new Constant(INT, x + y);
  if (op == B_SUB) return new Constant(INT, x - y);
  if (op == B_MUL) return new Constant(INT, x * y);
  if (op == B_AND) return new Constant(INT, x & y);
  if (op == B_OR) return new Constant(INT, x | y);
  if (op == B_XOR) return new Constant(INT, x ^ y);
  if (op == B_SHL) return new Constant(INT, x << (y & 63));
  if (op == B_SHR) return new Constant(INT, x >> (y & 63));
  if (op == B_USHR) return new Constant(INT, <i64>((<u64>x) >> (<u64>(y & 63))));
  if ((op != B_DIV && op != B_MOD) || y == 0) return null;
  // The least int has no negative; -1 never leaves a rest.
  if (y == -1) return new Constant(INT, op == B_DIV ? -x : 0);
  return new Constant(INT, op == B_DIV ? x / y : x % y);
}

/** Bytes of the longest text that constants are joined to: each could double the one before. */
const LONGEST: i32 = 4096;

function join(a: Constant, b: Constant): Constant | null {
  const out = new ByteVector(32);
  writeValue(a, out);
  writeValue(b, out);
  return out.length > LONGEST ? null : new Constant(stringType(), <i64>internBytes(out));
}

function writeValue(c: Constant, out: ByteVector): void {
  if (c.type == INT) out.decimal(c.value);
  else if (c.type == BOOLEAN) out.text(c.value != 0 ? 'true' : 'false');
  else out.bytes(textAddress(<Text>c.value), textLength(<Text>c.value));
}

/** The literal that a constant expression comes to, at the expression's place; 0 if it is none. */
export function literalFor(expression: Node): Node {
  const known = fold(expression);
  if (!known) return 0;
  const kind = known.type == INT ? INT_LITERAL : known.type == BOOLEAN ? BOOLEAN_LITERAL : STRING_LITERAL;
  const literal = newNode(kind, startOf(expression), endOf(expression));
  setA(literal, <i32>known.value);
  if (kind == INT_LITERAL) setB(literal, <i32>(known.value >> 32));
  setType(literal, known.type);
  return literal;
}

/** Value of a constant's declaration, `type` being what it is declared as; null if it is not known before the script runs. */
export function constantOf(value: Node, type: Type): Constant | null {
  if (value == 0 || type == ERROR) return null;
  const known = fold(value);
  return known && known.type == type ? known : null;
}

/** The same of a field `final T x = value`, whose node this is. */
export function fieldConstant(field: Node, type: Type): Constant | null {
  return constantOf(<Node>cOf(field), type);
}
