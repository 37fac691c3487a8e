/** The single door through which the machine calls a script: host/linux's enter.c. */
import { ERRNO } from '../../errno.js';
import { EngineTrap } from '../../errors.js';
import { O_NONBLOCK } from '../open-file.js';
import type { Process } from '../process.js';
import { SystemError } from '../system-error.js';
import { HANDLERS, type Handler, type KonohaDevice } from './device.js';
import { evaluate, STATUS_EVALUATES } from '../../evaluate.js';
import { IO, STATUS_EXCEPTION, STATUS_NORMAL, STATUS_WAITING, type Activation, type Engine } from './engine.js';
import type { Isolate } from './isolate.js';
import type { Log } from './log.js';
import { TRANSFER_MAXIMUM, type Parameters } from './parameters.js';

/** What the engine is told of an open file. */
export interface FileState {
  readonly id: number;
  /** 1 readable, 2 writable. */
  readonly mode: number;
  /** The engine's number for the state that open returned; 0: none. */
  session: number;
}

/** One call of a handler. */
export interface Call {
  readonly device: KonohaDevice;
  readonly file: FileState;
  readonly handler: Handler;
  readonly process: Process;
  /** O_* of the file. */
  readonly flags: number;
  readonly offset: number;
  readonly input?: Uint8Array;
  readonly whence?: number;
  /** Of a seek: where the file is. */
  readonly position?: number;
  /** Bytes that a read asks for. */
  readonly count?: number;
  /** Of an ioctl. */
  readonly command?: number;
  /** The handler may not wait, whatever `flags` say. */
  readonly nonblock?: boolean;
  /** Told whether the call waits. */
  readonly waits?: (now: boolean) => void;
}

export interface Answer {
  readonly result: number;
  readonly output: Uint8Array;
}

const ERRNO_MAXIMUM = 133;
const INT_MAXIMUM = 2 ** 31 - 1;
/** A reason for op_resume; those above it throw an exception with that errno. */
const TIME_IS_OVER = 1;
const NOTHING = new Uint8Array(0);

/** Where calls are counted and logged. */
export interface Surroundings {
  readonly log: Log;
  readonly parameters: Parameters;
  /** Removes what the script took away, when nobody is inside. */
  sweep(isolate: Isolate): void;
}

/**
 * Runs a handler; the device has such a one.
 * @throws SystemError: of the exception that left the handler; ENODEV after unload, EIO after a fault and in quarantine
 */
export async function enter(call: Call, surroundings: Surroundings): Promise<Answer> {
  const { isolate } = call.device;
  if (!isolate.live) throw new SystemError(ERRNO.ENODEV);
  return await new Run(call, isolate, surroundings).perform(isolate.operationFuel);
}

/** The last close of a file that is the engine's business: the handler, once, with fuel of its own; an exception is logged. */
export async function enterClose(call: Omit<Call, 'handler' | 'nonblock'>, surroundings: Surroundings): Promise<void> {
  const { isolate, methods } = call.device;
  const { engine } = isolate;
  if (!engine) return;
  if (methods.close !== 0) {
    engine.killable = false;
    try {
      const run = new Run({ ...call, handler: 'close', nonblock: true }, isolate, surroundings);
      await run.perform(surroundings.parameters.closeFuel);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
    }
    engine.killable = true;
  }
  if (call.file.session === 0 || isolate.faulted) return;
  try {
    engine.instance.call('session_drop', engine.main.number, call.file.session);
  } catch (error) {
    if (!(error instanceof EngineTrap)) throw error;
    isolate.fault('close', error);
  }
}

class Run {
  private readonly engine: Engine;
  private activation: Activation | null = null;
  private fuelLeft = 0n;
  /** Why it goes on after waiting. */
  private reason = 0;
  /** The machine has ended it in a wait: that is no error of the script. */
  private ended = false;
  /** An exception left the handler that is no answer to its caller. */
  private failed = false;

  constructor(
    private readonly call: Call,
    private readonly isolate: Isolate,
    private readonly surroundings: Surroundings,
  ) {
    // A live isolate has one.
    this.engine = isolate.engine!;
  }

  async perform(fuel: bigint): Promise<Answer> {
    const { isolate, engine } = this;
    if (isolate.faulted || isolate.quarantined) throw new SystemError(ERRNO.EIO);
    if (this.call.device.gone) throw new SystemError(ERRNO.ENODEV);
    this.fuelLeft = fuel;
    let step = this.attempt(() => this.start());
    while (step === 'waiting') {
      this.reason = this.mayWait ? await this.suspend() : ERRNO.EAGAIN;
      if (isolate.quarantined) this.reason = -ERRNO.EIO;
      step = isolate.faulted ? ERRNO.EIO : this.attempt(() => this.resume());
    }
    // Nothing is awaited from the engine's last word to here: for others the call is over at once.
    if (this.activation && this.activation !== engine.main && !isolate.faulted) engine.giveActivation(this.activation);
    isolate.stats.calls++;
    isolate.stats.fuel += fuel - this.fuelLeft;
    if (typeof step === 'number' && !this.ended) isolate.stats.errors++;
    isolate.judge(this.failed, this.surroundings.parameters.quarantine);
    this.surroundings.sweep(isolate);
    if (typeof step === 'number') throw new SystemError(step);
    return step;
  }

