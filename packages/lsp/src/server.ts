/** The language server. One process serves one editor, over the connection that it is given. */
import { readFileSync } from 'node:fs';
import { dirname, normalize, resolve } from 'node:path/posix';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { EngineTrap, CompileMemoryError } from '@konoha/host-node';
import { format } from '@konoha/format';
import {
  createConnection,
  DocumentHighlightKind,
  MarkupKind,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeResult,
  type Location,
  type Position,
  type TextEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Analysis, type Span } from './analysis.js';
import { check, type Home } from './check.js';
import { complete } from './complete.js';
import { hover } from './hover.js';
import { outline } from './outline.js';
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
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      documentSymbolProvider: true,
      completionProvider: { triggerCharacters: ['.'] },
    },
  }));

  // The text of a file as it is being edited, or as it lies on the disk; null: there is none.
  const textOf = (file: string): string | null => {
    const open = documents.all().find(({ uri }) => normalize(nameOf(uri)) === file);
    if (open) return open.getText();
    try {
      return readFileSync(file, 'utf8');
    } catch {
      return null;
    }
  };
  // What was found out of each open document, until something is typed anywhere.
  const analyses = new Map<string, Analysis>();
  const analyse = (document: TextDocument): Analysis | undefined => {
    try {
      return new Analysis(document.getText(), nameOf(document.uri), home, textOf);
    } catch (error) {
      if (!(error instanceof EngineTrap || error instanceof CompileMemoryError)) throw error;
      connection.console.error(error.message);
      return undefined;
    }
  };
  const analysisOf = (document: TextDocument): Analysis | undefined => {
    const made = analyses.get(document.uri) ?? analyse(document);
    if (made) analyses.set(document.uri, made);
    return made;
  };
  const locate = (analysis: Analysis, { file, start, end }: Span, own: string): Location => {
    const uri = file === normalize(nameOf(own)) ? own : pathToFileURL(resolve(file)).href;
    const text = TextDocument.create(uri, 'konoha', 0, analysis.text(file));
    return { uri, range: { start: text.positionAt(start), end: text.positionAt(end) } };
  };
  const mentioned = (uri: string, position: Position): Span[] => {
    const document = documents.get(uri);
    const analysis = document && analysisOf(document);
    const here = analysis?.at(normalize(nameOf(uri)), document!.offsetAt(position));
    return here ? analysis!.mentions.filter(({ target }) => target === here.target) : [];
  };

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
    analyses.clear();
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
    analyses.clear();
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
    if (!document) return null;
    const file = normalize(nameOf(uri));
    const found = hover(new Script(document.getText()), document.offsetAt(position), analysisOf(document), file);
    if (!found) return null;
    return {
      contents: { kind: MarkupKind.Markdown, value: found.markdown },
      range: { start: document.positionAt(found.start), end: document.positionAt(found.end) },
    };
  });
  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    if (!document) return [];
    const file = normalize(nameOf(uri));
    const text = document.getText();
    const offset = document.offsetAt(position);
    // A name that may be typed behind the dot, so that what is in front of it can be made out.
    const typed = TextDocument.create(uri, 'konoha', 0, `${text.slice(0, offset)}x;${text.slice(offset)}`);
    const analysis = text[offset - 1] === '.' ? analyse(typed) : analysisOf(document);
    return complete(new Script(text), offset, analysis, file);
  });
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    const analysis = document && analysisOf(document);
    if (!analysis) return null;
    const file = normalize(nameOf(uri));
    const offset = document.offsetAt(position);
    const imported = importedAt(new Script(document.getText()), offset);
    if (imported !== null) {
      const wanted = resolve(dirname(file), imported);
      return textOf(wanted) === null ? null : locate(analysis, { file: wanted, start: 0, end: 0 }, uri);
    }
    const target = analysis.at(file, offset)?.target;
    const name = target !== undefined && typeof target !== 'string' ? analysis.nameOf(target) : undefined;
    return name ? locate(analysis, name, uri) : null;
  });
  connection.onReferences(({ textDocument: { uri }, position, context: { includeDeclaration } }) => {
    const document = documents.get(uri);
    const analysis = document && analysisOf(document);
    return mentioned(uri, position)
      .filter((span) => includeDeclaration || !analysis!.isDeclaration(span))
      .map((span) => locate(analysis!, span, uri));
  });
  connection.onDocumentHighlight(({ textDocument: { uri }, position }) => {
    const document = documents.get(uri);
    const file = normalize(nameOf(uri));
    return mentioned(uri, position)
      .filter((span) => span.file === file)
      .map(({ start, end }) => ({
        kind: DocumentHighlightKind.Text,
        range: { start: document!.positionAt(start), end: document!.positionAt(end) },
      }));
  });
  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const document = documents.get(uri);
    const analysis = document && analysisOf(document);
    if (!analysis) return [];
    return outline(analysis, normalize(nameOf(uri)), (span) => locate(analysis, span, uri).range);
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

/** The path that an `import` names, if the offset is in it. */
function importedAt(script: Script, offset: number): string | null {
  const index = script.tokenAt(offset);
  const token = script.tokens[index];
  const isPath = token?.class === 'string' && script.tokens[index - 1]?.text === 'import';
  return isPath ? token.text.slice(1, -1) : null;
}

/** A file's path; other documents by their address. */
function nameOf(uri: string): string {
  return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
}
