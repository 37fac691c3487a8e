/** 200 levels of each kind of nesting compile and run; 1,000 give the diagnostic K0901, quickly and without a trap. */
import { describe, expect, test } from 'vitest';
import { nestingKinds, times } from '../support/nesting.js';
import { runOnNode } from '../support/run-on-node.js';

const options = { kernelRules: true, args: [], input: '' };

describe('nesting', () => {
  for (const [kind, make] of Object.entries(nestingKinds)) {
    test(`200 levels of ${kind} compile and run`, () => {
      const { source, output } = make(200);
      const run = runOnNode(source, 'nesting.k', options);
      expect(run.rendered).toBe('');
      expect(run.output).toBe(output);
    });
    test(`1,000 levels of ${kind} are a diagnostic`, () => {
      const started = performance.now();
      const run = runOnNode(make(1000).source, 'nesting.k', options);
      expect(run.diagnostics.map(({ code }) => code)).toEqual(['K0901']);
      expect(performance.now() - started).toBeLessThan(2000);
    });
    test(`50,000 levels of ${kind} are a diagnostic`, () => {
      const run = runOnNode(make(50_000).source, 'nesting.k', options);
      expect(run.diagnostics.map(({ code }) => code)).toContain('K0901');
    });
  }

  test('long chains that do not nest are not limited', () => {
    const sum = runOnNode(`OUT << ${Array.from({ length: 3000 }, () => '1').join(' + ')} << EOL`, 'chain.k', options);
    expect([sum.rendered, sum.output]).toEqual(['', '3000\n']);
    const array = runOnNode(
      `int[] a = [${Array.from({ length: 3000 }, () => '1').join(', ')}]\nOUT << a.size() << EOL`,
      'chain.k',
      options,
    );
    expect([array.rendered, array.output]).toEqual(['', '3000\n']);
    const calls = runOnNode(`OUT << "a"${times('.upper()', 1000)} << EOL`, 'chain.k', options);
    expect([calls.rendered, calls.output]).toEqual(['', 'A\n']);
    const statements = runOnNode(`int n = 0\n${times('n++\n', 5000)}OUT << n << EOL`, 'chain.k', options);
    expect([statements.rendered, statements.output]).toEqual(['', '5000\n']);
  });
});
