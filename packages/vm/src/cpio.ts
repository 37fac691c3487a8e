/**
 * Writes archives in the kernel's initramfs format ("newc" cpio, Documentation/driver-api/early-userspace/buffer-format.rst).
 *
 * Written here rather than by cpio(1) because a device node needs root there, and because equal input must give
 * equal bytes: inode numbers count up, times are 0, owners are root.
 */

const REGULAR = 0o100000;
const DIRECTORY = 0o040000;
const SYMLINK = 0o120000;
const CHARACTER = 0o020000;

export type CpioEntry =
  | { kind: 'file'; path: string; mode: number; data: Uint8Array }
  | { kind: 'directory'; path: string; mode: number }
  | { kind: 'symlink'; path: string; target: string }
  | { kind: 'character-device'; path: string; mode: number; major: number; minor: number };

/** Collects entries by absolute guest path; parents are made as needed, a second entry of one path replaces the first. */
export class CpioArchive {
  private readonly entries = new Map<string, CpioEntry>();

  add(entry: CpioEntry): this {
    const path = normalize(entry.path);
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const parent = path.slice(0, slash);
      const present = this.entries.get(parent);
      if (present === undefined) this.entries.set(parent, { kind: 'directory', path: parent, mode: 0o755 });
      else if (present.kind !== 'directory' && present.kind !== 'symlink')
        throw new Error(`${entry.path}: its parent /${parent} is a ${present.kind}`);
    }
    this.entries.set(path, { ...entry, path });
    return this;
  }

  file(path: string, data: Uint8Array | string, mode = 0o644): this {
    return this.add({ kind: 'file', path, mode, data: typeof data === 'string' ? Buffer.from(data) : data });
  }

  symlink(path: string, target: string): this {
    return this.add({ kind: 'symlink', path, target });
  }

  has(path: string): boolean {
    return this.entries.has(normalize(path));
  }

  /** The archive, uncompressed, padded to 512 bytes so that another archive may follow it. */
  toBuffer(): Buffer {
    const parts: Buffer[] = [];
    let inode = 1;
    for (const entry of this.entries.values()) parts.push(encodeEntry(entry, inode++));
    parts.push(encodeRecord('TRAILER!!!', 0, 0, new Uint8Array(), 0, 0));
    const archive = Buffer.concat(parts);
    return Buffer.concat([archive, Buffer.alloc(-archive.length & 511)]);
  }
}

function normalize(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..')) throw new Error(`not a path inside the guest: "${path}"`);
  return parts.join('/');
}

function encodeEntry(entry: CpioEntry, inode: number): Buffer {
  const none = new Uint8Array();
  switch (entry.kind) {
    case 'file':
      return encodeRecord(entry.path, inode, REGULAR | entry.mode, entry.data, 0, 0);
    case 'directory':
      return encodeRecord(entry.path, inode, DIRECTORY | entry.mode, none, 0, 0);
    case 'symlink':
      return encodeRecord(entry.path, inode, SYMLINK | 0o777, Buffer.from(entry.target), 0, 0);
    case 'character-device':
      return encodeRecord(entry.path, inode, CHARACTER | entry.mode, none, entry.major, entry.minor);
  }
}

/** One header of 110 hex characters, the name with its NUL padded to 4, the data padded to 4. */
function encodeRecord(
  path: string,
  inode: number,
  mode: number,
  data: Uint8Array,
  major: number,
  minor: number,
): Buffer {
  const name = Buffer.from(path + '\0');
  const links = (mode & DIRECTORY) === DIRECTORY ? 2 : 1;
  const fields = [inode, mode, 0, 0, links, 0, data.length, 0, 0, major, minor, name.length, 0];
  const header = Buffer.from('070701' + fields.map((field) => field.toString(16).padStart(8, '0')).join(''));
  const head = Buffer.concat([header, name]);
  return Buffer.concat([
    head,
    Buffer.alloc(-head.length & 3),
    Buffer.from(data.buffer, data.byteOffset, data.byteLength),
    Buffer.alloc(-data.length & 3),
  ]);
}
