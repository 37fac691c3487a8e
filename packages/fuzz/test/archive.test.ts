/** What guest/driver.c reads: records of u32 bytes, u32 seed, text. */
import { expect, test } from 'vitest';
import { readCorpus } from '../src/corpus.js';
import { VM_KINDS, packInputs, vmInput } from '../src/vm/archive.js';

const SEED = 7;
const corpus = readCorpus();

test('an archive holds every input behind its length and seed', () => {
  const inputs = Array.from({ length: 12 }, (_, index) => vmInput(VM_KINDS, SEED, index, corpus));
  const archive = packInputs(inputs, SEED, 0);
  const seeds = new Set<number>();
  let at = 0;
  for (const { text } of inputs) {
    expect(archive.readUInt32LE(at)).toBe(text.length);
    seeds.add(archive.readUInt32LE(at + 4));
    expect(archive.subarray(at + 8, at + 8 + text.length).equals(text)).toBe(true);
    at += 8 + text.length;
  }
  expect(at).toBe(archive.length);
  expect(seeds.size).toBe(inputs.length);
});

test("an input's seed does not depend on where a run begins", () => {
  const input = vmInput(VM_KINDS, SEED, 5, corpus);
  expect(packInputs([input], SEED, 5).readUInt32LE(4)).toBe(
    packInputs([input, input], SEED, 4).readUInt32LE(12 + input.text.length),
  );
});

test('images go through the door of the test module', () => {
  const index = VM_KINDS.indexOf('images');
  expect(Buffer.from(vmInput(VM_KINDS, SEED, index, corpus).text).toString()).toMatch(
    /^konoha-image 4b4e4849|^konoha-image [0-9a-f]*$/,
  );
});
