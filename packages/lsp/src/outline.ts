/** What a script declares, as editors show it beside the text. */
import type { Declaration, DeclarationKind } from '@konoha/host-node';
import { SymbolKind, type DocumentSymbol, type Range } from 'vscode-languageserver';
import type { Analysis, Span } from './analysis.js';

const KINDS: Partial<Record<DeclarationKind, SymbolKind>> = {
  class: SymbolKind.Class,
  interface: SymbolKind.Interface,
  method: SymbolKind.Method,
  constructor: SymbolKind.Constructor,
  function: SymbolKind.Function,
  field: SymbolKind.Field,
  variable: SymbolKind.Variable,
  constant: SymbolKind.Constant,
};

/** Classes with their members, functions and variables of the top level of one file, in the order of its text. */
export function outline(analysis: Analysis, file: string, range: (span: Span) => Range): DocumentSymbol[] {
  const own = analysis.declarations.filter((d) => d.file === file).sort((a, b) => a.start - b.start);
  const inside = (d: Declaration, c: Declaration): boolean => d.container === c && d.start >= c.start && d.end <= c.end;
  const symbol = (d: Declaration): DocumentSymbol[] => {
    const kind = KINDS[d.kind];
    const name = analysis.nameOf(d);
    if (kind === undefined || !name) return [];
    const isClass = d.kind === 'class' || d.kind === 'interface';
    // A method that is added from outside says of which class.
    const isOutside = d.kind === 'method' && !own.some((c) => inside(d, c));
    const span = analysis.span(d);
    return [
      {
        name: isOutside ? /[\w!.]+(?=\()/.exec(d.signature)![0] : d.name,
        detail: d.signature,
        kind,
        range: range(span),
        selectionRange: range(name),
        ...(isClass ? { children: own.filter((member) => inside(member, d)).flatMap(symbol) } : {}),
      },
    ];
  };
  return own.filter((d) => !own.some((c) => inside(d, c))).flatMap(symbol);
}
