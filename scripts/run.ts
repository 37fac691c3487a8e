/** Runs other programs without blocking, so that progress goes on being shown. */
import { spawn, type StdioOptions } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Show the program's output instead of keeping it. */
  readonly inherit?: boolean;
}

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that could not be started, or ended with another status than 0; the message holds its output. */
export class CommandError extends Error {
  constructor(
    readonly command: string,
    readonly result: RunResult,
  ) {
    super(`"${command}" ended with status ${result.status}:\n${(result.stderr + result.stdout).trim()}`);
  }
}

/** Runs a program to its end, whatever its status. Status 127: it cannot be started. */
export async function tryRun(program: string, options: readonly string[], how: RunOptions = {}): Promise<RunResult> {
  const stdio: StdioOptions = how.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'];
  const child = spawn(program, [...options], {
    cwd: how.cwd,
    // Some of what we need (modprobe, depmod) is not in an ordinary user's path on Debian.
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, LC_ALL: 'C.UTF-8', ...how.env },
    stdio,
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: 127, stdout, stderr: stderr + error.message }));
    child.once('close', (status) => resolve({ status: status ?? 128, stdout, stderr }));
  });
}

/** Runs a program and gives its output. @throws CommandError */
export async function run(program: string, options: readonly string[], how: RunOptions = {}): Promise<string> {
  const result = await tryRun(program, options, how);
  if (result.status !== 0) throw new CommandError([program, ...options].join(' '), result);
  return result.stdout;
}
