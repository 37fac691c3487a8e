import type { Binding } from './binding.js';
import { DeviceFile, type OpenOptions } from './device-file.js';
import { DeviceTable, type Device } from './device.js';
import { engineModule } from './engine-module.js';
import { ERRNO } from './errno.js';
import { LoadError } from './errors.js';
import { addImage, evaluate, imagesOf, STATUS_EVALUATES } from './evaluate.js';
import { HostCalls } from './host-calls.js';
import { Instance } from './instance.js';
import {
  makeNative,
  nativeImports,
  startNative,
  STATUS_WANTS_NATIVE,
  type NativeCode,
  type NativeHost,
} from './native.js';
import type { Failure, FileState, HandlerCaller, OperationResult, Outcome } from './outcome.js';
import { processStreams, type Streams } from './streams.js';
import { systemClock, vmImports } from './vm-imports.js';
import { sleepUntil } from './wait.js';

export interface IsolateOptions {
  /** Linear memory in bytes, a power of two, at least 128 KiB. Default 16 MiB. */
  readonly heap?: number;
  /** Slots of the VM stack. Default, as in the kernel: an eighth of the heap, 1,024 to 65,536 slots. */
  readonly stackSlots?: number;
  /** Units for loading and `main`. Default 50 million, as in the kernel. */
  readonly loadFuel?: bigint;
  /** Units for each open, read and write. Default 10 million. */
  readonly operationFuel?: bigint;
  /** Units for close. Default 1 million. */
  readonly closeFuel?: bigint;
  readonly streams?: Streams;
  /** Those that the script was compiled with. */
  readonly bindings?: readonly Binding[];
  /** It was compiled by the kernel's rules: so is what it evaluates. */
  readonly kernel?: boolean;
  /** Arguments for `main`. */
  readonly args?: readonly string[];
  /** The script's name in log lines. */
  readonly name?: string;
  /** Asked every 65,536 units of fuel; `true` kills the call. */
  readonly stop?: () => boolean;
  /** Makes native code; without it everything is interpreted. */
  readonly native?: (host: NativeHost) => NativeCode;
  /** Clock 0: ns since boot; 1: ms since 1970. */
  readonly clock?: (which: number) => bigint;
  /** Another build of the VM, for tests. */
  readonly build?: VmBuild;
}

/** A build of the VM, and what is called in it before anything runs. */
export interface VmBuild {
  readonly module: WebAssembly.Module;
  prepare(call: (name: string, ...args: number[]) => number): void;
}

const STATUS_OK = 0;
const STATUS_EXCEPTION = 1;
const STATUS_WAITING = 3;
/** `op_resume`: the time is over. */
const TIME_IS_OVER = 1;
/** Offset of `wait_until` in the I/O block. */
const WAIT_UNTIL = 64;
const MINIMUM_STACK = 1024;
const MAXIMUM_STACK = 65_536;
const MINIMUM_HEAP = 128 << 10;
const DEFAULT_HEAP = 16 << 20;

/**
 * A loaded script: its own instance, memory, limits and devices, as in the kernel. Not re-entrant.
 * Every method may throw `EngineTrap`; the isolate is dead then.
 */
export class Isolate implements HandlerCaller {
  private readonly instance: Instance;
  private readonly activation: number;
  private readonly io: number;
  private readonly deviceTable = new DeviceTable();
  private readonly hostCalls: HostCalls;
  private readonly loadFuel: bigint;
  private readonly operationFuel: bigint;
  private readonly closeFuel: bigint;
  private readonly stop: () => boolean;
  private readonly kernel: boolean;
  private readonly bindings: readonly Binding[];
  private readonly clock: (which: number) => bigint;
  private readonly native: NativeCode | undefined;
  private nextFile = 1;
  /** What `System.exit` was given, if the script has ended itself. */
  exitStatus: number | undefined;

