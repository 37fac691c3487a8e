/**
 * `fail-nth each`: an operation is performed again and again. In round N the Nth point at which the kernel can be made
 * to fail (an allocation, a copy from or to user memory) fails, until a round has fewer points than that.
 */
import type { Outcome, Request } from './target.js';

/** More points than any single operation has; a kernel that always reports one more would go on for ever. */
const MOST_ROUNDS = 20_000;

export interface Rounds {
  /** Performs the operation with its nth point failing. */
  round(nth: number): Promise<Outcome>;
  /** Takes back a round that has succeeded. */
  undo(outcome: Outcome): Promise<void>;
}

/**
 * @returns value: how many points there are; data: "ok" and the errnos that came, sorted, one a line; or the outcome
 *   of the last round, the one without a failure, if that has failed; or of one whose process died
 */
export async function failEach(rounds: Rounds): Promise<Outcome> {
  const seen = new Set<string>();
  let milliseconds = 0;
  for (let nth = 1; nth <= MOST_ROUNDS; nth++) {
    const outcome = await rounds.round(nth);
    milliseconds += outcome.milliseconds;
    if (outcome.error === 'died') return outcome;
    if (outcome.error === null) await rounds.undo(outcome);
    if (!outcome.injected) {
      if (outcome.error !== null) return outcome;
      return { value: nth - 1, error: null, data: wordList(seen), milliseconds };
    }
    seen.add(outcome.error ?? 'ok');
  }
  throw new Error(`after ${MOST_ROUNDS} rounds there is still a point that can fail`);
}

function wordList(words: ReadonlySet<string>): Buffer {
  return Buffer.from(
    [...words]
      .sort()
      .map((word) => `${word}\n`)
      .join(''),
  );
}

/** A request of which the nth point fails. */
export function failing(nth: number, request: Request): Request {
  return { verb: 'fail-nth', nth, request };
}
