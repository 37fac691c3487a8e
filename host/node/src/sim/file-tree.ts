/** The files that a simulated machine sees: directories and what is in them. Names of files are the operations' business. */
import type { Process } from './process.js';
import type { OpenFile } from './open-file.js';
import { fail } from './system-error.js';

export type NodeKind = 'directory' | 'file' | 'character';

/** One thing in the tree. */
export interface TreeNode {
  readonly kind: NodeKind;
  /** Permission bits; the owner is root. */
  mode: number;
  readonly inode: number;
  /** Makes an open file description. `flags` as open(2) got them. */
  open?(process: Process, flags: number): Promise<OpenFile>;
}

export interface DirectoryNode extends TreeNode {
  readonly kind: 'directory';
  get(name: string): TreeNode | undefined;
  names(): string[];
  /** Absent: nothing can be made here. */
  create?(name: string, mode: number): TreeNode;
}

let lastInode = 1000;

export function newInode(): number {
  return ++lastInode;
}

/** A directory whose entries are kept. */
export class Directory implements DirectoryNode {
  readonly kind = 'directory';
  readonly inode = newInode();
  readonly entries = new Map<string, TreeNode>();

  constructor(
    public mode = 0o755,
    private readonly make?: (mode: number) => TreeNode,
  ) {}

  get(name: string): TreeNode | undefined {
    return this.entries.get(name);
  }

  names(): string[] {
    return [...this.entries.keys()].sort();
  }

  add<T extends TreeNode>(name: string, node: T): T {
    this.entries.set(name, node);
    return node;
  }

  create(name: string, mode: number): TreeNode {
    if (!this.make) throw fail('EACCES');
    return this.add(name, this.make(mode));
  }
}

const READ = 4;
const WRITE = 2;
const EXECUTE = 1;

/** Root owns everything, so others have the last three bits; root may do all. @throws EACCES */
export function checkAccess(process: Process, node: TreeNode, wanted: { read?: boolean; write?: boolean }): void {
  if (process.privileged) return;
  const bits = (wanted.read ? READ : 0) | (wanted.write ? WRITE : 0);
  if ((node.mode & bits) !== bits) throw fail('EACCES');
}

export interface Place {
  readonly directory: DirectoryNode;
  readonly name: string;
  readonly node: TreeNode | undefined;
}

export class FileTree {
  readonly root = new Directory();

  /** Where a path leads; its last part need not exist. @throws ENOENT, ENOTDIR, EACCES, ENAMETOOLONG */
  place(process: Process, path: string): Place {
    if (path === '') throw fail('ENOENT');
    if (Buffer.byteLength(path) > 4095) throw fail('ENAMETOOLONG');
    // Every process is in /.
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    let trail: DirectoryNode[] = [this.root];
    let [name, node]: [string, TreeNode | undefined] = ['', this.root];
    for (const [index, part] of parts.entries()) {
      const directory = trail.at(-1)!;
      if (!process.privileged && !(directory.mode & EXECUTE)) throw fail('EACCES');
      if (part === '..') {
        if (trail.length > 1) trail = trail.slice(0, -1);
        [name, node] = ['', trail.at(-1)];
        continue;
      }
      if (Buffer.byteLength(part) > 255) throw fail('ENAMETOOLONG');
      [name, node] = [part, directory.get(part)];
      const last = index === parts.length - 1;
      if (last) break;
      if (!node) throw fail('ENOENT');
      if (!isDirectory(node)) throw fail('ENOTDIR');
      trail = [...trail, node];
    }
    if (node && !isDirectory(node) && path.endsWith('/')) throw fail('ENOTDIR');
    const directory = node && isDirectory(node) && name === '' ? node : trail.at(-1)!;
    return { directory, name, node };
  }

  /** What is there. @throws ENOENT, ENOTDIR, EACCES */
  find(process: Process, path: string): TreeNode {
    const { node } = this.place(process, path);
    if (!node) throw fail('ENOENT');
    return node;
  }

  /** A directory and all above it, made where they are missing. */
  makeDirectory(path: string, make?: (mode: number) => TreeNode): Directory {
    let directory = this.root;
    for (const part of path.split('/').filter(Boolean)) {
      const existing = directory.entries.get(part);
      directory = existing instanceof Directory ? existing : directory.add(part, new Directory(0o755, make));
    }
    return directory;
  }
}

export function isDirectory(node: TreeNode): node is DirectoryNode {
  return node.kind === 'directory';
}
