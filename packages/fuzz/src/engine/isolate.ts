/**
 * `vm.wasm` behind its raw ABI: any number of activations, every value checked that comes out, nothing hidden. The
 * host package's `Isolate` is for programs; here a broken contract has to be seen.
 */
import type { NativeCode, NativeHost } from '@konoha/host-node';
import { BoundCalls } from './bound.js';
import { ContractError, TrapError, demand } from './contract.js';

const SLICE = 65_536;
const IO_BYTES = 88;
const OUTPUT_LIMIT = 65_536;
const RENDER_LIMIT = 4096;
const EIO = 5;
const EFAULT = 14;
const strictText = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Devices that a script registered; method numbers, 0: none. */
export interface RegisteredDevice {
  readonly object: number;
  readonly name: string;
  readonly open: number;
  readonly read: number;
  readonly write: number;
  readonly close: number;
  readonly poll: number;
  readonly seek: number;
  /** It answers ioctl. */
  readonly ioctl: boolean;
  readonly streaming: boolean;
}

/** What `operate` tells the handler of the open file. */
export interface OpenState {
  readonly file: number;
  readonly mode: number;
  readonly nonblock: boolean;
  /** Of a seek: the wanted one. */
  readonly offset: number;
  /** What `open` gave; 0: nothing. */
  readonly session?: number;
  /** Of a seek: `SEEK_*`, and where the file is. */
  readonly whence?: number;
  readonly position?: number;
}

export interface IsolateLimits {
  /** Bytes, a power of two. */
  readonly heap: number;
  /** Images that no compiler made may name any range to an import; the call is refused then. */
  readonly trusted: boolean;
  /** Makes native code; without it everything is interpreted. */
  readonly native?: (host: NativeHost) => NativeCode;
}

/** Reasons of `op_resume`. */
export const RESUME = { woken: 0, late: 1, signal: 4, nonblock: 11, deadlock: 35, cannot: 95 } as const;

/** How a call ended: status 0, or 1 with the exception's text and errno; or 3: it waits. */
export interface CallResult {
  readonly status: number;
  /** With status 3. */
  readonly wait?: { readonly object: number; readonly limited: boolean };
  readonly exception: string;
  readonly errno: number;
  /** Bytes put out by a handler. */
  readonly output: Uint8Array;
  /** Of a write, poll or seek that returned. */
  readonly result: number;
  /** Of an open that returned: the state of the open file, held until `dropSession`; 0: none. */
  readonly session: number;
}

type Export = (...args: (number | bigint)[]) => number | bigint | undefined;

export class FuzzIsolate {
  readonly devices: RegisteredDevice[] = [];
  /** What went to the console, as bytes behind each other. */
  readonly console: Uint8Array[] = [];
  /** Objects that `notify` named since somebody last looked. */
  notified: number[] = [];
  /** Methods that have got native code. */
  nativeMethods = 0;
  /** Imports that named a range outside of memory. */
  outOfRange = 0;
  private readonly exports: WebAssembly.Exports;
  private readonly memory: WebAssembly.Memory;
  private safepoints = 0;
  private safepointLimit = 0;
  private loading = true;
  /** Objects that the host has references to. */
  private readonly held: number[] = [];
  private consoleBytes = 0;
  private input: Uint8Array = new Uint8Array(0);
  private readonly native: NativeCode | undefined;
  private readonly bound = new BoundCalls({
    range: (at, length) => this.range(at, length),
    text: (at, length, what) => this.text(at, length, what),
  });

  /** Instantiates and lays out memory. @throws ContractError, TrapError */
  constructor(
    module: WebAssembly.Module,
    private readonly limits: IsolateLimits,
  ) {
    this.native = limits.native?.({
      memory: () => this.memory,
      buffer: () => this.memory.buffer,
      runtime: () => this.exports['jit_run']!,
      run: (...args) => this.call('jit_run', ...args),
    });
    const known = this.imports();
    const wanted: Record<string, WebAssembly.ImportValue> = {};
    for (const { name } of WebAssembly.Module.imports(module)) {
      const found = known[name];
      if (!found) throw new Error(`vm.wasm imports ${name}, which packages/fuzz does not know: add it to isolate.ts`);
      wanted[name] = found;
    }
    this.exports = new WebAssembly.Instance(module, { env: wanted }).exports;
    this.memory = this.exports['memory'] as WebAssembly.Memory;
    const missing = (limits.heap - this.memory.buffer.byteLength) / 65_536;
    if (missing > 0) this.memory.grow(missing);
    const code = this.call('vm_init');
    demand(code === 0, () => `vm_init says ${code} of ${limits.heap} bytes`);
    if (!this.native) return;
    if (this.native.registers !== undefined) this.call('jit_registers', this.native.registers);
    this.call('jit_start', this.native.slice, this.native.heat);
  }

