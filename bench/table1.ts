/**
 * Table 1 of the paper, fibo(36) in several languages, and more programs: CPU time on this machine. All languages take
 * turns, program by program and round by round, so that what else the machine does meets all of them; the best round
 * counts.
 */
import { cpus } from 'node:os';
import { installDebianPackages } from '../scripts/setup.js';
import { step } from '../scripts/progress.js';
import { tryRun } from '../scripts/run.js';
import { buildCpuTime, cpuTime } from './cpu-time.js';
import { LANGUAGES, OURS, type Language } from './languages.js';
import { EMPTY, PROGRAMS, type Program } from './programs.js';
import type { Measured, Options, Table } from './table.js';
import { table1Charts, table1Markdown, type Result, type Table1 } from './table1-page.js';

const ROUNDS = 3;
/** A renamed program may take this many times what the program takes. */
const MOST_RENAMED = 1.3;
/** Seconds by which runs of one and the same program differ. */
const CHANCE = 0.02;

export const TABLE_1: Table = {
  name: 'table1',
  about: 'the paper’s Table 1: fibo(36) and more programs in several languages, CPU time',
  onKernels: false,
  measure,
};

async function measure({ rounds = ROUNDS }: Options): Promise<Measured> {
  await installDebianPackages(Object.assign({}, ...LANGUAGES.map(({ packages }) => packages)));
  await buildCpuTime();
  const runs: Run[] = [];
  for (const program of [EMPTY, ...PROGRAMS])
    for (const language of LANGUAGES)
      runs.push({ program, language, command: [...(await language.prepare(program)), ...program.args], seconds: [] });
  for (let round = 1; round <= rounds; round++)
    await step(`Measuring the programs of Table 1, round ${round} of ${rounds}`, () => once(runs));
  const versions = await Promise.all(LANGUAGES.map(versionOf));
  const data: Table1 = {
    unit: 'seconds of CPU, user and system, the least of all rounds',
    processor: cpus()[0]?.model ?? 'unknown',
    rounds,
    languages: LANGUAGES.map(({ name, title }, i) => ({ name, title, version: versions[i]! })),
    programs: PROGRAMS.map(({ name, args }) => ({ name, args })),
    results: runs.map(resultOf(runs)),
  };
  return { data, markdown: table1Markdown(data), charts: await table1Charts(data), complaints: complaints(data) };
}

interface Run {
  readonly program: Program;
  readonly language: Language;
  readonly command: readonly string[];
  readonly seconds: number[];
  output?: string;
}

/** Every program in every language. @throws if not all print the same */
async function once(runs: readonly Run[]): Promise<void> {
  for (const run of runs) {
    const { seconds, output } = await cpuTime(run.command);
    run.seconds.push(seconds);
    run.output ??= output;
    const first = runs.find(({ program }) => program === run.program)!;
    if (output !== first.output)
      throw new Error(
        `"${run.command.join(' ')}" printed ${JSON.stringify(output)}, ` +
          `and "${first.command.join(' ')}" ${JSON.stringify(first.output)}: the result is void.`,
      );
  }
}

function resultOf(runs: readonly Run[]): (run: Run) => Result {
  return ({ program, language, command, seconds, output }) => {
    const empty = runs.find((other) => other.program === EMPTY && other.language === language)!;
    const best = Math.min(...seconds);
    const started = program === EMPTY ? 0 : Math.min(...empty.seconds);
    return {
      program: program.name,
      language: language.name,
      seconds: Number((best - started).toFixed(6)),
      all: seconds,
      output: output ?? '',
      command: command.join(' '),
    };
  };
}

async function versionOf({ version: [program = '', ...options] }: Language): Promise<string> {
  const { stdout, stderr } = await tryRun(program, options);
  const line = `${stdout}\n${stderr}`.split('\n').find((text) => /\d/.test(text));
  return line?.trim() ?? 'unknown';
}

function complaints({ results }: Table1): string[] {
  const seconds = (program: string, language: Language): number =>
    results.find((result) => result.program === program && result.language === language.name)!.seconds;
  return OURS.flatMap(({ language, renamed }) =>
    PROGRAMS.flatMap(({ name }) => {
      const [before, behind] = [seconds(name, language), seconds(name, renamed)];
      if (behind <= MOST_RENAMED * before + CHANCE) return [];
      const ratio = (behind / before).toFixed(2);
      return [
        `${language.title}: ${name} takes ${ratio} times as long with other names, and may take ${MOST_RENAMED} times.`,
      ];
    }),
  );
}
