/** The fault tests as a table: their headers say what goes wrong, what happens then, and what would without them. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseOperationScript } from '@konoha/ops';
import { SERIES } from '@konoha/vm';
import { TESTS } from './corpus-files.js';

const FOLDER = join(TESTS, 'kernel', 'faults');

export interface Fault {
  readonly file: string;
  readonly fault: string;
  readonly outcome: string;
  readonly kernels: string;
}

/**
 * @param text of an operation script that begins with `# FAULT: OUTCOME.` and `# Without this, …`
 * @throws Error saying what the header lacks
 */
export function readFault(file: string, text: string): Fault {
  const [first = '', second = ''] = text.split('\n');
  const [, fault, outcome] = /^# ([^:]+): (.+)\.$/.exec(first) ?? [];
  if (fault === undefined || outcome === undefined)
    throw new Error(`${file}: its first line must be "# WHAT GOES WRONG: WHAT HAPPENS."`);
  if (!/^# Without this, .+\.$/.test(second))
    throw new Error(`${file}: its second line must be "# Without this, WHAT WOULD HAPPEN."`);
  const { features } = parseOperationScript(text, file).requirements;
  const debugOnly = features.includes('debug') || features.includes('fault-injection');
  return { file, fault, outcome, kernels: [...(debugOnly ? [] : SERIES.map(({ name }) => name)), 'debug'].join(', ') };
}

/** All of tests/kernel/faults, by name. */
export function readFaults(): Fault[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => readFault(name, readFileSync(join(FOLDER, name), 'utf8')));
}

/** A Markdown table, one row a file. */
export function faultTable(faults: readonly Fault[]): string {
  const rows = faults.map(({ file, fault, outcome, kernels }) => {
    const link = `[${basename(file, '.ops')}](../tests/kernel/faults/${file})`;
    return `| ${fault} | ${outcome} | ${kernels} | ${link} |`;
  });
  return ['| what goes wrong | what happens | kernels | test |', '|---|---|---|---|', ...rows].join('\n');
}
