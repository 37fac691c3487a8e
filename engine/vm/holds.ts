/**
 * Objects that the host holds: devices, and states of open files. The host knows them by their addresses, so this
 * table, a hash with linear probing, is where the cycle collector finds them. An object may be held several times.
 */
import { heapGive, heapTake } from './heap';
import { release, retain } from './object';

const ENTRY_SHIFT: usize = 3;
const E_OBJECT: usize = 0;
const E_TIMES: usize = 4;
const LEAST: u32 = 8;

let table: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;

/** Forgets all; the heap was laid out anew. */
export function holdsInit(): void {
  table = 0;
  capacity = 0;
  used = 0;
}

function entry(index: u32): usize {
  return table + ((<usize>index) << ENTRY_SHIFT);
}

function home(ref: usize): u32 {
  return (((<u32>ref) >> 3) * 0x9e3779b1) & (capacity - 1);
}

/** Index of the object's entry, or of the empty one where it would stand. */
function find(ref: usize): u32 {
  let index = home(ref);
  while (true) {
    const there = load<u32>(entry(index), E_OBJECT);
    if (there == 0 || there == <u32>ref) return index;
    index = (index + 1) & (capacity - 1);
  }
}

function grow(): bool {
  const wanted = capacity == 0 ? LEAST : capacity << 1;
  const bytes = (<usize>wanted) << ENTRY_SHIFT;
  const block = heapTake(bytes, false);
  if (!block) return false;
  memory.fill(block, 0, bytes);
  const old = table;
  const count = capacity;
  table = block;
  capacity = wanted;
  for (let i: u32 = 0; i < count; i++) {
    const from = old + ((<usize>i) << ENTRY_SHIFT);
    const ref = load<u32>(from, E_OBJECT);
    if (ref) store<u64>(entry(find(<usize>ref)), load<u64>(from));
  }
  if (old) heapGive(old);
  return true;
}

/** The host takes a counted reference. False: no memory, nothing has changed. */
export function holdForHost(ref: usize): bool {
  if (used >= (capacity >> 1) + (capacity >> 2) && !grow()) return false;
  const at = entry(find(ref));
  if (load<u32>(at, E_OBJECT) == 0) {
    store<u32>(at, <u32>ref, E_OBJECT);
    store<u32>(at, 0, E_TIMES);
    used++;
  }
  store<u32>(at, load<u32>(at, E_TIMES) + 1, E_TIMES);
  retain(ref);
  return true;
}

/** The host lets go of a reference; of an object that it does not hold, nothing happens. */
export function letGoForHost(ref: usize): void {
  if (capacity == 0 || ref == 0) return;
  let index = find(ref);
  const times = load<u32>(entry(index), E_TIMES);
  if (load<u32>(entry(index), E_OBJECT) == 0) return;
  release(ref);
  if (times > 1) {
    store<u32>(entry(index), times - 1, E_TIMES);
    return;
  }
  used--;
  // Those behind it move up, so that a search never meets a gap in front of what it looks for.
  let next = (index + 1) & (capacity - 1);
  while (true) {
    const there = load<u32>(entry(next), E_OBJECT);
    if (there == 0) break;
    const distance = (next - home(<usize>there)) & (capacity - 1);
    if (distance >= ((next - index) & (capacity - 1))) {
      store<u64>(entry(index), load<u64>(entry(next)));
      index = next;
    }
    next = (next + 1) & (capacity - 1);
  }
  store<u64>(entry(index), 0);
}

/** Places of the table, to walk over with `heldAt`. */
export function holdPlaces(): u32 {
  return capacity;
}

/** The object at a place; 0: none. */
export function heldAt(place: u32): usize {
  return <usize>load<u32>(entry(place), E_OBJECT);
}
