/** Decides by content what has to be built again. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import lockfile from 'proper-lockfile';
import { BUILD } from '@konoha/vm';

/** All files below a folder, or the file itself, sorted. */
export function listFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile())
    .sort();
}

/** A hash of names and contents. */
export function hashFiles(files: readonly string[], salt = ''): string {
  const hash = createHash('sha256').update(salt);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * Runs `build` unless its outputs are there and its inputs are those of the last time that it succeeded.
 * @param name of the note kept in build/stamps
 * @returns whether it was run
 */
export async function buildIfStale(
  name: string,
  inputs: readonly string[],
  outputs: readonly string[],
  salt: string,
  build: () => Promise<void>,
): Promise<boolean> {
  const stamp = join(BUILD, 'stamps', name);
  const hash = hashFiles(inputs, salt);
  if (outputs.every((path) => existsSync(path)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return false;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

const WAIT_MS = 1000;
/** A build that was killed leaves its lock; it counts for no longer than this. */
const STALE_MS = 20_000;

/** Does `work` while no other command builds in this tree; waits for its turn, and says so. */
export async function withBuildLock<T>(work: () => Promise<T>): Promise<T> {
  mkdirSync(BUILD, { recursive: true });
  const lock = async (retries: number): Promise<() => Promise<void>> =>
    await lockfile.lock(BUILD, { stale: STALE_MS, retries: { retries, factor: 1, minTimeout: WAIT_MS } });
  let release: () => Promise<void>;
  try {
    release = await lock(0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ELOCKED') throw error;
    console.error('Another command is building here; waiting for it …');
    release = await lock(600);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}
