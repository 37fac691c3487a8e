/** Operation script text → {@link OperationScript}. Line by line; `expect` lines belong to the operation above. */
import { parseExpectation } from './parse-expectation.js';
import { parseOperation } from './parse-operation.js';
import { Words } from './word-reader.js';
import { ScriptError } from './words.js';
import {
  FEATURES,
  type Expectation,
  type OperationScript,
  type OperationStep,
  type Requirements,
  type Step,
} from './ast.js';

type Draft<T> = { -readonly [K in keyof T]: T[K] };

interface OpenOperation extends Draft<Omit<OperationStep, 'expectations'>> {
  expectations: Expectation[];
}

interface Block {
  readonly line: number;
  readonly times: number;
  readonly steps: Step[];
}

const DEFAULT_TIMEOUT_MS = 20_000;

/** The process of lines that name none. */
export const MAIN_PROCESS = 'main';

/** @throws ScriptError naming file, line and cause */
export function parseOperationScript(source: string, file: string): OperationScript {
  return new Parser(source, file).parse();
}

class Parser {
  private readonly lines: readonly string[];
  private readonly blocks: Block[] = [{ line: 0, times: 1, steps: [] }];
  private readonly requirements: Draft<Requirements> = {
    module: true,
    features: [],
    timeoutMs: DEFAULT_TIMEOUT_MS,
  };
  private last: OpenOperation | null = null;
  private index = 0;

  constructor(
    source: string,
    private readonly file: string,
  ) {
    this.lines = source.split('\n');
  }

  parse(): OperationScript {
    while (this.index < this.lines.length) {
      const line = this.lines[this.index++]!.trim();
      if (line === '' || line.startsWith('#')) continue;
      const number = this.index;
      try {
        this.parseLine(line, number);
      } catch (error) {
        throw error instanceof ScriptError ? error : new ScriptError(this.file, number, (error as Error).message);
      }
    }
    const open = this.blocks.at(-1)!;
    if (this.blocks.length > 1) throw new ScriptError(this.file, open.line, 'this "repeat" has no "end"');
    if (open.steps.length === 0) throw new ScriptError(this.file, 1, 'the script has no operation');
    return { file: this.file, requirements: this.requirements, steps: open.steps };
  }

  private parseLine(line: string, number: number): void {
    const words = line.startsWith('$') ? null : new Words(line);
    switch (words?.peekWord()) {
      case 'expect':
        if (!this.last) throw new Error('"expect" needs an operation above it');
        words.next();
        this.last.expectations.push(parseExpectation(words));
        break;
      case 'undo':
        this.parseUndo(line);
        return;
      case 'requires':
        words.next();
        this.parseRequirement(words);
        break;
      case 'timeout':
        words.next();
        this.requirements.timeoutMs = words.duration();
        break;
      case 'file':
        words.next();
        this.parseFile(words, number);
        return;
      case 'repeat':
        words.next();
        this.last = null;
        this.blocks.push({ line: number, times: words.integer('how often'), steps: [] });
        break;
      case 'end':
        words.next();
        this.endBlock();
        break;
      case 'memory':
        if (/^memory\s+mark\b/.test(line)) {
          words.next();
          words.next();
          this.last = null;
          this.add({ kind: 'mark', line: number });
          break;
        }
        this.parseOperation(line, number);
        return;
      default:
        this.parseOperation(line, number);
        return;
    }
    words?.expectEnd();
  }

  private add(step: Step): void {
    this.blocks.at(-1)!.steps.push(step);
  }

  private endBlock(): void {
    const block = this.blocks.pop()!;
    this.last = null;
    if (this.blocks.length === 0) throw new Error('"end" without "repeat"');
    if (block.steps.length === 0) throw new Error('nothing is repeated here');
    this.add({ kind: 'repeat', ...block });
  }

  private parseRequirement(words: Words): void {
    const what = words.word('what it requires');
    if (what === 'no-module') {
      this.requirements.module = false;
      return;
    }
    const feature = FEATURES.find((each) => each === what);
    if (feature !== undefined) {
      this.requirements.features = [...this.requirements.features, feature];
      return;
    }
    if (what !== 'kernel')
      throw new Error(`a script may require "kernel", "no-module", ${FEATURES.join(', ')}, not "${what}"`);
    const relation = words.word('">=" or "<="');
    const version = words.word('a kernel series such as 6.6');
    if (!/^\d+\.\d+$/.test(version)) throw new Error(`"${version}" is no kernel series; write one such as 6.6`);
    if (relation === '>=') this.requirements.kernelFrom = version;
    else if (relation === '<=') this.requirements.kernelTo = version;
    else throw new Error(`write "requires kernel >= ${version}" or "<=", not "${relation}"`);
  }

  /** `undo OPERATION`, by the same process. */
  private parseUndo(line: string): void {
    if (this.last?.operation.verb !== 'fail-nth' || this.last.operation.nth !== 'each')
      throw new Error('"undo" belongs to a "fail-nth each" above it');
    this.last.undo = parseOperation(line.replace(/^undo\s+/, ''));
  }

  /** `file PATH <<END` … `END`: the lines between, their common indentation kept. */
  private parseFile(words: Words, number: number): void {
    const path = words.text('the path');
    const marker = /^<<(\S+)$/.exec(words.word('"<<END"'))?.[1];
    if (!marker) throw new Error('write: file PATH <<END');
    words.expectEnd();
    const start = this.index;
    while (this.index < this.lines.length && this.lines[this.index]!.trim() !== marker) this.index++;
    if (this.index === this.lines.length) throw new Error(`this file has no closing line "${marker}"`);
    const contents = this.lines.slice(start, this.index++).map((text) => text + '\n');
    this.last = null;
    this.add({ kind: 'file', line: number, path, contents: contents.join('') });
  }

  /** `[eventually] [NAME:] [async] OPERATION [-> VARIABLE]` */
  private parseOperation(line: string, number: number): void {
    let rest = line;
    const eat = (pattern: RegExp): string | undefined => {
      const match = pattern.exec(rest);
      if (match) rest = rest.slice(match[0].length);
      return match?.[1];
    };
    const eventually = eat(/^(eventually)\s+/) !== undefined;
    const process = eat(/^([A-Za-z][\w-]{0,13}):\s+/) ?? MAIN_PROCESS;
    const asynchronous = eat(/^(async)\s+/) !== undefined;
    if (eventually && asynchronous) throw new Error('"eventually" waits, "async" does not: choose one');
    let saveAs: string | undefined;
    if (!rest.startsWith('$')) {
      const saved = /\s->\s*([A-Za-z]\w*)\s*$/.exec(rest);
      if (saved) {
        saveAs = saved[1];
        rest = rest.slice(0, saved.index);
      }
    }
    const operation = parseOperation(rest);
    if (saveAs !== undefined && operation.verb !== 'open' && operation.verb !== 'dup')
      throw new Error(`only "open" and "dup" give a descriptor to keep; "${operation.verb}" does not`);
    const step: OpenOperation = {
      kind: 'operation',
      line: number,
      text: line,
      process,
      operation,
      asynchronous,
      eventually,
      ...(saveAs === undefined ? {} : { saveAs }),
      expectations: [],
    };
    this.last = step;
    this.add(step);
  }
}
