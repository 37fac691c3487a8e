/**
 * The flat AST: fixed-size records on the arena, addressed directly; lists are chained through `next`; 0 is no node.
 * Every pass walks it with a stack of its own (the kernel's stack is 16 KiB), never by native recursion.
 *
 * Record (13 words): kind | op << 16, start, end (byte offsets into the source), next, a, b, c, d, e, f, type, symbol, g.
 * `type` and `symbol` belong to the checker. Names are interned texts (`engine/support/texts.ts`).
 */
import { allocate } from '../support/arena';

export type Node = usize;

// Types. T_VAR stands for `var` and `def` (inferred).
export const T_NAME: i32 = 1; // a: name (Text; `IO!!` is already `IOException`), b: first type argument or 0
export const T_ARRAY: i32 = 2; // a: element type
export const T_NULLABLE: i32 = 3; // a: type
export const T_VAR: i32 = 4;
export const T_FUNC: i32 = 5; // a: first parameter type or 0, b: result type, which may be void
export const T_TUPLE: i32 = 6; // a: first element type; two at least
export const T_ITERATOR: i32 = 7; // a: element type; `T..`
export const T_PARAMETER: i32 = 8; // a: name, b: bound or 0; a type variable that a class or method declares

// Expressions
export const INT_LITERAL: i32 = 10; // a, b: low and high 32 bits of the value
export const STRING_LITERAL: i32 = 11; // a: text, escapes resolved
export const BOOLEAN_LITERAL: i32 = 12; // a: 0 or 1
export const NULL_LITERAL: i32 = 13;
export const INTERPOLATION: i32 = 14; // a: first part (STRING_LITERAL or any expression), chained
export const NAME: i32 = 15; // a: name: variable, constant, function or class
export const FIELD_NAME: i32 = 16; // a: name without the underscore: `_x`
export const THIS: i32 = 17;
export const SUPER: i32 = 18; // only as callee or object of a MEMBER
export const MEMBER: i32 = 19; // a: object, b: name
export const INDEX: i32 = 20; // a: object, b: index
export const CALL: i32 = 21; // a: callee, any expression, b: first argument
export const NEW: i32 = 22; // a: type, b: first argument
export const NEW_ARRAY: i32 = 23; // a: element type, b: size
export const ARRAY_LITERAL: i32 = 24; // a: first element
export const UNARY: i32 = 25; // op: U_*, a
export const INCREMENT: i32 = 26; // op: I_*, a: target
export const BINARY: i32 = 27; // op: B_*, a, b
export const AND: i32 = 28; // a, b
export const OR: i32 = 29; // a, b
export const CONDITIONAL: i32 = 30; // a ? b : c
export const ASSIGN: i32 = 31; // a: target, b: value; op: 0, or the B_* of a compound assignment
export const CAST: i32 = 32; // a: type, b: expression
export const INSTANCEOF: i32 = 33; // a: expression, b: type
export const COALESCE: i32 = 34; // a ?? b
export const MAP_LITERAL: i32 = 40; // a: first key, its value behind it, and so on; b: type of an object literal, whose keys are STRING_LITERALs, or 0
export const ERROR_EXPRESSION: i32 = 35; // reported already; fits everywhere
export const LAMBDA: i32 = 36; // a: first PARAMETER, its type T_VAR where none is written; b: body, a BLOCK if op is L_BLOCK
export const FLOAT_LITERAL: i32 = 45; // a, b: low and high 32 bits of the float
// Made by the checker of calls and `%`:
export const FORMAT: i32 = 48; // a: value, b: directive, packed (bytecode/format-directives.ts)
export const FORMAT_TEXT: i32 = 49; // a: pattern, b: first value; op: F_VALUE_FIRST or 0
export const CONVERT: i32 = 47; // a: an expression of type Any; made by the checker: its type is that of the place where the value goes

