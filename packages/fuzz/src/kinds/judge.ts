/** Runs an accepted script twice in isolates of its own and compares all that can be seen of the two runs. */
import { engineModule } from '@konoha/host-node';
import { ContractError, TrapError, demand } from '../engine/contract.js';
import { STRUCT_BYTES } from '../generate/program.js';
import { FuzzIsolate, RESUME, type CallResult, type RegisteredDevice } from '../engine/isolate.js';
import type { Verdict } from './kind.js';

export const HEAP = 128 << 10;
export const SLOTS = 1024;
export const LOAD_FUEL = 20_000;
export const OPERATION_FUEL = 5_000;

/** Everything that happened, as lines; equal inputs give equal traces. */
export type Trace = string[];

/** Runs the top level; null: there was no memory for it. Accounts of memory are checked on the way. */
export function boot(
  image: Uint8Array,
  trace: Trace,
  module = engineModule('vm-user'),
): { isolate: FuzzIsolate; act: number; status: number } | null {
  const isolate = new FuzzIsolate(module, { heap: HEAP, trusted: true });
  const code = isolate.load(image);
  demand(code === 0 || code === -12, () => `the verifier refuses the compiler's image: ${code}`);
  if (code !== 0) return null;
  const act = isolate.takeStack(SLOTS) ? isolate.newActivation() : 0;
  if (act === 0) return null;
  const result = isolate.run(act, LOAD_FUEL);
  trace.push(`run ${result.status} ${result.errno} ${result.exception} fuel ${isolate.fuelLeft(act)}`);
  accounts(isolate);
  return { isolate, act, status: result.status };
}

/** What an activation takes comes back with it; use stays below the peak, and that below capacity. */
export function accounts(isolate: FuzzIsolate): void {
  const used = isolate.stat(0);
  const [capacity, peak, objects] = [isolate.stat(1), isolate.stat(2), isolate.stat(3)];
  demand(used > 0 && used <= peak && peak <= capacity, () => `heap in use ${used}, peak ${peak}, capacity ${capacity}`);
  demand(objects >= 0 && objects * 16 <= used, () => `${objects} objects in ${used} bytes`);
  const extra = isolate.newActivation();
  const before = isolate.stat(0);
  if (extra === 0) return;
  isolate.freeActivation(extra);
  // Making one may reclaim, and so may giving it back: use is what it was before or less.
  const after = isolate.stat(0);
  demand(
    after < before && after <= used,
    () => `an activation takes heap use from ${used} to ${before}, and back to ${after}`,
  );
  isolate.checkHeap();
}

/** The last lines of a trace: console output and accounts. */
export function seal(isolate: FuzzIsolate, trace: Trace): void {
  accounts(isolate);
  trace.push(
    `console ${isolate.consoleText()}`,
    `heap ${isolate.stat(0)} peak ${isolate.stat(2)} objects ${isolate.stat(3)}`,
  );
}

/** Uses each device once, and calls `after` behind each operation. */
export function useDevices(isolate: FuzzIsolate, act: number, after: (name: string, result: CallResult) => void): void {
  for (const device of isolate.devices.slice(0, 3)) useDevice(isolate, act, device, after);
}

const OPERATIONS = ['write', 'read', 'poll', 'seek', 'close'] as const;
const TEXT = Buffer.from('12\nabc 木\n');

/** Commands of the structs that generated devices have (`STRUCT_BYTES`), by number and direction. */
export function commandOf(
  number: number,
  direction: number,
  bytes = STRUCT_BYTES[number % STRUCT_BYTES.length]!,
): number {
  return ((direction << 30) | ((direction === 0 ? 0 : bytes) << 16) | (MAGIC << 8) | number) >>> 0;
}

/** Bytes that a command brings. */
export function commandBytes(command: number): number {
  return (command >>> 30) & 1 ? (command >>> 16) & 0x3fff : 0;
}

const MAGIC = 0xe7;

function useDevice(
  isolate: FuzzIsolate,
  act: number,
  device: RegisteredDevice,
  after: (name: string, result: CallResult) => void,
): void {
  let session = 0;
  const operate = (name: string, method: number, input?: Uint8Array): boolean => {
    const state = { file: 1, mode: 3, nonblock: false, offset: 7, session, whence: 1 };
    let result = isolate.operate(act, method, device.object, OPERATION_FUEL, state, input);
    // Alone with its device: it is woken once for nothing, then its time is over or a signal comes.
    for (let round = 0; result.wait; round++) {
      demand(round <= 2 * OPERATION_FUEL, () => 'it waits beyond its fuel');
      after(name, result);
      result = isolate.resume(act, round === 0 ? RESUME.woken : result.wait.limited ? RESUME.late : RESUME.signal);
    }
    if (name === 'open') session = result.session;
    if (name === 'open') isolate.holdSession(session);
    after(name, result);
    return result.status === 0;
  };
  const call = (name: 'open' | (typeof OPERATIONS)[number]): boolean =>
    device[name] === 0 || operate(name, device[name], name === 'write' ? TEXT : undefined);
  if (!call('open')) return;
  for (const name of OPERATIONS) call(name);
  for (let number = 0; device.ioctl && number < 4; number++)
    for (let direction = 0; direction < 4; direction++) {
      const command = commandOf(number, direction);
      const method = isolate.ioctlMethod(act, device.object, command);
      if (method !== 0) operate('ioctl', method, new Uint8Array(commandBytes(command)).fill(0x31));
    }
  isolate.dropSession(act, session);
}

/** A result as a line of a trace. */
export function line(name: string, { status, errno, exception, output, result }: CallResult): string {
  return `${name} ${status} ${errno} ${exception} ${result} ${Buffer.from(output).toString('latin1')}`;
}

let repeating = true;

/** Is what comes now to be run twice? It is, unless a run with many inputs says otherwise for some of them. */
export function repeatRuns(on: boolean): void {
  repeating = on;
}

export function repeats(): boolean {
  return repeating;
}

/** Runs `work`, twice if `repeatRuns` says so, and compares; a trap or a broken contract is the problem. */
export function judge(work: (trace: Trace) => string): Verdict {
  try {
    const first: Trace = [];
    const outcome = work(first);
    if (!repeating) return { problem: null, outcome };
    const second: Trace = [];
    work(second);
    const differs = first.findIndex((line, index) => line !== second[index]);
    demand(
      differs < 0 && first.length === second.length,
      () => `a second run differs: ${JSON.stringify(first[differs])} and ${JSON.stringify(second[differs])}`,
    );
    return { problem: null, outcome };
  } catch (error) {
    if (error instanceof ContractError || error instanceof TrapError)
      return { problem: error.message, outcome: 'finding' };
    throw error;
  }
}
