/**
 * Leaving: break, continue and return, through the finally blocks on the way. A finally block is generated once; a selector
 * register tells it where to go on: 0 behind it, 1 throw the exception again, 2 … the exits registered by statements inside.
 */
import { OP_JNEI, OP_LDI, OP_MOV, OP_RET, OP_RETV, OP_THROW } from '../bytecode/opcodes.generated';
import { Node } from '../syntax/ast';
import { IntVector } from '../support/vectors';
import { allocateRegister, emit, emitWide, jump, jumpCompare, newLabel, place } from './emitter';

/** A loop or switch, or a try with a finally block, around what is being generated. */
class Around {
  /** Loop or switch node; 0: a finally. */
  loop: Node = 0;
  breakLabel: i32 = 0;
  continueLabel: i32 = 0;
  finallyLabel: i32 = 0;
  selector: i32 = 0;
  exception: i32 = 0;
  /** Was the register of the value that is returned allocated for it? It goes with it. */
  ownsReturn: bool = false;
  /** Triples: is it a return, the loop, is it a break. */
  exits: IntVector = new IntVector(8);
}

const around = new Array<Around>();
let returnRegister: i32 = -1;
let returnsValue: bool = false;

/** Begins a method. */
export function startExits(hasValue: bool): void {
  around.length = 0;
  returnRegister = -1;
  returnsValue = hasValue;
}

/** Enters a loop or switch with its labels. */
export function enterLoop(loop: Node, breakLabel: i32, continueLabel: i32): void {
  const a = new Around();
  a.loop = loop;
  a.breakLabel = breakLabel;
  a.continueLabel = continueLabel;
  around.push(a);
}

export function leaveLoop(): void {
  around.pop();
}

/** Enters a try with a finally block; registers are allocated for it. */
export function enterFinally(): void {
  const a = new Around();
  a.finallyLabel = newLabel();
  a.selector = allocateRegister();
  a.exception = allocateRegister();
  if (returnsValue && returnRegister < 0) {
    returnRegister = allocateRegister();
    a.ownsReturn = true;
  }
  around.push(a);
}

/** Register that receives an exception on its way through the innermost finally block. */
export function finallyException(): i32 {
  return around[around.length - 1].exception;
}

/** Goes to the innermost finally block, then behind it (0) or on with the exception (1). */
export function jumpToFinally(selector: i32): void {
  const a = around[around.length - 1];
  emitWide(OP_LDI, a.selector, selector);
  jump(a.finallyLabel);
}

/** The finally block's code follows; exits inside of it belong to what is around it. Returns its number for `endFinally`. */
export function beginFinally(): i32 {
  const a = around.pop();
  place(a.finallyLabel);
  pending.push(a);
  return pending.length - 1;
}

const pending = new Array<Around>();

/** Behind the finally block: goes on where the selector says. */
export function endFinally(): void {
  const a = pending.pop();
  const behind = newLabel();
  let next = newLabel();
  jumpCompare(OP_JNEI, a.selector, 1, next);
  emit(OP_THROW, a.exception, 0, 0);
  place(next);
  for (let i = 0; i < a.exits.length; i += 3) {
    next = newLabel();
    jumpCompare(OP_JNEI, a.selector, 2 + i / 3, next);
    if (a.exits.get(i) == 1) leaveByReturn(returnRegister);
    else leaveLoopBy(<Node>a.exits.get(i + 1), a.exits.get(i + 2) == 1);
    place(next);
  }
  place(behind);
  if (a.ownsReturn) returnRegister = -1;
}

// Number of the finally block that stands between here and `depth`, innermost; -1 if none.
function finallyAbove(depth: i32): i32 {
  for (let i = around.length - 1; i > depth; i--) if (around[i].loop == 0) return i;
  return -1;
}

function register(index: i32, isReturn: bool, loop: Node, isBreak: bool): void {
  const a = around[index];
  const selector = 2 + a.exits.length / 3;
  a.exits.push(isReturn ? 1 : 0);
  a.exits.push(<i32>loop);
  a.exits.push(isBreak ? 1 : 0);
  emitWide(OP_LDI, a.selector, selector);
  jump(a.finallyLabel);
}

/** Emits a break or continue of `loop`. */
export function leaveLoopBy(loop: Node, isBreak: bool): void {
  let depth = around.length - 1;
  while (around[depth].loop != loop) depth--;
  const through = finallyAbove(depth);
  if (through >= 0) return register(through, false, loop, isBreak);
  jump(isBreak ? around[depth].breakLabel : around[depth].continueLabel);
}

/** Emits a return of the value in `value` (-1: of nothing). */
export function leaveByReturn(value: i32): void {
  const through = finallyAbove(-1);
  if (through < 0) {
    if (value < 0) emit(OP_RETV, 0, 0, 0);
    else emit(OP_RET, value, 0, 0);
    return;
  }
  if (value >= 0 && value != returnRegister) emit(OP_MOV, returnRegister, value, 0);
  register(through, true, 0, false);
}
