/**
 * Bytes of a wasm module in the making; grows as it is written. Written with little garbage: a script's memory counts for V8's collector as well, which
 * would look through everything for a few more objects.
 */
export class Bytes {
  private buffer: Uint8Array<ArrayBuffer>;
  private used = 0;

  constructor(capacity = 32) {
    this.buffer = new Uint8Array(capacity);
  }

  get length(): number {
    return this.used;
  }

  /** What has been written so far; valid until more is. */
  view(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.used);
  }

  byte(value: number): this {
    if (this.used === this.buffer.length) this.grow(1);
    this.buffer[this.used++] = value;
    return this;
  }

  append(bytes: Uint8Array): this {
    if (this.used + bytes.length > this.buffer.length) this.grow(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
    return this;
  }

  /** An unsigned 32-bit number, LEB128. */
  unsigned(value: number): this {
    let left = value >>> 0;
    while (left > 127) {
      this.byte((left & 127) | 128);
      left >>>= 7;
    }
    return this.byte(left);
  }

  /** A signed 32-bit number, LEB128; as good for a 64-bit one. */
  signed(value: number): this {
    let left = value | 0;
    while (left < -64 || left > 63) {
      this.byte((left & 127) | 128);
      left >>= 7;
    }
    return this.byte(left & 127);
  }

  /** A signed 64-bit number, LEB128. */
  signedLong(value: bigint): this {
    let left = BigInt.asIntN(64, value);
    while (left < -64n || left > 63n) {
      this.byte(Number(left & 127n) | 128);
      left >>= 7n;
    }
    return this.byte(Number(left & 127n));
  }

  /** A name: its length, and ASCII. */
  name(text: string): this {
    return this.sized(new TextEncoder().encode(text));
  }

  /** Bytes with their number in front. */
  sized(bytes: Uint8Array): this {
    return this.unsigned(bytes.length).append(bytes);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(2 * this.buffer.length, this.used + by));
    larger.set(this.view());
    this.buffer = larger;
  }
}
