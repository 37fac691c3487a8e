/**
 * Every page of docs/diagnostics tells the truth: its example has that diagnostic and no other, the message that it
 * shows is the engine's, and its way out checks clean. After a change of a message or an example type
 * `npx vitest run packages/cli/test/diagnostic-pages.test.ts -u`: headings and messages are then written anew.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile, declare, parseDiagnostics, type Compilation } from '@konoha/host-node';
import { diagnostics } from '@konoha/spec/diagnostics';
import { describe, expect, test } from 'vitest';
import { codeName, PAGES, parsePage, plainTitle, readPage, type Block } from '../src/diagnostic-page.js';

type Code = Extract<Block, { kind: 'code' }>;
const isScript = (block: Block): block is Code => block.kind === 'code' && block.language === 'konoha';

/** Declarations of a binding are no scripts. */
function compileBlock({ text, marks }: Code): Pick<Compilation, 'diagnostics' | 'render'> {
  if (marks.includes('binding')) {
    return {
      diagnostics: parseDiagnostics(declare([text], 'example.k', 'json').rendered),
      render: (format) => declare([text], 'example.k', format).rendered,
    };
  }
  const bytes = marks.includes('latin1') ? new Uint8Array(Buffer.from(text, 'latin1')) : text;
  return compile(bytes, 'example.k', { kernel: marks.includes('kernel') });
}

const pages = new Set(readdirSync(PAGES));
const specs = diagnostics.map((spec) => ({ ...spec, name: codeName(spec.code) }));

test('every code has a page, and no page is without a code', () => {
  const missing = specs.filter(({ name }) => !pages.has(`${name}.md`)).map(({ name }) => name);
  expect(missing, 'write docs/diagnostics/CODE.md for these, after the example of K0401.md').toEqual([]);
  const known = new Set(specs.map(({ name }) => `${name}.md`));
  expect([...pages].filter((page) => !known.has(page))).toEqual([]);
});

describe.each(specs.filter(({ name }) => pages.has(`${name}.md`)))('$name', ({ code, name, title }) => {
  const page = readPage(code);
  const scripts = parsePage(page).filter(isScript);
  const [example] = scripts.filter(({ marks }) => !marks.includes('fixed'));
  const [fixed] = scripts.filter(({ marks }) => marks.includes('fixed'));

  test('the example, or why there is none', () => {
    expect(scripts.length).toBe(example ? 2 : 1);
    if (!example) expect(page).toMatch(/^No small text causes it: it needs .+\.$/m);
    else expect([...new Set(compileBlock(example).diagnostics.map((d) => d.code))]).toEqual([name]);
  });

  test('heading and message are those of the engine', async () => {
    const message = example ? compileBlock(example).render('plain').trimEnd() : '';
    const fresh = page
      .replace(/^# .*/, () => `# ${name}: ${plainTitle(title)}`)
      .replace(/^```text\n[^]*?^```$/m, () => `\`\`\`text\n${message}\n\`\`\``);
    await expect(fresh).toMatchFileSnapshot(join(PAGES, `${name}.md`));
  });

  test('the way out checks clean', () => {
    expect(fixed).toBeDefined();
    expect(compileBlock(fixed!).render('plain')).toBe('');
  });
});
