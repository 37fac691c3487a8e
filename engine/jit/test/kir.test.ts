import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { KIR_NAMES as NODE_NAMES } from '../../../host/node/src/jit/kir.js';
import { KIR_NAMES } from './kir-machine.js';

const read = (path: string): string => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

/** Opcodes of `engine/jit/kir.ts`, by number. */
function engineOpcodes(): string[] {
  const found = [...read('../kir.ts').matchAll(/^export const KIR_([A-Z0-9]+): i32 = (\d+);$/gm)];
  const names = found.filter(([, name]) => !['REGISTERS', 'KEPT', 'ADDRESS', 'OPS'].includes(name!));
  expect(names.map(([, , number]) => Number(number))).toEqual(names.map((_, index) => index + 1));
  return names.map(([, name]) => name!);
}

test('the host counts the opcodes as the engine does', () => {
  const list = /enum kir_op \{([^}]*)\}/.exec(read('../../../host/linux/kir.h'))![1]!;
  const names = [...list.matchAll(/KIR_(\w+)/g)].map(([, name]) => name!);
  expect(names.slice(0, -1)).toEqual(engineOpcodes());
});

test('so does the host on Node', () => {
  expect([...NODE_NAMES]).toEqual(engineOpcodes());
});

test('so does the machine of these tests', () => {
  expect(KIR_NAMES).toEqual(engineOpcodes());
});

test('they agree about registers, entries, reach and the mark', () => {
  const constants = (text: string, pattern: RegExp): Record<string, number> =>
    Object.fromEntries([...text.matchAll(pattern)].map(([, name, value]) => [name!, Number(value)]));
  const engine = constants(read('../kir.ts'), /^export const (KIR_\w+): [iu]32 = (0x[\da-f]+|\d+);$/gm);
  const host = constants(read('../../../host/linux/kir.h'), /^#define (KIR_\w+) (0x[\da-f]+|\d+)u?$/gm);
  for (const name of ['KIR_MAGIC', 'KIR_ENTRIES', 'KIR_REGISTERS', 'KIR_KEPT', 'KIR_ADDRESS', 'KIR_REACH'])
    expect({ [name]: host[name] }).toEqual({ [name]: engine[name] });
});
