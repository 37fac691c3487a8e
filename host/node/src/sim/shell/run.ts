/**
 * The small part of a shell that operation scripts use on devices. What it cannot do it refuses before it begins, so
 * that nothing is half done or passed in silence.
 */
import type { SimulatedMachine } from '../machine.js';
import { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } from '../open-file.js';
import type { Process } from '../process.js';
import { complain, reason, type Command, type Context } from './context.js';
import { FILE_COMMANDS } from './file-commands.js';
import { NoShell } from './lex.js';
import { parseShell, type Pipeline, type Redirection, type SimpleCommand } from './parse.js';
import { PLAIN_COMMANDS } from './plain-commands.js';
import { Capture, FileOutput, Pipe, type Output } from './stdio.js';
import { TEXT_COMMANDS } from './text-commands.js';

const COMMANDS: Readonly<Record<string, Command>> = { ...PLAIN_COMMANDS, ...TEXT_COMMANDS, ...FILE_COMMANDS };

/** Why the simulator cannot perform a line of shell, or null. */
export function refusal(line: string): string | null {
  try {
    planned(line);
    return null;
  } catch (error) {
    if (error instanceof NoShell) return error.message;
    throw error;
  }
}

function planned(line: string): Pipeline[] {
  const pipelines = parseShell(line);
  for (const { words } of pipelines.flatMap(({ commands }) => commands)) commandOf(words).check(words.slice(1));
  return pipelines;
}

function commandOf([name = '']: readonly string[]): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new NoShell(`${name} (there are ${Object.keys(COMMANDS).join(' ')})`);
  return command;
}

/**
 * What `bash -c LINE` does, as a child of `parent`.
 * @returns the exit status, and what both of its outputs got
 * @throws NoShell
 */
export async function runShell(
  machine: SimulatedMachine,
  parent: Process,
  line: string,
): Promise<{ status: number; output: Buffer }> {
  const terminal = new Capture();
  const shell = machine.spawn('bash', parent);
  let status = 0;
  for (const { when, commands } of planned(line)) {
    if (shell.killedBy !== null) break;
    if ((when === 'success' && status !== 0) || (when === 'failure' && status === 0)) continue;
    let input: Uint8Array | null = null;
    for (const [index, command] of commands.entries()) {
      const pipe: Pipe | null = index < commands.length - 1 ? new Pipe() : null;
      status = await runCommand(machine, shell, command, { input, out: pipe ?? terminal, err: terminal });
      input = pipe?.bytes ?? null;
    }
  }
  await machine.end(shell);
  return { status, output: terminal.bytes };
}

interface Streams {
  input: number | Uint8Array | null;
  out: Output;
  err: Output;
}

async function runCommand(
  machine: SimulatedMachine,
  shell: Process,
  { words, redirections }: SimpleCommand,
  given: Streams,
): Promise<number> {
  const command = commandOf(words);
  // Redirections are made by bash, before it becomes the program.
  const process = machine.spawn('bash', shell);
  const streams = { ...given };
  for (const redirection of redirections) {
    try {
      await redirect(machine, process, redirection, streams);
    } catch (error) {
      await given.err.write(Buffer.from(`bash: line 1: ${redirection.path}: ${reason(error)}\n`));
      await machine.end(process);
      return 1;
    }
  }
  const context: Context = { machine, process, ...streams };
  if (!command.builtin) process.comm = words[0]!;
  let status = await command.run(context, words.slice(1));
  if (!command.builtin) status = await closeOutput(context, words[0]!, status);
  await machine.end(process);
  return status;
}

/** Programs of GNU close their output themselves, and say so if that fails. */
async function closeOutput(context: Context, name: string, status: number): Promise<number> {
  const { machine, process, out, err } = context;
  if (!(out instanceof FileOutput)) return status;
  try {
    await machine.close(process, out.descriptor);
    return status;
  } catch (error) {
    await complain({ ...context, err: err === out ? new Capture() : err }, `${name}: write error: ${reason(error)}`);
    return 1;
  }
}

async function redirect(
  machine: SimulatedMachine,
  process: Process,
  { operator, path }: Redirection,
  streams: Streams,
): Promise<void> {
  const writer = async (flags: number): Promise<Output> => {
    const descriptor = await machine.open(process, path, O_WRONLY | O_CREAT | flags);
    return new FileOutput(machine, process, descriptor);
  };
  switch (operator) {
    case '<':
      streams.input = await machine.open(process, path, 0);
      break;
    case '>':
      streams.out = await writer(O_TRUNC);
      break;
    case '>>':
      streams.out = await writer(O_APPEND);
      break;
    case '2>':
      streams.err = await writer(O_TRUNC);
      break;
    case '2>>':
      streams.err = await writer(O_APPEND);
      break;
    case '&>':
      streams.out = streams.err = await writer(O_TRUNC);
      break;
    case '2>&1':
      streams.err = streams.out;
      break;
    case '>&2':
      streams.out = streams.err;
      break;
  }
}
