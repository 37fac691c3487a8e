/** `konoha fmt`: one style for all scripts. */
import { writeFileSync } from 'node:fs';
import { format } from '@konoha/format';
import type { Command } from 'commander';
import { CommandError } from './command-error.js';
import { ensureEngine } from './engine-build.js';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-codes.js';
import { explainHint, wantsColor, writeAll, type OutputOptions } from './output.js';
import { readSource, type SourceFile } from './source-file.js';

export interface FmtOptions extends OutputOptions {
  /** Write nothing, name the files that would change. */
  readonly check?: boolean;
  /** How diagnostics name standard input. */
  readonly stdinName?: string;
}

const STDIN = '-';

/** Adds the command to the command line. */
export function fmtCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('fmt')
    .description('formats each FILE in place and names those that changed; - (or none): standard input to output')
    .argument('[file...]')
    .option('--check', 'change nothing; name what would change, and end with status 1 if anything would')
    .option('--stdin-name <name>', 'how diagnostics name standard input')
    .option('--json', 'diagnostics as JSON, one object a line')
    .option('--color', 'colours, also when the output is not a terminal')
    .option('--no-color', 'no colours')
    .exitOverride()
    .action((files: string[], options: FmtOptions) => {
      finish(fmt(files, options));
    });
}

/** The exit status: 1 if a file has errors of syntax (it stays as it was), or with `--check` another layout. */
export function fmt(files: readonly string[], options: FmtOptions): number {
  if (files.length === 0 && process.stdin.isTTY)
    throw new CommandError('name a file, or - to format what you type', EXIT_USAGE);
  const paths = files.length === 0 ? [STDIN] : files;
  if (paths.length > 1 && paths.includes(STDIN))
    throw new CommandError('- stands alone: its result goes to standard output', EXIT_USAGE);
  const sources = paths.map((path) => ({ path, ...readSource(path) }));
  ensureEngine(['tools']);
  let failed = false;
  for (const source of sources) if (!formatOne(source, options)) failed = true;
  return failed ? EXIT_FAILED : EXIT_OK;
}

/** Whether nothing is wrong with it. */
function formatOne({ path, name, bytes }: SourceFile & { readonly path: string }, options: FmtOptions): boolean {
  const shown = path === STDIN ? (options.stdinName ?? name) : name;
  const result = format(bytes, shown);
  if (result.status === 'errors') {
    const { scan } = result;
    writeAll(2, scan.render(options.json ? 'json' : wantsColor(options, process.stderr) ? 'ansi' : 'plain'));
    const codes = scan.diagnostics.map(({ code }) => code);
    writeAll(2, explainHint(codes, options, process.stderr));
    return false;
  }
  const changed = !Buffer.from(result.text).equals(bytes);
  if (options.check) {
    if (changed) writeAll(1, `${shown}\n`);
    return !changed;
  }
  if (path === STDIN) writeAll(1, result.text);
  else if (changed) {
    write(path, result.text);
    writeAll(1, `${shown}\n`);
  }
  return true;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandError(`cannot write ${path}: ${(error as Error).message}`, EXIT_USAGE);
  }
}
