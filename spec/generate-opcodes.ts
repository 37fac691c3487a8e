/** Generates the opcode enum, the operand table and the reference page from `opcodes.ts`. */
import { opcodes, userOnly, type Opcode, type Operand, type WideOperand } from './opcodes.js';

const operandKinds: readonly Operand[] = [
  'none',
  'wi',
  'wr',
  'w',
  'ri',
  'rr',
  'r',
  'win',
  'imm16',
  'n',
  'off16',
  'field',
  'vslot',
  'class',
];
const wideKinds: readonly WideOperand[] = [
  'imm32',
  'off32',
  'int',
  'string',
  'class',
  'method',
  'native',
  'global',
  'host',
  'site',
  'kinds',
  'type',
];

const banner = '// Generated from spec/ by spec/generate.ts; do not edit.\n\n';

/** Kind codes: 0 … 13 narrow operands, 32 + k wide ones (in the B column; C is then 0). */
function kindsOf(op: Opcode): [number, number, number] {
  const narrow = (k: Operand | undefined): number => operandKinds.indexOf(k ?? 'none');
  return op.bx !== undefined
    ? [narrow(op.a), 32 + wideKinds.indexOf(op.bx), 0]
    : [narrow(op.a), narrow(op.b), narrow(op.c)];
}

const constName = (prefix: string, kind: string): string => `${prefix}${kind.toUpperCase()}`;

/** `engine/bytecode/opcodes.generated.ts`: constants only, so that both builds pay nothing for unused names. */
export function opcodeTables(hash: number): string {
  const lines = [banner.trimEnd(), '', `export const SPEC_HASH: u32 = ${hash};`, ''];
  opcodes.forEach((op, i) => lines.push(`/** ${op.text} */`, `export const OP_${op.name}: i32 = ${i};`));
  const place = (name: string): number => opcodes.findIndex((op) => op.name === name);
  lines.push(
    `export const OPCODES: i32 = ${opcodes.length};`,
    '/** From here to there: opcodes that a kernel does not have. */',
    `export const OP_FIRST_USER: i32 = ${place(userOnly.first)};`,
    `export const OP_LAST_USER: i32 = ${place(userOnly.last)};`,
    '',
    '// Operand kinds',
  );
  operandKinds.forEach((k, i) => lines.push(`export const ${constName('K_', k)}: i32 = ${i};`));
  wideKinds.forEach((k, i) => lines.push(`export const ${constName('KX_', k)}: i32 = ${32 + i};`));
  const bytes = opcodes.flatMap(kindsOf);
  lines.push('', '/** Three bytes an opcode: kinds of A, B (or Bx), C. */');
  lines.push(`const operandKinds: usize = memory.data<u8>([${bytes.join(', ')}]);`, '');
  lines.push('/** Kind of operand `n` (0: A, 1: B or Bx, 2: C) of `op`. */');
  lines.push(
    'export function operandKind(op: i32, n: i32): i32 {',
    '  return <i32>load<u8>(operandKinds + <usize>(op * 3 + n));',
    '}',
    '',
  );
  const names = opcodes.map((o) => o.name.padEnd(8, ' '));
  lines.push('/** Eight bytes an opcode: its name, padded with spaces. */');
  lines.push(
    `const names: usize = memory.data<u8>([${[...names.join('')].map((c) => c.charCodeAt(0)).join(', ')}]);`,
    '',
  );
  lines.push('/** Address of the 8-byte, space-padded ASCII name of `op`. */');
  lines.push('export function opcodeName(op: i32): usize {', '  return names + <usize>(op * 8);', '}', '');
  return lines.join('\n');
}

/** `docs/opcodes.md`. */
export function opcodeReference(): string {
  const rows = opcodes.map((op, i) => {
    const operands =
      op.bx !== undefined ? [`A:${op.a}`, `Bx:${op.bx}`] : [`A:${op.a}`, `B:${op.b ?? 'none'}`, `C:${op.c ?? 'none'}`];
    return `| ${i} | \`${op.name}\` | ${operands.filter((o) => !o.endsWith('none')).join(' ')} | ${op.text.replaceAll('|', '\\|')} |`;
  });
  return [
    '# Opcodes',
    '',
    '<!-- Generated from spec/opcodes.ts by spec/generate.ts; do not edit. -->',
    '',
    'An instruction is 8 bytes: `op`, `A`, `B`, `C`, 16 bits each; `Bx` is B and C as one signed 32-bit number. `R[x]` is slot x of the frame.',
    'Operand kinds: `w`/`r` a slot written/read (`i` integer, `r` reference), `win` a call window. Exceptions stand behind `!`.',
    `\`${userOnly.first}\` to \`${userOnly.last}\` are there in user space only: an image that has one says so in its header, and the kernel's verifier refuses it.`,
    '',
    '| # | name | operands | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
