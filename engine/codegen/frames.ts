/**
 * The code generator's own stack, one frame for each node being generated. A step pushes a child with `generate` and is
 * resumed when the child is done; the child's register is then `result()`.
 */
import { Node, kindOf, typeOf } from '../syntax/ast';
import { OP_MOV } from '../bytecode/opcodes.generated';
import { Type } from '../check/types';
import { IntVector } from '../support/vectors';
import { convert, isConverted } from './boxes';
import { allocateRegister, emit, setTop, topRegister } from './emitter';

/** The value goes to a register: `dest`, or any (ANY). */
export const VALUE: i32 = 0;
/** The value is not needed. */
export const EFFECT: i32 = 1;
/** Jump to label `dest` if the condition is as `want` says (0 or 1); fall through otherwise. */
export const CONDITION: i32 = 2;

export const ANY: i32 = -1;
/** No conversion: the value in its own representation. */
export const AS_IT_IS: i32 = -1;

const WORDS: i32 = 12;
const stack = new IntVector(1024);
let at: i32 = 0;
let lastResult: i32 = 0;

export function frameDepth(): i32 {
  return stack.length / WORDS;
}

/** Generates `node` next. `want`: the type of the place it goes to (boxing), or AS_IT_IS; the truth to jump on for CONDITION. */
export function generate(node: Node, mode: i32, dest: i32, want: i32): void {
  stack.push(<i32>node);
  stack.push(mode);
  stack.push(0);
  stack.push(dest);
  stack.push(want);
  stack.push(topRegister());
  for (let i = 6; i < WORDS; i++) stack.push(0);
}

export function peekKind(): i32 {
  return kindOf(<Node>stack.get(stack.length - WORDS));
}

/** Makes the top frame the running one; returns its phase and counts it up. */
export function resume(): i32 {
  at = stack.length - WORDS;
  const phase = stack.get(at + 2);
  stack.set(at + 2, phase + 1);
  return phase;
}

export function node(): Node {
  return <Node>stack.get(at);
}
export function mode(): i32 {
  return stack.get(at + 1);
}
export function dest(): i32 {
  return stack.get(at + 3);
}
export function want(): i32 {
  return stack.get(at + 4);
}
/** The first register that was free when the frame began. */
export function base(): i32 {
  return stack.get(at + 5);
}
/** The frame's own numbers, 0 … 5. */
export function own(i: i32): i32 {
  return stack.get(at + 6 + i);
}
export function setOwn(i: i32, value: i32): void {
  stack.set(at + 6 + i, value);
}
export function setPhase(phase: i32): void {
  stack.set(at + 2, phase);
}

/** Register of the child that ended last. */
export function result(): i32 {
  return lastResult;
}

/** The register to compute into: `dest`, or a new one at the frame's base. */
export function target(): i32 {
  if (mode() == VALUE && dest() >= 0) return dest();
  setTop(base());
  return allocateRegister();
}

/** Ends a statement's frame: its registers are free again. */
export function endStatement(): void {
  setTop(base());
  stack.length = at;
}

/** Ends a frame that leaves registers in use (a declaration). */
export function endKeeping(): void {
  stack.length = at;
}

/** Ends the frame of an expression whose value, of the node's type, is in `register`: boxed and moved as wanted. */
export function end(register: i32): void {
  endTyped(register, typeOf(node()));
}

/** Like `end`, for a value in the representation of `type`. */
export function endTyped(register: i32, type: Type): void {
  const place = dest();
  let at1 = register;
  if (mode() == VALUE && want() >= 0 && isConverted(type, want())) {
    at1 = place >= 0 ? place : target();
    convert(at1, register, type, want());
  } else if (mode() == VALUE && place >= 0 && place != register) {
    emit(OP_MOV, place, register, 0);
    at1 = place;
  }
  lastResult = at1;
  // A temporary stays in use; its owner frees it.
  setTop(mode() == VALUE && at1 >= base() && place < 0 ? at1 + 1 : base());
  stack.length = at;
}
