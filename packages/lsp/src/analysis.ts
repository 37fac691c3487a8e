/** A script and what it imports, as the checker sees them: what is declared and used where. */
import { readFileSync } from 'node:fs';
import { normalize } from 'node:path/posix';
import { analyse, bundle, compile, scan, type Declaration, type Place, type Token } from '@konoha/host-node';
import type { Home } from './check.js';

/** A stretch of a file, in offsets into its JavaScript string. */
export interface Span {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** What a name stands for: a declaration, or `Class` or `Class.member` of the library. */
export type Target = Declaration | string;

/** A place where something is named. */
export interface Mention extends Span {
  readonly target: Target;
  /** Type of the value there; empty if none is known. */
  readonly type: string;
}

/** The bytes of a file; null: there is none. */
export type ReadText = (file: string) => string | null;

/** A file's text, its tokens, and its bytes' places in the string. */
class Source {
  readonly tokens: readonly Token[];
  private readonly offsets: Uint32Array;

  constructor(readonly text: string) {
    this.tokens = scan(text).tokens;
    this.offsets = new Uint32Array(Buffer.byteLength(text) + 1);
    let [byte, at] = [0, 0];
    for (const character of text) {
      this.offsets.fill(at, byte, byte + Buffer.byteLength(character));
      byte += Buffer.byteLength(character);
      at += character.length;
    }
    this.offsets[byte] = at;
  }

  offset(byte: number): number {
    return this.offsets[byte] ?? this.text.length;
  }

  within(start: number, end: number): readonly Token[] {
    return this.tokens.filter((token) => token.start >= start && token.end <= end);
  }
}

export class Analysis {
  /** Of the script and what it imports, where their names stand. */
  readonly mentions: readonly Mention[];
  readonly declarations: readonly Declaration[];
  private readonly sources = new Map<string, Source>();

  constructor(text: string, name: string, home: Home, read: ReadText = readDisk) {
    const script = normalize(name);
    const texts = new Map([[script, text]]);
    const whole = bundle(name, Buffer.from(text), (file) => {
      const found = read(file);
      if (found === null) return null;
      texts.set(file, found);
      return Buffer.from(found);
    });
    const { declarations, uses } = analyse(whole, script, { kernel: isKernels(whole, name, home) });
    for (const [file, its] of texts) this.sources.set(file, new Source(its));
    this.declarations = declarations;
    const declared = declarations.map((declaration) => this.nameOf(declaration));
    const used = uses.flatMap((use) => {
      const source = this.sources.get(use.file);
      if (!source) return [];
      const tokens = source.within(source.offset(use.start), source.offset(use.end));
      const token = use.isLast ? tokens.at(-1) : tokens[0];
      return token ? [{ file: use.file, start: token.start, end: token.end, target: use.target, type: use.type }] : [];
    });
    const all = [...declared, ...used].flatMap((mention) => (mention ? [mention] : []));
    this.mentions = [...new Map(all.map((mention) => [`${mention.start} ${mention.file}`, mention])).values()];
  }

  text(file: string): string {
    return this.sources.get(file)?.text ?? '';
  }

  /** The mention that covers the offset or ends at it. */
  at(file: string, offset: number): Mention | undefined {
    const here = this.mentions.filter((m) => m.file === file && m.start <= offset && offset <= m.end);
    return here.find(({ end }) => offset < end) ?? here[0];
  }

  /** Where a declaration's name stands; nothing if it has none of its own. */
  nameOf(declaration: Declaration): Mention | undefined {
    const source = this.sources.get(declaration.file);
    if (!source) return undefined;
    const plain = declaration.name.replace(/!!$/, '');
    const isName = ({ text }: Token): boolean =>
      text === plain || text === declaration.name || text === `${plain}Exception`;
    const { start, end } = this.span(declaration);
    const tokens = source.within(start, end);
    const isCode =
      declaration.kind === 'function' || declaration.kind === 'method' || declaration.kind === 'constructor';
    // A function's result may be of a class of that name.
    const token = tokens.find((t, i) => isName(t) && (!isCode || ['(', '<'].includes(tokens[i + 1]?.text ?? '')));
    if (!token) return undefined;
    return { file: declaration.file, start: token.start, end: token.end, target: declaration, type: '' };
  }

  /** Is it where something is declared? */
  isDeclaration({ file, start }: Span): boolean {
    return this.declarations.some((d) => d.file === file && this.nameOf(d)?.start === start);
  }

  /** The members of the class or value of that type that the script declares, inherited ones behind its own; nothing if it is not the script's. */
  members(type: string): Declaration[] | undefined {
    const name = type.replace(/\?$/, '').replace(/<.*/, '');
    const isClass = ({ kind }: Declaration): boolean => kind === 'class' || kind === 'interface';
    const found = this.declarations.find((d) => isClass(d) && d.name === name);
    if (!found) return undefined;
    const own = this.declarations.filter((d) => d.container === found && d.kind !== 'constructor');
    const above = / (?:extends|implements) (.+)$/.exec(found.signature)?.[1];
    const inherited = (above ?? '')
      .split(/ implements |, /)
      .flatMap((part) => (part ? (this.members(part) ?? []) : []));
    return [...new Map([...inherited, ...own].map((member) => [member.name, member])).values()];
  }

  /** The text of a declaration, its body included. */
  span({ file, start, end }: Place): Span {
    const source = this.sources.get(file);
    return { file, start: source?.offset(start) ?? 0, end: source?.offset(end) ?? 0 };
  }

  /** The comment directly above a declaration, without its marks; empty if there is none. */
  comment(declaration: Declaration): string {
    const text = this.text(declaration.file);
    let above = text.slice(0, text.lastIndexOf('\n', this.span(declaration).start) + 1).replace(/\r?\n$/, '');
    // Annotations of its own may stand between.
    above = above.replace(/(\r?\n[ \t]*@[^\n]*)+$/, '');
    const block = /\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*$/.exec(above)?.[0];
    const lines = /(?:(?:^|\n)[ \t]*\/\/[^\n]*)+$/.exec(above)?.[0];
    const strip = (line: string): string =>
      line
        .trim()
        .replace(/^(\/\*+|\/\/+|\*(?!\/))\s*/, '')
        .replace(/\s*\*+\/$/, '');
    return (block ?? lines ?? '').split('\n').map(strip).join('\n').trim();
  }
}

function readDisk(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function isKernels(whole: Uint8Array, name: string, home: Home): boolean {
  if (home !== 'either') return home === 'kernel';
  const { errors } = compile(whole, name);
  return errors !== 0 && compile(whole, name, { kernel: true }).errors < errors;
}
