/** The corpus in the hostile build: whichever allocation fails, a script does what it did, or says that memory is out. */
import { join } from 'node:path';
import { compile, engineModule } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { corpusFiles, readScript, TESTS } from '../../../tests/support/corpus-files.js';
import { readExpectations } from '../../../tests/support/expectations.js';
import { PEACE, RECLAIM, hostileModule, setHostility, type Hostility } from '../src/engine/hostile.js';
import { FuzzIsolate } from '../src/engine/isolate.js';
import { mayDiffer, compareRuns, runHostile, type HostileRun } from '../src/kinds/hostile.js';

const HEAP = 512 << 10;
/** Enough for all but those that are to run out of it. */
const FUEL = 300_000;
/** Every allocation of a script that makes no more; of another the first half of so many, and the rest spread over it. */
const PLACES = Number(process.env['KONOHA_PLACES'] ?? 12);
const TIMEOUT_MS = PLACES > 12 ? 3_600_000 : 120_000;

interface Script {
  readonly file: string;
  readonly image: Uint8Array;
  readonly may: boolean;
  readonly run: (hostility: Hostility) => HostileRun;
}

const scripts: Script[] = corpusFiles('language', 'limit', 'regression', 'programs').flatMap((file) => {
  const source = readScript(file);
  const { kernelRules, input } = readExpectations(join(TESTS, file));
  const compilation = compile(source, file, { kernel: kernelRules });
  if (compilation.errors !== 0) return [];
  const { image } = compilation;
  const limits = { heap: HEAP, fuel: FUEL, input: Buffer.from(input) };
  return [{ file, image, may: mayDiffer(source), run: (hostility) => runHostile(image, hostility, limits) }];
});

/** Now and then the test runner has a turn: it takes a test that is silent for a minute for dead. */
async function problems(hostilities: (peace: HostileRun) => Hostility[]): Promise<string[]> {
  const found: string[] = [];
  let turn = Date.now();
  for (const { file, may, run } of scripts) {
    const peace = run(PEACE);
    for (const hostility of hostilities(peace)) {
      try {
        const problem = compareRuns(peace, run(hostility), may);
        if (problem !== null) found.push(`${file} ${JSON.stringify(hostility)}: ${problem}`);
      } catch (error) {
        found.push(`${file} ${JSON.stringify(hostility)}: ${(error as Error).message}`);
      }
      if (Date.now() - turn < 1000) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turn = Date.now();
    }
  }
  return found;
}

/** Allocations to fail at, counted from 1. */
function places(allocations: number): number[] {
  if (allocations <= PLACES) return Array.from({ length: allocations }, (_, index) => index + 1);
  const front = PLACES >> 1;
  const step = (allocations - front) / (PLACES - front);
  return Array.from({ length: PLACES }, (_, index) =>
    index < front ? index + 1 : front + 1 + Math.floor((index - front) * step),
  );
}

describe('the corpus in the hostile build', () => {
  test('reclaiming at every chance changes nothing', { timeout: TIMEOUT_MS }, async () => {
    expect(scripts.length).toBeGreaterThan(100);
    expect(await problems(() => [{ ...PEACE, reclaim: RECLAIM.always }])).toEqual([]);
  });

  test('nor does collecting all cycles at every chance', { timeout: TIMEOUT_MS }, async () => {
    expect(await problems(() => [{ ...PEACE, reclaim: RECLAIM.all }])).toEqual([]);
  });

  test('nor does collecting cycles all the time, two objects at a step', { timeout: TIMEOUT_MS }, async () => {
    expect(await problems(() => [{ ...PEACE, reclaim: RECLAIM.steps }])).toEqual([]);
  });

  test('a tiny stack is StackOverflow!! or nothing', { timeout: TIMEOUT_MS }, async () => {
    expect(await problems(() => [64, 96, 160].map((slots) => ({ ...PEACE, slots })))).toEqual([]);
  });

  test('one allocation that fails is OutOfMemory!! or nothing', { timeout: TIMEOUT_MS }, async () => {
    const once = (failFrom: number): Hostility => ({ ...PEACE, failFrom, failures: 1 });
    expect(await problems((peace) => places(peace.allocations).map(once))).toEqual([]);
  });

  test('no memory from some allocation on is OutOfMemory!!', { timeout: TIMEOUT_MS }, async () => {
    const all = (failFrom: number): Hostility => ({ ...PEACE, failFrom, failures: 1_000_000 });
    expect(await problems((peace) => places(peace.allocations).map(all))).toEqual([]);
  });
});

describe('the hostile build', () => {
  test('does in peace what vm-user.wasm does', () => {
    const { image } = scripts.find(({ file }) => file.endsWith('fields-of-fields.k'))!;
    const [product, hostile] = [engineModule('vm-user'), hostileModule()].map((module) => {
      const isolate = new FuzzIsolate(module, { heap: HEAP, trusted: true });
      isolate.load(image);
      isolate.takeStack(1024);
      const act = isolate.newActivation();
      isolate.run(act, FUEL);
      return [isolate.consoleText(), isolate.fuelLeft(act), isolate.stat(0), isolate.stat(3)];
    });
    expect(hostile).toEqual(product);
  });

  test('is not in the product', () => {
    const names = (module: WebAssembly.Module): string[] => WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(names(hostileModule()).filter((name) => name.startsWith('hostile_'))).toHaveLength(6);
    for (const product of ['vm', 'vm-user'] as const)
      expect(names(engineModule(product)).filter((name) => /hostile/.test(name))).toEqual([]);
  });

  test('sees a heap that is not whole', () => {
    const { image } = scripts.find(({ file }) => file.endsWith('fields-of-fields.k'))!;
    let seen = 0;
    const ADDRESSES = 300;
    for (let at = 0; at < ADDRESSES; at++) {
      const isolate = new FuzzIsolate(hostileModule(), { heap: HEAP, trusted: true });
      setHostility(isolate, PEACE);
      isolate.load(image);
      isolate.takeStack(64);
      const act = isolate.newActivation();
      isolate.run(act, FUEL);
      isolate.checkHeap();
      // The activation lies among objects and free blocks; one bit near it is turned.
      isolate.flipBit(act + 4 * (at - ADDRESSES / 2), 3);
      try {
        isolate.checkHeap();
      } catch {
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(0);
  });
});
