/** A script's VM instance, and what it imports from the kernel: the counterpart of host/linux's imports.c and activation.c. */
import { ERRNO } from '../../errno.js';
import { type EngineTrap } from '../../errors.js';
import { engineModule } from '../../engine-module.js';
import type { Binding } from '../../binding.js';
import { HostCalls } from '../../host-calls.js';
import { Instance } from '../../instance.js';
import {
  makeNative,
  nativeImports,
  startNative,
  STATUS_WANTS_NATIVE,
  type NativeCode,
  type NativeHost,
} from '../../native.js';
import type { Process } from '../process.js';

/** What a script's instance asks of the kernel. Numbers are 0 or a negative errno. */
export interface EngineHost {
  readonly release: string;
  registerDevice(handle: number, operations: readonly number[], name: string, mode: number): number;
  unregisterDevice(handle: number): number;
  notify(object: number): void;
  /** A line of output. */
  print(line: string): void;
  log(level: number, text: string): void;
  nanoseconds(): bigint;
  wall(): number;
}

export const STATUS_NORMAL = 0;
export const STATUS_EXCEPTION = 1;
export const STATUS_WAITING = 3;
const OPERATION_WORDS = 8;
const LINE_MAXIMUM = 240;
const RENDERED_MAXIMUM = 4096;
const IDLE_MAXIMUM = 4;
const STACK_MINIMUM = 1024;
const STACK_MAXIMUM = 65_536;

/** Offsets in an activation's I/O block (docs/abi.md). */
export const IO = {
  file: 0,
  mode: 4,
  flags: 8,
  nonblock: 12,
  offset: 16,
  inputLength: 28,
  outputAt: 32,
  outputLength: 36,
  result: 40,
  session: 48,
  whence: 52,
  count: 60,
  position: 72,
  waitObject: 56,
  waitUntil: 64,
} as const;

/** One call's record in the engine. */
export interface Activation {
  readonly number: number;
  /** Address of its I/O block. */
  readonly io: number;
}

/** Why an image cannot run, for the one who loads it. */
export class BootError extends Error {
  constructor(
    readonly errno: number,
    message: string,
  ) {
    super(message);
  }
}

export class Engine {
  readonly instance: Instance;
  /** The load's activation, then that of close handlers. */
  main: Activation = { number: 0, io: 0 };
  /** On whose behalf the script runs. */
  current: Process;
  /** A signal ends the running call. */
  killable = true;
  private readonly hostCalls: HostCalls;
  private readonly native: NativeCode | undefined;
  private readonly idle: Activation[] = [];
  private line: number[] = [];

  constructor(
    private readonly host: EngineHost,
    readonly memorySize: number,
    loader: Process,
    bindings: readonly Binding[] = [],
    native?: (host: NativeHost) => NativeCode,
  ) {
    this.current = loader;
    this.hostCalls = new HostCalls(bindings, () => this.instance.memory);
    this.native = native?.({
      memory: () => this.instance.linearMemory,
      buffer: () => this.instance.memory.buffer,
      runtime: () => this.instance.export('jit_run'),
      run: (act, fp, pc, slice) => this.instance.call('jit_run', act, fp, pc, slice),
    });
    this.instance = new Instance(
      engineModule('vm'),
      { ...this.imports(), ...this.hostCalls.imports() },
      nativeImports(this.native),
    );
    this.instance.growTo(memorySize);
  }

  /** Lets go of the objects of bindings that the script held. */
  dispose(): void {
    this.hostCalls.dispose();
  }

  /** Verifies and links an image. @throws BootError, EngineTrap */
  link(image: Uint8Array): void {
    const { instance } = this;
    if (instance.call('vm_init') !== 0) throw new BootError(ERRNO.ENOMEM, '');
    if (this.native) startNative(instance, this.native);
    const at = instance.call('image_alloc', image.length);
    if (at === 0)
      throw new BootError(
        ERRNO.ENOMEM,
        `error: the program does not fit into its memory of ${this.memorySize / 1024} KiB; raise @Heap\n`,
      );
    instance.memory.write(at, image);
    const code = instance.call('vm_load', at, image.length);
    if (code !== 0)
      throw new BootError(
        ERRNO.EIO,
        `error: the verifier refused the compiler's image (code ${code}): a bug in Konoha\n`,
      );
    const slots = Math.min(Math.max(this.memorySize / 64, STACK_MINIMUM), STACK_MAXIMUM);
    if (instance.call('vm_stack', slots) !== 0) throw new BootError(ERRNO.ENOMEM, '');
    const main = this.newActivation();
    if (!main) throw new BootError(ERRNO.ENOMEM, '');
    this.main = main;
  }

