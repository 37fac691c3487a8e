import type { OpenFile } from './open-file.js';
import { fail } from './system-error.js';

/** Descriptors below are the process's standard streams, which operation scripts do not use. */
const FIRST_DESCRIPTOR = 3;
const MAXIMUM_DESCRIPTORS = 1024;

/** A simulated process: descriptors, an identity, and whether a signal ends it. */
export class Process {
  uid = 0;
  private readonly files = new Map<number, OpenFile>();
  private signal: number | null = null;
  private readonly wakers = new Set<() => void>();

  /**
   * @param comm its name as scripts see it, at most 15 bytes
   * @param parent who started it: a signal to that process's group reaches this one too
   */
  constructor(
    readonly pid: number,
    public comm: string,
    private readonly parent: Process | null = null,
  ) {
    if (parent) this.uid = parent.uid;
  }

  /** The signal that ends it, or null. */
  get killedBy(): number | null {
    return this.signal ?? this.parent?.killedBy ?? null;
  }

  get privileged(): boolean {
    return this.uid === 0;
  }

  kill(signal: number): void {
    this.signal ??= signal;
    for (const wake of [...this.wakers]) wake();
  }

  /** Has `wake` called when a signal ends the process; what is returned takes that back. */
  onKill(wake: () => void): () => void {
    this.wakers.add(wake);
    const forget = this.parent?.onKill(wake);
    return () => {
      this.wakers.delete(wake);
      forget?.();
    };
  }

  /** @throws EBADF */
  file(descriptor: number): OpenFile {
    const file = this.files.get(descriptor);
    if (!file) throw fail('EBADF');
    return file;
  }

  /** The lowest free descriptor for a file, whose reference it takes over. */
  install(file: OpenFile): number {
    let descriptor = FIRST_DESCRIPTOR;
    while (this.files.has(descriptor)) descriptor++;
    if (descriptor >= MAXIMUM_DESCRIPTORS) throw fail('EMFILE');
    this.files.set(descriptor, file);
    return descriptor;
  }

  /** Takes a descriptor away; the caller closes the file. @throws EBADF */
  remove(descriptor: number): OpenFile {
    const file = this.file(descriptor);
    this.files.delete(descriptor);
    return file;
  }

  get descriptors(): number[] {
    return [...this.files.keys()];
  }
}
