/** A simulated machine: its files, its processes, and their system calls. */
import type { NativeCode, NativeHost } from '../native.js';
import type { Binding } from '../binding.js';
import { Clock } from './clock.js';
import { controlNode } from './konoha/control-file.js';
import { KonohaModule } from './konoha/module.js';
import { DEFAULT_PARAMETERS, type Parameters } from './konoha/parameters.js';
import { procFiles } from './konoha/proc-files.js';
import { Directory, FileTree, checkAccess, isDirectory, newInode, type DirectoryNode } from './file-tree.js';
import {
  ALWAYS_READY,
  O_ACCMODE,
  O_CREAT,
  O_EXCL,
  O_LARGEFILE,
  O_TRUNC,
  OpenFile,
  POLLERR,
  POLLHUP,
  POLLNVAL,
  SEEK_END,
  type Position,
} from './open-file.js';
import { HostDirectory, MemoryFile, standardDevices } from './plain-files.js';
import { Process } from './process.js';
import { SystemError, fail } from './system-error.js';

const FIRST_PID = 100;
const COMM_BYTES = 15;
const UMASK = 0o022;

export interface MachineOptions {
  readonly parameters?: Partial<Parameters>;
  /** What scripts read as the kernel's version. */
  readonly release?: string;
  /** Classes that scripts may use. */
  readonly bindings?: readonly Binding[];
  /** Makes native code; without it everything is interpreted. */
  readonly native?: (host: NativeHost) => NativeCode;
}

/** What a path leads to. */
export interface Stat {
  readonly kind: 'directory' | 'file' | 'character';
  readonly mode: number;
  readonly inode: number;
}

/**
 * Linux as far as scripts and their users see it: processes, open file descriptions, /dev, /proc/konoha, and plain files
 * in memory. System calls throw `SystemError`; those that may wait do so without taking time (see `Clock`).
 */
export class SimulatedMachine {
  readonly clock = new Clock();
  readonly konoha: KonohaModule;
  private readonly tree = new FileTree();
  private lastPid = FIRST_PID;

  constructor(options: MachineOptions = {}) {
    const plain = (mode: number): MemoryFile => new MemoryFile(mode);
    const devices = this.tree.root.add('dev', new Directory(0o755, plain));
    this.tree.root.add('tmp', new Directory(0o777, plain));
    const parameters = { ...DEFAULT_PARAMETERS, ...options.parameters };
    const { release = 'simulated', bindings, native } = options;
    this.konoha = new KonohaModule(this.clock, devices, parameters, release, bindings, native);
    for (const [name, node] of Object.entries(standardDevices())) devices.add(name, node);
    devices.add('konoha', controlNode(this.konoha, false));
    devices.add('konoha-replace', controlNode(this.konoha, true));
    const proc = this.tree.makeDirectory('/proc/konoha');
    for (const [name, node] of Object.entries(procFiles(this.konoha))) proc.add(name, node);
    this.tree.makeDirectory('/sys/class').add('konoha', classDirectory(devices));
  }

  /** Makes a folder of the real machine visible, to read. */
  mount(path: string, hostFolder: string): void {
    const parts = path.split('/').filter(Boolean);
    this.tree.makeDirectory(parts.slice(0, -1).join('/')).add(parts.at(-1)!, new HostDirectory(hostFolder));
  }

  /** Puts a file in place, with the folders above it. */
  putFile(path: string, contents: string | Uint8Array): void {
    const slash = path.lastIndexOf('/');
    const directory = this.tree.makeDirectory(path.slice(0, slash), (mode) => new MemoryFile(mode));
    directory.add(path.slice(slash + 1), new MemoryFile(0o644, new Uint8Array(Buffer.from(contents))));
  }

  /** A new process; `comm` is cut to 15 bytes. With a parent: its user, and a signal to the parent reaches it. */
  spawn(comm: string, parent: Process | null = null): Process {
    return new Process(++this.lastPid, Buffer.from(comm).subarray(0, COMM_BYTES).toString(), parent);
  }

  async open(process: Process, path: string, flags: number, mode = 0o666): Promise<number> {
    return process.install(await this.openFile(process, path, flags, mode));
  }

  private async openFile(process: Process, path: string, flags: number, mode: number): Promise<OpenFile> {
    const { directory, name, node: existing } = this.tree.place(process, path);
    let node = existing;
    if (!node) {
      if (!(flags & O_CREAT)) throw fail('ENOENT');
      checkAccess(process, directory, { write: true });
      if (!directory.create) throw fail('EACCES');
      node = directory.create(name, mode & 0o777 & ~UMASK);
    } else {
      if (flags & O_CREAT && flags & O_EXCL) throw fail('EEXIST');
      const access = flags & O_ACCMODE;
      const write = access !== 0 || (flags & O_TRUNC) !== 0;
      if (isDirectory(node) && (write || flags & O_CREAT)) throw fail('EISDIR');
      checkAccess(process, node, { read: access !== 1, write });
    }
    if (isDirectory(node)) return new OpenFile({ read: () => Promise.reject(fail('EISDIR')) }, flags, true);
    if (!node.open) throw fail('ENXIO');
    return await node.open(process, flags | O_LARGEFILE);
  }

  async read(process: Process, descriptor: number, count: number): Promise<Uint8Array> {
    const file = process.file(descriptor);
    return await this.readAt(process, file, count, file);
  }

