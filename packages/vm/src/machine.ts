/** A running guest: boots it, gives access to its agent and console, ends it, and kills it if it hangs. */
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { AgentLink, MachineGoneError, hex, type Reply } from './agent-link.js';
import { buildBaseArchive, buildWorkArchive, type GuestFile } from './initramfs.js';
import { findComplaints, parseKernelLog, type LogRecord } from './kernel-log.js';
import type { Kernel } from './kernels.js';
import { Monitor } from './monitor.js';
import { AGENT_FD, CONSOLE_FD, MONITOR_FD, QEMU, findAccelerator, qemuArguments } from './qemu.js';

export interface MachineOptions {
  readonly kernel: Kernel;
  readonly files?: readonly GuestFile[];
  /** Guest path → contents. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly smp?: number;
  readonly memoryMiB?: number;
  readonly icount?: boolean;
  /** {@link Machine.monitor} is wanted. */
  readonly monitor?: boolean;
  readonly gdbPort?: number;
  readonly kernelParameters?: string;
  /** QEMU is killed if the agent has not started after this long. */
  readonly bootTimeoutMs?: number;
}

const CONSOLE_KEPT = 1 << 18;
const MEMORY_MIB = 512;
/** KASAN takes an eighth of the memory, and keeps what was freed for a while. */
const DEBUG_MEMORY_MIB = 1024;
/** Each report of KASAN counts, not only the first. */
const DEBUG_PARAMETERS = 'kasan_multi_shot';
const AGENT_TIMEOUT_MS = 30_000;

export class Machine {
  readonly agent: AgentLink;
  /** The serial console, raw. */
  readonly console: Duplex;
  /** QEMU's control channel, if it was asked for. */
  readonly monitor: Monitor | undefined;
  /** Fulfilled when QEMU has ended, for whatever reason. */
  readonly ended: Promise<void>;
  private consoleText = '';
  private qemuErrors = '';
  private readonly log: LogRecord[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly kernel: Kernel,
  ) {
    this.agent = new AgentLink(child.stdio[AGENT_FD] as Duplex);
    this.console = child.stdio[CONSOLE_FD] as Duplex;
    this.console.on('data', (chunk: Buffer) => {
      this.consoleText = (this.consoleText + chunk.toString('utf8')).slice(-CONSOLE_KEPT);
    });
    this.console.on('error', () => undefined);
    const monitor = (child.stdio as readonly unknown[])[MONITOR_FD] as Duplex | undefined;
    this.monitor = monitor && new Monitor(monitor);
    child.stderr?.on('data', (chunk: Buffer) => (this.qemuErrors += chunk.toString('utf8')));
    this.ended = new Promise((resolve) => {
      const finish = (reason: string): void => {
        rmSync(folder, { recursive: true, force: true });
        process.removeListener('exit', this.killNow);
        this.agent.close(new MachineGoneError(reason));
        this.monitor?.close(new MachineGoneError(reason));
        resolve();
      };
      child.once('error', (error) => finish(`QEMU did not start: ${error.message}`));
      child.once('close', () => finish(this.describeEnd()));
    });
    // Nothing of ours may outlive us, however we end.
    process.once('exit', this.killNow);
  }

  /**
   * Boots a kernel up to the agent.
   * @throws MachineGoneError with the console's last lines if it does not get there
   */
  static async boot(options: MachineOptions): Promise<Machine> {
    const folder = mkdtempSync(join(tmpdir(), 'konoha-vm-'));
    const initramfs = join(folder, 'initramfs.cpio');
    copyFileSync(buildBaseArchive(options.kernel), initramfs);
    appendFileSync(initramfs, buildWorkArchive(options.files ?? [], options.texts));
    const accelerator = options.icount ? 'tcg' : await findAccelerator(options.kernel.image);
    const parameters = [...(options.kernel.debug ? [DEBUG_PARAMETERS] : []), options.kernelParameters ?? ''];
    const child = spawn(
      QEMU,
      qemuArguments({
        kernelImage: options.kernel.image,
        initramfs,
        accelerator,
        smp: options.smp ?? 1,
        memoryMiB: options.memoryMiB ?? (options.kernel.debug ? DEBUG_MEMORY_MIB : MEMORY_MIB),
        icount: options.icount ?? false,
        monitor: options.monitor ?? false,
        ...(options.gdbPort === undefined ? {} : { gdbPort: options.gdbPort }),
        kernelParameters: parameters.filter(Boolean).join(' '),
      }),
      {
        stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe', ...(options.monitor ? (['pipe'] as const) : [])],
        detached: false,
      },
    );
    const machine = new Machine(child, folder, options.kernel);
    const seconds = (options.bootTimeoutMs ?? 120_000) / 1000;
    const watchdog = setTimeout(() => machine.kill(`it did not boot within ${seconds} s`), seconds * 1000);
    try {
      await machine.agent.ready;
    } finally {
      clearTimeout(watchdog);
    }
    return machine;
  }

  /** Performs one of the agent's own verbs. */
  async command(...words: (string | number)[]): Promise<Reply> {
    return await this.agent.request('-', words, AGENT_TIMEOUT_MS);
  }

  /** Writes a file into the guest. @throws with the guest's errno */
  async put(path: string, data: string | Uint8Array, mode = 0o644): Promise<void> {
    const reply = await this.command('put', hex(path), mode.toString(8), hex(data));
    if (reply.error) throw new Error(`cannot write ${path} in the guest: ${reply.error}`);
  }

  /** Log records since the last call. All of them remain in {@link wholeLog}. */
  async newLog(): Promise<LogRecord[]> {
    const reply = await this.command('kernel-log');
    if (reply.error) throw new Error(`cannot read the guest's kernel log: ${reply.error}`);
    const records = parseKernelLog(reply.data);
    this.log.push(...records);
    return records;
  }

  get wholeLog(): readonly LogRecord[] {
    return this.log;
  }

  /** What the serial console has shown, its last 256 KiB. */
  get consoleOutput(): string {
    return this.consoleText;
  }

  /** Lines of the console that say that something is wrong. */
  consoleComplaints(): string[] {
    return findComplaints(this.consoleText.split(/\r?\n/));
  }

  /** Ends the guest in an orderly way; kills it if it does not go within 10 s. */
  async end(): Promise<void> {
    void this.command('end').catch(() => undefined);
    const watchdog = setTimeout(() => this.kill('it did not end when told to'), 10_000);
    await this.ended;
    clearTimeout(watchdog);
  }

  /** Ends QEMU at once. */
  kill(reason: string): void {
    this.agent.close(new MachineGoneError(`The machine was stopped: ${reason}.${this.lastLines()}`));
    this.killNow();
  }

  private readonly killNow = (): void => {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  };

  private describeEnd(): string {
    const errors = this.qemuErrors.trim();
    return `The machine has ended.${errors ? `\nQEMU: ${errors}` : ''}${this.lastLines()}`;
  }

  private lastLines(): string {
    const lines = this.consoleText.trimEnd().split(/\r?\n/).slice(-30);
    return lines.join('') === '' ? '' : `\nIts console's last lines:\n  ${lines.join('\n  ')}`;
  }
}
