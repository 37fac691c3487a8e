import { expect, test } from 'vitest';
import { compareTranscripts } from '../src/compare.js';
import type { TranscriptEntry } from '../src/run.js';

const entry = (line: number, outcome: string, varies = false): TranscriptEntry => ({
  line,
  text: `operation ${line}`,
  outcome,
  ...(varies ? { varies: true } : {}),
});

function compare(one: TranscriptEntry[], other: TranscriptEntry[]): string | null {
  return compareTranscripts('t.ops', { name: 'simulator', entries: one }, { name: 'Linux', entries: other });
}

test('equal ones do not differ; times of log lines and texts that may vary do not count', () => {
  expect(compare([entry(1, '5 "hello"')], [entry(1, '5 "hello"')])).toBeNull();
  expect(compare([entry(1, '"[    1.000001] a: b\\n"')], [entry(1, '"[   77.123456] a: b\\n"')])).toBeNull();
  expect(compare([entry(1, '"a=1\\tpid=5\\tloaded=17"')], [entry(1, '"a=1\\tpid=6\\tloaded=18"')])).toBeNull();
  expect(compare([entry(1, '"1 bash[3]"', true)], [entry(1, '"1 bash[400]"', true)])).toBeNull();
});

test('of two logs one may go further back', () => {
  const short = [entry(1, 'status 0 "[    1.000000] b: 2\\n"')];
  const long = [entry(1, 'status 0 "[    5.000000] a: 1\\n[    6.000000] b: 2\\n"')];
  const other = [entry(1, 'status 0 "[    5.000000] a: 1\\n"')];
  expect(compare(short, long)).toBeNull();
  expect(compare(long, short)).toBeNull();
  expect(compare(short, other)).not.toBeNull();
  expect(compare([entry(1, 'status 0 ""')], long)).not.toBeNull();
});

test('a difference names file, line, operation and both outcomes', () => {
  expect(compare([entry(1, '5'), entry(2, 'ENODEV')], [entry(1, '5'), entry(2, '0')])).toBe(
    't.ops:2: operation 2\n- simulator  ENODEV\n+ Linux      0',
  );
});

test('of long texts, what is around the difference', () => {
  const text = 'x'.repeat(1000);
  const difference = compare([entry(1, `${text}a${text}`)], [entry(1, `${text}b${text}`)])!;
  expect(difference.length).toBeLessThan(700);
  expect(difference).toMatch(/- simulator {2}… x{60}ax+ …\n\+ Linux {6}… x{60}bx+ …$/);
});

test('one that is shorter differs', () => {
  expect(compare([entry(1, '5')], [])).toContain('+ Linux      (nothing: it has ended)');
  expect(compare([entry(1, '5')], [entry(3, '5')])).toContain('+ Linux      line 3: 5');
});
