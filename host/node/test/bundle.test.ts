import { describe, expect, test } from 'vitest';
import { bundle, collector, compile, Isolate, textInput, type Compilation } from '../src/index.js';

interface Compiled {
  readonly text: string;
  readonly read: readonly string[];
  readonly compilation: Compilation;
}

/** A script `main.k` with these files beside it. */
function compiled(main: string, files: Readonly<Record<string, string>>, name = 'main.k', kernel = false): Compiled {
  const read: string[] = [];
  const text = bundle(name, Buffer.from(main), (file) => {
    read.push(file);
    return file in files ? Buffer.from(files[file]!) : null;
  });
  return { text: Buffer.from(text).toString(), read, compilation: compile(text, name, { kernel }) };
}

describe('a script of several files', () => {
  test('without an import it stays as it is', () => {
    const { text, read } = compiled('int import = 1; String s = "import \\"a.k\\""; // import "b.k"\n', {});
    expect(text).toContain('int import');
    expect(text).not.toContain('#file');
    expect(read).toEqual([]);
  });

  test('files come once, behind those that they import', () => {
    const files = { 'lib/a.k': 'import "b.k"\nint a = b;', 'lib/b.k': 'import "../main.k"; int b = 1;\n' };
    const { text, compilation } = compiled('import "lib/a.k"\nimport "lib/b.k"\nOUT << a;', files);
    expect([...text.matchAll(/^#file \d+ (.*)$/gm)].map(([, file]) => file)).toEqual(['main.k', 'lib/b.k', 'lib/a.k']);
    expect(compilation.errors).toBe(0);
    const { sink, text: output } = collector();
    new Isolate(compilation.image, { streams: { in: textInput(''), out: sink, err: sink } }).run();
    expect(output()).toBe('1');
  });

  test('a path from the root stays one', () => {
    const { read } = compiled(
      'import "lib/a.k"',
      { '/src/lib/a.k': 'import "/lib/b.k"\nimport "../0.k"' },
      '/src/main.k',
    );
    expect(read).toEqual(['/src/lib/a.k', '/lib/b.k', '/src/0.k']);
    expect(compiled('import "../0.k"', {}, '0/main.k').read).toEqual(['0.k']);
  });

  test('an error names the file that it is in, its line and column', () => {
    const { compilation } = compiled(
      'import "../lib/a.k"\nint x = "s"',
      { 'lib/a.k': '\n int a = "é" + 1;' },
      'src/main.k',
    );
    expect(compilation.diagnostics.map(({ file, line, column }) => [file, line, column])).toEqual([
      ['src/main.k', 2, 9],
      ['lib/a.k', 2, 10],
    ]);
  });

  test('a definition in another file is named with it', () => {
    const { compilation } = compiled('import "a.k"\nint f() { return 1; }', { 'a.k': '\nint f() { return 2; }' });
    expect(compilation.diagnostics.map(({ hint }) => hint)).toEqual(['the first definition is in line 2 of a.k']);
  });

  test('a bracket that is not closed swallows nothing of the next file', () => {
    const { compilation } = compiled('import "a.k"\nOUT << 1;', { 'a.k': 'void f() {' });
    expect(compilation.diagnostics.map(({ code, file }) => [code, file])).toEqual([['K0206', 'a.k']]);
  });

  test('settings are those of the script, and stand in no other file', () => {
    const own = compiled('@Name("own")\nimport "a.k"\nint x = 1', { 'a.k': 'int a = 1' });
    expect(own.compilation.settings.name).toBe('own');
    const other = compiled('import "a.k"', { 'a.k': '@Name("a")\nint a = 1' });
    expect(other.compilation.diagnostics.map(({ code, file }) => [code, file])).toEqual([['K0207', 'a.k']]);
  });

  test('what is missing is reported where it is wanted, with the place where it was looked for', () => {
    const { compilation } = compiled('import "lib/a.k"', { 'lib/a.k': 'import "../../b.k"' });
    const [first] = compilation.diagnostics;
    expect(first).toMatchObject({ code: 'K0318', file: 'lib/a.k', line: 1 });
    expect(first!.hint).toContain(': ../b.k');
  });

  test('in the kernel a text alone is told the way out', () => {
    const { diagnostics } = compile('import "a.k"', '', { kernel: true });
    expect(diagnostics.map(({ code, hint }) => [code, hint])).toEqual([
      ['K0318', '`konoha load` sends what a script imports along with it'],
    ]);
  });

  test('a text that only looks like several files is one', () => {
    for (const text of [
      '#file 999999999999 a.k\nint x',
      '#file 5 a.k',
      '#file 0',
      '#file 1 a\nab',
      '#file x a\n',
      '#file 4294967295 a\n',
    ])
      expect(compile(text, 'x.k').errors, text).toBeGreaterThan(0);
  });
});
