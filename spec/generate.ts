/**
 * Writes every generated table from `spec/`. `npx tsx spec/generate.ts` writes; `--check` only says which files
 * are stale and exits 1 if any is.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtinTables, builtinReference } from './generate-builtins.js';
import { diagnosticTables } from './generate-diagnostics.js';
import { opcodeTables, opcodeReference } from './generate-opcodes.js';
import { textMateGrammar } from './generate-textmate.js';
import { unitTables } from './generate-units.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** A hash of the tables that images depend on. */
function specHash(): number {
  const hash = createHash('sha256');
  for (const file of ['opcodes.ts', 'builtins.ts']) hash.update(readFileSync(join(root, 'spec', file)));
  return hash.digest().readUInt32LE(0) & 0x7fffffff;
}

const outputs: Record<string, string> = {
  'engine/bytecode/opcodes.generated.ts': opcodeTables(specHash()),
  'engine/bytecode/builtins.generated.ts': builtinTables(),
  'engine/diagnostics/codes.generated.ts': diagnosticTables(),
  'engine/library/units.generated.ts': unitTables(),
  'docs/opcodes.md': opcodeReference(),
  'docs/library.md': builtinReference(),
  'editors/konoha.tmLanguage.json': textMateGrammar(),
};

const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of Object.entries(outputs)) {
  const path = join(root, file);
  let old = '';
  try {
    old = readFileSync(path, 'utf8');
  } catch {
    // A missing file is a stale one.
  }
  if (old === text) continue;
  stale++;
  if (check) console.error(`stale: ${file} (run: npx tsx spec/generate.ts)`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    console.log(`wrote ${file}`);
  }
}
if (check && stale > 0) process.exit(1);
