/** How Table 1 is shown. */
import { barChart } from './chart.js';
import { EMPTY } from './programs.js';

export interface Result {
  /** Of programs.ts; `empty` is what starting costs. */
  readonly program: string;
  readonly language: string;
  /** The best round, less the best start. */
  readonly seconds: number;
  /** Each round, starting included. */
  readonly all: readonly number[];
  readonly output: string;
  readonly command: string;
}

export interface Table1 {
  readonly unit: string;
  readonly processor: string;
  readonly rounds: number;
  readonly languages: readonly { readonly name: string; readonly title: string; readonly version: string }[];
  /** Without the empty one. */
  readonly programs: readonly { readonly name: string; readonly args: readonly string[] }[];
  readonly results: readonly Result[];
}

/** The paper's rows, in seconds, and the language that is their like here. */
const PAPER: readonly { readonly title: string; readonly seconds: number; readonly here: string }[] = [
  { title: 'perl 5.8.9', seconds: 48.1, here: 'perl' },
  { title: 'python 2.6.4', seconds: 15.4, here: 'python' },
  { title: 'ruby 1.9.1', seconds: 6.6, here: 'ruby' },
  { title: 'konoha 0.7', seconds: 2.2, here: 'konoha' },
];
const PAPERS_KONOHA = 2.2;
const INTERPRETED = 'konoha';
const OURS = [INTERPRETED, 'konoha-jit'] as const;
/** Behind the name of a language: it runs the programs with other names. */
const RENAMED = '-renamed';
const BASE = 'c';

/** Languages in the table. */
function shownIn({ languages }: Table1): Table1['languages'] {
  return languages.filter(({ name }) => !name.endsWith(RENAMED));
}

export function table1Markdown(table: Table1): string {
  const names = table.programs.map(({ name, args }) => `${name} ${args.join(' ')}`);
  const shown = shownIn(table);
  const lines = [
    `Seconds of CPU, the best of ${table.rounds} round${table.rounds === 1 ? '' : 's'}, without what starting takes (last column). *To C* is the geometric mean of`,
    `all programs. Processor: ${table.processor}.`,
    '',
    `| | ${names.join(' | ')} | to C | start |`,
    `|---|${'--:|'.repeat(names.length + 2)}`,
  ];
  for (const { name, title } of shown) {
    const cells = table.programs.map((program) => figures(secondsOf(table, program.name, name)));
    const mean = figures(meanToC(table, name));
    lines.push(`| ${title} | ${cells.join(' | ')} | ${mean} | ${figures(secondsOf(table, EMPTY.name, name))} |`);
  }
  lines.push('', ...paperLines(table), '', ...renamedLines(table), '', '![fibo](charts/table1-fibo.svg)', '');
  lines.push('![all programs](charts/table1-mean.svg)', '', 'Versions:', '');
  for (const { title, version } of shown) lines.push(`- ${title}: ${version}`);
  return lines.join('\n');
}

/** The paper measured another machine, so what can be compared is the distance between languages. */
function paperLines(table: Table1): string[] {
  const ours = secondsOf(table, 'fibo', INTERPRETED);
  const lines = [
    '| fibo(36) in the paper | there | times konoha there | here | times Konoha here |',
    '|---|--:|--:|--:|--:|',
  ];
  for (const { title, seconds, here } of PAPER) {
    const now = secondsOf(table, 'fibo', here);
    const ratios = [seconds / PAPERS_KONOHA, now / ours].map((ratio) => ratio.toFixed(2));
    lines.push(`| ${title} | ${seconds} s | ${ratios[0]} | ${figures(now)} s | ${ratios[1]} |`);
  }
  return lines;
}

function renamedLines(table: Table1): string[] {
  const rows = OURS.map((language) => {
    const ratios = table.programs.map(
      ({ name }) => secondsOf(table, name, `${language}${RENAMED}`) / secondsOf(table, name, language),
    );
    const title = table.languages.find(({ name }) => name === language)!.title;
    return `| ${title} with other names, to itself | ${ratios.map((ratio) => ratio.toFixed(2)).join(' | ')} |`;
  });
  return [
    `| | ${table.programs.map(({ name }) => name).join(' | ')} |`,
    `|---|${'--:|'.repeat(table.programs.length)}`,
    ...rows,
  ];
}

export async function table1Charts(table: Table1): Promise<Record<string, string>> {
  const shown = shownIn(table);
  const here = 'here';
  const there = 'the paper, on a Core 2 of 2.00 GHz';
  const fibo = [
    ...shown.map(({ name, title }) => ({ label: title, value: secondsOf(table, 'fibo', name), group: here })),
    ...PAPER.map(({ title, seconds }) => ({ label: title, value: seconds, group: there })),
  ];
  const means = shown.map(({ name, title }) => ({ label: title, value: meanToC(table, name), group: here }));
  return {
    'table1-fibo.svg': await barChart('fibo(36): seconds of CPU (logarithmic)', fibo),
    'table1-mean.svg': await barChart('All programs: times the CPU time of C, geometric mean (logarithmic)', means),
  };
}

function secondsOf({ results }: Table1, program: string, language: string): number {
  const found = results.find((result) => result.program === program && result.language === language);
  if (!found) throw new Error(`${program} was not measured in ${language}.`);
  return found.seconds;
}

function meanToC(table: Table1, language: string): number {
  const logs = table.programs.map(({ name }) =>
    Math.log(secondsOf(table, name, language) / secondsOf(table, name, BASE)),
  );
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
}

/** Three figures, as 0.0123, 1.23, 123. */
function figures(value: number): string {
  if (value >= 99.95) return value.toFixed(0);
  return value >= 9.995 ? value.toFixed(1) : value >= 0.9995 ? value.toFixed(2) : value.toFixed(3);
}
