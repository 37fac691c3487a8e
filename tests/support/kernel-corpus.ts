/** Runs corpus files inside of a booted kernel: `cat` loads them, `/proc/konoha` tells what came of it. */
import type { GuestTarget, Kernel } from '@konoha/vm';
import type { Observed } from './compare.js';
import { CorpusMachine, shell } from './corpus-machine.js';

const LOAD_TIMEOUT_MS = 60_000;
const MARK = '=-= corpus =-=';
const LOG_LINE = /^\[ *\d+\.\d+\] (.*?): ?(.*)$/;
const OURS = new Set(['load', 'konoha']);

/** What `/proc/konoha/status` says after a load: diagnostics, then "ok" or, without errors, the exception that left the script. */
export function readStatus(status: string): Pick<Observed, 'diagnostics' | 'exception'> {
  const diagnostics = [...status.matchAll(/^(error|warning) (K\d{4}): (.*)\n\s*--> .*:(\d+):(\d+)$/gm)].map(
    ([, severity, code = '', message = '', line, column]) => ({
      severity: severity as 'error' | 'warning',
      code,
      message,
      line: Number(line),
      column: Number(column),
    }),
  );
  const failed = !/(^|\n)ok [^\n]*\n?$/.test(status) && diagnostics.every(({ severity }) => severity !== 'error');
  return { diagnostics, exception: failed ? behindDiagnostics(status) : undefined };
}

/** What stands behind the warnings, each of which has lines with its place, its source and what to do. */
function behindDiagnostics(status: string): string {
  const lines = status.split('\n');
  const last = lines.findLastIndex((line) => /^ *(-->|\d* *\||= help:)/.test(line));
  return lines
    .slice(last + 1)
    .join('\n')
    .replace(/^\n+/, '');
}

/**
 * What a script printed: its part of the log without the lines of the exception that ended it.
 * @param log the log's lines since the load began
 */
export function readOutput(log: readonly string[], exception: string | undefined): string {
  const lines = log.flatMap((line) => {
    const [, name = '', text = ''] = LOG_LINE.exec(line) ?? [];
    return OURS.has(name) ? [] : [text];
  });
  const trace = exception?.trimEnd().split('\n') ?? [];
  if (trace.length > 0 && lines.slice(-trace.length).join('\n') === trace.join('\n')) lines.length -= trace.length;
  return lines.map((line) => `${line}\n`).join('');
}

/** A booted kernel with the module in it. After a crash the next file gets a fresh machine. */
export class KernelCorpus {
  private lastLine = '';
  private readonly machine: CorpusMachine;

  /** @param parameters of the module */
  constructor(kernel: Kernel, parameters?: string) {
    this.machine = new CorpusMachine(kernel, { parameters, booted: () => (this.lastLine = '') });
  }

  /** Loads `/tests/FILE`. @throws when the kernel complains, hangs or crashes */
  run(file: string): Promise<Observed> {
    return this.machine.with((target) => this.load(target, `/tests/${file}`));
  }

  /** Loads a script's text. @throws as `run` */
  runSource(source: string | Uint8Array): Promise<Observed> {
    const encoded = Buffer.from(source).toString('base64');
    return this.machine.with(async (target) => {
      await shell(target, `echo ${encoded} | base64 -d > /tmp/source.k`, LOAD_TIMEOUT_MS);
      return this.load(target, '/tmp/source.k');
    });
  }

  /** Ends the machine. */
  end(): Promise<void> {
    return this.machine.end();
  }

  private async load(target: GuestTarget, path: string): Promise<Observed> {
    const command = `cat '${path}' > /dev/konoha 2>/dev/null; cat /proc/konoha/status; echo '${MARK}'; cat /proc/konoha/log`;
    const [status = '', log = ''] = (await shell(target, command, LOAD_TIMEOUT_MS)).split(`${MARK}\n`);
    const { diagnostics, exception } = readStatus(status);
    return { diagnostics, exception, output: readOutput(this.sinceLast(log), exception) };
  }

  // The log keeps its last 64 KiB; its lines carry times, so each is there once.
  private sinceLast(log: string): string[] {
    const lines = log.split('\n').filter((line) => line !== '');
    const from = this.lastLine === '' ? 0 : lines.lastIndexOf(this.lastLine) + 1;
    this.lastLine = lines.at(-1) ?? this.lastLine;
    return lines.slice(from);
  }
}
