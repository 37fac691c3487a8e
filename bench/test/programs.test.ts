/** The programs of Table 1, with small arguments, in the languages that every machine has that builds Konoha. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collector, compile, Isolate, textInput } from '@konoha/host-node';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from '../../scripts/run.js';
import { source } from '../languages.js';
import { perturb } from '../perturb.js';
import { EMPTY, PROGRAMS } from '../programs.js';

const folder = mkdtempSync(join(tmpdir(), 'konoha-bench-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([EMPTY, ...PROGRAMS])('$name', (program) => {
  const text = readFileSync(source(program, 'k'), 'utf8');

  test('Konoha', () => {
    expect(konoha(text, program.fewer)).toBe(program.prints);
  });

  test('Konoha, renamed', () => {
    expect(konoha(perturb(text), program.fewer)).toBe(program.prints);
  });

  test('C', async () => {
    const binary = join(folder, program.name);
    await run('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', '-o', binary, source(program, 'c')]);
    expect((await run(binary, program.fewer)).trim()).toBe(program.prints);
  });

  test.each([
    ['Node', process.execPath, 'js'],
    ['Perl', 'perl', 'pl'],
  ])('%s', async (_, command, extension) => {
    expect((await run(command, [source(program, extension), ...program.fewer])).trim()).toBe(program.prints);
  });
});

/** What a program prints. */
function konoha(text: string, args: readonly string[]): string {
  const compilation = compile(text, 'program.k');
  expect(compilation.errors, compilation.render('short')).toBe(0);
  const [out, err] = [collector(), collector()];
  const { heap } = compilation.settings;
  const isolate = new Isolate(compilation.image, {
    args,
    streams: { in: textInput(''), out: out.sink, err: err.sink },
    ...(heap > 0 ? { heap } : {}),
  });
  expect(isolate.run().status, err.text()).toBe('ok');
  return out.text().trim();
}
