/**
 * The part of the library that is written in Konoha: `stdlib/*.k`, taken apart into chunks, each of which is compiled only
 * with scripts that mention it. Units are written for this: classes, and methods of classes (`String String.padLeft(…)`),
 * each with a doc comment; nothing else.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const STDLIB = join(dirname(fileURLToPath(import.meta.url)), '..', 'stdlib');

/** A member of a class, or a method from outside, as the reference shows it. */
export interface UnitMember {
  /** Class that has it. */
  readonly owner: string;
  /** `new` for a constructor. */
  readonly name: string;
  /** On one line, without annotations: `int count(String text)`. */
  readonly signature: string;
  readonly isStatic: boolean;
  readonly isMethod: boolean;
  readonly doc: string;
}

export interface UnitClass {
  readonly name: string;
  /** `class Regex`, with type parameters and the class above. */
  readonly head: string;
  readonly doc: string;
  /** Of the library's own use: not shown. */
  readonly hidden: boolean;
}

/** What is compiled or left out as a whole. */
export interface Chunk {
  /** Index of the class that it is a member of, or -1: it stands by itself, or belongs to a built-in class. */
  readonly owner: number;
  /** Class that a method from outside belongs to, or ''. */
  readonly outside: string;
  readonly isClass: boolean;
  readonly name: string;
  /** Names that stand for it in a script. */
  readonly triggers: readonly string[];
  /** All names in it. */
  mentions: readonly string[];
}

/** A run of text, and where it lies. */
export interface Piece {
  readonly file: string;
  readonly line: number;
  readonly chunk: number;
  readonly text: string;
}

export interface Units {
  readonly files: readonly string[];
  readonly chunks: readonly Chunk[];
  readonly pieces: readonly Piece[];
  readonly classes: readonly UnitClass[];
  readonly members: readonly UnitMember[];
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: 'word' | 'string' | 'doc' | 'other';
}

const fault = (file: string, text: string, at: number, what: string): Error =>
  new Error(`stdlib/${file}:${text.slice(0, at).split('\n').length}: ${what}`);

function tokens(file: string, text: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const start = at;
    const rest = text.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    let kind: Token['kind'] | null = 'other';
    if (rest.startsWith('//')) {
      at = text.indexOf('\n', at);
      kind = null;
    } else if (rest.startsWith('/*')) {
      at = text.indexOf('*/', at) + 2;
      kind = rest.startsWith('/**') ? 'doc' : null;
    } else if (/^["']/.test(rest)) {
      at = stringEnd(file, text, at);
      kind = 'string';
    } else {
      const word = /^@?[A-Za-z_]\w*(!!)?/.exec(rest);
      kind = word ? 'word' : 'other';
      at += word ? word[0].length : 1;
    }
    if (at <= start) throw fault(file, text, start, 'a comment has no end');
    if (kind) found.push({ start, end: at, text: text.slice(start, at), kind });
  }
  return found;
}

// Strings of one line, with interpolations in them.
function stringEnd(file: string, text: string, at: number): number {
  const quote = text[at];
  for (let i = at + 1; i < text.length && text[i] !== '\n'; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
    else if (quote === '"' && text.startsWith('${', i)) {
      let depth = 0;
      for (i++; i < text.length; i++) {
        if (text[i] === '"' || text[i] === "'") i = stringEnd(file, text, i) - 1;
        else if (text[i] === '{') depth++;
        else if (text[i] === '}' && --depth === 0) break;
      }
    }
  }
  throw fault(file, text, at, 'a string has no end in its line (units have none of several lines)');
}

/** `Name!!` is `NameException`. */
const canonical = (word: string): string =>
  word.endsWith('!!')
    ? word === 'Exception!!'
      ? 'Exception'
      : `${word.slice(0, -2)}Exception`
    : word.replace(/^_/, '');

/** Methods that the language calls without naming them, and those that may be called through a class above. */
const IMPLICIT = new Set([
  'toString',
  'equals',
  'hashCode',
  'get',
  'set',
  'size',
  'has',
  'at',
  'contains',
  'iterator',
  'next',
  'hasNext',
]);

/** A property's name, if the method is its getter or setter. */
function property(method: string): string[] {
  const match = /^(?:get|set|is)([A-Z]\w*)$/.exec(method);
  return match?.[1] ? [match[1][0]!.toLowerCase() + match[1].slice(1)] : [];
}

interface Declaration {
  /** Tokens `from` … `to` - 1, its doc comment not among them. */
  readonly from: number;
  readonly to: number;
  readonly doc: string | null;
}

