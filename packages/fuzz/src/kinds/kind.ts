/** What every kind of input has in common: it can be made from random numbers, judged, cut smaller, and kept in a file. */
import type { Corpus } from '../corpus.js';
import type { Random } from '../random.js';

export interface Verdict {
  /** What is wrong; null: nothing. */
  readonly problem: string | null;
  /** A word for the statistics: `rejected`, `ran`, `exception` … */
  readonly outcome: string;
}

/** One way of making an input smaller: leave some of `parts` out. */
export interface Cut<I> {
  readonly parts: readonly unknown[];
  /** The input of the parts that were kept. */
  join(kept: readonly unknown[]): I;
}

export interface Kind<I> {
  readonly name: string;
  make(random: Random, corpus: Corpus): I;
  check(input: I): Verdict;
  /** Coarsest first. */
  cuts(input: I): (() => Cut<I>)[];
  /** For a file's name, dot included. */
  extension(input: I): string;
  encode(input: I): Uint8Array;
  /** `name`: the file's. */
  decode(bytes: Uint8Array, name: string): I;
}

/** `Kind` for those who do not look inside. */
export type AnyKind = Kind<unknown>;
