/** Reads what a corpus file says must come of it; the format is in tests/README.md. */
import { readFileSync } from 'node:fs';

export interface ExpectedDiagnostic {
  readonly line: number;
  readonly code: string;
  /** From 1, in characters; undefined: anywhere in the line. */
  readonly column: number | undefined;
}

export interface ExpectedException {
  /** As scripts spell it: `Arithmetic!!`. */
  readonly name: string;
  readonly message: string | undefined;
  /** Where it is thrown; undefined: anywhere. */
  readonly line: number | undefined;
}

export interface RuleMark {
  readonly rule: string;
  readonly verdict: 'accepts' | 'rejects';
}

export interface Expectations {
  readonly output: readonly string[];
  readonly errorOutput: readonly string[] | undefined;
  readonly errors: readonly ExpectedDiagnostic[];
  /** undefined: warnings do not matter. */
  readonly warnings: readonly ExpectedDiagnostic[] | undefined;
  readonly exception: ExpectedException | undefined;
  readonly rules: readonly RuleMark[];
  readonly kernelRules: boolean;
  /** For user space only, because of floats or the process: the kernel's rules must refuse it. */
  readonly userOnly: boolean;
  /** Run anytime: what has no error of its own runs. */
  readonly lenient: boolean;
  /** The classes of samples/konoha_math are bound. */
  readonly bindings: boolean;
  /** The file is no script: it declares classes that a binding brings. */
  readonly declarations: boolean;
  readonly args: readonly string[];
  readonly input: string;
  /** Back end → reason. */
  readonly skip: Readonly<Record<string, string>>;
  /** Faults of the file's own comments. */
  readonly problems: readonly string[];
}

const DIRECTIVE =
  /\/\/ ?(expect err|expect nothing|expect|error|warning|runtime error|rule|home|args|input|bindings|declarations|lenient|skip \w+)\b(:?)(.*)$/;
const DIAGNOSTIC = /^ (K\d{4})(?: @(\d+))?$/;

/** What `text`, a corpus file's contents, says. */
export function parseExpectations(text: string): Expectations {
  const output: string[] = [];
  const errorOutput: string[] = [];
  const errors: ExpectedDiagnostic[] = [];
  const warnings: ExpectedDiagnostic[] = [];
  const rules: RuleMark[] = [];
  const skip: Record<string, string> = {};
  const problems: string[] = [];
  let exception: ExpectedException | undefined;
  let [bindings, declarations] = [false, false];
  let lenient = false;
  let userOnly = false;
  let [args, input, kernelRules, saysNothing, warningsMatter] = [[] as string[], '', false, false, false];

  text.split(/\r?\n/).forEach((source, index) => {
    const line = index + 1;
    const match = DIRECTIVE.exec(source);
    if (!match) return;
    const [, word = '', , rest = ''] = match;
    const value = rest.startsWith(' ') ? rest.slice(1) : rest;
    const diagnostics = (into: ExpectedDiagnostic[], kind: string): void => {
      for (const part of rest.split(new RegExp(`(?: //|,)? ${kind}\\b`))) {
        const found = DIAGNOSTIC.exec(part.trimEnd());
        if (found?.[1])
          into.push({ line, code: found[1], column: found[2] === undefined ? undefined : Number(found[2]) });
        else
          problems.push(
            `line ${line}: after "${kind}" comes a code such as K0401, and a column such as @9, not "${part.trim()}"`,
          );
      }
    };
    if (word === 'expect') output.push(value);
    else if (word === 'expect err') errorOutput.push(value);
    else if (word === 'expect nothing') saysNothing = true;
    else if (word === 'error') diagnostics(errors, 'error');
    else if (word === 'warning') {
      warningsMatter = true;
      if (value.trim() !== 'none') diagnostics(warnings, 'warning');
    } else if (word === 'runtime error') {
      const [, name, message] = /^(\w+!!)(?: (.+))?$/.exec(value.trimEnd()) ?? [];
      if (!name || exception)
        problems.push(`line ${line}: one runtime error a file, such as "runtime error: IO!! message"`);
      else exception = { name, message, line: source.slice(0, match.index).trim() === '' ? undefined : line };
    } else if (word === 'rule') {
      const [, rule, verdict] = /^(T\d\d+) (accepts|rejects)$/.exec(value.trimEnd()) ?? [];
      if (rule && verdict) rules.push({ rule, verdict: verdict as RuleMark['verdict'] });
      else problems.push(`line ${line}: a rule line reads "rule: T12 accepts" or "rule: T12 rejects"`);
    } else if (word === 'home') {
      kernelRules = value.trim() === 'kernel';
      userOnly = value.trim() === 'user';
      if (userOnly) skip['kernel'] = 'it is for user space';
      else if (!kernelRules) problems.push('home: kernel or user');
    } else if (word === 'bindings') bindings = true;
    else if (word === 'declarations') {
      declarations = true;
      skip['kernel'] = 'declarations come from a module there';
    } else if (word === 'lenient') {
      lenient = true;
      skip['kernel'] = 'the kernel takes no script with errors';
    } else if (word === 'args') args = value.split(' ').filter((arg) => arg !== '');
    else if (word === 'input') input += `${value}\n`;
    else skip[word.slice('skip '.length)] = value.trim();
  });

  if (
    output.length + errorOutput.length + errors.length + warnings.length === 0 &&
    !exception &&
    !saysNothing &&
    !warningsMatter
  )
    problems.push('it expects nothing: say what must come of it');
  if (!lenient && errors.length > 0 && (output.length > 0 || exception))
    problems.push('a script with errors is not run: it can expect no output');
  if (rules.some(({ verdict }) => verdict === 'rejects') && errors.length === 0)
    problems.push('it says that a rule rejects it, but names no error');
  for (const [where, reason] of Object.entries(skip))
    if (reason === '') problems.push(`skip ${where}: give the reason`);
  return {
    output,
    errors,
    exception,
    rules,
    kernelRules,
    userOnly,
    lenient,
    bindings,
    declarations,
    args,
    input,
    skip,
    problems,
    errorOutput: errorOutput.length > 0 ? errorOutput : undefined,
    warnings: warningsMatter ? warnings : undefined,
  };
}

/** What the corpus file at `path` says. */
export function readExpectations(path: string): Expectations {
  return parseExpectations(readFileSync(path, 'utf8'));
}
