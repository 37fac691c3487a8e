/** Variables of the top level and static fields. */
import { CLASS_NULL_EXCEPTION } from '../bytecode/builtins.generated';
import { OP_GGET, OP_JNNULL } from '../bytecode/opcodes.generated';
import { firstGlobal, globals, isOpenWorld } from '../check/model';
import { isReference, startsNull } from '../check/types';
import { internBytes, textAddress, textLength } from '../support/texts';
import { ByteVector } from '../support/vectors';
import { emitWide, jumpWide, newLabel, place, setTop, topRegister } from './emitter';
import { throwMessage } from './statements';

/** R[to] := global. One of an earlier image may have no value: what gives it one has thrown, or has not come yet. */
export function loadGlobal(to: i32, index: i32): void {
  emitWide(OP_GGET, to, index);
  const g = globals[index];
  if (!isOpenWorld || index >= firstGlobal || !isReference(g.type) || startsNull(g.type)) return;
  const known = newLabel();
  const top = topRegister();
  jumpWide(OP_JNNULL, to, known);
  const message = new ByteVector(64);
  message.bytes(textAddress(g.name), textLength(g.name));
  message.text(' has no value yet');
  throwMessage(CLASS_NULL_EXCEPTION, internBytes(message));
  setTop(top);
  place(known);
}
