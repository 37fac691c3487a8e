/** The flat tree as an s-expression, for tests. */
import type { Parsed } from './syntax-wasm.js';

// Per kind: its name, then what each word from `a` on holds: n node, l list, t text, i number.
const kinds: Record<number, [string, string]> = {
  1: ['', 'tl'],
  2: ['[]', 'n'],
  3: ['?', 'n'],
  4: ['var', ''],
  5: ['func', 'ln'],
  6: ['tuple', 'l'],
  7: ['..', 'n'],
  8: ['<>', 'tn'],
  11: ['str', 't'],
  12: ['bool', 'i'],
  13: ['null', ''],
  14: ['interp', 'l'],
  15: ['', 't'],
  16: ['_', 't'],
  17: ['this', ''],
  18: ['super', ''],
  19: ['.', 'nt'],
  20: ['index', 'nn'],
  21: ['call', 'nl'],
  22: ['new', 'nl'],
  23: ['new[]', 'nn'],
  24: ['array', 'l'],
  40: ['map', 'l'],
  25: ['unary', 'n'],
  26: ['inc', 'n'],
  27: ['binary', 'nn'],
  28: ['and', 'nn'],
  29: ['or', 'nn'],
  30: ['cond', 'nnn'],
  31: ['=', 'nn'],
  32: ['cast', 'nn'],
  33: ['instanceof', 'nn'],
  34: ['??', 'nn'],
  35: ['error', ''],
  36: ['lambda', 'ln'],
  50: ['block', 'l'],
  51: ['variable', 'ntn'],
  52: ['', 'n'],
  53: ['if', 'nnn'],
  54: ['while', 'nn'],
  55: ['do', 'nn'],
  56: ['for', 'lnln'],
  57: ['foreach', 'ntnn'],
  58: ['label', 'tn'],
  59: ['switch', 'nl'],
  60: ['case', 'nl'],
  61: ['break', 't'],
  62: ['continue', 't'],
  63: ['return', 'n'],
  64: ['throw', 'n'],
  65: ['try', 'nln'],
  66: ['catch', 'ntn'],
  67: ['assert', 'nn'],
  68: ['print', 'l'],
  69: ['empty', ''],
  70: ['sequence', 'l'],
  80: ['root', 'l----l'],
  81: ['function', 'ntlntl--l'],
  82: ['parameter', 'ntn'],
  83: ['class', 'tnllll--l'],
  84: ['field', 'ntn--l'],
  85: ['@', 'tl'],
};
const unary = ['', 'neg', 'not', 'complement', 'plus'];
const increment = ['', 'pre++', 'pre--', 'post++', 'post--'];
const binary = [
  '',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'to',
  'until',
  'in?',
];

/** Every child of a list. */
function list(parsed: Parsed, first: number): number[] {
  const nodes: number[] = [];
  for (let node = first; node !== 0; node = parsed.word(node, 3)) nodes.push(node);
  return nodes;
}

/** The tree under `node`; missing parts at the end are left out, others are `-`. */
export function dump(parsed: Parsed, node = parsed.root): string {
  const kind = parsed.word(node, 0) & 0xffff;
  const op = parsed.word(node, 0) >>> 16;
  if (kind === 10) {
    return String((BigInt(parsed.word(node, 5)) << 32n) | BigInt(parsed.word(node, 4) >>> 0));
  }
  if (kind === 45) {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setInt32(0, parsed.word(node, 5));
    bits.setInt32(4, parsed.word(node, 4));
    return String(bits.getFloat64(0));
  }
  if (kind === 11) return JSON.stringify(parsed.text(parsed.word(node, 4)));
  if (kind === 12) return parsed.word(node, 4) === 1 ? 'true' : 'false';
  const known = kinds[kind];
  if (known === undefined) throw new Error(`no node of kind ${kind}`);
  let name = known[0];
  if (kind === 25) name = unary[op]!;
  if (kind === 26) name = increment[op]!;
  if (kind === 27) name = binary[op]!;
  if (kind === 31 && op !== 0) name = `${binary[op]}=`;
  if ((kind === 51 || kind === 84) && op === 1) name = `final-${name}`;
  if (kind === 83 && op === 1) name = 'interface';
  const parts = [...known[1]].map((what, i) => {
    const value = parsed.word(node, 4 + i);
    if (what === '-') return '';
    if (what === 'l')
      return list(parsed, value)
        .map((n) => dump(parsed, n))
        .join(' ');
    if (value === 0) return '-';
    return what === 't' ? parsed.text(value) : dump(parsed, value);
  });
  while (parts.length > 0 && (parts[parts.length - 1] === '-' || parts[parts.length - 1] === '')) parts.pop();
  const inner = parts.filter((part) => part !== '');
  if (name === '' || name === '_') return name + inner.join(' ');
  return inner.length === 0 && ['var', 'null', 'this', 'super', 'error', 'empty'].includes(name)
    ? name
    : `(${[name, ...inner].join(' ')})`;
}
