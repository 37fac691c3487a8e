/** `konoha sim`: drivers and an operation script on a simulated machine. */
import { resolve } from 'node:path';
import { SimulatorTarget, whyNotSimulated, type SimulatedMachine } from '@konoha/host-node/sim';
import {
  OperationFailure,
  describeOutcome,
  parseOperationScript,
  runOperationScript,
  type Observer,
} from '@konoha/ops';
import type { Command } from 'commander';
import { BIND_OPTION, loadBindings } from './bindings.js';
import { CommandError } from './command-error.js';
import { ensureEngine } from './engine-build.js';
import { EXIT_FAILED, EXIT_OK, EXIT_USAGE } from './exit-codes.js';
import { jitOption, type Jit } from './jit.js';
import { readOperations } from './operation-files.js';
import { writeAll } from './output.js';
import { pathInMachine, prepareMachine } from './simulated.js';
import { readSource } from './source-file.js';

export interface SimOptions {
  readonly json?: boolean;
  /** JavaScript modules that bind classes. */
  readonly bind?: readonly string[];
  readonly jit?: Jit;
}

/** Adds the command to the command line. */
export function simCommand(program: Command, finish: (exitCode: number) => void): void {
  program
    .command('sim')
    .description('loads drivers (.k) into a simulated machine, then performs an operation script (.ops) there')
    .argument('<file...>', 'drivers, and at most one operation script behind them')
    .option(...BIND_OPTION)
    .addOption(jitOption())
    .option('--json', 'each operation and its outcome as JSON, one object a line')
    .exitOverride()
    .action(async (files: string[], options: SimOptions) => {
      finish(await sim(files, options));
    });
}

/** The exit status. @throws CommandError for files that cannot be read or a script that cannot be simulated */
export async function sim(files: readonly string[], options: SimOptions): Promise<number> {
  const last = files.at(-1)!;
  const drivers = last.endsWith('.ops') ? files.slice(0, -1) : files;
  const wrong = drivers.find((file) => file.endsWith('.ops'));
  if (wrong !== undefined) throw new CommandError(`${wrong}: the operation script stands last, and alone`, EXIT_USAGE);
  const script = last.endsWith('.ops') ? readOperations(last) : null;
  const reason = script ? whyNotSimulated(script) : null;
  if (reason !== null) throw new CommandError(`${last}: ${reason}`, EXIT_USAGE);
  const sources = drivers.map(readSource);
  ensureEngine();

  const prepared = prepareMachine(resolve(last), await loadBindings(options.bind ?? []), options.jit);
  const target = new SimulatorTarget(prepared.machine);
  const observe = options.json ? showJson : showText;
  try {
    for (const { name, bytes } of sources) {
      const path = pathInMachine(prepared, name, bytes);
      const load = parseOperationScript(`load "${path}"`, name);
      await runOperationScript(load, target, (step, outcome) => observe({ ...step, text: `load ${name}` }, outcome));
    }
    if (script) await runOperationScript(script, target, observe, prepared.home);
    else if (!options.json) writeAll(1, `${prepared.machine.konoha.status}`);
    return EXIT_OK;
  } catch (error) {
    if (!(error instanceof OperationFailure)) throw error;
    writeAll(2, `${error.message}\n${lastStatus(prepared.machine)}`);
    return EXIT_FAILED;
  }
}

/** What /proc/konoha/status says of a load that has failed. */
function lastStatus({ konoha }: SimulatedMachine): string {
  return /^ok /m.test(konoha.status) ? '' : konoha.status.replace(/^(?=.)/gm, '  ');
}

/** As it would look at a prompt: a shell line with its output, any other operation with its outcome in words. */
const showText: Observer = (step, outcome) => {
  const { operation } = step;
  if (operation.verb !== 'shell') {
    writeAll(1, `${step.text}   → ${describeOutcome(operation, outcome)}\n`);
    return;
  }
  const output = outcome.data.toString();
  const status = outcome.value === 0 ? '' : `(exit status ${outcome.value})\n`;
  writeAll(1, `${step.text}\n${output}${/[^\n]$/.test(output) ? '\n' : ''}${status}`);
};

const showJson: Observer = (step, outcome) => {
  const { line, text, operation } = step;
  writeAll(1, `${JSON.stringify({ line, text, outcome: describeOutcome(operation, outcome) })}\n`);
};