  /**
   * Runs in the engine, for this process, until the call waits or has ended. An errno if it has failed; a trap is a
   * fault of the isolate.
   */
  private attempt(body: () => number): Answer | number | 'waiting' {
    const { engine } = this;
    engine.current = this.call.process;
    try {
      let status = body();
      status = engine.whileWantsNative(status, this.activation!);
      while (status === STATUS_EVALUATES) status = engine.whileWantsNative(this.evaluate(), this.activation!);
      return status === STATUS_WAITING ? 'waiting' : this.finish(status);
    } catch (error) {
      if (error instanceof SystemError) return error.errno;
      if (!(error instanceof EngineTrap)) throw error;
      this.isolate.fault(this.call.handler, error);
      return ERRNO.EIO;
    } finally {
      engine.flushLine();
    }
  }

  private start(): number {
    const { engine, call } = this;
    const { instance } = engine;
    const { device, file } = call;
    // A close handler never waits, and must run when there is no memory left.
    this.activation = call.handler === 'close' ? engine.main : engine.takeActivation();
    if (!this.activation) throw new SystemError(ERRNO.ENOMEM);
    const { number, io } = this.activation;
    let method = device.methods[call.handler];
    if (call.handler === 'ioctl') {
      method = instance.call('ioctl_method', number, device.handle, call.command ?? 0);
      if (method === 0) throw new SystemError(ERRNO.ENOTTY);
    }
    const { memory } = instance;
    instance.call('act_set_fuel', number, this.fuelLeft);
    memory.setU32(io + IO.file, file.id);
    memory.setU32(io + IO.mode, file.mode);
    memory.setU32(io + IO.flags, call.flags);
    memory.setU32(io + IO.nonblock, call.flags & O_NONBLOCK ? 1 : 0);
    memory.setI64(io + IO.offset, BigInt(call.offset));
    memory.setU32(io + IO.inputLength, 0);
    memory.setU32(io + IO.outputLength, 0);
    memory.setU32(io + IO.session, file.session);
    memory.setU32(io + IO.whence, call.whence ?? 0);
    memory.setU32(io + IO.count, call.count ?? call.input?.length ?? 0);
    memory.setI64(io + IO.position, BigInt(call.position ?? 0));
    if (call.input && call.input.length > 0) {
      const at = instance.call('op_input', number, call.input.length);
      if (at === 0) return STATUS_EXCEPTION;
      memory.write(at, call.input);
    }
    return instance.call('op_call', number, method, device.handle);
  }

  /** What the machine holds the script's lock for: nobody else comes in. */
  private evaluate(): number {
    const { engine } = this;
    const { number, io } = this.activation!;
    const stop = (): boolean => this.call.process.killedBy !== null;
    engine.forgetNative();
    return engine.instance.call('op_resume', number, evaluate(engine.instance, io, { kernel: true, stop }));
  }

  private resume(): number {
    const { engine } = this;
    const activation = this.activation!;
    if (this.reason >= 0) return engine.instance.call('op_resume', activation.number, this.reason);
    // The call is given up, without asking the script.
    this.fuelLeft = engine.instance.callLong('act_fuel', activation.number);
    engine.freeActivation(activation);
    this.activation = null;
    this.ended = true;
    throw new SystemError(-this.reason);
  }

  private get mayWait(): boolean {
    return !this.call.nonblock && !(this.call.flags & O_NONBLOCK);
  }

  /** Sleeps; why the call goes on. */
  private async suspend(): Promise<number> {
    const { call, engine, isolate } = this;
    this.surroundings.sweep(isolate);
    call.waits?.(true);
    const reason = await isolate.suspend(engine, this.activation!, call.process);
    call.waits?.(false);
    return reason;
  }

  private finish(status: number): Answer {
    const { instance } = this.engine;
    const { number } = this.activation!;
    let answer: Answer = { result: 0, output: NOTHING };
    let errno = 0;
    if (status === STATUS_NORMAL) {
      const taken = this.takeResult();
      if (typeof taken === 'number') errno = taken;
      else answer = taken;
    } else errno = status === STATUS_EXCEPTION ? this.takeOutcome() : ERRNO.EINTR;
    this.fuelLeft = instance.callLong('act_fuel', number);
    instance.call('op_end', number);
    if (errno !== 0) throw new SystemError(errno);
    return answer;
  }

  private takeResult(): Answer | number {
    const { call, engine } = this;
    const { memory } = engine.instance;
    const { io } = this.activation!;
    const result = Number(memory.i64(io + IO.result));
    if (call.handler === 'open') {
      call.file.session = memory.u32(io + IO.session);
    } else if (HANDLERS.indexOf(call.handler) >= HANDLERS.indexOf('poll') || call.handler === 'write') {
      const most =
        call.handler === 'write' ? (call.input?.length ?? 0) : call.handler === 'seek' ? Infinity : INT_MAXIMUM;
      if (result < 0 || result > most) return ERRNO.EIO;
    }
    const length = memory.u32(io + IO.outputLength);
    if (length > TRANSFER_MAXIMUM) return ERRNO.EIO;
    return { result, output: memory.copy(memory.u32(io + IO.outputAt), length) };
  }

  /** What was thrown because the machine ended a wait is an answer, not an error of the script, if it is what comes out. */
  private takeOutcome(): number {
    const { isolate, engine, reason } = this;
    const { number } = this.activation!;
    if (reason > TIME_IS_OVER && engine.instance.call('exc_errno', number) === reason) {
      this.ended = true;
      if (reason === ERRNO.EINTR && !isolate.live) return ERRNO.ENODEV;
      return reason;
    }
    this.failed = engine.instance.call('exc_answer', number) === 0;
    const { errno, text } = engine.exception(this.activation!);
    this.surroundings.log.exception(isolate.name, isolate.errorLimit, this.call.handler, text);
    return errno >= 1 && errno <= ERRNO_MAXIMUM ? errno : ERRNO.EIO;
  }
}
