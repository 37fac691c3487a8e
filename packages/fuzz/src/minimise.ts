/** Makes an input smaller as long as the same thing is wrong with it. */
import type { AnyKind } from './kinds/kind.js';

/** What makes two problems the same one: numbers, names and texts in it do not. */
export function signature(problem: string): string {
  return problem
    .replace(/0x[0-9a-f]+|-?\d+/g, '#')
    .replace(/"(?:[^"\\]|\\.)*"/g, '"…"')
    .slice(0, 160);
}

/**
 * The smallest input found within `attempts` checks whose problem has the same signature.
 * @param before is called before each check: a check may hang
 */
export function minimise(
  kind: AnyKind,
  input: unknown,
  problem: string,
  attempts: number,
  before: () => void,
): unknown {
  const wanted = signature(problem);
  let best = input;
  let left = attempts;
  const fails = (candidate: unknown): boolean => {
    left--;
    before();
    const found = kind.check(candidate).problem;
    return found !== null && signature(found) === wanted;
  };
  for (let stage = 0; stage < kind.cuts(best).length && left > 0; stage++) {
    let cut = kind.cuts(best)[stage]!();
    // Leave out runs of parts, longest first, until no single one can go.
    for (let run = Math.ceil(cut.parts.length / 2); run >= 1 && left > 0; run = run > 1 ? Math.ceil(run / 2) : 0) {
      for (let at = 0; at < cut.parts.length && left > 0;) {
        const kept = [...cut.parts.slice(0, at), ...cut.parts.slice(at + run)];
        const candidate = cut.join(kept);
        if (kept.length < cut.parts.length && fails(candidate)) {
          best = candidate;
          cut = { ...cut, parts: kept };
        } else at += run;
      }
    }
  }
  return best;
}
