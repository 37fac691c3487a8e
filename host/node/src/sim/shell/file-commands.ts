/** Programs that look at files' names and attributes: ls, stat, test, chmod. */
import { SystemError } from '../system-error.js';
import { complain, reason, type Command, type Context } from './context.js';
import { NoShell } from './lex.js';
import type { Stat } from '../machine.js';

const KINDS: Readonly<Record<Stat['kind'], string>> = {
  directory: 'directory',
  file: 'regular file',
  character: 'character special file',
};

const ls: Command = {
  builtin: false,
  check: (args) => {
    if (args.length === 0 || args.some((arg) => arg.startsWith('-'))) throw new NoShell(`ls ${args.join(' ')}`.trim());
  },
  run: async (context, args) => {
    const { machine, process } = context;
    let status = 0;
    const files: string[] = [];
    const directories: string[] = [];
    for (const path of args) {
      try {
        (machine.stat(process, path).kind === 'directory' ? directories : files).push(path);
      } catch (error) {
        await complain(context, `ls: cannot access '${path}': ${reason(error)}`);
        status = 2;
      }
    }
    if (directories.length > 1 || (directories.length === 1 && args.length > 1)) throw new NoShell('ls of directories');
    const names = directories.length === 1 ? machine.names(process, directories[0]!) : files.sort();
    if (names.length > 0) await context.out.write(Buffer.from(`${names.join('\n')}\n`));
    return status;
  },
};

function formatted(format: string, path: string, { kind, mode, inode }: Stat): string {
  return format.replace(/%([aFni])/g, (_whole, what: string) => {
    if (what === 'a') return mode.toString(8);
    if (what === 'F') return KINDS[kind];
    return what === 'n' ? path : String(inode);
  });
}

const stat: Command = {
  builtin: false,
  check: ([option, format, ...paths]) => {
    if (option !== '-c' || format === undefined || paths.length === 0 || /%[^aFni]/.test(format))
      throw new NoShell('what stat says besides -c with %a %F %n %i');
  },
  run: async (context, [, format = '', ...paths]) => {
    let status = 0;
    for (const path of paths) {
      try {
        const text = formatted(format, path, context.machine.stat(context.process, path));
        await context.out.write(Buffer.from(`${text}\n`));
      } catch (error) {
        await complain(context, `stat: cannot statx '${path}': ${reason(error)}`);
        status = 1;
      }
    }
    return status;
  },
};

const TESTS: Readonly<Record<string, (stat: Stat) => boolean>> = {
  '-e': () => true,
  '-c': ({ kind }) => kind === 'character',
  '-d': ({ kind }) => kind === 'directory',
  '-f': ({ kind }) => kind === 'file',
};

function checkTest(args: readonly string[]): void {
  if (args.length !== 2 || !TESTS[args[0]!]) throw new NoShell('tests besides -e -c -d -f');
}

function runTest({ machine, process }: Context, [which = '', path = '']: readonly string[]): number {
  try {
    return TESTS[which]!(machine.stat(process, path)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return 1;
  }
}

const test: Command = {
  builtin: true,
  check: checkTest,
  run: (context, args) => Promise.resolve(runTest(context, args)),
};

const bracket: Command = {
  builtin: true,
  check: (args) => {
    if (args.at(-1) !== ']') throw new NoShell('"[" without "]"');
    checkTest(args.slice(0, -1));
  },
  run: (context, args) => Promise.resolve(runTest(context, args.slice(0, -1))),
};

const chmod: Command = {
  builtin: false,
  check: ([mode, ...paths]) => {
    if (!/^0?[0-7]{3}$/.test(mode ?? '') || paths.length === 0) throw new NoShell('chmod with such a mode');
  },
  run: async (context, [mode = '', ...paths]) => {
    let status = 0;
    for (const path of paths) {
      try {
        context.machine.stat(context.process, path);
      } catch (error) {
        await complain(context, `chmod: cannot access '${path}': ${reason(error)}`);
        status = 1;
        continue;
      }
      try {
        context.machine.chmod(context.process, path, parseInt(mode, 8));
      } catch (error) {
        await complain(context, `chmod: changing permissions of '${path}': ${reason(error)}`);
        status = 1;
      }
    }
    return status;
  },
};

export const FILE_COMMANDS: Readonly<Record<string, Command>> = { ls, stat, test, '[': bracket, chmod };