  /** Goes on with a call for as long as it asks for native code; its status then. */
  whileWantsNative(first: number, { number }: Activation): number {
    let status = first;
    while (status === STATUS_WANTS_NATIVE) {
      makeNative(this.instance, this.native);
      status = this.instance.call('op_resume', number, 0);
    }
    return status;
  }

  /** An image is to be added, whose classes native code does not know. */
  forgetNative(): void {
    this.native?.reset();
  }

  /** An idle activation or a new one; null: no memory in the isolate. */
  takeActivation(): Activation | null {
    return this.idle.pop() ?? this.newActivation();
  }

  /** After a call. */
  giveActivation(activation: Activation): void {
    if (this.idle.length < IDLE_MAXIMUM) this.idle.push(activation);
    else this.freeActivation(activation);
  }

  /** Also ends a call that waits in it, without asking the script. */
  freeActivation(activation: Activation): void {
    this.instance.call('act_free', activation.number);
  }

  /** The pending exception: its text, and the errno that it stands for. */
  exception({ number }: Activation): { errno: number; text: string } {
    const { instance } = this;
    const errno = instance.call('exc_errno', number);
    const at = instance.call('exc_render', number);
    const length = Math.min(instance.call('exc_render_len', number), RENDERED_MAXIMUM);
    return { errno, text: instance.memory.text(at, length) };
  }

  /** Ends a line of output that has no line feed yet. */
  flushLine(): void {
    if (this.line.length > 0) this.endLine();
  }

  get heapUsed(): number {
    return Number(this.instance.callLong('vm_stat', 0));
  }

  private newActivation(): Activation | null {
    const number = this.instance.call('act_new');
    return number === 0 ? null : { number, io: this.instance.call('act_io', number) };
  }

  private endLine(): void {
    const text = Buffer.from(this.line).toString();
    this.line = [];
    this.host.print(text);
  }

  private print(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === 10) {
        this.endLine();
        continue;
      }
      if (this.line.length === LINE_MAXIMUM) this.endLine();
      this.line.push(byte);
    }
  }

  private readonly texts = (at: number, capacity: number, text: string): number =>
    this.instance.memory.writeText(at, text, capacity);

  private imports(): Record<string, (...args: never[]) => unknown> {
    const { host } = this;
    const memory = (): Instance['memory'] => this.instance.memory;
    return {
      safepoint: () => (this.killable && this.current.killedBy !== null ? 1 : 0),
      device_register: (_act: number, handle: number, ops: number, name: number, length: number, mode: number) => {
        const words = Array.from({ length: OPERATION_WORDS }, (_, index) => memory().u32(ops + 4 * index));
        return host.registerDevice(handle, words, memory().text(name, length), mode);
      },
      device_unregister: (_act: number, handle: number) => host.unregisterDevice(handle),
      notify: (_act: number, object: number) => host.notify(object >>> 0),
      write: (_act: number, _fd: number, at: number, length: number) => {
        this.print(memory().view(at, length));
        return length;
      },
      read: () => 0,
      log: (_act: number, level: number, at: number, length: number) => {
        this.flushLine();
        host.log(Math.min(level, 7), memory().text(at, length));
      },
      time: (_act: number, clock: number) => (clock === 0 ? host.nanoseconds() : BigInt(host.wall())),
      task: (_act: number, field: number) => {
        const { pid, uid } = this.current;
        return BigInt([pid, pid, uid, uid][field] ?? 0);
      },
      task_comm: (_act: number, at: number, capacity: number) => this.texts(at, capacity, this.current.comm),
      version: (_act: number, at: number, capacity: number) => this.texts(at, capacity, host.release),
      arg: () => -1,
    };
  }
}

/** The name of a trap, as a fault's log line has it. */
export function trapName(error: EngineTrap): string {
  return error.message.replace(/^the engine failed: /, '');
}
