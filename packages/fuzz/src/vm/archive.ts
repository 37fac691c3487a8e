/** The inputs of a run in a virtual machine, in one file that guest/driver.c reads. */
import type { Corpus } from '../corpus.js';
import type { FilesInput } from '../kinds/files.js';
import { kindNamed } from '../kinds/all.js';
import { patched, type ImageInput } from '../kinds/images.js';
import { programOfKernel, selfChecking } from '../kinds/programs.js';
import type { ScriptInput } from '../kinds/scripts.js';
import { Random } from '../random.js';

/** Kinds that a machine can be given; `files` are generated devices, what is done with them is the driver's. */
export const VM_KINDS = ['scripts', 'mutate', 'images', 'files', 'programs'] as const;

export interface VmInput {
  readonly kind: string;
  readonly extension: string;
  /** What is written to /dev/konoha. */
  readonly text: Uint8Array;
}

/** Input `index` of a run: the same that a run on Node makes of that kind. */
export function vmInput(kinds: readonly string[], seed: number, index: number, corpus: Corpus): VmInput {
  const kind = kindNamed(kinds[index % kinds.length]!);
  if (kind.name === 'programs')
    return {
      kind: kind.name,
      extension: '.program.kernel.k',
      text: selfChecking(programOfKernel(new Random(seed, index))),
    };
  const input = kind.make(new Random(seed, index), corpus);
  if (kind.name === 'images') {
    const hex = Buffer.from(patched(input as ImageInput)).toString('hex');
    return { kind: kind.name, extension: '.image.k', text: Buffer.from(`konoha-image ${hex}`) };
  }
  const { source } = input as ScriptInput | FilesInput;
  return { kind: kind.name, extension: '.kernel.k', text: source };
}

/** Records of u32 bytes, u32 seed, text. */
export function packInputs(inputs: readonly VmInput[], seed: number, first: number): Buffer {
  return Buffer.concat(
    inputs.flatMap(({ text }, offset) => {
      const head = Buffer.alloc(8);
      head.writeUInt32LE(text.length, 0);
      head.writeInt32LE(Math.imul(first + offset + 1, 0x9e3779b1) ^ seed, 4);
      return [head, text];
    }),
  );
}
