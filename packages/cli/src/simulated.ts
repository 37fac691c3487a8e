/** A simulated machine for one operation script, with the drivers beside it. */
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Binding } from '@konoha/host-node';
import { SimulatedMachine } from '@konoha/host-node/sim';
import { HOME, driversBeside } from '@konoha/ops';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
/** Of the repository, at the places where the machines in QEMU have them. */
const SHARED_FOLDERS = ['examples', 'tests'];

export interface Prepared {
  readonly machine: SimulatedMachine;
  /** Where `load NAME.k` looks. */
  readonly home: string;
}

/**
 * @param scriptPath of an operation script or a driver
 * @param bindings classes that drivers may use
 */
export function prepareMachine(scriptPath: string, bindings: readonly Binding[] = []): Prepared {
  const machine = new SimulatedMachine({ bindings });
  for (const folder of SHARED_FOLDERS) machine.mount(`/${folder}`, join(ROOT, folder));
  const inside = relative(ROOT, dirname(scriptPath));
  if (!isAbsolute(inside) && SHARED_FOLDERS.includes(inside.split('/')[0]!)) return { machine, home: `/${inside}` };
  for (const { path, contents } of driversBeside(scriptPath)) machine.putFile(path, contents);
  return { machine, home: HOME };
}

/** The path of a driver on the machine: of one that does not lie at home, a copy. */
export function pathInMachine({ machine, home }: Prepared, driver: string, contents: Uint8Array): string {
  const path = `${home}/${basename(driver)}`;
  if (home === HOME) machine.putFile(path, contents);
  return path;
}
