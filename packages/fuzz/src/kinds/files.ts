/** Random operations on open files of a generated device, with several activations, as a host would make them. */
import { compileChecked } from '../engine/compile.js';
import { RESUME, type CallResult, type FuzzIsolate, type OpenState, type RegisteredDevice } from '../engine/isolate.js';
import { hostileModule } from '../engine/hostile.js';
import { program } from '../generate/program.js';
import type { Random } from '../random.js';
import { accounts, boot, commandBytes, commandOf, judge, OPERATION_FUEL, seal, type Trace } from './judge.js';
import type { Kind, Verdict } from './kind.js';
import { textCuts } from './scripts.js';

/** One step. `file` is a place in the table of open files, `act` one in that of activations. */
export interface Operation {
  readonly op: 'open' | 'read' | 'write' | 'seek' | 'poll' | 'ioctl' | 'close' | 'renew' | 'resume';
  readonly file: number;
  readonly act: number;
  /** open: mode; read: bytes wanted; seek: position; ioctl: the command; resume: which reason. */
  readonly number: number;
  readonly text?: string;
}

export interface FilesInput {
  readonly source: Uint8Array;
  readonly operations: readonly Operation[];
}

const OPERATIONS = [
  'open',
  'open',
  'read',
  'read',
  'read',
  'write',
  'write',
  'seek',
  'poll',
  'ioctl',
  'ioctl',
  'close',
  'renew',
  'resume',
  'resume',
] as const;
const REASONS = [RESUME.woken, RESUME.woken, RESUME.late, RESUME.signal, RESUME.nonblock, RESUME.deadlock];
const NOTHING: CallResult = { status: 0, exception: '', errno: 0, output: new Uint8Array(0), result: 0, session: 0 };
const FILES = 4;
const ACTIVATIONS = 3;
const TEXTS = ['', '\n', '1\n', '12\nabc\n', 'x', '木\n', '\xff\xfe', '-5 ', 'a'.repeat(300), 'line\n'.repeat(900)];

/** Mostly one that a generated device may have. */
function command(random: Random): number {
  const [number, direction] = [random.below(4), random.below(4)];
  if (random.chance(80)) return commandOf(number, direction);
  return random.chance(50) ? commandOf(number, direction, random.below(40)) : random.next();
}

function operation(random: Random): Operation {
  const op = random.pick(OPERATIONS);
  const base = { op, file: random.below(FILES), act: random.below(ACTIVATIONS) };
  if (op === 'write') return { ...base, number: 0, text: random.pick(TEXTS) };
  if (op === 'ioctl') return { ...base, number: command(random), text: random.pick(TEXTS) };
  if (op === 'open') return { ...base, number: random.between(1, 3) + (random.chance(20) ? 4 : 0) };
  return { ...base, number: random.pick([0, 1, 2, 7, 64, 4096, 65_536]) };
}

interface OpenFile extends OpenState {
  readonly device: RegisteredDevice;
  offset: number;
  session: number;
  /** What `read` put out and nobody has taken yet. */
  rest: Uint8Array | null;
}

/** The call that waits in an activation: what becomes of its result, and the file that it keeps open. */
interface Waiting {
  readonly file: OpenFile;
  readonly name: string;
  done(result: CallResult | null): void;
}

/** The table of open files of one isolate: the kernel's rules, in short. Calls that wait lie in their activations. */
class Table {
  private readonly files: (OpenFile | undefined)[] = [];
  private readonly acts: number[];
  private readonly waiting: (Waiting | undefined)[] = [];
  private nextFile = 1;

  constructor(
    private readonly isolate: FuzzIsolate,
    first: number,
    private readonly trace: Trace,
  ) {
    this.acts = [first];
  }

  perform({ op, file, act, number, text }: Operation): void {
    if (op === 'renew') return this.renew(act);
    if (op === 'resume') return this.resume(act, REASONS[number % REASONS.length]!);
    const open = this.files[file];
    if (this.waiting[act]) return;
    if (op === 'open') {
      const device = this.isolate.devices[file % Math.max(1, this.isolate.devices.length)];
      if (open || !device) return;
      const id = this.nextFile++;
      const made: OpenFile = {
        device,
        file: id,
        mode: number & 3,
        nonblock: number > 3,
        offset: 0,
        session: 0,
        rest: null,
      };
      return this.call(act, device.open, made, op, (result) => {
        if (result === null) return;
        made.session = result.session;
        this.isolate.holdSession(made.session);
        if (this.files[file]) this.close(act, made);
        else this.files[file] = made;
      });
    }
    // A file in which a call waits cannot be closed: the kernel holds it for as long.
    if (!open || (op === 'close' && this.waiting.some((call) => call?.file === open))) return;
    if (op === 'close') {
      this.files[file] = undefined;
      this.close(act, open);
    } else if (op === 'seek') this.seek(act, open, number);
    else if (op === 'poll')
      this.call(act, open.device.poll, open, op, (result) => this.trace.push(`mask ${result?.result}`));
    else if (op === 'ioctl') this.ioctl(act, open, number, text ?? '');
    else if (op === 'write')
      this.call(act, open.device.write, open, op, () => undefined, Buffer.from(text ?? '', 'latin1'));
    else this.read(act, open, number);
  }

