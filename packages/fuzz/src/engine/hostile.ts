/** `vm-hostile.wasm`: the VM in which allocations fail when told to, and every safe point reclaims (engine/vm/hostile.ts). */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { enginePath } from '@konoha/host-node';
import type { FuzzIsolate } from './isolate.js';

let module: WebAssembly.Module | undefined;

/** Compiled once per thread. @throws Error when it has not been built */
export function hostileModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(new Uint8Array(readFileSync(join(dirname(enginePath('vm')), 'vm-hostile.wasm'))));
  return module;
}

/** How hostile a run is. */
export interface Hostility {
  /** What every safe point does; `RECLAIM`. */
  readonly reclaim: number;
  /** The first allocation that fails, counted from 1; 0: none. */
  readonly failFrom: number;
  /** How many fail from there on. */
  readonly failures: number;
  /** Slots of the VM stack. */
  readonly slots: number;
}

/** Values of `Hostility.reclaim`: nothing of its own; reclaim; free all, cycles too; collect cycles in tiny steps. */
export const RECLAIM = { due: 0, always: 1, all: 2, steps: 3 } as const;

export const PEACE: Hostility = { reclaim: RECLAIM.due, failFrom: 0, failures: 0, slots: 1024 };

/** Sets the switches of an isolate of that module. */
export function setHostility(isolate: FuzzIsolate, { reclaim, failFrom, failures }: Hostility): void {
  isolate.call('hostile_reclaim', Number(reclaim));
  isolate.call('hostile_fail', failFrom, failFrom > 0 ? failures : 0);
}

/** Allocations since `setHostility`. */
export function allocations(isolate: FuzzIsolate): number {
  return isolate.call('hostile_allocations');
}