  async pread(process: Process, descriptor: number, count: number, offset: number): Promise<Uint8Array> {
    const file = process.file(descriptor);
    return await this.readAt(process, file, count, positionOf(file, offset));
  }

  async write(process: Process, descriptor: number, data: Uint8Array): Promise<number> {
    const file = process.file(descriptor);
    return await this.writeAt(process, file, data, file);
  }

  async pwrite(process: Process, descriptor: number, data: Uint8Array, offset: number): Promise<number> {
    const file = process.file(descriptor);
    return await this.writeAt(process, file, data, positionOf(file, offset));
  }

  async lseek(process: Process, descriptor: number, offset: number, whence: number): Promise<number> {
    const file = process.file(descriptor);
    if (whence < 0 || whence > SEEK_END) throw fail('EINVAL');
    if (!file.seekable || !file.operations.seek) throw fail('ESPIPE');
    return await file.operations.seek(file, process, offset, whence);
  }

  /** The events that came within `timeout` ms (−1: no limit); 0: none did. */
  async poll(process: Process, descriptor: number, events: number, timeout: number): Promise<number> {
    if (!process.descriptors.includes(descriptor)) return POLLNVAL;
    const file = process.file(descriptor);
    const wanted = events | POLLERR | POLLHUP;
    const ask = async (): Promise<number> => ((await file.operations.poll?.(file, process)) ?? ALWAYS_READY) & wanted;
    let changed = false;
    let wake = (): void => undefined;
    const forget = file.operations.pollers?.(() => {
      changed = true;
      wake();
    });
    let late = timeout === 0;
    const cancel = timeout > 0 ? this.clock.after(timeout, () => ((late = true), wake())) : undefined;
    const forgetKill = process.onKill(() => wake());
    try {
      for (;;) {
        changed = false;
        const ready = await ask();
        if (ready !== 0 || late) return ready;
        if (process.killedBy !== null) throw fail('EINTR');
        if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      forget?.();
      forgetKill();
      cancel?.();
    }
  }

  /** @param data what the argument points at, changed in place; null: it points nowhere */
  async ioctl(process: Process, descriptor: number, request: number, data: Uint8Array | null): Promise<number> {
    const file = process.file(descriptor);
    if (!file.operations.ioctl) throw fail('ENOTTY');
    return await file.operations.ioctl(file, process, request, { data });
  }

  async close(process: Process, descriptor: number): Promise<void> {
    await this.closeFile(process, process.remove(descriptor));
  }

  dup(process: Process, descriptor: number): number {
    const file = process.file(descriptor);
    const copy = process.install(file);
    file.references++;
    return copy;
  }

  fsync(process: Process, descriptor: number): void {
    if (!process.file(descriptor).operations.syncs) throw fail('EINVAL');
  }

  /** @throws EINTR: the process is killed */
  async sleep(process: Process, milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const finish = (): void => {
        cancel();
        forget();
        resolve();
      };
      const cancel = this.clock.after(milliseconds, finish);
      const forget = process.onKill(finish);
    });
    if (process.killedBy !== null) throw fail('EINTR');
  }

  /** Ends a process that is in no system call any more; its descriptors are closed as by exit. */
  async end(process: Process): Promise<void> {
    for (const descriptor of process.descriptors) {
      try {
        await this.close(process, descriptor);
      } catch (error) {
        // Nobody is left to hear of it.
        if (!(error instanceof SystemError)) throw error;
      }
    }
  }

  stat(process: Process, path: string): Stat {
    const { kind, mode, inode } = this.tree.find(process, path);
    return { kind, mode, inode };
  }

  names(process: Process, path: string): string[] {
    const node = this.tree.find(process, path);
    if (!isDirectory(node)) throw fail('ENOTDIR');
    checkAccess(process, node, { read: true });
    return node.names();
  }

  chmod(process: Process, path: string, mode: number): void {
    const node = this.tree.find(process, path);
    if (!process.privileged) throw fail('EPERM');
    node.mode = mode;
  }

  private async readAt(process: Process, file: OpenFile, count: number, position: Position): Promise<Uint8Array> {
    if (!file.readable) throw fail('EBADF');
    if (!file.operations.read) throw fail('EINVAL');
    return await file.operations.read(file, process, count, position);
  }

  private async writeAt(process: Process, file: OpenFile, data: Uint8Array, position: Position): Promise<number> {
    if (!file.writable) throw fail('EBADF');
    if (!file.operations.write) throw fail('EINVAL');
    return await file.operations.write(file, process, data, position);
  }

  private async closeFile(process: Process, file: OpenFile): Promise<void> {
    const last = file.references === 1;
    try {
      await file.operations.flush?.(file, process, last);
    } finally {
      file.references--;
      if (file.references === 0) await file.operations.release?.(file, process);
    }
  }
}

function positionOf(file: OpenFile, offset: number): Position {
  if (offset < 0) throw fail('EINVAL');
  if (!file.seekable) throw fail('ESPIPE');
  return { offset };
}

/** /sys/class/konoha: a name for each device of a script. */
function classDirectory(devices: Directory): DirectoryNode {
  const link = new Directory();
  const isOurs = (name: string): boolean => devices.get(name)?.kind === 'character' && !(name in standardDevices());
  return {
    kind: 'directory',
    mode: 0o755,
    inode: newInode(),
    get: (name) => (isOurs(name) ? link : undefined),
    names: () => devices.names().filter(isOurs),
  };
}
