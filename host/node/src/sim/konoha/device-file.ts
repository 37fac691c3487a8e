/** Operations of a script's device: host/linux's device-file.c and device-read.c. */
import { ERRNO } from '../../errno.js';
import {
  ALWAYS_READY,
  O_CREAT,
  O_EXCL,
  O_NOCTTY,
  O_NONBLOCK,
  O_TRUNC,
  OpenFile,
  POLLERR,
  POLLHUP,
  POLLIN,
  POLLOUT,
  POLLPRI,
  SEEK_CUR,
  SEEK_END,
  SEEK_SET,
  type FileOperations,
  type IoctlArgument,
  type Position,
  type Subscribe,
} from '../open-file.js';
import type { Process } from '../process.js';
import { SystemError, fail } from '../system-error.js';
import type { KonohaDevice } from './device.js';
import { enter, enterClose, type Answer, type Call, type FileState, type Surroundings } from './enter.js';
import { FileLock } from './file-lock.js';
import { TRANSFER_MAXIMUM } from './parameters.js';

const NOTHING = new Uint8Array(0);
const OPEN_ONLY = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC;
const POLL_MASK = POLLIN | POLLPRI | POLLOUT | POLLERR | POLLHUP;
const IOC_WRITE = 1;
const IOC_READ = 2;

/**
 * Opens a device.
 * @param id the machine's number for this open file description
 */
export async function openDevice(
  device: KonohaDevice,
  process: Process,
  flags: number,
  id: number,
  surroundings: Surroundings,
): Promise<OpenFile> {
  const { isolate } = device;
  if (device.gone) throw fail('ENODEV');
  isolate.checkUsable();
  const driver = new DeviceFile(device, id, surroundings);
  const file = new OpenFile(driver, flags & ~OPEN_ONLY, !device.stream || device.methods.seek !== 0);
  driver.state.mode = (file.readable ? 1 : 0) | (file.writable ? 2 : 0);
  // Only the open handler sees all flags.
  if (device.methods.open !== 0) await driver.call('open', file, process, { flags });
  return file;
}

class DeviceFile implements FileOperations {
  readonly state: { -readonly [K in keyof FileState]: FileState[K] };
  private readonly readLock = new FileLock();
  private readonly writeLock = new FileLock();
  /** Snapshot (short form of read) or what is left over (streaming form). */
  private out: Uint8Array = NOTHING;
  /** Bytes delivered so far, and the first of `out` not delivered yet (streaming form). */
  private streamPosition = 0;
  private delivered = 0;
  private haveOut = false;
  /** Some of the snapshot was read. */
  private advanced = false;

  constructor(
    private readonly device: KonohaDevice,
    id: number,
    private readonly surroundings: Surroundings,
  ) {
    this.state = { id, mode: 0, session: 0 };
  }

  async call(
    handler: Call['handler'],
    file: OpenFile,
    process: Process,
    more: Partial<Omit<Call, 'device' | 'file' | 'handler' | 'process'>> = {},
  ): Promise<Answer> {
    const call: Call = {
      device: this.device,
      file: this.state,
      handler,
      process,
      flags: file.flags,
      offset: file.offset,
      ...more,
    };
    return await enter(call, this.surroundings);
  }

  async read(file: OpenFile, process: Process, count: number, position: Position): Promise<Uint8Array> {
    this.device.isolate.checkUsable();
    if (this.device.methods.read === 0) throw fail('EINVAL');
    if (count === 0) return NOTHING;
    return await this.locked(this.readLock, file, process, () =>
      this.device.stream
        ? this.readStream(file, process, count, file.seekable ? position : null)
        : this.readSnapshot(file, process, count, position),
    );
  }

  async write(file: OpenFile, process: Process, data: Uint8Array, position: Position): Promise<number> {
    const { isolate, methods } = this.device;
    isolate.checkUsable();
    if (methods.write === 0) throw fail('EINVAL');
    const input = data.subarray(0, TRANSFER_MAXIMUM);
    return await this.locked(this.writeLock, file, process, async () => {
      const { result } = await this.call('write', file, process, {
        input,
        offset: file.seekable ? position.offset : this.streamPosition,
        waits: (now) => (this.writeLock.holderWaits = now),
      });
      // A handler that took nothing had no room.
      if (result === 0 && input.length > 0) throw fail('EAGAIN');
      // Without a seek handler a write moves nothing: what the file answers is read from its start.
      if (methods.seek !== 0) position.offset += result;
      return result;
    });
  }

  async seek(file: OpenFile, process: Process, offset: number, whence: number): Promise<number> {
    this.device.isolate.checkUsable();
    return await this.locked(this.readLock, file, process, () =>
      this.device.methods.seek !== 0
        ? this.seekByHandler(file, process, offset, whence)
        : Promise.resolve(this.seekSnapshot(file, offset, whence)),
    );
  }

