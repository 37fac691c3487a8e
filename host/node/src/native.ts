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
  /** Registers of its machine, all of which survive calls; absent: those of KIR. */
  readonly registers?: number;
  /** Takes a unit of methods in KIR; false: they stay interpreted. */
  install(unit: readonly Uint8Array[]): boolean;
  /** The import `native_enter`; a function of wasm is called without a detour. */
  readonly enter: (act: number, method: number, entry: number, fp: number, slice: number, limit: number) => number;
  /** Forgets all code. */
  reset(): void;
}

/** What native code needs of its isolate, which is not ready yet when native code begins: its memory, and the export `jit_run`. */
export interface NativeHost {
  readonly memory: () => WebAssembly.Memory;
  readonly buffer: () => ArrayBuffer;
  readonly runtime: () => WebAssembly.ExportValue;
  readonly run: (act: number, fp: number, pc: number, slice: number) => number;
}

/** The import, for an isolate with or without native code. */
export function nativeImports(native: NativeCode | undefined): Record<string, (...args: never[]) => unknown> {
  return { native_enter: native?.enter ?? ((): number => REFUSED) };
}

/** Native code may be asked for from now on. */
export function startNative(instance: Instance, native: NativeCode): void {
  if (native.registers !== undefined) instance.call('jit_registers', native.registers);
  instance.call('jit_start', native.slice, native.heat);
}

/** Makes the code that a call wants; whether or not that succeeds, the call goes on. */
export function makeNative(instance: Instance, native: NativeCode | undefined): void {
  const unit: Uint8Array[] = [];
  for (let at = instance.call('jit_next'); at !== 0; at = instance.call('jit_next'))
    unit.push(instance.memory.copy(at, instance.call('jit_bytes')));
  instance.call('jit_done', unit.length > 0 && native?.install(unit) ? 1 : 0);
}
