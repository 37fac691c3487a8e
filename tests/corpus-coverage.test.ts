/**
 * What of the language no file of tests/language or tests/diagnostics exercises. It is observed: instructions in the
 * listings of what was compiled, diagnostics among those that were reported, productions in derivations of the texts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, declare, parseDiagnostics } from '@konoha/host-node';
import { describe, expect, test } from 'vitest';
import { diagnostics } from '../spec/diagnostics.js';
import { opcodes } from '../spec/opcodes.js';
import { corpusFiles, readScript, TESTS } from './support/corpus-files.js';
import { expectCovered } from './support/covered.js';
import { readExpectations } from './support/expectations.js';
import { derive, readGrammar } from './support/grammar.js';
import { sampleBinding } from './support/sample-bindings.js';

const PATIENCE = { timeout: 120_000 };
/** What only an image that no compiler made can hold. */
const NEVER_EMITTED = ['NOP'];

interface Compiled {
  readonly file: string;
  readonly text: string;
  /** Empty if there are errors. */
  readonly listing: string;
  readonly codes: readonly string[];
  readonly errors: number;
}

function compiled(file: string): Compiled {
  const path = join(TESTS, file);
  const bytes = readFileSync(path);
  const { kernelRules, bindings, declarations } = readExpectations(path);
  if (declarations) {
    const { errors, rendered } = declare([bytes], file, 'json');
    return { file, text: '', listing: '', codes: parseDiagnostics(rendered).map(({ code }) => code), errors };
  }
  const options = { kernel: kernelRules, bindings: bindings ? [sampleBinding()] : [] };
  const compilation = compile(readScript(file), file, options);
  const codes = compilation.diagnostics.map(({ code }) => code);
  const listing = compilation.errors === 0 ? compilation.disassemble() : '';
  return { file, text: bytes.toString(), listing, codes, errors: compilation.errors };
}

describe('the corpus', PATIENCE, () => {
  const scripts = corpusFiles('language', 'diagnostics').map(compiled);

  test('has every instruction that the compiler emits', () => {
    const emitted = new Set(
      scripts.flatMap(({ listing }) => [...listing.matchAll(/^ *\d+  ([A-Z]\w+)/gm)].map(([, name]) => name!)),
    );
    const wanted = opcodes.map(({ name }) => name).filter((name) => !NEVER_EMITTED.includes(name));
    expectCovered(
      'instructions',
      wanted.length,
      wanted.filter((name) => !emitted.has(name)),
    );
    expect(NEVER_EMITTED.filter((name) => emitted.has(name))).toEqual([]);
  });

  test('has every diagnostic', () => {
    const reported = new Set(scripts.flatMap(({ codes }) => codes));
    const wanted = diagnostics.map(({ code, name }) => ({ code: `K${String(code).padStart(4, '0')}`, name }));
    const without = wanted.filter(({ code }) => !reported.has(code)).map(({ code, name }) => `${code} ${name}`);
    expectCovered('diagnostics', wanted.length, without);
  });

  test('follows the grammar of docs/language-grammar.md, and uses every part of it', () => {
    const grammar = readGrammar();
    const used = new Set<unknown>();
    const stuck: string[] = [];
    for (const { file, text, errors } of scripts) {
      if (errors > 0) continue;
      const parts = derive(grammar, text);
      if ('stuckInLine' in parts) stuck.push(`${file}:${parts.stuckInLine}`);
      else for (const part of parts) used.add(part);
    }
    expect(stuck, 'lines that the compiler takes, and that the page does not derive: mend the page').toEqual([]);
    const without = [...grammar.uses].filter(([part]) => !used.has(part)).map(([, text]) => text);
    expectCovered('parts of the grammar', grammar.uses.size, without);
  });
});
