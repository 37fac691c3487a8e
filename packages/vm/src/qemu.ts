/** How QEMU is started: options and accelerator. */
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { release } from 'node:os';
import { CACHE } from './paths.js';

export const QEMU = 'qemu-system-x86_64';

export type Accelerator = 'kvm' | 'tcg';

export interface QemuOptions {
  readonly kernelImage: string;
  readonly initramfs: string;
  readonly accelerator: Accelerator;
  /** Virtual CPUs. */
  readonly smp: number;
  readonly memoryMiB: number;
  /** The guest's clock counts instructions; one CPU, emulated. */
  readonly icount?: boolean;
  /** QEMU's own control channel, on MONITOR_FD. */
  readonly monitor?: boolean;
  /** A GDB stub on this TCP port of the local host. */
  readonly gdbPort?: number;
  /** Added to the kernel's command line. */
  readonly kernelParameters?: string;
}

/** File descriptors that QEMU inherits: 3 is the agent's port, 4 the serial console, 5 QEMU's control channel if it is wanted. */
export const AGENT_FD = 3;
export const CONSOLE_FD = 4;
export const MONITOR_FD = 5;

/** QEMU's command line, without the program. */
export function qemuArguments(options: QemuOptions): string[] {
  if (options.icount && options.smp !== 1)
    throw new Error('Counting instructions (icount) works with one CPU only; leave out --smp.');
  const parameters = [
    'console=ttyS0',
    // Warnings and oopses are shown at once; the whole log is fetched by the agent.
    'loglevel=5',
    // After an oops nothing that follows can be trusted: stop there, with the trace on the console.
    'oops=panic',
    'panic=-1',
    // Emulated CPUs that compete for few real ones look unsteady to the clock checks.
    'tsc=unstable',
    // Nor do their timers tick in time for the kernel's test of them, which would panic.
    'no_timer_check',
    'rcupdate.rcu_cpu_stall_timeout=60',
    'random.trust_cpu=1',
    ...(options.gdbPort ? ['nokaslr'] : []),
    ...(options.kernelParameters ? [options.kernelParameters] : []),
  ];
  return [
    ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none'],
    ...['-machine', 'q35', '-accel', options.icount ? 'tcg' : options.accelerator],
    ...['-cpu', 'max', '-smp', String(options.smp), '-m', String(options.memoryMiB)],
    ...(options.icount ? ['-icount', 'shift=0'] : []),
    ...['-kernel', options.kernelImage, '-initrd', options.initramfs, '-append', parameters.join(' ')],
    ...['-chardev', `socket,id=agent,fd=${AGENT_FD}`, '-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=agent,name=agent'],
    ...['-chardev', `socket,id=console,fd=${CONSOLE_FD}`, '-serial', 'chardev:console'],
    ...(options.monitor
      ? ['-chardev', `socket,id=monitor,fd=${MONITOR_FD}`, '-mon', 'chardev=monitor,mode=control']
      : []),
    ...(options.gdbPort ? ['-gdb', `tcp:127.0.0.1:${options.gdbPort}`] : []),
  ];
}

/**
 * KVM if a kernel really boots with it, else emulation. /dev/kvm alone proves nothing, nor does firmware that runs: a
 * KVM inside of a virtual machine may stop at the first instruction that it does not know. The answer is kept until
 * the host's kernel changes.
 *
 * @param kernelImage what to try it with
 */
export async function findAccelerator(kernelImage: string): Promise<Accelerator> {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
  } catch {
    return 'tcg';
  }
  const note = join(CACHE, 'accelerator');
  try {
    const [trial, host, answer] = readFileSync(note, 'utf8').trim().split(' ');
    if (trial === TRIAL && host === release() && (answer === 'kvm' || answer === 'tcg')) return answer;
  } catch {
    // Not tried yet.
  }
  const answer: Accelerator = (await kvmBoots(kernelImage)) ? 'kvm' : 'tcg';
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(note, `${TRIAL} ${release()} ${answer}\n`);
  return answer;
}

/** Names the way of trying: an answer that was found in another way does not count. */
const TRIAL = 'boot';
const TRIAL_SECONDS = 20;

/** Boots the kernel under KVM with nothing to run: it works if the kernel gets as far as to say so. */
async function kvmBoots(kernelImage: string): Promise<boolean> {
  const child = spawn(
    QEMU,
    [
      ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-serial', 'stdio'],
      ...['-machine', 'q35', '-accel', 'kvm', '-cpu', 'max', '-m', '512'],
      ...['-kernel', kernelImage, '-append', 'console=ttyS0 panic=-1'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  return await new Promise<boolean>((resolve) => {
    let text = '';
    const finish = (works: boolean): void => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      resolve(works);
    };
    const look = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      if (text.includes('KVM internal error')) finish(false);
      if (text.includes('Unable to mount root fs')) finish(true);
    };
    const timer = setTimeout(finish, TRIAL_SECONDS * 1000, false);
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.once('exit', () => finish(false));
    child.once('error', () => finish(false));
  });
}
