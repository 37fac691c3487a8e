import { readFileSync } from 'node:fs';
import { CompileMemoryError, EngineTrap, ERRNO, LoadError } from '@konoha/host-node';
import { FormatError } from '@konoha/format';
import { Command, CommanderError } from 'commander';
import { BIND_OPTION } from './bindings.js';
import { check, type CheckOptions } from './check.js';
import { CommandError } from './command-error.js';
import { dis } from './dis.js';
import { header } from './header.js';
import { EXIT_ENGINE, EXIT_FAILED, EXIT_OK, EXIT_PIPE, EXIT_USAGE } from './exit-codes.js';
import { explainCommand } from './explain.js';
import { machineCommands } from './machine/commands.js';
import { fmtCommand } from './fmt.js';
import { lspCommand } from './lsp.js';
import { repl, type ReplOptions } from './repl/repl.js';
import { jitOption } from './jit.js';
import { run, type RunOptions } from './run.js';
import { simCommand } from './sim.js';
import { testCommand } from './test.js';
import { parseFuel, parseHeap } from './units.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** The command line; `finish` receives the exit status of the command that ran. */
export function commandLine(finish: (exitCode: number) => void): Command {
  const program = new Command('konoha')
    .description('Runs, checks and tests Konoha scripts.')
    .version(version)
    .enablePositionalOptions()
    .showHelpAfterError('(konoha --help shows what there is)')
    .addHelpText(
      'after',
      `
Exit status: 0 all is well, 1 diagnostics or an uncaught exception, 2 wrong usage or an unreadable file,
70 a bug of the engine.`,
    )
    .exitOverride();
  const command = (name: string, what: string): Command =>
    program
      .command(name)
      .description(what)
      .option('--json', 'diagnostics and exceptions as JSON, one object a line')
      .option('--color', 'colours, also when the output is not a terminal')
      .option('--no-color', 'no colours (so does NO_COLOR in the environment)')
      .option('--kernel', "the kernel's rules: its classes, its limits, no float")
      .exitOverride();
  const bindings = [
    '--bindings <file>',
    'declarations of bound classes, as /proc/konoha/bindings shows them; may be repeated',
    (file: string, before: string[] = []): string[] => [...before, file],
  ] as const;

  command('run', 'compiles FILE (- for standard input) and runs it; ARGS go to its main(String[] args)')
    .argument('<file>')
    .argument('[args...]')
    .option(...BIND_OPTION)
    .option('--strict', 'run nothing if anything is wrong; otherwise a wrong statement raises Type!! if it is reached')
    .option('--fuel <units>', 'stop with Timeout!! after so many calls and loop rounds (default: no limit)', parseFuel)
    .option('--heap <size>', 'memory of the script, a power of two (default: 16M)', parseHeap)
    .addOption(jitOption())
    .passThroughOptions()
    .action(async (file: string, args: string[], options: RunOptions) => {
      finish(await run(file, args, options));
    });
  command('check', 'compiles each FILE and shows what is wrong, without running anything')
    .argument('<file...>')
    .option(...bindings)
    .action((files: string[], options: CheckOptions) => {
      finish(check(files, options));
    });
  command('dis', 'shows the instructions that FILE compiles to')
    .argument('<file>')
    .option(...bindings)
    .action((file: string, options: CheckOptions) => {
      finish(dis(file, options));
    });
  program
    .command('repl')
    .description('a shell: entries are compiled and run one after the other; :help shows what there is')
    .option('--color', 'colours, also when the output is not a terminal')
    .option('--no-color', 'no colours (so does NO_COLOR in the environment)')
    .exitOverride()
    .option('--kernel', "entries run in this machine's kernel: takes the module, and root")
    .option('--heap <size>', 'memory of the session, a power of two (default: 16M)', parseHeap)
    .addOption(jitOption())
    .action(async (options: ReplOptions) => {
      finish(await repl(options));
    });
  explainCommand(program, finish);
  command('header', "prints the C header of FILE's ioctl commands and structs")
    .argument('<file>')
    .action((file: string, options: CheckOptions) => {
      finish(header(file, options));
    });
  simCommand(program, finish);
  testCommand(program, finish);
  machineCommands(program, finish);
  fmtCommand(program, finish);
  lspCommand(program);
  return program;
}

/** Which exit status an error means, and the line that explains it. */
function reason(error: unknown): { exitCode: number; line: string } {
  if (error instanceof CommanderError) return { exitCode: error.exitCode === 0 ? EXIT_OK : EXIT_USAGE, line: '' };
  if (error instanceof CommandError) return { exitCode: error.exitCode, line: error.message };
  if (error instanceof CompileMemoryError) return { exitCode: EXIT_FAILED, line: error.message };
  if (error instanceof LoadError && error.code === -ERRNO.ENOMEM)
    return { exitCode: EXIT_FAILED, line: `${error.message}: try a larger --heap` };
  // Our own compiler made the image, so whoever refuses it, one of the two is wrong.
  if (error instanceof EngineTrap || error instanceof LoadError)
    return {
      exitCode: EXIT_ENGINE,
      line: `${error.message}; this is a bug of Konoha, please report it with the script`,
    };
  if (error instanceof FormatError) return { exitCode: EXIT_ENGINE, line: error.message };
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') return { exitCode: EXIT_PIPE, line: '' };
  throw error;
}

/** Runs the command line `argv` (as in `process.argv`) and sets the exit status. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await commandLine((exitCode) => {
      process.exitCode = exitCode;
    }).parseAsync(argv);
  } catch (error) {
    const { exitCode, line } = reason(error);
    if (line) process.stderr.write(`konoha: ${line}\n`);
    process.exitCode = exitCode;
  }
}