  private close(act: number, file: OpenFile): void {
    this.call(act, file.device.close, file, 'close', () => this.isolate.dropSession(this.acts[act] ?? 0, file.session));
  }

  private seek(act: number, file: OpenFile, number: number): void {
    if (file.device.seek === 0) {
      file.offset = number;
      return;
    }
    const wanted = { ...file, offset: number, whence: number % 3, position: file.offset };
    this.call(act, file.device.seek, wanted, 'seek', (result) => {
      file.offset = result?.result ?? file.offset;
      this.trace.push(`at ${file.offset}`);
    });
  }

  private ioctl(act: number, file: OpenFile, command: number, text: string): void {
    this.acts[act] ||= this.isolate.newActivation();
    const { ioctl, object } = file.device;
    const method = ioctl && this.acts[act] ? this.isolate.ioctlMethod(this.acts[act], object, command) : 0;
    if (method === 0) return;
    const input = new Uint8Array(commandBytes(command));
    input.set(Buffer.from(text, 'latin1').subarray(0, input.length));
    this.call(act, method, file, 'ioctl', (result) => this.trace.push(`gives ${result?.result}`), input);
  }

  private read(act: number, file: OpenFile, count: number): void {
    const { streaming } = file.device;
    const taken = (): void => {
      const part = streaming ? file.rest?.subarray(0, count) : file.rest?.subarray(file.offset, file.offset + count);
      if (streaming && file.rest) file.rest = file.rest.subarray(count);
      file.offset += part?.length ?? 0;
      this.trace.push(`got ${part?.length ?? 'nothing'}`);
    };
    if (file.rest !== null && (streaming ? file.rest.length > 0 : file.offset > 0)) return taken();
    this.call(act, file.device.read, file, 'read', (result) => {
      file.rest = result?.output ?? null;
      taken();
    });
  }

  private call(
    act: number,
    method: number,
    file: OpenFile,
    name: string,
    done: Waiting['done'],
    input?: Uint8Array,
  ): void {
    if (method === 0) return done(NOTHING);
    this.acts[act] ||= this.isolate.newActivation();
    if (!this.acts[act]) return done(null);
    const result = this.isolate.operate(this.acts[act], method, file.device.object, OPERATION_FUEL, file, input);
    this.settle(act, result, { file, name, done });
  }

  private resume(act: number, reason: number): void {
    const call = this.waiting[act];
    if (!call) return;
    this.waiting[act] = undefined;
    this.settle(act, this.isolate.resume(this.acts[act] ?? 0, reason), call);
  }

  private settle(act: number, result: CallResult, call: Waiting): void {
    this.trace.push(`${call.name} ${result.status} ${result.errno} ${result.exception} ${result.output.length}`);
    if (result.wait) this.waiting[act] = call;
    else call.done(result.status === 0 ? result : null);
    accounts(this.isolate);
  }

  private renew(place: number): void {
    const old = this.acts[place];
    if (old) this.isolate.freeActivation(old);
    this.acts[place] = 0;
    const call = this.waiting[place];
    this.waiting[place] = undefined;
    if (call?.name === 'close') this.isolate.dropSession(0, call.file.session);
  }
}

function check({ source, operations }: FilesInput): Verdict {
  return judge((trace) => {
    const { image } = compileChecked(source, true);
    if (!image) return 'rejected';
    // In the hostile build: what is freed too early is seen there, and the heap is looked at after every operation.
    const booted = boot(image, trace, hostileModule());
    if (!booted) return 'out of memory';
    if (booted.status !== 0) return 'exception';
    const table = new Table(booted.isolate, booted.act, trace);
    for (const operation of operations) table.perform(operation);
    seal(booted.isolate, trace);
    return booted.isolate.devices.length > 0 ? 'used' : 'no device';
  });
}

export const files: Kind<FilesInput> = {
  name: 'files',
  make: (random) => ({
    source: new Uint8Array(Buffer.from(program(random, { noise: 0, device: true, size: random.between(2, 10) }))),
    operations: Array.from({ length: random.between(3, 30) }, () => operation(random)),
  }),
  check,
  cuts: (input) => [
    () => ({ parts: input.operations, join: (kept) => ({ ...input, operations: kept as Operation[] }) }),
    ...textCuts(input.source, (source) => ({ ...input, source })),
  ],
  extension: () => '.files.json',
  encode: ({ source, operations }) =>
    Buffer.from(JSON.stringify({ source: Buffer.from(source).toString('latin1').split('\n'), operations }, null, 1)),
  decode: (bytes) => {
    const read = JSON.parse(Buffer.from(bytes).toString()) as { source: string[]; operations: Operation[] };
    return { source: new Uint8Array(Buffer.from(read.source.join('\n'), 'latin1')), operations: read.operations };
  },
};