  /**
   * Verifies and links an image.
   * @throws LoadError when memory is too small or the verifier refuses the image
   */
  constructor(image: Uint8Array, options: IsolateOptions = {}) {
    const heap = options.heap ?? DEFAULT_HEAP;
    if (heap < MINIMUM_HEAP || !Number.isInteger(Math.log2(heap)))
      throw new LoadError(`heap size ${heap} is not a power of two of at least ${MINIMUM_HEAP}`, -ERRNO.EINVAL);
    this.loadFuel = options.loadFuel ?? 50_000_000n;
    this.operationFuel = options.operationFuel ?? 10_000_000n;
    this.closeFuel = options.closeFuel ?? 1_000_000n;
    this.kernel = options.kernel ?? false;
    this.bindings = options.bindings ?? [];
    this.stop = options.stop ?? (() => false);
    this.clock = options.clock ?? systemClock;
    this.hostCalls = new HostCalls(this.bindings, () => this.instance.memory);
    this.native = options.native?.({
      memory: () => this.instance.linearMemory,
      buffer: () => this.instance.memory.buffer,
      runtime: () => this.instance.export('jit_run'),
      run: (act, fp, pc, slice) => this.instance.call('jit_run', act, fp, pc, slice),
    });
    const imports = vmImports({
      memory: () => this.instance.memory,
      devices: this.deviceTable,
      streams: options.streams ?? processStreams(),
      args: options.args ?? [],
      name: options.name ?? '<script>',
      stop: this.stop,
      clock: this.clock,
      exit: (status) => (this.exitStatus = status),
    });
    this.instance = new Instance(
      options.build?.module ?? engineModule(this.kernel ? 'vm' : 'vm-user'),
      { ...imports, ...this.hostCalls.imports() },
      nativeImports(this.native),
    );
    this.instance.growTo(heap);
    this.check(this.instance.call('vm_init'), 'the heap is too small');
    if (this.native) startNative(this.instance, this.native);
    addImage(this.instance, 'vm_load', image);
    this.check(this.instance.call('vm_stack', options.stackSlots ?? stackSlots(heap)), 'no memory for the VM stack');
    this.activation = this.instance.call('act_new');
    if (this.activation === 0) throw new LoadError('no memory for an activation', -ERRNO.ENOMEM);
    this.io = this.instance.call('act_io', this.activation);
    options.build?.prepare((name, ...args) => this.instance.call(name, ...args));
  }

  /** Runs the top level, then `main`. Devices that it registers appear only if all of it succeeds. */
  run(): Outcome {
    this.setFuel(this.loadFuel);
    const outcome = this.finish(this.whileWaiting(this.instance.call('vm_run', this.activation), ERRNO.EDEADLK));
    if (outcome.status === 'ok') this.deviceTable.commit();
    else this.deviceTable.discard();
    return outcome;
  }

  /**
   * Adds an image that was compiled to go on from `images`. Nothing has changed if it throws.
   * @throws LoadError when there is no memory or the verifier refuses the image
   */
  add(image: Uint8Array): void {
    this.native?.reset();
    addImage(this.instance, 'vm_load_more', image);
  }

  /** Runs the top level of the last image. */
  runLast(): Outcome {
    this.setFuel(this.loadFuel);
    return this.finish(this.whileWaiting(this.instance.call('vm_run_more', this.activation), ERRNO.EDEADLK));
  }

  /** Copies of all images, in order. */
  get images(): Uint8Array[] {
    return imagesOf(this.instance);
  }

  /** Devices that exist, in the order of their registration. */
  get devices(): Device[] {
    return this.deviceTable.list();
  }

  /**
   * Opens a device, running its `open` handler.
   * @returns the open file, or how the handler failed (`ENODEV`: there is no such device)
   */
  open(name: string, options: OpenOptions = {}): DeviceFile | Failure {
    const device = this.deviceTable.get(name);
    if (!device) return { status: 'exception', errno: ERRNO.ENODEV, text: `no device ${name}` };
    const file = new DeviceFile(this, device, this.nextFile++, options);
    const outcome = file.start();
    return outcome.status === 'ok' ? file : outcome;
  }