/** Declarations among the tokens `from` … `to` - 1: each ends with `;` or the `}` that closes its body. */
function declarations(list: readonly Token[], from: number, to: number): Declaration[] {
  const found: Declaration[] = [];
  let at = from;
  while (at < to) {
    let doc: string | null = null;
    while (at < to && list[at]!.kind === 'doc') doc = list[at++]!.text;
    const first = at;
    let depth = 0;
    for (; at < to; at++) {
      const { text, kind } = list[at]!;
      if (kind !== 'other') continue;
      if (text === '{' || text === '(' || text === '[') depth++;
      if (text === '}' || text === ')' || text === ']') depth--;
      if (depth === 0 && (text === ';' || text === '}')) break;
    }
    if (first < to) found.push({ from: first, to: ++at, doc });
  }
  return found;
}

/** Is it said to be nobody's business? */
const isHidden = (doc: string): boolean => /^Hidden\b/.test(doc);

function docText(doc: string): string {
  return doc
    .replace(/^\/\*\*|\*\/$/g, '')
    .split('\n')
    .map((line) => line.trim().replace(/^\*\s?/, ''))
    .join(' ')
    .trim();
}

/** The source from a declaration's first token to before `until`, without annotations and on one line. */
function head(text: string, list: readonly Token[], from: number, until: number): string {
  let first = from;
  while (list[first]!.text.startsWith('@')) first++;
  return text.slice(list[first]!.start, list[until - 1]!.end).replace(/\s+/g, ' ');
}

const annotated = (list: readonly Token[], d: Declaration, name: string): boolean => {
  for (let i = d.from; i < d.to && list[i]!.text.startsWith('@'); i++) if (list[i]!.text === `@${name}`) return true;
  return false;
};

/** Index of the `(` of a method, or -1 for a field. */
function parameters(list: readonly Token[], d: Declaration): number {
  for (let i = d.from; i < d.to; i++) {
    if (list[i]!.kind !== 'other') continue;
    if (list[i]!.text === '(' && list[nameBefore(list, i)]?.kind === 'word') return i;
    const isArrow = list[i]!.text === '=' && list[i + 1]?.text === '>';
    if ((list[i]!.text === '=' && !isArrow) || list[i]!.text === '{') return -1;
  }
  return -1;
}

/** Where the name stands that the `(` at `open` belongs to; type variables may lie between them. */
function nameBefore(list: readonly Token[], open: number): number {
  if (list[open - 1]?.text !== '>') return open - 1;
  let depth = 0;
  for (let i = open - 1; i >= 0; i--) {
    if (list[i]!.text === '>' && list[i - 1]?.text !== '=') depth++;
    if (list[i]!.text === '<' && --depth === 0) return i - 1;
  }
  return -1;
}

function closing(list: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < list.length; i++) {
    if (list[i]!.text === '(') depth++;
    if (list[i]!.text === ')' && --depth === 0) return i;
  }
  return open;
}

/** Source text without comments, indentation and blanks at line ends; every line stays where it is. */
function squeeze(text: string, list: readonly Token[], from: number, to: number): string {
  let out = '';
  let at = list[from]!.start;
  for (let i = from; i < to; i++) {
    const token = list[i]!;
    // Between two tokens there are blanks and comments: a line end for each line, or a blank if there was something.
    const between = text.slice(at, token.start);
    const lines = between.split('\n').length - 1;
    if (lines > 0) out += '\n'.repeat(lines);
    else if (between !== '') out += ' ';
    if (token.kind === 'doc') out += '\n'.repeat(token.text.split('\n').length - 1);
    else out += token.text;
    at = token.end;
  }
  return out;
}

