/**
 * The zero-count table: every live object whose reference count is, or lately was, zero, each exactly once. Its
 * capacity is at least the number of objects, those that chains may still make included, so pushing never fails and needs
 * no check.
 */
import { ALLOC_ZERO_NEXT } from '../bytecode/layout';
import { MOST_BLOCKS, allocation, heapGive, heapTake } from './heap';

/** Addresses of objects, u32 each. */
export let zeroTable: usize = 0;
let capacity: u32 = 0;

/** Forgets the table; the heap was laid out anew. */
export function zeroInit(): void {
  zeroTable = 0;
  capacity = 0;
}

/** Address behind the last entry. */
export function zeroNext(): usize {
  return <usize>load<u32>(allocation, ALLOC_ZERO_NEXT);
}

/** Number of entries. */
export function zeroCount(): u32 {
  return <u32>((zeroNext() - zeroTable) >> 2);
}

/** Bytes of the block that room for the objects of one more page takes; 0: there is room. */
export function zeroGrowth(objects: u32): usize {
  return objects + MOST_BLOCKS <= capacity ? 0 : (<usize>(capacity + (capacity >> 1))) << 2;
}

/** Makes room for `objects` objects, and those of one more page; false: no memory. */
export function zeroReserve(objects: u32): bool {
  return objects + MOST_BLOCKS <= capacity || grow(objects + MOST_BLOCKS);
}

function grow(objects: u32): bool {
  let wanted: u32 = capacity + (capacity >> 1);
  if (wanted < 256) wanted = 256;
  if (wanted < objects) wanted = objects;
  const table = heapTake((<usize>wanted) << 2, false);
  if (!table) return false;
  const bytes = zeroNext() - zeroTable;
  if (zeroTable) {
    memory.copy(table, zeroTable, bytes);
    heapGive(zeroTable);
  }
  zeroTable = table;
  store<u32>(allocation, <u32>(table + bytes), ALLOC_ZERO_NEXT);
  capacity = wanted;
  return true;
}

/** Adds an object. */
export function zeroPush(ref: usize): void {
  const next = load<u32>(allocation, ALLOC_ZERO_NEXT);
  store<u32>(<usize>next, <u32>ref);
  store<u32>(allocation, next + 4, ALLOC_ZERO_NEXT);
}

/** Takes the last entry out. */
export function zeroPop(): usize {
  const last = load<u32>(allocation, ALLOC_ZERO_NEXT) - 4;
  store<u32>(allocation, last, ALLOC_ZERO_NEXT);
  return <usize>load<u32>(<usize>last);
}
