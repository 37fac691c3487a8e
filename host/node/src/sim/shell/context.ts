/** What a command of the simulated shell works with. */
import { errnoText } from '../../errno.js';
import type { SimulatedMachine } from '../machine.js';
import type { Process } from '../process.js';
import { SystemError } from '../system-error.js';
import type { Output } from './stdio.js';

export interface Context {
  readonly machine: SimulatedMachine;
  readonly process: Process;
  /** A descriptor of the process, or what came through a pipe; null: /dev/null. */
  readonly input: number | Uint8Array | null;
  readonly out: Output;
  readonly err: Output;
}

/** A command ends with this status; the text has been shown. */
export interface Command {
  /** Bash performs it itself. */
  readonly builtin: boolean;
  /** @throws NoShell for what the simulator does not do */
  check(args: readonly string[]): void;
  /** @returns the exit status */
  run(context: Context, args: readonly string[]): Promise<number>;
}

/** One line to standard error. */
export async function complain(context: Context, line: string): Promise<void> {
  await context.err.write(Buffer.from(`${line}\n`));
}

/** The text of a system call's error; anything else is thrown on. */
export function reason(error: unknown): string {
  if (!(error instanceof SystemError)) throw error;
  return errnoText(error.errno);
}

const CHUNK = 131_072;

/** Hands what a file holds to `take`, read by read. @throws SystemError */
export async function readFile(
  { machine, process }: Context,
  path: string,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const descriptor = await machine.open(process, path, 0);
  try {
    await drain(machine, process, descriptor, take);
  } finally {
    await machine.close(process, descriptor);
  }
}

/** The same of standard input. */
export async function readInput(context: Context, take: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const { machine, process, input } = context;
  if (typeof input === 'number') await drain(machine, process, input, take);
  else if (input) await take(input);
}

async function drain(
  machine: SimulatedMachine,
  process: Process,
  descriptor: number,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (;;) {
    const bytes = await machine.read(process, descriptor, CHUNK);
    if (bytes.length === 0) return;
    await take(bytes);
  }
}

/** All of a file, or of standard input for no path. @throws SystemError */
export async function readAll(context: Context, path: string | undefined): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  const take = (bytes: Uint8Array): Promise<void> => Promise.resolve(void parts.push(bytes));
  await (path === undefined ? readInput(context, take) : readFile(context, path, take));
  return Buffer.concat(parts);
}
