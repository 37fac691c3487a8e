/** Every method of the library, native or written in Konoha, is called by a corpus file; prints those that are not. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '@konoha/host-node';
import { test } from 'vitest';
import { libraryClasses } from '../spec/library.js';
import { corpusFiles, readScript, TESTS } from './support/corpus-files.js';
import { expectCovered } from './support/covered.js';
import { readExpectations } from './support/expectations.js';
import { sampleBinding } from './support/sample-bindings.js';

/** Called by instructions of their own, or by the language and not by name. */
const UNNAMED = new Map([
  ['Array.add', /\bAPUSH[IR]\b/],
  ['Array.size', /\bALEN\b/],
  ['Object.wait', /\bObject\.waitUntil\b/],
  ['System.print', /\bSystem\.print\b/],
]);

/** What the listings of all scripts call, as `Class.method`. */
function called(): { names: Set<string>; text: string } {
  const names = new Set<string>();
  const listings: string[] = [];
  for (const file of corpusFiles('language', 'limit', 'regression', 'kernel')) {
    const path = join(TESTS, file);
    const { kernelRules, bindings } = readExpectations(path);
    for (const kernel of kernelRules ? [true] : [false, true]) {
      const options = { kernel, bindings: bindings ? [sampleBinding()] : [] };
      const compilation = compile(readScript(file), file, options);
      if (compilation.errors === 0) listings.push(compilation.disassemble());
    }
  }
  const text = listings.join('\n');
  for (const [, name] of text.matchAll(/ CALL[NVI]? .*, (\w+\.\w+)/g)) names.add(name!);
  return { names, text };
}

/** What operation scripts on real kernels hold: devices are tested there. */
function kernelScripts(): string {
  const folder = join(TESTS, 'kernel');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(k|ops)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

test('every method of the library is called by a corpus file', { timeout: 60_000 }, () => {
  const { names, text } = called();
  const inKernel = kernelScripts();
  const missing: string[] = [];
  let total = 0;
  for (const c of libraryClasses())
    for (const { sig } of c.methods ?? []) {
      total++;
      const method = /(\w+)(?:<[^(]*>)?\(/.exec(sig)![1]!;
      const name = `${c.name}.${method}`;
      // Called through the virtual table of any class.
      if (c.name !== 'Object' && ['toString', 'equals', 'hashCode'].includes(method)) continue;
      if (names.has(name) || UNNAMED.get(name)?.test(text)) continue;
      const written = method === 'new' ? `new ${c.name}\\(|super\\(` : `\\b${method}\\(`;
      if (c.home !== 'kernel' || !new RegExp(written).test(inKernel)) missing.push(name);
    }
  expectCovered('library methods', total, missing);
});
