/** `npm run vm`: a booted kernel for people. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseOperationScript, runOperationScript } from '@konoha/ops';
import { Command, InvalidArgumentError } from 'commander';
import {
  DEBUG,
  GuestTarget,
  Machine,
  NoReplyError,
  SERIES,
  attachTerminal,
  defaultVariant,
  insertModule,
  konohaFiles,
  modulePath,
  requireKernel,
  type GuestFile,
  type Kernel,
} from '@konoha/vm';
import { UserError, main, step } from './progress.js';
import { setUp } from './setup.js';
import { showOutcome } from './show.js';

const LOAD_TIMEOUT_MS = 60_000;
const GDB_PORT = 1234;

interface Options {
  readonly kernel: string;
  readonly smp: number;
  readonly memory?: number;
  readonly gdb?: number | true;
  readonly ops?: string[];
  readonly command?: string;
  readonly testModule?: true;
}

const HINT = `
/examples and /tests are those of the repository.
  cat /examples/hello.k > /dev/konoha     load a script; then: cat /proc/konoha/list
  exit, or Ctrl-] at any time             end this machine
`;

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value <= 0) throw new InvalidArgumentError('It must be a positive integer.');
  return value;
}

async function command(): Promise<number> {
  const program = new Command('npm run vm --')
    .description(
      'Boots a stock Debian kernel in QEMU, inserts konoha.ko if it has been built, loads the FILEs as `cat` does, and\n' +
        'gives you a shell in that machine. Without a terminal it ends after loading.',
    )
    .argument('[FILE...]', 'Konoha scripts to load')
    .option('--kernel <series>', `the kernel: ${[...SERIES.map(({ name }) => name), DEBUG].join(', ')}`, '6.12')
    .option('--smp <cpus>', 'virtual CPUs', positiveInteger, 1)
    .option('--memory <MiB>', "the machine's memory (512; debug: 1024)", positiveInteger)
    .option(
      '--gdb [port]',
      `wait for no one, but let GDB attach (port ${GDB_PORT}); turns off address randomization`,
      positiveInteger,
    )
    .option('--command <line>', 'run this shell line instead of a shell; its exit status becomes ours')
    .option('--test-module', 'konoha.ko as tests of its insides need it (KONOHA_TEST=1)')
    .option('--ops <file...>', 'run operation scripts and show what each operation gives (docs/operation-scripts.md)')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run vm -- --kernel 6.1 --smp 4 examples/hello.k\n  npm run vm -- --ops tests/kernel/machine/processes.ops',
    )
    .parse();
  const options = program.opts<Options>();
  const files = program.args.map((file) => ({ host: resolve(file), guest: `/scripts/${basename(file)}` }));
  const missing = [...files.map(({ host }) => host), ...(options.ops ?? [])].filter((path) => !existsSync(path));
  if (missing.length > 0) throw new UserError(`No such file: ${missing.join(', ')}`);
  await setUp();
  const kernel = requireKernel(options.kernel);
  const machine = await step(`Booting Linux ${kernel.release}`, () => boot(kernel, options, files));
  try {
    return await use(machine, options, files);
  } finally {
    await machine.end();
  }
}

async function boot(kernel: Kernel, options: Options, files: readonly GuestFile[]): Promise<Machine> {
  const gdbPort = options.gdb === true ? GDB_PORT : options.gdb;
  return await Machine.boot({
    kernel,
    smp: options.smp,
    ...(options.memory === undefined ? {} : { memoryMiB: options.memory }),
    ...(gdbPort === undefined ? {} : { gdbPort }),
    files: [...konohaFiles(kernel), ...files],
    texts: { '/etc/motd': HINT },
  });
}

/** @returns the exit status */
async function use(machine: Machine, options: Options, files: readonly GuestFile[]): Promise<number> {
  const target = new GuestTarget(machine);
  const gdbPort = options.gdb === true ? GDB_PORT : options.gdb;
  if (gdbPort !== undefined) console.log(`GDB: gdb -ex 'target remote 127.0.0.1:${gdbPort}'`);
  const variant = options.testModule ? 'test' : defaultVariant(machine.kernel);
  if (existsSync(modulePath(machine.kernel, variant))) await insertModule(target, machine.kernel, variant);
  else console.error(`konoha.ko has not been built for ${machine.kernel.release}; to build it, type: npm run build`);
  let status = 0;
  for (const { guest } of files) status ||= await shellLine(target, `cat ${quoteForShell(guest)} > /dev/konoha`);
  for (const path of options.ops ?? []) status ||= await runOps(target, path);
  if (options.command !== undefined) return status || (await shellLine(target, options.command));
  if (options.ops) return status;
  if (process.stdin.isTTY) await attachTerminal(machine);
  return status;
}

async function shellLine(target: GuestTarget, line: string): Promise<number> {
  console.log(`$ ${line}`);
  const outcome = await target.perform('main', { verb: 'shell', command: line }, LOAD_TIMEOUT_MS);
  process.stdout.write(outcome.data);
  return outcome.value;
}

async function runOps(target: GuestTarget, path: string): Promise<number> {
  await target.begin();
  try {
    await runOperationScript(parseOperationScript(readFileSync(path, 'utf8'), path), target, showOutcome);
  } catch (error) {
    if (error instanceof NoReplyError) throw error;
    console.error((error as Error).message);
    return 1;
  }
  const complaints = await target.logComplaints();
  for (const complaint of complaints) console.error(complaint);
  return complaints.length > 0 ? 1 : 0;
}

function quoteForShell(text: string): string {
  return /^[\w./+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

await main(command);
