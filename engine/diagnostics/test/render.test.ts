import { describe, expect, test } from 'vitest';
import { parse } from '../../syntax/test/syntax-wasm.js';

describe('for people', () => {
  test('title, place, line, caret, label and help', () => {
    expect(parse('int a\nint y = (1 + 2;\n').render(0)).toBe(
      [
        'error K0206: ( is never closed',
        '  --> test.k:2:9',
        '   |',
        ' 2 | int y = (1 + 2;',
        '   |         ^ opened here',
        '   = help: close it with )',
        '',
      ].join('\n'),
    );
  });
  test('an empty line between two, a wider margin from line 10 on', () => {
    const text = parse(`1\n${'\n'.repeat(8)}2\n`).render(0);
    expect(text).toContain('or call something\n\nerror');
    expect(text).toContain('\n   --> test.k:10:1\n    |\n 10 | 2\n    | ^\n    = help: ');
  });
  test('tabs stay below tabs, wide characters take two cells and count as one', () => {
    expect(parse('\tx = "日本" 1').render(0)).toContain(':1:11\n   |\n 1 | \tx = "日本" 1\n   | \t           ^\n');
    expect(parse('日 本 x').render(0)).toContain(':1:3\n   |\n 1 | 日 本 x\n   |    ^^\n');
  });
  test('colours, and none in plain text', () => {
    const parsed = parse('1');
    expect(parsed.render(1)).toContain('\x1b[1;31merror K0210\x1b[0m');
    expect(parsed.render(0)).not.toContain('\x1b');
  });
  test('controls, marks that reorder text and NUL never come out raw', () => {
    const text = parse('x = "\x1b]0;title\x07\u202e\u0085" 1 \x9b \x00').render(0);
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(text).toContain('\ufffd]0;title\ufffd');
  });
  test('a long line is clipped around the caret', () => {
    const text = parse(`x = ${'1 + '.repeat(200)}) ${'+ 1'.repeat(200)}`).render(0);
    const [, , , line, carets] = text.split('\n');
    expect(line!.length).toBeLessThan(170);
    expect(line).toMatch(/^ 1 \| ….*…$/);
    expect(line![carets!.indexOf('^')]).toBe(')');
    expect(text).toContain('test.k:1:805\n');
  });
  test('a span of several lines is marked to the end of its first', () => {
    expect(parse('x\n(a +\n b) = 2').render(0)).toContain(' 2 | (a +\n   | ^^^^\n');
  });
  test('at the end of the file', () => {
    expect(parse('x = 1 +\n').render(0)).toContain('--> test.k:2:1\n   |\n 2 | \n   | ^\n');
    expect(parse('x = ').render(0)).toContain(
      'found the end of the file\n  --> test.k:1:5\n   |\n 1 | x = \n   |     ^\n',
    );
  });
  test('line ends of Windows, and a byte order mark', () => {
    expect(parse('\ufeffx y\r\n').render(0)).toContain(':1:3\n   |\n 1 | x y\n   |   ^\n');
  });
  test('text that is not UTF-8', () => {
    expect(parse(Buffer.from([0x78, 0xff, 0x79])).render(0)).toBe(
      'error K0107: the text is not UTF-8\n  --> test.k:1:2\n   |\n 1 | x\ufffdy\n   |  ^ byte 0xff\n   = help: save the file as UTF-8\n',
    );
  });
  test('nothing wrong, nothing said', () => expect(parse('').render(0)).toBe(''));
});

describe('for programs', () => {
  test('one JSON object a line', () => {
    const lines = parse('x = "\\q"\n1').render(2).split('\n');
    expect(lines.length).toBe(3);
    expect(JSON.parse(lines[0]!)).toEqual({
      code: 'K0106',
      severity: 'error',
      message: 'unknown escape \\q',
      label: '',
      hint: 'escapes are \\n \\t \\r \\0 \\\\ \\" \\\' \\$ \\xHH \\u{H…}',
      file: 'test.k',
      line: 1,
      column: 6,
      endLine: 1,
      endColumn: 8,
    });
  });
  test('quotes, controls and broken bytes are escaped', () => {
    const text = parse('x y "').render(2) + parse('\x1b').render(2) + parse(Buffer.from([0x31, 0x80])).render(2);
    for (const line of text.trimEnd().split('\n')) expect(() => JSON.parse(line) as unknown).not.toThrow();
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  });
});

describe('records', () => {
  test('are in the order of the source, and the cap comes last', () => {
    const lines = parse('(\n'.repeat(3) + '1\n'.repeat(200)).diagnostics.map((d) => d.line);
    expect(lines.slice(0, -1)).toEqual([...lines.slice(0, -1)].sort((a, b) => a - b));
  });
  test('the same code in the same place counts once', () => {
    const codes = parse('x = 99999999999999999999').codes;
    expect(codes).toEqual(['K0104 1:5']);
  });
});
