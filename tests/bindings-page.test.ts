/** docs/bindings.md shows the sample's own code, its script compiles with the sample's declarations, its JavaScript runs. */
import { readFileSync } from 'node:fs';
import { collector, bind, compile, declare, Isolate } from '@konoha/host-node';
import { expect, test } from 'vitest';
import { sampleDeclarations, SAMPLE } from './support/sample-bindings.js';
import { documentBlocks } from './support/document.js';

const page = documentBlocks('bindings.md');

function blocks(language: string): string[] {
  return page.filter((block) => block.language === language).map(({ text }) => text);
}

test('its C is that of the sample', () => {
  const sample = readFileSync(SAMPLE, 'utf8');
  expect(blocks('c').length).toBeGreaterThan(3);
  for (const block of blocks('c')) expect(sample).toContain(block);
});

test('the declarations of the sample are right', () => {
  expect(declare(sampleDeclarations())).toMatchObject({ errors: 0, rendered: '' });
});

test('its script compiles with the declarations of the sample', () => {
  const [script = ''] = blocks('konoha');
  expect(compile(script, 'math.k', { kernel: true, bindings: sampleDeclarations() }).render('plain')).toBe('');
});

test('its JavaScript prints what it says', () => {
  const [code = ''] = blocks('js');
  const out = collector();
  class Printing extends Isolate {
    constructor(image: Uint8Array, options: ConstructorParameters<typeof Isolate>[1]) {
      super(image, { ...options, streams: { in: () => 0, out: out.sink, err: out.sink } });
    }
  }
  const body = code.replace(/^import .*$/m, '');
  new Function('bind', 'compile', 'Isolate', body)(bind, compile, Printing);
  expect(out.text()).toBe(`${/prints (\w+)/.exec(code)?.[1] ?? '?'}\n`);
});
