/**
 * The zero-count table: every live object whose reference count is, or lately was, zero, each exactly once. Its
 * capacity is at least the number of live objects, so pushing never fails and needs no check.
 */
import { heapGive, heapTake } from './heap';

/** Addresses of objects, u32 each. */
export let zeroTable: usize = 0;
export let zeroCount: u32 = 0;
let capacity: u32 = 0;

/** Forgets the table; the heap was laid out anew. */
export function zeroInit(): void {
  zeroTable = 0;
  zeroCount = 0;
  capacity = 0;
}

/** Bytes of the block that room for one more object takes; 0: there is room. */
export function zeroGrowth(objects: u32): usize {
  return objects < capacity ? 0 : (<usize>(capacity + (capacity >> 1))) << 2;
}

/** Makes room for `objects` entries; false: no memory. */
export function zeroReserve(objects: u32): bool {
  return objects <= capacity || grow(objects);
}

function grow(objects: u32): bool {
  let wanted: u32 = capacity + (capacity >> 1);
  if (wanted < 256) wanted = 256;
  if (wanted < objects) wanted = objects;
  const table = heapTake((<usize>wanted) << 2, false);
  if (!table) return false;
  if (zeroTable) {
    memory.copy(table, zeroTable, (<usize>zeroCount) << 2);
    heapGive(zeroTable);
  }
  zeroTable = table;
  capacity = wanted;
  return true;
}

/** Adds an object. */
export function zeroPush(ref: usize): void {
  store<u32>(zeroTable + ((<usize>zeroCount) << 2), <u32>ref);
  zeroCount++;
}

/** Takes the last entry out. */
export function zeroPop(): usize {
  zeroCount--;
  return <usize>load<u32>(zeroTable + ((<usize>zeroCount) << 2));
}
