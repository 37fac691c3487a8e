/** Natives of System that only user space has: the process around the script. */
import { ACT_KILLED } from '../vm/activation';
import { environment, exit } from '../vm/env';
import { STR_BYTES, STR_DATA, newString, tryBytes, BYT_DATA } from '../vm/object';
import { need } from '../vm/reclaim';
import { throwOutOfMemory } from '../vm/exceptions';
import { DONE, answerNew, chargeBytes, integer, reference } from './native';
import { sanitizedString } from './system';

/** A call that the host ends. */
const ENDED: i32 = 2;

/** Answers a variable of the environment; null if there is none. */
export function systemEnv(act: usize, window: usize): i32 {
  const name = reference(window, 0);
  const length = environment(act, name + STR_DATA, load<i32>(name, STR_BYTES), 0, 0);
  if (length < 0) {
    store<u64>(window, 0);
    return DONE;
  }
  const status = chargeBytes(act, <i64>length);
  if (status != DONE) return status;
  // Text that is not UTF-8 triples.
  need(act, ((<usize>length) << 2) + 256);
  const bytes = tryBytes(length);
  if (!bytes) return throwOutOfMemory(act);
  environment(
    act,
    reference(window, 0) + STR_DATA,
    load<i32>(reference(window, 0), STR_BYTES),
    bytes + BYT_DATA,
    length,
  );
  return answerNew(window, length == 0 ? newString(act, 0, 0) : sanitizedString(act, bytes + BYT_DATA, length));
}

/** Ends the script. */
export function systemExit(act: usize, window: usize): i32 {
  exit(act, <i32>(integer(window, 0) & 255));
  store<i32>(act, 1, ACT_KILLED);
  return ENDED;
}
