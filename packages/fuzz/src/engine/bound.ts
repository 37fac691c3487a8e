/**
 * The classes of samples/konoha_math behind the raw ABI of bound methods (docs/abi.md): what the engine hands over is
 * compared with the signature, and every handle must come back once.
 */
import { demand } from './contract.js';

/** As the module declares them, without what takes long or sleeps. */
export const BOUND_DECLARATIONS = `@Native class IntMath {
    @Static int isqrt(int n);
    @Static int gcd(int a, int b);
    @Static boolean isPrime(int n);
    @Static String toBase(int n, int base = 16);
    @Static String? kind(String text);
}
@Native class Stats {
    Stats(int first = 0);
    void add(int value);
    int mean();
    int max();
    Stats merged(Stats other);
    boolean isLike(Object other);
    @Override String toString();
    void settle(int milliseconds);
    void free();
}
`;

const [EBADF, EINVAL, EDOM, EMFILE] = [9, 22, 33, 24];
const [NULL, INT, BOOLEAN, STRING, HANDLE] = [0, 1, 2, 3, 4];
const RECORD = 16;
const TEXT_BYTES = 4096;
/** As in the kernel; fewer would be noticed by a script whose objects are reclaimed late. */
const MOST_HANDLES = 16_384;

interface Stats {
  count: bigint;
  sum: bigint;
  most: bigint;
  freed: boolean;
}

type Value = bigint | boolean | string | Stats | null;

/** An exception of a bound method. */
class Failure extends Error {
  constructor(
    readonly errno: number,
    message: string,
  ) {
    super(message);
  }
}

function self(value: Value | undefined): Stats {
  if (typeof value !== 'object' || value === null) throw new Failure(EBADF, 'no object of the host');
  if (value.freed) throw new Failure(EBADF, 'it was freed');
  return value;
}

function made(first: bigint): Stats {
  if (first < 0n) throw new Failure(EINVAL, 'a first value below 0');
  return { count: 1n, sum: first, most: first, freed: false };
}

function root(n: bigint): bigint {
  if (n < 0n) throw new Failure(EDOM, `there is no square root of ${n}`);
  return BigInt(Math.trunc(Math.sqrt(Number(n))));
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x;
}

function toBase(n: bigint, base: bigint): string {
  if (base < 2n || base > 36n) throw new Failure(EINVAL, `base ${base} is not 2 to 36`);
  return BigInt.asUintN(64, n).toString(Number(base));
}

/** By `Class.method SIGNATURE`; arguments as the signature says. */
const METHODS: Readonly<Record<string, (args: Value[]) => Value>> = {
  'IntMath.isqrt I(I)': ([n]) => root(n as bigint),
  'IntMath.gcd I(II)': ([a, b]) => gcd(a as bigint, b as bigint),
  'IntMath.isPrime B(I)': ([n]) => (n as bigint) % 2n === 1n,
  'IntMath.toBase S(II)': ([n, base]) => toBase(n as bigint, base as bigint),
  'IntMath.kind s(S)': ([text]) => (/^[0-9]+$/.test(text as string) ? 'decimal' : null),
  'Stats.new N(HI)': ([, first]) => made(first as bigint),
  'Stats.add V(HI)': ([stats, value]) => {
    const it = self(stats);
    it.sum = BigInt.asIntN(64, it.sum + (value as bigint));
    it.most = it.most > (value as bigint) ? it.most : (value as bigint);
    it.count++;
    return null;
  },
  'Stats.mean I(H)': ([stats]) => self(stats).sum / self(stats).count,
  'Stats.max I(H)': ([stats]) => self(stats).most,
  'Stats.merged H(HH)': ([stats, other]) => ({ ...self(stats), count: self(stats).count + self(other).count }),
  'Stats.isLike B(HO)': ([stats, other]) => self(stats).most === self(other).most,
  'Stats.toString S(H)': ([stats]) => `${self(stats).count} values up to ${self(stats).most}`,
  'Stats.settle V(HI)': () => null,
  'Stats.free V(H)': ([stats]) => {
    self(stats).freed = true;
    return null;
  },
};

/** Bytes of the isolate's memory, checked; and text that must be UTF-8. */
export interface BoundMemory {
  range(at: number, length: number): Uint8Array;
  text(at: number, length: number, what: string): string;
}

