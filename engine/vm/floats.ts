/** What the user space's build does with floats besides plain instructions. */

import { CLASS_FLOAT } from '../bytecode/builtins.generated';
import { BOX_VALUE, classOf } from './object';

/** 2^63: the first float that no int is. */
const LIMIT: f64 = 9223372036854775808.0;

/** The float in an Int or Float object. */
export function floatIn(ref: usize): f64 {
  return classOf(ref) == CLASS_FLOAT ? load<f64>(ref, BOX_VALUE) : <f64>load<i64>(ref, BOX_VALUE);
}

/** The int that a float is, toward zero: 0 of NaN, the nearest one of what is too large or too small. */
export function wholeOf(value: f64): i64 {
  if (value != value) return 0;
  if (value >= LIMIT) return i64.MAX_VALUE;
  return value < -LIMIT ? i64.MIN_VALUE : <i64>value;
}
