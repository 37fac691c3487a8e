/** `konoha log`: what scripts have said, and go on saying. */
import { EXIT_OK } from '../exit-codes.js';
import { writeAll } from '../output.js';
import { readControl } from './control-files.js';

export interface LogOptions {
  readonly follow?: boolean;
}

const INTERVAL_MS = 500;
/** How many lines must be found again to know where the last text ended. */
const KNOWN_LINES = 5;

/** Shows the log; with `follow` until the process is interrupted. The exit status. @throws CommandError */
export async function showLog(options: LogOptions): Promise<number> {
  let seen = readControl('log');
  writeAll(1, seen);
  while (options.follow) {
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
    const now = readControl('log');
    writeAll(1, newLines(seen, now));
    seen = now;
  }
  return EXIT_OK;
}

/** What has come since: the log is a ring, whose first lines may have gone meanwhile. */
export function newLines(before: string, now: string): string {
  if (now.startsWith(before)) return now.slice(before.length);
  const known = before.split(/(?<=\n)/).slice(-KNOWN_LINES);
  for (let from = 0; from < known.length; from++) {
    const end = known.slice(from).join('');
    const at = now.lastIndexOf(end);
    if (at >= 0) return now.slice(at + end.length);
  }
  return `(lines were lost here)\n${now}`;
}
