import { readSync, writeSync } from 'node:fs';

/** Bytes a script reads from `IN`. Returns how many were put into `into`; 0 at the end. */
export type InputSource = (into: Uint8Array) => number;
/** Takes what a script writes to `OUT` or `ERR`. The bytes are only valid during the call. */
export type OutputSink = (bytes: Uint8Array) => void;

export interface Streams {
  readonly in: InputSource;
  readonly out: OutputSink;
  readonly err: OutputSink;
}

/** A pause that blocks the thread, for non-blocking descriptors that are not ready. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
}

function isNotReady(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN';
}

function readDescriptor(fd: number, into: Uint8Array): number {
  for (;;) {
    try {
      return readSync(fd, into, 0, into.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EOF') return 0;
      if (!isNotReady(error)) throw error;
      pause();
    }
  }
}

function writeDescriptor(fd: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(fd, bytes, done, bytes.length - done);
    } catch (error) {
      if (!isNotReady(error)) throw error;
      pause();
    }
  }
}

/** Standard input, output and error of this process. Writing to a closed pipe throws `EPIPE`. */
export function processStreams(): Streams {
  return {
    in: (into) => readDescriptor(0, into),
    out: (bytes) => writeDescriptor(1, bytes),
    err: (bytes) => writeDescriptor(2, bytes),
  };
}

/** An input that holds `text`. */
export function textInput(text = ''): InputSource {
  const bytes = new TextEncoder().encode(text);
  let position = 0;
  return (into) => {
    const part = bytes.subarray(position, position + into.length);
    into.set(part);
    position += part.length;
    return part.length;
  };
}

/** A sink that remembers everything. */
export function collector(): { readonly sink: OutputSink; readonly text: () => string } {
  const parts: Uint8Array[] = [];
  return { sink: (bytes) => void parts.push(bytes.slice()), text: () => Buffer.concat(parts).toString('utf8') };
}
