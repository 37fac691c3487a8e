/** Takes the words of one line one after the other, each with what was wanted there. */
import { splitWords, type Word } from './words.js';
import type { Descriptor } from './ast.js';

export class Words {
  private readonly words: readonly Word[];
  private index = 0;

  constructor(line: string) {
    this.words = splitWords(line);
  }

  get atEnd(): boolean {
    return this.index === this.words.length;
  }

  peekWord(): string | undefined {
    const word = this.words[this.index];
    return word?.kind === 'word' ? word.text : undefined;
  }

  peek(): Word | undefined {
    return this.words[this.index];
  }

  next(): Word | undefined {
    return this.words[this.index++];
  }

  /** Takes the next word if it is this one. */
  takeIf(word: string): boolean {
    if (this.peekWord() !== word) return false;
    this.index++;
    return true;
  }

  word(what: string): string {
    const word = this.next();
    if (word?.kind !== 'word') throw new Error(`${what} is missing here`);
    return word.text;
  }

  /** A word or a quoted text. */
  text(what: string): string {
    const word = this.next();
    if (word === undefined || word.kind === 'pattern') throw new Error(`${what} is missing here`);
    return word.text;
  }

  quoted(what: string): string {
    const word = this.next();
    if (word?.kind !== 'text') throw new Error(`${what} is missing here, in double quotes`);
    return word.text;
  }

  /** Decimal or 0x…, with a sign, within ±2^53. */
  integer(what: string): number {
    const word = this.word(what);
    const value = /^-?(\d+|0x[0-9a-fA-F]+)$/.test(word)
      ? word.startsWith('-')
        ? -Number(word.slice(1))
        : Number(word)
      : NaN;
    if (!Number.isSafeInteger(value)) throw new Error(`${what} must be an integer, not "${word}"`);
    return value;
  }

  /** `200 ms` or `2 s`, in milliseconds. */
  duration(): number {
    const amount = this.integer('a duration');
    const unit = this.word('"ms" or "s"');
    if (unit !== 'ms' && unit !== 's') throw new Error(`a duration ends in "ms" or "s", not "${unit}"`);
    return unit === 's' ? amount * 1000 : amount;
  }

  descriptor(): Descriptor {
    const word = this.word('a descriptor');
    if (/^\d+$/.test(word)) return Number(word);
    if (!/^[A-Za-z]\w*$/.test(word)) throw new Error(`"${word}" is no descriptor; name one that "open … -> NAME" gave`);
    return word;
  }

  /** Values of words of a table, or-ed, up to the line's end or the first other word. */
  flags(table: Readonly<Record<string, number>>): number {
    let flags = 0;
    for (;;) {
      const word = this.peekWord();
      const flag = word === undefined ? undefined : table[word];
      if (flag === undefined) return flags;
      flags |= flag;
      this.index++;
    }
  }

  bytes(what: string): Buffer {
    const word = this.word(what);
    if (!/^([0-9a-fA-F]{2})+$/.test(word)) throw new Error(`${what} must be pairs of hex digits, not "${word}"`);
    return Buffer.from(word, 'hex');
  }

  expectEnd(): void {
    const word = this.peek();
    if (word) throw new Error(`nothing more was expected here: ${word.kind === 'pattern' ? 'a pattern' : word.text}`);
  }
}
