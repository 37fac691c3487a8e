/**
 * The checker's own stack. A frame is one node being checked: node, phase (how often it was resumed), what is wanted of it,
 * and two numbers of its own. A step either pushes a child with `visit` or ends with `leave`.
 */
import { BLOCK, Node, ROOT, kindOf, setType } from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { ERROR, Type } from './types';

/** No particular type is wanted. */
export const WANT_ANY: i32 = -1;
/** The value is assigned to: no null test, no use. */
export const WANT_TARGET: i32 = -2;
/** The value is not used. */
export const WANT_NOTHING: i32 = -3;
/** Read and assigned: `x += 1`, `x++`. */
export const WANT_UPDATE: i32 = -4;

/** A range may stand here, and is no value. */
export const WANT_RANGE: i32 = -5;

const WORDS: i32 = 5;
const stack = new IntVector(512);
// First word of the running frame.
let at: i32 = 0;
// Its node, also when it has ended.
let running: Node = 0;

/** Frames there are. */
export function frameDepth(): i32 {
  return stack.length / WORDS;
}

/** Checks `node` next; the running frame is resumed after it. */
export function visit(node: Node, want: i32): void {
  stack.push(<i32>node);
  stack.push(0);
  stack.push(want);
  stack.push(0);
  stack.push(0);
}

/** Counts the running frame's phase; returns how often it was resumed before. */
export function resume(): i32 {
  const phase = stack.get(at + 1);
  stack.set(at + 1, phase + 1);
  return phase;
}

/** Ends the running frame without a type (statements). */
export function leave(): void {
  stack.length = at;
}

// Did an expression come out without a type, because something in it was reported?
let sawError: bool = false;

/** Was there one since the last time this was asked? */
export function takeSawError(): bool {
  const was = sawError;
  sawError = false;
  return was;
}

/** The statement that the running frame is, or is part of; 0: none. Blocks do not count. */
export function innermostStatement(): Node {
  if (isStatement(running)) return running;
  for (let i = at - WORDS; i >= 0; i -= WORDS) if (isStatement(<Node>stack.get(i))) return <Node>stack.get(i);
  return 0;
}

function isStatement(n: Node): bool {
  const kind = kindOf(n);
  return kind > BLOCK && kind < ROOT;
}

/** Ends the running frame; its expression has this type. */
export function leaveWith(type: Type): void {
  if (type == ERROR) sawError = true;
  setType(<Node>stack.get(at), type);
  stack.length = at;
}

export function frameNode(): Node {
  return <Node>stack.get(at);
}
export function frameWant(): i32 {
  return stack.get(at + 2);
}
export function frameX(): i32 {
  return stack.get(at + 3);
}
export function setFrameX(value: i32): void {
  stack.set(at + 3, value);
}
export function frameY(): i32 {
  return stack.get(at + 4);
}
export function setFrameY(value: i32): void {
  stack.set(at + 4, value);
}
/** The next resume has this phase. */
export function setPhase(phase: i32): void {
  stack.set(at + 1, phase);
}

/** Makes the top frame the running one; returns the kind of its node. */
export function nextFrame(): i32 {
  at = stack.length - WORDS;
  running = <Node>stack.get(at);
  return kindOf(<Node>stack.get(at));
}
