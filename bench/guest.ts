/** A machine to measure in: one CPU whose clocks count instructions, the module, and what bench/build.ts has built. */
import { basename, join } from 'node:path';
import { GuestTarget, Machine, ROOT, insertModule, konohaFiles, type Kernel } from '@konoha/vm';
import type { Tools } from './build.js';
import { Symbols, instructions } from './trace.js';

/** Instructions of one round, less what reading the counter costs. */
export interface Costs {
  readonly total: number;
  readonly minimum: number;
  readonly median: number;
}

const MEMORY_MIB = 1024;
/** Nobody waits at a keyboard; the host may have other work. */
const BOOT_TIMEOUT_MS = 600_000;
const SHELL_TIMEOUT_MS = 1_800_000;
const LOOP_INSTRUCTIONS = 20_000;
/** What surrounds the loop in rounds.c: a test, a call, the loop's own set-up. */
const LOOP_MARGIN = 20;
const JIT = '/sys/module/konoha/parameters/jit';
/** What is done while it is written down: the first rounds are not, and those that are left are not waited for. */
const TRACE_WARM_UP = 200;
/** In the guest, where a microsecond is a thousand instructions: the room for the results of all rounds is made first. */
const TRACE_SETTLE_US = 100_000;
const TRACE_ROUNDS = 4_000_000;
const TRACE_BYTES = 8_000_000;
const SYMBOL_LINES = 8000;
/** So often nothing is seen running in one look, and so many looks are taken. */
const QUIET_TIMES = 3;
const MOST_LOOKS = 50;
/** The tasks that run, but for the shell that looks. */
const RUNNING = `for p in /proc/[0-9]*; do [ -e $p/stat ] && awk '$3 == "R" { print $2 }' $p/stat; done; true`;

export class Guest {
  private symbols: Symbols | undefined;

  private constructor(
    private readonly machine: Machine,
    private readonly target: GuestTarget,
  ) {}

  /**
   * Boots a machine, measures in it, and ends it.
   * @param texts files of the guest by their paths
   * @param options `monitor`: {@link trace} is wanted
   * @throws if the clock does not count instructions, a command fails, or the kernel complains
   */
  static async use<T>(
    kernel: Kernel,
    tools: Tools,
    texts: Readonly<Record<string, string>>,
    work: (guest: Guest) => Promise<T>,
    { monitor = false } = {},
  ): Promise<T> {
    const files = [
      ...konohaFiles(kernel),
      ...[...tools.modules, ...tools.cuse, ...tools.programs].map((path) => ({
        host: path,
        guest: `/bench/${basename(path)}`,
      })),
      { host: join(ROOT, 'bench', 'scripts'), guest: '/bench/scripts' },
    ];
    const machine = await Machine.boot({
      kernel,
      files,
      texts,
      icount: true,
      monitor,
      memoryMiB: MEMORY_MIB,
      bootTimeoutMs: BOOT_TIMEOUT_MS,
    });
    try {
      const target = new GuestTarget(machine);
      await insertModule(target, kernel);
      const guest = new Guest(machine, target);
      await guest.requireInstructionClock();
      await guest.waitUntilQuiet();
      const result = await work(guest);
      const complaints = [...(await target.logComplaints()), ...machine.consoleComplaints()];
      if (complaints.length > 0) throw new Error(`The kernel complains:\n${complaints.join('\n')}`);
      return result;
    } finally {
      await machine.end();
    }
  }

  /** What a command of the guest's shell prints. @throws if its status is not 0 */
  async shell(command: string): Promise<string> {
    const outcome = await this.target.perform('main', { verb: 'shell', command }, SHELL_TIMEOUT_MS);
    const output = outcome.data.toString();
    if (outcome.value === 0 && !outcome.error) return output;
    const status = outcome.error ?? `status ${outcome.value}`;
    throw new Error(
      `"${command}" failed in the guest (${status}): ${output}\n${await this.target.kernelLog()}\n` +
        this.machine.consoleComplaints().join('\n'),
    );
  }

  /** How native code is made of scripts that are loaded from now on: the module's parameter `jit`. */
  async setJit(value: number): Promise<void> {
    await this.shell(`echo ${value} > ${JIT}`);
  }

  /** Performs a program that prints its costs: rounds or loads. */
  async costs(command: string): Promise<Costs> {
    const output = await this.shell(command);
    const found = /^total (\d+) minimum (\d+) median (\d+) maximum \d+$/m.exec(output);
    if (!found) throw new Error(`"${command}" answered: ${output}`);
    return { total: Number(found[1]), minimum: Number(found[2]), median: Number(found[3]) };
  }

  /**
   * Lets rounds perform an operation again and again, and writes down what the machine does meanwhile.
   * @param options for rounds.c, from the path on
   */
  async trace(options: string): Promise<{ trace: bigint[]; symbols: Symbols }> {
    const { monitor } = this.machine;
    if (!monitor) throw new Error('The machine was booted without its control channel.');
    const symbols = (this.symbols ??= await this.readSymbols());
    await this.shell(
      `(/bench/rounds ${TRACE_WARM_UP} ${TRACE_ROUNDS} ${options} > /tmp/rounds 2>&1 &); usleep ${TRACE_SETTLE_US}`,
    );
    const trace = await instructions(monitor, TRACE_BYTES);
    await this.shell('killall rounds');
    return { trace, symbols };
  }

  private async readSymbols(): Promise<Symbols> {
    const parts: string[] = [];
    // An answer of the agent has a greatest size.
    for (let at = 1; parts.at(-1) !== ''; at += SYMBOL_LINES)
      parts.push(await this.shell(`sed -n '${at},${at + SYMBOL_LINES - 1}p' /proc/kallsyms`));
    return Symbols.parse(parts.join(''), await this.shell('cat /proc/modules'));
  }

  /** A kernel that has just booted goes on with tests of its ciphers, which would take time of whatever is measured. */
  private async waitUntilQuiet(): Promise<void> {
    const look = `for i in $(seq ${QUIET_TIMES}); do sleep 0.1; ${RUNNING}; done`;
    let running = '';
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      running = await this.shell(look);
      if (running.trim() === '') return;
    }
    throw new Error(`The guest does not come to rest: ${running}`);
  }

  /** The counter is worth nothing unless a loop of known length costs what it must. */
  private async requireInstructionClock(): Promise<void> {
    const { median } = await this.costs('/bench/rounds 10 101');
    if (median >= LOOP_INSTRUCTIONS && median <= LOOP_INSTRUCTIONS + LOOP_MARGIN) return;
    throw new Error(
      `A loop of ${LOOP_INSTRUCTIONS} instructions costs ${median} on the guest's clock: it does not count instructions.`,
    );
  }
}
