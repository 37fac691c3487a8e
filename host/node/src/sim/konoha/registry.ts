/** Which scripts are loaded, and which device names are taken: host/linux's registry.c. */
import { ERRNO } from '../../errno.js';
import type { KonohaDevice } from './device.js';
import type { Isolate } from './isolate.js';
import { isValidName, type Parameters } from './parameters.js';

const CONTROL_NAMES: readonly string[] = ['konoha', 'konoha-replace'];

export class Registry {
  /** In the order of loading. */
  readonly isolates: Isolate[] = [];
  private readonly devices: KonohaDevice[] = [];

  constructor(private readonly parameters: Parameters) {}

  /** Takes a script's name, or finds one for it. 0 or an errno: EINVAL, EEXIST, ENOSPC. */
  add(isolate: Isolate, name: string): number {
    if (name !== '' && !isValidName(name)) return ERRNO.EINVAL;
    if (this.isolates.length >= this.parameters.maximumScripts) return ERRNO.ENOSPC;
    if (name !== '' && this.isolates.some((other) => other !== isolate.replaces && other.name === name))
      return ERRNO.EEXIST;
    isolate.name = name !== '' ? name : this.freeName();
    this.isolates.push(isolate);
    return 0;
  }

  remove(isolate: Isolate): void {
    removeFrom(this.isolates, isolate);
  }

  find(name: string): Isolate | undefined {
    return this.isolates.find((isolate) => isolate.name === name);
  }

  findLive(name: string): Isolate | undefined {
    return this.isolates.find((isolate) => isolate.live && isolate.name === name);
  }

  /** The name that a device of `isolate` gets: the wanted one, else the script's, else konoha<N>; or an errno. */
  nameDevice(isolate: Isolate, wanted: string): string | number {
    if (wanted !== '' && !isValidName(wanted)) return ERRNO.EINVAL;
    const own = (name: string): boolean =>
      this.devices.some((device) => device.isolate === isolate && device.name === name);
    let name = wanted;
    if (name === '' && !own(isolate.name)) name = isolate.name;
    if (name === '') return this.freeName();
    return own(name) || this.isTaken(name, isolate.replaces) ? ERRNO.EEXIST : name;
  }

  /** A name is taken from here until {@link forget}. */
  keep(device: KonohaDevice): void {
    this.devices.push(device);
  }

  forget(device: KonohaDevice): void {
    removeFrom(this.devices, device);
  }

  get nodeCount(): number {
    return this.devices.filter(({ node }) => node !== null).length;
  }

  private isTaken(name: string, except: Isolate | null): boolean {
    return (
      CONTROL_NAMES.includes(name) || this.devices.some((device) => device.isolate !== except && device.name === name)
    );
  }

  /** The first of konoha0, konoha1, … that is neither a script's nor a device's. */
  private freeName(): string {
    for (let number = 0; ; number++) {
      const name = `konoha${number}`;
      if (!this.find(name) && !this.isTaken(name, null)) return name;
    }
  }
}

function removeFrom<T>(list: T[], entry: T): void {
  const index = list.indexOf(entry);
  if (index >= 0) list.splice(index, 1);
}

/** The text of /proc/konoha/list. */
export function listText(isolates: readonly Isolate[]): string {
  return isolates
    .map((isolate) => {
      isolate.sample();
      const { calls, errors, fuel, heapUsed } = isolate.stats;
      return (
        `${isolate.name} ${isolate.stateName} ${deviceNames(isolate)} heap ${heapUsed}/${isolate.memorySize} ` +
        `calls ${calls} errors ${errors} fuel ${fuel}\n`
      );
    })
    .join('');
}

/** The text of /proc/konoha/stats: a line a script, fields separated by tabs. */
export function statsText(isolates: readonly Isolate[]): string {
  return isolates
    .map((isolate) => {
      isolate.sample();
      const { stats, origin } = isolate;
      const fields: readonly (readonly [string, string | number | bigint])[] = [
        ['name', isolate.name],
        ['state', isolate.stateName],
        ['devices', deviceNames(isolate)],
        ['heap_used', stats.heapUsed],
        ['heap_size', isolate.memorySize],
        ['calls', stats.calls],
        ['errors', stats.errors],
        ['fuel', stats.fuel],
        // As with the module parameter `timing` off.
        ['ns', 0],
        ['uid', origin.uid],
        ['pid', origin.pid],
        ['comm', escapeText(origin.comm)],
        ['loaded', origin.loaded],
        ['sha256', origin.sha256],
        ['waiting', isolate.suspended],
        ['quarantined', isolate.quarantined ? 1 : 0],
        // What is native here is no matter of the machine.
        ['native', 0],
        ['native_bytes', 0],
        ['interpreted', '0,0,0,0,0'],
      ];
      return `${fields.map(([key, value]) => `${key}=${value}`).join('\t')}\n`;
    })
    .join('');
}

function deviceNames(isolate: Isolate): string {
  return isolate.devices.map(({ name }) => name).join(',') || '-';
}

const SPACES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '\f': '\\f' };

/** As the kernel's %pE: what cannot be printed, in octal. */
function escapeText(text: string): string {
  const octal = (byte: string): string => `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
  return Buffer.from(text)
    .toString('latin1')
    .replace(/[^\x20-\x7e]/g, (byte) => SPACES[byte] ?? octal(byte));
}
