/** Random numbers that depend on the seed alone: the same seed gives the same inputs on every machine. */

/** A generator (sfc32) with what inputs are made with. */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  /** One stream for each input: `seed` is the run's, `index` the input's. */
  constructor(seed: number, index: number) {
    this.a = seed | 0;
    this.b = index | 0;
    this.c = Math.floor(index / 2 ** 32) ^ 0x9e3779b9;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** 32 bits, unsigned. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 … `bound` - 1. */
  below(bound: number): number {
    return this.next() % bound;
  }

  /** `low` … `high`. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True `percent` times of a hundred. */
  chance(percent: number): boolean {
    return this.next() % 10_000 < percent * 100;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
}
