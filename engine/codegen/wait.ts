/** `object.wait(condition)`: a loop around the native that waits once, so that the condition is code of its own. */
import { N_OBJECT_WAIT, N_WAIT_UNTIL } from '../bytecode/builtins.generated';
import { OP_CALLN, OP_JT, OP_LDI, OP_MOV } from '../bytecode/opcodes.generated';
import { Node, aOf, bOf, kindOf, nextOf, startOf, MEMBER } from '../syntax/ast';
import { hasReceiver } from './calls';
import { atSource, emit, emitWide, jump, jumpWide, newLabel, place, setTop, topRegister } from './emitter';
import { selfRegister } from './lambdas';
import { AS_IT_IS, CONDITION, VALUE, end, generate, own, setOwn, setPhase } from './frames';

/**
 * Resumes a CALL of `wait`. The native's window: the result (the time is over), one slot, the object, one slot, the time.
 * Own: 0 window, 1 label of the loop, 2 label behind it where the condition holds.
 */
export function stepWait(n: Node, phase: i32): void {
  const callee = <Node>aOf(n);
  const limit = nextOf(<Node>bOf(n));
  if (phase == 0) {
    const window = topRegister();
    setOwn(0, window);
    setTop(window + 3);
    if (hasReceiver(callee)) return generate(<Node>aOf(callee), VALUE, window + 2, AS_IT_IS);
    emit(OP_MOV, window + 2, selfRegister(), 0);
  }
  const window = own(0);
  if (phase <= 1 && limit != 0) {
    // The time limit is computed once, in the arguments of a window of its own.
    setPhase(2);
    setTop(window + 7);
    return generate(limit, VALUE, window + 7, AS_IT_IS);
  }
  if (phase <= 2) {
    setPhase(3);
    if (limit != 0) {
      setTop(window + 8);
      atSource(startOf(n));
      emitWide(OP_CALLN, window + 5, N_WAIT_UNTIL);
      emit(OP_MOV, window + 4, window + 5, 0);
    } else emitWide(OP_LDI, window + 4, -1);
    setTop(window + 5);
    emitWide(OP_LDI, window, 0);
    setOwn(1, newLabel());
    setOwn(2, newLabel());
    place(own(1));
    return generate(<Node>bOf(n), CONDITION, own(2), 1);
  }
  const over = newLabel();
  if (limit != 0) jumpWide(OP_JT, window, over);
  atSource(kindOf(callee) == MEMBER ? startOf(callee) : startOf(n));
  emitWide(OP_CALLN, window, N_OBJECT_WAIT);
  jump(own(1));
  place(own(2));
  if (limit != 0) {
    const done = newLabel();
    emitWide(OP_LDI, window, 1);
    jump(done);
    place(over);
    emitWide(OP_LDI, window, 0);
    place(done);
  }
  end(window);
}
