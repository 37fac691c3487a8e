import { EngineTrap } from './errors.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Bounds-checked access to an instance's linear memory. Every pointer that comes out of an instance is hostile:
 * one that does not fit is an engine bug, `EngineTrap`. Views are made anew on each access because memory may grow.
 */
export class LinearMemory {
  constructor(private readonly memory: WebAssembly.Memory) {}

  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** The bytes themselves; another object once the memory has grown. */
  get buffer(): ArrayBuffer {
    return this.memory.buffer;
  }

  /** A view of `length` bytes at `pointer`; valid until the next call into the instance. */
  view(pointer: number, length: number): Uint8Array {
    const at = pointer >>> 0;
    const count = length >>> 0;
    if (at + count > this.size) throw new EngineTrap(`it named ${count} bytes at ${at}, memory has ${this.size}`);
    return new Uint8Array(this.memory.buffer, at, count);
  }

  copy(pointer: number, length: number): Uint8Array {
    return this.view(pointer, length).slice();
  }

  text(pointer: number, length: number): string {
    return decoder.decode(this.view(pointer, length));
  }

  write(pointer: number, bytes: Uint8Array): void {
    this.view(pointer, bytes.length).set(bytes);
  }

  /** Writes at most `capacity` bytes of `text` without cutting a character in two; returns how many. */
  writeText(pointer: number, text: string, capacity: number): number {
    return encoder.encodeInto(text, this.view(pointer, capacity)).written;
  }

  u32(pointer: number): number {
    return this.data(pointer, 4).getUint32(0, true);
  }

  setU32(pointer: number, value: number): void {
    this.data(pointer, 4).setUint32(0, value, true);
  }

  setI64(pointer: number, value: bigint): void {
    this.data(pointer, 8).setBigInt64(0, value, true);
  }

  i64(pointer: number): bigint {
    return this.data(pointer, 8).getBigInt64(0, true);
  }

  /** An AssemblyScript string (UTF-16, its byte length in front), as `abort` passes it. */
  hostText(pointer: number): string {
    if (pointer === 0) return '';
    const length = Math.min(this.u32(pointer - 4), 1024);
    return new TextDecoder('utf-16le').decode(this.view(pointer, length));
  }

  private data(pointer: number, length: number): DataView {
    const bytes = this.view(pointer, length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }
}
