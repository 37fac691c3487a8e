/** Texts broken at random, from a fixed seed, never trap the parser or its renderer, and always leave a whole tree. */
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dump } from './dump.js';
import { parse } from './syntax-wasm.js';

const ROUNDS = 3000;
const samples = [
  'class Counter extends A { int c = 0, d; Counter(int c) { this.c = c; } @Override int next() { return ++_c; } }\n',
  'int fib(int n = 3) { if (n < 2) return n; else return fib(n - 1) + fib(n - 2) }\nString[]? xs = ["a", "b${1 + "c${d}"}"]\n',
  'try { a: for (int i = 0; i < 9; i++) { switch (i) { case 1: break a; default: continue } } } catch (IO!! e) { throw e } finally { x = y ? (int)z : q ?? -1 }\n',
  '@Name("a") @Mode(0666)\nvoid Device.read(OutputStream out) { out << """x\ny ${z}""" << EOL; foreach (var x in y) print x, @"raw" }\n',
  'x = n => n + 1; m = {a: 1}; s[1 to 3] = /re/; T<A> b = |c|; do { d() } while (not e and f mod 2 == 1)\n',
];
const pieces = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '"""',
  '${',
  '/*',
  '*/',
  '\n',
  ';',
  ',',
  '=',
  '?',
  ':',
  '.',
  '@',
  'class ',
  'if(',
  'else ',
  'case ',
  '<',
  '>',
  '\\',
  '\u0000',
  '日',
  'new ',
  '!!',
  '9223372036854775808',
];

/** Deterministic: mulberry32. */
function generator(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

test(`${ROUNDS} broken texts`, () => {
  const language = new URL('../../../tests/language/', import.meta.url);
  const files = readdirSync(language, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.k'))
    .sort();
  const texts = samples
    .map((s) => Buffer.from(s))
    .concat(files.slice(0, 60).map((name) => readFileSync(new URL(name, language))));
  const random = generator(20130613);
  for (let round = 0; round < ROUNDS; round++) {
    let text = texts[random(texts.length)]!;
    for (let n = 1 + random(6); n > 0; n--) {
      const at = random(text.length + 1);
      const rest = at + random(4);
      const piece =
        random(3) === 0
          ? Buffer.from([random(256)])
          : random(2) === 0
            ? Buffer.from(pieces[random(pieces.length)]!)
            : texts[random(texts.length)]!.subarray(0, random(40));
      text = Buffer.concat([text.subarray(0, at), piece, text.subarray(rest)]);
    }
    try {
      const parsed = parse(text);
      dump(parsed);
      parsed.render(1);
      const diagnostics = parsed.diagnostics;
      expect(diagnostics.length).toBe(parsed.render(0) === '' ? 0 : diagnostics.length);
      for (const d of diagnostics)
        if (d.code !== 'K0903') expect(d.line * 1e6 + d.column).toBeLessThanOrEqual(d.endLine * 1e6 + d.endColumn);
    } catch (error) {
      throw new Error(`round ${round}: ${JSON.stringify(text.toString('latin1'))}`, { cause: error });
    }
  }
}, 120_000);
