/** Compiles `entry.ts` once per state of the sources, and gives each text a fresh instance. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const engine = fileURLToPath(new URL('../..', import.meta.url));
const cache = fileURLToPath(new URL('../../../build/test', import.meta.url));
const rooms = ['support', 'diagnostics', 'syntax', 'syntax/test'];

function sourcesHash(): string {
  const hash = createHash('sha256');
  for (const room of rooms) {
    for (const name of readdirSync(join(engine, room)).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(engine, room, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function build(): Promise<Buffer> {
  const file = join(cache, `syntax-${sourcesHash()}.wasm`);
  if (!existsSync(file)) {
    mkdirSync(cache, { recursive: true });
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    const draft = `${file}.${process.pid}`;
    const entry = join(engine, 'syntax/test/entry.ts');
    const result = await asc.main(
      [
        relative(root, entry),
        '--baseDir',
        root,
        '--runtime',
        'stub',
        '-O3',
        '--noAssert',
        '--exportMemory',
        '--outFile',
        relative(root, draft),
      ],
      {},
    );
    if (result.error) throw new Error(`asc: ${result.error.message}\n${result.stderr.toString()}`);
    renameSync(draft, file);
  }
  return readFileSync(file);
}

interface Exports {
  memory: WebAssembly.Memory;
  sourceAlloc(length: number): number;
  parseSource(): number;
  errorCount(): number;
  diagnosticCount(): number;
  render(format: number): number;
  renderLength(): number;
  textAddress(text: number): number;
  textLength(text: number): number;
}

/** A diagnostic as the JSON rendering gives it. */
export interface Diagnostic {
  code: string;
  severity: string;
  message: string;
  label: string;
  hint: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** A text that was parsed. */
export class Parsed {
  constructor(
    readonly root: number,
    private readonly exports: Exports,
  ) {}

  /** Word `index` of the node at `node`. */
  word(node: number, index: number): number {
    return new DataView(this.exports.memory.buffer).getInt32(node + index * 4, true);
  }

  /** An interned text. */
  text(text: number): string {
    const at = this.exports.textAddress(text);
    return Buffer.from(this.exports.memory.buffer, at, this.exports.textLength(text)).toString('utf8');
  }

  get errors(): number {
    return this.exports.errorCount();
  }

  /** The diagnostics as people see them: 0 plain, 1 ANSI, 2 JSON lines. */
  render(format: 0 | 1 | 2): string {
    const at = this.exports.render(format);
    return Buffer.from(this.exports.memory.buffer, at, this.exports.renderLength()).toString('utf8');
  }

  get diagnostics(): Diagnostic[] {
    return this.render(2)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Diagnostic);
  }

  /** `K0201 2:5` for each diagnostic. */
  get codes(): string[] {
    return this.diagnostics.map((d) => `${d.code} ${d.line}:${d.column}`);
  }
}

const module = new WebAssembly.Module(new Uint8Array(await build()));

/** Parses a text in a fresh instance. `safepoint` answers whether to stop. */
export function parse(source: string | Uint8Array, safepoint: () => number = () => 0): Parsed {
  const bytes = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  const instance = new WebAssembly.Instance(module, {
    env: {
      safepoint,
      abort: () => {
        throw new Error('the engine aborted');
      },
    },
  });
  const exports = instance.exports as unknown as Exports;
  const at = exports.sourceAlloc(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, at);
  const root = exports.parseSource();
  return new Parsed(root, exports);
}