  /** Hands the image over: 0 or the negative code of `vm_load`. */
  load(image: Uint8Array): number {
    const at = this.call('image_alloc', image.length);
    if (at === 0) return -12;
    demand(at % 8 === 0, () => `image_alloc answers ${at}, which is not aligned`);
    this.range(at, image.length).set(image);
    const code = this.call('vm_load', at, image.length);
    demand(code <= 0, () => `vm_load answers ${code}`);
    return code;
  }

  /** What `IN` holds from now on. */
  setInput(bytes: Uint8Array): void {
    this.input = bytes;
  }

  /** The VM stack of all activations; false: no memory. */
  takeStack(slots: number): boolean {
    const code = this.call('vm_stack', slots);
    demand(code === 0 || code === -12, () => `vm_stack answers ${code}`);
    return code === 0;
  }

  /** A new activation, 0: no memory. */
  newActivation(): number {
    return this.call('act_new');
  }

  freeActivation(act: number): void {
    this.call('act_free', act);
  }

  /** Top level, `main`, default device. What waits there is told that nobody can notify, or that its time is over. */
  run(act: number, fuel: number): CallResult {
    this.grant(act, fuel);
    let result = this.finish(act, this.call('vm_run', act));
    while (result.wait) result = this.resume(act, result.wait.limited ? RESUME.late : RESUME.deadlock);
    this.loading = false;
    return result;
  }

  /** Goes on with a call that waits. */
  resume(act: number, reason: number): CallResult {
    return this.finish(act, this.call('op_resume', act, reason));
  }

  /** One handler. `input`: what its InputStream holds. */
  operate(act: number, method: number, device: number, fuel: number, state: OpenState, input?: Uint8Array): CallResult {
    this.grant(act, fuel);
    const io = this.call('act_io', act);
    const words = new DataView(this.memory.buffer, io, IO_BYTES);
    words.setUint32(0, state.file, true);
    words.setUint32(4, state.mode, true);
    words.setUint32(8, state.nonblock ? 0o4000 : 0, true);
    words.setUint32(12, state.nonblock ? 1 : 0, true);
    words.setBigInt64(16, BigInt(state.offset), true);
    words.setUint32(48, state.session ?? 0, true);
    words.setUint32(52, state.whence ?? 0, true);
    words.setBigInt64(72, BigInt(state.position ?? 0), true);
    if (input) {
      const at = this.call('op_input', act, input.length);
      if (at === 0) return this.finish(act, 1);
      this.range(at, input.length).set(input);
    }
    return this.finish(act, this.call('op_call', act, method, device));
  }

  /** Number of the method that answers a command of ioctl, 0: none. */
  ioctlMethod(act: number, device: number, command: number): number {
    return this.call('ioctl_method', act, device, command | 0);
  }

  /** The host keeps the state of a file that it has opened. */
  holdSession(session: number): void {
    if (session !== 0) this.held.push(session);
  }

  /** The host lets go of it. */
  dropSession(act: number, session: number): void {
    if (session === 0) return;
    this.held.splice(this.held.indexOf(session), 1);
    this.call('session_drop', act, session);
  }

  /** The host lets go of a device. */
  dropDevice(act: number, device: number): void {
    this.held.splice(this.held.indexOf(device), 1);
    this.call('device_drop', act, device);
  }

  /** 0 used, 1 capacity, 2 peak, 3 objects, 4 image. */
  stat(which: number): number {
    return Number(this.invoke('vm_stat', [which]));
  }

  fuelLeft(act: number): number {
    return Number(this.invoke('act_fuel', [act]));
  }

  /** Looks at the whole heap; in the hostile build alone. */
  checkHeap(): void {
    if (!('hostile_check' in this.exports)) return;
    for (const object of this.held) this.call('hostile_hold', object);
    const code = this.call('hostile_check');
    demand(code === 0, () => `the heap has fault ${code} at ${this.call('hostile_fault_at')}`);
  }

  /** Damages memory, for tests of those who look at it. */
  flipBit(at: number, bit: number): void {
    const byte = this.range(at, 1);
    byte[0] = (byte[0] ?? 0) ^ (1 << bit);
  }

  /** All that a second run must repeat. */
  consoleText(): string {
    return Buffer.concat(this.console).toString('latin1');
  }

  /** Calls an export that returns an i32 or nothing. @throws TrapError, ContractError */
  call(name: string, ...args: number[]): number {
    return Number(this.invoke(name, args) ?? 0);
  }

