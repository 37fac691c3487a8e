/** Files that are no device: in memory, and folders of the machine that the simulator itself runs on. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newInode, type DirectoryNode, type TreeNode } from './file-tree.js';
import { O_APPEND, O_TRUNC, OpenFile, moved, type FileOperations, type Position } from './open-file.js';
import type { Process } from './process.js';
import { fail } from './system-error.js';

/** A regular file in memory. */
export class MemoryFile implements TreeNode {
  readonly kind = 'file';
  readonly inode = newInode();

  constructor(
    public mode: number,
    public data: Uint8Array = new Uint8Array(0),
  ) {}

  open(_process: Process, flags: number): Promise<OpenFile> {
    if (flags & O_TRUNC) this.data = new Uint8Array(0);
    return Promise.resolve(new OpenFile(this.operations, flags, true));
  }

  private readonly operations: FileOperations = {
    syncs: true,
    read: (_file, _process, count, position) => Promise.resolve(take(this.data, count, position)),
    write: (file, _process, bytes, position) => {
      if (file.flags & O_APPEND) position.offset = this.data.length;
      const end = position.offset + bytes.length;
      if (end > this.data.length) {
        const grown = new Uint8Array(end);
        grown.set(this.data);
        this.data = grown;
      }
      this.data.set(bytes, position.offset);
      position.offset = end;
      return Promise.resolve(bytes.length);
    },
    seek: (file, _process, offset, whence) =>
      Promise.resolve((file.offset = moved(file, offset, whence, this.data.length))),
  };
}

/** The next bytes at a position, which moves. */
export function take(data: Uint8Array, count: number, position: Position): Uint8Array {
  const part = data.slice(position.offset, position.offset + count);
  position.offset += part.length;
  return part;
}

/** A text that is made when it is opened, as the files of /proc are. */
export function textFile(mode: number, make: () => string): TreeNode {
  return {
    kind: 'file',
    mode,
    inode: newInode(),
    open: (_process, flags) => {
      const data = new TextEncoder().encode(make());
      const operations: FileOperations = {
        read: (_file, _reader, count, position) => Promise.resolve(take(data, count, position)),
        write: () => Promise.reject(fail('EIO')),
        seek: (file, _reader, offset, whence) =>
          Promise.resolve((file.offset = moved(file, offset, whence, data.length))),
      };
      return Promise.resolve(new OpenFile(operations, flags, true));
    },
  };
}

/** A folder of the real machine, to read: what is changed there meanwhile is seen. */
export class HostDirectory implements DirectoryNode {
  readonly kind = 'directory';
  readonly inode = newInode();
  readonly mode = 0o755;

  constructor(private readonly path: string) {}

  get(name: string): TreeNode | undefined {
    const path = join(this.path, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return undefined;
    if (stat.isDirectory()) return new HostDirectory(path);
    // Opened for writing it is a copy: nothing of the real machine is changed.
    return new MemoryFile(0o644, new Uint8Array(readFileSync(path)));
  }

  names(): string[] {
    return readdirSync(this.path).sort();
  }
}

const ZEROES = (count: number): Uint8Array => new Uint8Array(count);

/** /dev/null, /dev/zero and /dev/full. */
export function standardDevices(): Record<string, TreeNode> {
  const device = (operations: FileOperations): TreeNode => ({
    kind: 'character',
    mode: 0o666,
    inode: newInode(),
    open: (_process, flags) => Promise.resolve(new OpenFile(operations, flags, true)),
  });
  const nothing = (): Promise<Uint8Array> => Promise.resolve(new Uint8Array(0));
  const zeroes = (_file: OpenFile, _process: Process, count: number): Promise<Uint8Array> =>
    Promise.resolve(ZEROES(count));
  const swallow = (_file: OpenFile, _process: Process, data: Uint8Array): Promise<number> =>
    Promise.resolve(data.length);
  const stay = (file: OpenFile): Promise<number> => Promise.resolve((file.offset = 0));
  return {
    null: device({ read: nothing, write: swallow, seek: stay }),
    zero: device({ read: zeroes, write: swallow, seek: stay }),
    full: device({ read: zeroes, write: () => Promise.reject(fail('ENOSPC')), seek: stay }),
  };
}
