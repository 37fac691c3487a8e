/** Generates the engine's table of diagnostics from `diagnostics.ts`. */
import { diagnostics } from './diagnostics.js';

/** `engine/diagnostics/codes.generated.ts`: code constants, and texts by code as address and length of UTF-8. */
export function diagnosticTables(): string {
  const bytes: number[] = [];
  const put = (text: string): [number, number] => {
    const at = bytes.length;
    bytes.push(...Buffer.from(text, 'utf8'));
    return [at, Buffer.byteLength(text)];
  };
  const codes = new Set(diagnostics.map((d) => d.code));
  if (codes.size !== diagnostics.length) throw new Error('spec/diagnostics.ts: a code is used twice');
  const rows = diagnostics.flatMap((d) => [
    d.code,
    d.severity === 'error' ? 1 : 2,
    ...put(d.title),
    ...put(d.label),
    ...put(d.hint),
  ]);
  return [
    '// Generated from spec/ by spec/generate.ts; do not edit.',
    '',
    'export const SEVERITY_ERROR: i32 = 1;',
    'export const SEVERITY_WARNING: i32 = 2;',
    '',
    ...diagnostics.map(
      (d) =>
        `/** ${d.title.replaceAll('*/', '* /')} */\nexport const K${String(d.code).padStart(4, '0')}_${d.name}: i32 = ${d.code};`,
    ),
    '',
    `const rows: usize = memory.data<i32>([${rows.join(', ')}]);`,
    `const texts: usize = memory.data<u8>([${bytes.join(', ')}]);`,
    `const COUNT: i32 = ${diagnostics.length};`,
    '',
    '// A row: code, severity, then offset and length of title, label and hint.',
    'function column(code: i32, n: i32): i32 {',
    '  let low = 0;',
    '  let high = COUNT - 1;',
    '  while (low < high) {',
    '    const middle = (low + high) >>> 1;',
    '    if (load<i32>(rows + <usize>(middle * 32)) < code) low = middle + 1;',
    '    else high = middle;',
    '  }',
    '  return load<i32>(rows + <usize>(low * 32 + n * 4));',
    '}',
    '',
    '/** `SEVERITY_ERROR` or `SEVERITY_WARNING`. */',
    'export function severityOf(code: i32): i32 {',
    '  return column(code, 1);',
    '}',
    ...(['title', 'label', 'hint'] as const).flatMap((part, i) => [
      `/** Address of the ${part}'s UTF-8 text; %1 … %3 are to be filled in. */`,
      `export function ${part}Address(code: i32): usize {`,
      `  return texts + <usize>column(code, ${2 + i * 2});`,
      '}',
      `/** Length of the ${part} in bytes. */`,
      `export function ${part}Length(code: i32): i32 {`,
      `  return column(code, ${3 + i * 2});`,
      '}',
    ]),
    '',
  ].join('\n');
}
