/** A device object of a script, and its node in /dev: host/linux's device.c. */
import { newInode, type TreeNode } from '../file-tree.js';
import type { OpenFile } from '../open-file.js';
import type { Process } from '../process.js';
import { fail } from '../system-error.js';
import type { Isolate } from './isolate.js';

/** The words of an operations record, in its order; each but the last is a method's number, or 0. */
export const HANDLERS = ['open', 'read', 'write', 'close', 'poll', 'seek', 'ioctl'] as const;
export type Handler = (typeof HANDLERS)[number];

const FLAGS_WORD = 7;
const FLAG_STREAM = 1;
const DEFAULT_MODE = 0o600;

export class KonohaDevice {
  readonly stream: boolean;
  readonly methods: Readonly<Record<Handler, number>>;
  readonly mode: number;
  /** The script took it away. */
  gone = false;
  /** Null while staged, and after its removal. */
  node: DeviceNode | null = null;

  constructor(
    readonly isolate: Isolate,
    /** The engine's number for the object. */
    readonly handle: number,
    readonly name: string,
    words: readonly number[],
    mode: number,
  ) {
    this.stream = (words[FLAGS_WORD]! & FLAG_STREAM) !== 0;
    this.methods = Object.fromEntries(HANDLERS.map((handler, index) => [handler, words[index]!])) as Record<
      Handler,
      number
    >;
    this.mode = mode === -1 ? DEFAULT_MODE : mode;
  }
}

/** /dev/NAME. Which device answers an open changes when its script is replaced. */
export class DeviceNode implements TreeNode {
  readonly kind = 'character';
  readonly inode = newInode();

  constructor(
    public device: KonohaDevice | null,
    public mode: number,
    private readonly openDevice: (device: KonohaDevice, process: Process, flags: number) => Promise<OpenFile>,
  ) {}

  async open(process: Process, flags: number): Promise<OpenFile> {
    if (!this.device) throw fail('ENODEV');
    return await this.openDevice(this.device, process, flags);
  }
}
