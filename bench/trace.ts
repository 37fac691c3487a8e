/** Which instructions a kernel goes through: QEMU writes down each of them, and the kernel's list of symbols says whose they are. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Monitor } from '@konoha/vm';

/** User space lies below. */
const KERNEL = 1n << 63n;
/** From here on is code that was loaded: modules, and code that was made (x86-64's MODULES_VADDR). */
const LOADED = 0xffffffffc0000000n;
/** What cannot be found in any symbol's own code. */
export const NATIVE_CODE = 'native code';
export const USER = 'user space';
/** How often the log is looked at, and how long it may take. */
const LOOK_MS = 50;
const PATIENCE_MS = 120_000;
/** Where a system call enters the kernel. */
const ENTRY = 'entry_SYSCALL_64';

export interface KernelSymbol {
  readonly address: bigint;
  readonly name: string;
  /** The module that it is part of; empty: the kernel. */
  readonly module: string;
}

export interface Module {
  readonly base: bigint;
  readonly bytes: number;
}

/** The kernel's functions, and which of them an address is part of. */
export class Symbols {
  private readonly sorted: readonly KernelSymbol[];

  /**
   * @param symbols functions alone, in any order
   * @param modules by their names
   */
  constructor(
    symbols: readonly KernelSymbol[],
    private readonly modules: ReadonlyMap<string, Module>,
  ) {
    this.sorted = [...symbols].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  }

  /** Of /proc/kallsyms and /proc/modules, as root reads them. */
  static parse(kallsyms: string, modules: string): Symbols {
    const symbols = [...kallsyms.matchAll(/^([0-9a-f]+) [tTwW] (\S+)(?:\s+\[(\S+)\])?$/gm)].map(
      ([, address, name, module]) => ({ address: BigInt(`0x${address!}`), name: name!, module: module ?? '' }),
    );
    const places = [...modules.matchAll(/^(\S+) (\d+) .* 0x([0-9a-f]+)/gm)].map(
      ([, name, bytes, base]) => [name!, { base: BigInt(`0x${base!}`), bytes: Number(bytes) }] as const,
    );
    return new Symbols(symbols, new Map(places));
  }

  /** Whose code is there; undefined: nobody's, or of user space. */
  at(address: bigint): KernelSymbol | undefined {
    let [from, to] = [0, this.sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.sorted[middle]!.address <= address) from = middle + 1;
      else to = middle;
    }
    const found = this.sorted[from - 1];
    if (!found || found.module === '') return address < LOADED ? found : undefined;
    // Behind a module's last function may be code that has no name.
    const module = this.modules.get(found.module);
    return module && address < module.base + BigInt(module.bytes) ? found : undefined;
  }
}

/** A way through the code: addresses of all instructions of one operation. */
export type Way = readonly bigint[];

/**
 * Writes down what the machine does for a while.
 * @param bytes so much of QEMU's log, some 80 an instruction
 * @returns addresses in their order
 * @throws if the machine has ended, or QEMU's log does not grow
 */
export async function instructions(monitor: Monitor, bytes: number): Promise<bigint[]> {
  const folder = mkdtempSync(join(tmpdir(), 'konoha-trace-'));
  const log = join(folder, 'log');
  try {
    for (const command of ['stop', `logfile ${log}`, 'singlestep on', 'log exec,nochain', 'cont'])
      await monitor.command(command);
    for (let waited = 0; (statSync(log, { throwIfNoEntry: false })?.size ?? 0) < bytes; waited += LOOK_MS) {
      if (waited > PATIENCE_MS) throw new Error('QEMU does not write down what the machine does.');
      await sleep(LOOK_MS);
    }
    for (const command of ['stop', 'log none', 'singlestep off', 'cont']) await monitor.command(command);
    return [...readFileSync(log, 'latin1').matchAll(/^Trace \d+: \S+ \[[0-9a-f]+\/([0-9a-f]+)\//gm)].map(([, pc]) =>
      BigInt(`0x${pc!}`),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * One operation out of many that were written down: the one of the length that occurs most often, which no interrupt has made longer.
 * @param calls system calls that it consists of
 * @throws if there is not one of them from beginning to end
 */
export function oneOperation(trace: readonly bigint[], symbols: Symbols, calls: number): Way {
  const entries: number[] = [];
  trace.forEach((address, at) => {
    const before = trace[at - 1];
    if (before !== undefined && before < KERNEL && address >= KERNEL && symbols.at(address)?.name === ENTRY)
      entries.push(at);
  });
  const byLength = new Map<number, number[]>();
  for (let at = 0; at + calls < entries.length; at++) {
    const length = entries[at + calls]! - entries[at]!;
    byLength.set(length, [...(byLength.get(length) ?? []), entries[at]!]);
  }
  const [best] = [...byLength].sort(([, a], [, b]) => b.length - a.length);
  if (!best) throw new Error('No operation was seen from its beginning to its end.');
  const [length, starts] = best;
  return trace.slice(starts[0], starts[0]! + length);
}

/** How many instructions a way has in each function: `module/function`, or what has no name. */
export function byFunction(way: Way, symbols: Symbols): Map<string, number> {
  const counts = new Map<string, number>();
  for (const address of way) {
    const symbol = address < KERNEL ? undefined : symbols.at(address);
    const name = symbol ? `${symbol.module}/${symbol.name}` : address < KERNEL ? USER : NATIVE_CODE;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
