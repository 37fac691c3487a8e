import {
  collector,
  compile,
  declare,
  Isolate,
  parseDiagnostics,
  LoadError,
  textInput,
  type NativeCode,
  type NativeHost,
  type VmBuild,
} from '@konoha/host-node';
import type { Observed } from './compare.js';
import type { Expectations } from './expectations.js';
import { sampleBinding } from './sample-bindings.js';

/** What became of a script, and the plain rendering of its diagnostics. */
export interface NodeRun extends Observed {
  readonly rendered: string;
  /** Fuel that the run has left; absent: nothing ran. */
  readonly fuel?: bigint | undefined;
}

/** Compiles and runs a script on Node with the kernel's limits. */
export function runOnNode(
  source: string | Uint8Array,
  name: string,
  expected: Pick<Expectations, 'kernelRules' | 'args' | 'input'> &
    Partial<Pick<Expectations, 'bindings' | 'declarations' | 'lenient'>> & {
      loadFuel?: bigint;
      heap?: number;
      build?: VmBuild;
    },
  native?: (host: NativeHost) => NativeCode,
): NodeRun {
  if (expected.declarations) {
    const texts = [typeof source === 'string' ? source : Buffer.from(source)];
    const diagnostics = parseDiagnostics(declare(texts, name, 'json').rendered);
    return { diagnostics, rendered: declare(texts, name).rendered, output: '', errorOutput: '' };
  }
  const bindings = expected.bindings ? [sampleBinding()] : [];
  const compilation = compile(source, name, {
    kernel: expected.kernelRules,
    bindings,
    lenient: expected.lenient ?? false,
  });
  const rendered = compilation.render('plain');
  const { diagnostics } = compilation;
  if (!compilation.runnable) return { diagnostics, rendered, output: '', errorOutput: '' };
  const [out, err] = [collector(), collector()];
  const heap = compilation.settings.heap || expected.heap;
  const streams = { in: textInput(expected.input), out: out.sink, err: err.sink };
  let exception: string | undefined;
  let fuel: bigint | undefined;
  try {
    const isolate = new Isolate(compilation.image, {
      streams,
      args: expected.args,
      name,
      bindings,
      ...(heap ? { heap } : {}),
      ...(expected.loadFuel ? { loadFuel: expected.loadFuel } : {}),
      ...(native ? { native } : {}),
      ...(expected.build ? { build: expected.build } : {}),
    });
    const outcome = isolate.run();
    fuel = isolate.fuel;
    if (outcome.status !== 'ok') exception = outcome.status === 'killed' ? 'killed' : outcome.text;
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    exception = `load refused: ${error.message}`;
  }
  return { diagnostics, rendered, output: out.text(), errorOutput: err.text(), exception, fuel };
}
