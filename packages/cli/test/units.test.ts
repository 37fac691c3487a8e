import { describe, expect, test } from 'vitest';
import { wantsColor } from '../src/output.js';
import { parseFuel, parseHeap } from '../src/units.js';

describe('heap sizes', () => {
  test.each([
    ['128K', 131072],
    ['16M', 16777216],
    ['16MiB', 16777216],
    ['262144', 262144],
    ['1g', 1073741824],
  ])('%s', (text, bytes) => {
    expect(parseHeap(text)).toBe(bytes);
  });
  test.each(['', '64K', '3M', '2G', '-1', '16X', 'M', '1e6'])('%s is none', (text) => {
    expect(() => parseHeap(text)).toThrow('power of two');
  });
});

test('fuel', () => {
  expect(parseFuel('50_000_000')).toBe(50_000_000n);
  for (const text of ['0', '-5', '1.5', '', 'x', '_1']) expect(() => parseFuel(text)).toThrow('positive');
});

describe('colours', () => {
  const terminal = { isTTY: true };
  test('on a terminal, unless it is dumb or NO_COLOR says no', () => {
    expect(wantsColor({}, terminal, {})).toBe(true);
    expect(wantsColor({}, {}, {})).toBe(false);
    expect(wantsColor({}, terminal, { TERM: 'dumb' })).toBe(false);
    expect(wantsColor({}, terminal, { NO_COLOR: '1' })).toBe(false);
    expect(wantsColor({}, terminal, { NO_COLOR: '' })).toBe(true);
  });
  test('an option wins over everything', () => {
    expect(wantsColor({ color: true }, {}, { NO_COLOR: '1' })).toBe(true);
    expect(wantsColor({ color: false }, terminal, { FORCE_COLOR: '1' })).toBe(false);
  });
});
