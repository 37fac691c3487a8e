/** The classes of samples/konoha_math on Node: its declarations, with JavaScript behind them that does the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bind, BindingError, type Binding } from '@konoha/host-node';
import { TESTS } from './corpus-files.js';

export const SAMPLE = join(TESTS, '..', 'samples', 'konoha_math', 'konoha_math.c');
const [EINVAL, EDOM, ERANGE] = [22, 33, 34];

/** The texts that the module registers, one a class, out of its C. */
export function sampleDeclarations(): string[] {
  const source = readFileSync(SAMPLE, 'utf8');
  return [...source.matchAll(/\.declaration =\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+)/g)].map(([, literals = '']) =>
    [...literals.matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text = '']) => text.replaceAll('\\n', '\n')).join(''),
  );
}

const IntMath = {
  isqrt(n: bigint): bigint {
    if (n < 0n) throw new BindingError(EDOM, `there is no square root of ${n}`);
    let root = 0n;
    for (let bit = 1n << 31n; bit > 0n; bit >>= 1n) if ((root | bit) ** 2n <= n) root |= bit;
    return root;
  },
  gcd(a: bigint, b: bigint): bigint {
    let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
    while (y > 0n) [x, y] = [y, x % y];
    return x;
  },
  isPrime(n: bigint): boolean {
    if (n > 0xffff_ffffn) throw new BindingError(ERANGE, `${n} is too large`);
    for (let d = 2n; d * d <= n; d++) if (n % d === 0n) return false;
    return n > 1n;
  },
  toBase(n: bigint, base: bigint): string {
    if (base < 2n || base > 36n) throw new BindingError(EINVAL, `base ${base} is not 2 to 36`);
    return BigInt.asUintN(64, n).toString(Number(base));
  },
  kind: (text: string): string | null => (/^[0-9]+$/.test(text) ? 'decimal' : null),
};

class Stats {
  count = 0n;
  sum = 0n;
  most = 0n;
  constructor(first: bigint) {
    if (first < 0n) throw new BindingError(EINVAL, 'a first value below 0');
    this.add(first);
  }
  add(value: bigint): void {
    this.most = this.count === 0n || value > this.most ? value : this.most;
    this.sum += value;
    this.count++;
  }
  mean(): bigint {
    return this.sum / this.count;
  }
  max(): bigint {
    return this.most;
  }
  merged(other: Stats): Stats {
    const made = new Stats(0n);
    made.count = this.count + other.count;
    made.sum = this.sum + other.sum;
    made.most = this.most > other.most ? this.most : other.most;
    return made;
  }
  isLike(other: unknown): boolean {
    if (!(other instanceof Stats))
      throw new BindingError(9, 'Stats.isLike: argument 1 is no object of the host, or was never made');
    return this.most === other.most && this.count === other.count;
  }
  toString(): string {
    return `${this.count} values up to ${this.most}`;
  }
  settle(): void {
    // Nobody else could do anything meanwhile.
  }
  free(): void {
    binding?.free(this);
  }
}

let binding: Binding | undefined;

/** Both classes as one binding. */
export function sampleBinding(): Binding {
  return (binding ??= bind(sampleDeclarations().join('\n'), { IntMath, Stats }));
}
