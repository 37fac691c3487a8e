import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineMissingError } from './errors.js';

/** The builds of the engine: see docs/abi.md. */
export type EngineName = 'compiler' | 'vm' | 'vm-user' | 'tools';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'build', 'engine');
const modules = new Map<EngineName, WebAssembly.Module>();

/** Where the build puts the wasm of `name`. */
export function enginePath(name: EngineName): string {
  return join(FOLDER, `${name}.wasm`);
}

/**
 * The compiled wasm module, compiled once per process.
 * @throws EngineMissingError when it has not been built
 */
export function engineModule(name: EngineName): WebAssembly.Module {
  let module = modules.get(name);
  if (!module) {
    let bytes: Buffer;
    try {
      bytes = readFileSync(enginePath(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new EngineMissingError(enginePath(name));
      throw error;
    }
    module = new WebAssembly.Module(new Uint8Array(bytes));
    modules.set(name, module);
  }
  return module;
}
