/** `eval`: the call leaves the engine, the host compiles the text and adds the image, and the call goes on in it. */
import { ACT_IO, IO_EVAL_LEN, IO_EVAL_PTR } from '../vm/activation';
import { CLASS_SCRIPT_EXCEPTION } from '../bytecode/builtins.generated';
import { imageBytes } from '../vm/link';
import { STR_DATA } from '../vm/object';
import { park, stackBytes } from '../vm/wait';
import { throwNumbers } from './message';
import { DONE, EVALUATES, THROWN, charge, chargeBytes, reference } from './native';
import { bytesOf } from './string';

/** Bytes of a text at most. */
const MOST_BYTES: i32 = 65536;
/** What a compilation costs that has nothing to do, and each byte of its text. */
const UNITS: i64 = 5000;
const UNITS_A_BYTE: i64 = 50;

export function systemEval(act: usize, window: usize): i32 {
  const text = reference(window, 0);
  const bytes = bytesOf(text);
  if (bytes > MOST_BYTES) {
    throwNumbers(
      act,
      CLASS_SCRIPT_EXCEPTION,
      'a text of {a} bytes is too long for eval: {b} at most',
      bytes,
      MOST_BYTES,
    );
    return THROWN;
  }
  // The compiler reads what all images declare.
  let status = charge(act, UNITS + <i64>bytes * UNITS_A_BYTE);
  if (status == DONE) status = chargeBytes(act, <i64>imageBytes + ((<i64>stackBytes(act)) << 1));
  if (status != DONE) return status;
  // The frame keeps the text.
  if (!park(act, 0, -1)) return THROWN;
  store<u32>(act, <u32>(text + STR_DATA), ACT_IO + IO_EVAL_PTR);
  store<i32>(act, bytes, ACT_IO + IO_EVAL_LEN);
  return EVALUATES;
}
