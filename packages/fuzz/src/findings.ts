/** Findings of a run: kept under build/fuzz, each with the line that repeats it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signature } from './minimise.js';

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const FOLDER = join(ROOT, 'build', 'fuzz');

export interface Finding {
  readonly kind: string;
  readonly seed: number;
  readonly index: number;
  readonly problem: string;
  readonly extension: string;
  readonly input: Uint8Array;
  readonly minimised: boolean;
}

export class Findings {
  private readonly known = new Map<string, number>();
  private readonly shown = new Set<string>();

  /** `options`: what the run was given that makes its inputs what they are. */
  constructor(private readonly options: string) {}

  get count(): number {
    return this.known.size;
  }

  get signatures(): string[] {
    return [...this.known.keys()];
  }

  /** Seen once more. */
  again(what: string): void {
    this.known.set(what, (this.known.get(what) ?? 0) + 1);
  }

  /** Writes the finding; a minimised one replaces the one it was made from, and is printed. */
  add(finding: Finding): void {
    const { kind, seed, index, problem, input, extension } = finding;
    const what = signature(problem);
    if (!finding.minimised) this.again(what);
    mkdirSync(FOLDER, { recursive: true });
    const path = join(FOLDER, `${kind}-${seed}-${index}${extension}`);
    const repeat = `npm run fuzz -- ${this.options} --seed ${seed} --first ${index} --count 1`;
    const replay = `npm run fuzz -- --replay ${relative(ROOT, path)}`;
    writeFileSync(path, input);
    writeFileSync(`${path}.txt`, `${problem}\n\nas it was made:  ${repeat}\nmade smaller:    ${replay}\n`);
    const key = `${kind} ${index}`;
    if (!finding.minimised && problem !== HANG) return;
    if (this.shown.has(key)) return;
    this.shown.add(key);
    console.log(`FINDING (${kind}, input ${index}): ${problem}\n  ${repeat}\n  ${replay}`);
  }

  /** How often each was seen. */
  summary(): string[] {
    return [...this.known].map(([what, times]) => `${times} × ${what}`);
  }
}

/** The problem of an input that did not end. */
export const HANG = 'it does not end: no progress for 20 s';
