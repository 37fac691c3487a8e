import { compile } from '@konoha/host-node';
import { readBindings } from './bindings.js';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.js';
import { diagnosticsText, explainHint, writeAll, type OutputOptions } from './output.js';
import { readScript } from './source-file.js';

export interface CheckOptions extends OutputOptions {
  readonly kernel?: boolean;
  /** Files with declarations of bound classes. */
  readonly bindings?: readonly string[];
}

/** `konoha check FILE…`: findings on standard output, nothing when all is well; the exit status. */
export function check(paths: readonly string[], options: CheckOptions): number {
  const sources = paths.map(readScript);
  const bindings = readBindings(options.bindings ?? []);
  let errors = 0;
  let bad = 0;
  const codes: string[] = [];
  for (const { name, bytes } of sources) {
    const compilation = compile(bytes, name, { kernel: options.kernel ?? false, bindings });
    writeAll(1, diagnosticsText(compilation, options, process.stdout));
    codes.push(...compilation.diagnostics.map(({ code }) => code));
    errors += compilation.errors;
    if (compilation.errors !== 0) bad++;
  }
  if (errors > 0 && !options.json) writeAll(2, `${count(errors, 'error')} in ${count(bad, 'file')}\n`);
  writeAll(2, explainHint(codes, options, process.stderr));
  return errors === 0 ? EXIT_OK : EXIT_FAILED;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
