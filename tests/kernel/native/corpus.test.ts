/**
 * The corpus as native code, in a kernel: every file must do what it does interpreted, and take as much fuel as the interpreter on Node, or in that kernel.
 * Whole in one setting; in each of the others another eighth of it, for booted machines are slow, or whole with KONOHA_NATIVE=whole.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireKernel } from '@konoha/vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare, demand } from '../../support/compare.js';
import { corpusFiles, readScript, TESTS } from '../../support/corpus-files.js';
import { readExpectations, type Expectations } from '../../support/expectations.js';
import { NativeCorpus, withDevice, type NativeRun, type NativeSetting } from '../../support/native-corpus.js';
import { runOnNode } from '../../support/run-on-node.js';

const TIMEOUT_MS = 660_000;
/** Files of one round trip. */
const BATCH = 40;
const SAMPLE = 8;
const WHOLE = process.env['KONOHA_NATIVE'] === 'whole';
/** The module's defaults. */
const LOAD_FUEL = 50_000_000n;
const HEAP = 128 << 10;

/** On each kernel; the first is the usual one. */
const SETTINGS: readonly NativeSetting[] = [{}, { harden: 1 }, { harden: 2 }, { enable: 0 }];

/**
 * The first two use up memory, and what lowers their methods takes some for a while: how far they come differs. In the others steps
 * of collecting cycles come sooner or later by where objects lie.
 */
const UNEVEN: ReadonlySet<string> = new Set([
  'limit/out-of-memory-caught.k',
  'language/map/full-memory-leaves-the-map-whole.k',
  'language/memory/cycles-in-use.k',
  'language/memory/cycles-through-arrays.k',
]);
/** With a device it is no file that only declares, and its warnings are others. */
const DECLARES_ONLY = 'language/names/unused-functions-of-a-library.k';

interface File {
  readonly file: string;
  readonly expected: Expectations;
}

/** Those that run at all; sorted, so that every eighth is of all folders. */
const FILES: readonly File[] = corpusFiles('language', 'limit', 'regression', 'programs')
  .filter((file) => file !== DECLARES_ONLY)
  .map((file) => ({ file, expected: readExpectations(join(TESTS, file)) }))
  .filter(({ expected }) => !('kernel' in expected.skip) && expected.errors.length === 0);

function batches(files: readonly File[]): File[][] {
  const count = Math.ceil(files.length / BATCH);
  return Array.from({ length: count }, (_, i) => files.slice(i * BATCH, (i + 1) * BATCH));
}

/** The file for the module: one that imports none gets a device. */
function sourceOf(file: string): Uint8Array {
  const source = readScript(file);
  return source.length === readFileSync(join(TESTS, file)).length ? withDevice(source) : source;
}

/** Fuel that the interpreter takes for a script that ends well. */
function fuelOnNode({ file, expected }: File): bigint | undefined {
  const { fuel, exception } = runOnNode(sourceOf(file), '<script>', { ...expected, kernelRules: true, heap: HEAP });
  return exception === undefined && fuel !== undefined ? LOAD_FUEL - fuel : undefined;
}

/** Makes the tests of these files in one setting. */
function settingSuite(corpus: NativeCorpus, setting: NativeSetting, files: readonly File[]): void {
  let methods = 0;
  let compared = 0;
  for (const batch of batches(files)) {
    describe(`${batch[0]!.file} …`, () => {
      let runs: NativeRun[] = [];
      beforeAll(async () => {
        runs = await corpus.runAll(
          batch.map(({ file }) => sourceOf(file)),
          setting,
        );
      }, TIMEOUT_MS);
      for (const [index, one] of batch.entries()) {
        test(one.file, { timeout: TIMEOUT_MS }, async () => {
          const run = runs[index]!;
          methods += run.methods;
          demand(one.file, compare(one.expected, run));
          if (run.fuel === undefined || UNEVEN.has(one.file)) return;
          compared++;
          if (run.fuel === fuelOnNode(one)) return;
          // What depends on where things lie in memory takes other fuel there.
          const [interpreted] = await corpus.runAll([sourceOf(one.file)], { jit: 0 });
          expect(run.fuel).toBe(interpreted!.fuel);
        });
      }
    });
  }
  test(setting.enable === 0 ? 'none of it was native code' : 'much of it was native code', () => {
    if (setting.enable === 0) expect(methods).toBe(0);
    else expect(methods).toBeGreaterThan(files.length);
    expect(compared).toBeGreaterThan(files.length / 2);
  });
}

function nameOf({ harden, enable }: NativeSetting): string {
  if (enable !== undefined) return `bpf_jit_enable ${enable}`;
  return harden === undefined ? 'as usual' : `bpf_jit_harden ${harden}`;
}

for (const [turn, series] of ['6.12', '6.1'].entries()) {
  describe(`corpus as native code on kernel ${series}`, () => {
    const corpus = new NativeCorpus(requireKernel(series));
    for (const [index, setting] of SETTINGS.entries()) {
      const eighth = turn * SETTINGS.length + index;
      const files = WHOLE || eighth === 0 ? FILES : FILES.filter((_, place) => place % SAMPLE === eighth);
      describe(nameOf(setting), () => settingSuite(corpus, setting, files));
    }
    afterAll(() => corpus.end(), TIMEOUT_MS);
  });
}
