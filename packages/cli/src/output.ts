import { writeSync } from 'node:fs';
import type { Compilation } from '@konoha/host-node';

/** Options that every command understands. */
export interface OutputOptions {
  readonly json?: boolean;
  /** `--color` or `--no-color`; undefined: decide by the environment and the terminal. */
  readonly color?: boolean;
}

/** Are colours wanted on `stream`? The option wins, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(
  options: OutputOptions,
  stream: { readonly isTTY?: boolean },
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (options.color !== undefined) return options.color;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** All diagnostics in the form that the options ask for; empty if there are none. */
export function diagnosticsText(
  compilation: Compilation,
  options: OutputOptions,
  stream: { readonly isTTY?: boolean },
): string {
  if (options.json) return compilation.render('json');
  return compilation.render(wantsColor(options, stream) ? 'ansi' : 'plain');
}

/** Writes all of `text` to a descriptor before it returns, also when that is a pipe that is not ready. */
export function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

/**
 * For people at a terminal: which pages tell more about these codes. Empty when `stream` is none, for `--json`, and
 * without codes.
 */
export function explainHint(
  codes: Iterable<string>,
  options: OutputOptions,
  stream: { readonly isTTY?: boolean },
): string {
  const [first, ...others] = new Set(codes);
  if (first === undefined || options.json || stream.isTTY !== true) return '';
  return `konoha explain ${first} tells more${others.length > 0 ? '; so for the other codes' : ''}\n`;
}
