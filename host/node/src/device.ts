import { ERRNO } from './errno.js';
import type { LinearMemory } from './linear-memory.js';

/** Method numbers of a device's handlers; 0: none. */
export interface Operations {
  readonly open: number;
  readonly read: number;
  readonly write: number;
  readonly close: number;
  /** `read` is called whenever nothing is left over, not once per open. */
  readonly streaming: boolean;
}

export interface Device {
  readonly name: string;
  /** The script's object, an address inside its isolate. */
  readonly object: number;
  /** Permission bits of the node. */
  readonly mode: number;
  readonly operations: Operations;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,30}$/;
const DEFAULT_MODE = 0o600;

/** The devices of one isolate: staged while the script loads, live after the whole load has succeeded. */
export class DeviceTable {
  private staged: Device[] | null = [];
  private readonly live = new Map<string, Device>();

  /** Reserves a name; answers 0 or a negative errno as the kernel does. */
  register(
    memory: LinearMemory,
    object: number,
    operationsAt: number,
    nameAt: number,
    nameLength: number,
    mode: number,
  ): number {
    if (!this.staged) return -ERRNO.EBUSY;
    const name = nameLength === 0 ? this.freeName() : memory.text(nameAt, nameLength);
    if (!NAME.test(name)) return -ERRNO.EINVAL;
    if (this.staged.some((device) => device.name === name)) return -ERRNO.EEXIST;
    const word = (index: number): number => memory.u32(operationsAt + 4 * index);
    const operations = { open: word(0), read: word(1), write: word(2), close: word(3), streaming: (word(7) & 1) !== 0 };
    this.staged.push({ name, object, mode: mode < 0 ? DEFAULT_MODE : mode & 0o777, operations });
    return 0;
  }

  /** Takes away what `object` registered; `-EINVAL` if it registered nothing. */
  unregister(object: number): number {
    const staged = this.staged?.findIndex((device) => device.object === object) ?? -1;
    if (staged >= 0) {
      this.staged?.splice(staged, 1);
      return 0;
    }
    for (const device of this.live.values()) {
      if (device.object !== object) continue;
      this.live.delete(device.name);
      return 0;
    }
    return -ERRNO.EINVAL;
  }

  /** The load has succeeded: staged devices appear, none can be added any more. */
  commit(): void {
    for (const device of this.staged ?? []) this.live.set(device.name, device);
    this.staged = null;
  }

  /** The load has failed: nothing of it exists. */
  discard(): void {
    this.staged = null;
  }

  get(name: string): Device | undefined {
    return this.live.get(name);
  }

  list(): Device[] {
    return [...this.live.values()];
  }

  private freeName(): string {
    for (let number = 0; ; number++) {
      const name = `konoha${number}`;
      if (!this.staged?.some((device) => device.name === name)) return name;
    }
  }
}
