/** Operation scripts of the repository in the simulator. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  compareTranscripts,
  parseOperationScript,
  runOperationScript,
  type NamedTranscript,
  type TranscriptEntry,
} from '@konoha/ops';
import type { NativeCode, NativeHost } from '@konoha/host-node';
import { SimulatedMachine, SimulatorTarget, whyNotSimulated } from '@konoha/host-node/sim';
import { ROOT } from '@konoha/vm';

/** All files `*.ops` below these folders of the repository, sorted, so that every run has the same order. */
export function findScripts(folders: readonly string[]): string[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(ROOT, folder, name)),
    )
    .filter((path) => path.endsWith('.ops'))
    .sort();
}

/** What the simulator makes of a script, or why it cannot. `native`: makes native code. @throws OperationFailure */
export async function simulate(
  path: string,
  native?: (host: NativeHost) => NativeCode,
): Promise<readonly TranscriptEntry[] | string> {
  const script = parseOperationScript(readFileSync(path, 'utf8'), relative(ROOT, path));
  const reason = whyNotSimulated(script);
  if (reason !== null) return reason;
  const machine = new SimulatedMachine(native ? { native } : {});
  for (const folder of ['examples', 'tests']) machine.mount(`/${folder}`, join(ROOT, folder));
  const home = `/${relative(ROOT, dirname(path))}`;
  return await runOperationScript(script, new SimulatorTarget(machine), undefined, home);
}

/** @throws with the first line in which the simulator and the other target differ */
export async function compareWithSimulator(path: string, other: NamedTranscript): Promise<void> {
  const entries = await simulate(path);
  if (typeof entries === 'string') return;
  const difference = compareTranscripts(relative(ROOT, path), { name: 'simulator', entries }, other);
  if (difference !== null) throw new Error(`the simulator and ${other.name} differ\n${difference}`);
}
