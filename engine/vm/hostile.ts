/**
 * The hostile build's switches. `vm-hostile.wasm` is `vm.wasm` with HOSTILE defined: allocations fail when told to,
 * every safe point reclaims, and memory that nobody owns is filled, so that using it shows. In `vm.wasm` each
 * `if (isDefined(HOSTILE))` is gone before code is made, and nothing of this file is in it.
 */

/** What fresh and freed memory is filled with: no object, no small number, no address in memory. */
export const FRESH_BYTE: u8 = 0xa5;
export const FREED_BYTE: u8 = 0xdb;

let taken: i32 = 0;
let failFrom: i32 = 0;
let failEnd: i32 = 0;
/** What every safe point does: nothing of its own; reclaim; free all, cycles too; a tiny step of collecting cycles. */
export const HOSTILE_RECLAIM: i32 = 1;
export const HOSTILE_COLLECT: i32 = 2;
export const HOSTILE_STEPS: i32 = 3;
export let reclaimAlways: i32 = 0;

/** Allocations `from` … `from + count` - 1, counted from 1 from now on, fail; `count` 0: none. */
export function failAllocations(from: i32, count: i32): void {
  taken = 0;
  failFrom = from;
  failEnd = from + count;
}

/** Allocations asked for since `failAllocations`, failed ones included. */
export function allocationsTaken(): i32 {
  return taken;
}

export function setReclaimAlways(how: i32): void {
  reclaimAlways = how;
}

/** Are blocks handed out one by one, so that each allocation is asked for? */
export function handsOutOne(): bool {
  return reclaimAlways != 0 || failEnd > failFrom;
}

/** Counts an allocation; true: it has to fail. */
export function refuses(): bool {
  taken++;
  return taken >= failFrom && taken < failEnd;
}
