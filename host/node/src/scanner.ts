import { parseDiagnostics, type Diagnostic } from './diagnostic.js';
import { engineModule } from './engine-module.js';
import { Instance } from './instance.js';

/** What a token is to a tool, in the order of `engine/abi/tools.ts`. */
const CLASSES = [
  'bad',
  'name',
  'field',
  'annotation',
  'number',
  'string',
  'stringHead',
  'stringMiddle',
  'stringTail',
  'regex',
  'punctuation',
  'primitive',
  'reserved',
  'softWord',
] as const;
/** Words of a row: start, end, class, does it begin a line. */
const COLUMNS = 4;
export type TokenClass = (typeof CLASSES)[number];

/** A token of the engine's own lexer. */
export interface Token {
  readonly class: TokenClass;
  readonly text: string;
  /** Offsets into the JavaScript string. */
  readonly start: number;
  readonly end: number;
  /** Does a line begin between the token before it and this one? */
  readonly newLine: boolean;
}

/** A text that was lexed and parsed, but not checked. */
export class Scan {
  constructor(
    private readonly instance: Instance,
    /** Errors of tokens and syntax. */
    readonly errors: number,
    readonly tokens: readonly Token[],
  ) {}

  /** All diagnostics as text; empty if there are none. */
  render(format: 'plain' | 'ansi' | 'json'): string {
    const pointer = this.instance.call('diag_render', { plain: 0, ansi: 1, json: 2 }[format]);
    return this.instance.memory.text(pointer, this.instance.call('diag_render_len'));
  }

  get diagnostics(): Diagnostic[] {
    return parseDiagnostics(this.render('json'));
  }
}

/**
 * Lexes and parses a text, or its UTF-8 bytes (which may be broken: that is a diagnostic), in a fresh instance of
 * `tools.wasm`.
 * @param name file name for diagnostics; empty: `<script>`
 * @throws EngineTrap, EngineMissingError
 */
export function scan(source: string | Uint8Array, name = ''): Scan {
  const instance = new Instance(engineModule('tools'), { safepoint: () => 0 });
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  const nameBytes = new TextEncoder().encode(name);
  const sourceAt = instance.call('source_alloc', bytes.length);
  instance.memory.write(sourceAt, bytes);
  const nameAt = instance.call('source_alloc', nameBytes.length);
  instance.memory.write(nameAt, nameBytes);
  const errors = instance.call('scan', sourceAt, bytes.length, nameAt, nameBytes.length);
  return new Scan(
    instance,
    errors,
    readTokens(
      instance,
      typeof source === 'string' ? source : new TextDecoder('utf-8', { ignoreBOM: true }).decode(source),
    ),
  );
}

function readTokens(instance: Instance, source: string): Token[] {
  const toString = offsets(source);
  const count = instance.call('token_count');
  const bytes = instance.memory.copy(instance.call('tokens_ptr'), count * COLUMNS * 4);
  const rows = new Int32Array(bytes.buffer);
  const tokens: Token[] = [];
  for (let row = 0; row < rows.length; row += COLUMNS) {
    const [start, end] = [toString(rows[row]!), toString(rows[row + 1]!)];
    tokens.push({
      class: CLASSES[rows[row + 2]!] ?? 'bad',
      text: source.slice(start, end),
      start,
      end,
      newLine: rows[row + 3] !== 0,
    });
  }
  return tokens;
}

/** Byte offsets of the UTF-8 text to offsets into the string; to be asked in ascending order. */
function offsets(source: string): (byte: number) => number {
  let [bytes, at] = [0, 0];
  return (wanted) => {
    while (bytes < wanted && at < source.length) {
      const point = source.codePointAt(at)!;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      at += point < 0x10000 ? 1 : 2;
    }
    return at;
  };
}
