/** What is wrong with a script: records with a code, a span and up to three texts. Rendering is `render.ts`. */
import { SEVERITY_ERROR, K0903_TOO_MANY_ERRORS, severityOf } from './codes.generated';
import { IntVector } from '../support/vectors';
import { isLibraryOffset } from './lines';
import { Text } from '../support/texts';

/** Errors kept; one more is replaced by K0903. Warnings have a cap of their own. */
const MOST_ERRORS: i32 = 100;
const MOST_WARNINGS: i32 = 100;

// A record: code, start, end, three texts.
const WORDS: i32 = 6;
const records = new IntVector(128);
let errors: i32 = 0;
let warnings: i32 = 0;
let overflowed: bool = false;
let muted: bool = false;

/** Records nothing from here on, or all again. */
export function setMuted(value: bool): void {
  muted = value;
}

function field(index: i32, word: i32): i32 {
  return records.get(index * WORDS + word);
}

function known(code: i32, start: i32): bool {
  for (let i = diagnosticCount() - 1; i >= 0; i--) if (field(i, 0) == code && field(i, 1) == start) return true;
  return false;
}

/**
 * Records a diagnostic about the source bytes `start` … `end` - 1. The texts fill in %1, %2 and %3 (0: empty). The same
 * code at the same place counts once; after 100 errors K0903 stands for the rest. Nobody is warned of the library.
 */
export function report(code: i32, start: i32, end: i32, text1: Text = 0, text2: Text = 0, text3: Text = 0): void {
  if (muted) return;
  const isError = severityOf(code) == SEVERITY_ERROR;
  if (isError ? overflowed : warnings >= MOST_WARNINGS || isLibraryOffset(start)) return;
  if (known(code, start)) return;
  if (isError && errors == MOST_ERRORS) {
    overflowed = true;
    code = K0903_TOO_MANY_ERRORS;
  }
  if (isError) errors++;
  else warnings++;
  records.push(code);
  records.push(start);
  records.push(end < start ? start : end);
  records.push(text1);
  records.push(text2);
  records.push(text3);
}

/** Forgets all diagnostics. */
export function clearDiagnostics(): void {
  records.length = 0;
  errors = 0;
  warnings = 0;
  overflowed = false;
  muted = false;
}

/** Diagnostics of all severities. */
export function diagnosticCount(): i32 {
  return records.length / WORDS;
}

/** Diagnostics of severity error. */
export function errorCount(): i32 {
  return errors;
}

/** Code of diagnostic `index`. */
export function diagnosticCode(index: i32): i32 {
  return field(index, 0);
}
/** First byte of its span. */
export function diagnosticStart(index: i32): i32 {
  return field(index, 1);
}
/** Byte behind its span. */
export function diagnosticEnd(index: i32): i32 {
  return field(index, 2);
}
/** Its text for %`n`, 1 to 3. */
export function diagnosticText(index: i32, n: i32): Text {
  return field(index, 2 + n);
}

function isBehind(a: i32, b: i32): bool {
  if (field(a, 0) == K0903_TOO_MANY_ERRORS) return true;
  if (field(b, 0) == K0903_TOO_MANY_ERRORS) return false;
  return field(a, 1) > field(b, 1);
}

/** Puts the diagnostics in the order of their places in the source; K0903 stays last. */
export function sortDiagnostics(): void {
  // At most 201 records, nearly sorted: insertion sort, stable.
  for (let i = 1; i < diagnosticCount(); i++) {
    for (let j = i; j > 0 && isBehind(j - 1, j); j--) {
      for (let w = 0; w < WORDS; w++) {
        const at = j * WORDS + w;
        const kept = records.get(at);
        records.set(at, records.get(at - WORDS));
        records.set(at - WORDS, kept);
      }
    }
  }
}