// Statements
export const BLOCK: i32 = 50; // a: first statement
export const VARIABLE: i32 = 51; // a: type, b: name, c: initial value or 0; one node a declarator, each with its own type node
export const EXPRESSION: i32 = 52; // a; op: E_SHOW or E_VALUE if it is the last item and its value is wanted, whatever it is
export const IF: i32 = 53; // a: condition, b: then, c: else or 0
export const WHILE: i32 = 54; // a: condition, b: body
export const DO: i32 = 55; // a: body, b: condition
export const FOR: i32 = 56; // a: first init statement, b: condition or 0, c: first update expression, d: body
export const FOREACH: i32 = 57; // a: type, b: name, c: iterated expression, d: body
export const LABELED: i32 = 58; // a: label, b: loop
export const SWITCH: i32 = 59; // a: value, b: first CASE
export const CASE: i32 = 60; // a: constant or 0 for default, b: first statement
export const BREAK: i32 = 61; // a: label or 0
export const CONTINUE: i32 = 62; // a: label or 0
export const RETURN: i32 = 63; // a: value or 0
export const THROW: i32 = 64; // a
export const TRY: i32 = 65; // a: block, b: first CATCH or 0, c: finally block or 0
export const CATCH: i32 = 66; // a: type, b: name, c: block
export const ASSERT: i32 = 67; // a: condition, b: message or 0
export const PRINT: i32 = 68; // a: first expression; op: E_SHOW if it shows one value with its type
export const EMPTY: i32 = 69;
export const SEQUENCE: i32 = 70; // a: first statement; what several of them are for which one is written, without a scope of its own
export const IMPORT: i32 = 78; // a: path; top level only
export const USING: i32 = 79; // a: name of a class, or 0 for all of a package; top level only

// Declarations
export const ROOT: i32 = 80; // a: first item, f: first ANNOTATION of the script
export const FUNCTION: i32 = 81; // a: result type, 0 for a constructor; b: name; c: first PARAMETER; d: body BLOCK or 0; e: owner class name of `T C.m()` or 0; f: first ANNOTATION; g: first T_PARAMETER (those of `C<…>` have op V_OWNER)
export const PARAMETER: i32 = 82; // a: type, b: name, c: default or 0
export const CLASS: i32 = 83; // a: name, b: super type or 0, c: first member (FUNCTION, FIELD), d: first header PARAMETER or 0, e: first type behind `implements` (`extends` of an interface) or 0, f: first ANNOTATION, g: first T_PARAMETER; op: INTERFACE or 0
export const FIELD: i32 = 84; // a: type, b: name, c: initial value or 0, f: first ANNOTATION
export const ANNOTATION: i32 = 85; // a: name without @, b: first argument (literal)

// VARIABLE, FIELD, PARAMETER, FOREACH and CATCH: declared with `final`
export const V_FINAL: i32 = 1;
// VARIABLE: of the compiler's own, with a name that no script can write; never one of the top level
export const V_HIDDEN: i32 = 2;
// T_PARAMETER: a name for what the class in front of the method declares
export const V_OWNER: i32 = 1;
/** Op of a FUNCTION that is a translator. */
export const F_TRANSLATOR: i32 = 1;
// EXPRESSION and PRINT: what becomes of the value of the script's last item
export const E_SHOW: i32 = 1;
export const E_VALUE: i32 = 2;
// CALL: of a function value, which its callee (any expression) gives; set by the checker
export const C_VALUE: i32 = 1;
// FORMAT_TEXT: of `value % pattern`, whose value comes first
export const F_VALUE_FIRST: i32 = 1;
// NEW: type arguments are `<>`, to be inferred; and: it is written as a tuple
export const N_DIAMOND: i32 = 1;
export const N_TUPLE: i32 = 3;
// INDEX: an element of the tuple of `c` elements that an assignment to several takes apart
export const X_PART: i32 = 1;
// CLASS: an interface
export const INTERFACE: i32 = 1;
// LAMBDA: its body is a block
export const L_BLOCK: i32 = 1;
// UNARY
export const U_MINUS: i32 = 1;
export const U_NOT: i32 = 2;
export const U_COMPLEMENT: i32 = 3;
export const U_PLUS: i32 = 4;
// INCREMENT
export const I_PRE_PLUS: i32 = 1;
export const I_PRE_MINUS: i32 = 2;
export const I_POST_PLUS: i32 = 3;
export const I_POST_MINUS: i32 = 4;
// BINARY; B_SHL is also `<<`, send, on an OutputStream or array
export const B_ADD: i32 = 1;
export const B_SUB: i32 = 2;
export const B_MUL: i32 = 3;
export const B_DIV: i32 = 4;
export const B_MOD: i32 = 5;
export const B_AND: i32 = 6;
export const B_OR: i32 = 7;
export const B_XOR: i32 = 8;
export const B_SHL: i32 = 9;
export const B_SHR: i32 = 10;
export const B_USHR: i32 = 11;
export const B_EQ: i32 = 12;
export const B_NE: i32 = 13;
export const B_LT: i32 = 14;
export const B_LE: i32 = 15;
export const B_GT: i32 = 16;
export const B_GE: i32 = 17;
export const B_TO: i32 = 18; // a range, its end included; b is 0 in `x[a to]`
export const B_UNTIL: i32 = 19; // a range without its end
export const B_IN: i32 = 20; // `in?`

