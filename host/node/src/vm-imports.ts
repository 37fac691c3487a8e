import { basename } from 'node:path';
import type { DeviceTable } from './device.js';
import { ERRNO } from './errno.js';
import type { LinearMemory } from './linear-memory.js';
import type { Streams } from './streams.js';

const SYSLOG_INFO = 6;
const COMM_BYTES = 15;

/** What the imports need to know of their isolate. */
export interface ImportContext {
  readonly memory: () => LinearMemory;
  readonly devices: DeviceTable;
  readonly streams: Streams;
  readonly args: readonly string[];
  readonly name: string;
  readonly stop: () => boolean;
  readonly clock: (which: number) => bigint;
  /** The script ends itself; its call is over when it comes back. */
  readonly exit: (status: number) => void;
}

/** Nanoseconds since boot, or milliseconds since 1970. */
export function systemClock(which: number): bigint {
  return which === 0 ? process.hrtime.bigint() : BigInt(Date.now());
}

/** The functions of module `env` that `vm.wasm` imports (docs/abi.md), `abort` excepted. */
export function vmImports(context: ImportContext): Record<string, (...args: never[]) => unknown> {
  const { devices, streams } = context;
  const text = new TextEncoder();
  return {
    safepoint: () => (context.stop() ? 1 : 0),
    device_register: (_act: number, device: number, ops: number, name: number, nameLength: number, mode: number) =>
      devices.register(context.memory(), device, ops, name, nameLength, mode),
    device_unregister: (_act: number, device: number) => devices.unregister(device),
    // Calls run one after another here: whoever waits is not inside of another call that could be told.
    notify: () => undefined,
    write: (_act: number, fd: number, pointer: number, length: number) => {
      if (fd !== 1 && fd !== 2) return -ERRNO.EBADF;
      (fd === 1 ? streams.out : streams.err)(context.memory().view(pointer, length));
      return length;
    },
    read: (_act: number, fd: number, pointer: number, capacity: number) =>
      fd === 0 ? streams.in(context.memory().view(pointer, capacity)) : -ERRNO.EBADF,
    log: (_act: number, level: number, pointer: number, length: number) => {
      const mark = level === SYSLOG_INFO ? '' : `<${level}>`;
      streams.err(text.encode(`${mark}${context.name}: ${context.memory().text(pointer, length)}\n`));
    },
    time: (_act: number, clock: number) => context.clock(clock),
    task: (_act: number, field: number) =>
      BigInt([process.pid, process.pid, process.getuid?.() ?? 0, process.getgid?.() ?? 0][field] ?? 0),
    task_comm: (_act: number, pointer: number, capacity: number) =>
      context.memory().writeText(pointer, basename(process.title || 'node').slice(0, COMM_BYTES), capacity),
    version: (_act: number, pointer: number, capacity: number) =>
      context.memory().writeText(pointer, `node ${process.version}`, capacity),
    arg: (_act: number, index: number, pointer: number, capacity: number) => {
      const arg = context.args[index];
      if (arg === undefined) return -1;
      const bytes = text.encode(arg);
      context.memory().write(pointer, bytes.subarray(0, capacity));
      return bytes.length;
    },
    environment: (_act: number, name: number, length: number, pointer: number, capacity: number) => {
      const value = process.env[context.memory().text(name, length)];
      if (value === undefined) return -1;
      const bytes = text.encode(value);
      context.memory().write(pointer, bytes.subarray(0, capacity));
      return bytes.length;
    },
    exit: (_act: number, status: number) => context.exit(status),
  };
}
