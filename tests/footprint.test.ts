/** What stays with every loaded script is small: vm.wasm holds no library code and little constant data. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TESTS } from './support/corpus-files.js';

const STATIC_DATA_LIMIT = 32 * 1024;
const text = readFileSync(join(TESTS, '..', 'build', 'engine', 'vm.wat'), 'utf8');

test('vm.wasm holds no symbol of the AssemblyScript library', () => {
  expect(text.match(/~lib\/[\w/]+/g) ?? []).toEqual([]);
});

test('vm.wasm holds less than 32 KiB of static data', () => {
  const starts = [...text.matchAll(/\(data \$[\w.]+ \(i32\.const (\d+)\)/g)].map(([, at]) => Number(at));
  expect(starts.length).toBeGreaterThan(0);
  expect(Math.max(...starts)).toBeLessThan(STATIC_DATA_LIMIT - 1024);
});
