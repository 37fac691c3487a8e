/** Compiles a script and checks what the compiler says of it. */
import { isUtf8 } from 'node:buffer';
import { CompileMemoryError, EngineTrap, compile, type Compilation } from '@konoha/host-node';
import { BOUND_DECLARATIONS, namesBound } from './bound.js';
import { ContractError, TrapError, demand } from './contract.js';

export interface CompileResult {
  /** null: rejected, or out of compile memory. */
  readonly image: Uint8Array | null;
  readonly outOfMemory: boolean;
  /** JSON lines: what a second compilation must repeat. */
  readonly diagnostics: string;
}

const NAME = 'fuzz.k';

/** Compiles; a script that names the classes of `bound.ts` with their declarations. @throws TrapError, ContractError */
export function compileChecked(source: Uint8Array, kernel: boolean): CompileResult {
  let compilation: Compilation;
  try {
    compilation = compile(source, NAME, { kernel, bindings: namesBound(source) ? [BOUND_DECLARATIONS] : [] });
    const diagnostics = compilation.render('json');
    if (diagnostics !== '') checkDiagnostics(source, compilation, diagnostics);
    demand(compilation.errors >= 0, () => `compile answers ${compilation.errors}`);
    if (compilation.errors > 0) {
      demand(diagnostics !== '', () => `${compilation.errors} errors and no diagnostic`);
      return { image: null, outOfMemory: false, diagnostics };
    }
    demand(compilation.disassemble().length > 0, () => 'an empty listing');
    return { image: compilation.image, outOfMemory: false, diagnostics };
  } catch (error) {
    if (error instanceof CompileMemoryError) return { image: null, outOfMemory: true, diagnostics: '' };
    if (error instanceof EngineTrap) throw new TrapError(`compiler: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Every position lies in the text, every message is whole. */
function checkDiagnostics(source: Uint8Array, compilation: Compilation, json: string): void {
  const lines = Buffer.from(source).toString('utf8').split('\n');
  let errors = 0;
  let parsed;
  try {
    parsed = compilation.diagnostics;
  } catch {
    throw new ContractError(`the JSON rendering cannot be parsed: ${json.slice(0, 200)}`);
  }
  for (const one of parsed) {
    const where = `${one.code} at ${one.line}:${one.column}–${one.endLine}:${one.endColumn}`;
    if (one.severity === 'error') errors++;
    demand(one.line >= 1 && one.line <= lines.length, () => `${where}: the text has ${lines.length} lines`);
    const width = (line: number): number => (lines[line - 1] ?? '').length + 1;
    // Columns count characters; broken UTF-8 and pairs make the text here no shorter than that.
    demand(
      one.column >= 1 && one.column <= width(one.line) + 1,
      () => `${where}: the line has ${width(one.line)} columns`,
    );
    demand(one.endLine >= one.line && one.endLine <= lines.length, () => `${where}: it ends outside of the text`);
    demand(one.endLine > one.line || one.endColumn >= one.column, () => `${where}: it ends before it begins`);
    demand(one.message !== '', () => `${where}: it says nothing`);
  }
  demand(errors === compilation.errors, () => `compile answers ${compilation.errors}, rendered are ${errors} errors`);
  // Bad bytes and control characters are shown as U+FFFD; without any, nothing may be cut in two.
  if (isUtf8(source) && !/[\ufffd\p{C}\p{Zl}\p{Zp}]/u.test(lines.join('')))
    for (const format of ['plain', 'ansi'] as const)
      demand(!compilation.render(format).includes('\ufffd'), () => `the ${format} rendering is not UTF-8`);
}
