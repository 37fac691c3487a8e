/** Scripts, made from the grammar or broken from the corpus: compiled, and run if they are accepted. */
import { compileChecked } from '../engine/compile.js';
import { demand } from '../engine/contract.js';
import { mutate, splitTokens } from '../generate/mutate.js';
import { program } from '../generate/program.js';
import type { Random } from '../random.js';
import type { Corpus } from '../corpus.js';
import { boot, judge, line, seal, useDevices } from './judge.js';
import type { Cut, Kind, Verdict } from './kind.js';

export interface ScriptInput {
  readonly source: Uint8Array;
  /** By the kernel's rules. */
  readonly kernel: boolean;
}

export function checkScript({ source, kernel }: ScriptInput): Verdict {
  let image: Uint8Array | null = null;
  let outcome = 'rejected';
  const compiled = judge((trace) => {
    const result = compileChecked(source, kernel);
    trace.push(result.diagnostics);
    if (result.outOfMemory) outcome = 'out of compile memory';
    if (image && result.image)
      demand(Buffer.compare(image, result.image) === 0, () => 'a second compilation makes another image');
    trace.push(result.image ? 'accepted' : 'rejected');
    image = result.image;
    return outcome;
  });
  if (compiled.problem !== null || !image) return compiled;
  const accepted: Uint8Array = image;
  return judge((trace) => {
    const booted = boot(accepted, trace);
    if (!booted) return 'out of memory';
    const { isolate, act, status } = booted;
    if (status === 0) useDevices(isolate, act, (name, result) => trace.push(line(name, result)));
    seal(isolate, trace);
    return status === 0 ? 'ran' : 'exception';
  });
}

/** Cuts by lines, tokens, then single bytes. */
export function textCuts<I>(source: Uint8Array, make: (source: Uint8Array) => I): (() => Cut<I>)[] {
  const text = Buffer.from(source).toString('latin1');
  const cut = (parts: readonly string[], between: string): Cut<I> => ({
    parts,
    join: (kept) => make(new Uint8Array(Buffer.from(kept.join(between), 'latin1'))),
  });
  const all = [() => cut(text.split('\n'), '\n'), () => cut(splitTokens(source), '')];
  return text.length < 300 ? [...all, () => cut([...text], '')] : all;
}

function kind(name: string, make: (random: Random, corpus: Corpus) => ScriptInput): Kind<ScriptInput> {
  return {
    name,
    make,
    check: checkScript,
    cuts: (input) => textCuts(input.source, (source) => ({ ...input, source })),
    extension: ({ kernel }) => (kernel ? '.kernel.k' : '.user.k'),
    encode: ({ source }) => source,
    decode: (source, file) => ({ source, kernel: file.includes('.kernel.') }),
  };
}

export const scripts = kind('scripts', (random, corpus) => {
  const kernel = random.chance(70);
  const noise = random.pick([0, 0, 0, 1, 4, 20]);
  const text = program(random, { noise, device: kernel && random.chance(40), size: random.between(4, 24) });
  const source = new Uint8Array(Buffer.from(text));
  // Some programs are broken once more, so that text which no production makes is seen around text that one does.
  return {
    kernel,
    source: random.chance(15) ? mutate(random, [Buffer.from(source), random.pick(corpus.texts)]) : source,
  };
});

export const mutations = kind('mutate', (random, corpus) => ({
  kernel: random.chance(70),
  source: mutate(random, corpus.texts),
}));
