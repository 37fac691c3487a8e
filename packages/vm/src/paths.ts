import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

/** The repository's root. */
export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

/** Guest sources: init, agent. */
export const GUEST = join(ROOT, 'packages', 'vm', 'guest');

/** What is switched on in the debug kernel. */
export const DEBUG_KERNEL_CONFIG = join(ROOT, 'packages', 'vm', 'debug-kernel.config');

/** What the build makes; may be deleted at any time. */
export const BUILD = join(ROOT, 'build');

/** What was downloaded or is costly to make again; may be deleted at any time. */
export const CACHE = join(ROOT, '.cache');

/** Unpacked kernel packages, one folder per kernel release. */
export const KERNELS = join(CACHE, 'kernels');
