import wabt from 'wabt';
import { describe, expect, test } from 'vitest';
import { EngineTrap } from '../src/errors.js';
import { Instance } from '../src/instance.js';

const { parseWat } = await wabt();

function make(functions: string, imports: Record<string, () => unknown> = {}): Instance {
  const declared = Object.keys(imports).map((name) => `(import "env" "${name}" (func $${name}))`);
  const source = `(module (import "env" "abort" (func $abort (param i32 i32 i32 i32))) ${declared.join(' ')} (memory (export "memory") 1 4) ${functions})`;
  const bytes = parseWat('test.wat', source).toBinary({}).buffer;
  return new Instance(new WebAssembly.Module(new Uint8Array(bytes)), imports);
}

describe('an instance of the engine', () => {
  test('a trap is an engine bug, and the instance stays dead', () => {
    const instance = make('(func (export "bad") unreachable) (func (export "good") (result i32) i32.const 1)');
    expect(instance.call('good')).toBe(1);
    expect(() => instance.call('bad')).toThrow(EngineTrap);
    expect(instance.dead).toBe(true);
    expect(() => instance.call('good')).toThrow(EngineTrap);
  });

  test('endless native recursion is one too', () => {
    const instance = make('(func $f (export "f") (result i32) (i32.add (call $f) (i32.const 1)))');
    expect(() => instance.call('f')).toThrow(EngineTrap);
  });

  test('so is a missing export, told by its name', () => {
    expect(() => make('').call('vm_init')).toThrow(/vm_init/);
  });

  test('abort says why', () => {
    const words = [...'why'].map((letter) => `${letter}\\00`).join('');
    const instance = make(
      `(data (i32.const 4) "\\06\\00\\00\\00${words}") (func (export "f") (call $abort (i32.const 8) (i32.const 0) (i32.const 7) (i32.const 3)) unreachable)`,
    );
    expect(() => instance.call('f')).toThrow(/why at :7:3 \(in f\)/);
  });

  test('an error of the host passes as it is', () => {
    const pipe = Object.assign(new Error('closed'), { code: 'EPIPE' });
    const instance = make('(func (export "f") (call $write))', {
      write: () => {
        throw pipe;
      },
    });
    expect(() => instance.call('f')).toThrow(pipe);
    expect(instance.dead).toBe(true);
  });

  test('an i64 is a bigint', () => {
    expect(make('(func (export "f") (result i64) (i64.const -1))').callLong('f')).toBe(-1n);
  });

  test('memory grows to what is asked and no further', () => {
    const instance = make('');
    instance.growTo(131072);
    instance.growTo(65536);
    expect(instance.memory.size).toBe(131072);
  });
});
