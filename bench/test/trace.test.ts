import { describe, expect, test } from 'vitest';
import { NATIVE_CODE, Symbols, USER, byFunction, oneOperation } from '../trace.js';

const KALLSYMS = `ffffffff81000000 T entry_SYSCALL_64
ffffffff81000100 t do_call
ffffffff81000200 D a_variable
ffffffffc0100000 t konoha_enter\t[konoha]
ffffffffc0100040 t konoha_leave\t[konoha]
`;
const MODULES = 'konoha 4096 0 - Live 0xffffffffc0100000 (OE)\n';
const SYMBOLS = Symbols.parse(KALLSYMS, MODULES);
const ENTRY = 0xffffffff81000000n;

describe('Symbols', () => {
  test('an address belongs to the function in front of it', () => {
    expect(SYMBOLS.at(0xffffffff81000104n)).toMatchObject({ name: 'do_call', module: '' });
    expect(SYMBOLS.at(0xffffffffc010003fn)).toMatchObject({ name: 'konoha_enter', module: 'konoha' });
    expect(SYMBOLS.at(0xffffffff80ffffffn)).toBeUndefined();
  });

  test('what was made when the kernel ran belongs to nobody', () => {
    expect(SYMBOLS.at(0xffffffffc0101000n)).toBeUndefined();
    expect(SYMBOLS.at(0xffffffffc0000000n)).toBeUndefined();
  });
});

describe('oneOperation', () => {
  const operation = [ENTRY, 0xffffffff81000100n, 0xffffffffc0100000n, 0xffffffffc0200000n, 0x401000n];
  const interrupted = [...operation.slice(0, 4), 0xffffffff81000108n, 0x401000n];

  test('takes the length that is most frequent, and none that is cut off', () => {
    const trace = [...operation.slice(3), ...interrupted, ...operation, ...operation, ...operation.slice(0, 3)];
    expect(oneOperation(trace, SYMBOLS, 1)).toEqual(operation);
    expect(oneOperation([...operation, ...operation, ...operation, ...operation], SYMBOLS, 2)).toHaveLength(10);
  });

  test('says if there is none', () => {
    expect(() => oneOperation(operation, SYMBOLS, 1)).toThrow('No operation was seen');
  });

  test('is counted by function', () => {
    expect(Object.fromEntries(byFunction(operation, SYMBOLS))).toEqual({
      '/entry_SYSCALL_64': 1,
      '/do_call': 1,
      'konoha/konoha_enter': 1,
      [NATIVE_CODE]: 1,
      [USER]: 1,
    });
  });
});
