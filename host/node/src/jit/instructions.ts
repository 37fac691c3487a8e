/** The instructions of wasm that are used here, and what they need. */
import { Bytes } from './bytes.js';

export const I32 = 0x7f;
export const I64 = 0x7e;
/** Type of a block that leaves nothing. */
const NOTHING = 0x40;

/** Instructions without operands in the code. */
export const OP = {
  unreachable: 0x00,
  else: 0x05,
  end: 0x0b,
  return: 0x0f,
  i32_eqz: 0x45,
  i32_eq: 0x46,
  i32_ne: 0x47,
  i32_lt_s: 0x48,
  i32_lt_u: 0x49,
  i32_gt_u: 0x4b,
  i32_ge_u: 0x4f,
  i64_eqz: 0x50,
  i64_eq: 0x51,
  i64_ne: 0x52,
  i64_lt_s: 0x53,
  i64_gt_s: 0x55,
  i64_le_s: 0x57,
  i64_ge_s: 0x59,
  i64_ge_u: 0x5a,
  i32_add: 0x6a,
  i32_sub: 0x6b,
  i32_mul: 0x6c,
  i32_div_u: 0x6e,
  i32_and: 0x71,
  i32_or: 0x72,
  i32_shl: 0x74,
  i64_add: 0x7c,
  i64_sub: 0x7d,
  i64_mul: 0x7e,
  i64_div_s: 0x7f,
  i64_rem_s: 0x81,
  i64_and: 0x83,
  i64_or: 0x84,
  i64_xor: 0x85,
  i64_shl: 0x86,
  i64_shr_s: 0x87,
  i64_shr_u: 0x88,
  i32_wrap: 0xa7,
  i64_extend_u: 0xad,
} as const;

/** Loads and stores, with the logarithm of their alignment. */
export const ACCESS = {
  i32_load: [0x28, 2],
  i64_store8: [0x3c, 0],
  i32_load16: [0x2f, 1],
  i64_load: [0x29, 3],
  i64_load8: [0x31, 0],
  i64_load16: [0x33, 1],
  i64_load32: [0x35, 2],
  i32_store: [0x36, 2],
  i64_store: [0x37, 3],
  i64_store32: [0x3e, 2],
} as const;

/** Code of one function. */
export class Code extends Bytes {
  constructor() {
    super(1024);
  }

  op(first: number, second = -1, third = -1): this {
    this.byte(first);
    if (second >= 0) this.byte(second);
    return third >= 0 ? this.byte(third) : this;
  }

  get(local: number): this {
    return this.byte(0x20).unsigned(local);
  }

  set(local: number): this {
    return this.byte(0x21).unsigned(local);
  }

  tee(local: number): this {
    return this.byte(0x22).unsigned(local);
  }

  getGlobal(index: number): this {
    return this.byte(0x23).unsigned(index);
  }

  setGlobal(index: number): this {
    return this.byte(0x24).unsigned(index);
  }

  i32(value: number): this {
    return this.byte(0x41).signed(value);
  }

  i64(value: number | bigint): this {
    this.byte(0x42);
    return typeof value === 'bigint' ? this.signedLong(value) : this.signed(value);
  }

  access([op, align]: readonly [number, number], offset: number): this {
    return this.byte(op).unsigned(align).unsigned(offset);
  }

  block(): this {
    return this.byte(0x02).byte(NOTHING);
  }

  loop(): this {
    return this.byte(0x03).byte(NOTHING);
  }

  if(type: number = NOTHING): this {
    return this.byte(0x04).byte(type);
  }

  br(depth: number): this {
    return this.byte(0x0c).unsigned(depth);
  }

  brIf(depth: number): this {
    return this.byte(0x0d).unsigned(depth);
  }

  call(func: number): this {
    return this.byte(0x10).unsigned(func);
  }

  tableSize(): this {
    return this.byte(0xfc).byte(16).byte(0);
  }

  callIndirect(type: number): this {
    return this.byte(0x11).unsigned(type).byte(0);
  }
}
