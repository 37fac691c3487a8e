/** Test build of diagnostics and syntax: parses a text and renders what is wrong; the tree is read from memory. */
import { diagnosticCount, errorCount, sortDiagnostics } from '../../diagnostics/diagnostics';
import { startLines } from '../../diagnostics/lines';
import { renderDiagnostics } from '../../diagnostics/render';
import { allocate } from '../../support/arena';
import { internLiteral, textAddress, textLength } from '../../support/texts';
import { ByteVector } from '../../support/vectors';
import { parse } from '../parser';

export { textAddress, textLength, diagnosticCount, errorCount };

let source: usize = 0;
let bytes: i32 = 0;
let output = new ByteVector(16);

/** Address of `length` bytes for the source. */
export function sourceAlloc(length: i32): usize {
  source = allocate(<usize>(length + 1));
  bytes = length;
  return source;
}

/** Parses the source; the address of its ROOT. */
export function parseSource(): usize {
  const root = parse(source, bytes);
  sortDiagnostics();
  startLines(source, bytes, internLiteral('test.k'));
  return root;
}

/** Renders the diagnostics; the address of the text. */
export function render(format: i32): usize {
  output = new ByteVector(4096);
  renderDiagnostics(output, format);
  return output.address();
}
export function renderLength(): i32 {
  return output.length;
}
