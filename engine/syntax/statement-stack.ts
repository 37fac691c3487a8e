/** Statements and declarations that are open: frames on a stack, so that nesting costs no native stack. */
import { IntVector } from '../support/vectors';
import { Node, nextOf, setA, setB, setC, setNext } from './ast';
import { end, enter, leave, start } from './cursor';

// Frames that take statements until something closes them; `opener` is the byte of their `{`.
export const ITEMS: i32 = 1; // ROOT
export const STATEMENTS: i32 = 2; // BLOCK
export const CASE_STATEMENTS: i32 = 3; // CASE, until the next case or `}`
export const CASES: i32 = 4; // SWITCH
export const MEMBERS: i32 = 5; // CLASS
// Frames that take one statement.
export const THEN_BRANCH: i32 = 10;
export const ELSE_BRANCH: i32 = 11;
export const BODY: i32 = 12; // WHILE, FOR, FOREACH, LABELED
export const DO_BODY: i32 = 13;
// Frames that take one block.
export const FUNCTION_BODY: i32 = 20;
export const TRY_BLOCK: i32 = 21;
export const CATCH_BLOCK: i32 = 22; // tail: the CATCH
export const FINALLY_BLOCK: i32 = 23;

// kind, node, last child, opener, levels counted, dropped
const WORDS: i32 = 6;
const frames = new IntVector(256);

function at(word: i32): i32 {
  return frames.length - WORDS + word;
}

export function emptyFrames(): void {
  frames.length = 0;
}
export function frameCount(): i32 {
  return frames.length / WORDS;
}
export function frameKind(): i32 {
  return frames.get(at(0));
}
export function setFrameKind(kind: i32): void {
  frames.set(at(0), kind);
}
export function frameNode(): Node {
  return <Node>frames.get(at(1));
}
export function frameTail(): Node {
  return <Node>frames.get(at(2));
}
export function setFrameTail(node: Node): void {
  frames.set(at(2), <i32>node);
}
export function frameOpener(): i32 {
  return frames.get(at(3));
}
/** Is the frame's node to be left out of the tree (a construct that is reported as not allowed where it stands)? */
export function isDropped(): bool {
  return frames.get(at(5)) != 0;
}
export function dropFrame(): void {
  frames.set(at(5), 1);
}

/** Does it take statements until something closes it? */
export function isSequence(kind: i32): bool {
  return kind < THEN_BRANCH;
}

/**
 * Opens a frame; `opener` is the byte that opens it. A level of nesting, unless it is the block that the frame around it
 * is there for. False if that is one level too many.
 */
export function pushFrame(kind: i32, node: Node, opener: i32): bool {
  const counted = kind != ITEMS && kind != CASE_STATEMENTS && (kind != STATEMENTS || isSequence(frameKind()));
  if (counted && !enter(start(), end())) return false;
  frames.push(kind);
  frames.push(<i32>node);
  frames.push(0);
  frames.push(opener);
  frames.push(counted ? 1 : 0);
  frames.push(0);
  return true;
}

/** Closes the top frame; returns its node. */
export function popFrame(): Node {
  const node = frameNode();
  leave(frames.get(at(4)));
  frames.length -= WORDS;
  return node;
}

/** Adds a chain of nodes to the children of the top frame, a sequence. */
export function appendChild(chain: Node): void {
  const kind = frameKind();
  if (frameTail() != 0) setNext(frameTail(), chain);
  else if (kind == MEMBERS) setC(frameNode(), <i32>chain);
  else if (kind == CASES || kind == CASE_STATEMENTS) setB(frameNode(), <i32>chain);
  else setA(frameNode(), <i32>chain);
  let last = chain;
  while (nextOf(last) != 0) last = nextOf(last);
  setFrameTail(last);
}
