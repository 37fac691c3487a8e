/**
 * Run anytime: an ill-typed statement is reported, and raises `Type!!` if it is reached; the rest of the program is
 * compiled as ever. Each error is put down to the innermost statement that was being checked; a program with one that
 * belongs to none (a declaration, the value of a field) is rejected as ever.
 */
import { errorCount, diagnosticCode, diagnosticCount } from '../diagnostics/diagnostics';
import { K0605_UNREACHABLE, SEVERITY_ERROR, severityOf } from '../diagnostics/codes.generated';
import { Node } from '../syntax/ast';
import { innermostStatement, takeSawError } from './frames';
import { TextMap } from './lookup';

/** Is the program to be run as far as it goes? */
export let isLenient: bool = false;

/** Per ill-typed statement the index of its diagnostic. */
let statements = new TextMap();
// Errors that statements answer for.
let forgiven: i32 = 0;

export function startLenient(): void {
  isLenient = true;
}

/** Are there errors that no statement answers for? */
export function isRejected(): bool {
  return errorCount() > forgiven;
}

/** Notes what the last step of checking found wrong, `before` being the errors there were in front of it. */
export function blame(before: i32): void {
  const sawError = takeSawError();
  if (errorCount() == before && !sawError) return;
  // Code that is never reached needs nobody who answers for it.
  const last = lastError();
  if (errorCount() > before && diagnosticCode(last) == K0605_UNREACHABLE) {
    forgiven += errorCount() - before;
    return;
  }
  const n = innermostStatement();
  if (n == 0) return;
  forgiven += errorCount() - before;
  if (last >= 0 && statements.get(<i32>n) < 0) statements.set(<i32>n, last);
}

/** Puts the last error down to a statement of the top level, which was checked before. */
export function putDown(statement: Node): void {
  forgiven++;
  if (statements.get(<i32>statement) < 0) statements.set(<i32>statement, lastError());
}

/** Forgives errors that the code generator answers for itself. */
export function forgive(count: i32): void {
  forgiven += count;
}

/** Index of the last error; -1: none. */
export function lastError(): i32 {
  for (let i = diagnosticCount() - 1; i >= 0; i--) if (severityOf(diagnosticCode(i)) == SEVERITY_ERROR) return i;
  return -1;
}

/** Index of the diagnostic of a statement that is ill-typed; -1: it is not. */
export function diagnosticOf(statement: Node): i32 {
  return isLenient ? statements.get(<i32>statement) : -1;
}
