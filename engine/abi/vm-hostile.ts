/** `vm-hostile.wasm`: all of `vm.wasm`, and the switches of the hostile build (vm/hostile.ts). Never in a product. */
export * from './vm';
import { allocationsTaken, failAllocations, setReclaimAlways } from '../vm/hostile';
import { checkHeap, faultAt, hold } from '../vm/hostile-check';

/** Allocations `from` … `from + count` - 1 from now on fail; `count` 0: none. */
export function hostile_fail(from: i32, count: i32): void {
  failAllocations(from, count);
}

/** Allocations since `hostile_fail`. */
export function hostile_allocations(): i32 {
  return allocationsTaken();
}

/** Every safe point 1: reclaims, 2: frees all, cycles too, 3: reclaims and does a tiny step of collecting cycles. */
export function hostile_reclaim(how: i32): void {
  setReclaimAlways(how);
}

/** The host holds this device or state of an open file; to be said of each before every `hostile_check`. */
export function hostile_hold(ref: i32): void {
  hold(<usize>ref);
}

/** 0, or the number of the first fault that the heap has; only when an image is loaded and no call runs. */
export function hostile_check(): i32 {
  return checkHeap();
}

/** Where it is. */
export function hostile_fault_at(): i32 {
  return <i32>faultAt;
}
