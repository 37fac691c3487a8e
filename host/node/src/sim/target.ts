/** A simulated machine as what operation scripts run on. */
import {
  OverdueError,
  type MemoryUse,
  type OperationScript,
  type Outcome,
  type Request,
  type Step,
  type Target,
} from '@konoha/ops';
import { errnoName } from '../errno.js';
import { SimulatedMachine } from './machine.js';
import type { Process } from './process.js';
import { NoShell } from './shell/lex.js';
import { refusal, runShell } from './shell/run.js';
import { SystemError } from './system-error.js';

/** The simulator cannot perform a script; the message says which part of it. */
export class NotSimulated extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'NotSimulated';
  }
}

/** Why the simulator cannot perform a script, or null: to be asked before it begins. */
export function whyNotSimulated(script: OperationScript): string | null {
  if (!script.requirements.module) return 'requires no-module: there is more to a machine than the simulator has';
  const [feature] = script.requirements.features;
  if (feature === 'preemption') return 'requires preemption: the simulator runs a call of a script to its end';
  if (feature === 'shell') return 'requires shell: the simulator has no /dev/konoha-shell';
  if (feature !== undefined) return `requires ${feature}: the simulator has no kernel to test`;
  return refusedStep(script.steps);
}

function refusedStep(steps: readonly Step[]): string | null {
  for (const step of steps) {
    const reason = refusedIn(step);
    if (reason !== null) return reason;
  }
  return null;
}

function refusedIn(step: Step): string | null {
  if (step.kind === 'mark') return `line ${step.line}: the simulator has no ${KERNELS_OWN['memory-back']}`;
  if (step.kind === 'repeat') return refusedStep(step.steps);
  if (step.kind !== 'operation') return null;
  const { operation } = step;
  const missing = KERNELS_OWN[operation.verb];
  if (missing !== undefined) return `line ${step.line}: the simulator has no ${missing}`;
  const reason = operation.verb === 'shell' ? refusal(operation.command) : null;
  return reason === null ? null : `line ${step.line}: ${reason}`;
}

/** Operations that only a kernel can perform, and what it takes. */
const KERNELS_OWN: Readonly<Record<string, string>> = {
  'memory-back': 'memory use of a kernel',
  'read-at': 'addresses of a process',
  'write-at': 'addresses of a process',
  'ioctl-at': 'addresses of a process',
  'read-slow': 'memory that comes late',
  'write-slow': 'memory that comes late',
  stress: 'processes at the same time',
  'fail-nth': 'failures on demand',
};

/** Signals that do not end a process that does nothing about them. */
const HARMLESS: readonly number[] = [0, 17, 18, 23, 28];

interface Running {
  readonly process: Process;
  /** What it is doing; fulfilled when it does nothing. */
  busy: Promise<unknown>;
}

export class SimulatorTarget implements Target {
  private readonly processes = new Map<string, Running>();

  constructor(readonly machine: SimulatedMachine = new SimulatedMachine()) {}

  async perform(name: string, request: Request, timeoutMs: number): Promise<Outcome> {
    const running = this.processOf(name);
    const work = this.outcome(running.process, request);
    running.busy = work.catch(() => undefined);
    return await this.within(work, timeoutMs, `    ${name} waits in ${request.verb}`);
  }

  async kill(name: string, signal: number, timeoutMs: number): Promise<Outcome> {
    const running = this.processes.get(name);
    if (!running) return failed('ESRCH');
    if (HARMLESS.includes(signal))
      throw new OverdueError(timeoutMs / 1000, `    signal ${signal} does not end ${name}`);
    running.process.kill(signal);
    await this.within(running.busy, timeoutMs, `    ${name} does not end`);
    await this.endOf(name, running.process);
    return succeeded(signal);
  }

  async exit(name: string, status: number): Promise<Outcome> {
    await this.endOf(name, this.processOf(name).process);
    return succeeded(status & 0xff);
  }

  putFile(path: string, contents: string): Promise<void> {
    this.machine.putFile(path, contents);
    return Promise.resolve();
  }