  private invoke(name: string, args: (number | bigint)[]): number | bigint | undefined {
    try {
      return (this.exports[name] as Export)(...args);
    } catch (error) {
      if (error instanceof ContractError) throw error;
      throw new TrapError(`${(error as Error).message} in ${name}`, { cause: error });
    }
  }

  private word(act: number, offset: number): number {
    return new DataView(this.memory.buffer, this.call('act_io', act), IO_BYTES).getUint32(offset, true);
  }

  private grant(act: number, fuel: number): void {
    this.invoke('act_set_fuel', [act, BigInt(fuel)]);
    this.safepoints = 0;
    // One a slice, and one more each time that a script catches Timeout!! and goes on.
    this.safepointLimit = Math.ceil(fuel / (this.native?.slice ?? SLICE)) + 10_000;
  }

  private finish(act: number, last: number): CallResult {
    let status = last;
    while (status === 4 || status === 5) {
      if (status === 5) {
        this.makeNative();
        status = this.call('op_resume', act, RESUME.woken);
        continue;
      }
      // No compiler here: eval throws.
      const [text, length] = [this.word(act, 80), this.word(act, 84)];
      demand(
        !this.limits.trusted || (text !== 0 && text + length <= this.memory.buffer.byteLength),
        () => 'eval of nothing',
      );
      status = this.call('op_resume', act, RESUME.cannot);
    }
    demand(status === 0 || status === 1 || status === 3, () => `status ${status}`);
    const nothing = new Uint8Array(0);
    const words = new DataView(this.memory.buffer, this.call('act_io', act), IO_BYTES);
    if (status === 3) {
      const [object, until] = [words.getUint32(56, true), words.getBigInt64(64, true)];
      demand(!this.limits.trusted || object !== 0, () => 'it waits for nothing');
      demand(!this.limits.trusted || until >= -1n, () => `it waits until ${until}`);
      const wait = { object, limited: until >= 0n };
      return { status, exception: '', errno: 0, output: nothing, result: 0, session: 0, wait };
    }
    const length = words.getUint32(36, true);
    demand(!this.limits.trusted || length <= OUTPUT_LIMIT, () => `out_len is ${length}`);
    const taken = status === 0 && length > 0;
    const output = taken ? this.range(words.getUint32(32, true), Math.min(length, OUTPUT_LIMIT)).slice() : nothing;
    const failure = status === 1 ? this.exception(act) : { exception: '', errno: 0 };
    const result = Number(words.getBigInt64(40, true));
    const session = status === 0 ? words.getUint32(48, true) : 0;
    this.call('op_end', act);
    return { status, output, result, session, ...failure };
  }

  private makeNative(): void {
    const unit: Uint8Array[] = [];
    for (let at = this.call('jit_next'); at !== 0; at = this.call('jit_next'))
      unit.push(this.range(at, this.call('jit_bytes')).slice());
    const done = unit.length > 0 && this.native?.install(unit) === true;
    if (done) this.nativeMethods += unit.length;
    this.call('jit_done', done ? 1 : 0);
  }

  private exception(act: number): { exception: string; errno: number } {
    const at = this.call('exc_render', act);
    const length = this.call('exc_render_len', act);
    const errno = this.call('exc_errno', act);
    if (!this.limits.trusted)
      return { exception: Buffer.from(this.range(at, Math.min(length, RENDER_LIMIT))).toString('latin1'), errno };
    demand(length > 0 && length <= RENDER_LIMIT, () => `the exception renders to ${length} bytes`);
    const exception = this.text(at, length, 'the rendered exception');
    demand(errno >= 1 && errno <= 4095, () => `errno ${errno} of ${exception}`);
    return { exception, errno };
  }

  private range(at: number, length: number): Uint8Array {
    const [from, count] = [at >>> 0, length >>> 0];
    const size = this.memory.buffer.byteLength;
    demand(from + count <= size, () => `the engine names ${count} bytes at ${from}; its memory has ${size}`);
    return new Uint8Array(this.memory.buffer, from, count);
  }

  private text(at: number, length: number, what: string): string {
    try {
      return strictText.decode(this.range(at, length));
    } catch (error) {
      if (error instanceof ContractError) throw error;
      throw new ContractError(`${what} is not UTF-8`);
    }
  }

  /** A range that an import was given; null: outside, and the image is to blame. */
  private given(at: number, length: number, what: string): Uint8Array | null {
    if ((at >>> 0) + (length >>> 0) <= this.memory.buffer.byteLength) return this.range(at, length);
    this.outOfRange++;
    demand(!this.limits.trusted, () => `import ${what} is given ${length} bytes at ${at}, outside of memory`);
    return null;
  }

