/** Growable arrays of 32-bit numbers and of bytes, on the arena. */
import { allocate } from './arena';

/** A growable array of i32; also used as a stack. */
export class IntVector {
  private data: usize;
  private capacity: i32;
  length: i32 = 0;

  constructor(capacity: i32 = 16) {
    this.capacity = capacity;
    this.data = allocate(<usize>(capacity << 2));
  }

  private grow(): void {
    const wider = allocate(<usize>(this.capacity << 3));
    memory.copy(wider, this.data, <usize>(this.length << 2));
    this.data = wider;
    this.capacity <<= 1;
  }

  push(value: i32): void {
    if (this.length == this.capacity) this.grow();
    store<i32>(this.data + <usize>(this.length << 2), value);
    this.length++;
  }

  /** The last element, removed. The vector must not be empty. */
  pop(): i32 {
    this.length--;
    return load<i32>(this.data + <usize>(this.length << 2));
  }

  /** The last element. The vector must not be empty. */
  top(): i32 {
    return load<i32>(this.data + <usize>((this.length - 1) << 2));
  }

  get(index: i32): i32 {
    return load<i32>(this.data + <usize>(index << 2));
  }

  set(index: i32, value: i32): void {
    store<i32>(this.data + <usize>(index << 2), value);
  }

  includes(value: i32): bool {
    for (let i = 0; i < this.length; i++) if (this.get(i) == value) return true;
    return false;
  }

  /** Address of the elements; valid until the next push. */
  address(): usize {
    return this.data;
  }
}

/** A growable array of bytes: text being built, or an image. */
export class ByteVector {
  private data: usize;
  private capacity: i32;
  length: i32 = 0;

  constructor(capacity: i32 = 64) {
    this.capacity = capacity;
    this.data = allocate(<usize>capacity);
  }

  private reserve(more: i32): void {
    if (this.length + more <= this.capacity) return;
    let capacity = this.capacity << 1;
    while (capacity < this.length + more) capacity <<= 1;
    const wider = allocate(<usize>capacity);
    memory.copy(wider, this.data, <usize>this.length);
    this.data = wider;
    this.capacity = capacity;
  }

  byte(value: i32): void {
    this.reserve(1);
    store<u8>(this.data + <usize>this.length, <u8>value);
    this.length++;
  }

  word(value: i32): void {
    this.reserve(4);
    store<i32>(this.data + <usize>this.length, value);
    this.length += 4;
  }

  long(value: i64): void {
    this.reserve(8);
    store<i64>(this.data + <usize>this.length, value);
    this.length += 8;
  }

  bytes(from: usize, count: i32): void {
    this.reserve(count);
    memory.copy(this.data + <usize>this.length, from, <usize>count);
    this.length += count;
  }

  /** The text of a string literal, as UTF-8. */
  text(literal: string): void {
    for (let i = 0; i < literal.length; i++) this.codePoint(literal.charCodeAt(i));
  }

  /** `value` in decimal. */
  decimal(value: i64): void {
    let digits = 1;
    let power: u64 = 1;
    let rest: u64 = value < 0 ? <u64>0 - <u64>value : <u64>value;
    if (value < 0) this.byte(45);
    while (rest / power >= 10) {
      power *= 10;
      digits++;
    }
    for (; digits > 0; digits--) {
      this.byte(48 + <i32>(rest / power));
      rest %= power;
      power /= 10;
    }
  }

  /** One code point as UTF-8. */
  codePoint(c: i32): void {
    if (c < 0x80) {
      this.byte(c);
    } else if (c < 0x800) {
      this.byte(0xc0 | (c >> 6));
      this.byte(0x80 | (c & 63));
    } else if (c < 0x10000) {
      this.byte(0xe0 | (c >> 12));
      this.byte(0x80 | ((c >> 6) & 63));
      this.byte(0x80 | (c & 63));
    } else {
      this.byte(0xf0 | (c >> 18));
      this.byte(0x80 | ((c >> 12) & 63));
      this.byte(0x80 | ((c >> 6) & 63));
      this.byte(0x80 | (c & 63));
    }
  }

  /** Zero bytes up to a multiple of `to`. */
  align(to: i32): void {
    while (this.length % to != 0) this.byte(0);
  }

  getWord(at: i32): i32 {
    return load<i32>(this.data + <usize>at);
  }

  setWord(at: i32, value: i32): void {
    store<i32>(this.data + <usize>at, value);
  }

  setLong(at: i32, value: i64): void {
    store<i64>(this.data + <usize>at, value);
  }

  getLong(at: i32): i64 {
    return load<i64>(this.data + <usize>at);
  }

  /** Address of the bytes; valid until the next one is added. */
  address(): usize {
    return this.data;
  }
}
