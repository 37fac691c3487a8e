import { expect, test } from 'vitest';
import { EngineTrap } from '../src/errors.js';
import { LinearMemory } from '../src/linear-memory.js';

const memory = new LinearMemory(new WebAssembly.Memory({ initial: 1 }));

test('a pointer behind the end is an engine bug, wherever it stands', () => {
  expect(() => memory.view(65535, 2)).toThrow(EngineTrap);
  expect(() => memory.view(-1, 1)).toThrow(EngineTrap);
  expect(() => memory.view(0, -1)).toThrow(EngineTrap);
  expect(() => memory.u32(65533)).toThrow(EngineTrap);
  expect(memory.view(65536, 0)).toHaveLength(0);
});

test('text goes in and out as UTF-8, a byte order mark included', () => {
  memory.write(8, new TextEncoder().encode('\ufeff木'));
  expect(memory.text(8, 6)).toBe('\ufeff木');
});

test('text that does not fit is cut between characters', () => {
  expect(memory.writeText(100, 'a木', 3)).toBe(1);
  expect(memory.writeText(100, 'a木', 4)).toBe(4);
});

test('numbers are little-endian', () => {
  memory.setI64(16, -2n);
  expect([memory.u32(16), memory.u32(20)]).toEqual([0xfffffffe, 0xffffffff]);
});
