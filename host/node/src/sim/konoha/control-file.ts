/** /dev/konoha and /dev/konoha-replace: host/linux's control.c. */
import { ERRNO } from '../../errno.js';
import { newInode, type TreeNode } from '../file-tree.js';
import { OpenFile, type FileOperations } from '../open-file.js';
import type { Process } from '../process.js';
import { SystemError, fail } from '../system-error.js';
import type { KonohaModule } from './module.js';
import { SOURCE_MAXIMUM } from './parameters.js';

/** A node whose writers give a script, all of which is loaded at its last close. */
export function controlNode(module: KonohaModule, replace: boolean): TreeNode {
  return {
    kind: 'character',
    mode: 0o600,
    inode: newInode(),
    open: (process, flags) => {
      if (!process.privileged) return Promise.reject(fail('EPERM'));
      return Promise.resolve(new OpenFile(new ScriptWriter(module, replace), flags, false));
    },
  };
}

class ScriptWriter implements FileOperations {
  private text: Uint8Array[] = [];
  private length = 0;
  private decoder = new TextDecoder('utf-8', { fatal: true });
  /** Why no script will come of it: the first failed write's errno. */
  private verdict = 0;
  private writer: Process | null = null;
  private result = new Uint8Array(0);

  constructor(
    private readonly module: KonohaModule,
    private readonly replace: boolean,
  ) {}

  write(_file: OpenFile, process: Process, data: Uint8Array): Promise<number> {
    if (data.length === 0) return Promise.resolve(0);
    if (this.verdict === 0) {
      this.writer = process;
      this.verdict = this.append(data);
    }
    return this.verdict === 0 ? Promise.resolve(data.length) : Promise.reject(new SystemError(this.verdict));
  }

  /** The result of what was written so far, then end of file. */
  async read(_file: OpenFile, process: Process, count: number): Promise<Uint8Array> {
    await this.judge(process);
    const part = this.result.slice(0, count);
    this.result = this.result.slice(part.length);
    return part;
  }

  async flush(_file: OpenFile, process: Process, last: boolean): Promise<void> {
    if (process.killedBy === null) {
      const errno = last ? await this.judge(process) : 0;
      if (errno !== 0) throw new SystemError(errno);
    } else if (this.length > 0 && (last || this.writer === process)) {
      // A writer that dies leaves half a script.
      this.verdict = ERRNO.EINTR;
    }
  }

  async release(_file: OpenFile, process: Process): Promise<void> {
    if (this.length > 0 && this.verdict === 0 && process.killedBy !== null) this.verdict = ERRNO.EINTR;
    await this.judge(process);
  }

  private append(data: Uint8Array): number {
    if (data.length > SOURCE_MAXIMUM - this.length) return ERRNO.EFBIG;
    try {
      if (this.decoder.decode(data, { stream: true }).includes('\0')) return ERRNO.EILSEQ;
    } catch {
      return ERRNO.EILSEQ;
    }
    this.text.push(data.slice());
    this.length += data.length;
    return 0;
  }

  /** Loads what was written since the last time; nothing new: nothing happens. */
  private async judge(process: Process): Promise<number> {
    if (this.verdict === 0 && this.length === 0) return 0;
    if (this.verdict === 0 && this.endsInsideCharacter()) this.verdict = ERRNO.EILSEQ;
    const [errno, text] = [this.verdict, Buffer.concat(this.text)];
    this.text = [];
    this.length = 0;
    this.decoder = new TextDecoder('utf-8', { fatal: true });
    this.verdict = 0;
    if (errno === 0) {
      const loaded = await this.module.load(text, this.replace, process);
      this.result = new TextEncoder().encode(loaded.text);
      return loaded.errno;
    }
    this.module.status = describeVerdict(errno);
    this.result = new TextEncoder().encode(this.module.status);
    return errno;
  }

  private endsInsideCharacter(): boolean {
    try {
      this.decoder.decode();
      return false;
    } catch {
      return true;
    }
  }
}

function describeVerdict(errno: number): string {
  const texts: Record<number, string> = {
    [ERRNO.EFBIG]: `a script is at most ${SOURCE_MAXIMUM / 1024} KiB`,
    [ERRNO.EILSEQ]: 'the script is not UTF-8 text, or holds a NUL byte',
    [ERRNO.EINTR]: 'a writer was killed; nothing is loaded',
  };
  return `error: ${texts[errno] ?? `a write failed (errno ${errno})`}\n`;
}
