import { beforeEach, describe, expect, test } from 'vitest';
import { DeviceTable } from '../src/device.js';
import { LinearMemory } from '../src/linear-memory.js';

const memory = new LinearMemory(new WebAssembly.Memory({ initial: 1 }));
const OPERATIONS = 64;

function register(table: DeviceTable, object: number, name: string, mode = -1): number {
  const bytes = new TextEncoder().encode(name);
  memory.write(0, bytes);
  return table.register(memory, object, OPERATIONS, 0, bytes.length, mode);
}

describe('devices of an isolate', () => {
  let table = new DeviceTable();
  beforeEach(() => {
    table = new DeviceTable();
    [1, 2, 3, 4, 0, 0, 0, 1].forEach((word, index) => memory.setU32(OPERATIONS + 4 * index, word));
  });

  test('appear only when the load has succeeded', () => {
    expect(register(table, 8, 'a')).toBe(0);
    expect(table.get('a')).toBeUndefined();
    table.commit();
    expect(table.get('a')).toEqual({
      name: 'a',
      object: 8,
      mode: 0o600,
      operations: { open: 1, read: 2, write: 3, close: 4, streaming: true },
    });
  });

  test('do not appear when it has failed', () => {
    register(table, 8, 'a');
    table.discard();
    expect(table.list()).toEqual([]);
  });

  test('have names of their own', () => {
    expect(register(table, 8, 'a')).toBe(0);
    expect(register(table, 16, 'a')).toBe(-17);
  });

  test('without a name are numbered', () => {
    register(table, 8, '');
    register(table, 16, '');
    table.commit();
    expect(table.list().map(({ name }) => name)).toEqual(['konoha0', 'konoha1']);
  });

  test.each(['1a', '-a', 'a/b', 'a'.repeat(32), 'é', '..'])('cannot be called %s', (name) => {
    expect(register(table, 8, name)).toBe(-22);
  });

  test('are not added after the load', () => {
    table.commit();
    expect(register(table, 8, 'a')).toBe(-16);
  });

  test('are taken away while loading and after', () => {
    register(table, 8, 'a');
    register(table, 16, 'b');
    expect(table.unregister(8)).toBe(0);
    table.commit();
    expect(table.list().map(({ name }) => name)).toEqual(['b']);
    expect([table.unregister(16), table.unregister(16)]).toEqual([0, -22]);
  });
});
