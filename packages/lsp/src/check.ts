/** The engine's diagnostics in the protocol's form. */
import { readFileSync } from 'node:fs';
import { normalize } from 'node:path/posix';
import { bundle, compile, type Compilation, type Diagnostic } from '@konoha/host-node';
import { DiagnosticSeverity, type Diagnostic as ProtocolDiagnostic, type Position } from 'vscode-languageserver';

/** By which rules scripts are checked; `either`: by those of the home in which it has fewer errors. */
export type Home = 'kernel' | 'user' | 'either';

export function check(text: string, name: string, home: Home): ProtocolDiagnostic[] {
  const lines = text.split('\n');
  const whole = bundle(name, Buffer.from(text), readImported);
  const isOwn = ({ file }: Diagnostic): boolean => file === name || file === normalize(name);
  return compileFor(whole, name, home)
    .diagnostics.filter(isOwn)
    .map((diagnostic) => convert(diagnostic, lines));
}

/** As it is on the disk. */
function readImported(name: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(name));
  } catch {
    return null;
  }
}

function compileFor(text: Uint8Array, name: string, home: Home): Compilation {
  const first = compile(text, name, { kernel: home === 'kernel' });
  if (home !== 'either' || first.errors === 0) return first;
  const second = compile(text, name, { kernel: true });
  return second.errors < first.errors ? second : first;
}

function convert(diagnostic: Diagnostic, lines: readonly string[]): ProtocolDiagnostic {
  const { code, severity, message, label, hint, line, column, endLine, endColumn } = diagnostic;
  const details = [label, hint && `help: ${hint}`].filter(Boolean);
  return {
    range: { start: position(lines, line, column), end: position(lines, endLine, endColumn) },
    severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    code,
    source: 'konoha',
    message: [message, ...details].join('\n'),
  };
}

/** Lines and columns from 1, in characters, to those of the protocol: from 0, in UTF-16. */
function position(lines: readonly string[], line: number, column: number): Position {
  const text = (lines[line - 1] ?? '').replace(line === 1 ? /^\ufeff/ : /$^/, '');
  return { line: line - 1, character: [...text].slice(0, column - 1).join('').length };
}
