/** Floats from and to text, against JavaScript's own. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder = '';

interface Exports {
  memory: WebAssembly.Memory;
  textAt(): number;
  read(length: number): bigint;
  fromInt(value: bigint): bigint;
  write(bits: bigint): number;
  fixed(bits: bigint, decimals: number): number;
}
let wasm: Exports;

beforeAll(async () => {
  folder = mkdtempSync(join(root, 'build', 'numbers-'));
  const out = join(folder, 'numbers.wasm');
  const { error, stderr } = await asc.main([
    'engine/numbers/test/entry.ts',
    '--baseDir',
    root,
    '--runtime',
    'stub',
    '-O3',
    '--outFile',
    relative(root, out),
  ]);
  if (error) throw new Error(stderr.toString());
  const { instance } = await WebAssembly.instantiate(readFileSync(out), {});
  wasm = instance.exports as unknown as Exports;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const view = new DataView(new ArrayBuffer(8));
function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}
function valueOf(bits: bigint): number {
  view.setBigUint64(0, BigInt.asUintN(64, bits));
  return view.getFloat64(0);
}
function taken(length: number): string {
  return Buffer.from(wasm.memory.buffer, wasm.textAt(), length).toString();
}
function read(text: string): number {
  Buffer.from(wasm.memory.buffer, wasm.textAt(), 8192).write(text);
  return valueOf(wasm.read(text.length));
}
function write(value: number): string {
  return taken(wasm.write(bitsOf(value)));
}

/** As scripts print it: JavaScript's text, but never like an int. */
function spelling(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Floats of every size, the same in every run. */
function floats(count: number): number[] {
  let state = 0x9e3779b97f4a7c15n;
  const next = (): bigint => {
    state ^= BigInt.asUintN(64, state << 13n);
    state ^= state >> 7n;
    state ^= BigInt.asUintN(64, state << 17n);
    return state;
  };
  const all: number[] = [];
  while (all.length < count) {
    const value = valueOf(next());
    if (Number.isFinite(value)) all.push(value);
    all.push(Number(next() % 100_000_000n) / 1000, Number(next() >> 11n));
  }
  return all;
}

const CORNERS = [
  0,
  -0,
  1,
  -1,
  0.1,
  0.5,
  1 / 3,
  100,
  123456789.125,
  1e20,
  1e21,
  123456789012345680000,
  1e-6,
  1.5e-7,
  1e-7,
  5e-324,
  1e-323,
  2.2250738585072011e-308,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  9007199254740991,
  9007199254740992,
  9007199254740993,
  2 ** 52,
  2 ** -1022,
  2 ** 100,
  2 ** -100,
  4.35,
  0.000001,
  299792458,
  6.02214076e23,
  NaN,
  Infinity,
  -Infinity,
];

describe('floats as text', () => {
  test('the shortest text, as JavaScript finds it', () => {
    for (const value of [...CORNERS, ...floats(3000)]) expect(write(value)).toBe(spelling(value));
  });

  test('fixed decimals, rounded exactly', () => {
    for (const value of [0, 0.005, 1.005, 2.5, 0.5, 1234.5678, 1e20, 1e-20, 99.995, 0.1, 123456789.987654321])
      for (const decimals of [0, 1, 2, 7, 20])
        expect(taken(wasm.fixed(bitsOf(value), decimals)), `${value} ${decimals}`).toBe(value.toFixed(decimals));
    expect(taken(wasm.fixed(bitsOf(-2.5), 0))).toBe('-3');
    expect(taken(wasm.fixed(bitsOf(Number.MAX_VALUE), 2))).toBe(`${BigInt(Number.MAX_VALUE)}.00`);
    expect(taken(wasm.fixed(bitsOf(5e-324), 100))).toBe(`0.${'0'.repeat(100)}`);
    expect(taken(wasm.fixed(bitsOf(Infinity), 2))).toBe('Infinity');
  });
});

describe('floats from text', () => {
  test('what was written reads back', () => {
    for (const value of floats(3000)) expect(read(write(Math.abs(value)))).toBe(Math.abs(value));
  });

  test('the nearest float, ties to even', () => {
    const texts = [
      '9007199254740993',
      '9007199254740993.0000000000000000000000000000000000000000000001',
      '9007199254740992.9999999999999999999999999999999999',
      '1.7976931348623158e308',
      '1.7976931348623159e308',
      '1e400',
      '1e-400',
      '2.4703282292062327e-324',
      '2.4703282292062328e-324',
      '7.2e-324',
      '2.2250738585072012e-308',
      '0.000000000000000000000000000000000000000000001e45',
      `${'1'.repeat(900)}e-890`,
      `0.${'0'.repeat(400)}123e400`,
      '00012.5',
      '1.5e+3',
      '1E3',
    ];
    for (const text of texts) expect(read(text), text).toBe(Number(text));
    // Half of the way between two floats, to the last of 768 digits, and one digit more.
    const half = `${(2n ** 1076n - 1n).toString()}`;
    expect(read(half)).toBe(Number(half));
    const tie = `${5n ** 1075n}`;
    expect(read(`${tie}e-1075`)).toBe(0);
    expect(read(`${tie}${'0'.repeat(60)}1e-1136`)).toBe(5e-324);
  });

  test('underscores count for nothing', () => {
    expect(read('1_000.5_5')).toBe(1000.55);
  });

  test('ints', () => {
    for (const value of [0n, 1n, -1n, 9007199254740993n, -9007199254740995n, 2n ** 63n - 1n, -(2n ** 63n), 1234567n])
      expect(valueOf(wasm.fromInt(value))).toBe(Number(value));
  });
});
