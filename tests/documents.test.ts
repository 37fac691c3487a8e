/** What the pages for people who learn Konoha show is true: their scripts, operation scripts and commands are run. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '@konoha/host-node';
import { SimulatedMachine, SimulatorTarget, whyNotSimulated } from '@konoha/host-node/sim';
import { HOME, parseOperationScript, runOperationScript } from '@konoha/ops';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compare, demand } from './support/compare.js';
import { TESTS } from './support/corpus-files.js';
import { consoleSteps, documentBlocks, expectationsOf, fileOf, type DocumentBlock } from './support/document.js';
import { runOnNode } from './support/run-on-node.js';

const PAGES = ['language.md', 'tutorial.md', 'integers.md'];
const RUN = new Set(['konoha', 'ops', 'console']);
/** Blocks that are no code of ours. */
const SHOWN = new Set(['text', 'c']);
const BIN = join(TESTS, '..', 'packages', 'cli', 'bin', 'konoha.js');

describe.each(PAGES)('docs/%s', (page) => {
  const blocks = documentBlocks(page);
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'konoha-docs-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('every block is run, or is no code', () => {
    expect(blocks.filter(({ language }) => !RUN.has(language) && !SHOWN.has(language))).toEqual([]);
    expect(blocks.filter(({ language }) => RUN.has(language)).length).toBeGreaterThan(5);
  });

  for (const [index, block] of blocks.entries()) {
    const before = blocks.slice(0, index);
    const title = `line ${block.line}: ${block.text.split('\n')[0]}`;
    if (block.language === 'konoha')
      test(title, () => {
        const name = fileOf(block);
        if (name) writeFileSync(join(folder, name), block.text);
        runScript(page, block);
      });
    if (block.language === 'ops')
      test(title, async () => {
        const name = fileOf(block);
        if (name) writeFileSync(join(folder, name), block.text);
        await perform(page, block, before);
      });
    if (block.language === 'console')
      test(title, { timeout: 120_000 }, () => {
        runCommands(page, block, folder);
      });
  }
});

function runScript(page: string, block: DocumentBlock): void {
  const name = fileOf(block) ?? 'example.k';
  const { expected, saysNothing } = expectationsOf(block);
  const where = `../docs/${page} (block at line ${block.line})`;
  if (saysNothing) {
    expect(compile(block.text, name, { kernel: expected.kernelRules }).render('plain'), where).toBe('');
    return;
  }
  demand(where, compare(expected, runOnNode(block.text, name, expected)));
}

/** The page's named files in front of the block lie beside the operation script. */
async function perform(page: string, block: DocumentBlock, before: readonly DocumentBlock[]): Promise<void> {
  const script = parseOperationScript(block.text, `docs/${page}`);
  expect(whyNotSimulated(script)).toBeNull();
  const machine = new SimulatedMachine();
  for (const file of before) {
    const name = fileOf(file);
    if (name?.endsWith('.k')) machine.putFile(`${HOME}/${name}`, file.text);
  }
  await runOperationScript(script, new SimulatorTarget(machine), undefined, HOME);
}

/** Both outputs, as a terminal shows them; in the page `…` stands for anything within a line, or for lines. */
function runCommands(page: string, block: DocumentBlock, folder: string): void {
  for (const { command, output, line } of consoleSteps(block)) {
    const shell = `npx() { shift; "${process.execPath}" "${BIN}" "$@"; }\nexec 2>&1\n${command}`;
    const { PATH, HOME: home } = process.env;
    const { stdout } = spawnSync('bash', ['-c', shell], { cwd: folder, env: { PATH, HOME: home }, encoding: 'utf8' });
    const pattern = output
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/^…\n/gm, '(?:.*\n)*?')
      .replaceAll('…', '.*');
    const where = `docs/${page}:${line}: ${command}`;
    if (!new RegExp(`^${pattern}$`).test(stdout)) expect(stdout, where).toBe(output);
  }
}
