/** Commands for a machine that has the module; they use /dev/konoha and /proc/konoha alone. */
import { InvalidArgumentError, type Command } from 'commander';
import { list, remove, type ListOptions } from './list.js';
import { loadFiles, type LoadOptions } from './load.js';
import { showLog, type LogOptions } from './log.js';
import { top, type TopOptions } from './top.js';

/** Adds the commands to the command line. */
export function machineCommands(program: Command, finish: (exitCode: number) => void): void {
  const command = (name: string, what: string): Command => program.command(name).description(what).exitOverride();
  const load = (name: string, what: string, argument: string, replace: boolean): void => {
    command(name, what)
      .argument(argument, 'scripts; one without @Name gets the name of its file')
      .option('--name <name>', 'for a script without @Name, in place of its file name')
      .option('--json', 'results as JSON, one object a line')
      .action((files: string | string[], options: LoadOptions) => {
        finish(loadFiles([files].flat(), options, replace));
      });
  };
  load('load', 'loads scripts into the kernel of this machine', '<file...>', false);
  load('replace', 'replaces the loaded script of the same name, whose devices stay in place', '<file>', true);
  command('ls', 'lists the scripts that are loaded')
    .option('--json', 'as JSON, one object a line')
    .action((options: ListOptions) => {
      finish(list(options));
    });
  command('rm', 'unloads scripts')
    .argument('<name...>')
    .action((names: string[]) => {
      finish(remove(names));
    });
  command('log', 'shows what scripts print, and their exceptions')
    .option('-f, --follow', 'goes on until interrupted')
    .action(async (options: LogOptions) => {
      finish(await showLog(options));
    });
  command('top', 'shows what scripts do and cost: since they were loaded, then in every interval')
    .option('-i, --interval <seconds>', 'between two looks', parseInterval, 1)
    .option('--once', 'one look; so it is when the output is no terminal')
    .option('--json', 'one look as JSON, one object a line')
    .action(async (options: TopOptions) => {
      finish(await top(options));
    });
}

function parseInterval(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0.1 && seconds <= 3600)) throw new InvalidArgumentError('It must be 0.1 to 3600 seconds.');
  return seconds;
}
