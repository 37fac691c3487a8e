import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const BIN = join(dirname(fileURLToPath(import.meta.url)), '..', 'bin', 'konoha.js');

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with scripts in it, in which `konoha` is run as a person would. */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'konoha-cli-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.folder, name), text);
  }

  /** `konoha ARGS`, with a clean environment; `input` goes to its standard input. */
  async konoha(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Result> {
    return await this.start(process.execPath, [BIN, ...args], input, env);
  }

  /** A line of bash, in which `konoha` is the command. */
  async shell(command: string): Promise<Result> {
    return await this.start('bash', ['-c', `konoha() { "${process.execPath}" "${BIN}" "$@"; }\n${command}`], '', {});
  }

  private start(program: string, args: readonly string[], input: string, env: NodeJS.ProcessEnv): Promise<Result> {
    const { PATH, HOME } = process.env;
    const child = spawn(program, args, { cwd: this.folder, env: { PATH, HOME, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    // A command that does not read its input closes the pipe.
    child.stdin.on('error', () => undefined).end(input);
    return new Promise((resolve, reject) => {
      child.on('error', reject).on('close', (status) => resolve({ status, stdout, stderr }));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
