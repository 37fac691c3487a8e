/** The server as an editor meets it: `konoha lsp` in a process of its own, and a real client on its pipes. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CompletionRequest,
  DefinitionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentFormattingRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ReferencesRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionItem,
  type DocumentSymbol,
  type Location,
  type MarkupContent,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';

const BIN = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'cli', 'bin', 'konoha.js');
const TIME = 60_000;

/** An editor with one server. */
class Editor {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly connection: ProtocolConnection;
  private readonly published: PublishDiagnosticsParams[] = [];
  private readonly waiting: ((params: PublishDiagnosticsParams) => void)[] = [];
  private documents = 0;

  constructor(...args: string[]) {
    this.child = spawn(process.execPath, [BIN, 'lsp', '--stdio', ...args]);
    this.child.stderr.pipe(process.stderr);
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.child.stdout),
      new StreamMessageWriter(this.child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      const next = this.waiting.shift();
      if (next) next(params);
      else this.published.push(params);
    });
    this.connection.listen();
  }

  async start(): Promise<unknown> {
    const { capabilities } = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return capabilities;
  }

  /** Opens a script; its address. */
  async open(text: string, uri = `file:///scripts/${++this.documents}.k`): Promise<string> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'konoha', version: 1, text },
    });
    return uri;
  }

  async change(uri: string, version: number, text: string): Promise<void> {
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /** The next diagnostics that come, or came and were not looked at. */
  async diagnostics(): Promise<PublishDiagnosticsParams> {
    return this.published.shift() ?? (await new Promise((resolve) => this.waiting.push(resolve)));
  }

  async format(uri: string): Promise<unknown> {
    return await this.connection.sendRequest(DocumentFormattingRequest.type, {
      textDocument: { uri },
      options: { tabSize: 8, insertSpaces: false },
    });
  }

  /** Markdown at the place, or null. */
  async hover(uri: string, line: number, character: number): Promise<string | null> {
    const answer = await this.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: { line, character },
    });
    return answer && (answer.contents as MarkupContent).value;
  }

  async complete(uri: string, line: number, character: number): Promise<CompletionItem[]> {
    return (await this.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri },
      position: { line, character },
    })) as CompletionItem[];
  }

  /** Where what stands at the place is declared: `file line:character`, both from 0; null: nowhere. */
  async definition(uri: string, line: number, character: number): Promise<string | null> {
    const answer = await this.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri },
      position: { line, character },
    });
    return answer && written(answer as Location);
  }

  async references(uri: string, line: number, character: number, includeDeclaration: boolean): Promise<string[]> {
    const answer = await this.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri },
      position: { line, character },
      context: { includeDeclaration },
    });
    return (answer ?? []).map(written).sort();
  }

  /** Lines, from 0, in which what stands at the place is named. */
  async highlights(uri: string, line: number, character: number): Promise<number[]> {
    const answer = await this.connection.sendRequest(DocumentHighlightRequest.type, {
      textDocument: { uri },
      position: { line, character },
    });
    return (answer ?? []).map(({ range }) => range.start.line).sort();
  }

  async symbols(uri: string): Promise<DocumentSymbol[]> {
    return (await this.connection.sendRequest(DocumentSymbolRequest.type, {
      textDocument: { uri },
    })) as DocumentSymbol[];
  }

  /** Exit status of the server's process. */
  async stop(): Promise<number | null> {
    const ended = once(this.child, 'exit');
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const [status] = (await ended) as [number | null];
    this.connection.dispose();
    return status;
  }
}

function written({ uri, range: { start } }: Location): string {
  return `${uri.split('/').at(-1)} ${start.line}:${start.character}`;
}

