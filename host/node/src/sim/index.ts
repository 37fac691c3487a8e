/** A simulated Linux machine with konoha.ko in it: see docs/simulator.md. */
export { SimulatedMachine, type MachineOptions, type Stat } from './machine.js';
export { DEFAULT_PARAMETERS, type Parameters } from './konoha/parameters.js';
export type { LoadResult } from './konoha/module.js';
export { Process } from './process.js';
export { NotSimulated, SimulatorTarget, whyNotSimulated } from './target.js';
export { SystemError } from './system-error.js';
