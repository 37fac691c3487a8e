/** Reporting from the checker: codes with nodes, and suggestions for misspelt names. */
import { endOf, Node, startOf } from '../syntax/ast';
import { report } from '../diagnostics/diagnostics';
import { ByteVector, IntVector } from '../support/vectors';
import { internBytes, Text, textAddress, textByte, textLength } from '../support/texts';

/** Reports `code` at `node`. */
export function problem(code: i32, node: Node, first: Text = 0, second: Text = 0, third: Text = 0): void {
  report(code, startOf(node), endOf(node), first, second, third);
}

/** The text of a literal followed by another text; for hints. */
export function joined(before: string, text: Text, after: string): Text {
  const out = new ByteVector();
  out.text(before);
  out.bytes(textAddress(text), textLength(text));
  out.text(after);
  return internBytes(out);
}

/** A number as text. */
export function numberText(value: i64): Text {
  const out = new ByteVector(24);
  out.decimal(value);
  return internBytes(out);
}

/** `IO!!` of `IOException`; other names unchanged. */
export function displayName(name: Text): Text {
  const suffix = 'Exception';
  const length = textLength(name);
  if (length <= suffix.length) return name;
  for (let i = 0; i < suffix.length; i++) {
    if (textByte(name, length - suffix.length + i) != suffix.charCodeAt(i)) return name;
  }
  const out = new ByteVector();
  out.bytes(textAddress(name), length - suffix.length);
  out.text('!!');
  return internBytes(out);
}

let wanted: Text = 0;
let best: Text = 0;
let bestDistance: i32 = 0;

/** Begins the search for a name like `name`. */
export function startSuggestion(name: Text): void {
  wanted = name;
  best = 0;
  bestDistance = textLength(name) <= 3 ? 2 : 3;
}

/** Offers one candidate. */
export function consider(candidate: Text): void {
  if (candidate == 0 || textLength(candidate) > 40 || textLength(wanted) > 40) return;
  const distance = editDistance(wanted, candidate);
  if (distance < bestDistance) {
    bestDistance = distance;
    best = candidate;
  }
}

/** `did you mean …?`, or the empty text. */
export function suggestion(): Text {
  return best == 0 ? 0 : joined('did you mean ', displayName(best), '?');
}

function lower(c: i32): i32 {
  return c >= 65 && c <= 90 ? c + 32 : c;
}

// Levenshtein over bytes, case ignored, one row at a time.
function editDistance(a: Text, b: Text): i32 {
  const n = textLength(b);
  const row = new IntVector(n + 2);
  for (let j = 0; j <= n; j++) row.push(j);
  for (let i = 0; i < textLength(a); i++) {
    let diagonal = row.get(0);
    row.set(0, i + 1);
    for (let j = 0; j < n; j++) {
      const change = diagonal + (lower(textByte(a, i)) == lower(textByte(b, j)) ? 0 : 1);
      diagonal = row.get(j + 1);
      let least = (row.get(j) > diagonal ? diagonal : row.get(j)) + 1;
      if (change < least) least = change;
      row.set(j + 1, least);
    }
  }
  return row.get(n);
}
