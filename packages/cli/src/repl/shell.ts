import { createInterface, type Interface } from 'node:readline/promises';
import { Worker } from 'node:worker_threads';
import { writeAll } from '../output.js';
import { HELP, shellCommand } from './commands.js';
import { typedBefore } from './complete.js';
import { isOpen } from './entry-text.js';
import { historyPath, readHistory, writeHistory } from './history.js';
import type { Answer, Request, WorkerData } from './protocol.js';

const PROMPT = 'konoha> ';
const MORE = '   ...> ';

/** What the shell asks. */
export interface ShellSession {
  ask(request: Request): Promise<Answer>;
  /** Asks what runs to stop. */
  stop(): void;
  end(): Promise<void>;
}

/** The session on its own thread: one question at a time. */
export class SessionThread implements ShellSession {
  private readonly stopFlag = new SharedArrayBuffer(4);
  private readonly worker: Worker;
  private last: Promise<unknown> = Promise.resolve();

  constructor({ heap, jit }: Pick<WorkerData, 'heap' | 'jit'> = {}) {
    const data: WorkerData = {
      stop: this.stopFlag,
      ...(heap === undefined ? {} : { heap }),
      ...(jit === undefined ? {} : { jit }),
    };
    this.worker = new Worker(new URL('../../bin/repl-worker.js', import.meta.url), { workerData: data });
  }

  /** One request after another: an answer says nothing of what it answers. */
  async ask(request: Request): Promise<Answer> {
    const answer = this.last.then(async () => await this.askNow(request));
    this.last = answer.catch(() => undefined);
    return await answer;
  }

  private async askNow(request: Request): Promise<Answer> {
    Atomics.store(new Int32Array(this.stopFlag), 0, 0);
    return await new Promise((resolve, reject) => {
      const { worker } = this;
      const failed = (error: Error): void => reject(error);
      worker.once('error', failed);
      worker.once('message', (answer: Answer) => {
        worker.off('error', failed);
        resolve(answer);
      });
      worker.postMessage(request);
    });
  }

  /** Asks what runs to stop. */
  stop(): void {
    Atomics.store(new Int32Array(this.stopFlag), 0, 1);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

export interface ShellOptions {
  readonly color: boolean;
  /** A person types: prompts, history, completion. */
  readonly interactive: boolean;
}

/** Takes entries from standard input until it ends, `:quit` or `System.exit`. */
export class Shell {
  /** What `System.exit` was given. */
  exitStatus: number | undefined;
  private entries = 0;
  private allWell = true;
  private running = false;
  private linesDue = 0;
  private isCancelled = false;
  private isClosed = false;
  private typed = '';

  constructor(
    private readonly session: ShellSession,
    private readonly options: ShellOptions,
  ) {}

  /** True: no entry failed. */
  async run(): Promise<boolean> {
    const { interactive } = this.options;
    const path = historyPath();
    const lines = createInterface({
      input: process.stdin,
      output: interactive ? process.stdout : undefined,
      terminal: interactive,
      ...(interactive ? { history: readHistory(path), completer: (line: string) => this.complete(line) } : {}),
    });
    lines.on('SIGINT', () => this.interrupt(lines));
    lines.on('history', (history: string[]) => writeHistory(path, history));
    if (interactive) writeAll(1, 'Konoha: :help shows what there is, Ctrl-D ends\n');
    // A line is at work from when it is typed: Ctrl-C behind it means it, even before it runs.
    lines.on('line', () => this.linesDue++);
    lines.on('close', () => (this.isClosed = true));
    this.prompt(lines);
    for await (const line of lines) {
      const goesOn = await this.take(line);
      this.linesDue--;
      if (this.isCancelled) this.typed = '';
      this.isCancelled = false;
      if (!goesOn) break;
      this.prompt(lines);
    }
    if (this.typed.trim() !== '') await this.enter();
    lines.close();
    return this.allWell;
  }

  private prompt(lines: Interface): void {
    // A prompt behind a Ctrl-D that came while an entry ran would listen to the keyboard for ever.
    if (!this.options.interactive || this.isClosed) return;
    lines.setPrompt(this.typed === '' ? PROMPT : MORE);
    lines.prompt();
  }

  /** A run is stopped; otherwise what is typed is dropped. */
  private interrupt(lines: Interface): void {
    if (this.running) return this.session.stop();
    if (this.linesDue > 0) {
      this.isCancelled = true;
      return;
    }
    this.typed = '';
    writeAll(1, '\n');
    // Readline has no public way to empty the line but to type Ctrl-U (and Ctrl-K for what is behind the cursor).
    lines.write(null, { ctrl: true, name: 'e' });
    lines.write(null, { ctrl: true, name: 'u' });
    this.prompt(lines);
  }

  /** One line; false: the shell ends. */
  private async take(line: string): Promise<boolean> {
    if (this.typed === '') {
      const command = shellCommand(line);
      if (typeof command === 'string') this.fail(command);
      else if (command) return await this.command(command.name, command.argument);
      if (command !== undefined || line.trim() === '') return true;
    }
    this.typed += `${line}\n`;
    // An empty line ends an entry that a person left open: what is wrong with it is then said.
    if (isOpen(this.typed) && !(this.options.interactive && line.trim() === '')) return true;
    await this.enter();
    return this.exitStatus === undefined;
  }

  private async enter(): Promise<void> {
    const text = this.typed.replace(/\n$/, '');
    this.typed = '';
    const { color } = this.options;
    this.entries++;
    const answer = await this.ask({ kind: 'enter', text, name: `<shell ${this.entries}>`, color });
    this.exitStatus = answer.exit;
    this.report(answer);
  }

  private async command(name: string, argument: string): Promise<boolean> {
    if (name === 'quit') return false;
    if (name === 'help') writeAll(1, HELP);
    else if (name === 'type')
      this.report(await this.ask({ kind: 'type', text: argument, color: this.options.color }), true);
    else this.report(await this.ask({ kind: 'listing', name: argument }), true);
    return true;
  }

  private async ask(request: Request): Promise<Answer> {
    if (this.isCancelled) {
      this.isCancelled = false;
      return { text: 'interrupted\n', failed: true };
    }
    this.running = true;
    const answer = await this.session.ask(request);
    this.running = false;
    return answer;
  }

  /** An answer that is wanted goes to the output, what is wrong to the other. */
  private report({ text, failed }: Answer, isWanted = false): void {
    if (failed) this.fail(text);
    else writeAll(isWanted ? 1 : 2, text);
  }

  private fail(text: string): void {
    this.allWell = false;
    writeAll(2, text);
  }

  private async complete(line: string): Promise<[string[], string]> {
    const { word, receiver } = typedBefore(line);
    // What is typed ahead of a run is completed when it is over: then the names are others.
    if (this.linesDue > 0) return [[], word];
    const { text } = await this.session.ask({ kind: 'complete', receiver });
    return [text.split('\n').filter((name) => name.startsWith(word) && name !== ''), word];
  }
}
