import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { check } from '../src/check.js';

test('imports are looked for beside the document; errors in them are shown there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'konoha-lsp-'));
  try {
    writeFileSync(join(folder, 'lib.k'), 'int f() { return 1; }\nint bad = "s";\n');
    const found = (text: string): unknown[] =>
      check(text, join(folder, 'main.k'), 'user').map(({ code, range }) => [code, range.start.line]);
    expect(found('import "lib.k"\nimport "none.k"\n')).toEqual([['K0318', 1]]);
    expect(found('import "lib.k"\n\nint n = f() + g();\n')).toEqual([['K0305', 2]]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
