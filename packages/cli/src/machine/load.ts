/** `konoha load` and `konoha replace`: hand scripts to the module of this machine. */
import { bundle } from '@konoha/host-node';
import { CommandError } from '../command-error.js';
import { ensureEngine } from '../engine-build.js';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from '../exit-codes.js';
import { writeAll } from '../output.js';
import { readImported, readSource } from '../source-file.js';
import { Refused, load, requireModule } from './control-files.js';
import { hasName, isValidName, nameOfFile, withName } from './name-annotation.js';

export interface LoadOptions {
  readonly json?: boolean;
  /** For a script without @Name; default: its file's. */
  readonly name?: string;
}

/** The exit status: 1 if the module has refused any. @throws CommandError */
export function loadFiles(paths: readonly string[], options: LoadOptions, replace: boolean): number {
  if (options.name !== undefined && paths.length > 1)
    throw new CommandError('--name is for one file: several scripts cannot have one name', EXIT_USAGE);
  const scripts = paths.map((path) => ({ path, text: withImports(path, named(path, options.name)) }));
  requireModule();
  let status = EXIT_OK;
  for (const { path, text } of scripts) {
    try {
      const said = load(text, replace).replaceAll('<script>', path);
      writeAll(1, options.json ? `${JSON.stringify({ file: path, loaded: true, ...namesIn(said) })}\n` : said);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const reason = error.message.replaceAll('<script>', path);
      status = EXIT_FAILED;
      if (options.json) writeAll(1, `${JSON.stringify({ file: path, loaded: false, reason })}\n`);
      else writeAll(2, `${path}: ${reason.replace(/\n?$/, '\n')}`);
    }
  }
  return status;
}

/** `ok NAME DEVICE…` as data. */
function namesIn(said: string): { name: string; devices: string[] } {
  const [name = '', ...devices] = (/^ok (.*)$/m.exec(said)?.[1] ?? '').split(' ');
  return { name, devices };
}

/** The module is given one text: the script, and what it imports. */
function withImports(path: string, text: string): Buffer {
  const bytes = new Uint8Array(Buffer.from(text));
  if (!/\bimport\b/.test(text)) return Buffer.from(bytes);
  ensureEngine();
  return Buffer.from(bundle(path, bytes, readImported));
}

/** The script's text, with a name in any case. */
function named(path: string, wanted: string | undefined): string {
  const text = Buffer.from(readSource(path).bytes).toString('utf8');
  if (wanted !== undefined && !isValidName(wanted))
    throw new CommandError(`"${wanted}" cannot be a name: use 1 to 31 of A-Z a-z 0-9 _ - .`, EXIT_USAGE);
  if (hasName(text)) {
    if (wanted === undefined) return text;
    throw new CommandError(`${path} has an @Name of its own: change it there, or leave --name out`, EXIT_USAGE);
  }
  const name = wanted ?? nameOfFile(path);
  if (name === null)
    throw new CommandError(
      `${path} has no @Name, and its file's name cannot be one (1 to 31 of A-Z a-z 0-9 _ - .): give --name`,
      EXIT_USAGE,
    );
  return withName(text, name);
}
