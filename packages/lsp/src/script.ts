/** An open script: its tokens, and what can be told from them without a type checker, also while it has errors. */
import { scan, type Token } from '@konoha/host-node';
import type { ClassSpec } from '@konoha/spec/builtins';
import { findClass } from './library.js';

export class Script {
  readonly tokens: readonly Token[];

  constructor(text: string) {
    this.tokens = scan(text).tokens;
  }

  /** Index of the token that covers the offset or ends at it; −1 if there is none. */
  tokenAt(offset: number): number {
    const index = this.tokens.findIndex(({ start, end }) => start <= offset && offset < end);
    if (index >= 0) return index;
    return this.tokens.findIndex(({ end }) => end === offset);
  }

  /** Index of the last token that begins before the offset; −1 if there is none. */
  before(offset: number): number {
    return this.tokens.findLastIndex(({ start }) => start < offset);
  }

  isDot(index: number): boolean {
    const text = this.tokens[index]?.text;
    return text === '.' || text === '?.';
  }

  /**
   * The built-in class of what ends with the token at `index`: of a literal, of a built-in class's name (`ofClass`), or of a
   * name that the script declares with such a type, the last time before it.
   */
  classOf(index: number): { spec: ClassSpec; ofClass: boolean } | undefined {
    const token = this.tokens[index];
    if (!token || this.isDot(index - 1)) return undefined;
    const literal = { string: 'String', stringTail: 'String', number: 'Int' }[token.class as string];
    const named = findClass(literal ?? token.text);
    if (named) return { spec: named, ofClass: literal === undefined };
    if (token.class !== 'name' && token.class !== 'softWord' && token.class !== 'field') return undefined;
    const name = token.text.replace(/^_/, '');
    for (let i = index - 1; i > 0; i--) {
      if (this.tokens[i]!.text !== name) continue;
      const spec = this.typeBefore(i);
      if (spec) return { spec, ofClass: false };
    }
    return { IN: 'InputStream', OUT: 'OutputStream', ERR: 'OutputStream' }[name] === undefined
      ? undefined
      : { spec: findClass(name === 'IN' ? 'InputStream' : 'OutputStream')!, ofClass: false };
  }

  /** The built-in class of the type that ends before the token at `index`. */
  private typeBefore(index: number): ClassSpec | undefined {
    let i = index - 1;
    if (this.tokens[i]?.text === '?') i--;
    if (this.tokens[i]?.text === ']') return findClass('Array');
    const type = this.tokens[i];
    return type && (type.class === 'name' || type.class === 'primitive') ? findClass(type.text) : undefined;
  }

  /** Names that the script uses, once each. */
  names(): Set<string> {
    return new Set(this.tokens.filter((token) => token.class === 'name').map(({ text }) => text));
  }
}
