import { scan, type Diagnostic } from '@konoha/host-node';

/** Codes of what another line may still close: a comment, an interpolation, a bracket. */
const OPEN = new Set(['K0103', 'K0109', 'K0206']);

/** May the entry go on in another line: is a bracket, a text over lines or a comment open, or an operand missing at its end? */
export function isOpen(text: string): boolean {
  const scanned = scan(text);
  if (scanned.errors === 0) return false;
  const lines = text.split('\n');
  // What comes first says what the rest means.
  const first = scanned.diagnostics.find(({ severity }) => severity === 'error');
  if (!first) return false;
  if (first.code === 'K0102') return /^@?"""/.test(behind(lines, first));
  return OPEN.has(first.code) || (isMissing(first) && behind(lines, first).trim() === '');
}

function isMissing({ code }: Diagnostic): boolean {
  return code === 'K0201' || code === 'K0202';
}

/** The text from where the diagnostic begins. */
function behind(lines: readonly string[], { line, column }: Diagnostic): string {
  const [own = '', ...rest] = lines.slice(line - 1);
  return [
    Array.from(own)
      .slice(column - 1)
      .join(''),
    ...rest,
  ].join('\n');
}
