/** Says what is being done while it takes long, and how long it took. */
import ora from 'ora';

/** Something that a person can put right: its message says how, so no stack is shown. */
export class UserError extends Error {}

const SHOWN_AFTER_MS = 700;

/**
 * Does `work`. What takes longer than a moment is shown: as a spinner on a terminal, as a line elsewhere.
 * @param label what is being done, without an ending: "Building the engine"
 */
export async function step<T>(label: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const elapsed = (): string => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  const spinner = ora({ stream: process.stderr, discardStdin: false });
  // A terminal that says it has no columns cannot be drawn on.
  const terminal = process.stderr.isTTY === true && process.stderr.columns > 0;
  let shown = false;
  const show = setTimeout(() => {
    shown = true;
    if (terminal) spinner.start(label);
    else console.error(`${label} …`);
  }, SHOWN_AFTER_MS);
  const tick = setInterval(() => (spinner.text = `${label} … ${elapsed()}`), 1000);
  try {
    const result = await work();
    if (shown && terminal) spinner.succeed(`${label} (${elapsed()})`);
    else if (shown) console.error(`${label}: done (${elapsed()})`);
    return result;
  } catch (error) {
    if (terminal) spinner.fail(label);
    else console.error(`${label}: failed (${elapsed()})`);
    throw error;
  } finally {
    clearTimeout(show);
    clearInterval(tick);
  }
}

/** Runs a command's main function: errors become a message and exit status 1. */
export async function main(work: () => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    console.error(error instanceof UserError ? error.message : ((error as Error).stack ?? error));
    process.exitCode = 1;
  }
}
