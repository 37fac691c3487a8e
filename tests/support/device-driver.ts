/** Calls the handlers of a script's devices through the exports of vm.wasm, as docs/abi.md says: no rules of files in between. */
import { compile } from '@konoha/host-node';
import { Isolate } from '../../engine/vm/test/isolate.js';

export const OPEN = 0;
export const READ = 1;
export const WRITE = 2;
export const CLOSE = 3;
export const POLL = 4;
export const SEEK = 5;

export interface Call {
  readonly input?: string | Uint8Array;
  readonly session?: number;
  readonly offset?: bigint;
  readonly whence?: number;
  readonly position?: bigint;
  readonly nonblock?: boolean;
}

export interface Answer {
  /** 0 normal, 1 exception, 2 killed, 3 it waits. */
  readonly status: number;
  readonly output: Uint8Array;
  readonly result: bigint;
  readonly session: number;
  /** The exception, first line; empty without one. */
  readonly exception: string;
  readonly errno: number;
}

export class Driver {
  private constructor(
    readonly iso: Isolate,
    /** The first activation; `activation()` makes more. */
    readonly act: number,
  ) {}

  /** Compiles a script for the kernel, loads and runs it. @throws Error if any of it fails */
  static async load(source: string, kib = 1024): Promise<Driver> {
    const compilation = compile(source, 'test.k', { kernel: true });
    if (compilation.errors !== 0) throw new Error(compilation.render('plain'));
    const iso = await Isolate.create(kib);
    const verdict = iso.load(compilation.image);
    if (verdict !== 0) throw new Error(`vm_load: ${verdict}`);
    const act = iso.activation(1024);
    const driver = new Driver(iso, act);
    const status = iso.call('vm_run', act);
    if (status !== 0) throw new Error(`vm_run: ${status} ${status === 1 ? iso.exception(act) : ''}`);
    iso.call('op_end', act);
    return driver;
  }

  /** Another activation. */
  activation(): number {
    return this.iso.activation();
  }

  /** The operations record of a device. */
  operations(device = 0): readonly number[] {
    return this.iso.devices[device]?.ops ?? [];
  }

  private get view(): DataView {
    return new DataView(this.iso.exports.memory.buffer);
  }

  /** Runs an operation of a device; what it put out lasts until `end`. */
  start(operation: number, call: Call = {}, act = this.act, device = 0): Answer {
    return this.startMethod(this.operations(device)[operation] ?? 0, call, act, device);
  }

  /** `start` with the number of a method. */
  startMethod(method: number, call: Call = {}, act = this.act, device = 0): Answer {
    const { iso } = this;
    iso.call('act_set_fuel', act, 10_000_000n);
    const io = iso.call('act_io', act);
    [1, 3, 2, call.nonblock ? 1 : 0].forEach((word, i) => this.view.setUint32(io + 4 * i, word, true));
    this.view.setBigInt64(io + 16, call.offset ?? 0n, true);
    this.view.setUint32(io + 48, call.session ?? 0, true);
    this.view.setUint32(io + 52, call.whence ?? 0, true);
    this.view.setBigInt64(io + 72, call.position ?? 0n, true);
    if (call.input !== undefined) {
      const bytes = typeof call.input === 'string' ? new TextEncoder().encode(call.input) : call.input;
      const at = iso.call('op_input', act, bytes.length);
      if (at === 0) return this.answer(act, 1);
      new Uint8Array(iso.exports.memory.buffer).set(bytes, at);
    }
    return this.answer(act, iso.call('op_call', act, method, iso.devices[device]?.device ?? 0));
  }

  /** Goes on with a call that waits. */
  resume(reason: number, act = this.act): Answer {
    return this.answer(act, this.iso.call('op_resume', act, reason));
  }

  end(act = this.act): void {
    this.iso.call('op_end', act);
  }

  /** `start`, then `end`. */
  run(operation: number, call: Call = {}, device = 0): Answer {
    const answer = this.start(operation, call, this.act, device);
    this.end();
    return answer;
  }

  /** What an activation waits for, and until when. */
  waits(act = this.act): { object: number; until: bigint } {
    const io = this.iso.call('act_io', act);
    return { object: this.view.getUint32(io + 56, true), until: this.view.getBigInt64(io + 64, true) };
  }

  private answer(act: number, status: number): Answer {
    const { iso, view } = this;
    const io = iso.call('act_io', act);
    const at = view.getUint32(io + 32, true);
    const length = view.getUint32(io + 36, true);
    return {
      status,
      output: new Uint8Array(iso.exports.memory.buffer, at, length).slice(),
      result: view.getBigInt64(io + 40, true),
      session: view.getUint32(io + 48, true),
      exception: status === 1 ? (iso.exception(act).split('\n')[0] ?? '') : '',
      errno: status === 1 ? iso.call('exc_errno', act) : 0,
    };
  }
}

/** Output as text. */
export const text = (answer: Answer): string => new TextDecoder().decode(answer.output);
