/** Verifier and disassembler, compiled for tests. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface Bytecode {
  /** The verifier's verdict on an image at an aligned address. */
  readonly verify: (image: Uint8Array, shift?: number) => number;
  readonly disassemble: (image: Uint8Array) => string;
}

/** Compiles and instantiates, as the kernel has it or with floats; takes some seconds. */
export async function bytecodeModule(floats = false): Promise<Bytecode> {
  const scratch = mkdtempSync(join(tmpdir(), 'konoha-bytecode-'));
  try {
    const out = join(scratch, 'bytecode.wasm');
    const { error, stderr } = await asc.main([
      'engine/bytecode/test/entry.ts',
      '--outFile',
      relative(root, out),
      '--runtime',
      'stub',
      '-O1',
      ...(floats ? ['--use', 'FLOATS=1'] : []),
      '--baseDir',
      root,
    ]);
    if (error) throw new Error(stderr.toString());
    const { instance } = await WebAssembly.instantiate(readFileSync(out), { env: { abort: (): void => undefined } });
    const exports = instance.exports as unknown as Record<
      'room' | 'verifyImage' | 'list' | 'listed',
      (...args: number[]) => number
    > & { memory: WebAssembly.Memory };
    const at = exports.room(8 << 20);
    const place = (image: Uint8Array, shift: number): number => {
      new Uint8Array(exports.memory.buffer).set(image, at + shift);
      return at + shift;
    };
    return {
      verify: (image, shift = 0) => exports.verifyImage(place(image, shift), image.length),
      disassemble: (image) => {
        const length = exports.list(place(image, 0));
        return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, exports.listed(), length).slice());
      },
    };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