  kernelLog(): Promise<string> {
    return Promise.resolve(this.machine.konoha.log.takeKernelLines());
  }

  memory(): Promise<MemoryUse> {
    return Promise.reject(new NotSimulated('the simulator has no memory use of a kernel'));
  }

  async pause(milliseconds: number): Promise<void> {
    await this.machine.clock.sleep(milliseconds);
  }

  private processOf(name: string): Running {
    let running = this.processes.get(name);
    if (!running) {
      running = { process: this.machine.spawn(name), busy: Promise.resolve() };
      this.processes.set(name, running);
    }
    return running;
  }

  private async endOf(name: string, process: Process): Promise<void> {
    await this.machine.end(process);
    this.processes.delete(name);
  }

  private async within<T>(work: Promise<T>, timeoutMs: number, where: string): Promise<T> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => {
      cancel = this.machine.clock.after(timeoutMs, () => reject(new OverdueError(timeoutMs / 1000, where)));
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      cancel();
    }
  }

  private async outcome(process: Process, request: Request): Promise<Outcome> {
    const { clock } = this.machine;
    const start = clock.now();
    let result: { value: number; data?: Uint8Array };
    let error: string | null = null;
    try {
      result = await this.call(process, request);
    } catch (thrown) {
      if (thrown instanceof NoShell) throw new NotSimulated(thrown.message);
      if (!(thrown instanceof SystemError)) throw thrown;
      result = { value: -1 };
      error = errnoName(thrown.errno);
      if (request.verb === 'ioctl') result.data = request.data;
    }
    if (process.killedBy !== null) return { ...failed('died'), milliseconds: clock.now() - start };
    return {
      value: result.value,
      error,
      data: Buffer.from(result.data ?? []),
      milliseconds: clock.now() - start,
    };
  }

  private async call(process: Process, request: Request): Promise<{ value: number; data?: Uint8Array }> {
    const { machine } = this;
    switch (request.verb) {
      case 'open':
        return { value: await machine.open(process, request.path, request.flags, request.mode) };
      case 'read':
        return transferred(await machine.read(process, request.fd, request.length));
      case 'pread':
        return transferred(await machine.pread(process, request.fd, request.length, request.offset));
      case 'write':
        return { value: await machine.write(process, request.fd, request.data) };
      case 'pwrite':
        return { value: await machine.pwrite(process, request.fd, request.data, request.offset) };
      case 'lseek':
        return { value: await machine.lseek(process, request.fd, request.offset, request.whence) };
      case 'poll':
        return { value: await machine.poll(process, request.fd, request.events, request.timeoutMs) };
      case 'ioctl': {
        const data = Buffer.from(request.data);
        return { value: await machine.ioctl(process, request.fd, request.request, data), data };
      }
      case 'ioctl-value':
        return { value: await machine.ioctl(process, request.fd, request.request, null) };
      case 'close':
        await machine.close(process, request.fd);
        return { value: 0 };
      case 'dup':
        return { value: machine.dup(process, request.fd) };
      case 'fsync':
        machine.fsync(process, request.fd);
        return { value: 0 };
      case 'sleep':
        await machine.sleep(process, request.milliseconds);
        return { value: 0 };
      case 'setuid':
        if (process.uid !== 0 && process.uid !== request.uid) return Promise.reject(new SystemError(1));
        process.uid = request.uid;
        return { value: 0 };
      case 'shell': {
        const { status, output } = await runShell(machine, process, request.command);
        return { value: status, data: output };
      }
      default:
        // Refused before the script began.
        throw new NotSimulated(`the simulator has no ${KERNELS_OWN[request.verb] ?? request.verb}`);
    }
  }
}

function transferred(data: Uint8Array): { value: number; data: Uint8Array } {
  return { value: data.length, data };
}

function succeeded(value: number): Outcome {
  return { value, error: null, data: Buffer.alloc(0), milliseconds: 0 };
}

function failed(error: string): Outcome {
  return { value: -1, error, data: Buffer.alloc(0), milliseconds: 0 };
}