/** What one isolate has bound and holds. */
export class BoundCalls {
  private readonly methods: { name: string; signature: string; body: (args: Value[]) => Value }[] = [];
  private readonly held = new Map<number, Stats>();
  private lastHandle = 0;

  constructor(private readonly memory: BoundMemory) {}

  bind(name: string, signature: string): number {
    const body = METHODS[`${name} ${signature}`];
    demand(body !== undefined, () => `the compiler binds ${name} ${signature}, which was not declared`);
    return this.methods.push({ name, signature, body }) - 1;
  }

  drop(handle: number): void {
    demand(this.held.delete(handle), () => `handle ${handle} is dropped, and nobody has it`);
  }

  call(number: number, at: number, count: number): number {
    const method = this.methods[number];
    demand(method !== undefined, () => `host_call of number ${number}`);
    const { name, signature, body } = method;
    const letters = /\((\w*)\)/.exec(signature)?.[1] ?? '';
    demand(count === letters.length, () => `${name} ${signature} is called with ${count} arguments`);
    const area = this.view(at + RECORD * Math.max(count, 1), RECORD);
    demand(area.getUint32(4, true) === TEXT_BYTES, () => `${name} has ${area.getUint32(4, true)} bytes for a text`);
    const room = this.memory.range(Number(area.getBigUint64(8, true)), TEXT_BYTES);
    try {
      const args = [...letters].map((letter, index) =>
        this.argument(at + RECORD * index, letter, name, signature.startsWith('N') && index === 0),
      );
      this.give(this.view(at, RECORD), area, room, body(args));
      return 0;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.give(this.view(at, RECORD), area, room, error.message);
      return -error.errno;
    }
  }

  private view(at: number, length: number): DataView {
    const bytes = this.memory.range(at, length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  private argument(at: number, letter: string, name: string, unmade: boolean): Value {
    const record = this.view(at, RECORD);
    const [kind, value] = [record.getUint32(0, true), record.getBigInt64(8, true)];
    const allowed = { I: [INT], B: [BOOLEAN], S: [STRING], s: [STRING, NULL], H: [HANDLE], h: [HANDLE, NULL] }[letter];
    const any = letter === 'o' ? kind <= HANDLE : kind > NULL && kind <= HANDLE;
    demand(allowed?.includes(kind) ?? any, () => `${name}: an argument ${letter} is of kind ${kind}`);
    if (kind === NULL) return null;
    if (kind === INT) return value;
    demand(kind !== BOOLEAN || value === 0n || value === 1n, () => `${name}: a boolean is ${value}`);
    if (kind === BOOLEAN) return value === 1n;
    if (kind === STRING) return this.memory.text(Number(value), record.getUint32(4, true), `an argument of ${name}`);
    demand(!unmade || value === 0n, () => `${name}: the new object has handle ${value}`);
    if (value === 0n) {
      if (unmade) return null;
      throw new Failure(EBADF, 'it was never made');
    }
    const found = this.held.get(Number(value));
    demand(found !== undefined, () => `${name}: handle ${value} is nobody's`);
    return found;
  }

  private give(record: DataView, area: DataView, room: Uint8Array, value: Value): void {
    let [kind, number] = [NULL, 0n];
    if (typeof value === 'bigint') [kind, number] = [INT, value];
    else if (typeof value === 'boolean') [kind, number] = [BOOLEAN, value ? 1n : 0n];
    else if (typeof value === 'string') {
      const bytes = Buffer.from(value).subarray(0, TEXT_BYTES);
      room.set(bytes);
      record.setUint32(4, bytes.length, true);
      [kind, number] = [STRING, area.getBigInt64(8, true)];
    } else if (value !== null) [kind, number] = [HANDLE, BigInt(this.hold(value))];
    record.setUint32(0, kind, true);
    record.setBigInt64(8, BigInt.asIntN(64, number), true);
  }

  private hold(stats: Stats): number {
    if (this.held.size >= MOST_HANDLES) throw new Failure(EMFILE, 'too many objects of the host');
    this.held.set(++this.lastHandle, stats);
    return this.lastHandle;
  }
}

/** May the text name a bound class? Then it is compiled with their declarations. */
export function namesBound(source: Uint8Array): boolean {
  return /\b(IntMath|Stats)\b/.test(Buffer.from(source.buffer, source.byteOffset, source.length).toString('latin1'));
}
