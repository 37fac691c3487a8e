/** What an expression still waits for: entries on a stack, so that nesting costs no native stack. */
import { IntVector } from '../support/vectors';
import { Node } from './ast';

// Entries: kind and three words.
export const BASE: i32 = 0;
// Bracketing entries: only what closes them ends the expression within.
export const PAREN: i32 = 1; // a: its byte, b: BARS if it is the `|` of `|x|`
export const ARGUMENTS: i32 = 2; // a: byte of `(`, b: CALL or NEW, c: last argument or 0
export const SUBSCRIPT: i32 = 3; // a: byte of `[`, b: object
export const ELEMENTS: i32 = 4; // a: byte of `[`, b: ARRAY_LITERAL, c: last element or 0
export const ARRAY_SIZE: i32 = 5; // a: byte of `[`, b: NEW_ARRAY
export const PARTS: i32 = 6; // a: byte of the quote, b: INTERPOLATION, c: last part or 0
export const THEN: i32 = 7; // a: byte of `?`, b: condition
// Operators that wait for their right operand.
export const OTHERWISE: i32 = 8; // b: condition, c: value if it holds
export const ASSIGNMENT: i32 = 9; // a: operator, b: target
export const OPERATION: i32 = 10; // a: packed operator, b: left operand
export const PREFIX: i32 = 11; // a: first byte, b: node kind | op << 16
export const CAST_TO: i32 = 12; // a: byte of `(`, b: type
export const FALLBACK: i32 = 13; // like OPERATION, for `??`, which groups to the right
export const LAMBDA_BODY: i32 = 14; // b: LAMBDA

// Brackets again.
export const ENTRIES: i32 = 20; // a: byte of `{`, b: MAP_LITERAL, c: last key or value or 0
export const TUPLE: i32 = 21; // a: byte of `(`, b: NEW, c: last element

const WORDS: i32 = 4;
const entries = new IntVector(256);

export function pushEntry(kind: i32, a: i32, b: i32, c: i32): void {
  entries.push(kind);
  entries.push(a);
  entries.push(b);
  entries.push(c);
}
export function popEntry(): void {
  entries.length -= WORDS;
}
export function emptyEntries(): void {
  entries.length = 0;
}
export function entryCount(): i32 {
  return entries.length / WORDS;
}
export function entryKind(): i32 {
  return entries.get(entries.length - 4);
}
export function entryA(): i32 {
  return entries.get(entries.length - 3);
}
export function entryB(): i32 {
  return entries.get(entries.length - 2);
}
export function entryC(): i32 {
  return entries.get(entries.length - 1);
}
export function setEntryC(to: Node): void {
  entries.set(entries.length - 1, <i32>to);
}

/** `b` of the innermost entry that is closed by a bracket; 0 if there is none, or a `?` waits for its `:` within. */
export function innermostB(): i32 {
  for (let i = entries.length - WORDS; i >= 0; i -= WORDS) {
    const kind = entries.get(i);
    if (kind == THEN) return 0;
    if (isBracket(kind)) return kind == PAREN ? entries.get(i + 2) : 0;
  }
  return 0;
}

/** Is it closed by a bracket (or a string's end), so that line ends within do not count? */
export function isBracket(kind: i32): bool {
  return (kind >= PAREN && kind <= PARTS) || kind == ENTRIES || kind == TUPLE;
}

/** Does it count as a level of nesting? Left operands do not: a + b + c is one level. */
export function isLevel(kind: i32): bool {
  return kind != BASE && kind != OPERATION;
}
