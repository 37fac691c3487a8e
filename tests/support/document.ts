/** The code blocks of a page of docs/ that are run by the tests; the forms are in tests/README.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseExpectations, type Expectations } from './expectations.js';
import { TESTS } from './corpus-files.js';

export interface DocumentBlock {
  /** `konoha`, `ops`, `console`, or a language that is not run. */
  readonly language: string;
  /** The words behind the language. */
  readonly marks: readonly string[];
  readonly text: string;
  /** Of the block's first line of text, from 1. */
  readonly line: number;
}

/** The fenced blocks of docs/NAME, in its order. */
export function documentBlocks(name: string): DocumentBlock[] {
  const page = readFileSync(join(TESTS, '..', 'docs', name), 'utf8');
  return [...page.matchAll(/^```(\S*)(.*)\n([^]*?)^```$/gm)].map((match) => {
    const [, language = '', marks = '', text = ''] = match;
    const line = page.slice(0, match.index).split('\n').length + 1;
    return { language, marks: marks.split(' ').filter(Boolean), text, line };
  });
}

/** The file that a block is, if it has a name: ```konoha hello.k. */
export function fileOf({ marks }: DocumentBlock): string | undefined {
  return marks.find((mark) => /^[\w-]+\.\w+$/.test(mark));
}

/** What a block of Konoha says must come of it. One that says nothing must compile. */
export function expectationsOf(block: DocumentBlock): { expected: Expectations; saysNothing: boolean } {
  const text = block.text
    .replaceAll('// prints: ', '// expect: ')
    .concat(block.marks.includes('kernel') ? '// home: kernel\n' : '');
  const expected = parseExpectations(text);
  const problems = expected.problems.filter((problem) => !problem.startsWith('it expects nothing'));
  return {
    expected: { ...expected, problems },
    saysNothing: problems.length < expected.problems.length,
  };
}

export interface ConsoleStep {
  readonly command: string;
  readonly output: string;
  /** In the page. */
  readonly line: number;
}

/** A block's commands, each behind `$ `, with the output below it. */
export function consoleSteps({ text, line }: DocumentBlock): ConsoleStep[] {
  const steps: { command: string; output: string; line: number }[] = [];
  text.split('\n').forEach((source, index) => {
    const last = steps.at(-1);
    if (source.startsWith('$ ')) steps.push({ command: source.slice(2), output: '', line: line + index });
    else if (last && (source !== '' || index < text.split('\n').length - 1)) last.output += `${source}\n`;
  });
  return steps;
}
