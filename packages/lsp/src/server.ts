/** The language server. One process serves one editor, over the connection that it is given. */
import { fileURLToPath } from 'node:url';
import { EngineTrap, CompileMemoryError } from '@konoha/host-node';
import { format } from '@konoha/format';
import {
  createConnection,
  MarkupKind,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { check, type Home } from './check.js';
import { complete } from './complete.js';
import { hover } from './hover.js';
import { Script } from './script.js';

export type { Home } from './check.js';

/** A script is checked when nothing was typed for so long. */
const PAUSE_MS = 150;

/** Serves standard input and output; returns at once. The process ends when the editor says `exit`. */
export function serveStdio(home: Home): void {
  serve(createConnection(process.stdin, process.stdout), home);
}

/** Serves a connection. */
export function serve(connection: Connection, home: Home): void {
  const documents = new TextDocuments(TextDocument);
  const timers = new Map<string, NodeJS.Timeout>();

  connection.onInitialize((): InitializeResult => ({
    serverInfo: { name: 'konoha' },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      documentFormattingProvider: true,
      hoverProvider: true,
      completionProvider: { triggerCharacters: ['.'] },
    },
  }));

  const publish = (document: TextDocument): void => {
    const { uri, version } = document;
    const report = (diagnostics: ReturnType<typeof check>): void =>
      void connection.sendDiagnostics({ uri, version, diagnostics });
    try {
      report(check(document.getText(), nameOf(uri), home));
    } catch (error) {
      if (!(error instanceof EngineTrap || error instanceof CompileMemoryError)) throw error;
      connection.console.error(error.message);
      report([]);
    }
  };
  documents.onDidChangeContent(({ document }) => {
    clearTimeout(timers.get(document.uri));
    timers.set(
      document.uri,
      setTimeout(() => {
        timers.delete(document.uri);
        publish(document);
      }, PAUSE_MS),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });

  connection.onDocumentFormatting(({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    return document ? edits(document) : [];
  });
  connection.onHover(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    const found = document && hover(new Script(document.getText()), document.offsetAt(position));
    if (!found) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: { start: document.positionAt(found.start), end: document.positionAt(found.end) },
    };
  });
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    return document ? complete(new Script(document.getText()), document.offsetAt(position)) : [];
  });

  documents.listen(connection);
  connection.listen();
}

/** One edit for the whole text; none if it is formatted, or has errors of syntax. */
function edits(document: TextDocument): TextEdit[] {
  const text = document.getText();
  const result = format(text, nameOf(document.uri));
  if (result.status !== 'ok' || result.text === text) return [];
  return [{ range: { start: { line: 0, character: 0 }, end: document.positionAt(text.length) }, newText: result.text }];
}

/** A file's path; other documents by their address. */
function nameOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
