import type { Instance } from './instance.js';

/** Status of a call that wants native code for a method before it goes on. */
export const STATUS_WANTS_NATIVE = 5;
/** `native_enter`: the method did not run. */
const REFUSED = 3;

/** Native code of one isolate, as docs/abi.md has it. */
export interface NativeCode {
  /** Slices of the interpreter in units of fuel, and how many of them must end in a method before native code is wanted for it. */
  readonly slice: number;
  readonly heat: number;
  /** Takes a unit of methods in KIR; false: they stay interpreted. */
  install(unit: readonly Uint8Array[]): boolean;
  /** The import `native_enter`. */
  enter(act: number, method: number, entry: number, fp: number, slice: number, limit: number): number;
  /** Forgets all code. */
  reset(): void;
}

/** What native code needs of its isolate: its memory, and the export `jit_run`. */
export interface NativeHost {
  readonly buffer: () => ArrayBuffer;
  readonly run: (act: number, fp: number, pc: number, slice: number) => number;
}

/** The import. */
export function nativeImports(native: () => NativeCode | undefined): Record<string, (...args: never[]) => unknown> {
  return {
    native_enter: (act: number, method: number, entry: number, fp: number, slice: number, limit: number) =>
      native()?.enter(act, method, entry, fp, slice, limit) ?? REFUSED,
  };
}

/** Makes the code that a call wants; whether or not that succeeds, the call goes on. */
export function makeNative(instance: Instance, native: NativeCode | undefined): void {
  const unit: Uint8Array[] = [];
  for (let at = instance.call('jit_next'); at !== 0; at = instance.call('jit_next'))
    unit.push(instance.memory.copy(at, instance.call('jit_bytes')));
  instance.call('jit_done', unit.length > 0 && native?.install(unit) ? 1 : 0);
}