/** All units, in the order of their files' names. */
export function readUnits(folder = STDLIB): Units {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.k'))
    .sort();
  const chunks: Chunk[] = [];
  const pieces: Piece[] = [];
  const classes: UnitClass[] = [];
  const members: UnitMember[] = [];
  const sources = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return { file, text, list: tokens(file, text) };
  });
  // Classes first: methods from outside may belong to a class of another file.
  const classIndex = new Map<string, number>();

  const words = (list: readonly Token[], from: number, to: number): string[] => {
    const found = new Set<string>();
    for (const { kind, text } of list.slice(from, to)) {
      if (kind === 'word' && !text.startsWith('@')) found.add(canonical(text));
      if (kind === 'string' && text.includes('${')) for (const word of text.match(/\w+/g) ?? []) found.add(word);
    }
    return [...found];
  };

  const member = (text: string, list: readonly Token[], d: Declaration, owner: string): UnitMember => {
    const open = parameters(list, d);
    const isStatic = annotated(list, d, 'Static');
    if (open < 0) {
      const end = list.findIndex((token, i) => i > d.from && (token.text === '=' || token.text === ';'));
      const signature = head(text, list, d.from, end);
      return {
        owner,
        name: signature.split(' ').at(-1)!,
        signature,
        isStatic,
        isMethod: false,
        doc: docText(d.doc ?? ''),
      };
    }
    const written = list[nameBefore(list, open)]!.text;
    const close = closing(list, open) + 1;
    let signature = head(text, list, d.from, close);
    if (written === owner) signature = `new ${signature}`;
    // A method from outside is shown as the class' own.
    signature = signature.replace(new RegExp(`\\b${owner}(<[^ ]*>)?\\.(?=${written}[(<])`), '');
    return {
      owner,
      name: written === owner ? 'new' : written,
      signature,
      isStatic,
      isMethod: true,
      doc: docText(d.doc ?? ''),
    };
  };

  for (const { list } of sources) {
    for (const d of declarations(list, 0, list.length)) {
      let at = d.from;
      while (list[at]!.text.startsWith('@')) at++;
      if (list[at]!.text !== 'class' && list[at]!.text !== 'interface') continue;
      classIndex.set(canonical(list[at + 1]!.text), -1);
    }
  }
  const addClass = (file: string, text: string, list: readonly Token[], d: Declaration): void => {
    let at = d.from;
    while (list[at]!.text.startsWith('@')) at++;
    const name = canonical(list[at + 1]!.text);
    const id = chunks.length;
    classIndex.set(name, id);
    if (d.doc === null) throw fault(file, text, list[d.from]!.start, `class ${name} has no doc comment`);
    let open = at;
    while (open < d.to && list[open]!.text !== '{') open++;
    const hasBody = open < d.to;
    const hidden = isHidden(docText(d.doc));
    classes.push({ name, head: head(text, list, d.from, hasBody ? open : d.to - 1), doc: docText(d.doc), hidden });
    chunks.push({ owner: -1, outside: '', isClass: true, name, triggers: [name], mentions: [] });
    const core: string[] = [];
    // A run of the class' own text, up to the next member that stands by itself.
    let from = d.from;
    const flush = (to: number): void => {
      if (from >= to) return;
      core.push(...words(list, from, to));
      pieces.push({ file, line: lineAt(text, list[from]!.start), chunk: id, text: squeeze(text, list, from, to) });
    };
    for (const m of hasBody ? declarations(list, open + 1, d.to - 1) : []) {
      const shown = member(text, list, m, name);
      const isPrivate = isHidden(shown.doc) || (m.doc === null && !shown.isMethod);
      if (!isPrivate && !hidden) {
        if (m.doc === null && !annotated(list, m, 'Override') && shown.name !== 'new')
          throw fault(file, text, list[m.from]!.start, `${name}.${shown.name} has no doc comment`);
        if (m.doc !== null) members.push(shown);
      }
      const isCore =
        !shown.isMethod ||
        shown.name === 'new' ||
        IMPLICIT.has(shown.name) ||
        annotated(list, m, 'Override') ||
        annotated(list, m, 'Abstract') ||
        list[m.to - 1]!.text === ';';
      if (isCore) continue;
      flush(m.from);
      from = m.to;
      const chunk = chunks.length;
      chunks.push({
        owner: id,
        outside: '',
        isClass: false,
        name: shown.name,
        triggers: [shown.name, ...property(shown.name)],
        mentions: words(list, m.from, m.to),
      });
      pieces.push({ file, line: lineAt(text, list[m.from]!.start), chunk, text: squeeze(text, list, m.from, m.to) });
    }
    flush(d.to);
    chunks[id]!.mentions = [...new Set(core)];
  };

  const outside: (() => void)[] = [];
  for (const { file, text, list } of sources) {
    for (const d of declarations(list, 0, list.length)) {
      let at = d.from;
      while (list[at]!.text.startsWith('@')) at++;
      if (list[at]!.text === 'class' || list[at]!.text === 'interface') {
        addClass(file, text, list, d);
        continue;
      }
      const open = parameters(list, d);
      if (open < 0) throw fault(file, text, list[d.from]!.start, 'a unit holds classes and methods of classes only');
      let dot = nameBefore(list, open) - 1;
      if (list[dot]!.text !== '.')
        throw fault(file, text, list[d.from]!.start, 'a unit has no functions: make it a static method');
      // `V Map<K, V>.get(`
      while (list[dot - 1]!.kind !== 'word' || !/^[A-Z]\w+/.test(list[dot - 1]!.text)) dot--;
      const owner = list[dot - 1]!.text;
      const shown = member(text, list, d, owner);
      if (d.doc === null) throw fault(file, text, list[d.from]!.start, `${owner}.${shown.name} has no doc comment`);
      members.push(shown);
      outside.push(() => {
        const chunk = chunks.length;
        chunks.push({
          owner: classIndex.get(owner) ?? -1,
          outside: owner,
          isClass: false,
          name: shown.name,
          triggers: [shown.name, ...property(shown.name)],
          mentions: words(list, d.from, d.to),
        });
        pieces.push({ file, line: lineAt(text, list[d.from]!.start), chunk, text: squeeze(text, list, d.from, d.to) });
      });
    }
  }
  for (const add of outside) add();
  pieces.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { files, chunks, pieces, classes, members };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
