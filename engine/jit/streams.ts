/** Bytes that go to a device's reader. */
import {
  N_OUTPUT_STREAM_WRITE_BYTE,
  SLOT_OUTPUT_STREAM_BUFFER,
  SLOT_OUTPUT_STREAM_FD,
  SLOT_OUTPUT_STREAM_LENGTH,
} from '../bytecode/builtins.generated';
import { BYT_CAPACITY, BYT_DATA, MAX_OUTPUT, OBJ_FIELDS, WINDOW_SLOTS } from '../bytecode/layout';
import { OP_CALLN } from '../bytecode/opcodes.generated';
import { SCRATCH, addressOfObject, dropRegister, dropSlots } from './addresses';
import {
  COND_EQ,
  COND_GE,
  COND_NE,
  COND_UGE,
  KIR_ADD,
  KIR_ADDI,
  KIR_ADDRESS,
  KIR_ADDRV,
  KIR_JCC,
  KIR_JCCI,
  KIR_LDA,
  KIR_STA,
} from './kir';
import { effects, fieldBx, opAt, slotA, spoils, writes } from './method';
import { beginOtherwise, endOtherwise, goTo } from './references';
import { use } from './values';
import { IN_SLOT, registerAt } from './webs';
import { kir, kirCount, kirRetarget } from './writer';

/** Is it a call that native code does itself as a rule? */
export function writesByte(pc: u32): bool {
  return (
    opAt(pc) == OP_CALLN && fieldBx(pc) == N_OUTPUT_STREAM_WRITE_BYTE && registerAt(slotA(pc), pc * 2 + 1) == IN_SLOT
  );
}

/**
 * `out.writeByte(b)` to a device's stream that has room. One long text may stand in its buffer's place (`output-stream.ts`); it has as many bytes as the stream
 * then, and says so where a buffer says its capacity: there is no room.
 */
export function appendByte(pc: u32): void {
  const stream = slotA(pc) + WINDOW_SLOTS;
  const length = <i32>OBJ_FIELDS + SLOT_OUTPUT_STREAM_LENGTH * 8;
  const buffer = <i32>OBJ_FIELDS + SLOT_OUTPUT_STREAM_BUFFER * 8;
  const object = addressOfObject(stream, pc, false, false);
  dropRegister(SCRATCH);
  dropRegister(KIR_ADDRESS);
  const base = goTo(stream, object);
  kir(KIR_LDA, SCRATCH, base, 8, <i32>OBJ_FIELDS + SLOT_OUTPUT_STREAM_FD * 8, 0, 0);
  const noDevice = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, 0, COND_NE, 0);
  kir(KIR_LDA, SCRATCH, base, 8, length, 0, 0);
  const full = kirCount();
  kir(KIR_JCCI, 0, SCRATCH, 0, <i32>MAX_OUTPUT, COND_GE, 0);
  kir(KIR_LDA, 0, base, 8, buffer, 0, 0);
  const noBuffer = kirCount();
  kir(KIR_JCCI, 0, 0, 0, 0, COND_EQ, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, 0, 0, 0, 0, 0);
  kir(KIR_LDA, 0, KIR_ADDRESS, 4, <i32>BYT_CAPACITY, 0, 0);
  const noRoom = kirCount();
  kir(KIR_JCC, 0, SCRATCH, 0, 0, COND_UGE, 0);
  kir(KIR_LDA, 0, goTo(stream, object), 8, buffer, 0, 0);
  kir(KIR_ADD, 0, 0, SCRATCH, 0, 0, 0);
  kir(KIR_ADDRV, KIR_ADDRESS, 0, 0, 0, 0, 0);
  kir(KIR_STA, KIR_ADDRESS, use(stream + 1, pc, 0), 1, <i32>BYT_DATA, 0, 0);
  kir(KIR_ADDI, SCRATCH, SCRATCH, 0, 1, 0, 0);
  kir(KIR_STA, goTo(stream, object), SCRATCH, 8, length, 0, 0);
  effects(pc);
  dropSlots(writes | spoils);
  const done = beginOtherwise();
  kirRetarget(noDevice, kirCount());
  kirRetarget(full, kirCount());
  kirRetarget(noBuffer, kirCount());
  kirRetarget(noRoom, kirCount());
  endOtherwise(pc, done);
}
