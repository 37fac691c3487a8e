/** Where a command's output goes and its input comes from. */
import type { SimulatedMachine } from '../machine.js';
import type { Process } from '../process.js';
import { NoShell } from './lex.js';

/** Takes bytes; throws `SystemError` if the file does not. */
export interface Output {
  write(bytes: Uint8Array): Promise<void>;
}

const CAPTURED_MAXIMUM = 1 << 20;
const PIPED_MAXIMUM = 1 << 20;

/** What a person at the shell would see; no more than 1 MiB is kept. */
export class Capture implements Output {
  private readonly parts: Uint8Array[] = [];

  write(bytes: Uint8Array): Promise<void> {
    this.parts.push(bytes.slice());
    return Promise.resolve();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts).subarray(0, CAPTURED_MAXIMUM);
  }
}

/** A pipe. The commands at its ends run one after the other, so what goes through must have an end. */
export class Pipe implements Output {
  private readonly parts: Uint8Array[] = [];
  private length = 0;

  write(bytes: Uint8Array): Promise<void> {
    this.parts.push(bytes.slice());
    this.length += bytes.length;
    if (this.length > PIPED_MAXIMUM) return Promise.reject(new NoShell('more than 1 MiB through a pipe'));
    return Promise.resolve();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}

/** An open file. */
export class FileOutput implements Output {
  constructor(
    private readonly machine: SimulatedMachine,
    private readonly process: Process,
    readonly descriptor: number,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    let done = 0;
    do done += await this.machine.write(this.process, this.descriptor, bytes.subarray(done));
    while (done < bytes.length);
  }
}
