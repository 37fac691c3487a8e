/**
 * Images, valid ones with words, records and instructions changed. The verifier refuses such an image, or the isolate
 * runs it inside of its sandbox: there it may trap (docs/image-format.md says why), but neither hang nor break out.
 */
import { engineModule } from '@konoha/host-node';
import { opcodes } from '../../../../spec/opcodes.js';
import { ContractError, TrapError, demand } from '../engine/contract.js';
import { FuzzIsolate } from '../engine/isolate.js';
import type { Random } from '../random.js';
import { HEAP, LOAD_FUEL, SLOTS, line, repeats, useDevices } from './judge.js';
import type { Kind, Verdict } from './kind.js';

export interface Edit {
  readonly at: number;
  readonly bytes: readonly number[];
}

export interface ImageInput {
  readonly base: Uint8Array;
  readonly edits: readonly Edit[];
  /** Bytes of the image that are handed over. */
  readonly length: number;
}

/** Header words, by index, that hold a section's offset (its count is the next word), with the bytes of a record. */
const SECTIONS: readonly (readonly [number, number])[] = [
  [4, 8],
  [6, 8],
  [8, 64],
  [10, 16],
  [12, 72],
  [14, 4],
  [16, 20],
  [18, 8],
  [20, 12],
  [22, 8],
  [32, 16],
  [34, 16],
  [36, 20],
  [38, 8],
  [42, 16],
  [44, 12],
  [46, 4],
];
const CODE = 22;
/** Opcodes there are, and two more. */
const OPCODES = opcodes.length + 2;
const EXTREMES = [0, 1, 2, 3, 4, 7, 8, 16, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff];

/** The image that an input stands for. */
export function patched({ base, edits, length }: ImageInput): Uint8Array {
  const image = new Uint8Array(base);
  for (const { at, bytes } of edits) bytes.forEach((byte, index) => (image[at + index] = byte));
  return image.slice(0, length);
}

function little(value: number, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, index) => (value >>> (8 * index)) & 0xff);
}

function edit(random: Random, base: Uint8Array): Edit {
  const words = new DataView(base.buffer, base.byteOffset, base.byteLength);
  const word = (index: number): number => words.getUint32(index * 4, true);
  const near = (value: number): number => value + random.between(-3, 3);
  const number = (old: number): number => {
    const choice = random.below(3);
    return choice === 0 ? random.pick(EXTREMES) : choice === 1 ? near(old) : random.below(64);
  };
  const choice = random.below(12);
  if (choice === 0) {
    const at = random.below(48);
    return { at: at * 4, bytes: little(number(word(at)), 4) };
  }
  if (choice === 1) return { at: random.below(base.length), bytes: [random.below(256)] };
  const records = SECTIONS.filter(([at]) => word(at + 1) > 0);
  const [section, size] = choice < 8 ? ([CODE, 8] as const) : random.pick(records);
  if (word(section + 1) === 0) return { at: 0, bytes: [random.below(256)] };
  const record = Math.min(word(section) + random.below(word(section + 1)) * size, base.length - size);
  if (section !== CODE) {
    const at = record + 4 * random.below(size / 4);
    return { at, bytes: little(number(words.getUint32(at, true)), 4) };
  }
  const from = word(section) + random.below(word(section + 1)) * 8;
  switch (random.below(5)) {
    case 0:
      return { at: record, bytes: little(random.below(OPCODES), 2) };
    case 1: {
      const at = record + 2 * random.between(1, 3);
      return { at, bytes: little(number(words.getUint16(at, true)), 2) };
    }
    case 2:
      return { at: record, bytes: [...base.subarray(from, from + 8)] };
    case 3:
      return { at: record + 2, bytes: [...base.subarray(from + 2, from + 8)] };
    default:
      return { at: record + 4, bytes: little(number(words.getUint32(record + 4, true)), 4) };
  }
}

/** How an image ended, as one line; a second run must give the same. */
function run(image: Uint8Array): { outcome: string; trace: string } {
  const isolate = new FuzzIsolate(engineModule('vm-user'), { heap: HEAP, trusted: false });
  const code = isolate.load(image);
  if (code !== 0) {
    demand(code <= -1001 || (code < 0 && code > -134), () => `vm_load answers ${code}`);
    return { outcome: 'refused', trace: String(code) };
  }
  try {
    const act = isolate.takeStack(SLOTS) ? isolate.newActivation() : 0;
    if (act === 0) return { outcome: 'no memory', trace: '' };
    const result = isolate.run(act, LOAD_FUEL);
    let trace = `${result.status} ${result.exception} ${isolate.fuelLeft(act)}`;
    useDevices(isolate, act, (name, answer) => (trace += `\n${line(name, answer)}`));
    if (isolate.outOfRange > 0) return { outcome: 'import refused', trace };
    return { outcome: result.status === 0 ? 'ran' : 'exception', trace: `${trace} ${isolate.consoleText()}` };
  } catch (error) {
    if (error instanceof TrapError) return { outcome: 'trapped', trace: error.message };
    throw error;
  }
}

function check(input: ImageInput): Verdict {
  try {
    const image = patched(input);
    const first = run(image);
    if (first.outcome !== 'refused' && repeats()) {
      const second = run(image);
      demand(first.trace === second.trace, () => `a second run differs: ${first.trace} and ${second.trace}`);
    }
    return { problem: null, outcome: first.outcome };
  } catch (error) {
    // A trap while loading: the verifier has let it through, or fell itself.
    if (error instanceof ContractError || error instanceof TrapError)
      return { problem: error.message, outcome: 'finding' };
    throw error;
  }
}

export const images: Kind<ImageInput> = {
  name: 'images',
  make: (random, corpus) => {
    const base = random.pick(corpus.images);
    const edits = Array.from({ length: random.between(1, random.chance(50) ? 2 : 8) }, () => edit(random, base));
    const length = random.chance(3) ? random.below(base.length + 1) : base.length;
    return { base, edits, length };
  },
  check,
  cuts: (input) => [() => ({ parts: input.edits, join: (kept) => ({ ...input, edits: kept as Edit[] }) })],
  extension: () => '.knhi',
  encode: patched,
  decode: (base) => ({ base, edits: [], length: base.length }),
};
