/** Where a host may stop the compiler: asked for at every statement and every 4 KiB of source. */

import { safepoint } from './env';

let stop: bool = false;

/** Asks the host whether to go on. Once it says stop, the answer stays so. */
export function checkpoint(): bool {
  if (!stop && safepoint() != 0) stop = true;
  return stop;
}

/** Has the host stopped the compiler? Passes then return early; their result is thrown away. */
export function stopped(): bool {
  return stop;
}
