import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, readSync } from 'node:fs';
import { openShell } from '../machine/control-files.js';
import type { Answer, Request } from './protocol.js';
import type { ShellSession } from './shell.js';

const NOT_THERE: Answer = { text: 'this is not there with --kernel: the kernel has entries alone\n', failed: true };

/** A session in this machine's kernel, behind /dev/konoha-shell: an isolate that goes when the file is closed. */
export class KernelSession implements ShellSession {
  private writer: ChildProcess | undefined;

  private constructor(private readonly file: number) {}

  /** @throws CommandError without the module, or without the right to load scripts */
  static open(): KernelSession {
    return new KernelSession(openShell());
  }

  async ask(request: Request): Promise<Answer> {
    if (request.kind === 'complete') return { text: '', failed: false };
    return request.kind === 'enter' ? await this.enter(request.text) : NOT_THERE;
  }

  /** A process of its own writes the entry: a signal that ends it ends the run, and nothing else. */
  private async enter(text: string): Promise<Answer> {
    const writer = spawn('dd', ['bs=64K', 'iflag=fullblock', 'status=none'], { stdio: ['pipe', this.file, 'pipe'] });
    this.writer = writer;
    let complaint = '';
    writer.stderr!.setEncoding('utf8').on('data', (piece: string) => (complaint += piece));
    writer.stdin!.on('error', () => undefined).end(text);
    const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
      writer.on('error', reject).on('close', (code, by) => resolve([code, by]));
    });
    this.writer = undefined;
    const said = this.read();
    if (status === 0) return { text: said, failed: false };
    if (signal !== null) return { text: `${said}interrupted\n`, failed: true };
    return { text: said === '' ? complaint : said, failed: true };
  }

  private read(): string {
    const pieces: Buffer[] = [];
    const piece = Buffer.alloc(65_536);
    for (let length = readSync(this.file, piece); length > 0; length = readSync(this.file, piece))
      pieces.push(Buffer.from(piece.subarray(0, length)));
    return Buffer.concat(pieces).toString('utf8');
  }

  /** Asks what runs to stop. */
  stop(): void {
    this.writer?.kill('SIGINT');
  }

  async end(): Promise<void> {
    await Promise.resolve();
    closeSync(this.file);
  }
}
