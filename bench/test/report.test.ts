import { expect, test } from 'vitest';
import { barChart } from '../chart.js';
import { between } from '../report.js';

const PAGE = '# T\n<!-- a: written by npm run bench -->\nold\n<!-- end of a -->\nrest\n';

test('a table is written between its marks, and nothing else changes', () => {
  expect(between(PAGE, 'a', 'new')).toBe(
    '# T\n<!-- a: written by npm run bench -->\n\nnew\n\n<!-- end of a -->\nrest\n',
  );
  expect(between(between(PAGE, 'a', 'x'), 'a', 'new')).toBe(between(PAGE, 'a', 'new'));
  expect(() => between(PAGE, 'b', 'new')).toThrow('<!-- b: written by npm run bench -->');
});

test('a chart of the same numbers is the same text', async () => {
  const bars = [
    { label: 'C & co', value: 0.013, group: 'here' },
    { label: 'Perl', value: 48.1, group: 'there' },
  ];
  const svg = await barChart('seconds', bars);
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  for (const text of ['C &amp; co', '0.013', '48.1', 'there']) expect(svg).toContain(text);
  expect(await barChart('seconds', bars)).toBe(svg);
});
