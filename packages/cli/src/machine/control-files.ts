/** The module's files on this machine: /dev/konoha, /proc/konoha. KONOHA_ROOT names another root folder. */
import { closeSync, existsSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError } from '../command-error.js';
import { EXIT_FAILED, EXIT_USAGE } from '../exit-codes.js';

const CHUNK = 65_536;

/** A load that the module has refused; the message is what it says. */
export class Refused extends Error {}

function locate(path: string): string {
  return join(process.env['KONOHA_ROOT'] ?? '/', path);
}

/** @throws CommandError if this machine has no module */
export function requireModule(): void {
  if (existsSync(locate('proc/konoha'))) return;
  throw new CommandError(
    `there is no ${locate('proc/konoha')}: konoha.ko is not loaded on this machine. ` +
      'Insert it (insmod konoha.ko), or try the script without it: konoha sim FILE',
    EXIT_USAGE,
  );
}

/** Turns an error of a system call into one that a person can do something about. */
function explained(path: string, error: unknown): CommandError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    EACCES: 'no permission: this takes root',
    EPERM: 'no permission: this takes root (CAP_SYS_MODULE)',
    ENOENT: 'there is no such file: this module is of another version',
  };
  return new CommandError(`${path}: ${reasons[code ?? ''] ?? message}`, EXIT_FAILED);
}

/** Opens a shell in the kernel; its descriptor. @throws CommandError */
export function openShell(): number {
  requireModule();
  const path = locate('dev/konoha-shell');
  try {
    return openSync(path, 'r+');
  } catch (error) {
    throw explained(path, error);
  }
}

/** A file of /proc/konoha. @throws CommandError */
export function readControl(name: 'list' | 'log' | 'stats' | 'status'): string {
  requireModule();
  const path = locate(`proc/konoha/${name}`);
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw explained(path, error);
  }
}

/**
 * Unloads a script.
 * @throws Refused with the reason, CommandError
 */
export function unload(name: string): void {
  requireModule();
  const path = locate('proc/konoha/unload');
  const reasons: Record<string, string> = {
    ENOENT: `no script named ${name} is loaded (konoha ls shows what is)`,
    EBUSY: `${name} is being loaded or unloaded already`,
    EDEADLK: `${name} cannot be unloaded from inside of itself`,
    EINVAL: 'a name is missing',
  };
  try {
    const file = openSync(path, 'w');
    try {
      writeSync(file, name);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw reason !== undefined ? new Refused(reason) : explained(path, error);
  }
}

/**
 * Hands a script to the module.
 * @returns what the module says of it: `ok NAME DEVICE…`, behind warnings if there are any
 * @throws Refused with the module's reasons, CommandError
 */
export function load(text: Uint8Array, replace: boolean): string {
  requireModule();
  const path = locate(replace ? 'dev/konoha-replace' : 'dev/konoha');
  let file: number;
  try {
    // Read-write: the result that is read is that of this very load, whoever else loads meanwhile.
    file = openSync(path, 'r+');
  } catch (error) {
    throw explained(path, error);
  }
  let result = '';
  let failure: NodeJS.ErrnoException | null = null;
  try {
    for (let done = 0; done < text.length;) done += writeSync(file, text, done, Math.min(CHUNK, text.length - done));
    result = readResult(file);
  } catch (error) {
    failure = error as NodeJS.ErrnoException;
  }
  try {
    closeSync(file);
  } catch (error) {
    failure ??= error as NodeJS.ErrnoException;
  }
  const said = result === '' ? readControl('status') : result;
  if (failure || !/^ok /m.test(said)) throw new Refused(said || explained(path, failure).message);
  return said;
}

function readResult(file: number): string {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(CHUNK);
    const length = readSync(file, part);
    if (length === 0) return Buffer.concat(parts).toString();
    parts.push(part.subarray(0, length));
  }
}