  private print(bytes: Uint8Array): void {
    this.consoleBytes += bytes.length;
    if (this.consoleBytes <= 1 << 20) this.console.push(bytes.slice());
  }

  private imports(): Record<string, (...args: number[]) => number | bigint | void> {
    const put = (at: number, capacity: number, text: string): number => {
      const to = this.given(at, capacity, 'text');
      const bytes = Buffer.from(text);
      to?.set(bytes.subarray(0, capacity));
      return to ? Math.min(bytes.length, capacity) : -EFAULT;
    };
    return {
      abort: () => undefined,
      notify: (_act = 0, object = 0) => void this.notified.push(object),
      safepoint: () => {
        demand(
          ++this.safepoints <= this.safepointLimit,
          () => `${this.safepoints} safepoints: it runs beyond its fuel`,
        );
        return 0;
      },
      device_register: (_act = 0, device = 0, ops = 0, name = 0, length = 0) =>
        this.register(device, ops, name, length),
      device_unregister: (_act = 0, device = 0) => {
        const at = this.devices.findIndex(({ object }) => object === device);
        if (at < 0) return -22;
        this.devices.splice(at, 1);
        return 0;
      },
      // Images from no compiler of ours may call the host: all that it is given must lie in memory, and every call fails.
      host_bind: (name = 0, nameLength = 0, signature = 0, signatureLength = 0) => {
        const known = this.given(name, nameLength, 'host_bind') && this.given(signature, signatureLength, 'host_bind');
        if (!known || !this.limits.trusted) return known ? 0 : -EFAULT;
        return this.bound.bind(
          this.text(name, nameLength, 'a name'),
          this.text(signature, signatureLength, 'a signature'),
        );
      },
      host_call: (_act = 0, number = 0, args = 0, count = 0) => {
        this.given(args, 16 * (Math.max(count, 1) + 1), 'host_call');
        return this.limits.trusted ? this.bound.call(number, args, count) : -EIO;
      },
      handle_drop: (handle = 0) => {
        if (this.limits.trusted) this.bound.drop(handle);
      },
      write: (_act = 0, fd = 0, at = 0, length = 0) => {
        demand(!this.limits.trusted || fd === 1 || fd === 2, () => `write to fd ${fd}`);
        const bytes = this.given(at, length, 'write');
        if (!bytes) return -EFAULT;
        this.print(bytes);
        return length;
      },
      read: (_act = 0, _fd = 0, at = 0, capacity = 0) => {
        const to = this.given(at, capacity, 'read');
        if (!to) return -EFAULT;
        const part = this.input.subarray(0, to.length);
        to.set(part);
        this.input = this.input.subarray(part.length);
        return part.length;
      },
      log: (_act = 0, _level = 0, at = 0, length = 0) => {
        const bytes = this.given(at, length, 'log');
        if (bytes) this.print(bytes);
      },
      time: (_act = 0, clock = 0) => (clock === 0 ? 5_000_000_000n : 1_700_000_000_000n),
      task: (_act = 0, field = 0) => BigInt(100 + field),
      task_comm: (_act = 0, at = 0, capacity = 0) => put(at, capacity, 'fuzz'),
      version: (_act = 0, at = 0, capacity = 0) => put(at, capacity, 'fuzz 1'),
      native_enter: this.native?.enter ?? ((): number => 3),
      arg: (_act = 0, index = 0, at = 0, capacity = 0) => (index < 2 ? put(at, capacity, `arg${index}`) : -1),
      environment: (_act = 0, name = 0, length = 0, at = 0, capacity = 0) => {
        this.given(name, length, 'environment');
        return length % 2 === 0 ? put(at, capacity, 'value') : -1;
      },
      exit: () => undefined,
    };
  }

  private register(device: number, ops: number, nameAt: number, length: number): number {
    if (!this.loading) return -16;
    const record = this.given(ops, 32, 'device_register (operations)');
    const bytes = this.given(nameAt, length, 'device_register (name)');
    if (!record || !bytes) return -EFAULT;
    const name = Buffer.from(bytes).toString('latin1') || `konoha${this.devices.length}`;
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,30}$/.test(name)) return -22;
    if (this.devices.some((one) => one.name === name)) return -17;
    const words = new DataView(record.buffer, record.byteOffset, 32);
    const word = (index: number): number => words.getUint32(index * 4, true);
    const [open, read, write, close, poll, seek] = [word(0), word(1), word(2), word(3), word(4), word(5)];
    const [ioctl, streaming] = [word(6) !== 0, (word(7) & 1) !== 0];
    this.devices.push({ object: device, name, open, read, write, close, poll, seek, ioctl, streaming });
    this.held.push(device);
    return 0;
  }
}