const BYTES: usize = 52;

/** A new node that covers the source bytes `start` … `end` - 1. */
export function newNode(kind: i32, start: i32, end: i32): Node {
  const node = allocate(BYTES);
  store<i32>(node, kind, 0);
  store<i32>(node, start, 4);
  store<i32>(node, end, 8);
  return node;
}

/** A node like `n`, which stands in no list. */
export function copyNode(n: Node): Node {
  const node = allocate(BYTES);
  memory.copy(node, n, BYTES);
  setNext(node, 0);
  return node;
}

export function kindOf(n: Node): i32 {
  return load<i32>(n) & 0xffff;
}
export function opOf(n: Node): i32 {
  return load<i32>(n) >>> 16;
}
export function setOp(n: Node, op: i32): void {
  store<i32>(n, (load<i32>(n) & 0xffff) | (op << 16));
}
/** Puts a CONVERT in the place of an expression, which goes below it. */
export function wrapInConvert(n: Node): void {
  const inner = newNode(kindOf(n), startOf(n), endOf(n));
  memory.copy(inner, n, BYTES);
  setNext(inner, 0);
  const next = nextOf(n);
  memory.fill(n + 12, 0, BYTES - 12);
  store<i32>(n, CONVERT);
  setNext(n, <i32>next);
  setA(n, <i32>inner);
}
/** Turns a node into another kind, for example ERROR_EXPRESSION. */
export function setKind(n: Node, kind: i32): void {
  store<i32>(n, (load<i32>(n) & ~0xffff) | kind);
}
export function startOf(n: Node): i32 {
  return load<i32>(n, 4);
}
export function endOf(n: Node): i32 {
  return load<i32>(n, 8);
}
export function setStart(n: Node, at: i32): void {
  store<i32>(n, at, 4);
}
export function setEnd(n: Node, at: i32): void {
  store<i32>(n, at, 8);
}
export function nextOf(n: Node): Node {
  return <usize>load<i32>(n, 12);
}
export function setNext(n: Node, to: Node): void {
  store<i32>(n, <i32>to, 12);
}

// Fields as numbers (names, literals) and as nodes.
export function aOf(n: Node): i32 {
  return load<i32>(n, 16);
}
export function bOf(n: Node): i32 {
  return load<i32>(n, 20);
}
export function cOf(n: Node): i32 {
  return load<i32>(n, 24);
}
export function dOf(n: Node): i32 {
  return load<i32>(n, 28);
}
export function eOf(n: Node): i32 {
  return load<i32>(n, 32);
}
export function fOf(n: Node): i32 {
  return load<i32>(n, 36);
}
export function setA(n: Node, v: i32): void {
  store<i32>(n, v, 16);
}
export function setB(n: Node, v: i32): void {
  store<i32>(n, v, 20);
}
export function setC(n: Node, v: i32): void {
  store<i32>(n, v, 24);
}
export function setD(n: Node, v: i32): void {
  store<i32>(n, v, 28);
}
export function setE(n: Node, v: i32): void {
  store<i32>(n, v, 32);
}
export function setF(n: Node, v: i32): void {
  store<i32>(n, v, 36);
}
export function typeOf(n: Node): i32 {
  return load<i32>(n, 40);
}
export function setType(n: Node, type: i32): void {
  store<i32>(n, type, 40);
}
export function symbolOf(n: Node): i32 {
  return load<i32>(n, 44);
}
export function setSymbol(n: Node, symbol: i32): void {
  store<i32>(n, symbol, 44);
}
export function gOf(n: Node): i32 {
  return load<i32>(n, 48);
}
export function setG(n: Node, v: i32): void {
  store<i32>(n, v, 48);
}
