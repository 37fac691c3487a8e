/** Real kernels in QEMU, and operation scripts on them. */
export { AgentLink, MachineGoneError, NoReplyError, hex, type Reply } from './agent-link.js';
export { GuestTarget } from './guest-target.js';
export { buildBaseArchive, type GuestFile } from './initramfs.js';
export { findComplaints, kernelLogText, parseKernelLog, type LogRecord } from './kernel-log.js';
export {
  DEBUG,
  DEBUG_SERIES,
  SERIES,
  debugKernelFolder,
  findDebugKernel,
  findKernel,
  findSeries,
  isOfSeries,
  requireKernel,
  type Kernel,
  type Series,
} from './kernels.js';
export { Machine, type MachineOptions } from './machine.js';
export { Monitor } from './monitor.js';
export {
  VARIANTS,
  defaultVariant,
  insertModule,
  insertSample,
  konohaFiles,
  moduleFolder,
  sampleFolder,
  samplePath,
  modulePath,
  type ModuleVariant,
} from './konoha-guest.js';
export { attachTerminal } from './terminal.js';
export { BUILD, CACHE, DEBUG_KERNEL_CONFIG, KERNELS, ROOT } from './paths.js';
