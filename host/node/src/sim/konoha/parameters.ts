/** What `modinfo konoha.ko` lists: limits that scripts are loaded and run with. */
export interface Parameters {
  readonly loadFuel: bigint;
  readonly operationFuel: bigint;
  readonly closeFuel: bigint;
  /** Bytes, as are the next two. */
  readonly heap: number;
  readonly maximumHeap: number;
  readonly logSize: number;
  readonly maximumScripts: number;
  /** Failed calls in a row; 0: no limit. */
  readonly quarantine: number;
}

export const DEFAULT_PARAMETERS: Parameters = {
  loadFuel: 50_000_000n,
  operationFuel: 10_000_000n,
  closeFuel: 1_000_000n,
  heap: 128 << 10,
  maximumHeap: 64 << 20,
  logSize: 64 << 10,
  maximumScripts: 1024,
  quarantine: 100,
};

export const MINIMUM_MEMORY = 128 << 10;
export const SOURCE_MAXIMUM = 1 << 20;
export const TRANSFER_MAXIMUM = 64 << 10;
export const DEVICES_MAXIMUM = 4094;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/;

/** May this be a script's or a device's name? */
export function isValidName(name: string): boolean {
  return NAME.test(name);
}
