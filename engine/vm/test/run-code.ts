/** Short ways to run pieces of bytecode. */
import { ImageBuilder, type Line } from '../../bytecode/test/assembler.js';
import { Isolate, type Build } from './isolate.js';

/** Slot from which `show` sends a value to the log; frames of test code have 32 slots. */
export const FRAME = 32;

/** Lines that log the integer in a slot. */
export function show(slot: number): Line[] {
  return [
    ['I2S', 28, slot],
    ['CALLN', 26, 'KERNEL_LOG'],
  ];
}

/** Lines that log the string in a slot. */
export function say(slot: number): Line[] {
  return [
    ['MOV', 28, slot],
    ['CALLN', 26, 'KERNEL_LOG'],
  ];
}

export interface Outcome {
  readonly iso: Isolate;
  readonly act: number;
  readonly status: number;
  /** What the code logged, without levels. */
  readonly log: string[];
  /** Text of the pending exception, or empty. */
  readonly exception: string;
}

export interface Limits {
  readonly kib?: number;
  readonly slots?: number;
  readonly fuel?: bigint;
  readonly build?: Build;
}

/** Loads an image and runs it. Throws if it does not load. */
export async function runImage(image: Uint8Array, limits: Limits = {}): Promise<Outcome> {
  const iso = await Isolate.create(limits.kib ?? 512, limits.build);
  const verdict = iso.load(image);
  if (verdict !== 0) throw new Error(`vm_load: ${verdict}`);
  const act = iso.activation(limits.slots ?? 4096, limits.fuel ?? 10_000_000n);
  const status = iso.call('vm_run', act);
  return {
    iso,
    act,
    status,
    log: iso.logged.map((l) => l.slice(2)),
    exception: status === 1 ? iso.exception(act) : '',
  };
}

/** Runs one method's code; a `RETV` is added. */
export async function runCode(
  code: readonly Line[],
  builder = new ImageBuilder(),
  limits: Limits = {},
): Promise<Outcome> {
  return runImage(
    builder.method({ name: '<top>', frame: FRAME, code: [...code, ['RETV']] }).build({ top: '<top>' }),
    limits,
  );
}
