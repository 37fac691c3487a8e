/** A simulated machine for one operation script, with the drivers beside it. */
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, type Binding } from '@konoha/host-node';
import { SimulatedMachine } from '@konoha/host-node/sim';
import { HOME, driversBeside } from '@konoha/ops';
import { nativeOf, type Jit } from './jit.js';
import { readImported } from './source-file.js';

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
export function prepareMachine(scriptPath: string, bindings: readonly Binding[] = [], jit?: Jit): Prepared {
  const machine = new SimulatedMachine({ bindings, ...nativeOf(jit) });
  for (const folder of SHARED_FOLDERS) machine.mount(`/${folder}`, join(ROOT, folder));
  const inside = relative(ROOT, dirname(scriptPath));
  if (!isAbsolute(inside) && SHARED_FOLDERS.includes(inside.split('/')[0]!)) return { machine, home: `/${inside}` };
  const beside = (name: string): Uint8Array | null => readImported(join(dirname(scriptPath), name));
  for (const { path, contents } of driversBeside(scriptPath))
    machine.putFile(path, bundle(basename(path), Buffer.from(contents), beside));
  return { machine, home: HOME };
}

/** The path of a driver on the machine: of one that does not lie at home, a copy. */
export function pathInMachine({ machine, home }: Prepared, driver: string, contents: Uint8Array): string {
  const path = `${home}/${basename(driver)}`;
  const beside = (name: string): Uint8Array | null => readImported(join(dirname(driver), name));
  if (home === HOME) machine.putFile(path, bundle(basename(path), contents, beside));
  return path;
}
