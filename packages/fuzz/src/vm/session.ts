/** One booted machine with the test module and the driver in it. */
import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BUILD, GuestTarget, Machine, modulePath, samplePath, type Kernel } from '@konoha/vm';

const DRIVER = '/usr/bin/fuzz-driver';
const MODULE = '/usr/lib/konoha/konoha-test.ko';
const SAMPLE = '/usr/lib/konoha/konoha_math-test.ko';
const INPUTS = '/fuzz/inputs';
/** Little, so that an endless loop ends soon under emulation; programs end by themselves. */
const PARAMETERS = 'op_fuel=50000 close_fuel=10000';
const LOAD_FUEL = 200_000;
const LOAD_FUEL_OF_PROGRAMS = 5_000_000;
const CPUS = 2;
const MEMORY_MIB = 768;
const BATCH_TIMEOUT_MS = 300_000;

/** How native code is made in a batch: the module's parameter `jit`, and the sysctls net.core.bpf_jit_*. */
export interface NativeSetting {
  readonly jit: number;
  readonly harden: number;
  readonly enable: number;
}

/** What a batch came to. */
export interface BatchResult {
  /** `loaded`, `operations`, `errno 22`, … */
  readonly counts: ReadonlyMap<string, number>;
  /** Rules that the driver found broken, by number of the input in the archive. */
  readonly broken: readonly { readonly at: number; readonly what: string }[];
  /** What the kernel complains of. */
  readonly complaints: readonly string[];
}

/** A static program: the guest has no libraries of ours. */
function buildDriver(): string {
  const source = join(fileURLToPath(new URL('../../guest/driver.c', import.meta.url)));
  const hash = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const path = join(BUILD, 'guest', `fuzz-driver-${hash}`);
  if (existsSync(path)) return path;
  mkdirSync(join(BUILD, 'guest'), { recursive: true });
  const draft = `${path}.${process.pid}`;
  execFileSync('gcc', ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-o', draft, source], { stdio: 'inherit' });
  renameSync(draft, path);
  return path;
}

export class VmSession {
  private constructor(
    private readonly machine: Machine,
    private readonly target: GuestTarget,
  ) {}

  /** Boots a machine that holds this archive, and inserts the test module with the sample of a binding. */
  static async boot(kernel: Kernel, archive: Uint8Array, programsAlone: boolean): Promise<VmSession> {
    const folder = mkdtempSync(join(tmpdir(), 'konoha-fuzz-'));
    try {
      writeFileSync(join(folder, 'inputs'), archive);
      const files = [
        { host: join(folder, 'inputs'), guest: INPUTS },
        { host: buildDriver(), guest: DRIVER },
        { host: modulePath(kernel, 'test'), guest: MODULE },
        { host: samplePath(kernel, 'test'), guest: SAMPLE },
      ];
      const machine = await Machine.boot({ kernel, smp: CPUS, memoryMiB: MEMORY_MIB, files });
      const session = new VmSession(machine, new GuestTarget(machine));
      await session.target.begin();
      await session.shell(
        `insmod ${MODULE} ${PARAMETERS} load_fuel=${programsAlone ? LOAD_FUEL_OF_PROGRAMS : LOAD_FUEL} && insmod ${SAMPLE}`,
      );
      return session;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Runs a part of the archive. @throws TargetGoneError, OverdueError when the machine does not live through it */
  async batch(first: number, count: number, { jit, harden, enable }: NativeSetting): Promise<BatchResult> {
    await this.target.begin();
    await this.shell(`echo ${jit} > /sys/module/konoha/parameters/jit; cd /proc/sys/net/core
      echo ${harden} > bpf_jit_harden; echo ${enable} 2>/dev/null > bpf_jit_enable || true`);
    const text = await this.shell(`${DRIVER} ${INPUTS} ${first} ${count}`);
    const counts = new Map<string, number>();
    const broken: { at: number; what: string }[] = [];
    for (const line of text.split('\n')) {
      const [, at, what] = /^! (\d+) (.*)$/.exec(line) ?? [];
      const [, name, number] = /^([a-z]+(?: \d+)?) (\d+)$/.exec(line) ?? [];
      if (what !== undefined) broken.push({ at: Number(at), what });
      else if (name !== undefined) counts.set(name, Number(number));
    }
    if (!counts.has('loaded')) broken.push({ at: first, what: `the driver did not end: ${text.slice(-200)}` });
    return { counts, broken, complaints: await this.target.logComplaints() };
  }

  /** Takes the module out, which needs everything to be unloaded; ends the machine. @returns what was wrong */
  async end(): Promise<string[]> {
    await this.target.begin();
    await this.shell('rmmod konoha_math && rmmod konoha');
    const complaints = await this.target.logComplaints();
    await this.machine.end();
    return complaints;
  }

  /** Ends the machine whatever state it is in. */
  async kill(): Promise<void> {
    this.machine.kill('the batch is over');
    await this.machine.ended;
  }

  private async shell(command: string): Promise<string> {
    const outcome = await this.target.perform('fuzz', { verb: 'shell', command }, BATCH_TIMEOUT_MS);
    const text = outcome.data.toString('latin1');
    if (outcome.value !== 0) throw new Error(`"${command}" ended with status ${outcome.value}: ${text.slice(-500)}`);
    return text;
  }
}
