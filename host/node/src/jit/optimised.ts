/** Compiling with V8's best at once. */
import { setFlagsFromString } from 'node:v8';

/** What makes V8 compile a module when it is made, and with the optimising compiler; and what it does otherwise. */
const AT_ONCE = ['--no-liftoff', '--no-wasm-lazy-compilation'] as const;
const AS_EVER = ['--liftoff', '--wasm-lazy-compilation'] as const;

/** A module of code that is known to run often: V8's baseline compiler, and counting until it has run often enough, would be for nothing. */
export function optimised(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  for (const flag of AT_ONCE) setFlagsFromString(flag);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    for (const flag of AS_EVER) setFlagsFromString(flag);
  }
}
