import { describe, expect, test } from 'vitest';
import { readOutput, readStatus } from './kernel-corpus.js';

describe('what the kernel says of a load', () => {
  test('a success has neither diagnostics nor an exception', () => {
    expect(readStatus('ok hello hello\n')).toEqual({ diagnostics: [], exception: undefined });
  });
  test('a success may have warnings in front', () => {
    const status = 'warning K0610: dbl is deprecated\n  --> <script>:5:8\nok hello hello\n';
    expect(readStatus(status)).toMatchObject({
      diagnostics: [{ code: 'K0610', severity: 'warning' }],
      exception: undefined,
    });
  });
  test('diagnostics are read from their rendering', () => {
    const status =
      'error K0401: expected int, found String\n  --> <script>:3:9\n   |\n 3 |   int x = "a";\n   |           ^^^\nerror K0301: unknown name y\n  --> <script>:4:1\n';
    expect(readStatus(status)).toMatchObject({
      diagnostics: [
        { code: 'K0401', line: 3, column: 9, severity: 'error' },
        { code: 'K0301', line: 4, column: 1 },
      ],
      exception: undefined,
    });
  });
  test('anything else is the exception that left the script', () => {
    const text = 'IO!!: disk\n  at <top> (<script>:1)\n';
    expect(readStatus(text).exception).toBe(text);
  });
  test("output is the script's part of the log, without the trace", () => {
    const log = [
      '[    5.000001] konoha0: one',
      '[    5.000002] konoha0: ',
      '[    5.000003] konoha0: a: b',
      '[    5.000004] konoha0: IO!!: disk',
      '[    5.000004] konoha0:   at <top> (<script>:1)',
      '[    5.000005] load: IO!!: disk',
    ];
    expect(readOutput(log, 'IO!!: disk\n  at <top> (<script>:1)\n')).toBe('one\n\na: b\n');
  });
});
