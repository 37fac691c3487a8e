import { compile, Isolate, processStreams, type Outcome } from '@konoha/host-node';
import { loadBindings } from './bindings.js';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.js';
import { nativeOf, type Jit } from './jit.js';
import { diagnosticsText, explainHint, writeAll, type OutputOptions } from './output.js';
import { readScript } from './source-file.js';

export interface RunOptions extends OutputOptions {
  readonly kernel?: boolean;
  /** JavaScript modules that bind classes. */
  readonly bind?: readonly string[];
  /** Nothing is run if anything is wrong. */
  readonly strict?: boolean;
  /** Units; undefined: no limit, or the kernel's with `--kernel`. */
  readonly fuel?: bigint;
  /** Bytes, a power of two. */
  readonly heap?: number;
  readonly jit?: Jit;
}

const NO_LIMIT = (1n << 62n) - 1n;
const KERNEL_LOAD_FUEL = 50_000_000n;

/** `konoha run FILE [ARGS…]`: the exit status. */
export async function run(path: string, args: readonly string[], options: RunOptions): Promise<number> {
  const source = readScript(path);
  const bindings = await loadBindings(options.bind ?? []);
  // The kernel takes no script with errors.
  const lenient = !options.strict && !options.kernel;
  const compilation = compile(source.bytes, source.name, { kernel: options.kernel ?? false, lenient, bindings });
  writeAll(2, diagnosticsText(compilation, options, process.stderr));
  if (compilation.errors !== 0) {
    const codes = compilation.diagnostics.map(({ code }) => code);
    writeAll(2, explainHint(codes, options, process.stderr));
    if (!compilation.runnable) return EXIT_FAILED;
  }
  const { heap, name } = compilation.settings;
  const isolate = new Isolate(compilation.image, {
    args,
    bindings,
    name: name || source.name,
    streams: processStreams(),
    kernel: options.kernel ?? false,
    loadFuel: options.fuel ?? (options.kernel ? KERNEL_LOAD_FUEL : NO_LIMIT),
    ...nativeOf(options.jit),
    ...(options.heap || heap ? { heap: options.heap ?? heap } : {}),
  });
  const outcome = isolate.run();
  if (isolate.exitStatus !== undefined) return isolate.exitStatus;
  if (outcome.status !== 'ok') {
    writeAll(2, failureText(outcome, options));
    return EXIT_FAILED;
  }
  for (const { name: device, operations } of isolate.devices) {
    const handlers = (['open', 'read', 'write', 'close'] as const).filter((operation) => operations[operation] !== 0);
    writeAll(2, `device ${device}: ${handlers.join(', ') || 'no handlers'}\n`);
  }
  return compilation.errors === 0 ? EXIT_OK : EXIT_FAILED;
}

function failureText(outcome: Exclude<Outcome, { status: 'ok' }>, options: OutputOptions): string {
  const text = outcome.status === 'killed' ? 'killed' : outcome.text.replace(/\n?$/, '');
  if (!options.json) return `${text}\n`;
  const [message = '', ...stack] = text.split('\n');
  return `${JSON.stringify({ severity: 'exception', message, stack: stack.map((line) => line.trim()) })}\n`;
}
