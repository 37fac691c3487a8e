/** What is known of the slots in front of each instruction: which of them hold no null, whichever way one comes there. */
import {
  OP_ALDI,
  OP_ALDR,
  OP_ALEN,
  OP_ASTB,
  OP_ASTI,
  OP_ASTR,
  OP_B2S,
  OP_BOXB,
  OP_BOXI,
  OP_CAST,
  OP_GETI,
  OP_GETR,
  OP_I2S,
  OP_JNNULL,
  OP_JNULL,
  OP_LDS,
  OP_MOV,
  OP_NEW,
  OP_NEWA,
  OP_NEWAN,
  OP_NNULL,
  OP_PUTI,
  OP_PUTR,
  OP_RET,
  OP_SCAT,
  OP_UNBOX,
} from '../bytecode/opcodes.generated';
import {
  effects,
  fallsThrough,
  handlerTarget,
  handlerTargets,
  isInnerReturn,
  jumpTarget,
  length,
  opAt,
  slotA,
  slotB,
  spoils,
  writes,
} from './method';

// Slots that hold no null in front of each instruction, u64 each.
let table: usize = 0;

function bit(slot: u32): u64 {
  return (<u64>1) << (<u64>slot);
}

/** Is slot `slot` known not to be null in front of `pc`? */
export function isNotNull(slot: u32, pc: u32): bool {
  return (load<u64>(table + ((<usize>pc) << 3)) & bit(slot)) != 0;
}

/** The slot whose object instruction `pc` looks into: behind it, that is not null. -1: none. */
export function objectSlot(pc: u32): i32 {
  switch (opAt(pc)) {
    case OP_ALEN:
    case OP_ALDI:
    case OP_ALDR:
    case OP_GETI:
    case OP_GETR:
    case OP_UNBOX:
      return <i32>slotB(pc);
    case OP_ASTI:
    case OP_ASTB:
    case OP_ASTR:
    case OP_PUTI:
    case OP_PUTR:
    case OP_NNULL:
      return <i32>slotA(pc);
    default:
      return -1;
  }
}

/** Does the instruction make an object? */
function makesObject(op: i32): bool {
  switch (op) {
    case OP_NEW:
    case OP_NEWA:
    case OP_NEWAN:
    case OP_LDS:
    case OP_I2S:
    case OP_B2S:
    case OP_SCAT:
    case OP_BOXI:
    case OP_BOXB:
      return true;
    default:
      return false;
  }
}

/** What is known behind `pc`, of what is known in front of it. */
function behind(pc: u32, known: u64): u64 {
  const op = opAt(pc);
  effects(pc);
  let all = known;
  const object = objectSlot(pc);
  if (object >= 0) all |= bit(<u32>object);
  let left = all & ~(writes | spoils);
  if (op == OP_CAST) left |= all & bit(slotA(pc));
  if (makesObject(op)) left |= bit(slotA(pc));
  if (op == OP_MOV && (all & bit(slotB(pc))) != 0) left |= writes;
  if (op == OP_RET && isInnerReturn(pc) && (all & bit(slotA(pc))) != 0) left |= writes;
  return left;
}

/** One way to `pc`; true: less is known there than it seemed. */
function meet(pc: u32, known: u64): bool {
  const at = table + ((<usize>pc) << 3);
  const less = load<u64>(at) & known;
  if (less == load<u64>(at)) return false;
  store<u64>(at, less);
  return true;
}

/** Fills `at`, a u64 for each instruction. */
export function findFacts(at: usize): void {
  table = at;
  memory.fill(table, 0xff, (<usize>length) << 3);
  store<u64>(table, 0);
  // Handlers are entered from anywhere.
  for (let i: u32 = 0; i < handlerTargets(); i++) store<u64>(table + ((<usize>handlerTarget(i)) << 3), 0);
  let changed = true;
  while (changed) {
    changed = false;
    for (let pc: u32 = 0; pc < length; pc++) {
      const op = opAt(pc);
      const left = behind(pc, load<u64>(table + ((<usize>pc) << 3)));
      const object = bit(slotA(pc));
      if (fallsThrough(pc) && pc + 1 < length && meet(pc + 1, op == OP_JNULL ? left | object : left)) changed = true;
      const target = jumpTarget(pc);
      if (target >= 0 && meet(<u32>target, op == OP_JNNULL ? left | object : left)) changed = true;
    }
  }
}
