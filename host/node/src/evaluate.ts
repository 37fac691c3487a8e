import { compile, CompileMemoryError, type CompileOptions } from './compiler.js';
import { ERRNO } from './errno.js';
import { LoadError } from './errors.js';
import type { Instance } from './instance.js';

export const STATUS_EVALUATES = 4;
/** `op_resume`: the text has errors. */
const HAS_ERRORS = 8;
/** Offset of `eval_ptr` and `eval_len` in the I/O block, and the most bytes of diagnostics. */
const EVAL_TEXT = 80;
const EVAL_MOST = 4096;

/** Copies of all images of an isolate, in order. */
export function imagesOf(instance: Instance): Uint8Array[] {
  return Array.from({ length: instance.call('image_count') }, (_, i) =>
    instance.memory.copy(instance.call('image_at', i), instance.call('image_bytes', i)),
  );
}

/**
 * Adds an image to an isolate that has one.
 * @throws LoadError when there is no memory or the verifier refuses it
 */
export function addImage(instance: Instance, how: 'vm_load' | 'vm_load_more', image: Uint8Array): void {
  const at = instance.call('image_alloc', image.length);
  if (at === 0) {
    const capacity = instance.callLong('vm_stat', 1);
    throw new LoadError(`the image of ${image.length} bytes does not fit in a heap of ${capacity}`, -ERRNO.ENOMEM);
  }
  instance.memory.write(at, image);
  const verdict = instance.call(how, at, image.length);
  const why = verdict === -ERRNO.ENOENT ? 'a bound class is missing' : 'the verifier refused the image';
  const what = verdict === -ERRNO.ENOMEM ? 'no memory for the image' : why;
  if (verdict !== 0) throw new LoadError(`${what} (code ${verdict})`, verdict);
}

/**
 * Compiles the text that a call wants to evaluate, and adds it to the isolate.
 * @param io address of the activation's I/O block
 * @returns the reason for `op_resume`
 */
export function evaluate(
  instance: Instance,
  io: number,
  options: Pick<CompileOptions, 'kernel' | 'bindings' | 'stop'>,
): number {
  const { memory } = instance;
  const text = memory.copy(memory.u32(io + EVAL_TEXT), memory.u32(io + EVAL_TEXT + 4));
  try {
    const compilation = compile(text, '<eval>', { ...options, images: imagesOf(instance), more: true, last: 'given' });
    if (compilation.errors === 0) {
      addImage(instance, 'vm_load_more', compilation.image);
      return 0;
    }
    if (compilation.stopped) return ERRNO.EINTR;
    const bytes = new TextEncoder().encode(compilation.render('short').trimEnd()).subarray(0, EVAL_MOST);
    memory.write(instance.call('eval_buffer'), bytes);
    memory.setU32(io + EVAL_TEXT + 4, bytes.length);
    return HAS_ERRORS;
  } catch (error) {
    if (error instanceof CompileMemoryError || error instanceof LoadError) return ERRNO.ENOMEM;
    throw error;
  }
}