  /**
   * Runs one handler of a device; `DeviceFile` keeps the rules of open, read, write and close.
   * @param input what the handler's `InputStream` holds
   * @returns the outcome, what the handler wrote (nothing after an exception), its result
   */
  operate(device: Device, method: number, file: FileState, input?: Uint8Array, closing = false): OperationResult {
    const { instance, activation, io } = this;
    const { memory } = instance;
    const nothing = new Uint8Array(0);
    this.setFuel(closing ? this.closeFuel : this.operationFuel);
    memory.setU32(io, file.id);
    memory.setU32(io + 4, file.mode);
    memory.setU32(io + 8, file.flags);
    memory.setU32(io + 12, file.nonblock ? 1 : 0);
    memory.setI64(io + 16, BigInt(file.offset));
    memory.setU32(io + 48, file.session ?? 0);
    memory.setU32(io + 60, input?.length ?? file.count ?? 0);
    if (input) {
      const at = instance.call('op_input', activation, input.length);
      if (at === 0) return { outcome: this.finish(STATUS_EXCEPTION), output: nothing, result: 0, session: 0 };
      memory.write(at, input);
    }
    const mayWait = !closing && !file.nonblock;
    const status = this.whileWaiting(
      instance.call('op_call', activation, method, device.object),
      mayWait ? ERRNO.EDEADLK : ERRNO.EAGAIN,
    );
    const output = status === STATUS_OK ? memory.copy(memory.u32(io + 32), memory.u32(io + 36)) : nothing;
    const ok = status === STATUS_OK;
    const result = ok ? Number(memory.i64(io + 40)) : 0;
    const session = ok ? memory.u32(io + 48) : 0;
    return { outcome: this.finish(status), output, result, session };
  }

  /** An open file is gone, after its close handler: its state may go. */
  dropSession(session: number): void {
    if (session !== 0) this.instance.call('session_drop', this.activation, session);
  }

  /** Objects of bindings that the script holds. */
  get handles(): number {
    return this.hostCalls.handles;
  }

  /** Lets go of all objects of bindings. The isolate must not be used any more. */
  dispose(): void {
    this.hostCalls.dispose();
  }

  /** Fuel left of the last call. */
  get fuel(): bigint {
    return this.instance.callLong('act_fuel', this.activation);
  }

  /** Heap bytes in use, heap capacity, peak, objects, image bytes. */
  get stats(): { used: number; capacity: number; peak: number; objects: number; image: number } {
    const stat = (which: number): number => Number(this.instance.callLong('vm_stat', which));
    return { used: stat(0), capacity: stat(1), peak: stat(2), objects: stat(3), image: stat(4) };
  }

  private setFuel(units: bigint): void {
    this.instance.call('act_set_fuel', this.activation, units);
  }

  /**
   * Goes on with a call that waits until it has ended. Calls run one after another here, so nobody could ever notify:
   * a wait with a time limit passes it, one without fails with `errno`. EAGAIN: the call must not even sleep.
   * @returns its last status; that of one that is to stop is the waiting one
   */
  private whileWaiting(first: number, errno: number): number {
    let status = first;
    while (status === STATUS_WAITING || status === STATUS_EVALUATES || status === STATUS_WANTS_NATIVE) {
      if (status === STATUS_WANTS_NATIVE) {
        makeNative(this.instance, this.native);
        status = this.instance.call('op_resume', this.activation, 0);
        continue;
      }
      if (status === STATUS_EVALUATES) {
        this.native?.reset();
        const { kernel, bindings, stop } = this;
        const reason = evaluate(this.instance, this.io, { kernel, bindings, stop });
        status = this.instance.call('op_resume', this.activation, reason);
        continue;
      }
      const until = this.instance.memory.i64(this.io + WAIT_UNTIL);
      const timed = until >= 0n && errno !== ERRNO.EAGAIN;
      if (timed && !sleepUntil(until, this.clock, this.stop)) break;
      status = this.instance.call('op_resume', this.activation, timed ? TIME_IS_OVER : errno);
    }
    return status;
  }

  private finish(status: number): Outcome {
    const { instance, activation } = this;
    let outcome: Outcome = { status: 'ok' };
    if (status === STATUS_EXCEPTION) {
      const pointer = instance.call('exc_render', activation);
      const text = instance.memory.text(pointer, instance.call('exc_render_len', activation));
      outcome = { status: 'exception', errno: instance.call('exc_errno', activation), text };
    } else if (status !== STATUS_OK) outcome = { status: 'killed' };
    instance.call('op_end', activation);
    return outcome;
  }

  private check(code: number, what: string): void {
    if (code !== 0) throw new LoadError(`${what} (code ${code})`, code);
  }
}

function stackSlots(heap: number): number {
  return Math.min(Math.max(heap / 64, MINIMUM_STACK), MAXIMUM_STACK);
}
