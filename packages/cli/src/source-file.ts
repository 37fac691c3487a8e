import { readFileSync } from 'node:fs';
import { bundle } from '@konoha/host-node';
import { CommandError } from './command-error.js';
import { ensureEngine } from './engine-build.js';
import { EXIT_USAGE } from './exit-codes.js';

export interface SourceFile {
  /** As diagnostics and stack traces show it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory: name a file in it',
  EACCES: 'no permission to read it',
};

/**
 * Reads a script; `-` is standard input.
 * @throws CommandError when it cannot be read
 */
export function readSource(path: string): SourceFile {
  try {
    return { name: path === '-' ? '<stdin>' : path, bytes: new Uint8Array(readFileSync(path === '-' ? 0 : path)) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new CommandError(`cannot read ${path}: ${REASONS[code ?? ''] ?? message}`, EXIT_USAGE);
  }
}

/** A file that a script imports; null: it cannot be read, which the compiler says. */
export function readImported(name: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(name));
  } catch {
    return null;
  }
}

/**
 * Reads a script with all that it imports, for the compiler.
 * @throws CommandError when it cannot be read
 */
export function readScript(path: string): SourceFile {
  const { name, bytes } = readSource(path);
  ensureEngine();
  return { name, bytes: bundle(name, bytes, readImported) };
}
