/** `konoha explain`: what a diagnostic means, with an example and the way out. */
import { diagnostics, type DiagnosticSpec } from '@konoha/spec/diagnostics';
import type { Command } from 'commander';
import { CommandError } from './command-error.js';
import { codeName, parsePage, plainTitle, readPage, showPage } from './diagnostic-page.js';
import { EXIT_OK, EXIT_USAGE } from './exit-codes.js';
import { wantsColor, writeAll, type OutputOptions } from './output.js';

const SUGGESTIONS = 3;

/** Adds the command to the command line. */
export function explainCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('explain')
    .description('explains a diagnostic, such as K0203; without a code, lists all of them')
    .argument('[code]')
    .option('--json', 'as JSON, one object a line')
    .option('--color', 'colours, also when the output is not a terminal')
    .option('--no-color', 'no colours')
    .exitOverride()
    .action((code: string | undefined, options: OutputOptions) => {
      finish(explain(code, options));
    });
}

/** The exit status. @throws CommandError for a code that does not exist */
export function explain(code: string | undefined, options: OutputOptions): number {
  if (code === undefined) {
    const line = options.json ? (d: DiagnosticSpec) => JSON.stringify(summary(d)) : listLine;
    writeAll(1, diagnostics.map((d) => `${line(d)}\n`).join(''));
    return EXIT_OK;
  }
  const spec = findDiagnostic(code);
  const markdown = readPage(spec.code);
  writeAll(
    1,
    options.json
      ? `${JSON.stringify({ ...summary(spec), blocks: parsePage(markdown).filter(({ kind }) => kind !== 'heading') })}\n`
      : showPage(markdown, wantsColor(options, process.stdout)),
  );
  return EXIT_OK;
}

function summary({ code, severity, title }: DiagnosticSpec): Record<'code' | 'severity' | 'title', string> {
  return { code: codeName(code), severity, title: plainTitle(title) };
}

function listLine({ code, severity, title }: DiagnosticSpec): string {
  return `${codeName(code)}  ${plainTitle(title)}${severity === 'warning' ? ' (warning)' : ''}`;
}

/** The diagnostic that `K0203`, `k203` or `0203` names. @throws CommandError with the nearest codes */
export function findDiagnostic(text: string): DiagnosticSpec {
  const number = /^k?(\d{1,6})$/i.exec(text)?.[1];
  if (number === undefined)
    throw new CommandError(`${text} is not a code: write one as K0203 (konoha explain lists all)`, EXIT_USAGE);
  const found = diagnostics.find(({ code }) => code === Number(number));
  if (found) return found;
  const nearest = diagnostics
    .toSorted((a, b) => Math.abs(a.code - Number(number)) - Math.abs(b.code - Number(number)))
    .slice(0, SUGGESTIONS)
    .sort((a, b) => a.code - b.code);
  throw new CommandError(
    [
      `there is no diagnostic ${codeName(Number(number))}; the nearest are`,
      ...nearest.map((d) => `  ${listLine(d)}`),
    ].join('\n'),
    EXIT_USAGE,
  );
}
