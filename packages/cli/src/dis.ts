import { compile } from '@konoha/host-node';
import { readBindings } from './bindings.js';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.js';
import { diagnosticsText, explainHint, writeAll, type OutputOptions } from './output.js';
import { readScript } from './source-file.js';

/** `konoha dis FILE`: the listing on standard output; the exit status. */
export function dis(
  path: string,
  options: OutputOptions & { readonly kernel?: boolean; readonly bindings?: readonly string[] },
): number {
  const source = readScript(path);
  const compilation = compile(source.bytes, source.name, {
    kernel: options.kernel ?? false,
    bindings: readBindings(options.bindings ?? []),
  });
  writeAll(2, diagnosticsText(compilation, options, process.stderr));
  if (compilation.errors !== 0) {
    const codes = compilation.diagnostics.map(({ code }) => code);
    writeAll(2, explainHint(codes, options, process.stderr));
    return EXIT_FAILED;
  }
  const listing = compilation.disassemble();
  writeAll(1, options.json ? `${JSON.stringify({ file: source.name, listing: listing.split('\n') })}\n` : listing);
  return EXIT_OK;
}
