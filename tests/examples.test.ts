/** The examples answer as their heads say, on Node, with the kernel's limits. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, isFailure, Isolate, type DeviceFile, type OpenOptions } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { TESTS } from './support/corpus-files.js';

const KERNEL_HEAP = 256 << 10;

/** A loaded example; `read` and `write` open its device, use it once and close it, as `cat` and `echo` do. */
class Example {
  readonly isolate: Isolate;
  private readonly device: string;

  constructor(name: string) {
    const compilation = compile(readFileSync(join(TESTS, '..', 'examples', `${name}.k`)), `${name}.k`, {
      kernel: true,
    });
    expect(compilation.render('plain')).toBe('');
    this.isolate = new Isolate(compilation.image, { heap: KERNEL_HEAP });
    expect(this.isolate.run()).toEqual({ status: 'ok' });
    expect(this.isolate.devices).toHaveLength(1);
    this.device = this.isolate.devices[0]?.name ?? '';
    expect(this.device).toBe(compilation.settings.name);
  }

  open(options: OpenOptions = {}): DeviceFile {
    const file = this.isolate.open(this.device, options);
    if (isFailure(file)) throw new Error(JSON.stringify(file));
    return file;
  }

  read(): string {
    const file = this.open();
    const parts: Uint8Array[] = [];
    for (;;) {
      const part = file.read(7);
      if (isFailure(part)) throw new Error(JSON.stringify(part));
      if (part.length === 0) break;
      parts.push(part);
    }
    expect(file.close()).toEqual({ status: 'ok' });
    return Buffer.concat(parts).toString('utf8');
  }

  /** Bytes written, or the errno. */
  write(text: string): number {
    const file = this.open();
    const written = file.write(text);
    file.close();
    return isFailure(written) ? (written.status === 'exception' ? -written.errno : NaN) : written;
  }
}

describe('examples', () => {
  test('hello counts opens and knows the reader', () => {
    const hello = new Example('hello');
    expect(hello.read()).toMatch(/^hello .+, open number 1\n$/);
    expect(hello.read()).toMatch(/^hello .+, open number 2\n$/);
  });

  test('counter counts reads, can be set and reset', () => {
    const counter = new Example('counter');
    expect([counter.read(), counter.read()]).toEqual(['0\n', '1\n']);
    expect(counter.write('40\n')).toBe(3);
    expect([counter.read(), counter.read()]).toEqual(['40\n', '41\n']);
    expect(counter.write('\n')).toBe(1);
    expect(counter.read()).toBe('0\n');
    expect(counter.write('x\n')).toBe(-22);
    expect(counter.read()).toBe('1\n');
  });

  test('rot13 turns letters and nothing else, and twice is the identity', () => {
    const rot13 = new Example('rot13');
    expect(rot13.read()).toBe('');
    expect(rot13.write('Hello, World 木!\n')).toBe(18);
    expect(rot13.read()).toBe('Uryyb, Jbeyq 木!\n');
    rot13.write(rot13.read());
    expect(rot13.read()).toBe('Hello, World 木!\n');
    rot13.write('AZaz@[`{');
    expect(rot13.read()).toBe('NMnm@[`{');
  });

  test('fib computes, refuses nonsense, and runs out of fuel', () => {
    const fib = new Example('fib');
    fib.write('20\n');
    expect(fib.read()).toBe('6765\n');
    expect([fib.write('-1'), fib.write('twenty'), fib.write('90')]).toEqual([-22, -22, -110]);
    expect(fib.read()).toBe('6765\n');
  });

  test('fifo hands on every byte in order, takes what fits, and does not wait where it must not', () => {
    const fifo = new Example('fifo');
    const [reader, writer] = [fifo.open({ nonblock: true }), fifo.open({ nonblock: true })];
    const taken = (bytes: Uint8Array): Uint8Array => {
      const part = reader.read(bytes.length);
      if (isFailure(part)) throw new Error(JSON.stringify(part));
      return part;
    };
    const wouldWait = expect.objectContaining({ errno: 11 }) as unknown;
    expect(reader.read(1)).toEqual(wouldWait);
    let sent = 0;
    let byte = 0;
    for (let size = 1; size < 3000; size += 173) {
      const bytes = Uint8Array.from({ length: size }, () => (byte = (byte * 5 + 7) & 255));
      expect(writer.write(bytes)).toBe(size);
      sent += size;
      expect(taken(bytes)).toEqual(bytes);
    }
    expect(sent).toBeGreaterThan(4 * 4096);
    expect(writer.write('x'.repeat(5000))).toBe(4096);
    expect(writer.write('y')).toEqual(wouldWait);
    expect(writer.write('')).toBe(0);
    expect(reader.read(4000)).toHaveLength(4000);
    expect(writer.write('y'.repeat(5000))).toBe(4000);
    expect(Buffer.from(taken(new Uint8Array(5000))).toString()).toBe('x'.repeat(96) + 'y'.repeat(4000));
    expect(reader.read(1)).toEqual(wouldWait);
  });

  test('log keeps the last 100 lines', () => {
    const log = new Example('log');
    expect(log.read()).toBe('');
    log.write('one\ntwo\n');
    expect(log.read()).toMatch(/^1 .+\[\d+\]: one\n2 .+\[\d+\]: two\n$/);
    for (let i = 3; i <= 250; i++) log.write(`line ${i}\n`);
    const lines = log.read().trimEnd().split('\n');
    expect(lines).toHaveLength(100);
    expect([lines[0], lines[99]]).toEqual([
      expect.stringMatching(/^151 .+: line 151$/),
      expect.stringMatching(/^250 .+: line 250$/),
    ]);
  });
});