  readonly pollers: Subscribe = (wake) => {
    const { pollers } = this.device.isolate;
    pollers.add(wake);
    return () => pollers.delete(wake);
  };

  async poll(file: OpenFile, process: Process): Promise<number> {
    try {
      this.device.isolate.checkUsable();
      if (this.device.methods.poll === 0) return ALWAYS_READY;
      return (await this.call('poll', file, process, { nonblock: true })).result & POLL_MASK;
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      return error.errno === ERRNO.ENODEV ? POLLERR | POLLHUP : POLLERR;
    }
  }

  async ioctl(file: OpenFile, process: Process, command: number, argument: IoctlArgument): Promise<number> {
    this.device.isolate.checkUsable();
    if (this.device.methods.ioctl === 0) throw fail('ENOTTY');
    const direction = command >>> 30;
    const size = (command >>> 16) & 0x3fff;
    const memory = (): Uint8Array => {
      if (!argument.data) throw fail('EFAULT');
      return argument.data;
    };
    const writes = (direction & IOC_WRITE) !== 0 && size > 0;
    const input = new Uint8Array(size);
    if (writes) input.set(memory().subarray(0, size));
    const { result, output } = await this.call('ioctl', file, process, { command, ...(writes ? { input } : {}) });
    if (direction & IOC_READ) {
      if (output.length !== size) throw fail('EIO');
      if (size > 0) memory().set(output.subarray(0, memory().length));
    }
    return result;
  }

  async release(file: OpenFile, process: Process): Promise<void> {
    const { device, state } = this;
    if ((device.methods.close === 0 && state.session === 0) || !device.isolate.engine) return;
    await enterClose({ device, file: state, process, flags: file.flags, offset: 0 }, this.surroundings);
  }

  private async locked<T>(lock: FileLock, file: OpenFile, process: Process, body: () => Promise<T>): Promise<T> {
    await lock.take(process, (file.flags & O_NONBLOCK) !== 0);
    try {
      return await body();
    } finally {
      lock.give();
    }
  }

  private async runRead(file: OpenFile, process: Process, count: number, offset: number): Promise<void> {
    this.out = NOTHING;
    const waits = (now: boolean): void => void (this.readLock.holderWaits = now);
    this.out = (await this.call('read', file, process, { count, offset, waits })).output;
  }

  private async readSnapshot(file: OpenFile, process: Process, count: number, position: Position): Promise<Uint8Array> {
    if (!this.haveOut || (position.offset === 0 && this.advanced)) {
      this.haveOut = false;
      await this.runRead(file, process, count, position.offset);
      this.haveOut = true;
      this.advanced = false;
    }
    if (position.offset >= this.out.length) return NOTHING;
    const part = this.out.slice(position.offset, position.offset + count);
    this.advanced = true;
    position.offset += part.length;
    return part;
  }

  private async readStream(
    file: OpenFile,
    process: Process,
    count: number,
    position: Position | null,
  ): Promise<Uint8Array> {
    if (position && position.offset !== this.streamPosition) {
      this.streamPosition = position.offset;
      this.delivered = this.out.length;
    }
    if (this.delivered >= this.out.length) {
      this.delivered = 0;
      await this.runRead(file, process, count, this.streamPosition);
    }
    const part = this.out.slice(this.delivered, this.delivered + count);
    this.delivered += part.length;
    this.streamPosition += part.length;
    if (position) position.offset = this.streamPosition;
    return part;
  }

  /** The script says where the position goes; what was read ahead is not of there. */
  private async seekByHandler(file: OpenFile, process: Process, offset: number, whence: number): Promise<number> {
    const waits = (now: boolean): void => void (this.readLock.holderWaits = now);
    const { result } = await this.call('seek', file, process, {
      offset,
      whence,
      position: file.offset,
      waits,
    });
    this.haveOut = false;
    this.out = NOTHING;
    this.delivered = 0;
    this.streamPosition = result;
    file.offset = result;
    return result;
  }

  /** Only the short form of read has a position, and an end once it has run. */
  private seekSnapshot(file: OpenFile, offset: number, whence: number): number {
    let target = offset;
    if (whence === SEEK_CUR) target += file.offset;
    else if (whence === SEEK_END && this.haveOut) target += this.out.length;
    else if (whence !== SEEK_SET) throw fail('EINVAL');
    if (target < 0) throw fail('EINVAL');
    if (whence === SEEK_SET && target === 0) this.haveOut = false;
    file.offset = target;
    return target;
  }
}
