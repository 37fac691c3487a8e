/** The folder of an operation script, on the machine that performs it: `load NAME.k` means the file beside the script. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the drivers beside a script lie on a machine that does not have the script's own folder. */
export const HOME = '/here';

export interface PlacedFile {
  /** On the machine. */
  readonly path: string;
  readonly contents: string;
}

/** The drivers (`*.k`) in the folder of a script, to be put into {@link HOME}. */
export function driversBeside(scriptPath: string): PlacedFile[] {
  const folder = dirname(scriptPath);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.k'))
    .sort()
    .map((name) => ({ path: `${HOME}/${name}`, contents: readFileSync(join(folder, name), 'utf8') }));
}
