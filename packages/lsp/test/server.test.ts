/** The server as an editor meets it: `konoha lsp` in a process of its own, and a real client on its pipes. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CompletionRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentFormattingRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionItem,
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
  async open(text: string): Promise<string> {
    const uri = `file:///scripts/${++this.documents}.k`;
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
      diagnostics: [{ code: 'K0606', severity: 2, message: 'n is never used\nhelp: remove it' }],
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
    expect(await editor.hover(uri, 1, 4)).toBeNull();
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

  test('an empty script, and one that is not there', async () => {
    const uri = await open('');
    expect(await editor.hover(uri, 0, 0)).toBeNull();
    expect(labels(await editor.complete(uri, 0, 0))).toContain('while');
    expect(await editor.format('file:///nowhere.k')).toEqual([]);
    expect(await editor.complete('file:///nowhere.k', 0, 0)).toEqual([]);
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
