/** Compares what a back end did with what a corpus file expects. */
import type { Diagnostic } from '@konoha/host-node';
import type { Expectations, ExpectedDiagnostic, ExpectedException } from './expectations.js';

export interface Observed {
  readonly diagnostics: readonly Pick<Diagnostic, 'code' | 'severity' | 'line' | 'column' | 'message'>[];
  /** What came out of `OUT`. */
  readonly output: string;
  /** What came out of `ERR`; undefined: this back end cannot tell it apart. */
  readonly errorOutput?: string;
  /** The rendered exception that left the script; undefined: it ran to its end. */
  readonly exception?: string | undefined;
}

/** Everything that differs, one text each; empty: the file passes. */
export function compare(expected: Expectations, observed: Observed): string[] {
  const problems = [...expected.problems];
  const found = (severity: string): Observed['diagnostics'] =>
    observed.diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  problems.push(...compareDiagnostics('error', expected.errors, found('error')));
  if (expected.warnings) problems.push(...compareDiagnostics('warning', expected.warnings, found('warning')));
  if (!expected.lenient && (expected.errors.length > 0 || found('error').length > 0)) return problems;
  problems.push(...compareLines('output', expected.output, observed.output));
  if (expected.errorOutput && observed.errorOutput !== undefined)
    problems.push(...compareLines('error output', expected.errorOutput, observed.errorOutput));
  problems.push(...compareException(expected.exception, observed.exception));
  return problems;
}

function compareDiagnostics(
  kind: string,
  expected: readonly ExpectedDiagnostic[],
  found: Observed['diagnostics'],
): string[] {
  const left = [...found];
  const problems: string[] = [];
  for (const { line, code, column } of expected) {
    const at = left.findIndex(
      (one) => one.code === code && one.line === line && (column === undefined || one.column === column),
    );
    if (at >= 0) left.splice(at, 1);
    else problems.push(`line ${line}: ${kind} ${code}${column === undefined ? '' : ` @${column}`} is missing`);
  }
  for (const one of left)
    problems.push(`line ${one.line}: unexpected ${kind} ${one.code} @${one.column}: ${one.message}`);
  return problems;
}

function compareLines(what: string, expected: readonly string[], text: string): string[] {
  const found = text.split('\n').map((line) => line.trimEnd());
  if (found.at(-1) === '') found.pop();
  for (let index = 0; index < Math.max(expected.length, found.length); index++) {
    if (expected[index]?.trimEnd() === found[index]) continue;
    const show = (line: string | undefined): string =>
      line === undefined ? 'nothing' : JSON.stringify(line.length > 200 ? `${line.slice(0, 200)}…` : line);
    return [`${what}, line ${index + 1}: expected ${show(expected[index])}, found ${show(found[index])}`];
  }
  return [];
}

function compareException(expected: ExpectedException | undefined, rendered: string | undefined): string[] {
  if (!expected) return rendered === undefined ? [] : [`it ended by ${rendered.trimEnd()}`];
  if (rendered === undefined) return [`${expected.name} is missing: the script ran to its end`];
  const [first = '', frame = ''] = rendered.split('\n');
  const [, name = '', message = ''] = /^(\w+!!|\w+)(?::? (.*))?$/.exec(first) ?? [];
  const problems: string[] = [];
  if (name.replace(/Exception$/, '!!') !== expected.name) problems.push(`expected ${expected.name}, found ${first}`);
  if (expected.message !== undefined && message !== expected.message)
    problems.push(`expected the message "${expected.message}", found "${message}"`);
  const line = Number(/:(\d+)\)$/.exec(frame.trim())?.[1]);
  if (expected.line !== undefined && line !== expected.line)
    problems.push(`expected ${expected.name} from line ${expected.line}, found "${frame.trim()}"`);
  return problems;
}

/** Fails a test with everything that differs, each behind the file's name and line. */
export function demand(file: string, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const message = problems
    .map((problem) =>
      problem.replace(/^(?:line (\d+): )?/, (_, line?: string) => `tests/${file}${line ? `:${line}` : ''}: `),
    )
    .join('\n');
  // The stack is the runner's and tells nothing.
  throw Object.assign(new Error(message), { stack: message });
}