describe('konoha lsp', { timeout: TIME }, () => {
  const editor = new Editor();
  let capabilities: unknown;
  let status: number | null = null;

  beforeAll(async () => {
    capabilities = await editor.start();
  }, TIME);
  afterAll(async () => {
    status ??= await editor.stop();
  }, TIME);

  /** Opens a script and waits until it has been checked. */
  const open = async (text: string): Promise<string> => {
    const uri = await editor.open(text);
    await editor.diagnostics();
    return uri;
  };
  const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

  test('says what it can do', () => {
    expect(capabilities).toEqual({
      textDocumentSync: 2,
      documentFormattingProvider: true,
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      completionProvider: { triggerCharacters: ['.'] },
    });
  });

  test('diagnostics when a script is opened, changed and closed', async () => {
    const uri = await editor.open('String x = "木𠮷" + y;\n');
    expect(await editor.diagnostics()).toMatchObject({
      uri,
      version: 1,
      diagnostics: [
        {
          code: 'K0301',
          severity: 1,
          source: 'konoha',
          message: 'unknown name y',
          range: { start: { line: 0, character: 19 }, end: { line: 0, character: 20 } },
        },
      ],
    });
    await editor.change(uri, 2, 'void f() { int n = 1; }\n');
    expect(await editor.diagnostics()).toMatchObject({
      version: 2,
      diagnostics: [
        { code: 'K0606', severity: 2, message: 'n is never used\nhelp: remove it, or begin its name with unused' },
      ],
    });
    await editor.change(uri, 3, 'int x = 1\n');
    await editor.change(uri, 4, 'int x = 2\n');
    expect(await editor.diagnostics()).toEqual({ uri, version: 4, diagnostics: [] });
    await editor.close(uri);
    expect(await editor.diagnostics()).toEqual({ uri, diagnostics: [] });
  });

  test('a script of the kernel is checked by the rules of the kernel', async () => {
    await editor.open('@Name("hello")\nvoid Device.read(OutputStream out) { out << Kernel.time() << EOL; }\n');
    expect((await editor.diagnostics()).diagnostics).toEqual([]);
  });

  test('formatting', async () => {
    const uri = await open('int  x=1\nif(x==1){\nx=2 }');
    expect(await editor.format(uri)).toEqual([
      {
        range: { start: { line: 0, character: 0 }, end: { line: 2, character: 5 } },
        newText: 'int x = 1\nif (x == 1) {\n    x = 2\n}\n',
      },
    ]);
    expect(await editor.format(await open('int x = 1\n'))).toEqual([]);
    expect(await editor.format(await open('int x = (1\n'))).toEqual([]);
  });

  test('hover: members of a known class, of any class, and classes', async () => {
    const uri = await open('String s = "a"\nint n = s.indexOf("b")\nvar t = f().size()\nthrow new IO!!("x")\n');
    expect(await editor.hover(uri, 1, 12)).toBe(
      '```konoha\nint indexOf(String text, int from = 0)\n```\n\n**String**: Position of the first `text` at or behind `from`, or -1.',
    );
    const size = await editor.hover(uri, 2, 13);
    expect(size).toContain('**String**');
    expect(size).toContain('**Array**');
    expect(await editor.hover(uri, 3, 11)).toContain('class IO!! extends Exception');
    // Written in Konoha.
    const written = await open('Random r = new Random(1)\nr.below(6)\n"x".padLeft(3)\n');
    expect(await editor.hover(written, 0, 2)).toContain('class Random extends Object');
    expect(await editor.hover(written, 1, 3)).toContain('int below(int n)');
    expect(await editor.hover(written, 2, 6)).toContain('String padLeft(int width, String fill = " ")');
    expect(await editor.hover(uri, 1, 4)).toBe('```konoha\nint n\n```');
    expect(await editor.hover(uri, 1, 6)).toBeNull();
  });

  test('completion: members behind a dot, else words, classes and names', async () => {
    const uri = await open('String? name = null\nint[] xs = []\nwh\nxs.\nname.inde\nTask.\n');
    const ofArray = labels(await editor.complete(uri, 3, 3));
    expect(ofArray).toEqual(expect.arrayContaining(['size', 'sort', 'toString']));
    expect(ofArray).not.toContain('substring');
    expect(await editor.complete(uri, 4, 9)).toContainEqual(
      expect.objectContaining({ label: 'indexOf', kind: 2, detail: 'int indexOf(String text, int from = 0)' }),
    );
    expect(labels(await editor.complete(uri, 5, 5))).toEqual(['current']);
    const words = labels(await editor.complete(uri, 2, 2));
    expect(words).toEqual(expect.arrayContaining(['while', 'foreach', 'int', 'String', 'IO!!', 'name', 'xs']));
    expect(words).not.toContain('wh');
    expect(new Set(words).size).toBe(words.length);
  });

  const COUNTERS = [
    '// Counts.',
    'class Counter(int start) {', // 1
    '    int count = 0;',
    '    /** The next number,',
    '     *  from 1. */',
    '    int next() { return ++_count + this.start; }', // 5
    '}',
    'class Loud extends Counter { Loud() { super(1); } @Override int next() { return super.next() * 2; } }',
    'int Counter.twice(int by = 2) { return count * by; }', // 8
    'Counter c = new Loud();',
    'def run(Counter? from) { if (from != null) return from.next(); return c.twice(); }', // 10
    'OUT << "木${run(c)}" << c.count << EOL', // 11
    'Func<=>int> f = c.next',
    'foreach (name in ["a"]) OUT << name.size()',
    'int LIMIT = 3',
    'var g = (int n) => n + LIMIT',
  ].join('\n');

  test('definition: variables, functions, methods, fields, parameters and classes', async () => {
    const uri = await open(COUNTERS);
    const at = (line: number, text: string, skip = 0): Promise<string | null> =>
      editor.definition(uri, line, COUNTERS.split('\n')[line]!.indexOf(text) + skip);
    const file = uri.split('/').at(-1);
    expect(await at(5, '_count')).toBe(`${file} 2:8`);
    expect(await at(5, 'start')).toBe(`${file} 1:18`);
    expect(await at(7, 'Counter')).toBe(`${file} 1:6`);
    expect(await at(7, 'next() *')).toBe(`${file} 5:8`);
    expect(await at(8, 'by;')).toBe(`${file} 8:22`);
    expect(await at(10, 'next')).toBe(`${file} 5:8`);
    expect(await at(10, 'twice')).toBe(`${file} 8:12`);
    expect(await at(11, 'run')).toBe(`${file} 10:4`);
    expect(await at(11, 'c)')).toBe(`${file} 9:8`);
    expect(await at(11, 'count')).toBe(`${file} 2:8`);
    expect(await at(12, 'next')).toBe(`${file} 5:8`);
    expect(await at(13, 'name.size')).toBe(`${file} 13:9`);
    expect(await at(15, 'n + ')).toBe(`${file} 15:13`);
    expect(await at(14, 'LIMIT')).toBe(`${file} 14:4`);
    expect(await at(15, 'LIMIT')).toBe(`${file} 14:4`);
    // Of the library, and none at all.
    expect(await at(13, 'size')).toBeNull();
    expect(await at(0, 'Counts')).toBeNull();
    // While something is being typed, too.
    await editor.change(uri, 2, `${COUNTERS}\nint broken = c.`);
    await editor.diagnostics();
    expect(await at(11, 'run')).toBe(`${file} 10:4`);
    expect(labels(await editor.complete(uri, 16, 15))).toEqual(
      expect.arrayContaining(['next', 'twice', 'count', 'toString']),
    );
  });

  test('references and highlights', async () => {
    const uri = await open(COUNTERS);
    const file = uri.split('/').at(-1);
    expect(await editor.references(uri, 2, 8, true)).toEqual(
      [`${file} 2:8`, `${file} 5:26`, `${file} 8:39`, `${file} 11:25`].sort(),
    );
    expect(await editor.references(uri, 2, 8, false)).toHaveLength(3);
    expect(await editor.highlights(uri, 10, 4)).toEqual([10, 11].sort());
    expect(await editor.references(uri, 0, 4, true)).toEqual([]);
  });

  test('symbols of a document: classes with their members, methods from outside', async () => {
    const shown = (symbols: readonly DocumentSymbol[]): unknown[] =>
      symbols.map(({ name, detail, children }) => (children?.length ? [name, shown(children)] : `${name} | ${detail}`));
    expect(shown(await editor.symbols(await open(COUNTERS)))).toEqual([
      ['Counter', ['start | int Counter.start', 'count | int Counter.count', 'next | int Counter.next()']],
      ['Loud', ['Loud | new Loud()', 'next | int Loud.next()']],
      'Counter.twice | int Counter.twice(int by = 2)',
      'c | Counter c',
      'run | int run(Counter? from)',
      'f | Func<=>int> f',
      'LIMIT | int LIMIT',
      'g | Func<int=>int> g',
    ]);
  });

  test('hover: what the script declares, with its comment and what is known of it there', async () => {
    const uri = await open(COUNTERS);
    expect(await editor.hover(uri, 11, 25)).toBe('```konoha\nint Counter.count\n```');
    expect(await editor.hover(uri, 9, 2)).toBe('```konoha\nclass Counter(int start)\n```\n\nCounts.');
    expect(await editor.hover(uri, 12, 18)).toBe('```konoha\nint Counter.next()\n```\n\nThe next number,\nfrom 1.');
    expect(await editor.hover(uri, 10, 51)).toBe('```konoha\nCounter? from\n```\n\nhere: Counter');
    // Of the library, by the type of the value.
    expect(await editor.hover(uri, 13, 38)).toContain('**String**');
    expect(await editor.hover(uri, 13, 38)).not.toContain('**Array**');
  });

  test('an imported file: definitions in it, unsaved changes of it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'konoha-lsp-'));
    try {
      writeFileSync(join(folder, 'lib.k'), '// Half of it.\nint half(int n) { return n / 2; }\n');
      const uri = pathToFileURL(join(folder, 'main.k')).href;
      await editor.open('import "lib.k"\nOUT << half(4)\n', uri);
      await editor.diagnostics();
      expect(await editor.definition(uri, 1, 8)).toBe('lib.k 1:4');
      expect(await editor.definition(uri, 0, 9)).toBe('lib.k 0:0');
      expect(await editor.hover(uri, 1, 8)).toContain('Half of it.');
      expect(await editor.references(uri, 1, 8, true)).toEqual(['lib.k 1:4', 'main.k 1:7']);
      await editor.open('\n\nint half(int n) { return n / 2; }\n', pathToFileURL(join(folder, 'lib.k')).href);
      await editor.diagnostics();
      expect(await editor.definition(uri, 1, 8)).toBe('lib.k 2:4');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('an empty script, and one that is not there', async () => {
    const uri = await open('');
    expect(await editor.hover(uri, 0, 0)).toBeNull();
    expect(labels(await editor.complete(uri, 0, 0))).toContain('while');
    expect(await editor.format('file:///nowhere.k')).toEqual([]);
    expect(await editor.complete('file:///nowhere.k', 0, 0)).toEqual([]);
    expect(await editor.symbols(uri)).toEqual([]);
    expect(await editor.definition(uri, 0, 0)).toBeNull();
    expect(await editor.symbols('file:///nowhere.k')).toEqual([]);
    expect(await editor.definition('file:///nowhere.k', 0, 0)).toBeNull();
  });

  test('ends when the editor says so', async () => {
    status = await editor.stop();
    expect(status).toBe(0);
  });
});

test('--home: by the rules of one home', { timeout: TIME }, async () => {
  const editor = new Editor('--home', 'user');
  await editor.start();
  await editor.open('int t = Kernel.time();\n');
  expect((await editor.diagnostics()).diagnostics).toMatchObject([{ code: 'K0702' }]);
  expect(await editor.stop()).toBe(0);
});
