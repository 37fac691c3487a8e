import { compile } from '@konoha/host-node';
import { CommandError } from './command-error.js';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.js';
import { diagnosticsText, writeAll, type OutputOptions } from './output.js';
import { readScript } from './source-file.js';

/** `konoha header FILE`: the C header of a script's ioctl commands on standard output; the exit status. */
export function header(path: string, options: OutputOptions): number {
  const source = readScript(path);
  // Devices exist in the kernel only.
  const compilation = compile(source.bytes, source.name, { kernel: true });
  writeAll(2, diagnosticsText(compilation, options, process.stderr));
  if (compilation.errors !== 0) return EXIT_FAILED;
  const text = compilation.header();
  if (text === '')
    throw new CommandError(
      `${source.name}: no ioctl: mark a method of a device @Ioctl(1), or a class @Struct`,
      EXIT_FAILED,
    );
  writeAll(1, options.json ? `${JSON.stringify({ file: source.name, header: text.split('\n') })}\n` : text);
  return EXIT_OK;
}
